"""The anchor of everything about one pupil: the piece of the dossier, its circle, publication and files."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from leerlingen.querysets import DossierstukManager, VanStukManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden
from zorg.kern.querysets import Recht


class Vertrouwelijkheid(models.TextChoices):
    """Ordered: gewoon < vertrouwelijk < geheim."""

    GEWOON = "gewoon", "gewoon"
    VERTROUWELIJK = "vertrouwelijk", "vertrouwelijk"
    GEHEIM = "geheim", "geheim"

    @classmethod
    def tot_en_met(cls, plafond: str) -> list[str]:
        """The levels up to and including this one."""
        waarden = list(cls.values)
        return waarden[: waarden.index(plafond) + 1]


@pghistory.track(base_model=Gebeurtenis)
class Dossierstuk(Schoolgebonden):
    """One piece about one pupil. Every paper on any floor has a OneToOne down to its piece; grants, consent,
    publication, files, timeline, search, inspection and deletion point only here (ontwerp §4.1).
    """

    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="dossierstukken")
    soort = models.CharField("soort", max_length=60, help_text="Code van het document in het profiel")
    datum = models.DateField("datum")
    titel = models.CharField("titel", max_length=200)
    vakgebied = models.CharField("vakgebied", max_length=40, blank=True, default="")
    vertrouwelijkheid = models.CharField(
        "vertrouwelijkheid",
        max_length=20,
        choices=Vertrouwelijkheid.choices,
        default=Vertrouwelijkheid.GEWOON,
    )
    in_kring = models.BooleanField("alleen voor genoemde lezers", default=False)
    opgesteld_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="opgestelde_stukken"
    )
    opgesteld_op = models.DateTimeField(default=klok.nu)
    bewaargrond = models.CharField(
        "bewaargrond", max_length=60, default="leerlingdossier", help_text="Code in het profiel"
    )
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DossierstukManager()

    class Meta:
        verbose_name = "dossierstuk"
        verbose_name_plural = "dossierstukken"
        ordering = ["-datum", "-pk"]
        default_permissions = ()
        permissions = [(f"{recht}_dossierstuk", f"dossierstuk {recht}") for recht in Recht.values]
        constraints = [
            models.CheckConstraint(
                condition=Q(vertrouwelijkheid__in=Vertrouwelijkheid.values),
                name="dossierstuk_vertrouwelijkheid_bekend",
            ),
        ]
        indexes = [models.Index(fields=["leerling", "-datum"], name="dossierstuk_tijdlijn")]

    def __str__(self) -> str:
        return f"dossierstuk {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Kringlid(Schoolgebonden):
    """A named reader of a piece that is kept within a circle."""

    stuk = models.ForeignKey(Dossierstuk, on_delete=models.CASCADE, related_name="kring")
    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.CASCADE, related_name="kringen")

    objects: ClassVar[Any] = VanStukManager()

    class Meta:
        verbose_name = "kringlid"
        verbose_name_plural = "kringleden"
        constraints = [models.UniqueConstraint(fields=["stuk", "persoon"], name="kringlid_uniek")]

    def __str__(self) -> str:
        return f"kringlid {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Publicatie(Schoolgebonden):
    """A piece is shared with the parents who have authority; deliberately, by somebody, until taken back."""

    stuk = models.ForeignKey(Dossierstuk, on_delete=models.CASCADE, related_name="publicaties")
    door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=klok.nu)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = VanStukManager()

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        constraints = [
            models.UniqueConstraint(
                fields=["stuk"], condition=Q(ingetrokken_op__isnull=True), name="publicatie_een_tegelijk"
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_door__isnull=True)
                | Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False),
                name="publicatie_intrekking_met_wie",
            ),
        ]

    def __str__(self) -> str:
        return f"publicatie {self.pk}"


def bestandspad(bijlage: "Bijlage", naam: str) -> str:
    """Kept under a random name: the folder tells nobody whose file it is."""
    import uuid

    return f"bijlagen/{bijlage.school_id}/{uuid.uuid4().hex}"


class Bijlage(Schoolgebonden):
    """A file at a piece. Replaced or withdrawn with a trail, never silently overwritten."""

    stuk = models.ForeignKey(Dossierstuk, on_delete=models.CASCADE, related_name="bijlagen")
    bestand = models.FileField(upload_to=bestandspad, max_length=200)
    naam = models.CharField("naam", max_length=150)
    mime = models.CharField(max_length=100)
    grootte = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    toegevoegd_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    toegevoegd_op = models.DateTimeField(default=klok.nu)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = VanStukManager()

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["toegevoegd_op"]

    def __str__(self) -> str:
        return f"bijlage {self.pk}"
