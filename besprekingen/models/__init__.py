"""Meetings and what comes out of them, and the facts and reports of the care route."""

from besprekingen.models.bespreking import Agendapunt, Bespreking, Deelnemer, Puntsignaal
from besprekingen.models.route import Gesprek, Instantiebesluit, Onderzoek, Rapport
from besprekingen.models.uitkomst import Actiepunt, Besluit, Evaluatie
from besprekingen.models.vergadertijd import Plangrens, Vergadertijd

__all__ = [
    "Actiepunt",
    "Agendapunt",
    "Besluit",
    "Bespreking",
    "Deelnemer",
    "Evaluatie",
    "Gesprek",
    "Instantiebesluit",
    "Onderzoek",
    "Plangrens",
    "Puntsignaal",
    "Rapport",
    "Vergadertijd",
]
