"""What must be true before a paper is opened (K-29, K-30): the floor that knows the facts says it, registered here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from leerlingen.models import Leerling


@dataclass(frozen=True)
class Reden:
    """Why a paper cannot be begun yet (`hard`), or what is better done first; with the way to it."""

    zin: str
    hard: bool = True
    link: str = ""


Poort = Callable[[Leerling, Sequence[str], Any], dict[str, list[Reden]]]

_poorten: list[Poort] = []


def registreer(poort: Poort) -> None:
    """`poort(leerling, documentcodes, gebruiker)` → per code the reasons that stand in the way."""
    _poorten[:] = [poort]


def redenen(leerling: Leerling, documentcodes: Sequence[str], gebruiker: Any) -> dict[str, list[Reden]]:
    """What stands in the way of beginning each of these papers; the facts are gathered once for all of them."""
    gevonden = _poorten[0](leerling, documentcodes, gebruiker) if _poorten and documentcodes else {}
    return {code: gevonden.get(code, []) for code in documentcodes}
