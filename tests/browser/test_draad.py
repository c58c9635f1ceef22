"""The thread: from the school's own file to a report in the dossier, each with their own login, from nothing.

A school on Aruba reads the official EDEXML example; a result, a group plan, a group meeting, a pupil put forward, a
gate that stays shut until the parent says yes in the portal, and the onderwijskundig rapport made by a worker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.browser.conftest import Browsers, wacht_bewaard
from tests.browser.draad import (
    ANDERS,
    BEHEER,
    DIRECTEUR,
    EDEXML,
    HASSAN,
    IB,
    JULIA,
    LIA,
    WILLEKE,
    Draad,
    afronden,
    inlezen,
    loop_na,
    medewerker,
    melding,
    ouder_erbij,
    sleutel_van,
    standen,
    stap_zetten,
    uit_bestand,
)
from tests.browser.huis import Huis

Kijk = Callable[[Any], None]
BEGIN = "2014-11-25T16:00"
"""The example is of school year 2014-2015. Moments are said as in Amsterdam; on Aruba it is five hours earlier."""


def later_bestand(map_: Path) -> Path:
    """The example as the school would export it a week later: Ismaël sits in 4B, and two children are new there."""
    tekst = EDEXML.read_text(encoding="utf-8")
    vestiging = '\t\t\t<jaargroep>4</jaargroep>\n\t\t\t<vestiging key="VB"/>'
    assert vestiging in tekst
    tekst = tekst.replace(vestiging, vestiging.replace("<vestiging", '<groep key="GRP4B"/><vestiging'))
    nieuw = "".join(
        f'<leerling key="{sleutel}"><achternaam>{achternaam}</achternaam><roepnaam>{roepnaam}</roepnaam>'
        f"<geboortedatum>2006-10-02</geboortedatum><geslacht>2</geslacht><jaargroep>4</jaargroep>"
        f'<groep key="GRP4B"/></leerling>'
        for sleutel, achternaam, roepnaam in (("00003", "Zilver", "Fenna"), ("00004", "Kade", "Joris"))
    )
    bestand = map_ / "een-week-later.xml"
    bestand.write_text(tekst.replace("</leerlingen>", f"{nieuw}</leerlingen>"), encoding="utf-8")
    return bestand


@pytest.mark.traag
def test_van_bestand_tot_rapport(
    leeg_huis: Callable[[str], Huis], browsers: Browsers, kijk: Kijk, tmp_path: Path
) -> None:
    draad = Draad(leeg_huis(BEGIN), browsers)
    school_met_mensen(draad, tmp_path)
    wimpie = draad.leerling("Wimpie")
    plan = resultaten_en_plan(draad, kijk)
    groepsbespreking = bespreken_in_de_groep(draad, plan)
    bespreken_met_elkaar(draad, wimpie, groepsbespreking, kijk)
    toestemming = door_de_poort(draad, wimpie, kijk)
    bijlage = rapport(draad, wimpie, kijk)
    niemand_anders(draad, wimpie, plan, bijlage, toestemming)


def school_met_mensen(draad: Draad, tmp_path: Path) -> None:
    """Two schools; in the first the file is read, staff is invited and two parents are added by hand."""
    draad.school("De Draad", BEHEER)
    draad.school("De Ander", ANDERS)
    beheer = draad.als(BEHEER)
    for voornaam, achternaam, adres, rol in (
        ("Iris", "Begeleider", IB, "ib"),
        ("Dirk", "Leider", DIRECTEUR, "directeur"),
    ):
        medewerker(beheer, voornaam, achternaam, adres, rol)
        draad.kies_wachtwoord(adres)
    ib = draad.als(IB)
    inlezen(ib, EDEXML, ["3 leerlingen", "8 groepen", "3 medewerkers", "0 regels niet"])
    inlezen(ib, later_bestand(tmp_path), ["2 nieuw · 1 gewijzigd · 2 gelijk", "0 nieuw · 0 gewijzigd · 8 gelijk"])
    uit_bestand(beheer, "Julia van Bemmel", JULIA, "4B (2014–2015)")
    uit_bestand(beheer, "Lia de Bruin", LIA)
    ouder_erbij(ib, draad.leerling("Wimpie"), "Willeke", "Ie", "moeder", WILLEKE)
    ismael = int(draad.huis.een("select id from leerlingen_leerling where achternaam = 'Assati'"))
    ouder_erbij(ib, ismael, "Hassan", "Assati", "vader", HASSAN)
    for adres in (JULIA, LIA, WILLEKE, HASSAN):
        draad.kies_wachtwoord(adres)


def resultaten_en_plan(draad: Draad, kijk: Kijk) -> int:
    """Julia types results, sees them in the group, and makes the group plan; gives its key."""
    julia = draad.als(JULIA)
    julia.goto("/toetsen/invoeren/")
    julia.get_by_label("Groep", exact=True).select_option(label="4B")
    julia.get_by_label("Toets", exact=True).select_option(label="Toets leerlingvolgsysteem, Rekenen")
    julia.get_by_label("Moment of blok").fill("B4")
    julia.get_by_label("Afgenomen op").fill("2014-11-18")
    julia.get_by_role("button", name="Toon de leerlingen").click()
    uitslagen = {"Wimpie": "onvoldoende", "Ismaël": "voldoende", "Joris": "goed", "Fenna": "matig"}
    for naam, niveau in uitslagen.items():
        julia.get_by_role("row", name=naam).get_by_label("Niveau").fill(niveau)
    julia.get_by_role("button", name="Bewaren").click()
    melding(julia, "4 resultaten bewaard.")

    julia.goto(f"/groepen/{draad.groep('4B')}/")
    rij = julia.get_by_role("row", name="Wimpie")
    assert "rekenen onvoldoende" in rij.inner_text().lower()
    kijk(julia)
    julia.get_by_role("link", name="Groepsplan rekenen maken").click()
    julia.get_by_role("button", name="Plan klaarzetten").click()
    melding(julia, "Het plan staat klaar")
    kijk(julia)
    # what the school's rule leaves open is the teacher's
    julia.get_by_role("link", name="Naar Joris").click()
    joris = julia.locator(f"#leerling-{draad.leerling('Joris')}")
    assert "past ook in Verrijkingsgroep" in joris.inner_text()
    joris.get_by_label("Verplaats Joris").click()
    joris.get_by_role("button", name="Naar Verrijkingsgroep").click()
    julia.get_by_text("Nog één keuze van u").wait_for(state="hidden")
    vakken = {naam: _arrangement(julia, draad.leerling(naam)) for naam in ("Wimpie", "Joris")}
    assert vakken == {"Wimpie": "Intensieve niveaugroep", "Joris": "Verrijkingsgroep"}
    doel = julia.get_by_label("Doel", exact=True).first
    doel.fill("Rekent vlot tot honderd.")
    doel.blur()
    wacht_bewaard(doel)
    return sleutel_van(julia)


def _arrangement(pagina: Any, leerling: int) -> str:
    """The heading above this pupil in the plan."""
    vak = pagina.locator(f"#leerling-{leerling}").locator("xpath=ancestor::section[1]")
    return str(vak.get_by_role("heading").first.inner_text())


def bespreken_in_de_groep(draad: Draad, plan: int) -> int:
    """A worker finds a school day and invites; Julia puts Wimpie forward; gives the meeting's key."""
    huis, ib, julia = draad.huis, draad.als(IB), draad.als(JULIA)
    ib.goto("/besprekingen/")
    ib.get_by_role("button", name=re.compile("Plannen.*4B")).click()
    melding(ib, "De groepsbespreking van 4B wordt gepland.")
    mail = huis.laatste_mail(JULIA, "bespreking")
    uren = re.search(r"dinsdag 2 december van (\d\d\.\d\d) tot (\d\d\.\d\d)", mail.tekst)
    assert uren is not None, mail.tekst
    assert "Wimpie" not in mail.tekst
    assert huis.laatste_mail(DIRECTEUR, "bespreking").links[:1] == mail.links[:1]
    bespreking = int(mail.links[0].rstrip("/").split("/")[-1])

    julia.goto(f"/besprekingen/{bespreking}/")
    julia.get_by_text(f"dinsdag 2 december · {uren[1]}–{uren[2]}").wait_for()
    assert julia.get_by_role("link", name="Groepsplan Rekenen").get_attribute("href") == f"/plannen/{plan}/"
    julia.get_by_role("link", name="Leerling inbrengen").click()
    julia.get_by_label("Welke leerling?").select_option(label="Wimpie imp ie")
    julia.get_by_label("Wat is de hulpvraag?").fill("Hoe leert Wimpie tellen tot twintig?")
    julia.get_by_role("button", name="Op de agenda zetten").click()
    melding(julia, "De leerling staat op de agenda.")
    return bespreking


