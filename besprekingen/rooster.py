"""Who is where when, while a year is being planned: the timetable that the planner fills. Pure.

A person is never in two places, only comes on working days, and has no more meetings a day than the school allows. More
a week than asked happens only when there is no other way (`Trap`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from besprekingen.schooljaar import WERKWEEK, Jaar, Venster, dagen

Dagdeel = Literal["beide", "na_schooltijd", "in_de_les"]
Wie = Literal["allen", "een", "wie_kan"]
STAP: Final = timedelta(minutes=15)
"""Meetings begin on a quarter from the begin of a block."""


# -- who and what ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mens:
    """Somebody who can be planned. `werkdagen` 1 = Monday; empty means every weekday."""

    sleutel: int
    naam: str
    werkdagen: frozenset[int] = frozenset()

    def werkt(self, dag: date) -> bool:
        """Whether they work on this day of the week."""
        return dag.isoweekday() in (self.werkdagen or WERKWEEK)


@dataclass(frozen=True)
class Plek:
    """A seat: for all of these people, for one of them (an ib'er), or for who of them can (a duo: one suffices).

    A seat that need not be taken (`verplicht` is false) is for who can.
    """

    mensen: tuple[int, ...]
    wie: Wie = "allen"
    verplicht: bool = True


@dataclass(frozen=True)
class Blok:
    """Hours in which people can meet, in local time. In lesson time a teacher needs a substitute."""

    van: time
    tot: time
    in_de_les: bool = False


@dataclass(frozen=True)
class Activiteit:
    """A meeting that must be planned within its window."""

    sleutel: str
    naam: str
    venster: Venster
    minuten: int
    plekken: tuple[Plek, ...]
    in_vakantie: bool = False
    """May also be on a weekday of a holiday (K-167, K-168)."""
    dagdeel: Dagdeel = "beide"
    snel: bool = False
    """As soon as possible in the window (A-38); otherwise in the quietest week of who come."""
    na: tuple[str, ...] = ()
    """Keys of meetings that must be over before this one (A-39)."""


@dataclass(frozen=True)
class Afspraak:
    """A meeting with its moment, in local time of the school, and who come."""

    sleutel: str
    naam: str
    begin: datetime
    eind: datetime
    mensen: tuple[int, ...]
    in_de_les: bool = False


@dataclass(frozen=True)
class Beperkingen:
    """What the plan must respect. `bezet`: appointments that exist already, of these people, in local time."""

    jaar: Jaar
    mensen: Mapping[int, Mens]
    vanaf: date
    tijden: Mapping[int, tuple[Blok, ...]]
    """Weekday (1 = Monday) → when people can meet."""
    vakantie: Blok
    """When people can meet on a weekday without school."""
    bezet: tuple[Afspraak, ...] = ()
    per_dag: int = 3
    """So many meetings a day for one person, never more."""
    per_week: int = 5
    """So many a week, as long as that works out."""


@dataclass(frozen=True)
class Trap:
    """How far the planner goes to find a moment."""

    per_week: bool
    in_de_les: bool


RUIMST: Final = Trap(per_week=False, in_de_les=True)
TRAPPEN: Final = (Trap(per_week=True, in_de_les=False), Trap(per_week=False, in_de_les=False), RUIMST)


# -- the timetable -----------------------------------------------------------------------------------------------


@dataclass
class Rooster:
    """What stands, and what is put there now."""

    grens: Beperkingen
    nieuw: dict[str, Afspraak] = field(default_factory=dict)
    eind_van: dict[str, datetime] = field(default_factory=dict)
    opvolgers: dict[str, list[str]] = field(default_factory=dict)
    _dag: dict[tuple[int, date], list[Afspraak]] = field(default_factory=dict)
    _week: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    _totaal: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for afspraak in self.grens.bezet:
            self._boek(afspraak, 1)

    def zet(self, afspraak: Afspraak) -> None:
        """Put a new appointment in."""
        self.nieuw[afspraak.sleutel] = afspraak
        self._boek(afspraak, 1)

    def weg(self, afspraak: Afspraak) -> None:
        """Take one out again that was put in."""
        del self.nieuw[afspraak.sleutel]
        self._boek(afspraak, -1)

    def _boek(self, afspraak: Afspraak, keer: int) -> None:
        dag = afspraak.begin.date()
        jaar, week, _ = dag.isocalendar()
        if keer > 0:
            self.eind_van[afspraak.sleutel] = afspraak.eind
        else:
            self.eind_van.pop(afspraak.sleutel, None)
        for mens in afspraak.mensen:
            lijst = self._dag.setdefault((mens, dag), [])
            if keer > 0:
                lijst.append(afspraak)
            else:
                lijst.remove(afspraak)
            self._week[mens, jaar, week] += keer
            self._totaal[mens] += keer

    # -- moments -----------------------------------------------------------------------------------------------

    def beste(self, activiteit: Activiteit, trap: Trap) -> Afspraak | None:
        """The best moment in the window: quick, or in the quietest week; within a week on the quietest day."""
        nodig = {mens for plek in activiteit.plekken if plek.verplicht for mens in plek.mensen}

        def rang(afspraak: Afspraak) -> tuple[object, ...]:
            dag = afspraak.begin.date()
            wie = [mens for mens in afspraak.mensen if mens in nodig]
            druk = max((len(self._dag.get((mens, dag), ())) for mens in wie), default=0)
            jaar, week, _ = dag.isocalendar()
            vol = max((self._week[mens, jaar, week] for mens in wie), default=0)
            return ((jaar, week) if activiteit.snel else (vol,), druk, dag)

        return min(self.momenten(activiteit, trap), key=rang, default=None)

    def momenten(self, activiteit: Activiteit, trap: Trap, venster: Venster | None = None) -> Iterator[Afspraak]:
        """The first moment of every day in the window on which everybody can."""
        van, tot = self._tussen(activiteit, venster or activiteit.venster)
        for dag in dagen(van, tot):
            afspraak = self._op_dag(activiteit, dag, trap)
            if afspraak is not None:
                yield afspraak

    def _tussen(self, activiteit: Activiteit, venster: Venster) -> tuple[date, date]:
        van, tot = max(venster.van, self.grens.vanaf), venster.tot_en_met
        van = max([van, *(eind.date() for eind in self._eerder(activiteit))])
        later = [self.nieuw[sleutel] for sleutel in self.opvolgers.get(activiteit.sleutel, ()) if sleutel in self.nieuw]
        return van, min([tot, *(afspraak.begin.date() for afspraak in later)])

    def open_op(self, activiteit: Activiteit, dag: date) -> bool:
        """Whether such a meeting may be on this day at all."""
        return self.grens.jaar.is_schooldag(dag) or (activiteit.in_vakantie and self.grens.jaar.is_vakantiedag(dag))

    def blokken(self, activiteit: Activiteit, dag: date, trap: Trap) -> tuple[Blok, ...]:
        """The hours of this day in which it may be, after school first."""
        if not self.open_op(activiteit, dag):
            return ()
        if not self.grens.jaar.is_schooldag(dag):
            return (self.grens.vakantie,)
        alle = self.grens.tijden.get(dag.isoweekday(), ())
        na, les = [b for b in alle if not b.in_de_les], [b for b in alle if b.in_de_les]
        if activiteit.dagdeel == "in_de_les":
            return tuple(les)
        return (*na, *les) if trap.in_de_les and activiteit.dagdeel == "beide" else tuple(na)

    def _op_dag(self, activiteit: Activiteit, dag: date, trap: Trap) -> Afspraak | None:
        blokken = self.blokken(activiteit, dag, trap)
        if not blokken or not all(self._kan_een(plek, dag, trap) for plek in activiteit.plekken if plek.verplicht):
            return None
        duur = timedelta(minutes=activiteit.minuten)
        for blok in blokken:
            begin, sluit = datetime.combine(dag, blok.van), datetime.combine(dag, blok.tot)
            while begin + duur <= sluit:
                if self._past_tussen(activiteit, begin, begin + duur):
                    mensen = self._wie(activiteit.plekken, begin, begin + duur, trap)
                    if mensen is not None:
                        return Afspraak(
                            activiteit.sleutel, activiteit.naam, begin, begin + duur, mensen, in_de_les=blok.in_de_les
                        )
                begin += STAP
        return None

    def _past_tussen(self, activiteit: Activiteit, begin: datetime, eind: datetime) -> bool:
        later = self.opvolgers.get(activiteit.sleutel, ())
        return all(klaar <= begin for klaar in self._eerder(activiteit)) and all(
            eind <= self.nieuw[s].begin for s in later if s in self.nieuw
        )

    def _eerder(self, activiteit: Activiteit) -> list[datetime]:
        return [self.eind_van[sleutel] for sleutel in activiteit.na if sleutel in self.eind_van]

    # -- people ------------------------------------------------------------------------------------------------

    def _kan_een(self, plek: Plek, dag: date, trap: Trap) -> bool:
        kunnen = [self.kan_op(mens, dag, trap) for mens in plek.mensen]
        return all(kunnen) if plek.wie == "allen" else any(kunnen)

    def kan_op(self, mens: int, dag: date, trap: Trap) -> bool:
        """Whether this person works that day and has room for one more meeting."""
        if mens in self.grens.mensen and not self.grens.mensen[mens].werkt(dag):
            return False
        jaar, week, _ = dag.isocalendar()
        if trap.per_week and self._week[mens, jaar, week] >= self.grens.per_week:
            return False
        return len(self._dag.get((mens, dag), ())) < self.grens.per_dag

    def _wie(self, plekken: Iterable[Plek], begin: datetime, eind: datetime, trap: Trap) -> tuple[int, ...] | None:
        """Who come; None when a seat that must be taken stays empty. Who sits there already fills another seat too."""
        komen: list[int] = []
        for plek in sorted(plekken, key=lambda plek: not plek.verplicht):
            vrij = [mens for mens in plek.mensen if self._is_vrij(mens, begin, eind, trap)]
            if plek.wie == "allen" and len(vrij) < len(plek.mensen) and plek.verplicht:
                return None
            if plek.wie == "een":
                vrij = [m for m in vrij if m in komen][:1] or sorted(vrij, key=lambda m: self._rustig(m, begin))[:1]
            if not vrij and plek.verplicht:
                return None
            komen += [mens for mens in vrij if mens not in komen]
        return tuple(komen)

    def _rustig(self, mens: int, begin: datetime) -> tuple[int, int]:
        """Fewest meetings that day first, then fewest in all; who stands first in the seat at a tie."""
        return len(self._dag.get((mens, begin.date()), ())), self._totaal[mens]

    def _is_vrij(self, mens: int, begin: datetime, eind: datetime, trap: Trap) -> bool:
        return self.kan_op(mens, begin.date(), trap) and not self.botst(mens, begin, eind)

    def botst(self, mens: int, begin: datetime, eind: datetime) -> Afspraak | None:
        """What this person has at that moment, if anything."""
        staat = self._dag.get((mens, begin.date()), ())
        return next((a for a in staat if a.begin < eind and begin < a.eind), None)
