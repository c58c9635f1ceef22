"""Care levels through their gates, consent on record, and the to-do list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerlingen import profielen_van_school, services
from leerlingen.models import Taak, Toestemming, Zorgniveauperiode
from leerlingen.services.zorg import huidig_niveau
from tests.bouw import VANDAAG, Bezetting, fabriek
from tests.leerlingen.zorgroute_feiten import compleet
from zorg.kern.fouten import DomeinFout

Klok = Callable[[Any], None]


def wijzig(b: Bezetting, naar: str, **anders: Any) -> Zorgniveauperiode:
    velden: dict[str, Any] = {
        "leerling": b.bram,
        "feiten": replace(compleet(), vandaag=VANDAAG),
        "versie": profielen_van_school.huidige_versie(b.kogerveld),
        "door": b.carla.gebruiker,
        **anders,
    }
    return services.zorgniveau_wijzigen(naar=naar, **velden)


def test_niveau_wijzigen(op_school: Bezetting, klok_op: Klok) -> None:
    """The old period ends on the day the new one starts; who decided and under which version stays."""
    dag = compleet().vandaag
    klok_op(f"{dag}T09:00")
    services.zorgniveau_beginnen(
        leerling=op_school.bram, niveau="2", vanaf=date(2026, 9, 1), reden="Beginstand", door=None
    )
    nieuw = wijzig(op_school, "3", feiten=compleet(), reden="Het gaat niet vooruit")
    rijen = Zorgniveauperiode.objects.systeemtoegang(reden="de proef op het niveau").filter(leerling=op_school.bram)
    assert [(r.niveau, r.periode.lower, r.periode.upper) for r in rijen.order_by("periode")] == [
        ("2", date(2026, 9, 1), dag),
        ("3", dag, None),
    ]
    assert nieuw.besloten_door == op_school.carla.persoon
    assert nieuw.profielversie == profielen_van_school.huidige_versie(op_school.kogerveld)


def test_niveau_met_een_gesloten_poort(op_school: Bezetting) -> None:
    """Without what the procedure asks the pupil stays where they are, and the sentence says what is missing."""
    services.zorgniveau_beginnen(
        leerling=op_school.bram, niveau="3", vanaf=date(2026, 9, 1), reden="Beginstand", door=None
    )
    leeg = replace(compleet(), vandaag=VANDAAG, toestemmingen=(), besprekingen=())
    with pytest.raises(DomeinFout) as fout:
        wijzig(op_school, "4", feiten=leeg, reden="Het moet maar")
    assert len(fout.value.zin) > 20
    nu = huidig_niveau(op_school.bram)
    assert nu is not None and nu.niveau == "3"


@pytest.mark.parametrize("wie", ["bas", "specialist", "assistent", "beheerder", "dirk", "extern"])
def test_niveau_mag_niet_iedereen(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        wijzig(op_school, "2", door=op_school.lid(wie).gebruiker)


def test_twee_keer_op_een_dag(op_school: Bezetting) -> None:
    """A slip of the same day is replaced, not a period of no days."""
    services.zorgniveau_beginnen(leerling=op_school.bram, niveau="2", vanaf=VANDAAG, reden="Vergissing", door=None)
    services.zorgniveau_beginnen(leerling=op_school.bram, niveau="1", vanaf=VANDAAG, reden="Hersteld", door=None)
    rijen = Zorgniveauperiode.objects.systeemtoegang(reden="de proef op het niveau").filter(leerling=op_school.bram)
    assert [rij.niveau for rij in rijen] == ["1"]


# -- consent -----------------------------------------------------------------------------------------------------


def antwoord(b: Bezetting, toestemming: Toestemming, wie: str, keuze: str = "ja", **anders: Any) -> Any:
    velden = {"tekstversie": toestemming.tekstversie, **anders}
    return services.toestemming_beantwoorden(toestemming=toestemming, keuze=keuze, door=b.lid(wie).gebruiker, **velden)


def test_antwoord_van_een_ouder(op_school: Bezetting) -> None:
    """On record with the text that was read; the task is done; a changed mind is a new row."""
    eerste = antwoord(op_school, op_school.toestemming, "dirk", "praten", opmerking="Bel mij\x00")
    assert eerste.opmerking == "Bel mij" and eerste.tekstversie == 1 and not eerste.op_papier
    taak = Taak.objects.systeemtoegang(reden="de proef op de taak").get(
        sleutel=f"toestemming:{op_school.toestemming.pk}:{op_school.dirk.persoon.pk}"
    )
    assert taak.klaar_door == op_school.dirk.persoon
    tweede = antwoord(op_school, op_school.toestemming, "dirk", "ja")
    assert [r.keuze for r in op_school.toestemming.antwoorden.systeemtoegang(reden="de proef")] in (
        ["ja", "praten"],
        ["praten", "ja"],
    )
    assert tweede.pk != eerste.pk


@pytest.mark.parametrize(
    "wie", ["ouder_zonder_gezag", "ouder_onbekend", "ouder_ander", "carla", "anna", "extern", "ib_anders"]
)
def test_alleen_wie_gezag_heeft_antwoordt(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        antwoord(op_school, op_school.toestemming, wie)


def test_op_papier_legt_de_ib_er_vast(op_school: Bezetting) -> None:
    dirk = op_school.dirk.persoon
    rij = antwoord(op_school, op_school.toestemming, "carla", namens=dirk)
    assert rij.persoon == dirk and rij.op_papier and rij.vastgelegd_door == op_school.carla.persoon
    with pytest.raises(PermissionDenied):
        antwoord(op_school, op_school.toestemming, "anna", namens=dirk)
    with pytest.raises(PermissionDenied):
        antwoord(op_school, op_school.toestemming, "carla", namens=op_school.ouder_zonder_gezag.persoon)


def test_antwoord_op_een_oude_tekst_telt_niet(op_school: Bezetting) -> None:
    """A new request replaces the old one: its answers say nothing about the new text."""
    oud = op_school.toestemming
    nieuw = services.toestemming_vragen(
        leerling=op_school.bram, doel=oud.doel, tekst="Iets anders", door=op_school.carla.gebruiker
    )
    assert nieuw.tekstversie == oud.tekstversie + 1
    with pytest.raises(DomeinFout, match="intussen veranderd"):
        antwoord(op_school, oud, "dirk")
    with pytest.raises(DomeinFout, match="intussen veranderd"):
        antwoord(op_school, nieuw, "dirk", tekstversie=1)
    with pytest.raises(DomeinFout, match="ja, nee of"):
        antwoord(op_school, nieuw, "dirk", "misschien")
    antwoord(op_school, nieuw, "dirk")


def test_vragen_weigert(op_school: Bezetting) -> None:
    velden: dict[str, Any] = {"doel": op_school.toestemming.doel, "tekst": "x"}
    with pytest.raises(DomeinFout, match="geen ouder met gezag"):
        services.toestemming_vragen(leerling=op_school.dunya, door=op_school.carla.gebruiker, **velden)
    with pytest.raises(PermissionDenied):
        services.toestemming_vragen(leerling=op_school.bram, door=op_school.bas.gebruiker, **velden)
    with pytest.raises(PermissionDenied):
        services.toestemming_vragen(
            leerling=op_school.bram, door=op_school.anna.gebruiker, stukken=[op_school.geheim], **velden
        )
    with pytest.raises(DomeinFout):
        services.toestemming_vragen(
            leerling=op_school.bram, door=op_school.carla.gebruiker, doel="verzonnen", tekst="x"
        )


def test_vraag_gaat_naar_iedere_ouder_met_gezag(op_school: Bezetting) -> None:
    """And to nobody else; the task and the mail name no child."""
    moeder = fabriek.ouder(op_school.kogerveld, "Mia", op_school.bram)
    nieuw = services.toestemming_vragen(
        leerling=op_school.bram, doel="onderzoek", tekst="Mag dat?", door=op_school.carla.gebruiker
    )
    taken = Taak.objects.systeemtoegang(reden="de proef op de vraag").filter(
        sleutel__startswith=f"toestemming:{nieuw.pk}:"
    )
    assert {taak.persoon for taak in taken} == {moeder.persoon, op_school.dirk.persoon}
    assert all("Bram" not in taak.titel + taak.uitleg for taak in taken)


def test_intrekken_laat_taken_vervallen(op_school: Bezetting) -> None:
    services.toestemming_intrekken(toestemming=op_school.toestemming, door=op_school.carla.gebruiker)
    assert not Taak.objects.zichtbaar_voor(op_school.dirk.gebruiker).open().filter(soort="toestemming").exists()
    with pytest.raises(DomeinFout):
        antwoord(op_school, op_school.toestemming, "dirk")


# -- to do -------------------------------------------------------------------------------------------------------


def taak(b: Bezetting, sleutel: str = "proef:1", **anders: Any) -> Taak:
    return services.taak_maken(school=b.kogerveld, soort="proef", sleutel=sleutel, titel="Proef", door=None, **anders)


def test_taak_van_een_groep_is_van_beide_leerkrachten(op_school: Bezetting) -> None:
    """Made once; seen by who teaches the group today; done by one is done for both."""
    eerste = taak(op_school, groep=op_school.groep_6a)
    assert taak(op_school, groep=op_school.groep_6a).pk == eerste.pk

    def wie() -> set[str]:
        return {
            n
            for n, lid in op_school.leden()
            if Taak.objects.zichtbaar_voor(lid.gebruiker).open().filter(pk=eerste.pk).exists()
        }

    assert wie() == {"anna", "duo", "vervanger"}
    services.taak_afronden(school=op_school.kogerveld, sleutel="proef:1", door=op_school.duo.gebruiker)
    services.taak_afronden(school=op_school.kogerveld, sleutel="proef:1", door=op_school.anna.gebruiker)
    eerste.refresh_from_db()
    assert eerste.klaar_door == op_school.duo.persoon and wie() == set()


def test_taak_van_een_persoon(op_school: Bezetting) -> None:
    rij = taak(op_school, persoon=op_school.bas.persoon, voor=VANDAAG + timedelta(days=1))
    assert rij in Taak.objects.zichtbaar_voor(op_school.bas.gebruiker)
    for wie in ("anna", "carla", "beheerder", "dirk"):
        assert rij not in Taak.objects.zichtbaar_voor(op_school.lid(wie).gebruiker), wie
    services.taak_laten_vervallen(school=op_school.kogerveld, sleutel="proef:1", door=None)
    assert rij not in Taak.objects.zichtbaar_voor(op_school.bas.gebruiker).open()


def test_taak_is_van_een_persoon_of_een_groep(op_school: Bezetting) -> None:
    from django.db import IntegrityError, transaction

    for wie in ({}, {"persoon": op_school.bas.persoon, "groep": op_school.groep_6a}):
        with pytest.raises(IntegrityError), transaction.atomic():
            taak(op_school, **wie)
