"""The table in which results of a whole group are typed, and what /toetsen/ shows first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leerlingen.models import Groep, Leerling, Plaatsing
from leerlingen.profiel.meten import Instrument
from lvs.groei import getal
from lvs.models import Resultaat
from lvs.selecties.groep import peildag
from zorg.kern.querysets import Recht


@dataclass(frozen=True)
class Invoerrij:
    """One line of the table for a whole group: the pupil, what stands there now, and what they had before."""

    leerling: Leerling
    resultaat: Resultaat | None
    vorige: str


@dataclass(frozen=True)
class Toets:
    """Which test was taken when: what the table is about. `afnamejaar` is the year its school year began in."""

    instrument: Instrument
    vak: str
    moment: str
    versie: str
    afnamedatum: date
    afnamejaar: int

    def is_dit(self, resultaat: Resultaat) -> bool:
        """Whether the result is of this test: of a method test the day counts, of the others the school year."""
        if (resultaat.moment, resultaat.versie) != (self.moment, self.versie):
            return False
        if self.instrument.methodetoets:
            return resultaat.afnamedatum == self.afnamedatum
        return resultaat.afnamejaar == self.afnamejaar


def invoertabel(gebruiker: Any, groep: Groep, toets: Toets) -> list[Invoerrij]:
    """The pupils of a group for whom the user may enter, with the result of this test and the one before."""
    plaatsingen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker, Recht.WIJZIGEN)
        .filter(groep=groep, periode__contains=peildag(groep))
        .select_related("leerling")
        .order_by("leerling__roepnaam", "leerling__sorteernaam", "pk")
    )
    leerlingen = [plaatsing.leerling for plaatsing in plaatsingen]
    eigen = Resultaat.objects.zichtbaar_voor(gebruiker).filter(
        leerling__in=[leerling.pk for leerling in leerlingen],
        instrument=toets.instrument.code,
        vak=toets.vak,
        onderdeel="",
    )
    nu: dict[int, Resultaat] = {}
    eerder: dict[int, str] = {}
    for rij in eigen.order_by("afnamedatum", "pk"):
        if toets.is_dit(rij):
            nu[rij.leerling_id] = rij
        else:
            eerder[rij.leerling_id] = f"{rij.moment} {_uitslag(rij)}"
    return [Invoerrij(leerling, nu.get(leerling.pk), eerder.get(leerling.pk, "")) for leerling in leerlingen]


def _uitslag(rij: Resultaat) -> str:
    """The level, else the score that it has."""
    score = rij.vaardigheidsscore if rij.vaardigheidsscore is not None else rij.ruwe_score
    return rij.niveau or ("" if score is None else getal(float(score)))


def nieuwste_per_groep(gebruiker: Any, groepen: Sequence[int], dag: date) -> dict[int, date]:
    """For the start of /toetsen/: group id → day of the newest visible result of its pupils."""
    rijen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(groep__in=groepen, periode__contains=dag)
        .order_by()
        .values_list("leerling", "groep")
    )
    groep_van = dict(rijen)
    nieuwste: dict[int, date] = {}
    resultaten = Resultaat.objects.zichtbaar_voor(gebruiker).filter(leerling__in=list(groep_van)).order_by().distinct()
    for leerling, afname in resultaten.values_list("leerling", "afnamedatum"):
        groep = groep_van[leerling]
        nieuwste[groep] = max(afname, nieuwste.get(groep, date.min))
    return nieuwste
