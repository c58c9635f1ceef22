"""Pages join the model here: a function that asks an address through the test client and compares it with the model.

    def mijn_pagina(machine, wie): …       # machine.m is the model, machine.kind/stuk/mens the real rows by name
    HAKEN.append(mijn_pagina)

Each is called for one account after each step. Keep it to one or two requests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from tests.rechten.kijken import Kijkmachine

Haak = Callable[["Kijkmachine", str], None]


def _browser(machine: Kijkmachine, wie: str) -> Client:
    browser = Client()
    browser.force_login(machine.mens[wie].gebruiker)
    return browser


def _status(browser: Any, naam: str, **sleutels: int) -> int:
    return int(browser.get(reverse(naam, kwargs=sleutels)).status_code)


def pagina_s(machine: Kijkmachine, wie: str) -> None:
    """The pupil page, the piece, and their counterparts in the portal: 200 exactly for what the model shows."""
    m, browser = machine.m, _browser(machine, wie)
    kind = list(machine.kind)[machine.stap % len(machine.kind)]
    pk = machine.kind[kind].pk
    assert _status(browser, "leerlingen:leerling", leerling_id=pk) == (200 if m.ziet_leerling(wie, kind) else 404)
    assert _status(browser, "portaal:kind", leerling_id=pk) == (200 if m.leest_mee(wie, kind) else 404)
    if machine.stuk:
        naam = list(machine.stuk)[machine.stap % len(machine.stuk)]
        pk = machine.stuk[naam].pk
        assert _status(browser, "leerlingen:stuk", stuk_id=pk) == (200 if m.ziet_stuk(wie, naam) else 404)
        assert _status(browser, "portaal:stuk", stuk_id=pk) == (200 if m.leest_stuk_mee(wie, naam) else 404)


def lijsten(machine: Kijkmachine, wie: str) -> None:
    """The list of pupils, the tab with the dossier and the search: they name exactly what the model shows."""
    m, browser = machine.m, _browser(machine, wie)
    ziet = m.leerlingen_van(wie)
    blad = browser.get(reverse("overzicht:zoeken"), {"q": "model"}).content.decode()
    for kind in machine.kind:
        if f"Model{kind}" in blad:
            assert kind in ziet, f"{wie} finds {kind}"
    blad = browser.get(reverse("leerlingen:lijst")).content.decode()
    op_school = {kind for kind in ziet if m.ingeschreven[kind].heeft(m.dag)}
    assert {kind for kind in machine.kind if f"Model{kind}" in blad} == op_school, wie
    if ziet:
        kind = sorted(ziet)[machine.stap % len(ziet)]
        blad = browser.get(
            reverse("leerlingen:dossier", kwargs={"leerling_id": machine.kind[kind].pk})
        ).content.decode()
        verwacht = {naam for naam in m.stukken_van(wie) if m.stukken[naam].kind == kind}
        gekregen = {naam for naam in machine.stuk if f">{naam}<" in blad.replace(" ", "").replace("\n", "")}
        assert gekregen == verwacht, (wie, kind)


HAKEN: list[Haak] = []
"""What runs after each step; tests/rechten/test_model.py puts the pages in."""
PAGINAHAKEN: list[Haak] = [pagina_s, lijsten]
