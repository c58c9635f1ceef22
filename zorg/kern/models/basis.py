"""Bases of every table that belongs to a school."""

from collections.abc import Collection
from typing import Any, ClassVar

import pghistory.models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Value

from zorg.kern.querysets import BeperkteManager, interne_toegang


class Schoolgebonden(models.Model):
    """A row of one school: restricted manager, row-level security and composite keys follow from `school`.

    Its migration calls `zorg.kern.muren.Schoolmuren`; tests/architectuur fails when that was forgotten.
    """

    school = models.ForeignKey("kern.School", on_delete=models.PROTECT, related_name="+", verbose_name="school")

    objects: ClassVar[Any] = BeperkteManager()

    class Meta:
        abstract = True

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        with interne_toegang():
            super().validate_unique(exclude=set(exclude) if exclude else None)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        with interne_toegang():
            super().validate_constraints(exclude=set(exclude) if exclude else None)


class Gebeurtenis(pghistory.models.Event):
    """One version of a row, written by a database trigger. As restricted as the row itself; dies with its subject."""

    objects: ClassVar[Any] = BeperkteManager()  # type: ignore[assignment]

    class Meta:
        abstract = True


def gelijk(veld: str) -> Func:
    """`veld` compared by equality inside an exclusion constraint, without the extension btree_gist."""
    return Func(F(veld), F(veld), Value("[]"), function="int8range")


def gelijke_tekst(veld: str) -> Func:
    """As `gelijk`, for a text column: its hash as a range of one number."""
    hash_ = Func(F(veld), Value(0), function="hashtextextended", output_field=models.BigIntegerField())
    return Func(hash_, hash_, Value("[]"), function="int8range")


def geen_overlap(
    naam: str, *velden: str, periode: str = "periode", tekst: str = "", condition: models.Q | None = None
) -> Any:
    """An exclusion constraint: no two rows with the same `velden` (and `tekst`) whose `periode` overlaps."""
    gelijk_aan = [gelijk(veld) for veld in velden] + ([gelijke_tekst(tekst)] if tekst else [])
    return ExclusionConstraint(
        name=naam,
        expressions=[*((uitdrukking, "&&") for uitdrukking in gelijk_aan), (periode, "&&")],
        condition=condition,
        violation_error_message="Deze periode overlapt met een andere.",
    )
