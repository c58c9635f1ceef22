"""Reads for one screen, always for a user."""

from lvs.selecties.groep import (
    Overzicht,
    eigen_groepen,
    groepen_met_aantal,
    groepsoverzicht,
    jaargroepen,
    leerkrachten,
    mijn_groepen,
    overzichtsvakken,
    peildag,
)
from lvs.selecties.invoer import Invoerrij, Toets, invoertabel, nieuwste_per_groep
from lvs.selecties.leerling import (
    Vakresultaten,
    eerder,
    instrumentnamen,
    resultaten_van,
    resultaten_van_stuk,
)
from lvs.selecties.signalen import (
    feit_van,
    groep_van,
    lopende_signalen,
    met_namen,
    signaalverloop,
    signalen_van,
    signalenblad,
    stand_in_woorden,
)
from lvs.selecties.week import weekoverzicht

__all__ = [
    "Invoerrij",
    "Overzicht",
    "Toets",
    "Vakresultaten",
    "eerder",
    "eigen_groepen",
    "feit_van",
    "groep_van",
    "groepen_met_aantal",
    "groepsoverzicht",
    "instrumentnamen",
    "invoertabel",
    "jaargroepen",
    "leerkrachten",
    "lopende_signalen",
    "met_namen",
    "mijn_groepen",
    "nieuwste_per_groep",
    "overzichtsvakken",
    "peildag",
    "resultaten_van",
    "resultaten_van_stuk",
    "signaalverloop",
    "signalen_van",
    "signalenblad",
    "stand_in_woorden",
    "weekoverzicht",
]
