"""People of a school and their dated relations: who teaches, who leads, whose child it is. Rights follow from these."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q

from leerlingen.querysets import AanstellingManager, OuderschapManager, PersoonManager, ToewijzingManager
from zorg.kern.models import Gebeurtenis, Schoolgebonden
from zorg.kern.models.basis import geen_overlap


class Rol(models.TextChoices):
    """Fixed codes; what a role is called at a school stands in its profile (X-02, X-03)."""

    IB = "ib", "intern begeleider"
    DIRECTEUR = "directeur", "directeur"
    TEAMLEIDER = "teamleider", "teamleider"
    LEERKRACHT = "leerkracht", "leerkracht"
    VERVANGER = "vervanger", "vervanger"
    SPECIALIST = "specialist", "specialist"
    RT = "rt", "remedial teacher"
    ASSISTENT = "assistent", "onderwijsassistent"
    ICT = "ict", "ict-coördinator"
    BEHEERDER = "beheerder", "beheerder"
    EXTERN = "extern", "externe deskundige"


@pghistory.track(base_model=Gebeurtenis)
class Persoon(Schoolgebonden):
    """Somebody the school deals with: staff, parent or outside expert. An account is optional."""

    gebruiker = models.ForeignKey(
        "kern.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="personen"
    )
    sleutel = models.CharField("EDEXML-sleutel", max_length=100, null=True, blank=True)
    roepnaam = models.CharField("roepnaam", max_length=100, blank=True, default="")
    voorvoegsel = models.CharField("voorvoegsel", max_length=30, blank=True, default="")
    achternaam = models.CharField("achternaam", max_length=120, blank=True, default="")
    voorletters = models.CharField("voorletters", max_length=30, blank=True, default="")
    email = models.EmailField("e-mailadres", blank=True, default="")
    telefoon = models.CharField("telefoon", max_length=30, blank=True, default="")
    taal = models.CharField("taal", max_length=10, blank=True, default="nl")
    functie = models.CharField("functie of organisatie", max_length=150, blank=True, default="")
    sorteernaam = models.CharField(max_length=260, editable=False, default="")
    zoeknaam = models.CharField(max_length=260, editable=False, default="")

    objects: ClassVar[Any] = PersoonManager()

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering = ["sorteernaam"]
        constraints = [
            models.UniqueConstraint(fields=["school", "sleutel"], name="persoon_sleutel_uniek"),
            models.UniqueConstraint(
                fields=["school", "gebruiker"],
                condition=Q(gebruiker__isnull=False),
                name="persoon_gebruiker_uniek",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """Given name and surname as the school says it."""
        from leerlingen.namen import volledige_naam

        return volledige_naam(self.roepnaam, self.voorvoegsel, self.achternaam, self.voorletters)


@pghistory.track(base_model=Gebeurtenis)
class Aanstelling(Schoolgebonden):
    """A role at the school for a period. Ib'er and director see all pupils; a specialist only their own subjects."""

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="aanstellingen")
    rol = models.CharField("rol", max_length=20, choices=Rol.choices)
    vakgebieden = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Alleen voor een specialist (K-173)",
    )
    werkdagen = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="1 = maandag; leeg = alle"
    )
    periode = DateRangeField()

    objects: ClassVar[Any] = AanstellingManager()

    class Meta:
        verbose_name = "aanstelling"
        verbose_name_plural = "aanstellingen"
        constraints = [
            models.CheckConstraint(condition=Q(rol__in=Rol.values), name="aanstelling_rol_bekend"),
            models.CheckConstraint(condition=Q(periode__isempty=False), name="aanstelling_periode_niet_leeg"),
            geen_overlap("aanstelling_geen_overlap", "persoon_id", tekst="rol"),
        ]

    def __str__(self) -> str:
        return f"{self.rol} {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Toewijzing(Schoolgebonden):
    """Somebody works with a group for a period: teacher, substitute, rt'er, assistant.

    `inzage` is how long they see its pupils: the period widened by the handover window of the profile for a teacher,
    exactly the period for a substitute (ontwerp §4.1).
    """

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="toewijzingen")
    groep = models.ForeignKey("leerlingen.Groep", on_delete=models.PROTECT, related_name="toewijzingen")
    rol = models.CharField("rol", max_length=20, choices=Rol.choices, default=Rol.LEERKRACHT)
    periode = DateRangeField()
    inzage = DateRangeField()

    objects: ClassVar[Any] = ToewijzingManager()

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(rol__in=["leerkracht", "vervanger", "rt", "assistent"]),
                name="toewijzing_rol_bekend",
            ),
            models.CheckConstraint(condition=Q(periode__isempty=False), name="toewijzing_periode_niet_leeg"),
            models.CheckConstraint(condition=Q(inzage__contains=F("periode")), name="toewijzing_inzage_dekt_periode"),
            models.CheckConstraint(
                condition=~Q(rol="vervanger") | Q(inzage=F("periode")), name="vervanger_zonder_overdracht"
            ),
            geen_overlap("toewijzing_geen_overlap", "persoon_id", "groep_id"),
        ]

    def __str__(self) -> str:
        return f"{self.rol} {self.pk}"


@pghistory.track(base_model=Gebeurtenis)
class Leerlingtoewijzing(Schoolgebonden):
    """Somebody works with one pupil for a period: rt'er or assistant."""

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="leerlingtoewijzingen")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="leerlingtoewijzingen")
    rol = models.CharField("rol", max_length=20, choices=Rol.choices, default=Rol.RT)
    periode = DateRangeField()

    objects: ClassVar[Any] = ToewijzingManager()

    class Meta:
        verbose_name = "leerlingtoewijzing"
        verbose_name_plural = "leerlingtoewijzingen"
        constraints = [
            models.CheckConstraint(condition=Q(rol__in=["rt", "assistent"]), name="leerlingtoewijzing_rol_bekend"),
            models.CheckConstraint(condition=Q(periode__isempty=False), name="leerlingtoewijzing_niet_leeg"),
            geen_overlap("leerlingtoewijzing_geen_overlap", "persoon_id", "leerling_id"),
        ]

    def __str__(self) -> str:
        return f"{self.rol} {self.pk}"


class Gezag(models.TextChoices):
    JA = "ja", "ja"
    NEE = "nee", "nee"
    ONBEKEND = "onbekend", "onbekend"


@pghistory.track(base_model=Gebeurtenis)
class Ouderschap(Schoolgebonden):
    """Who is parent or guardian of whom, and with which authority. Unknown authority means no access (domein 2.5)."""

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="ouderschappen")
    leerling = models.ForeignKey("leerlingen.Leerling", on_delete=models.CASCADE, related_name="ouderschappen")
    relatie = models.CharField("relatie", max_length=40, default="ouder", help_text="moeder, vader, voogd (A-02) …")
    gezag = models.CharField("gezag", max_length=10, choices=Gezag.choices, default=Gezag.ONBEKEND)
    beperking = models.CharField(
        "beperking", max_length=200, blank=True, default="", help_text="Bijvoorbeeld door de rechter"
    )
    periode = DateRangeField()

    objects: ClassVar[Any] = OuderschapManager()

    class Meta:
        verbose_name = "ouderschap"
        verbose_name_plural = "ouderschappen"
        constraints = [
            models.CheckConstraint(condition=Q(gezag__in=Gezag.values), name="ouderschap_gezag_bekend"),
            models.CheckConstraint(condition=Q(periode__isempty=False), name="ouderschap_niet_leeg"),
            geen_overlap("ouderschap_geen_overlap", "persoon_id", "leerling_id"),
        ]

    def __str__(self) -> str:
        return f"{self.relatie} {self.pk}"
