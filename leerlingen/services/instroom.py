"""Who comes to school and who goes, one pupil at a time: between two files, or where no file exists (Aruba).

A file of the administration that comes later finds who was entered by hand by name and date of birth.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Groep, Leerling, Plaatsing, Rol, Schooljaar
from leerlingen.services.hulp import mensen_met_rol
from leerlingen.services.inrichten import schooljaar_zorgen
from leerlingen.services.leerlingen import groep_zorgen, inschrijven, plaatsen
from leerlingen.services.taken import taak_maken
from leerlingen.termijn import binnen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.tekst import datum, een_regel

TERMIJN = "herkomst"
EERSTE_GROEPEN = frozenset({"0", "1"})
"""Year groups in which a child comes from home or a toddler group: there is no school of origin to ask."""


@transaction.atomic
def groep_maken(
    *, school: School, schooljaar: str, naam: str, soort: str, jaargroep: str, door: Gebruiker | None
) -> Groep:
    """A new group in the year of this name. Raises DomeinFout for a name that a group of this kind has already."""
    naam, jaar = een_regel(naam), schooljaar_zorgen(school=school, naam=schooljaar, door=door)
    rijen = Groep.objects.systeemtoegang(reden="bestaat deze groep al")
    if rijen.filter(school=school, schooljaar=jaar, soort=soort, naam__iexact=naam).exists():
        raise DomeinFout(f"Groep {naam} is er al in {jaar}.")
    return groep_zorgen(school=school, schooljaar=jaar, naam=naam, soort=soort, jaargroep=jaargroep, door=door)


def aantal_per_groep(*, school: School, dag: date) -> dict[int, int]:
    """How many pupils each group has, from this day on: a number without who, for who manages the school."""
    rijen = Plaatsing.objects.systeemtoegang(reden="hoeveel leerlingen, zonder wie").filter(
        school=school, periode__endswith__gt=dag
    )
    return dict(rijen.order_by().values_list("groep").annotate(Count("leerling", distinct=True)))


@transaction.atomic
def leerling_aanmelden(
    *, groep: Groep, vanaf: date, velden: Mapping[str, Any], dubbel_mag: bool = False, door: Gebruiker | None
) -> Leerling:
    """Enrol a pupil by hand in a group. Raises DomeinFout for a second one of that name and date of birth."""
    school = groep.school
    School.objects.select_for_update(no_key=True).get(pk=school.pk)  # of two at once, the second sees the first
    if not dubbel_mag and zelfde_kind(school, velden):
        profiel = profielen_van_school.huidig_profiel(school)
        ib, directeur = profiel.rolnaam("ib"), profiel.rolnaam("directeur")
        raise DomeinFout(
            "Er is al een leerling met deze naam en geboortedatum, misschien uitgeschreven. Komt hetzelfde kind terug? "
            f"De {ib} of {directeur} draait de uitschrijving terug. Is het een ander kind? Vink dat dan aan."
        )
    if not groep.schooljaar.periode.lower <= vanaf < groep.schooljaar.periode.upper:
        raise DomeinFout(f"Groep {groep.naam} is van schooljaar {groep.schooljaar}; kies een datum in dat jaar.")
    leerling = inschrijven(school=school, vanaf=vanaf, door=door, **velden)
    plaatsing = plaatsen(leerling=leerling, groep=groep, vanaf=vanaf, door=door)
    herkomst_navragen(leerling=leerling, jaargroep=plaatsing.jaargroep, jaar=groep.schooljaar, door=door)
    return leerling


@transaction.atomic
def verplaatsen(*, leerling: Leerling, groep: Groep, vanaf: date, door: Gebruiker | None) -> Plaatsing:
    """To another group, from a day of that group's own year. Raises DomeinFout for another day."""
    jaar = groep.schooljaar.periode
    if vanaf < jaar.lower:
        begin = datum(jaar.lower)
        raise DomeinFout(f"Groep {groep.naam} begint op {begin}, met schooljaar {groep.schooljaar}; kies dan of later.")
    return plaatsen(leerling=leerling, groep=groep, vanaf=vanaf, door=door)


def zelfde_kind(school: School, velden: Mapping[str, Any]) -> bool:
    """Whether a pupil of this name and date of birth is enrolled already."""
    rijen = Leerling.objects.systeemtoegang(reden="is deze leerling er al").filter(school=school)
    return bool(rijen.filter(**kenmerken(velden)).exists())


def kenmerken(velden: Mapping[str, Any]) -> dict[str, Any]:
    """By what a child is known again: name and date of birth, as a filter."""
    return {
        "roepnaam__iexact": velden.get("roepnaam", ""),
        "achternaam__iexact": velden.get("achternaam", ""),
        "geboortedatum": velden.get("geboortedatum"),
    }


def herkomst_navragen(*, leerling: Leerling, jaargroep: str, jaar: Schooljaar, door: Gebruiker | None) -> None:
    """For who comes in during the year from another school: the ib'er asks there (K-36), before a date.

    Only where the procedure has a term for it; not for who enters the first group, nor for who came long ago.
    """
    school, vanaf = leerling.school, leerling.ingeschreven.lower
    profiel = profielen_van_school.huidig_profiel(school)
    termijn = next((rij for rij in profiel.termijnen if rij.code == TERMIJN), None)
    if termijn is None or jaargroep in EERSTE_GROEPEN or not jaar.periode.lower < vanaf < jaar.periode.upper:
        return
    uiterste = binnen(vanaf, termijn.aantal, termijn.eenheid).datum
    vandaag = klok.vandaag(school)
    intern_begeleiders = mensen_met_rol(school, Rol.IB)
    if not intern_begeleiders or uiterste < vandaag:
        return
    taak_maken(
        school=school,
        soort="herkomst",
        sleutel=f"herkomst:{leerling.pk}",
        titel="Navraag doen bij de school van herkomst",
        uitleg="Deze leerling kwam tijdens het schooljaar binnen. Vraag wat de vorige school aan ondersteuning gaf.",
        leerling=leerling,
        persoon=intern_begeleiders[0],  # the procedure names the role, not which of two
        rol=Rol.IB,
        link=reverse("leerlingen:leerling", kwargs={"leerling_id": leerling.pk}),
        voor=uiterste,
        door=door,
    )
