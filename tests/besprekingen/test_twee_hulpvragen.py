"""Two people plan the same meeting at the same moment: neither's question is lost without a word."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from besprekingen.models import Bespreking
from besprekingen.services import bespreking_plannen
from tests.bouw import Bezetting
from zorg.kern.fouten import DomeinFout

DAN = datetime(2026, 11, 10, 15, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))


def plan(b: Bezetting, wie: str, hulpvraag: str) -> Bespreking:
    velden: dict[str, Any] = {"school": b.kogerveld, "soort": "leerlingbespreking", "begin": DAN, "sleutel": "dan"}
    return bespreking_plannen(leerling=b.bram, hulpvraag=hulpvraag, door=b.lid(wie).gebruiker, **velden)


def test_dezelfde_vraag_is_een_keer(op_school: Bezetting) -> None:
    eerst = plan(op_school, "anna", "Hoe help ik hem bij lezen?")
    assert plan(op_school, "anna", "Hoe help ik hem bij lezen?") == eerst
    assert plan(op_school, "carla", "") == eerst


def test_een_andere_vraag_wordt_gezegd(op_school: Bezetting) -> None:
    b = op_school
    eerst = plan(b, "anna", "Hoe help ik hem bij lezen?")
    with pytest.raises(DomeinFout, match="schrijf uw hulpvraag in de voorbereiding") as fout:
        plan(b, "carla", "Hoe gaat het thuis?")
    assert str(eerst.pk) in (fout.value.link or "")
