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


@dataclass(frozen=True)
class Invoerrij:
    """One line of the table for a whole group: the pupil, what stands there now, and what they had before."""

    leerling: Leerling
    resultaat: Resultaat | None
    vorige: str


def invoertabel(
    gebruiker: Any, groep: Groep, instrument: Instrument, vak: str, moment: str, dag: date
) -> list[Invoerrij]:
    """The pupils of a group for whom the user may enter, with the result of this test this year and the one before."""
    plaatsingen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker, "wijzigen")
        .filter(groep=groep, periode__contains=dag)
        .select_related("leerling")
        .order_by("leerling__roepnaam", "leerling__sorteernaam", "pk")
    )
    leerlingen = [plaatsing.leerling for plaatsing in plaatsingen]
    eigen = Resultaat.objects.zichtbaar_voor(gebruiker).filter(
        leerling__in=[leerling.pk for leerling in leerlingen], instrument=instrument.code, vak=vak, onderdeel=""
    )
    begin = groep.schooljaar.periode.lower
    nu: dict[int, Resultaat] = {}
    eerder: dict[int, str] = {}
    for rij in eigen.order_by("afnamedatum", "pk"):
        if (
            rij.moment == moment
            and rij.afnamedatum >= begin
            and not (instrument.methodetoets and rij.afnamedatum != dag)
        ):
            nu[rij.leerling_id] = rij
        else:
            eerder[rij.leerling_id] = f"{rij.moment} {rij.niveau or getal(float(rij.vaardigheidsscore or 0))}"
    return [Invoerrij(leerling, nu.get(leerling.pk), eerder.get(leerling.pk, "")) for leerling in leerlingen]


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
