"""Counting what a page asks of the database (ontwerp: at most 15 a request, the same at 2 and at 30 rows)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# not counted: session, user, school context and the line in the logbook
VAST = re.compile(
    r'"django_session"|set_config|FROM "kern_gebruiker"|FROM "kern_school"'
    r'|INSERT INTO "logboek_logregel"|^SAVEPOINT|^RELEASE'
)
MAXIMUM = 15


def vragen(browser: Any, url: str) -> list[str]:
    """The queries of one GET, without the fixed ones. Fails unless the page answers 200."""
    with CaptureQueriesContext(
        connection,
    ) as gevangen:
        antwoord = browser.get(url)
        assert antwoord.status_code == 200, (url, antwoord.status_code)
        if antwoord.streaming:
            b"".join(antwoord.streaming_content)
    return [vraag["sql"] for vraag in gevangen.captured_queries if not VAST.search(vraag["sql"])]


def vergelijk(weinig: list[str], veel: list[str], *, maximum: int = MAXIMUM) -> None:
    """The same number of queries, at most `maximum`; prints what differs."""
    if len(weinig) != len(veel):
        eerst, later = (Counter(re.sub(r"\d+", "N", vraag)[:400] for vraag in rij) for rij in (weinig, veel))
        anders = {"weg": dict(eerst - later), "erbij": dict(later - eerst)}
        raise AssertionError(f"{len(weinig)} queries with few rows, {len(veel)} with many: {anders}")
    assert len(veel) <= maximum, "\n".join(vraag[:200] for vraag in veel)
