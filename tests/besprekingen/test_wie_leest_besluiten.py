"""What a confidential meeting decided, and why, is read by who may read its minutes; others see what is next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from leerlingen import services
from tests.bouw import Bezetting
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[..., Any]
REDEN = "Het gaat thuis niet goed"


@pytest.mark.parametrize(
    ("wie", "leest"),
    [("anna", True), ("carla", True), ("dora", True), ("vervanger", False), ("specialist", False), ("rt", False)],
)
def test_de_zorgroute_van_een_leerling(bezetting: Bezetting, inloggen: Inloggen, wie: str, leest: bool) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        services.zorgniveau_beginnen(leerling=b.bram, niveau="3", vanaf=date(2026, 9, 1), reden=REDEN, door=None)
    browser = inloggen(b.lid(wie).gebruiker)
    tab = browser.get(f"/besprekingen/leerlingen/{b.bram.pk}/zorg/").content.decode()
    assert (REDEN in tab) is leest
    assert ("Toestemming van ouders" in tab) is leest
    assert ("lezen de leerkracht van de groep" in tab) is not leest
    kop = tab[tab.index('aria-label="Wat nu"') : tab.index('aria-label="Wat nu"') + 900]
    assert "SOT plannen" in kop and "intern begeleider" in kop, "what is next, everybody who works with the pupil knows"
    assert ("Bespreking plannen" in kop) is leest
