"""Tables that schools hand in: CSV or a workbook, judged by content and not by name. Pure; nothing is logged.

A table has a header row with columns in any order. What cannot be read without guessing is refused with its line: a
file in two encodings, an unclosed quote, a formula, a number that Excel has rounded. Nothing is cut unseen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

import filetype

from zorg.kern.tabel_csv import csv_rijen
from zorg.kern.tabel_vorm import Cel, Celfout, RuweRij
from zorg.kern.tabel_xlsx import xlsx_rijen
from zorg.kern.tekst import een_regel
from zorg.kern.weigering import BestandGeweigerd, Weigering

__all__ = ["MAX_BYTES", "MAX_RIJEN", "Cel", "Rij", "Tabel", "kolomnaam", "lees_tabel", "veilig_voor_excel"]

MAX_BYTES: Final = 64 * 2**20
MAX_RIJEN: Final = 200_000
MAX_KOLOMMEN: Final = 200

_STUUR: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")
_FORMULETEKENS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BINAIR: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SOORTEN: Final = {"pdf": "een pdf", "jpg": "een foto", "png": "een plaatje", "rtf": "een tekstdocument"}


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: the line where it begins in the file (the header is usually 1), and a value per column."""

    regel: int
    waarden: Mapping[str, Cel]

    def tekst(self, kolom: str) -> str:
        """What stands in the column as text, a date as 2027-01-28; "" when it is empty or the column is not there."""
        waarde = self.waarden.get(kolom, "")
        return waarde if isinstance(waarde, str) else waarde.isoformat()


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table as read.

    `kolommen` are the names as `kolomnaam` makes them, `genegeerd` the headings that were not asked for, as written.
    """

    bestandsnaam: str
    kolommen: tuple[str, ...]
    genegeerd: tuple[str, ...]
    rijen: tuple[Rij, ...]
    geweigerd: tuple[Weigering, ...]
    kopregel: int = 1

    def eis(self, *kolommen: str) -> None:
        """Raises BestandGeweigerd when one of these columns is missing."""
        mist = [kolom for kolom in kolommen if kolom not in self.kolommen]
        if mist:
            namen = ", ".join(f"«{kolom}»" for kolom in mist)
            melding = f"In {self.bestandsnaam} ontbreekt de kolom {namen}."
            if len(mist) > 1:
                melding = f"In {self.bestandsnaam} ontbreken de kolommen {namen}."
            raise BestandGeweigerd(melding, self.kopregel)


def kolomnaam(kop: str) -> str:
    """A heading as its name in code: « Ruwe score » → «ruwe_score»."""
    return re.sub(r"[\s_-]+", "_", een_regel(kop)).strip("_").casefold()


def veilig_voor_excel(tekst: str) -> str:
    """Text for an exported cell: what a spreadsheet could take for a formula gets an apostrophe before it."""
    return f"'{tekst}" if tekst.startswith(_FORMULETEKENS) else tekst


def lees_tabel(
    bron: bytes | BinaryIO,
    *,
    bestandsnaam: str,
    kolommen: Collection[str] | None = None,
    max_rijen: int = MAX_RIJEN,
    max_bytes: int = MAX_BYTES,
) -> Tabel:
    """Read a CSV file (; or , in UTF-8 or Windows-1252) or the first visible sheet of an .xlsx workbook.

    Of `kolommen` alone the values are kept, and only a fault in one of these refuses a row; without it, of all columns.
    Raises BestandGeweigerd when the file as a whole is no good; rows that are no good stand in `geweigerd`.
    """
    inhoud = bron if isinstance(bron, bytes) else bron.read(max_bytes + 1)
    if len(inhoud) > max_bytes:
        raise BestandGeweigerd(f"{bestandsnaam} is groter dan {max_bytes // 2**20} MB.")
    if not inhoud.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BestandGeweigerd(f"{bestandsnaam} is leeg.")
    is_csv = _soort(inhoud, bestandsnaam) == "csv"
    ruw = csv_rijen(inhoud, bestandsnaam) if is_csv else xlsx_rijen(inhoud, bestandsnaam)
    return _Lezer(bestandsnaam, kolommen, max_rijen, streng=is_csv).lees(ruw)


def _soort(inhoud: bytes, bestandsnaam: str) -> str:
    """«csv» or «xlsx», by what the file holds; its name says nothing."""
    kop = inhoud[:8192]
    if kop.startswith(b"PK\x03\x04"):
        return "xlsx"
    if kop.startswith(b"\xd0\xcf\x11\xe0"):
        wat = "een oud Excel-bestand, of er zit een wachtwoord op. Sla het zonder wachtwoord op als .xlsx"
        raise BestandGeweigerd(f"{bestandsnaam} is {wat}.")
    if kop.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BestandGeweigerd(f"{bestandsnaam} is geschreven in UTF-16. Sla het op als CSV UTF-8 of als .xlsx.")
    gevonden = filetype.guess(kop) if _BINAIR.search(kop) or kop.startswith(b"%PDF") else None
    if gevonden is not None or b"\x00" in kop:
        wat = _SOORTEN.get(gevonden.extension, "geen tabel") if gevonden else "geen tabel"
        raise BestandGeweigerd(f"{bestandsnaam} is {wat}. Kies een CSV- of Excel-bestand.")
    if kop.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise BestandGeweigerd(f"{bestandsnaam} is een XML- of HTML-bestand. Kies een CSV- of Excel-bestand.")
    return "csv"


class _Lezer:
    """Turns raw rows into a table: names the columns, cleans the cells, refuses the rows with a fault in them."""

    def __init__(self, bestandsnaam: str, gevraagd: Collection[str] | None, max_rijen: int, *, streng: bool) -> None:
        self.bestandsnaam, self.gevraagd, self.max_rijen, self.streng = bestandsnaam, gevraagd, max_rijen, streng
        self.plaatsen: list[tuple[int, str]] = []
        self.breedte = 0
        self.rijen: list[Rij] = []
        self.geweigerd: list[Weigering] = []
        self.zonder_naam: list[int] = []
        self.naamloos: set[int] = set()

    def lees(self, ruw: Iterable[RuweRij]) -> Tabel:
        rijen = iter(ruw)
        kop = next((rij for rij in rijen if not rij.leeg), None)
        if kop is None:
            raise BestandGeweigerd(f"{self.bestandsnaam} is leeg.")
        koppen = self._kop(kop)
        for rij in rijen:
            if rij.leeg:
                continue
            if len(self.rijen) + len(self.geweigerd) >= self.max_rijen:
                aantal = f"{self.max_rijen:,}".replace(",", ".")
                raise BestandGeweigerd(f"{self.bestandsnaam} telt meer dan {aantal} rijen.", rij.regel)
            self._rij(rij)
        kolommen = tuple(naam for _, naam in self.plaatsen)
        genegeerd = [kop for plaats, kop in enumerate(koppen) if kop and plaats not in {p for p, _ in self.plaatsen}]
        genegeerd += [f"kolom {plaats + 1} (zonder naam)" for plaats in sorted(self.naamloos)]
        return Tabel(self.bestandsnaam, kolommen, tuple(genegeerd), tuple(self.rijen), tuple(self.geweigerd), kop.regel)

    def _kop(self, kop: RuweRij) -> list[str]:
        fout = next((cel for cel in kop.cellen if isinstance(cel, Celfout)), None)
        if fout is not None:
            raise BestandGeweigerd(f"De kop van {self.bestandsnaam} is niet te lezen. {fout.melding}", kop.regel)
        koppen = [een_regel(cel) if isinstance(cel, str) else str(cel) for cel in kop.cellen]
        while koppen and not koppen[-1]:
            koppen.pop()
        if len(koppen) > MAX_KOLOMMEN:
            raise BestandGeweigerd(f"{self.bestandsnaam} telt meer dan {MAX_KOLOMMEN} kolommen.", kop.regel)
        gezien: set[str] = set()
        for plaats, tekst in enumerate(koppen):
            naam = kolomnaam(tekst)
            if naam and naam in gezien:
                raise BestandGeweigerd(f"In {self.bestandsnaam} staat de kolom «{tekst[:40]}» twee keer.", kop.regel)
            gezien.add(naam)
            if naam and (self.gevraagd is None or naam in self.gevraagd):
                self.plaatsen.append((plaats, naam))
        self.breedte = len(koppen)
        self.zonder_naam = [plaats for plaats, tekst in enumerate(koppen) if not tekst]
        return koppen

    def _rij(self, rij: RuweRij) -> None:
        cellen = rij.cellen
        if self.streng and not RuweRij(rij.regel, cellen[self.breedte :]).leeg:
            melding = (
                "Deze regel telt meer cellen dan de kop. Zet een cel met een scheidingsteken tussen aanhalingstekens."
            )
            self.geweigerd.append(Weigering(rij.regel, "", "", melding))
            return
        waarden: dict[str, Cel] = {}
        for plaats, naam in self.plaatsen:
            cel = cellen[plaats] if plaats < len(cellen) else ""
            if isinstance(cel, Celfout):
                self.geweigerd.append(Weigering(rij.regel, naam, "", cel.melding))
                return
            if isinstance(cel, str) and cel:
                if _STUUR.search(cel):
                    melding = f"In «{naam}» staat een onleesbaar of onzichtbaar teken. Typ de cel opnieuw."
                    self.geweigerd.append(Weigering(rij.regel, naam, "", melding))
                    return
                cel = _celtekst(cel)
            waarden[naam] = cel
        self.naamloos.update(plaats for plaats in self.zonder_naam if plaats < len(cellen) and cellen[plaats])
        if any(waarden.values()) or self.gevraagd is not None:
            self.rijen.append(Rij(rij.regel, waarden))


def _celtekst(cel: str) -> str:
    """One clean line; the apostrophe of `veilig_voor_excel` off again, so that an export can be read back."""
    tekst = een_regel(cel)
    return tekst[1:] if tekst.startswith("'") and tekst[1:].startswith(_FORMULETEKENS) else tekst
