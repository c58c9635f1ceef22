"""Papers as data: a document of the profile with one row an answer (ontwerp §6)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from leerlingen.models.dossier import Vertrouwelijkheid
from leerlingen.querysets import AntwoordManager, DocumentManager
from zorg.kern import klok
from zorg.kern.models import Schoolgebonden


class Document(Schoolgebonden):
    """A paper. It hangs on one piece of a dossier, on groups, or is about the school; who may see it follows from that.

    About a pupil its title, day, subject and confidentiality stand on the piece; about groups or the school they stand
    here. `sleutel` makes the paper of one meeting or one activity of the year exactly once.
    """

    class Over(models.TextChoices):
        LEERLING = "leerling", "een leerling"
        GROEP = "groep", "een groep"
        SCHOOL = "school", "de school"

    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        BESPROKEN = "besproken", "besproken"
        DEFINITIEF = "definitief", "definitief"

    soort = models.CharField(max_length=60, help_text="Code van het document in het profiel")
    stuk = models.OneToOneField(
        "leerlingen.Dossierstuk", on_delete=models.CASCADE, null=True, blank=True, related_name="document"
    )
    over = models.CharField(max_length=10, choices=Over.choices, default=Over.LEERLING, db_default=Over.LEERLING)
    titel = models.CharField("titel", max_length=200, blank=True, default="", db_default="")
    datum = models.DateField("datum", null=True, blank=True)
    vakgebied = models.CharField(max_length=40, blank=True, default="", db_default="")
    vertrouwelijkheid = models.CharField(
        max_length=20,
        choices=Vertrouwelijkheid.choices,
        default=Vertrouwelijkheid.GEWOON,
        db_default=Vertrouwelijkheid.GEWOON,
    )
    sleutel = models.CharField(max_length=200, blank=True, default="", db_default="")
    profielversie = models.ForeignKey("leerlingen.Profielversie", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CONCEPT)
    gemaakt_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gemaakt_op = models.DateTimeField(default=klok.nu)
    vastgesteld_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    vastgesteld_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DocumentManager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["concept", "besproken", "definitief"]), name="document_status_bekend"
            ),
            models.CheckConstraint(
                condition=(Q(status="definitief") & Q(vastgesteld_op__isnull=False) & Q(vastgesteld_door__isnull=False))
                | (~Q(status="definitief") & Q(vastgesteld_op__isnull=True) & Q(vastgesteld_door__isnull=True)),
                name="document_vastgesteld_met_wie_en_wanneer",
            ),
            models.CheckConstraint(condition=Q(over__in=["leerling", "groep", "school"]), name="document_over_bekend"),
            models.CheckConstraint(
                condition=Q(over="leerling", stuk__isnull=False) | (~Q(over="leerling") & Q(stuk__isnull=True)),
                name="document_over_een_leerling_met_stuk",
            ),
            models.CheckConstraint(
                condition=Q(vertrouwelijkheid__in=["gewoon", "vertrouwelijk", "geheim"]),
                name="document_vertrouwelijkheid_bekend",
            ),
            models.UniqueConstraint(
                fields=["school", "sleutel"], condition=~Q(sleutel=""), name="document_sleutel_uniek"
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Documentgroep(Schoolgebonden):
    """A group to which a document belongs; several for a combination group or a plan across groups."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="groepen")
    groep = models.ForeignKey("leerlingen.Groep", on_delete=models.PROTECT, related_name="documenten")

    objects: ClassVar[Any] = AntwoordManager()

    class Meta:
        verbose_name = "documentgroep"
        verbose_name_plural = "documentgroepen"
        constraints = [models.UniqueConstraint(fields=["document", "groep"], name="documentgroep_uniek")]

    def __str__(self) -> str:
        return f"documentgroep {self.pk}"


class Antwoord(Schoolgebonden):
    """One answer in a document, with where the text came from. `versie` counts up at each save."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="antwoorden")
    sectiecode = models.CharField(max_length=60)
    vraagcode = models.CharField(max_length=60)
    leerling = models.ForeignKey(
        "leerlingen.Leerling", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    tekst = models.TextField(blank=True, default="")
    bron = models.CharField(max_length=200, blank=True, default="", help_text="Waar een ingevulde tekst vandaan komt")
    versie = models.PositiveIntegerField(default=1)
    door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gewijzigd_op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = AntwoordManager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sectiecode", "vraagcode", "leerling"],
                nulls_distinct=False,
                name="antwoord_uniek",
            ),
        ]

    def __str__(self) -> str:
        return f"antwoord {self.pk}"


class Antwoordversie(Schoolgebonden):
    """What an answer said before: written by a trigger; saves of one person within ten minutes are one version."""

    antwoord = models.ForeignKey(Antwoord, on_delete=models.CASCADE, related_name="versies")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    tekst = models.TextField(blank=True, default="")
    versie = models.PositiveIntegerField()
    door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    begonnen_op = models.DateTimeField()
    bewaard_op = models.DateTimeField()

    objects: ClassVar[Any] = AntwoordManager()

    class Meta:
        verbose_name = "antwoordversie"
        verbose_name_plural = "antwoordversies"
        ordering = ["-versie"]

    def __str__(self) -> str:
        return f"versie {self.versie}"


class Aanvulling(Schoolgebonden):
    """A correction of a definitive paper by its author: added, never overwritten."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="aanvullingen")
    tekst = models.TextField()
    door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = AntwoordManager()

    class Meta:
        verbose_name = "aanvulling"
        verbose_name_plural = "aanvullingen"
        ordering = ["op"]
        constraints = [models.CheckConstraint(condition=~Q(tekst=""), name="aanvulling_niet_leeg")]

    def __str__(self) -> str:
        return f"aanvulling {self.pk}"
