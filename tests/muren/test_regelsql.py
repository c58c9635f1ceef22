"""The rule that was written down once says word for word what the rule says when it is built anew.

By induction: inside a rule other models' rules are the kept ones, and each of those is compared here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from tests.architectuur.hulp import is_beperkt, schoolmodellen
from tests.bouw import Bezetting
from zorg.kern import klok, querysets, regelsql
from zorg.kern.models import School
from zorg.kern.querysets import BeperkteQuerySet, Recht
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag


def _klasse(model: Any) -> Any:
    return type(model._default_manager.get_queryset())


MET_REGEL = [
    model
    for model in schoolmodellen()
    if is_beperkt(model)
    and (_klasse(model).zichtbare_ids is not BeperkteQuerySet.zichtbare_ids or model._meta.label in querysets._regels)
]


@contextmanager
def zonder_vragen() -> Iterator[None]:
    """A rule is written down without looking: what it saw would stand in it for everybody."""

    def niet(*_: Any) -> NoReturn:
        pytest.fail("een regel kijkt in de database terwijl hij wordt opgesteld")

    with connection.execute_wrapper(niet):
        yield


def rechtstreeks(klasse: Any, model: Any, gebruiker: Any, recht: str, scholen: list[School]) -> Any:
    """SQL and parameters of the rule as Django builds it for this question."""
    dag = klok.vandaag(scholen[0])
    bronnen = klasse(model).zichtbare_ids(gebruiker, recht, dag, scholen)
    if not bronnen:
        return None
    vraag = bronnen[0].union(*bronnen[1:], all=True) if bronnen[1:] else bronnen[0]
    try:
        sql, parameters = vraag.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return sql, list(parameters)


@pytest.mark.parametrize("model", MET_REGEL, ids=lambda model: model._meta.label)
def test_opgesteld_is_gebouwd(model: type[models.Model], bezetting: Bezetting) -> None:
    klasse = _klasse(model)
    scholen = [bezetting.kogerveld, bezetting.anders]
    for welke in (scholen[:1], scholen):
        with schoolcontext(welke), zonder_vragen():
            for gebruiker in (bezetting.anna.gebruiker, bezetting.dirk.gebruiker):
                for recht in Recht:
                    opgesteld = regelsql.regelsql(klasse, model, recht, len(welke))
                    ingevuld = opgesteld and (
                        opgesteld.sql,
                        opgesteld.ingevuld(gebruiker, klok.vandaag(welke[0]), welke),
                    )
                    assert ingevuld == rechtstreeks(klasse, model, gebruiker, recht, welke), (recht, len(welke))


def test_een_regel_rekent_niet_met_de_dag() -> None:
    for uitdrukking in (
        lambda: regelsql._DAG + timedelta(days=1),
        lambda: regelsql._DAG - timedelta(days=1),
        lambda: regelsql._NU - timedelta(days=1),
        lambda: regelsql._NU.date(),
    ):
        with pytest.raises(TypeError, match="rekent niet"):
            uitdrukking()
    with pytest.raises(TypeError, match="rekent niet"), klok.plaatshouder(regelsql._NU):
        klok.nu() + timedelta(days=1)
