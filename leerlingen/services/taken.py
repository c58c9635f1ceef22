"""The to-do list: made once by key, done once, for one person or for all teachers of a group."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from leerlingen.models import Groep, Leerling, Persoon, Taak
from leerlingen.services.hulp import persoon_van
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School


@transaction.atomic
def taak_maken(
    *,
    school: School,
    soort: str,
    sleutel: str,
    titel: str,
    uitleg: str = "",
    leerling: Leerling | None = None,
    persoon: Persoon | None = None,
    groep: Groep | None = None,
    link: str = "",
    knop: str = "Openen",
    voor: date | None = None,
    door: Gebruiker | None,
) -> Taak:
    """Something to do; the same `sleutel` gives the same row. `titel` names no pupil: lists show who it is about."""
    del door  # the act that makes the task is logged by its own service
    taak, _ = Taak.objects.systeemtoegang(reden="taak eenmalig maken").get_or_create(
        school=school,
        sleutel=sleutel,
        defaults={
            "soort": soort,
            "titel": titel,
            "uitleg": uitleg,
            "leerling": leerling,
            "persoon": persoon,
            "groep": groep,
            "link": link,
            "knop": knop,
            "voor": voor,
            "gemaakt_op": klok.nu(),
        },
    )
    resultaat: Taak = taak
    return resultaat


@transaction.atomic
def taak_afronden(*, school: School, sleutel: str, door: Gebruiker | None) -> None:
    """Mark as done, for everybody whose task it was. Doing it twice changes nothing."""
    Taak.objects.systeemtoegang(reden="taak afronden").filter(
        school=school, sleutel=sleutel, klaar_op__isnull=True
    ).update(klaar_op=klok.nu(), klaar_door=persoon_van(door, school) if door else None)


@transaction.atomic
def taak_laten_vervallen(*, school: School, sleutel: str, door: Gebruiker | None) -> None:
    """The task is no longer needed."""
    del door
    Taak.objects.systeemtoegang(reden="taak laten vervallen").filter(
        school=school, sleutel=sleutel, klaar_op__isnull=True
    ).update(vervallen_op=klok.nu())
