"""Due work and outgoing mail. The only memory of what is due; the broker merely wakes a worker (ontwerp §6)."""

from django.db import models
from django.db.models import Q

from zorg.kern import klok
from zorg.kern.models.basis import Schoolgebonden
from zorg.kern.models.school import School


class Werk(models.Model):
    """One piece of work that must be done once. Ids only: no pupil data, so no policy.

    `sleutel` is the idempotency key: planning the same work twice gives one row.
    """

    class Status(models.TextChoices):
        OPEN = "open", "open"
        KLAAR = "klaar", "klaar"
        MISLUKT = "mislukt", "mislukt"

    soort = models.CharField(max_length=60)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    sleutel = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    vanaf = models.DateTimeField(default=klok.nu)
    pogingen = models.PositiveSmallIntegerField(default=0)
    fout = models.CharField(
        max_length=200, blank=True, default="", help_text="Soort van de laatste fout, zonder gegevens"
    )
    voortgang = models.PositiveSmallIntegerField(default=0, help_text="Percentage, voor wie wacht")
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "werk"
        verbose_name_plural = "werk"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "klaar", "mislukt"]), name="werk_status_bekend"),
            models.CheckConstraint(
                condition=Q(status="klaar", klaar_op__isnull=False) | (~Q(status="klaar") & Q(klaar_op__isnull=True)),
                name="werk_klaar_met_moment",
            ),
        ]
        indexes = [models.Index(fields=["vanaf"], condition=Q(status="open"), name="werk_te_doen")]

    def __str__(self) -> str:
        return f"{self.soort} {self.object_id}"


class Bericht(Schoolgebonden):
    """One outgoing mail. Its text names no pupil; what it is about stands behind the link, after signing in."""

    class Status(models.TextChoices):
        KLAAR = "klaar", "klaar om te versturen"
        BEZIG = "bezig", "bezig"
        VERZONDEN = "verzonden", "verzonden"
        ONZEKER = "onzeker", "onzeker"
        MISLUKT = "mislukt", "mislukt"

    aan = models.EmailField()
    onderwerp = models.CharField(max_length=200)
    tekst = models.TextField()
    agenda = models.TextField(blank=True, default="", help_text="iCalendar-deel")
    bericht_id = models.CharField(
        max_length=200, unique=True, help_text="Message-ID; blijft gelijk bij opnieuw versturen"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.KLAAR)
    gemaakt_op = models.DateTimeField(default=klok.nu)
    begonnen_op = models.DateTimeField(null=True, blank=True)
    verzonden_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["klaar", "bezig", "verzonden", "onzeker", "mislukt"]),
                name="bericht_status_bekend",
            ),
        ]

    def __str__(self) -> str:
        return f"bericht {self.pk}"
