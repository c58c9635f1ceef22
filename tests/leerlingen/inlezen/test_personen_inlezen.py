"""A file of parents into the school: who is new, who is known, who gets to see what, and that nobody is mixed up."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from leerlingen import services
from leerlingen.inlezen.personen import KOLOMMEN, lees_personen
from leerlingen.models import Importbestand, Leerling, Ouderschap, Persoon
from leerlingen.namen import splits_naam
from leerlingen.services.inlezen_personen import personen_inlezen, zelfde_mens
from leerlingen.services.inlezen_uitkomst import Uitkomst
from tests.bouw import Bezetting
from zorg.kern.models import Gebruiker, Schoolkoppeling
from zorg.kern.schoolcontext import schoolcontext
from zorg.kern.weigering import BestandGeweigerd
from zorg.logboek.models import Logregel

Inloggen = Callable[[Any], Any]
KOP = "achternaam;roepnaam;geboortedatum;naam;relatie;gezag;email;telefoon;taal"
CHRIS = "de Wit;Chris;04-05-2016"
DUNYA = "Özgür;Dunya;04-05-2016"
NIEUW = f"{DUNYA};Meryem Özgür;moeder;ja;meryem@thuis.test;06 11122233;Turks"


def inhoud(*regels: str, kop: str = KOP) -> bytes:
    return "\n".join([kop, *regels]).encode()


def lees_in(b: Bezetting, *regels: str, proef: bool = False, door: Any = None) -> Uitkomst:
    with schoolcontext([b.kogerveld]):
        bestand = lees_personen(inhoud(*regels), bestandsnaam="ouders.csv")
        return personen_inlezen(school=b.kogerveld, bestand=bestand, proef=proef, door=door)


def banden(b: Bezetting, leerling: Any) -> dict[str, str]:
    with schoolcontext([b.kogerveld]):
        rijen = Ouderschap.objects.systeemtoegang(reden="test").filter(leerling=leerling).select_related("persoon")
        return {rij.persoon.naam: rij.gezag for rij in rijen}


def ziet(b: Bezetting, gebruiker: Any, leerling: Any) -> bool:
    with schoolcontext([b.kogerveld]):
        return bool(Leerling.objects.zichtbaar_voor(gebruiker, "meelezen").filter(pk=leerling.pk).exists())


def tellingen(uitkomst: Uitkomst) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    beeld = uitkomst.als_json()
    return beeld["toegevoegd"], beeld["gewijzigd"], beeld["ongewijzigd"]


NIETS = {"personen": 0, "ouderschappen": 0}


def test_een_nieuwe_ouder(bezetting: Bezetting) -> None:
    b = bezetting
    uitkomst = lees_in(b, NIEUW)
    assert tellingen(uitkomst) == ({"personen": 1, "ouderschappen": 1}, NIETS, NIETS)
    assert banden(b, b.dunya) == {"Meryem Özgür": "ja"}
    with schoolcontext([b.kogerveld]):
        persoon = Persoon.objects.systeemtoegang(reden="test").get(email="meryem@thuis.test")
    assert (persoon.telefoon, persoon.taal, persoon.gebruiker_id) == ("06 11122233", "tr", None)
    assert persoon.zoeknaam == "meryem ozgur"


def test_hetzelfde_bestand_nog_eens_verandert_niets(bezetting: Bezetting) -> None:
    regels = (
        NIEUW,
        f"{CHRIS};Meryem Özgür;voogd;;meryem@thuis.test;06 99988877;",  # another number: the first row holds
        f"{CHRIS};Zonder Adres;oom;nee;;;",
        "Jansen;Bram;04-05-2016;Quint Bedacht;;ja;;;",
    )
    eerste = lees_in(bezetting, *regels)
    assert eerste.toegevoegd == {"personen": 2, "ouderschappen": 3}
    assert [o.regel for o in eerste.opmerkingen] == [3]
    tweede = lees_in(bezetting, *regels)
    assert tellingen(tweede) == (NIETS, NIETS, {"personen": 3, "ouderschappen": 4})
    assert tweede.wijzigingen == []


def test_een_proef_telt_hetzelfde_en_bewaart_niets(bezetting: Bezetting) -> None:
    b = bezetting
    proef = lees_in(b, NIEUW, proef=True)
    assert banden(b, b.dunya) == {}
    assert proef.als_json() == lees_in(b, NIEUW).als_json()


@pytest.mark.parametrize(("gezag", "mag"), [("ja", True), ("nee", False), ("onbekend", False), ("", False)])
def test_alleen_bekend_gezag_geeft_toegang(bezetting: Bezetting, gezag: str, mag: bool) -> None:
    """Dirk has an account already, as father of two others: the file makes him a parent of Dunya."""
    b = bezetting
    lees_in(b, f"{DUNYA};Dirk Jansen;vader;{gezag};{b.dirk.persoon.email};;")
    assert banden(b, b.dunya) == {"Dirk Jansen": gezag or "onbekend"}
    assert ziet(b, b.dirk.gebruiker, b.dunya) is mag
    with schoolcontext([b.kogerveld]):
        assert Gebruiker.objects.filter(email=b.dirk.persoon.email).count() == 1


def test_gezag_dat_vervalt_sluit_meteen_en_staat_in_het_logboek(bezetting: Bezetting) -> None:
    b = bezetting
    assert ziet(b, b.dirk.gebruiker, b.bram)
    uitkomst = lees_in(b, f"Jansen;Bram;04-05-2016;Dirk Jansen;vader;nee;{b.dirk.persoon.email};;")
    assert uitkomst.gewijzigd == {"ouderschappen": 1}
    assert not ziet(b, b.dirk.gebruiker, b.bram)
    assert ziet(b, b.dirk.gebruiker, b.aya)
    with schoolcontext([b.kogerveld]):
        regels = Logregel.objects.systeemtoegang(reden="test").filter(handeling="gezag_gewijzigd")
        assert [(r.leerling_id, r.gegevens["gezag"]) for r in regels] == [(b.bram.pk, "nee")]


def test_een_lege_cel_wist_niets(bezetting: Bezetting) -> None:
    b = bezetting
    lees_in(b, NIEUW)
    uitkomst = lees_in(b, f"{DUNYA};Meryem Özgür;;;;;")
    assert tellingen(uitkomst) == (NIETS, NIETS, {"personen": 1, "ouderschappen": 1})
    assert banden(b, b.dunya) == {"Meryem Özgür": "ja"}


def test_een_account_van_een_andere_school_gaat_mee(bezetting: Bezetting) -> None:
    b = bezetting
    account = b.ouder_anders.gebruiker
    lees_in(b, f"{DUNYA};{account.naam};moeder;ja;{account.email};;")
    assert Gebruiker.objects.filter(email=account.email).count() == 1
    assert Schoolkoppeling.objects.filter(gebruiker=account, school=b.kogerveld, geldig_tot=None).exists()
    assert ziet(b, account, b.dunya)
    with schoolcontext([b.kogerveld]):
        persoon = Persoon.objects.systeemtoegang(reden="test").get(gebruiker=account, school=b.kogerveld)
        assert persoon.pk != b.ouder_anders.persoon.pk
    assert lees_in(b, f"{DUNYA};{account.naam};moeder;ja;{account.email};;").verandert is False


def test_een_gedeeld_adres_geeft_niemand_het_kind_van_een_ander(bezetting: Bezetting) -> None:
    """The address is Dirk's, who has an account; the row is about somebody else in his house."""
    b = bezetting
    for naam in ("Joke Jansen", "Dirk Bos", "Iemand Anders"):
        uitkomst = lees_in(b, f"{DUNYA};{naam};moeder;ja;{b.dirk.persoon.email};;")
        assert [(w.regel, w.veld) for w in uitkomst.geweigerd] == [(2, "email")]
        assert "andere naam" in uitkomst.geweigerd[0].melding
    assert banden(b, b.dunya) == {}
    assert not ziet(b, b.dirk.gebruiker, b.dunya)


