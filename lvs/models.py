"""Results of tests: one series per pupil and subject, and the results in it. And signals that people record."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from lvs.querysets import ResultaatManager, ResultatenreeksManager, SignaalManager
from zorg.kern import klok
from zorg.kern.models import Gebeurtenis, Schoolgebonden


def wat_er_stond() -> tuple[Any, ...]:
    """Trackers that keep what stood there before a correction or removal; a new one for each model.

    The row itself says what stands there now; a copy of each of millions of new results would double them, and made
    reading a file in five times slower.
    """
    return (pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())


@pghistory.track(*wat_er_stond(), base_model=Gebeurtenis)
class Resultatenreeks(Schoolgebonden):
    """The results of one pupil in one subject: one piece of the dossier.

    Grants, consent lists and a specialist's own subjects (K-173) thus work on it as on any other piece.
    """

    stuk = models.OneToOneField("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="resultatenreeks")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="resultatenreeksen")
    vak = models.CharField("vak", max_length=40, help_text="Code van het vakgebied in het profiel")

    objects: ClassVar[Any] = ResultatenreeksManager()

    class Meta:
        verbose_name = "resultatenreeks"
        verbose_name_plural = "resultatenreeksen"
        constraints = [models.UniqueConstraint(fields=["leerling", "vak"], name="resultatenreeks_uniek")]

    def __str__(self) -> str:
        return f"resultaten {self.vak} {self.pk}"


@pghistory.track(*wat_er_stond(), base_model=Gebeurtenis)
class Resultaat(Schoolgebonden):
    """One result as entered or imported: levels are never computed here, score tables are copyright (domein 2.1).

    `moment` is the test that was taken (M5), which need not be the year group of the pupil; `afnamejaar` is the year in
    which the school year of `afnamedatum` began. Together they keep apart the M5 of a pupil who repeats a year. Of a
    method test `ruwe_score` is the percentage right.
    """

    # the index resultaat_verloop begins with it
    reeks = models.ForeignKey(Resultatenreeks, on_delete=models.CASCADE, related_name="resultaten", db_index=False)
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="+")
    vak = models.CharField("vak", max_length=40)
    instrument = models.CharField("toets", max_length=40, help_text="Code van het instrument in het profiel")
    versie = models.CharField("versie", max_length=40, blank=True, default="")
    onderdeel = models.CharField("onderdeel", max_length=120, blank=True, default="")
    moment = models.CharField("moment", max_length=40, help_text="M3, E6, B8 of de naam van een blok")
    methodetoets = models.BooleanField(default=False)
    afnamedatum = models.DateField("afnamedatum")
    afnamejaar = models.PositiveSmallIntegerField(help_text="Jaar waarin het schooljaar van de afname begon")
    ruwe_score = models.DecimalField("ruwe score", max_digits=7, decimal_places=2, null=True, blank=True)
    vaardigheidsscore = models.DecimalField("vaardigheidsscore", max_digits=7, decimal_places=2, null=True, blank=True)
    niveau = models.CharField("niveau", max_length=20, blank=True, default="")
    percentiel = models.DecimalField("percentiel", max_digits=5, decimal_places=2, null=True, blank=True)
    functioneringsniveau = models.CharField("functioneringsniveau", max_length=20, blank=True, default="")
    dle = models.DecimalField("DLE", max_digits=5, decimal_places=1, null=True, blank=True)
    referentieniveau = models.CharField("referentieniveau", max_length=20, blank=True, default="")
    ingevoerd_door = models.ForeignKey(
        "leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ingevoerd_op = models.DateTimeField(default=klok.nu)

    objects: ClassVar[Any] = ResultaatManager()

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        ordering = ["-afnamedatum", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reeks", "instrument", "versie", "onderdeel", "moment", "afnamejaar"],
                condition=Q(methodetoets=False),
                name="resultaat_uniek",
            ),
            models.UniqueConstraint(
                fields=["reeks", "instrument", "versie", "onderdeel", "moment", "afnamedatum"],
                condition=Q(methodetoets=True),
                name="resultaat_methodetoets_uniek",
            ),
            models.CheckConstraint(
                condition=Q(ruwe_score__isnull=False)
                | Q(vaardigheidsscore__isnull=False)
                | Q(percentiel__isnull=False)
                | Q(dle__isnull=False)
                | ~Q(niveau="")
                | ~Q(functioneringsniveau="")
                | ~Q(referentieniveau=""),
                name="resultaat_zegt_iets",
            ),
            models.CheckConstraint(
                condition=Q(percentiel__isnull=True) | Q(percentiel__range=(0, 100)), name="resultaat_percentiel_0_100"
            ),
            models.CheckConstraint(condition=~Q(moment=""), name="resultaat_moment_bekend"),
        ]
        indexes = [models.Index(fields=["reeks", "afnamedatum"], name="resultaat_verloop")]

    def __str__(self) -> str:
        return f"resultaat {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class VastgelegdSignaal(Schoolgebonden):
    """A signal about a pupil that a person recorded: what was seen, by whom it was told, and what is done with it.

    It is content about a pupil, so it hangs on a piece of the dossier: who may read the piece reads the signal,
    parents only when it is shared (K-04..K-10, K-43, K-157). Date, subject and who wrote it stand there.
    """

    class Bron(models.TextChoices):
        OBSERVATIE = "observatie", "eigen observatie"
        LVS = "lvs", "toets uit het leerlingvolgsysteem"
        METHODE = "methode", "methodetoetsen"
        OUDERS = "ouders", "de ouders zeggen het"
        GESPREK = "gesprek", "gesprek met leerling of collega"

    class Stand(models.TextChoices):
        OPEN = "open", "open"
        OPGEPAKT = "opgepakt", "opgepakt"
        AFGESLOTEN = "afgesloten", "afgesloten"

    class Waar(models.TextChoices):
        PLAN = "plan", "in een plan"
        BESPREKING = "bespreking", "in een bespreking"
        WEEK = "week", "in de weekplanning"
        OUDERS = "ouders", "met de ouders"

    stuk = models.OneToOneField("leerlingen.Dossierstuk", on_delete=models.CASCADE, related_name="signaal")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="+")
    categorie = models.CharField("categorie", max_length=60, help_text="Code van het signaal in het profiel")
    bron = models.CharField("bron", max_length=20, choices=Bron.choices)
    tekst = models.TextField("wat is er gezien")
    stand = models.CharField(max_length=20, choices=Stand.choices, default=Stand.OPEN)
    waar = models.CharField(max_length=20, choices=Waar.choices, blank=True, default="")
    toelichting = models.CharField(
        max_length=300, blank=True, default="", help_text="Wat ermee gedaan wordt, of waarom het klaar is"
    )
    stand_sinds = models.DateTimeField(default=klok.nu)
    gezet_door = models.ForeignKey("leerlingen.Persoon", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = SignaalManager()

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        constraints = [
            models.CheckConstraint(
                condition=Q(bron__in=["observatie", "lvs", "methode", "ouders", "gesprek"]), name="signaal_bron_bekend"
            ),
            models.CheckConstraint(
                condition=Q(stand__in=["open", "opgepakt", "afgesloten"]), name="signaal_stand_bekend"
            ),
            models.CheckConstraint(
                condition=Q(waar__in=["", "plan", "bespreking", "week", "ouders"]), name="signaal_waar_bekend"
            ),
            models.CheckConstraint(
                condition=(Q(stand="opgepakt") & ~Q(waar="")) | (~Q(stand="opgepakt") & Q(waar="")),
                name="signaal_opgepakt_waar",
            ),
            models.CheckConstraint(
                condition=~Q(stand="afgesloten") | ~Q(toelichting=""), name="signaal_afgesloten_waarom"
            ),
            models.CheckConstraint(condition=~Q(tekst="") & ~Q(categorie=""), name="signaal_zegt_iets"),
        ]
        indexes = [models.Index(fields=["leerling", "stand"], name="signaal_leerling_stand")]

    def __str__(self) -> str:
        return f"signaal {self.pk}"
