"""Today, search and the logbook."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from leerlingen import services, toegang
from leerlingen.inhangen import STAF
from leerlingen.models import Taak
from leerlingen.selecties import vandaag_van
from zorg.kern.datums import dag_uit
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek import teksten
from zorg.overzicht import selecties
from zorg.overzicht.zoeken import Gevonden, zoekresultaat


@require_GET
def vandaag(request: HttpRequest) -> HttpResponse:
    """What is to be done now. A parent goes to the parents' pages, an administrator to Beheer."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    rollen = toegang.rollen_van(request.user)
    if not rollen & (STAF | {"extern"}):
        if "ouder" in rollen:
            return redirect("/ouders/")  # an address that the design fixes; the neighbour is not known here
        if "beheerder" in rollen:
            return redirect("beheer:begin")
    rijen, totaal = selecties.taken(request)
    inhoud = {
        "rijen": rijen,
        "totaal": totaal,
        "te_laat": sum(1 for rij in rijen if rij.dagen_te_laat),
        "dag": vandaag_van(request),
        "is_staf": bool(rollen & STAF),
        "gedaan": selecties.vandaag_gedaan(request),
        "gedeeld": selecties.met_mij_gedeeld(request.user),
    }
    return render(request, "overzicht/vandaag.html", inhoud)


@require_POST
def taak_klaar(request: HttpRequest, taak_id: int) -> HttpResponse:
    """Tick off a task, or (`terug`) put it back."""
    taak: Taak = haal_op(Taak.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=taak_id)
    klaar = "terug" not in request.POST
    services.taak_afvinken(taak=taak, klaar=klaar, door=request.user)  # type: ignore[arg-type]
    if klaar:
        messages.success(request, f"Afgevinkt: {taak.titel}. Onderaan staat het nog, als u het terug wilt zetten.")
    else:
        messages.success(request, f"Staat weer open: {taak.titel}.")
    return redirect("overzicht:vandaag")


@require_GET
def zoeken(request: HttpRequest) -> HttpResponse:
    """Search over what one may see."""
    tekst = request.GET.get("q", "").strip()[:100]
    gevonden = zoekresultaat(request, tekst) if tekst and request.scholen else Gevonden()  # type: ignore[attr-defined]
    return render(request, "overzicht/zoeken.html", {"tekst": tekst, "gevonden": gevonden})


@require_GET
def logboek(request: HttpRequest) -> HttpResponse:
    """Who did or saw what: all of the school for ib'er and director, one's own acts for the others."""
    rollen = toegang.rollen_van(request.user)
    if not request.scholen or not rollen - {"ouder"}:  # type: ignore[attr-defined]
        raise Http404
    leerling = request.GET.get("leerling", "")
    gevraagd = selecties.Logfilter(
        handeling=request.GET.get("handeling", "")[:60],
        wie=request.GET.get("wie", "").strip()[:100],
        leerling=int(leerling) if leerling.isdecimal() and len(leerling) < 12 else None,
        van=dag_uit(request.GET.get("van", "")),
        tot=dag_uit(request.GET.get("tot", "")),
    )
    blad, rijen = selecties.logboek(request, gevraagd, request.GET.get("pagina", "1"))
    inhoud = {
        "blad": blad,
        "rijen": rijen,
        "gevraagd": gevraagd,
        "handelingen": teksten.handelingen(),
        "alles": bool(rollen & {"ib", "directeur"}),
    }
    return render(request, "overzicht/logboek.html", inhoud)
