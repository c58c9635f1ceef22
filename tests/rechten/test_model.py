"""A random school year against the independent model: after each act everyone sees what the model says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from leerlingen import services
from tests.rechten import haken
from tests.rechten.machine import BEGIN, Rechtenmachine
from zorg.kern import klok
from zorg.kern.models import School

GEZOND = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.fixture
def school(_vaste_bezetting: None, db: None) -> School:
    """A school of its own, beside the cast: the planner then has figures of the tables."""
    with klok.stilgezet(BEGIN):
        return services.school_aanmaken(naam="De Modelschool", land="NL", profiel="kogerveld", regio="noord", door=None)


def _draai(school: School, *, jaren: int, stappen: int, vast: bool, met_paginas: bool, alles: bool) -> int:
    """Play so many years of at most so many steps; gives how many steps that were."""
    soort = type("Machine", (Rechtenmachine,), {"school": school, "alles": alles, "stappen": 0})
    oud = list(haken.HAKEN)
    haken.HAKEN[:] = haken.PAGINAHAKEN if met_paginas else []
    try:
        run_state_machine_as_test(
            soort,
            settings=settings(
                max_examples=jaren,
                stateful_step_count=stappen,
                deadline=None,
                database=None,
                derandomize=vast,
                suppress_health_check=GEZOND,
                phases=[Phase.explicit, Phase.generate, Phase.shrink],
            ),
        )
    finally:
        haken.HAKEN[:] = oud
    return soort.stappen


@pytest.mark.traag
def test_model(school: School) -> None:
    """200 steps, the same each time: a failure is a change in the code."""
    assert _draai(school, jaren=6, stappen=40, vast=True, met_paginas=False, alles=False) >= 200


@pytest.mark.traag
def test_model_met_paginas(school: School) -> None:
    """Fewer steps, through the pages."""
    assert _draai(school, jaren=2, stappen=25, vast=True, met_paginas=True, alles=False) >= 25


@pytest.mark.lang
def test_model_lang(school: School) -> None:
    """10,000 steps, other ones each time."""
    assert _draai(school, jaren=240, stappen=50, vast=False, met_paginas=False, alles=True) >= 10_000


@pytest.mark.lang
def test_model_lang_met_paginas(school: School) -> None:
    """1,000 steps through the pages."""
    assert _draai(school, jaren=27, stappen=40, vast=False, met_paginas=True, alles=False) >= 1_000
