"""Groups and pupils by hand: between two files of the administration, or where there is none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen import services
from leerlingen.beheer import selecties
from leerlingen.beheer.forms_instroom import Groepformulier, Leerlingformulier
from zorg.kern.formulier import gelukt
from zorg.kern.models import School


def _school(request: HttpRequest) -> School:
    """The school that this user reads in for, and so fills by hand too. Raises Http404."""
    school = selecties.beheerde_school(request)
    if school is None:
        raise Http404
    return school


@require_GET
def groepen(request: HttpRequest) -> HttpResponse:
    """The groups of this school year and the next, with their teachers and how many pupils sit in them."""
    school = _school(request)
    jaren = selecties.groepen_per_jaar(request, school)
    return render(request, "beheer/groepen.html", {"school": school, "jaren": jaren})


@require_http_methods(["GET", "POST"])
def groep_erbij(request: HttpRequest) -> HttpResponse:
    """Make a group in this school year or the next."""
    school = _school(request)
    formulier = Groepformulier(request.POST or None, school=school)
    if gelukt(
        formulier,
        lambda: services.groep_maken(school=school, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        naam = formulier.cleaned_data["naam"]
        messages.success(request, f"Groep {naam} is er. Schrijf nu leerlingen in, of lees ze in.")
        return redirect("beheer:groepen")
    return _formulier(request, formulier, "Groep maken", "Maken")


@require_http_methods(["GET", "POST"])
def leerling_erbij(request: HttpRequest) -> HttpResponse:
    """Enrol one pupil in a group."""
    school = _school(request)
    begin = {"groep": request.GET.get("groep", "")}
    formulier = Leerlingformulier(request.POST or None, initial=begin, school=school, gebruiker=request.user)
    bekend = None
    if formulier.is_bound and formulier.is_valid():
        velden = dict(formulier.cleaned_data)
        groep, vanaf, dubbel = (velden.pop(naam) for naam in ("groep", "vanaf", "ander_kind"))
        if gelukt(
            formulier,
            lambda: services.leerling_aanmelden(
                groep=groep,
                vanaf=vanaf,
                velden=velden,
                dubbel_mag=dubbel,
                door=request.user,  # type: ignore[arg-type]
            ),
        ):
            messages.success(request, f"{velden['roepnaam']} is ingeschreven in groep {groep.naam}.")
            return redirect("beheer:groepen")
        if not dubbel:
            bekend = selecties.zelfde_kind(request.user, school, velden)
    return _formulier(request, formulier, "Leerling inschrijven", "Inschrijven", bekend=bekend)


def _formulier(request: HttpRequest, formulier: Any, titel: str, knop: str, **meer: Any) -> HttpResponse:
    inhoud = {"formulier": formulier, "titel": titel, "knop": knop} | meer
    return render(request, "beheer/instroom.html", inhoud, status=422 if formulier.errors else 200)
