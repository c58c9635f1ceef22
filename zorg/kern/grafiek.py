"""Growth charts as plain geometry: scales, ticks and paths for hand-written SVG, on screen and on paper alike. Pure.

A template draws what `groeigrafiek` returns; no style attributes, so a strict content policy has nothing to say. A
phone gets its own rendering (340 wide): scaling the wide one makes its labels unreadable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True)
class Meting:
    """One test: its moment as a label, and the skill score."""

    moment: str
    score: float


@dataclass(frozen=True)
class Normlijn:
    """The lower borders of the levels at one moment, best level first: four numbers for I to IV."""

    moment: str
    grenzen: tuple[float, ...]


@dataclass(frozen=True)
class Punt:
    """A point with where its label stands."""

    x: float
    y: float
    label: str
    anker: str


@dataclass(frozen=True)
class Vlak:
    """A band of a level: its path, and where its letter stands."""

    pad: str
    niveau: str
    stap: int
    label_y: float


@dataclass(frozen=True)
class Streep:
    """A tick on the scale."""

    y: float
    label: str


@dataclass(frozen=True)
class Grafiek:
    """Everything a template needs to draw the chart, and the sentence that says it in words."""

    breed: int
    hoog: int
    links: float
    rechts: float
    onder: float
    lijn: str
    punten: tuple[Punt, ...]
    momenten: tuple[Punt, ...]
    strepen: tuple[Streep, ...]
    vlakken: tuple[Vlak, ...]
    omschrijving: str


def getal(waarde: float) -> str:
    """A number as Dutch writes it: 61, or 61,5."""
    return f"{waarde:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def stappen(laag: float, hoog: float, aantal: int = 6) -> list[float]:
    """Round ticks that enclose [laag, hoog]."""
    spreiding = max(hoog - laag, 1.0)
    ruw = spreiding / max(aantal - 1, 1)
    stap = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 10_000, 1e9) if s >= ruw)
    eerste = floor(laag / stap)
    laatste = max(ceil(hoog / stap), eerste + 1)
    return [n * stap for n in range(eerste, laatste + 1)]


def groeigrafiek(
    titel: str, metingen: Sequence[Meting], normen: Sequence[Normlijn] = (), *, breed: int = 620, hoog: int = 250
) -> Grafiek | None:
    """The chart of one pupil and subject, oldest test first; None without any score."""
    if not metingen:
        return None
    marge_links, marge_rechts, boven, beneden = 40.0, 34.0, 16.0, 28.0
    links, rechts, onder = marge_links, breed - marge_rechts, hoog - beneden
    waarden = [meting.score for meting in metingen] + [grens for norm in normen for grens in norm.grenzen]
    schaal = stappen(min(waarden) - 2, max(waarden) + 2, 5 if breed < 400 else 7)
    laagste, hoogste = schaal[0], schaal[-1]

    def y(waarde: float) -> float:
        return round(onder - (waarde - laagste) / (hoogste - laagste) * (onder - boven), 1)

    def x(plaats: int) -> float:
        if len(metingen) == 1:
            return round((links + rechts) / 2, 1)
        return round(links + plaats * (rechts - links) / (len(metingen) - 1), 1)

    def anker(plaats: int) -> str:
        if len(metingen) == 1:
            return "middle"
        return "start" if plaats == 0 else "end" if plaats == len(metingen) - 1 else "middle"

    punten = tuple(
        Punt(x(plaats), y(meting.score), getal(meting.score), anker(plaats)) for plaats, meting in enumerate(metingen)
    )
    momenten = tuple(
        Punt(x(plaats), hoog - 8.0, meting.moment, anker(plaats)) for plaats, meting in enumerate(metingen)
    )
    lijn = " ".join(f"{'M' if plaats == 0 else 'L'}{punt.x:g} {punt.y:g}" for plaats, punt in enumerate(punten))
    zin = ", ".join(f"{meting.moment} {getal(meting.score)}" for meting in metingen)
    return Grafiek(
        breed=breed,
        hoog=hoog,
        links=links,
        rechts=rechts,
        onder=onder,
        lijn=lijn,
        punten=punten,
        momenten=momenten,
        strepen=tuple(Streep(y(waarde), getal(waarde)) for waarde in schaal),
        vlakken=_vlakken(metingen, normen, x, y, laagste, hoogste),
        omschrijving=f"{titel}: {zin}.",
    )


def _vlakken(
    metingen: Sequence[Meting],
    normen: Sequence[Normlijn],
    x: Callable[[int], float],
    y: Callable[[float], float],
    laagste: float,
    hoogste: float,
) -> tuple[Vlak, ...]:
    """The bands of the levels, where every moment of the chart has borders (own norms of the school, A-29)."""
    per_moment = {norm.moment: norm.grenzen for norm in normen}
    rijen = [per_moment.get(meting.moment) for meting in metingen]
    if len(metingen) < 2 or any(rij is None or len(rij) != 4 for rij in rijen):
        return ()
    vlakken = []
    for stap, niveau in enumerate(("I", "II", "III", "IV", "V"), start=1):
        boven = [hoogste if stap == 1 else rij[stap - 2] for rij in rijen if rij]
        onder = [laagste if stap == 5 else rij[stap - 1] for rij in rijen if rij]
        heen = [f"{x(n):g} {y(waarde):g}" for n, waarde in enumerate(boven)]
        terug = [f"{x(n):g} {y(onder[n]):g}" for n in range(len(onder) - 1, -1, -1)]
        midden = round((y(boven[-1]) + y(onder[-1])) / 2 + 4, 1)
        vlakken.append(Vlak(f"M{' L'.join([*heen, *terug])} Z", niveau, stap, midden))
    return tuple(vlakken)


def vonk(scores: Sequence[float], *, breed: int = 60, hoog: int = 18) -> str:
    """The path of a sparkline; empty under two scores."""
    if len(scores) < 2:
        return ""
    laag, top = min(scores), max(scores)
    bereik = (top - laag) or 1.0
    punten = [
        (round(1 + n * (breed - 2) / (len(scores) - 1), 1), round(hoog - 2 - (s - laag) / bereik * (hoog - 4), 1))
        for n, s in enumerate(scores)
    ]
    return " ".join(f"{'M' if n == 0 else 'L'}{px:g} {py:g}" for n, (px, py) in enumerate(punten))
