"""What the parents write themselves: their part of a paper, asked of each, kept by them until they send it in."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from leerlingen.querysets import OuderantwoordManager, OuderdeelManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden


@pghistory.track(base_model=Gebeurtenis)
class Ouderdeel(Schoolgebonden):
    """A request to one parent for their part of a paper (M-52). Staff see how far it is, never what is not sent in."""

    class Stand(models.TextChoices):
        GEVRAAGD = "gevraagd", "nog niet begonnen"
        BEZIG = "bezig", "mee bezig"
        INGESTUURD = "ingestuurd", "ingestuurd"
        OPGETEKEND = "opgetekend", "opgetekend door de school"
        INGETROKKEN = "ingetrokken", "niet meer nodig"

    document = models.ForeignKey("leerlingen.Document", on_delete=models.CASCADE, related_name="ouderdelen")
    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, related_name="ouderdelen")
    sectiecode = models.CharField(max_length=60, help_text="Code van het deel in het document van het profiel")
    waarom = models.CharField("waarom", max_length=300, help_text="Zonder naam van de leerling")
    lezers = models.CharField("wie het lezen", max_length=500)
    voor = models.DateField("graag vóór")
    gevraagd_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gevraagd_op = models.DateTimeField(default=klok.nu)
    begonnen_op = models.DateTimeField(null=True, blank=True)
    ingestuurd_op = models.DateTimeField(null=True, blank=True)
    opgetekend_op = models.DateTimeField(null=True, blank=True)
    opgetekend_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = OuderdeelManager()

    class Meta:
        verbose_name = "deel van een ouder"
        verbose_name_plural = "delen van ouders"
        ordering = ["gevraagd_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sectiecode", "persoon"],
                condition=Q(ingetrokken_op__isnull=True),
                name="ouderdeel_een_per_ouder",
            ),
            models.CheckConstraint(
                condition=Q(opgetekend_op__isnull=True, opgetekend_door__isnull=True)
                | Q(opgetekend_op__isnull=False, opgetekend_door__isnull=False),
                name="ouderdeel_opgetekend_met_wie",
            ),
            models.CheckConstraint(
                condition=Q(ingestuurd_op__isnull=True)
                | Q(begonnen_op__isnull=False, opgetekend_op__isnull=True, ingetrokken_op__isnull=True),
                name="ouderdeel_ingestuurd_blijft_staan",
            ),
        ]

    def __str__(self) -> str:
        return f"deel van een ouder {self.pk}"

    @property
    def leerling(self) -> Any:
        """Whom it is about: the pupil of the piece on which the paper hangs."""
        stuk: Any = self.document.stuk
        return stuk.leerling

    @property
    def stand(self) -> Stand:
        """How far it is."""
        return self.stand_bij(self)

    @classmethod
    def stand_bij(cls, rij: Any) -> Stand:
        """How far it is, of anything with these moments (a row asked for beside another)."""
        if rij.ingestuurd_op is not None:
            return cls.Stand.INGESTUURD
        if rij.opgetekend_op is not None:
            return cls.Stand.OPGETEKEND
        if rij.ingetrokken_op is not None:
            return cls.Stand.INGETROKKEN
        return cls.Stand.BEZIG if rij.begonnen_op is not None else cls.Stand.GEVRAAGD

    @property
    def is_open(self) -> bool:
        """Whether the parent can still write and send in."""
        return self.stand in (self.Stand.GEVRAAGD, self.Stand.BEZIG)


class Ouderantwoord(Schoolgebonden):
    """What a parent wrote so far at one question: theirs alone. Sent in, it becomes an answer of the paper."""

    ouderdeel = models.ForeignKey(Ouderdeel, on_delete=models.CASCADE, related_name="antwoorden")
    vraagcode = models.CharField(max_length=60)
    tekst = models.TextField(blank=True, default="")
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = OuderantwoordManager()

    class Meta:
        verbose_name = "antwoord van een ouder"
        verbose_name_plural = "antwoorden van ouders"
        constraints = [models.UniqueConstraint(fields=["ouderdeel", "vraagcode"], name="ouderantwoord_een_per_vraag")]

    def __str__(self) -> str:
        return f"antwoord van een ouder {self.pk}"
