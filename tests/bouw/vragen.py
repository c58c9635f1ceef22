"""Counting what a page asks of the database (ontwerp: at most 15 a request, the same at 2 and at 30 rows)."""

from __future__ import annotations

import re
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
        vormen = [re.sub(r"\d+", "N", vraag)[:160] for vraag in veel]
        herhaald = {vorm: vormen.count(vorm) for vorm in set(vormen) if vormen.count(vorm) > 1}
        raise AssertionError(f"{len(weinig)} queries with few rows, {len(veel)} with many: {herhaald}")
    assert len(veel) <= maximum, "\n".join(vraag[:200] for vraag in veel)
