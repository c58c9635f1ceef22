"""Holidays as a preset for a school year: rows that the school then edits (domein 2.8). Pure, without a database.

Netherlands: the dates that the national government advises per region (autumn, spring, May) or prescribes (Christmas,
summer); a year that is not in the table is derived from the last known one and says so in its name. Flanders: by the
rules of the school calendar. Aruba: only public holidays, since no official table is known to us.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Soort = Literal["vakantie", "vrije_dag"]
Regio = Literal["noord", "midden", "zuid"]


@dataclass(frozen=True)
class Vrijvoorstel:
    """A proposed holiday, both days included. `geschat`: derived, so to be checked by the school."""

    naam: str
    soort: Soort
    van: date
    tot_en_met: date
    geschat: bool = False


# Year in which the school year begins → holiday → region → first and last day. The summer is the one that ends it.
_NL: Final[dict[int, dict[str, dict[str, tuple[str, str]]]]] = {
    2025: {
        "Herfstvakantie": {
            "noord": ("2025-10-18", "2025-10-26"),
            "midden": ("2025-10-18", "2025-10-26"),
            "zuid": ("2025-10-11", "2025-10-19"),
        },
        "Kerstvakantie": {"": ("2025-12-20", "2026-01-04")},
        "Voorjaarsvakantie": {
            "noord": ("2026-02-21", "2026-03-01"),
            "midden": ("2026-02-14", "2026-02-22"),
            "zuid": ("2026-02-14", "2026-02-22"),
        },
        "Meivakantie": {"": ("2026-04-25", "2026-05-03")},
        "Zomervakantie": {
            "noord": ("2026-07-04", "2026-08-16"),
            "midden": ("2026-07-18", "2026-08-30"),
            "zuid": ("2026-07-11", "2026-08-23"),
        },
    },
    2026: {
        "Herfstvakantie": {
            "noord": ("2026-10-10", "2026-10-18"),
            "midden": ("2026-10-17", "2026-10-25"),
            "zuid": ("2026-10-17", "2026-10-25"),
        },
        "Kerstvakantie": {"": ("2026-12-19", "2027-01-03")},
        "Voorjaarsvakantie": {
            "noord": ("2027-02-20", "2027-02-28"),
            "midden": ("2027-02-20", "2027-02-28"),
            "zuid": ("2027-02-13", "2027-02-21"),
        },
        "Meivakantie": {"": ("2027-04-24", "2027-05-02")},
        "Zomervakantie": {
            "noord": ("2027-07-10", "2027-08-22"),
            "midden": ("2027-07-17", "2027-08-29"),
            "zuid": ("2027-07-24", "2027-09-05"),
        },
    },
}
LANDCODE: Final = {"NL": "NL", "BE": "BE", "AW": "AW"}


def voorstel(land: str, regio: str, begin: date, eind: date) -> list[Vrijvoorstel]:
    """What a school year `[begin, eind)` probably looks like: school holidays and public holidays on other weekdays.

    Without a region a Dutch school gets only what is the same for all three.
    """
    vakanties: list[Vrijvoorstel] = []
    for jaar in range(begin.year - 1, eind.year + 1):
        vakanties += _vlaanderen(jaar) if land == "BE" else _nederland(jaar, regio) if land == "NL" else []
    rij = [v for v in vakanties if v.van < eind and v.tot_en_met >= begin]
    for dag, naam in feestdagen(land, begin, eind):
        if dag.weekday() < 5 and not any(v.van <= dag <= v.tot_en_met for v in rij if v.soort == "vakantie"):
            rij.append(Vrijvoorstel(naam, "vrije_dag", dag, dag))
    return sorted(rij, key=lambda v: (v.van, v.naam))


def feestdagen(land: str, begin: date, eind: date) -> list[tuple[date, str]]:
    """The public holidays in `[begin, eind)`, by their Dutch name."""
    import holidays

    jaren = range(begin.year, eind.year + 1)
    try:
        alle = holidays.country_holidays(LANDCODE[land], years=jaren, language="nl")
    except (KeyError, NotImplementedError):
        return []
    return [(dag, naam) for dag, naam in sorted(alle.items()) if begin <= dag < eind]


def _nederland(jaar: int, regio: str) -> list[Vrijvoorstel]:
    bron = jaar if jaar in _NL else max((j for j in _NL if j <= jaar), default=min(_NL))
    verschil = _weken_verder(bron, jaar)
    rij = []
    for naam, per_regio in _NL[bron].items():
        dagen = per_regio.get("") or per_regio.get(regio)
        if dagen is None:
            continue
        van, tot = (date.fromisoformat(dag) + verschil for dag in dagen)
        rij.append(Vrijvoorstel(naam, "vakantie", van, tot, geschat=bron != jaar))
    return rij


def _weken_verder(bron: int, jaar: int) -> timedelta:
    """From one year to another on the same weekday: the whole number of weeks nearest to the difference."""
    dagen = (date(jaar, 10, 15) - date(bron, 10, 15)).days
    return timedelta(weeks=round(dagen / 7))


def pasen(jaar: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    maand = (h - m + r + 90) // 25
    return date(jaar, maand, (h - m + r + maand + 19) % 32)


def _maandag(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


def _vlaanderen(jaar: int) -> list[Vrijvoorstel]:
    """The Flemish school calendar: autumn around 1 November, Christmas around the 25th, the rest by Easter."""
    allerheiligen, kerst, paas = date(jaar, 11, 1), date(jaar, 12, 25), pasen(jaar + 1)
    herfst = allerheiligen + timedelta(days=1) if allerheiligen.weekday() == 6 else _maandag(allerheiligen)
    winter = _maandag(kerst + timedelta(days=7 - kerst.weekday())) if kerst.weekday() >= 5 else _maandag(kerst)
    krokus = paas - timedelta(days=48)
    if paas.month == 3:
        lente = paas + timedelta(days=1)
    elif paas > date(jaar + 1, 4, 15):
        lente = paas - timedelta(days=13)
    else:
        lente = next(dag for n in range(7) if (dag := date(jaar + 1, 4, 1) + timedelta(days=n)).weekday() == 0)
    weken = [("Herfstvakantie", herfst, 1), ("Kerstvakantie", winter, 2), ("Krokusvakantie", krokus, 1)]
    rij = [
        Vrijvoorstel(naam, "vakantie", van, van + timedelta(days=7 * aantal - 1))
        for naam, van, aantal in [*weken, ("Paasvakantie", lente, 2)]
    ]
    return [*rij, Vrijvoorstel("Zomervakantie", "vakantie", date(jaar + 1, 7, 1), date(jaar + 1, 8, 31))]
