"""How much a pupil's next step presses: what the care board sorts by. Pure, over the answer of `volgende_stap`."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from leerlingen.zorgroute.oordeel import Uitkomst
from leerlingen.zorgroute.volgende import Volgende

Stand = Literal["laat", "ontbreekt", "plannen", "besluiten", "op_koers", "klaar"]

STANDEN: Final[Sequence[Stand]] = ("laat", "ontbreekt", "plannen", "besluiten", "op_koers", "klaar")
"""Worst first."""


def stand(volgende: Volgende) -> Stand:
    """laat: the last day has passed · ontbreekt: something must be done before the next step can be taken · plannen:
    nothing stands in the way of the meeting that is next, but it has no day · besluiten: the step can be taken,
    somebody must decide · op_koers: it has a day · klaar: nothing is left.
    """
    if volgende.dagen_te_laat:
        return "laat"
    if volgende.soort == "klaar":
        return "klaar"
    if volgende.soort == "besluiten":
        return "besluiten"
    if ontbreekt_nu(volgende):
        return "ontbreekt"
    return "plannen" if volgende.soort == "bespreken" and volgende.gepland is None else "op_koers"


def ontbreekt_nu(volgende: Volgende) -> tuple[Uitkomst, ...]:
    """What is missing now, hard conditions first. While a goal waits for its evaluation that is not what the step after
    it will ask: who evaluates in time misses nothing.
    """
    if volgende.soort == "evalueren":
        return ()
    return tuple(sorted(volgende.ontbreekt, key=lambda uitkomst: uitkomst.soort != "hard"))


def urgentie(volgende: Volgende, trede: int) -> tuple[int, date, int]:
    """A key to sort by: worst first, then the nearest last day (none comes last), then the highest level. `trede` is
    the step of the ladder on which the pupil stands, 1 being the lowest.
    """
    return STANDEN.index(stand(volgende)), volgende.voor or date.max, -trede
