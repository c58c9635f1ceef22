"""Four school years of results: skill that grows, levels that drop, rise and stay, some pupils absent.

The numbers are made up. They only behave like real ones; no score table of any publisher is in here (domein 2.1).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist

from lvs.services import Invoer, resultaten_vastleggen, vergeet_groeinormen
from zorg.overzicht.demo.basis import JAREN_TERUG, Demo, Kind, doordeweeks

AFWEZIG = 0.03
NORMAAL = NormalDist()
SCOL = (
    "ervaringen delen",
    "aardig doen",
    "samen spelen en werken",
    "een taak uitvoeren",
    "jezelf presenteren",
    "een keuze maken",
    "opkomen voor jezelf",
    "omgaan met ruzie",
)
A_E = ((75, "A"), (50, "B"), (25, "C"), (10, "D"), (0, "E"))
AVI = ("AVI-Start", "AVI-M3", "AVI-E3", "AVI-M4", "AVI-E4", "AVI-M5", "AVI-E5", "AVI-M6", "AVI-E6", "AVI-M7", "AVI-E7",
       "AVI-Plus")  # fmt: skip


@dataclass(frozen=True)
class Toets:
    """A test on one scale: where the average pupil begins, what half a year adds at first, how far pupils differ."""

    vak: str
    instrument: str
    vanaf: int
    begin: float
    groei: float
    spreiding: float

    def score(self, halfjaar: int, z: float) -> int:
        """The skill score of a pupil `z` standard deviations from the mean, so many half years after the first test."""
        gegroeid = sum(self.groei * 0.94**stap for stap in range(halfjaar))
        return round(self.begin + gegroeid + z * self.spreiding)


TOETSEN = (
    Toets("rekenen", "cito_rekenen", 3, 34, 11, 10),
    Toets("spelling", "cito_spelling", 3, 105, 7, 7),
    Toets("technisch_lezen", "cito_dmt", 3, 18, 10, 12),
    Toets("begrijpend_lezen", "cito_begrijpend_lezen", 4, 12, 7, 9),
)
KLEUTERS = (Toets("taal", "cito_kleuters", 1, 46, 6, 8), Toets("rekenen", "cito_kleuters", 1, 50, 7, 9))

# (group, number) → how the child stands, for whom the stories are about
AANLEG = {("6a", 0): -1.1, ("6a", 1): -1.3, ("6a", 4): -0.8, ("6a", 5): -0.9, ("6b", 0): -0.7, ("6b", 1): -1.2,
          ("7", 0): -1.5, ("7", 1): -1.2, ("8", 0): -1.9, ("4", 0): -1.3, ("5", 0): -1.2, ("5/6", 0): -1.1,
          ("6a", 3): 0.7, ("6a", 7): 1.5, ("6b", 5): 1.6, ("7", 5): 1.7}  # fmt: skip
# rekenen of the last two tests: dropped for the first time with good method tests, and risen to the top
WENDING = {("6a", 2): (-0.05, -0.6), ("6a", 3): (0.55, 1.15), ("6b", 4): (-0.1, -0.6), ("7", 3): (0.2, -0.5)}


@dataclass(frozen=True)
class Moment:
    """One test moment of one pupil."""

    letter: str
    jaargroep: int
    dag: date
    terug: int

    @property
    def naam(self) -> str:
        return f"{self.letter}{self.jaargroep}"


def resultaten(demo: Demo) -> int:
    """Record everything in one batch; gives how many results."""
    uitkomst = resultaten_vastleggen(
        school=demo.school, invoer=[rij for kind in demo.kinderen for rij in _van(demo, kind)], bron="demo", door=None
    )
    if uitkomst.geweigerd:
        raise RuntimeError(f"refused: {uitkomst.geweigerd[0]}")
    vergeet_groeinormen(demo.school)
    return uitkomst.toegevoegd


def _momenten(demo: Demo, kind: Kind, kans: random.Random) -> list[Moment]:
    uit = []
    for terug in range(JAREN_TERUG, -1, -1):
        toen = kind.jaargroep_toen(terug)
        jaar = demo.jaren[terug].periode.lower.year
        for letter, maand, dag in (("B", 10, 5), ("M", 1, 22), ("E", 6, 4)):
            moment = doordeweeks(date(jaar + (maand < 8), maand, dag) + timedelta(days=kans.randrange(6)))
            op_school = kind.vanaf <= moment and (kind.tot is None or moment < kind.tot)
            if toen >= 1 and moment <= demo.vandaag and op_school:
                uit.append(Moment(letter, toen, moment, terug))
    return uit


def _van(demo: Demo, kind: Kind) -> Iterator[Invoer]:
    kans = demo.kans(f"resultaten:{kind.groep}:{kind.nummer}")
    algemeen = AANLEG.get((kind.groep, kind.nummer), kans.gauss(0, 0.8))
    momenten = _momenten(demo, kind, kans)
    halfjaren = [moment for moment in momenten if moment.letter != "B"]
    for toets in KLEUTERS:
        yield from _toets(kind, toets, [m for m in halfjaren if m.jaargroep <= 2], algemeen, kans)
    for toets in TOETSEN:
        eigen = [m for m in halfjaren if m.jaargroep >= toets.vanaf and m.naam != "E8"]
        yield from _toets(kind, toets, eigen, algemeen, kans)
    yield from _avi(kind, [m for m in halfjaren if m.jaargroep >= 3], algemeen + kans.gauss(0, 0.4), kans)
    yield from _scol(kind, [m for m in momenten if m.letter != "M" and m.jaargroep >= 3], kans)
    if kind.jaargroep >= 3 and kind.tot is None:
        yield from _methode(demo, kind, algemeen, kans)


def _verloop(aantal: int, algemeen: float, kans: random.Random) -> list[float]:
    """How the child stands at each test: mostly the same, sometimes dropping, rising, or with one bad day."""
    basis = algemeen + kans.gauss(0, 0.45)
    soort = kans.choices(("blijft", "zakt", "stijgt", "dip"), (66, 14, 12, 8))[0]
    uit = [basis + kans.gauss(0, 0.16) for _ in range(aantal)]
    if soort in ("zakt", "stijgt"):
        teken = -1 if soort == "zakt" else 1
        for plek, deel in ((-1, 0.8), (-2, 0.4)):
            if aantal >= -plek:
                uit[plek] += teken * deel
    elif soort == "dip" and aantal:
        uit[kans.randrange(aantal)] -= 0.9
    return uit


def niveau_van(z: float) -> tuple[str, int]:
    """Level I–V (with I+ and V-) and percentile of a pupil so far from the mean."""
    percentiel = min(99, max(1, round(NORMAAL.cdf(z) * 100)))
    for grens, niveau in ((90, "I+"), (80, "I"), (60, "II"), (40, "III"), (20, "IV"), (11, "V")):
        if percentiel >= grens:
            return niveau, percentiel
    return "V-", percentiel


def _toets(kind: Kind, toets: Toets, momenten: list[Moment], algemeen: float, kans: random.Random) -> Iterator[Invoer]:
    staat = _verloop(len(momenten), algemeen, kans)
    if toets.instrument == "cito_rekenen" and (kind.groep, kind.nummer) in WENDING:
        wending = WENDING[kind.groep, kind.nummer][-len(momenten) :] if momenten else ()
        staat[len(staat) - len(wending) :] = wending
    for moment, z in zip(momenten, staat, strict=True):
        halfjaar = (moment.jaargroep - toets.vanaf) * 2 + (moment.letter == "E")
        niveau, percentiel = niveau_van(z)
        if kans.random() < AFWEZIG and (kind.groep, kind.nummer) not in WENDING:
            continue
        referentie = ""
        if moment.jaargroep >= 7 and toets.vak in ("rekenen", "begrijpend_lezen"):
            hoog = "1S" if toets.vak == "rekenen" else "2F"
            referentie = hoog if z > 0.5 else ("1F" if z > -0.8 else "<1F")
        yield Invoer(
            leerling=kind.leerling,
            vak=toets.vak,
            instrument=toets.instrument,
            versie="3.0",
            moment=moment.naam,
            afnamedatum=moment.dag,
            vaardigheidsscore=Decimal(toets.score(halfjaar, z)),
            niveau=niveau,
            percentiel=Decimal(percentiel),
            referentieniveau=referentie,
        )


def _avi(kind: Kind, momenten: list[Moment], z: float, kans: random.Random) -> Iterator[Invoer]:
    for moment in momenten:
        plek = 1 + (moment.jaargroep - 3) * 2 + (moment.letter == "E") + round(z * 1.3 + kans.gauss(0, 0.3))
        if kans.random() < AFWEZIG:
            continue
        yield Invoer(
            leerling=kind.leerling,
            vak="technisch_lezen",
            instrument="avi",
            moment=moment.naam,
            afnamedatum=moment.dag,
            niveau=AVI[min(len(AVI) - 1, max(0, plek))],
        )
        if plek >= len(AVI) - 1:
            return


def _scol(kind: Kind, momenten: list[Moment], kans: random.Random) -> Iterator[Invoer]:
    """Twice a year a questionnaire; the parts of the last two school years are on record too."""
    basis = kans.gauss(0, 0.9)
    for moment in momenten:
        if kans.random() < AFWEZIG:
            continue
        nu = basis + kans.gauss(0, 0.3)
        for onderdeel in ("", *(SCOL if moment.terug <= 1 else ())):
            percentiel = NORMAAL.cdf(nu + (kans.gauss(0, 0.5) if onderdeel else 0)) * 100
            niveau = next(
                n for grens, n in ((75, "A"), (50, "B"), (25, "C"), (10, "D"), (0, "E")) if percentiel >= grens
            )
            yield Invoer(
                leerling=kind.leerling,
                vak="sociaal_emotioneel",
                instrument="scol",
                moment=moment.naam,
                afnamedatum=moment.dag,
                onderdeel=onderdeel,
                niveau=niveau,
            )


def _methode(demo: Demo, kind: Kind, algemeen: float, kans: random.Random) -> Iterator[Invoer]:
    """A block of the method every five weeks of this year; of a year that only just began, also of the one before."""
    vers = (demo.vandaag - demo.begin).days < 60
    for terug in (1, 0) if vers else (0,):
        begin = demo.jaren[terug].periode.lower
        for vak in ("rekenen", "spelling"):
            niveau = algemeen + kans.gauss(0, 0.4)
            if (kind.groep, kind.nummer) in WENDING:
                niveau = 0.8
            for blok in range(1, 9):
                dag = doordeweeks(begin + timedelta(days=22 + 35 * blok + kans.randrange(3)))
                goed = min(100, max(20, round(82 + niveau * 8 + kans.gauss(0, 5))))
                if kans.random() < AFWEZIG or not kind.vanaf <= dag <= demo.vandaag:
                    continue
                yield Invoer(
                    leerling=kind.leerling,
                    vak=vak,
                    instrument="methodetoets",
                    moment=f"Blok {blok}",
                    afnamedatum=dag,
                    ruwe_score=Decimal(goed),
                    niveau="voldoende" if goed >= 80 else "onvoldoende",
                )
