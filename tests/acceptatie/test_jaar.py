"""The year of each school in the proposal of the calendar: what is planned when, and what is to be ready by whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Bespreking, Deelnemer
from besprekingen.services.schooljaren import vergadertijden_van
from leerlingen import profielen_van_school
from leerlingen import services as leerlingservices
from leerlingen.models import Document, Taak
from tests.acceptatie.hulp import AUGUSTUS, Inloggen, alles, neem_profiel, plan
from tests.bouw import Bezetting
from zorg.kern import klok
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag


def jaarvoorstel(b: Bezetting) -> services.Jaarvoorstel:
    """The proposal as it stands before the school year begins."""
    with klok.stilgezet(AUGUSTUS):
        return services.jaar_voorstellen(b.jaar)


def voorstel(b: Bezetting) -> dict[tuple[str, int | None], list[Any]]:
    """The proposed meetings by kind and group."""
    heel = jaarvoorstel(b)
    per_soort: dict[tuple[str, int | None], list[Any]] = defaultdict(list)
    for afspraak in heel.voorstel.afspraken:
        doel = heel.doelen[afspraak.sleutel]
        per_soort[doel.soort, doel.groep.pk if doel.groep else None].append(afspraak)
    return per_soort


@pytest.mark.acceptatie("K-132")
@pytest.mark.acceptatie("K-137")
def test_kogerveld_acht_keer_sot_na_schooltijd_en_enkele_keren_bot(op_school: Bezetting) -> None:
    gepland = voorstel(op_school)
    sot = gepland["sot", None]
    assert len(sot) == 8
    uren = vergadertijden_van(op_school.kogerveld)
    for rij in sot:
        na_school = uren.blok(rij.begin.isoweekday(), in_de_les=False)
        assert na_school is not None and rij.begin.time() >= na_school.van
    assert len(gepland["bot", None]) == 3


@pytest.mark.acceptatie("K-101")
def test_kogerveld_twee_keer_per_jaar_scol_per_groep(op_school: Bezetting) -> None:
    b = op_school
    scol = [(rij.groep, rij.voor.month) for rij in jaarvoorstel(b).schrijfwerk if rij.naam == "SCOL invullen"]
    assert sorted(scol, key=str) == sorted(
        [(b.groep_6a, 10), (b.groep_6a, 4), (b.groep_6b, 10), (b.groep_6b, 4)], key=str
    )


@pytest.mark.acceptatie("M-74")
def test_de_meent_drie_groepsbesprekingen_waarvan_een_overdracht(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "demeent")
    gepland = voorstel(b)
    for groep in (b.groep_6a, b.groep_6b):
        maanden = [rij.begin.month for rij in gepland["groepsbespreking", groep.pk]]
        assert len(maanden) == 2
        assert gepland["overdrachtsbespreking", groep.pk][0].begin.month in (5, 6)


@pytest.mark.acceptatie("M-79")
def test_de_meent_ko_en_mt_overleggen_bij_de_start_in_januari_en_eind_maart(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "demeent")
    heel = jaarvoorstel(b)
    ko_mt = {
        heel.doelen[rij.sleutel].activiteit: rij
        for rij in heel.voorstel.afspraken
        if heel.doelen[rij.sleutel].soort == "ko_mt"
    }
    assert ko_mt["start_overleg"].begin.date() < date(2026, 9, 1)
    assert ko_mt["tussenopbrengsten"].begin.month == 1
    assert ko_mt["zelfevaluatie"].begin.month == 3
    assert {b.carla.persoon.pk, b.dora.persoon.pk} <= set(ko_mt["tussenopbrengsten"].mensen)
    assert "conclusies en acties" in heel.doelen[ko_mt["tussenopbrengsten"].sleutel].doel


def test_de_meent_in_april_het_verslag_aan_het_bestuur(op_school: Bezetting) -> None:
    neem_profiel(op_school, "demeent")
    (rij,) = [rij for rij in jaarvoorstel(op_school).schrijfwerk if rij.naam == "Rapportage aan het bestuur"]
    assert (rij.persoon, rij.voor.month) == (op_school.dora.persoon, 4)
    assert "nieuwe streefdoelen" in rij.uitleg


@pytest.mark.acceptatie("M-119")
def test_de_meent_twee_keer_per_jaar_kwaliteit_en_opbrengsten_met_het_team(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "demeent")
    rijen = [rij for rij in jaarvoorstel(b).schrijfwerk if rij.naam == "Kwaliteit en opbrengsten met het team"]
    for lid in (b.carla, b.dora, b.anna, b.bas):
        assert len({rij.voor for rij in rijen if rij.persoon == lid.persoon}) == 2
    assert "handelingsgericht werken" in rijen[0].uitleg


def test_de_meent_start_groep_de_leerkracht_controleert_de_afspraken(op_school: Bezetting) -> None:
    """A task for the teachers of each group in the second week of school, once the year is laid down."""
    b = op_school
    neem_profiel(b, "demeent")
    with klok.stilgezet(AUGUSTUS):
        services.jaar_vastleggen(voorstel=services.jaar_voorstellen(b.jaar), door=b.carla.gebruiker)
    taken = alles(Taak, soort="jaarcyclus", titel__startswith="Start in de groep")
    assert {taak.groep for taak in taken} == {b.groep_6a, b.groep_6b}
    assert all(taak.voor < date(2026, 9, 1) for taak in taken)
    assert "uit het groepsoverzicht van de vorige leerkracht" in taken[0].uitleg


@pytest.mark.acceptatie("M-73")
def test_groeps_en_leerlingbesprekingen_staan_in_de_kalender(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        gepland = [plan(b, "groepsbespreking", 8, groep=b.groep_6a), plan(b, "leerlingbespreking", 9, leerling=b.bram)]
    pagina = inloggen(b.anna.gebruiker).get("/kalender/").content.decode()
    for bespreking in gepland:
        assert f"/besprekingen/{bespreking.pk}/" in pagina


@pytest.mark.acceptatie("L-34")
def test_los_hoes_vier_groepsbesprekingen_per_groep(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "loshoes")
    gepland = voorstel(b)
    assert [len(gepland["groepsbespreking", groep.pk]) for groep in (b.groep_6a, b.groep_6b)] == [4, 4]


@pytest.mark.acceptatie("L-35")
def test_los_hoes_elke_zes_tot_acht_weken_een_clb_gesprek_met_iedere_mentor(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "loshoes")
    heel = jaarvoorstel(b)
    dagen = sorted(
        rij.begin.date()
        for rij in heel.voorstel.afspraken
        if heel.doelen[rij.sleutel].soort == "clb" and b.anna.persoon.pk in rij.mensen
    )
    assert len(dagen) >= 5
    stappen = [(later - eerder).days / 7 for eerder, later in pairwise(dagen)]
    assert all(6 <= stap <= 8 for stap in stappen), stappen


@pytest.mark.acceptatie("A-31")
def test_aruba_de_groepsbespreking_volgt_binnen_drie_weken_op_de_toetsmaand(op_school: Bezetting) -> None:
    from leerlingen.profiel import lees_ingebouwd

    b = op_school
    neem_profiel(b, "aruba")
    gepland = voorstel(b)["groepsbespreking", b.groep_6a.pk]
    toetsmaanden = sorted(m.maand for m in lees_ingebouwd("aruba").begrippen.toetsmomenten)
    assert len(gepland) == 3
    erna = sorted((rij.begin.month - 2) % 12 + 1 for rij in gepland)
    assert erna == toetsmaanden, "in the month after each test month"
    assert all(rij.begin.day <= 21 for rij in gepland)


@pytest.mark.acceptatie("A-37")
def test_aruba_drie_momenten_voor_leerlingbesprekingen(op_school: Bezetting) -> None:
    neem_profiel(op_school, "aruba")
    assert len(voorstel(op_school)["leerlingbespreking", None]) == 3


@pytest.mark.acceptatie("A-39")
def test_aruba_de_schoolleider_houdt_rapportbesprekingen_na_de_groepsbespreking(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "aruba")
    gepland = voorstel(b)
    groep, rapport = gepland["groepsbespreking", b.groep_6a.pk], gepland["rapportbespreking", b.groep_6a.pk]
    assert len(rapport) == 3
    wacht_op = {rij.code: rij.na for rij in profielen_van_school.huidig_profiel(b.kogerveld).jaarcyclus}
    for keer in (1, 2, 3):  # not by luck: the planner is told what must be over first
        assert wacht_op[f"rapportbespreking_{keer}"] == f"groepsbespreking_{keer}"
    assert all(b.dora.persoon.pk in rij.mensen for rij in rapport)
    assert all(eerst.begin < later.begin for eerst, later in zip(groep, rapport, strict=True))
    assert plan(b, "rapportbespreking", door="dora", groep=b.groep_6a).voorzitter == b.dora.persoon


@pytest.mark.acceptatie("A-43")
def test_aruba_om_de_zes_weken_schoolleider_en_ib_er(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "aruba")
    dagen = [rij.begin.date() for rij in voorstel(b)["voortgangsbespreking", None]]
    assert len(dagen) >= 5
    stappen = {(later - eerder).days // 7 for eerder, later in pairwise(dagen)}
    assert stappen <= {4, 5, 6, 7, 8} and 6 in stappen, "a holiday may push one on"
    assert 6 <= (dagen[-1] - dagen[0]).days / 7 / (len(dagen) - 1) < 7


@pytest.mark.acceptatie("A-12")
def test_aruba_de_zorgafspraken_worden_elk_jaar_bekeken(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "aruba")
    rijen = [rij for rij in jaarvoorstel(b).schrijfwerk if rij.naam == "Zorgafspraken bekijken"]
    assert {b.dora.persoon, b.carla.persoon, b.anna.persoon} <= {rij.persoon for rij in rijen}
    assert {rij.voor for rij in rijen} == {date(2027, 6, 30)}


@pytest.mark.acceptatie("V-15")
def test_vlaanderen_de_zorgwerking_wordt_elk_jaar_geevalueerd(op_school: Bezetting) -> None:
    b = op_school
    neem_profiel(b, "vlaanderen")
    heel = jaarvoorstel(b)
    (rij,) = [a for a in heel.voorstel.afspraken if heel.doelen[a.sleutel].activiteit == "zorgwerking"]
    assert rij.begin.month == 6
    assert {b.carla.persoon.pk, b.dora.persoon.pk} <= set(rij.mensen)


@pytest.mark.acceptatie("K-33")
def test_kogerveld_twee_grote_evaluaties_van_het_opp_met_de_ouders(op_school: Bezetting) -> None:
    """Only for a pupil with an OPP that was fixed: once in February or March and once in June, with the parents."""
    b = op_school
    stuk = leerlingservices.stuk_maken(leerling=b.bram, soort="opp", titel="OPP", door=b.carla.gebruiker)
    document = leerlingservices.document_maken(soort="opp", stuk=stuk, door=b.carla.gebruiker)
    assert not [doel for doel in jaarvoorstel(b).doelen.values() if doel.leerling], "not fixed yet"
    alles(Document, pk=document.pk).update(
        status="definitief", vastgesteld_op=klok.nu(), vastgesteld_door=b.carla.persoon
    )
    heel = services.jaar_voorstellen(b.jaar)
    gepland = [a for a in heel.voorstel.afspraken if heel.doelen[a.sleutel].soort == "opp_evaluatie"]
    assert [heel.doelen[a.sleutel].leerling for a in gepland] == [b.bram, b.bram]
    assert gepland[0].begin.month in (2, 3) and gepland[1].begin.month == 6
    assert b.bram.roepnaam not in str(heel.als_dict()), "no name where a command prints it"
    services.jaar_vastleggen(voorstel=heel, door=b.carla.gebruiker)
    for bespreking in alles(Bespreking, soort="opp_evaluatie"):
        aan_tafel = set(alles(Deelnemer, bespreking=bespreking).values_list("persoon", flat=True))
        assert {b.dirk.persoon.pk, b.carla.persoon.pk} <= aan_tafel
        assert b.ouder_zonder_gezag.persoon.pk not in aan_tafel
    assert not services.jaar_voorstellen(b.jaar).voorstel.afspraken, "once"
