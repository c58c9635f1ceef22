"""Reads for one screen, always for a user."""

from lvs.selecties.groep import (
    Overzicht,
    eigen_groepen,
    groepsoverzicht,
    jaargroepen,
    leerkrachten,
    mijn_groepen,
    overzichtsvakken,
    peildag,
)
from lvs.selecties.invoer import Invoerrij, invoertabel, nieuwste_per_groep
from lvs.selecties.leerling import Vakresultaten, instrumentnamen, resultaten_van

__all__ = [
    "Invoerrij",
    "Overzicht",
    "Vakresultaten",
    "eigen_groepen",
    "groepsoverzicht",
    "instrumentnamen",
    "invoertabel",
    "jaargroepen",
    "leerkrachten",
    "mijn_groepen",
    "nieuwste_per_groep",
    "overzichtsvakken",
    "peildag",
    "resultaten_van",
]
