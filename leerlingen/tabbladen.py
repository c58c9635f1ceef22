"""The tabs of the pupil page. Each app hangs its own here and serves it itself, with its own permission check.

A tab is a page of its own with a real address; htmx replaces only its part. No floor needs to know the ones above.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from leerlingen.models import Leerling
from leerlingen.rechten_op import rechten_op
from zorg.kern.querysets import Recht

Toon = Callable[[HttpRequest, Leerling], bool]


@dataclass(frozen=True)
class Tabblad:
    """One tab. `url_naam` takes `leerling_id`; `toon` says whether this user has it."""

    code: str
    naam: str
    url_naam: str
    volgorde: int
    toon: Toon = lambda request, leerling: True


@dataclass(frozen=True)
class Knop:
    """A button at the top of the pupil page for who may write about the pupil. `url_naam` takes `leerling_id`."""

    naam: str
    url_naam: str
    toon: Callable[[HttpRequest], bool] = lambda request: True


_tabbladen: list[Tabblad] = []
_knoppen: list[Knop] = []
_kaarten: list[Callable[[HttpRequest, Leerling], str]] = []


def registreer(tabblad: Tabblad) -> None:
    """Called from an AppConfig.ready."""
    if tabblad not in _tabbladen:
        _tabbladen.append(tabblad)


def registreer_knop(knop: Knop) -> None:
    """Called from an AppConfig.ready; `toon` asks no rows, for it is asked on every tab."""
    if knop not in _knoppen:
        _knoppen.append(knop)


def registreer_kaart(kaart: Callable[[HttpRequest, Leerling], str]) -> None:
    """`kaart(request, leerling)` draws a card on the first tab with what this user sees; empty for nothing to show."""
    if kaart not in _kaarten:
        _kaarten.append(kaart)


def kaarten(request: HttpRequest, leerling: Leerling) -> list[str]:
    """The cards that other floors put on the first tab, drawn."""
    return [getekend for kaart in _kaarten if (getekend := kaart(request, leerling))]


def van(request: HttpRequest, leerling: Leerling, actief: str) -> list[dict[str, Any]]:
    """The tabs of this user for this pupil: naam, url, huidig."""
    return [
        {
            "naam": tab.naam,
            "url": reverse(tab.url_naam, kwargs={"leerling_id": leerling.pk}),
            "huidig": tab.code == actief,
        }
        for tab in sorted(_tabbladen, key=lambda tab: tab.volgorde)
        if tab.toon(request, leerling)
    ]


def pagina(
    request: HttpRequest, leerling: Leerling, code: str, sjabloon: str, inhoud: Mapping[str, Any]
) -> HttpResponse:
    """Render a tab: the whole pupil page around `sjabloon`, or only its part for htmx.

    `sjabloon` extends `leerlingen/leerling.html` and fills its block `tab`. `anders_nu` in `inhoud` is what is next
    when the care route asks nothing.
    """
    from leerlingen.selecties import leerlingkop

    deel = bool(request.headers.get("HX-Request")) and request.headers.get("HX-Target") == "tab"
    context = {
        "leerling": leerling,
        "anders_nu": None,
        "tabbladen": van(request, leerling, code),
        "basis": "leerlingen/leerling_deel.html" if deel else "leerlingen/leerling.html",
        **inhoud,
    }
    if not deel:
        context["kop"] = leerlingkop(request, leerling)
        mag = Recht.WIJZIGEN in rechten_op(request.user, leerling)
        context["mag_schrijven"] = mag
        context["kopknoppen"] = [
            {"naam": knop.naam, "url": reverse(knop.url_naam, kwargs={"leerling_id": leerling.pk})}
            for knop in _knoppen
            if mag and knop.toon(request)
        ]
    antwoord = render(request, sjabloon, context)
    antwoord["Vary"] = "HX-Request, HX-Target"
    return antwoord
