"""What floors above `leerlingen` add to the fixed cast: one function each, run inside school A's context.

Add yours to the list: it gets the cast, makes its rows through its own services, and puts what tests need into
`bezetting.extra`. Keep it small: every process builds it once.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.bouw.personen import Bezetting

AANVULLERS: list[Callable[[Bezetting], None]] = []
