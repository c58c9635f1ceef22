"""Pieces, circles, sharing and files: who writes, who reads, and what stays on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from leerlingen import services
from leerlingen.models import Dossierstuk, Kringlid, Publicatie
from tests.bouw import NU, VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.logboek.models import Logregel

NIEMAND_ANDERS = ("bas", "specialist", "assistent", "beheerder", "extern", "vertrokken", "dirk", "ib_anders")


def _log(handeling: str, leerling: Any) -> Any:
    alle = Logregel.objects.systeemtoegang(reden="de proef op het logboek")
    return alle.filter(handeling=handeling, leerling_id=leerling.pk)


def _lezers(bezetting: Bezetting, stuk: Dossierstuk) -> set[str]:
    return {naam for naam, lid in bezetting.leden() if lid.gebruiker.has_perm("inzien_dossierstuk", stuk)}


def test_stuk_maken(op_school: Bezetting) -> None:
    voor = _log("stuk_gemaakt", op_school.bram).count()
    stuk = services.stuk_maken(
        leerling=op_school.bram, soort="notitie", titel=" Gesprek\x00 ", door=op_school.anna.gebruiker
    )
    assert (stuk.titel, stuk.datum, stuk.opgesteld_op) == ("Gesprek", VANDAAG, NU)
    assert stuk.opgesteld_door == op_school.anna.persoon and stuk.school == op_school.kogerveld
    assert _log("stuk_gemaakt", op_school.bram).count() == voor + 1


@pytest.mark.parametrize("wie", NIEMAND_ANDERS)
def test_schrijven_mag_niet_iedereen(op_school: Bezetting, wie: str) -> None:
    """Not even who may read: every writing act asks for the right to change."""
    door = op_school.lid(wie).gebruiker
    doen = (
        lambda: services.stuk_maken(leerling=op_school.bram, soort="notitie", titel="X", door=door),
        lambda: services.notitie_maken(leerling=op_school.bram, titel="X", door=door),
        lambda: services.vertrouwelijkheid_wijzigen(stuk=op_school.notitie, vertrouwelijkheid="gewoon", door=door),
        lambda: services.kring_zetten(stuk=op_school.notitie, lezers=[], door=door),
        lambda: services.publiceren(stuk=op_school.notitie, door=door),
        lambda: services.publicatie_intrekken(stuk=op_school.gedeeld, door=door),
        lambda: services.bijlage_toevoegen(stuk=op_school.notitie, bestand=fabriek.pdf(), door=door),
        lambda: services.bijlage_intrekken(bijlage=op_school.bijlage, door=door),
        lambda: services.document_maken(soort="notitie", stuk=op_school.rekenstuk, door=door),
        lambda: services.document_vaststellen(document=op_school.document, door=door),
    )
    for nummer, doe in enumerate(doen):
        with pytest.raises(PermissionDenied):
            doe()
            raise AssertionError(f"{wie} could do number {nummer}")


@pytest.mark.parametrize("titel", ["", "  ", "\x00", "x" * 201])
def test_stuk_zonder_goede_titel(op_school: Bezetting, titel: str) -> None:
    with pytest.raises(DomeinFout):
        services.stuk_maken(leerling=op_school.bram, soort="notitie", titel=titel, door=op_school.anna.gebruiker)


@pytest.mark.parametrize(
    ("wie", "niveau", "mag"),
    [
        ("vervanger", "gewoon", True),
        ("vervanger", "vertrouwelijk", False),
        ("anna", "vertrouwelijk", True),
        ("anna", "geheim", False),
        ("carla", "geheim", True),
    ],
)
def test_nooit_uit_eigen_zicht(op_school: Bezetting, wie: str, niveau: str, mag: bool) -> None:
    """Whoever could not read it back does not write it, and nothing is left of the attempt."""
    voor = Dossierstuk.objects.systeemtoegang(reden="de proef op het zicht").count()
    door = op_school.lid(wie).gebruiker

    def doe() -> None:
        services.stuk_maken(leerling=op_school.bram, soort="notitie", titel="X", vertrouwelijkheid=niveau, door=door)

    if mag:
        doe()
    else:
        with pytest.raises(DomeinFout, match="zelf niet meer"):
            doe()
    assert Dossierstuk.objects.systeemtoegang(reden="de proef op het zicht").count() == voor + mag
    if not mag:
        with pytest.raises(DomeinFout):
            services.vertrouwelijkheid_wijzigen(stuk=op_school.notitie, vertrouwelijkheid=niveau, door=door)
        op_school.notitie.refresh_from_db()
        assert op_school.notitie.vertrouwelijkheid == "gewoon"


def test_vertrouwelijkheid(op_school: Bezetting) -> None:
    stuk = op_school.notitie
    assert _lezers(op_school, stuk) == {"anna", "duo", "vervanger", "carla", "dora", "rt", "assistent"}
    services.vertrouwelijkheid_wijzigen(stuk=stuk, vertrouwelijkheid="vertrouwelijk", door=op_school.anna.gebruiker)
    assert _lezers(op_school, stuk) == {"anna", "duo", "carla", "dora"}
    services.vertrouwelijkheid_wijzigen(stuk=stuk, vertrouwelijkheid="geheim", door=op_school.carla.gebruiker)
    assert _lezers(op_school, stuk) == {"carla", "dora"}
    with pytest.raises(DomeinFout):
        services.vertrouwelijkheid_wijzigen(stuk=stuk, vertrouwelijkheid="topgeheim", door=op_school.carla.gebruiker)


def test_kring_gaat_voor(op_school: Bezetting) -> None:
    """Named readers alone, who sets it among them; not by rank, and a name without the pupil is no way in."""
    stuk = op_school.notitie
    services.kring_zetten(
        stuk=stuk, lezers=[op_school.carla.persoon, op_school.bas.persoon], door=op_school.anna.gebruiker
    )
    assert _lezers(op_school, stuk) == {"anna", "carla"}
    leden = Kringlid.objects.systeemtoegang(reden="de proef op de kring").filter(stuk=stuk)
    assert {lid.persoon for lid in leden} == {m.persoon for m in (op_school.anna, op_school.carla, op_school.bas)}
    services.kring_zetten(stuk=stuk, lezers=[], door=op_school.carla.gebruiker)
    assert "dora" in _lezers(op_school, stuk)


def test_delen_met_ouders(op_school: Bezetting) -> None:
    """Deliberately, once, and taken back at will; what was shared when stays on record."""
    stuk, dirk, anna = op_school.notitie, op_school.dirk.gebruiker, op_school.anna.gebruiker
    assert not dirk.has_perm("meelezen_dossierstuk", stuk)
    eerste = services.publiceren(stuk=stuk, door=anna)
    assert services.publiceren(stuk=stuk, door=anna).pk == eerste.pk
    assert dirk.has_perm("meelezen_dossierstuk", stuk) and not dirk.has_perm("inzien_dossierstuk", stuk)
    services.publicatie_intrekken(stuk=stuk, door=anna)
    assert not dirk.has_perm("meelezen_dossierstuk", stuk)
    services.publiceren(stuk=stuk, door=anna)
    assert dirk.has_perm("meelezen_dossierstuk", stuk)
    rijen = Publicatie.objects.systeemtoegang(reden="de proef op het delen").filter(stuk=stuk)
    assert rijen.count() == 2 and rijen.filter(ingetrokken_op=NU, ingetrokken_door=op_school.anna.persoon).count() == 1


def test_niet_alles_kan_gedeeld_worden(op_school: Bezetting) -> None:
    """Nor can a shared piece become secret or go into a circle before it is taken back."""
    carla = op_school.carla.gebruiker
    for stuk in (op_school.geheim, op_school.in_kring):
        with pytest.raises(DomeinFout, match="kan niet met ouders"):
            services.publiceren(stuk=stuk, door=carla)
    with pytest.raises(DomeinFout, match="Trek dat eerst in"):
        services.vertrouwelijkheid_wijzigen(stuk=op_school.gedeeld, vertrouwelijkheid="geheim", door=carla)
    with pytest.raises(DomeinFout, match="Trek dat eerst in"):
        services.kring_zetten(stuk=op_school.gedeeld, lezers=[op_school.dora.persoon], door=carla)


def test_bijlage(op_school: Bezetting) -> None:
    """Kept under a random name; taken out of sight, not out of the store."""
    bijlage = services.bijlage_toevoegen(
        stuk=op_school.notitie, bestand=fabriek.pdf("Verslag Bram.pdf"), door=op_school.anna.gebruiker
    )
    assert bijlage.naam == "Verslag Bram.pdf" and "Bram" not in bijlage.bestand.name
    assert bijlage.bestand.name.startswith(f"bijlagen/{op_school.kogerveld.pk}/")
    services.bijlage_intrekken(bijlage=bijlage, door=op_school.anna.gebruiker)
    bijlage.refresh_from_db()
    assert bijlage.ingetrokken_op == NU and bijlage.bestand.storage.exists(bijlage.bestand.name)
    bijlage.bestand.delete(save=False)


@pytest.mark.parametrize("inhoud", [b"", b"#!/bin/sh\n"])
def test_bijlage_die_niet_mag(op_school: Bezetting, inhoud: bytes) -> None:
    with pytest.raises(DomeinFout):
        services.bijlage_toevoegen(
            stuk=op_school.notitie, bestand=SimpleUploadedFile("x.pdf", inhoud), door=op_school.anna.gebruiker
        )


def test_geschiedenis_bewaart_elke_stand(op_school: Bezetting) -> None:
    """Written by the database, so also for who goes round the services; as restricted as the piece."""
    stuk = op_school.notitie
    services.vertrouwelijkheid_wijzigen(stuk=stuk, vertrouwelijkheid="vertrouwelijk", door=op_school.anna.gebruiker)
    Dossierstuk.objects.systeemtoegang(reden="buiten de diensten om").filter(pk=stuk.pk).update(titel="Anders")
    geschiedenis: Any = apps.get_model("leerlingen", "DossierstukGebeurtenis")
    alle = geschiedenis.objects.systeemtoegang(reden="de proef op de geschiedenis")
    standen = alle.filter(pgh_obj_id=stuk.pk).order_by("pgh_id")
    assert [(s.titel, s.vertrouwelijkheid) for s in standen] == [
        ("Rustige start", "gewoon"),
        ("Rustige start", "vertrouwelijk"),
        ("Anders", "vertrouwelijk"),
    ]
    assert not Dossierstuk.objects.zichtbaar_voor(op_school.bas.gebruiker, Recht.INZIEN).filter(pk=stuk.pk).exists()
