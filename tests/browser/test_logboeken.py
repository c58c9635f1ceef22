"""No pupil's name in anything that the processes wrote, and enough in it to find out what happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.browser.huis import Huis, Spoor, wacht_op


def test_zoeken_naar_namen_kan_iets_vinden() -> None:
    spoor = Spoor({"web": "alles goed\nsearched for Bram Jansen\nBramen zijn rijp"}, ["Bram", "Jansen"])
    assert spoor.met_naam() == ["web: searched for Bram Jansen"]


def test_geen_naam_van_een_leerling_in_de_logboeken(school: Huis, als: Callable[..., Any]) -> None:
    """Also after a search, a refusal and a mail about somebody by name; of every other test conftest asks the same."""
    pagina = als("carla")
    pagina.context.request.get("/leerlingen/?q=Bram")
    pagina.context.request.get("/leerlingen/99999/?naam=Haddad")
    pagina.context.request.post(f"/leerlingen/{school.id('bram')}/notitie/", form={"titel": "Bram Jansen"})
    spoor = Spoor(school.logboeken(), school.leerlingnamen())
    assert {"web", "worker", "beat"} <= set(spoor.logboeken)
    assert len(spoor.namen) > 10
    assert spoor.met_naam() == []


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