def bespreken_met_elkaar(draad: Draad, wimpie: int, groepsbespreking: int, kijk: Kijk) -> None:
    """The group meeting on its day, a talk with the parent, and the pupil's own meeting a week later."""
    draad.verder("2014-12-02T20:20")
    ib = draad.als(IB)
    ib.goto("/")
    ib.get_by_text("Groepsbespreking groep 4B vandaag").wait_for()
    ib.goto(f"/besprekingen/{groepsbespreking}/")
    ib.get_by_role("link", name="Wimpie imp ie").first.click()
    nodig = ib.get_by_label("Wat is er nodig?")
    nodig.fill("Extra instructie in een klein groepje.")
    nodig.blur()
    wacht_bewaard(nodig)
    kijk(ib)
    ib.get_by_role("button", name="Aanmelden voor de leerlingbespreking").click()
    melding(ib, "Het besluit is vastgelegd.")
    afronden(ib)

    stap_zetten(ib, wimpie, "Extra zorg")
    ib.get_by_text("Speciale zorg kan nog niet: de ouders zijn nog niet gesproken.").first.wait_for()
    ib.goto(f"/besprekingen/leerlingen/{wimpie}/gesprek/")
    ib.get_by_label("Wat is er besproken?").fill("Moeder ziet thuis hetzelfde. Zij helpt met tellen.")
    ib.get_by_role("button", name="In het dossier zetten").click()
    melding(ib, "Het gesprek staat in het dossier.")
    stap_zetten(ib, wimpie, "Speciale zorg in de school")

    ib.goto(f"/besprekingen/leerlingen/{wimpie}/nieuw/")
    ib.get_by_label("Welke bespreking?").select_option("leerlingbespreking")
    ib.get_by_label("Dag").fill("2014-12-09")
    ib.get_by_label("Tijd").fill("15:15")
    ib.get_by_role("button", name="Plannen en uitnodigen").click()
    melding(ib, "De bespreking staat in de kalender")
    leerlingbespreking = ib.url

    draad.verder("2014-12-09T20:20")
    ib = draad.als(IB)
    ib.goto(leerlingbespreking)
    # what the parent said and what was measured is there already
    ib.get_by_text("Moeder ziet thuis hetzelfde.").first.wait_for()
    ib.get_by_text("Rekenen: B4 onvoldoende").first.wait_for()
    ib.get_by_label("Nieuw doel: wat moet er dan anders zijn?").fill("Wimpie telt vlot tot twintig.")
    ib.get_by_role("button", name="Doel vastleggen").click()
    melding(ib, "Het doel staat vast")
    afronden(ib)


