"""The only to-do of people: for one person, or for all teachers of a group (done by one is done for both)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from leerlingen.querysets import TaakManager
from zorg.kern import klok
from zorg.kern.models import Schoolgebonden

ELDERS_KLAAR = frozenset({"actiepunt", "bespreking", "evalueren", "ouderdeel", "papier", "toestemming", "uitnodiging"})
"""Kinds that are done by an act on their own page: the answer, the evaluation, the agreement, the meeting held."""


class Taak(Schoolgebonden):
    """Something to do before a date, with the page where it is done. `sleutel` makes it exactly once.

    What somebody does as ib'er or director says so in `rol`: it passes on with the role. What the teachers of a group
    do about a pupil follows that pupil to the next group (TaakQuerySet).
    """

    soort = models.CharField(max_length=60)
    sleutel = models.CharField(max_length=200)
    titel = models.CharField(max_length=200, help_text="Zonder naam van de leerling")
    uitleg = models.CharField(max_length=500, blank=True, default="")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, null=True, related_name="taken")
    persoon = models.ForeignKey("leerlingen.Persoon", on_delete=models.CASCADE, null=True, related_name="taken")
    groep = models.ForeignKey("leerlingen.Groep", on_delete=models.CASCADE, null=True, related_name="taken")
    rol = models.CharField(
        max_length=20, blank=True, default="", db_default="", help_text="Waarin de persoon dit doet; leeg = zelf"
    )
    link = models.CharField(max_length=300, blank=True, default="")
    knop = models.CharField(max_length=40, default="Openen")
    voor = models.DateField(null=True)
    gemaakt_op = models.DateTimeField(default=klok.nu)
    klaar_op = models.DateTimeField(null=True)
    klaar_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    vervallen_op = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TaakManager()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["voor", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "sleutel"], name="taak_sleutel_uniek"),
            models.CheckConstraint(
                condition=Q(persoon__isnull=False, groep__isnull=True) | Q(persoon__isnull=True, groep__isnull=False),
                name="taak_van_persoon_of_groep",
            ),
            models.CheckConstraint(condition=Q(rol="") | Q(persoon__isnull=False), name="taak_rol_van_een_persoon"),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def af_te_vinken(self) -> bool:
        """Whether somebody says by hand that it is done."""
        return self.soort not in ELDERS_KLAAR
