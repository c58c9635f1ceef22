"""The appointment as iCalendar (RFC 5545, RFC 5546), without anything about a pupil. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

REGEL = 75
"""Octets in a line before it is folded."""


@dataclass(frozen=True)
class Afspraak:
    """One appointment. `nummer` counts up at each change, so that calendars replace the earlier one."""

    uid: str
    naam: str
    begin: datetime
    eind: datetime
    gemaakt: datetime
    nummer: int = 0
    plaats: str = ""
    link: str = ""
    afgezegd: bool = False


def uitnodiging(afspraak: Afspraak, *, aan: str, van: str) -> str:
    """The part of a mail that a calendar understands: an invitation, or the end of one."""
    methode: Literal["CANCEL", "REQUEST"] = "CANCEL" if afspraak.afgezegd else "REQUEST"
    gasten = [f"ORGANIZER:mailto:{van}", f"ATTENDEE;RSVP=FALSE:mailto:{aan}"]
    return _kalender([*_vevent(afspraak, gasten)], methode=methode)


def abonnement(afspraken: Iterable[Afspraak], *, naam: str) -> str:
    """A whole calendar to subscribe to."""
    regels = [f"X-WR-CALNAME:{_tekst(naam)}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"]
    for afspraak in afspraken:
        regels += _vevent(afspraak, [])
    return _kalender(regels, methode="PUBLISH")


def _kalender(regels: list[str], *, methode: str) -> str:
    alles = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zorgpad//NL", f"METHOD:{methode}", *regels, "END:VCALENDAR"]
    return "".join(f"{_gevouwen(regel)}\r\n" for regel in alles)


def _vevent(afspraak: Afspraak, gasten: list[str]) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{afspraak.uid}",
        f"SEQUENCE:{afspraak.nummer}",
        f"DTSTAMP:{_moment(afspraak.gemaakt)}",
        f"DTSTART:{_moment(afspraak.begin)}",
        f"DTEND:{_moment(afspraak.eind)}",
        f"SUMMARY:{_tekst(afspraak.naam)}",
        f"STATUS:{'CANCELLED' if afspraak.afgezegd else 'CONFIRMED'}",
        *([f"LOCATION:{_tekst(afspraak.plaats)}"] if afspraak.plaats else []),
        *([f"URL:{afspraak.link}"] if afspraak.link else []),
        *gasten,
        "END:VEVENT",
    ]


def _moment(tijd: datetime) -> str:
    return tijd.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _tekst(tekst: str) -> str:
    zonder = "".join(teken for teken in tekst if teken.isprintable() or teken == "\n")
    return zonder.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _gevouwen(regel: str) -> str:
    """Folded to lines of at most 75 octets, never inside a character; a fold is a line that begins with a space."""
    delen, huidig = [], ""
    for teken in regel:
        if len((huidig + teken).encode()) > REGEL:
            delen.append(huidig)
            huidig = " "
        huidig += teken
    return "\r\n".join([*delen, huidig])
