"""After all that happened here (this file runs last): no pupil's name in anything that the processes wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import SPOREN
from tests.browser.huis import Huis, Spoor, wacht_op


def gevonden(spoor: Spoor) -> list[str]:
    """The lines in which a name stands as a word, with the process that wrote them."""
    if not spoor.namen:
        return []
    naam = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, spoor.namen))})(?!\w)")
    return [
        f"{proces}: {regel[:300]}"
        for proces, tekst in spoor.logboeken.items()
        for regel in tekst.splitlines()
        if naam.search(regel)
    ]


@pytest.fixture
def sporen(school: Huis, als: Callable[..., Any]) -> list[Spoor]:
    """What all houses of this session wrote; the school writes at least a refusal and a mail about somebody by name."""
    pagina = als("carla")
    pagina.context.request.get("/leerlingen/?q=Bram")
    pagina.context.request.get("/leerlingen/99999/?naam=Haddad")
    pagina.context.request.post(f"/leerlingen/{school.id('bram')}/notitie/", form={"titel": "Bram Jansen"})
    return [*SPOREN, Spoor(school.logboeken(), school.leerlingnamen())]


def test_zoeken_naar_namen_kan_iets_vinden() -> None:
    spoor = Spoor({"web": "alles goed\nsearched for Bram Jansen\nBramen zijn rijp"}, ["Bram", "Jansen"])
    assert gevonden(spoor) == ["web: searched for Bram Jansen"]


def test_geen_naam_van_een_leerling_in_de_logboeken(sporen: list[Spoor]) -> None:
    assert all({"web", "worker", "beat"} <= set(spoor.logboeken) for spoor in sporen)
    assert len(sporen[-1].namen) > 10
    assert [regel for spoor in sporen for regel in gevonden(spoor)] == []


def test_logboeken_zeggen_wel_wat_er_gebeurde(school: Huis, als: Callable[..., Any]) -> None:
    """Otherwise the test above proves nothing: refusals are there, as JSON with a number to mention."""
    pagina = als("carla")
    antwoord = pagina.context.request.post("/leerlingen/99998/notitie/", form={"titel": "x"})
    nummer = antwoord.headers["x-verzoeknummer"]

    def regel() -> dict[str, Any]:
        regels = [json.loads(tekst) for tekst in school.logboeken()["web"].splitlines() if nummer in tekst]
        return regels[0] if regels else {}

    geschreven = wacht_op(regel, "een regel in het logboek van web", geduld=10)
    assert geschreven["niveau"] == "WARNING"
    assert "werk_uitvoeren" in school.logboeken()["worker"]
