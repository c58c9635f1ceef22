"""Making the onderwijskundig rapport: asked on screen, made by a worker, filed as a piece with its fingerprint."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from besprekingen.models import Rapport
from besprekingen.services.okr import stel_samen
from leerlingen.models import Bijlage, Leerling
from leerlingen.services import stuk_maken
from leerlingen.services.hulp import persoon_van, vereis
from plannen.rapporten import okr_pdf, ontbreekt
from zorg.kern import klok, werk
from zorg.kern.models import Gebruiker, Werk
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

SOORT = "okr_maken"


@transaction.atomic
def okr_vragen(*, leerling: Leerling, door: Gebruiker) -> Rapport:
    """Ask for the next version of the report; a worker makes it. One at a time per pupil."""
    vereis(door, Recht.EXPORTEREN, leerling)
    vereis(door, Recht.WIJZIGEN, leerling)
    Leerling.objects.systeemtoegang(reden="volgende versie van het rapport").select_for_update().get(pk=leerling.pk)
    eerder = Rapport.objects.systeemtoegang(reden="volgende versie van het rapport").filter(
        leerling=leerling, soort="okr"
    )
    lopend: Rapport | None = eerder.filter(status=Rapport.Status.GEVRAAGD).first()
    if lopend is not None:
        return lopend
    versie = eerder.count() + 1
    stuk = stuk_maken(
        leerling=leerling,
        soort="okr",
        titel=f"Onderwijskundig rapport, versie {versie}",
        vertrouwelijkheid="vertrouwelijk",
        bewaargrond="verwijzing",
        door=door,
    )
    rapport: Rapport = Rapport.objects.create(
        school=leerling.school,
        stuk=stuk,
        leerling=leerling,
        versie=versie,
        gevraagd_door=persoon_van(door, leerling.school),
        gevraagd_op=klok.nu(),
    )
    werk.inplannen(SOORT, school=leerling.school, object_id=rapport.pk, sleutel=f"okr:{rapport.pk}")
    vastleggen("okr_gevraagd", school=leerling.school, door=door, leerling=leerling, object=stuk, versie=versie)
    return rapport


def _maken(rij: Werk) -> None:
    """Worker: compose, render, file. Whoever asked must still be allowed to export this dossier."""
    rapport: Rapport = (
        Rapport.objects.systeemtoegang(reden="rapport maken")
        .select_for_update(of=("self",))
        .select_related("stuk__school", "leerling__school", "gevraagd_door__gebruiker")
        .get(pk=rij.object_id)
    )
    if rapport.status != Rapport.Status.GEVRAAGD:
        return
    wie = rapport.gevraagd_door
    gebruiker = wie.gebruiker if wie else None
    if gebruiker is None or not gebruiker.has_perm("exporteren_leerling", rapport.leerling):
        rapport.status = Rapport.Status.MISLUKT
        rapport.save(update_fields=["status"])
        return
    okr = stel_samen(rapport.leerling, versie=rapport.versie, opgesteld_door=wie)
    inhoud = okr_pdf(okr)
    som = hashlib.sha256(inhoud).hexdigest()
    bijlage = Bijlage(
        school=rapport.school,
        stuk=rapport.stuk,
        naam=f"onderwijskundig-rapport-versie-{rapport.versie}.pdf",
        mime="application/pdf",
        grootte=len(inhoud),
        sha256=som,
        toegevoegd_door=wie,
        toegevoegd_op=klok.nu(),
    )
    bijlage.bestand.save("okr.pdf", ContentFile(inhoud), save=False)
    bijlage.save()
    rapport.status, rapport.bijlage, rapport.sha256 = Rapport.Status.KLAAR, bijlage, som
    rapport.gemaakt_op, rapport.ontbreekt = klok.nu(), list(ontbreekt(okr))
    rapport.save(update_fields=["status", "bijlage", "sha256", "gemaakt_op", "ontbreekt"])
    vastleggen(
        "okr_gemaakt",
        school=rapport.school,
        door=gebruiker,
        leerling=rapport.leerling,
        object=rapport.stuk,
        versie=rapport.versie,
        sha256=som,
    )


def registreer() -> None:
    """Say who does this kind of work; called when the app is ready."""
    werk.registreer(SOORT, _maken)
