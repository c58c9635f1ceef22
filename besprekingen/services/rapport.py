"""Making the onderwijskundig rapport: asked on screen, made by a worker, filed as a piece with its fingerprint."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from besprekingen.models import Rapport
from besprekingen.services.okr import Voorbeeld, stel_samen
from leerlingen import profielen_van_school
from leerlingen.models import Bijlage, Leerling, Persoon
from leerlingen.services import stuk_maken
from leerlingen.services.hulp import persoon_van, vereis
from leerlingen.services.papieren import opstellers
from plannen.rapporten import okr_pdf
from zorg.kern import klok, werk
from zorg.kern.models import Gebruiker, Werk
from zorg.kern.querysets import Recht
from zorg.kern.rapporten import Rapportbestand, Rapportsoort, object_van
from zorg.kern.rapporten import registreer as registreer_rapport
from zorg.logboek.services import vastleggen

SOORT = "okr_maken"
MISLUKT = -1
"""What `voortgang_van` gives when the worker gave up."""


def okr_bekijken(*, leerling: Leerling, door: Gebruiker) -> Voorbeeld:
    """What the report would hold now and what is still missing, before it is made (K-146). Writes nothing.

    The caller checked that this account may export the dossier. The version comes when it is made.
    """
    return stel_samen(leerling, versie=0, door=door, opgesteld_door=door.naam)


def _versies(leerling: Leerling) -> Any:
    return Rapport.objects.systeemtoegang(reden="volgende versie van het rapport").filter(
        leerling=leerling, soort="okr"
    )


@transaction.atomic
def okr_vragen(*, leerling: Leerling, door: Gebruiker) -> Rapport:
    """Ask for the next version of the report; a worker makes it. One at a time per pupil."""
    vereis(door, Recht.EXPORTEREN, leerling)
    vereis(door, Recht.WIJZIGEN, leerling)
    Leerling.objects.systeemtoegang(reden="volgende versie van het rapport").select_for_update().get(pk=leerling.pk)
    eerder = _versies(leerling)
    lopend: Rapport | None = eerder.filter(status=Rapport.Status.GEVRAAGD).first()
    if lopend is not None and voortgang_van(lopend) != MISLUKT:
        return lopend
    if lopend is not None:
        lopend.status = Rapport.Status.MISLUKT
        lopend.save(update_fields=["status"])
    versie = eerder.count() + 1
    vorm = profielen_van_school.huidig_profiel(leerling.school).zoek_document("okr")
    stuk = stuk_maken(
        leerling=leerling,
        soort="okr",
        titel=f"{vorm.naam}, versie {versie}",
        vertrouwelijkheid=vorm.vertrouwelijkheid,
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
    werk.inplannen(SOORT, school=leerling.school, object_id=rapport.pk, sleutel=_sleutel(rapport))
    vastleggen("okr_gevraagd", school=leerling.school, door=door, leerling=leerling, object=stuk, versie=versie)
    return rapport


def _sleutel(rapport: Rapport) -> str:
    return f"okr:{rapport.pk}"


def voortgang_van(rapport: Rapport) -> int:
    """How far the worker is, in percent; MISLUKT when it gave up."""
    if rapport.status != Rapport.Status.GEVRAAGD:
        return MISLUKT if rapport.status == Rapport.Status.MISLUKT else 100
    if hasattr(rapport, "gedaan"):  # a list asked for all at once
        return MISLUKT if rapport.gedaan is None else int(rapport.gedaan)
    rij = Werk.objects.filter(sleutel=_sleutel(rapport)).first()
    if rij is None or rij.status == Werk.Status.MISLUKT:
        return MISLUKT
    return rij.voortgang


def gedaan_werk() -> Subquery:
    """How far the worker is with each report of a queryset; nothing where it gave up. For `voortgang_van`."""
    sleutel = Concat(Value("okr:"), Cast(OuterRef("pk"), TextField()))
    werkrij = Werk.objects.filter(sleutel=sleutel).exclude(status=Werk.Status.MISLUKT)
    return Subquery(werkrij.order_by().values("voortgang")[:1])


def _stap(rij: Werk, procent: int) -> None:
    """Tell who waits how far it is; outside the transaction that files the result."""
    Werk.objects.filter(pk=rij.pk).update(voortgang=procent)


def _maken(rij: Werk) -> None:
    """Worker: compose, render, then file in one transaction. Killed anywhere, the next try files it once.

    Whoever asked must still be allowed to export this dossier.
    """
    rapport: Rapport = (
        Rapport.objects.systeemtoegang(reden="rapport maken")
        .select_related("leerling__school", "gevraagd_door__gebruiker")
        .get(pk=rij.object_id)
    )
    if rapport.status != Rapport.Status.GEVRAAGD:
        return
    wie = rapport.gevraagd_door
    gebruiker = wie.gebruiker if wie else None
    if wie is None or gebruiker is None or not gebruiker.has_perm("exporteren_leerling", rapport.leerling):
        rapport.status = Rapport.Status.MISLUKT
        rapport.save(update_fields=["status"])
        return
    _stap(rij, 10)
    voorbeeld = stel_samen(rapport.leerling, versie=rapport.versie, door=gebruiker, opgesteld_door=wie.naam)
    _stap(rij, 40)
    inhoud = okr_pdf(voorbeeld.okr)
    _stap(rij, 80)
    _opbergen(rapport.pk, voorbeeld, inhoud, wie, gebruiker)


@transaction.atomic
def _opbergen(rapport_id: int, voorbeeld: Voorbeeld, inhoud: bytes, wie: Persoon, gebruiker: Gebruiker) -> None:
    rapport: Rapport = (
        Rapport.objects.systeemtoegang(reden="rapport opbergen")
        .select_for_update(of=("self",))
        .select_related("stuk", "school")
        .get(pk=rapport_id)
    )
    if rapport.status != Rapport.Status.GEVRAAGD:  # another worker was first
        return
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
    try:
        bijlage.save()
        rapport.status, rapport.bijlage, rapport.sha256 = Rapport.Status.KLAAR, bijlage, som
        rapport.gemaakt_op, rapport.ontbreekt = klok.nu(), list(voorbeeld.ontbreekt)
        rapport.save(update_fields=["status", "bijlage", "sha256", "gemaakt_op", "ontbreekt"])
        vastleggen(
            "okr_gemaakt",
            school=rapport.school,
            door=gebruiker,
            leerling=rapport.leerling_id,
            object=rapport.stuk,
            versie=rapport.versie,
            sha256=som,
        )
    except BaseException:
        bijlage.bestand.delete(save=False)  # no file without its row
        raise


def okr_bestand(leerling_id: int) -> Rapportbestand:
    """The report of a pupil as a PDF, outside the dossier, with what is missing: for the command. On record.

    Composed as the ib'er or director of the school sees it. Raises GeenObject when there is no such pupil, DomeinFout
    when there is nobody to make it for.
    """
    leerlingen = Leerling.objects.systeemtoegang(reden="rapport maken met een opdracht").select_related("school")
    leerling: Leerling = object_van(leerlingen, f"Er is geen leerling met nummer {leerling_id}.", pk=leerling_id)
    wie = opstellers(leerling.school)[0]
    gebruiker: Any = wie.gebruiker
    voorbeeld = stel_samen(leerling, versie=_versies(leerling).count() + 1, door=gebruiker, opgesteld_door=wie.naam)
    pdf = okr_pdf(voorbeeld.okr)
    vastleggen("okr_meegenomen", school=leerling.school, door=None, leerling=leerling)
    return Rapportbestand(pdf, voorbeeld.ontbreekt)


def registreer() -> None:
    """Say who does this kind of work, and who makes it for the command; called when the app is ready."""
    registreer_rapport(Rapportsoort("okr", "de leerling", okr_bestand))
    werk.registreer(SOORT, _maken, eigen_transacties=True)
