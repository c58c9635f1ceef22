"""Recording signals: who may, who sees it, what happens with it, what the database refuses, how it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import services as leerlingservices
from leerlingen.models import Dossierstuk
from lvs import services
from lvs.models import VastgelegdSignaal
from lvs.selecties import groepsoverzicht, signaalverloop, signalen_van
from tests.bouw import Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.logboek.models import Logregel

pytestmark = pytest.mark.traag


def leg_vast(b: Bezetting, **velden: Any) -> VastgelegdSignaal:
    velden = {
        "leerling": b.aya, "categorie": "werkhouding", "bron": "observatie", "tekst": "Dwaalt snel af.",
        "door": b.anna.gebruiker,
    } | velden  # fmt: skip
    return services.signaal_vastleggen(**velden)


def nu(signaal: VastgelegdSignaal) -> VastgelegdSignaal:
    gevonden: VastgelegdSignaal = VastgelegdSignaal.objects.systeemtoegang(reden="test").get(pk=signaal.pk)
    return gevonden


def test_een_leerkracht_legt_een_signaal_vast(op_school: Bezetting) -> None:
    b = op_school
    signaal = leg_vast(b, categorie="spraak_taal", vak="taal", datum=date(2026, 11, 2))
    stuk = signaal.stuk
    assert (signaal.stand, signaal.waar, signaal.tekst) == ("open", "", "Dwaalt snel af.")
    assert (stuk.soort, stuk.titel, stuk.datum) == (
        "signaal",
        "Signaal: Spraak- en taalontwikkeling",
        date(2026, 11, 2),
    )
    assert (stuk.vakgebied, stuk.opgesteld_door) == ("taal", b.anna.persoon)
    regel = Logregel.objects.systeemtoegang(reden="test").get(handeling="signaal_vastgelegd", object_id=stuk.pk)
    assert (regel.leerling_id, regel.actor_id) == (b.aya.pk, b.anna.gebruiker.pk)


@pytest.mark.parametrize(
    "categorie",
    [
        pytest.param("sociaal_emotioneel", marks=pytest.mark.acceptatie("K-04")),
        pytest.param("gedrag_buiten", marks=pytest.mark.acceptatie("K-05")),
        pytest.param("gedrag_binnen", marks=pytest.mark.acceptatie("K-05")),
        pytest.param("werkhouding", marks=pytest.mark.acceptatie("K-06")),
        pytest.param("motoriek", marks=pytest.mark.acceptatie("K-07")),
        pytest.param("spraak_taal", marks=pytest.mark.acceptatie("K-08")),
        pytest.param("snelle_leerder", marks=pytest.mark.acceptatie("K-09")),
        pytest.param("tempo_inhoud", marks=pytest.mark.acceptatie("K-10")),
    ],
)
def test_elke_categorie_staat_op_het_overzicht_van_de_groep(op_school: Bezetting, categorie: str) -> None:
    b = op_school
    signaal = leg_vast(b, categorie=categorie)
    rijen = {
        rij.leerling: rij for rij in groepsoverzicht(b.anna.gebruiker, b.groep_6a, filter=f"over:{categorie}").rijen
    }
    (gezien,) = [s for s in rijen[b.aya].signalen if s.pk]
    assert (gezien.pk, gezien.code, gezien.bekend) == (signaal.pk, categorie, "")
    assert gezien.wat_nu
    assert rijen[b.aya].nieuw


@pytest.mark.parametrize("bron", ["observatie", "lvs", "methode", "ouders", "gesprek"])
def test_een_signaal_zegt_waar_het_vandaan_komt(op_school: Bezetting, bron: str) -> None:
    assert nu(leg_vast(op_school, categorie="vermoeden_dyslexie", bron=bron)).bron == bron


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"categorie": "iets_anders"}, "waar het signaal over gaat"),
        ({"bron": "horen_zeggen"}, "waar het signaal vandaan komt"),
        ({"tekst": "  \n"}, "wat er is gezien"),
        ({"tekst": "x" * 2001}, "2.001 tekens"),
        ({"vak": "latijn"}, "kent de school niet"),
        ({"datum": date(2026, 11, 4)}, "toekomst"),
    ],
)
def test_wat_niet_klopt_wordt_geweigerd(op_school: Bezetting, anders: dict[str, Any], zin: str) -> None:
    with pytest.raises(DomeinFout, match=zin):
        leg_vast(op_school, **anders)


@pytest.mark.parametrize("wie", ["bas", "specialist", "assistent", "beheerder", "extern", "dirk", "ib_anders"])
def test_wie_niet_mag_schrijven_legt_niets_vast(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        leg_vast(op_school, leerling=op_school.bram, door=op_school.lid(wie).gebruiker)


def test_een_vervanger_legt_niets_vast_wat_zij_zelf_niet_mag_lezen(op_school: Bezetting) -> None:
    with pytest.raises(DomeinFout, match="zelf niet meer"):
        leg_vast(op_school, vertrouwelijkheid="vertrouwelijk", door=op_school.vervanger.gebruiker)


# -- who sees it ----------------------------------------------------------------------------------------------------

ZIET = [
    ("anna", 2), ("duo", 2), ("carla", 2), ("dora", 2), ("vervanger", 1), ("rt", 1), ("assistent", 1),
    ("specialist", 0), ("bas", 0), ("beheerder", 0), ("extern", 0), ("vertrokken", 0), ("dirk", 0),
    ("ouder_zonder_gezag", 0), ("leerkracht_anders", 0), ("ib_anders", 0),
]  # fmt: skip


@pytest.mark.parametrize(("wie", "aantal"), ZIET)
def test_wie_ziet_de_signalen_van_bram(op_school: Bezetting, wie: str, aantal: int) -> None:
    """One ordinary and one confidential: nobody sees more of it, its history or its piece than that."""
    gebruiker = op_school.lid(wie).gebruiker
    verloop: Any = VastgelegdSignaal.pgh_event_model  # type: ignore[attr-defined]
    van_bram = {"leerling": op_school.bram}
    assert VastgelegdSignaal.objects.zichtbaar_voor(gebruiker).filter(**van_bram).count() == aantal
    assert verloop.objects.zichtbaar_voor(gebruiker).filter(**van_bram).count() == aantal
    assert len(signalen_van(gebruiker, op_school.bram)) == aantal
    assert VastgelegdSignaal.objects.zichtbaar_voor(gebruiker, Recht.MEELEZEN).filter(**van_bram).count() == 0


def test_ouders_lezen_een_signaal_pas_als_het_gedeeld_is(op_school: Bezetting) -> None:
    b, signaal = op_school, op_school.extra["signaal"]
    mee = VastgelegdSignaal.objects.zichtbaar_voor(b.dirk.gebruiker, Recht.MEELEZEN)
    leerlingservices.publiceren(stuk=signaal.stuk, door=b.anna.gebruiker)
    assert [s.pk for s in mee.all()] == [signaal.pk]
    assert not VastgelegdSignaal.objects.zichtbaar_voor(b.ouder_zonder_gezag.gebruiker, Recht.MEELEZEN).exists()
    leerlingservices.publicatie_intrekken(stuk=signaal.stuk, door=b.anna.gebruiker)
    assert not mee.all().exists()


def test_een_specialist_ziet_een_signaal_over_het_eigen_vak(op_school: Bezetting) -> None:
    b = op_school
    rekenen = leg_vast(b, categorie="tempo_inhoud", vak="rekenen")
    leg_vast(b, categorie="tempo_inhoud", vak="spelling")
    assert [s.pk for s in signalen_van(b.specialist.gebruiker, b.aya)] == [rekenen.pk]


# -- what happens with it -------------------------------------------------------------------------------------------


def test_oppakken_afsluiten_en_weer_openen(op_school: Bezetting) -> None:
    b = op_school
    signaal = leg_vast(b)
    services.signaal_oppakken(signaal=signaal, waar="plan", toelichting="Tijdklok", door=b.anna.gebruiker)
    services.signaal_afsluiten(signaal=signaal, reden="Werkt weer door", door=b.duo.gebruiker)
    with pytest.raises(DomeinFout, match="Open het eerst weer"):
        services.signaal_oppakken(signaal=signaal, waar="plan", door=b.anna.gebruiker)
    services.signaal_heropenen(signaal=signaal, reden="Toch niet", door=b.carla.gebruiker)
    services.signaal_heropenen(signaal=signaal, door=b.anna.gebruiker)
    vast = nu(signaal)
    assert (vast.stand, vast.waar, vast.toelichting, vast.gezet_door) == ("open", "", "Toch niet", b.carla.persoon)
    verloop = signaalverloop(b.anna.gebruiker, vast)
    assert [(r.stand, r.toelichting, r.door) for r in verloop] == [
        ("open", "Toch niet", b.carla.persoon.naam),
        ("afgesloten", "Werkt weer door", b.duo.persoon.naam),
        ("opgepakt in een plan", "Tijdklok", b.anna.persoon.naam),
        ("open", "", b.anna.persoon.naam),
    ]
    handelingen = Logregel.objects.systeemtoegang(reden="test").filter(object_id=vast.stuk_id, leerling_id=b.aya.pk)
    assert {"signaal_opgepakt", "signaal_afgesloten", "signaal_heropend"} <= set(
        handelingen.values_list("handeling", flat=True)
    )


@pytest.mark.parametrize(
    ("dienst", "velden", "zin"),
    [
        ("signaal_afsluiten", {"reden": " "}, "waarom dit signaal klaar is"),
        ("signaal_oppakken", {"waar": "ergens"}, "waar dit signaal wordt opgepakt"),
        ("signaal_oppakken", {"waar": "week"}, "wat er in de weekplanning komt"),
        ("signaal_oppakken", {"waar": "plan", "toelichting": "x" * 301}, "301 tekens"),
    ],
)
def test_een_stand_vraagt_om_een_reden(op_school: Bezetting, dienst: str, velden: dict[str, str], zin: str) -> None:
    with pytest.raises(DomeinFout, match=zin):
        getattr(services, dienst)(signaal=op_school.extra["signaal"], door=op_school.anna.gebruiker, **velden)


def test_verbeteren_bewaart_wat_er_stond(op_school: Bezetting) -> None:
    b = op_school
    signaal = leg_vast(b)
    services.signaal_wijzigen(
        signaal=signaal, categorie="motoriek", bron="ouders", tekst="Valt vaak.", datum=date(2026, 11, 1),
        door=b.anna.gebruiker,
    )  # fmt: skip
    vast = nu(signaal)
    assert (vast.categorie, vast.bron, vast.stuk.titel) == ("motoriek", "ouders", "Signaal: Motoriek")
    assert [r.tekst for r in signaalverloop(b.anna.gebruiker, vast)] == ["", "Dwaalt snel af."]


@pytest.mark.parametrize("wie", ["bas", "assistent", "specialist", "dirk", "leerkracht_anders"])
def test_een_ander_verandert_er_niets_aan(op_school: Bezetting, wie: str) -> None:
    b, signaal = op_school, op_school.extra["signaal"]
    door = b.lid(wie).gebruiker
    for doen in (
        lambda: services.signaal_oppakken(signaal=signaal, waar="plan", door=door),
        lambda: services.signaal_afsluiten(signaal=signaal, reden="weg", door=door),
        lambda: services.signaal_heropenen(signaal=signaal, door=door),
    ):
        with pytest.raises(PermissionDenied):
            doen()


# -- the database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"bron": "gerucht"}, "signaal_bron_bekend"),
        ({"stand": "weg"}, "signaal_stand_bekend"),
        ({"stand": "opgepakt"}, "signaal_opgepakt_waar"),
        ({"waar": "plan"}, "signaal_opgepakt_waar"),
        ({"stand": "opgepakt", "waar": "zolder"}, "signaal_waar_bekend"),
        ({"stand": "afgesloten"}, "signaal_afgesloten_waarom"),
        ({"tekst": ""}, "signaal_zegt_iets"),
    ],
)
def test_de_database_weigert_wat_niet_kan(op_school: Bezetting, velden: dict[str, str], naam: str) -> None:
    alle = VastgelegdSignaal.objects.systeemtoegang(reden="test").filter(pk=op_school.extra["signaal"].pk)
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        alle.update(**velden)


def test_met_het_dossier_gaat_ook_het_signaal(op_school: Bezetting, klok_op: Any) -> None:
    from leerlingen.services.bewaren import bewaartermijnen_uitvoeren

    b = op_school
    leg_vast(b, leerling=b.dunya, door=b.bas.gebruiker)
    leerlingservices.uitschrijven(leerling=b.dunya, per=date(2026, 11, 10), door=b.carla.gebruiker)
    klok_op("2028-11-10T00:30")
    uitkomst = bewaartermijnen_uitvoeren(school=b.kogerveld, door=None)
    verloop: Any = VastgelegdSignaal.pgh_event_model  # type: ignore[attr-defined]
    assert uitkomst.verwijderd["signaal"] == 1
    assert not VastgelegdSignaal.objects.systeemtoegang(reden="test").filter(leerling_id=b.dunya.pk).exists()
    assert not verloop.objects.systeemtoegang(reden="test").filter(leerling_id=b.dunya.pk).exists()
    assert not Dossierstuk.objects.systeemtoegang(reden="test").filter(leerling_id=b.dunya.pk, soort="signaal").exists()
    assert nu(b.extra["signaal"]).leerling_id == b.bram.pk
