"""Growth charts as plain geometry: scales, ticks and paths for hand-written SVG, on screen and on paper alike. Pure.

A template draws what `groeigrafiek` and `vonk` return; no style attributes, so a strict content policy has nothing to
say. A phone gets its own drawing (`breed=340`): scaling the wide one makes its labels unreadable. Coordinates are in
units of the drawing: 1 is a CSS pixel at full width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

BREED, SMAL = 620, 340
"""The two widths that charts are drawn for: a card or a page, and a phone."""
NIVEAUS = ("I", "II", "III", "IV", "V")
LINKS, RECHTS, BOVEN, ONDER = 40.0, 34.0, 24.0, 40.0
"""Margins around the plot: the scale at the left, level names at the right, room for a label above the top, for one
under the bottom and the moments."""
LETTER = 7.0
"""About the width of a character of 13 units; texts wider than their room are left out of the drawing."""


@dataclass(frozen=True)
class Meting:
    """One moment: its label, and the score; None when the pupil made no test then.

    `plaats` is where it stands in time, in any unit (months of teaching, days); when all moments of a chart have one,
    the chart keeps their distances. `niveau` is shown in the table beside the chart.
    """

    moment: str
    score: float | None
    plaats: float | None = None
    niveau: str = ""


@dataclass(frozen=True)
class Normlijn:
    """The lower borders of the levels at one moment, best level first: one less than there are levels."""

    moment: str
    grenzen: tuple[float, ...]


@dataclass(frozen=True)
class Punt:
    """A point with its text, and where that stands; an empty label is not drawn."""

    x: float
    y: float
    label: str
    anker: str
    label_x: float = 0.0
    label_y: float = 0.0


@dataclass(frozen=True)
class Vlak:
    """A band of a level: its area, its lower border (empty for the lowest level), and where its name stands."""

    pad: str
    rand: str
    niveau: str
    stap: int
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Streep:
    """A tick on the scale, and where its text stands."""

    y: float
    label: str
    label_y: float


@dataclass(frozen=True)
class Grafiek:
    """Everything a template needs to draw the chart, the sentence that says it in words, and its table.

    `lijn` joins moments that follow each other, `brug` (dashed) those with a missed moment between them.
    """

    titel: str
    breed: int
    hoog: int
    links: float
    rechts: float
    onder: float
    label_links: float
    lijn: str
    brug: str
    punten: tuple[Punt, ...]
    momenten: tuple[Punt, ...]
    strepen: tuple[Streep, ...]
    vlakken: tuple[Vlak, ...]
    omschrijving: str
    metingen: tuple[Meting, ...]

    @property
    def rijen(self) -> tuple[tuple[str, str, str], ...]:
        """The same as a table: moment, score, level; a dash where there is none."""
        return tuple((m.moment, "–" if m.score is None else getal(m.score), m.niveau or "–") for m in self.metingen)

    @property
    def heeft_niveaus(self) -> bool:
        """Whether the table needs a column for levels."""
        return any(meting.niveau for meting in self.metingen)


@dataclass(frozen=True)
class Vonk:
    """A sparkline: its path, its last point, and the sentence for who does not see it."""

    breed: int
    hoog: int
    lijn: str
    x: float
    y: float
    omschrijving: str


def getal(waarde: float) -> str:
    """A number as Dutch writes it: 61, or 61,5."""
    tekst = f"{waarde:.1f}"
    return ("0" if tekst == "-0.0" else tekst).removesuffix(".0").replace(".", ",")


def stappen(laag: float, hoog: float, aantal: int = 6) -> list[float]:
    """About `aantal` round ticks (1, 2 or 5 times a power of ten, 1 at least) that enclose [laag, hoog]."""
    ruw = max(hoog - laag, 1.0) / max(aantal - 1, 1)
    macht = 10.0 ** floor(log10(ruw)) if ruw > 1 else 1.0
    stap = next(maal * macht for maal in (1, 2, 5, 10) if maal * macht >= ruw)
    eerste = floor(laag / stap)
    if eerste * stap > laag:  # a number so small that the division rounds it to nothing
        eerste -= 1
    laatste = max(ceil(hoog / stap), eerste + 1)
    if laatste * stap < hoog:
        laatste += 1
    return [n * stap for n in range(eerste, laatste + 1)]


class _Vlakverdeling:
    """Where moments and scores stand in the drawing."""

    def __init__(self, metingen: Sequence[Meting], waarden: Sequence[float], breed: int, hoog: int) -> None:
        self.links, self.rechts, self.boven, self.onder = LINKS, breed - RECHTS, BOVEN, hoog - ONDER
        self.schaal = stappen(min(waarden), max(waarden), 5 if breed <= SMAL else 7)
        self.laagste, self.hoogste = self.schaal[0], self.schaal[-1]
        tijden = [meting.plaats for meting in metingen if meting.plaats is not None]
        stijgt = all(a < b for a, b in pairwise(tijden))
        self.plaatsen = tijden if len(tijden) == len(metingen) and stijgt else list(map(float, range(len(metingen))))

    def x(self, nummer: int) -> float:
        """Where moment `nummer` stands: the first at the left edge, the last at the right one, a lone one between."""
        eerste, laatste = self.plaatsen[0], self.plaatsen[-1]
        if eerste == laatste:
            return round((self.links + self.rechts) / 2, 1)
        deel = (self.plaatsen[nummer] - eerste) / (laatste - eerste)
        return round(self.links + deel * (self.rechts - self.links), 1)

    def y(self, score: float) -> float:
        """Where a score stands, higher scores higher."""
        deel = (score - self.laagste) / (self.hoogste - self.laagste)
        return round(self.onder - deel * (self.onder - self.boven), 1)


def groeigrafiek(
    titel: str,
    metingen: Sequence[Meting],
    normen: Sequence[Normlijn] = (),
    *,
    breed: int = BREED,
    hoog: int = 250,
    niveaus: Sequence[str] = NIVEAUS,
    conclusie: str = "",
) -> Grafiek | None:
    """The chart of one pupil and subject, oldest moment first; None without any score.

    `normen` are the school's own borders (A-29); bands are drawn wherever two moments in a row have them. `niveaus`
    are the names of the levels, best first. `conclusie` is a sentence that is added to the description.
    """
    scores = [meting.score for meting in metingen if meting.score is not None]
    if not scores:
        return None
    grenzen = {norm.moment: norm.grenzen for norm in normen if len(norm.grenzen) == len(niveaus) - 1}
    vlak = _Vlakverdeling(
        metingen,
        [*scores, *(grens for meting in metingen for grens in grenzen.get(meting.moment, ()))],
        breed,
        hoog,
    )
    lijn, brug = _lijnen(metingen, vlak)
    woorden = ", ".join(f"{m.moment} {'geen toets' if m.score is None else getal(m.score)}" for m in metingen)
    return Grafiek(
        titel=titel,
        breed=breed,
        hoog=hoog,
        links=vlak.links,
        rechts=vlak.rechts,
        onder=vlak.onder,
        label_links=vlak.links - 8,
        lijn=lijn,
        brug=brug,
        punten=_punten(metingen, vlak),
        momenten=_momenten(metingen, vlak, hoog),
        strepen=tuple(Streep(vlak.y(w), getal(w), round(vlak.y(w) + 4, 1)) for w in vlak.schaal),
        vlakken=_vlakken([grenzen.get(meting.moment) for meting in metingen], niveaus, vlak),
        omschrijving=f"{titel}: {woorden}.{' ' if conclusie else ''}{conclusie}",
        metingen=tuple(metingen),
    )


def _pad(punten: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if n else 'M'}{x:g} {y:g}" for n, (x, y) in enumerate(punten))


def _lijnen(metingen: Sequence[Meting], vlak: _Vlakverdeling) -> tuple[str, str]:
    """The line through moments in a row, and the dashed one across missed moments."""
    stukken: list[list[tuple[float, float]]] = []
    bruggen: list[list[tuple[float, float]]] = []
    vorige = -2
    for nummer, meting in enumerate(metingen):
        if meting.score is None:
            continue
        punt = (vlak.x(nummer), vlak.y(meting.score))
        if vorige == nummer - 1:
            stukken[-1].append(punt)
        else:
            if stukken:
                bruggen.append([stukken[-1][-1], punt])
            stukken.append([punt])
        vorige = nummer
    return " ".join(_pad(stuk) for stuk in stukken if len(stuk) > 1), " ".join(_pad(brug) for brug in bruggen)


def _punten(metingen: Sequence[Meting], vlak: _Vlakverdeling) -> tuple[Punt, ...]:
    """The dots, each with its score on the side where the line does not run, as far as there is room."""
    kaal = [
        (nummer, vlak.x(nummer), vlak.y(meting.score), meting.score)
        for nummer, meting in enumerate(metingen)
        if meting.score is not None
    ]
    punten: list[Punt] = []
    bezet = vlak.rechts + 99
    for plek in range(len(kaal) - 1, -1, -1):  # the last one first: it matters most when room is short
        _, x, y, score = kaal[plek]
        buren = [(kaal[buur][1] - x, kaal[buur][2] - y) for buur in (plek - 1, plek + 1) if 0 <= buur < len(kaal)]
        boven_vrij = all(dy > -0.2 * abs(dx) for dx, dy in buren)
        onder_vrij = all(dy < 0.2 * abs(dx) for dx, dy in buren)
        onder = onder_vrij and not boven_vrij
        anker = "start" if x <= vlak.links else "end" if x >= vlak.rechts else "middle"
        label_x = x
        if anker == "middle" and not boven_vrij and not onder:  # the line climbs through: step to its free side
            stijgt = any(dx < 0 < dy or (dx > 0 > dy) for dx, dy in buren)
            anker, label_x = ("end", x - 4) if stijgt else ("start", x + 4)
        tekst = getal(score)
        breedte = len(tekst) * LETTER
        begin = label_x - {"start": 0.0, "middle": breedte / 2, "end": breedte}[anker]
        if begin + breedte + 2 > bezet:
            tekst = ""
        else:
            bezet = begin
        punten.append(Punt(x, y, tekst, anker, label_x, round(y + 19 if onder else y - 10, 1)))
    return tuple(reversed(punten))


def _momenten(metingen: Sequence[Meting], vlak: _Vlakverdeling, hoog: int) -> tuple[Punt, ...]:
    """The names of the moments under the plot, as many as fit beside each other, the last one always."""
    momenten: list[Punt] = []
    bezet = vlak.rechts + 99
    for nummer in range(len(metingen) - 1, -1, -1):
        x, tekst = vlak.x(nummer), metingen[nummer].moment
        anker = "start" if x <= vlak.links else "end" if x >= vlak.rechts else "middle"
        breedte = len(tekst) * LETTER
        begin = x - {"start": 0.0, "middle": breedte / 2, "end": breedte}[anker]
        if begin + breedte + 4 <= bezet:
            momenten.append(Punt(x, vlak.onder, tekst, anker, x, hoog - 6.0))
            bezet = begin
    return tuple(reversed(momenten))


def _vlakken(
    rijen: Sequence[tuple[float, ...] | None], niveaus: Sequence[str], vlak: _Vlakverdeling
) -> tuple[Vlak, ...]:
    """The bands of the levels over every stretch of two or more moments with borders, best level first."""
    stukken: list[list[int]] = [[]]
    for nummer, rij in enumerate(rijen):
        if rij is None:
            stukken.append([])
        else:
            stukken[-1].append(nummer)
    stukken = [stuk for stuk in stukken if len(stuk) > 1]
    if not stukken:
        return ()

    def grens(nummer: int, stap: int) -> float:
        rij = rijen[nummer] or ()
        return vlak.hoogste if stap == 0 else vlak.laagste if stap == len(niveaus) else rij[stap - 1]

    vlakken, einde = [], stukken[-1][-1]
    middens = [(vlak.y(grens(einde, n)) + vlak.y(grens(einde, n + 1))) / 2 + 4 for n in range(len(niveaus))]
    for n, label_y in enumerate(uiteen(middens, 13.0, vlak.boven + 8, vlak.onder + 2)):
        boven = [[(vlak.x(m), vlak.y(grens(m, n))) for m in stuk] for stuk in stukken]
        onder = [[(vlak.x(m), vlak.y(grens(m, n + 1))) for m in stuk] for stuk in stukken]
        pad = " ".join(f"{_pad([*heen, *reversed(terug)])} Z" for heen, terug in zip(boven, onder, strict=True))
        rand = " ".join(_pad(stuk) for stuk in onder) if n + 1 < len(niveaus) else ""
        vlakken.append(Vlak(pad, rand, niveaus[n], n + 1, vlak.x(einde) + 10, round(label_y, 1)))
    return tuple(vlakken)


def uiteen(plekken: Sequence[float], afstand: float, laag: float, hoog: float) -> list[float]:
    """Push ascending places apart until they are `afstand` from each other, within [laag, hoog] as far as that goes."""
    uit: list[float] = []
    for plek in plekken:
        uit.append(max(plek, uit[-1] + afstand if uit else laag))
    bovengrens = hoog
    for n in range(len(uit) - 1, -1, -1):
        uit[n] = min(uit[n], bovengrens)
        bovengrens = uit[n] - afstand
    return uit


def vonk(titel: str, scores: Sequence[float | None], *, breed: int = 60, hoog: int = 18) -> Vonk | None:
    """A sparkline of scores, oldest first, missed ones None; None under two scores. Every line fills its own height."""
    kaal = [(n, score) for n, score in enumerate(scores) if score is not None]
    if len(kaal) < 2:
        return None
    waarden = [score for _, score in kaal]
    laag, bereik = min(waarden), max(waarden) - min(waarden)
    eerste, laatste = kaal[0][0], kaal[-1][0]
    punten = [
        (
            round(3 + (n - eerste) * (breed - 6) / (laatste - eerste), 1),
            round(hoog - 3 - (score - laag) / bereik * (hoog - 6), 1) if bereik else hoog / 2,
        )
        for n, score in kaal
    ]
    return Vonk(
        breed, hoog, _pad(punten), *punten[-1], f"{titel}: {', '.join(getal(score) for score in waarden)}."
    )  # fmt: skip
