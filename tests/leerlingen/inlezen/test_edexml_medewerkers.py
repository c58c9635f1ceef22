"""Reading EDEXML: members of staff and their roles."""

from __future__ import annotations

import pytest

from leerlingen.inlezen.edexml import Edexbestand, Groepstaak, Medewerkerrij
from tests.leerlingen.inlezen.test_edexml import bestand, lees

GROEP = '<groep key="g"><naam>4a</naam></groep>'


def medewerker(rollen: str, groepsrollen: str | None = None) -> tuple[Medewerkerrij, Edexbestand]:
    groep = "" if groepsrollen is None else f'<groepen><groep key="g">{groepsrollen}</groep></groepen>'
    rij = f'<leerkracht key="m"><achternaam>Vos</achternaam>{rollen}{groep}</leerkracht>'
    gelezen = lees(bestand(groepen=GROEP, leerkrachten=rij))
    return gelezen.medewerkers[0], gelezen


def rol(*codes: str) -> str:
    return "".join(f"<rol>{code}</rol>" for code in codes)


@pytest.mark.parametrize(
    ("codes", "rollen"),
    [
        (["DIR"], ("directeur",)),
        (["ADJ", "LOC"], ("teamleider",)),
        (["IB"], ("ib",)),
        (["LRK", "IB"], ("leerkracht", "ib")),
        ([" ib "], ("ib",)),
        (["RT"], ("rt",)),
        (["OWA", "KLA", "LOS", "STA"], ("assistent",)),
        (["ICT"], ("ict",)),
        (["VAK"], ("leerkracht",)),
        (["ADM"], ()),
        (["CON"], ()),
        (["OUD"], ()),
        (["SMW"], ()),
        (["TAL"], ()),
    ],
)
def test_rollen_aan_de_school(codes: list[str], rollen: tuple[str, ...]) -> None:
    gelezen, geheel = medewerker(rol(*codes))
    assert gelezen.rollen == rollen
    assert geheel.opmerkingen == ()


@pytest.mark.parametrize(
    ("aan_school", "in_groep", "verwacht"),
    [
        ("", "", "leerkracht"),
        (rol("IB"), "", "leerkracht"),
        (rol("DIR"), "", "leerkracht"),
        (rol("STA"), "", "assistent"),
        (rol("OWA", "LRK"), "", "leerkracht"),
        (rol("RT"), "", "rt"),
        (rol("VAK"), "", "assistent"),
        (rol("OUD"), "", None),
        (rol("CON"), "", None),
        (rol("OUD", "TAL"), "", None),
        (rol("OUD", "LRK"), "", "leerkracht"),
        ("", rol("LRK"), "leerkracht"),
        ("", rol("STA", "OWA"), "assistent"),
        ("", rol("RT"), "rt"),
        ("", rol("VAK"), "assistent"),
        ("", rol("OUD"), None),
        (rol("LRK"), rol("OUD"), None),
        (rol("DIR"), rol("IB"), None),
        ("", rol("ZZZ"), None),
        ("", "<rolomschrijving>Duopartner</rolomschrijving>", None),
        ("", rol("LRK") + "<rolomschrijving>Duopartner</rolomschrijving>", "leerkracht"),
        ("<rolomschrijving>Manusje van alles</rolomschrijving>", "", "leerkracht"),
    ],
)
def test_wat_iemand_in_een_groep_doet(aan_school: str, in_groep: str, verwacht: str | None) -> None:
    """What we do not know gives no access to the children of a group (fail closed), and says so."""
    gelezen, geheel = medewerker(aan_school, in_groep)
    assert [taak.rol for taak in gelezen.groepen] == ([verwacht] if verwacht else [])
    assert any(o.veld == "groep" for o in geheel.opmerkingen) == (verwacht is None)


def test_een_onbekende_rol_wordt_overgeslagen_met_een_opmerking() -> None:
    gelezen, geheel = medewerker(rol("ZZZ", "IB"))
    assert gelezen.rollen == ("ib",)
    assert [(o.veld, o.waarde) for o in geheel.opmerkingen] == [("rol", "ZZZ")]
    assert "overgeslagen" in geheel.opmerkingen[0].melding


def test_een_vrije_rolomschrijving_komt_niet_in_de_opmerking() -> None:
    _, geheel = medewerker("<rolomschrijving>Oma van Wimpie</rolomschrijving>")
    assert "Wimpie" not in repr(geheel)


def test_een_onbekende_groep_kost_een_medewerker_alleen_die_groep() -> None:
    twee = '<groepen><groep key="g"/><groep key="x"/></groepen>'
    gelezen = lees(
        bestand(groepen=GROEP, leerkrachten=f'<leerkracht key="m"><roepnaam>V</roepnaam>{twee}</leerkracht>')
    )
    assert gelezen.medewerkers[0].groepen == (Groepstaak("g", "leerkracht"),)
    assert [(w.veld, w.waarde) for w in gelezen.geweigerd] == [("groep", "x")]


@pytest.mark.parametrize(("adres", "verwacht"), [("Juf@School.NL", "juf@school.nl"), ("juf at school", ""), ("", "")])
def test_het_adres_van_een_medewerker(adres: str, verwacht: str) -> None:
    gelezen, geheel = medewerker(f"<emailadres>{adres}</emailadres>")
    assert gelezen.email == verwacht
    assert [o.veld for o in geheel.opmerkingen] == (["emailadres"] if adres and not verwacht else [])
    assert "school" not in repr(geheel.opmerkingen)
