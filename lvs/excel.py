"""The group overview as a workbook. Text stays text: a name that begins with = is no formula."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from lvs.selecties import Overzicht


def overzicht_als_excel(beeld: Overzicht) -> bytes:
    """One sheet, one row a pupil, the columns of the screen."""
    boek = Workbook()
    blad: Any = boek.active
    blad.title = "Groepsoverzicht"
    kop = ["Leerling", "Zorgniveau"]
    for kolom in beeld.kolommen:
        kop += [f"{kolom.naam} vorige", f"{kolom.naam} laatste", f"{kolom.naam} groei"]
    rijen = [[*kop, "Signalen"]]
    for rij in beeld.rijen:
        regel = [rij.leerling.naam, rij.niveau.kort if rij.niveau else ""]
        for cel in rij.cellen:
            regel += [cel.vorig, cel.laatste, cel.groei]
        rijen.append([*regel, "; ".join(_signaal(signaal) for signaal in rij.signalen)])
    for nummer, waarden in enumerate(rijen, start=1):
        for plek, waarde in enumerate(waarden, start=1):
            vak = blad.cell(row=nummer, column=plek)
            vak.value, vak.data_type = waarde or None, "s" if waarde else "n"
            if nummer == 1:
                vak.font = Font(bold=True)
    blad.freeze_panes = "B2"
    blad.column_dimensions["A"].width = 30
    blad.column_dimensions[get_column_letter(len(kop) + 1)].width = 60
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _signaal(signaal: Any) -> str:
    return f"{signaal.zin} (bekend: {signaal.bekend})" if signaal.bekend else str(signaal.zin)
