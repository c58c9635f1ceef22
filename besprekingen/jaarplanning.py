"""Planning meetings over a school year: pure, deterministic, without a clock or a database.

`plan` gives every meeting a moment within its window and within the hours in which the school meets: on school days
only unless the activity may be in a holiday, nobody in two places, part-timers on their own days, one ib'er of several
and one of a duo is enough, and no more meetings a day for one person than the school wants.

What must be over first is placed first, and of those what has the least room. What finds no room pushes one meeting of
this plan aside that has room elsewhere. What then still does not fit comes back as a clash, with the reason and the
moments that would do. Meetings that share nobody never influence each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from besprekingen.planuitleg import waarom_niet
from besprekingen.rooster import (
    RUIMST,
    TRAPPEN,
    Activiteit,
    Afspraak,
    Beperkingen,
    Blok,
    Mens,
    Plek,
    Rooster,
)
from besprekingen.schooljaar import Venster, dagen

__all__ = [
    "Activiteit",
    "Afspraak",
    "Beperkingen",
    "Blok",
    "Botsing",
    "Mens",
    "Plek",
    "Voorstel",
    "alternatieven",
    "plan",
]

ALTERNATIEVEN: Final = 3
ZOEKEN_NA: Final = 28
"""How many days past its window another moment is looked for."""
ZOEKEN_VOOR: Final = 14
SCHUIVEN: Final = (5, 30)
"""So many meetings are tried to move for one that finds no room: by one that moves itself, and by the first."""


@dataclass(frozen=True)
class Botsing:
    """A meeting for which no moment was found, why, and the nearest moments that would do."""

    sleutel: str
    naam: str
    zin: str
    past_wel: tuple[Afspraak, ...] = ()
    voorbij: bool = False
    """Its window is over: asked for earlier this year, before anybody planned."""


@dataclass(frozen=True)
class Voorstel:
    """The result: appointments in order of time, and what did not fit."""

    afspraken: tuple[Afspraak, ...]
    botsingen: tuple[Botsing, ...] = ()


def plan(activiteiten: Iterable[Activiteit], beperkingen: Beperkingen) -> Voorstel:
    """Give every meeting a moment; the same input always gives the same plan."""
    rooster = Rooster(beperkingen)
    alle = {activiteit.sleutel: activiteit for activiteit in activiteiten}
    for activiteit in alle.values():
        for eerder in activiteit.na:
            rooster.opvolgers.setdefault(eerder, []).append(activiteit.sleutel)
    over = [activiteit for activiteit in _op_volgorde(alle, rooster) if not _geplaatst(activiteit, rooster)]
    over = [activiteit for activiteit in over if not _schuif(activiteit, rooster, alle)]
    botsingen = tuple(
        Botsing(
            a.sleutel,
            a.naam,
            waarom_niet(a, rooster),
            alternatieven(a, beperkingen, rooster),
            voorbij=a.venster.tot_en_met < beperkingen.vanaf,
        )
        for a in over
    )
    return Voorstel(tuple(sorted(rooster.nieuw.values(), key=lambda a: (a.begin, a.sleutel))), botsingen)


def alternatieven(
    activiteit: Activiteit, beperkingen: Beperkingen, rooster: Rooster | None = None, aantal: int = ALTERNATIEVEN
) -> tuple[Afspraak, ...]:
    """Free moments in the window, then just after it, then just before it; at most so many."""
    rooster = rooster or Rooster(beperkingen)
    venster = activiteit.venster
    erna = Venster(venster.tot_en_met + timedelta(days=1), venster.tot_en_met + timedelta(days=ZOEKEN_NA))
    ervoor = Venster(venster.van - timedelta(days=ZOEKEN_VOOR), venster.van - timedelta(days=1))
    gevonden: list[Afspraak] = []
    for stuk in (venster, erna, ervoor):
        gevonden += islice(rooster.momenten(activiteit, RUIMST, stuk), aantal - len(gevonden))
    return tuple(gevonden)


# -- the order ---------------------------------------------------------------------------------------------------


def _op_volgorde(alle: Mapping[str, Activiteit], rooster: Rooster) -> list[Activiteit]:
    """Earliest end first (of itself or of what waits for it), then the least room, then by key."""
    uiterlijk = {activiteit.sleutel: activiteit.venster.tot_en_met for activiteit in alle.values()}
    diepte = {}
    for activiteit in alle.values():
        vooraf = _vooraf(activiteit, alle)
        diepte[activiteit.sleutel] = len(vooraf)
        for eerder in vooraf:
            uiterlijk[eerder] = min(uiterlijk[eerder], activiteit.venster.tot_en_met)
    return sorted(
        alle.values(),
        key=lambda a: (uiterlijk[a.sleutel], diepte[a.sleutel], _ruimte(a, rooster), a.venster.van, a.sleutel),
    )


def _vooraf(activiteit: Activiteit, alle: Mapping[str, Activiteit]) -> list[str]:
    """The keys of what must be over before it, nearest first."""
    keten: list[str] = []
    laag = [activiteit]
    while laag:
        nieuw = dict.fromkeys(s for a in laag for s in a.na if s in alle and s not in keten)
        keten += nieuw
        laag = [alle[sleutel] for sleutel in nieuw]
    return keten


def _ruimte(activiteit: Activiteit, rooster: Rooster) -> int:
    """On how many days it could be, if nothing stood yet."""
    venster = activiteit.venster
    return sum(
        bool(rooster.blokken(activiteit, dag, RUIMST))
        and all(
            any(rooster.kan_op(mens, dag, RUIMST) for mens in plek.mensen)
            for plek in activiteit.plekken
            if plek.verplicht
        )
        for dag in dagen(max(venster.van, rooster.grens.vanaf), venster.tot_en_met)
    )


# -- placing -----------------------------------------------------------------------------------------------------


def _geplaatst(activiteit: Activiteit, rooster: Rooster) -> bool:
    for trap in TRAPPEN:
        afspraak = rooster.beste(activiteit, trap)
        if afspraak is not None:
            rooster.zet(afspraak)
            return True
    return False


def _schuif(activiteit: Activiteit, rooster: Rooster, alle: Mapping[str, Activiteit], diepte: int = 1) -> bool:
    """Make room by moving one meeting of this plan, which may move another in turn; nothing changes when it fails."""
    mensen = {mens for plek in activiteit.plekken if plek.verplicht for mens in plek.mensen}
    venster = activiteit.venster
    in_de_weg = sorted(
        (
            afspraak
            for afspraak in rooster.nieuw.values()
            if venster.van <= afspraak.begin.date() <= venster.tot_en_met and mensen & set(afspraak.mensen)
        ),
        key=lambda a: (a.begin, a.sleutel),
    )
    for afspraak in in_de_weg[: SCHUIVEN[diepte]]:
        rooster.weg(afspraak)
        plaats = rooster.beste(activiteit, RUIMST)
        if plaats is not None:
            rooster.zet(plaats)
            wijkt = alle[afspraak.sleutel]
            if _geplaatst(wijkt, rooster) or (diepte > 0 and _schuif(wijkt, rooster, alle, diepte - 1)):
                return True
            rooster.weg(plaats)
        rooster.zet(afspraak)
    return False
