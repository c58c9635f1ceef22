"""The status of a group plan: who may bring it where, what must be there first, and what stays open."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerlingen.models import Antwoordversie, Document
from leerlingen.services import antwoord_bewaren
from plannen import services
from plannen.models import Groepsplan
from plannen.services.stand import document_open
from tests.bouw import Bezetting
from tests.plannen.hulp import indelingen, schrijf, teksten
from zorg.kern.fouten import DomeinFout

pytestmark = pytest.mark.traag


def kies_alles(b: Bezetting, plan: Groepsplan) -> None:
    for rij in indelingen(plan).values():
        services.leerling_verplaatsen(indeling=rij, arrangement=rij.arrangement, door=b.anna.gebruiker)


@pytest.mark.acceptatie("M-90")
def test_van_concept_via_bespreken_en_definitief_naar_geevalueerd(gevuld: Bezetting) -> None:
    b = gevuld
    plan: Any = b.extra["groepsplan"]
    with pytest.raises(DomeinFout, match="nog 4 keuzes bij leerlingen"):
        services.stand_wijzigen(plan=plan, naar="bespreken", door=b.anna.gebruiker)
    kies_alles(b, plan)
    verloop = []
    for naar, wie in (("bespreken", b.anna), ("definitief", b.carla), ("geevalueerd", b.anna)):
        plan = services.stand_wijzigen(plan=plan, naar=naar, door=wie.gebruiker)
        document = Document.objects.systeemtoegang(reden="test").get(pk=plan.document_id)
        verloop.append((plan.stand, document.status, document.vastgesteld_door_id, document_open(document)))
        if naar == "definitief":
            schrijf(plan, "evaluatie:basis", "doel_gehaald", "ja", b.anna.gebruiker)
            schrijf(plan, "evaluatie:talent", "doel_gehaald", "ja", b.anna.gebruiker)
    carla, anna = b.carla.persoon.pk, b.anna.persoon.pk
    assert verloop == [
        ("bespreken", "besproken", None, True),
        ("definitief", "definitief", carla, True),
        ("geevalueerd", "definitief", carla, False),
    ]
    assert plan.stand_door_id == anna


def test_wat_ontbreekt_staat_in_woorden(op_school: Bezetting) -> None:
    b = op_school
    plan: Any = b.extra["groepsplan"]
    kies_alles(b, plan)
    mogelijk = {m.code: m for m in services.mogelijke_standen(plan, b.anna.gebruiker)}
    assert mogelijk["definitief"].ontbreekt == ("Doel bij Intensief arrangement", "Doel bij Talentarrangement")
    schrijf(plan, "arrangement:intensief", "doel", "Tafels", b.anna.gebruiker)
    schrijf(plan, "arrangement:talent", "doel", "95 in E6", b.anna.gebruiker)
    mogelijk = {m.code: m for m in services.mogelijke_standen(plan, b.anna.gebruiker)}
    assert mogelijk["definitief"].ontbreekt == ()


@pytest.mark.acceptatie("M-100")
def test_in_de_basis_is_niets_verplicht(gevuld: Bezetting) -> None:
    b = gevuld
    kies_alles(b, b.extra["groepsplan"])  # type: ignore[arg-type]
    plan = services.stand_wijzigen(plan=b.extra["groepsplan"], naar="definitief", door=b.anna.gebruiker)  # type: ignore[arg-type]
    assert ("arrangement:basis", "doel", None) not in teksten(plan)


@pytest.mark.acceptatie("M-44")
def test_een_plan_is_pas_geevalueerd_als_ieder_arrangement_een_oordeel_heeft(gevuld: Bezetting) -> None:
    b = gevuld
    plan: Any = b.extra["groepsplan"]
    kies_alles(b, plan)
    services.stand_wijzigen(plan=plan, naar="definitief", door=b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="Is het doel gehaald") as fout:
        services.stand_wijzigen(plan=plan, naar="geevalueerd", door=b.anna.gebruiker)
    assert "Basisarrangement" in fout.value.zin
    assert "Intensief" not in fout.value.zin


@pytest.mark.parametrize(
    ("wie", "naar", "mag"),
    [
        ("anna", "bespreken", True), ("vervanger", "bespreken", True), ("carla", "bespreken", False),
        ("carla", "definitief", True), ("dora", "definitief", False), ("bas", "definitief", False),
        ("specialist", "definitief", False),
    ],
)  # fmt: skip
def test_wie_welke_stap_zet_staat_in_de_procedure(gevuld: Bezetting, wie: str, naar: str, mag: bool) -> None:
    b = gevuld
    kies_alles(b, b.extra["groepsplan"])  # type: ignore[arg-type]
    if mag:
        plan = services.stand_wijzigen(plan=b.extra["groepsplan"], naar=naar, door=b.lid(wie).gebruiker)  # type: ignore[arg-type]
        assert plan.stand == naar
    else:
        with pytest.raises(PermissionDenied):
            services.stand_wijzigen(plan=b.extra["groepsplan"], naar=naar, door=b.lid(wie).gebruiker)  # type: ignore[arg-type]


def test_een_stap_die_de_procedure_niet_kent(gevuld: Bezetting) -> None:
    for naar in ("geevalueerd", "onzin", "", "concept"):
        with pytest.raises(DomeinFout, match="kan dit plan daar niet heen"):
            services.stand_wijzigen(
                plan=gevuld.extra["groepsplan"],  # type: ignore[arg-type]
                naar=naar,
                door=gevuld.anna.gebruiker,
            )


def test_een_afgerond_plan_verandert_niet_meer(gevuld: Bezetting) -> None:
    b = gevuld
    plan: Any = b.extra["groepsplan"]
    kies_alles(b, plan)
    services.stand_wijzigen(plan=plan, naar="definitief", door=b.anna.gebruiker)
    for arrangement in ("basis", "talent"):
        schrijf(plan, f"evaluatie:{arrangement}", "doel_gehaald", "ja", b.anna.gebruiker)
    services.stand_wijzigen(plan=plan, naar="geevalueerd", door=b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="definitief"):
        schrijf(plan, "tussenevaluatie", "goed", "Alles", b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="afgesloten"):
        services.leerling_verplaatsen(indeling=indelingen(plan)[b.bram.pk], arrangement="basis", door=b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="afgesloten"):
        services.groepsplan_bijwerken(plan=plan, door=b.anna.gebruiker)


@pytest.mark.acceptatie("M-42")
def test_een_definitief_plan_kan_tussentijds_bijgesteld_worden_en_bewaart_wat_er_stond(gevuld: Bezetting) -> None:
    b = gevuld
    plan: Any = b.extra["groepsplan"]
    kies_alles(b, plan)
    services.stand_wijzigen(plan=plan, naar="definitief", door=b.anna.gebruiker)
    doel = teksten(plan)["arrangement:intensief", "doel", None]
    antwoord_bewaren(
        document=plan.document, sectiecode="arrangement:intensief", vraagcode="doel", tekst="Tafels binnen 8 s.",
        basisversie=doel.versie, door=b.duo.gebruiker,
    )  # fmt: skip
    versies = Antwoordversie.objects.zichtbaar_voor(b.anna.gebruiker).filter(antwoord=doel)
    assert list(versies.values_list("tekst", flat=True)) == ["Tafels binnen 8 s.", "Tafels binnen 5 s per som."]
