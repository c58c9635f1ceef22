"""When people of the school meet, as the school said itself; without a row the preset of the country holds."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from leerlingen.querysets import InrichtingManager
from zorg.kern.models import Schoolgebonden


class Vergadertijd(Schoolgebonden):
    """Hours of one weekday in which meetings are planned, in local time: after school, or in lesson time."""

    weekdag = models.PositiveSmallIntegerField(help_text="1 = maandag")
    van = models.TimeField()
    tot = models.TimeField()
    in_de_les = models.BooleanField(default=False)

    objects: ClassVar[Any] = InrichtingManager()

    class Meta:
        verbose_name = "vergadertijd"
        verbose_name_plural = "vergadertijden"
        ordering = ["weekdag", "in_de_les", "van"]
        constraints = [
            models.UniqueConstraint(fields=["school", "weekdag", "in_de_les"], name="vergadertijd_een_per_dag"),
            models.CheckConstraint(condition=Q(weekdag__gte=1, weekdag__lte=5), name="vergadertijd_op_een_werkdag"),
            models.CheckConstraint(condition=Q(tot__gt=F("van")), name="vergadertijd_eindigt_na_begin"),
        ]

    def __str__(self) -> str:
        return f"vergadertijd {self.pk}"


class Plangrens(Schoolgebonden):
    """What the planner of the year may ask of one person, and the hours of a day without school; one row a school."""

    per_dag = models.PositiveSmallIntegerField()
    per_week = models.PositiveSmallIntegerField()
    vakantie_van = models.TimeField()
    vakantie_tot = models.TimeField()

    objects: ClassVar[Any] = InrichtingManager()

    class Meta:
        verbose_name = "plangrens"
        verbose_name_plural = "plangrenzen"
        constraints = [
            models.UniqueConstraint(fields=["school"], name="plangrens_een_per_school"),
            models.CheckConstraint(condition=Q(per_dag__gte=1, per_dag__lte=10), name="plangrens_per_dag"),
            models.CheckConstraint(condition=Q(per_week__gte=1, per_week__lte=30), name="plangrens_per_week"),
            models.CheckConstraint(condition=Q(vakantie_tot__gt=F("vakantie_van")), name="plangrens_vakantie"),
        ]

    def __str__(self) -> str:
        return f"plangrens {self.pk}"
