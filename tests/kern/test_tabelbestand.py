"""Tables that schools hand in: what is read is what stands there, what is in doubt is refused with its line."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from zorg.kern.tabelbestand import Tabel, kolomnaam, lees_tabel, veilig_voor_excel
from zorg.kern.weigering import BestandGeweigerd, Weigering, lijkt_persoonsnummer, toonbare_code, toonbare_datum


def lees(inhoud: bytes | str, **opties: Any) -> Tabel:
    return lees_tabel(inhoud.encode() if isinstance(inhoud, str) else inhoud, bestandsnaam="t.csv", **opties)


def waarden(tabel: Tabel) -> list[dict[str, Any]]:
    return [dict(rij.waarden) for rij in tabel.rijen]


# -- CSV: form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252"])
def test_scheidingstekens_regeleinden_en_coderingen(scheiding: str, einde: str, codering: str) -> None:
    regels = [scheiding.join(rij) for rij in (["Sleutel", " ROEPNAAM "], ["1", "Zoë"], ["2", "Jorrit"])]
    tabel = lees(einde.join([*regels, ""]).encode(codering))
    assert tabel.kolommen == ("sleutel", "roepnaam")
    assert waarden(tabel) == [{"sleutel": "1", "roepnaam": "Zoë"}, {"sleutel": "2", "roepnaam": "Jorrit"}]
    assert [rij.regel for rij in tabel.rijen] == [2, 3]
    assert (tabel.geweigerd, tabel.genegeerd) == ((), ())


def test_zonder_regeleinde_aan_het_slot_en_met_een_kolom() -> None:
    assert waarden(lees("sleutel\n1\n2")) == [{"sleutel": "1"}, {"sleutel": "2"}]


def test_alleen_een_kop_is_een_lege_tabel() -> None:
    tabel = lees("sleutel;naam\n")
    assert (tabel.kolommen, tabel.rijen) == (("sleutel", "naam"), ())


def test_het_vaakste_teken_in_de_kop_scheidt_ook_als_het_andere_in_een_naam_staat() -> None:
    assert waarden(lees('sleutel;"naam, voornaam"\n1;Bos, Jan\n')) == [{"sleutel": "1", "naam,_voornaam": "Bos, Jan"}]
    assert waarden(lees('sleutel,naam\n1,"Bos; Jan"\n')) == [{"sleutel": "1", "naam": "Bos; Jan"}]


def test_de_regel_van_excel_over_het_scheidingsteken_telt_mee_als_regel() -> None:
    tabel = lees("sep=,\r\nsleutel,naam\r\n1,Jan\r\n")
    assert (waarden(tabel), tabel.rijen[0].regel, tabel.kopregel) == ([{"sleutel": "1", "naam": "Jan"}], 3, 2)


def test_lege_regels_tellen_mee_maar_zijn_geen_rij() -> None:
    tabel = lees("\nsleutel;naam\n\n1;a\n ; \n;\n2;b\n")
    assert [(rij.regel, rij.tekst("sleutel")) for rij in tabel.rijen] == [(4, "1"), (7, "2")]
    assert tabel.kopregel == 2


def test_een_cel_over_meer_regels_houdt_de_regel_van_het_bestand() -> None:
    tabel = lees('sleutel;naam\n1;"een\ntwee\n\ndrie"\n2;b\n')
    assert [(rij.regel, rij.tekst("naam")) for rij in tabel.rijen] == [(2, "een twee drie"), (6, "b")]


def test_een_kortere_regel_wordt_aangevuld_en_een_langere_geweigerd() -> None:
    tabel = lees("a;b;c\n1\n1;2;3;;\n1;2;3;4\n")
    assert waarden(tabel) == [{"a": "1", "b": "", "c": ""}, {"a": "1", "b": "2", "c": "3"}]
    assert [w.regel for w in tabel.geweigerd] == [4]
    assert "meer cellen dan de kop" in tabel.geweigerd[0].melding


@pytest.mark.parametrize(
    ("inhoud", "regel"),
    [
        ('a;b\n1;2\n3;"open\n4;5\n', 3),
        ('a;b\n1;2\n3;"dicht"x\n', 3),
        ('a;b\n1;"x\ny"z\n', 2),
        ('a;b\n1;"' + "x" * 200_000, 2),
    ],
)
def test_een_aanhalingsteken_dat_verkeerd_staat(inhoud: str, regel: int) -> None:
    with pytest.raises(BestandGeweigerd, match="aanhalingsteken verkeerd") as fout:
        lees(inhoud)
    assert fout.value.regel == regel


def test_aanhalingstekens_binnen_een_cel() -> None:
    assert waarden(lees('a;b\n"zeg ""ja""";5" scherm\n')) == [{"a": 'zeg "ja"', "b": '5" scherm'}]


