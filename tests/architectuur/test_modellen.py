"""What every table must carry, read from the models (ontwerp §4.2, §6)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from tests.architectuur.hulp import (
    ZONDER_BELEID,
    eigen_modellen,
    is_beperkt,
    is_geschiedenis,
    schoolmodellen,
)
from zorg.kern.querysets import BeperkteQuerySet

# Every way from one row back to exactly one other: it goes round the restricted manager (`_base_manager` is plain), so
# what is reached must be as visible as where one comes from. A new line here is a decision about that.
TERUG_NAAR_EEN = {
    "leerlingen.Dossierstuk.document": "a document is as visible as its piece",
    "leerlingen.Dossierstuk.resultatenreeks": "a series of results is as visible as its piece",
    "leerlingen.Dossierstuk.signaal": "a recorded signal is as visible as its piece",
    "leerlingen.Document.groepsplan": "a group plan is as visible as its document",
}
MAG_ZONDER_BEPERKING = frozenset({"kern.Gebruiker", "kern.School", *ZONDER_BELEID})


def test_alles_met_een_school_is_beperkt() -> None:
    fout = [m._meta.label for m in schoolmodellen() if not is_beperkt(m) and m._meta.label not in ZONDER_BELEID]
    assert not fout, fout


def test_alles_zonder_school_staat_op_de_lijst() -> None:
    """A table without a school has no walls at all: only accounts, schools, doors and due work."""
    fout = [m._meta.label for m in eigen_modellen() if not is_beperkt(m) and m._meta.label not in MAG_ZONDER_BEPERKING]
    assert not fout, fout


def test_elke_manager_is_beperkt() -> None:
    """Also a second one beside `objects`."""
    fout = [
        f"{model._meta.label}.{manager.name}"
        for model in schoolmodellen()
        for manager in model._meta.managers
        if model._meta.label not in ZONDER_BELEID and not isinstance(manager.get_queryset(), BeperkteQuerySet)
    ]
    assert not fout, fout


def test_geschiedenis_is_beperkt() -> None:
    gevolgd = [m for m in eigen_modellen() if is_geschiedenis(m)]
    assert gevolgd, "there is history"
    assert not [m._meta.label for m in gevolgd if not is_beperkt(m) or m not in schoolmodellen()]


def test_zegt_wie_wat_ziet() -> None:
    """Every restricted model that people look at has a rule; history without one opens for nobody."""
    from zorg.kern import querysets

    fout = [
        model._meta.label
        for model in schoolmodellen()
        if is_beperkt(model)
        and not is_geschiedenis(model)
        and type(model._default_manager.get_queryset()).zichtbare_ids is BeperkteQuerySet.zichtbare_ids  # type: ignore[attr-defined]
        and model._meta.label not in querysets._regels
    ]
    assert not fout, fout


def test_geen_veel_op_veel() -> None:
    """Its `add` and `set` go round the services and its rows have no school (ontwerp §4.2)."""
    fout = [f"{m._meta.label}.{veld.name}" for m in eigen_modellen() for veld in m._meta.local_many_to_many]
    assert not fout, fout


def test_terug_naar_een_staat_op_de_lijst() -> None:
    gevonden = {
        f"{model._meta.label}.{relatie.get_accessor_name()}"
        for model in eigen_modellen()
        for relatie in model._meta.related_objects
        if relatie.one_to_one
    }
    assert gevonden <= set(TERUG_NAAR_EEN), gevonden - set(TERUG_NAAR_EEN)


def test_niets_wordt_vanzelf_van_niemand() -> None:
    """`SET_NULL` and `SET_DEFAULT` change who a row is about; access ends by date (ontwerp §6)."""
    mag = {models.CASCADE, models.PROTECT, models.RESTRICT, models.DO_NOTHING}
    fout = [
        f"{model._meta.label}.{veld.name}"
        for model in eigen_modellen()
        for veld in model._meta.local_fields
        if veld.remote_field is not None and veld.remote_field.on_delete not in mag
    ]
    assert not fout, fout


def test_de_klok_is_van_ons() -> None:
    """`auto_now` asks another clock than zorg.kern.klok."""
    fout = [
        f"{model._meta.label}.{veld.name}"
        for model in eigen_modellen()
        for veld in model._meta.local_fields
        if (getattr(veld, "auto_now", False) or getattr(veld, "auto_now_add", False)) and veld.name != "pgh_created_at"
    ]
    assert not fout, fout


def _velden(voorwaarde: Any) -> set[str]:
    """The names of fields in a condition."""
    namen: set[str] = set()
    for kind in getattr(voorwaarde, "children", []):
        if isinstance(kind, tuple):
            namen.add(kind[0].partition("__")[0])
        else:
            namen |= _velden(kind)
    return namen


def _waarden(voorwaarde: Any, veld: str) -> set[Any]:
    """The values that a condition allows for a field: `veld__in=[…]` or `veld=…`, joined by OR."""
    uit: set[Any] = set()
    for kind in getattr(voorwaarde, "children", []):
        if isinstance(kind, Q):
            uit |= _waarden(kind, veld)
        elif kind[0] == f"{veld}__in":
            uit |= set(kind[1])
        elif kind[0] == veld:
            uit.add(kind[1])
    return uit


def _keuzevelden() -> list[Any]:
    return [
        pytest.param(model, veld, id=f"{model._meta.label}.{veld.name}")
        for model in eigen_modellen()
        if not is_geschiedenis(model)
        for veld in model._meta.local_fields
        if veld.choices and not isinstance(veld, ArrayField)
    ]


@pytest.mark.parametrize(("model", "veld"), _keuzevelden())
def test_keuzes_staan_ook_in_de_database(model: type[models.Model], veld: models.Field[Any, Any]) -> None:
    """Every field with choices has a CheckConstraint on it that allows no other value."""
    passend = [
        c for c in model._meta.constraints if isinstance(c, CheckConstraint) and _velden(c.condition) == {veld.name}
    ]
    keuzes = {waarde for waarde, _ in veld.flatchoices}
    toegestaan = [_waarden(c.condition, veld.name) - {""} for c in passend]
    assert any(waarden and waarden <= keuzes for waarden in toegestaan), "no constraint, or one with other values"


SPIEDT = "Naamvankind"


def _gevuld(model: type[models.Model], diepte: int = 2) -> models.Model:
    """An unsaved row with the name of a child in every free text about it, and such rows behind its foreign keys."""
    rij = model()
    over_kind = model in _over_een_kind()
    for veld in model._meta.local_fields:
        if over_kind and (
            isinstance(veld, models.TextField)
            or (isinstance(veld, models.CharField) and not veld.choices and (veld.max_length or 999) >= 80)
        ):
            setattr(rij, veld.attname, SPIEDT)
        elif isinstance(veld, models.ForeignKey) and diepte and not isinstance(veld.related_model, str):
            setattr(rij, veld.name, _gevuld(veld.related_model, diepte - 1))
    return rij


@cache
def _over_een_kind() -> list[type[models.Model]]:
    """Pupils, and everything that reaches one through foreign keys."""
    from leerlingen.models import Leerling

    over: set[type[models.Model]] = {Leerling}
    while nieuw := {
        m
        for m in eigen_modellen()
        if m not in over
        and any(veld.related_model in over for veld in m._meta.local_fields if veld.remote_field is not None)
    }:
        over |= nieuw
    return sorted(over, key=lambda m: m._meta.label)


# `titel` of a task is written by us and names nobody (leerlingen.services.taak_maken).
MAG_TITEL_TONEN = frozenset({"leerlingen.Taak"})


@pytest.mark.parametrize("model", _over_een_kind(), ids=lambda m: m._meta.label)
def test_geen_naam_in_log_of_fout(model: type[models.Model]) -> None:
    """`str()` and `repr()` end up in logs, errors and debuggers: no name and no text about a child."""
    if model._meta.label in MAG_TITEL_TONEN:
        return
    rij = _gevuld(model)
    assert SPIEDT not in str(rij) and SPIEDT not in repr(rij)
