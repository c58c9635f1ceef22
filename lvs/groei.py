"""Growth and levels: pure, over frozen facts. Nothing here computes a level; it only compares what was entered.

A norm level says how a pupil stands among others (I highest, V lowest), a skill score stands on one scale over all
years, so that growth is a difference (domein 2.1). Levels of two scales are compared by the percentiles they cover,
and only where these do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final, Literal

from leerlingen.profiel.meten import Instrument, Schaal
from leerlingen.profiel.schema import Profiel

Richting = Literal["gezakt", "gelijk", "gestegen", "onbekend"]

LETTERS: Final[tuple[str, ...]] = ("B", "M", "E")
"""Test moments within a school year, in order: begin, middle, end."""

MINSTENS_WAARNEMINGEN: Final = 10
"""Fewer pupils than this make no norm: a median of a handful says nothing, and points at children."""

_MOMENT = re.compile(r"^\s*([A-Za-z])\s*(\d{1,2})\s*$")
_STREEPJES = str.maketrans({"−": "-", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Meting:
    """One result as a fact. `percentage` is set for method tests only, and is the percentage right."""

    vak: str
    instrument: str
    moment: str
    datum: date
    niveau: str = ""
    vaardigheidsscore: float | None = None
    percentiel: float | None = None
    percentage: float | None = None
    methodetoets: bool = False
    versie: str = ""
    onderdeel: str = ""
    functioneringsniveau: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Beweging:
    """How a level moved: `stappen` levels, counted positive whichever way; 0 where only the direction is known."""

    richting: Richting
    stappen: int = 0


@dataclass(frozen=True, slots=True)
class Toetsmoment:
    """M5: the letter of the moment and the year group of the test, which need not be the pupil's own."""

    letter: str
    jaargroep: int


ONBEKEND: Final = Beweging("onbekend")


# -- moments ------------------------------------------------------------------------------------------------------


def lees_moment(tekst: str) -> Toetsmoment | None:
    """M5 → ('M', 5), whatever spaces and capitals; None for a block name."""
    gevonden = _MOMENT.match(tekst)
    return Toetsmoment(gevonden.group(1).upper(), int(gevonden.group(2))) if gevonden else None


def moment_genormaliseerd(tekst: str) -> str:
    """«m 5» → «M5»; other names keep their words, with single spaces."""
    moment = lees_moment(tekst)
    return f"{moment.letter}{moment.jaargroep}" if moment else " ".join(tekst.split())


def momentrang(moment: str, letters: Sequence[str] = LETTERS) -> tuple[int, int]:
    """Where a moment stands in the years of school: B3 < M3 < E3 < B4. Block names come before all of them."""
    gelezen = lees_moment(moment)
    if gelezen is None:
        return (-1, 0)
    plaats = letters.index(gelezen.letter) if gelezen.letter in letters else len(letters)
    return (gelezen.jaargroep, plaats)


def op_volgorde(metingen: Iterable[Meting], letters: Sequence[str] = LETTERS) -> list[Meting]:
    """Oldest first: by the day they were taken; of one day by the moment of the test."""
    return sorted(metingen, key=lambda meting: (meting.datum, momentrang(meting.moment, letters), meting.id))


def letters_van(profiel: Profiel) -> tuple[str, ...]:
    """The letters of the school's test moments, in the order of its own school year."""
    begin = profiel.begrippen.begin_schooljaar.maand
    momenten = sorted(profiel.begrippen.toetsmomenten, key=lambda moment: (moment.maand - begin) % 12)
    return tuple(dict.fromkeys(moment.letter.upper() for moment in momenten))


# -- levels -------------------------------------------------------------------------------------------------------


