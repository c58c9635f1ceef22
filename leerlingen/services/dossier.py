"""Pieces of a dossier: making, restricting, sharing with parents, files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from leerlingen.models import Bijlage, Dossierstuk, Kringlid, Leerling, Persoon, Publicatie, Vertrouwelijkheid
from leerlingen.services.hulp import besef_zicht, persoon_van, vereis
from zorg.kern import bestanden, klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


@transaction.atomic
def stuk_maken(
    *,
    leerling: Leerling,
    soort: str,
    titel: str,
    datum: date | None = None,
    vertrouwelijkheid: str = Vertrouwelijkheid.GEWOON,
    vakgebied: str = "",
    bewaargrond: str = "leerlingdossier",
    door: Gebruiker | None,
) -> Dossierstuk:
    """A new piece in the dossier of a pupil; the school comes from the pupil, never from the session."""
    vereis(door, Recht.WIJZIGEN, leerling)
    titel = schoon(titel, naam="De titel", maximum=200).strip()
    if not titel:
        raise DomeinFout("Geef het stuk een titel.")
    stuk = Dossierstuk(
        school=leerling.school,
        leerling=leerling,
        soort=soort,
        titel=titel,
        datum=datum or klok.vandaag(leerling.school),
        vertrouwelijkheid=vertrouwelijkheid,
        vakgebied=vakgebied,
        bewaargrond=bewaargrond,
        opgesteld_door=persoon_van(door, leerling.school_id) if door else None,
        opgesteld_op=klok.nu(),
    )
    stuk.save()
    besef_zicht(stuk, door)
    vastleggen("stuk_gemaakt", school=leerling.school_id, door=door, leerling=leerling, object=stuk, soort=soort)
    return stuk


@transaction.atomic
def vertrouwelijkheid_wijzigen(*, stuk: Dossierstuk, vertrouwelijkheid: str, door: Gebruiker | None) -> Dossierstuk:
    """Raise or lower who may read a piece; never out of one's own sight."""
    vereis(door, Recht.WIJZIGEN, stuk)
    if vertrouwelijkheid not in Vertrouwelijkheid.values:
        raise DomeinFout("Kies gewoon, vertrouwelijk of geheim.")
    if vertrouwelijkheid == Vertrouwelijkheid.GEHEIM and is_gedeeld(stuk):
        raise DomeinFout("Dit stuk is gedeeld met de ouders. Trek dat eerst in.")
    stuk.vertrouwelijkheid = vertrouwelijkheid
    stuk.save(update_fields=["vertrouwelijkheid"])
    besef_zicht(stuk, door)
    vastleggen(
        "vertrouwelijkheid_gewijzigd",
        school=stuk.school_id,
        door=door,
        leerling=stuk.leerling_id,
        object=stuk,
        naar=vertrouwelijkheid,
    )
    return stuk


@transaction.atomic
def kring_zetten(*, stuk: Dossierstuk, lezers: Iterable[Persoon], door: Gebruiker | None) -> Dossierstuk:
    """Keep a piece within named readers (who writes it is one of them); no readers opens it again."""
    vereis(door, Recht.WIJZIGEN, stuk)
    gekozen = {persoon.pk: persoon for persoon in lezers}
    if gekozen and door is not None:
        zelf = persoon_van(door, stuk.school_id)
        gekozen[zelf.pk] = zelf
    if gekozen and is_gedeeld(stuk):
        raise DomeinFout("Dit stuk is gedeeld met de ouders. Trek dat eerst in.")
    Kringlid.objects.systeemtoegang(reden="kring opnieuw zetten").filter(stuk=stuk).delete()
    for persoon in gekozen.values():
        Kringlid.objects.create(school=stuk.school, stuk=stuk, persoon=persoon)
    stuk.in_kring = bool(gekozen)
    stuk.save(update_fields=["in_kring"])
    besef_zicht(stuk, door)
    vastleggen(
        "kring_gezet",
        school=stuk.school_id,
        door=door,
        leerling=stuk.leerling_id,
        object=stuk,
        lezers=sorted(gekozen),
    )
    return stuk


