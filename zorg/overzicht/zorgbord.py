"""The care board: every pupil with care whom the user sees, with the one answer of the care route, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from besprekingen.services import voor_het_vervolg, zorgfeiten_van
from leerlingen import profielen_van_school, zorgroute
from leerlingen.models import Aanstelling, Groep, Leerling, Persoon, Plaatsing, Toewijzing, Zorgniveauperiode
from leerlingen.namen import zoeksleutel
from leerlingen.profiel import Profiel
from leerlingen.selecties import Niveau, niveau_tonen
from leerlingen.zorgroute import urgentie
from leerlingen.zorgroute.woorden import hoofdletter
from zorg.kern import klok
from zorg.kern.chips import Chip
from zorg.kern.models import School
from zorg.kern.querysets import Recht

MEESTE_NAMEN: Final = 2
"""With more people in a role the name of the role says more."""
OP_SCHOOL: Final = ("ib", "directeur", "teamleider", "ict")
"""Roles that one has for the whole school; a specialist's name depends on the subject, which a step does not know."""
NIVEAU: Final = "niveau:"
LANG: Final = 104
"""Weeks from which on years say more."""


@dataclass(frozen=True)
class Bordfilter:
    """What was asked for. `toon`: laat, mij, ouders, `niveau:<code>` or all; `rol`: code of who must act."""

    toon: str = ""
    zoek: str = ""
    groep: int | None = None
    rol: str = ""
    sorteer: str = ""

    @property
    def smal(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.toon or self.zoek or self.groep or self.rol)


@dataclass(frozen=True)
class Bordrij:
    """One pupil: on which level and how long, what is next, who does it, before when, what is missing."""

    leerling: Leerling
    groep: Groep | None
    code: str
    niveau: Niveau
    vandaag: date
    volgende: zorgroute.Volgende
    wie: str
    van_mij: bool

    @property
    def stand(self) -> urgentie.Stand:
        return urgentie.stand(self.volgende)

    @property
    def duur(self) -> str:
        """How long on this level."""
        if self.niveau.sinds is None:
            return ""
        weken = (self.vandaag - self.niveau.sinds).days // 7
        if weken >= LANG:
            return f"{weken // 52} jaar"
        return f"{weken} {'week' if weken == 1 else 'weken'}" if weken else "deze week"

    @property
    def nu(self) -> str:
        """What the column «Hierna» says: the step in sight; an evaluation comes before it."""
        return self.volgende.titel if self.volgende.soort == "evalueren" else self.volgende.hierna

    @property
    def daarna(self) -> str:
        """The step in sight behind an evaluation."""
        return self.volgende.hierna if self.volgende.soort == "evalueren" and self.volgende.naar else ""

    @property
    def ontbreekt(self) -> tuple[zorgroute.Uitkomst, ...]:
        return urgentie.ontbreekt_nu(self.volgende)

    @property
    def meer(self) -> int:
        """How many things are missing beside the first."""
        return max(0, len(self.ontbreekt) - 1)


@dataclass(frozen=True)
class Bord:
    """The board: the rows asked for, and what they were chosen from."""

    rijen: list[Bordrij]
    chips: list[Chip]
    groepen: list[Groep]
    rollen: list[Chip]
    totaal: int
    van: int
    vanaf: str
    """From where on a pupil has care, in the words of the school: «niveau 2 of hoger»."""
    niveauwoord: str


