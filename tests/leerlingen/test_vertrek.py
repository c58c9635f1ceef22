"""Leaving, moving and coming back: only days that can be meant, and nothing that one slip takes away for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from leerlingen import services
from leerlingen.models import Leerling, Plaatsing
from tests.bouw import VANDAAG, Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[[Any], Any]
Klok = Callable[[Any], None]
DAG = date(2026, 11, 21)
AUG, EIND = date(2026, 8, 1), date(2027, 8, 1)


def plekken(leerling: Leerling) -> list[tuple[str, date, date]]:
    rijen = Plaatsing.objects.systeemtoegang(reden="de proef op vertrek").filter(leerling=leerling)
    return sorted((rij.groep.naam, rij.periode.lower, rij.periode.upper) for rij in rijen.select_related("groep"))


def volgend_jaar(b: Bezetting) -> Any:
    jaar = services.schooljaar_zorgen(school=b.kogerveld, naam="2027-2028", door=None)
    return services.groep_zorgen(school=b.kogerveld, schooljaar=jaar, naam="7a", jaargroep="7", door=None)


def test_tweemaal_uitschrijven_is_eenmaal(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.carla.gebruiker)
    vertrek = reverse("leerlingen:vertrek", args=[b.bram.pk])
    for _ in range(2):
        antwoord = browser.post(vertrek, {"laatste_dag": "2026-11-20"}, follow=True)
        assert "20 november is de laatste dag" in antwoord.content.decode()
    anders = browser.post(vertrek, {"laatste_dag": "2026-11-27"})
    assert anders.status_code == 422 and "draai dit dan eerst terug" in anders.content.decode()
    with schoolcontext([b.kogerveld]):
        b.bram.refresh_from_db()
        assert b.bram.ingeschreven.upper == DAG
    for zin in ("weer ingeschreven, in groep 6a", "is ingeschreven"):
        assert zin in browser.post(vertrek, {"terugdraaien": "1"}, follow=True).content.decode()
    with schoolcontext([b.kogerveld]):
        b.bram.refresh_from_db()
        assert b.bram.laatste_dag is None
        assert ("6a", AUG, EIND) in plekken(b.bram)


def test_terug_is_zoals_het_was(op_school: Bezetting) -> None:
    """What ran goes on, in the composite group too, and what was still to begin is back."""
    b = op_school
    services.plaatsen(leerling=b.aya, groep=volgend_jaar(b), vanaf=date(2027, 8, 1), door=None)
    voor = plekken(b.aya)
    assert len(voor) == 3
    for per in (DAG, date(2026, 12, 1)):
        services.uitschrijven(leerling=b.aya, per=per, door=None)
        assert {einde for _, _, einde in plekken(b.aya)} == {per}
        services.uitschrijving_terugdraaien(leerling=b.aya, door=None)
        assert plekken(b.aya) == voor
    assert b.anna.gebruiker.has_perm("wijzigen_leerling", b.aya)


def test_wat_een_verplaatsing_eindigde_komt_niet_terug(op_school: Bezetting) -> None:
    b = op_school
    services.plaatsen(leerling=b.bram, groep=b.groep_6b, vanaf=DAG, door=None)
    voor = plekken(b.bram)
    services.uitschrijven(leerling=b.bram, per=DAG, door=None)
    services.uitschrijving_terugdraaien(leerling=b.bram, door=None)
    assert plekken(b.bram) == voor


def test_verplaatst_terwijl_het_vertrek_al_vaststaat(op_school: Bezetting) -> None:
    b = op_school
    services.uitschrijven(leerling=b.bram, per=DAG, door=None)
    services.plaatsen(leerling=b.bram, groep=b.groep_6b, vanaf=VANDAAG, door=None)
    assert plekken(b.bram) == [("6a", AUG, VANDAAG), ("6b", VANDAAG, DAG)]
    services.uitschrijving_terugdraaien(leerling=b.bram, door=None)
    assert plekken(b.bram) == [("6a", AUG, VANDAAG), ("6b", VANDAAG, EIND)]


def test_een_laatste_dag_in_een_ander_jaar(op_school: Bezetting) -> None:
    """The summer before is the earliest: for who does not come back. The latest is the end of what is planned."""
    b = op_school
    with schoolcontext([b.kogerveld]):
        eerder = services.inschrijven(
            school=b.kogerveld, vanaf=date(2019, 8, 1), roepnaam="Noor", achternaam="Dam", door=None
        )
        services.plaatsen(leerling=eerder, groep=b.groep_6a, vanaf=AUG, door=None)
    for per in (date(2020, 1, 2), date(2026, 7, 31), date(2027, 8, 2)):
        with pytest.raises(DomeinFout, match="van 31 juli 2026 tot en met 31 juli 2027"):
            services.uitschrijven(leerling=eerder, per=per, door=None)
    assert plekken(eerder) == [("6a", AUG, EIND)]
    services.uitschrijven(leerling=eerder, per=AUG, door=None)
    assert plekken(eerder) == []
    services.uitschrijving_terugdraaien(leerling=eerder, door=None)
    assert plekken(eerder) == [("6a", AUG, EIND)]
    volgend_jaar(b)
    services.uitschrijven(leerling=eerder, per=date(2028, 8, 1), door=None)


def test_verplaatsen_begint_in_het_jaar_van_de_groep(op_school: Bezetting, inloggen: Inloggen) -> None:
    b, browser = op_school, inloggen(op_school.carla.gebruiker)
    straks, voor = volgend_jaar(b), plekken(b.bram)
    adres = reverse("leerlingen:groep", args=[b.bram.pk])
    for groep, vanaf, zin in (
        (straks, "2026-11-03", "Groep 7a begint op 1 augustus 2027"),
        (b.groep_6b, "2025-01-01", "Groep 6b begint op 1 augustus 2026"),
        (b.groep_6b, "0001-01-01", "kijk het jaar na"),
        (b.groep_6b, "2027-08-01", "kies een datum in dat jaar"),
    ):
        antwoord = browser.post(adres, {"groep": groep.pk, "vanaf": vanaf})
        assert antwoord.status_code == 422 and zin in antwoord.content.decode(), zin
    assert plekken(b.bram) == voor
    assert browser.post(adres, {"groep": straks.pk, "vanaf": "2027-08-01"}).status_code == 302


def test_wie_weg_is_komt_in_geen_groep(op_school: Bezetting, klok_op: Klok) -> None:
    """A place in a group would open the dossier to a teacher who never taught the child."""
    b = op_school
    services.uitschrijven(leerling=b.bram, per=date(2026, 11, 10), door=None)
    klok_op("2026-12-08T10:00")
    with pytest.raises(DomeinFout, match="uitgeschreven, met 9 november 2026 als laatste dag"):
        services.plaatsen(leerling=b.bram, groep=b.groep_6b, vanaf=date(2026, 12, 8), door=None)
    assert not b.bas.gebruiker.has_perm("inzien_leerling", b.bram)
    straks = services.inschrijven(
        school=b.kogerveld, vanaf=date(2027, 1, 4), roepnaam="Noor", achternaam="Dam", door=None
    )
    with pytest.raises(DomeinFout, match="ingeschreven vanaf 4 januari 2027"):
        services.plaatsen(leerling=straks, groep=b.groep_6b, vanaf=date(2026, 12, 8), door=None)


@pytest.mark.parametrize(("wie", "ziet"), [("carla", True), ("beheerder", False)])
def test_wie_terugkomt(bezetting: Bezetting, inloggen: Inloggen, wie: str, ziet: bool) -> None:
    """Who may see the pupil gets the way there; who may not reads who can bring the pupil back, and no more."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        services.uitschrijven(leerling=b.bram, per=DAG, door=None)
    velden = {
        "roepnaam": b.bram.roepnaam,
        "achternaam": b.bram.achternaam,
        "geboortedatum": str(b.bram.geboortedatum),
        "groep": b.groep_6a.pk,
        "vanaf": "2026-12-01",
    }
    antwoord = inloggen(b.lid(wie).gebruiker).post(reverse("beheer:leerling_erbij"), velden)
    blad = antwoord.content.decode()
    assert antwoord.status_code == 422 and "draait de uitschrijving terug" in blad
    assert (f"/leerlingen/{b.bram.pk}/" in blad) is ziet
    assert ("20 november 2026" in blad) is ziet
