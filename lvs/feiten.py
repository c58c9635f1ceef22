"""From rows to facts: what the pure modules of this floor judge.

What a plan says about a pupil stands one floor higher; that floor registers here how to find it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from leerlingen.models import Document
from leerlingen.profiel import Profiel
from lvs.groei import Meting
from lvs.models import Resultaat
from lvs.signalering import Plaats

Plaatsen = Mapping[int, Mapping[str, Plaats]]
Plaatsenvinder = Callable[[Any, Collection[int], date], Plaatsen]

_vinders: list[Plaatsenvinder] = []


def registreer_plaatsen(vinder: Plaatsenvinder) -> None:
    """`vinder(gebruiker, leerling_ids, dag)` → pupil id → subject → place in the running plan, as this user sees it."""
    _vinders[:] = [vinder]


def plaatsen(gebruiker: Any, leerling_ids: Collection[int], dag: date) -> Plaatsen:
    """The places of these pupils in running plans; empty while no floor knows plans."""
    return _vinders[0](gebruiker, leerling_ids, dag) if _vinders and leerling_ids else {}


_KOLOMMEN = (
    "leerling_id",
    "pk",
    "vak",
    "instrument",
    "versie",
    "onderdeel",
    "moment",
    "afnamedatum",
    "niveau",
    "vaardigheidsscore",
    "percentiel",
    "ruwe_score",
    "methodetoets",
    "functioneringsniveau",
)


def metingen(resultaten: Any) -> dict[int, tuple[Meting, ...]]:
    """The results of a restricted queryset as facts, by pupil. One query, no model instances."""
    per_leerling: dict[int, list[Meting]] = {}
    for rij in resultaten.order_by().values_list(*_KOLOMMEN):
        leerling, meting = _meting(*rij)
        per_leerling.setdefault(leerling, []).append(meting)
    return {leerling: tuple(rijen) for leerling, rijen in per_leerling.items()}


def uit_rijen(resultaten: Iterable[Resultaat]) -> tuple[Meting, ...]:
    """The same from rows that were read already, of one pupil."""
    uit = []
    for rij in resultaten:
        waarden: list[Any] = [getattr(rij, kolom) for kolom in _KOLOMMEN]
        uit.append(_meting(*waarden)[1])
    return tuple(uit)


def _meting(
    leerling: Any,
    pk: int,
    vak: str,
    instrument: str,
    versie: str,
    onderdeel: str,
    moment: str,
    datum: date,
    niveau: str,
    vaardigheidsscore: Any,
    percentiel: Any,
    ruwe_score: Any,
    methodetoets: bool,  # noqa: FBT001
    functioneringsniveau: str,
) -> tuple[Any, Meting]:
    return leerling, Meting(
        vak=vak,
        instrument=instrument,
        moment=moment,
        datum=datum,
        niveau=niveau,
        vaardigheidsscore=_kommagetal(vaardigheidsscore),
        percentiel=_kommagetal(percentiel),
        percentage=_kommagetal(ruwe_score) if methodetoets else None,
        methodetoets=methodetoets,
        versie=versie,
        onderdeel=onderdeel,
        functioneringsniveau=functioneringsniveau,
        id=pk,
    )


def _kommagetal(waarde: Any) -> float | None:
    return None if waarde is None else float(waarde)


def met_opp(documenten: Any, profiel: Profiel, leerling_ids: Iterable[int]) -> set[int]:
    """The pupils with an OPP that was fixed. `documenten` is a restricted queryset of Document."""
    soorten = [document.code for document in profiel.documenten if document.soort == "opp"]
    return set(
        documenten.filter(
            soort__in=soorten,
            stuk__leerling__in=leerling_ids,
            stuk__ingetrokken_op__isnull=True,
            status=Document.Status.DEFINITIEF,
        )
        .order_by()
        .values_list("stuk__leerling", flat=True)
    )
