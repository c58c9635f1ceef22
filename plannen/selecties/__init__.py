"""Reads for one screen, always for a user."""

from plannen.selecties.lijst import Planfilter, Planregel, eigen_groepen, plannenlijst, schrijfgroepen
from plannen.selecties.pagina import Arrangementkolom, Leerlingregel, Planpagina, Tekstveld, planpagina

__all__ = [
    "Arrangementkolom",
    "Leerlingregel",
    "Planfilter",
    "Planpagina",
    "Planregel",
    "Tekstveld",
    "eigen_groepen",
    "plannenlijst",
    "planpagina",
    "schrijfgroepen",
]