# -- columns --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kop", ["ruwe_score", "Ruwe score", " RUWE  SCORE ", "ruwe-score", "\ufeffruwe_score", "_ruwe_score_"]
)
def test_koppen_in_elke_schrijfwijze(kop: str) -> None:
    assert kolomnaam(kop) == "ruwe_score"


def test_dubbele_kolom() -> None:
    with pytest.raises(BestandGeweigerd, match="de kolom «Naam» twee keer") as fout:
        lees("naam;sleutel;Naam\n")
    assert fout.value.regel == 1


def test_alleen_gevraagde_kolommen_en_de_andere_genoemd() -> None:
    tabel = lees("Sleutel;Opmerking;naam;;\n1;x;a;;\n2;x;b;;c\n", kolommen=["sleutel", "naam", "email"])
    assert tabel.kolommen == ("sleutel", "naam")
    assert waarden(tabel)[0] == {"sleutel": "1", "naam": "a"}
    assert tabel.genegeerd == ("Opmerking",)
    assert [w.regel for w in tabel.geweigerd] == [3]


def test_een_kolom_zonder_naam_met_iets_erin_wordt_genoemd() -> None:
    assert lees("sleutel;;naam\n1;x;a\n").genegeerd == ("kolom 2 (zonder naam)",)
    assert lees("sleutel;;naam\n1;;a\n").genegeerd == ()


def test_eis_noemt_wat_ontbreekt() -> None:
    tabel = lees("sleutel;naam\n")
    tabel.eis("sleutel", "naam")
    with pytest.raises(BestandGeweigerd, match="ontbreekt de kolom «email»"):
        tabel.eis("naam", "email")
    with pytest.raises(BestandGeweigerd, match="ontbreken de kolommen «email», «taal»"):
        tabel.eis("email", "taal")


def test_te_veel_kolommen_en_te_veel_rijen() -> None:
    with pytest.raises(BestandGeweigerd, match="meer dan 200 kolommen"):
        lees(";".join(f"k{n}" for n in range(201)))
    assert len(lees("a\n1\n2\n3\n", max_rijen=3).rijen) == 3
    with pytest.raises(BestandGeweigerd, match="meer dan 2 rijen") as fout:
        lees("a\n1\n2\n3\n", max_rijen=2)
    assert fout.value.regel == 4


# -- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cel", "tekst"),
    [
        ("  a  b ", "a b"),
        ("\u00a0Zoe\u0308\u200b ", "Zoë"),
        ("a\u00adb", "ab"),
        ("'=1+1", "=1+1"),
        ("'+297 588 1234", "+297 588 1234"),
        ("'t Hart", "'t Hart"),
        ("00012", "00012"),
        ("1.0", "1.0"),
    ],
)
def test_cellen_worden_netjes_en_blijven_wat_ze_zijn(cel: str, tekst: str) -> None:
    assert lees(f"a;b\n{cel};x\n").rijen[0].tekst("a") == tekst


@pytest.mark.parametrize("teken", ["\x01", "\x08", "\x0b", "\x1b", "\x7f", "\x9d", "\ufffd", "\ufffe"])
def test_een_stuurteken_kost_de_rij(teken: str) -> None:
    tabel = lees(f"a;b\n1;x{teken}y\n2;z\n")
    assert [rij.tekst("a") for rij in tabel.rijen] == ["2"]
    assert [(w.regel, w.veld, w.waarde) for w in tabel.geweigerd] == [(2, "b", "")]
    assert len(lees(f"a;b\n1;x{teken}y\n", kolommen=["a"]).rijen) == 1


