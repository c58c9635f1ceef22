"""A plan with something in it."""

from __future__ import annotations

import pytest

from plannen.models import Groepsplan
from tests.bouw import Bezetting
from tests.lvs.conftest import lege_cache  # noqa: F401  (proposals use growth norms)
from tests.plannen.hulp import schrijf


@pytest.fixture
def gevuld(op_school: Bezetting) -> Bezetting:
    """The plan of the first period with goals, approach, needs and an evaluation."""
    b, plan, anna = op_school, op_school.extra["groepsplan"], op_school.anna.gebruiker
    assert isinstance(plan, Groepsplan)
    schrijf(plan, "arrangement:intensief", "doel", "Tafels binnen 5 s per som.", anna)
    schrijf(plan, "arrangement:intensief", "aanpak", "Drie keer per week aan de instructietafel.", anna)
    schrijf(plan, "arrangement:talent", "doel", "Ten minste 95 in E6.", anna)
    schrijf(plan, "arrangement:intensief", "onderwijsbehoeften", "heeft voordoen nodig", anna, b.bram)
    schrijf(plan, "evaluatie:intensief", "doel_gehaald", "gedeeltelijk", anna)
    schrijf(plan, "evaluatie:intensief", "reflectie", "Er was weinig tijd", anna)
    schrijf(plan, "evaluatie:intensief", "leerlingen_gehaald", "nee", anna, b.bram)
    schrijf(plan, "evaluatie:talent", "leerlingen_gehaald", "ja", anna, b.aya)
    return b