def is_gedeeld(stuk: Dossierstuk) -> bool:
    """Whether the parents with authority read along in it now."""
    open_ = Publicatie.objects.systeemtoegang(reden="is het gedeeld").filter(stuk=stuk, ingetrokken_op__isnull=True)
    return bool(open_.exists())


@transaction.atomic
def publiceren(*, stuk: Dossierstuk, door: Gebruiker) -> Publicatie:
    """Share a piece with the parents who have authority. A piece within a circle or secret can't be shared."""
    vereis(door, Recht.WIJZIGEN, stuk)
    Dossierstuk.objects.systeemtoegang(reden="publiceren").select_for_update().get(pk=stuk.pk)
    if stuk.in_kring or stuk.vertrouwelijkheid == Vertrouwelijkheid.GEHEIM:
        raise DomeinFout("Een geheim stuk of een stuk voor genoemde lezers kan niet met ouders gedeeld worden.")
    bestaand: Publicatie | None = (
        Publicatie.objects.systeemtoegang(reden="al gedeeld").filter(stuk=stuk, ingetrokken_op__isnull=True).first()
    )
    if bestaand:
        return bestaand
    publicatie: Publicatie = Publicatie.objects.create(
        school=stuk.school, stuk=stuk, door=persoon_van(door, stuk.school_id), op=klok.nu()
    )
    vastleggen("gepubliceerd", school=stuk.school_id, door=door, leerling=stuk.leerling_id, object=stuk)
    return publicatie


@transaction.atomic
def publicatie_intrekken(*, stuk: Dossierstuk, door: Gebruiker) -> None:
    """Stop sharing a piece with the parents; that it was shared stays on record."""
    vereis(door, Recht.WIJZIGEN, stuk)
    Publicatie.objects.systeemtoegang(reden="delen intrekken").filter(stuk=stuk, ingetrokken_op__isnull=True).update(
        ingetrokken_op=klok.nu(), ingetrokken_door=persoon_van(door, stuk.school_id)
    )
    vastleggen("publicatie_ingetrokken", school=stuk.school_id, door=door, leerling=stuk.leerling_id, object=stuk)


@transaction.atomic
def bijlage_toevoegen(*, stuk: Dossierstuk, bestand: UploadedFile[Any], door: Gebruiker) -> Bijlage:
    """Keep a file at a piece. Raises DomeinFout for an empty, too large or unknown file."""
    vereis(door, Recht.WIJZIGEN, stuk)
    gekeurd = bestanden.keur(bestand)
    bijlage = Bijlage(
        school=stuk.school,
        stuk=stuk,
        naam=gekeurd.naam,
        mime=gekeurd.mime,
        grootte=gekeurd.grootte,
        sha256=gekeurd.sha256,
        toegevoegd_door=persoon_van(door, stuk.school_id),
        toegevoegd_op=klok.nu(),
    )
    bijlage.bestand.save(gekeurd.naam, bestand, save=False)
    bijlage.save()
    vastleggen("bijlage_toegevoegd", school=stuk.school_id, door=door, leerling=stuk.leerling_id, object=bijlage)
    return bijlage


@transaction.atomic
def bijlage_intrekken(*, bijlage: Bijlage, door: Gebruiker) -> None:
    """Take a file out of sight; the file and its trail stay until the retention term of the piece."""
    vereis(door, Recht.WIJZIGEN, bijlage.stuk)
    bijlage.ingetrokken_op = klok.nu()
    bijlage.save(update_fields=["ingetrokken_op"])
    vastleggen(
        "bijlage_ingetrokken",
        school=bijlage.school_id,
        door=door,
        leerling=bijlage.stuk.leerling_id,
        object=bijlage,
    )
