"""Reading EDEXML: what is taken as it comes."""

from __future__ import annotations

import io
from datetime import date

import pytest

from leerlingen.inlezen.edexml import lees_edexml
from tests.leerlingen.inlezen.test_edexml import JAARGROEPEN, NEDERLANDS, bestand, lees


@pytest.mark.parametrize("jaargroep", JAARGROEPEN)
def test_de_jaargroep_van_de_leerling_zelf(jaargroep: str) -> None:
    gelezen = lees(
        bestand(
            groepen='<groep key="c"><naam>4/5</naam><jaargroep>C</jaargroep></groep>',
            leerlingen=f'<leerling key="1"><roepnaam>A</roepnaam><jaargroep> {jaargroep.lower()} </jaargroep>'
            '<groep key=" c "/></leerling>',
        )
    )
    assert (gelezen.leerlingen[0].jaargroep, gelezen.leerlingen[0].groep) == (jaargroep, "c")


@pytest.mark.parametrize(
    ("code", "geslacht"), [("0", "onbekend"), ("1", "man"), ("2", "vrouw"), ("9", "onbekend"), ("x", "onbekend")]
)
def test_geslacht(code: str, geslacht: str) -> None:
    gelezen = lees(bestand(f'<leerling key="1"><roepnaam>A</roepnaam><geslacht>{code}</geslacht></leerling>'))
    assert gelezen.leerlingen[0].geslacht == geslacht


def test_namen_worden_netjes() -> None:
    """Decomposed accents, line ends, no-break and zero-width spaces: two exports of one name give one name."""
    gelezen = lees(
        bestand(
            "<leerling key='1'><achternaam>\n\tDe\u00a0 Bru\u0301in\u200b</achternaam>"
            "<roepnaam>Zoe\u0308</roepnaam></leerling>"
        )
    )
    assert (gelezen.leerlingen[0].achternaam, gelezen.leerlingen[0].roepnaam) == ("De Brúin", "Zoë")


def test_groepen_mogen_na_de_leerlingen_staan_en_een_tijdzone_achter_de_datum() -> None:
    gelezen = lees(
        "<EDEX><leerlingen><leerling key='1'><roepnaam>A</roepnaam><geboortedatum>2017-03-28+01:00</geboortedatum>"
        "<groep key='g'/></leerling></leerlingen><groepen><groep key='g'><naam>4a</naam></groep></groepen>"
        "<school><schooljaar>2026-2027</schooljaar></school></EDEX>"
    )
    assert (gelezen.leerlingen[0].groep, gelezen.leerlingen[0].geboortedatum) == ("g", date(2017, 3, 28))


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_coderingen(codering: str) -> None:
    naam = "utf-8" if codering == "utf-8-sig" else codering
    tekst = f'<?xml version="1.0" encoding="{naam}"?>' + bestand(
        '<leerling key="1"><roepnaam>Zoë</roepnaam></leerling>'
    )
    assert lees(tekst.encode(codering)).leerlingen[0].roepnaam == "Zoë"


def test_een_open_bestand() -> None:
    assert lees_edexml(io.BytesIO(NEDERLANDS), bestandsnaam="x.xml") == lees(NEDERLANDS)


def test_ook_na_de_lijst_van_de_officiele_schema_s() -> None:
    """The official schema ends at 2024-2025 (domein 2.7)."""
    assert lees(bestand(schooljaar=" 2031-2032 ")).school.schooljaar == "2031-2032"
