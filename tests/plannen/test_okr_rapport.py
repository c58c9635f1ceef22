"""The onderwijskundig rapport: the closed list of the law, completeness and dates."""

from __future__ import annotations

import dataclasses
import logging
from datetime import date

import pytest

from plannen.rapporten import (
    SECTIES,
    Feit,
    Okr,
    OkrSectie,
    Ouderzienswijze,
    Resultaatregel,
    okr_html,
    okr_pdf,
    ontbreekt,
)

DAG = date(2026, 11, 25)


def sectie(letter: str, titel: str, tekst: str = "Ingevuld.") -> OkrSectie:
    return OkrSectie(letter, titel, (Feit("Beschrijving", tekst),))


def okr(**anders: object) -> Okr:
    vol = Okr(
        school="De Kameleon",
        leerling="Elif Yıldız",
        initialen="E.Y.",
        geboortedatum=date(2017, 4, 3),
        groep="6a",
        datum=DAG,
        gemaakt=DAG,
        versie=2,
        opgesteld_door="Anja Vos",
        secties=tuple(sectie(letter, titel) for _, letter, titel in SECTIES),
        zienswijzen=(Ouderzienswijze("Dirk", DAG, akkoord=False, woorden="Wij zien het anders."),),
    )
    return dataclasses.replace(vol, **anders)  # type: ignore[arg-type]


def met(letter: str, **anders: object) -> Okr:
    return okr(
        secties=tuple(dataclasses.replace(s, **anders) if s.letter == letter else s for s in okr().secties)  # type: ignore[arg-type]
    )


def test_een_volledig_rapport_mist_niets() -> None:
    assert ontbreekt(okr()) == ()


@pytest.mark.acceptatie("K-146")
@pytest.mark.parametrize(
    ("rapport", "zin"),
    [
        (okr(secties=okr().secties[:4]), "Onderdeel e (Verzuimgeschiedenis) ontbreekt"),
        (okr(secties=(*okr().secties, sectie("f", "Overig"))), "de lijst van vijf onderdelen is gesloten"),
        (met("c", feiten=()), "Onderdeel c (Sociaal-emotionele ontwikkeling en gedrag) is leeg"),
        (met("d", feiten=(Feit("Gegeven", "x"), Feit("Nodig", " "))), "«Nodig» is niet ingevuld"),
        (okr(datum=date(2026, 12, 1)), "ligt in de toekomst"),
        (okr(datum=date(2025, 10, 1)), "meer dan een jaar geleden"),
        (okr(geboortedatum=date(2027, 1, 1)), "geboortedatum ligt niet voor"),
        (
            met("b", resultaten=(Resultaatregel("Rekenen", "LVS", "M6", date(2027, 1, 1), "79", "IV"),)),
            "van na de datum van het rapport",
        ),
    ],
)
def test_wat_ontbreekt_of_verkeerd_gedateerd_is_wordt_gezegd(rapport: Okr, zin: str) -> None:
    assert any(zin in melding for melding in ontbreekt(rapport))


def test_een_leeg_onderdeel_met_reden_is_volledig() -> None:
    assert ontbreekt(met("e", feiten=(), niet_van_toepassing="er was geen ongeoorloofd verzuim")) == ()


def test_html_heeft_vijf_genummerde_onderdelen_en_ontsnapt_tekst() -> None:
    html = okr_html(met("c", feiten=(Feit("Beschrijving", "<script>alert(1)</script>"),)))
    plaatsen = [html.index(f"<h2>{letter}. ") for letter in "abcde"]
    assert plaatsen == sorted(plaatsen)
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    assert "Is het niet eens" in html and "Wij zien het anders." in html


@pytest.mark.traag
def test_de_pdf_bevat_de_tekst_en_weasyprint_heeft_geen_fout(caplog: pytest.LogCaptureFixture) -> None:
    import io

    import pikepdf

    with caplog.at_level(logging.ERROR):
        pdf = okr_pdf(met("d", feiten=(Feit("Beschrijving", "w" * 10_000 + " 😀 שלום"),)))
    assert not [regel for regel in caplog.records if regel.levelno >= logging.ERROR]
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) >= 2
