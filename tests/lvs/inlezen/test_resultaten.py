"""A file of results: read as it stands, in every notation of the design, and refused where it cannot be trusted."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from leerlingen.inlezen.tabel import Leerlingverwijzing
from leerlingen.inlezen.weigering import BestandGeweigerd
from lvs.inlezen.resultaten import (
    KOLOMMEN,
    SCORES,
    Resultaatrij,
    Resultatenbestand,
    lees_getal,
    lees_niveau,
    lees_resultaten,
)

VANDAAG = date(2027, 2, 15)
KOP = ";".join(
    [
        *("sleutel", "instrument", "versie", "vak", "moment", "afnamedatum"),
        *("ruwe_score", "vaardigheidsscore", "niveau", "percentiel", "functioneringsniveau", "dle", "referentieniveau"),
    ]
)
LEEG = dict.fromkeys(KOP.split(";"), "")
GOED = LEEG | {
    "sleutel": "1",
    "instrument": "Cito Rekenen",
    "vak": "rekenen",
    "moment": "M5",
    "afnamedatum": "2027-01-28",
    "niveau": "III",
}


def lees(*rijen: dict[str, str], scheiding: str = ";", kolommen: list[str] | None = None) -> Resultatenbestand:
    kop = kolommen or KOP.split(";")
    regels = [scheiding.join(kop), *(scheiding.join(rij[kolom] for kolom in kop) for rij in rijen)]
    return lees_resultaten("\n".join(regels).encode(), bestandsnaam="r.csv", vandaag=VANDAAG)


def test_een_rij_helemaal() -> None:
    rij = {
        "sleutel": "00001",
        "instrument": "Cito Rekenen-Wiskunde",
        "versie": "3.0",
        "vak": "rekenen",
        "moment": " m 5 ",
        "afnamedatum": "28-01-2027",
        "ruwe_score": "41",
        "vaardigheidsscore": "83,5",
        "niveau": "v −",
        "percentiel": "9",
        "functioneringsniveau": "e4",
        "dle": "24",
        "referentieniveau": "1f",
    }
    assert lees(rij) == Resultatenbestand(
        rijen=(
            Resultaatrij(
                leerling=Leerlingverwijzing(sleutel="00001"),
                instrument="Cito Rekenen-Wiskunde",
                versie="3.0",
                vak="rekenen",
                onderdeel="",
                moment="M5",
                afnamedatum=date(2027, 1, 28),
                ruwe_score=Decimal("41"),
                vaardigheidsscore=Decimal("83.5"),
                niveau="V-",
                percentiel=Decimal("9"),
                functioneringsniveau="E4",
                dle=Decimal("24"),
                referentieniveau="1F",
                regel=2,
            ),
        ),
        geweigerd=(),
        genegeerd=(),
    )


@pytest.mark.parametrize("score", SCORES)
def test_een_enkele_uitslag_is_genoeg(score: str) -> None:
    (rij,) = lees(GOED | {"niveau": "", score: "5"}).rijen
    assert [veld for veld in SCORES if getattr(rij, veld) not in (None, "")] == [score]


def test_kolommen_in_elke_volgorde_en_andere_genoemd() -> None:
    kop = ["Niveau", "Leerjaar", "VAK", "moment", "Afnamedatum", "Instrument", "Sleutel", "BSN", "ruwe score"]
    rij = dict(zip(kop, ["II", "5", "rekenen", "M5", "2027-01-28", "Cito", "1", "133456785", "12"], strict=True))
    gelezen = lees(rij, kolommen=kop, scheiding=",")
    assert (gelezen.rijen[0].niveau, gelezen.rijen[0].ruwe_score) == ("II", 12)
    assert gelezen.genegeerd == ("Leerjaar", "BSN")
    assert "133456785" not in repr(gelezen)


def test_met_naam_en_geboortedatum_en_een_onderdeel() -> None:
    kop = [*KOP.split(";")[1:], "achternaam", "roepnaam", "geboortedatum", "onderdeel"]
    rij = GOED | {"achternaam": "Berg", "roepnaam": "Daan", "geboortedatum": "28-03-2017", "onderdeel": "aardig doen"}
    (gelezen,) = lees(rij, kolommen=kop).rijen
    assert gelezen.leerling == Leerlingverwijzing("", "Berg", "Daan", date(2017, 3, 28))
    assert gelezen.onderdeel == "aardig doen"


@pytest.mark.parametrize(
    ("geschreven", "niveau"),
    [
        *((n, n) for n in ("I+", "I", "II", "III", "IV", "V", "V-", "A", "B", "C", "D", "E")),
        *((f"V{streep}", "V-") for streep in "−–—‐‑－"),
        ("V min", "V-"),
        ("I plus", "I+"),
        ("i +", "I+"),
        ("iv", "IV"),
        ("Ⅳ", "IV"),
        ("b", "B"),
        ("AVI-M5", "AVI-M5"),
        ("AVI–Plus", "AVI-Plus"),
        ("voldoende", "voldoende"),
        ("Hoog  gemiddeld", "Hoog gemiddeld"),
        ("VI", "VI"),
        ("4", "4"),
        ("", ""),
    ],
)
def test_niveaus_in_elke_schrijfwijze(geschreven: str, niveau: str) -> None:
    """Known levels as we write them; of other words the school's profile says whether they are one."""
    assert lees_niveau(geschreven) == niveau
    assert lees_niveau(niveau) == niveau


