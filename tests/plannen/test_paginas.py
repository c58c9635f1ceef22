"""The pages of plans: list, making, the plan itself, moving, autosave, statuses, print, remarks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from leerlingen.models import Antwoord
from leerlingen.services import antwoord_bewaren
from plannen import services
from plannen.models import Groepsplan, Indeling
from tests.bouw import Bezetting, fabriek
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
SCRIPT = {"HTTP_X_ZORGPAD_AUTOSAVE": "1"}


def plan_van(b: Bezetting) -> Groepsplan:
    plan = b.extra["groepsplan"]
    assert isinstance(plan, Groepsplan)
    return plan


def adres(b: Bezetting, deel: str = "") -> str:
    return f"/plannen/{plan_van(b).pk}/{deel}"


def kies_alles(b: Bezetting) -> None:
    with schoolcontext([b.kogerveld]):
        for rij in Indeling.objects.systeemtoegang(reden="test").filter(plan=plan_van(b)):
            services.leerling_verplaatsen(indeling=rij, arrangement=rij.arrangement, door=b.anna.gebruiker)


def doelen(b: Bezetting) -> None:
    with schoolcontext([b.kogerveld]):
        for arrangement in ("intensief", "talent"):
            antwoord_bewaren(
                document=plan_van(b).document,
                sectiecode=f"arrangement:{arrangement}",
                vraagcode="doel",
                tekst="Tafels binnen 5 s",
                basisversie=0,
                door=b.anna.gebruiker,
            )


# -- list and making ---------------------------------------------------------------------------------------------


def test_de_lijst_toont_plannen_met_wat_nog_te_kiezen_is(bezetting: Bezetting, inloggen: Inloggen) -> None:
    pagina = inloggen(bezetting.anna.gebruiker).get("/plannen/").content.decode()
    assert adres(bezetting) in pagina
    assert "Rekenen-Wiskunde, 6a" in pagina
    assert "nog 4 te kiezen" in pagina
    assert "Concept 1" in pagina
    ander = inloggen(bezetting.bas.gebruiker).get("/plannen/").content.decode()
    assert adres(bezetting) not in ander
    assert "Nog geen plannen" in ander


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ("?q=6a", True), ("?q=reken", True), ("?q=REKENEN", True), ("?vak=rekenen", True), ("?stand=concept", True),
        ("?jaren=alle", True), ("?groep={groep}", True), ("?q=6b", False), ("?vak=spelling", False),
        ("?stand=definitief", False), ("?stand=ingetrokken", False), ("?groep=999999", False), ("?groep=x", True),
        ("?q=%25", False), ("?pagina=99", True), ("?stand=onzin", False),
    ],
)  # fmt: skip
def test_zoeken_en_filteren(bezetting: Bezetting, inloggen: Inloggen, vraag: str, gevonden: bool) -> None:
    antwoord = inloggen(bezetting.anna.gebruiker).get("/plannen/" + vraag.format(groep=bezetting.groep_6a.pk))
    assert antwoord.status_code == 200
    pagina = antwoord.content.decode()
    assert (f'href="{adres(bezetting)}"' in pagina) is gevonden
    assert gevonden or "Geen plan gevonden" in pagina


def test_de_lijst_vraagt_bij_vijf_plannen_niet_meer_dan_bij_een(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.carla.gebruiker)
    browser.get("/plannen/")
    weinig = vragen(browser, "/plannen/")
    with schoolcontext([b.kogerveld]):
        for vak in ("spelling", "technisch_lezen", "begrijpend_lezen"):
            services.groepsplan_maken(groepen=[b.groep_6a, b.groep_6b], vak=vak, periodecode="periode1", door=None)
    vergelijk(weinig, vragen(browser, "/plannen/"))


def test_een_plan_maken_met_goede_voorzetten(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    pagina = browser.get(f"/plannen/nieuw/?groep={b.groep_6a.pk}&vak=spelling").content.decode()
    gekozen = re.findall(r'value="([^"]+)"[^>]*checked|checked[^>]*value="([^"]+)"', pagina)
    assert {een or ander for een, ander in gekozen} == {str(b.groep_6a.pk), "spelling", "periode1"}
    assert f'value="{b.groep_6b.pk}"' not in pagina, "only own groups"
    velden = {"groepen": [str(b.groep_6a.pk)], "vakken": ["spelling"], "periode": "periode1"}
    antwoord = browser.post("/plannen/nieuw/", velden)
    with schoolcontext([b.kogerveld]):
        plan = Groepsplan.objects.systeemtoegang(reden="test").get(vak="spelling")
    assert antwoord["Location"] == f"/plannen/{plan.pk}/"


def test_vier_vakken_in_een_keer_en_wat_er_al_is_wordt_genoemd(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    vakken = ["rekenen", "spelling", "technisch_lezen"]
    antwoord = browser.post(
        "/plannen/nieuw/", {"groepen": [str(b.groep_6a.pk)], "vakken": vakken, "periode": "periode1"}, follow=True
    )
    pagina = antwoord.content.decode()
    assert "2 plannen staan klaar" in pagina
    assert f'<a href="{adres(b)}">Naar dat plan</a>' in pagina


def test_een_dubbel_plan_wijst_de_weg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    antwoord = inloggen(b.anna.gebruiker).post(
        "/plannen/nieuw/", {"groepen": [str(b.groep_6a.pk)], "vakken": ["rekenen"], "periode": "periode1"}
    )
    assert antwoord.status_code == 422
    assert f'<a href="{adres(b)}">' in antwoord.content.decode()


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"groepen": ["{6b}"], "vakken": ["spelling"], "periode": "periode1"},
        {"groepen": ["{6a}"], "vakken": ["toveren"], "periode": "periode1"},
        {"groepen": ["{6a}"], "vakken": ["spelling"], "periode": "ooit"},
        {"groepen": ["x"], "vakken": ["spelling"], "periode": "periode1"},
    ],
)
def test_een_vreemd_formulier_maakt_niets(bezetting: Bezetting, inloggen: Inloggen, velden: dict[str, Any]) -> None:
    b = bezetting
    namen = {"{6a}": str(b.groep_6a.pk), "{6b}": str(b.groep_6b.pk)}
    data = {
        naam: [namen.get(w, w) for w in waarde] if isinstance(waarde, list) else waarde
        for naam, waarde in velden.items()
    }
    assert inloggen(b.anna.gebruiker).post("/plannen/nieuw/", data).status_code == 422
    with schoolcontext([b.kogerveld]):
        assert Groepsplan.objects.systeemtoegang(reden="test").count() == 1


def test_op_het_groepsoverzicht_staat_het_eerste_plan_dat_ontbreekt(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    pagina = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/").content.decode()
    assert f"/plannen/nieuw/?groep={b.groep_6a.pk}&amp;vak=begrijpend_lezen" in pagina
    assert pagina.count("btn-primary") == 1
    kijker = inloggen(b.specialist.gebruiker).get(f"/groepen/{b.groep_6a.pk}/").content.decode()
    assert "/plannen/nieuw/" not in kijker


# -- the plan ------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-105")
@pytest.mark.acceptatie("M-35")
@pytest.mark.acceptatie("M-36")
@pytest.mark.acceptatie("M-37")
@pytest.mark.acceptatie("M-38")
def test_het_plan_toont_drie_kolommen_met_leerlingen_redenen_en_velden(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    pagina = inloggen(b.anna.gebruiker).get(adres(b)).content.decode()
    kolommen = re.findall(r'data-arrangement="(\w+)"', pagina)
    assert kolommen == ["talent", "basis", "intensief"]
    for naam in ("Talentarrangement", "Basisarrangement", "Intensief arrangement"):
        assert naam in pagina
    assert "III, IV; groei +1" in pagina
    assert "past ook in Basisarrangement" in pagina
    for vraag in ("doel", "inhoud", "aanpak", "organisatie", "materiaal", "evaluatiewijze"):
        assert f"sectie=arrangement%3Aintensief&amp;vraag={vraag}" in pagina
    assert "Nog 4 keuzes van u" in pagina
    assert pagina.count("btn-primary") == 1
    assert "<b>Bobby</b>" not in pagina
    with schoolcontext([b.kogerveld]):
        gelezen = Logregel.objects.systeemtoegang(reden="test").filter(
            handeling="groepsplan_ingezien", actor_id=b.anna.gebruiker.pk
        )
        assert gelezen.get().object_id == plan_van(b).pk


def test_de_specialist_leest_zonder_te_schrijven(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    pagina = inloggen(b.specialist.gebruiker).get(adres(b)).content.decode()
    assert "III, IV; groei +1" in pagina
    assert "data-bewaar-url" not in pagina
    assert "verplaats" not in pagina
    assert f'action="{adres(b, "reactie/")}"' in pagina


def test_wie_maar_een_leerling_ziet_krijgt_ook_maar_die_cijfers(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """A plan of 6a and 6b together: Anna sees the pupils of 6a and every number counts only these."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        plan = services.groepsplan_maken(
            groepen=[b.groep_6a, b.groep_6b], vak="spelling", periodecode="periode1", door=None
        )
    pagina = inloggen(b.anna.gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
    assert sum(int(n) for n in re.findall(r"data-aantal>(\d+)<", pagina)) == 5
    assert b.dunya.naam not in pagina
    assert "Özgür" not in pagina


def test_autosave_van_een_antwoord_en_de_botsing(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    anna, duo = inloggen(b.anna.gebruiker), inloggen(b.duo.gebruiker)
    pagina = anna.get(adres(b)).content.decode()
    url = next(u for u in re.findall(r'data-bewaar-url="([^"]+)"', pagina) if "intensief&amp;vraag=doel" in u)
    url = url.replace("&amp;", "&")
    een = anna.post(url, {"tekst": "Tafels", "versie": "0"}, **SCRIPT)
    assert (een.status_code, een.json()["versie"]) == (200, 1)
    twee = duo.post(url, {"tekst": "Klokkijken", "versie": "0"}, **SCRIPT)
    assert (twee.status_code, twee.json()["tekst"], twee.json()["door"]) == (409, "Tafels", b.anna.persoon.naam)
    assert "Tafels" in duo.get(adres(b)).content.decode()
    assert inloggen(b.specialist.gebruiker).post(url, {"tekst": "Ik", "versie": "1"}, **SCRIPT).status_code == 403
    assert inloggen(b.bas.gebruiker).post(url, {"tekst": "Ik", "versie": "1"}, **SCRIPT).status_code == 404


def test_zonder_script_komt_men_terug_op_het_plan(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    pagina = inloggen(b.anna.gebruiker).get(adres(b)).content.decode()
    actie = next(a for a in re.findall(r'action="([^"]+)"', pagina) if "vraag=doel" in a).replace("&amp;", "&")
    antwoord = inloggen(b.anna.gebruiker).post(actie, {"tekst": "Tafels", "versie": "0"})
    assert antwoord["Location"] == adres(b)


def test_onderwijsbehoeften_van_een_leerling(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    pagina = browser.get(adres(b)).content.decode()
    url = next(
        u for u in re.findall(r'data-bewaar-url="([^"]+)"', pagina) if "behoeften" in u and f"leerling={b.bram.pk}" in u
    ).replace("&amp;", "&")
    assert browser.post(url, {"tekst": "heeft voordoen nodig", "versie": "0"}, **SCRIPT).status_code == 200
    assert "heeft voordoen nodig" in browser.get(adres(b)).content.decode()
    gijs = inloggen(b.specialist.gebruiker).get(adres(b)).content.decode()
    assert "heeft voordoen nodig" in gijs, "his own subject"


def test_verplaatsen_met_en_zonder_script(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    url = adres(b, f"leerlingen/{b.bram.pk}/")
    antwoord = browser.post(url, {"arrangement": "basis", "toelichting": "Doet goed mee"})
    assert antwoord["Location"] == f"{adres(b)}#leerling-{b.bram.pk}"
    assert "III, IV; groei +1; Doet goed mee" in browser.get(adres(b)).content.decode()
    script = browser.post(url, {"arrangement": "talent"}, **SCRIPT)
    assert script.json() == {"arrangement": "talent", "naam": b.bram.naam}
    with schoolcontext([b.kogerveld]):
        rij = Indeling.objects.systeemtoegang(reden="test").get(plan=plan_van(b), leerling=b.bram)
        assert (rij.arrangement, rij.toelichting) == ("talent", "Doet goed mee"), "a drag keeps the words"
    fout = browser.post(url, {"arrangement": "nergens"}, **SCRIPT)
    assert (fout.status_code, "drie arrangementen" in fout.json()["melding"]) == (422, True)
    assert browser.post(adres(b, f"leerlingen/{b.chris.pk}/"), {"arrangement": "basis"}).status_code == 404
    assert inloggen(b.specialist.gebruiker).post(url, {"arrangement": "basis"}).status_code == 403
    assert inloggen(b.bas.gebruiker).post(url, {"arrangement": "basis"}).status_code == 404


def test_de_knop_van_de_pagina_volgt_wat_er_nog_moet(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    kies_alles(b)
    pagina = browser.get(adres(b)).content.decode()
    assert "Voor «klaar voor bespreking» ontbreekt nog" in pagina
    assert "Doel bij Intensief arrangement" in pagina
    doelen(b)
    pagina = browser.get(adres(b)).content.decode()
    assert "Alles is ingevuld" in pagina
    assert pagina.count("btn-primary") == 1
    antwoord = browser.post(adres(b, "stand/"), {"naar": "bespreken"}, follow=True)
    assert "klaar voor bespreking" in antwoord.content.decode()
    assert "Terug naar concept" in antwoord.content.decode()
    assert browser.post(adres(b, "stand/"), {"naar": "concept"}).status_code == 302


def test_een_stap_die_nog_niet_kan_zegt_waarom(bezetting: Bezetting, inloggen: Inloggen) -> None:
    antwoord = inloggen(bezetting.anna.gebruiker).post(adres(bezetting, "stand/"), {"naar": "definitief"})
    assert antwoord.status_code == 409
    assert "nog 4 keuzes bij leerlingen" in antwoord.content.decode()


def test_een_afgerond_plan_is_om_te_lezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    kies_alles(b)
    doelen(b)
    browser = inloggen(b.anna.gebruiker)
    browser.post(adres(b, "stand/"), {"naar": "definitief"})
    with schoolcontext([b.kogerveld]):
        for arrangement in ("basis", "intensief", "talent"):
            antwoord_bewaren(
                document=plan_van(b).document,
                sectiecode=f"evaluatie:{arrangement}",
                vraagcode="doel_gehaald",
                tekst="ja",
                basisversie=0,
                door=b.anna.gebruiker,
            )
    browser.post(adres(b, "stand/"), {"naar": "geevalueerd"})
    pagina = browser.get(adres(b)).content.decode()
    assert "geëvalueerd" in pagina
    assert "data-bewaar-url" not in pagina
    assert "Tafels binnen 5 s" in pagina


@pytest.mark.acceptatie("M-44")
@pytest.mark.acceptatie("M-45")
@pytest.mark.acceptatie("M-111")
def test_de_evaluatie_per_arrangement_en_per_leerling(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    pagina = browser.get(adres(b)).content.decode()
    urls = [u.replace("&amp;", "&") for u in re.findall(r'data-bewaar-url="([^"]+)"', pagina)]
    geheel = next(u for u in urls if "evaluatie%3Aintensief&vraag=doel_gehaald" in u)
    kind = next(u for u in urls if "leerlingen_gehaald" in u and f"leerling={b.bram.pk}" in u)
    vervolg = next(u for u in urls if "evaluatie%3Aintensief&vraag=vervolg" in u)
    for url, tekst in ((geheel, "gedeeltelijk"), (kind, "nee"), (vervolg, "Meer herhalen")):
        assert browser.post(url, {"tekst": tekst, "versie": "0"}, **SCRIPT).status_code == 200
    pagina = browser.get(adres(b)).content.decode()
    rondje = re.search(r'<input [^>]*id="evaluatie-intensief-doel_gehaald-2"[^>]*>', pagina)
    assert rondje and 'value="gedeeltelijk"' in rondje[0] and "checked" in rondje[0]
    assert "Meer herhalen" in pagina


@pytest.mark.acceptatie("M-40")
def test_afdrukken_geeft_alles_om_te_lezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    doelen(b)
    pagina = inloggen(b.anna.gebruiker).get(adres(b, "?afdrukken=1")).content.decode()
    assert "liggend-papier" in pagina
    assert "Tafels binnen 5 s" in pagina
    assert "data-bewaar-url" not in pagina
    assert "<form" not in pagina.split("<main")[1]
    assert "Vragen en opmerkingen" not in pagina


def test_vorig_plan_ernaast(bezetting: Bezetting, inloggen: Inloggen, klok_op: Callable[[str], None]) -> None:
    b = bezetting
    doelen(b)
    klok_op("2027-01-25T09:00")
    with schoolcontext([b.kogerveld]):
        plan = services.groepsplan_maken(groepen=[b.groep_6a], vak="rekenen", periodecode="periode2", door=None)
    browser = inloggen(b.anna.gebruiker)
    assert "Vorig plan ernaast" in browser.get(f"/plannen/{plan.pk}/").content.decode()
    pagina = browser.get(f"/plannen/{plan.pk}/?naast=vorig").content.decode()
    assert pagina.count("Tafels binnen 5 s") == 4, "twice in the plan, twice beside it"


def test_bijwerken_en_intrekken(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    with schoolcontext([b.kogerveld]):
        fabriek.leerling(b.kogerveld, "Nina", groep=b.groep_6a)
    assert "1 leerling erbij" in browser.post(adres(b, "bijwerken/"), follow=True).content.decode()
    assert "niets nieuws" in browser.post(adres(b, "bijwerken/"), follow=True).content.decode()
    assert "Plan intrekken?" in browser.get(adres(b, "intrekken/")).content.decode()
    assert browser.post(adres(b, "intrekken/"), {"reden": ""}).status_code == 422
    assert browser.post(adres(b, "intrekken/"), {"reden": "Dubbel"}).status_code == 302
    pagina = browser.get(adres(b)).content.decode()
    assert "ingetrokken" in pagina
    assert "data-bewaar-url" not in pagina
    assert "Ingetrokken 1" in browser.get("/plannen/").content.decode()


def test_reacties(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    gijs = inloggen(b.specialist.gebruiker)
    assert gijs.post(adres(b, "reactie/"), {"tekst": "  "}).status_code == 422
    assert gijs.post(adres(b, "reactie/"), {"tekst": "<script>Waarom?</script>"}).status_code == 302
    pagina = inloggen(b.anna.gebruiker).get(adres(b)).content.decode()
    assert "&lt;script&gt;Waarom?" in pagina
    assert inloggen(b.bas.gebruiker).post(adres(b, "reactie/"), {"tekst": "Ik"}).status_code == 404


def test_de_pagina_toont_geen_tekst_over_een_leerling_die_men_niet_ziet(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        plan = services.groepsplan_maken(
            groepen=[b.groep_6a, b.groep_6b], vak="spelling", periodecode="periode1", door=None
        )
        rij = Indeling.objects.systeemtoegang(reden="test").get(plan=plan, leerling=b.dunya)
        antwoord_bewaren(
            document=plan.document,
            sectiecode=f"arrangement:{rij.arrangement}",
            vraagcode="onderwijsbehoeften",
            tekst="Dunya heeft rust nodig",
            basisversie=0,
            leerling=b.dunya,
            door=b.bas.gebruiker,
        )
        assert Antwoord.objects.zichtbaar_voor(b.bas.gebruiker).filter(leerling=b.dunya).exists()
    for wie in ("anna", "specialist"):
        assert "rust nodig" not in inloggen(b.lid(wie).gebruiker).get(f"/plannen/{plan.pk}/").content.decode(), wie
    assert "rust nodig" in inloggen(b.bas.gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
