"""Planning meetings over a school year: pure, deterministic, without a clock or a database.

`plan` gives every meeting a moment within its window: on school days only unless the activity may be in a holiday,
nobody in two places, part-timers on their own days, one of a duo is enough, and no more meetings a week for one person
than asked, as long as that works out.

Meetings that end first are placed first, on the first day that suits everybody: for one busy person (the ib'er) and
meetings of one length that is the order that loses none. What does not fit comes back as a clash with the moments that
would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from besprekingen.schooljaar import WERKWEEK, Jaar, Venster, dagen
from leerlingen.termijn import datumtekst, opsomming

BEGINTIJDEN: Final = (time(15, 15),)
"""After school (K-132: «na schooltijd»)."""
PER_WEEK: Final = 3
ALTERNATIEVEN: Final = 3
ZOEKEN_NA: Final = 28
"""How many days past its window another moment is looked for."""


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
    """A seat that must be taken: by all of these people, or (`een_volstaat`) by one of a duo."""

    mensen: tuple[int, ...]
    een_volstaat: bool = False


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


@dataclass(frozen=True)
class Afspraak:
    """A meeting with its moment, in local time of the school, and who come."""

    sleutel: str
    naam: str
    begin: datetime
    eind: datetime
    mensen: tuple[int, ...]


@dataclass(frozen=True)
class Botsing:
    """A meeting for which no moment was found, why, and the nearest moments that would do."""

    sleutel: str
    naam: str
    zin: str
    past_wel: tuple[Afspraak, ...] = ()


@dataclass(frozen=True)
class Beperkingen:
    """What the plan must respect. `bezet`: appointments that exist already, of these people, in local time."""

    jaar: Jaar
    mensen: Mapping[int, Mens]
    vanaf: date
    bezet: tuple[Afspraak, ...] = ()
    tijden: tuple[time, ...] = BEGINTIJDEN
    per_week: int = PER_WEEK


@dataclass(frozen=True)
class Voorstel:
    """The result: appointments in order of time, and what did not fit."""

    afspraken: tuple[Afspraak, ...]
    botsingen: tuple[Botsing, ...] = ()


# -- the plan ----------------------------------------------------------------------------------------------------


def plan(activiteiten: Iterable[Activiteit], beperkingen: Beperkingen) -> Voorstel:
    """Give every meeting a moment; the same input always gives the same plan.

    First with the limit per week, then without it for what is left over.
    """
    rooster = _Rooster(beperkingen)
    wachtend = sorted(activiteiten, key=lambda a: (a.venster.tot_en_met, a.venster.van, a.sleutel))
    for per_week in (beperkingen.per_week, None):
        over = []
        for activiteit in wachtend:
            afspraak = next(rooster.momenten(activiteit, per_week), None)
            if afspraak is None:
                over.append(activiteit)
            else:
                rooster.zet(afspraak)
        wachtend = over
    botsingen = tuple(_botsing(activiteit, rooster) for activiteit in wachtend)
    return Voorstel(tuple(sorted(rooster.nieuw, key=lambda a: (a.begin, a.sleutel))), botsingen)


@dataclass
class _Rooster:
    beperkingen: Beperkingen
    nieuw: list[Afspraak] = field(default_factory=list)
    _bezet: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    _weken: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for afspraak in self.beperkingen.bezet:
            self._boek(afspraak)

    def zet(self, afspraak: Afspraak) -> None:
        self.nieuw.append(afspraak)
        self._boek(afspraak)

    def _boek(self, afspraak: Afspraak) -> None:
        jaar, week, _ = afspraak.begin.isocalendar()
        for mens in afspraak.mensen:
            self._bezet.setdefault(mens, []).append((afspraak.begin, afspraak.eind))
            self._weken[mens, jaar, week] = self._weken.get((mens, jaar, week), 0) + 1

    def momenten(
        self, activiteit: Activiteit, per_week: int | None, venster: Venster | None = None
    ) -> Iterator[Afspraak]:
        """The moments within the window that suit everybody, first one first."""
        venster = venster or activiteit.venster
        for dag in dagen(max(venster.van, self.beperkingen.vanaf), venster.tot_en_met):
            if not self.kan_op(activiteit, dag):
                continue
            for tijd in self.beperkingen.tijden:
                begin = datetime.combine(dag, tijd)  # local time: the caller adds the zone
                eind = begin + timedelta(minutes=activiteit.minuten)
                mensen = self._wie(activiteit, begin, eind, per_week)
                if mensen is not None:
                    yield Afspraak(activiteit.sleutel, activiteit.naam, begin, eind, mensen)

    def kan_op(self, activiteit: Activiteit, dag: date) -> bool:
        jaar = self.beperkingen.jaar
        if jaar.is_schooldag(dag):
            return True
        return activiteit.in_vakantie and dag.isoweekday() in WERKWEEK and jaar.begin <= dag < jaar.eind

    def _wie(
        self, activiteit: Activiteit, begin: datetime, eind: datetime, per_week: int | None
    ) -> tuple[int, ...] | None:
        komen: list[int] = []
        for plek in activiteit.plekken:
            vrij = [mens for mens in plek.mensen if self._kan_dan(mens, begin, eind, per_week)]
            if not vrij or (len(vrij) < len(plek.mensen) and not plek.een_volstaat):
                return None
            komen += [mens for mens in vrij if mens not in komen]
        return tuple(komen)

    def _kan_dan(self, mens: int, begin: datetime, eind: datetime, per_week: int | None) -> bool:
        if mens in self.beperkingen.mensen and not self.beperkingen.mensen[mens].werkt(begin.date()):
            return False
        jaar, week, _ = begin.isocalendar()
        if per_week is not None and self._weken.get((mens, jaar, week), 0) >= per_week:
            return False
        return not any(van < eind and begin < tot for van, tot in self._bezet.get(mens, ()))


def _botsing(activiteit: Activiteit, rooster: _Rooster) -> Botsing:
    venster = activiteit.venster
    if not all(plek.mensen for plek in activiteit.plekken) or not activiteit.plekken:
        return Botsing(activiteit.sleutel, activiteit.naam, f"{activiteit.naam}: er is niemand om te vragen.")
    ruim = Venster(venster.tot_en_met + timedelta(days=1), venster.tot_en_met + timedelta(days=ZOEKEN_NA))
    past_wel = []
    for moment in rooster.momenten(activiteit, None, ruim):
        past_wel.append(moment)
        if len(past_wel) == ALTERNATIEVEN:
            break
    return Botsing(activiteit.sleutel, activiteit.naam, _waarom(activiteit, rooster), tuple(past_wel))


def _waarom(activiteit: Activiteit, rooster: _Rooster) -> str:
    """In one sentence: the window is over, has no school days, or who can't on any of them."""
    venster, grens = activiteit.venster, rooster.beperkingen
    tussen = f"tussen {datumtekst(venster.van, venster.van)} en {datumtekst(venster.tot_en_met, venster.van)}"
    if venster.tot_en_met < grens.vanaf:
        return f"{activiteit.naam} hoorde {tussen}; dat is voorbij."
    open_ = [d for d in dagen(max(venster.van, grens.vanaf), venster.tot_en_met) if rooster.kan_op(activiteit, d)]
    if not open_:
        return f"{activiteit.naam} hoort {tussen}; daar is geen schooldag meer."
    nooit = [
        grens.mensen[mens].naam
        for plek in activiteit.plekken
        for mens in plek.mensen
        if not plek.een_volstaat and mens in grens.mensen and not any(grens.mensen[mens].werkt(dag) for dag in open_)
    ]
    if nooit:
        return f"{activiteit.naam} past niet {tussen}: {opsomming(nooit)} werkt dan niet."
    return f"{activiteit.naam} past niet {tussen}: op elke schooldag heeft iemand al iets of werkt iemand niet."
