"""A table as a workbook. Text stays text: a name that begins with = is no formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Waarde = str | int | date | None

_PAST_NIET: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML and so no workbook can hold: one such character in one name would cost everybody the whole table."""


def als_excel(
    titel: str, kop: Sequence[str], rijen: Sequence[Sequence[Waarde]], *, breedtes: Mapping[int, int] | None = None
) -> bytes:
    """One sheet with a bold head that stays in sight, as the first column does. Empty text is an empty cell; a date
    is a date. `breedtes`: the width in characters of a column by its number, 1 being the first.
    """
    boek = Workbook()
    blad: Any = boek.active
    blad.title = titel
    for nummer, waarden in enumerate([kop, *rijen], start=1):
        for plek, waarde in enumerate(waarden, start=1):
            vak = blad.cell(row=nummer, column=plek)
            if isinstance(waarde, str):
                tekst = _PAST_NIET.sub("", waarde)
                vak.value, vak.data_type = tekst or None, "s" if tekst else "n"
            else:
                vak.value = waarde
            if isinstance(waarde, date):
                vak.number_format = "DD-MM-YYYY"
            if nummer == 1:
                vak.font = Font(bold=True)
    blad.freeze_panes = "B2"
    for plek, breedte in (breedtes or {}).items():
        blad.column_dimensions[get_column_letter(plek)].width = breedte
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def excel_antwoord(inhoud: bytes, naam: str) -> HttpResponse:
    """The workbook as a file to keep."""
    antwoord = HttpResponse(inhoud, content_type=XLSX)
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}.xlsx"'
    return antwoord
