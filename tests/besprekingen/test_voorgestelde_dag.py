"""The day that a form begins with is one on which people can be asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from besprekingen.forms import Planformulier
from tests.bouw import Bezetting


@pytest.mark.parametrize(
    ("nu", "dag"),
    [
        ("2026-11-03", date(2026, 11, 10)),
        ("2026-11-15", date(2026, 11, 23)),  # a week after a Sunday is a Sunday, which would be refused
        ("2026-12-18", date(2027, 1, 4)),  # and Christmas holidays have no school days at all
    ],
)
def test_een_week_verder_op_een_schooldag(
    op_school: Bezetting, klok_op: Callable[[Any], None], nu: str, dag: date
) -> None:
    klok_op(nu)
    b = op_school
    formulier = Planformulier(school=b.kogerveld, gebruiker=b.carla.gebruiker, vormen=[])
    assert formulier.fields["dag"].initial == dag
