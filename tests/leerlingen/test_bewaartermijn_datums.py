"""When a retention term is over: tables of dates, and what must hold for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.bewaren import eerste_te_bewaren, is_voorbij, laatste_dag
from leerlingen.profiel.route import Bewaartermijn


def termijn(maanden: int) -> Bewaartermijn:
    return Bewaartermijn(
        code="leerlingdossier", naam="Leerlingdossier", maanden=maanden, vanaf="uitschrijving", grond="Grond."
    )


@pytest.mark.parametrize(
    ("vanaf", "maanden", "laatste"),
    [
        (date(2024, 7, 31), 24, date(2026, 7, 31)),
        (date(2026, 11, 9), 60, date(2031, 11, 9)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_de_laatste_dag_hoort_er_nog_bij(vanaf: date, maanden: int, laatste: date) -> None:
    assert laatste_dag(termijn(maanden), vanaf) == laatste
    assert not is_voorbij(termijn(maanden), vanaf, laatste)
    assert is_voorbij(termijn(maanden), vanaf, laatste + timedelta(days=1))


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 300))
def test_de_grens_scheidt_wat_blijft_van_wat_weg_mag(vandaag: date, maanden: int) -> None:
    grens = eerste_te_bewaren(termijn(maanden), vandaag)
    assert not is_voorbij(termijn(maanden), grens, vandaag)
    assert is_voorbij(termijn(maanden), grens - timedelta(days=1), vandaag)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 300), st.integers(0, 400))
def test_wie_later_begint_wordt_nooit_korter_bewaard(vanaf: date, maanden: int, later: int) -> None:
    assert laatste_dag(termijn(maanden), vanaf) <= laatste_dag(termijn(maanden), vanaf + timedelta(days=later))
