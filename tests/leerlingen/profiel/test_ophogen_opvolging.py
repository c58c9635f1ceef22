"""Stored procedures stay readable in a newer program, and a new version never loses what an old one named."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from leerlingen.profiel import SCHEMAVERSIE, ProfielFout, als_json, lees_ingebouwd, uit_json
from leerlingen.profiel.ophogen import OPHOGERS, opgehoogd
from leerlingen.profiel.opvolging import bezwaren, controleer_opvolging

BEWAARD = Path(__file__).parent / "bewaard"


@pytest.mark.parametrize("bestand", sorted(BEWAARD.glob("schema*.json")), ids=lambda pad: pad.stem)
def test_een_bewaarde_procedure_van_elk_schema_is_te_lezen(bestand: Path) -> None:
    inhoud = json.loads(bestand.read_text(encoding="utf-8"))
    profiel = uit_json(inhoud)
    assert profiel.schemaversie == SCHEMAVERSIE
    assert [n["code"] for n in inhoud["niveau"]] == [n.code for n in profiel.niveau]
    vragen = {v["tekst"] for d in inhoud["documenten"] for s in d["secties"] for v in s["vragen"]}
    assert vragen == {v.tekst for d in profiel.documenten for s in d.secties for v in s.vragen}


def test_van_elk_schema_is_er_een_bewaard_exemplaar_en_een_weg_omhoog() -> None:
    bewaard = {int(pad.stem.removeprefix("schema").split("_")[0]) for pad in BEWAARD.glob("schema*.json")}
    assert bewaard == set(range(1, SCHEMAVERSIE + 1))
    assert set(OPHOGERS) == set(range(1, SCHEMAVERSIE))


def test_ophogen_gaat_stap_voor_stap_en_laat_het_oude_staan() -> None:
    def naar_twee(inhoud: dict[str, Any]) -> dict[str, Any]:
        inhoud["naam"] = inhoud.pop("titel")
        return inhoud

    def naar_drie(inhoud: dict[str, Any]) -> dict[str, Any]:
        return inhoud | {"land": "NL"}

    oud = {"schemaversie": 1, "titel": "School"}
    nieuw = opgehoogd(oud, naam="x", doel=3, ophogers={1: naar_twee, 2: naar_drie})
    assert nieuw == {"schemaversie": 3, "naam": "School", "land": "NL"}
    assert oud == {"schemaversie": 1, "titel": "School"}


@pytest.mark.parametrize(
    ("versie", "reden"), [(None, "heel getal"), (0, "heel getal"), (True, "heel getal"), (99, "nieuwer programma")]
)
def test_een_versie_die_niet_kan(versie: object, reden: str) -> None:
    with pytest.raises(ProfielFout, match=reden):
        opgehoogd({"schemaversie": versie}, naam="x")


def test_een_gat_in_de_weg_omhoog() -> None:
    with pytest.raises(ProfielFout, match="geen weg van versie 1 naar 2"):
        opgehoogd({"schemaversie": 1}, naam="x", doel=2, ophogers={})


# -- succession ------------------------------------------------------------------------------------------------------

OUD = lees_ingebouwd("kogerveld")


def _anders(wijzig: Any) -> Any:
    inhoud = copy.deepcopy(als_json(OUD))
    wijzig(inhoud)
    return uit_json(inhoud)


def _zoek(rij: list[dict[str, Any]], code: str) -> dict[str, Any]:
    return next(deel for deel in rij if deel["code"] == code)


def test_dezelfde_procedure_volgt_zichzelf_op() -> None:
    controleer_opvolging(OUD, OUD)


def test_namen_en_teksten_mogen_anders_en_er_mag_bij() -> None:
    def wijzig(inhoud: dict[str, Any]) -> None:
        inhoud["begrippen"]["rollen"]["ib"] = "kwaliteitsondersteuner"
        _zoek(inhoud["niveau"], "3")["naam"] = "Ondersteuningsteam"
        notitie = _zoek(inhoud["documenten"], "notitie")
        notitie["secties"][0]["vragen"].append({"code": "vervolg", "tekst": "En nu?"})
        _zoek(inhoud["bespreking"], "klassenconsultatie")["beeindigd"] = True

    controleer_opvolging(OUD, _anders(wijzig))


def _zonder(sleutel: str, code: str) -> Any:
    def wijzig(inhoud: dict[str, Any]) -> None:
        inhoud[sleutel] = [deel for deel in inhoud[sleutel] if deel.get("code") != code]

    return wijzig


def _zonder_vraag(inhoud: dict[str, Any]) -> None:
    vragen = _zoek(inhoud["documenten"], "oudergesprek")["secties"][0]["vragen"]
    vragen[:] = [vraag for vraag in vragen if vraag["code"] != "eens"]


def _zonder_stap(inhoud: dict[str, Any]) -> None:
    inhoud["overgang"] = [o for o in inhoud["overgang"] if (o["van"], o["naar"]) != ("4", "2")]


def _zonder_besluit(inhoud: dict[str, Any]) -> None:
    besluiten = _zoek(inhoud["bespreking"], "sot")["besluiten"]
    besluiten[:] = [besluit for besluit in besluiten if besluit["code"] != "terug_groep"]


def _zonder_status(inhoud: dict[str, Any]) -> None:
    document = _zoek(inhoud["documenten"], "ooa_aanvraag")
    document["statussen"] = [s for s in document["statussen"] if s["code"] != "afgewezen"]
    document["statussen"][1]["naar"] = ["toegekend"]


@pytest.mark.parametrize(
    ("wijzig", "pad", "wat"),
    [
        (_zonder("signalering", "motoriek"), ("signalering",), "motoriek"),
        (_zonder("instrumenten", "scol"), ("instrumenten",), "scol"),
        (_zonder("termijnen", "uitnodigen"), ("termijnen",), "uitnodigen"),
        (_zonder("documenten", "toetsbrief_oud"), (), ""),
        (_zonder_vraag, ("documenten", "oudergesprek", "gesprek"), "eens"),
        (_zonder_stap, ("overgang",), "van 4 naar 2"),
        (_zonder_besluit, ("bespreking", "sot", "besluiten"), "terug_groep"),
        (_zonder_status, ("documenten", "ooa_aanvraag", "statussen"), "afgewezen"),
    ],
)
def test_een_code_verdwijnt_niet(wijzig: Any, pad: tuple[str, ...], wat: str) -> None:
    gevonden = list(bezwaren(OUD, _anders(wijzig)))
    if not wat:
        assert gevonden == []
        return
    assert [b.pad for b in gevonden] == [pad]
    assert wat in gevonden[0].zin
    with pytest.raises(ProfielFout, match=wat):
        controleer_opvolging(OUD, _anders(wijzig))


def test_een_andere_tekst_voor_ouders_is_een_nieuwe_versie() -> None:
    """What a parent said yes to may not change under the yes (K-134)."""

    def tekst(inhoud: dict[str, Any]) -> None:
        _zoek(inhoud["toestemmingen"], "bot")["tekst"] += " En foto's."

    def met_versie(inhoud: dict[str, Any]) -> None:
        tekst(inhoud)
        _zoek(inhoud["toestemmingen"], "bot")["versie"] = 2

    with pytest.raises(ProfielFout, match="nieuwe versie"):
        controleer_opvolging(OUD, _anders(tekst))
    controleer_opvolging(OUD, _anders(met_versie))
    with pytest.raises(ProfielFout, match="nieuwe versie"):
        controleer_opvolging(_anders(met_versie), OUD)
