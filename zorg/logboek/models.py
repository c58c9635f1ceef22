"""The logbook: who did or saw what, when and why. Append-only; a line outlives what it describes."""

from typing import Any, ClassVar

from django.db import models

from zorg.kern import klok
from zorg.kern.querysets import BeperkteManager


class Logregel(models.Model):
    """One act or look. Plain ids instead of foreign keys, so that deleting a pupil keeps the record of it.

    The table is partitioned by school year; the role `app` can only insert and read (migration 0001).
    """

    school = models.ForeignKey(
        "kern.School",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name="school",
    )
    tijd = models.DateTimeField(default=klok.nu)
    actor_id = models.BigIntegerField(null=True, help_text="Account; leeg bij werk van het systeem zelf")
    actor_naam = models.CharField(max_length=200, blank=True, default="")
    handeling = models.CharField(max_length=60)
    leerling_id = models.BigIntegerField(null=True)
    objectsoort = models.CharField(max_length=60, blank=True, default="")
    object_id = models.BigIntegerField(null=True)
    reden = models.CharField(max_length=500, blank=True, default="")
    gegevens = models.JSONField(default=dict, help_text="Codes, aantallen en datums; geen tekst die iemand schreef")
    verzoek = models.CharField(max_length=20, blank=True, default="")

    objects: ClassVar[Any] = BeperkteManager()

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ["-tijd", "-id"]
        indexes = [
            models.Index(fields=["school", "leerling_id", "tijd"], name="logregel_leerling"),
            models.Index(fields=["school", "tijd"], name="logregel_tijd"),
        ]

    def __str__(self) -> str:
        return f"{self.handeling} {self.pk}"
