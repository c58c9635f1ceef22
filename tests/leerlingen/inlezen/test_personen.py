"""A file of parents: what is read, what is refused, and that nothing personal stands in a refusal."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from leerlingen.inlezen.personen import Personenbestand, Persoonrij, lees_personen
from leerlingen.inlezen.tabel import Leerlingverwijzing
from leerlingen.inlezen.weigering import BestandGeweigerd
from leerlingen.namen import Naamdelen

KOP = "sleutel;naam;relatie;gezag;email;telefoon;taal"


def lees(*regels: str, kop: str = KOP) -> Personenbestand:
    return lees_personen("\n".join([kop, *regels]).encode(), bestandsnaam="ouders.csv")


def test_een_rij_helemaal() -> None:
    gelezen = lees("00001;Samira van der Berg;Moeder;ja;Samira@Voorbeeld.nl;06 1234 5678;Nederlands")
    assert gelezen == Personenbestand(
        rijen=(
            Persoonrij(
                leerling=Leerlingverwijzing(sleutel="00001"),
                naam="Samira van der Berg",
                naamdelen=Naamdelen("Samira", "", "van der", "Berg"),
                relatie="moeder",
                gezag="ja",
                email="samira@voorbeeld.nl",
                telefoon="06 1234 5678",
                taal="nl",
                regel=2,
            ),
        ),
        geweigerd=(),
        opmerkingen=(),
        genegeerd=(),
    )


def test_zo_weinig_als_kan() -> None:
    (rij,) = lees("Berg;Daan;28-03-2017;S. Bos", kop="Achternaam;Roepnaam;Geboortedatum;Naam").rijen
    assert rij.leerling == Leerlingverwijzing("", "Berg", "Daan", date(2017, 3, 28))
    assert (rij.relatie, rij.gezag, rij.email, rij.telefoon, rij.taal) == ("ouder", "onbekend", "", "", "")


@pytest.mark.parametrize(
    ("geschreven", "gezag"),
    [
        ("ja", "ja"),
        (" JA ", "ja"),
        ("j", "ja"),
        ("nee", "nee"),
        ("N", "nee"),
        ("onbekend", "onbekend"),
        ("?", "onbekend"),
        ("", "onbekend"),
        ("-", "onbekend"),
    ],
)
def test_gezag(geschreven: str, gezag: str) -> None:
    """Not filled in is unknown, and unknown opens nothing (ontwerp §8)."""
    assert lees(f"1;Jan Bos;;{geschreven};;;").rijen[0].gezag == gezag


@pytest.mark.parametrize("geschreven", ["misschien", "ja (vader niet)", "gedeeld", "1", "waar", "neeja"])
def test_gezag_dat_niet_te_lezen_is_wordt_niet_geraden(geschreven: str) -> None:
    gelezen = lees(f"1;Jan Bos;;{geschreven};;;")
    assert (gelezen.rijen, [w.veld for w in gelezen.geweigerd]) == ((), ["gezag"])


@pytest.mark.parametrize(
    ("regel", "veld", "zin"),
    [
        (";Jan Bos;;;;;", "sleutel", "alle drie nodig"),
        ("#3;Jan Bos;;;;;", "sleutel", "plaatshouder"),
        ("1;;moeder;ja;;;", "naam", "naam van de ouder of verzorger ontbreekt"),
        ("1;jan@bos.nl;;;;;", "naam", "geen naam"),
        (f"1;Jan {'Bos' * 60};;;;;", "naam", "te lang"),
        (f"1;Jan Bos;{'oom' * 20};;;;", "relatie", "langer dan 40"),
        ("1;Jan Bos;;;jan@bos;;", "email", "e-mailadres is niet geldig"),
        ("1;Jan Bos;;;jan@bos.nl, an@bos.nl;;", "email", "één adres"),
        ("1;Jan Bos;;;;bel Jan;", "telefoon", "telefoonnummer is niet geldig"),
    ],
)
def test_een_slechte_rij(regel: str, veld: str, zin: str) -> None:
    gelezen = lees("9;Goed Mens;;;;;", regel, "8;Ander Mens;;;;;")
    assert [rij.leerling.sleutel for rij in gelezen.rijen] == ["9", "8"]
    (weigering,) = gelezen.geweigerd
    assert (weigering.regel, weigering.veld) == (3, veld)
    assert zin in weigering.melding
    for persoonlijk in ("Jan", "Bos", "bos.nl", "oom"):
        assert persoonlijk not in weigering.waarde + weigering.melding


def test_dezelfde_ouder_twee_keer_bij_een_kind() -> None:
    gelezen = lees("1;Jan Bos;vader;ja;;;", "1;JAN  BOS;vader;nee;;;", "2;Jan Bos;vader;nee;;;")
    assert [(rij.leerling.sleutel, rij.gezag) for rij in gelezen.rijen] == [("1", "ja"), ("2", "nee")]
    assert [(w.regel, w.melding) for w in gelezen.geweigerd] == [
        (3, "Deze ouder staat bij deze leerling ook op regel 2.")
    ]


def test_een_adres_van_twee_mensen() -> None:
    """An account belongs to one person: a shared one would show a parent without authority the other's child."""
    gelezen = lees("1;Jan Bos;;ja;bos@x.nl;;", "2;Jan Bos;;ja;BOS@x.nl;;", "1;An Vos;;nee;bos@x.nl;;")
    assert [rij.regel for rij in gelezen.rijen] == [2, 3]
    assert (gelezen.geweigerd[0].regel, gelezen.geweigerd[0].veld) == (4, "email")
    assert "op regel 2 bij iemand anders" in gelezen.geweigerd[0].melding


