"""The only clock. Rules, access and deadlines ask here and nowhere else (ontwerp §6).

In test and demo mode ZORGPAD_NU (a date or an ISO moment) shifts the time of web, worker and beat
alike: the clock then runs on from that moment, counted from ZORGPAD_NU_ANKER (epoch seconds, set by
bin/start) so that all processes agree.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_stil: ContextVar[datetime | None] = ContextVar("stilgezette_klok", default=None)


class MetTijdzone(Protocol):
    """Anything with the name of a time zone: a school."""

    tijdzone: str


def lees_moment(tekst: str) -> datetime:
    """Turn '2026-08-12' (noon) or '2026-08-12T09:00' into an aware moment, Amsterdam time unless it says so.

    Raises ImproperlyConfigured when it is neither.
    """
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        raise ImproperlyConfigured(f"ZORGPAD_NU is geen datum of moment: {tekst!r}.") from None
    if len(tekst) == len("2026-08-12"):
        moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


_anker = float(os.environ.get("ZORGPAD_NU_ANKER") or time.time())
_verschuiving = (
    lees_moment(settings.ZORGPAD_NU).timestamp() - _anker
    if getattr(settings, "ZORGPAD_NU", "") and settings.MODUS != "productie"
    else 0.0
)


def nu() -> datetime:
    """The present moment, aware, in UTC."""
    return _stil.get() or datetime.fromtimestamp(time.time() + _verschuiving, tz=UTC)


def vandaag(plaats: MetTijdzone) -> date:
    """Today where the school stands: Aruba is still yesterday when Amsterdam starts its day."""
    return nu().astimezone(ZoneInfo(plaats.tijdzone)).date()


def morgen(plaats: MetTijdzone) -> date:
    """The day after today, where the school stands."""
    return vandaag(plaats) + timedelta(days=1)


@contextmanager
def stilgezet(moment: datetime) -> Iterator[None]:
    """Hold the clock of this thread at `moment`. For demo data and tests only; refused in production."""
    if settings.MODUS == "productie":
        raise ImproperlyConfigured("De klok stilzetten kan alleen in test en demo.")
    oud = _stil.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stil.reset(oud)


@contextmanager
def plaatshouder(moment: datetime) -> Iterator[None]:
    """Let `nu()` give this stand-in while a rule is written down as SQL; no time of anything comes from it."""
    oud = _stil.set(moment)
    try:
        yield
    finally:
        _stil.reset(oud)
