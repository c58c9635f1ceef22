"""Talks with the parents of a group."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from besprekingen import selecties
from leerlingen import profielen_van_school
from leerlingen.models import Groep
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


@require_GET
def groep(request: HttpRequest, groep_id: int) -> HttpResponse:
    """Which talks were held and which are due, for who works with the group (K-102, M-71, M-72)."""
    gevonden: Groep = haal_op(
        Groep.objects.select_related("school", "schooljaar__school"), request.user, recht=Recht.WIJZIGEN, pk=groep_id
    )
    inhoud = {
        "groep": gevonden,
        "lijst": selecties.oudergesprekken_van(request.user, gevonden),
        "profiel": profielen_van_school.huidig_profiel(gevonden.school),
    }
    return render(request, "besprekingen/oudergesprekken.html", inhoud)
