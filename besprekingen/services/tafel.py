"""Who must be at which table on which day, for planning a whole year: everything is read at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from besprekingen.jaarplanning import Plek
from besprekingen.schooljaar import Jaar, Venster
from besprekingen.services.schooljaren import REDEN
from leerlingen.models import Aanstelling, Groep, Persoon, Plaatsing, Schooljaar, Toewijzing
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.bespreken import Lid


class Tafel:
    """Who must be at which table on which day, from everything that the school keeps, read at once."""

    def __init__(self, schooljaar: Schooljaar, jaar: Jaar) -> None:
        self.school, self.jaar, self.schooljaar = schooljaar.school, jaar, schooljaar
        self._aanstellingen = list(
            Aanstelling.objects.systeemtoegang(reden=REDEN)
            .filter(school=self.school)
            .select_related("persoon")
            .order_by("persoon__sorteernaam", "pk")
        )
        self._toewijzingen = list(
            Toewijzing.objects.systeemtoegang(reden=REDEN)
            .filter(school=self.school, rol="leerkracht")
            .select_related("persoon")
            .order_by("persoon__sorteernaam", "pk")
        )

    def plekken(
        self, vorm: Besprekingsvorm, venster: Venster, groep: Groep | None, leerkracht: Persoon | None
    ) -> tuple[Plek, ...]:
        """The seats that must be taken; one of the teachers of a group is enough, and so is one of two ib'ers."""
        dag = max(venster.van, self.jaar.begin)
        plekken: list[Plek] = []
        voorgezeten = False
        for lid in vorm.leden:
            if lid.extern or lid.op_afroep or lid.rol == "ouder":
                continue
            mensen = [persoon.pk for persoon in self._voor(lid, groep, leerkracht, dag)]
            if mensen and (lid.verplicht or lid.code == vorm.voorzitter):
                plekken.append(Plek(tuple(mensen), een_volstaat=True))
            voorgezeten |= bool(mensen) and lid.code == vorm.voorzitter
        return tuple(plekken) if voorgezeten else (*plekken, Plek(()))

    def _voor(self, lid: Lid, groep: Groep | None, leerkracht: Persoon | None, dag: date) -> list[Persoon]:
        if lid.rol != "leerkracht":
            return self.met_rollen([lid.rol], dag, vak=lid.vak)
        if leerkracht is not None:
            return [leerkracht]
        if groep is None:
            return []
        if lid.code.startswith("oude"):
            return self._van_groepen(self._herkomst.get(groep.pk, set()), self.jaar.begin - timedelta(days=1))
        return self._van_groepen({groep.pk}, dag)

    @cached_property
    def _herkomst(self) -> dict[int, set[int]]:
        """Group → the groups of last year from which its pupils came (K-168)."""
        nu = Plaatsing.objects.systeemtoegang(reden=REDEN).filter(groep__schooljaar=self.schooljaar.pk, stamgroep=True)
        toen = dict(
            Plaatsing.objects.systeemtoegang(reden=REDEN)
            .filter(school=self.school, stamgroep=True, periode__endswith=self.jaar.begin)
            .values_list("leerling", "groep")
        )
        uit: dict[int, set[int]] = {}
        for leerling, groep in nu.values_list("leerling", "groep"):
            if leerling in toen:
                uit.setdefault(groep, set()).add(toen[leerling])
        return uit

    def _van_groepen(self, groepen: set[int], dag: date) -> list[Persoon]:
        rijen = [rij for rij in self._toewijzingen if rij.groep_id in groepen and dag in rij.periode]
        return list({rij.persoon_id: rij.persoon for rij in rijen}.values())

    def leerkrachten(self, groepen: Iterable[Groep], venster: Venster) -> list[Persoon]:
        """The teachers of these groups when the window opens, each once."""
        return self._van_groepen({groep.pk for groep in groepen}, venster.van)

    def met_rollen(self, rollen: Iterable[str], dag: date, vak: str | None = None) -> list[Persoon]:
        """Who has one of these roles on a day; a specialist only with the subject asked for, if one is."""
        gevraagd = set(rollen)
        rijen = [
            rij
            for rij in self._aanstellingen
            if rij.rol in gevraagd and dag in rij.periode and (vak is None or vak in rij.vakgebieden)
        ]
        return list({rij.persoon_id: rij.persoon for rij in rijen}.values())
