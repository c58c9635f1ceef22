"""When people of a school meet if the school has not said so itself: a preset per country. Pure.

After school, and in the morning in lesson time, when a substitute takes the class or somebody visits it. In holidays
the whole day. The school edits all of it on screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from besprekingen.rooster import Blok

DAGNAMEN: Final = {1: "maandag", 2: "dinsdag", 3: "woensdag", 4: "donderdag", 5: "vrijdag"}
VAKANTIE: Final = Blok(time(9), time(16))
PER_DAG: Final = 4
PER_WEEK: Final = 5


@dataclass(frozen=True)
class Vergadertijden:
    """The hours and limits of a school. `eigen`: the school said so itself."""

    tijden: Mapping[int, tuple[Blok, ...]]
    vakantie: Blok = VAKANTIE
    per_dag: int = PER_DAG
    per_week: int = PER_WEEK
    eigen: bool = False

    def blok(self, weekdag: int, *, in_de_les: bool) -> Blok | None:
        """The hours of one weekday, after school or in lesson time."""
        return next((b for b in self.tijden.get(weekdag, ()) if b.in_de_les == in_de_les), None)


def _week(les: tuple[time, time], na: tuple[time, time], anders: Mapping[int, tuple[time, time]]) -> Vergadertijden:
    return Vergadertijden({dag: (Blok(*anders.get(dag, na)), Blok(*les, in_de_les=True)) for dag in DAGNAMEN})


_LES: Final = (time(8, 45), time(11, 45))
STANDAARD: Final[Mapping[str, Vergadertijden]] = {
    "NL": _week(_LES, (time(14, 45), time(17)), {3: (time(13, 30), time(16)), 5: (time(14, 45), time(16, 15))}),
    "BE": _week(_LES, (time(15, 45), time(17, 45)), {3: (time(12, 15), time(14, 45)), 5: (time(15, 15), time(16, 30))}),
    "AW": _week((time(7, 45), time(10, 45)), (time(13, 15), time(15, 30)), {}),
}


def standaard(land: str) -> Vergadertijden:
    """The preset of a country; that of the Netherlands where we know none."""
    return STANDAARD.get(land, STANDAARD["NL"])
