"""Who may not plan a meeting about a pupil reads who does, instead of an empty choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from besprekingen import selecties
from tests.bouw import Bezetting

Inloggen = Callable[..., Any]


@pytest.mark.parametrize(("wie", "plant"), [("anna", True), ("carla", True), ("dora", False)])
def test_een_bespreking_over_een_leerling(bezetting: Bezetting, inloggen: Inloggen, wie: str, plant: bool) -> None:
    b, pad = bezetting, f"/besprekingen/leerlingen/{bezetting.bram.pk}/nieuw/"
    browser = inloggen(b.lid(wie).gebruiker)
    blad = browser.get(pad).content.decode()
    assert ("Plannen en uitnodigen" in blad) is plant
    assert ("plant de leerkracht of intern begeleider een bespreking" in blad) is not plant
    assert (pad in browser.get(f"/besprekingen/leerlingen/{b.bram.pk}/").content.decode()) is plant


def test_wie_niet_mag_plant_ook_niet_met_een_oud_formulier(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    velden = {"soort": "leerlingbespreking", "dag": "2026-11-10", "tijd": "15:15"}
    antwoord = inloggen(b.dora.gebruiker).post(f"/besprekingen/leerlingen/{b.bram.pk}/nieuw/", velden)
    assert antwoord.status_code == 422
    assert "Dit plant iemand anders" in antwoord.content.decode()


def test_wie_begint_volgt_de_procedure(op_school: Bezetting) -> None:
    assert selecties.wie_begint(op_school.kogerveld) == "leerkracht of intern begeleider"
