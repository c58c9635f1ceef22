"""What all reports share: the kinds that `rapport_maken` can make, finding what a report is of, a fingerprint.

Each floor registers its own kinds when its app is ready.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from zorg.kern.fouten import DomeinFout

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MAXIMUM = 2**63 - 1
"""The highest key that PostgreSQL knows."""


class GeenObject(DomeinFout):
    """The number is of nothing, or of something of another kind: a wrong call."""


@dataclass(frozen=True)
class Rapportbestand:
    """A report made: the bytes of the PDF, and Dutch sentences about what is still missing in it."""

    pdf: bytes
    ontbreekt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rapportsoort:
    """A kind: `nummer_van` says of what the number is, after "het nummer van"; `maak` makes it from that number.

    `maak` runs with every school in the context. It raises GeenObject for a number of nothing or of another kind,
    DomeinFout when the report can't be made now.
    """

    code: str
    nummer_van: str
    maak: Callable[[int], Rapportbestand]


def object_van(rijen: Any, zin: str, **nummer: int) -> Any:
    """The row with this number (`pk=…`, `stuk=…`). Raises GeenObject with `zin` when it is of nothing."""
    gevonden = rijen.filter(**nummer).first() if all(0 < n <= MAXIMUM for n in nummer.values()) else None
    if gevonden is None:
        raise GeenObject(zin)
    return gevonden


def kenmerk(inhoud: DataclassInstance) -> str:
    """A fingerprint of a report: 16 hexadecimal digits in fours, the same for the same content, and only then."""
    tekst = json.dumps(asdict(inhoud), default=str, ensure_ascii=True, sort_keys=True)
    som = hashlib.sha256(tekst.encode()).hexdigest()
    return " ".join(som[n : n + 4] for n in range(0, 16, 4))


SOORTEN: dict[str, Rapportsoort] = {}


def registreer(soort: Rapportsoort) -> None:
    """Add a kind, or put another in place of one with the same code."""
    SOORTEN[soort.code] = soort
