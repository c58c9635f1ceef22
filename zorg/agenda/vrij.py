"""Holidays, free days and study days of a school year, and the hours in which the school meets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from besprekingen import services
from leerlingen import toegang
from leerlingen.inhangen import STAF
from leerlingen.models import Schooljaar, Vrij
from leerlingen.selecties import vandaag_van
from leerlingen.services import schooljaar_van, schooljaar_zorgen
from zorg.agenda import selecties
from zorg.agenda.forms import Urenformulier, Vrijformulier
from zorg.agenda.jaren import gevraagd_schooljaar
from zorg.kern.formulier import gelukt
from zorg.kern.models import School
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op

RICHT_IN = frozenset({"ib", "directeur", "beheerder"})


def _school(request: HttpRequest, rollen: frozenset[str]) -> School:
    """The school of who has one of these roles. Raises PermissionDenied."""
    if not toegang.rollen_van(request.user) & rollen:
        raise PermissionDenied
    school: School = request.scholen[0]  # type: ignore[attr-defined]
    return school


def _naar(schooljaar: Schooljaar) -> HttpResponse:
    return redirect(f"{reverse('agenda:vrij')}?schooljaar={schooljaar.naam}")


@require_http_methods(["GET", "POST"])
def lijst(request: HttpRequest) -> HttpResponse:
    """The free days of a year, for the whole team; POST takes over those of the region."""
    school = _school(request, STAF | RICHT_IN)
    gebruiker: Any = request.user
    mag = bool(toegang.rollen_van(gebruiker) & RICHT_IN)
    naam = gevraagd_schooljaar(request, vandaag_van(request))
    if request.method == "POST":
        _school(request, RICHT_IN)
        schooljaar = schooljaar_zorgen(school=school, naam=naam, door=gebruiker)
        aantal = services.vakanties_zorgen(schooljaar=schooljaar, door=gebruiker)
        messages.success(request, f"{aantal} vakanties en vrije dagen ingevuld. Kijk de datums na.")
        return _naar(schooljaar)
    schooljaar = schooljaar_van(school, naam=naam)
    begin = int(schooljaar.naam[:4])
    inhoud = {
        "schooljaar": schooljaar,
        "rijen": selecties.vrije_dagen(gebruiker, schooljaar),
        "mag": mag,
        "wringt": services.wat_wringt(schooljaar, gebruiker) if mag else [],
        "volgend": f"{begin + 1}-{begin + 2}",
        "vorig": f"{begin - 1}-{begin}",
    }
    return render(request, "agenda/vrij.html", inhoud)


@require_http_methods(["GET", "POST"])
def toevoegen(request: HttpRequest) -> HttpResponse:
    """Add a holiday, free day or study day."""
    school = _school(request, RICHT_IN)
    formulier = Vrijformulier(request.POST or None, initial={"soort": Vrij.Soort.STUDIEDAG})
    gebruiker: Any = request.user
    if gelukt(formulier, lambda: services.vrij_toevoegen(school=school, gegevens=formulier.gegevens(), door=gebruiker)):
        return _klaar(request, school, formulier, "staat in de kalender")
    return render(request, "agenda/vrij_dag.html", {"formulier": formulier}, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def wijzigen(request: HttpRequest, vrij_id: int) -> HttpResponse:
    """Change one."""
    gebruiker: Any = request.user
    vrij: Vrij = haal_op(Vrij.objects.select_related("school"), gebruiker, recht=Recht.WIJZIGEN, pk=vrij_id)
    begin = {
        "soort": vrij.soort,
        "naam": vrij.naam,
        "van": vrij.periode.lower,
        "tot_en_met": vrij.periode.upper - timedelta(days=1),
        "invulling": vrij.invulling,
    }
    formulier = Vrijformulier(request.POST or None, initial=begin)
    if gelukt(formulier, lambda: services.vrij_wijzigen(vrij=vrij, gegevens=formulier.gegevens(), door=gebruiker)):
        return _klaar(request, vrij.school, formulier, "is gewijzigd")
    inhoud = {"formulier": formulier, "vrij": vrij}
    return render(request, "agenda/vrij_dag.html", inhoud, status=422 if formulier.errors else 200)


def _klaar(request: HttpRequest, school: School, formulier: Vrijformulier, gedaan: str) -> HttpResponse:
    """Back to the year of that day, with what now falls on a free day."""
    gegevens = formulier.gegevens()
    schooljaar = schooljaar_van(school, dag=gegevens.van)
    aantal = sum(
        gegevens.van <= rij.bespreking.begin.date() <= gegevens.tot_en_met
        for rij in services.wat_wringt(schooljaar, request.user)  # type: ignore[arg-type]
    )
    messages.success(request, f"«{gegevens.naam}» {gedaan}.")
    if aantal:
        wat = "Eén bespreking valt" if aantal == 1 else f"{aantal} besprekingen vallen"
        messages.warning(request, f"{wat} nu op een vrije dag. Er is niets verzet: kies hieronder een ander moment.")
    return _naar(schooljaar)


@require_http_methods(["GET", "POST"])
def weghalen(request: HttpRequest, vrij_id: int) -> HttpResponse:
    """Take one away, after asking."""
    gebruiker: Any = request.user
    vrij: Vrij = haal_op(Vrij.objects.select_related("school"), gebruiker, recht=Recht.WIJZIGEN, pk=vrij_id)
    schooljaar = schooljaar_van(vrij.school, dag=vrij.periode.lower)
    if request.method == "POST":
        services.vrij_weghalen(vrij=vrij, door=gebruiker)
        messages.success(request, f"«{vrij.naam}» is weg: het is weer een schooldag.")
        return _naar(schooljaar)
    inhoud = {
        "titel": f"{vrij.naam} weghalen",
        "tekst": "Deze dagen worden gewone schooldagen. Wat gepland is blijft staan.",
        "knop_tekst": "Weghalen",
        "terug_url": f"{reverse('agenda:vrij')}?schooljaar={schooljaar.naam}",
        "gevaar": True,
    }
    return render(request, "onderdelen/bevestigen.html", inhoud)


@require_http_methods(["GET", "POST"])
def vergadertijden(request: HttpRequest) -> HttpResponse:
    """When people of the school meet, and how much one of them may be asked."""
    school = _school(request, RICHT_IN)
    uren = services.vergadertijden_van(school)
    formulier = Urenformulier(request.POST or None, uren=uren)
    gebruiker: Any = request.user
    if gelukt(
        formulier,
        lambda: services.vergadertijden_wijzigen(
            school=school,
            uren=formulier.uren(),
            per_dag=formulier.cleaned_data["per_dag"],
            per_week=formulier.cleaned_data["per_week"],
            vakantie=formulier.vakantie(),
            door=gebruiker,
        ),
    ):
        messages.success(request, "De vergadertijden zijn bewaard. Wat gepland is blijft staan.")
        return redirect("agenda:vergadertijden")
    inhoud = {"formulier": formulier, "uren": uren}
    return render(request, "agenda/vergadertijden.html", inhoud, status=422 if formulier.errors else 200)
