"""Single values as schools write them: dates in two notations, e-mail addresses, telephone numbers. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from zorg.kern.datums import dag_uit

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]{4,20}|)(?:Z|[+-][0-9]{2}:[0-9]{2}|)")
_NEDERLANDS: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})(?: 0?0:00(?::00)?|)")
_EMAIL: Final = re.compile(
    r"(?=.{3,254}$)"
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_TELEFOON: Final = re.compile(r"\+?[0-9 ()./-]+")


def lees_iso_datum(tekst: str) -> date | None:
    """2026-01-28 (a time or time zone behind it is left off); None for what is no such date."""
    gevonden = _ISO.fullmatch(tekst.strip())
    return _dag(gevonden[1], gevonden[2], gevonden[3]) if gevonden else None


def lees_datum(tekst: str) -> date | None:
    """2026-01-28 or 28-01-2026, else None. No slashes: 3/4 is March in one country and April in another."""
    gevonden = _NEDERLANDS.fullmatch(tekst.strip())
    if gevonden:
        return _dag(gevonden[3], gevonden[2], gevonden[1])
    return lees_iso_datum(tekst)


def _dag(jaar: str, maand: str, dag: str) -> date | None:
    return dag_uit(f"{jaar}-{maand:0>2}-{dag:0>2}")


def lees_email(tekst: str) -> str | None:
    """The address in lower case; None when it is none (a name beside it, two addresses, no domain)."""
    adres = tekst.strip().lower().removeprefix("mailto:")
    lokaal = adres.partition("@")[0]
    return adres if _EMAIL.fullmatch(adres) and len(lokaal) <= 64 else None


def lees_telefoon(tekst: str) -> str | None:
    """One number as written, with single spaces; None when it has letters or not 6 to 15 digits."""
    nummer = " ".join(tekst.split())
    cijfers = sum(teken.isdigit() for teken in nummer)
    return nummer if _TELEFOON.fullmatch(nummer) and 6 <= cijfers <= 15 and len(nummer) <= 30 else None
