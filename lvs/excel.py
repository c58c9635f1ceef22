"""The group overview as a workbook."""

from __future__ import annotations

from typing import Any

from lvs.selecties import Overzicht
from zorg.kern.werkboek import als_excel


def overzicht_als_excel(beeld: Overzicht) -> bytes:
    """One sheet, one row a pupil, the columns of the screen."""
    kop = ["Leerling", "Zorgniveau"]
    for kolom in beeld.kolommen:
        kop += [f"{kolom.naam} vorige", f"{kolom.naam} laatste", f"{kolom.naam} groei"]
    kop.append("Signalen")
    rijen = []
    for rij in beeld.rijen:
        regel = [rij.leerling.naam, rij.niveau.kort if rij.niveau else ""]
        for cel in rij.cellen:
            regel += [cel.vorig, cel.laatste, cel.groei]
        rijen.append([*regel, "; ".join(_signaal(signaal) for signaal in rij.signalen)])
    return als_excel("Groepsoverzicht", kop, rijen, breedtes={1: 30, len(kop): 60})


def _signaal(signaal: Any) -> str:
    return f"{signaal.zin} (bekend: {signaal.bekend})" if signaal.bekend else str(signaal.zin)
