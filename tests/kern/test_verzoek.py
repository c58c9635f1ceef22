"""What every request passes: a number, safe headers, the login door; and errors in words that people can use."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.test import Client

from tests.bouw import Bezetting
from tests.rechten.aanvraag import browser

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kern.urls")]


@pytest.fixture
def klant() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("pad", ["goed", "domein", "verouderd", "stuk", "verboden", "weg", "besloten"])
def test_elk_antwoord_is_veilig(klant: Client, pad: str) -> None:
    """Also an error: a strict policy without inline script, no framing, no sniffing, no cache, and a number."""
    antwoord = klant.get(f"/proef/{pad}/")
    csp = antwoord["Content-Security-Policy"]
    assert csp.startswith("default-src 'self'") and "unsafe" not in csp and "data:" not in csp
    assert "frame-ancestors 'none'" in csp and antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert "no-store" in antwoord["Cache-Control"]
    assert re.fullmatch(r"[0-9a-f]{12}", antwoord["X-Verzoeknummer"])


def test_elk_verzoek_een_eigen_nummer(klant: Client) -> None:
    nummers = {klant.get("/proef/goed/")["X-Verzoeknummer"] for _ in range(5)}
    assert len(nummers) == 5


def test_zonder_inloggen_naar_de_deur(klant: Client) -> None:
    antwoord = klant.get("/proef/besloten/")
    assert antwoord.status_code == 302 and antwoord["Location"] == "/inloggen/?next=/proef/besloten/"


@pytest.mark.parametrize(
    ("pad", "status", "zin"),
    [("verboden", 403, ""), ("weg", 404, ""), ("stuk", 500, ""), ("domein", 409, "De toestemming van de ouders")],
)
def test_foutpagina_zegt_wat_er_is(klant: Client, pad: str, status: int, zin: str) -> None:
    antwoord = klant.get(f"/proef/{pad}/")
    tekst = antwoord.content.decode()
    assert antwoord.status_code == status and zin in tekst
    assert antwoord["X-Verzoeknummer"] in tekst, "the number that one reads out over the telephone"
    assert 'lang="nl"' in tekst and "Traceback" not in tekst and "ZeroDivision" not in tekst and "Bram" not in tekst
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", tekst), "nothing inline"


def test_gebroken_regel_voor_een_deel_van_de_pagina(klant: Client) -> None:
    antwoord = klant.get("/proef/domein/", headers={"HX-Request": "true"})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422 and "De toestemming van de ouders ontbreekt." in tekst
    assert "<html" not in tekst and 'href="/leerlingen/"' in tekst


def test_gebroken_regel_bij_zelf_bewaren(klant: Client) -> None:
    antwoord = klant.post("/proef/domein/", headers={"X-Zorgpad-Autosave": "1"})
    assert antwoord.status_code == 422 and antwoord.json() == {"melding": "De toestemming van de ouders ontbreekt."}


def test_verouderd_geeft_beide_teksten(klant: Client) -> None:
    """Nobody's text is lost, and none of it is taken for HTML."""
    antwoord = klant.post("/proef/verouderd/", {"tekst": "<i>van Anna</i>"})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "&lt;i&gt;van Anna&lt;/i&gt;" in tekst and "&lt;b&gt;van Bas&lt;/b&gt;" in tekst
    antwoord = klant.post("/proef/verouderd/", headers={"X-Zorgpad-Autosave": "1"})
    assert antwoord.status_code == 409 and antwoord.json()["versie"] == 3


def test_formulier_van_gisteren(bezetting: Bezetting) -> None:
    """Without the token: the page says what to do; the autosave gets words, not HTML."""
    klant = Client(enforce_csrf_checks=True)
    klant.cookies[instellingen.SESSION_COOKIE_NAME] = bezetting.anna.sessie
    antwoord = klant.post("/proef/besloten/")
    assert antwoord.status_code == 403 and 'lang="nl"' in antwoord.content.decode()
    antwoord = klant.post("/proef/besloten/", headers={"X-Zorgpad-Autosave": "1"})
    assert antwoord.status_code == 403 and "tekst staat nog" in antwoord.json()["melding"]


def test_te_groot_verzoek(klant: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    antwoord = klant.post("/inloggen/", {"login": "x" * 500})
    assert antwoord.status_code == 413


def test_onbekende_gastheer(klant: Client) -> None:
    assert klant.get("/proef/goed/", headers={"host": "kwaad.test"}).status_code == 400


@pytest.mark.parametrize("methode", ["TRACE", "PROPFIND"])
def test_vreemde_methode_lekt_niets(klant: Client, methode: str) -> None:
    antwoord = klant.generic(methode, "/proef/besloten/")
    assert antwoord.status_code == 302


# -- logs --------------------------------------------------------------------------------------------------------


def test_logs_zijn_json_zonder_namen(klant: Client, capsys: pytest.CaptureFixture[str]) -> None:
    """An error is logged by its class, the places it passed and the request's number, never by its message."""
    uitvoer = logging.StreamHandler()
    wortel = logging.getLogger()
    hoofd = next(h for h in wortel.handlers if h.formatter and type(h.formatter).__name__ == "JsonOpmaak")
    uitvoer.setFormatter(hoofd.formatter)
    for zeef in hoofd.filters:
        uitvoer.addFilter(zeef)
    wortel.addHandler(uitvoer)
    try:
        antwoord = klant.get("/proef/stuk/")
    finally:
        wortel.removeHandler(uitvoer)
    regels = [json.loads(regel) for regel in capsys.readouterr().err.splitlines() if regel.startswith("{")]
    [fout] = [regel for regel in regels if regel.get("fout") == "ZeroDivisionError"][:1]
    assert fout["verzoek"] == antwoord["X-Verzoeknummer"]
    assert any(plek.startswith("urls.py:") for plek in fout["spoor"])
    assert "Bram" not in json.dumps(regels)


# -- health ------------------------------------------------------------------------------------------------------


def test_gezond(klant: Client) -> None:
    antwoord = klant.get("/gezond/")
    assert antwoord.status_code == 200 and antwoord.json() == {"database": True, "broker": True, "migraties": True}


@pytest.mark.parametrize("deel", ["_database", "_broker", "_migraties"])
def test_ziek(klant: Client, monkeypatch: pytest.MonkeyPatch, deel: str) -> None:
    """503 with which part it is, and nothing more for whoever asks."""
    from zorg.kern import views

    monkeypatch.setattr(views, deel, lambda: False)
    antwoord = klant.get("/gezond/")
    assert antwoord.status_code == 503 and list(antwoord.json().values()).count(False) == 1


def test_makelaar_weg_is_ziek(klant: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert klant.get("/gezond/").json()["broker"] is False


def test_pagina_voor_wie_geen_school_meer_heeft(bezetting: Bezetting) -> None:
    """Signed in, but every door is closed: a page that says so, no error and no data."""
    klant = browser(bezetting, "vertrokken")
    for pad in ("/", "/leerlingen/", "/ouders/", "/groepen/", "/plannen/", "/toetsen/", "/zoeken/?q=bram"):
        antwoord = klant.get(pad)
        assert antwoord.status_code == 200, pad
        assert "Jansen" not in antwoord.content.decode(), pad
