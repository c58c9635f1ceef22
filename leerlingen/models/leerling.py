"""Pupils and the groups they sit in, always dated."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Cast, Coalesce

from leerlingen.querysets import GroepManager, LeerlingManager, PlaatsingManager
from zorg.kern.models import Gebeurtenis, Schoolgebonden
from zorg.kern.models.basis import geen_overlap
from zorg.kern.querysets import Recht


class Geslacht(models.TextChoices):
    ONBEKEND = "onbekend", "onbekend"
    MAN = "man", "jongen"
    VROUW = "vrouw", "meisje"
    ANDERS = "anders", "anders"


@pghistory.track(base_model=Gebeurtenis)
class Leerling(Schoolgebonden):
    """A pupil. Only what care needs: no BSN, origin or weight is kept (domein 2.7)."""

    sleutel = models.CharField("EDEXML-sleutel", max_length=100, null=True, blank=True)
    eckid = models.CharField("ECK iD", max_length=200, blank=True, default="")
    roepnaam = models.CharField("roepnaam", max_length=100, blank=True, default="")
    voorvoegsel = models.CharField("voorvoegsel", max_length=30, blank=True, default="")
    achternaam = models.CharField("achternaam", max_length=120, blank=True, default="")
    voornamen = models.CharField("voornamen", max_length=200, blank=True, default="")
    voorletters = models.CharField("voorletters", max_length=30, blank=True, default="")
    geboortedatum = models.DateField("geboortedatum", null=True, blank=True)
    geslacht = models.CharField("geslacht", max_length=10, choices=Geslacht.choices, default=Geslacht.ONBEKEND)
    start_groep3 = models.DateField("start groep 3", null=True, blank=True)
    ingeschreven = DateRangeField("ingeschreven")
    sorteernaam = models.CharField(max_length=260, editable=False, default="")
    zoeknaam = models.CharField(max_length=360, editable=False, default="")

    objects: ClassVar[Any] = LeerlingManager()

    class Meta:
        verbose_name = "leerling"
        verbose_name_plural = "leerlingen"
        ordering = ["sorteernaam", "pk"]
        default_permissions = ()
        permissions = [(f"{recht}_leerling", f"leerling {recht}") for recht in Recht.values]
        constraints = [
            models.UniqueConstraint(fields=["school", "sleutel"], name="leerling_sleutel_uniek"),
            models.CheckConstraint(condition=Q(geslacht__in=Geslacht.values), name="leerling_geslacht_bekend"),
            models.CheckConstraint(condition=~(Q(roepnaam="") & Q(achternaam="")), name="leerling_heeft_naam"),
        ]
        indexes = [models.Index(fields=["school", "sorteernaam"], name="leerling_sorteernaam")]

    def __str__(self) -> str:
        return f"leerling {self.pk}"

    @property
    def naam(self) -> str:
        """Given name and surname; `__str__` keeps the name out of logs and errors."""
        from leerlingen.namen import volledige_naam

        return volledige_naam(self.roepnaam, self.voorvoegsel, self.achternaam, self.voorletters)

    @property
    def laatste_dag(self) -> date | None:
        """The last day on which the pupil is here, when it is known that they leave."""
        return self.ingeschreven.upper - timedelta(days=1) if self.ingeschreven.upper else None


class Groepssoort(models.TextChoices):
    STAMGROEP = "stamgroep", "stamgroep"
    SAMENGESTELD = "samengesteld", "samengestelde groep"


@pghistory.track(base_model=Gebeurtenis, exclude=["volgorde"])
class Groep(Schoolgebonden):
    """A group in one school year. Next year's 6a is another row: what was, stays."""

    schooljaar = models.ForeignKey("leerlingen.Schooljaar", on_delete=models.PROTECT, related_name="groepen")
    naam = models.CharField("naam", max_length=80)
    soort = models.CharField(max_length=20, choices=Groepssoort.choices, default=Groepssoort.STAMGROEP)
    sleutel = models.CharField("EDEXML-sleutel", max_length=100, null=True, blank=True)
    jaargroep = models.CharField("jaargroep", max_length=2, blank=True, default="", help_text="C = combinatie")
    volgorde = models.GeneratedField(
        expression=Coalesce(
            Cast(
                Func(
                    Case(When(jaargroep__in=["", "C"], then=F("naam")), default=F("jaargroep")),
                    Value("[0-9]{1,2}"),
                    function="substring",
                ),
                models.SmallIntegerField(),
            ),
            Value(99),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    """Where the group stands in a list: by its year, and of several years by the first in its name (5/6 after 5)."""

    objects: ClassVar[Any] = GroepManager()

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        ordering = ["-schooljaar__naam", "volgorde", "naam"]
        constraints = [
            models.UniqueConstraint(fields=["school", "schooljaar", "sleutel"], name="groep_sleutel_uniek"),
            models.UniqueConstraint(fields=["school", "schooljaar", "soort", "naam"], name="groep_naam_uniek"),
            models.CheckConstraint(condition=Q(soort__in=Groepssoort.values), name="groep_soort_bekend"),
        ]

    def __str__(self) -> str:
        return self.naam


@pghistory.track(base_model=Gebeurtenis)
class Plaatsing(Schoolgebonden):
    """A pupil sits in a group for a period. One home group at a time; any number of composite groups (V-03, V-04).

    `inzage` widens the period by the handover window, so that old and new teacher can hand over.
    """

    leerling = models.ForeignKey(Leerling, on_delete=models.CASCADE, related_name="plaatsingen")
    groep = models.ForeignKey(Groep, on_delete=models.PROTECT, related_name="plaatsingen")
    stamgroep = models.BooleanField(default=True)
    jaargroep = models.CharField(
        max_length=2, blank=True, default="", help_text="Van de leerling zelf; gaat voor die van de groep"
    )
    periode = DateRangeField()
    inzage = DateRangeField()

    objects: ClassVar[Any] = PlaatsingManager()

    class Meta:
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        constraints = [
            models.CheckConstraint(condition=Q(periode__isempty=False), name="plaatsing_niet_leeg"),
            models.CheckConstraint(condition=Q(inzage__contains=F("periode")), name="plaatsing_inzage_dekt_periode"),
            geen_overlap("plaatsing_een_stamgroep", "leerling_id", condition=Q(stamgroep=True)),
            geen_overlap("plaatsing_geen_dubbel", "leerling_id", "groep_id"),
        ]

    def __str__(self) -> str:
        return f"plaatsing {self.pk}"
