"""What comes out of a meeting: goals with their evaluation, decisions, and agreements that come back until done."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from besprekingen.models.bespreking import Agendapunt, Bespreking
from besprekingen.querysets import ActiepuntManager, VanBesprekingManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden


@pghistory.track(base_model=Gebeurtenis)
class Evaluatie(Schoolgebonden):
    """A goal that was set, when it must be evaluated, and what the evaluation said (K-119, K-120, K-145)."""

    class Vooruitgang(models.TextChoices):
        VOLDOENDE = "voldoende", "genoeg vooruitgang"
        ONVOLDOENDE = "onvoldoende", "niet genoeg vooruitgang"

    bespreking = models.ForeignKey(Bespreking, on_delete=models.CASCADE, related_name="evaluaties")
    agendapunt = models.ForeignKey(
        Agendapunt, on_delete=models.CASCADE, null=True, blank=True, related_name="evaluaties"
    )
    doel = models.TextField("doel")
    voor = models.DateField("evalueren vóór", help_text="Laatste dag")
    geevalueerd_op = models.DateField(null=True, blank=True)
    vooruitgang = models.CharField(max_length=20, choices=Vooruitgang.choices, blank=True, default="")
    uitkomst = models.TextField(blank=True, default="")
    geevalueerd_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gemaakt_op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = VanBesprekingManager()

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        ordering = ["voor", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(doel=""), name="evaluatie_met_doel"),
            models.CheckConstraint(
                condition=Q(vooruitgang__in=["", "voldoende", "onvoldoende"]), name="evaluatie_vooruitgang_bekend"
            ),
            models.CheckConstraint(
                condition=Q(geevalueerd_op__isnull=True, vooruitgang="")
                | (Q(geevalueerd_op__isnull=False) & ~Q(vooruitgang="")),
                name="evaluatie_met_uitspraak",
            ),
        ]

    def __str__(self) -> str:
        return f"evaluatie {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Besluit(Schoolgebonden):
    """The decision about one item, of the decisions that this kind of meeting knows. Changed: the history tells."""

    bespreking = models.ForeignKey(Bespreking, on_delete=models.CASCADE, related_name="besluiten")
    agendapunt = models.ForeignKey(
        Agendapunt, on_delete=models.CASCADE, null=True, blank=True, related_name="besluiten"
    )
    plan = models.ForeignKey(
        "plannen.Groepsplan", on_delete=models.PROTECT, null=True, blank=True, related_name="besluiten"
    )
    code = models.CharField(max_length=60, help_text="Code van het besluit in het profiel")
    toelichting = models.TextField(blank=True, default="")
    genomen_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    genomen_op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = VanBesprekingManager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agendapunt"], condition=Q(agendapunt__isnull=False), name="besluit_een_per_punt"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="besluit_met_code"),
        ]

    def __str__(self) -> str:
        return f"besluit {self.code}"


@pghistory.track(base_model=Gebeurtenis)
class Actiepunt(Schoolgebonden):
    """Who does what before when. It comes back at the next meeting about the same pupil or group until it is done."""

    bespreking = models.ForeignKey(Bespreking, on_delete=models.CASCADE, related_name="actiepunten")
    agendapunt = models.ForeignKey(
        Agendapunt, on_delete=models.CASCADE, null=True, blank=True, related_name="actiepunten"
    )
    onderwerp = models.CharField("onderwerp", max_length=120)
    stap = models.CharField("volgende stap", max_length=300)
    wie = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="actiepunten")
    voor = models.DateField("vóór", null=True, blank=True)
    gemaakt_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gemaakt_op = models.DateTimeField(default=klok.nu)
    klaar_op = models.DateTimeField(null=True, blank=True)
    klaar_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vervallen_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ActiepuntManager()

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = ["voor", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(stap=""), name="actiepunt_met_stap"),
            models.CheckConstraint(
                condition=Q(klaar_op__isnull=True, klaar_door__isnull=True)
                | Q(klaar_op__isnull=False, klaar_door__isnull=False),
                name="actiepunt_klaar_met_wie",
            ),
        ]

    def __str__(self) -> str:
        return f"actiepunt {self.pk}"