def niveau_genormaliseerd(niveau: str, schalen: Iterable[Schaal]) -> str | None:
    """The level as the scales write it («iv» → «IV», «V−» → «V-»); None when no scale knows it."""
    kaal = niveau.strip().translate(_STREEPJES)
    for schaal in schalen:
        for naam in (*schaal.niveaus, *(verfijning.naam for verfijning in schaal.verfijningen)):
            if naam.translate(_STREEPJES).casefold() == kaal.casefold():
                return naam
    return None


def _hoofdniveau(niveau: str, schaal: Schaal) -> str:
    kaal = niveau.strip().translate(_STREEPJES)
    for verfijning in schaal.verfijningen:
        if verfijning.naam.translate(_STREEPJES).casefold() == kaal.casefold():
            return verfijning.van
    return kaal


def rang(niveau: str, schaal: Schaal) -> int | None:
    """Place on the scale, 0 the best. A finer name counts as the level it is part of (I+ is I, V- is V)."""
    kaal = _hoofdniveau(niveau, schaal).casefold()
    for plaats, naam in enumerate(schaal.niveaus):
        if naam.casefold() == kaal:
            return plaats
    return None


def zit_in(niveau: str, niveaus: Iterable[str], schaal: Schaal) -> bool:
    """Whether the level is one of these, finer names counted as the level they are part of."""
    plaats = rang(niveau, schaal)
    return plaats is not None and plaats in {rang(naam, schaal) for naam in niveaus}


def schaal_van(niveau: str, schalen: Sequence[Schaal], instrument: Instrument | None = None) -> Schaal | None:
    """The scale to which a level belongs: the instrument's own when it knows the level, else the first that does.

    Results of years ago may stand on A–E where the same test now gives I–V.
    """
    eigen = [schaal for schaal in schalen if instrument is not None and schaal.code == instrument.schaal]
    for schaal in [*eigen, *schalen]:
        if niveau and rang(niveau, schaal) is not None:
            return schaal
    return None


def vergelijk(oud: str, nieuw: str, schalen: Sequence[Schaal], instrument: Instrument | None = None) -> Beweging:
    """How the level moved from `oud` to `nieuw`. Across two scales only what their percentiles leave no doubt about."""
    schaal_oud, schaal_nieuw = schaal_van(oud, schalen, instrument), schaal_van(nieuw, schalen, instrument)
    if schaal_oud is None or schaal_nieuw is None:
        return ONBEKEND
    if schaal_oud.code == schaal_nieuw.code:
        verschil = (rang(nieuw, schaal_nieuw) or 0) - (rang(oud, schaal_oud) or 0)
        if verschil == 0:
            return Beweging("gelijk")
        return Beweging("gezakt" if verschil > 0 else "gestegen", abs(verschil))
    band_oud, band_nieuw = percentielband(oud, schaal_oud), percentielband(nieuw, schaal_nieuw)
    if band_oud is None or band_nieuw is None:
        return ONBEKEND
    if band_nieuw[1] <= band_oud[0]:
        return Beweging("gezakt")
    if band_nieuw[0] >= band_oud[1]:
        return Beweging("gestegen")
    return ONBEKEND


def percentielband(niveau: str, schaal: Schaal) -> tuple[float, float] | None:
    """Lowest and highest percentile of a level, or None for a scale without percentiles (AVI)."""
    plaats = rang(niveau, schaal)
    if plaats is None or len(schaal.ondergrens_percentiel) != len(schaal.niveaus):
        return None
    hoogste = 100.0 if plaats == 0 else schaal.ondergrens_percentiel[plaats - 1]
    return (schaal.ondergrens_percentiel[plaats], hoogste)


# -- growth -------------------------------------------------------------------------------------------------------


def groei(oud: Meting | None, nieuw: Meting | None) -> float | None:
    """Points of skill gained between two results of the same test; None when they cannot be compared."""
    if oud is None or nieuw is None or (oud.vak, oud.instrument) != (nieuw.vak, nieuw.instrument):
        return None
    if oud.vaardigheidsscore is None or nieuw.vaardigheidsscore is None:
        return None
    return round(nieuw.vaardigheidsscore - oud.vaardigheidsscore, 2)


