"""The papers about a pupil hold what the five procedures ask: begun on screen, the questions stand on the page."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from besprekingen import services
from leerlingen import services as leerlingservices
from leerlingen.models import Document
from leerlingen.profiel import als_json, lees_ingebouwd
from leerlingen.zorgroute import beoordeel
from tests.acceptatie.hulp import (
    KOGERVELD,
    Inloggen,
    alles,
    begin_papier,
    geval,
    neem_profiel,
    spreek_ouders,
    velden,
)
from tests.bouw import Bezetting, fabriek
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

# number, procedure, paper, who begins it, question → what it asks
VRAGEN = [
    geval("K-25", "kogerveld", "analyse_toets", "anna", {
        "analyse-behaald": "Is de beoogde vaardigheidsgroei gemaakt?",
        "analyse-waardoor_groei": "Waardoor komt dat?",
        "analyse-norm": "Is de leerling in dezelfde norm gebleven?",
        "analyse-waardoor_norm": "Waardoor komt dat?",
    }),
    geval("K-31", "kogerveld", "opp", "anna", {"handelingsdeel-andere_groep": "Instructie in een andere groep"}),
    geval("K-37", "kogerveld", "intake_instroom", "carla", {
        "herkomst-ouders": "Wat zeggen de ouders over extra ondersteuning tot nu toe?",
        "herkomst-school": "Wat zegt de school van herkomst?",
        "herkomst-verschil": "Is daar verschil tussen?",
    }),
    geval("K-38", "kogerveld", "intake_instroom", "carla", {
        "afweging-advies": "Advies aan de directeur", "start-besluit": "Besluit van de directeur",
    }),
    geval("K-45", "kogerveld", "dyslexiedossier", "carla", {
        "onderzoek-aangevraagd": "Onderzoek aangevraagd door de ouders op",
    }),
    geval("K-55", "kogerveld", "stappenplan_snelle_leerder", "anna", {"stappen-diagnose": "Voorlopige diagnose"}),
    geval("K-59", "kogerveld", "intake_instroom", "carla", {
        "afweging-nodig": "Wat heeft de leerling nodig?",
        "afweging-kunnen": "Wat kan de school bieden, en waar is de grens?",
    }),
    geval("K-67", "kogerveld", "intake_instroom", "carla", {
        "herkomst-school": "Wat zegt de school van herkomst?", "afweging-advies": "Advies aan de directeur",
    }),
    geval("K-79", "kogerveld", "observatie", "carla", {
        "observatie-kijkvraag": "Kijkvraag", "observatie-situatie": "Situatie", "observatie-gezien": "Wat zag u?",
    }),
    geval("K-83", "kogerveld", "oudergesprek", "anna", {"gesprek-gespreksleider": "Wie leidde het gesprek?"}),
    geval("M-11", "demeent", "arrangement", "carla", {
        "vraag-kind": "Wat heeft dit kind nodig?",
        "vraag-leerkracht": "Wat heeft de leerkracht nodig om het arrangement uit te voeren?",
    }),
    geval("M-12", "demeent", "arrangement", "carla", {
        "ivo-aandacht_tijd": "Hoeveelheid aandacht en tijd", "ivo-materialen": "Onderwijsmaterialen",
        "ivo-ruimte": "De ruimtelijke omgeving", "ivo-expertise": "De expertise vanuit het samenwerkingsverband",
    }),
    geval("M-17", "demeent", "observatie", "anna", {
        "observatie-gezien": "Wat zag u?", "observatie-betekenis": "Wat betekent dit voor de begeleiding?",
    }),
    geval("M-18", "demeent", "kindgesprek", "anna", {"gesprek-eigen_woorden": "In de woorden van de leerling"}),
    geval("M-19", "demeent", "oudergesprek", "anna", {
        "gesprek-ouders": "Wat vertelden de ouders?", "gesprek-verwachting": "Wat verwachten de ouders?",
    }),
    geval("M-118", "demeent", "opp", "anna", {
        "evaluatie-doelen": "Welke doelen zijn gehaald?", "evaluatie-bijstelling": "Wat stellen we bij?",
    }),
    geval("L-03", "loshoes", "groeidocument", "carla", {"beeld-onderwijsbehoeften": "Onderwijsbehoeften"}),
    geval("L-08", "loshoes", "groeidocument", "carla", {
        "beeld-bevorderend": "Bevorderende factoren: kind, school, thuis",
    }),
    geval("L-13", "loshoes", "observatie", "anna", {
        "observatie-betekenis": "Wat betekent het voor de begeleiding?",
    }),
    geval("L-19", "loshoes", "observatie", "anna", {
        "observatie-situatie": "Situatie", "observatie-gezien": "Wat valt op in de observatie?",
        "observatie-vragen": "Welke vragen roept de observatie op?",
        "observatie-betekenis": "Wat betekent het voor de begeleiding?",
    }),
    geval("L-20", "loshoes", "observatie", "anna", {"observatie-kijkvraag": "Met welke vraag kijkt u?"}),
    geval("L-23", "loshoes", "portfolio_item", "anna", {"label-gekozen": "Wie koos het?"}),
    geval("L-25", "loshoes", "portfolio_item", "anna", {
        "label-betekenis": "Wat betekent het voor de ontwikkeling van het kind?",
        "label-leerlijn": "Bij welke leerlijn of leerlijnen hoort het?",
    }),
    geval("L-28", "loshoes", "kindgesprek", "anna", {"gesprek-eigen_woorden": "In de woorden van het kind"}),
    geval("A-49", "aruba", "handelingsplan", "anna", {"plan-uitvoering": "Wie voert wat uit?"}),
    geval("A-51", "aruba", "handelingsplan", "anna", {
        "plan-beginsituatie": "Beginsituatie", "plan-doel": "Doel", "plan-onderwijsbehoeften": "Onderwijsbehoeften",
        "plan-inhoud": "Leerinhoud", "plan-aanpak": "Methodiek", "plan-materiaal": "Materiaal",
        "plan-organisatie": "Organisatie", "plan-evaluatiewijze": "Hoe en wanneer evalueert u?",
    }),
    geval("A-52", "aruba", "rt_verslag", "rt", {
        "rt-uitvoering": "Wat is gedaan, in of buiten de klas?", "rt-afstemming": "Afstemming met de klassenleerkracht",
    }),
    geval("A-53", "aruba", "rt_verslag", "rt", {"rt-criterium": "Waarom komt de leerling in aanmerking?"}),
    geval("A-64", "aruba", "rt_verslag", "rt", {"rt-onderzoek": "Didactisch onderzoek"}),
    geval("V-06", "vlaanderen", "groeidocument", "carla", {
        "hulpvraag-hulpvraag": "Hulpvraag", "beeld-acties": "Acties en maatregelen tot nu toe",
    }),
    geval("V-07", "vlaanderen", "groeidocument", "carla", {
        "beeld-onderwijsbehoeften": "Onderwijsbehoeften van de leerling",
        "beeld-ondersteuning": "Ondersteuningsbehoeften van de leerkracht",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("profiel", "soort", "wie", "vragen"), VRAGEN)
def test_het_papier_vraagt_wat_de_procedure_vraagt(
    bezetting: Bezetting, inloggen: Inloggen, profiel: str, soort: str, wie: str, vragen: dict[str, str]
) -> None:
    if profiel != "kogerveld":
        neem_profiel(bezetting, profiel)
    gevonden = velden(begin_papier(bezetting, inloggen, soort, wie))
    assert {sleutel: gevonden.get(sleutel) for sleutel in vragen} == vragen


# -- talks ------------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-111")
@pytest.mark.acceptatie("K-155")
def test_kindgesprek_en_oudergesprek_staan_als_formulier_in_het_dossier(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    adres = f"/besprekingen/leerlingen/{b.bram.pk}/gesprek/"
    kind = browser.post(adres, {"soort": "kind", "op": "2026-11-02", "tekst": "Leest graag"}, follow=True)
    pagina = kind.content.decode()
    assert "Oplossingsgericht gesprek" in pagina
    assert velden(pagina)["gesprek-schaal"] == "Waar sta je nu, van 0 tot 10?"
    ouders = browser.post(adres, {"soort": "ouders", "op": "2026-11-02", "tekst": "Thuis gaat het"}, follow=True)
    assert velden(ouders.content.decode())["gesprek-ouders"] == "Wat vertelden de ouders?"
    dossier = browser.get(f"/leerlingen/{b.bram.pk}/dossier/").content.decode()
    for bladzij in (kind, ouders):
        assert f'href="{bladzij.redirect_chain[-1][0]}"' in dossier
    assert "Formulier kindgesprek" in dossier
    assert "Formulier oudergesprek" in dossier


def test_eerst_de_specialist_dan_de_leerlingbespreking(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The talk with the specialist is on record beside the meetings, from where the pupil meeting is planned."""
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    velden_ = {"soort": "specialist", "op": "2026-11-02", "tekst": "Eerst automatiseren"}
    browser.post(f"/besprekingen/leerlingen/{b.bram.pk}/gesprek/", velden_)
    tab = browser.get(f"/besprekingen/leerlingen/{b.bram.pk}/").content.decode()
    assert "Overleg met een specialist" in tab.partition("<h2>Gesprekken</h2>")[2]
    nieuw = browser.get(f"/besprekingen/leerlingen/{b.bram.pk}/nieuw/").content.decode()
    assert 'value="leerlingbespreking"' in nieuw