def test_een_account_elders_met_een_andere_naam_wordt_niet_gekoppeld(bezetting: Bezetting) -> None:
    b = bezetting
    lees_in(b, f"{DUNYA};Iemand Anders;moeder;ja;{b.ouder_anders.persoon.email};;")
    assert not Schoolkoppeling.objects.filter(gebruiker=b.ouder_anders.gebruiker, school=b.kogerveld).exists()


@pytest.mark.parametrize(
    ("bekend", "gelezen", "zelfde"),
    [
        ("Jan Bos", "jan  BOS", True),
        ("J. Bos", "Jan Bos", True),
        ("Jan Bos", "An Bos", False),
        ("A. Bos", "Jan Bos", False),
        ("Jan Bos", "Jan Vos", False),
        ("Zoë de Groot", "Zoe de Groot", True),
    ],
)
def test_zelfde_mens(bekend: str, gelezen: str, zelfde: bool) -> None:
    assert zelfde_mens(splits_naam(bekend), splits_naam(gelezen)) is zelfde


def test_broer_en_zus_met_een_adres_hebben_een_ouder(bezetting: Bezetting) -> None:
    b = bezetting
    lees_in(b, NIEUW, f"{CHRIS};Meryem Özgür;pleegouder;nee;MERYEM@thuis.test;;")
    with schoolcontext([b.kogerveld]):
        persoon = Persoon.objects.systeemtoegang(reden="test").get(zoeknaam="meryem ozgur")
        assert Ouderschap.objects.systeemtoegang(reden="test").filter(persoon=persoon).count() == 2


