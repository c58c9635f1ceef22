"""The tab with plans on the pupil page, and beginning a paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from leerlingen import tabbladen
from leerlingen.models import Leerling
from plannen import selecties, services
from zorg.kern import klok
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen


@require_GET
def tab(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Where the pupil sits in the group plans, the papers about them, and what can be begun."""
    leerling: Leerling = haal_op(Leerling.objects.select_related("school"), request.user, pk=leerling_id)
    plaatsen = selecties.plaatsen_van(request.user, leerling, klok.vandaag(leerling.school))
    vastleggen("plannen_ingezien", school=leerling.school_id, door=request.user, leerling=leerling)  # type: ignore[arg-type]
    inhoud = {
        "lopend": [regel for regel in plaatsen if regel.loopt],
        "eerder": [regel for regel in plaatsen if not regel.loopt],
        "papieren": selecties.papieren_van(request.user, leerling),
        "begin": selecties.te_beginnen_voor(request.user, leerling),
    }
    return tabbladen.pagina(request, leerling, "plannen", "plannen/tab.html", inhoud)


@require_POST
def beginnen(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Begin a paper; it opens filled with what the school knows."""
    leerling: Leerling = haal_op(
        Leerling.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=leerling_id
    )
    document = services.papier_beginnen(
        leerling=leerling,
        soort=request.POST.get("soort", "")[:60],
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Het papier staat klaar, voor zover de school het al wist. Kijk na en vul aan.")
    return redirect("leerlingen:stuk", stuk_id=document.stuk_id)
