"""Recorded signals as facts: what can be recorded, how it stands beside what the rules find. No database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lvs.signalering import Feiten, Plaats, signalen
from lvs.vastgelegd import Vastgelegd, als_signaal, categorieen, samen
from tests.lvs.feitenmaker import cito, profiel

DAG = date(2026, 11, 3)


def gezien(categorie: str = "werkhouding", **velden: object) -> Vastgelegd:
    return Vastgelegd(**({"id": 7, "categorie": categorie, "bron": "observatie", "datum": DAG} | velden))  # type: ignore[arg-type]


def test_kogerveld_kan_al_haar_categorieen_vastleggen() -> None:
    codes = [code for code, _ in categorieen(profiel())]
    verwacht = ["sociaal_emotioneel", "gedrag_buiten", "gedrag_binnen", "werkhouding", "motoriek", "spraak_taal",
                "snelle_leerder", "tempo_inhoud"]  # fmt: skip
    assert codes[: len(verwacht)] == verwacht
    assert "score_iv_v" not in codes


@pytest.mark.parametrize(
    ("school", "codes"),
    [
        pytest.param("demeent", {"gedrag", "sociaal_emotioneel", "werkhouding"}, marks=pytest.mark.acceptatie("M-24")),
        ("aruba", {"doelen_niet_gehaald", "voorsprong", "ernstig_vermoeden", "werkhouding"}),
        ("loshoes", {"zorg_mentor", "zorg_ouders", "specifieke_leervraag"}),
        ("vlaanderen", {"onderwijsloopbaan", "leren_studeren", "psychisch_sociaal", "gezondheid", "talent"}),
    ],
)
def test_elke_school_heeft_haar_eigen_categorieen(school: str, codes: set[str]) -> None:
    assert codes <= {code for code, _ in categorieen(profiel(school))}


def test_een_open_signaal_is_nieuw_en_zegt_wat_de_school_doet() -> None:
    signaal = als_signaal(gezien(), profiel(), {})
    assert (signaal.zin, signaal.soort, signaal.bekend, signaal.pk) == ("werkhouding", "zorg", "", 7)
    assert signaal.wat_nu == "Volg de vijf stappen van de ondersteuning."
    assert als_signaal(gezien(bron="ouders"), profiel(), {}).zin == "werkhouding, zeggen de ouders"


@pytest.mark.acceptatie("A-04")
@pytest.mark.acceptatie("A-35")
def test_op_aruba_leiden_de_drie_criteria_ook_een_voorsprong_naar_de_leerlingbespreking() -> None:
    for code in ("doelen_niet_gehaald", "voorsprong", "ernstig_vermoeden"):
        signaal = als_signaal(gezien(code), profiel("aruba"), {})
        assert (signaal.gevolg, signaal.bekend) == ("leerlingbespreking", "")
        assert signaal.wat_nu == "Meld de leerling aan voor de leerlingbespreking."
    assert als_signaal(gezien("voorsprong"), profiel("aruba"), {}).soort == "kans"
    assert als_signaal(gezien("snelle_leerder"), profiel(), {}).soort == "kans"


@pytest.mark.parametrize(
    ("waar", "woorden"),
    [("plan", "in plan"), ("bespreking", "in bespreking"), ("week", "in de weekplanning"),
     ("ouders", "met de ouders besproken")],
)  # fmt: skip
def test_opgepakt_is_bekend(waar: str, woorden: str) -> None:
    assert als_signaal(gezien(waar=waar), profiel(), {}).bekend == woorden


@pytest.mark.parametrize(
    ("plaatsen", "bekend"),
    [
        ({}, ""),
        ({"rekenen": Plaats("intensief", DAG)}, "in plan"),
        ({"rekenen": Plaats("intensief", DAG - timedelta(days=1))}, ""),
        ({"rekenen": Plaats("basis", DAG)}, ""),
        ({"spelling": Plaats("intensief", DAG)}, ""),
    ],
)
def test_het_arrangement_dat_erbij_hoort_beantwoordt_het(plaatsen: dict[str, Plaats], bekend: str) -> None:
    assert als_signaal(gezien("tempo_inhoud", vak="rekenen"), profiel(), plaatsen).bekend == bekend


def test_zonder_vak_telt_elk_plan_en_zonder_arrangement_geen() -> None:
    plaatsen = {"spelling": Plaats("intensief", DAG)}
    assert als_signaal(gezien("tempo_inhoud"), profiel(), plaatsen).bekend == "in plan"
    assert als_signaal(gezien("werkhouding"), profiel(), plaatsen).bekend == ""


def test_een_code_die_de_school_niet_kent_valt_niet_om() -> None:
    assert als_signaal(gezien("van_vroeger"), profiel(), {}).naam == "van_vroeger"


METINGEN = (cito("M5", "III", 70), cito("E5", "IV", 71))


def test_wat_een_mens_zag_staat_voor_wat_de_regels_vinden_en_bekend_achteraan() -> None:
    berekend = signalen(Feiten(METINGEN), profiel())
    alle = samen(berekend, [gezien(waar="plan"), gezien("motoriek", id=8)], profiel(), {})
    assert [s.code for s in alle] == ["motoriek", "norm_gezakt", "werkhouding"]


def test_een_berekend_signaal_dat_iemand_oppakte_wordt_grijs_en_wat_erachter_stond_komt_naar_voren() -> None:
    berekend = signalen(Feiten(METINGEN), profiel())
    overgenomen = gezien("norm_gezakt", bron="lvs", vak="rekenen", waar="week")
    (eerste, eigen) = samen(berekend, [overgenomen], profiel(), {})
    assert (eerste.code, eerste.bekend) == ("score_iv_v", "")
    assert {s.code: s.bekend for s in eerste.ook}["norm_gezakt"] == "in de weekplanning"
    assert eigen.pk == 7


@pytest.mark.parametrize(
    "anders", [{"vak": "spelling"}, {"datum": date(2026, 6, 1)}, {"waar": ""}, {"categorie": "score_v"}]
)
def test_anders_beantwoordt_het_niets(anders: dict[str, object]) -> None:
    overgenomen = gezien(**({"categorie": "norm_gezakt", "vak": "rekenen", "waar": "week"} | anders))  # type: ignore[arg-type]
    alle = samen(signalen(Feiten(METINGEN), profiel()), [overgenomen], profiel(), {})
    assert next(s for s in alle if s.code == "norm_gezakt" and not s.pk).bekend == ""