def test_naamgenoten_zonder_adres_of_nummer_blijven_twee_mensen(bezetting: Bezetting) -> None:
    b = bezetting
    lees_in(b, f"{CHRIS};Jan de Vries;vader;nee;;;", f"{DUNYA};Jan de Vries;vader;ja;;;")
    with schoolcontext([b.kogerveld]):
        assert Persoon.objects.systeemtoegang(reden="test").filter(zoeknaam="jan de vries").count() == 2


def test_dezelfde_ouder_twee_keer_langs_een_andere_weg(bezetting: Bezetting) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        Leerling.objects.systeemtoegang(reden="test").filter(pk=b.dunya.pk).update(sleutel="77")
    kop = f"sleutel;{KOP}"
    regels = inhoud("77;;;;Jan Bos;;nee;;;", f";{DUNYA};Jan Bos;;ja;;;", kop=kop)
    with schoolcontext([b.kogerveld]):
        bestand = lees_personen(regels, bestandsnaam="x.csv")
        uitkomst = personen_inlezen(school=b.kogerveld, bestand=bestand, door=None)
    assert [(w.regel, w.melding) for w in uitkomst.geweigerd] == [
        (3, "Deze ouder staat bij deze leerling ook op regel 2.")
    ]
    assert banden(b, b.dunya) == {"Jan Bos": "nee"}


def test_wie_niet_in_het_bestand_staat_blijft_ouder(bezetting: Bezetting) -> None:
    b = bezetting
    voor = banden(b, b.bram)
    uitkomst = lees_in(b, NIEUW)
    assert any("Dirk Jansen (ouder van Bram Jansen)" in naam for naam in uitkomst.niet_in_bestand)
    assert banden(b, b.bram) == voor


def test_wie_een_account_heeft_houdt_zijn_adres(bezetting: Bezetting) -> None:
    b = bezetting
    uitkomst = lees_in(b, "Jansen;Bram;04-05-2016;Dirk Jansen;vader;ja;dirk.nieuw@thuis.test;06 12312312;")
    assert [(o.regel, o.veld) for o in uitkomst.opmerkingen] == [(2, "email")]
    with schoolcontext([b.kogerveld]):
        dirk = Persoon.objects.systeemtoegang(reden="test").get(pk=b.dirk.persoon.pk)
    assert (dirk.email, dirk.telefoon) == (b.dirk.persoon.email, "06 12312312")