def zorgbord(gebruiker: Any, scholen: Sequence[School], gevraagd: Bordfilter, *, recht: str = Recht.INZIEN) -> Bord:
    """Every enrolled pupil on a level of care on whom the user has `recht`.

    The answer is that of the pupil page (`besprekingen.selecties.wat_nu`). The number of queries does not depend on
    the number of pupils. `scholen`: those of the context, at least one.
    """
    alle = Leerling.objects.zichtbaar_voor(gebruiker, recht).filter(vandaag_geldig(scholen, "ingeschreven"))
    perioden = {
        periode.leerling_id: periode
        for periode in Zorgniveauperiode.objects.zichtbaar_voor(gebruiker, recht).filter(met_zorg(scholen))
    }
    leerlingen = list(alle.filter(pk__in=list(perioden)).select_related("school"))
    rijen = _rijen(gebruiker, scholen, leerlingen, perioden)
    binnen = [rij for rij in rijen if _past(rij, gevraagd)]
    welke, profiel = _keuzes(scholen), profielen_van_school.huidig_profiel(scholen[0])
    gekozen = welke.get(gevraagd.toon, welke[""])[1]
    return Bord(
        rijen=sorted((rij for rij in binnen if gekozen(rij)), key=_VOLGORDE.get(gevraagd.sorteer, _VOLGORDE[""])),
        chips=[
            Chip(code, naam, aantal)
            for code, (naam, kies) in welke.items()
            if (aantal := sum(map(kies, binnen))) or code in ("", gevraagd.toon)
        ],
        groepen=sorted({r.groep for r in rijen if r.groep}, key=lambda groep: (groep.volgorde, groep.naam)),
        rollen=_rollen(rijen, profiel),
        totaal=len(rijen),
        van=alle.count(),
        vanaf=_vanaf(profiel),
        niveauwoord=hoofdletter(niveauwoord(profiel)),
    )


# -- whom -----------------------------------------------------------------------------------------------------------


def vandaag_geldig(scholen: Sequence[School], veld: str = "periode") -> Q:
    """What runs today, each school having its own today."""
    return reduce(or_, (Q(**{"school": school, f"{veld}__contains": klok.vandaag(school)}) for school in scholen))


def met_zorg(scholen: Sequence[School]) -> Q:
    """The running periods on a level that makes somebody a zorgleerling at that school (A-75)."""
    per_school = (
        Q(
            school=school,
            periode__contains=klok.vandaag(school),
            niveau__in=[n.code for n in profielen_van_school.huidig_profiel(school).niveau if n.zorgleerling],
        )
        for school in scholen
    )
    return reduce(or_, per_school)


def _rijen(
    gebruiker: Any, scholen: Sequence[School], leerlingen: list[Leerling], perioden: dict[int, Zorgniveauperiode]
) -> list[Bordrij]:
    feiten = zorgfeiten_van(leerlingen)
    groepen = {
        plaatsing.leerling_id: plaatsing.groep
        for plaatsing in Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(vandaag_geldig(scholen), leerling__in=list(feiten), stamgroep=True)
        .select_related("groep")
    }
    team = _team(gebruiker, scholen, {groep.pk for groep in groepen.values()})
    rijen = []
    for leerling in leerlingen:
        profiel = profielen_van_school.huidig_profiel(leerling.school)
        niveau = niveau_tonen(profiel, perioden[leerling.pk])
        assert niveau is not None, "a period has a level"  # noqa: S101
        volgende = zorgroute.volgende_stap(profiel, voor_het_vervolg(feiten[leerling.pk], profiel))
        groep = groepen.get(leerling.pk)
        mensen = [(rol, team.wie(rol, leerling, groep)) for rol in volgende.wie_rollen]
        rijen.append(
            Bordrij(
                leerling=leerling,
                groep=groep,
                code=perioden[leerling.pk].niveau,
                niveau=niveau,
                vandaag=feiten[leerling.pk].vandaag,
                volgende=volgende,
                wie=hoofdletter(
                    " of ".join(
                        ", ".join(p.naam for p in wie) if 0 < len(wie) <= MEESTE_NAMEN else profiel.rolnaam(rol)
                        for rol, wie in mensen
                    )
                ),
                van_mij=any(persoon.gebruiker_id == gebruiker.pk for _, wie in mensen for persoon in wie),
            )
        )
    return rijen


# -- by whom --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Team:
    """Who has which role today: before a group, or for a whole school."""

    van_groep: dict[int, list[Persoon]]
    van_school: dict[tuple[int, str], list[Persoon]]

    def wie(self, rol: str, leerling: Leerling, groep: Groep | None) -> list[Persoon]:
        """The people of this role for this pupil, as far as the role tells."""
        if rol == "leerkracht":
            return self.van_groep.get(groep.pk, []) if groep else []
        return self.van_school.get((leerling.school_id, rol), [])


