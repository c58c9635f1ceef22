"""Pupils, groups, assignments and parents: always dated, never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from leerlingen import services
from leerlingen.models import Leerling, Plaatsing, Toewijzing
from tests.bouw import VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht

Klok = Callable[[Any], None]
NAMEN = ["Ş", "O'Brien", "Łukasz-Żak", "'t Hooft", "van den Heuvel tot Beichlingen", "明", "<script>alert(1)</script>"]


def _plaatsingen(leerling: Leerling) -> list[tuple[str, date, date]]:
    rijen = Plaatsing.objects.systeemtoegang(reden="de proef op het plaatsen").filter(leerling=leerling)
    return sorted((rij.groep.naam, rij.periode.lower, rij.periode.upper) for rij in rijen.select_related("groep"))


@pytest.mark.parametrize("achternaam", NAMEN)
def test_inschrijven_met_elke_naam(op_school: Bezetting, achternaam: str) -> None:
    kind = fabriek.leerling(op_school.kogerveld, "Noor", achternaam, groep=op_school.groep_6a)
    kind.refresh_from_db()
    assert kind.achternaam == achternaam and kind.naam == f"Noor {achternaam}"
    assert op_school.anna.gebruiker.has_perm("inzien_leerling", kind)


def test_inschrijven_weigert(op_school: Bezetting) -> None:
    with pytest.raises(ValidationError):
        fabriek.leerling(op_school.kogerveld, "x" * 101)
    with pytest.raises(IntegrityError), transaction.atomic():
        fabriek.leerling(op_school.kogerveld, "", "")
    with pytest.raises(DomeinFout):
        services.inschrijven(
            school=op_school.kogerveld, vanaf=VANDAAG, tot=VANDAAG, roepnaam="A", achternaam="B", door=None
        )


@pytest.mark.acceptatie("V-03")
@pytest.mark.acceptatie("V-04")
def test_een_stamgroep_tegelijk(op_school: Bezetting) -> None:
    """A pupil sits in several groups, each with its dates: moving ends the old home group, the work group stays."""
    services.plaatsen(leerling=op_school.aya, groep=op_school.groep_6b, vanaf=VANDAAG, door=None)
    assert _plaatsingen(op_school.aya) == [
        ("6a", date(2026, 8, 1), VANDAAG),
        ("6b", VANDAAG, date(2027, 8, 1)),
        ("Plusgroep", date(2026, 9, 1), date(2027, 8, 1)),
    ]


def test_plaatsing_van_straks_vervalt_bij_een_nieuwe(op_school: Bezetting) -> None:
    services.plaatsen(leerling=op_school.bram, groep=op_school.groep_6b, vanaf=date(2027, 1, 4), door=None)
    services.plaatsen(leerling=op_school.bram, groep=op_school.groep_6b, vanaf=date(2026, 12, 1), door=None)
    assert _plaatsingen(op_school.bram) == [
        ("6a", date(2026, 8, 1), date(2026, 12, 1)),
        ("6b", date(2026, 12, 1), date(2027, 8, 1)),
    ]


def test_plaatsen_weigert_en_verandert_dan_niets(op_school: Bezetting) -> None:
    voor = _plaatsingen(op_school.aya)
    with pytest.raises(DomeinFout, match="al in groep Plusgroep"):
        services.plaatsen(leerling=op_school.aya, groep=op_school.plusgroep, vanaf=VANDAAG, door=None)
    with pytest.raises(DomeinFout, match="schooljaar"):
        services.plaatsen(leerling=op_school.aya, groep=op_school.groep_6b, vanaf=date(2027, 8, 1), door=None)
    assert _plaatsingen(op_school.aya) == voor


@pytest.mark.acceptatie("A-18")
def test_overdracht(op_school: Bezetting, klok_op: Klok) -> None:
    """Old and new teacher both look in for three weeks around the move; writing goes over on the day."""
    dag = date(2027, 1, 4)
    services.plaatsen(leerling=op_school.bram, groep=op_school.groep_6b, vanaf=dag, door=None)
    anna, bas = op_school.anna.gebruiker, op_school.bas.gebruiker
    for moment, oud_ziet, nieuw_ziet, oud_schrijft, nieuw_schrijft in (
        ("2026-12-13T12:00", True, False, True, False),
        ("2026-12-14T12:00", True, True, True, False),
        ("2027-01-03T12:00", True, True, True, False),
        ("2027-01-04T00:00", True, True, False, True),
        ("2027-01-24T23:59", True, True, False, True),
        ("2027-01-25T00:00", False, True, False, True),
    ):
        klok_op(moment)
        gezien = [w.has_perm("inzien_leerling", op_school.bram) for w in (anna, bas)]
        schrijft = [w.has_perm("wijzigen_leerling", op_school.bram) for w in (anna, bas)]
        assert gezien == [oud_ziet, nieuw_ziet] and schrijft == [oud_schrijft, nieuw_schrijft], moment


def test_zonder_overdracht(op_school: Bezetting) -> None:
    assert op_school.anna.toewijzing is not None
    services.toewijzing_beeindigen(
        toewijzing=op_school.anna.toewijzing, per=VANDAAG, overdracht=False, door=op_school.dora.gebruiker
    )
    assert not Leerling.objects.zichtbaar_voor(op_school.anna.gebruiker).exists()


def test_vervanger_precies_zolang_het_duurt(op_school: Bezetting, klok_op: Klok) -> None:
    for moment, ziet in (("2026-10-25T12:00", False), ("2026-10-26T00:00", True), ("2026-12-01T00:00", False)):
        klok_op(moment)
        assert op_school.vervanger.gebruiker.has_perm("inzien_leerling", op_school.bram) is ziet, moment


def test_toewijzen_weigert(op_school: Bezetting) -> None:
    with pytest.raises(DomeinFout, match="al aan groep 6a"):
        services.toewijzen(persoon=op_school.anna.persoon, groep=op_school.groep_6a, vanaf=VANDAAG, door=None)
    with pytest.raises(DomeinFout):
        services.toewijzen(persoon=op_school.bas.persoon, groep=op_school.groep_6a, vanaf=date(2027, 9, 1), door=None)


def test_toewijzing_die_niet_begon_verdwijnt(op_school: Bezetting) -> None:
    straks = services.toewijzen(
        persoon=op_school.bas.persoon, groep=op_school.groep_6a, vanaf=date(2027, 1, 4), door=None
    )
    services.toewijzing_beeindigen(toewijzing=straks, per=VANDAAG, door=None)
    assert not Toewijzing.objects.systeemtoegang(reden="de proef op het einde").filter(pk=straks.pk).exists()


def test_leerling_toewijzen(op_school: Bezetting) -> None:
    """Only rt'er and assistant, only once at a time, and only by who manages the pupil."""
    velden: dict[str, Any] = {"persoon": op_school.rt.persoon, "leerling": op_school.aya, "vanaf": VANDAAG}
    with pytest.raises(PermissionDenied):
        services.leerling_toewijzen(**velden, rol="rt", door=op_school.anna.gebruiker)
    with pytest.raises(DomeinFout):
        services.leerling_toewijzen(**velden, rol="ib", door=op_school.carla.gebruiker)
    services.leerling_toewijzen(**velden, rol="rt", door=op_school.carla.gebruiker)
    assert op_school.rt.gebruiker.has_perm("wijzigen_leerling", op_school.aya)
    with pytest.raises(DomeinFout, match="werkt in deze periode al"):
        services.leerling_toewijzen(**velden, rol="assistent", door=op_school.carla.gebruiker)


