"""The school as tenant, and which account may come into which school at all."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from zorg.kern import klok

if TYPE_CHECKING:
    from zorg.kern.models.gebruiker import Gebruiker


class Land(models.TextChoices):
    NEDERLAND = "NL", "Nederland"
    BELGIE = "BE", "België"
    ARUBA = "AW", "Aruba"


class Regio(models.TextChoices):
    NOORD = "noord", "Noord"
    MIDDEN = "midden", "Midden"
    ZUID = "zuid", "Zuid"


TIJDZONES = {Land.NEDERLAND: "Europe/Amsterdam", Land.BELGIE: "Europe/Brussels", Land.ARUBA: "America/Aruba"}


class School(models.Model):
    """A school. Its row holds nothing about children, so it carries no policy; everything that points to it does."""

    code = models.SlugField("code", max_length=40, unique=True, help_text="Korte naam voor opdrachten: --school CODE")
    naam = models.CharField("naam", max_length=200)
    land = models.CharField("land", max_length=2, choices=Land.choices, default=Land.NEDERLAND)
    regio = models.CharField("vakantieregio", max_length=10, choices=Regio.choices, blank=True, default="")
    tijdzone = models.CharField("tijdzone", max_length=40, default="Europe/Amsterdam")
    demo = models.BooleanField("demo", default=False)
    aangemaakt_op = models.DateTimeField(default=klok.nu)

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(condition=Q(land__in=Land.values), name="school_land_bekend"),
            models.CheckConstraint(condition=Q(regio__in=["", *Regio.values]), name="school_regio_bekend"),
        ]

    def __str__(self) -> str:
        return self.naam


class SchoolkoppelingQuerySet(models.QuerySet["Schoolkoppeling", "Schoolkoppeling"]):
    def geldig(self) -> "SchoolkoppelingQuerySet":
        """Those that hold at this moment."""
        nu = klok.nu()
        return self.filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=nu), geldig_van__lte=nu)


class Schoolkoppeling(models.Model):
    """The door of a school for one account: without it no row of that school exists for this account.

    It follows from appointments, parenthood and grants (leerlingen.services keeps it), holds no pupil data and
    therefore carries no policy; the school context of a request is made from it before anything else is read.
    """

    gebruiker: models.ForeignKey["Gebruiker", "Gebruiker"] = models.ForeignKey(
        "kern.Gebruiker", on_delete=models.CASCADE, related_name="schoolkoppelingen"
    )
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="koppelingen")
    geldig_van = models.DateTimeField(default=klok.nu)
    geldig_tot = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SchoolkoppelingQuerySet.as_manager()

    class Meta:
        verbose_name = "schoolkoppeling"
        verbose_name_plural = "schoolkoppelingen"
        constraints = [models.UniqueConstraint(fields=["gebruiker", "school"], name="schoolkoppeling_uniek")]

    def __str__(self) -> str:
        return f"{self.gebruiker_id} bij {self.school_id}"
