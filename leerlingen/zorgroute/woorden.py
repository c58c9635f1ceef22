"""Words for the answers of the care route."""

from collections.abc import Sequence
from typing import Literal

from leerlingen.profiel.basis import BEGIN, Rol
from leerlingen.profiel.route import Niveau
from leerlingen.profiel.schema import Profiel


def richting(profiel: Profiel, van: str, naar: str) -> Literal["omhoog", "omlaag", "geen"]:
    """Whether a step goes up or down the ladder."""
    if van == naar:
        return "geen"
    if van == BEGIN:
        return "omhoog"
    omhoog = profiel.zoek_niveau(naar).volgorde > profiel.zoek_niveau(van).volgorde
    return "omhoog" if omhoog else "omlaag"


def stapnaam(profiel: Profiel, van: str, doel: Niveau) -> str:
    """What the step is called: going down has no name of its own, it is a way back."""
    if van != BEGIN and richting(profiel, van, doel.code) == "omlaag" and doel.code != profiel.laagste_niveau.code:
        return f"Terug naar {profiel.begrippen.woorden.niveau} {doel.kort}"
    return doel.stap


def rolnamen(profiel: Profiel, rollen: Sequence[Rol]) -> str:
    """ "leerkracht of intern begeleider", in the words of the school."""
    return " of ".join(profiel.rolnaam(rol) for rol in rollen)


def de_rollen(profiel: Profiel, rollen: Sequence[Rol]) -> str:
    """The same with articles."""
    return " of ".join(f"de {profiel.rolnaam(rol)}" for rol in rollen)


def hoofdletter(tekst: str) -> str:
    """The text with its first letter as a capital, the others as they are."""
    return tekst[:1].upper() + tekst[1:]
