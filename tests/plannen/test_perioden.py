"""Periods of group plans in a school year, and for which period one makes a plan today."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.profiel import INGEBOUWD
from leerlingen.profiel.meten import Groepsplanperiode
from plannen.perioden import nu_of_straks, perioden
from tests.lvs.feitenmaker import profiel

BEGIN, EINDE = date(2026, 8, 1), date(2027, 8, 1)


def vorm(code: str, van: str, tot: str) -> Groepsplanperiode:
    return Groepsplanperiode(code=code, naam=code, van=van, tot_en_met=tot)


@pytest.mark.acceptatie("M-97")
def test_twee_perioden_van_de_meent() -> None:
    rij = perioden(profiel("demeent").groepsplanperioden, BEGIN, EINDE)
    assert [(p.van, p.tot_en_met) for p in rij] == [
        (date(2026, 8, 1), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2027, 7, 31)),
    ]


def test_29_februari_in_een_gewoon_jaar() -> None:
    (periode,) = perioden([vorm("p", "08-01", "02-29")], BEGIN, EINDE)
    assert periode.tot_en_met == date(2027, 2, 28)
    (schrikkel,) = perioden([vorm("p", "08-01", "02-29")], date(2027, 8, 1), date(2028, 8, 1))
    assert schrikkel.tot_en_met == date(2028, 2, 29)


def test_zonder_perioden_geldt_het_hele_jaar() -> None:
    (periode,) = perioden([], BEGIN, EINDE)
    assert (periode.van, periode.tot_en_met) == (BEGIN, date(2027, 7, 31))


def test_een_vlaams_schooljaar_begint_later() -> None:
    """The school's own year wins: nothing before 1 September."""
    (periode, _) = perioden(
        [vorm("a", "08-01", "02-14"), vorm("b", "02-15", "07-31")], date(2026, 9, 1), date(2027, 9, 1)
    )
    assert periode.van >= date(2026, 9, 1)


@pytest.mark.parametrize(
    ("dag", "code"),
    [
        (date(2026, 8, 20), "periode1"),
        (date(2026, 11, 3), "periode1"),
        (date(2027, 1, 17), "periode1"),
        (date(2027, 1, 18), "periode2"),
        (date(2027, 2, 14), "periode2"),
        (date(2027, 2, 15), "periode2"),
        (date(2027, 7, 31), "periode2"),
    ],
)
def test_voor_welke_periode_maakt_men_nu_een_plan(dag: date, code: str) -> None:
    """Four weeks before a period starts one writes for that one: a plan is ready on the first day."""
    rij = perioden(profiel().groepsplanperioden, BEGIN, EINDE)
    assert nu_of_straks(rij, dag).code == code


@pytest.mark.parametrize("code", sorted(INGEBOUWD))
@pytest.mark.parametrize("jaar", [2024, 2026, 2027])
def test_ieder_profiel_heeft_perioden_binnen_het_jaar_zonder_overlap(code: str, jaar: int) -> None:
    begin = profiel(code).begrippen.begin_schooljaar
    van, tot = date(jaar, begin.maand, begin.dag), date(jaar + 1, begin.maand, begin.dag)
    rij = perioden(profiel(code).groepsplanperioden, van, tot)
    assert rij
    assert all(van <= p.van <= p.tot_en_met < tot for p in rij)
    assert all(eerder.tot_en_met < later.van for eerder, later in pairwise(rij))


@given(st.integers(min_value=0, max_value=364))
def test_op_iedere_dag_is_er_een_periode(dagen: int) -> None:
    rij = perioden(profiel().groepsplanperioden, BEGIN, EINDE)
    gekozen = nu_of_straks(rij, BEGIN + timedelta(days=dagen))
    assert gekozen in rij
    assert gekozen.tot_en_met >= BEGIN + timedelta(days=dagen)
