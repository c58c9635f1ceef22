"""Which kinds of report the command `rapport_maken` can make. Each floor registers its own when its app is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zorg.kern.fouten import DomeinFout


class GeenObject(DomeinFout):
    """The number is of nothing, or of something of another kind: a wrong call."""


@dataclass(frozen=True)
class Rapportbestand:
    """A report made: the bytes of the PDF, and Dutch sentences about what is still missing in it."""

    pdf: bytes
    ontbreekt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rapportsoort:
    """A kind: `nummer_van` says of what the number is, after "het nummer van"; `maak` makes it from that number.

    `maak` runs with every school in the context. It raises GeenObject for a number of nothing or of another kind,
    DomeinFout when the report can't be made now.
    """

    code: str
    nummer_van: str
    maak: Callable[[int], Rapportbestand]


SOORTEN: dict[str, Rapportsoort] = {}


def registreer(soort: Rapportsoort) -> None:
    """Add a kind, or put another in place of one with the same code."""
    SOORTEN[soort.code] = soort
