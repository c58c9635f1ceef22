"""Refusals of rows and files, as the readers of this floor name them."""

from zorg.kern.weigering import (
    BestandGeweigerd,
    Rijfout,
    Weigering,
    citaat,
    lijkt_persoonsnummer,
    toonbare_code,
    toonbare_datum,
)

__all__ = [
    "BestandGeweigerd",
    "Rijfout",
    "Weigering",
    "citaat",
    "lijkt_persoonsnummer",
    "toonbare_code",
    "toonbare_datum",
]
