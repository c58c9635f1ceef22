"""Reading EDEXML: the official examples by their whole content, and every rule of the manual."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leerlingen.inlezen.edexml import (
    Edexbestand,
    Groeprij,
    Groepstaak,
    Leerlingrij,
    Medewerkerrij,
    Schoolkop,
    lees_edexml,
)

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


def leerlingrij(**velden: Any) -> Leerlingrij:
    leeg: dict[str, Any] = {
        "eckid": "",
        "roepnaam": "",
        "voorvoegsel": "",
        "achternaam": "",
        "voornamen": "",
        "voorletters": "",
        "geboortedatum": None,
        "geslacht": "onbekend",
        "jaargroep": "",
        "groep": "",
        "samengestelde_groepen": (),
        "instroomdatum": None,
        "uitstroomdatum": None,
        "start_groep3": None,
    }
    return Leerlingrij(**(leeg | velden))


def medewerkerrij(**velden: Any) -> Medewerkerrij:
    leeg: dict[str, Any] = {
        "eckid": "",
        "roepnaam": "",
        "voorvoegsel": "",
        "achternaam": "",
        "voorletters": "",
        "email": "",
        "rollen": (),
        "groepen": (),
    }
    return Medewerkerrij(**(leeg | velden))


# -- the official examples ------------------------------------------------------------------------------------------


def test_het_nederlandse_voorbeeld_helemaal() -> None:
    gelezen = lees(NEDERLANDS)
    assert gelezen.school == Schoolkop(
        schooljaar="2014-2015",
        brincode="99ZZ",
        dependancecode="00",
        schoolkey="41323",
        instellingsnummer="",
        peildatum=date(2014, 10, 1),
        aanmaakdatum="2014-11-25T14:33:33",
        xsdversie="2.1",
    )
    assert gelezen.groepen == (
        Groeprij("001", "Kabouters", "0", False, 34),
        Groeprij("sg3", "Samgroep 3", "", True, 38),
        Groeprij("002", "Muizen", "1", False, 41),
        Groeprij("003", "Vlinders", "1", False, 45),
        Groeprij("GRP4A", "4A", "4", False, 55),
        Groeprij("GRP4B", "4B", "4", False, 65),
        Groeprij("sg1", "Samgroep 1", "", True, 69),
        Groeprij("sg2", "Samgroep 2", "", True, 72),
    )
    assert gelezen.leerlingen == (
        leerlingrij(
            sleutel="00001",
            eckid="https://id.school/LL_123467890abcdefghijklmnopqrstuvwxzABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^_-",
            achternaam="ie",
            voorvoegsel="imp",
            voorletters="W",
            roepnaam="Wimpie",
            geboortedatum=date(2006, 6, 21),
            geslacht="man",
            start_groep3=date(2013, 8, 16),
            jaargroep="4",
            groep="GRP4B",
            samengestelde_groepen=("sg1", "sg2"),
            regel=77,
        ),
        leerlingrij(
            sleutel="00002",
            achternaam="Assati",
            voornamen="Ismaël Hassan",
            voorletters="IH",
            roepnaam="Ismaël",
            jaargroep="4",
            instroomdatum=date(2013, 8, 25),
            regel=94,
        ),
        leerlingrij(
            sleutel="12345",
            achternaam="Hof",
            voorvoegsel="van 't",
            voorletters="G",
            roepnaam="Gradje",
            geboortedatum=date(2006, 6, 21),
            geslacht="man",
            jaargroep="H",
            instroomdatum=date(2010, 8, 19),
            uitstroomdatum=date(2014, 7, 18),
            regel=108,
        ),
    )
    assert gelezen.medewerkers == (
        medewerkerrij(
            sleutel="LK1",
            eckid="https://id.school/LK_abcdefghijklmnopqrstuvwxzABCDEFGHIJKLMNOPQRSTUVWXYZ123467890!@#$%^_-",
            achternaam="Bemmel",
            voorvoegsel="van",
            voorletters="J",
            roepnaam="Julia",
            groepen=(Groepstaak("GRP4A", "leerkracht"),),
            regel=136,
        ),
        medewerkerrij(
            sleutel="LK2",
            eckid="https://id.school/abcde",
            achternaam="Veldman",
            voorletters="UGH",
            roepnaam="Uilke",
            groepen=tuple(Groepstaak(groep, "leerkracht") for groep in ("002", "sg1", "001", "sg2", "sg3")),
            regel=146,
        ),
        medewerkerrij(
            sleutel="LK3",
            achternaam="Bruin",
            voorvoegsel="de",
            voorletters="L",
            roepnaam="Lia",
            groepen=(Groepstaak("GRP4A", "assistent"),),
            regel=159,
        ),
    )
    assert gelezen.geweigerd == ()
    assert [(o.regel, o.veld, o.waarde) for o in gelezen.opmerkingen] == [(146, "rolomschrijving", "")]


def test_het_vlaamse_voorbeeld_helemaal() -> None:
    gelezen = lees(VLAAMS)
    assert gelezen.school == Schoolkop(
        schooljaar="2014-2015",
        instellingsnummer="1234",
        schoolkey="41323",
        aanmaakdatum="2014-09-22T08:33:33",
        xsdversie="2.1",
    )
    assert gelezen.groepen == (
        Groeprij("sg1", "sg 1", "", True, 13),
        Groeprij("sg2", "sg 2", "", True, 16),
        Groeprij("001", "Kabouters", "0", False, 19),
        Groeprij("002", "Muizen", "1", False, 23),
        Groeprij("003", "Vlinders", "1", False, 27),
        Groeprij("KL4A", "Klas 4A", "6", False, 37),
        Groeprij("KL4B", "Klas 4B", "6", False, 47),
    )
    assert gelezen.leerlingen == (
        leerlingrij(
            sleutel="00001",
            roepnaam="Wimpie",
            geboortedatum=date(2006, 6, 21),
            geslacht="man",
            jaargroep="6",
            groep="KL4B",
            samengestelde_groepen=("sg1", "sg2"),
            regel=53,
        ),
        leerlingrij(
            sleutel="00002",
            achternaam="Assati",
            voornamen="Ismaël Hassan",
            voorletters="IMA",
            roepnaam="Ismaël",
            jaargroep="6",
            instroomdatum=date(2011, 8, 25),
            regel=65,
        ),
        leerlingrij(
            sleutel="12345",
            achternaam="Einde",
            voorvoegsel="van 't",
            voorletters="G",
            roepnaam="Gradje",
            geboortedatum=date(2004, 2, 20),
            geslacht="man",
            jaargroep="H",
            instroomdatum=date(2007, 8, 19),
            uitstroomdatum=date(2012, 5, 30),
            regel=77,
        ),
    )
    assert [(m.sleutel, m.voorvoegsel, m.achternaam, m.roepnaam, m.regel) for m in gelezen.medewerkers] == [
        ("LK1", "van", "Gent", "", 100),
        ("LK2", "ter", "Veldman", "Uilke", 108),
        ("LK3", "", "", "Lia", 119),
    ]
    assert [taak.groep for taak in gelezen.medewerkers[1].groepen] == ["002", "sg1", "001", "sg2"]
    assert (gelezen.geweigerd, gelezen.opmerkingen) == ((), ())


def test_een_bestand_van_versie_1_03() -> None:
    """The oldest form: no own year group, many fields that we never keep."""
    gelezen = lees(
        """<?xml version="1.0" encoding="UTF-8"?>
        <EDEX xsi:noNamespaceSchemaLocation="EDEXML.structuur.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <school><schooljaar>2012-2013</schooljaar><brincode>99XX</brincode><xsdversie>1.03</xsdversie></school>
          <groepen><groep key="57"><naam>5A</naam><jaargroep>5</jaargroep></groep></groepen>
          <leerlingen>
            <leerling key="990"><achternaam>Aar</achternaam><voorvoegsel>v. d.</voorvoegsel><roepnaam>Sam</roepnaam>
              <geboortedatum>2004-06-05</geboortedatum><geslacht>2</geslacht><groep key="57"/><etniciteit>0</etniciteit>
              <sofinummer>133456785</sofinummer><gewicht>0.25</gewicht></leerling>
          </leerlingen></EDEX>"""
    )
    assert gelezen.leerlingen == (
        leerlingrij(
            sleutel="990",
            achternaam="Aar",
            voorvoegsel="v. d.",
            roepnaam="Sam",
            geboortedatum=date(2004, 6, 5),
            geslacht="vrouw",
            groep="57",
            regel=6,
        ),
    )


# -- privacy --------------------------------------------------------------------------------------------------------

GEHEIM = """<leerling key="1"><achternaam>Bos</achternaam><fotourl>http://foto/1.jpg</fotourl>
<etniciteit>ETN</etniciteit><land>MA</land><land_vader>TR</land_vader><land_moeder>SR</land_moeder><{nummer}>133456785</{nummer}>
<gewicht_nieuw>1,2</gewicht_nieuw><gewicht>0.90</gewicht><postcodenl>6971VB</postcodenl>
<gebruikersnaam>bos01</gebruikersnaam><toevoegingen><blok><code>EXTRA</code><roepnaam>ANDERS</roepnaam></blok></toevoegingen></leerling>"""


@pytest.mark.parametrize("nummer", ["bsn", "sofinummer", "onderwijsnummer", "bsn_ondwnr-4", "rijksregisternummer"])
def test_wat_een_school_niet_mag_bewaren_blijft_buiten(nummer: str) -> None:
    gelezen = lees(bestand(GEHEIM.format(nummer=nummer)))
    assert [p.achternaam for p in gelezen.leerlingen] == ["Bos"]
    alles = repr(asdict(gelezen))
    for geheim in (
        "133456785",
        "http",
        "ETN",
        "'MA'",
        "'TR'",
        "'SR'",
        "1,2",
        "0.90",
        "6971VB",
        "bos01",
        "EXTRA",
        "ANDERS",
    ):
        assert geheim not in alles


@pytest.mark.parametrize("geheim", ["133456785", "2731", "13345678512", "6971", "'MA'", "0,3", "Opmerking", "bla bla"])
def test_ook_uit_de_voorbeelden_blijft_niets_over(geheim: str) -> None:
    assert geheim not in repr(asdict(lees(NEDERLANDS))) + repr(asdict(lees(VLAAMS)))


@pytest.mark.parametrize(
    "rij",
    [
        '<leerling key="1"><roepnaam>Wimpie</roepnaam><geboortedatum>133456785</geboortedatum></leerling>',
        '<leerling key="1"><roepnaam>Wimpie</roepnaam><geboortedatum>Wimpie Bos</geboortedatum></leerling>',
        '<leerling key="1"><roepnaam>Wimpie</roepnaam><jaargroep>133456785</jaargroep></leerling>',
        '<leerling key="1"><roepnaam>Wimpie</roepnaam><jaargroep>Wimpie</jaargroep></leerling>',
        '<leerling key="#Wimpie Bos"><roepnaam>Wimpie</roepnaam></leerling>',
        '<leerling key="#133456785"><roepnaam>Wimpie</roepnaam></leerling>',
        2 * '<leerling key="133456785"><roepnaam>W</roepnaam></leerling>',
        2 * '<leerling key="1334.56.785"><roepnaam>W</roepnaam></leerling>',
        '<leerling key="1"><roepnaam>Wimpie</roepnaam><groep key="133456785"/></leerling>',
        '<leerling key="1"><roepnaam>' + "Wimpie" * 40 + "</roepnaam></leerling>",
    ],
)
def test_een_weigering_noemt_geen_naam_en_geen_nummer(rij: str) -> None:
    (weigering,) = lees(bestand(rij)).geweigerd
    for geheim in ("Wimpie", "Bos", "133456785", "1334.56.785"):
        assert geheim not in repr(weigering)


def test_er_wordt_niets_gelogd(caplog: pytest.LogCaptureFixture) -> None:
    """A school's programme once wrote whole names to its log at upload (domein 2.7)."""
    with caplog.at_level(logging.DEBUG):
        lees(NEDERLANDS)
    assert caplog.records == []


