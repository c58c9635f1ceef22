"""A school year in days: which have school, and between which days an activity of the year cycle falls. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, assert_never

from leerlingen.profiel.bespreken import (
    Anker,
    ElkeWeken,
    InMaand,
    InMaanden,
    InSchoolweek,
    LaatsteSchoolweek,
    LaatsteVakantieweek,
    NaToetsmoment,
)
from leerlingen.zorgfeiten import Vakantie

WERKWEEK: Final = frozenset({1, 2, 3, 4, 5})
VAKANTIE: Final = 4
"""So many nights at least: a shorter row is a day off."""


@dataclass(frozen=True)
class Jaar:
    """A school year `[begin, eind)` with what is free in it: holidays, public holidays, study days."""

    begin: date
    eind: date
    vrij: tuple[Vakantie, ...] = ()
    """Days without pupils, both ends included. A row of five days or longer counts as a holiday."""

    def is_schooldag(self, dag: date) -> bool:
        """Whether there is school: a weekday, in the year, not free."""
        return (
            self.begin <= dag < self.eind
            and dag.isoweekday() in WERKWEEK
            and not any(v.van <= dag <= v.tot_en_met for v in self.vrij)
        )

    def is_vakantiedag(self, dag: date) -> bool:
        """Whether it is a weekday in a holiday, and not a public holiday of its own."""
        rijen = [v for v in self.vrij if v.van <= dag <= v.tot_en_met]
        lang = [v for v in rijen if (v.tot_en_met - v.van).days >= VAKANTIE]
        return bool(lang) and rijen == lang and dag.isoweekday() in WERKWEEK and self.begin <= dag < self.eind

    def schooldagen(self, van: date, tot_en_met: date) -> list[date]:
        """The school days between two days."""
        return [dag for dag in dagen(max(van, self.begin), tot_en_met) if self.is_schooldag(dag)]

    @property
    def eerste_schooldag(self) -> date | None:
        """The first day with school, if there is any."""
        return next((dag for dag in dagen(self.begin, self.eind) if self.is_schooldag(dag)), None)

    @property
    def laatste_schooldag(self) -> date | None:
        """The last one."""
        return next((dag for dag in reversed(list(dagen(self.begin, self.eind))) if self.is_schooldag(dag)), None)


@dataclass(frozen=True)
class Venster:
    """The days between which something happens, both included. `nummer` tells the parts of a series apart."""

    van: date
    tot_en_met: date
    nummer: int = 1


def dagen(van: date, tot_en_met: date) -> Iterable[date]:
    """Every day from one to another, both included."""
    return (van + timedelta(days=n) for n in range((tot_en_met - van).days + 1))


def vensters(anker: Anker, jaar: Jaar, toetsmaanden: Mapping[str, int]) -> list[Venster]:
    """When an activity may happen in this year, clipped to it; empty when it falls outside (no summer known).

    `toetsmaanden`: code of a test moment → its month. After a test moment counts from the last day of its month (A-38).
    """
    gevonden = [v for v in _vensters(anker, jaar, toetsmaanden) if v is not None]
    laatste = jaar.eind - timedelta(days=1)
    geknipt = [replace(v, van=max(v.van, jaar.begin), tot_en_met=min(v.tot_en_met, laatste)) for v in gevonden]
    return [v for v in geknipt if v.van <= v.tot_en_met]


def _vensters(anker: Anker, jaar: Jaar, toetsmaanden: Mapping[str, int]) -> list[Venster | None]:
    match anker:
        case InMaand():
            eerste = _eerste_van(anker.maand, jaar)
            van, tot = {"begin": (1, 10), "midden": (11, 20), "eind": (21, 31), "hele": (1, 31)}[anker.deel]
            einde = _laatste_van(eerste)
            return [Venster(eerste.replace(day=van), einde if tot == 31 else eerste.replace(day=tot))]
        case InMaanden():
            eerste = _eerste_van(anker.van, jaar)
            laatste = _eerste_van(anker.tot_en_met, jaar)
            return [Venster(eerste, _laatste_van(laatste))] if eerste <= laatste else []
        case InSchoolweek():
            return [_schoolweek(anker.week, jaar)]
        case NaToetsmoment():
            einde = _laatste_van(_eerste_van(toetsmaanden[anker.moment], jaar))
            return [Venster(einde + timedelta(days=1), einde + timedelta(weeks=anker.weken))]
        case LaatsteSchoolweek():
            dag = jaar.laatste_schooldag
            return [Venster(dag - timedelta(days=dag.isoweekday() - 1), dag)] if dag else []
        case LaatsteVakantieweek():
            return [_laatste_vakantieweek(jaar)]
        case ElkeWeken():
            return list(_reeks(anker, jaar))
        case _:
            assert_never(anker)


def _eerste_van(maand: int, jaar: Jaar) -> date:
    """The first of this month as the school year meets it."""
    begin = jaar.begin.replace(day=1)
    return date(begin.year + (maand < begin.month), maand, 1)


def _laatste_van(eerste: date) -> date:
    return (eerste + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _schoolweek(nummer: int, jaar: Jaar) -> Venster | None:
    """The week with this number, weeks without school not counted."""
    begin = jaar.begin - timedelta(days=jaar.begin.isoweekday() - 1)
    geteld = 0
    for maandag in (begin + timedelta(weeks=n) for n in range(54)):
        week = jaar.schooldagen(maandag, maandag + timedelta(days=4))
        geteld += bool(week)
        if week and geteld == nummer:
            return Venster(week[0], week[-1])
    return None


def _laatste_vakantieweek(jaar: Jaar) -> Venster | None:
    """The last week of the summer holiday: of the one with which the year begins, else of the one that ends it."""
    zomers = [v for v in jaar.vrij if (v.tot_en_met - v.van).days >= 28 and v.tot_en_met >= jaar.begin]
    begin = next((v for v in zomers if v.van <= jaar.begin + timedelta(days=14)), None)
    zomer = begin or max(zomers, key=lambda v: v.van, default=None)
    if zomer is None:
        return None
    return Venster(zomer.tot_en_met - timedelta(days=6), zomer.tot_en_met)


def _reeks(anker: ElkeWeken, jaar: Jaar) -> Iterable[Venster]:
    eerste, laatste = jaar.eerste_schooldag, jaar.laatste_schooldag
    if eerste is None or laatste is None:
        return
    begin, nummer = eerste + timedelta(weeks=anker.van), 1
    weken = (anker.van + anker.tot + 1) // 2  # halfway between what is too soon and what is too late
    while begin <= laatste:
        einde = begin + timedelta(weeks=max(anker.tot - anker.van, 1)) - timedelta(days=1)
        while _schoolweken(jaar, begin, einde) < max(anker.tot - anker.van, 1) and einde < laatste:
            einde += timedelta(weeks=1)  # a week without school does not count
        yield Venster(begin, min(einde, laatste), nummer)
        begin, nummer = begin + timedelta(weeks=weken), nummer + 1


def _schoolweken(jaar: Jaar, van: date, tot_en_met: date) -> int:
    """How many weeks from a day on have school in them."""
    weken = range(0, (tot_en_met - van).days + 1, 7)
    return sum(bool(jaar.schooldagen(van + timedelta(days=n), van + timedelta(days=n + 6))) for n in weken)


def gelijk_verdeeld(aantal: int, jaar: Jaar) -> list[Venster]:
    """So many windows, spread evenly over the school days: eight SOTs a year (K-132)."""
    eerste, laatste = jaar.eerste_schooldag, jaar.laatste_schooldag
    if eerste is None or laatste is None or aantal < 1:
        return []
    alle = jaar.schooldagen(eerste, laatste)
    grenzen = [len(alle) * n // aantal for n in range(aantal + 1)]
    return [
        Venster(alle[van], alle[tot - 1], nummer)
        for nummer, (van, tot) in enumerate(pairwise(grenzen), start=1)
        if tot > van
    ]
