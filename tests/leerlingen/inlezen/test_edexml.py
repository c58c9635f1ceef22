"""Reading EDEXML: the official examples, and everything that is not one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.inlezen.edexml import Edexbestand, lees_edexml
from leerlingen.inlezen.weigering import BestandGeweigerd

GEGEVENS = Path(__file__).resolve().parents[2] / "gegevens"
NEDERLANDS = (GEGEVENS / "EDEXML.Voorbeeld.2.1.xml").read_bytes()
VLAAMS = (GEGEVENS / "EDEXML.Voorbeeld.2.1-Vla.xml").read_bytes()


def lees(inhoud: bytes | str) -> Edexbestand:
    return lees_edexml(inhoud.encode() if isinstance(inhoud, str) else inhoud, bestandsnaam="school.xml")


def bestand(leerlingen: str = "", groepen: str = "", leerkrachten: str = "", schooljaar: str = "2026-2027") -> str:
    return (
        f"<EDEX><school><schooljaar>{schooljaar}</schooljaar></school><groepen>{groepen}</groepen>"
        f"<leerlingen>{leerlingen}</leerlingen><leerkrachten>{leerkrachten}</leerkrachten></EDEX>"
    )


def test_nederlands_voorbeeld_wordt_helemaal_gelezen() -> None:
    gelezen = lees(NEDERLANDS)
    assert (gelezen.school.schooljaar, gelezen.school.brincode) == ("2014-2015", "99ZZ")
    assert [(g.sleutel, g.naam, g.jaargroep, g.samengesteld) for g in gelezen.groepen] == [
        ("001", "Kabouters", "0", False),
        ("sg3", "Samgroep 3", "", True),
        ("002", "Muizen", "1", False),
        ("003", "Vlinders", "1", False),
        ("GRP4A", "4A", "4", False),
        ("GRP4B", "4B", "4", False),
        ("sg1", "Samgroep 1", "", True),
        ("sg2", "Samgroep 2", "", True),
    ]
    wimpie, ismael, gradje = gelezen.leerlingen
    assert (wimpie.roepnaam, wimpie.voorvoegsel, wimpie.achternaam) == ("Wimpie", "imp", "ie")
    assert (wimpie.groep, wimpie.samengestelde_groepen) == ("GRP4B", ("sg1", "sg2"))
    assert (wimpie.geboortedatum, wimpie.geslacht) == (date(2006, 6, 21), "man")
    assert wimpie.start_groep3 == date(2013, 8, 16)
    assert (ismael.roepnaam, ismael.voornamen, ismael.geboortedatum) == ("Ismaël", "Ismaël Hassan", None)
    assert (gradje.voorvoegsel, gradje.jaargroep) == ("van 't", "H")
    assert gradje.uitstroomdatum == date(2014, 7, 18)
    assert [(m.sleutel, m.rollen, [(t.groep, t.rol) for t in m.groepen]) for m in gelezen.medewerkers] == [
        ("LK1", (), [("GRP4A", "leerkracht")]),
        ("LK2", (), [(groep, "leerkracht") for groep in ("002", "sg1", "001", "sg2", "sg3")]),
        ("LK3", (), [("GRP4A", "assistent")]),
    ]
    assert gelezen.geweigerd == []


def test_vlaams_voorbeeld() -> None:
    gelezen = lees(VLAAMS)
    assert gelezen.school.instellingsnummer == "1234"
    assert {g.sleutel: g.jaargroep for g in gelezen.groepen}["KL4A"] == "6"
    assert [p.groep for p in gelezen.leerlingen] == ["KL4B", "", ""]
    assert gelezen.medewerkers[0].achternaam == "Gent"


@pytest.mark.parametrize("geheim", ["133456785", "2731", "13345678512", "6971VB", "MA", "0,3", "Opmerking X"])
def test_wat_een_school_niet_mag_bewaren_blijft_buiten(geheim: str) -> None:
    for bron in (NEDERLANDS, VLAAMS):
        gelezen = lees(bron)
        waarden = [
            str(waarde)
            for rij in (*gelezen.leerlingen, *gelezen.medewerkers, *gelezen.groepen)
            for waarde in vars(rij).values()
        ]
        assert geheim not in waarden


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "is leeg"),
        (b"   \n", "is leeg"),
        (b"\x00\x01\x02", "geen XML"),
        (b"PK\x03\x04", "geen XML"),
        ("naam;voornaam\n1;2", "geen XML"),
        ("<EDEX><school>", "afgebroken of beschadigd"),
        (NEDERLANDS[: len(NEDERLANDS) // 2], "afgebroken of beschadigd"),
        ("<leerlinggegevens/>", "begint met <leerlinggegevens>"),
        ('<EDEX xmlns="http://voorbeeld/"/>', "begint met <EDEX>"),
        ("<EDEX><leerlingen/></EDEX>", "ontbreekt het onderdeel <school>"),
        ("<EDEX><school><schooljaar>2026-2027</schooljaar></school></EDEX>", "ontbreekt het onderdeel <leerlingen>"),
        (bestand(schooljaar="2026-2028"), "geen schooljaar"),
        (bestand(schooljaar="vorig jaar"), "geen schooljaar"),
        ('<!DOCTYPE EDEX [<!ENTITY a "aaaa">]><EDEX>&a;</EDEX>', "DOCTYPE"),
        ('<!DOCTYPE EDEX SYSTEM "file:///etc/passwd"><EDEX/>', "DOCTYPE"),
        (" " * 5000 + '<!DOCTYPE x [<!ENTITY lol "lol">]><EDEX/>', "DOCTYPE"),
        ("<EDEX>" + "<a>" * 40 + "</a>" * 40 + "</EDEX>", "te diep"),
    ],
)
def test_een_bestand_dat_geen_edexml_is_krijgt_een_zin(inhoud: bytes | str, zin: str) -> None:
    with pytest.raises(BestandGeweigerd, match=zin):
        lees(inhoud)


def test_te_groot_bestand() -> None:
    with pytest.raises(BestandGeweigerd, match="groter dan"):
        lees_edexml(b"<EDEX>" + b" " * 3_000_000, bestandsnaam="groot.xml", max_bytes=2_000_000)


def test_ook_na_de_lijst_van_de_officiele_schema_s() -> None:
    assert lees(bestand(schooljaar="2031-2032")).school.schooljaar == "2031-2032"


@pytest.mark.parametrize(
    ("rij", "veld", "waarde", "zin"),
    [
        ("<leerling><roepnaam>A</roepnaam></leerling>", "key", "", "sleutel ontbreekt"),
        ('<leerling key="#1"><roepnaam>A</roepnaam></leerling>', "key", "#1", "plaatshouder"),
        ('<leerling key="1"/>', "achternaam", "", "geen naam"),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><geboortedatum>2017-02-31</geboortedatum></leerling>',
            "geboortedatum",
            "2017-02-31",
            "bestaat niet",
        ),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><jaargroep>9</jaargroep></leerling>',
            "jaargroep",
            "9",
            "kent EDEXML niet",
        ),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><groep key="12"/></leerling>',
            "groep",
            "12",
            "staat niet in het bestand",
        ),
    ],
)
def test_een_slechte_rij_blijft_buiten_met_regel_veld_en_waarde(rij: str, veld: str, waarde: str, zin: str) -> None:
    gelezen = lees(bestand(leerlingen=f'\n{rij}\n<leerling key="goed"><roepnaam>B</roepnaam></leerling>'))
    assert [p.sleutel for p in gelezen.leerlingen] == ["goed"]
    (weigering,) = gelezen.geweigerd
    assert (weigering.veld, weigering.waarde, weigering.regel) == (veld, waarde, 2)
    assert zin in weigering.melding


def test_dubbele_sleutel_de_tweede_valt_af_en_spaties_tellen_niet() -> None:
    dubbel = (
        '<leerling key=" a "><roepnaam>Een</roepnaam></leerling><leerling key="a"><roepnaam>Twee</roepnaam></leerling>'
    )
    gelezen = lees(bestand(leerlingen=dubbel))
    assert [p.roepnaam for p in gelezen.leerlingen] == ["Een"]
    assert "twee keer" in gelezen.geweigerd[0].melding


def test_eigen_jaargroep_van_de_leerling_en_onbekende_rol() -> None:
    gelezen = lees(
        bestand(
            groepen='<groep key="c"><naam>4/5</naam><jaargroep>C</jaargroep></groep>',
            leerlingen='<leerling key="1"><roepnaam>A</roepnaam><jaargroep>5</jaargroep><groep key="c"/></leerling>',
            leerkrachten='<leerkracht key="m"><achternaam>B</achternaam><rol>ZZZ</rol><rol>IB</rol></leerkracht>',
        )
    )
    assert gelezen.leerlingen[0].jaargroep == "5"
    assert gelezen.medewerkers[0].rollen == ("ib",)


@given(st.binary(max_size=400))
def test_willekeurige_bytes_geven_alleen_een_zin(inhoud: bytes) -> None:
    with pytest.raises(BestandGeweigerd):
        lees(inhoud)


@given(st.integers(min_value=0, max_value=len(NEDERLANDS) - 20), st.binary(min_size=1, max_size=8))
def test_een_beschadigd_voorbeeld_wordt_gelezen_of_geweigerd(plaats: int, vuil: bytes) -> None:
    try:
        gelezen = lees(NEDERLANDS[:plaats] + vuil + NEDERLANDS[plaats + len(vuil) :])
    except BestandGeweigerd as fout:
        assert fout.melding
    else:
        assert len(gelezen.leerlingen) <= 3
