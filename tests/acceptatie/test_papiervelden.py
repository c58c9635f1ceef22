"""Papers with real fields: what the five procedures let choose and date, and what follows from it in time."""

from __future__ import annotations

from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from besprekingen.services.feiten import zorgfeiten
from leerlingen import services
from leerlingen.models import Antwoord, Document, Taak
from leerlingen.rapporten import stel_samen
from plannen.services import papier_beginnen
from tests.acceptatie.hulp import Inloggen, alles, begin_papier, geval, neem_profiel
from tests.bouw import Bezetting, fabriek
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

SCRIPT = {"headers": {"X-Zorgpad-Autosave": "1"}}


def papier(b: Bezetting, soort: str, wie: str = "carla", profiel: str = "kogerveld") -> Document:
    """A paper about Bram, begun under this procedure."""
    if profiel != "kogerveld":
        neem_profiel(b, profiel)
    with schoolcontext([b.kogerveld]):
        return papier_beginnen(leerling=b.bram, soort=soort, door=b.lid(wie).gebruiker)


def vul(browser: Any, document: Document, plek: str, *tekst: str) -> Any:
    """Answer on the page, as it saves by itself."""
    with schoolcontext([document.school]):
        sectie, vraag = plek.split(".")
        rij = alles(Antwoord, document=document, sectiecode=sectie, vraagcode=vraag).first()
    adres = f"/leerlingen/documenten/{document.pk}/antwoord/?sectie={sectie}&vraag={vraag}"
    return browser.post(adres, {"tekst": list(tekst), "versie": str(rij.versie if rij else 0)}, **SCRIPT)


def maak_definitief(b: Bezetting, document: Document, wie: str) -> None:
    with schoolcontext([b.kogerveld]):
        vast = alles(Document, pk=document.pk).select_related("school", "profielversie", "stuk__leerling").get()
        fabriek.volledig(vast, b.lid(wie).gebruiker)
        services.document_vaststellen(document=vast, door=b.lid(wie).gebruiker)


def taken(b: Bezetting, document: Document, wie: str) -> dict[str, date | None]:
    """What this user has to do by this paper, with the last day."""
    with schoolcontext([b.kogerveld]):
        rijen = Taak.objects.zichtbaar_voor(b.lid(wie).gebruiker).open().filter(sleutel__startswith="papier:")
        return {rij.titel: rij.voor for rij in rijen if rij.sleutel.startswith(f"papier:{document.pk}:")}


def leerlingpagina(b: Bezetting, inloggen: Inloggen, wie: str = "anna") -> str:
    pagina = inloggen(b.lid(wie).gebruiker).get(f"/leerlingen/{b.bram.pk}/").content.decode()
    return unescape(pagina)


# -- what can be chosen: number, procedure, paper, who, question, answers ----------------------------------------------

