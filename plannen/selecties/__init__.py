"""Reads for one screen, always for a user."""

from plannen.selecties.leerling import Plaatsregel, papieren_van, plaatsen_van, te_beginnen_voor
from plannen.selecties.lijst import Planfilter, Planregel, eigen_groepen, plannenlijst, schrijfgroepen
from plannen.selecties.pagina import Arrangementkolom, Leerlingregel, Planpagina, Tekstveld, planpagina
from plannen.selecties.papieren import papieren_van_groep, papieren_van_school, te_beginnen_papieren, werkregels

__all__ = [
    "Arrangementkolom",
    "Leerlingregel",
    "Plaatsregel",
    "Planfilter",
    "Planpagina",
    "Planregel",
    "Tekstveld",
    "eigen_groepen",
    "papieren_van",
    "papieren_van_groep",
    "papieren_van_school",
    "plaatsen_van",
    "plannenlijst",
    "planpagina",
    "schrijfgroepen",
    "te_beginnen_papieren",
    "te_beginnen_voor",
    "werkregels",
]