@pytest.mark.parametrize(
    ("geschreven", "taal", "opmerkingen"),
    [
        ("Papiaments", "pap", 0),
        ("nl", "nl", 0),
        ("ENGELS", "en", 0),
        ("Oekraïens", "uk", 0),
        ("", "", 0),
        ("Klingon", "", 1),
        ("xx", "", 1),
    ],
)
def test_taal(geschreven: str, taal: str, opmerkingen: int) -> None:
    gelezen = lees(f"1;Jan Bos;;;;;{geschreven}")
    assert (gelezen.rijen[0].taal, len(gelezen.opmerkingen)) == (taal, opmerkingen)


def test_andere_kolommen_worden_genoemd() -> None:
    assert lees("1;Jan;x;y", kop="sleutel;naam;Beroep;BSN").genegeerd == ("Beroep", "BSN")


@pytest.mark.parametrize(
    ("kop", "zin"),
    [
        ("sleutel;gezag", "ontbreekt de kolom «naam»"),
        ("naam;gezag", "ontbreekt de kolom «sleutel»"),
        ("naam;achternaam;roepnaam", "alle drie nodig"),
    ],
)
def test_een_bestand_zonder_de_nodige_kolommen(kop: str, zin: str) -> None:
    with pytest.raises(BestandGeweigerd, match=zin):
        lees("1;2;3", kop=kop)


def test_uit_excel_met_getallen_en_datums() -> None:
    werkmap = Workbook()
    blad: Any = werkmap.active
    blad.append(["Sleutel", "Achternaam", "Roepnaam", "Geboortedatum", "Naam", "Telefoon"])
    blad.append([12, "Berg", "Daan", date(2017, 3, 28), "Jan Bos", 31612345678])
    blad.append([13, "Berg", "Daan", date(2017, 3, 28), "=A1", None])
    uit = io.BytesIO()
    werkmap.save(uit)
    gelezen = lees_personen(uit.getvalue(), bestandsnaam="ouders.xlsx")
    assert gelezen.rijen[0].leerling == Leerlingverwijzing("12", "Berg", "Daan", date(2017, 3, 28))
    assert gelezen.rijen[0].telefoon == "31612345678"
    assert [(w.regel, w.veld, w.melding) for w in gelezen.geweigerd] == [
        (3, "naam", "In cel E3 staat een formule. Plak de kolom als waarden.")
    ]


@settings(max_examples=100)
@given(st.lists(st.lists(st.text(max_size=12), min_size=7, max_size=7), max_size=4))
def test_elke_inhoud_geeft_rijen_of_zinnen(rijen: list[list[str]]) -> None:
    try:
        gelezen = lees(*(";".join(rij) for rij in rijen))
    except BestandGeweigerd as fout:
        assert fout.melding.endswith(".")
    else:
        assert all(rij.gezag in ("ja", "nee", "onbekend") and rij.naam for rij in gelezen.rijen)
        assert all(weigering.melding.endswith(".") for weigering in gelezen.geweigerd)