def test_een_beperking_van_de_rechter_blijft(bezetting: Bezetting) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        rij = Ouderschap.objects.systeemtoegang(reden="test").get(leerling=b.bram, persoon=b.dirk.persoon)
        services.gezag_wijzigen(ouderschap=rij, gezag="nee", beperking="geen informatie", door=None)
    lees_in(b, f"Jansen;Bram;04-05-2016;Dirk Jansen;vader;ja;{b.dirk.persoon.email};;")
    assert not ziet(b, b.dirk.gebruiker, b.bram)


def test_onbekende_leerlingen_zijn_geweigerde_regels_zonder_naam(
    bezetting: Bezetting, caplog: pytest.LogCaptureFixture
) -> None:
    b = bezetting
    with caplog.at_level(logging.DEBUG):
        uitkomst = lees_in(
            b, "Elders;Anne;04-05-2016;Olga Elders;moeder;ja;;;", NIEUW, "Özgür;Dunya;2016-05-05;X Y;;;;;"
        )
    assert [(w.regel, w.veld) for w in uitkomst.geweigerd] == [(2, "achternaam"), (4, "achternaam")]
    alles = json.dumps(uitkomst.als_json(), ensure_ascii=False) + caplog.text
    assert not [naam for naam in ("Anne", "Elders", "Dunya", "Özgür", "Meryem", "Olga") if naam in alles]
    with schoolcontext([b.kogerveld]):
        logregel = Logregel.objects.systeemtoegang(reden="test").get(handeling="personen_ingelezen")
        assert "Meryem" not in json.dumps(logregel.gegevens)


def test_wie_de_leerling_niet_beheert_leest_geen_ouders_in(bezetting: Bezetting) -> None:
    for wie in ("anna", "beheerder", "dirk", "ib_anders"):
        with pytest.raises(PermissionDenied):
            lees_in(bezetting, NIEUW, door=bezetting.lid(wie).gebruiker)
    assert banden(bezetting, bezetting.dunya) == {}


def test_tienduizend_regels_waarvan_de_meeste_van_niemand(bezetting: Bezetting) -> None:
    b = bezetting
    regels = [f"{DUNYA};Ouder Nummer{n};oom;nee;o{n}@x.test;;" for n in range(2_000)]
    regels += [f"Niemand;Kind{n};04-05-2016;Ouder Nummer{n};oom;nee;;;" for n in range(8_000)]
    uitkomst = lees_in(b, *regels)
    assert (uitkomst.toegevoegd["personen"], len(uitkomst.geweigerd)) == (2_000, 8_000)


def test_een_lijst_van_tweehonderdduizend_is_niet_van_een_school() -> None:
    regel = f"{DUNYA};Ouder Nummer;oom;nee;;;\n"
    with pytest.raises(BestandGeweigerd, match=r"meer dan 20\.000 rijen") as fout:
        lees_personen((KOP + "\n" + regel * 200_000).encode(), bestandsnaam="ouders.csv")
    assert fout.value.regel == 20_002


# -- the command ------------------------------------------------------------------------------------------------------


def commando(b: Bezetting, pad: Path, bytes_: bytes, naam: str = "ouders.csv", **opties: Any) -> dict[str, Any]:
    bestand = pad / naam
    bestand.write_bytes(bytes_)
    uit = StringIO()
    call_command("personen_inlezen", str(bestand), school=b.kogerveld.code, json=True, stdout=uit, **opties)
    gelezen: dict[str, Any] = json.loads(uit.getvalue())
    return gelezen


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252"])
def test_het_commando_in_elke_codering(bezetting: Bezetting, tmp_path: Path, codering: str) -> None:
    uit = commando(bezetting, tmp_path, inhoud(NIEUW).decode().encode(codering))
    assert uit["toegevoegd"] == {"personen": 1, "ouderschappen": 1}
    assert banden(bezetting, bezetting.dunya) == {"Meryem Özgür": "ja"}
    assert set(uit) >= {"toegevoegd", "gewijzigd", "ongewijzigd", "geweigerd"}


