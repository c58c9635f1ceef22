"""The whole story of Kogerveld in one house, each with their own login: from an empty school to the archived report.

The year is planned and accepted; a duo writes a group plan, which the group meeting makes definitive; one pupil goes
the five levels of support, from being put forward there to a referral; at the end strangers find nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.browser import groepsplan, zorgroute
from tests.browser.conftest import Browsers
from tests.browser.draad import WACHTWOORD, Draad, melding
from tests.browser.huis import Huis

Kijk = Callable[[Any], None]
NU = "2026-08-25T10:00"
"""A Tuesday in the second week of the school year."""
EERSTE, TWEEDE, OVER, NA_SOT = "2026-09-10", "2026-10-29", "2026-12-15T15:00", "2027-03-09T12:00"
"""Two pupil meetings seven weeks apart, the day on which it is not enough, and a day after the SOT of January."""
BOT_TOT, VERWIJZING_TOT, ERNA = "2027-04-15", "2027-05-31", "2027-06-01T09:00"
"""Until when the parents let others read along, and the day after."""


@pytest.mark.traag
@pytest.mark.acceptatie("K-70")
@pytest.mark.acceptatie("K-108")
@pytest.mark.acceptatie("K-119")
@pytest.mark.acceptatie("K-120")
@pytest.mark.acceptatie("K-124")
@pytest.mark.acceptatie("K-125")
@pytest.mark.acceptatie("K-128")
@pytest.mark.acceptatie("K-134")
@pytest.mark.acceptatie("K-135")
@pytest.mark.acceptatie("K-154")
@pytest.mark.acceptatie("K-156")
def test_van_lege_school_tot_gearchiveerd_rapport(
    leeg_huis: Callable[[str], Huis], browsers: Browsers, kijk: Kijk, tmp_path: Path
) -> None:
    draad = Draad(leeg_huis(NU), browsers)
    hugo, plan, groeidocument = tot_het_bot(draad, kijk, tmp_path)
    rapport = zorgroute.verwijzing(draad, hugo, groeidocument, VERWIJZING_TOT, kijk)
    draad.verder(ERNA, ook=())
    zorgroute.niemand_anders(draad, hugo, plan, rapport, kijk)


def tot_het_bot(draad: Draad, kijk: Kijk, tmp_path: Path) -> tuple[int, int, int]:
    """Everything until the BOT decided; gives the keys of the pupil, the group plan and the growth document's piece."""
    groepsplan.inrichten(draad, tmp_path)
    draad.huis.voer_uit("tests.browser.mensen", WACHTWOORD, invoer=zorgroute.MENSEN)
    hugo = draad.leerling("Hugo")
    jaarkalender(draad, kijk)

    plan = van_overzicht_tot_besproken_plan(draad, kijk)

    zorgroute.extra_ondersteuning(draad, hugo)
    zorgroute.leerlingbespreking(draad, hugo, EERSTE, "Hugo telt vlot tot honderd.", kijk)
    zorgroute.leerlingbespreking(draad, hugo, TWEEDE, "Hugo telt vlot tot tweehonderd.", kijk, tweede=True)
    draad.verder(OVER)
    bespreking, begin = zorgroute.aanmelden_sot(draad, hugo, kijk)
    zorgroute.sot_vooraf(draad, bespreking, begin, kijk)
    draad.verder(f"{begin + timedelta(minutes=20):%Y-%m-%dT%H:%M}", ook=())
    zorgroute.sot(draad, bespreking, kijk)

    draad.verder(NA_SOT)
    zorgroute.poort_dicht(draad, hugo, bespreking, kijk)
    groeidocument = zorgroute.door_de_poort(draad, hugo, BOT_TOT, kijk)
    bespreking, begin = zorgroute.bot_vooraf(draad, hugo, groeidocument, kijk)
    draad.verder(f"{begin + timedelta(minutes=20):%Y-%m-%dT%H:%M}")
    zorgroute.bot(draad, bespreking, kijk)
    return hugo, plan, groeidocument


def jaarkalender(draad: Draad, kijk: Kijk) -> None:
    """The ib'er reads the proposal for the year and takes it over; who is due soon is invited, with the appointment."""
    ib = draad.bij(groepsplan.IB)
    ib.goto("/kalender/")
    ib.get_by_role("link", name="Jaar plannen").click()
    kijk(ib)
    ib.get_by_role("button", name="Vakanties van de regio invullen").click()
    melding(ib, "vakanties en vrije dagen ingevuld")
    ib.get_by_role("button", name="Voorstel vastleggen").click()
    melding(ib, "besprekingen staan in de kalender")
    assert ib.get_by_role("button", name="Voorstel vastleggen").count() == 0, "it stands"
    _, begin = zorgroute.komende(draad, "groepsbespreking")
    for adres in (groepsplan.JULIA, groepsplan.LIA, groepsplan.IB):
        zorgroute.niet_voor_anderen(draad.huis.laatste_mail(adres, "Groepsbespreking groep 5/6"), begin)


def van_overzicht_tot_besproken_plan(draad: Draad, kijk: Kijk) -> int:
    """In few acts from the overview to a plan that the group meeting discussed; there a pupil is put forward too."""
    handen = groepsplan.Handen()
    plan = groepsplan.klaarzetten(draad, handen, kijk)
    groepsplan.schrijven_met_tweeen(draad, plan, handen)
    groepsplan.aanbieden(draad, plan, handen)
    bespreking, begin = zorgroute.komende(draad, "groepsbespreking")
    zorgroute.breng_in(draad.bij(groepsplan.JULIA), bespreking, "Hugo Verhaal", "Hoe leert Hugo tellen?")
    draad.verder(f"{begin + timedelta(minutes=30):%Y-%m-%dT%H:%M}", ook=())
    zorgroute.naar_de_leerlingbespreking(draad, bespreking)
    groepsplan.bespreken(draad, bespreking, plan, handen, kijk)
    groepsplan.afdrukken(draad, plan, kijk)
    return plan