KEUZES = [
    geval("K-57", "kogerveld", "stappenplan_snelle_leerder", "anna", "stappen.stap", [
        "werkt mee met de groep", "verdiepen en verrijken, compacten", "eigen opdrachten (Acadin)",
    ]),
    geval("K-58", "kogerveld", "stappenplan_snelle_leerder", "anna", "stappen.uitkomst", [
        "plusklas", "aanpassing van de leerstof", "externe deskundige",
    ]),
    geval("A-79", "aruba", "groeidocument", "carla", "extern.soort_onderzoek", [
        "psychodiagnostisch", "specialistisch didactisch", "neuropsychologisch", "psychiatrisch", "milieu",
        "logopedisch",
    ]),
    geval("V-01", "vlaanderen", "groeidocument", "carla", "hulpvraag.domein", [
        "onderwijsloopbaan", "leren en studeren", "psychisch en sociaal functioneren",
        "preventieve gezondheidszorg",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("profiel", "soort", "wie", "plek", "antwoorden"), KEUZES)
def test_een_vaste_keuze_wordt_gekozen_en_niets_anders(
    bezetting: Bezetting, inloggen: Inloggen, profiel: str, soort: str, wie: str, plek: str, antwoorden: list[str]
) -> None:
    b, document = bezetting, papier(bezetting, soort, wie, profiel)
    browser = inloggen(b.lid(wie).gebruiker)
    for antwoord in antwoorden:
        assert vul(browser, document, plek, antwoord).status_code == 200, antwoord
    assert vul(browser, document, plek, "iets anders").status_code == 422
    pagina = unescape(browser.get(f"/leerlingen/stukken/{document.stuk_id}/").content.decode())
    assert all(f'value="{antwoord}"' in pagina for antwoord in antwoorden)
    with schoolcontext([b.kogerveld]):
        op_papier = stel_samen(b.lid(wie).gebruiker, document.stuk, document)  # type: ignore[arg-type]
    assert antwoorden[-1] in [regel.antwoord for deel in op_papier.delen for regel in deel.regels]


@pytest.mark.acceptatie("V-09")
def test_redicodis_soort_leergebied_en_periode(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, document = bezetting, papier(bezetting, "redicodis", "anna", "vlaanderen")
    browser = inloggen(b.anna.gebruiker)
    soorten = ("remediëren", "differentiëren", "compenseren", "dispenseren")
    assert vul(browser, document, "maatregel.soort", *soorten).status_code == 200
    assert vul(browser, document, "maatregel.leergebied", "Wiskunde").status_code == 200
    assert vul(browser, document, "maatregel.tot", "2027-02-30").status_code == 422
    assert vul(browser, document, "maatregel.tot", "2027-01-29").status_code == 200
    assert taken(b, document, "anna") == {"Redicodis-maatregel evalueren": date(2027, 1, 29)}
    assert "remediëren\ndifferentiëren\ncompenseren\ndispenseren" in leerlingpagina(b, inloggen)


@pytest.mark.acceptatie("L-24")
def test_een_portfoliostuk_is_een_werkje_een_foto_of_een_kopie(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The kind is chosen from the three; the photo or copy hangs on the piece."""
    b, document = bezetting, papier(bezetting, "portfolio_item", "anna", "loshoes")
    browser = inloggen(b.anna.gebruiker)
    for soort in ("werkje", "kopie of foto van een werkstuk", "foto van een situatie"):
        assert vul(browser, document, "label.soort", soort).status_code == 200
    assert vul(browser, document, "label.soort", "filmpje").status_code == 422
    foto = SimpleUploadedFile("foto.png", fabriek.PNG, content_type="image/png")
    adres = f"/leerlingen/stukken/{document.stuk_id}/"
    assert browser.post(f"{adres}bijlage/", {"bestand": foto}).status_code == 302
    pagina = browser.get(adres).content.decode()
    assert "foto.png" in pagina
    assert 'value="foto van een situatie" autocomplete="off" checked' in pagina


@pytest.mark.acceptatie("L-32")
def test_een_extra_gesprek_legt_vast_wie_erom_vroeg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, document = bezetting, papier(bezetting, "oudergesprek", "anna", "loshoes")
    browser = inloggen(b.anna.gebruiker)
    for vrager in ("op verzoek van de school", "op verzoek van de ouders"):
        assert vul(browser, document, "gesprek.aanleiding", vrager).status_code == 200
    assert vul(browser, document, "gesprek.gespreksleider", "mentor").status_code == 200
    assert vul(browser, document, "gesprek.namens_school", "mentor", "intern begeleider").status_code == 200
    with schoolcontext([b.kogerveld]):
        op_papier = stel_samen(b.anna.gebruiker, document.stuk, document)  # type: ignore[arg-type]
    gezegd = {regel.vraag: regel.antwoord for deel in op_papier.delen for regel in deel.regels}
    assert gezegd["Aanleiding"] == "op verzoek van de ouders"
    assert gezegd["Wie waren erbij namens de school?"] == "mentor\nintern begeleider"


@pytest.mark.acceptatie("K-112")
def test_de_zorg_komt_aan_de_orde_in_het_10_minutengesprek(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The form says in which talk and which concern; once complete it counts as the talk that the step asks for."""
    b, document = bezetting, papier(bezetting, "oudergesprek", "anna")
    browser = inloggen(b.anna.gebruiker)
    assert vul(browser, document, "gesprek.aanleiding", "10-minutengesprek").status_code == 200
    assert vul(browser, document, "gesprek.zorg", "Het automatiseren komt niet op gang.").status_code == 200
    with schoolcontext([b.kogerveld]):
        eerst = [feit.soort for feit in zorgfeiten(b.bram).gesprekken]
    maak_definitief(b, document, "anna")
    with schoolcontext([b.kogerveld]):
        daarna = [feit.soort for feit in zorgfeiten(b.bram).gesprekken]
    assert daarna.count("ouders") == eerst.count("ouders") + 1
    pagina = browser.get(f"/leerlingen/stukken/{document.stuk_id}/").content.decode()
    assert "10-minutengesprek" in pagina and "Het automatiseren komt niet op gang." in pagina


@pytest.mark.acceptatie("M-21")
def test_per_gebied_wat_helpt_en_wat_in_de_weg_staat(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Language, maths, work attitude and social-emotional: each both ways, and the next paper starts with all of it."""
    b, document = bezetting, papier(bezetting, "factoren", "anna", "demeent")
    browser = inloggen(b.anna.gebruiker)
    gebieden = {"taal": "Taal", "rekenen": "Rekenen", "werkhouding": "Werkhouding",
                "sociaal_emotioneel": "Sociaal-emotioneel"}  # fmt: skip
    with schoolcontext([b.kogerveld]), pytest.raises(services.documenten.DomeinFout, match="belemmerende factoren"):
        services.eis_vaststellen(document, b.anna.gebruiker)
    for code, naam in gebieden.items():
        for soort in ("stimulerend", "talenten", "belemmerend"):
            assert vul(browser, document, f"{code}.{soort}", f"{soort} bij {naam}").status_code == 200
    with schoolcontext([b.kogerveld]):
        services.eis_vaststellen(document, b.anna.gebruiker)
        verder = papier_beginnen(leerling=b.bram, soort="opp", door=b.anna.gebruiker)
        rijen = {rij.vraagcode: rij.tekst for rij in alles(Antwoord, document=verder)}
    for naam in gebieden.values():
        assert f"{naam}: stimulerende factoren: stimulerend bij {naam}" in rijen["bevorderend"]
        assert f"{naam}: belemmerende factoren: belemmerend bij {naam}" in rijen["belemmerend"]


# -- terms ------------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-33")
def test_twee_keer_per_jaar_een_grote_evaluatie_van_het_opp(
    bezetting: Bezetting, inloggen: Inloggen, klok_op: Any
) -> None:
    b, opp = bezetting, papier(bezetting, "opp", "carla")
    assert taken(b, opp, "anna") == {}
    maak_definitief(b, opp, "carla")
    assert taken(b, opp, "anna") == {"Grote evaluatie van het OPP": date(2027, 5, 3)}
    assert "Grote evaluatie van het OPP" in leerlingpagina(b, inloggen)
    klok_op(datetime(2027, 4, 20, 10, tzinfo=ZoneInfo("Europe/Amsterdam")))
    evaluatie = papier(b, "opp_evaluatie", "anna")
    with schoolcontext([b.kogerveld]), pytest.raises(services.documenten.DomeinFout, match="Wat vinden de ouders"):
        services.eis_vaststellen(evaluatie, b.anna.gebruiker)
    browser = inloggen(b.anna.gebruiker)
    assert vul(browser, evaluatie, "gesprek.datum", "2027-04-13").status_code == 200
    assert vul(browser, evaluatie, "doelen.vervolg", "het OPP gaat door").status_code == 200
    maak_definitief(b, evaluatie, "anna")
    assert taken(b, opp, "anna") == {"Grote evaluatie van het OPP": date(2027, 10, 13)}, "the second within the year"
    klok_op(datetime(2027, 10, 12, 10, tzinfo=ZoneInfo("Europe/Amsterdam")))
    laatste = papier(b, "opp_evaluatie", "carla")
    assert vul(inloggen(b.carla.gebruiker), laatste, "doelen.vervolg", "het OPP stopt").status_code == 200
    maak_definitief(b, laatste, "carla")
    assert taken(b, opp, "anna") == {}


@pytest.mark.acceptatie("K-43")
@pytest.mark.acceptatie("K-44")
def test_een_vermoeden_van_dyslexie_geeft_een_half_jaar_dossieropbouw(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, document = bezetting, papier(bezetting, "dyslexiedossier")
    browser = inloggen(b.carla.gebruiker)
    assert vul(browser, document, "vermoeden.herkomst", "een gevoel").status_code == 422
    bronnen = ("observatie van de leerkracht", "toetsresultaten", "signalen van de ouders")
    assert vul(browser, document, "vermoeden.herkomst", *bronnen).status_code == 200
    assert vul(browser, document, "vermoeden.sinds", "2026-10-12").status_code == 200
    afronden = "Dossieropbouw dyslexie afronden: onderzoek of niet?"
    assert taken(b, document, "carla") == {afronden: date(2027, 4, 12)}
    pagina = leerlingpagina(b, inloggen)
    assert "Vermoeden van dyslexie sinds" in pagina and "12 oktober 2026" in pagina
    assert "\n".join(bronnen) in pagina
    assert f"{afronden}: uiterlijk maandag 12 april" in pagina
    assert afronden not in leerlingpagina(b, inloggen, "vervanger"), "the paper is confidential"
    assert vul(browser, document, "onderzoek.besluit", "de ouders vragen onderzoek aan").status_code == 200
    assert taken(b, document, "carla") == {}
    assert vul(browser, document, "onderzoek.besluit", "").status_code == 200
    assert taken(b, document, "carla") == {afronden: date(2027, 4, 12)}, "taken back: it is still to be done"


@pytest.mark.acceptatie("K-46")
def test_tot_het_onderzoek_telt_een_vermoeden_als_dyslexie(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """More time at tests from the first day, without anybody choosing it."""
    document = papier(bezetting, "dyslexiedossier")
    with schoolcontext([bezetting.kogerveld]):
        rij = alles(Antwoord, document=document, vraagcode="faciliteiten").get()
    assert (rij.tekst, rij.bron) == ("meer tijd bij toetsen", "volgens de procedure van de school")
    assert "meer tijd bij toetsen" in leerlingpagina(bezetting, inloggen)


FACILITEITEN = [
    geval("K-47", "meer tijd bij Cito begrijpend lezen"),
    geval("K-48", "teksten hoogstens drie keer hardop, onder toezicht"),
    geval("K-49", "boeken gescand voor het digitale bord"),
    geval("K-50", "toetsen voorgelezen"),
]


@pytest.mark.parametrize("faciliteit", FACILITEITEN)
def test_een_faciliteit_staat_bij_de_leerling(bezetting: Bezetting, inloggen: Inloggen, faciliteit: str) -> None:
    b, document = bezetting, papier(bezetting, "dyslexiedossier")
    browser = inloggen(b.carla.gebruiker)
    assert faciliteit not in leerlingpagina(b, inloggen)
    assert vul(browser, document, "onderzoek.verklaring", "2026-11-02").status_code == 200
    assert vul(browser, document, "onderzoek.faciliteiten", "meer tijd bij toetsen", faciliteit).status_code == 200
    pagina = leerlingpagina(b, inloggen)
    assert faciliteit in pagina
    assert "Dyslexieverklaring van" in pagina and "2 november 2026" in pagina


@pytest.mark.acceptatie("K-39")
def test_kan_de_school_het_niet_dan_zoekt_zij_met_de_ouders(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The answer on the intake has its term (X-17); this advice asks the ib'er to find a school that can."""
    b, document = bezetting, papier(bezetting, "intake_instroom")
    browser = inloggen(b.carla.gebruiker)
    zoeken = "Samen met de ouders een school zoeken die de ondersteuning wel kan bieden"
    assert taken(b, document, "dora") == {"Besluit over toelating": date(2026, 12, 15)}
    assert taken(b, document, "carla") == {}
    assert vul(browser, document, "afweging.advies", "samen een andere school zoeken").status_code == 200
    assert taken(b, document, "carla") == {zoeken: date(2026, 12, 15)}
    assert vul(browser, document, "start.verlengd", "ja").status_code == 200
    assert taken(b, document, "dora") == {"Besluit over toelating": date(2027, 1, 12)}
    assert vul(browser, document, "start.besloten_op", "2026-11-20").status_code == 200
    assert taken(b, document, "dora") == {}
    assert vul(browser, document, "zoeken.met_ouders", "2026-11-10").status_code == 200
    assert vul(browser, document, "zoeken.gevonden", "De Wijde Blik").status_code == 200
    assert taken(b, document, "carla") == {}


@pytest.mark.acceptatie("A-48")
def test_een_handelingsplan_is_voor_een_bepaalde_tijd(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """It follows from a pupil meeting, has an end and an evaluation; the aim is to join the group plan again."""
    b = bezetting
    neem_profiel(b, "aruba")
    adres = f"/leerlingen/{b.bram.pk}/plannen/"
    assert "leerlingbespreking" in unescape(inloggen(b.anna.gebruiker).get(adres).content.decode())
    pagina = begin_papier(b, inloggen, "handelingsplan", "anna")
    assert "Besloten in de leerlingbespreking van" in pagina
    with schoolcontext([b.kogerveld]):
        document = alles(Document, soort="handelingsplan").select_related("school").latest("pk")
        rijen = {rij.vraagcode: rij.tekst for rij in alles(Antwoord, document=document)}
    assert (rijen["van"], rijen["tot_en_met"], rijen["evaluatie_op"]) == ("2026-11-03", "2026-12-29", "2026-12-29")
    assert taken(b, document, "anna") == {"Handelingsplan evalueren": date(2026, 12, 29)}
    browser = inloggen(b.anna.gebruiker)
    assert vul(browser, document, "plan.evaluatie_op", "2026-12-15").status_code == 200
    assert taken(b, document, "anna") == {"Handelingsplan evalueren": date(2026, 12, 15)}
    assert "Handelingsplan evalueren: uiterlijk dinsdag 15 december" in leerlingpagina(b, inloggen)
    assert vul(browser, document, "evaluatie.vervolg", "stoppen, doet mee met het groepsplan").status_code == 200
    assert vul(browser, document, "evaluatie.doel_gehaald", "ja").status_code == 200
    assert taken(b, document, "anna") == {}
