"""Every pair of levels of the other four schools, and their gates."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from leerlingen.profiel import BEGIN, lees_ingebouwd
from leerlingen.zorgroute import Onderzoekfeit, beoordeel, beoordeel_bespreking
from tests.leerlingen.zorgroute_feiten import RIJK

# school -> arrow -> its hard conditions, in order; "rol" is implied. A pair that is not here is no step.
TABELLEN: dict[str, dict[str, list[str]]] = {
    "demeent": {
        "begin 1": [],
        "begin 3": [],
        "1 2": [],
        "2 3": ["gesprek", "document"],
        "3 4": ["bespreking", "besluit", "gesprek", "document", "toestemming"],
        "4 5": ["bespreking", "besluit", "onderzoek_met_ouders", "gesprek", "document"],
        "2 1": [],
        "3 2": [],
        "3 1": [],
        "4 3": [],
        "5 4": [],
    },
    "loshoes": {
        "begin alle": [],
        "begin aandachtskind": [],
        "alle aandachtskind": [],
        "alle zorgkind": [],
        "aandachtskind zorgkind": [],
        "aandachtskind alle": [],
        "zorgkind aandachtskind": [],
        "zorgkind alle": [],
    },
    "aruba": {
        "begin 0": [],
        "begin 2a": [],
        "0 1": [],
        "1 2a": ["gesprek"],
        "2a 2b": ["bespreking", "gesprek", "toestemming"],
        "2a 3": ["bespreking", "plan", "toestemming"],
        "2b 3": ["bespreking", "besluit", "toestemming"],
        "3 4": ["onderzoek_met_ouders", "toestemming", "instantie", "toestemming"],
        "1 0": [],
        "2a 1": [],
        "2b 2a": [],
        "2b 1": [],
        "3 2b": [],
        "3 2a": [],
        "3 1": [],
        "4 3": [],
    },
    "vlaanderen": {
        "begin 0": [],
        "begin 1": [],
        "0 1": [],
        "1 2": ["bespreking", "besluit", "gesprek", "toestemming"],
        "2 3": ["besluit", "onderzoek", "onderzoek_met_ouders", "gesprek"],
        "1 0": [],
        "2 1": [],
        "2 0": [],
        "3 2": [],
    },
}
PAREN = [
    (school, van, naar)
    for school in TABELLEN
    for van, naar in product(
        [BEGIN, *(n.code for n in lees_ingebouwd(school).niveau)], [n.code for n in lees_ingebouwd(school).niveau]
    )
    if van != naar
]


@pytest.mark.parametrize(("school", "van", "naar"), PAREN)
def test_ieder_paar(school: str, van: str, naar: str) -> None:
    profiel = lees_ingebouwd(school)
    oordeel = beoordeel(profiel, van, naar, RIJK)
    if f"{van} {naar}" not in TABELLEN[school]:
        assert not oordeel.toegestaan
        assert [u.voorwaarde for u in oordeel.uitkomsten] == ["overgang"]
        return
    overgang = profiel.zoek_overgang(van, naar)
    assert overgang is not None
    assert [v.naam for v in overgang.voorwaarden if v.soort == "hard"] == TABELLEN[school][f"{van} {naar}"]
    assert oordeel.toegestaan, oordeel.zin


@pytest.mark.parametrize("school", TABELLEN)
def test_de_tabel_is_volledig(school: str) -> None:
    assert {f"{o.van} {o.naar}" for o in lees_ingebouwd(school).overgang} == set(TABELLEN[school])


# -- Aruba -----------------------------------------------------------------------------------------------------------

ARUBA = lees_ingebouwd("aruba")


def test_aruba_een_kop_is_geen_niveau_voor_een_leerling() -> None:
    oordeel = beoordeel(ARUBA, "1", "2", RIJK)
    assert not oordeel.toegestaan
    assert oordeel.zin == "Speciale zorg kan niet: Speciale zorg is een kop; kies een zorgniveau daaronder."


@pytest.mark.acceptatie("A-78")
@pytest.mark.parametrize("van", ["2a", "2b"])
def test_aruba_extern_alleen_met_toestemming_van_de_ouders(van: str) -> None:
    zonder = replace(RIJK, toestemmingen=tuple(t for t in RIJK.toestemmingen if t.doel != "externe_zorg"))
    oordeel = beoordeel(ARUBA, van, "3", zonder)
    assert not oordeel.toegestaan
    assert (
        oordeel.zin == "Externe specialistische zorg kan nog niet: schriftelijke toestemming van de ouders ontbreekt."
    )


@pytest.mark.acceptatie("A-83")
@pytest.mark.acceptatie("A-85")
def test_aruba_rechtstreeks_van_3_naar_4_als_instantie_en_ouders_instemmen() -> None:
    assert beoordeel(ARUBA, "3", "4", RIJK).toegestaan
    zonder_instantie = replace(RIJK, instanties=())
    assert beoordeel(ARUBA, "3", "4", zonder_instantie).zin == (
        "Plaatsing in het speciaal onderwijs kan nog niet: "
        "nog niet vastgelegd: de aangewezen verwijzingsinstantie stemt in."
    )
    zonder_ouders = replace(RIJK, toestemmingen=tuple(t for t in RIJK.toestemmingen if t.doel != "plaatsing"))
    assert not beoordeel(ARUBA, "3", "4", zonder_ouders).toegestaan
    for van in ("0", "1", "2a", "2b"):
        assert not beoordeel(ARUBA, van, "4", RIJK).toegestaan


@pytest.mark.acceptatie("A-81")
def test_aruba_de_deskundige_bespreekt_eerst_met_de_ouders() -> None:
    open_uitslag = replace(RIJK, onderzoeken=(Onderzoekfeit("logopedisch", date(2027, 2, 1)),))
    assert not beoordeel(ARUBA, "3", "4", open_uitslag).toegestaan
    assert not beoordeel_bespreking(ARUBA, "extern_overleg", open_uitslag).toegestaan
    zonder = replace(RIJK, toestemmingen=tuple(t for t in RIJK.toestemmingen if t.doel != "verslag_onderzoek"))
    assert not beoordeel_bespreking(ARUBA, "extern_overleg", zonder).toegestaan
    assert beoordeel_bespreking(ARUBA, "extern_overleg", RIJK).toegestaan


@pytest.mark.acceptatie("A-76")
def test_aruba_besluiten_op_niveau_2() -> None:
    besluiten = {b.code: b.naar for b in ARUBA.zoek_bespreking("leerlingbespreking").besluiten}
    assert besluiten["doorgaan"] is None and besluiten["terug"] == "1" and besluiten["externe_zorg"] == "3"


# -- De Meent, Flanders ----------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-48")
def test_de_meent_eerst_de_ouders_dan_de_leerlingbespreking() -> None:
    meent = lees_ingebouwd("demeent")
    zonder = replace(RIJK, gesprekken=())
    for soort in ("leerlingbespreking_bouw", "leerlingbespreking_ko"):
        assert not beoordeel_bespreking(meent, soort, zonder).toegestaan
        assert beoordeel_bespreking(meent, soort, RIJK).toegestaan


def test_de_meent_sot_heeft_altijd_iemand_van_buiten_dus_altijd_toestemming() -> None:
    meent = lees_ingebouwd("demeent")
    zonder = replace(RIJK, toestemmingen=())
    oordeel = beoordeel_bespreking(meent, "sot", zonder)
    assert oordeel.zin == "SOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt."


@pytest.mark.parametrize("school", TABELLEN)
def test_de_directeur_is_nergens_genoeg_waar_alleen_de_ib_besluit(school: str) -> None:
    profiel = lees_ingebouwd(school)
    for overgang in profiel.overgang:
        feiten = replace(RIJK, rollen=frozenset({"directeur"}))
        assert beoordeel(profiel, overgang.van, overgang.naar, feiten).toegestaan == ("directeur" in overgang.wie)


def test_vlaanderen_fase_2_vraagt_toestemming_voor_het_clb() -> None:
    vlaanderen = lees_ingebouwd("vlaanderen")
    zonder = replace(RIJK, toestemmingen=())
    assert not beoordeel(vlaanderen, "1", "2", zonder).toegestaan
    assert beoordeel(vlaanderen, "1", "2", RIJK).toegestaan
