"""What the readers of table files give: rows of cells as they stand, and why a cell can't be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Celfout:
    """A cell that can't be used without guessing (a formula, an error of Excel), and why."""

    melding: str


Cel = str | date
"""Text, or a date where the file itself knows that it is one."""


@dataclass(frozen=True, slots=True)
class RuweRij:
    """A row as it stands in the file; `regel` is the line on which it begins."""

    regel: int
    cellen: Sequence[Cel | Celfout]

    @property
    def leeg(self) -> bool:
        """Nothing but white space."""
        return not any(not isinstance(cel, str) or cel.strip() for cel in self.cellen)
