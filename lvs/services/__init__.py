"""Writes of this floor: keyword-only, `door=` obligatory, one transaction, log row inside (ontwerp §6)."""

from lvs.services.normen import groeinormen, vergeet_groeinormen
from lvs.services.resultaten import (
    Invoer,
    Uitkomst,
    Weigering,
    resultaat_corrigeren,
    resultaat_vastleggen,
    resultaat_verwijderen,
    resultaten_vastleggen,
)

__all__ = [
    "Invoer",
    "Uitkomst",
    "Weigering",
    "groeinormen",
    "resultaat_corrigeren",
    "resultaat_vastleggen",
    "resultaat_verwijderen",
    "resultaten_vastleggen",
    "vergeet_groeinormen",
]
