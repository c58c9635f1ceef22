"""What every condition is made of: the answer, the dispatch on shape, and which facts count."""

from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from leerlingen.profiel.basis import Rol
from leerlingen.profiel.schema import Profiel
from leerlingen.profiel.voorwaardenvormen import VoorwaardeVorm
from leerlingen.zorgfeiten import Zorgfeiten


@dataclass(frozen=True)
class Deel:
    """One point of a condition."""

    voldaan: bool
    kort: str
    wie: tuple[Rol, ...] = ()
    """Role codes of who can satisfy it; empty when done."""
    voor: date | None = None
    link: str = ""


def klaar(kort: str) -> Deel:
    """A point that is done."""
    return Deel(voldaan=True, kort=kort)


def mist(kort: str, wie: tuple[Rol, ...], voor: date | None = None, link: str = "") -> Deel:
    """A point that is missing."""
    return Deel(voldaan=False, kort=kort, wie=wie, voor=voor, link=link)


@singledispatch
def beoordeel_voorwaarde(vorm: VoorwaardeVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    """Judge one condition. At least one `Deel` comes back, and it is satisfied when all of them are."""
    raise NotImplementedError(type(vorm).__name__)


def sinds_niveau(feiten: Zorgfeiten, dag: date | None) -> bool:
    """Whether something dated `dag` counts for the step from this level: it happened, and since the level began."""
    return dag is not None and dag <= feiten.vandaag and dag >= (feiten.niveau_sinds or date.min)
