"""Who asked hears that a parent says no or takes a yes back, with the way on; nobody goes silently."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from leerlingen import services
from leerlingen.models import Taak
from tests.bouw import VANDAAG, Bezetting, fabriek


def open_taken(b: Bezetting, wie: str, soort: str = "toestemming_gevallen") -> list[Taak]:
    return list(Taak.objects.zichtbaar_voor(b.lid(wie).gebruiker).open().filter(soort=soort))


def zeg(b: Bezetting, vraag: Any, keuze: str) -> None:
    services.toestemming_beantwoorden(
        toestemming=vraag, keuze=keuze, tekstversie=vraag.tekstversie, door=b.dirk.gebruiker
    )


def test_een_nee_staat_bij_wie_vroeg(op_school: Bezetting) -> None:
    """One task, however often it is said; a later yes makes it needless."""
    b = op_school
    zeg(b, b.toestemming, "nee")
    zeg(b, b.toestemming, "nee")
    (taak,) = open_taken(b, "carla")
    assert taak.titel == "Een ouder geeft geen toestemming" and "Dirk Jansen" in taak.uitleg
    assert taak.link == f"/besprekingen/leerlingen/{b.bram.pk}/zorg/" and "Bram" not in taak.titel + taak.uitleg
    assert not open_taken(b, "anna")
    zeg(b, b.toestemming, "ja")
    assert not open_taken(b, "carla")
    zeg(b, b.toestemming, "nee")
    assert [taak.titel for taak in open_taken(b, "carla")] == ["Een ouder trekt toestemming in"]


def test_wat_daarmee_sluit_weet_ook_de_ib_er(op_school: Bezetting) -> None:
    """The teacher asked, the ib'er let somebody in: both hear that it ended."""
    b = op_school
    vraag = fabriek.toestemming(b.notitie, van=b.dirk, door=b.anna)
    services.recht_verlenen(
        op=b.notitie, aan=b.extern.persoon, tot=fabriek.over(9), reden="Advies", door=b.carla.gebruiker
    )
    zeg(b, vraag, "praten")
    for wie in ("anna", "carla"):
        (taak,) = open_taken(b, wie)
        assert "kan er niet meer bij" in taak.uitleg
    assert not open_taken(b, "dora")


def test_wie_weg_is_krijgt_geen_taak_meer(op_school: Bezetting, klok_op: Any) -> None:
    b = op_school
    vraag = fabriek.toestemming(b.notitie, van=b.dirk, door=b.anna)
    morgen = VANDAAG + timedelta(days=1)
    services.aanstelling_beeindigen(aanstelling=b.anna.aanstelling, per=morgen, door=None)
    klok_op(f"{morgen}T09:00")
    zeg(b, vraag, "nee")
    assert len(open_taken(b, "carla")) == 1
