"""Holidays as a preset, school days, and the windows of the year cycle."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from besprekingen import vakanties
from besprekingen.schooljaar import Jaar, Venster, gelijk_verdeeld, vensters
from leerlingen.profiel import INGEBOUWD, lees_ingebouwd
from leerlingen.profiel.bespreken import (
    ElkeWeken,
    InMaand,
    InMaanden,
    InSchoolweek,
    LaatsteSchoolweek,
    LaatsteVakantieweek,
    NaToetsmoment,
)
from leerlingen.zorgfeiten import Vakantie

AUG, EIND = date(2026, 8, 1), date(2027, 8, 1)


def schooljaar(land: str = "NL", regio: str = "noord", begin: date = AUG, eind: date = EIND) -> Jaar:
    """A year with the preset of that country and region."""
    rijen = vakanties.voorstel(land, regio, begin, eind)
    return Jaar(begin, eind, tuple(Vakantie(r.naam, r.van, r.tot_en_met) for r in rijen))


NOORD = schooljaar()


@pytest.mark.parametrize(
    ("regio", "naam", "van", "tot_en_met"),
    [
        ("noord", "Herfstvakantie", date(2026, 10, 10), date(2026, 10, 18)),
        ("midden", "Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25)),
        ("zuid", "Voorjaarsvakantie", date(2027, 2, 13), date(2027, 2, 21)),
        ("noord", "Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),
        ("zuid", "Zomervakantie", date(2026, 7, 11), date(2026, 8, 23)),
    ],
)
def test_nederlandse_vakanties_per_regio(regio: str, naam: str, van: date, tot_en_met: date) -> None:
    rijen = vakanties.voorstel("NL", regio, AUG, EIND)
    assert (naam, van, tot_en_met, False) in [(r.naam, r.van, r.tot_en_met, r.geschat) for r in rijen]


def test_zonder_regio_alleen_wat_overal_gelijk_is() -> None:
    namen = {r.naam for r in vakanties.voorstel("NL", "", AUG, EIND) if r.soort == "vakantie"}
    assert namen == {"Kerstvakantie", "Meivakantie"}


def test_een_onbekend_jaar_zegt_dat_het_geschat_is() -> None:
    rijen = [r for r in vakanties.voorstel("NL", "noord", date(2031, 8, 1), date(2032, 8, 1)) if r.soort == "vakantie"]
    assert rijen and all(r.geschat for r in rijen)
    assert all(r.van.weekday() == 5 and r.tot_en_met.weekday() == 6 for r in rijen), "Saturday up to Sunday"


def test_feestdag_in_een_vakantie_staat_er_niet_dubbel() -> None:
    rijen = vakanties.voorstel("NL", "noord", AUG, EIND)
    dagen = {r.van: r.naam for r in rijen if r.soort == "vrije_dag"}
    assert date(2027, 3, 29) in dagen and date(2026, 12, 25) not in dagen


@pytest.mark.parametrize(
    ("jaar", "verwacht"),
    [
        (
            2026,
            [
                (date(2026, 11, 2), date(2026, 11, 8)),
                (date(2026, 12, 21), date(2027, 1, 3)),
                (date(2027, 2, 8), date(2027, 2, 14)),
                (date(2027, 3, 29), date(2027, 4, 11)),
                (date(2027, 7, 1), date(2027, 8, 31)),
            ],
        ),
        (
            2025,
            [
                (date(2025, 10, 27), date(2025, 11, 2)),
                (date(2025, 12, 22), date(2026, 1, 4)),
                (date(2026, 2, 16), date(2026, 2, 22)),
                (date(2026, 4, 6), date(2026, 4, 19)),
                (date(2026, 7, 1), date(2026, 8, 31)),
            ],
        ),
    ],
)
def test_vlaamse_vakanties_volgen_de_regels(jaar: int, verwacht: list[tuple[date, date]]) -> None:
    rijen = vakanties.voorstel("BE", "", date(jaar, 9, 1), date(jaar + 1, 9, 1))
    assert [(r.van, r.tot_en_met) for r in rijen if r.soort == "vakantie"] == verwacht


@given(st.integers(1900, 2199))
def test_pasen(jaar: int) -> None:
    assert vakanties.pasen(jaar) == easter(jaar)


def test_aruba_krijgt_alleen_feestdagen() -> None:
    rijen = vakanties.voorstel("AW", "", AUG, EIND)
    assert date(2027, 1, 25) in {r.van for r in rijen} and {r.soort for r in rijen} == {"vrije_dag"}


@pytest.mark.parametrize(
    ("anker", "verwacht"),
    [
        (InMaand(soort="maand", maand=9), [(date(2026, 9, 1), date(2026, 9, 30))]),
        (InMaand(soort="maand", maand=11, deel="begin"), [(date(2026, 11, 1), date(2026, 11, 10))]),
        (InMaand(soort="maand", maand=2, deel="eind"), [(date(2027, 2, 21), date(2027, 2, 28))]),
        (InMaand(soort="maand", maand=8), [(date(2026, 8, 1), date(2026, 8, 31))]),
        (InMaand(soort="maand", maand=7), [(date(2027, 7, 1), date(2027, 7, 31))]),
        (InMaanden(soort="maanden", van=2, tot_en_met=3), [(date(2027, 2, 1), date(2027, 3, 31))]),
        (InMaanden(soort="maanden", van=12, tot_en_met=1), [(date(2026, 12, 1), date(2027, 1, 31))]),
        (InSchoolweek(soort="schoolweek", week=1), [(date(2026, 8, 17), date(2026, 8, 21))]),
        (NaToetsmoment(soort="na_toetsmoment", moment="m", weken=3), [(date(2027, 2, 1), date(2027, 2, 21))]),
        (LaatsteSchoolweek(soort="laatste_schoolweek"), [(date(2027, 7, 5), date(2027, 7, 9))]),
        (LaatsteVakantieweek(soort="laatste_vakantieweek"), [(date(2026, 8, 10), date(2026, 8, 16))]),
    ],
)
def test_ankers_van_de_jaarcyclus(anker: Any, verwacht: list[tuple[date, date]]) -> None:
    assert [(v.van, v.tot_en_met) for v in vensters(anker, NOORD, {"m": 1})] == verwacht


def test_schoolweken_zonder_school_tellen_niet() -> None:
    """Week 9 is the one after the autumn holiday of 10-18 October."""
    assert vensters(InSchoolweek(soort="schoolweek", week=9), NOORD, {}) == [
        Venster(date(2026, 10, 19), date(2026, 10, 23))
    ]


def test_laatste_vakantieweek_in_vlaanderen_is_aan_het_eind() -> None:
    jaar = schooljaar("BE", "", date(2026, 9, 1), date(2027, 9, 1))
    anker = LaatsteVakantieweek(soort="laatste_vakantieweek")
    assert vensters(anker, jaar, {}) == [Venster(date(2027, 8, 25), date(2027, 8, 31))]


def test_om_de_zes_weken() -> None:
    """Windows follow each other about every six weeks, all within the year (A-43)."""
    rij = vensters(ElkeWeken(soort="elke_weken", van=5, tot=6), NOORD, {})
    assert len(rij) == 7 and [v.nummer for v in rij] == list(range(1, 8))
    assert all((b.van - a.van).days == 42 for a, b in pairwise(rij))


def test_gelijk_verdeeld_dekt_het_jaar_zonder_overlap() -> None:
    rij = gelijk_verdeeld(8, NOORD)
    assert len(rij) == 8
    assert all(a.tot_en_met < b.van for a, b in pairwise(rij))
    aantallen = [len(NOORD.schooldagen(v.van, v.tot_en_met)) for v in rij]
    assert max(aantallen) - min(aantallen) <= 1


@pytest.mark.parametrize("code", sorted(INGEBOUWD))
def test_elke_activiteit_van_elk_profiel_valt_in_het_jaar(code: str) -> None:
    """Every activity of the year cycles that ship with Zorgpad has a window, and (unless it may) school days in it."""
    profiel = lees_ingebouwd(code)
    start = profiel.begrippen.begin_schooljaar
    begin, eind = date(2026, start.maand, start.dag), date(2027, start.maand, start.dag)
    jaar = schooljaar(profiel.land, "noord", begin, eind)
    if profiel.land == "AW":  # no official table: the school enters its own
        zomer = Vakantie("zomervakantie", date(2027, 7, 3), date(2027, 8, 15))
        jaar = Jaar(begin, eind, (*jaar.vrij, zomer, Vakantie("zomervakantie", date(2026, 7, 4), date(2026, 8, 16))))
    maanden = {moment.code: moment.maand for moment in profiel.begrippen.toetsmomenten}
    for activiteit in profiel.jaarcyclus:
        rij = vensters(activiteit.tijdstip, jaar, maanden)
        assert rij, activiteit.code
        for venster in rij:
            assert begin <= venster.van <= venster.tot_en_met < eind
            assert activiteit.in_vakantie or jaar.schooldagen(venster.van, venster.tot_en_met), activiteit.code


@given(st.integers(1, 12), st.sampled_from(["begin", "midden", "eind", "hele"]))
def test_maanden_liggen_altijd_in_het_jaar(maand: int, deel: Any) -> None:
    (venster,) = vensters(InMaand(soort="maand", maand=maand, deel=deel), NOORD, {})
    assert AUG <= venster.van <= venster.tot_en_met <= EIND - timedelta(days=1)
    assert venster.van.month == venster.tot_en_met.month == maand
