"""The demo school stands on any day of the year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from leerlingen.models import Vrij
from lvs.models import Resultaat
from plannen.models import Groepsplan, Indeling
from tests.overzicht.hulp import account, demo, vastgelegd
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


@pytest.mark.traag
@pytest.mark.parametrize("peildatum", ["2027-08-10", pytest.param("2028-02-29", marks=pytest.mark.lang)])
def test_op_elke_dag_van_het_jaar(django_db_setup: None, django_db_blocker: DjangoDbBlocker, peildatum: str) -> None:
    with vastgelegd(django_db_blocker, peildatum):
        assert "staat klaar" in demo(peildatum)
        school, dag = School.objects.get(naam="De Kameleon", demo=True), date.fromisoformat(peildatum)
        with schoolcontext([school]):
            juf = account("leerkracht")
            plannen = Groepsplan.objects.zichtbaar_voor(juf).filter(vak="rekenen")
            assert plannen.filter(stand="concept", periode__contains=dag).count() == 1
            assert Indeling.objects.zichtbaar_voor(juf).filter(plan__in=plannen, te_kiezen=True).exists()
            assert Vrij.objects.zichtbaar_voor(juf).filter(naam__startswith="Kerstvakantie").count() == 1
            assert not Resultaat.objects.zichtbaar_voor(account("ib")).filter(afnamedatum__gt=dag).exists()
