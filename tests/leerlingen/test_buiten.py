"""Nobody from outside reads a piece without consent that names it, and a consent taken back closes at once (X-12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import DossierstukRecht, Toestemming
from tests.bouw import VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout
from zorg.logboek.models import Logregel

Inloggen = Callable[..., Any]
Klok = Callable[[Any], None]
DAG = timedelta(days=1)


def geef(b: Bezetting, stuk: Any, aan: str = "extern", dagen: int = 10) -> Any:
    return services.recht_verlenen(
        op=stuk, aan=b.lid(aan).persoon, tot=fabriek.over(dagen), reden="Advies", door=b.carla.gebruiker
    )


def zeg(b: Bezetting, vraag: Toestemming, keuze: str) -> None:
    services.toestemming_beantwoorden(
        toestemming=vraag, keuze=keuze, tekstversie=vraag.tekstversie, door=b.dirk.gebruiker
    )


def leest(b: Bezetting, stuk: Any, wie: str = "extern") -> bool:
    return b.lid(wie).gebruiker.has_perm("inzien_dossierstuk", stuk)


def test_zonder_toestemming_leest_niemand_van_buiten(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The form says why, and where consent is asked."""
    b = bezetting
    data = {"aan": b.extern.persoon.pk, "tot": f"{VANDAAG + 9 * DAG}", "reden": "Advies"}
    antwoord = inloggen(b.carla.gebruiker).post(f"/leerlingen/stukken/{b.notitie.pk}/toegang/", data)
    assert antwoord.status_code == 422
    blad = antwoord.content.decode()
    assert "leest dit stuk pas als de ouders daar schriftelijk toestemming voor geven" in blad
    assert f'href="/besprekingen/leerlingen/{b.bram.pk}/toestemming/"' in blad


def test_wat_geen_toestemming_is(op_school: Bezetting, klok_op: Klok) -> None:
    """Asked, another piece, no, another purpose, another parent's silence, taken back, and past its day."""
    b = op_school

    def mag_niet() -> None:
        with pytest.raises(DomeinFout, match="schriftelijk toestemming"):
            geef(b, b.notitie)

    mag_niet()
    fabriek.toestemming(b.gedeeld, van=b.dirk, door=b.carla)
    mag_niet()
    vraag = fabriek.toestemming(b.notitie, van=b.dirk, door=b.carla, tot=VANDAAG + 5 * DAG)
    for keuze in ("praten", "nee"):
        zeg(b, vraag, keuze)
        mag_niet()
    verwijzing = services.toestemming_vragen(
        leerling=b.bram, doel="verwijzing", tekst="Mag dat?", stukken=[b.notitie], door=b.carla.gebruiker
    )
    zeg(b, verwijzing, "ja")
    mag_niet()
    zeg(b, vraag, "ja")
    moeder = fabriek.ouder(b.kogerveld, "Mia", b.bram)
    mag_niet()
    services.toestemming_beantwoorden(toestemming=vraag, keuze="ja", tekstversie=2, door=moeder.gebruiker)
    geef(b, b.notitie, dagen=3)
    klok_op(fabriek.over(6))
    mag_niet()


def test_niet_langer_dan_de_toestemming(op_school: Bezetting) -> None:
    b = op_school
    fabriek.toestemming(b.notitie, van=b.dirk, door=b.carla, tot=VANDAAG + 5 * DAG)
    with pytest.raises(DomeinFout, match="gaven toestemming tot en met 8 november"):
        geef(b, b.notitie, dagen=6)
    geef(b, b.notitie, dagen=5)
    assert leest(b, b.notitie)


@pytest.mark.parametrize("op", ["notitie", "bram"])
def test_de_beheerder_krijgt_niets_te_lezen(op_school: Bezetting, op: str) -> None:
    with pytest.raises(DomeinFout):
        geef(op_school, getattr(op_school, op), "beheerder")
    geef(op_school, getattr(op_school, op), "bas")


def test_de_beheerder_staat_niet_in_de_keuze(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    blad = inloggen(b.carla.gebruiker).get(f"/leerlingen/stukken/{b.notitie.pk}/").content.decode()
    assert f'<option value="{b.bas.persoon.pk}">' in blad
    assert f'<option value="{b.beheerder.persoon.pk}">' not in blad


@pytest.mark.parametrize("hoe", ["nee", "praten", "ingetrokken", "opnieuw gevraagd"])
def test_een_gevallen_toestemming_sluit_wat_met_de_hand_gegeven_is(op_school: Bezetting, hoe: str) -> None:
    """At once, also for who has no chair at any table; a colleague reads on."""
    b = op_school
    vraag = fabriek.toestemming(b.notitie, b.gedeeld, van=b.dirk, door=b.carla)
    recht = geef(b, b.notitie)
    geef(b, b.notitie, "bas")
    if hoe == "ingetrokken":
        services.toestemming_intrekken(toestemming=vraag, door=b.carla.gebruiker)
    elif hoe == "opnieuw gevraagd":
        services.toestemming_vragen(
            leerling=b.bram, doel=vraag.doel, tekst="Iets anders?", stukken=[b.notitie], door=b.carla.gebruiker
        )
    else:
        zeg(b, vraag, hoe)
    assert not leest(b, b.notitie)
    assert leest(b, b.notitie, "bas")
    assert leest(b, b.stuk_extern), "another piece, which this consent does not name"
    assert DossierstukRecht.objects.systeemtoegang(reden="het spoor blijft").filter(pk=recht.pk).exists()
    regels = Logregel.objects.systeemtoegang(reden="de proef").filter(handeling="recht_ingetrokken")
    assert regels.filter(leerling_id=b.bram.pk).count() == 1


def test_een_andere_toestemming_houdt_het_open_tot_haar_eigen_dag(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    vraag = fabriek.toestemming(b.notitie, van=b.dirk, door=b.carla)
    ander = services.toestemming_vragen(
        leerling=b.bram,
        doel="onderzoek",
        tekst="Mag dat?",
        stukken=[b.notitie],
        geldig_tot=VANDAAG + 3 * DAG,
        door=b.carla.gebruiker,
    )
    zeg(b, ander, "ja")
    geef(b, b.notitie)
    zeg(b, vraag, "nee")
    assert leest(b, b.notitie)
    klok_op(f"{VANDAAG + 4 * DAG}T09:00")
    assert not leest(b, b.notitie)
