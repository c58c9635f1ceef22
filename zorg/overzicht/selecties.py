"""Reads over all apps: today, search, logbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from leerlingen.models import Dossierstuk, Leerling, Taak
from leerlingen.models.taak import ELDERS_KLAAR
from leerlingen.selecties import open_taken, vandaag_van
from zorg.kern import klok
from zorg.kern.datums import dag_erna
from zorg.kern.models import School
from zorg.logboek import teksten
from zorg.logboek.models import Logregel


@dataclass(frozen=True)
class Taakrij:
    """One thing to do, with about whom it is (only when the user may know)."""

    taak: Taak
    leerling: Leerling | None
    dagen_te_laat: int
    dagen_nog: int | None


def taken(request: HttpRequest, maximum: int = 30) -> tuple[list[Taakrij], int]:
    """What this user has to do, most urgent first, and how many there are in all."""
    gebruiker: Any = request.user
    open_ = Taak.objects.zichtbaar_voor(gebruiker).open()
    rijen = list(open_[:maximum])
    dag = vandaag_van(request)
    zichtbaar = {
        leerling.pk: leerling
        for leerling in Leerling.objects.zichtbaar_voor(gebruiker).filter(
            pk__in=[taak.leerling_id for taak in rijen if taak.leerling_id]
        )
    }
    lijst = [
        Taakrij(
            taak,
            zichtbaar.get(taak.leerling_id),
            max(0, (dag - taak.voor).days) if taak.voor else 0,
            (taak.voor - dag).days if taak.voor and taak.voor >= dag else None,
        )
        for taak in rijen
    ]
    return lijst, aantal_taken(request)


def aantal_taken(request: HttpRequest) -> int:
    """How much this user has to do; the navigation and the page ask it once together."""
    return sum(open_taken(request).values())


def vandaag_gedaan(request: HttpRequest, maximum: int = 10) -> list[Taak]:
    """What was ticked off by hand today, the last first: to put back what went too quickly."""
    school: School = request.scholen[0]  # type: ignore[attr-defined]
    begin = datetime.combine(klok.vandaag(school), time.min, tzinfo=ZoneInfo(school.tijdzone))
    gedaan = Taak.objects.zichtbaar_voor(request.user).filter(klaar_op__gte=begin, vervallen_op__isnull=True)
    return list(gedaan.exclude(soort__in=ELDERS_KLAAR).order_by("-klaar_op", "pk")[:maximum])


@dataclass(frozen=True)
class Gedeeld:
    """A piece to which somebody was given access by name: `tot_en_met` a last whole day, else `tot` a moment."""

    stuk: Dossierstuk
    tot_en_met: date | None
    tot: datetime


def met_mij_gedeeld(gebruiker: Any) -> list[Gedeeld]:
    """The pieces that somebody was given access to by name, with until when: an expert's whole world here."""
    stukken = Dossierstuk.objects.zichtbaar_voor(gebruiker).gedeeld_met(gebruiker)
    rijen = stukken.select_related("school").order_by("gedeeld_tot")
    return [Gedeeld(stuk, _laatste_dag(stuk.gedeeld_tot, stuk.school), stuk.gedeeld_tot) for stuk in rijen]


def _laatste_dag(tot: datetime, school: School) -> date | None:
    """The day before a midnight; people do not read «until 00.00»."""
    plaatselijk = tot.astimezone(ZoneInfo(school.tijdzone))
    return plaatselijk.date() - timedelta(days=1) if plaatselijk.time() == time.min else None


@dataclass(frozen=True)
class Logfilter:
    """What of the logbook was asked for."""

    handeling: str = ""
    wie: str = ""
    leerling: int | None = None
    van: date | None = None
    tot: date | None = None


@dataclass(frozen=True)
class Logboekrij:
    """One line in words."""

    tijd: datetime
    wie: str
    wat: str
    leerling: Leerling | None
    reden: str


def logboek(
    request: HttpRequest, gevraagd: Logfilter, pagina: str, per_pagina: int = 50
) -> tuple[Page[Any], list[Logboekrij]]:
    """One page of the lines the user may read, newest first."""
    gebruiker: Any = request.user
    school: School = request.scholen[0]  # type: ignore[attr-defined]
    zone = ZoneInfo(school.tijdzone)
    regels = Logregel.objects.zichtbaar_voor(gebruiker)
    if gevraagd.handeling:
        regels = regels.filter(handeling=gevraagd.handeling)
    if gevraagd.wie:
        regels = regels.filter(actor_naam__icontains=gevraagd.wie)
    if gevraagd.leerling is not None:
        regels = regels.filter(leerling_id=gevraagd.leerling)
    if gevraagd.van:
        regels = regels.filter(tijd__gte=datetime.combine(gevraagd.van, time.min, tzinfo=zone))
    if gevraagd.tot:
        regels = regels.filter(tijd__lt=datetime.combine(dag_erna(gevraagd.tot), time.min, tzinfo=zone))
    blad = Paginator(regels, per_pagina).get_page(pagina)
    lijst = list(blad.object_list)
    zichtbaar = {
        leerling.pk: leerling
        for leerling in Leerling.objects.zichtbaar_voor(gebruiker).filter(
            pk__in={regel.leerling_id for regel in lijst if regel.leerling_id}
        )
    }
    rijen = [
        Logboekrij(regel.tijd, regel.actor_naam, teksten.zin(regel), zichtbaar.get(regel.leerling_id), regel.reden)
        for regel in lijst
    ]
    return blad, rijen
