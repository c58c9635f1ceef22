"""Who a pupil is, corrected: for ib'er and director, where no file of the administration says it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerlingen import services
from leerlingen.beheer.forms_instroom import Gegevensformulier
from leerlingen.views.leerling import leerling_of_404
from zorg.kern.formulier import gelukt
from zorg.kern.querysets import Recht


@require_http_methods(["GET", "POST"])
def gegevens(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Name, birth date and sex."""
    leerling = leerling_of_404(request, leerling_id, Recht.BEHEREN)
    nu = {naam: getattr(leerling, naam) for naam in Gegevensformulier.base_fields}
    formulier = Gegevensformulier(request.POST or None, initial=nu, school=leerling.school)

    def bewaar() -> None:
        services.gegevens_wijzigen(leerling=leerling, velden=formulier.cleaned_data, door=request.user)  # type: ignore[arg-type]

    if gelukt(formulier, bewaar):
        messages.success(request, "De gegevens zijn verbeterd.")
        return redirect("leerlingen:leerling", leerling_id=leerling.pk)
    inhoud = {
        "leerling": leerling,
        "formulier": formulier,
        "titel": "Gegevens verbeteren",
        "knop": "Bewaren",
        "uitleg": "Voor een leerling die met de hand is ingeschreven. Wat er stond, blijft in de geschiedenis.",
    }
    return render(request, "leerlingen/plaats.html", inhoud, status=422 if formulier.errors else 200)
