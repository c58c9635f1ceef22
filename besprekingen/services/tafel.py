"""Who must be at which table on which day, for planning a whole year: everything is read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q

from besprekingen.rooster import Plek, Wie
from besprekingen.schooljaar import Jaar, Venster
from besprekingen.services.schooljaren import REDEN
from leerlingen.models import Aanstelling, Groep, Persoon, Plaatsing, Schooljaar, Toewijzing
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.bespreken import Lid


@dataclass
class Tafel:
    """Who must be at which table on which day. The rows come in, so that a year can be planned without a database."""

    jaar: Jaar
    groepen: Sequence[Groep]
    aanstellingen: Sequence[Aanstelling]
    toewijzingen: Sequence[Toewijzing]
    _herkomst: Callable[[], Mapping[int, set[int]]]
    """Group → the groups of last year from which its pupils came (K-168); asked once, when it is needed."""

    @cached_property
    def herkomst(self) -> Mapping[int, set[int]]:
        """As asked."""
        return self._herkomst()

    def plekken(
        self, vorm: Besprekingsvorm, venster: Venster, groep: Groep | None, leerkracht: Persoon | None
    ) -> tuple[Plek, ...]:
        """The seats: one of several ib'ers is enough, and of the teachers of a group who can; who need not be there
        comes when it suits. Without anybody for the chair the last seat is empty, so that nothing fits.
        """
        dag = max(venster.van, self.jaar.begin)
        plekken: list[Plek] = []
        voorgezeten = False
        for lid in vorm.leden:
            if lid.extern or lid.op_afroep or lid.rol == "ouder":
                continue
            verplicht = lid.verplicht or _zit_voor(lid, vorm)
            teams = self._per_groep(dag) if lid.allen and lid.rol == "leerkracht" and groep is None else None
            for mensen in teams or [self._voor(lid, groep, leerkracht, dag)]:
                samen = lid.rol == "leerkracht" or not verplicht
                wie: Wie = "wie_kan" if samen else "allen" if lid.allen else "een"
                if mensen:
                    plekken.append(Plek(tuple(persoon.pk for persoon in mensen), wie, verplicht))
                voorgezeten |= bool(mensen) and _zit_voor(lid, vorm)
        return tuple(plekken) if voorgezeten else (*plekken, Plek(()))

    def zonder_herkomst(self, vorm: Besprekingsvorm, groep: Groep | None) -> bool:
        """Whether the teacher of last year must chair and there is none: a first group, or pupils not placed yet."""
        oud = any(lid.rol == "leerkracht" and lid.code.startswith("oude") for lid in vorm.leden if _zit_voor(lid, vorm))
        return oud and groep is not None and not self.herkomst.get(groep.pk)

    def _per_groep(self, dag: date) -> list[list[Persoon]]:
        """Of each group its teachers: for a meeting of the whole team somebody of each is needed."""
        return [self._van_groepen({groep.pk}, dag) for groep in self.groepen]

    def _voor(self, lid: Lid, groep: Groep | None, leerkracht: Persoon | None, dag: date) -> list[Persoon]:
        if lid.rol == "specialist" and not lid.vak:
            return []  # as at the table: whoever is wanted is asked by hand
        if lid.rol != "leerkracht":
            return self.met_rollen([lid.rol], dag, vak=lid.vak)
        if leerkracht is not None:
            return [leerkracht]
        if groep is None:
            return []
        if lid.code.startswith("oude"):
            return self._van_groepen(self.herkomst.get(groep.pk, set()), self.jaar.begin - timedelta(days=1))
        return self._van_groepen({groep.pk}, dag)

    def _van_groepen(self, groepen: set[int], dag: date) -> list[Persoon]:
        rijen = [rij for rij in self.toewijzingen if rij.groep_id in groepen and dag in rij.periode]
        return list({rij.persoon_id: rij.persoon for rij in rijen}.values())

    def leerkrachten(self, groepen: Iterable[Groep], venster: Venster) -> list[Persoon]:
        """The teachers of these groups when the window opens, each once."""
        return self._van_groepen({groep.pk for groep in groepen}, venster.van)

    def met_rollen(self, rollen: Iterable[str], dag: date, vak: str | None = None) -> list[Persoon]:
        """Who has one of these roles on a day; a specialist only with the subject asked for, if one is."""
        gevraagd = set(rollen)
        rijen = [
            rij
            for rij in self.aanstellingen
            if rij.rol in gevraagd and dag in rij.periode and (vak is None or vak in rij.vakgebieden)
        ]
        return list({rij.persoon_id: rij.persoon for rij in rijen}.values())


def _zit_voor(lid: Lid, vorm: Besprekingsvorm) -> bool:
    return lid.code == vorm.voorzitter


def tafel_van(schooljaar: Schooljaar, jaar: Jaar, groepen: Sequence[Groep]) -> Tafel:
    """From everything that the school keeps, read at once."""
    school = schooljaar.school
    aanstellingen = Aanstelling.objects.systeemtoegang(reden=REDEN).filter(school=school).select_related("persoon")
    toewijzingen = Toewijzing.objects.systeemtoegang(reden=REDEN).filter(school=school, rol="leerkracht")

    def herkomst() -> dict[int, set[int]]:
        rijen = list(
            Plaatsing.objects.systeemtoegang(reden=REDEN)
            .filter(Q(groep__schooljaar=schooljaar.pk) | Q(periode__endswith=jaar.begin), school=school, stamgroep=True)
            .values_list("leerling", "groep", "groep__schooljaar")
        )
        toen = {leerling: groep for leerling, groep, van_jaar in rijen if van_jaar != schooljaar.pk}
        uit: dict[int, set[int]] = {}
        for leerling, groep, van_jaar in rijen:
            if van_jaar == schooljaar.pk and leerling in toen:
                uit.setdefault(groep, set()).add(toen[leerling])
        return uit

    return Tafel(
        jaar,
        groepen,
        list(aanstellingen.order_by("persoon__sorteernaam", "pk")),
        list(toewijzingen.select_related("persoon").order_by("persoon__sorteernaam", "pk")),
        herkomst,
    )
