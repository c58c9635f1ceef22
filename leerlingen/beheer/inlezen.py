"""Reading in from the screen: choose, look through, confirm. The file waits in the database between the steps."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerlingen.beheer import selecties
from leerlingen.beheer.forms import Bestandkiezer
from leerlingen.inlezen.edexml import Edexbestand, lees_edexml
from leerlingen.inlezen.weigering import BestandGeweigerd
from leerlingen.models import Importbestand
from leerlingen.services.inlezen import edexml_inlezen, importbestand_afronden, importbestand_bewaren
from zorg.kern.models import School
from zorg.kern.rechten import haal_op

MAX_UPLOAD = 20 * 2**20


def _school(request: HttpRequest) -> School:
    school = selecties.beheerde_school(request)
    if school is None:
        raise Http404
    return school


@require_http_methods(["GET", "POST"])
def kiezen(request: HttpRequest) -> HttpResponse:
    """Choose an EDEXML file; what was read in before stands below."""
    school = _school(request)
    formulier = Bestandkiezer(request.POST or None, request.FILES or None)
    if request.method == "POST" and formulier.is_valid():
        bestand = formulier.cleaned_data["bestand"]
        inhoud = bestand.read(MAX_UPLOAD + 1)
        naam = (bestand.name or "bestand").replace("\\", "/").rpartition("/")[2][:150]
        try:
            lees_edexml(inhoud, bestandsnaam=naam, max_bytes=MAX_UPLOAD)
        except BestandGeweigerd as fout:
            formulier.add_error("bestand", fout.melding)
        else:
            bewaard = importbestand_bewaren(
                school=school,
                soort="edexml",
                naam=naam,
                inhoud=inhoud,
                sha256=hashlib.sha256(inhoud).hexdigest(),
                door=request.user,  # type: ignore[arg-type]
            )
            return redirect("beheer:inlezen_nakijken", bestand_id=bewaard.pk)
    eerder = Importbestand.objects.zichtbaar_voor(request.user).filter(school=school, ingelezen_op__isnull=False)
    inhoud_pagina = {"formulier": formulier, "eerder": eerder.select_related("door")[:10]}
    return render(request, "beheer/inlezen_kiezen.html", inhoud_pagina, status=422 if formulier.errors else 200)


def _gelezen(rij: Importbestand) -> Edexbestand:
    if rij.inhoud is None:
        raise Http404
    return lees_edexml(bytes(rij.inhoud), bestandsnaam=rij.naam, max_bytes=MAX_UPLOAD)


@require_http_methods(["GET", "POST"])
def nakijken(request: HttpRequest, bestand_id: int) -> HttpResponse:
    """What the file will do; «Inlezen» does it, «Niets doen» throws the file away."""
    school = _school(request)
    rij: Importbestand = haal_op(
        Importbestand.objects.filter(school=school, ingelezen_op__isnull=True), request.user, pk=bestand_id
    )
    door: Any = request.user
    if request.method == "POST" and request.POST.get("actie") == "weg":
        importbestand_afronden(rij=rij, uitkomst=None, door=door)
        messages.info(request, "Er is niets ingelezen. Het bestand is weggegooid.")
        return redirect("beheer:inlezen")
    bestand = _gelezen(rij)
    if request.method == "POST":
        uitkomst = edexml_inlezen(school=school, bestand=bestand, door=door)
        importbestand_afronden(rij=rij, uitkomst=uitkomst.als_json(), door=door)
        nieuw, gewijzigd = uitkomst.toegevoegd["leerlingen"], uitkomst.gewijzigd["leerlingen"]
        messages.success(request, f"Ingelezen: {nieuw} leerlingen nieuw, {gewijzigd} gewijzigd.")
        return redirect("beheer:inlezen")
    uitkomst = edexml_inlezen(school=school, bestand=bestand, proef=True, door=door)
    soorten = [
        {
            "naam": naam,
            "totaal": uitkomst.toegevoegd[code] + uitkomst.gewijzigd[code] + uitkomst.ongewijzigd[code],
            "nieuw": uitkomst.toegevoegd[code],
            "gewijzigd": uitkomst.gewijzigd[code],
            "gelijk": uitkomst.ongewijzigd[code],
        }
        for code, naam in (("leerlingen", "leerlingen"), ("groepen", "groepen"), ("medewerkers", "medewerkers"))
    ]
    alles = request.GET.get("alles") == "1"
    inhoud = {
        "rij": rij,
        "kop": bestand.school,
        "uitkomst": uitkomst,
        "soorten": soorten,
        "wijzigingen": uitkomst.wijzigingen if alles else uitkomst.wijzigingen[:20],
        "meer": 0 if alles else max(0, len(uitkomst.wijzigingen) - 20),
        "verandert": any(soort["nieuw"] or soort["gewijzigd"] for soort in soorten),
    }
    return render(request, "beheer/inlezen_nakijken.html", inhoud)
