"""The school's own holidays, free days and study days, and the hours in which it meets. Nothing planned moves by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from besprekingen.models import Plangrens, Vergadertijd
from besprekingen.services.schooljaren import vakanties_zorgen
from besprekingen.vergadertijden import DAGNAMEN
from leerlingen.models import Vrij
from leerlingen.services import schooljaar_zorgen
from leerlingen.services.hulp import periode_vanaf, vereis
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

LANGST = timedelta(days=100)


@dataclass(frozen=True)
class Vrijgegevens:
    """What is filled in about a free period, both days included. `invulling`: what a study day is about (K-85)."""

    naam: str
    soort: str
    van: date
    tot_en_met: date
    invulling: str = ""


@transaction.atomic
def vrij_toevoegen(*, school: School, gegevens: Vrijgegevens, door: Gebruiker | None) -> Vrij:
    """Add a holiday, free day or study day. In a year without any row the preset of the region comes first: it is
    then the school's own, to change. DomeinFout for dates that cannot be, or a row that stands there already.
    """
    _controleer(school, gegevens, None)
    vakanties_zorgen(schooljaar=schooljaar_zorgen(school=school, dag=gegevens.van, door=door), door=door)
    rij: Vrij = Vrij.objects.create(school=school, **_velden(gegevens))
    vereis(door, Recht.WIJZIGEN, rij)
    vastleggen("vrij_toegevoegd", school=school, door=door, object=rij, soort=gegevens.soort)
    return rij


@transaction.atomic
def vrij_wijzigen(*, vrij: Vrij, gegevens: Vrijgegevens, door: Gebruiker) -> Vrij:
    """Change a row; what was planned stays where it is."""
    vereis(door, Recht.WIJZIGEN, vrij)
    _controleer(vrij.school, gegevens, vrij.pk)
    for naam, waarde in _velden(gegevens).items():
        setattr(vrij, naam, waarde)
    vrij.save(update_fields=list(_velden(gegevens)))
    vastleggen("vrij_gewijzigd", school=vrij.school, door=door, object=vrij, soort=gegevens.soort)
    return vrij


@transaction.atomic
def vrij_weghalen(*, vrij: Vrij, door: Gebruiker) -> None:
    """Take a row away: there is school again."""
    vereis(door, Recht.WIJZIGEN, vrij)
    vastleggen("vrij_weggehaald", school=vrij.school, door=door, object=vrij, soort=vrij.soort)
    vrij.delete()


def _velden(gegevens: Vrijgegevens) -> dict[str, object]:
    return {
        "naam": gegevens.naam.strip()[:80],
        "soort": gegevens.soort,
        "periode": periode_vanaf(gegevens.van, gegevens.tot_en_met + timedelta(days=1)),
        "invulling": gegevens.invulling.strip()[:500],
    }


def _controleer(school: School, gegevens: Vrijgegevens, zelf: int | None) -> None:
    if not gegevens.naam.strip():
        raise DomeinFout("Geef de vrije dag een naam.")
    if gegevens.tot_en_met < gegevens.van:
        raise DomeinFout("De laatste dag ligt vóór de eerste.")
    if gegevens.tot_en_met - gegevens.van > LANGST:
        raise DomeinFout("Een vakantie van meer dan honderd dagen kan niet. Kijk de datums na.")
    dubbel = Vrij.objects.systeemtoegang(reden="staat deze vrije dag er al").filter(
        school=school,
        naam=gegevens.naam.strip()[:80],
        periode=periode_vanaf(gegevens.van, gegevens.tot_en_met + timedelta(days=1)),
    )
    if dubbel.exclude(pk=zelf).exists():
        raise DomeinFout(f"«{gegevens.naam.strip()}» staat er al op deze dagen.")


# -- the hours -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Uren:
    """Hours of one weekday, in local time."""

    weekdag: int
    van: time
    tot: time
    in_de_les: bool


@transaction.atomic
def vergadertijden_wijzigen(
    *, school: School, uren: Iterable[Uren], per_dag: int, per_week: int, vakantie: tuple[time, time], door: Gebruiker
) -> None:
    """Say when people of the school meet, in place of what held until now; what was planned stays where it is."""
    rijen = list(uren)
    if not any(not rij.in_de_les for rij in rijen):
        raise DomeinFout("Vul voor ten minste één dag in wanneer er na schooltijd vergaderd kan worden.")
    for rij in rijen:
        if rij.tot <= rij.van:
            raise DomeinFout(f"Op {DAGNAMEN[rij.weekdag]} ligt het einde niet na het begin.")
    for eerste in rijen:
        for tweede in rijen:
            samen = eerste.weekdag == tweede.weekdag and eerste.van < tweede.tot and tweede.van < eerste.tot
            if eerste is not tweede and samen:
                raise DomeinFout(f"Op {DAGNAMEN[eerste.weekdag]} lopen lestijd en de tijd na school door elkaar.")
    if vakantie[1] <= vakantie[0]:
        raise DomeinFout("In de vakantie ligt het einde niet na het begin.")
    Vergadertijd.objects.systeemtoegang(reden="vergadertijden vervangen").filter(school=school).delete()
    for rij in rijen:
        Vergadertijd.objects.create(
            school=school, weekdag=rij.weekdag, van=rij.van, tot=rij.tot, in_de_les=rij.in_de_les
        )
    grens, _ = Plangrens.objects.systeemtoegang(reden="vergadertijden vervangen").update_or_create(
        school=school,
        defaults={
            "per_dag": per_dag,
            "per_week": per_week,
            "vakantie_van": vakantie[0],
            "vakantie_tot": vakantie[1],
        },
    )
    vereis(door, Recht.WIJZIGEN, grens)
    vastleggen("vergadertijden_gewijzigd", school=school, door=door, object=grens)