def _team(gebruiker: Any, scholen: Sequence[School], groepen: set[int]) -> Team:
    nu = vandaag_geldig(scholen)
    van_groep: dict[int, list[Persoon]] = {}
    for toewijzing in (
        Toewijzing.objects.zichtbaar_voor(gebruiker)
        .filter(nu, groep__in=groepen, rol__in=["leerkracht", "vervanger"])
        .select_related("persoon")
        .order_by("rol", "persoon__sorteernaam", "pk")
    ):
        van_groep.setdefault(toewijzing.groep_id, []).append(toewijzing.persoon)
    van_school: dict[tuple[int, str], list[Persoon]] = {}
    for aanstelling in (
        Aanstelling.objects.zichtbaar_voor(gebruiker)
        .filter(nu, rol__in=OP_SCHOOL)
        .select_related("persoon")
        .order_by("persoon__sorteernaam", "pk")
    ):
        van_school.setdefault((aanstelling.school_id, aanstelling.rol), []).append(aanstelling.persoon)
    return Team(van_groep, van_school)


# -- which of them, in which order ----------------------------------------------------------------------------------


Kies = Callable[[Bordrij], bool]


def _past(rij: Bordrij, gevraagd: Bordfilter) -> bool:
    """By name, group and role; the chips count within these."""
    naam = f" {rij.leerling.zoeknaam}"
    return (
        (gevraagd.groep is None or (rij.groep is not None and rij.groep.pk == gevraagd.groep))
        and (not gevraagd.rol or gevraagd.rol in rij.volgende.wie_rollen)
        and all(f" {woord}" in naam for woord in zoeksleutel(gevraagd.zoek).split())
    )


def _keuzes(scholen: Sequence[School]) -> dict[str, tuple[str, Kies]]:
    """The chips by code, each with its name and whom it shows."""
    keuzes: dict[str, tuple[str, Kies]] = {
        "": ("Alles", lambda rij: True),
        "laat": ("Te laat", lambda rij: rij.stand == "laat"),
        "mij": ("Wacht op mij", lambda rij: rij.van_mij),
        "ouders": ("Wacht op ouders", lambda rij: "ouder" in rij.volgende.wie_rollen),
    }
    for profiel in map(profielen_van_school.huidig_profiel, scholen):
        for niveau in profiel.niveaus_op_volgorde:
            if niveau.zorgleerling:
                naam = f"{hoofdletter(niveauwoord(profiel))} {niveau.kort} ·"
                keuzes.setdefault(f"{NIVEAU}{niveau.code}", (naam, _van_niveau(niveau.code)))
    return keuzes


def _van_niveau(code: str) -> Kies:
    return lambda rij: rij.code == code


def _rollen(rijen: list[Bordrij], profiel: Profiel) -> list[Chip]:
    """The roles that have something to do, most first."""
    aantallen = Counter(rol for rij in rijen for rol in rij.volgende.wie_rollen)
    return [Chip(rol, hoofdletter(profiel.rolnaam(rol)), aantal) for rol, aantal in aantallen.most_common()]


def _vanaf(profiel: Profiel) -> str:
    """«niveau 2 of hoger»; «status zorg» where there is one level of care."""
    zorg = [niveau for niveau in profiel.niveaus_op_volgorde if niveau.zorgleerling]
    hoger = " of hoger" if len(zorg) > 1 else ""
    return f"{niveauwoord(profiel)} {zorg[0].kort}{hoger}" if zorg else niveauwoord(profiel)


def niveauwoord(profiel: Profiel) -> str:
    """What the school calls a level, in one word: «niveau» for «niveau van ondersteuning»."""
    return profiel.begrippen.woorden.niveau.partition(" ")[0]


_VOLGORDE: Final[dict[str, Callable[[Bordrij], Any]]] = {
    "": lambda r: (*urgentie.urgentie(r.volgende, r.niveau.stap), r.leerling.sorteernaam, r.leerling.pk),
    "naam": lambda r: (r.leerling.sorteernaam, r.leerling.pk),
    "groep": lambda r: (r.groep.volgorde if r.groep else 0, r.groep.naam if r.groep else "", r.leerling.sorteernaam),
    "niveau": lambda r: (-r.niveau.stap, r.niveau.sinds or date.min, r.leerling.sorteernaam),
    "voor": lambda r: (r.volgende.voor or date.max, r.leerling.sorteernaam),
}
