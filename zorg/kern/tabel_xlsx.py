"""Rows of an .xlsx workbook: the first visible sheet, values as the school sees them.

The package is judged before it is opened: a small file that unpacks to gigabytes is refused. A formula has no value
that can be trusted, and a number of more than fifteen digits has been rounded by Excel: such cells are faults.
"""

from __future__ import annotations

import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from zorg.kern.tabel_vorm import Cel, Celfout, RuweRij
from zorg.kern.weigering import BestandGeweigerd

MAX_UITGEPAKT: Final = 256 * 2**20
MAX_DELEN: Final = 1_000
MAX_RIJNUMMER: Final = 1_048_576
"""The last row that Excel knows; a file may claim more."""
MAX_KOLOM: Final = 256
"""No table of ours is wider; what stands to the right of it is somebody's notes."""
MAX_CIJFERS: Final = 10**15
"""From here on Excel no longer keeps every digit."""

_LETTERLIJK: Final = re.compile(r'"[^"]*"|\\.')


def xlsx_rijen(inhoud: bytes, bestandsnaam: str) -> Iterator[RuweRij]:
    """The rows of the first visible sheet, by their number in it.

    Raises BestandGeweigerd for what is no sound workbook.
    """
    _keur_pakket(inhoud, bestandsnaam)
    rijen = _rijen(inhoud, bestandsnaam)
    while partij := _volgende(rijen, bestandsnaam):
        yield from partij


def _volgende(rijen: Iterator[RuweRij], bestandsnaam: str) -> list[RuweRij]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out; we need none of that
            return list(itertools.islice(rijen, 1000))
    except BestandGeweigerd:
        raise
    except Exception:
        # openpyxl has no error of its own: a broken part gives a KeyError, TypeError, BadZipFile, …
        raise BestandGeweigerd(f"{bestandsnaam} is beschadigd. Open het in Excel en sla het opnieuw op.") from None


def _keur_pakket(inhoud: bytes, bestandsnaam: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            delen = pakket.infolist()
    except Exception:
        raise BestandGeweigerd(f"{bestandsnaam} is afgebroken of beschadigd.") from None
    if len(delen) > MAX_DELEN or sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
        raise BestandGeweigerd(f"{bestandsnaam} is uitgepakt te groot.")
    namen = {deel.filename for deel in delen}
    if any(deel.flag_bits & 1 for deel in delen):
        raise BestandGeweigerd(f"Op {bestandsnaam} zit een wachtwoord. Sla het zonder wachtwoord op.")
    if "[Content_Types].xml" not in namen or not any(naam.startswith("xl/") for naam in namen):
        raise BestandGeweigerd(f"{bestandsnaam} is geen Excel-bestand. Sla de tabel op als .xlsx of CSV.")


def _rijen(inhoud: bytes, bestandsnaam: str) -> Iterator[RuweRij]:
    boek = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
    try:
        blad: Any = next((b for b in boek.worksheets if b.sheet_state == "visible"), None)
        if blad is None:
            raise BestandGeweigerd(f"{bestandsnaam} heeft geen zichtbaar werkblad.")
        blad.reset_dimensions()  # some programmes write a size that is not true
        for nummer, cellen in enumerate(blad.iter_rows(), start=1):
            if nummer > MAX_RIJNUMMER:
                raise BestandGeweigerd(f"{bestandsnaam} telt meer rijen dan Excel kent.", nummer)
            if cellen:
                yield RuweRij(nummer, [_waarde(cel) for cel in cellen[:MAX_KOLOM]])
    finally:
        boek.close()


def _waarde(cel: Any) -> Cel | Celfout:
    waarde = cel.value
    if waarde is None:
        return ""
    if cel.data_type == "f":
        return Celfout(f"In cel {cel.coordinate} staat een formule. Plak de kolom als waarden.")
    if cel.data_type == "e":
        return Celfout(f"In cel {cel.coordinate} staat een foutwaarde van Excel.")
    if isinstance(waarde, str):
        return unescape(waarde) if "_x" in waarde else waarde
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, int | float):
        return _getal(cel, waarde)
    if isinstance(waarde, datetime):
        return waarde.date()
    if isinstance(waarde, date):
        return waarde
    if isinstance(waarde, time | timedelta):
        return str(waarde)
    return Celfout(f"De waarde in cel {cel.coordinate} is niet te lezen.")


def _getal(cel: Any, waarde: float) -> str | Celfout:
    """As the school sees it: 12.0 is «12», 83 % is «83%», 7 shown as 00007 is «00007»."""
    if abs(waarde) >= MAX_CIJFERS:
        return Celfout(
            f"Het getal in cel {cel.coordinate} heeft meer dan 15 cijfers; Excel rondt dat af. Maak de kolom tekst."
        )
    opmaak = cel.number_format or ""
    tekst = str(int(waarde)) if float(waarde).is_integer() else format(waarde, ".15g")
    if "%" in _LETTERLIJK.sub("", opmaak):
        return f"{(Decimal(tekst) * 100).normalize():f}%"
    if opmaak and not opmaak.strip("0") and tekst.isdecimal():
        return tekst.zfill(len(opmaak))
    return tekst
