"""A file of results into the school: the command, the dry run, the pages, who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from leerlingen.models import Importbestand
from lvs.models import Resultaat
from tests.bouw import Bezetting
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

Inloggen = Callable[[Any], Any]
KOP = "achternaam;roepnaam;geboortedatum;instrument;vak;moment;afnamedatum;vaardigheidsscore;niveau;opmerking"
GOED = [
    "Özgür;Dunya;04-05-2016;Cito Rekenen-Wiskunde;rekenen;E5;2026-06-10;77,5;III;",
    "de Wit;Chris;2016-05-04;LVS Rekenen-Wiskunde;Rekenen-Wiskunde;e5;10-06-2026;75;III;staat er al",
    "De Wit;Chris;2016-05-04;cito_spelling;spelling;E5;10-06-2026;;V−;",
]
FOUT = [
    "Niemand;Dunya;04-05-2016;cito_rekenen;rekenen;M5;2026-01-28;70;III;",
    "Özgür;Dunya;04-05-2016;cito_rekenen;toveren;M5;2026-01-28;70;III;",
    "Özgür;Dunya;04-05-2016;Onbekende toets;rekenen;M5;2026-01-28;70;III;",
    "Özgür;Dunya;04-05-2016;cito_rekenen;rekenen;M5;2027-01-28;70;III;",
    "Özgür;Dunya;04-05-2016;cito_rekenen;rekenen;M5;2026-01-28;70;VII;",
]


def inhoud(*regels: str) -> bytes:
    return "\n".join([KOP, *regels]).encode()


def lees_in(b: Bezetting, pad: Path, *regels: str, **opties: Any) -> dict[str, Any]:
    bestand = pad / "resultaten.csv"
    bestand.write_bytes(inhoud(*regels))
    uit = StringIO()
    call_command("toetsresultaten_inlezen", str(bestand), school=b.kogerveld.code, json=True, stdout=uit, **opties)
    gelezen: dict[str, Any] = json.loads(uit.getvalue())
    return gelezen


def resultaten(b: Bezetting, **zoek: Any) -> Any:
    return Resultaat.objects.systeemtoegang(reden="test").filter(school=b.kogerveld, **zoek)


def test_een_bestand_inlezen_telt_wat_het_deed(bezetting: Bezetting, tmp_path: Path) -> None:
    b = bezetting
    uit = lees_in(b, tmp_path, *GOED, *FOUT)
    assert uit["toegevoegd"] == {"resultaten": 2}
    assert uit["ongewijzigd"] == {"resultaten": 1}
    assert uit["gewijzigd"] == {"resultaten": 0}
    assert uit["genegeerd"] == ["opmerking"]
    assert [(w["regel"], w["veld"]) for w in uit["geweigerd"]] == [
        (5, "achternaam"), (6, "vak"), (7, "instrument"), (8, "afnamedatum"), (9, "niveau"),
    ]  # fmt: skip
    assert "Özgür" not in json.dumps(uit, ensure_ascii=False)
    with schoolcontext([b.kogerveld]):
        rij = resultaten(b, leerling=b.dunya).get()
        assert (rij.moment, rij.niveau, rij.vaardigheidsscore, rij.ingevoerd_door) == ("E5", "III", 77.5, None)
        assert resultaten(b, leerling=b.chris, vak="spelling").get().niveau == "V-"
        regels = Logregel.objects.systeemtoegang(reden="test").filter(
            handeling="resultaten_vastgelegd", gegevens__bron="bestand"
        )
        assert regels.get().gegevens["toegevoegd"] == 2


def test_nog_eens_inlezen_verandert_niets(bezetting: Bezetting, tmp_path: Path) -> None:
    lees_in(bezetting, tmp_path, *GOED)
    uit = lees_in(bezetting, tmp_path, *GOED)
    assert (uit["toegevoegd"], uit["gewijzigd"], uit["ongewijzigd"]) == (
        {"resultaten": 0}, {"resultaten": 0}, {"resultaten": 3},
    )  # fmt: skip


def test_een_proef_telt_hetzelfde_en_bewaart_niets(bezetting: Bezetting, tmp_path: Path) -> None:
    b = bezetting
    proef = lees_in(b, tmp_path, *GOED, proef=True)
    with schoolcontext([b.kogerveld]):
        assert not resultaten(b, leerling=b.dunya).exists()
        assert not Logregel.objects.systeemtoegang(reden="test").filter(gegevens__bron="bestand").exists()
    assert proef == lees_in(b, tmp_path, *GOED)


def test_een_onbruikbaar_bestand_wordt_in_zijn_geheel_geweigerd(bezetting: Bezetting, tmp_path: Path) -> None:
    bestand = tmp_path / "leeg.csv"
    bestand.write_text("naam;cijfer\nJan;7\n")
    uit = StringIO()
    with pytest.raises(CommandError) as fout:
        call_command("toetsresultaten_inlezen", str(bestand), school=bezetting.kogerveld.code, json=True, stdout=uit)
    assert fout.value.returncode == 1
    assert json.loads(uit.getvalue())["geweigerd"][0]["melding"]


@pytest.mark.parametrize("argumenten", [{"school": "bestaat-niet"}, {"bestand": "/bestaat/niet.csv"}])
def test_een_verkeerde_aanroep(bezetting: Bezetting, tmp_path: Path, argumenten: dict[str, str]) -> None:
    bestand = tmp_path / "x.csv"
    bestand.write_bytes(inhoud(*GOED))
    with pytest.raises(CommandError) as fout:
        call_command(
            "toetsresultaten_inlezen",
            argumenten.get("bestand", str(bestand)),
            school=argumenten.get("school", bezetting.kogerveld.code),
        )
    assert fout.value.returncode == 2


def test_een_leerling_van_een_andere_school_wordt_niet_gevonden(bezetting: Bezetting, tmp_path: Path) -> None:
    uit = lees_in(bezetting, tmp_path, "Elders;Anne;04-05-2016;cito_rekenen;rekenen;E5;2026-06-10;77;III;")
    assert uit["toegevoegd"] == {"resultaten": 0}
    assert uit["geweigerd"][0]["veld"] == "achternaam"


# -- on screen --------------------------------------------------------------------------------------------------------


def upload(browser: Any, *regels: str) -> Any:
    return browser.post("/toetsen/inlezen/", {"bestand": SimpleUploadedFile("uitslagen.csv", inhoud(*regels))})


@pytest.mark.acceptatie("M-70")
def test_kiezen_nakijken_inlezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.carla.gebruiker)
    antwoord = upload(browser, *GOED, FOUT[0])
    assert antwoord.status_code == 302
    nakijken = antwoord["Location"]
    pagina = browser.get(nakijken).content.decode()
    assert "2 nieuw" in pagina
    assert "1 regel niet" in pagina
    assert "opmerking" in pagina
    with schoolcontext([b.kogerveld]):
        assert not resultaten(b, leerling=b.dunya).exists(), "looking writes nothing"
    browser.post(nakijken, {"actie": "inlezen"})
    with schoolcontext([b.kogerveld]):
        rij = resultaten(b, leerling=b.dunya).get()
        assert rij.ingevoerd_door == b.carla.persoon
        bestand = Importbestand.objects.systeemtoegang(reden="test").get(soort="resultaten", ingelezen_op__isnull=False)
        assert (bestand.inhoud, bestand.uitkomst["toegevoegd"]["resultaten"]) == (None, 2)
    assert browser.get(nakijken).status_code == 404, "once"
    assert "uitslagen.csv" in browser.get("/toetsen/inlezen/").content.decode()


def test_niets_doen_gooit_het_bestand_weg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.dora.gebruiker)
    nakijken = upload(browser, *GOED)["Location"]
    browser.post(nakijken, {"actie": "weg"})
    with schoolcontext([b.kogerveld]):
        wachtend = Importbestand.objects.systeemtoegang(reden="test").filter(soort="resultaten")
        assert not wachtend.filter(door=b.dora.gebruiker).exists()
        assert not resultaten(b, leerling=b.dunya).exists()


def test_een_bestand_dat_niets_verandert_heeft_geen_knop_inlezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    browser = inloggen(bezetting.carla.gebruiker)
    pagina = browser.get(upload(browser, GOED[1])["Location"]).content.decode()
    assert "alles staat er al zo" in pagina
    assert 'value="inlezen"' not in pagina


def test_een_onleesbaar_bestand_zegt_waarom(bezetting: Bezetting, inloggen: Inloggen) -> None:
    browser = inloggen(bezetting.carla.gebruiker)
    antwoord = browser.post("/toetsen/inlezen/", {"bestand": SimpleUploadedFile("foto.csv", b"naam;cijfer\nJan;7\n")})
    assert antwoord.status_code == 422
    assert "ontbreekt de kolom" in antwoord.content.decode() or "ontbreken de kolommen" in antwoord.content.decode()
    assert browser.post("/toetsen/inlezen/", {}).status_code == 422


@pytest.mark.parametrize("wie", ["anna", "specialist", "beheerder", "dirk", "extern", "rt"])
def test_alleen_ib_en_directie_lezen_in(bezetting: Bezetting, inloggen: Inloggen, wie: str) -> None:
    assert inloggen(bezetting.lid(wie).gebruiker).get("/toetsen/inlezen/").status_code == 404


def test_een_ander_kijkt_niet_in_een_wachtend_bestand_van_een_andere_school(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    nakijken = upload(inloggen(b.carla.gebruiker), *GOED)["Location"]
    assert inloggen(b.ib_anders.gebruiker).get(nakijken).status_code == 404
    assert inloggen(b.dora.gebruiker).get(nakijken).status_code == 200
