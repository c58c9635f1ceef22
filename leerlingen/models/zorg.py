"""Care levels by period, and consent on record."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from leerlingen.querysets import ToestemmingManager, VanLeerlingManager, VanToestemmingManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden
from zorg.kern.models.basis import geen_overlap


@pghistory.track(base_model=Gebeurtenis)
class Zorgniveauperiode(Schoolgebonden):
    """On which level of care a pupil was from when to when, under which version of the procedure, decided by whom."""

    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="zorgniveaus")
    niveau = models.CharField(max_length=20, help_text="Code van het niveau in het profiel")
    periode = DateRangeField()
    profielversie = models.ForeignKey("leerlingen.Profielversie", on_delete=models.PROTECT, related_name="+")
    besloten_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    reden = models.CharField("reden", max_length=500, blank=True, default="")
    zachte_voorwaarden = models.JSONField(default=list, help_text="Namen van gepasseerde zachte voorwaarden")

    objects: ClassVar[Any] = VanLeerlingManager()

    class Meta:
        verbose_name = "zorgniveauperiode"
        verbose_name_plural = "zorgniveauperioden"
        ordering = ["-periode"]
        constraints = [
            geen_overlap("zorgniveau_geen_overlap", "leerling_id"),
            models.CheckConstraint(condition=Q(periode__isempty=False), name="zorgniveau_niet_leeg"),
        ]

    def __str__(self) -> str:
        return f"niveau {self.niveau}"


@pghistory.track(base_model=Gebeurtenis)
class Toestemming(Schoolgebonden):
    """A request for consent: for which purpose, in which words, for which pieces, until when (domein 2.4, X-12)."""

    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="toestemmingen")
    doel = models.CharField(max_length=60, help_text="Code van de toestemming in het profiel")
    tekst = models.TextField("tekst", help_text="Precies wat de ouder las")
    tekstversie = models.PositiveSmallIntegerField(default=1)
    profielversie = models.ForeignKey("leerlingen.Profielversie", on_delete=models.PROTECT, related_name="+")
    gevraagd_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField(default=klok.nu)
    geldig_tot = models.DateField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ToestemmingManager()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["-gevraagd_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["leerling", "doel"],
                condition=Q(ingetrokken_op__isnull=True),
                name="toestemming_een_open_per_doel",
            ),
        ]

    def __str__(self) -> str:
        return f"toestemming {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Toestemmingsantwoord(Schoolgebonden):
    """What one parent answered, to which version of the text. A changed mind is a new row; the newest counts."""

    class Keuze(models.TextChoices):
        JA = "ja", "ja"
        NEE = "nee", "nee"
        PRATEN = "praten", "eerst praten"

    toestemming = models.ForeignKey(Toestemming, on_delete=models.CASCADE, related_name="antwoorden")
    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    keuze = models.CharField(max_length=10, choices=Keuze.choices)
    opmerking = models.TextField(blank=True, default="")
    tekstversie = models.PositiveSmallIntegerField()
    op = models.DateTimeField(default=klok.nu)
    op_papier = models.BooleanField(default=False)
    vastgelegd_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = VanToestemmingManager()

    class Meta:
        verbose_name = "antwoord op toestemming"
        verbose_name_plural = "antwoorden op toestemming"
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(keuze__in=["ja", "nee", "praten"]), name="toestemmingsantwoord_keuze_bekend"
            )
        ]

    def __str__(self) -> str:
        return self.keuze


class Toestemmingstuk(Schoolgebonden):
    """A piece that the consent names: these and no others."""

    toestemming = models.ForeignKey(Toestemming, on_delete=models.CASCADE, related_name="stukken")
    stuk = models.ForeignKey("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = VanToestemmingManager()

    class Meta:
        verbose_name = "stuk bij toestemming"
        verbose_name_plural = "stukken bij toestemming"
        constraints = [models.UniqueConstraint(fields=["toestemming", "stuk"], name="toestemmingstuk_uniek")]

    def __str__(self) -> str:
        return f"stuk bij toestemming {self.pk}"
