"""The tab with results on the pupil page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from leerlingen import tabbladen
from leerlingen.models import Leerling
from lvs import selecties
from lvs.grafieken import groeilijn
from zorg.kern import klok
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen


@require_GET
def resultaten(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Results by subject, with chart and table; opening is on record."""
    leerling: Leerling = haal_op(Leerling.objects.select_related("school"), request.user, pk=leerling_id)
    vakken = selecties.resultaten_van(request.user, leerling, klok.vandaag(leerling.school))
    vastleggen(
        "resultaten_ingezien",
        school=leerling.school_id,
        door=request.user,  # type: ignore[arg-type]
        leerling=leerling,
        vakken=[vak.code for vak in vakken],
    )
    inhoud = {
        "vakken": [{"vak": vak, "grafiek": groeilijn(vak.naam, vak.beeld)} for vak in vakken],
        "mag_invoeren": request.user.has_perm("wijzigen_leerling", leerling),
    }
    return tabbladen.pagina(request, leerling, "resultaten", "lvs/resultaten.html", inhoud)
