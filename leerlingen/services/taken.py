"""The to-do list: made once by key, done once, for one person or for all teachers of a group."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from leerlingen.models import Groep, Leerling, Persoon, Plaatsing, Taak
from leerlingen.models import Rol as Rolcode
from leerlingen.profiel.basis import Rol
from leerlingen.services.hulp import mensen_met_rol, persoon_van
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

OVERDRAAGBAAR = frozenset({Rolcode.IB, Rolcode.DIRECTEUR, Rolcode.TEAMLEIDER})
"""What one or two people are for the whole school. A teacher who leaves has groups that pass on, not tasks."""


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
    rol: str = "",
    link: str = "",
    knop: str = "Openen",
    voor: date | None = None,
    door: Gebruiker | None,
) -> Taak:
    """Something to do; the same `sleutel` gives the same row. `titel` names no pupil: lists show who it is about.

    `rol` is what the person does it as: with an office (OVERDRAAGBAAR) the task passes on to who has it next.
    """
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
            "rol": rol if rol in OVERDRAAGBAAR else "",
            "link": link,
            "knop": knop,
            "voor": voor,
            "gemaakt_op": klok.nu(),
        },
    )
    resultaat: Taak = taak
    return resultaat


def ontvangers(rol: Rol, leerling: Leerling) -> list[dict[str, Any]]:
    """Whose task it is, as `persoon` and `rol` or as `groep`: a group's teachers share one, others get one each."""
    vandaag = klok.vandaag(leerling.school)
    if rol in ("leerkracht", "vervanger"):
        plaatsing = (
            Plaatsing.objects.systeemtoegang(reden="de groep van de leerling")
            .filter(leerling=leerling, stamgroep=True, periode__contains=vandaag)
            .select_related("groep")
            .first()
        )
        return [{"groep": plaatsing.groep}] if plaatsing else []
    return van_rol(leerling.school, rol)


def van_rol(school: School, rol: str) -> list[dict[str, Any]]:
    """Whose task it is when it belongs to a role: one for each who has it today, with the role itself."""
    return [{"persoon": persoon, "rol": rol} for persoon in mensen_met_rol(school, rol)]


@transaction.atomic
def taak_afronden(*, school: School, sleutel: str, door: Gebruiker | None) -> None:
    """Mark as done, for everybody whose task it was. Doing it twice changes nothing."""
    _afronden(Q(sleutel=sleutel), school, door)


@transaction.atomic
def taken_afronden(*, school: School, begin: str, door: Gebruiker | None) -> None:
    """Mark every task whose key begins so as done: of all who had it, whether they still have the role or not."""
    _afronden(Q(sleutel__startswith=begin), school, door)


def _afronden(welke: Q, school: School, door: Gebruiker | None) -> None:
    Taak.objects.systeemtoegang(reden="taak afronden").filter(welke, school=school, klaar_op__isnull=True).update(
        klaar_op=klok.nu(), klaar_door=persoon_van(door, school) if door else None
    )


@transaction.atomic
def taak_laten_vervallen(*, school: School, sleutel: str, door: Gebruiker | None) -> None:
    """The task is no longer needed."""
    del door
    Taak.objects.systeemtoegang(reden="taak laten vervallen").filter(
        school=school, sleutel=sleutel, klaar_op__isnull=True
    ).update(vervallen_op=klok.nu())


@transaction.atomic
def taken_laten_vervallen(*, school: School, begin: str, door: Gebruiker | None) -> None:
    """Every task whose key begins so is no longer needed."""
    del door
    Taak.objects.systeemtoegang(reden="taken laten vervallen").filter(
        school=school, sleutel__startswith=begin, klaar_op__isnull=True, vervallen_op__isnull=True
    ).update(vervallen_op=klok.nu())


@transaction.atomic
def taak_afvinken(*, taak: Taak, klaar: bool, door: Gebruiker) -> Taak:
    """Say of one's own task, or of a task of one's group, that it is done, or after all not; once for all who had it.

    Raises DomeinFout for a task that is done by an act on its own page, and for one that is no longer needed.
    """
    vast: Taak = Taak.objects.zichtbaar_voor(door, Recht.WIJZIGEN).select_for_update().get(pk=taak.pk)
    if not vast.af_te_vinken:
        raise DomeinFout("Deze taak is klaar zodra u doet wat er staat. Open haar daarvoor.", link=vast.link or None)
    if vast.vervallen_op is not None:
        raise DomeinFout("Deze taak hoeft niet meer.")
    if (vast.klaar_op is not None) == klaar:
        return vast
    vast.klaar_op, vast.klaar_door = (klok.nu(), persoon_van(door, vast.school)) if klaar else (None, None)
    vast.save(update_fields=["klaar_op", "klaar_door"])
    handeling = "taak_afgevinkt" if klaar else "taak_heropend"
    vastleggen(handeling, school=vast.school, door=door, leerling=vast.leerling_id, object=vast, soort=vast.soort)
    return vast
