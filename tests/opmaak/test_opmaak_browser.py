"""The example pages in a real browser: axe, no sideways scroll, no error under the strictest policy, keys."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import VOORBEELDEN, Server, teken

pytestmark = pytest.mark.browser
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("breedte", [1280, 360])
@pytest.mark.parametrize("pad", sorted(VOORBEELDEN.glob("*.html")), ids=lambda pad: pad.stem)
def test_voorbeeld_is_toegankelijk(pad: Path, breedte: int, server: Server, blad: Any) -> None:
    server.paginas["/"] = teken(pad.read_text(encoding="utf-8"))
    blad.set_viewport_size({"width": breedte, "height": 900})
    blad.goto("/")
    uit = Axe().run(blad, options=AXE).response["violations"]
    assert [(fout["id"], [knoop["html"][:120] for knoop in fout["nodes"][:3]]) for fout in uit] == []
    assert blad.evaluate("document.documentElement.scrollWidth") <= breedte


@pytest.mark.parametrize("naam", ["login", "logout", "password_reset_done", "password_reset_from_key_done"])
def test_inlogpagina_is_toegankelijk(naam: str, server: Server, blad: Any) -> None:
    server.paginas["/"] = teken(f"account/{naam}.html")
    blad.set_viewport_size({"width": 360, "height": 800})
    blad.goto("/")
    uit = Axe().run(blad, options=AXE).response["violations"]
    assert [fout["id"] for fout in uit] == []


def test_lettertype_komt_van_hier(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken((VOORBEELDEN / "vandaag.html").read_text(encoding="utf-8"))
    blad.goto("/")
    blad.evaluate("document.fonts.ready.then(() => true)")
    assert blad.evaluate("document.fonts.check('600 16px \"Source Sans 3\"', 'Ayşe')")
    geladen = blad.evaluate("performance.getEntriesByType('resource').map((r) => r.name)")
    assert any("latin-ext-600" in adres or "latin-ext-400" in adres for adres in geladen)
    assert all(adres.startswith(server.adres) for adres in geladen)


def test_schuine_streep_gaat_naar_zoeken_behalve_tijdens_schrijven(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken((VOORBEELDEN / "formulier.html").read_text(encoding="utf-8"))
    blad.goto("/")
    assert blad.evaluate("document.activeElement.id") == "id_titel"  # the first field with an error
    blad.keyboard.type("1/2")
    assert blad.input_value("#id_titel") == "1/2"
    blad.evaluate("document.activeElement.blur()")
    blad.keyboard.press("/")
    assert blad.evaluate("document.activeElement.id") == "zoek"
    assert blad.input_value("#zoek") == ""
    blad.keyboard.press("Escape")
    assert blad.evaluate("document.activeElement.tagName") == "BODY"


def test_meer_op_een_telefoon(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken((VOORBEELDEN / "vandaag.html").read_text(encoding="utf-8"))
    blad.set_viewport_size({"width": 360, "height": 740})
    blad.goto("/")
    balk = blad.locator(".nav-zij nav > a:visible, .nav-zij nav > details:visible")
    assert balk.count() == 5
    vakken = [balk.nth(i).bounding_box() for i in range(5)]
    assert all(vak["height"] >= 44 and vak["width"] >= 60 for vak in vakken)
    assert all(vak["y"] + vak["height"] > 700 for vak in vakken)
    kalender = blad.get_by_role("link", name="Kalender")
    assert not kalender.is_visible()
    blad.get_by_text("Meer", exact=True).click()
    assert kalender.is_visible()
    assert blad.get_by_role("button", name="Uitloggen").is_visible()
    assert Axe().run(blad, options=AXE).violations_count == 0
    blad.keyboard.press("Escape")
    assert not kalender.is_visible()


def test_springlink_gaat_naar_de_inhoud(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken((VOORBEELDEN / "vandaag.html").read_text(encoding="utf-8"))
    blad.goto("/")
    blad.keyboard.press("Tab")
    assert blad.evaluate("document.activeElement.className") == "springlink"
    assert blad.locator(".springlink").bounding_box()["y"] >= 0
    blad.keyboard.press("Enter")
    assert blad.evaluate("document.activeElement.id") == "inhoud"


def test_dubbelklik_verstuurt_eenmaal(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken(
        '{% extends "basis.html" %}{% block inhoud %}<form method="post" action="/doen/">'
        "{% csrf_token %}<button>Maken</button></form>{% endblock %}"
    )
    server.antwoord = lambda velden: (204, "", {})
    blad.goto("/")
    blad.get_by_role("button", name="Maken").dblclick()
    blad.wait_for_timeout(300)
    assert len(server.gekregen) == 1


def test_weigering_bij_htmx_staat_bovenaan_en_laat_de_rest_staan(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken(
        '{% extends "basis.html" %}{% block inhoud %}<div id="deel">blijft staan</div>'
        '<button hx-post="/besluit/" hx-target="#deel">Naar BOT</button>{% endblock %}'
    )
    weigering = teken("onderdelen/melding.html", zin="BOT kan nog niet: toestemming ontbreekt.", link="/niets/")
    server.antwoord = lambda velden: (422, weigering, {"Content-Type": "text/html; charset=utf-8"})
    blad.goto("/")
    blad.get_by_role("button", name="Naar BOT").click()
    blad.locator("#meldingen").get_by_text("toestemming ontbreekt").wait_for()
    assert blad.inner_text("#deel") == "blijft staan"
    server.antwoord = lambda velden: (500, "", {"X-Verzoeknummer": "7f3a9c21"})
    blad.get_by_role("button", name="Naar BOT").click()
    blad.locator("#meldingen").get_by_text(re.compile("bij ons iets mis.*7f3a9c21")).wait_for()
    assert blad.inner_text("#deel") == "blijft staan"


def test_papier_heeft_geen_knoppen(server: Server, blad: Any) -> None:
    server.paginas["/"] = teken((VOORBEELDEN / "leerling.html").read_text(encoding="utf-8"))
    blad.goto("/")
    blad.emulate_media(media="print")
    for wat in (".nav-zij", ".balk", ".kop .doen", ".chips", "#meldingen"):
        assert not blad.locator(wat).first.is_visible(), wat
    assert blad.locator("h1").is_visible()
