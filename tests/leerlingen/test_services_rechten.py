"""Granted access and emergencies: with a reason, for a while, on record, and gone by itself (ontwerp §4.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import services
from leerlingen.models import Bijlage, Document, Dossierstuk, DossierstukRecht, Leerling, Taak
from leerlingen.services.rechten import NOODTOEGANG
from tests.bouw import NU, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout
from zorg.logboek.models import Logregel

Klok = Callable[[Any], None]


def verleen(b: Bezetting, op: Any, aan: str, door: str = "carla", **anders: Any) -> Any:
    velden = {"tot": fabriek.over(10), "reden": "Meedenken in het SOT", **anders}
    return services.recht_verlenen(op=op, aan=b.lid(aan).persoon, door=b.lid(door).gebruiker, **velden)


def test_extern_ziet_wat_verleend_is_en_niets_anders(op_school: Bezetting) -> None:
    """The piece, its paper and its files; not the pupil, not the next piece."""
    karin = op_school.extern.gebruiker
    fabriek.toestemming(op_school.gedeeld, van=op_school.dirk, door=op_school.carla)
    verleen(op_school, op_school.gedeeld, "extern")
    assert set(Dossierstuk.objects.zichtbaar_voor(karin)) == {op_school.stuk_extern, op_school.gedeeld}
    assert {d.stuk_id for d in Document.objects.zichtbaar_voor(karin)} == {
        op_school.stuk_extern.pk,
        op_school.gedeeld.pk,
    }
    assert set(Bijlage.objects.zichtbaar_voor(karin)) == {op_school.bijlage}
    assert not Leerling.objects.zichtbaar_voor(karin).exists()


def test_eindigt_vanzelf_en_op_verzoek(op_school: Bezetting, klok_op: Klok) -> None:
    karin, stuk = op_school.extern.gebruiker, op_school.notitie
    fabriek.toestemming(stuk, van=op_school.dirk, door=op_school.carla)
    recht = verleen(op_school, stuk, "extern", tot=NU + timedelta(days=2))
    for moment, ziet in ((timedelta(days=2) - timedelta(seconds=1), True), (timedelta(days=2), False)):
        klok_op(NU + moment)
        assert karin.has_perm("inzien_dossierstuk", stuk) is ziet
    klok_op(NU + timedelta(days=3))
    nogmaals = verleen(op_school, stuk, "extern")
    assert karin.has_perm("inzien_dossierstuk", stuk), "a second grant after an ended one"
    services.recht_intrekken(recht=nogmaals, door=op_school.carla.gebruiker)
    assert not karin.has_perm("inzien_dossierstuk", stuk)
    rijen = DossierstukRecht.objects.systeemtoegang(reden="de proef op de sporen").filter(content_object=stuk)
    assert {rij.pk for rij in rijen} == {recht.pk, nogmaals.pk}, "who could look when stays on record"


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"reden": "  "}, "waarom"),
        ({"tot": NU}, "verleden"),
        ({"tot": NU - timedelta(days=1)}, "verleden"),
        ({"recht": "wijzigen"}, "Alleen inzien"),
        ({"recht": "verlenen"}, "Alleen inzien"),
    ],
    ids=str,
)
def test_verlenen_weigert(op_school: Bezetting, anders: dict[str, Any], zin: str) -> None:
    with pytest.raises(DomeinFout, match=zin):
        verleen(op_school, op_school.notitie, "extern", **anders)


def test_verlenen_weigert_wie_en_wat(op_school: Bezetting) -> None:
    with pytest.raises(DomeinFout, match="losse stukken"):
        verleen(op_school, op_school.bram, "extern")
    with pytest.raises(DomeinFout, match="losse stukken"):
        verleen(op_school, op_school.bram, "vertrokken")
    fabriek.toestemming(op_school.notitie, van=op_school.dirk, door=op_school.carla)
    verleen(op_school, op_school.notitie, "extern")
    with pytest.raises(DomeinFout, match="heeft deze toegang al"):
        verleen(op_school, op_school.notitie, "extern")
    zonder = services.persoon_toevoegen(school=op_school.kogerveld, achternaam="Zonder", door=None)
    with pytest.raises(DomeinFout, match="account"):
        services.recht_verlenen(
            op=op_school.notitie, aan=zonder, tot=fabriek.over(1), reden="x", door=op_school.carla.gebruiker
        )


@pytest.mark.parametrize("wie", ["anna", "vervanger", "specialist", "rt", "beheerder", "extern", "dirk", "ib_anders"])
def test_niet_iedereen_verleent(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        verleen(op_school, op_school.notitie, "bas", door=wie)
    with pytest.raises(PermissionDenied):
        services.recht_intrekken(recht=op_school.recht_extern, door=op_school.lid(wie).gebruiker)


def test_niemand_verleent_wat_hij_zelf_niet_ziet(op_school: Bezetting) -> None:
    """The director is not in this circle."""
    services.kring_zetten(stuk=op_school.in_kring, lezers=[op_school.carla.persoon], door=op_school.carla.gebruiker)
    with pytest.raises(PermissionDenied):
        verleen(op_school, op_school.in_kring, "bas", door="dora")


def test_verleende_leerling_is_gewoon_en_alleen_lezen(op_school: Bezetting) -> None:
    verleen(op_school, op_school.bram, "bas")
    bas = op_school.bas.gebruiker
    assert bas.has_perm("inzien_leerling", op_school.bram) and not bas.has_perm("wijzigen_leerling", op_school.bram)
    assert bas.has_perm("inzien_dossierstuk", op_school.notitie)
    assert not bas.has_perm("inzien_dossierstuk", op_school.vertrouwelijk)
    assert not bas.has_perm("exporteren_leerling", op_school.bram)


def test_database_weigert_recht_zonder_reden_en_dubbel(op_school: Bezetting) -> None:
    alle: Any = DossierstukRecht.objects.systeemtoegang(reden="de proef op de database")
    for velden in ({"reden": ""}, {"geldig_tot": NU - timedelta(days=900)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            alle.filter(pk=op_school.recht_extern.pk).update(**velden)
    rij = alle.get(pk=op_school.recht_extern.pk)
    rij.pk, rij._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        rij.save()


def test_een_recht_buiten_de_dienst_om_opent_niets_wat_niet_geldt(op_school: Bezetting) -> None:
    """guardian itself would honour an ended grant; our backend is the only one that answers."""
    leo = op_school.extern_oud.gebruiker
    assert DossierstukRecht.objects.systeemtoegang(reden="er staat er een").filter(user=leo).exists()
    assert not leo.has_perm("inzien_dossierstuk", op_school.stuk_extern)
    assert not leo.has_perm("leerlingen.inzien_dossierstuk", op_school.stuk_extern)


# -- emergency ---------------------------------------------------------------------------------------------------


def test_noodtoegang(op_school: Bezetting, klok_op: Klok, werk_uitvoeren: Callable[..., int]) -> None:
    """Four hours, up to secret, told to the director at once, on record with the reason."""
    bas = op_school.bas.gebruiker
    services.noodtoegang_openen(leerling=op_school.bram, reden="Bram is gevallen op het plein", door=bas)
    assert bas.has_perm("inzien_dossierstuk", op_school.geheim)
    assert not bas.has_perm("wijzigen_leerling", op_school.bram)
    assert not bas.has_perm("inzien_dossierstuk", op_school.in_kring), "a circle goes before"
    taken = Taak.objects.zichtbaar_voor(op_school.dora.gebruiker).filter(soort="noodtoegang")
    assert taken.count() == 1
    regel = Logregel.objects.systeemtoegang(reden="de proef op het logboek").get(handeling="noodtoegang")
    assert (regel.actor_id, regel.leerling_id) == (bas.pk, op_school.bram.pk) and "gevallen" in regel.reden
    werk_uitvoeren()
    brief = next(brief for brief in mail.outbox if brief.to == [op_school.dora.persoon.email])
    assert "Bram" not in brief.subject + str(brief.body) and "gevallen" not in str(brief.body)
    klok_op(NU + NOODTOEGANG - timedelta(seconds=1))
    assert bas.has_perm("inzien_leerling", op_school.bram)
    klok_op(NU + NOODTOEGANG)
    assert not bas.has_perm("inzien_leerling", op_school.bram)


@pytest.mark.parametrize("wie", ["extern", "vertrokken", "dirk"])
def test_noodtoegang_alleen_voor_wie_er_werkt(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(DomeinFout):
        services.noodtoegang_openen(
            leerling=op_school.bram, reden="Ik wil het graag weten", door=op_school.lid(wie).gebruiker
        )


def test_noodtoegang_van_een_andere_school(op_school: Bezetting) -> None:
    with pytest.raises(PermissionDenied):
        services.noodtoegang_openen(
            leerling=op_school.bram, reden="Ik wil het graag weten", door=op_school.ib_anders.gebruiker
        )


def test_noodtoegang_vraagt_een_zin(op_school: Bezetting) -> None:
    with pytest.raises(DomeinFout, match="waarom"):
        services.noodtoegang_openen(leerling=op_school.bram, reden="spoed", door=op_school.bas.gebruiker)
