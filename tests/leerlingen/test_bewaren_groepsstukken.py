"""Papers of groups at the end of their term: with the rows inside them, past what still points there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from besprekingen.models import Agendapunt, Bespreking
from leerlingen.models import Document, Dossierstuk, Leerling, Vernietiging
from leerlingen.services.bewaarbeperking import bewaarbeperking_zetten
from leerlingen.services.bewaren import bewaartermijnen_uitvoeren
from plannen.models import Groepsplan, Indeling
from tests.bouw import Bezetting

pytestmark = pytest.mark.traag
Klok = Callable[[datetime | str], None]


def alle(model: Any) -> Any:
    return model.objects.systeemtoegang(reden="tellen")


@pytest.fixture
def plan(op_school: Bezetting) -> Any:
    """The plan of 6a for this year, on the agenda of a meeting, with a later plan that follows it up."""
    b = op_school
    plan = b.extra["groepsplan"]
    bespreking = b.extra["bespreking"]
    if not alle(Agendapunt).filter(plan=plan).exists():
        Agendapunt.objects.create(school=b.kogerveld, bespreking=bespreking, plan=plan)
    return plan


def test_een_groepsplan_gaat_twee_jaar_na_zijn_schooljaar(op_school: Bezetting, plan: Any, klok_op: Klok) -> None:
    b = op_school
    stukken = alle(Dossierstuk).count()
    leerlingen = alle(Leerling).filter(ingeschreven__upper_inf=True).count()
    versies: Any = Groepsplan._meta.apps.get_model("plannen", "IndelingGebeurtenis")
    klok_op("2029-07-31T12:00")
    assert bewaartermijnen_uitvoeren(school=b.kogerveld, door=None).groepsstukken == 0
    assert alle(Indeling).filter(plan=plan).exists()
    klok_op("2029-08-01T12:00")
    proef = bewaartermijnen_uitvoeren(school=b.kogerveld, proef=True, door=None)
    assert alle(Groepsplan).filter(pk=plan.pk).exists()
    uitkomst = bewaartermijnen_uitvoeren(school=b.kogerveld, door=None)
    assert uitkomst.groepsstukken == proef.groepsstukken > 0
    assert uitkomst.mislukt == 0
    assert not alle(Groepsplan).filter(pk=plan.pk).exists()
    assert not alle(Document).filter(pk__in=[plan.document_id, b.document_groep.pk]).exists()
    assert not versies.objects.systeemtoegang(reden="tellen").filter(plan_id=plan.pk).exists()
    assert not alle(Agendapunt).filter(plan=plan.pk).exists()
    # the meeting and what is of the pupils themselves have their own term
    assert alle(Bespreking).filter(pk=b.extra["bespreking"].pk).exists()
    assert alle(Agendapunt).filter(pk=b.extra["punt"].pk).exists()
    assert alle(Dossierstuk).count() == stukken
    assert alle(Leerling).filter(ingeschreven__upper_inf=True).count() == leerlingen
    bewijs = alle(Vernietiging).filter(termijn="groepsstuk").order_by("pk")
    assert all(rij.leerling_nummer is None for rij in bewijs) and any("indeling" in rij.aantallen for rij in bewijs)
    assert bewaartermijnen_uitvoeren(school=b.kogerveld, door=None).groepsstukken == 0


def test_een_later_plan_blijft_en_wijst_nergens_meer_heen(op_school: Bezetting, plan: Any, klok_op: Klok) -> None:
    from leerlingen.services import groep_zorgen, plaatsen, schooljaar_zorgen
    from plannen.services import groepsplan_maken

    b = op_school
    klok_op("2028-09-04T12:00")
    jaar = schooljaar_zorgen(school=b.kogerveld, dag=datetime(2028, 9, 4).date(), door=None)
    groep = groep_zorgen(school=b.kogerveld, schooljaar=jaar, naam="8a", jaargroep="8", door=None)
    plaatsen(leerling=b.aya, groep=groep, vanaf=datetime(2028, 9, 4).date(), door=None)
    later = groepsplan_maken(groepen=[groep], vak="rekenen", periodecode="periode1", door=None)
    alle(Groepsplan).filter(pk=later.pk).update(vorige=plan)
    klok_op("2029-08-01T12:00")
    assert bewaartermijnen_uitvoeren(school=b.kogerveld, door=None).mislukt == 0
    later.refresh_from_db()
    assert later.vorige_id is None
    assert alle(Indeling).filter(plan=later, leerling=b.aya).exists()


def test_van_wie_niets_weg_mag_blijft_ook_het_groepsplan(op_school: Bezetting, plan: Any, klok_op: Klok) -> None:
    b = op_school
    bewaarbeperking_zetten(leerling=b.bram, reden="Klacht", door=b.dora.gebruiker)
    klok_op("2029-08-01T12:00")
    bewaartermijnen_uitvoeren(school=b.kogerveld, door=None)
    assert alle(Indeling).filter(plan=plan, leerling=b.bram).exists()
    assert alle(Indeling).filter(plan=plan).count() > 1
