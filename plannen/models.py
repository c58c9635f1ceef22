"""The group plan: for a set of groups, year groups, one subject and one period; and who sits in which arrangement."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from plannen.querysets import GroepsplanManager, IndelingManager, VanPlanManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden
from zorg.kern.models.basis import geen_overlap


class Arrangement(models.TextChoices):
    """The three slots, under fixed codes; their names are the school's (X-09)."""

    INTENSIEF = "intensief", "intensief"
    BASIS = "basis", "basis"
    TALENT = "talent", "talent"


@pghistory.track(base_model=Gebeurtenis)
class Groepsplan(Schoolgebonden):
    """A group plan. Its texts are answers of `document`, on whose groups it hangs: one, or several for a combination
    group or a reading plan across groups. `jaargroepen` narrows it to these year groups; empty is all of them.

    `stand` is the status of the procedure (concept, klaar voor bespreking, definitief, geëvalueerd …), finer than the
    status of the document, which follows it.
    """

    document = models.OneToOneField("leerlingen.Document", on_delete=models.CASCADE, related_name="groepsplan")
    vak = models.CharField("vak", max_length=40, help_text="Code van het vakgebied in het profiel")
    schooljaar = models.ForeignKey("leerlingen.Schooljaar", on_delete=models.PROTECT, related_name="groepsplannen")
    jaargroepen = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    periode = DateRangeField("periode")
    periodecode = models.CharField(
        max_length=40, blank=True, default="", help_text="Code van de periode in het profiel"
    )
    sleutel = models.CharField(
        max_length=300, editable=False, help_text="Groepen, jaargroepen en vak: zo is er één lopend plan tegelijk"
    )
    stand = models.CharField(max_length=40, default="concept", help_text="Code van de status in het profiel")
    stand_op = models.DateTimeField(default=klok.nu)
    stand_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    vorige = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="volgende")
    vervallen_op = models.DateTimeField(null=True, blank=True)
    vervallen_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = GroepsplanManager()

    class Meta:
        verbose_name = "groepsplan"
        verbose_name_plural = "groepsplannen"
        ordering = ["-periode", "vak", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(periode__isempty=False), name="groepsplan_periode_niet_leeg"),
            models.CheckConstraint(condition=~Q(sleutel=""), name="groepsplan_sleutel_gevuld"),
            models.CheckConstraint(
                condition=Q(vervallen_op__isnull=True, vervallen_door__isnull=True)
                | Q(vervallen_op__isnull=False, vervallen_door__isnull=False),
                name="groepsplan_vervallen_met_wie",
            ),
            geen_overlap(
                "groepsplan_een_tegelijk", "school_id", tekst="sleutel", condition=Q(vervallen_op__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["school", "vak"], name="groepsplan_vak")]

    def __str__(self) -> str:
        return f"groepsplan {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Indeling(Schoolgebonden):
    """The place of one pupil in a plan, with the reason in words. `te_kiezen`: only the teacher can decide."""

    class Bron(models.TextChoices):
        VOORSTEL = "voorstel", "voorstel van Zorgpad"
        GEKOZEN = "gekozen", "gekozen door de leerkracht"

    plan = models.ForeignKey(Groepsplan, on_delete=models.CASCADE, related_name="indelingen")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="indelingen")
    arrangement = models.CharField(max_length=20, choices=Arrangement.choices)
    alternatief = models.CharField(
        max_length=20, choices=Arrangement.choices, blank=True, default="", help_text="Waar de leerling ook zou passen"
    )
    reden = models.CharField(max_length=500, blank=True, default="")
    toelichting = models.CharField(max_length=300, blank=True, default="", help_text="In woorden van de leerkracht")
    bron = models.CharField(max_length=20, choices=Bron.choices, default=Bron.VOORSTEL)
    te_kiezen = models.BooleanField(default=False)
    geplaatst_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    geplaatst_op = models.DateTimeField(default=klok.nu)
    volgorde = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = IndelingManager()

    class Meta:
        verbose_name = "indeling"
        verbose_name_plural = "indelingen"
        ordering = ["volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "leerling"], name="indeling_uniek"),
            models.CheckConstraint(condition=Q(arrangement__in=Arrangement.values), name="indeling_arrangement_bekend"),
            models.CheckConstraint(
                condition=Q(alternatief__in=["", *Arrangement.values]), name="indeling_alternatief_bekend"
            ),
            models.CheckConstraint(condition=Q(bron__in=["voorstel", "gekozen"]), name="indeling_bron_bekend"),
            models.CheckConstraint(
                condition=Q(bron="voorstel") | Q(te_kiezen=False), name="indeling_gekozen_is_gekozen"
            ),
        ]

    def __str__(self) -> str:
        return f"indeling {self.pk}"


class Planreactie(Schoolgebonden):
    """A question or remark at a plan, by a specialist, the ib'er or the teacher (K-172). Added, never changed."""

    plan = models.ForeignKey(Groepsplan, on_delete=models.CASCADE, related_name="reacties")
    tekst = models.TextField("tekst")
    door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = VanPlanManager()

    class Meta:
        verbose_name = "reactie op een plan"
        verbose_name_plural = "reacties op een plan"
        ordering = ["op", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(tekst=""), name="planreactie_niet_leeg")]

    def __str__(self) -> str:
        return f"reactie {self.pk}"