def test_tekst_van_een_kolom_die_er_niet_is() -> None:
    assert lees("a\n1\n").rijen[0].tekst("zzz") == ""


# -- CSV: encodings -------------------------------------------------------------------------------------------------


def test_twee_coderingen_door_elkaar() -> None:
    with pytest.raises(BestandGeweigerd, match="door elkaar") as fout:
        lees("naam\nZoë\n".encode() + "Noé\n".encode("cp1252"))
    assert fout.value.regel == 3


def test_een_bom_met_windows_1252_erachter() -> None:
    with pytest.raises(BestandGeweigerd, match="niet overal UTF-8") as fout:
        lees(b"\xef\xbb\xbfnaam\nJan\n" + "Noé\n".encode("cp1252"))
    assert fout.value.regel == 3


def test_bytes_die_geen_windows_1252_zijn() -> None:
    with pytest.raises(BestandGeweigerd, match="onbekende tekencodering") as fout:
        lees(b"naam\nJan\nx\x81\xe9\n")
    assert fout.value.regel == 3


@pytest.mark.parametrize("naam", ["Müller", "Ismaël’s", "€ 5", "ÀÉÏ", "Ša", "„één”"])
def test_windows_1252_met_alles_wat_daarin_gewoon_is(naam: str) -> None:
    assert lees(f"naam\n{naam}\n".encode("cp1252")).rijen[0].tekst("naam") == naam


@pytest.mark.parametrize("codering", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16(codering: str) -> None:
    with pytest.raises(BestandGeweigerd, match=r"UTF-16|geen tabel"):
        lees("naam;sleutel\nJan;1\n".encode(codering))


# -- kinds of file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "is leeg"),
        (b"\xef\xbb\xbf\r\n \n", "is leeg"),
        (b";;\n;;\n", "is leeg"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is een pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is een plaatje"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is een foto"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "oud Excel-bestand, of er zit een wachtwoord op"),
        (b"\x00\x01\x02", "geen tabel"),
        (b"<?xml version='1.0'?><EDEX/>", "XML- of HTML-bestand"),
        (b"\n<table><tr></tr></table>", "XML- of HTML-bestand"),
        (b"PK\x03\x04rest", "afgebroken of beschadigd"),
        (b"sep=|\na|b\n", "niet gescheiden"),
    ],
)
def test_wat_geen_tabel_is(inhoud: bytes, zin: str) -> None:
    with pytest.raises(BestandGeweigerd, match=zin):
        lees(inhoud)


def test_te_groot() -> None:
    with pytest.raises(BestandGeweigerd, match="groter dan 1 MB"):
        lees_tabel(io.BytesIO(b"a\n" + b"1\n" * 600_000), bestandsnaam="g.csv", max_bytes=2**20)


# -- for spreadsheets -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tekst", ["=1+1", "+31 6", "-5", "@SOM(A1)", "\t=1", "\r=1", "\n=1"])
def test_veilig_voor_excel(tekst: str) -> None:
    assert veilig_voor_excel(tekst) == f"'{tekst}"


@pytest.mark.parametrize("tekst", ["", "Jan", "'t Hart", "5", " =1", "a=b", "'=1"])
def test_wat_geen_formule_is_blijft_staan(tekst: str) -> None:
    assert veilig_voor_excel(tekst) == tekst


# -- what may be shown ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nummer", ["133456785", "1334.56.785", "13 34 56 785", "13345678", "13.34.56-785.12", "bsn 133456785"]
)
def test_een_nummer_van_een_persoon_wordt_niet_getoond(nummer: str) -> None:
    assert lijkt_persoonsnummer(nummer)
    assert toonbare_code(nummer) == toonbare_datum(nummer) == ""


@pytest.mark.parametrize("code", ["LK1", "1234567", "4A", "KL-2026/27", "groep 4"])
def test_een_code_wel(code: str) -> None:
    assert toonbare_code(code) == code


