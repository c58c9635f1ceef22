"""The onderwijskundig rapport: what is missing, making it, how far it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from besprekingen import selecties, services
from besprekingen.models import Rapport
from besprekingen.views.zorg import leerling_of_404
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


@require_http_methods(["GET", "POST"])
def rapport(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """What the report would say and what is missing (K-146); POST asks a worker to make the next version."""
    gevonden = leerling_of_404(request, leerling_id, Recht.EXPORTEREN)
    gebruiker: Any = request.user
    if request.method == "POST":
        services.okr_vragen(leerling=gevonden, door=gebruiker)
        messages.success(request, "Het rapport wordt gemaakt. U kunt gewoon verder werken.")
        return redirect("besprekingen:rapport", leerling_id=gevonden.pk)
    voorbeeld = services.okr_bekijken(leerling=gevonden, door=gebruiker)
    inhoud = {
        "leerling": gevonden,
        "okr": voorbeeld.okr,
        "ontbreekt": voorbeeld.ontbreekt,
        "papier": voorbeeld.papier,
        "rapporten": selecties.rapporten_van(gebruiker, gevonden),
    }
    return render(request, "besprekingen/rapport.html", inhoud)


@require_GET
def rapport_stand(request: HttpRequest, rapport_id: int) -> HttpResponse:
    """How far a report is, for the page that waits for it."""
    gevonden: Rapport = haal_op(Rapport.objects.select_related("bijlage", "gevraagd_door"), request.user, pk=rapport_id)
    gevonden.voortgang = services.voortgang_van(gevonden)  # type: ignore[attr-defined]
    return render(request, "besprekingen/rapport_stand.html", {"rapport": gevonden})