def door_de_poort(draad: Draad, wimpie: int, kijk: Kijk) -> int:
    """The gate says in plain Dutch why it is shut; the parent says yes on her phone; then the level moves up."""
    ib = draad.als(IB)
    route = f"/besprekingen/leerlingen/{wimpie}/zorg/"
    weigering = "Eerstelijnszorg kan nog niet: schriftelijke toestemming van de ouders ontbreekt."
    ib.goto(route)
    ib.get_by_text(weigering).first.wait_for()
    assert ib.get_by_role("button", name=re.compile("Stap zetten.*eerste lijn$")).count() == 0
    sleutel = ib.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    poging = ib.request.post(
        f"/besprekingen/leerlingen/{wimpie}/niveau/",
        form={"naar": "2b", "csrfmiddlewaretoken": sleutel},
        headers={"Referer": ib.url},
    )
    assert poging.status == 422
    assert weigering in poging.text()
    kijk(ib)

    ib.get_by_role("link", name="Toestemming vragen").click()
    ib.get_by_label("Wie zitten er aan tafel?").fill("juf Julia, de logopedist en de interne begeleider")
    ib.get_by_label("Wanneer is de bespreking?").fill("2014-12-16")
    ib.get_by_label("Tot en met wanneer mogen zij meelezen?").fill("2015-03-01")
    ib.get_by_label("Gesprek met ouders").check()
    ib.get_by_role("button", name="Bekijk wat de ouders lezen").click()
    ib.get_by_text("Na 1 maart 2015 kunnen zij er niet meer bij.").wait_for()
    ib.get_by_role("button", name="Aan de ouders vragen").click()
    melding(ib, "De vraag staat bij de ouders in het portaal")

    assert "Wimpie" not in draad.huis.laatste_mail(WILLEKE, "vraag").tekst
    willeke = draad.als(WILLEKE, breedte=360)
    willeke.get_by_text("Lezen en antwoorden").click()
    willeke.get_by_role("heading", name="Mogen wij hulp vragen voor Wimpie?").wait_for()
    willeke.get_by_text("Zij krijgen te zien: Gesprek met ouders. Niets anders.").first.wait_for()
    kijk(willeke)
    willeke.get_by_role("button", name="Ja, dat mag").click()
    melding(willeke, "Uw antwoord is bij de school.")
    toestemming = sleutel_van(willeke)

    stap_zetten(ib, wimpie, "eerste lijn")
    assert "Speciale zorg met de eerste lijn" in ib.locator("[aria-current=step]").first.inner_text()
    return toestemming