@pytest.mark.acceptatie("K-40")
def test_zij_instroom_bespreekt_tussendoelen_en_einddoel_met_de_ouders(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    gevraagd = velden(begin_papier(bezetting, inloggen, "intake_instroom"))
    assert gevraagd["start-tussendoelen"] == "Tussendoelen"
    assert gevraagd["start-einddoel"] == "Geschat einddoel aan het eind van het leerjaar"
    from dataclasses import replace

    zonder = beoordeel(lees_ingebouwd("kogerveld"), "begin", "3", replace(KOGERVELD, gesprekken=()))
    assert not zonder.toegestaan
    assert zonder.zin.endswith("de ouders zijn nog niet gesproken.")


# -- who writes -------------------------------------------------------------------------------------------------------


def test_de_leerkracht_schrijft_handelingsplan_en_opp_in_overleg_met_de_ib(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    adres = f"/leerlingen/{b.bram.pk}/plannen/"
    overleg = "overleg met de intern begeleider"
    assert overleg in unescape(browser.get(adres).content.decode())
    for soort in ("handelingsplan", "opp"):
        assert velden(begin_papier(b, inloggen, soort, "anna"))
    with schoolcontext([b.kogerveld]):
        spreek_ouders(b, "ib")
    assert overleg not in unescape(browser.get(adres).content.decode())


@pytest.mark.acceptatie("L-05")
def test_geen_plan_zonder_doel(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Everything but the goal is filled in: the plan does not become definitive; with the goal it does."""
    b = bezetting
    neem_profiel(b, "loshoes")
    begin_papier(b, inloggen, "handelingsplan", "anna")
    browser = inloggen(b.anna.gebruiker)
    with schoolcontext([b.kogerveld]):
        document = alles(Document, soort="handelingsplan").select_related("school", "stuk", "profielversie").get()
        for vraag in ("beginsituatie", "inhoud", "aanpak", "organisatie", "uitvoering"):
            _antwoord(document, vraag, b)
    vast = f"/leerlingen/stukken/{document.stuk_id}/vaststellen/"
    geweigerd = browser.post(vast, follow=True)
    assert "Nog niet ingevuld: Doel." in geweigerd.content.decode()
    with schoolcontext([b.kogerveld]):
        _antwoord(document, "doel", b)
    browser.post(vast)
    with schoolcontext([b.kogerveld]):
        assert alles(Document, pk=document.pk).get().status == "definitief"


def _antwoord(document: Any, vraag: str, b: Bezetting) -> None:
    from leerlingen.models import Antwoord

    staat = alles(Antwoord, document=document, sectiecode="plan", vraagcode=vraag).first()
    leerlingservices.antwoord_bewaren(
        document=document,
        sectiecode="plan",
        vraagcode=vraag,
        tekst="Ingevuld",
        basisversie=staat.versie if staat else 0,
        door=b.anna.gebruiker,
    )


# -- the dossier ------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("A-14")
@pytest.mark.acceptatie("A-15")
@pytest.mark.acceptatie("L-14")
def test_alles_over_een_leerling_staat_in_een_dossier(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Reports, observation, results, parent talk, research, letters, special help and plans: one list per pupil."""
    b = bezetting
    neem_profiel(b, "aruba")
    for soort, wie in (("observatie", "anna"), ("rt_verslag", "rt"), ("handelingsplan", "anna")):
        begin_papier(b, inloggen, soort, wie)
    with schoolcontext([b.kogerveld]):
        spreek_ouders(b)
        services.onderzoek_aanvragen(leerling=b.bram, soort="logopedie", uitvoerder="Praktijk", door=b.carla.gebruiker)
        brief = fabriek.notitie(b.bram, b.anna.gebruiker, "Brief van de huisarts")
        leerlingservices.bijlage_toevoegen(stuk=brief, bestand=fabriek.pdf("brief.pdf"), door=b.anna.gebruiker)
    dossier = inloggen(b.carla.gebruiker).get(f"/leerlingen/{b.bram.pk}/dossier/").content.decode()
    for titel in (
        "Observatie", "Verslag remedial teaching", "Handelingsplan", "Ouders", "Logopedisch onderzoek",
        "Brief van de huisarts", "Rekenen-Wiskunde",
    ):  # fmt: skip
        assert titel in dossier, titel
    assert "Start in 6b" not in dossier, "of another pupil"
    assert "brief.pdf" in inloggen(b.anna.gebruiker).get(f"/leerlingen/stukken/{brief.pk}/").content.decode()


@pytest.mark.acceptatie("L-22")
def test_werk_in_het_portfolio_met_het_werk_zelf_erbij(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    neem_profiel(b, "loshoes")
    pagina = begin_papier(b, inloggen, "portfolio_item", "anna")
    assert "Werk in het portfolio" in pagina
    with schoolcontext([b.kogerveld]):
        stuk = alles(Document, soort="portfolio_item").get().stuk_id
    browser.post(f"/leerlingen/stukken/{stuk}/bijlage/", {"bestand": fabriek.pdf("tekening.pdf")})
    assert "tekening.pdf" in browser.get(f"/leerlingen/stukken/{stuk}/").content.decode()


@pytest.mark.acceptatie("A-50")
def test_eerdere_hulp_blijft_te_zien_en_vult_het_volgende_papier(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """A plan of last year that was made definitive stands in the file and in the registration for care outside."""
    b = bezetting
    neem_profiel(b, "aruba")
    begin_papier(b, inloggen, "handelingsplan", "anna")
    with schoolcontext([b.kogerveld]):
        document = alles(Document, soort="handelingsplan").select_related("school", "stuk", "profielversie").get()
        fabriek.volledig(document, b.anna.gebruiker)
        leerlingservices.document_vaststellen(document=document, door=b.anna.gebruiker)
    pagina = begin_papier(b, inloggen, "groeidocument")
    assert "Handelingsplan van 3 november 2026" in pagina
    tab = inloggen(b.carla.gebruiker).get(f"/leerlingen/{b.bram.pk}/plannen/").content.decode()
    assert f'href="/leerlingen/stukken/{document.stuk_id}/"' in tab


def test_wat_de_school_weet_gaat_mee_naar_de_volgende_stap(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    neem_profiel(b, "aruba")
    pagina = begin_papier(b, inloggen, "groeidocument")
    assert "Aanmelding externe zorg" in pagina
    assert "Bram Jansen" in pagina
    assert "uit de leerlinggegevens" in pagina


@pytest.mark.acceptatie("K-54")
def test_een_papier_volgt_het_protocol_van_toen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """DHH first, SIDI 3 from the next version on: what began under the old protocol keeps its questions."""
    b = bezetting
    inhoud: Any = als_json(lees_ingebouwd("kogerveld"))
    stappenplan = next(d for d in inhoud["documenten"] if d["code"] == "stappenplan_snelle_leerder")
    stappenplan["naam"] = "Stappenplan snelle leerder (DHH)"
    stappenplan["secties"][0]["vragen"][0]["tekst"] = "Signalering volgens het DHH"
    with schoolcontext([b.kogerveld]):
        leerlingservices.profiel_vastleggen(school=b.kogerveld, inhoud=inhoud, toelichting="2014", door=None)
    begin_papier(b, inloggen, "stappenplan_snelle_leerder", "anna")
    with schoolcontext([b.kogerveld]):
        oud = alles(Document, soort="stappenplan_snelle_leerder").get()
    neem_profiel(b, "kogerveld")
    nieuw = begin_papier(b, inloggen, "stappenplan_snelle_leerder", "anna", b.aya)
    assert "(SIDI 3)" in nieuw
    assert velden(nieuw)["stappen-diagnose"] == "Voorlopige diagnose"
    toen = inloggen(b.anna.gebruiker).get(f"/leerlingen/stukken/{oud.stuk_id}/").content.decode()
    assert velden(toen)["stappen-diagnose"] == "Signalering volgens het DHH"


@pytest.mark.acceptatie("K-56")
def test_een_snelle_leerder_in_basis_of_talent_naar_zijn_factoren(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Compensating and hindering factors on the step plan; the teacher places in the basic or the talent group."""
    b = bezetting
    gevraagd = velden(begin_papier(b, inloggen, "stappenplan_snelle_leerder", "anna", b.aya))
    assert gevraagd["stappen-compenserend"] == "Compenserende factoren"
    assert gevraagd["stappen-belemmerend"] == "Belemmerende factoren"
    browser, plan = inloggen(b.anna.gebruiker), b.extra["groepsplan"]
    adres = f"/plannen/{plan.pk}/"  # type: ignore[attr-defined]
    for arrangement in ("basis", "talent"):
        browser.post(f"{adres}leerlingen/{b.aya.pk}/", {"arrangement": arrangement, "toelichting": "Faalangst"})
        tab = browser.get(f"/leerlingen/{b.aya.pk}/plannen/").content.decode()
        assert {"basis": "Basisarrangement", "talent": "Talentarrangement"}[arrangement] in tab
