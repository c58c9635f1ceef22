"""What a meeting asks, gives and leaves behind, by the procedures of De Meent, Los Hoes and Aruba."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Deelnemer
from leerlingen import services as leerlingservices
from leerlingen.models import Document
from leerlingen.profiel import lees_ingebouwd
from leerlingen.profiel.schema import zoek
from tests.acceptatie.hulp import (
    Inloggen,
    alles,
    blad,
    geval,
    houd,
    neem_profiel,
    plan,
    punt_van,
    spreek_ouders,
    taken_over,
    toestemming,
    velden,
)
from tests.bouw import VANDAAG, Bezetting
from zorg.kern.fouten import DomeinFout

pytestmark = pytest.mark.traag

# -- De Meent ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def meent(op_school: Bezetting) -> Bezetting:
    """De Kogerveld works by the procedure of De Meent."""
    neem_profiel(op_school, "demeent")
    return op_school


@pytest.mark.acceptatie("M-49")
def test_kiezen_welke_leerlingbespreking_past(meent: Bezetting, inloggen: Inloggen) -> None:
    pagina = inloggen(meent.anna.gebruiker).get(f"/besprekingen/leerlingen/{meent.bram.pk}/nieuw/").content.decode()
    for soort in ("leerlingbespreking_bouw", "leerlingbespreking_ko"):
        assert f'value="{soort}"' in pagina


@pytest.mark.acceptatie("M-61")
def test_leerlingbespreking_bouw_ouders_ervoor_en_erna_incidentmethode_onder_leiding_van_de_ko(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    b = meent
    with pytest.raises(DomeinFout, match="ouders zijn nog niet gesproken"):
        plan(b, "leerlingbespreking_bouw", -1, door="anna", leerling=b.bram)
    spreek_ouders(b)
    bespreking = plan(b, "leerlingbespreking_bouw", -1, door="anna", leerling=b.bram, hulpvraag="Hoe help ik hem?")
    punt = punt_van(bespreking)
    assert bespreking.voorzitter == b.carla.persoon
    assert punt.voorbereiding is not None
    assert punt.voorbereiding.soort == "voorbereiding_leerlingbespreking"
    pagina = blad(inloggen, b.anna.gebruiker, bespreking)
    stappen = [
        pagina.index(stap) for stap in ("brengt de leerling in", "Ondersteuningsvraag", "Tips", "Evaluatieafspraak")
    ]
    assert stappen == sorted(stappen)
    houd(b, punt)
    taak = taken_over(b, f"na:{punt.pk}:")["Gesprek met de ouders over bevindingen, besluiten en samenwerking"]
    assert taak.groep == b.groep_6a


@pytest.mark.acceptatie("M-51")
@pytest.mark.parametrize("soort", ["leerlingbespreking_bouw", "leerlingbespreking_ko"])
def test_na_de_leerlingbespreking_een_gesprek_met_de_ouders(meent: Bezetting, soort: str) -> None:
    b = meent
    spreek_ouders(b)
    punt = punt_van(plan(b, soort, -1, leerling=b.bram))
    houd(b, punt)
    taak = taken_over(b, f"na:{punt.pk}:")["Gesprek met de ouders over bevindingen, besluiten en samenwerking"]
    assert (taak.groep, taak.voor) == (b.groep_6a, VANDAAG + timedelta(days=6))


@pytest.mark.acceptatie("M-50")
def test_in_de_leerlingbespreking_behoeften_een_doel_en_een_evaluatieafspraak(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    b = meent
    spreek_ouders(b)
    bespreking = plan(b, "leerlingbespreking_ko", -1, leerling=b.bram)
    punt = punt_van(bespreking)
    pagina = blad(inloggen, b.carla.gebruiker, bespreking)
    assert {"Wat is er nodig?", "Handelingsadviezen"} <= set(velden(pagina).values())
    assert "Evalueren vóór" in pagina
    with pytest.raises(DomeinFout, match="ontbreekt een doel of een besluit"):
        services.bespreking_houden(bespreking=bespreking, aanwezig=[], door=b.carla.gebruiker)
    houd(b, punt)


@pytest.mark.acceptatie("M-62")
def test_bij_de_ko_liggen_actuele_gegevens_en_de_ondersteuningsvraag_op_tafel(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    b = meent
    with pytest.raises(DomeinFout, match="ouders zijn nog niet gesproken"):
        plan(b, "leerlingbespreking_ko", leerling=b.bram)
    spreek_ouders(b)
    bespreking = plan(b, "leerlingbespreking_ko", leerling=b.bram, hulpvraag="Wat helpt bij de tafels?")
    voorbereiding = punt_van(bespreking).voorbereiding
    assert voorbereiding is not None
    pagina = inloggen(b.anna.gebruiker).get(f"/leerlingen/stukken/{voorbereiding.stuk_id}/").content.decode()
    assert velden(pagina)["inbreng-hulpvraag"] == "Wat is uw ondersteuningsvraag?"
    assert "Wat helpt bij de tafels?" in pagina
    assert "E5 IV (71)" in pagina, "the last result is filled in by itself"


@pytest.mark.acceptatie("M-63")
def test_wat_er_na_de_bespreking_met_de_ko_kan(meent: Bezetting, inloggen: Inloggen) -> None:
    b = meent
    spreek_ouders(b)
    punt = punt_van(plan(b, "leerlingbespreking_ko", -1, leerling=b.bram))
    pagina = blad(inloggen, b.carla.gebruiker, punt.bespreking)
    for code in ("extern", "intern", "naar_sot"):
        assert f'name="besluit" value="{code}"' in pagina
        services.besluit_nemen(punt=punt, code=code, door=b.carla.gebruiker)


@pytest.mark.acceptatie("M-60")
def test_blijft_er_zorg_dan_gaat_de_groepsbespreking_naar_de_leerlingbespreking(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    b = meent
    bespreking = plan(b, "groepsbespreking", -1, groep=b.groep_6a)
    assert bespreking.voorzitter == b.carla.persoon
    services.leerling_inbrengen(bespreking=bespreking, leerling=b.bram, door=b.anna.gebruiker)
    punt = punt_van(bespreking)
    pagina = blad(inloggen, b.carla.gebruiker, bespreking)
    assert "Onderwijsbehoeften clusteren" in pagina
    services.besluit_nemen(punt=punt, code="naar_leerlingbespreking", door=b.carla.gebruiker)
    assert services.besluit_kan(punt, "2", frozenset({"ib"})).toegestaan


@pytest.mark.acceptatie("M-56")
def test_aanmelden_voor_het_sot_op_een_formulier_en_daarna_alles_in_het_opp(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    b = meent
    toestemming(b, "sot", dagen_geleden=3)
    spreek_ouders(b)
    bespreking = plan(b, "sot", -1, leerling=b.bram)
    punt = punt_van(bespreking)
    assert punt.voorbereiding is not None
    formulier = inloggen(b.anna.gebruiker).get(f"/leerlingen/stukken/{punt.voorbereiding.stuk_id}/").content.decode()
    assert "Aanmeldingsformulier SOT" in formulier
    assert velden(formulier)["school-hulpvraag"] == "Wat is de hulpvraag?"
    assert "Evalueren vóór" in blad(inloggen, b.carla.gebruiker, bespreking)
    houd(b, punt)
    assert taken_over(b, f"na:{punt.pk}:")["Doelen en afspraken in het OPP zetten"].groep == b.groep_6a


@pytest.mark.acceptatie("M-53")
def test_partners_van_buiten_staan_in_een_lijst_en_schuiven_aan(meent: Bezetting, inloggen: Inloggen) -> None:
    b = meent
    toestemming(b, "sot")
    punt = punt_van(plan(b, "sot", leerling=b.bram))
    adres = f"/besprekingen/punten/{punt.pk}/buiten/"
    browser = inloggen(b.carla.gebruiker)
    pagina = browser.get(adres).content.decode()
    assert f"{b.extern.persoon.naam}, Orthopedagoog" in pagina
    assert f"{b.extern_oud.persoon.naam}, Logopedist" in pagina
    assert browser.post(adres, {"persoon": b.extern.persoon.pk}).status_code == 302
    assert alles(Deelnemer, agendapunt=punt, persoon=b.extern.persoon, extern=True).exists()


@pytest.mark.acceptatie("M-77")
@pytest.mark.acceptatie("M-75")
def test_de_ko_leidt_groeps_en_leerlingbesprekingen_en_bewaakt_de_afspraken(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    b = meent
    spreek_ouders(b)
    eerste = plan(b, "groepsbespreking", -30, groep=b.groep_6a)
    services.actiepunt_toevoegen(
        bespreking=eerste,
        punt=None,
        onderwerp="",
        stap="Leesmaatjes regelen",
        wie=b.anna.persoon,
        voor=None,
        door=b.carla.gebruiker,
    )
    soorten: dict[str, dict[str, Any]] = {
        "groepsbespreking": {"groep": b.groep_6a},
        "leerlingbespreking_bouw": {"leerling": b.bram},
        "leerlingbespreking_ko": {"leerling": b.bram},
        "overdrachtsbespreking": {"groep": b.groep_6a},
    }
    gepland = {soort: plan(b, soort, **velden_) for soort, velden_ in soorten.items()}
    assert {bespreking.voorzitter for bespreking in gepland.values()} == {b.carla.persoon}
    assert "Leesmaatjes regelen" in blad(inloggen, b.carla.gebruiker, gepland["groepsbespreking"])


def test_klassenbezoek_met_observatie_die_met_de_leerkracht_wordt_besproken(
    meent: Bezetting, inloggen: Inloggen
) -> None:
    bespreking = plan(meent, "klassenbezoek", groep=meent.groep_6a)
    gevraagd = velden(blad(inloggen, meent.carla.gebruiker, bespreking)).values()
    assert {"Kijkvraag", "Is het groepsplan terug te zien?", "Leerpunten", "Afspraken"} <= set(gevraagd)


def test_de_ko_ziet_toe_op_de_overdracht_met_een_overdrachtsplan(meent: Bezetting, inloggen: Inloggen) -> None:
    bespreking = plan(meent, "overdrachtsbespreking", groep=meent.groep_6a)
    assert bespreking.voorzitter == meent.carla.persoon
    gevraagd = set(velden(blad(inloggen, meent.carla.gebruiker, bespreking)).values())
    assert {"Wat moet de nieuwe leerkracht van de groep weten?", "Analyse van de oude groepsplannen"} <= gevraagd


@pytest.mark.acceptatie("M-99")
def test_de_groepsbespreking_kijkt_terug_en_vooruit(meent: Bezetting, inloggen: Inloggen) -> None:
    """At the start of each period of group plans: in September, and in February or March (the year plan)."""
    from tests.acceptatie.test_jaar import voorstel

    pagina = blad(inloggen, meent.carla.gebruiker, plan(meent, "groepsbespreking", groep=meent.groep_6a))
    assert pagina.index("Terugkijken: zijn de doelen gehaald") < pagina.index("Vooruitkijken: doelen")
    maanden = {rij.begin.month for rij in voorstel(meent)["groepsbespreking", meent.groep_6a.pk]}
    assert 9 in maanden
    assert maanden & {2, 3}


def test_de_ko_schrijft_een_kort_verslag_per_groep(meent: Bezetting, inloggen: Inloggen) -> None:
    bespreking = plan(meent, "groepsbespreking", groep=meent.groep_6a)
    assert bespreking.verslag is not None
    pagina = blad(inloggen, meent.carla.gebruiker, bespreking)
    assert {"Wat is besproken?", "Wat verandert er in de groepsplannen?"} <= set(velden(pagina).values())
    leerlingservices.antwoord_bewaren(
        document=bespreking.verslag,
        sectiecode="verslag",
        vraagcode="besproken",
        tekst="Rekenen blijft achter",
        basisversie=0,
        door=meent.carla.gebruiker,
    )
    assert "Rekenen blijft achter" in blad(inloggen, meent.carla.gebruiker, bespreking)


# -- Los Hoes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def hoes(op_school: Bezetting) -> Bezetting:
    """De Kogerveld works by the procedure of Los Hoes."""
    neem_profiel(op_school, "loshoes")
    return op_school


HOES = [
    geval(
        "L-02",
        {"inbreng-bevorderend": "Wat helpt dit kind, wat zijn de kansen?", "inbreng-belemmerend": "Wat zit in de weg?"},
    ),
    geval("L-04", {"inbreng-leerkracht_nodig": "Wat heeft u als mentor nodig?"}),
]


@pytest.mark.parametrize("vragen", HOES)
def test_wat_de_mentor_in_het_clb_gesprek_meeneemt(hoes: Bezetting, inloggen: Inloggen, vragen: dict[str, str]) -> None:
    voorbereiding = punt_van(plan(hoes, "clb", door="anna", leerling=hoes.bram)).voorbereiding
    assert voorbereiding is not None
    pagina = inloggen(hoes.anna.gebruiker).get(f"/leerlingen/stukken/{voorbereiding.stuk_id}/").content.decode()
    gevonden = velden(pagina)
    assert {sleutel: gevonden.get(sleutel) for sleutel in vragen} == vragen


@pytest.mark.acceptatie("L-37")
def test_na_het_clb_gesprek_een_extra_observatie_of_onderzoek(hoes: Bezetting, inloggen: Inloggen) -> None:
    punt = punt_van(plan(hoes, "clb", -1, leerling=hoes.bram))
    pagina = blad(inloggen, hoes.carla.gebruiker, punt.bespreking)
    for code, naam in (
        ("observatie", "Extra observatie met een vraag"),
        ("onderzoek", "Onderzoek op een ontwikkelingsgebied"),
    ):
        assert naam in pagina
        assert services.besluit_nemen(punt=punt, code=code, door=hoes.carla.gebruiker).code == code


@pytest.mark.acceptatie("L-06")
def test_mentor_en_ouders_zitten_samen_aan_het_ontwikkelingsgesprek(hoes: Bezetting) -> None:
    b = hoes
    bespreking = plan(b, "ontwikkelingsgesprek", door="anna", leerling=b.bram)
    rollen = dict(alles(Deelnemer, bespreking=bespreking).values_list("persoon", "rol"))
    assert rollen[b.anna.persoon.pk] == "leerkracht"
    assert rollen[b.dirk.persoon.pk] == "ouder"
    assert b.ouder_zonder_gezag.persoon.pk not in rollen


# -- Aruba ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def aruba(op_school: Bezetting) -> Bezetting:
    """De Kogerveld works by the procedure of Aruba."""
    neem_profiel(op_school, "aruba")
    return op_school


AGENDAS = [
    geval(
        "A-32",
        "groepsbespreking",
        (
            "Zijn de periodieke doelen gehaald",
            "Onderwijsbehoeften in de klas",
            "Afstemmen in de komende periode, groepjes",
            "Vaardigheden van de leerkracht",
        ),
    ),
    geval(
        "A-36",
        "leerlingbespreking",
        (
            "Hulpvraag van de leerkracht",
            "Kenmerken van de leerling",
            "Handelen van de leerkracht en de leersituatie",
            "Belemmerende en stimulerende factoren van leerling, leerkracht en ouders",
        ),
    ),
    geval(
        "A-44",
        "voortgangsbespreking",
        (
            "Planning en uitvoering van de interne begeleider",
            "Trends uit groepsbesprekingen en toetsen",
            "Knelpunten en behoeften",
            "Deskundigheidsbevordering",
            "Afspraken over begeleiding",
        ),
    ),
]


@pytest.mark.parametrize(("soort", "stappen"), AGENDAS)
def test_de_agenda_staat_op_de_pagina_van_de_bespreking(
    aruba: Bezetting, inloggen: Inloggen, soort: str, stappen: tuple[str, ...]
) -> None:
    over: dict[str, Any] = {
        "groepsbespreking": {"groep": aruba.groep_6a},
        "leerlingbespreking": {"leerling": aruba.bram},
    }
    pagina = blad(inloggen, aruba.carla.gebruiker, plan(aruba, soort, **over.get(soort, {})))
    plekken = [pagina.index(stap) for stap in stappen]
    assert plekken == sorted(plekken)


@pytest.mark.acceptatie("A-34")
def test_vanuit_de_groepsbespreking_aangemeld_voor_de_leerlingbespreking(aruba: Bezetting) -> None:
    b = aruba
    bespreking = plan(b, "groepsbespreking", -1, groep=b.groep_6a)
    services.leerling_inbrengen(bespreking=bespreking, leerling=b.bram, door=b.anna.gebruiker)
    besluit = services.besluit_nemen(punt=punt_van(bespreking), code="naar_leerlingbespreking", door=b.carla.gebruiker)
    assert zoek(services.vorm_van(bespreking).besluiten, besluit.code).naar == "2a"
    assert lees_ingebouwd("aruba").zoek_niveau("2a").bespreking == "leerlingbespreking"


@pytest.mark.acceptatie("A-41")
@pytest.mark.parametrize("wie", ["carla", "dora"])
def test_klassenconsultatie_door_ib_er_of_schoolleider(aruba: Bezetting, inloggen: Inloggen, wie: str) -> None:
    """A look with a question, a talk and learning points; both may plan it and write in it."""
    bespreking = plan(aruba, "klassenconsultatie", door=wie, groep=aruba.groep_6a)
    gevraagd = set(velden(blad(inloggen, aruba.lid(wie).gebruiker, bespreking)).values())
    assert {"Kijkvraag", "Leerpunten", "Afspraken"} <= gevraagd


@pytest.mark.acceptatie("A-82")
def test_met_de_externe_deskundige_terug_verder_of_een_apart_traject(aruba: Bezetting) -> None:
    b = aruba
    for doel in ("verslag_onderzoek", "externe_zorg"):
        toestemming(b, doel, dagen_geleden=3)
    bespreking = plan(b, "extern_overleg", -1, leerling=b.bram)
    punt = punt_van(bespreking)
    rollen = set(alles(Deelnemer, bespreking=bespreking).values_list("rol", flat=True))
    assert {"ib", "leerkracht", "ouder"} <= rollen
    naar = {}
    for code in ("terug_extra", "terug_speciaal", "doorgaan", "apart_traject"):
        services.besluit_nemen(punt=punt, code=code, door=b.carla.gebruiker)
        naar[code] = zoek(services.vorm_van(bespreking).besluiten, code).naar
    assert (naar["terug_extra"], naar["terug_speciaal"], naar["doorgaan"]) == ("1", "2a", None)
    assert any(
        document.soort == "opp" and document.naam == "Apart onderwijstraject"
        for document in lees_ingebouwd("aruba").documenten
    )


@pytest.mark.acceptatie("A-46")
def test_iedere_leerling_staat_in_het_groepsplan(aruba: Bezetting) -> None:
    from plannen.models import Indeling
    from plannen.services import groepsplan_maken

    b = aruba
    periode = lees_ingebouwd("aruba").groepsplanperioden[0].code
    plan_ = groepsplan_maken(groepen=[b.groep_6a], vak="taal", periodecode=periode, door=b.anna.gebruiker)
    in_plan = set(alles(Indeling, plan=plan_).values_list("leerling", flat=True))
    assert in_plan == {b.bram.pk, b.aya.pk, b.zoe.pk, b.bobby.pk, b.mononiem.pk}
    assert alles(Document, pk=plan_.document_id).get().soort == "groepsplan"
