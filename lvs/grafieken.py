"""The growth chart of one subject, wide and for a phone: from results to the geometry of zorg.kern.grafiek."""

from __future__ import annotations

from dataclasses import dataclass

from lvs.groei import Vakbeeld
from zorg.kern.grafiek import Grafiek, Meting, groeigrafiek

MEESTE_PUNTEN = 12
"""More moments than this do not fit legibly; the table beside the chart has them all."""


@dataclass(frozen=True)
class Groeilijn:
    """The same chart twice: a phone gets its own drawing."""

    breed: Grafiek
    smal: Grafiek


def groeilijn(naam: str, beeld: Vakbeeld) -> Groeilijn | None:
    """The chart of the leading test of a subject, or None with fewer than two skill scores."""
    punten = [
        Meting(meting.moment, meting.vaardigheidsscore)
        for meting in beeld.reeks
        if meting.vaardigheidsscore is not None
    ][-MEESTE_PUNTEN:]
    if len(punten) < 2:
        return None
    breed = groeigrafiek(naam, punten)
    smal = groeigrafiek(naam, punten[-6:], breed=340, hoog=220)
    return Groeilijn(breed, smal) if breed and smal else None