@pytest.mark.parametrize(
    ("tekst", "datum"),
    [
        ("2017-02-31", "2017-02-31"),
        ("31-02-2017", "31-02-2017"),
        ("31/2/17", "31/2/17"),
        ("31 feb 2017", "31 feb 2017"),
        ("2017-02-31T00:00:00", "2017-02-31"),
        ("20170231", "20170231"),
        ("Jan Bos", ""),
        ("2017-02-31 Jan Bos", ""),
        ("morgen", ""),
    ],
)
def test_een_datum_alleen_als_hij_er_als_een_uitziet(tekst: str, datum: str) -> None:
    assert toonbare_datum(tekst) == datum


# -- properties -----------------------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z", "M"), exclude_characters="'\ufffd")
WOORD = st.text(LETTERS, min_size=1, max_size=12)
CEL = st.one_of(WOORD, st.builds(" ".join, st.lists(WOORD, min_size=1, max_size=3)), st.just(""))


def als_csv(kop: list[str], rijen: list[list[str]], scheiding: str, codering: str) -> bytes:
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=scheiding, quoting=csv.QUOTE_ALL)
    schrijver.writerow(kop)
    schrijver.writerows(rijen)
    return uit.getvalue().encode(codering)


@settings(max_examples=150)
@given(
    st.lists(st.lists(CEL, min_size=3, max_size=3), max_size=8),
    st.sampled_from(";,"),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
@example([["=1", "-", "+5"]], ";", "utf-8")
def test_wat_geschreven_is_wordt_gelezen(rijen: list[list[str]], scheiding: str, codering: str) -> None:
    veilig = [[veilig_voor_excel(cel) for cel in rij] for rij in rijen]
    tabel = lees(als_csv(["a", "b", "c"], veilig, scheiding, codering))
    verwacht = [[unicodedata.normalize("NFC", cel) for cel in rij] for rij in rijen if any(rij)]
    assert [[rij.tekst(kolom) for kolom in "abc"] for rij in tabel.rijen] == verwacht
    assert tabel.geweigerd == ()


@given(
    st.lists(
        st.text(st.characters(codec="cp1252", exclude_categories=("C", "Z")), min_size=1, max_size=9),
        min_size=1,
        max_size=6,
    )
)
def test_windows_1252_wordt_zichzelf_of_geweigerd(cellen: list[str]) -> None:
    assume(not any(cel.startswith(("'", "=", "<")) for cel in cellen))
    inhoud = als_csv(["a"], [[cel] for cel in cellen], ";", "cp1252")
    try:
        tabel = lees(inhoud)
    except BestandGeweigerd as fout:
        assert "door elkaar" in fout.melding
    else:
        try:
            als_utf8 = inhoud.decode()
        except UnicodeDecodeError:
            assert [rij.tekst("a") for rij in tabel.rijen] == cellen
        else:
            assert als_utf8 != "" and len(tabel.rijen) <= len(cellen)


@settings(max_examples=300)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"a;b\n", b"\xef\xbb\xbf", b'a;b\n"', b"%PDF", b"sep=;\n"]),
)
def test_willekeurige_bytes_geven_een_tabel_of_een_zin(rest: bytes, begin: bytes) -> None:
    try:
        tabel = lees(begin + rest)
    except BestandGeweigerd as fout:
        assert fout.melding.endswith(".")
    else:
        assert all(isinstance(w, Weigering) and w.melding for w in tabel.geweigerd)


@pytest.mark.traag
def test_tweehonderdduizend_regels_en_niet_een_meer() -> None:
    kop = "sleutel;instrument;versie;vak;moment;afnamedatum;vaardigheidsscore;niveau\n"
    inhoud = (
        kop + "".join(f"{n};Cito Rekenen;3.0;rekenen;M5;28-01-2027;{n % 300};III\n" for n in range(200_000))
    ).encode()
    tabel = lees(inhoud)
    assert len(tabel.rijen) == 200_000
    with pytest.raises(BestandGeweigerd, match=r"200\.000 rijen"):
        lees(inhoud + b"x;;;;;;;\n")
