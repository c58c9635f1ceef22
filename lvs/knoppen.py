"""Buttons on the group overview of floors above: each hangs its own here, so that no floor needs to know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from lvs.selecties import Overzicht


@dataclass(frozen=True)
class Knop:
    """A link on the group overview; one of them may be the filled one of the page."""

    tekst: str
    url: str
    gevuld: bool = False


Knoppenmaker = Callable[[HttpRequest, Overzicht], Sequence[Knop]]

_makers: list[Knoppenmaker] = []


def registreer(maker: Knoppenmaker) -> None:
    """Called from an AppConfig.ready."""
    if maker not in _makers:
        _makers.append(maker)


def van(request: HttpRequest, overzicht: Overzicht) -> list[Knop]:
    """The buttons of this user for this group; at most one is filled."""
    knoppen = [knop for maker in _makers for knop in maker(request, overzicht)]
    eerste = next((knop for knop in knoppen if knop.gevuld), None)
    return [Knop(knop.tekst, knop.url, knop is eerste) for knop in knoppen]
