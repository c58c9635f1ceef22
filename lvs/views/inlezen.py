"""Reading results in from the screen: choose, look through, confirm. The file waits in the database meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerlingen import toegang
from leerlingen.beheer.forms import Bestandkiezer
from leerlingen.models import Importbestand
from leerlingen.services.inlezen import importbestand_afronden, importbestand_bewaren
from lvs.inlezen.resultaten import Resultatenbestand, lees_resultaten
from lvs.services import resultaten_inlezen
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.rechten import haal_op
from zorg.kern.weigering import BestandGeweigerd

MAX_UPLOAD = 20 * 2**20
SOORT = "resultaten"
GETOOND = 200
"""So many refused rows on one page; the command line gives them all."""


def _school(request: HttpRequest) -> School:
    """The first school at which this user may write for every pupil: ib'er or director."""
    gebruiker: Any = request.user
    for school in request.scholen:  # type: ignore[attr-defined]
        dag = klok.vandaag(school)
        if toegang.aanstellingen(gebruiker, dag, [school], "ib", "directeur").exists():
            gevonden: School = school
            return gevonden
    raise Http404


def _lees(inhoud: bytes, naam: str, school: School) -> Resultatenbestand:
    return lees_resultaten(inhoud, bestandsnaam=naam, vandaag=klok.vandaag(school), max_bytes=MAX_UPLOAD)


@require_http_methods(["GET", "POST"])
def kiezen(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was read in before stands below."""
    school = _school(request)
    formulier = Bestandkiezer(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and formulier.is_valid():
        bestand = formulier.cleaned_data["bestand"]
        inhoud = bestand.read(MAX_UPLOAD + 1)
        naam = formulier.bestandsnaam()
        try:
            _lees(inhoud, naam, school)
        except BestandGeweigerd as fout:
            formulier.add_error("bestand", fout.melding)
        else:
            bewaard = importbestand_bewaren(
                school=school,
                soort=SOORT,
                naam=naam,
                inhoud=inhoud,
                door=request.user,  # type: ignore[arg-type]
            )
            return redirect("toetsen:nakijken", bestand_id=bewaard.pk)
    eerder = Importbestand.objects.zichtbaar_voor(request.user).filter(
        school=school, soort=SOORT, ingelezen_op__isnull=False
    )
    inhoud_pagina = {"formulier": formulier, "eerder": eerder.select_related("door")[:10]}
    return render(request, "lvs/inlezen_kiezen.html", inhoud_pagina, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def nakijken(request: HttpRequest, bestand_id: int) -> HttpResponse:
    """What the file will do; «Inlezen» does it, «Niets doen» throws the file away."""
    school = _school(request)
    rij: Importbestand = haal_op(
        Importbestand.objects.filter(school=school, soort=SOORT, ingelezen_op__isnull=True),
        request.user,
        pk=bestand_id,
    )
    door: Any = request.user
    if request.method == "POST" and request.POST.get("actie") == "weg":
        importbestand_afronden(rij=rij, uitkomst=None, door=door)
        messages.info(request, "Er is niets ingelezen. Het bestand is weggegooid.")
        return redirect("toetsen:inlezen")
    if rij.inhoud is None:
        raise Http404
    bestand = _lees(bytes(rij.inhoud), rij.naam, school)
    if request.method == "POST":
        uitkomst = resultaten_inlezen(school=school, bestand=bestand, door=door)
        importbestand_afronden(
            rij=rij, uitkomst=uitkomst.als_json() | {"geweigerd": len(uitkomst.geweigerd)}, door=door
        )
        messages.success(request, f"Ingelezen: {uitkomst.toegevoegd} nieuw, {uitkomst.gewijzigd} gewijzigd.")
        return redirect("toetsen:start")
    uitkomst = resultaten_inlezen(school=school, bestand=bestand, proef=True, door=door)
    inhoud = {
        "rij": rij,
        "uitkomst": uitkomst,
        "geweigerd": uitkomst.geweigerd[:GETOOND],
        "meer": max(0, len(uitkomst.geweigerd) - GETOOND),
        "verandert": uitkomst.toegevoegd or uitkomst.gewijzigd,
    }
    return render(request, "lvs/inlezen_nakijken.html", inhoud)
