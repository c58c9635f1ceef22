"""What all parts of the demo school share: its calendar, its people, its pupils, and the clock of a day in the past."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leerlingen.models import Groep, Leerling, Persoon, Schooljaar
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School

WACHTWOORD = "zorgpad-demo"
SAAD = 20261125
JAREN_TERUG = 4
"""School years before this one of which the school knows placements and results."""


@dataclass
class Kind:
    """A pupil and what the demo knows of them: `nummer` within the group, `herhaald` so many years ago a year again."""

    groep: str
    nummer: int
    jaargroep: int
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    geslacht: str
    vanaf: date
    geboren: date
    herhaald: int = 0
    tot: date | None = None
    _leerling: Leerling | None = None

    @property
    def leerling(self) -> Leerling:
        """The row, once it is enrolled."""
        if self._leerling is None:
            raise RuntimeError("not enrolled yet")
        return self._leerling

    def inschrijven_als(self, leerling: Leerling) -> None:
        """From now on this is the row."""
        self._leerling = leerling

    def jaargroep_toen(self, terug: int) -> int:
        """The year group `terug` school years ago; below 1 the child was not at school yet."""
        return self.jaargroep - terug + (1 if self.herhaald and terug >= self.herhaald else 0)

    def groep_toen(self, terug: int) -> str:
        """The home group `terug` school years ago: groups move up together."""
        toen = self.jaargroep_toen(terug)
        if not terug or (toen <= 2 and self.groep.startswith("1/2")):
            return self.groep
        if toen <= 2:
            return "1/2b" if self.nummer % 2 else "1/2a"
        if self.herhaald and terug >= self.herhaald:
            return str(toen)
        if "/" in self.groep:
            laagste = int(self.groep[0]) - terug
            return f"{laagste}/{laagste + 1}" if laagste >= 3 else str(toen)
        return f"{toen}{self.groep[1:]}"


@dataclass
class Demo:
    """What was made, by name, for the steps that follow."""

    school: School
    nu: datetime
    jaren: list[Schooljaar]
    """This school year first, then the ones before it."""
    klein: bool = False
    personen: dict[str, Persoon] = field(default_factory=dict)
    groepen: dict[tuple[int, str], Groep] = field(default_factory=dict)
    """(school years ago, name) → group."""
    kinderen: list[Kind] = field(default_factory=list)

    @property
    def vandaag(self) -> date:
        return self.nu.astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.school.tijdzone)

    @property
    def begin(self) -> date:
        """First day of this school year."""
        eerste: date = self.jaren[0].periode.lower
        return eerste

    def kans(self, deel: str) -> random.Random:
        """Chance with a fixed seed of its own for each part, so that one part never shifts another."""
        return random.Random(f"{SAAD}:{deel}")  # noqa: S311  (a fixed seed is the point)

    def van_groep(self, groep: str) -> list[Kind]:
        """The pupils who sit in this home group now."""
        return [kind for kind in self.kinderen if kind.groep == groep and kind.tot is None]

    def kind(self, groep: str, nummer: int) -> Kind:
        """One pupil; in the small school the numbers go round."""
        rij = self.van_groep(groep)
        return rij[nummer % len(rij)]

    def account(self, code: str) -> Gebruiker:
        """The account of one of the fixed people."""
        gebruiker = self.personen[code].gebruiker
        if gebruiker is None:
            raise RuntimeError(f"{code} has no account")
        return gebruiker

    def geleden(self, dagen: int) -> date:
        """A school day about so many days ago, never before the first year on record."""
        eerste: date = self.jaren[-1].periode.lower
        return max(doordeweeks(self.vandaag - timedelta(days=dagen)), eerste)

    def moment(self, dag: date, uur: int = 10, minuut: int = 0) -> datetime:
        """A moment on a day where the school stands."""
        return datetime.combine(dag, time(uur, minuut), tzinfo=self.zone)

    @contextmanager
    def op(self, dag: date, uur: int = 10) -> Iterator[None]:
        """Act as if it were that day; never later than now."""
        with klok.stilgezet(min(self.moment(dag, uur), self.nu)):
            yield


def doordeweeks(dag: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return dag - timedelta(days=max(0, dag.isoweekday() - 5))
