"""In which meetings a group plan is discussed: the floor that holds them says it, registered here (K-154)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leerlingen.models import Groep
from plannen.models import Groepsplan


@dataclass(frozen=True)
class Tafel:
    """One meeting with the plan on its agenda, as its name, day and address; `gehouden` when it is over."""

    naam: str
    dag: date
    url: str
    gehouden: bool


Vraag = Callable[[Groepsplan, Any], list[Tafel]]
NaMaken = Callable[[Groepsplan, Sequence[Groep]], None]

_vragen: list[Vraag] = []
_na_maken: list[NaMaken] = []


def registreer(vraag: Vraag, na_maken: NaMaken) -> None:
    """`vraag(plan, gebruiker)`: the meetings that this user sees, oldest first. `na_maken`: a plan came for groups."""
    _vragen[:], _na_maken[:] = [vraag], [na_maken]


def tafels(plan: Groepsplan, gebruiker: Any) -> list[Tafel]:
    """Where this plan is or was discussed, as far as the user sees that; oldest first."""
    return _vragen[0](plan, gebruiker) if _vragen else []


def gemaakt(plan: Groepsplan, groepen: Sequence[Groep]) -> None:
    """There is a new plan for these groups, in the same transaction."""
    for functie in _na_maken:
        functie(plan, groepen)
