"""Which school year a page asks for, kept within what makes sense."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

BLADEREN = 10
"""How many years back or ahead the calendar goes."""
VOORUIT = 2
"""How many school years ahead may be planned."""


def gevraagd_schooljaar(request: HttpRequest, vandaag: date) -> str:
    """«2026-2027» as asked in the address; empty (the running one) when it is nothing sensible."""
    naam = request.GET.get("schooljaar", "")
    begin, _, eind = naam.partition("-")
    if not (begin.isdecimal() and eind.isdecimal() and len(begin) == len(eind) == 4 and int(eind) == int(begin) + 1):
        return ""
    return naam if -BLADEREN <= int(begin) - vandaag.year <= VOORUIT else ""
