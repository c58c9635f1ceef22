"""The meeting, who sits at the table, and what is on the agenda."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from besprekingen.querysets import AgendapuntManager, BesprekingManager, DeelnemerManager, PuntsignaalManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden


@pghistory.track(base_model=Gebeurtenis)
class Bespreking(Schoolgebonden):
    """One meeting of a kind of the school's procedure, under the version that ran when it was planned.

    `sleutel` makes planned meetings exactly once. `verslag` is the paper of a meeting about a group; minutes about a
    pupil stand on a piece of that pupil, at the item.
    """

    class Status(models.TextChoices):
        GEPLAND = "gepland", "gepland"
        UITGENODIGD = "uitgenodigd", "uitgenodigd"
        GEHOUDEN = "gehouden", "gehouden"
        AFGEZEGD = "afgezegd", "afgezegd"

    soort = models.CharField(max_length=60, help_text="Code van de bespreking in het profiel")
    profielversie = models.ForeignKey("leerlingen.Profielversie", on_delete=models.PROTECT, related_name="+")
    groep = models.ForeignKey(
        "leerlingen.Groep", on_delete=models.PROTECT, null=True, blank=True, related_name="besprekingen"
    )
    activiteit = models.CharField(
        max_length=60, blank=True, default="", help_text="Code van de activiteit in de jaarcyclus"
    )
    sleutel = models.CharField(max_length=200)
    begin = models.DateTimeField("begin")
    eind = models.DateTimeField("eind")
    plaats = models.CharField("plaats", max_length=120, blank=True, default="")
    doel = models.CharField("doel", max_length=500, blank=True, default="")
    status = models.CharField("status", max_length=20, choices=Status.choices, default=Status.GEPLAND)
    voorzitter = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notulist = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verslag = models.OneToOneField(
        "leerlingen.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gemaakt_op = models.DateTimeField(default=klok.nu)
    gehouden_op = models.DateTimeField(null=True, blank=True)
    gehouden_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afgezegd_op = models.DateTimeField(null=True, blank=True)
    afgezegd_reden = models.CharField(max_length=300, blank=True, default="")
    volgnummer = models.PositiveSmallIntegerField(default=0, help_text="Telt op bij elke verzette uitnodiging")

    objects: ClassVar[Any] = BesprekingManager()

    class Meta:
        verbose_name = "bespreking"
        verbose_name_plural = "besprekingen"
        ordering = ["begin", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "sleutel"], name="bespreking_sleutel_uniek"),
            models.CheckConstraint(
                condition=Q(status__in=["gepland", "uitgenodigd", "gehouden", "afgezegd"]),
                name="bespreking_status_bekend",
            ),
            models.CheckConstraint(condition=Q(eind__gt=F("begin")), name="bespreking_eindigt_na_begin"),
            models.CheckConstraint(
                condition=Q(status="gehouden", gehouden_op__isnull=False)
                | (~Q(status="gehouden") & Q(gehouden_op__isnull=True)),
                name="bespreking_gehouden_met_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="afgezegd", afgezegd_op__isnull=False)
                | (~Q(status="afgezegd") & Q(afgezegd_op__isnull=True)),
                name="bespreking_afgezegd_met_moment",
            ),
        ]
        indexes = [models.Index(fields=["school", "begin"], name="bespreking_begin")]

    def __str__(self) -> str:
        return f"bespreking {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held."""
        return self.status in (self.Status.GEPLAND, self.Status.UITGENODIGD)


@pghistory.track(base_model=Gebeurtenis)
class Agendapunt(Schoolgebonden):
    """One item: a pupil, a group plan, or a subject of the meeting itself.

    About a pupil it hangs on a piece of that dossier (`stuk`), which carries the minutes as a paper of the procedure;
    so access follows the pupil, whoever else is on the agenda. `voorbereiding` is the paper filled in beforehand.
    """

    bespreking = models.ForeignKey(Bespreking, on_delete=models.CASCADE, related_name="agendapunten")
    volgorde = models.PositiveSmallIntegerField(default=0)
    leerling = models.ForeignKey(
        "leerlingen.Leerling", on_delete=models.CASCADE, null=True, blank=True, related_name="agendapunten"
    )
    plan = models.ForeignKey(
        "plannen.Groepsplan", on_delete=models.PROTECT, null=True, blank=True, related_name="agendapunten"
    )
    onderwerp = models.CharField("onderwerp", max_length=200, blank=True, default="", help_text="Zonder naam")
    stuk = models.OneToOneField(
        "leerlingen.Dossierstuk", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    voorbereiding = models.ForeignKey(
        "leerlingen.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ingebracht_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    ingebracht_op = models.DateTimeField(default=klok.nu)
    anoniem = models.BooleanField(default=False, help_text="Zonder toestemming: wie van buiten komt hoort geen naam")

    objects: ClassVar[Any] = AgendapuntManager()

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bespreking", "leerling"], condition=Q(leerling__isnull=False), name="agendapunt_leerling_een"
            ),
            models.CheckConstraint(
                condition=Q(leerling__isnull=True, stuk__isnull=True)
                | Q(leerling__isnull=False, stuk__isnull=False, plan__isnull=True),
                name="agendapunt_leerling_met_stuk",
            ),
            models.CheckConstraint(
                condition=Q(leerling__isnull=False) | Q(plan__isnull=False) | ~Q(onderwerp=""),
                name="agendapunt_gaat_ergens_over",
            ),
        ]

    def __str__(self) -> str:
        return f"agendapunt {self.pk}"


class Puntsignaal(Schoolgebonden):
    """A recorded signal that an item answers: why this pupil is on the agenda."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.CASCADE, related_name="puntsignalen")
    signaal = models.ForeignKey("lvs.VastgelegdSignaal", on_delete=models.CASCADE, related_name="puntsignalen")

    objects: ClassVar[Any] = PuntsignaalManager()

    class Meta:
        verbose_name = "signaal bij agendapunt"
        verbose_name_plural = "signalen bij agendapunten"
        constraints = [models.UniqueConstraint(fields=["agendapunt", "signaal"], name="puntsignaal_uniek")]

    def __str__(self) -> str:
        return f"signaal bij agendapunt {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Deelnemer(Schoolgebonden):
    """Somebody at the table; with `agendapunt` only for that pupil: the parents, an expert for one child."""

    class Aanwezig(models.TextChoices):
        ONBEKEND = "onbekend", "nog niet bekend"
        JA = "ja", "aanwezig"
        NEE = "nee", "afwezig"

    bespreking = models.ForeignKey(Bespreking, on_delete=models.CASCADE, related_name="deelnemers")
    agendapunt = models.ForeignKey(
        Agendapunt, on_delete=models.CASCADE, null=True, blank=True, related_name="deelnemers"
    )
    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="deelnames")
    zetel = models.CharField(max_length=60, blank=True, default="", help_text="Code van het lid in het profiel")
    rol = models.CharField(max_length=20, help_text="Code van de rol")
    extern = models.BooleanField(default=False)
    aanwezig = models.CharField(max_length=10, choices=Aanwezig.choices, default=Aanwezig.ONBEKEND)
    uitgenodigd_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DeelnemerManager()

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bespreking", "persoon", "agendapunt"], nulls_distinct=False, name="deelnemer_uniek"
            ),
            models.CheckConstraint(
                condition=Q(aanwezig__in=["onbekend", "ja", "nee"]), name="deelnemer_aanwezig_bekend"
            ),
        ]

    def __str__(self) -> str:
        return f"deelnemer {self.pk}"
