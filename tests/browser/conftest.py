"""Chromium against the whole program: `school` runs, `als("anna")` is a browser, `kijk(page)` judges a page.

When a house stops, nothing that its processes wrote may hold the name of one of its pupils.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.huis import GEDULD, Huis, Sjabloon

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # what is right need not be written down, and no rule of these reads stylesheets: half the time
    "resultTypes": ["violations"],
    "preload": False,
}
NU = "2026-11-03T10:00"
"""The moment of the cast (tests/bouw)."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Everything here drives Chromium; said at once, before `-m` chooses."""
    if Path(__file__).parent in item.path.parents:
        item.add_marker(pytest.mark.browser)


# -- houses ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sjabloon(tmp_path_factory: pytest.TempPathFactory, django_db_keepdb: bool) -> Iterator[Sjabloon]:
    """The empty, migrated database that houses are copied from."""
    if not os.environ.get("DATABASE_URL_EIGENAAR"):
        pytest.skip("Zonder database draaien de browsertests niet: gebruik bin/test.")
    gemaakt = Sjabloon(tmp_path_factory.mktemp("leeg"), bewaren=django_db_keepdb)
    yield gemaakt
    gemaakt.weg()


@pytest.fixture(scope="session")
def school(sjabloon: Sjabloon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Huis]:
    """The school of the cast, shared by all tests that leave it running."""
    huis = Huis(sjabloon, tmp_path_factory.mktemp("school"), nu=NU)
    try:
        huis.start()
        huis.vul()
        yield huis
    finally:
        spoor = huis.stop()
    assert spoor.met_naam() == []


@pytest.fixture
def leeg_huis(sjabloon: Sjabloon, tmp_path: Path) -> Iterator[Callable[[str], Huis]]:
    """`leeg_huis("2014-11-25")`: a running program without any school, on this date, for one test."""
    huizen: list[Huis] = []

    def maak(nu: str = "") -> Huis:
        huis = Huis(sjabloon, tmp_path / f"huis{len(huizen)}", nu=nu)
        huizen.append(huis)
        huis.start()
        return huis

    yield maak
    sporen = [huis.stop() for huis in huizen]
    assert [regel for spoor in sporen for regel in spoor.met_naam()] == []


# -- browsers --------------------------------------------------------------------------------------------------


class Browsers:
    """The browsers of one test. An error of a page fails the test, unless the test expects it."""

    VERWACHT = re.compile("Failed to load resource|Response Status Error Code|Response Error Code")

    def __init__(self, chromium: Any) -> None:
        self.chromium = chromium
        self.plekken: list[Any] = []
        self.fouten: list[str] = []
        self.storing_verwacht = False
        """Set by a test that strikes the server dead."""

    def nieuw(self, huis: Huis, *, breedte: int = 1280, **opties: Any) -> Any:
        """A page in a browser of its own, signed out; a Dutch one."""
        plek = self.chromium.new_context(
            base_url=huis.adres,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": breedte, "height": 900},
            **opties,
        )
        plek.set_default_timeout(GEDULD * 1000 / 2)
        self.plekken.append(plek)
        plek.on("weberror", lambda fout: self.fouten.append(str(fout.error)))
        plek.on("console", self._regel)
        plek.on("response", self._antwoord)
        return plek.new_page()

    def _regel(self, regel: Any) -> None:
        if regel.type == "error" and not self.VERWACHT.match(regel.text):
            self.fouten.append(regel.text)

    def _antwoord(self, antwoord: Any) -> None:
        if antwoord.status >= 500:
            self.fouten.append(f"{antwoord.status} {antwoord.request.method} {antwoord.url}")

    def als(self, huis: Huis, adres: str, wachtwoord: str, *, vers: bool = False, breedte: int = 1280) -> Any:
        """Somebody's browser on their first page. `vers` signs in again; otherwise an earlier session goes on."""
        if not vers and adres in huis.koekjes:
            pagina = self.nieuw(huis, breedte=breedte, storage_state=huis.koekjes[adres])
            pagina.goto("/")
            return pagina
        pagina = self.nieuw(huis, breedte=breedte)
        log_in(pagina, adres, wachtwoord)
        pagina.wait_for_url(lambda url: "/inloggen/" not in url)
        if not vers:
            huis.koekjes[adres] = pagina.context.storage_state()
        return pagina

    def sluit(self) -> None:
        for plek in self.plekken:
            plek.close()
        if not self.storing_verwacht:
            assert self.fouten == []


def log_in(pagina: Any, adres: str, wachtwoord: str) -> None:
    """Fill in the sign-in page and send it."""
    pagina.goto("/inloggen/")
    pagina.get_by_label("E-mail").fill(adres)
    pagina.get_by_label("Wachtwoord", exact=True).fill(wachtwoord)
    pagina.get_by_role("button", name="Inloggen").click()


def kies_wachtwoord(pagina: Any, link: str, wachtwoord: str) -> None:
    """Follow the link of an invitation and choose a password."""
    pagina.goto(link)
    velden = pagina.locator("input[type=password]")
    for nummer in range(velden.count()):
        velden.nth(nummer).fill(wachtwoord)
    pagina.get_by_role("button", name="Wachtwoord bewaren").click()


def wacht_bewaard(veld: Any) -> None:
    """Until the field says that its text is saved."""
    bewaard = veld.locator("xpath=ancestor::form").locator("[data-bewaar-status][data-staat=bewaard]")
    bewaard.wait_for(timeout=GEDULD * 1000)


@pytest.fixture
def browsers(chromium: Any) -> Iterator[Browsers]:
    """Where browsers come from; closed after the test."""
    uit = Browsers(chromium)
    yield uit
    uit.sluit()


@pytest.fixture
def als(browsers: Browsers, school: Huis) -> Callable[..., Any]:
    """`als("anna")`: the browser of somebody of the cast, signed in; `vers=True` for a session of its own."""

    def van(naam: str, **opties: Any) -> Any:
        return browsers.als(school, school.adres_van(naam), school.gegevens["wachtwoord"], **opties)

    return van


@pytest.fixture
def kijk() -> Callable[..., None]:
    """`kijk(page)`: the page is accessible (WCAG 2.2 A and AA, best practice) and does not scroll sideways."""
    programma = Axe().axe_script

    def oordeel(pagina: Any) -> None:
        # a locator waits for the page that a click is still bringing
        breed = pagina.locator("html").evaluate("(blad) => [blad.scrollWidth, window.innerWidth]")
        assert breed[0] <= breed[1], f"{pagina.url} is {breed[0]} breed in een venster van {breed[1]}"
        if not pagina.evaluate("'axe' in window"):
            pagina.evaluate(programma)
        fouten = pagina.evaluate("(keuze) => axe.run(document, keuze).then((uit) => uit.violations)", AXE)
        assert [(fout["id"], [knoop["html"][:160] for knoop in fout["nodes"][:3]]) for fout in fouten] == [], pagina.url

    return oordeel
