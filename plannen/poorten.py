"""What must be true before a paper is opened (K-29, K-30): the floor that knows the facts says it, registered here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leerlingen.models import Leerling


@dataclass(frozen=True)
class Reden:
    """Why a paper cannot be begun yet (`hard`), or what is better done first; with the way to it."""

    zin: str
    hard: bool = True
    link: str = ""


Poort = Callable[[Leerling, str, Any], list[Reden]]

_poorten: list[Poort] = []


def registreer(poort: Poort) -> None:
    """`poort(leerling, documentcode, gebruiker)` → the reasons that stand in the way, none when nothing does."""
    _poorten[:] = [poort]


def redenen(leerling: Leerling, documentcode: str, gebruiker: Any) -> list[Reden]:
    """What stands in the way of beginning this paper."""
    return _poorten[0](leerling, documentcode, gebruiker) if _poorten else []
