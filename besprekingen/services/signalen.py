"""What meetings and talks do with recorded signals: an item answers them, a talk with the parents takes them up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from besprekingen.models import Agendapunt, Puntsignaal
from besprekingen.services.hulp import dag_van, vorm_van
from leerlingen.models import Leerling
from lvs.models import VastgelegdSignaal
from lvs.services import signaal_heropenen, signaal_oppakken
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.tekst import datum

NIET_DOOR = "De bespreking hierover ging niet door."
REDEN = "de signalen van een agendapunt"


@transaction.atomic
def signalen_bespreken(*, punt: Agendapunt, signalen: Iterable[VastgelegdSignaal], door: Gebruiker | None) -> None:
    """Name the signals that this item answers; they are taken up by it. Twice changes nothing.

    Raises DomeinFout for a signal of another pupil or one that was closed, PermissionDenied for who may not write it.
    """
    for signaal in signalen:
        if signaal.leerling_id != punt.leerling_id:
            raise DomeinFout("Dit signaal gaat over een andere leerling.")
        _, nieuw = Puntsignaal.objects.systeemtoegang(reden=REDEN).get_or_create(
            school=punt.school, agendapunt=punt, signaal=signaal
        )
        if nieuw:
            waarin = f"{vorm_van(punt.bespreking).naam}, {datum(dag_van(punt.bespreking))}"
            signaal_oppakken(signaal=signaal, waar="bespreking", toelichting=waarin, door=door)


@transaction.atomic
def signalen_loslaten(punten: Iterable[Agendapunt]) -> None:
    """An item is not going to be discussed: what only it answered is open again, so that no worry gets lost."""
    punten = list(punten)
    alle = Puntsignaal.objects.systeemtoegang(reden=REDEN)
    elders = alle.exclude(agendapunt__in=punten).exclude(agendapunt__bespreking__status="afgezegd")
    for rij in alle.filter(agendapunt__in=punten).select_related("signaal"):
        signaal = rij.signaal
        if signaal.stand == "opgepakt" and signaal.waar == "bespreking" and not elders.filter(signaal=signaal).exists():
            signaal_heropenen(signaal=signaal, reden=NIET_DOOR, door=None)


@transaction.atomic
def signalen_in_gesprek(
    *, leerling: Leerling, signalen: Iterable[VastgelegdSignaal], met: str, ouders: bool, op: date, door: Gebruiker
) -> None:
    """The concern was raised in a talk (K-112): with the parents or with others. DomeinFout for another pupil's."""
    for signaal in signalen:
        if signaal.leerling_id != leerling.pk:
            raise DomeinFout("Dit signaal gaat over een andere leerling.")
        waar = "ouders" if ouders else "bespreking"
        signaal_oppakken(signaal=signaal, waar=waar, toelichting=f"{met}, {datum(op)}", door=door)
