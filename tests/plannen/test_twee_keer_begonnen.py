"""A button that was pressed twice makes one paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from leerlingen.models import Document
from plannen.services import papier_beginnen
from tests.bouw import NU, Bezetting


@pytest.mark.parametrize("soort", ["handelingsplan", "groeidocument"])
def test_twee_keer_drukken_maakt_een_papier(
    op_school: Bezetting, klok_op: Callable[[datetime], None], soort: str
) -> None:
    b = op_school

    def begin(door: str = "anna") -> Document:
        return papier_beginnen(leerling=b.bram, soort=soort, door=b.lid(door).gebruiker)

    eerste = begin()
    assert begin() == eerste
    assert papier_beginnen(leerling=b.aya, soort=soort, door=b.anna.gebruiker) != eerste
    assert begin("carla") != eerste, "somebody else means it"
    klok_op(NU + timedelta(minutes=2))
    assert begin() != eerste, "later it is meant"
