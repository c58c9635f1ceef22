"""Does a page ask the database as often for two rows as for thirty? The generated test of every list page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bouw.vragen import MAXIMUM, vergelijk, vragen


def gelijk_aantal_queries(
    client: Any, url: str, maak_rijen: Callable[[int], object], *, maximum: int = MAXIMUM
) -> None:
    """`maak_rijen(n)` sees to it that there are n rows on the page; at 2 and at 30 the page costs the same, at most
    `maximum` queries (session, user, school context and the line in the logbook not counted).
    """
    maak_rijen(2)
    client.get(url)  # the first look fills what a process keeps
    weinig = vragen(client, url)
    maak_rijen(30)
    vergelijk(weinig, vragen(client, url), maximum=maximum)
