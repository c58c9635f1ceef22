"""Terms in calendar days, weeks or months that show the holidays they cross, and dates in plain Dutch. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from leerlingen.zorgfeiten import Vakantie

_MAANDEN: Final = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_DAGEN: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True)
class Uiterste:
    """The last day on which something may happen, and the holidays that take time away before it (K-120, A-43)."""

    datum: date
    vakanties: tuple[Vakantie, ...]
    vakantiedagen: int
    """Calendar days of the term that fall in a holiday, first day not counted, last day counted."""

    @property
    def in_vakantie(self) -> Vakantie | None:
        """The holiday in which the last day itself falls, if any."""
        for vakantie in self.vakanties:
            if vakantie.van <= self.datum <= vakantie.tot_en_met:
                return vakantie
        return None

    def zin(self, vandaag: date) -> str:
        """ "uiterlijk vrijdag 5 februari; kerstvakantie (19 december t/m 3 januari) valt ertussen"."""
        tekst = f"uiterlijk {dagnaam(self.datum)} {datumtekst(self.datum, vandaag)}"
        if self.vakanties:
            namen = [
                f"{v.naam} ({datumtekst(v.van, vandaag)} t/m {datumtekst(v.tot_en_met, vandaag)})"
                for v in self.vakanties
            ]
            tekst += f"; {opsomming(namen)} {'valt' if len(namen) == 1 else 'vallen'} ertussen"
        return tekst


def binnen(
    datum: date, aantal: int, eenheid: Literal["dagen", "weken", "maanden"], vakanties: Iterable[Vakantie] = ()
) -> Uiterste:
    """The last day of a term that starts on `datum`. Calendar time: holidays are shown, not skipped (domein §2.8).

    A month ends on the same day of the month, or on the last day of a shorter month.
    """
    if eenheid == "maanden":
        maanden = datum.month - 1 + aantal
        jaar, maand = datum.year + maanden // 12, maanden % 12 + 1
        laatste = date(jaar, maand, min(datum.day, calendar.monthrange(jaar, maand)[1]))
    else:
        laatste = datum + timedelta(days=aantal * (7 if eenheid == "weken" else 1))
    return met_vakanties(datum, laatste, vakanties)


def met_vakanties(begin: date, laatste: date, vakanties: Iterable[Vakantie] = ()) -> Uiterste:
    """The term from `begin` to the agreed last day, with the holidays that it crosses."""
    geraakt: list[Vakantie] = []
    dagen: set[date] = set()
    for vakantie in sorted(vakanties, key=lambda v: (v.van, v.tot_en_met)):
        eerste = max(vakantie.van, begin + timedelta(days=1))
        einde = min(vakantie.tot_en_met, laatste)
        if eerste <= einde:
            geraakt.append(vakantie)
            dagen.update(eerste + timedelta(days=n) for n in range((einde - eerste).days + 1))
    return Uiterste(datum=laatste, vakanties=tuple(geraakt), vakantiedagen=len(dagen))


def binnen_weken(datum: date, weken: int, vakanties: Iterable[Vakantie] = ()) -> Uiterste:
    """The last day within so many weeks after `datum`, with the holidays in between."""
    return binnen(datum, weken, "weken", vakanties)


def dagnaam(datum: date) -> str:
    """ "zondag"."""
    return _DAGEN[datum.weekday()]


def datumtekst(datum: date, vandaag: date) -> str:
    """ "4 december", with the year when that could be misunderstood."""
    tekst = f"{datum.day} {_MAANDEN[datum.month - 1]}"
    return tekst if abs((datum - vandaag).days) < 300 else f"{tekst} {datum.year}"


def opsomming(delen: Iterable[str], woord: str = "en") -> str:
    """ "a", "a en b", "a, b en c"; with another `woord` than "en": "a, b of c"."""
    rij = list(delen)
    if len(rij) < 2:
        return "".join(rij)
    return f"{', '.join(rij[:-1])} {woord} {rij[-1]}"
