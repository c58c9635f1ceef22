"""Moving a pupil to another arrangement, or choosing where the system could not."""

from __future__ import annotations

from django.db import transaction

from leerlingen.models import Antwoord
from leerlingen.services.hulp import persoon_van, vereis
from plannen.models import Arrangement, Groepsplan, Indeling
from plannen.services.plan import slot
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


@transaction.atomic
def leerling_verplaatsen(
    *, indeling: Indeling, arrangement: str, toelichting: str | None = None, door: Gebruiker
) -> Indeling:
    """Put a pupil in an arrangement; the same one means: yes, here. From then on it is the teacher's own choice.

    `toelichting` (at most 300 characters) stands beside the facts; None leaves it. Raises DomeinFout when the plan is
    closed, PermissionDenied when the account may not write in it or does not see the pupil.
    """
    if arrangement not in Arrangement.values:
        raise DomeinFout("Kies een van de drie arrangementen.")
    vereis(door, Recht.WIJZIGEN, indeling)
    plan = slot(indeling.plan, door)
    vast: Indeling = (
        Indeling.objects.systeemtoegang(reden="leerling verplaatsen").select_for_update().get(pk=indeling.pk)
    )
    oud = vast.arrangement
    vast.arrangement, vast.bron, vast.te_kiezen, vast.alternatief = arrangement, Indeling.Bron.GEKOZEN, False, ""
    vast.geplaatst_door, vast.geplaatst_op = persoon_van(door, vast.school_id), klok.nu()
    if toelichting is not None:
        vast.toelichting = schoon(toelichting, naam="De toelichting", maximum=300).strip()
    vast.save()
    if oud != arrangement:
        _antwoorden_mee(plan, vast.leerling_id, oud, arrangement)
    vastleggen(
        "leerling_verplaatst",
        school=vast.school_id,
        door=door,
        leerling=vast.leerling_id,
        object=plan,
        van=oud,
        naar=arrangement,
        vak=plan.vak,
    )
    return vast


def _antwoorden_mee(plan: Groepsplan, leerling_id: int, oud: str, nieuw: str) -> None:
    """What was written about this pupil moves along to the section of the new arrangement."""
    rijen = Antwoord.objects.systeemtoegang(reden="antwoorden over de leerling verhuizen mee").filter(
        document=plan.document_id, leerling=leerling_id
    )
    bezet = {(rij.sectiecode, rij.vraagcode) for rij in rijen}
    for rij in rijen:
        kern, _, arrangement = rij.sectiecode.partition(":")
        if arrangement == oud and (f"{kern}:{nieuw}", rij.vraagcode) not in bezet:
            rij.sectiecode = f"{kern}:{nieuw}"
            rij.save(update_fields=["sectiecode"])