@pytest.mark.parametrize(
    ("geschreven", "getal"),
    [
        ("83", "83"),
        ("83,5", "83.5"),
        ("83.5", "83.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("83%", "83"),
        ("83,5 %", "83.5"),
        ("83,333333333", "83.33"),
        ("0,005", "0.01"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_getallen(geschreven: str, getal: str) -> None:
    assert lees_getal(geschreven, Decimal("0.01")) == Decimal(getal)


@pytest.mark.parametrize(
    "geschreven",
    [
        "",
        "abc",
        "83 punten",
        "1.234,5",
        "1,2,3",
        "1e3",
        "NaN",
        "Infinity",
        "1_000",
        "٨٣",
        "--5",
        "5-",
        ",5",
        "5,",
        "1234567",
        "=5",
        "III",
    ],
)
def test_geen_getallen(geschreven: str) -> None:
    assert lees_getal(geschreven, Decimal("0.01")) is None


def test_een_dle_heeft_een_cijfer_achter_de_komma() -> None:
    assert lees(GOED | {"dle": "24,25"}).rijen[0].dle == Decimal("24.3")


@pytest.mark.parametrize(
    ("anders", "veld", "waarde", "zin"),
    [
        ({"sleutel": ""}, "sleutel", "", "alle drie nodig"),
        ({"sleutel": "#1"}, "sleutel", "#", "plaatshouder"),
        ({"instrument": ""}, "instrument", "", "leeg"),
        ({"vak": ""}, "vak", "", "leeg"),
        ({"moment": ""}, "moment", "", "leeg"),
        ({"moment": "m" * 41}, "moment", "", "langer dan 40"),
        ({"versie": "v" * 41}, "versie", "", "langer dan 40"),
        ({"afnamedatum": ""}, "afnamedatum", "", "leeg"),
        ({"afnamedatum": "31-02-2027"}, "afnamedatum", "31-02-2027", "klopt niet"),
        ({"afnamedatum": "28/01/2027"}, "afnamedatum", "28/01/2027", "Schrijf 28-01-2027"),
        ({"afnamedatum": "01/28/2027"}, "afnamedatum", "01/28/2027", "klopt niet"),
        ({"afnamedatum": "gisteren"}, "afnamedatum", "", "klopt niet"),
        ({"afnamedatum": "16-02-2027"}, "afnamedatum", "2027-02-16", "16-02-2027 ligt in de toekomst"),
        ({"afnamedatum": "1989-12-31"}, "afnamedatum", "1989-12-31", "kan niet kloppen"),
        ({"niveau": ""}, "niveau", "", "geen enkele uitslag"),
        ({"niveau": "x" * 21}, "niveau", "", "langer dan 20"),
        ({"ruwe_score": "zeven"}, "ruwe_score", "zeven", "«zeven» in «ruwe_score» is geen getal"),
        ({"vaardigheidsscore": "n.v.t."}, "vaardigheidsscore", "n.v.t.", "is geen getal"),
        ({"vaardigheidsscore": "NaN"}, "vaardigheidsscore", "", "is geen getal"),
        ({"vaardigheidsscore": "E5"}, "vaardigheidsscore", "E5", "is geen getal"),
        ({"dle": "12a"}, "dle", "12a", "is geen getal"),
        ({"percentiel": "101"}, "percentiel", "101.00", "0 tot en met 100"),
        ({"percentiel": "-1"}, "percentiel", "-1.00", "0 tot en met 100"),
        ({"percentiel": ">99"}, "percentiel", ">99", "is geen getal"),
    ],
)
def test_een_slechte_rij(anders: dict[str, str], veld: str, waarde: str, zin: str) -> None:
    gelezen = lees(GOED, GOED | anders, GOED | {"sleutel": "2"})
    assert [rij.regel for rij in gelezen.rijen] == [2, 4]
    (weigering,) = gelezen.geweigerd
    assert (weigering.regel, weigering.veld, weigering.waarde) == (3, veld, waarde)
    assert zin in weigering.melding


def test_vandaag_mag_en_voor_de_geboorte_niet() -> None:
    assert lees(GOED | {"afnamedatum": "15-02-2027"}).rijen
    kop = [*KOP.split(";"), "achternaam", "roepnaam", "geboortedatum"]
    rij = GOED | {"achternaam": "Berg", "roepnaam": "Daan", "geboortedatum": "2027-01-28"}
    assert "kan niet kloppen" in lees(rij, kolommen=kop).geweigerd[0].melding


@pytest.mark.parametrize("geheim", ["133456785", "1334.56.785", "Wimpie", "Wimpie Bos", "Jan", "W. Bos"])
@pytest.mark.parametrize("veld", ["afnamedatum", "ruwe_score", "vaardigheidsscore", "percentiel", "dle"])
def test_een_weigering_noemt_geen_naam_en_geen_nummer(veld: str, geheim: str) -> None:
    """A file whose columns have shifted puts a neighbour's value in a score."""
    (weigering,) = lees(GOED | {veld: geheim}).geweigerd
    assert geheim not in repr(weigering)


@pytest.mark.parametrize(
    ("kop", "zin"),
    [
        ("sleutel;instrument;vak;moment;niveau", "ontbreekt de kolom «afnamedatum»"),
        ("instrument;vak;moment;afnamedatum;niveau", "ontbreekt de kolom «sleutel»"),
        ("achternaam;roepnaam;instrument;vak;moment;afnamedatum;niveau", "alle drie nodig"),
        ("sleutel;instrument;vak;moment;afnamedatum;cijfer", "geen enkele uitslag"),
        ("naam;cijfer", "ontbreken de kolommen «instrument», «vak», «moment», «afnamedatum»"),
    ],
)
def test_een_bestand_zonder_de_nodige_kolommen(kop: str, zin: str) -> None:
    with pytest.raises(BestandGeweigerd, match=zin) as fout:
        lees_resultaten(f"{kop}\n".encode(), bestandsnaam="r.csv", vandaag=VANDAAG)
    assert fout.value.regel == 1


def test_een_kop_zonder_rijen_is_goed() -> None:
    assert lees() == Resultatenbestand((), (), ())


def excel(*rijen: list[Any]) -> bytes:
    werkmap = Workbook()
    blad: Any = werkmap.active
    for rij in rijen:
        blad.append(rij)
    uit = io.BytesIO()
    werkmap.save(uit)
    return uit.getvalue()


def test_uit_excel() -> None:
    kop = ["sleutel", "instrument", "vak", "moment", "afnamedatum", "vaardigheidsscore", "niveau"]
    inhoud = excel(
        kop,
        [12, "Cito", "rekenen", "M5", date(2027, 1, 28), 83.5, "IV"],
        [12.0, "Cito", "rekenen", "M5", "28-01-2027", 83, None],
        [13, "Cito", "rekenen", "M5", date(2027, 1, 28), "=80+3", "IV"],
        [14, "Cito", "rekenen", date(2027, 5, 1), date(2027, 1, 28), 83, "IV"],
    )
    gelezen = lees_resultaten(inhoud, bestandsnaam="r.xlsx", vandaag=VANDAAG)
    assert [(r.leerling.sleutel, r.afnamedatum, r.vaardigheidsscore) for r in gelezen.rijen] == [
        ("12", date(2027, 1, 28), Decimal("83.5")),
        ("12", date(2027, 1, 28), Decimal("83")),
    ]
    assert [(w.regel, w.veld) for w in gelezen.geweigerd] == [(4, "vaardigheidsscore"), (5, "moment")]
    assert "In cel F4 staat een formule" in gelezen.geweigerd[0].melding
    assert "Excel een datum gemaakt" in gelezen.geweigerd[1].melding


@pytest.mark.traag
def test_twintigduizend_rijen() -> None:
    kop = KOP + "\n"
    rij = "{};Cito Rekenen;3.0;rekenen;M5;28-01-2027;41;83,5;III;45;M5;24;1F\n"
    inhoud = (kop + "".join(rij.format(nummer) for nummer in range(20_000))).encode()
    gelezen = lees_resultaten(inhoud, bestandsnaam="r.csv", vandaag=VANDAAG)
    assert (len(gelezen.rijen), gelezen.geweigerd) == (20_000, ())


GETAL = st.decimals(0, 999, places=1).map(lambda getal: str(getal).replace(".", ","))


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "sleutel": st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True),
                "moment": st.sampled_from(["M3", "E6", "B8", "Blok 4"]),
                "afnamedatum": st.dates(date(2020, 1, 1), VANDAAG).map(str),
                "vaardigheidsscore": GETAL,
                "niveau": st.sampled_from(["", "I+", "III", "V-", "E", "AVI-M5"]),
            }
        ),
        max_size=6,
    ),
    st.sampled_from(";,\t"),
)
def test_wat_geschreven_is_wordt_gelezen(rijen: list[dict[str, str]], scheiding: str) -> None:
    geschreven = [{kolom: f'"{cel}"' for kolom, cel in (GOED | rij).items()} for rij in rijen]
    gelezen = lees(*geschreven, scheiding=scheiding)
    assert gelezen.geweigerd == ()
    assert [
        {
            "sleutel": rij.leerling.sleutel,
            "moment": rij.moment,
            "afnamedatum": rij.afnamedatum.isoformat(),
            "vaardigheidsscore": f"{rij.vaardigheidsscore:.1f}".replace(".", ","),
            "niveau": rij.niveau,
        }
        for rij in gelezen.rijen
    ] == rijen


@settings(max_examples=150)
@given(st.lists(st.lists(st.text(max_size=8), min_size=13, max_size=13), max_size=3), st.binary(max_size=20))
def test_elke_inhoud_geeft_rijen_of_zinnen(rijen: list[list[str]], staart: bytes) -> None:
    inhoud = "\n".join([KOP, *(";".join(rij) for rij in rijen)]).encode() + staart
    try:
        gelezen = lees_resultaten(inhoud, bestandsnaam="r.csv", vandaag=VANDAAG)
    except BestandGeweigerd as fout:
        assert fout.melding.endswith(".")
    else:
        assert all(any(getattr(rij, score) not in (None, "") for score in SCORES) for rij in gelezen.rijen)


def test_de_kolommen_van_het_ontwerp() -> None:
    """Every name of ontwerp §8 is known, and so is every field of a row."""
    assert set(KOP.split(";")) | {"achternaam", "roepnaam", "geboortedatum"} <= set(KOLOMMEN)
    assert {veld for veld in Resultaatrij.__dataclass_fields__ if veld not in ("leerling", "regel")} <= set(KOLOMMEN)