def test_het_commando_leest_een_werkboek_en_weigert_een_formule(bezetting: Bezetting, tmp_path: Path) -> None:
    boek = Workbook()
    blad: Any = boek.active
    blad.append(KOP.split(";"))
    blad.append(NIEUW.split(";"))
    blad.append([*CHRIS.split(";"), '=HYPERLINK("http://x.test","Jan")', "vader", "ja", "", "", ""])
    uit = BytesIO()
    boek.save(uit)
    gelezen = commando(bezetting, tmp_path, uit.getvalue(), naam="ouders.xlsx")
    assert gelezen["toegevoegd"]["personen"] == 1
    assert [(w["regel"], w["veld"]) for w in gelezen["geweigerd"]] == [(3, "naam")]


@pytest.mark.parametrize(
    ("bytes_", "zin"),
    [
        (b"", "leeg"),
        (b"voornaam;cijfer\nJan;7\n", "ontbreekt de kolom"),
        (b"%PDF-1.4 ...", "pdf"),
        (b"PK\x03\x04halverwege afgebroken", "ouders.csv"),
        (b"\x00\x01\x02\x03", "geen tabel"),
        ("achternaam;naam\nÖzgür;".encode() + "Özgür".encode("cp1252"), "ouders.csv"),
        (inhoud(NIEUW, f'{CHRIS};"Jan'), "ouders.csv"),
    ],
)
def test_een_onbruikbaar_bestand_wordt_in_zijn_geheel_geweigerd(
    bezetting: Bezetting, tmp_path: Path, bytes_: bytes, zin: str
) -> None:
    bestand = tmp_path / "ouders.csv"
    bestand.write_bytes(bytes_)
    uit = StringIO()
    with pytest.raises(CommandError) as fout:
        call_command("personen_inlezen", str(bestand), school=bezetting.kogerveld.code, json=True, stdout=uit)
    assert fout.value.returncode == 1
    assert zin in str(fout.value)
    assert json.loads(uit.getvalue())["geweigerd"][0]["melding"] == str(fout.value)
    assert banden(bezetting, bezetting.dunya) == {}


@pytest.mark.parametrize("argumenten", [{"school": "bestaat-niet"}, {"bestand": "/bestaat/niet.csv"}, {"bestand": "/"}])
def test_een_verkeerde_aanroep(bezetting: Bezetting, tmp_path: Path, argumenten: dict[str, str]) -> None:
    bestand = tmp_path / "x.csv"
    bestand.write_bytes(inhoud(NIEUW))
    with pytest.raises(CommandError) as fout:
        call_command(
            "personen_inlezen",
            argumenten.get("bestand", str(bestand)),
            school=argumenten.get("school", bezetting.kogerveld.code),
        )
    assert fout.value.returncode == 2


def test_zonder_json_vertelt_het_commando_het_in_zinnen(bezetting: Bezetting, tmp_path: Path) -> None:
    bestand = tmp_path / "ouders.csv"
    bestand.write_bytes(inhoud(NIEUW, f"{CHRIS};Jan Bos;;misschien;;;"))
    uit = StringIO()
    call_command("personen_inlezen", str(bestand), school=bezetting.kogerveld.code, proef=True, stdout=uit)
    assert "personen: 1 nieuw, 0 gewijzigd, 0 gelijk (proef: er is niets bewaard)" in uit.getvalue()
    assert "ouders.csv, regel 3: Vul bij gezag ja, nee of onbekend in." in uit.getvalue()


