"""The school's own procedure: terms and words on screen, the whole as a file, and what may not vanish."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from leerlingen import profielen_van_school, services
from leerlingen.models import Importbestand, Profielversie
from leerlingen.profiel import INGEBOUWD, Profiel, als_toml, laad_profiel, lees_ingebouwd, verschillen
from leerlingen.profiel.verschil import NIEUW, WEG
from tests.bouw import Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[[Any], Any]


@pytest.mark.parametrize("code", INGEBOUWD)
def test_een_opgehaalde_procedure_is_precies_dezelfde(code: str) -> None:
    profiel = lees_ingebouwd(code)
    terug = laad_profiel(als_toml(profiel), naam="terug.toml")
    assert terug == profiel and verschillen(profiel, terug) == []


def test_wat_er_verandert_staat_er_met_waar() -> None:
    oud = lees_ingebouwd("kogerveld")
    tekst = als_toml(oud)
    assert 'naam = "Evaluatie na het SOT"\naantal = 8' in tekst
    nieuw = laad_profiel(
        tekst.replace('naam = "Evaluatie na het SOT"\naantal = 8', 'naam = "Evaluatie na het SOT"\naantal = 6')
        + '\n[[termijnen]]\ncode = "nieuw"\nnaam = "Nieuwe termijn"\naantal = 3\neenheid = "weken"\n',
        naam="nieuw.toml",
    )
    assert [(v.waar, v.was, v.wordt) for v in verschillen(oud, nieuw)] == [
        ("termijnen[evaluatie_sot].aantal", "8", "6"),
        ("termijnen[nieuw]", NIEUW, "Nieuwe termijn"),
    ]
    assert [v.wordt for v in verschillen(nieuw, oud)] == ["8", WEG]


def geldend(school: School) -> Profiel:
    """What runs now, as a next request finds it."""
    vers = School.objects.get(pk=school.pk)
    with schoolcontext([vers]):
        return profielen_van_school.huidig_profiel(vers)


def velden(school: School) -> dict[str, Any]:
    """What the page sends when nothing was touched."""
    versie = profielen_van_school.huidige_versie(school)
    profiel = profielen_van_school.profiel(versie)
    uit: dict[str, Any] = {f"rol:{rol}": naam for rol, naam in profiel.begrippen.rollen.model_dump().items()}
    uit["versie"] = versie.nummer
    for termijn in profiel.termijnen:
        uit |= {f"termijn:{termijn.code}:aantal": termijn.aantal, f"termijn:{termijn.code}:eenheid": termijn.eenheid}
    for niveau in profiel.niveau:
        uit |= {f"niveau:{niveau.code}:naam": niveau.naam, f"niveau:{niveau.code}:kort": niveau.kort}
    return uit


def versies(school: School) -> int:
    return int(Profielversie.objects.systeemtoegang(reden="de proef").filter(school=school).count())


def test_een_andere_termijn_op_het_scherm_geldt_meteen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.dora.gebruiker)
    adres = reverse("beheer:procedure")
    with schoolcontext([b.kogerveld]):
        ingevuld, eerst = velden(b.kogerveld), versies(b.kogerveld)
    assert browser.post(adres, ingevuld).status_code == 302
    with schoolcontext([b.kogerveld]):
        assert versies(b.kogerveld) == eerst, "the same is no new version"
    anders = ingevuld | {"termijn:evaluatie_sot:aantal": "6", "rol:ib": "zorgcoördinator", "niveau:3:naam": "Ons SOT"}
    assert browser.post(adres, anders).status_code == 302
    profiel = geldend(b.kogerveld)
    with schoolcontext([b.kogerveld]):
        assert versies(b.kogerveld) == eerst + 1
    assert (profiel.zoek_termijn("evaluatie_sot").aantal, profiel.rolnaam("ib")) == (6, "zorgcoördinator")
    assert profiel.zoek_niveau("3").naam == "Ons SOT"
    fout = browser.post(adres, ingevuld | {"termijn:evaluatie_sot:aantal": "0"})
    assert fout.status_code == 422 and "Evaluatie na het SOT: aantal" in fout.content.decode()


def test_een_oud_scherm_zet_niets_terug(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Two people, two terms: the second reads that something changed, and the first's change stands."""
    b, browser = bezetting, inloggen(bezetting.dora.gebruiker)
    adres = reverse("beheer:procedure")
    with schoolcontext([b.kogerveld]):
        ingevuld = velden(b.kogerveld)
    assert browser.post(adres, ingevuld | {"termijn:evaluatie_sot:aantal": "6"}).status_code == 302
    later = browser.post(adres, ingevuld | {"rol:ib": "zorgcoördinator"})
    assert later.status_code == 422 and "Intussen is de procedure veranderd" in later.content.decode()
    zonder = browser.post(adres, {naam: waarde for naam, waarde in ingevuld.items() if naam != "versie"})
    assert zonder.status_code == 422, "a form of before this was asked"
    assert geldend(b.kogerveld).zoek_termijn("evaluatie_sot").aantal == 6


