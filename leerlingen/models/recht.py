"""Granted access: what dated relations cannot say. Written only by leerlingen.services (ontwerp §4.1)."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from guardian.models import UserObjectPermissionBase

from leerlingen.querysets import RechtManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden, gelijk


class _Termijn(Func):
    """`[geldig_van, geldig_tot)` as a range."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


def _een_tegelijk(naam: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=naam,
        expressions=[
            (gelijk("user_id"), "&&"),
            (gelijk("permission_id"), "&&"),
            (gelijk("content_object_id"), "&&"),
            (_Termijn(F("geldig_van"), F("geldig_tot"), Value("[)")), "&&"),
        ],
    )


class _Recht(Schoolgebonden, UserObjectPermissionBase):  # type: ignore[misc]
    """guardian's direct grant with a term, a reason and who gave it. A second one after an ended one is possible."""

    geldig_van = models.DateTimeField(default=klok.nu)
    geldig_tot = models.DateTimeField()
    reden = models.CharField("reden", max_length=300)
    verleend_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = RechtManager()

    class Meta:
        abstract = True


@pghistory.track(base_model=Gebeurtenis)
class LeerlingRecht(_Recht):
    """A right on one pupil for one account, for a while."""

    content_object = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="rechten")

    class Meta:
        verbose_name = "recht op leerling"
        verbose_name_plural = "rechten op leerlingen"
        constraints = [
            _een_tegelijk("leerlingrecht_een_tegelijk"),
            models.CheckConstraint(condition=Q(geldig_tot__gte=F("geldig_van")), name="leerlingrecht_termijn"),
            models.CheckConstraint(condition=~Q(reden=""), name="leerlingrecht_met_reden"),
        ]


@pghistory.track(base_model=Gebeurtenis)
class DossierstukRecht(_Recht):
    """A right on one piece for one account: how an external expert sees what the consent names and nothing else."""

    content_object = models.ForeignKey("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="rechten")

    class Meta:
        verbose_name = "recht op dossierstuk"
        verbose_name_plural = "rechten op dossierstukken"
        constraints = [
            _een_tegelijk("dossierstukrecht_een_tegelijk"),
            models.CheckConstraint(condition=Q(geldig_tot__gte=F("geldig_van")), name="dossierstukrecht_termijn"),
            models.CheckConstraint(condition=~Q(reden=""), name="dossierstukrecht_met_reden"),
        ]


class Noodtoegang(Schoolgebonden):
    """Emergency access of a colleague to one pupil: timed, with a reason, told to the director, on record."""

    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="noodtoegangen")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="noodtoegangen")
    reden = models.CharField("reden", max_length=500)
    geldig_van = models.DateTimeField(default=klok.nu)
    geldig_tot = models.DateTimeField()

    objects: ClassVar[Any] = RechtManager()

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="noodtoegang_met_reden"),
            models.CheckConstraint(condition=Q(geldig_tot__gt=F("geldig_van")), name="noodtoegang_termijn"),
        ]

    def __str__(self) -> str:
        return f"noodtoegang {self.pk}"
