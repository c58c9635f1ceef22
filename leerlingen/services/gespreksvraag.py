"""A parent wants to talk: on the list of the teachers, in the parent's own words (L-32)."""

from __future__ import annotations

from django.db import transaction

from leerlingen.models import Leerling, Persoon, Plaatsing, Taak, Toestemming
from leerlingen.services.hulp import persoon_van, vereis
from leerlingen.services.taken import taak_maken
from leerlingen.services.toestemmingstaken import wie_gaat_verder
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import een_regel
from zorg.logboek.services import vastleggen

SOORT = "gesprek_gevraagd"
HOOGSTENS = 300
"""Characters in which a parent says what it is about; the rest is for the talk."""


@transaction.atomic
def gesprek_vragen(*, leerling: Leerling, waarover: str = "", door: Gebruiker) -> Taak:
    """Ask the teachers of the child's group for a talk; the same words twice while it is open are one question.

    Raises DomeinFout for a story too long for a list and when the child has no group, PermissionDenied for who is no
    parent with authority.
    """
    vereis(door, Recht.MEELEZEN, leerling)
    ouder, dag = persoon_van(door, leerling.school_id), klok.vandaag(leerling.school)
    waarover = een_regel(waarover)
    if len(waarover) > HOOGSTENS:
        raise DomeinFout(f"Houd het kort, hoogstens {HOOGSTENS} tekens. De rest vertelt u in het gesprek.")
    plaatsing: Plaatsing | None = (
        Plaatsing.objects.systeemtoegang(reden="wie geeft dit kind les")
        .filter(leerling=leerling, stamgroep=True, periode__contains=dag)
        .select_related("groep")
        .first()
    )
    if plaatsing is None:
        raise DomeinFout("Uw kind zit nu in geen groep. Bel of mail de school.")
    uitleg = f"{ouder.naam}: «{waarover}»" if waarover else f"{ouder.naam} wil u graag spreken."
    Persoon.objects.systeemtoegang(reden="een vraag tegelijk").select_for_update().get(pk=ouder.pk)
    begin = f"{SOORT}:{leerling.pk}:{ouder.pk}:"
    alle = Taak.objects.systeemtoegang(reden="vroeg deze ouder dit al").filter(
        school=leerling.school, sleutel__startswith=begin
    )
    staat_er = alle.open() if not waarover else alle.open().filter(uitleg=uitleg)
    al: Taak | None = staat_er.first()
    if al is not None:
        return al
    taak = taak_maken(
        school=leerling.school,
        soort=SOORT,
        sleutel=f"{begin}{dag.isoformat()}:{alle.count()}",
        titel="Een ouder vraagt om een gesprek",
        uitleg=uitleg,
        leerling=leerling,
        groep=plaatsing.groep,
        link=f"/besprekingen/leerlingen/{leerling.pk}/gesprek/",
        knop="Gesprek vastleggen",
        door=None,
    )
    vastleggen("gesprek_gevraagd_door_ouder", school=leerling.school, door=door, leerling=leerling)
    return taak


def eerst_praten(toestemming: Toestemming, ouder: Persoon) -> None:
    """A parent wants to talk before saying yes or no: who asked for the consent finds it on their list."""
    for wie in wie_gaat_verder(toestemming):
        taak_maken(
            school=toestemming.school,
            soort=SOORT,
            sleutel=f"{SOORT}:toestemming:{toestemming.pk}:{ouder.pk}:{wie['persoon'].pk}",
            titel="Een ouder wil eerst praten",
            uitleg=f"{ouder.naam} wil een gesprek voordat er antwoord komt op de vraag om toestemming.",
            leerling=toestemming.leerling,
            link=f"/besprekingen/leerlingen/{toestemming.leerling_id}/gesprek/",
            knop="Gesprek vastleggen",
            door=None,
            **wie,
        )