def test_een_bestand_dat_lag_te_wachten_zet_niets_terug(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """What it changes is looked at again when the procedure changed meanwhile."""
    b, browser = bezetting, inloggen(bezetting.dora.gebruiker)
    tekst = browser.get(reverse("beheer:procedure_bestand")).content.decode()
    anders = tekst.replace('naam = "Evaluatie na het SOT"', 'naam = "Terugkijken"').encode()
    adres = browser.post(reverse("beheer:procedure_inlezen"), {"bestand": SimpleUploadedFile("onze.toml", anders)})[
        "Location"
    ]
    with schoolcontext([b.kogerveld]):
        ingevuld = velden(b.kogerveld)
    assert (
        browser.post(reverse("beheer:procedure"), ingevuld | {"termijn:evaluatie_sot:aantal": "6"}).status_code == 302
    )
    antwoord = browser.post(adres, {"actie": "gelden", "versie": ingevuld["versie"]}, follow=True)
    assert "Kijk na wat dit bestand nu verandert" in antwoord.content.decode()
    assert geldend(b.kogerveld).zoek_termijn("evaluatie_sot").aantal == 6
    assert "2 aanpassingen" in antwoord.content.decode()


def test_het_hele_bestand_heen_en_terug(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.dora.gebruiker)
    tekst = browser.get(reverse("beheer:procedure_bestand")).content.decode()
    assert tekst.startswith("# ") and "De Kogerveld" in tekst

    def geef(inhoud: str) -> Any:
        bestand = SimpleUploadedFile("onze.toml", inhoud.encode())
        return browser.post(reverse("beheer:procedure_inlezen"), {"bestand": bestand})

    kapot = geef(tekst.replace('eenheid = "weken"', 'eenheid = "maandagen"', 1))
    assert kapot.status_code == 422 and "onze.toml, regel " in kapot.content.decode()
    zonder = geef(
        tekst.replace('code = "evaluatie_sot"', 'code = "evaluatie_anders"').replace('"evaluatie_sot"', '"x"')
    )
    assert zonder.status_code == 422
    assert geef(tekst).status_code == 302
    goed = geef(tekst.replace('naam = "Evaluatie na het SOT"', 'naam = "Terugkijken op het SOT"'))
    pagina = browser.get(goed["Location"]).content.decode()
    assert "Terugkijken op het SOT" in pagina and "1 aanpassing" in pagina
    (nummer,) = re.findall(r'name="versie" value="(\d+)"', pagina)
    assert browser.post(goed["Location"], {"actie": "gelden", "versie": nummer}).status_code == 302
    assert geldend(b.kogerveld).zoek_termijn("evaluatie_sot").naam == "Terugkijken op het SOT"
    with schoolcontext([b.kogerveld]):
        assert Importbestand.objects.systeemtoegang(reden="de proef").filter(soort="profiel", inhoud=None).count() == 1
    assert browser.get(goed["Location"]).status_code == 404, "read in already"


def test_een_school_die_werkt_kan_niet_zomaar_een_heel_ander_profiel_nemen(op_school: Bezetting) -> None:
    b = op_school
    demeent = lees_ingebouwd("demeent")
    with pytest.raises(DomeinFout, match="verdwijnt, maar kan al in gebruik zijn"):
        services.profiel_vervangen(school=b.kogerveld, nieuw=demeent, toelichting="anders", door=None)
    assert profielen_van_school.huidig_profiel(b.kogerveld).code == "kogerveld"


def test_een_lege_school_neemt_welk_profiel_zij_wil(bezetting: Bezetting) -> None:
    school = services.school_aanmaken(naam="Nieuw", land="NL", profiel="kogerveld", regio="noord", door=None)
    with schoolcontext([school]):
        assert services.profiel_vervangen(
            school=school, nieuw=lees_ingebouwd("demeent"), toelichting="anders", door=None
        )
        assert profielen_van_school.huidig_profiel(school).code == "demeent"
