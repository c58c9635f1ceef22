"""Recorded signals as facts, and joined with those that the rules find. Pure: no database.

A recorded signal looks like any other on the screens: category and source from the procedure, grey when a plan, a
meeting, the week planning or a talk with the parents answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from leerlingen.profiel import Profiel
from leerlingen.profiel.meten import HandmatigSignaal
from lvs.signalering import Plaats, Signaal

SOORT: Final = "signaal"
"""The kind of the piece of the dossier on which a recorded signal hangs."""
OPGEPAKT: Final[Mapping[str, str]] = {
    "plan": "in plan",
    "bespreking": "in bespreking",
    "week": "in de weekplanning",
    "ouders": "met de ouders besproken",
}
"""What the overview says of where a signal is answered."""


@dataclass(frozen=True, slots=True)
class Vastgelegd:
    """One recorded signal that was not closed: `waar` is where it is answered, empty while it is open."""

    id: int
    categorie: str
    bron: str
    datum: date
    vak: str = ""
    waar: str = ""
    toelichting: str = ""


def categorieen(profiel: Profiel) -> list[tuple[str, str]]:
    """What a person can record: code and name, in the order of the procedure (K-04..K-10, M-24, A-35)."""
    return [(s.code, s.naam) for s in profiel.signalering if isinstance(s, HandmatigSignaal) and not s.beeindigd]


def categorienaam(profiel: Profiel, code: str) -> str:
    """The school's name of a category; its code when the procedure does not know it."""
    return next((s.naam for s in profiel.signalering if s.code == code), code)


def als_signaal(feit: Vastgelegd, profiel: Profiel, plaatsen: Mapping[str, Plaats]) -> Signaal:
    """How a recorded signal stands on the overview.

    Known when somebody took it up, or when the pupil sits since that day in the arrangement that answers it (K-17).
    """
    regel: Any = next((s for s in profiel.signalering if s.code == feit.categorie), None)
    naam = categorienaam(profiel, feit.categorie)
    zin = naam if naam[:2].isupper() else naam[:1].lower() + naam[1:]
    if feit.bron == "ouders":
        zin += ", zeggen de ouders"
    arrangement = regel.arrangement if regel else ""
    gevolg = regel.gevolg if regel else "analyse"
    return Signaal(
        code=feit.categorie,
        naam=naam,
        vak=feit.vak,
        zin=zin,
        soort="kans" if arrangement == "talent" or gevolg == "hoogbegaafdheid" else "zorg",
        wat_nu=regel.wat_nu if regel else "",
        gevolg=gevolg,
        arrangement=arrangement,
        sinds=feit.datum,
        bekend=OPGEPAKT.get(feit.waar, "") or _in_plan(feit, arrangement, plaatsen),
        ernst=0,
        pk=feit.id,
        toelichting=feit.toelichting,
    )


def _in_plan(feit: Vastgelegd, arrangement: str, plaatsen: Mapping[str, Plaats]) -> str:
    plekken = [plaats for vak, plaats in plaatsen.items() if not feit.vak or vak == feit.vak]
    passend = any(plaats.arrangement == arrangement and plaats.sinds >= feit.datum for plaats in plekken)
    return OPGEPAKT["plan"] if arrangement and passend else ""


def samen(
    berekend: Iterable[Signaal], vastgelegd: Iterable[Vastgelegd], profiel: Profiel, plaatsen: Mapping[str, Plaats]
) -> list[Signaal]:
    """Recorded and computed signals of one pupil, new before known, concern before talent.

    A computed signal that a person took up since its result, for the same subject, is known by that.
    """
    gezien = list(vastgelegd)
    alle = [als_signaal(feit, profiel, plaatsen) for feit in gezien]
    alle += [_beantwoord(signaal, gezien) for signaal in berekend]
    return sorted(alle, key=lambda s: (bool(s.bekend), {"zorg": 0, "kans": 1, "weten": 2}[s.soort], s.ernst))


def _beantwoord(signaal: Signaal, gezien: Iterable[Vastgelegd]) -> Signaal:
    """The signal with what answers it; what stood behind it comes forward when that was not answered."""
    if signaal.bekend:
        return signaal
    beantwoord = [_een(deel, gezien) for deel in (replace(signaal, ook=()), *signaal.ook)]
    eerste = next((deel for deel in beantwoord if not deel.bekend and deel.soort != "weten"), beantwoord[0])
    return replace(eerste, ook=tuple(deel for deel in beantwoord if deel is not eerste))


def _een(signaal: Signaal, gezien: Iterable[Vastgelegd]) -> Signaal:
    for feit in gezien:
        zelfde = feit.categorie == signaal.code and feit.vak == signaal.vak
        if zelfde and feit.waar and (signaal.sinds is None or feit.datum >= signaal.sinds):
            return replace(signaal, bekend=OPGEPAKT[feit.waar])
    return signaal
