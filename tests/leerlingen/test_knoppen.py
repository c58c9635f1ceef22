"""A page offers only buttons that work for who looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bouw import Bezetting

Inloggen = Callable[..., Any]


@pytest.mark.parametrize("wie", ["anna", "carla", "dora", "vervanger", "specialist", "rt", "assistent"])
def test_de_knoppen_boven_een_leerling_en_een_groep_werken(bezetting: Bezetting, inloggen: Inloggen, wie: str) -> None:
    b, browser = bezetting, inloggen(bezetting.lid(wie).gebruiker)
    for blad, knoppen in (
        (f"/leerlingen/{b.bram.pk}/", (f"/leerlingen/{b.bram.pk}/notitie/", f"/leerlingen/{b.bram.pk}/signaal/")),
        (f"/groepen/{b.groep_6a.pk}/", (f"/groepen/{b.groep_6a.pk}/excel/",)),
    ):
        inhoud = browser.get(blad).content.decode()
        for knop in knoppen:
            staat, werkt = f'href="{knop}"' in inhoud, browser.get(knop).status_code
            assert (werkt == 200) is staat, (wie, knop, werkt)


@pytest.mark.parametrize("wie", ["anna", "dora", "beheerder", "dirk", "extern"])
def test_de_knoppen_van_lijsten_werken(bezetting: Bezetting, inloggen: Inloggen, wie: str) -> None:
    browser = inloggen(bezetting.lid(wie).gebruiker)
    for blad, knop in (("/kalender/", "/kalender/vrije-dagen/"), ("/leerlingen/", "/leerlingen/noodtoegang/")):
        antwoord = browser.get(blad)
        staat, werkt = f'href="{knop}"' in antwoord.content.decode(), browser.get(knop).status_code
        assert (werkt == 200) is staat or antwoord.status_code != 200, (wie, knop, werkt)
