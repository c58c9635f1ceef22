"""The navigation: each app hangs its own entry here, so that no floor needs to know the ones above."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Navigatiepunt:
    """One entry. `toon` says whether this user has it; `aantal` how much waits there (from restricted querysets)."""

    naam: str
    url_naam: str
    volgorde: int
    toon: Callable[[HttpRequest], bool]
    aantal: Callable[[HttpRequest], int | None] | None = None
    mobiel: bool = False


_punten: list[Navigatiepunt] = []


def registreer(punt: Navigatiepunt) -> None:
    """Called from an AppConfig.ready."""
    if punt not in _punten:
        _punten.append(punt)


def punten() -> list[Navigatiepunt]:
    """All entries in order."""
    return sorted(_punten, key=lambda punt: punt.volgorde)
