"""Reads for one screen, always for a user."""

from plannen.selecties.leerling import Plaatsregel, papieren_van, plaatsen_van, te_beginnen_voor
from plannen.selecties.lijst import Planfilter, Planregel, eigen_groepen, plannenlijst, schrijfgroepen
from plannen.selecties.pagina import Arrangementkolom, Leerlingregel, Planpagina, Tekstveld, planpagina

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
    "plaatsen_van",
    "plannenlijst",
    "planpagina",
    "schrijfgroepen",
    "te_beginnen_voor",
]
