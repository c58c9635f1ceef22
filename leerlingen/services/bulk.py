"""Whole classes at once: enrolling, placing, parents. The code of one pupil, with one log row a batch (ontwerp §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import profielen_van_school
from leerlingen.models import (
    Antwoord,
    Document,
    Dossierstuk,
    Groep,
    Leerling,
    Ouderschap,
    Persoon,
    Plaatsing,
    Vertrouwelijkheid,
)
from leerlingen.models.personen import Gezag
from leerlingen.services.inrichten import nieuwe_persoon
from leerlingen.services.leerlingen import nieuw_ouderschap, nieuwe_leerling, nieuwe_plaatsing
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen

PER_KEER = 1000


@dataclass(frozen=True)
class Inschrijving:
    """One new pupil; `velden` as for `inschrijven`."""

    vanaf: date
    velden: Mapping[str, Any]
    tot: date | None = None


@dataclass(frozen=True)
class Plek:
    """One new placement, as for `plaatsen`."""

    leerling: Leerling
    groep: Groep
    vanaf: date
    tot: date | None = None
    jaargroep: str = ""


@dataclass(frozen=True)
class NieuweOuder:
    """One new person without an account, with the children of whom they are a parent and the authority over each."""

    velden: Mapping[str, Any]
    kinderen: tuple[tuple[Leerling, str], ...]
    relatie: str = "ouder"
    vanaf: date = field(kw_only=True)


@transaction.atomic
def leerlingen_inschrijven(*, school: School, rijen: Iterable[Inschrijving], door: Gebruiker | None) -> list[Leerling]:
    """Enrol many pupils. Raises DomeinFout when a key is there already; then none is enrolled."""
    nieuw = [nieuwe_leerling(school, rij.vanaf, rij.tot, rij.velden) for rij in rijen]
    for leerling in nieuw:
        leerling.clean_fields(exclude=["school"])
    try:
        with transaction.atomic():
            Leerling.objects.bulk_create(nieuw, batch_size=PER_KEER)
    except IntegrityError:
        raise DomeinFout("Een van deze leerlingen staat al ingeschreven.") from None
    vastleggen("leerlingen_ingeschreven", school=school, door=door, aantal=len(nieuw))
    return nieuw


@transaction.atomic
def leerlingen_plaatsen(*, school: School, rijen: Iterable[Plek], door: Gebruiker | None) -> list[Plaatsing]:
    """Place many pupils who sit nowhere yet in these periods.

    Unlike `plaatsen` it ends nothing: raises DomeinFout when a pupil would sit in two home groups at once.
    """
    nieuw = [nieuwe_plaatsing(rij.leerling, rij.groep, rij.vanaf, rij.tot, rij.jaargroep) for rij in rijen]
    try:
        with transaction.atomic():
            Plaatsing.objects.bulk_create(nieuw, batch_size=PER_KEER)
    except IntegrityError:
        raise DomeinFout("Een van deze leerlingen zit in deze periode al in een groep.") from None
    vastleggen("leerlingen_geplaatst", school=school, door=door, aantal=len(nieuw))
    return nieuw


@transaction.atomic
def ouders_toevoegen(*, school: School, rijen: Iterable[NieuweOuder], door: Gebruiker | None) -> list[Persoon]:
    """Add many parents, each with their children. Raises DomeinFout without a name."""
    rijen = list(rijen)
    personen = [nieuwe_persoon(school, rij.velden) for rij in rijen]
    Persoon.objects.bulk_create(personen, batch_size=PER_KEER)
    banden = [
        nieuw_ouderschap(leerling, persoon, rij.relatie, Gezag(gezag), rij.vanaf)
        for rij, persoon in zip(rijen, personen, strict=True)
        for leerling, gezag in rij.kinderen
    ]
    Ouderschap.objects.bulk_create(banden, batch_size=PER_KEER)
    vastleggen("ouders_toegevoegd", school=school, door=door, aantal=len(personen))
    return personen


@dataclass(frozen=True)
class Oudenotitie:
    """A note that was written before it came in here, by somebody of the school, at a moment."""

    leerling: Leerling
    titel: str
    tekst: str
    auteur: Persoon
    op: datetime
    vertrouwelijkheid: str = Vertrouwelijkheid.GEWOON


@transaction.atomic
def notities_overnemen(*, school: School, rijen: Iterable[Oudenotitie], door: Gebruiker | None) -> list[Document]:
    """Take over notes of the past (another system, the demo), each under the name of its author.

    Only the system itself may: raises PermissionDenied for an account, which writes notes one by one.
    """
    if door is not None:
        raise PermissionDenied
    rijen = list(rijen)
    versie = profielen_van_school.huidige_versie(school)
    sectie, vraag = profielen_van_school.eerste_vraag(versie, "notitie")
    zone = ZoneInfo(school.tijdzone)
    stukken = [
        Dossierstuk(
            school=school,
            leerling=rij.leerling,
            soort="notitie",
            titel=schoon(rij.titel, naam="De titel", maximum=200).strip(),
            datum=rij.op.astimezone(zone).date(),
            vertrouwelijkheid=rij.vertrouwelijkheid,
            opgesteld_door=rij.auteur,
            opgesteld_op=rij.op,
        )
        for rij in rijen
    ]
    Dossierstuk.objects.bulk_create(stukken, batch_size=PER_KEER)
    documenten = [
        Document(
            school=school, soort="notitie", stuk=stuk, profielversie=versie, gemaakt_door=rij.auteur, gemaakt_op=rij.op
        )
        for rij, stuk in zip(rijen, stukken, strict=True)
    ]
    Document.objects.bulk_create(documenten, batch_size=PER_KEER)
    Antwoord.objects.bulk_create(
        [
            Antwoord(
                school=school,
                document=document,
                sectiecode=sectie,
                vraagcode=vraag,
                tekst=schoon(rij.tekst),
                door=rij.auteur,
                gewijzigd_op=rij.op,
            )
            for rij, document in zip(rijen, documenten, strict=True)
        ],
        batch_size=PER_KEER,
    )
    vastleggen("notities_overgenomen", school=school, door=door, aantal=len(rijen))
    return documenten
