"""On which level of care pupils are when a school begins with Zorgpad (ontwerp §8). Pure.

A file of decisions that were made before: the procedure's gates do not apply, but nothing is guessed either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from leerlingen.inlezen.tabel import (
    LEERLINGKOLOMMEN,
    Leerlingverwijzing,
    eis_leerling,
    lees_datumveld,
    lees_verwijzing,
)
from leerlingen.inlezen.weigering import Rijfout, Weigering, toonbare_datum
from zorg.kern.tabelbestand import MAX_BYTES, Rij, lees_tabel

KOLOMMEN: Final = (*LEERLINGKOLOMMEN, "zorgniveau", "sinds", "toelichting")
MAX_NIVEAU: Final = 80
MAX_TOELICHTING: Final = 500


@dataclass(frozen=True, slots=True)
class Beginrij:
    """Where one pupil stands. `zorgniveau` in the words of the file; `sinds` None when the file does not say."""

    leerling: Leerlingverwijzing
    zorgniveau: str
    sinds: date | None
    toelichting: str
    regel: int


@dataclass(frozen=True, slots=True)
class Beginstandbestand:
    """What was read, the refused rows, and the columns that were not used, as written."""

    rijen: tuple[Beginrij, ...]
    geweigerd: tuple[Weigering, ...]
    genegeerd: tuple[str, ...]


def lees_beginstand(
    bron: bytes | BinaryIO, *, bestandsnaam: str, vandaag: date, max_bytes: int = MAX_BYTES
) -> Beginstandbestand:
    """Read the file. `vandaag` is the school's day: a level cannot begin later.

    Raises BestandGeweigerd when the file as a whole is no good.
    """
    tabel = lees_tabel(bron, bestandsnaam=bestandsnaam, kolommen=KOLOMMEN, max_bytes=max_bytes)
    tabel.eis("zorgniveau")
    eis_leerling(tabel)
    rijen, geweigerd = [], list(tabel.geweigerd)
    for rij in tabel.rijen:
        try:
            rijen.append(_rij(rij, vandaag))
        except Rijfout as fout:
            geweigerd.append(fout.als_weigering(rij.regel))
    geweigerd.sort(key=lambda weigering: weigering.regel)
    return Beginstandbestand(tuple(rijen), tuple(geweigerd), tabel.genegeerd)


def _rij(rij: Rij, vandaag: date) -> Beginrij:
    leerling = lees_verwijzing(rij)
    zorgniveau, toelichting = rij.tekst("zorgniveau"), rij.tekst("toelichting")
    if not isinstance(rij.waarden.get("zorgniveau", ""), str):
        raise Rijfout("zorgniveau", zorgniveau, "In «zorgniveau» heeft Excel een datum gemaakt. Maak de kolom tekst.")
    if not zorgniveau:
        raise Rijfout("zorgniveau", "", "De kolom «zorgniveau» is leeg.")
    if len(zorgniveau) > MAX_NIVEAU:
        raise Rijfout("zorgniveau", "", f"Wat in «zorgniveau» staat, is langer dan {MAX_NIVEAU} tekens.")
    if len(toelichting) > MAX_TOELICHTING:
        raise Rijfout("toelichting", "", f"De toelichting is langer dan {MAX_TOELICHTING} tekens.")
    sinds = lees_datumveld(rij, "sinds")
    if sinds is not None:
        toonbaar = toonbare_datum(sinds.isoformat())
        if sinds > vandaag:
            raise Rijfout("sinds", toonbaar, f"De datum {sinds:%d-%m-%Y} ligt in de toekomst.")
        if sinds.year < 1990 or (leerling.geboortedatum is not None and sinds <= leerling.geboortedatum):
            raise Rijfout("sinds", toonbaar, f"De datum {sinds:%d-%m-%Y} kan niet kloppen.")
    return Beginrij(leerling, zorgniveau, sinds, toelichting, rij.regel)
