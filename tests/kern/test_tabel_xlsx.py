"""Workbooks as schools hand them in: dates, keys, formulas, and packages that mean harm."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as kloktijd
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.kern.test_tabelbestand import CEL
from zorg.kern.tabelbestand import Tabel, lees_tabel, veilig_voor_excel
from zorg.kern.weigering import BestandGeweigerd

HOOFD = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def boek(*rijen: list[Any], bewerk: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of one sheet. `bewerk` gets the sheet."""
    werkmap = Workbook()
    blad: Any = werkmap.active
    for rij in rijen:
        blad.append(rij)
    if bewerk:
        bewerk(blad)
    uit = io.BytesIO()
    werkmap.save(uit)
    return uit.getvalue()


def met_deel(inhoud: bytes, naam: str, deel: bytes) -> bytes:
    """The package with one part replaced or added."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for bestaand in oud.namelist():
            if bestaand != naam:
                nieuw.writestr(bestaand, oud.read(bestaand))
        nieuw.writestr(naam, deel)
    return uit.getvalue()


def met_blad(rijen: str) -> bytes:
    """A workbook whose sheet has this XML as its rows."""
    return met_deel(
        boek(["a"]),
        "xl/worksheets/sheet1.xml",
        f"<worksheet {HOOFD}><sheetData>{rijen}</sheetData></worksheet>".encode(),
    )


def lees(inhoud: bytes, **opties: Any) -> Tabel:
    return lees_tabel(inhoud, bestandsnaam="t.xlsx", **opties)


def test_een_werkmap_wordt_gelezen_met_rijnummers_van_excel() -> None:
    tabel = lees(
        boek([], ["Sleutel", "Naam", None], [1, "Zoë"], [], ["2", None, "kladje"]), kolommen=["sleutel", "naam"]
    )
    assert [(rij.regel, dict(rij.waarden)) for rij in tabel.rijen] == [
        (3, {"sleutel": "1", "naam": "Zoë"}),
        (5, {"sleutel": "2", "naam": ""}),
    ]
    assert (tabel.kolommen, tabel.kopregel, tabel.geweigerd) == (("sleutel", "naam"), 2, ())


@pytest.mark.parametrize(
    ("waarde", "opmaak", "verwacht"),
    [
        (12, None, "12"),
        (12.0, None, "12"),
        (-3, None, "-3"),
        (83.5, None, "83.5"),
        (0.1 + 0.2, None, "0.3"),
        (83.33333333333333, None, "83.3333333333333"),
        (7, "00000", "00007"),
        (123456, "000", "123456"),
        (7, "0", "7"),
        (7, "0.00", "7"),
        (0.83, "0%", "83%"),
        (1, "0%", "100%"),
        (0, "0%", "0%"),
        (0.835, "0.0%", "83.5%"),
        (83, '0"%"', "83"),
        (999_999_999_999_999, None, "999999999999999"),
        (True, None, "ja"),
        (False, None, "nee"),
        (date(2027, 1, 28), None, date(2027, 1, 28)),
        (datetime(2027, 1, 28, 13, 5), None, date(2027, 1, 28)),
        (kloktijd(13, 5), None, "13:05:00"),
        ("00012", None, "00012"),
        ("  a \n b ", None, "a b"),
        ("'t Hart", None, "'t Hart"),
        ("Jan_x000D_\nBos", None, "Jan Bos"),
        ("max_x", None, "max_x"),
    ],
)
def test_waarden_zoals_de_school_ze_ziet(waarde: Any, opmaak: str | None, verwacht: Any) -> None:
    def bewerk(blad: Any) -> None:
        blad["A2"].number_format = opmaak or blad["A2"].number_format

    assert lees(boek(["a"], [waarde], bewerk=bewerk)).rijen[0].waarden["a"] == verwacht


def test_datums_in_een_werkmap_met_jaartelling_1904() -> None:
    inhoud = boek(["a"], [date(2027, 1, 28)])
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        werkmap = re.sub(rb"<workbookPr\b", b'<workbookPr date1904="1"', pakket.read("xl/workbook.xml"))
    assert lees(met_deel(inhoud, "xl/workbook.xml", werkmap)).rijen[0].waarden["a"] == date(2031, 1, 29)


@pytest.mark.parametrize(
    ("waarde", "zin"),
    [
        ("=1+1", "In cel B2 staat een formule"),
        ("#N/A", "In cel B2 staat een foutwaarde"),
        (1_234_567_890_123_456, "In cel B2 heeft meer dan 15 cijfers"),
        (1.5e20, "heeft meer dan 15 cijfers"),
        ("x\u0007y", ""),
    ],
)
def test_een_cel_die_niet_te_vertrouwen_is_kost_de_rij(waarde: Any, zin: str) -> None:
    if waarde == "x\u0007y":  # openpyxl refuses to write it; Excel writes it like this
        waarde, zin = "x_x0007_y", "onleesbaar of onzichtbaar teken"
    tabel = lees(boek(["sleutel", "score"], ["1", waarde], ["2", 5]))
    assert [rij.tekst("sleutel") for rij in tabel.rijen] == ["2"]
    (weigering,) = tabel.geweigerd
    assert (weigering.regel, weigering.veld, weigering.waarde) == (2, "score", "")
    assert zin.lower() in weigering.melding.lower()


def test_een_formule_in_een_kolom_die_niet_gevraagd_is_doet_niets() -> None:
    tabel = lees(boek(["sleutel", "gemiddelde"], ["1", "=A2*2"]), kolommen=["sleutel"])
    assert (len(tabel.rijen), tabel.geweigerd, tabel.genegeerd) == (1, (), ("gemiddelde",))


def test_een_formule_in_de_kop() -> None:
    with pytest.raises(BestandGeweigerd, match=r"De kop van t.xlsx is niet te lezen. In cel B1 staat een formule"):
        lees(boek(["sleutel", "=1"], ["1", 2]))


def test_tekst_die_met_een_isteken_begint_is_geen_formule() -> None:
    def bewerk(blad: Any) -> None:
        blad["A2"].data_type = "s"

    tabel = lees(boek(["a"], ["=Jan"], bewerk=bewerk))
    assert (tabel.rijen[0].tekst("a"), tabel.geweigerd) == ("=Jan", ())


def test_het_eerste_zichtbare_blad() -> None:
    werkmap = Workbook()
    verborgen: Any = werkmap.active
    verborgen.append(["verborgen"])
    verborgen.sheet_state = "hidden"
    werkmap.create_sheet("Tweede").append(["zichtbaar"])
    werkmap.create_sheet("Derde").append(["later"])
    uit = io.BytesIO()
    werkmap.active = 1
    werkmap.save(uit)
    assert lees(uit.getvalue()).kolommen == ("zichtbaar",)


def test_een_onware_maat_van_het_blad_telt_niet() -> None:
    rijen = rij(1, A="a", B="b") + rij(2, A="1", B="2")
    blad = f'<worksheet {HOOFD}><dimension ref="A1"/><sheetData>{rijen}</sheetData></worksheet>'
    assert lees(met_deel(boek(["a"]), "xl/worksheets/sheet1.xml", blad.encode())).rijen[0].tekst("b") == "2"
    blad = blad.replace('ref="A1"', 'ref="A1:XFD1048576"')
    assert len(lees(met_deel(boek(["a"]), "xl/worksheets/sheet1.xml", blad.encode())).rijen) == 1


def rij(nummer: int, **cellen: str) -> str:
    tekst = "".join(f'<c r="{kolom}{nummer}" t="inlineStr"><is><t>{cel}</t></is></c>' for kolom, cel in cellen.items())
    return f'<row r="{nummer}">{tekst}</row>'


# -- packages that mean harm, or are something else -------------------------------------------------------------------


def pakket(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, deel in delen.items():
            zip_.writestr(naam.replace("__", "/"), deel)
    return uit.getvalue()


def test_een_zipbom() -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zip_:
        zip_.writestr("[Content_Types].xml", "<Types/>")
        with zip_.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as deel:
            for _ in range(300):
                deel.write(bytes(2**20))
    with pytest.raises(BestandGeweigerd, match="uitgepakt te groot"):
        lees(uit.getvalue())


def test_een_pakket_van_duizenden_delen() -> None:
    with pytest.raises(BestandGeweigerd, match="uitgepakt te groot"):
        lees(pakket(**{f"deel{n}": b"" for n in range(1001)}))


@pytest.mark.parametrize(
    "inhoud",
    [
        pakket(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        pakket(word__document=b"<w/>", **{"[Content_Types].xml": b"<Types/>"}),
        pakket(tekst=b"hallo"),
    ],
)
def test_een_ander_pakket(inhoud: bytes) -> None:
    with pytest.raises(BestandGeweigerd, match=r"geen Excel-bestand. Sla de tabel op als"):
        lees(inhoud)


@pytest.mark.parametrize(
    "blad",
    [
        b'<!DOCTYPE x [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
        b"<worksheet>",
        b"geen xml",
        b"",
        *(
            f"<worksheet {HOOFD}><sheetData>{rijen}</sheetData></worksheet>".encode()
            for rijen in (
                '<row r="x"/>',
                '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
                '<row r="1"><c r="A1" s="99"><v>7</v></c></row>',
            )
        ),
    ],
)
def test_een_beschadigd_blad(blad: bytes) -> None:
    with pytest.raises(BestandGeweigerd, match=r"beschadigd|leeg") as fout:
        lees(met_deel(boek(["a"]), "xl/worksheets/sheet1.xml", blad))
    assert "root:" not in fout.value.melding


def test_een_rijnummer_dat_excel_niet_kent() -> None:
    with pytest.raises(BestandGeweigerd, match="meer rijen dan Excel kent"):
        lees(met_blad(rij(1, A="a") + rij(2_000_000_000, A="x")))


def test_aantekeningen_ver_naar_rechts_storen_niet() -> None:
    tabel = lees(met_blad(rij(1, A="a", B="b") + rij(2, A="1", B="2", XFD="klad")))
    assert (dict(tabel.rijen[0].waarden), tabel.geweigerd) == ({"a": "1", "b": "2"}, ())


def test_een_afgebroken_werkmap() -> None:
    heel = boek(["a"], ["1"])
    for einde in (4, len(heel) // 2, len(heel) - 3):
        with pytest.raises(BestandGeweigerd):
            lees(heel[:einde])


def test_te_veel_rijen_in_een_werkmap() -> None:
    with pytest.raises(BestandGeweigerd, match="meer dan 2 rijen") as fout:
        lees(boek(["a"], ["1"], ["2"], ["3"]), max_rijen=2)
    assert fout.value.regel == 4


# -- properties -----------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(CEL, st.integers(-(10**14), 10**14)), min_size=2, max_size=2), max_size=5))
def test_wat_geschreven_is_wordt_gelezen(rijen: list[list[str | int]]) -> None:
    veilig = [[veilig_voor_excel(cel) if isinstance(cel, str) else cel for cel in r] for r in rijen]
    tabel = lees(boek(["a", "b"], *veilig))
    verwacht = [[unicodedata.normalize("NFC", str(cel)) for cel in r] for r in rijen if any(cel != "" for cel in r)]
    assert [[r.tekst("a"), r.tekst("b")] for r in tabel.rijen] == verwacht


HEEL = boek(["sleutel", "naam"], [1, "Zoë"], ["2", date(2027, 1, 28)])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(HEEL) - 1), st.binary(min_size=1, max_size=6))
def test_een_beschadigde_werkmap_geeft_een_tabel_of_een_zin(plaats: int, vuil: bytes) -> None:
    try:
        lees(HEEL[:plaats] + vuil + HEEL[plaats + len(vuil) :])
    except BestandGeweigerd as fout:
        assert fout.melding.endswith(".")


@pytest.mark.traag
def test_twintigduizend_rijen() -> None:
    werkmap = Workbook(write_only=True)
    blad = werkmap.create_sheet()
    blad.append(["sleutel", "instrument", "vak", "moment", "afnamedatum", "niveau"])
    for nummer in range(20_000):
        blad.append([nummer, "Cito Rekenen", "rekenen", "M5", date(2027, 1, 28), "III"])
    uit = io.BytesIO()
    werkmap.save(uit)
    assert len(lees(uit.getvalue()).rijen) == 20_000
