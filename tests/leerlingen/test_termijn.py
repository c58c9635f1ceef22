"""Terms that show the holidays they cross (K-120, L-35, A-43)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.termijn import Uiterste, binnen, binnen_weken, datumtekst, met_vakanties, opsomming
from leerlingen.zorgfeiten import Vakantie

KERST = Vakantie("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3))
VOORJAAR = Vakantie("voorjaarsvakantie", date(2027, 2, 20), date(2027, 2, 28))
VANDAAG = date(2027, 1, 12)


@pytest.mark.acceptatie("K-120")
def test_acht_weken_laten_de_vakantie_zien_die_ertussen_valt() -> None:
    uiterste = binnen_weken(date(2026, 12, 11), 8, (VOORJAAR, KERST))
    assert uiterste.datum == date(2027, 2, 5)
    assert uiterste.vakanties == (KERST,)
    assert uiterste.vakantiedagen == 16
    assert uiterste.in_vakantie is None
    assert (
        uiterste.zin(VANDAAG) == "uiterlijk vrijdag 5 februari; kerstvakantie (19 december t/m 3 januari) valt ertussen"
    )


def test_twee_vakanties_en_een_laatste_dag_in_de_vakantie() -> None:
    uiterste = binnen_weken(date(2026, 12, 28), 8, (VOORJAAR, KERST))
    assert uiterste.datum == date(2027, 2, 22)
    assert uiterste.vakanties == (KERST, VOORJAAR)
    assert uiterste.in_vakantie == VOORJAAR
    assert uiterste.vakantiedagen == 6 + 3
    assert "vallen ertussen" in uiterste.zin(VANDAAG)


def test_zonder_vakantie() -> None:
    uiterste = binnen_weken(date(2027, 1, 11), 4, (KERST, VOORJAAR))
    assert uiterste == Uiterste(date(2027, 2, 8), (), 0)
    assert uiterste.zin(VANDAAG) == "uiterlijk maandag 8 februari"


@pytest.mark.parametrize(
    ("begin", "maanden", "einde"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_maanden_eindigen_op_dezelfde_dag_of_de_laatste(begin: date, maanden: int, einde: date) -> None:
    assert binnen(begin, maanden, "maanden").datum == einde


def test_dagen() -> None:
    assert binnen(date(2027, 3, 27), 21, "dagen").datum == date(2027, 4, 17)


dagen = st.dates(date(2020, 1, 1), date(2035, 12, 31))
vakanties = st.builds(lambda van, lengte: Vakantie("v", van, van + timedelta(days=lengte)), dagen, st.integers(0, 60))


@given(begin=dagen, weken=st.integers(1, 60), rij=st.lists(vakanties, max_size=5))
def test_vakanties_veranderen_de_datum_niet_en_tellen_nooit_dubbel(
    begin: date, weken: int, rij: list[Vakantie]
) -> None:
    uiterste = binnen_weken(begin, weken, rij)
    assert uiterste.datum - begin == timedelta(weeks=weken)
    alle = {begin + timedelta(days=n) for n in range(1, weken * 7 + 1)}
    geraakt = {dag for dag in alle if any(v.van <= dag <= v.tot_en_met for v in rij)}
    assert uiterste.vakantiedagen == len(geraakt)
    assert set(uiterste.vakanties) == {v for v in rij if any(v.van <= dag <= v.tot_en_met for dag in alle)}


@given(begin=dagen, aantal=st.integers(1, 60))
def test_een_maandtermijn_groeit_met_het_aantal(begin: date, aantal: int) -> None:
    korter, langer = binnen(begin, aantal, "maanden").datum, binnen(begin, aantal + 1, "maanden").datum
    assert begin < korter < langer
    assert korter.day == begin.day or (korter + timedelta(days=1)).day == 1


def test_een_afspraak_in_het_verleden_raakt_geen_vakantie() -> None:
    assert met_vakanties(date(2027, 1, 10), date(2026, 12, 20), (KERST,)).vakanties == ()


def test_datums_en_opsommingen() -> None:
    assert datumtekst(date(2026, 12, 4), VANDAAG) == "4 december"
    assert datumtekst(date(2025, 12, 4), VANDAAG) == "4 december 2025"
    assert opsomming([]) == ""
    assert opsomming(["a"]) == "a"
    assert opsomming(["a", "b"]) == "a en b"
    assert opsomming(["a", "b", "c"]) == "a, b en c"
