"""Growth, moments and levels: tables and properties over the pure module."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.profiel.meten import Schaal
from lvs.groei import (
    GEEN_NORMEN,
    Beweging,
    Meting,
    getal,
    groei,
    lees_moment,
    letters_van,
    maak_groeinormen,
    moment_genormaliseerd,
    momentrang,
    niveau_genormaliseerd,
    op_volgorde,
    percentielband,
    rang,
    vakbeeld,
    vergelijk,
    zit_in,
)
from tests.lvs.feitenmaker import cito, methode, profiel

I_V = next(schaal for schaal in profiel().schalen if schaal.code == "i_v")
A_E = next(schaal for schaal in profiel().schalen if schaal.code == "a_e")
AVI = next(schaal for schaal in profiel().schalen if schaal.code == "avi")
SCHALEN = profiel().schalen


@pytest.mark.parametrize(
    ("tekst", "letter", "jaargroep"),
    [("M5", "M", 5), ("m 5", "M", 5), (" e8 ", "E", 8), ("B3", "B", 3), ("M10", "M", 10)],
)
def test_een_moment_wordt_gelezen(tekst: str, letter: str, jaargroep: int) -> None:
    moment = lees_moment(tekst)
    assert moment is not None
    assert (moment.letter, moment.jaargroep) == (letter, jaargroep)


@pytest.mark.parametrize("tekst", ["blok 3", "", "M", "5", "MM5", "M5a", "5M"])
def test_een_bloknaam_is_geen_moment(tekst: str) -> None:
    assert lees_moment(tekst) is None
    assert moment_genormaliseerd(f"  {tekst}  ") == tekst


def test_momenten_staan_in_schoolvolgorde() -> None:
    momenten = ["E4", "B3", "M4", "E3", "B4", "M3"]
    assert sorted(momenten, key=momentrang) == ["B3", "M3", "E3", "B4", "M4", "E4"]
    assert momentrang("blok 1") < momentrang("B1")


def test_de_letters_volgen_het_schooljaar() -> None:
    assert letters_van(profiel()) == ("B", "M", "E")


def test_op_volgorde_van_dag_en_dan_van_moment() -> None:
    een_dag = date(2027, 1, 28)
    a = Meting("rekenen", "cito_rekenen", "M5", een_dag, "II", id=2)
    b = Meting("rekenen", "cito_rekenen", "M6", een_dag, "III", id=1)
    c = Meting("rekenen", "cito_rekenen", "E7", een_dag - timedelta(days=1), "I", id=3)
    assert op_volgorde([b, a, c]) == [c, a, b]


@pytest.mark.parametrize(
    ("oud", "nieuw", "richting", "stappen"),
    [
        ("III", "IV", "gezakt", 1),
        ("III", "V", "gezakt", 2),
        ("IV", "III", "gestegen", 1),
        ("V", "I", "gestegen", 4),
        ("II", "II", "gelijk", 0),
        ("I+", "I", "gelijk", 0),
        ("V-", "V", "gelijk", 0),
        ("V−", "IV", "gestegen", 1),
        ("iii", "IV", "gezakt", 1),
        ("A", "C", "gezakt", 2),
        ("AVI-M4", "AVI-E4", "gestegen", 1),
        ("A", "III", "gezakt", 0),
        ("E", "III", "gestegen", 0),
        ("C", "III", "onbekend", 0),
        ("II", "B", "onbekend", 0),
        ("", "III", "onbekend", 0),
        ("III", "", "onbekend", 0),
        ("groen", "III", "onbekend", 0),
        ("AVI-M4", "III", "onbekend", 0),
    ],
)
@pytest.mark.acceptatie("K-22")
def test_van_norm_naar_norm(oud: str, nieuw: str, richting: str, stappen: int) -> None:
    assert vergelijk(oud, nieuw, SCHALEN) == Beweging(richting, stappen)  # type: ignore[arg-type]


@given(st.sampled_from(I_V.niveaus), st.sampled_from(I_V.niveaus))
def test_terug_is_het_omgekeerde(oud: str, nieuw: str) -> None:
    heen, terug = vergelijk(oud, nieuw, SCHALEN), vergelijk(nieuw, oud, SCHALEN)
    tegen = {"gezakt": "gestegen", "gestegen": "gezakt", "gelijk": "gelijk"}
    assert terug.richting == tegen[heen.richting]
    assert terug.stappen == heen.stappen


@given(st.sampled_from(I_V.niveaus), st.sampled_from(A_E.niveaus))
def test_tussen_schalen_alleen_wat_vaststaat(romeins: str, letter: str) -> None:
    """A move across scales is told only when no percentile lies in both levels."""
    beweging = vergelijk(letter, romeins, SCHALEN)
    oud, nieuw = percentielband(letter, A_E), percentielband(romeins, I_V)
    assert oud is not None
    assert nieuw is not None
    overlap = oud[0] < nieuw[1] and nieuw[0] < oud[1]
    assert (beweging.richting == "onbekend") == overlap
    if not overlap:
        assert beweging.richting == ("gezakt" if nieuw[0] < oud[0] else "gestegen")


def test_percentielen_beslaan_alles_precies_een_keer() -> None:
    for schaal in (I_V, A_E):
        banden = [percentielband(niveau, schaal) for niveau in schaal.niveaus]
        grenzen = sorted((band for band in banden if band), reverse=True)
        assert grenzen[0][1] == 100
        assert grenzen[-1][0] == 0
        assert all(hoog[0] == laag[1] for hoog, laag in pairwise(grenzen))
    assert percentielband("AVI-M4", AVI) is None


@pytest.mark.parametrize(
    ("getypt", "geschreven"),
    [
        ("iv", "IV"),
        (" V− ", "V-"),
        ("v-", "V-"),
        ("i+", "I+"),
        ("b", "B"),
        ("avi-m4", "AVI-M4"),
        ("VI", None),
        ("", None),
    ],
)
def test_niveaus_zoals_de_school_ze_schrijft(getypt: str, geschreven: str | None) -> None:
    assert niveau_genormaliseerd(getypt, SCHALEN) == geschreven


def test_fijnere_namen_tellen_als_hun_niveau() -> None:
    assert rang("I+", I_V) == rang("I", I_V) == 0
    assert zit_in("V−", ["IV", "V"], I_V)
    assert not zit_in("III", ["IV", "V"], I_V)
    assert not zit_in("X", ["IV", "V"], I_V)


# -- growth -------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-21")
def test_groei_is_het_verschil_in_vaardigheid() -> None:
    assert groei(cito("E5", "V", 58), cito("M6", "V", 66)) == 8
    assert groei(cito("E5", "V", 60), cito("M6", "V", 58.5)) == -1.5


def test_zonder_score_of_met_een_andere_toets_geen_groei() -> None:
    assert groei(cito("E5", "V"), cito("M6", "V", 66)) is None
    assert groei(None, cito("M6", "V", 66)) is None
    assert groei(cito("E5", "I", 80, vak="spelling"), cito("M6", "I", 90)) is None


getallen = st.floats(min_value=-100, max_value=400, allow_nan=False).map(lambda x: round(x, 2))


@given(st.lists(getallen, min_size=1, max_size=40), st.integers(min_value=1, max_value=15))
def test_een_norm_is_een_mediaan_van_genoeg_leerlingen(punten: list[float], minstens: int) -> None:
    normen = maak_groeinormen((("cito_rekenen", "E5", "M6", "III", p) for p in punten), minstens)
    verwacht = normen.verwacht(cito("E5", "III", 70), cito("M6", "III", 77))
    if len(punten) < minstens:
        assert verwacht is None
    else:
        assert verwacht == round(median(punten), 1)


def test_een_norm_valt_terug_op_alle_niveaus_samen() -> None:
    rijen = [("cito_rekenen", "E5", "M6", niveau, 6.0) for niveau in ("II", "III", "IV") for _ in range(4)]
    normen = maak_groeinormen(rijen, minstens=10)
    assert normen.verwacht(cito("E5", "III", 70), cito("M6", "III", 77)) == 6.0
    assert normen.verwacht(cito("E5", "III", 70), cito("E6", "III", 77)) is None
    assert GEEN_NORMEN.verwacht(cito("E5", "III", 70), cito("M6", "III", 77)) is None


def test_i_plus_telt_bij_de_norm_van_i() -> None:
    normen = maak_groeinormen(
        [("cito_rekenen", "E5", "M6", "I+", 4.0)] * 5 + [("cito_rekenen", "E5", "M6", "I", 6.0)] * 5
    )
    assert normen.verwacht(cito("E5", "I+", 90), cito("M6", "I+", 95)) == 5.0


# -- the picture of a subject ---------------------------------------------------------------------------------------


def test_het_beeld_neemt_de_laatste_twee_van_de_leidende_toets() -> None:
    metingen = [cito("M6", "IV", 70), cito("M5", "III", 60), cito("E5", "III", 66), cito("M6", "I", 90, vak="spelling")]
    beeld = vakbeeld("rekenen", metingen, profiel())
    assert [m.moment for m in beeld.reeks] == ["M5", "E5", "M6"]
    assert (beeld.vorige, beeld.laatste) == (metingen[2], metingen[0])
    assert beeld.groei == 4


def test_avi_gaat_niet_voor_dmt() -> None:
    avi = Meting("technisch_lezen", "avi", "M6", date(2027, 2, 3), "AVI-M6")
    dmt = cito("M6", "II", 80, vak="technisch_lezen")
    assert vakbeeld("technisch_lezen", [dmt, avi], profiel()).laatste == dmt
    assert vakbeeld("technisch_lezen", [avi], profiel()).laatste == avi


def test_een_toets_in_onderdelen_leidt_niet() -> None:
    deel = Meting("sociaal_emotioneel", "scol", "M6", date(2027, 1, 5), "D", onderdeel="aardig doen")
    assert vakbeeld("sociaal_emotioneel", [deel], profiel()).laatste is None


def test_methodetoetsen_staan_apart() -> None:
    toets = methode(date(2027, 2, 1), 82)
    beeld = vakbeeld("rekenen", [toets, cito("M6", "III", 77)], profiel())
    assert beeld.methode == (toets,)
    assert beeld.laatste == cito("M6", "III", 77)
    assert vakbeeld("rekenen", [toets], profiel()).laatste is None


@given(
    st.permutations([cito("M5", "III", 60), cito("E5", "III", 66), cito("M6", "IV", 70), methode(date(2027, 1, 5), 82)])
)
def test_de_volgorde_van_invoer_doet_er_niet_toe(metingen: list[Meting]) -> None:
    beeld = vakbeeld("rekenen", metingen, profiel())
    assert beeld.laatste is not None
    assert beeld.laatste.moment == "M6"
    assert beeld.vorige is not None
    assert beeld.vorige.moment == "E5"


@pytest.mark.parametrize(
    ("waarde", "tekst", "met_teken"),
    [(7, "7", "+7"), (7.5, "7,5", "+7,5"), (0, "0", "+0"), (-2, "−2", "−2"), (10.0, "10", "+10")],
)
def test_getallen_in_het_nederlands(waarde: float, tekst: str, met_teken: str) -> None:
    assert getal(waarde) == tekst
    assert getal(waarde, teken=True) == met_teken


def test_een_schaal_zonder_percentielen_vergelijkt_alleen_met_zichzelf() -> None:
    schaal = Schaal(code="zien", naam="ZIEN", niveaus=("groen", "geel", "oranje", "rood"))
    assert vergelijk("groen", "rood", [schaal, I_V]) == Beweging("gezakt", 3)
    assert vergelijk("groen", "V", [schaal, I_V]).richting == "onbekend"
