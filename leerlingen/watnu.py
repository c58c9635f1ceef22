"""«Wat nu» on the pupil page: the floor that knows the meetings answers, registered here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from leerlingen.models import Leerling


@dataclass(frozen=True)
class Punt:
    """One condition, done or missing, in a plain sentence."""

    zin: str
    klaar: bool


@dataclass(frozen=True)
class WatNu:
    """The one answer: what comes next, who does it, before when, what is missing, and the one button."""

    titel: str
    zin: str
    punten: tuple[Punt, ...] = ()
    voor: date | None = None
    laat: bool = False
    knop: str = ""
    link: str = ""


_antwoord: list[Callable[[HttpRequest, Leerling], WatNu | None]] = []


def registreer(functie: Callable[[HttpRequest, Leerling], WatNu | None]) -> None:
    """`functie(request, leerling)` answers for a pupil whom the user may see."""
    _antwoord[:] = [functie]


def voor_leerling(request: HttpRequest, leerling: Leerling) -> WatNu | None:
    """The answer, or None when nothing is asked of anyone."""
    return _antwoord[0](request, leerling) if _antwoord else None