# -- on screen --------------------------------------------------------------------------------------------------------


def upload(browser: Any, *regels: str) -> Any:
    bestand = SimpleUploadedFile("ouders.csv", inhoud(*regels))
    return browser.post("/beheer/inlezen/ouders/", {"bestand": bestand})


def test_kiezen_nakijken_inlezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.carla.gebruiker)
    antwoord = upload(browser, NIEUW, "Niemand;Hier;04-05-2016;Jan Bos;;;;;")
    assert antwoord.status_code == 302
    nakijken = antwoord["Location"]
    pagina = browser.get(nakijken).content.decode()
    for tekst in ("1 nieuw", "1 regel niet", "Meryem Özgür", "moeder van Dunya Özgür", "Niet in dit bestand"):
        assert tekst in pagina
    assert banden(b, b.dunya) == {}, "looking writes nothing"
    assert browser.get(nakijken.replace("ouders/", "")).status_code == 404, "not a file of pupils"
    browser.post(nakijken, {"actie": "inlezen"})
    assert banden(b, b.dunya) == {"Meryem Özgür": "ja"}
    with schoolcontext([b.kogerveld]):
        rij = Importbestand.objects.systeemtoegang(reden="test").get(soort="personen", ingelezen_op__isnull=False)
        assert rij.inhoud is None
        assert "Özgür" not in json.dumps(rij.uitkomst, ensure_ascii=False)
    assert browser.get(nakijken).status_code == 404, "once"
    assert "ouders.csv" in browser.get("/beheer/inlezen/ouders/").content.decode()
    assert "ouders.csv" not in browser.get("/beheer/inlezen/").content.decode()


def test_niets_doen_gooit_het_bestand_weg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.dora.gebruiker)
    nakijken = upload(browser, NIEUW)["Location"]
    browser.post(nakijken, {"actie": "weg"})
    assert browser.get(nakijken).status_code == 404
    assert banden(b, b.dunya) == {}


def test_een_onleesbaar_bestand_zegt_waarom(bezetting: Bezetting, inloggen: Inloggen) -> None:
    browser = inloggen(bezetting.carla.gebruiker)
    bestand = SimpleUploadedFile("foto.csv", b"voornaam;cijfer\nJan;7\n")
    antwoord = browser.post("/beheer/inlezen/ouders/", {"bestand": bestand})
    assert antwoord.status_code == 422
    assert "ontbreekt de kolom" in antwoord.content.decode()
    assert browser.post("/beheer/inlezen/ouders/", {}).status_code == 422


def test_het_lege_werkboek_heeft_de_kolommen_en_is_terug_te_lezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    antwoord = inloggen(bezetting.carla.gebruiker).get("/beheer/inlezen/ouders/sjabloon/")
    blad: Any = load_workbook(BytesIO(antwoord.content)).active
    koppen = [cel.value for cel in blad[1]]
    assert set(koppen) == set(KOLOMMEN) - {"voorvoegsel"}
    for plek, waarde in enumerate(["", "Özgür", "Dunya", "04-05-2016", "Meryem Özgür", "moeder", "ja"], start=1):
        blad.cell(row=2, column=plek, value=waarde)
    uit = BytesIO()
    blad.parent.save(uit)
    (rij,) = lees_personen(uit.getvalue(), bestandsnaam="ouders.xlsx").rijen
    assert (rij.leerling.roepnaam, rij.naam, rij.gezag) == ("Dunya", "Meryem Özgür", "ja")


@pytest.mark.parametrize("wie", ["anna", "specialist", "beheerder", "dirk", "extern", "rt"])
def test_alleen_ib_en_directie(bezetting: Bezetting, inloggen: Inloggen, wie: str) -> None:
    browser = inloggen(bezetting.lid(wie).gebruiker)
    assert browser.get("/beheer/inlezen/ouders/").status_code == 404
    assert "Ouders inlezen" not in browser.get("/beheer/").content.decode()
