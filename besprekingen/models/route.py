"""Facts of the care route that come from no meeting: talks, research, decisions by bodies outside, and reports.

Each hangs on a piece of the pupil's dossier and is as visible as that piece.
"""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from besprekingen.querysets import OpStukManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden


@pghistory.track(base_model=Gebeurtenis)
class Gesprek(Schoolgebonden):
    """A talk about a pupil on record: with parents, the pupil, ib'er or specialist (K-111, K-112; domein 2.3 OOGO)."""

    class Soort(models.TextChoices):
        OUDERS = "ouders", "gesprek met ouders"
        KIND = "kind", "gesprek met de leerling"
        IB = "ib", "overleg met de interne begeleiding"
        SPECIALIST = "specialist", "overleg met een specialist"
        OOGO = "oogo", "op overeenstemming gericht overleg met ouders"
        TRIADE = "triade", "gesprek van school, ontvangende school en ouders"

    stuk = models.OneToOneField("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="+")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="gesprekken")
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    op = models.DateField("datum")

    objects: ClassVar[Any] = OpStukManager()

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["ouders", "kind", "ib", "specialist", "oogo", "triade"]),
                name="gesprek_soort_bekend",
            )
        ]

    def __str__(self) -> str:
        return f"gesprek {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Onderzoek(Schoolgebonden):
    """Research: its result is for the table only after the parents heard it (K-143, K-144)."""

    stuk = models.OneToOneField("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="+")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="onderzoeken")
    soort = models.CharField("soort", max_length=60, help_text="pdo, psychologisch, logopedisch …")
    uitvoerder = models.CharField("wie onderzoekt", max_length=150)
    aangevraagd_op = models.DateField("aangevraagd op")
    uitslag_op = models.DateField("uitslag op", null=True, blank=True)
    met_ouders_op = models.DateField("met de ouders besproken op", null=True, blank=True)

    objects: ClassVar[Any] = OpStukManager()

    class Meta:
        verbose_name = "onderzoek"
        verbose_name_plural = "onderzoeken"
        ordering = ["-aangevraagd_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_ouders_op__isnull=True)
                | Q(uitslag_op__isnull=False, met_ouders_op__gte=F("uitslag_op")),
                name="onderzoek_eerst_uitslag_dan_ouders",
            ),
        ]

    def __str__(self) -> str:
        return f"onderzoek {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Instantiebesluit(Schoolgebonden):
    """What a body outside the school decided: TLV, placement, arrangement (K-149, domein 2.4)."""

    stuk = models.OneToOneField("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="+")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="instantiebesluiten")
    besluit = models.CharField("besluit", max_length=60, help_text="Code in het profiel: tlv, plaatsing …")
    instantie = models.CharField("instantie", max_length=150)
    kenmerk = models.CharField("kenmerk", max_length=80, blank=True, default="")
    op = models.DateField("datum van het besluit")
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)

    objects: ClassVar[Any] = OpStukManager()

    class Meta:
        verbose_name = "besluit van een instantie"
        verbose_name_plural = "besluiten van instanties"
        ordering = ["-op", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(besluit=""), name="instantiebesluit_met_besluit")]

    def __str__(self) -> str:
        return f"besluit van een instantie {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Rapport(Schoolgebonden):
    """A report made from what the school knows, as a file with its fingerprint. Each making is a version of its own."""

    class Soort(models.TextChoices):
        OKR = "okr", "onderwijskundig rapport"

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "wordt gemaakt"
        KLAAR = "klaar", "klaar"
        MISLUKT = "mislukt", "mislukt"

    stuk = models.OneToOneField("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="+")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="rapporten")
    soort = models.CharField(max_length=20, choices=Soort.choices, default=Soort.OKR)
    versie = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.GEVRAAGD)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    bijlage = models.OneToOneField("leerlingen.Bijlage", on_delete=models.PROTECT, null=True, related_name="+")
    ontbreekt = models.JSONField(default=list, help_text="Wat nog niet volledig was toen het gemaakt werd")
    gevraagd_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gevraagd_op = models.DateTimeField(default=klok.nu)
    gemaakt_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = OpStukManager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporten"
        ordering = ["-versie", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["leerling", "soort", "versie"], name="rapport_versie_uniek"),
            models.CheckConstraint(condition=Q(soort__in=["okr"]), name="rapport_soort_bekend"),
            models.CheckConstraint(
                condition=Q(status__in=["gevraagd", "klaar", "mislukt"]), name="rapport_status_bekend"
            ),
            models.CheckConstraint(
                condition=(Q(status="klaar", bijlage__isnull=False, gemaakt_op__isnull=False) & ~Q(sha256=""))
                | (~Q(status="klaar") & Q(bijlage__isnull=True, gemaakt_op__isnull=True)),
                name="rapport_klaar_met_bestand",
            ),
        ]

    def __str__(self) -> str:
        return f"rapport {self.pk}"
