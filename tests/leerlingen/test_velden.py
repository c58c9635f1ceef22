"""A paper about a pupil with fields of every kind, from the page to the parents and the PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import Antwoord, Document
from leerlingen.rapporten import stel_samen
from plannen.services import papier_beginnen
from tests.bouw import Bezetting
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
SCRIPT = {"headers": {"X-Zorgpad-Autosave": "1"}}


def dossier(b: Bezetting) -> Document:
    """The dyslexia file of Bram: choices, a day, texts."""
    with schoolcontext([b.kogerveld]):
        return papier_beginnen(leerling=b.bram, soort="dyslexiedossier", door=b.carla.gebruiker)


def adres(document: Document, sectie: str, vraag: str) -> str:
    return f"/leerlingen/documenten/{document.pk}/antwoord/?sectie={sectie}&vraag={vraag}"


def staat(b: Bezetting, document: Document, vraag: str) -> list[tuple[str, int]]:
    with schoolcontext([b.kogerveld]):
        rijen = Antwoord.objects.systeemtoegang(reden="test").filter(document=document, vraagcode=vraag)
        return [(rij.tekst, rij.versie) for rij in rijen]


def test_elk_veld_van_invullen_tot_ouders_en_papier(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    document = dossier(b)
    stuk = document.stuk
    assert stuk is not None
    browser = inloggen(b.carla.gebruiker)
    pagina = browser.get(f"/leerlingen/stukken/{stuk.pk}/").content.decode()
    assert 'type="checkbox" id="vermoeden-herkomst-1"' in pagina
    assert 'type="date" id="onderzoek-aangevraagd"' in pagina
    herkomst, dag = adres(document, "vermoeden", "herkomst"), adres(document, "onderzoek", "aangevraagd")

    # without script: as many values as boxes, and back to the page
    vinkjes = {"tekst": ["signalen van de ouders", "toetsresultaten"], "versie": "0"}
    assert browser.post(herkomst, vinkjes).status_code == 302
    assert staat(b, document, "herkomst") == [("toetsresultaten\nsignalen van de ouders", 1)]

    # with script, against its base version
    assert browser.post(dag, {"tekst": "2026-11-30", "versie": "0"}, **SCRIPT).json()["versie"] == 1
    botsing = browser.post(dag, {"tekst": "2026-12-01", "versie": "0"}, **SCRIPT)
    assert botsing.status_code == 409
    assert (botsing.json()["tekst"], botsing.json()["leesbaar"]) == ("2026-11-30", "30 november 2026")

    # no answer of its kind: one sentence, nothing written
    for url, tekst, zin in (
        (dag, "31-02-2027", "Bij «Onderzoek aangevraagd door de ouders op» vult u een dag in die bestaat"),
        (herkomst, "een gevoel", "Bij «Waar komt het vermoeden vandaan?» kiest u uit de antwoorden van de lijst."),
    ):
        antwoord = browser.post(url, {"tekst": tekst, "versie": "1"}, **SCRIPT)
        assert antwoord.status_code == 422
        assert antwoord.json()["melding"].startswith(zin)
    assert staat(b, document, "aangevraagd") == [("2026-11-30", 1)]
    assert staat(b, document, "herkomst") == [("toetsresultaten\nsignalen van de ouders", 1)]

    # read: by colleagues of a closed paper, by the parents, on paper
    with schoolcontext([b.kogerveld]):
        services.document_vaststellen(document=document, door=b.carla.gebruiker)
        services.publiceren(stuk=stuk, door=b.carla.gebruiker)
        papier = stel_samen(b.carla.gebruiker, stuk, document)
    regels = {regel.vraag: regel.antwoord for deel in papier.delen for regel in deel.regels}
    assert regels["Onderzoek aangevraagd door de ouders op"] == "30 november 2026"
    assert regels["Waar komt het vermoeden vandaan?"] == "toetsresultaten\nsignalen van de ouders"
    for wie, waar in ((b.carla, f"/leerlingen/stukken/{stuk.pk}/"), (b.dirk, f"/ouders/stukken/{stuk.pk}/")):
        gelezen = inloggen(wie.gebruiker).get(waar).content.decode()
        assert "30 november 2026" in gelezen and "toetsresultaten\nsignalen van de ouders" in gelezen
        assert "2026-11-30" not in gelezen


def test_wat_er_stond_voor_het_veld_een_soort_kreeg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Free text in what is a day now: shown beside the field, kept when sent again as it was, replaced by a day."""
    b = bezetting
    document = dossier(b)
    with schoolcontext([b.kogerveld]):
        Antwoord.objects.create(
            school=b.kogerveld, document=document, sectiecode="onderzoek", vraagcode="aangevraagd", tekst="eind mei"
        )
    browser, dag = inloggen(b.carla.gebruiker), adres(document, "onderzoek", "aangevraagd")
    pagina = browser.get(f"/leerlingen/stukken/{document.stuk_id}/").content.decode()
    assert 'id="onderzoek-aangevraagd-eerder">Hier stond: <span class="tekst">eind mei</span>' in pagina
    assert browser.post(dag, {"tekst": "eind mei", "versie": "1"}, **SCRIPT).json()["versie"] == 1
    assert browser.post(dag, {"tekst": "2026-05-29", "versie": "1"}, **SCRIPT).json()["versie"] == 2
    versies = browser.get(f"/leerlingen/stukken/{document.stuk_id}/versies/").content.decode()
    assert "eind mei" in versies
