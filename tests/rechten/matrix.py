"""Every address × every role, with the status expected (ontwerp §4.1).

A new address is one line in tests/rechten/rijen/<app>.py:

    kijk("leerlingen:dossier", ZIET_BRAM, leerling_id="bram")
    doe("leerlingen:publiceren", SCHRIJFT_BRAM, ziet=ZIET_BRAM, stuk_id="notitie")

Arguments of the address are names of the cast (tests/bouw): `leerling_id="bram"` is the key of Bram,
`plan_id="extra.groepsplan"` what a floor added, a number is itself. Who is in `mag` gets `status`; who only `ziet` it
gets 403; everyone else who is signed in gets `anders` (404); who is not signed in goes to the login page. What differs
stands at the end: `kijk(…, anders=200, dirk=302)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLLEN: dict[str, str] = {
    "anna": "leerkracht van de eigen groep",
    "duo": "duopartner in de eigen groep",
    "vervanger": "vervanger in de groep",
    "bas": "leerkracht van een andere groep",
    "carla": "intern begeleider",
    "dora": "directeur",
    "specialist": "specialist rekenen",
    "rt": "remedial teacher van deze leerling",
    "assistent": "assistent van deze leerling",
    "beheerder": "beheerder",
    "extern": "extern met geldige toegang tot één stuk",
    "extern_oud": "extern met verlopen toegang",
    "vertrokken": "oud-medewerker",
    "dirk": "ouder met gezag",
    "ouder_ander": "ouder van een ander kind",
    "ouder_zonder_gezag": "ouder zonder gezag",
    "ouder_onbekend": "ouder, gezag onbekend",
    "leerkracht_anders": "leerkracht van een andere school",
    "ib_anders": "intern begeleider van een andere school",
    "anoniem": "niet ingelogd",
}
INGELOGD = frozenset(ROLLEN) - {"anoniem"}
ZIET_BRAM = frozenset({"anna", "duo", "vervanger", "carla", "dora", "specialist", "rt", "assistent"})
SCHRIJFT_BRAM = ZIET_BRAM - {"specialist", "assistent"}
NEEMT_MEE = frozenset({"anna", "duo", "carla", "dora"})
"""May export: not the substitute, nor who works with one pupil."""
VERLEENT = frozenset({"carla", "dora"})
ZIET_STUK = ZIET_BRAM - {"specialist"}
"""An ordinary piece of Bram without a subject."""
ZIET_6A = frozenset({"anna", "duo", "vervanger", "carla", "dora", "specialist"})
SCHRIJFT_6A = ZIET_6A - {"specialist"}
STAF = frozenset({"anna", "duo", "vervanger", "bas", "carla", "dora", "specialist", "rt", "assistent"})
BEHEERT = frozenset({"beheerder", "dora"})
ELDERS = frozenset({"leerkracht_anders", "ib_anders"})
OUDERS = frozenset({"dirk", "ouder_ander", "ouder_zonder_gezag", "ouder_onbekend"})
ZONDER_SCHOOL = frozenset({"vertrokken"})
"""Signed in, but no door of any school is open."""
NIEMAND: frozenset[str] = frozenset()

Status = int | tuple[int, ...]


@dataclass(frozen=True)
class Rij:
    """One address, one method, and what everyone gets."""

    naam: str
    methode: str
    argumenten: Mapping[str, str | int]
    verwacht: Mapping[str, Status]
    zoek: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def titel(self) -> str:
        """For the name of the test."""
        return f"{self.methode} {self.naam}{self.zoek}"

    @property
    def zwaar(self) -> bool:
        """Whether it takes its time: a whole page drawn for more than one role, or an act carried out for some."""
        paginas = sum(verwacht in (200, 422) for verwacht in self.verwacht.values())
        daden = sum(verwacht == 302 for wie, verwacht in self.verwacht.items() if wie != "anoniem")
        return paginas > 1 or daden > 2


RIJEN: list[Rij] = []
BUITEN_BEELD: dict[str, str] = {}
"""Addresses that cannot stand in the matrix, with why; the walker accepts only these."""


def _verwacht(
    mag: Iterable[str],
    ziet: Iterable[str],
    status: Status,
    anders: Status,
    anoniem: Status,
    afwijkend: Mapping[str, Status],
) -> dict[str, Status]:
    onbekend = ({*mag, *ziet, *afwijkend} | set()) - set(ROLLEN)
    if onbekend:
        raise KeyError(f"unknown roles: {sorted(onbekend)}")
    uit: dict[str, Status] = dict.fromkeys(INGELOGD, anders) | {"anoniem": anoniem}
    uit |= dict.fromkeys(ziet, 403)
    uit |= dict.fromkeys(mag, status)
    return uit | dict(afwijkend)


def kijk(
    naam: str,
    mag: Iterable[str],
    *,
    ziet: Iterable[str] = NIEMAND,
    status: Status = 200,
    anders: Status = 404,
    anoniem: Status = 302,
    zoek: str = "",
    _afwijkend: Mapping[str, Status] | None = None,
    **argumenten: Any,
) -> None:
    """A page that is looked at. A keyword that names a role is its status; others are arguments of the address."""
    rollen = {k: v for k, v in argumenten.items() if k in ROLLEN} | dict(_afwijkend or {})
    rest = {k: v for k, v in argumenten.items() if k not in ROLLEN}
    verwacht = _verwacht(set(mag), set(ziet), status, anders, anoniem, rollen)
    RIJEN.append(Rij(naam, "GET", rest, verwacht, zoek=zoek))


def doe(
    naam: str,
    mag: Iterable[str],
    *,
    ziet: Iterable[str] = NIEMAND,
    status: Status = 302,
    anders: Status = 404,
    anoniem: Status = 302,
    data: Mapping[str, Any] | None = None,
    ook_kijken: bool = False,
    **argumenten: Any,
) -> None:
    """An act. Without `ook_kijken` looking at the address (GET) is 405 for who is signed in: the method comes first.

    `status` is what the allowed get for `data`: 302 when it is done, 422 when the form is refused, 409 for a rule.
    """
    rollen = {k: v for k, v in argumenten.items() if k in ROLLEN}
    rest = {k: v for k, v in argumenten.items() if k not in ROLLEN}
    verwacht = _verwacht(set(mag), set(ziet), status, anders, anoniem, rollen)
    RIJEN.append(Rij(naam, "POST", rest, verwacht, data=data or {}))
    if not ook_kijken:
        RIJEN.append(Rij(naam, "GET", rest, {"carla": 405, "ouder_onbekend": 405, "anoniem": 302}))


def buiten_beeld(naam: str, waarom: str) -> None:
    """This address cannot be asked for in the matrix."""
    BUITEN_BEELD[naam] = waarom
