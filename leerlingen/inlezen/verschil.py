"""What a file changes against what the school has: added, changed, unchanged, missing, per kind. Pure.

Who is missing from a file is listed, never taken as gone: an export of one location names only its own children. What a
sparser export leaves empty wipes nothing; only when the file knows composite groups, roles or tasks at all, does having
none of them mean something. Their order never does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Generic, Protocol, TypeVar

from leerlingen.inlezen.edexml_vorm import Groeprij, Leerlingrij, Medewerkerrij

NIET_VERGELEKEN: Final = frozenset({"sleutel", "regel"})
ONBEKEND: Final = frozenset({("geslacht", "onbekend")})
"""Values that say as little as an empty one."""
GEEN: Final[Mapping[str, Collection[str]]] = MappingProxyType({})


class Rij(Protocol):
    """A row of one of the three kinds."""

    @property
    def sleutel(self) -> str: ...


R = TypeVar("R", bound=Rij)


class Stand(Protocol):
    """What the school has, or what a file says: an Edexbestand is one."""

    @property
    def groepen(self) -> Sequence[Groeprij]: ...
    @property
    def leerlingen(self) -> Sequence[Leerlingrij]: ...
    @property
    def medewerkers(self) -> Sequence[Medewerkerrij]: ...


@dataclass(frozen=True, slots=True)
class Veldwijziging:
    """One field that changes, with the values of the rows themselves."""

    veld: str
    oud: Any
    nieuw: Any


@dataclass(frozen=True, slots=True)
class Rijwijziging(Generic[R]):
    """A row that changes, and its fields that do, in the order of the row."""

    oud: R
    nieuw: R
    velden: tuple[Veldwijziging, ...]


@dataclass(frozen=True, slots=True)
class Soortverschil(Generic[R]):
    """The difference of one kind; each row stands in exactly one of the first three, what is missing in the fourth."""

    toegevoegd: tuple[R, ...] = ()
    gewijzigd: tuple[Rijwijziging[R], ...] = ()
    ongewijzigd: tuple[R, ...] = ()
    ontbrekend: tuple[R, ...] = ()


@dataclass(frozen=True, slots=True)
class Verschil:
    """The difference of a whole file."""

    groepen: Soortverschil[Groeprij]
    leerlingen: Soortverschil[Leerlingrij]
    medewerkers: Soortverschil[Medewerkerrij]

    @property
    def leeg(self) -> bool:
        """Nothing is added and nothing changes; somebody may still be missing."""
        soorten: tuple[Soortverschil[Any], ...] = (self.groepen, self.leerlingen, self.medewerkers)
        return not any(soort.toegevoegd or soort.gewijzigd for soort in soorten)


def vergelijk(
    bestaand: Stand, nieuw: Stand, *, op: date | None = None, genoemd: Mapping[str, Collection[str]] = GEEN
) -> Verschil:
    """What `nieuw` changes in `bestaand`, by key.

    On `op` (the day of the file) a pupil who has left is not missing; without it, anybody with a date of leaving has.
    `genoemd`: keys per kind that the file names, refused rows too (Edexbestand.genoemd): these are not missing either.
    """
    aanwezig = [rij for rij in bestaand.leerlingen if not _is_weg(rij, op)]
    return Verschil(
        groepen=_vergelijk(bestaand.groepen, nieuw.groepen, bestaand.groepen, genoemd.get("groepen", ())),
        leerlingen=_vergelijk(bestaand.leerlingen, nieuw.leerlingen, aanwezig, genoemd.get("leerlingen", ())),
        medewerkers=_vergelijk(
            bestaand.medewerkers, nieuw.medewerkers, bestaand.medewerkers, genoemd.get("medewerkers", ())
        ),
    )


def _is_weg(rij: Leerlingrij, op: date | None) -> bool:
    return rij.uitstroomdatum is not None and (op is None or rij.uitstroomdatum <= op)


def _vergelijk(
    bestaand: Sequence[R], nieuw: Sequence[R], verwacht: Iterable[R], ook_genoemd: Collection[str]
) -> Soortverschil[R]:
    bekend = {rij.sleutel: rij for rij in bestaand}
    gebruikt = _gebruikte_lijsten(nieuw)
    toegevoegd: list[R] = []
    gewijzigd: list[Rijwijziging[R]] = []
    ongewijzigd: list[R] = []
    for rij in nieuw:
        oud = bekend.get(rij.sleutel)
        if oud is None:
            toegevoegd.append(rij)
        elif velden := _velden(oud, rij, gebruikt):
            gewijzigd.append(Rijwijziging(oud, rij, velden))
        else:
            ongewijzigd.append(rij)
    genoemd = {rij.sleutel for rij in nieuw}.union(ook_genoemd)
    ontbrekend = tuple(rij for rij in verwacht if rij.sleutel not in genoemd)
    return Soortverschil(tuple(toegevoegd), tuple(gewijzigd), tuple(ongewijzigd), ontbrekend)


def _veldnamen(rij: Any) -> list[str]:
    return [veld.name for veld in fields(rij) if veld.name not in NIET_VERGELEKEN]


def _gebruikte_lijsten(rijen: Sequence[Any]) -> frozenset[str]:
    """The fields with many values (groups, roles) that this file fills in for anybody."""
    lijsten = [naam for naam in _veldnamen(rijen[0]) if isinstance(getattr(rijen[0], naam), tuple)] if rijen else []
    return frozenset(naam for naam in lijsten if any(getattr(rij, naam) for rij in rijen))


def _velden(oud: Any, nieuw: Any, gebruikt: frozenset[str]) -> tuple[Veldwijziging, ...]:
    verschillen = []
    for veld in _veldnamen(nieuw):
        was, wordt = getattr(oud, veld), getattr(nieuw, veld)
        if isinstance(wordt, tuple):
            anders = veld in gebruikt and set(was) != set(wordt)
        else:
            anders = wordt not in ("", None) and (veld, wordt) not in ONBEKEND and was != wordt
        if anders:
            verschillen.append(Veldwijziging(veld, was, wordt))
    return tuple(verschillen)
