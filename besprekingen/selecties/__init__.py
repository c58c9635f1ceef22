"""Reads of the meetings floor, always for a user."""

from besprekingen.selecties.bespreking import Pagina, mag_wijzigen, pagina_van
from besprekingen.selecties.lijst import (
    aantal_wachtend,
    besprekingenlijst,
    groepen_zonder_bespreking,
    in_de_kalender,
    over_een_leerling,
    te_beginnen,
    wie_begint,
)
from besprekingen.selecties.oudergesprekken import gespreksstand_van, oudergesprekken_van
from besprekingen.selecties.watnu import bepaal_watnu
from besprekingen.selecties.zorg import (
    besprekingen_over,
    feiten_van,
    gesprekken_van,
    instanties_over,
    leest_besluiten,
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
    "feiten_van",
    "gesprekken_van",
    "gespreksstand_van",
    "groepen_zonder_bespreking",
    "in_de_kalender",
    "instanties_over",
    "leest_besluiten",
    "mag_wijzigen",
    "onderzoeken_over",
    "open_afspraken_over",
    "oudergesprekken_van",
    "over_een_leerling",
    "pagina_van",
    "rapporten_van",
    "route_van",
    "te_beginnen",
    "toestemmingen_van",
    "wat_nu",
    "wie_begint",
]