@dataclass(frozen=True, slots=True)
class Groeinormen:
    """What pupils of this school gain between two moments: (instrument, from, to, level at the start) → median.

    Made from the school's own results, since the publisher's norms are copyright; level "" is all levels together.
    """

    medianen: Mapping[tuple[str, str, str, str], float]

    def verwacht(self, oud: Meting | None, nieuw: Meting | None) -> float | None:
        """The growth that pupils of this school with the same start make, or None when too few were seen."""
        if oud is None or nieuw is None or oud.instrument != nieuw.instrument:
            return None
        for niveau in (_zonder_verfijning(oud.niveau), ""):
            gevonden = self.medianen.get((nieuw.instrument, oud.moment, nieuw.moment, niveau))
            if gevonden is not None:
                return gevonden
        return None


GEEN_NORMEN: Final = Groeinormen({})


def _zonder_verfijning(niveau: str) -> str:
    return niveau.rstrip("+-−")


def maak_groeinormen(
    waarnemingen: Iterable[tuple[str, str, str, str, float]], minstens: int = MINSTENS_WAARNEMINGEN
) -> Groeinormen:
    """Medians of observed growth: rows (instrument, from-moment, to-moment, level at the start, points gained)."""
    per_sleutel: dict[tuple[str, str, str, str], list[float]] = {}
    for instrument, van, naar, niveau, punten in waarnemingen:
        for deel in {_zonder_verfijning(niveau), ""}:
            per_sleutel.setdefault((instrument, van, naar, deel), []).append(punten)
    return Groeinormen({sleutel: round(median(rij), 1) for sleutel, rij in per_sleutel.items() if len(rij) >= minstens})


# -- what stands for a subject --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vakbeeld:
    """One subject of one pupil: the last two results of its leading test, and the method tests, oldest first."""

    vak: str
    laatste: Meting | None = None
    vorige: Meting | None = None
    methode: tuple[Meting, ...] = ()
    reeks: tuple[Meting, ...] = ()
    """All results of the leading test, oldest first."""

    @property
    def groei(self) -> float | None:
        """Points of skill between the last two."""
        return groei(self.vorige, self.laatste)


def vakbeeld(vak: str, metingen: Iterable[Meting], profiel: Profiel) -> Vakbeeld:
    """The picture of one subject. The leading test is the one taken last whose scale has percentiles (Cito before AVI).

    A test that is scored in parts (SCOL) does not lead: no part stands for the whole.
    """
    eigen = op_volgorde((meting for meting in metingen if meting.vak == vak), letters_van(profiel))
    methode = tuple(meting for meting in eigen if meting.methodetoets)
    toetsen = [meting for meting in eigen if not meting.methodetoets and not meting.onderdeel]
    instrumenten = {instrument.code: instrument for instrument in profiel.instrumenten}

    def telt(meting: Meting) -> bool:
        schaal = schaal_van(meting.niveau, profiel.schalen, instrumenten.get(meting.instrument))
        return schaal is not None and bool(schaal.ondergrens_percentiel)

    leidend = next((meting for meting in reversed(toetsen) if telt(meting)), toetsen[-1] if toetsen else None)
    if leidend is None:
        return Vakbeeld(vak, methode=methode)
    reeks = tuple(meting for meting in toetsen if meting.instrument == leidend.instrument)
    return Vakbeeld(vak, laatste=reeks[-1], vorige=reeks[-2] if len(reeks) > 1 else None, methode=methode, reeks=reeks)


def getal(waarde: float, *, teken: bool = False) -> str:
    """A number as people write it: 7, 7,5; with `teken` +7 or −2."""
    tekst = f"{abs(waarde):.1f}".rstrip("0").rstrip(".").replace(".", ",")
    if waarde < 0:
        return f"−{tekst}"
    return f"+{tekst}" if teken else tekst