# -- rows that are refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rij", "veld", "waarde", "zin"),
    [
        ("<leerling><roepnaam>A</roepnaam></leerling>", "key", "", "sleutel ontbreekt"),
        ('<leerling key="  "><roepnaam>A</roepnaam></leerling>', "key", "", "sleutel ontbreekt"),
        ('<leerling key="#1"><roepnaam>A</roepnaam></leerling>', "key", "#1", "plaatshouder"),
        ('<leerling key=" #1"><roepnaam>A</roepnaam></leerling>', "key", "#1", "plaatshouder"),
        (f'<leerling key="{"k" * 101}"><roepnaam>A</roepnaam></leerling>', "key", "", "langer dan 100"),
        ('<leerling key="1"/>', "achternaam", "", "geen naam"),
        ('<leerling key="1"><roepnaam>&#160; </roepnaam></leerling>', "achternaam", "", "geen naam"),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><geboortedatum>2017-02-31</geboortedatum></leerling>',
            "geboortedatum",
            "2017-02-31",
            "«2017-02-31» bestaat niet",
        ),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><geboortedatum>28-03-2017</geboortedatum></leerling>',
            "geboortedatum",
            "28-03-2017",
            "EDEXML schrijft 2017-03-28",
        ),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><instroomdatum>0017-03-28</instroomdatum></leerling>',
            "instroomdatum",
            "0017-03-28",
            "bestaat niet",
        ),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><uitstroomdatum>2017-W25-3</uitstroomdatum></leerling>',
            "uitstroomdatum",
            "",
            "bestaat niet",
        ),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><jaargroep>9</jaargroep></leerling>',
            "jaargroep",
            "9",
            "kent EDEXML niet",
        ),
        ('<leerling key="1"><roepnaam>A</roepnaam><groep key="12"/></leerling>', "groep", "12", "«12» staat niet in"),
        (
            '<leerling key="1"><roepnaam>A</roepnaam><samengestelde_groepen><samengestelde_groep key="s"/>'
            "</samengestelde_groepen></leerling>",
            "groep",
            "s",
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


def test_een_leerling_zit_niet_met_zijn_stamgroep_in_een_samengestelde_groep() -> None:
    """The two kinds of group are not taken for one another."""
    gelezen = lees(
        bestand(
            groepen='<samengestelde_groep key="s"><naam>Plus</naam></samengestelde_groep>',
            leerlingen='<leerling key="1"><roepnaam>A</roepnaam><groep key="s"/></leerling>',
        )
    )
    assert gelezen.leerlingen == ()
    assert gelezen.geweigerd[0].veld == "groep"


@pytest.mark.parametrize(
    ("rij", "veld"),
    [
        ("<groep key='1'><jaargroep>4</jaargroep></groep>", "naam"),
        ("<groep key='1'><naam>4a</naam><jaargroep>04</jaargroep></groep>", "jaargroep"),
        ("<groep key='#1'><naam>4a</naam></groep>", "key"),
        ("<groep><naam>4a</naam></groep>", "key"),
    ],
)
def test_een_slechte_groep(rij: str, veld: str) -> None:
    gelezen = lees(bestand(groepen=rij))
    assert (gelezen.groepen, [w.veld for w in gelezen.geweigerd]) == ((), [veld])


def test_dubbele_sleutels_de_tweede_valt_af_en_spaties_tellen_niet() -> None:
    een, twee = '<leerling key=" a "><roepnaam>Een</roepnaam>', '<leerling key="a"><roepnaam>Twee</roepnaam>'
    gelezen = lees(bestand(leerlingen=f"{een}</leerling>\n{twee}</leerling>"))
    assert [(p.sleutel, p.roepnaam) for p in gelezen.leerlingen] == [("a", "Een")]
    assert [(w.regel, w.waarde) for w in gelezen.geweigerd] == [(2, "a")]


def test_groepen_en_samengestelde_groepen_delen_hun_sleutels() -> None:
    """The schema says so; two rows with one key would become one group of ours."""
    gelezen = lees(
        bestand(
            groepen='<groep key="g"><naam>4a</naam></groep>'
            '<samengestelde_groep key="g"><naam>Plus</naam></samengestelde_groep>'
        )
    )
    assert [g.naam for g in gelezen.groepen] == ["4a"]
    assert "twee keer" in gelezen.geweigerd[0].melding


def test_wie_dezelfde_sleutel_heeft_als_iemand_van_een_andere_soort() -> None:
    gelezen = lees(
        bestand(
            groepen='<groep key="1"><naam>4a</naam></groep>',
            leerlingen='<leerling key="1"><roepnaam>A</roepnaam></leerling>',
            leerkrachten='<leerkracht key="1"><roepnaam>B</roepnaam></leerkracht>',
        )
    )
    assert (len(gelezen.groepen), len(gelezen.leerlingen), len(gelezen.medewerkers)) == (1, 1, 1)
    assert gelezen.geweigerd == ()


def test_twee_groepen_met_dezelfde_naam_krijgen_hun_sleutel_erbij() -> None:
    """A group's name is unique in our school year; in EDEXML only its key is."""
    gelezen = lees(
        bestand(
            groepen='<groep key="1"><naam>Muizen</naam></groep><groep key="2"><naam>muizen</naam></groep>'
            '<samengestelde_groep key="3"><naam>Muizen</naam></samengestelde_groep>'
        )
    )
    assert [g.naam for g in gelezen.groepen] == ["Muizen (1)", "muizen (2)", "Muizen"]
    assert [o.veld for o in gelezen.opmerkingen] == ["naam", "naam"]


JAARGROEPEN = [*"BD", *map(str, range(9)), *map(str, range(11, 17)), *"SVCNH"]
