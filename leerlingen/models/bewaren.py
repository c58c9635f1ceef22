"""Keeping and destroying: what must not go yet, and the proof of what went (domein §2.5; AVG 5.1.e, 5.2, 18).

How long each kind of data is kept, from which day and on which ground, are the `bewaartermijnen` of the procedure.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from leerlingen.querysets import RechtManager, VernietigingManager
from zorg.kern import klok
from zorg.kern.models import Schoolgebonden


class Bewaarbeperking(Schoolgebonden):
    """Nothing about this pupil is destroyed, for a reason and until a day (or until lifted): a complaint, a lawsuit."""

    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="bewaarbeperkingen")
    reden = models.CharField("reden", max_length=300)
    tot_en_met = models.DateField("niet vernietigen tot en met", null=True, blank=True)
    gezet_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    gezet_op = models.DateTimeField(default=klok.nu)
    opgeheven_op = models.DateTimeField(null=True, blank=True)
    opgeheven_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = RechtManager()

    class Meta:
        verbose_name = "bewaarbeperking"
        verbose_name_plural = "bewaarbeperkingen"
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="bewaarbeperking_met_reden"),
            models.UniqueConstraint(
                fields=["leerling"], condition=Q(opgeheven_op__isnull=True), name="bewaarbeperking_een_tegelijk"
            ),
        ]

    def __str__(self) -> str:
        return f"bewaarbeperking {self.pk}"


class Vernietiging(Schoolgebonden):
    """Proof that data were destroyed: when, under which term and ground, how many of what, by whom. No names.

    `leerling_nummer` is a number that means nothing any more once the pupil is gone. The role `app` can't change or
    remove a row (migration 0002); only `te_wissen` empties, as the files leave the disk.
    """

    op = models.DateTimeField(default=klok.nu)
    termijn = models.CharField(max_length=60, help_text="Code van de bewaartermijn in het profiel")
    maanden = models.PositiveSmallIntegerField()
    grond = models.TextField(help_text="Zoals het profiel hem noemde")
    profielversie = models.ForeignKey("leerlingen.Profielversie", on_delete=models.PROTECT, related_name="+")
    leerling_nummer = models.BigIntegerField(null=True)
    aantallen = models.JSONField(help_text="Rijen per soort")
    door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    te_wissen = models.JSONField(default=list, help_text="Bestanden die nog van de schijf moeten")

    objects: ClassVar[Any] = VernietigingManager()

    class Meta:
        verbose_name = "vernietiging"
        verbose_name_plural = "vernietigingen"
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return f"vernietiging {self.pk}"
