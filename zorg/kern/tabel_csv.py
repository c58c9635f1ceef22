"""Rows of a CSV file: encoding and separator found out, doubtful ones refused with their line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from zorg.kern.tabel_vorm import RuweRij
from zorg.kern.weigering import BestandGeweigerd

_UTF8_LETTER: Final = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")
"""é, ë, ő, ’ or € as UTF-8 writes it; in Windows-1252 such a pair makes no word."""
_OPNIEUW: Final = "Sla het bestand opnieuw op als CSV UTF-8."
_SCHEIDINGSTEKENS: Final = ";,\t"


def csv_rijen(inhoud: bytes, bestandsnaam: str) -> Iterator[RuweRij]:
    """The rows, each with the line where it begins. Raises BestandGeweigerd for an encoding or quote in doubt."""
    tekst = _gelezen(inhoud, bestandsnaam)
    verschuiving = 0
    eerste, _, rest = tekst.partition("\n")
    scheiding = ""
    if eerste.strip().lower().startswith("sep=") and len(eerste.strip()) <= 5:  # how Excel is told the separator
        scheiding, tekst, verschuiving = eerste.strip()[4:] or "\t", rest, 1
    scheiding = scheiding or _scheidingsteken(tekst)
    if scheiding not in _SCHEIDINGSTEKENS:
        raise BestandGeweigerd(f"{bestandsnaam} is niet gescheiden met puntkomma's of komma's.", 1)
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
    while True:
        regel = lezer.line_num + 1 + verschuiving
        try:
            cellen = next(lezer)
        except StopIteration:
            return
        except csv.Error:
            raise BestandGeweigerd(
                f"In {bestandsnaam} staat in of na regel {regel} een aanhalingsteken verkeerd, of is een cel te lang.",
                regel,
            ) from None
        yield RuweRij(regel, cellen)


def _gelezen(inhoud: bytes, bestandsnaam: str) -> str:
    """The text: UTF-8 when it is that all through, else Windows-1252 when nothing in it is UTF-8."""
    if inhoud.startswith(b"\xef\xbb\xbf"):
        inhoud = inhoud[3:]
        try:
            return inhoud.decode()
        except UnicodeDecodeError as fout:
            raise _geweigerd(inhoud, fout.start, f"{bestandsnaam} is niet overal UTF-8") from None
    try:
        return inhoud.decode()
    except UnicodeDecodeError as fout:
        plek = fout.start
    if _UTF8_LETTER.search(inhoud):
        raise _geweigerd(inhoud, plek, f"In {bestandsnaam} staan UTF-8 en Windows-1252 door elkaar")
    try:
        return inhoud.decode("cp1252")
    except UnicodeDecodeError as fout:
        raise _geweigerd(inhoud, fout.start, f"{bestandsnaam} heeft een onbekende tekencodering") from None


def _geweigerd(inhoud: bytes, plek: int, wat: str) -> BestandGeweigerd:
    regel = inhoud.count(b"\n", 0, plek) + 1
    return BestandGeweigerd(f"{wat} (regel {regel}). {_OPNIEUW}", regel)


def _scheidingsteken(tekst: str) -> str:
    """The separator that the header holds most often, outside quotes; a semicolon when there is none."""
    kop = next((regel for regel in re.split(r"[\r\n]+", tekst[:100_000]) if regel.strip()), "")
    kaal = re.sub(r'"[^"]*"', "", kop)
    return max(_SCHEIDINGSTEKENS, key=kaal.count)
