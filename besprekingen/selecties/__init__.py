"""Reads of the meetings floor, always for a user."""

from besprekingen.selecties.bespreking import Pagina, pagina_van
from besprekingen.selecties.lijst import (
    aantal_wachtend,
    besprekingenlijst,
    groepen_zonder_bespreking,
    te_beginnen,
)
from besprekingen.selecties.watnu import bepaal_watnu
from besprekingen.selecties.zorg import (
    besprekingen_over,
    gesprekken_van,
    instanties_over,
    onderzoeken_over,
    open_afspraken_over,
    rapporten_van,
    route_van,
    toestemmingen_van,
    wat_nu,
)

__all__ = [
    "Pagina",
    "aantal_wachtend",
    "bepaal_watnu",
    "besprekingen_over",
    "besprekingenlijst",
    "gesprekken_van",
    "groepen_zonder_bespreking",
    "instanties_over",
    "onderzoeken_over",
    "open_afspraken_over",
    "pagina_van",
    "rapporten_van",
    "route_van",
    "te_beginnen",
    "toestemmingen_van",
    "wat_nu",
]
