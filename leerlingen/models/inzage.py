"""A parent asks to look into the file, or for a copy: on record, with the day on which the law wants an answer."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from leerlingen.querysets import InzageverzoekManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden


@pghistory.track(base_model=Gebeurtenis)
class Inzageverzoek(Schoolgebonden):
    """One request of one parent (M-81, A-20; domein 2.5: within a month, with a reason two months longer)."""

    class Uitkomst(models.TextChoices):
        INGEZIEN = "ingezien", "ingezien op school"
        KOPIE = "kopie", "kopie gegeven"
        GEWEIGERD = "geweigerd", "geweigerd"

    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="inzageverzoeken")
    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    toelichting = models.TextField("wat de ouder wil weten", blank=True, default="")
    gevraagd_op = models.DateTimeField(default=klok.nu)
    uiterlijk = models.DateField("antwoord uiterlijk", help_text="Laatste dag")
    verlengd_op = models.DateTimeField(null=True, blank=True)
    verlengd_reden = models.CharField("waarom later", max_length=300, blank=True, default="")
    uitkomst = models.CharField("uitkomst", max_length=20, choices=Uitkomst.choices, blank=True, default="")
    antwoord = models.TextField("antwoord aan de ouder", blank=True, default="")
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = InzageverzoekManager()

    class Meta:
        verbose_name = "verzoek om inzage"
        verbose_name_plural = "verzoeken om inzage"
        ordering = ["-gevraagd_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leerling", "persoon"], condition=Q(afgehandeld_op__isnull=True), name="inzageverzoek_een_open"
            ),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["", "ingezien", "kopie", "geweigerd"]), name="inzageverzoek_uitkomst_bekend"
            ),
            models.CheckConstraint(
                condition=Q(afgehandeld_op__isnull=True, afgehandeld_door__isnull=True, uitkomst="")
                | (Q(afgehandeld_op__isnull=False, afgehandeld_door__isnull=False) & ~Q(uitkomst="")),
                name="inzageverzoek_afgehandeld_met_wie",
            ),
            models.CheckConstraint(
                condition=Q(verlengd_op__isnull=True, verlengd_reden="")
                | (Q(verlengd_op__isnull=False) & ~Q(verlengd_reden="")),
                name="inzageverzoek_verlengd_met_reden",
            ),
            models.CheckConstraint(
                condition=~Q(uitkomst="geweigerd") | ~Q(antwoord=""), name="inzageverzoek_weigering_met_reden"
            ),
            models.CheckConstraint(
                condition=Q(afgehandeld_op__isnull=True) | Q(afgehandeld_op__gte=F("gevraagd_op")),
                name="inzageverzoek_eerst_gevraagd",
            ),
        ]

    def __str__(self) -> str:
        return f"verzoek om inzage {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the school still has to answer."""
        return self.afgehandeld_op is None
