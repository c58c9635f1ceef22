"""The school's own procedure: terms and words on screen, the whole of it as a file. Each change is a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen import profielen_van_school, services
from leerlingen.beheer.forms import Bestandkiezer
from leerlingen.beheer.forms_procedure import Woordenformulier
from leerlingen.beheer.views import voor_beheer
from leerlingen.models import Importbestand
from leerlingen.profiel import ProfielFout, als_toml, controleer_opvolging, laad_profiel, verschillen
from leerlingen.profiel.laden import MAX_BYTES
from leerlingen.services.inlezen import importbestand_afronden, importbestand_bewaren
from zorg.kern.formulier import gelukt
from zorg.kern.models import School
from zorg.kern.rechten import haal_op

SOORT = "profiel"
GELUKT = "De aangepaste procedure geldt vanaf nu. Wat al liep, loopt af volgens de vorige."


@require_http_methods(["GET", "POST"])
@voor_beheer
def woorden(request: HttpRequest, school: School) -> HttpResponse:
    """Terms, names of levels and of roles."""
    versie = profielen_van_school.huidige_versie(school)
    profiel = profielen_van_school.profiel(versie)
    formulier = Woordenformulier(request.POST or None, profiel=profiel)
    anders = False

    def bewaar() -> None:
        nonlocal anders
        anders = services.profiel_vervangen(
            school=school,
            nieuw=formulier.profiel(),
            toelichting="Termijnen en woorden aangepast",
            op_versie=request.POST.get("versie", ""),
            door=request.user,  # type: ignore[arg-type]
        )

    if gelukt(formulier, bewaar):
        messages.success(request, GELUKT) if anders else messages.info(request, "Er is niets veranderd.")
        return redirect("beheer:school")
    status = 422 if formulier.errors else 200
    inhoud = {"formulier": formulier, "profiel": profiel, "versie": request.POST.get("versie", versie.nummer)}
    return render(request, "beheer/procedure.html", inhoud, status=status)


@require_GET
@voor_beheer
def bestand(request: HttpRequest, school: School) -> HttpResponse:
    """The procedure that runs, as a file."""
    versie = profielen_van_school.huidige_versie(school)
    profiel = profielen_van_school.profiel(versie)
    kop = (
        f"# {profiel.naam} · {school.naam} · versie {versie.nummer}\n"
        "# Pas aan wat anders is, en lees dit bestand in bij Beheer, School en procedure.\n"
        "# Een code die in gebruik is, blijft staan: beëindig haar met beeindigd = true.\n"
    )
    antwoord = HttpResponse(f"{kop}\n{als_toml(profiel)}", content_type="application/toml; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="procedure-{school.code}-versie-{versie.nummer}.toml"'
    return antwoord


@require_http_methods(["GET", "POST"])
@voor_beheer
def inlezen(request: HttpRequest, school: School) -> HttpResponse:
    """Choose a changed file; what is wrong with it is said with line and key."""
    formulier = Bestandkiezer(request.POST if request.method == "POST" else None, request.FILES or None)
    if formulier.is_bound and formulier.is_valid():
        gekozen = formulier.cleaned_data["bestand"]
        inhoud = gekozen.read(MAX_BYTES + 1)
        naam = formulier.bestandsnaam()
        try:
            controleer_opvolging(
                profielen_van_school.huidig_profiel(school), laad_profiel(inhoud, naam=naam), naam=naam
            )
        except ProfielFout as fout:
            formulier.add_error("bestand", fout.zin)
        else:
            bewaard = importbestand_bewaren(
                school=school,
                soort=SOORT,
                naam=naam,
                inhoud=inhoud,
                door=request.user,  # type: ignore[arg-type]
            )
            return redirect("beheer:procedure_nakijken", bestand_id=bewaard.pk)
    status = 422 if formulier.errors else 200
    return render(request, "beheer/procedure_inlezen.html", {"formulier": formulier}, status=status)


@require_http_methods(["GET", "POST"])
@voor_beheer
def nakijken(request: HttpRequest, school: School, bestand_id: int) -> HttpResponse:
    """What the changed procedure changes; «Laten gelden» does it."""
    wachtend = Importbestand.objects.filter(school=school, soort=SOORT, ingelezen_op__isnull=True)
    rij: Importbestand = haal_op(wachtend, request.user, pk=bestand_id)
    if rij.inhoud is None:
        raise Http404
    door: Any = request.user
    if request.method == "POST" and request.POST.get("actie") == "weg":
        importbestand_afronden(rij=rij, uitkomst=None, door=door)
        messages.info(request, "Er is niets veranderd. Het bestand is weggegooid.")
        return redirect("beheer:procedure_inlezen")
    versie = profielen_van_school.huidige_versie(school)
    oud = profielen_van_school.profiel(versie)
    nieuw = laad_profiel(bytes(rij.inhoud), naam=rij.naam)
    anders = verschillen(oud, nieuw)
    if request.method == "POST":
        if request.POST.get("versie") != str(versie.nummer):
            messages.warning(request, "Intussen is de procedure veranderd. Kijk na wat dit bestand nu verandert.")
            return redirect("beheer:procedure_nakijken", bestand_id=rij.pk)
        services.profiel_vervangen(
            school=school,
            nieuw=nieuw,
            toelichting=f"Bestand {rij.naam}",
            op_versie=str(versie.nummer),
            door=door,
        )
        importbestand_afronden(rij=rij, uitkomst={"gewijzigd": {"sleutels": len(anders)}}, door=door)
        messages.success(request, GELUKT)
        return redirect("beheer:school")
    return render(
        request, "beheer/procedure_nakijken.html", {"rij": rij, "anders": anders, "nieuw": nieuw, "versie": versie}
    )
