"""Talks with the parents in a school year: how many the procedure asks, how many there were, before when the next.

Pure (K-102, M-71, M-72). The year is cut in as many equal parts as there are talks; each talk is due before its part
ends, so that two talks are not both left for June.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from leerlingen.profiel import Profiel

MET_OUDERS: Final = frozenset({"ouders", "oogo", "triade"})
"""Kinds of talk at which the parents sit."""


@dataclass(frozen=True)
class Gespreksstand:
    """How far one pupil is. `voor` is the day before which the next talk is due; None when there were enough."""

    gehouden: int
    nodig: int
    laatste: date | None = None
    voor: date | None = None
    te_laat: bool = False

    @property
    def genoeg(self) -> bool:
        """Whether every talk of the year was held."""
        return self.voor is None


def nodig_per_jaar(profiel: Profiel, *, extra: bool) -> int:
    """How many talks this procedure asks a year; `extra` for a pupil with extra support."""
    if extra and profiel.gesprekken_extra is not None:
        return profiel.gesprekken_extra
    return profiel.gesprekken_per_jaar


def grenzen(van: date, tot: date, aantal: int) -> list[date]:
    """The day before which each talk is due, in a year that runs from `van` up to `tot`."""
    return [van + (tot - van) * nummer // aantal for nummer in range(1, aantal + 1)]


def stand(
    gesprekken: Iterable[date], *, van: date, tot: date, aantal: int, dag: date, sinds: date | None
) -> Gespreksstand:
    """How far a pupil is on `dag`. `sinds` is when they came to this school: what was due before is not asked.

    Raises ValueError when the year ends before it begins.
    """
    if tot <= van:
        raise ValueError("a school year ends after it begins")
    dagen = sorted(op for op in gesprekken if van <= op < tot and op <= dag)
    nog = [grens for grens in grenzen(van, tot, aantal) if sinds is None or grens > sinds]
    voor = nog[len(dagen)] if len(dagen) < len(nog) else None
    return Gespreksstand(
        gehouden=len(dagen),
        nodig=len(nog),
        laatste=dagen[-1] if dagen else None,
        voor=voor,
        te_laat=voor is not None and dag >= voor,
    )