def rapport(draad: Draad, wimpie: int, kijk: Kijk) -> str:
    """The worker makes the report while the page waits; it is filed in the dossier. Gives the file's address."""
    ib = draad.als(IB)
    ib.goto(f"/besprekingen/leerlingen/{wimpie}/rapport/")
    ib.get_by_text("Onderdeel e (Verzuimgeschiedenis) is leeg.").wait_for()
    kijk(ib)
    ib.get_by_role("button", name="Rapport maken").click()
    klaar = ib.get_by_role("link", name="Onderwijskundig rapport, versie 1")
    klaar.wait_for(timeout=60_000)
    adres = str(klaar.get_attribute("href"))
    bestand = draad.huis.map / "rapport.pdf"
    bestand.write_bytes(ib.request.get(adres).body())
    with pikepdf.open(bestand) as pdf:
        assert len(pdf.pages) >= 2
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "nl-NL" or str(pdf.Root.Lang).startswith("nl")
    ib.goto(f"/leerlingen/{wimpie}/dossier/")
    ib.get_by_role("link", name="Samenvatting bij overdracht, versie 1").click()
    assert ib.get_by_role("link", name="onderwijskundig-rapport-versie-1.pdf").first.get_attribute("href") == adres
    return adres


def niemand_anders(draad: Draad, wimpie: int, plan: int, bijlage: str, toestemming: int) -> None:
    """Each page and file that the thread left: open to whom it concerns, and 404 to three others."""
    ib, willeke = draad.als(IB), draad.als(WILLEKE)
    van_de_school = loop_na(ib, [f"/leerlingen/{wimpie}/", f"/groepen/{draad.groep('4B')}/", f"/plannen/{plan}/"])
    van_de_ouder = loop_na(willeke, [f"/ouders/{wimpie}/"])
    assert bijlage in van_de_school
    assert f"/ouders/toestemming/{toestemming}/" in van_de_ouder
    # the tabs, papers, meetings, the plan and the group: a walk that found little proves little
    assert len(van_de_school) >= 30
    for wie in (LIA, HASSAN, ANDERS):
        gezien = standen(draad.als(wie), van_de_school | van_de_ouder)
        assert {adres: stand for adres, stand in gezien.items() if stand != 404} == {}, wie