def test_uitschrijven(op_school: Bezetting, klok_op: Klok) -> None:
    """Groups end, the dossier stays: the teacher looks in for three weeks, the ib'er for its term."""
    services.uitschrijven(leerling=op_school.bram, per=VANDAAG, door=op_school.carla.gebruiker)
    assert not op_school.anna.gebruiker.has_perm("wijzigen_leerling", op_school.bram)
    assert op_school.anna.gebruiker.has_perm("inzien_leerling", op_school.bram)
    assert not op_school.specialist.gebruiker.has_perm("inzien_leerling", op_school.bram)
    klok_op("2026-11-24T09:00")
    assert not op_school.anna.gebruiker.has_perm("inzien_leerling", op_school.bram)
    assert op_school.carla.gebruiker.has_perm("inzien_leerling", op_school.bram)
    assert op_school.dirk.gebruiker.has_perm("meelezen_dossierstuk", op_school.gedeeld)
    with pytest.raises(DomeinFout):
        services.uitschrijven(leerling=op_school.aya, per=date(2026, 7, 1), door=None)


@pytest.mark.parametrize(
    ("gezag", "beperking", "leest"),
    [("ja", "", True), ("nee", "", False), ("onbekend", "", False), ("ja", "Uitspraak van 2 november", False)],
)
def test_gezag_beslist(op_school: Bezetting, gezag: str, beperking: str, leest: bool) -> None:
    """Access follows at once, both ways; who has authority may also be restricted by a court."""
    dirk = op_school.dirk.gebruiker
    services.gezag_wijzigen(
        ouderschap=op_school.ouderschap, gezag=gezag, beperking=beperking, door=op_school.carla.gebruiker
    )
    assert dirk.has_perm("meelezen_dossierstuk", op_school.gedeeld) is leest
    kinderen = Leerling.objects.zichtbaar_voor(dirk, Recht.MEELEZEN)
    assert kinderen.filter(pk=op_school.bram.pk).exists() is leest
    assert kinderen.filter(pk=op_school.aya.pk).exists(), "the other child is not touched"


@pytest.mark.acceptatie("A-02")
def test_voogd_is_ouder(op_school: Bezetting) -> None:
    """A guardian with authority reads, is asked and answers as any parent."""
    voogd = fabriek.lid(op_school.kogerveld, "Uma")
    services.ouder_toevoegen(
        leerling=op_school.bram, persoon=voogd.persoon, relatie="voogd", gezag="ja", vanaf=VANDAAG, door=None
    )
    assert voogd.gebruiker.has_perm("meelezen_dossierstuk", op_school.gedeeld)
    vraag = services.toestemming_vragen(
        leerling=op_school.bram, doel="onderzoek", tekst="Mag dat?", door=op_school.carla.gebruiker
    )
    antwoord = services.toestemming_beantwoorden(
        toestemming=vraag, keuze="ja", tekstversie=vraag.tekstversie, door=voogd.gebruiker
    )
    assert antwoord.persoon == voogd.persoon


def test_ouder_toevoegen(op_school: Bezetting) -> None:
    """Authority is unknown until somebody records it; the same parent twice is refused."""
    nieuw = fabriek.lid(op_school.kogerveld, "Uma")
    ouderschap = services.ouder_toevoegen(
        leerling=op_school.dunya, persoon=nieuw.persoon, relatie="voogd", vanaf=VANDAAG, door=op_school.carla.gebruiker
    )
    assert ouderschap.gezag == "onbekend"
    assert not Leerling.objects.zichtbaar_voor(nieuw.gebruiker, Recht.MEELEZEN).exists()
    with pytest.raises(DomeinFout, match="staat al bij"):
        services.ouder_toevoegen(leerling=op_school.dunya, persoon=nieuw.persoon, vanaf=VANDAAG, door=None)
