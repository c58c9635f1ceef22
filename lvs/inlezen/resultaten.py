"""A file of test results: rows as facts, whatever system wrote them (ontwerp §8, M-70, A-29). Pure.

What stands in the file is taken as it is: no level is computed from a score, no score is made up. Whether the school
knows the test, and whether the level is one of its scale, is judged later, by the school's own profile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import BinaryIO, Final

from leerlingen.inlezen.tabel import (
    LEERLINGKOLOMMEN,
    Leerlingverwijzing,
    eis_leerling,
    lees_datumveld,
    lees_verwijzing,
)
from leerlingen.inlezen.weigering import BestandGeweigerd, Rijfout, Weigering, citaat, lijkt_persoonsnummer
from lvs.groei import moment_genormaliseerd
from zorg.kern.tabelbestand import MAX_BYTES, Rij, lees_tabel

VERPLICHT: Final = ("instrument", "vak", "moment", "afnamedatum")
GETALLEN: Final = {
    "ruwe_score": Decimal("0.01"),
    "vaardigheidsscore": Decimal("0.01"),
    "percentiel": Decimal("0.01"),
    "dle": Decimal("0.1"),
}
"""Scores that are a number, and how finely they are kept."""
TEKSTEN: Final = ("niveau", "functioneringsniveau", "referentieniveau")
SCORES: Final = (*GETALLEN, *TEKSTEN)
KOLOMMEN: Final = (*LEERLINGKOLOMMEN, *VERPLICHT, "versie", "onderdeel", *SCORES)
MAXIMA: Final = {"instrument": 80, "vak": 80, "moment": 40, "versie": 40, "onderdeel": 120}
MAX_NIVEAU: Final = 20
VROEGSTE: Final = date(1990, 1, 1)

_GETAL: Final = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,16})?")
_STREEPJES: Final = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-", "＋": "+"})
_ROMEINS: Final = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"})
_NIVEAU: Final = re.compile(r"(?:I|II|III|IV|V|[A-E])[+-]?")


@dataclass(frozen=True, slots=True)
class Resultaatrij:
    """One result. Texts are "" and numbers None where the file says nothing; at least one score is there.

    `niveau` is I+, I … V, V-, A … E as we write them, or the words of the file for other scales (AVI-M5, voldoende).
    """

    leerling: Leerlingverwijzing
    instrument: str
    versie: str
    vak: str
    onderdeel: str
    moment: str
    afnamedatum: date
    ruwe_score: Decimal | None
    vaardigheidsscore: Decimal | None
    niveau: str
    percentiel: Decimal | None
    functioneringsniveau: str
    dle: Decimal | None
    referentieniveau: str
    regel: int


@dataclass(frozen=True, slots=True)
class Resultatenbestand:
    """What was read, the refused rows, and the columns that were not used, as written."""

    rijen: tuple[Resultaatrij, ...]
    geweigerd: tuple[Weigering, ...]
    genegeerd: tuple[str, ...]


def lees_resultaten(
    bron: bytes | BinaryIO, *, bestandsnaam: str, vandaag: date, max_bytes: int = MAX_BYTES
) -> Resultatenbestand:
    """Read a results file. `vandaag` is the school's day: a test taken later is refused.

    Raises BestandGeweigerd when the file as a whole is no good, or has no column with scores.
    """
    tabel = lees_tabel(bron, bestandsnaam=bestandsnaam, kolommen=KOLOMMEN, max_bytes=max_bytes)
    tabel.eis(*VERPLICHT)
    eis_leerling(tabel)
    if not set(SCORES) & set(tabel.kolommen):
        kolommen = ", ".join(f"«{kolom}»" for kolom in SCORES)
        raise BestandGeweigerd(f"In {bestandsnaam} staat geen enkele uitslag. Neem op: {kolommen}.", tabel.kopregel)
    rijen, geweigerd = [], list(tabel.geweigerd)
    for rij in tabel.rijen:
        try:
            rijen.append(_resultaat(rij, vandaag))
        except Rijfout as fout:
            geweigerd.append(fout.als_weigering(rij.regel))
    geweigerd.sort(key=lambda weigering: weigering.regel)
    return Resultatenbestand(tuple(rijen), tuple(geweigerd), tabel.genegeerd)


def lees_niveau(tekst: str) -> str:
    """A level as we write it: «iv» → «IV», «V −» → «V-», «Ⅰ+» → «I+»; other words keep their form."""
    kaal = tekst.translate(_STREEPJES).translate(_ROMEINS)
    dicht = re.sub(r"\s*(?:min|minus)$", "-", re.sub(r"\s*plus$", "+", kaal, flags=re.IGNORECASE), flags=re.IGNORECASE)
    dicht = dicht.replace(" ", "").upper()
    return dicht if _NIVEAU.fullmatch(dicht) else " ".join(kaal.split())


def lees_getal(tekst: str, stap: Decimal) -> Decimal | None:
    """A number with a decimal comma or point, to the nearest `stap`; None for what is no plain number."""
    kaal = tekst.translate(_STREEPJES).replace(" ", "").replace(",", ".").removesuffix("%")
    if kaal.startswith("+"):
        kaal = kaal[1:]
    return Decimal(kaal).quantize(stap, ROUND_HALF_UP) if _GETAL.fullmatch(kaal) else None


def _resultaat(rij: Rij, vandaag: date) -> Resultaatrij:
    leerling = lees_verwijzing(rij)
    teksten = {veld: _tekst(rij, veld, maximum) for veld, maximum in MAXIMA.items()}
    for veld in ("instrument", "vak", "moment"):
        if not teksten[veld]:
            raise Rijfout(veld, "", f"De kolom «{veld}» is leeg.")
    getallen = {veld: _getal(rij, veld, stap) for veld, stap in GETALLEN.items()}
    percentiel = getallen["percentiel"]
    if percentiel is not None and not 0 <= percentiel <= 100:
        raise Rijfout("percentiel", f"{percentiel:f}", "Een percentiel ligt van 0 tot en met 100.")
    niveaus = {veld: _niveau(rij, veld) for veld in TEKSTEN}
    if not any(niveaus.values()) and all(getal is None for getal in getallen.values()):
        raise Rijfout("niveau", "", "Er staat geen enkele uitslag op deze regel.")
    return Resultaatrij(
        leerling=leerling,
        instrument=teksten["instrument"],
        versie=teksten["versie"],
        vak=teksten["vak"],
        onderdeel=teksten["onderdeel"],
        moment=moment_genormaliseerd(teksten["moment"]),
        afnamedatum=_afnamedatum(rij, vandaag, leerling),
        ruwe_score=getallen["ruwe_score"],
        vaardigheidsscore=getallen["vaardigheidsscore"],
        niveau=niveaus["niveau"],
        percentiel=percentiel,
        functioneringsniveau=niveaus["functioneringsniveau"],
        dle=getallen["dle"],
        referentieniveau=niveaus["referentieniveau"],
        regel=rij.regel,
    )


def _tekst(rij: Rij, veld: str, maximum: int) -> str:
    waarde = rij.waarden.get(veld, "")
    if not isinstance(waarde, str):
        raise Rijfout(veld, waarde.isoformat(), f"In «{veld}» heeft Excel een datum gemaakt. Maak de kolom tekst.")
    if len(waarde) > maximum:
        raise Rijfout(veld, "", f"Wat in «{veld}» staat, is langer dan {maximum} tekens.")
    return waarde


def _afnamedatum(rij: Rij, vandaag: date, leerling: Leerlingverwijzing) -> date:
    dag = lees_datumveld(rij, "afnamedatum")
    if dag is None:
        raise Rijfout("afnamedatum", "", "De kolom «afnamedatum» is leeg.")
    if dag > vandaag:
        raise Rijfout("afnamedatum", dag.isoformat(), f"De afnamedatum {dag:%d-%m-%Y} ligt in de toekomst.")
    if dag < VROEGSTE or (leerling.geboortedatum is not None and dag <= leerling.geboortedatum):
        raise Rijfout("afnamedatum", dag.isoformat(), f"De afnamedatum {dag:%d-%m-%Y} kan niet kloppen.")
    return dag


def _getal(rij: Rij, veld: str, stap: Decimal) -> Decimal | None:
    tekst = _tekst(rij, veld, 40)
    if not tekst:
        return None
    gelezen = lees_getal(tekst, stap)
    if gelezen is None:
        toonbaar = _toonbaar(tekst)
        raise Rijfout(veld, toonbaar, f"De waarde{citaat(toonbaar)} in «{veld}» is geen getal.")
    return gelezen


def _niveau(rij: Rij, veld: str) -> str:
    tekst = _tekst(rij, veld, 80)
    gelezen = lees_niveau(tekst) if veld == "niveau" else moment_genormaliseerd(tekst.translate(_STREEPJES))
    if len(gelezen) > MAX_NIVEAU:
        raise Rijfout(veld, "", f"Wat in «{veld}» staat, is langer dan {MAX_NIVEAU} tekens.")
    return gelezen.upper() if veld == "referentieniveau" else gelezen


def _toonbaar(waarde: str) -> str:
    """What was meant as a score, unless it may be a name or a number of a person from a neighbouring column.

    A name has a capital; «zeven», «n.v.t.» and «12a» have none, «E5» has one letter of it.
    """
    if lijkt_persoonsnummer(waarde) or len(waarde) > 12:
        return ""
    kort = sum(teken.isalpha() for teken in waarde) <= 2 and not waarde.isalpha()
    return waarde if kort or waarde == waarde.lower() else ""
