"""An empty workbook to fill in: a header row, and cells that stay text, so that 0012 keeps its zeros."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

TEKST = "@"
RIJEN = 1000
"""So many rows are set to text; below them Excel guesses again."""


def leeg_werkboek(naam: str, kolommen: Sequence[str]) -> bytes:
    """One sheet with these headings."""
    boek = Workbook()
    blad: Any = boek.active
    blad.title = naam
    for plek, kolom in enumerate(kolommen, start=1):
        kop = blad.cell(row=1, column=plek, value=kolom)
        kop.font = Font(bold=True)
        blad.column_dimensions[get_column_letter(plek)].width = 22
        for rij in range(2, RIJEN + 2):
            blad.cell(row=rij, column=plek).number_format = TEKST
    blad.freeze_panes = "A2"
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()
