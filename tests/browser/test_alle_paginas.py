"""Every page as everybody sees it, wide and on a phone: accessible, in one column, without an error.

The list comes from the URL resolver, so a new page joins by itself. With ZORGPAD_BEELDEN=<folder> each page is kept as
a picture there, to look at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Browsers
from tests.browser.huis import Huis

ROLLEN = {
    "leerkracht": "anna",
    "ib": "carla",
    "directeur": "dora",
    "beheerder": "beheerder",
    "ouder": "dirk",
    "extern": "extern",
    "specialist": "specialist",
    "niet ingelogd": "",
}
BREEDTES = (1280, 360)
SKELET = """() => {
  const namen = (e) => e.getAttributeNames().filter((n) => n !== 'value' && n !== 'href');
  const soort = (e) => `${e.tagName}.${e.className}[${namen(e)}]`;
  const paren = [...document.querySelectorAll('body *')].map((e) => `${soort(e.parentElement)}>${soort(e)}`);
  return [...new Set(paren)].sort().join('\\n');
}"""
"""The bones of a page: which kind of element stands in which. What axe judges, without the words and how many rows."""
GEZIEN: set[tuple[str, int, str]] = set()
"""Bones that were judged already, by page and width: the director's list is the ib'er's."""
OPEN = "document.querySelectorAll('main details').forEach((e) => { e.open = true; })"


def soort(antwoord: Any) -> str:
    return str(antwoord.headers.get("content-type", "")).partition(";")[0]


@pytest.fixture
def bezoek(browsers: Browsers, school: Huis, als: Callable[..., Any]) -> Callable[[str], tuple[Any, list[Any]]]:
    """`bezoek("ib")`: that person's page, and the addresses that are a whole page for them: (name, path)."""

    def van(rol: str) -> tuple[Any, list[Any]]:
        wie = ROLLEN[rol]
        pagina = als(wie) if wie else browsers.nieuw(school)
        zichtbaar = []
        for naam, pad in school.gegevens["paginas"]:
            antwoord = pagina.context.request.get(pad, max_redirects=0)
            assert antwoord.status < 500, f"{rol}: {antwoord.status} {naam} {pad}"
            if antwoord.status == 200 and soort(antwoord) == "text/html" and "<html" in antwoord.text()[:500]:
                zichtbaar.append((naam, pad))
            antwoord.dispose()
        return pagina, zichtbaar

    return van


def test_elk_adres_is_bekend(school: Huis) -> None:
    """A new address with a key in it needs one line in tests/rechten/rijen/<app>.py; then it is looked at here too."""
    assert school.gegevens["zonder_adres"] == []


@pytest.mark.traag
@pytest.mark.parametrize("rol", ROLLEN)
def test_elke_pagina(
    rol: str, bezoek: Callable[[str], tuple[Any, list[Any]]], kijk: Callable[[Any], None], browsers: Browsers
) -> None:
    pagina, adressen = bezoek(rol)
    assert len(adressen) > 3
    fouten = []
    for naam, pad in adressen:
        pagina.goto(pad)
        pagina.evaluate(OPEN)
        for breedte in BREEDTES:
            pagina.set_viewport_size({"width": breedte, "height": 900})
            bewaar_beeld(pagina, rol, naam, breedte)
            try:
                beoordeel(pagina, naam, breedte, kijk)
            except AssertionError as fout:
                fouten.append(f"{naam} {pad} op {breedte}: {str(fout)[:600]}")
    assert not fouten, "\n".join(fouten)
    assert browsers.fouten == []


def beoordeel(pagina: Any, naam: str, breedte: int, kijk: Callable[[Any], None]) -> None:
    """Sideways scroll always; axe for what was not judged before. One heading, one language, one title."""
    breed = pagina.evaluate("document.documentElement.scrollWidth")
    assert breed <= breedte, f"{breed} breed"
    assert pagina.locator("h1").count() == 1, "niet precies één kop"
    assert pagina.title().endswith("— Zorgpad")
    assert not pagina.title().startswith("—")
    botten = (naam, breedte, pagina.evaluate(SKELET))
    if botten not in GEZIEN:
        kijk(pagina)
        GEZIEN.add(botten)


def bewaar_beeld(pagina: Any, rol: str, naam: str, breedte: int) -> None:
    if map_ := os.environ.get("ZORGPAD_BEELDEN"):
        bestand = re.sub(r"[^a-z0-9_]+", "-", f"{naam}-{breedte}-{rol}".lower())
        pagina.screenshot(path=Path(map_) / f"{bestand}.png", full_page=True)


def test_elke_pagina_is_voor_iemand(school: Huis, browsers: Browsers, als: Callable[..., Any]) -> None:
    """No address answers nobody: of every name somebody got a page, a file, a redirect or «not by looking» (405)."""
    over = {naam for naam, _ in school.gegevens["paginas"]}
    for wie in [*ROLLEN.values()]:
        pagina = als(wie) if wie else browsers.nieuw(school)
        for naam, pad in school.gegevens["paginas"]:
            if naam in over and pagina.context.request.get(pad, max_redirects=0).status in (200, 302, 405):
                over.discard(naam)
    assert over == set()
