"""How a school is set up: its procedure by version, its school years and holidays, its imports."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from leerlingen.querysets import ImportManager, InrichtingManager
from zorg.kern import klok
from zorg.kern.models import Schoolgebonden
from zorg.kern.models.basis import geen_overlap


class Profielversie(Schoolgebonden):
    """One version of the school's procedure; immutable (a trigger refuses changes, migration 0001).

    What began under a version finishes under it, so plans, meetings, transitions and consents point here.
    """

    nummer = models.PositiveIntegerField("versie")
    geldig_van = models.DateTimeField(default=klok.nu)
    schemaversie = models.PositiveSmallIntegerField()
    inhoud = models.JSONField()
    toelichting = models.CharField(max_length=200, blank=True, default="")

    zwaar = ("inhoud",)
    """Read once a process (profielen_van_school.profiel), so no list need bring it along with each of its rows."""

    objects: ClassVar[Any] = InrichtingManager()

    class Meta:
        verbose_name = "profielversie"
        verbose_name_plural = "profielversies"
        constraints = [models.UniqueConstraint(fields=["school", "nummer"], name="profielversie_nummer_uniek")]

    def __str__(self) -> str:
        return f"profiel versie {self.nummer}"


class Schooljaar(Schoolgebonden):
    """A school year with its own dates: 1 August in the Netherlands, 1 September in Flanders (domein 2.8)."""

    naam = models.CharField(max_length=9, help_text="2026-2027")
    periode = DateRangeField()

    objects: ClassVar[Any] = InrichtingManager()

    class Meta:
        verbose_name = "schooljaar"
        verbose_name_plural = "schooljaren"
        ordering = ["-naam"]
        constraints = [
            models.UniqueConstraint(fields=["school", "naam"], name="schooljaar_naam_uniek"),
            geen_overlap("schooljaar_geen_overlap", "school_id"),
        ]

    def __str__(self) -> str:
        return self.naam.replace("-", "–")


class Vrij(Schoolgebonden):
    """A holiday or study day: rows that the school edits; the region is only a preset."""

    class Soort(models.TextChoices):
        VAKANTIE = "vakantie", "vakantie"
        VRIJE_DAG = "vrije_dag", "vrije dag"
        STUDIEDAG = "studiedag", "studiedag"

    naam = models.CharField(max_length=80)
    soort = models.CharField(max_length=20, choices=Soort.choices, default=Soort.VAKANTIE)
    periode = DateRangeField()
    invulling = models.CharField(
        max_length=500, blank=True, default="", db_default="", help_text="Waar een studiedag over gaat"
    )

    objects: ClassVar[Any] = InrichtingManager()

    class Meta:
        verbose_name = "vrije periode"
        verbose_name_plural = "vrije perioden"
        ordering = ["periode"]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["vakantie", "vrije_dag", "studiedag"]), name="vrij_soort_bekend"
            ),
            models.UniqueConstraint(fields=["school", "naam", "periode"], name="vrij_uniek"),
        ]

    def __str__(self) -> str:
        return self.naam


class Importbestand(Schoolgebonden):
    """A file that was uploaded and waits for «Inlezen», or was read: who, when, which file, what it did."""

    soort = models.CharField(max_length=20, help_text="edexml, personen, resultaten")
    naam = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    inhoud = models.BinaryField(null=True, help_text="Tot het inlezen; daarna leeg")
    door = models.ForeignKey("kern.Gebruiker", on_delete=models.PROTECT, related_name="+", null=True)
    geupload_op = models.DateTimeField(default=klok.nu)
    ingelezen_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.JSONField(default=dict, help_text="Aantallen per soort")

    objects: ClassVar[Any] = ImportManager()

    class Meta:
        verbose_name = "importbestand"
        verbose_name_plural = "importbestanden"
        ordering = ["-geupload_op"]

    def __str__(self) -> str:
        return self.naam
