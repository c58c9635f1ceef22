"""Making a group plan: proposals, what comes along from the plan before, moving pupils, statuses, who sees what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import services as leerlingservices
from leerlingen.models import Document, Documentgroep, Taak
from lvs.services import resultaten_vastleggen
from plannen import services
from plannen.models import Groepsplan, Indeling, Planreactie
from plannen.selecties import planpagina
from tests.bouw import Bezetting, fabriek
from tests.bouw.lvs_plannen import E5, M5, uitslag
from tests.plannen.hulp import indelingen, maak, teksten
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.logboek.models import Logregel

# -- making -------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-31")
def test_een_plan_deelt_iedere_leerling_in_met_de_reden(op_school: Bezetting) -> None:
    b = op_school
    plan: Any = b.extra["groepsplan"]
    rijen = indelingen(plan)
    assert set(rijen) == {b.bram.pk, b.aya.pk, b.zoe.pk, b.bobby.pk, b.mononiem.pk}
    bram, aya, zoe = rijen[b.bram.pk], rijen[b.aya.pk], rijen[b.zoe.pk]
    assert (bram.arrangement, bram.reden, bram.te_kiezen) == ("intensief", "III, IV; groei +1", True)
    assert bram.alternatief == "basis"
    assert (aya.arrangement, aya.reden, aya.te_kiezen) == ("talent", "I, I; groei +8", False)
    assert (zoe.arrangement, zoe.reden, zoe.te_kiezen) == ("basis", "nog geen resultaten bekend", True)
    assert all(rij.bron == "voorstel" and rij.geplaatst_door is None for rij in rijen.values())


def test_een_plan_hangt_op_groep_vak_en_periode(op_school: Bezetting) -> None:
    plan: Any = op_school.extra["groepsplan"]
    assert (plan.vak, plan.periodecode, plan.stand) == ("rekenen", "periode1", "concept")
    assert (plan.periode.lower, plan.periode.upper) == (date(2026, 8, 1), date(2027, 2, 15))
    assert plan.document.status == Document.Status.CONCEPT
    groepen = Documentgroep.objects.systeemtoegang(reden="test").filter(document=plan.document_id)
    assert list(groepen.values_list("groep", flat=True)) == [op_school.groep_6a.pk]


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"vak": "rekenen"}, "al een groepsplan"),
        ({"vak": "toveren"}, "vakgebied"),
        ({"periodecode": "periode9"}, "periode"),
        ({"groepen": []}, "ten minste één groep"),
    ],
)
def test_wat_niet_kan(op_school: Bezetting, velden: dict[str, Any], melding: str) -> None:
    with pytest.raises(DomeinFout, match=melding):
        maak(op_school, **velden)


def test_de_weigering_wijst_de_weg_naar_het_bestaande_plan(op_school: Bezetting) -> None:
    plan: Any = op_school.extra["groepsplan"]
    with pytest.raises(DomeinFout) as fout:
        maak(op_school, vak="rekenen")
    assert fout.value.link == f"/plannen/{plan.pk}/"


def test_een_plan_van_alleen_een_leerjaar_naast_dat_van_de_hele_groep(op_school: Bezetting) -> None:
    """A combination group may have a plan a year group; the same set twice is refused by the database as well."""
    b = op_school
    plan = maak(b, vak="rekenen", jaargroepen=[5])
    assert indelingen(plan) == {}
    dubbel = Groepsplan.objects.systeemtoegang(reden="test").get(pk=plan.pk)
    dubbel.pk = None
    dubbel.document = leerlingservices.document_maken(soort="groepsplan", groepen=[b.groep_6a], door=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        dubbel.save(force_insert=True)


def test_een_plan_over_groepen_heen(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(PermissionDenied):
        maak(b, groepen=[b.groep_6a, b.groep_6b])
    plan = maak(b, groepen=[b.groep_6b, b.groep_6a], vak="technisch_lezen", door=b.carla.gebruiker)
    assert {b.bram.pk, b.chris.pk, b.dunya.pk} <= set(indelingen(plan))
    anna = set(Indeling.objects.zichtbaar_voor(b.anna.gebruiker).filter(plan=plan).values_list("leerling", flat=True))
    assert b.bram.pk in anna
    assert b.chris.pk not in anna


def test_groepen_van_twee_scholen_gaan_niet_samen(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match="hetzelfde schooljaar"):
        maak(b, groepen=[b.groep_6a, b.groep_anders], door=None)


@pytest.mark.parametrize("wie", ["bas", "specialist", "assistent", "beheerder", "dirk", "extern", "vertrokken"])
def test_wie_geen_plan_voor_6a_maakt(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        maak(op_school, door=op_school.lid(wie).gebruiker)
    assert not Groepsplan.objects.systeemtoegang(reden="test").filter(vak="spelling").exists()


# -- what comes along ------------------------------------------------------------------------------------------------

VOORJAAR = datetime(2027, 1, 25, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_doelen_aanpak_en_evaluatie_gaan_mee_met_hun_bron(gevuld: Bezetting) -> None:
    b = gevuld
    with klok.stilgezet(VOORJAAR):
        plan = maak(b, vak="rekenen", periodecode="periode2")
    rij = teksten(plan)
    doel = rij["arrangement:intensief", "doel", None]
    assert (doel.tekst, doel.bron) == ("Tafels binnen 5 s per som.", "uit plan 1e periode, gehaald door 0 van 1")
    assert rij["arrangement:talent", "doel", None].bron == "uit plan 1e periode, gehaald door 1 van 1"
    aanpak = rij["arrangement:intensief", "aanpak", None]
    assert (aanpak.tekst, aanpak.bron) == ("Drie keer per week aan de instructietafel.", "uit plan 1e periode")
    vorige = rij["groep", "vorige_evaluatie", None]
    assert vorige.tekst == "Intensief arrangement: doel deels gehaald. Er was weinig tijd."
    assert vorige.bron == "uit de evaluatie van plan 1e periode"
    assert plan.vorige == b.extra["groepsplan"]
    assert "vorig doel niet gehaald" in indelingen(plan)[b.bram.pk].reden


def test_onderwijsbehoeften_gaan_mee_naar_waar_de_leerling_nu_zit(gevuld: Bezetting) -> None:
    b = gevuld
    with klok.stilgezet(VOORJAAR):
        resultaten_vastleggen(
            school=b.kogerveld,
            invoer=[uitslag(b.bram, "II", 95, moment="M6", afnamedatum=date(2027, 1, 20))],
            door=None,
        )
        plan = maak(b, vak="rekenen", periodecode="periode2")
    bram = indelingen(plan)[b.bram.pk]
    assert (bram.arrangement, bram.alternatief) == ("basis", "intensief")
    assert teksten(plan)["arrangement:basis", "onderwijsbehoeften", b.bram.pk].tekst == "heeft voordoen nodig"


def test_het_vorige_plan_wordt_over_de_zomer_heen_gevonden(
    gevuld: Bezetting, klok_op: Callable[[datetime], None]
) -> None:
    """Next year's 7a is another group: the plan before is found through the pupils."""
    b = gevuld
    with klok.stilgezet(VOORJAAR):
        services.groepsplan_maken(groepen=[b.groep_6b], vak="rekenen", periodecode="periode2", door=None)
    straks = datetime(2027, 8, 20, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    klok_op(straks)
    jaar = leerlingservices.schooljaar_zorgen(school=b.kogerveld, dag=straks.date(), door=None)
    groep = leerlingservices.groep_zorgen(school=b.kogerveld, schooljaar=jaar, naam="7a", jaargroep="7", door=None)
    for kind in (b.bram, b.aya, b.zoe):
        leerlingservices.plaatsen(leerling=kind, groep=groep, vanaf=date(2027, 8, 1), door=None)
    plan = maak(b, groepen=[groep], vak="rekenen", door=None)
    assert plan.vorige == b.extra["groepsplan"]
    assert teksten(plan)["arrangement:talent", "doel", None].bron.startswith("uit plan 1e periode 2026–2027")
    assert set(indelingen(plan)) == {b.bram.pk, b.aya.pk, b.zoe.pk}


def test_een_ingetrokken_plan_telt_niet_als_vorig(gevuld: Bezetting) -> None:
    b = gevuld
    services.groepsplan_intrekken(plan=b.extra["groepsplan"], reden="Verkeerde groep", door=b.anna.gebruiker)  # type: ignore[arg-type]
    with klok.stilgezet(VOORJAAR):
        plan = maak(b, vak="rekenen", periodecode="periode2")
    assert plan.vorige is None
    assert teksten(plan) == {}


def test_het_oude_plan_verandert_niet(gevuld: Bezetting) -> None:
    b, oud = gevuld, gevuld.extra["groepsplan"]
    assert isinstance(oud, Groepsplan)
    voor = {sleutel: (rij.tekst, rij.versie) for sleutel, rij in teksten(oud).items()}
    with klok.stilgezet(VOORJAAR):
        maak(b, vak="rekenen", periodecode="periode2")
    assert {sleutel: (rij.tekst, rij.versie) for sleutel, rij in teksten(oud).items()} == voor


# -- moving ---------------------------------------------------------------------------------------------------------


def test_verplaatsen_is_een_keuze_van_de_leerkracht(gevuld: Bezetting) -> None:
    b = gevuld
    indeling: Any = b.extra["indeling"]
    nieuw = services.leerling_verplaatsen(
        indeling=indeling, arrangement="basis", toelichting="Vraagt zelf om voordoen", door=b.anna.gebruiker
    )
    assert (nieuw.arrangement, nieuw.bron, nieuw.te_kiezen, nieuw.alternatief) == ("basis", "gekozen", False, "")
    assert (nieuw.toelichting, nieuw.reden) == ("Vraagt zelf om voordoen", "III, IV; groei +1")
    assert nieuw.geplaatst_door == b.anna.persoon
    regel = Logregel.objects.systeemtoegang(reden="test").get(
        handeling="leerling_verplaatst", object_id=nieuw.plan_id, actor_id=b.anna.gebruiker.pk
    )
    assert (regel.leerling_id, regel.gegevens["van"], regel.gegevens["naar"]) == (b.bram.pk, "intensief", "basis")
    rij = teksten(nieuw.plan)
    assert rij["arrangement:basis", "onderwijsbehoeften", b.bram.pk].tekst == "heeft voordoen nodig"
    assert ("arrangement:intensief", "onderwijsbehoeften", b.bram.pk) not in rij
    assert rij["arrangement:intensief", "doel", None].tekst, "the goal of the arrangement stays where it was"


def test_hier_houden_is_ook_kiezen(op_school: Bezetting) -> None:
    b = op_school
    nieuw = services.leerling_verplaatsen(
        indeling=b.extra["indeling"],  # type: ignore[arg-type]
        arrangement="intensief",
        door=b.anna.gebruiker,
    )
    assert (nieuw.te_kiezen, nieuw.bron) == (False, "gekozen")


@pytest.mark.parametrize("wie", ["bas", "specialist", "assistent", "beheerder", "dirk", "ib_anders"])
def test_wie_niet_verplaatst(op_school: Bezetting, wie: str) -> None:
    b = op_school
    with pytest.raises(PermissionDenied):
        services.leerling_verplaatsen(
            indeling=b.extra["indeling"],  # type: ignore[arg-type]
            arrangement="basis",
            door=b.lid(wie).gebruiker,
        )


def test_een_onbekend_arrangement_wordt_geweigerd(op_school: Bezetting) -> None:
    indeling: Any = op_school.extra["indeling"]
    with pytest.raises(DomeinFout, match="drie arrangementen"):
        services.leerling_verplaatsen(indeling=indeling, arrangement="weer", door=op_school.anna.gebruiker)
    indeling.arrangement = "weer"
    with pytest.raises(IntegrityError), transaction.atomic():
        indeling.save()


@pytest.mark.acceptatie("M-42")
def test_bijwerken_volgt_nieuwe_toetsen_en_nieuwe_leerlingen_en_laat_keuzes_staan(op_school: Bezetting) -> None:
    b = op_school
    plan: Any = b.extra["groepsplan"]
    services.leerling_verplaatsen(indeling=indelingen(plan)[b.aya.pk], arrangement="basis", door=b.anna.gebruiker)
    nieuw = fabriek.leerling(b.kogerveld, "Nina", groep=b.groep_6a)
    resultaten_vastleggen(
        school=b.kogerveld,
        invoer=[
            uitslag(b.zoe, "II", 80, moment="M5", afnamedatum=M5),
            uitslag(b.zoe, "II", 86, moment="E5", afnamedatum=E5),
            uitslag(b.aya, "I", 99, moment="B6", afnamedatum=date(2026, 9, 15)),
        ],
        door=None,
    )
    erbij, anders = services.groepsplan_bijwerken(plan=plan, door=b.anna.gebruiker)
    rijen = indelingen(plan)
    assert erbij == 1
    assert rijen[nieuw.pk].te_kiezen
    assert (rijen[b.zoe.pk].arrangement, rijen[b.zoe.pk].te_kiezen) == ("basis", False)
    assert (rijen[b.aya.pk].arrangement, rijen[b.aya.pk].bron) == ("basis", "gekozen")
    assert rijen[b.aya.pk].reden.startswith("I, I; groei +3"), "the facts are new, the choice is not"
    assert anders == 2
    assert services.groepsplan_bijwerken(plan=plan, door=b.anna.gebruiker) == (0, 0)


# -- withdrawing, remarks --------------------------------------------------------------------------------------------


def test_intrekken_maakt_plaats_voor_een_nieuw_plan(op_school: Bezetting) -> None:
    b = op_school
    plan: Any = b.extra["groepsplan"]
    with pytest.raises(DomeinFout, match="waarom"):
        services.groepsplan_intrekken(plan=plan, reden=" ", door=b.anna.gebruiker)
    services.groepsplan_intrekken(plan=plan, reden="Verkeerde periode", door=b.anna.gebruiker)
    assert maak(b, vak="rekenen").pk != plan.pk
    with pytest.raises(DomeinFout, match="ingetrokken"):
        services.groepsplan_bijwerken(plan=plan, door=b.anna.gebruiker)


@pytest.mark.acceptatie("K-172")
def test_de_specialist_stelt_een_vraag_en_de_leerkracht_vindt_haar_bij_de_taken(op_school: Bezetting) -> None:
    b = op_school
    plan: Any = b.extra["groepsplan"]
    services.reactie_plaatsen(plan=plan, tekst="Waarom geen concreet materiaal?", door=b.specialist.gebruiker)
    taak = Taak.objects.zichtbaar_voor(b.anna.gebruiker).get(soort="planreactie")
    assert taak.link == f"/plannen/{plan.pk}/#reacties"
    assert not Taak.objects.zichtbaar_voor(b.bas.gebruiker).filter(soort="planreactie").exists()
    services.reactie_plaatsen(plan=plan, tekst="Dat komt in week 3.", door=b.anna.gebruiker)
    assert Taak.objects.systeemtoegang(reden="test").filter(soort="planreactie").count() == 1
    gezien = Planreactie.objects.zichtbaar_voor(b.duo.gebruiker).filter(plan=plan)
    assert [r.door_id for r in gezien] == [b.specialist.persoon.pk, b.anna.persoon.pk]


def test_een_specialist_van_een_ander_vak_stelt_geen_vragen(op_school: Bezetting) -> None:
    b = op_school
    plan = maak(b)
    with pytest.raises(PermissionDenied):
        services.reactie_plaatsen(plan=plan, tekst="Ik ook", door=b.specialist.gebruiker)
    for wie in ("bas", "dirk", "beheerder"):
        with pytest.raises(PermissionDenied):
            services.reactie_plaatsen(plan=plan, tekst="Ik ook", door=b.lid(wie).gebruiker)


# -- who sees what -----------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-169")
@pytest.mark.parametrize(
    ("wie", "plan", "rijen"),
    [
        ("anna", True, 5), ("duo", True, 5), ("vervanger", True, 5), ("carla", True, 5), ("dora", True, 5),
        ("specialist", True, 5), ("bas", False, 0), ("rt", False, 0), ("beheerder", False, 0), ("dirk", False, 0),
        ("extern", False, 0), ("vertrokken", False, 0), ("ib_anders", False, 0),
    ],
)  # fmt: skip
def test_wie_ziet_het_plan_en_de_leerlingen_erin(op_school: Bezetting, wie: str, plan: bool, rijen: int) -> None:
    b = op_school
    gebruiker = b.lid(wie).gebruiker
    assert Groepsplan.objects.zichtbaar_voor(gebruiker).exists() is plan
    assert Indeling.objects.zichtbaar_voor(gebruiker).count() == rijen


@pytest.mark.acceptatie("K-173")
def test_een_specialist_ziet_in_een_plan_van_een_ander_vak_geen_leerlingen(op_school: Bezetting) -> None:
    b = op_school
    plan = maak(b)
    gijs = b.specialist.gebruiker
    assert Groepsplan.objects.zichtbaar_voor(gijs).filter(pk=plan.pk).exists()
    assert not Indeling.objects.zichtbaar_voor(gijs).filter(plan=plan).exists()
    assert not Indeling.objects.zichtbaar_voor(gijs, "wijzigen").exists()
    assert sum(kolom.aantal for kolom in planpagina(gijs, plan).kolommen) == 0


def test_de_geschiedenis_is_zo_zichtbaar_als_het_plan(op_school: Bezetting) -> None:
    b = op_school
    services.leerling_verplaatsen(indeling=b.extra["indeling"], arrangement="basis", door=b.anna.gebruiker)  # type: ignore[arg-type]
    versies: Any = Indeling.pgh_event_model  # type: ignore[attr-defined]
    assert versies.objects.zichtbaar_voor(b.anna.gebruiker).filter(leerling=b.bram).count() == 2
    assert not versies.objects.zichtbaar_voor(b.bas.gebruiker).filter(leerling=b.bram).exists()
