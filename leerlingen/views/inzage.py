"""Requests of parents to look into the file, on the school's side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leerlingen import services
from leerlingen.models import Inzageverzoek
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


def _verzoek(request: HttpRequest, verzoek_id: int) -> Inzageverzoek:
    verzoek: Inzageverzoek = haal_op(
        Inzageverzoek.objects.select_related("school", "leerling"),
        request.user,
        zicht=Recht.VERLENEN,
        recht=Recht.VERLENEN,
        pk=verzoek_id,
    )
    return verzoek


def _terug(verzoek: Inzageverzoek) -> HttpResponse:
    return redirect(reverse("leerlingen:ouders", kwargs={"leerling_id": verzoek.leerling_id}) + "#inzage")


@require_POST
def afhandelen(request: HttpRequest, verzoek_id: int) -> HttpResponse:
    """How the request was answered."""
    verzoek = _verzoek(request, verzoek_id)
    door: Any = request.user
    services.inzage_afhandelen(
        verzoek=verzoek,
        uitkomst=request.POST.get("uitkomst", "")[:20],
        antwoord=request.POST.get("antwoord", ""),
        door=door,
    )
    messages.success(request, "Het verzoek is afgehandeld; de ouder leest het in het portaal.")
    return _terug(verzoek)


@require_POST
def verlengen(request: HttpRequest, verzoek_id: int) -> HttpResponse:
    """Take two months longer, with a reason."""
    verzoek = _verzoek(request, verzoek_id)
    door: Any = request.user
    services.inzage_verlengen(verzoek=verzoek, reden=request.POST.get("reden", ""), door=door)
    messages.success(request, "De termijn is verlengd; de ouder leest waarom.")
    return _terug(verzoek)
