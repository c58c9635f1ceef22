"""Holding back: what may not be destroyed yet, though its term is over."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from leerlingen.models import Bewaarbeperking, Leerling
from leerlingen.services.hulp import persoon_van, vereis
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


@transaction.atomic
def bewaarbeperking_zetten(
    *, leerling: Leerling, reden: str, tot_en_met: date | None = None, door: Gebruiker | None
) -> Bewaarbeperking:
    """Let nothing about this pupil be destroyed, until a day or until lifted. By who manages the pupil."""
    vereis(door, Recht.BEHEREN, leerling)
    reden = schoon(reden, naam="De reden", maximum=300).strip()
    if not reden:
        raise DomeinFout("Schrijf waarom de gegevens bewaard moeten blijven.")
    if tot_en_met is not None and tot_en_met < klok.vandaag(leerling.school):
        raise DomeinFout("De dag tot en met wanneer ligt al achter ons.")
    rij, _ = Bewaarbeperking.objects.systeemtoegang(reden="niet vernietigen").update_or_create(
        school=leerling.school,
        leerling=leerling,
        opgeheven_op=None,
        defaults={
            "reden": reden,
            "tot_en_met": tot_en_met,
            "gezet_door": persoon_van(door, leerling.school_id) if door else None,
            "gezet_op": klok.nu(),
        },
    )
    vastleggen("bewaarbeperking_gezet", school=leerling.school_id, door=door, leerling=leerling, object=rij)
    resultaat: Bewaarbeperking = rij
    return resultaat


@transaction.atomic
def bewaarbeperking_opheffen(*, leerling: Leerling, door: Gebruiker | None) -> None:
    """The terms count again. Lifting what is not there changes nothing."""
    vereis(door, Recht.BEHEREN, leerling)
    opgeheven = (
        Bewaarbeperking.objects.systeemtoegang(reden="weer vernietigen als de termijn om is")
        .filter(leerling=leerling, opgeheven_op__isnull=True)
        .update(opgeheven_op=klok.nu(), opgeheven_door=persoon_van(door, leerling.school_id) if door else None)
    )
    if opgeheven:
        vastleggen("bewaarbeperking_opgeheven", school=leerling.school_id, door=door, leerling=leerling)


def beperkte_leerlingen(school: School, vandaag: date) -> set[int]:
    """The pupils of whom nothing may go today."""
    return set(
        Bewaarbeperking.objects.systeemtoegang(reden="van wie mag niets weg")
        .filter(Q(tot_en_met__isnull=True) | Q(tot_en_met__gte=vandaag), school=school, opgeheven_op__isnull=True)
        .values_list("leerling_id", flat=True)
    )
