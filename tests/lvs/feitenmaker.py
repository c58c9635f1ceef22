"""Short ways to write facts down."""

from __future__ import annotations

from datetime import date
from functools import cache

from leerlingen.profiel import Profiel, lees_ingebouwd
from lvs.groei import Meting

DAGEN = {
    "B5": date(2025, 9, 15), "M5": date(2026, 1, 28), "E5": date(2026, 6, 10),
    "B6": date(2026, 9, 15), "M6": date(2027, 1, 28), "E6": date(2027, 6, 10),
}  # fmt: skip


@cache
def profiel(code: str = "kogerveld") -> Profiel:
    """A shipped procedure."""
    return lees_ingebouwd(code)


def cito(moment: str, niveau: str = "", score: float | None = None, *, vak: str = "rekenen") -> Meting:
    """A result of the leading test of a subject."""
    toets = {"technisch_lezen": "cito_dmt"}.get(vak, f"cito_{vak}")
    return Meting(vak, toets, moment, DAGEN[moment], niveau, score)


def methode(dag: date, percentage: float | None = None, *, niveau: str = "", vak: str = "rekenen") -> Meting:
    """A method test."""
    return Meting(vak, "methodetoets", f"blok {dag:%m}", dag, niveau, percentage=percentage, methodetoets=True)
