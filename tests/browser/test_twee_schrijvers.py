"""Two people write in one paper while the server dies, and mails leave while the worker does: nothing is lost."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.browser.conftest import NU, Browsers, wacht_bewaard
from tests.browser.huis import Huis, wacht_op
from tests.browser.smtp import Mailserver

Als = Callable[..., Any]


@pytest.fixture
def plan(als: Als, school: Huis) -> str:
    """The address of a group plan of 6a in which Anna and Els both write."""
    return f"/plannen/{school.id('groepsplan')}/"


@pytest.fixture
def omgevallen(school: Huis, browsers: Browsers) -> Iterator[Huis]:
    """The school, for a test that strikes its server dead; it runs again afterwards."""
    browsers.storing_verwacht = True
    yield school
    if not school.gezond():
        school.sla_dood("web")
        school.start_weer("web")


def veld(pagina: Any, nummer: int) -> Any:
    """The so-manieth visible field of the plan, and the form around it."""
    return pagina.locator("textarea[data-bewaar-url]:visible").nth(nummer)


def status(van: Any) -> Any:
    """What is said under a field."""
    return van.locator("xpath=ancestor::form").locator("[data-bewaar-status]")


def in_database(school: Huis, tekst: str) -> bool:
    """Whether this text stands, or stood, in any answer."""
    opdracht = (
        "select 1 from leerlingen_antwoord where strpos(tekst, %s) > 0 "
        "union all select 1 from leerlingen_antwoordversie where strpos(tekst, %s) > 0"
    )
    return bool(school.vraag(opdracht, tekst, tekst))


def test_twee_velden_tegelijk(als: Als, school: Huis, plan: str, kijk: Callable[[Any], None]) -> None:
    anna, els = als("anna"), als("duo")
    anna.goto(plan)
    els.goto(plan)
    for nummer in range(3):
        veld(anna, 0).press_sequentially(f"Anna schrijft {nummer}. ")
        veld(els, 1).press_sequentially(f"Els schrijft {nummer}. ")
    veld(anna, 0).blur()
    veld(els, 1).blur()
    wacht_bewaard(veld(anna, 0))
    wacht_bewaard(veld(els, 1))
    kijk(anna)
    for pagina in (anna, els):
        pagina.reload()
        assert "Anna schrijft 0. Anna schrijft 1. Anna schrijft 2." in veld(pagina, 0).input_value()
        assert "Els schrijft 0. Els schrijft 1. Els schrijft 2." in veld(pagina, 1).input_value()


def test_zelfde_veld_en_samenvoegen(als: Als, school: Huis, plan: str, kijk: Callable[[Any], None]) -> None:
    """Who comes second sees both texts, with whose they are, and puts them together."""
    anna, els = als("anna"), als("duo")
    anna.goto(plan)
    els.goto(plan)
    veld(anna, 2).fill("Anna: we herhalen de tafels.")
    wacht_bewaard(veld(anna, 2))
    veld(els, 2).fill("Els: we werken met rijgen.")
    botsing = els.get_by_role("group", name=re.compile("Uw tekst en de tekst van Anna"))
    botsing.wait_for()
    assert botsing.get_by_text("Els: we werken met rijgen.").is_visible()
    assert botsing.get_by_text("Anna: we herhalen de tafels.").is_visible()
    kijk(els)
    els.set_viewport_size({"width": 360, "height": 740})
    kijk(els)
    botsing.get_by_role("button", name="Samenvoegen").click()
    wacht_bewaard(veld(els, 2))
    anna.reload()
    samen = veld(anna, 2).input_value()
    assert "Anna: we herhalen de tafels." in samen
    assert "Els: we werken met rijgen." in samen


def schrijf_en_sla_dood(als: Als, school: Huis, plan: str, pauzes: Sequence[float]) -> None:
    """Both write, and so long after that the server is struck dead; each sentence of both is there at the end."""
    anna, els = als("anna"), als("duo")
    anna.goto(plan)
    els.goto(plan)
    al_bewaard: list[str] = []
    for ronde, wacht in enumerate(pauzes):
        for pagina, nummer, wie in ((anna, 3, "Anna"), (els, 4, "Els")):
            doel = veld(pagina, nummer)
            doel.focus()
            doel.evaluate("veld => veld.setSelectionRange(veld.value.length, veld.value.length)")
            pagina.keyboard.insert_text(f" {wie} bij storing {ronde}.")
        time.sleep(wacht)
        school.sla_dood("web")
        for pagina, nummer in ((anna, 3), (els, 4)):
            if status(veld(pagina, nummer)).get_attribute("data-staat") == "bewaard":
                al_bewaard.append(veld(pagina, nummer).input_value())
        # what was said to be saved is there, whatever died since
        assert all(in_database(school, tekst) for tekst in al_bewaard)
        school.start_weer("web")
    for pagina, nummer, wie in ((anna, 3, "Anna"), (els, 4, "Els")):
        wacht_bewaard(veld(pagina, nummer))
        pagina.reload()
        tekst = veld(pagina, nummer).input_value()
        assert [ronde for ronde in range(len(pauzes)) if f"{wie} bij storing {ronde}." not in tekst] == []


@pytest.mark.traag
def test_server_valt_om_tijdens_het_schrijven(als: Als, omgevallen: Huis, plan: str) -> None:
    """Around the moment that a text is under way."""
    schrijf_en_sla_dood(als, omgevallen, plan, (0.0, 0.7, 0.84, 1.2))


@pytest.mark.lang
def test_server_valt_vijftig_keer_om(als: Als, omgevallen: Huis, plan: str) -> None:
    schrijf_en_sla_dood(als, omgevallen, plan, [random.uniform(0.0, 1.3) for _ in range(50)])


@pytest.mark.traag
def test_zelfde_veld_tijdens_een_storing(als: Als, omgevallen: Huis, plan: str, kijk: Callable[[Any], None]) -> None:
    """Both write in one field while nobody answers; afterwards one wins, and the other sees both texts."""
    school = omgevallen
    anna, els = als("anna"), als("duo")
    anna.goto(plan)
    els.goto(plan)
    school.sla_dood("web")
    teksten = {"Anna": "Anna schreef dit in de storing.", "Els": "Els schreef dit in de storing."}
    veld(anna, 5).fill(teksten["Anna"])
    veld(els, 5).fill(teksten["Els"])
    for pagina in (anna, els):
        status(veld(pagina, 5)).get_by_text("Niet bewaard: geen verbinding.").wait_for()
        kijk(pagina)
    school.start_weer("web")

    def verliezer() -> Any:
        for pagina in (anna, els):
            if pagina.get_by_role("button", name="Samenvoegen").count():
                return pagina
        return None

    pagina = wacht_op(verliezer, "een van beiden ziet beide teksten")
    for tekst in teksten.values():
        assert pagina.get_by_role("group", name=re.compile("Uw tekst en de tekst van")).get_by_text(tekst).is_visible()
    pagina.get_by_role("button", name="Samenvoegen").click()
    wacht_bewaard(veld(pagina, 5))
    anna.reload()
    assert all(tekst in veld(anna, 5).input_value() for tekst in teksten.values())


@pytest.mark.traag
def test_pagina_dicht_tijdens_een_storing(als: Als, omgevallen: Huis, plan: str, kijk: Callable[[Any], None]) -> None:
    """The tab is closed while the server is away: the text waits on the device and is offered next time."""
    school = omgevallen
    els = als("duo")
    els.goto(plan)
    school.sla_dood("web")
    veld(els, 6).fill("Dit typte Els vlak voor zij naar huis ging.")
    status(veld(els, 6)).get_by_text("Uw tekst staat nog op dit apparaat.").wait_for()
    els.goto("about:blank")
    school.start_weer("web")
    els.goto(plan)
    els.get_by_text("Dit typte Els vlak voor zij naar huis ging.").first.wait_for()
    kijk(els)
    els.get_by_role("button", name="Terugzetten").click()
    wacht_bewaard(veld(els, 6))
    assert in_database(school, "Dit typte Els vlak voor zij naar huis ging.")


# -- mail ------------------------------------------------------------------------------------------------------


@pytest.fixture
def mailserver(school: Huis) -> Iterator[Mailserver]:
    """The school sends its mail to this server during the test; not into files."""
    server = Mailserver()
    voor = {naam: dict(school.processen[naam].omgeving) for naam in ("worker", "beat")}
    school.sla_dood("worker")
    school.start_weer("worker", ZORGPAD_MAIL_URL=server.url)
    yield server
    server.sluit()
    for naam, omgeving in voor.items():
        school.sla_dood(naam)
        school.processen[naam].omgeving = omgeving
        school.start_weer(naam)


UITGENODIGD = ("rt", "assistent", "specialist", "bas", "duo", "vervanger", "extern", "ouder_ander")


@pytest.mark.traag
def test_worker_valt_om_tijdens_uitnodigen(
    als: Als, school: Huis, mailserver: Mailserver, kijk: Callable[[Any], None]
) -> None:
    """Eight invitations, and the worker dies with two of them in hand: one just handed over, one not yet.

    Afterwards each arrived exactly once, or is shown as uncertain and can be sent again under the same Message-ID.
    """
    adressen = [school.adres_van(naam) for naam in UITGENODIGD]
    kwijt, aangekomen = adressen[2], adressen[5]
    mailserver.houd_vast = {kwijt: "voor", aangekomen: "na"}
    pagina = als("beheerder")
    for naam in UITGENODIGD:
        pagina.goto(f"/beheer/mensen/{school.id(naam)}/")
        pagina.get_by_role("button", name="Opnieuw uitnodigen").click()
        pagina.get_by_text("De uitnodiging gaat naar").wait_for()
    wacht_op(lambda: mailserver.in_handen[kwijt] and mailserver.in_handen[aangekomen], "twee mails halverwege")
    school.sla_dood("worker")
    mailserver.laat_los()
    # ten minutes later somebody starts it again
    school.start_weer("worker", ZORGPAD_NU=NU.replace("10:00", "10:10"))

    def standen() -> dict[str, str]:
        nieuwste = "select distinct on (aan) aan, status from kern_bericht where aan = any(%s) order by aan, id desc"
        return dict(school.vraag(nieuwste, adressen))

    wacht_op(lambda: set(standen().values()) == {"verzonden", "onzeker"}, "alle mails hebben een stand")
    assert {adres for adres, stand in standen().items() if stand == "onzeker"} == {kwijt, aangekomen}
    aantal = {adres: len(mailserver.aan(adres)) for adres in adressen}
    assert aantal == dict.fromkeys(adressen, 1) | {kwijt: 0}
    # the administrator sees which two, and sends them again: nobody gets a second, different invitation
    pagina.goto("/beheer/post/")
    onzeker = pagina.locator("tr", has_text="onzeker")
    assert onzeker.count() == 2
    kijk(pagina)
    for adres in (kwijt, aangekomen):
        pagina.goto("/beheer/post/")
        pagina.locator("tr", has_text="onzeker").filter(has_text=adres).get_by_role("link").click()
        kijk(pagina)
        pagina.get_by_role("button", name="Opnieuw versturen").click()
        pagina.get_by_text("De mail gaat opnieuw, met hetzelfde kenmerk.").wait_for()
    wacht_op(lambda: set(standen().values()) == {"verzonden"}, "ook de twee zijn verzonden")
    assert len(mailserver.aan(kwijt)) == 1
    eerste, tweede = mailserver.aan(aangekomen)
    assert (eerste.kenmerk, eerste.tekst) == (tweede.kenmerk, tweede.tekst)
