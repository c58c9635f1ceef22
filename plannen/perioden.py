"""Periods of group plans: from MM-DD in the profile to dates in a school year. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leerlingen.profiel.meten import Groepsplanperiode


@dataclass(frozen=True, slots=True)
class Periode:
    """A period in one school year; both days included."""

    code: str
    naam: str
    van: date
    tot_en_met: date


def _dag(maanddag: str, jaarbegin: date) -> date:
    """The day in the school year that starts on `jaarbegin`; 29 February becomes the 28th where there is none."""
    maand, dag = (int(deel) for deel in maanddag.split("-"))
    jaar = jaarbegin.year if (maand, dag) >= (jaarbegin.month, jaarbegin.day) else jaarbegin.year + 1
    return date(jaar, maand, min(dag, calendar.monthrange(jaar, maand)[1]))


def perioden(vormen: Sequence[Groepsplanperiode], begin: date, einde: date) -> list[Periode]:
    """The periods of the school year [begin, einde); the whole year when the profile has none.

    The school's own year wins: a period never starts before it or ends after it.
    """
    laatste = einde - timedelta(days=1)
    if not vormen:
        return [Periode("jaar", "het hele schooljaar", begin, laatste)]
    gevonden = []
    for vorm in vormen:
        van, tot = _dag(vorm.van, begin), _dag(vorm.tot_en_met, begin)
        if tot < van:  # «begin of the year» written as the day before it
            van = begin
        gevonden.append(Periode(vorm.code, vorm.naam, max(van, begin), min(tot, laatste)))
    return sorted(gevonden, key=lambda periode: periode.van)


def nu_of_straks(rij: Sequence[Periode], dag: date, aanloop: int = 28) -> Periode:
    """The period for which one makes a plan on this day: the running one, or the next when it starts within `aanloop`
    days (a plan is ready on the first day, M-98).
    """
    for periode in rij:
        if periode.van <= dag <= periode.tot_en_met:
            volgende = next((p for p in rij if p.van > periode.tot_en_met), None)
            return volgende if volgende and (volgende.van - dag).days <= aanloop else periode
    return next((periode for periode in rij if periode.van > dag), rij[-1])
