"""The parents' own part of a paper, on the school's side: ask, note down for who can't, take back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leerlingen import profielen_van_school, services
from leerlingen.models import Document, Ouderdeel
from leerlingen.termijn import opsomming
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op

WEEK = timedelta(weeks=1)


def _terug(document: Document) -> HttpResponse:
    return redirect(reverse("leerlingen:stuk", kwargs={"stuk_id": document.stuk_id}) + "#ouders")


@require_POST
def vragen(request: HttpRequest, document_id: int) -> HttpResponse:
    """Ask every parent with authority for their part of this paper, before a day (`voor`)."""
    document: Document = haal_op(
        Document.objects.select_related("school", "profielversie", "stuk__leerling__school"),
        request.user,
        recht=Recht.WIJZIGEN,
        pk=document_id,
    )
    profiel = profielen_van_school.profiel(document.profielversie)
    naam = profielen_van_school.document_van(document.profielversie, document.soort).naam
    rollen = opsomming(f"de {profiel.rolnaam(rol)}" for rol in ("leerkracht", "ib", "directeur"))
    aantal = services.ouderdeel_vragen(
        document=document,
        sectiecode=request.POST.get("sectie", "")[:60],
        waarom=f"De school werkt aan: {naam}. Hoe u het ziet hoort daarbij.",
        lezers=f"{rollen}, en wie de school met uw toestemming laat meelezen",
        voor=_dag(request.POST.get("voor", ""), klok.vandaag(document.school)),
        door=request.user,  # type: ignore[arg-type]
    )
    if aantal:
        messages.success(request, "De vraag staat bij de ouders in het portaal; zij krijgen een mail.")
    else:
        messages.info(request, "De ouders waren al gevraagd.")
    return _terug(document)


def _dag(tekst: str, vandaag: date) -> date:
    if not tekst:
        return vandaag + WEEK
    try:
        dag = date.fromisoformat(tekst[:10])
    except ValueError:
        raise DomeinFout("Kies een dag, of laat hem leeg: dan is het over een week.") from None
    if not vandaag <= dag <= vandaag + timedelta(days=120):
        raise DomeinFout("Kies een dag vanaf vandaag, binnen vier maanden.")
    return dag


def _deel(request: HttpRequest, ouderdeel_id: int) -> Ouderdeel:
    deel: Ouderdeel = haal_op(
        Ouderdeel.objects.select_related("document"), request.user, recht=Recht.WIJZIGEN, pk=ouderdeel_id
    )
    return deel


@require_POST
def opgetekend(request: HttpRequest, ouderdeel_id: int) -> HttpResponse:
    """The school wrote down what this parent told."""
    deel = _deel(request, ouderdeel_id)
    door: Any = request.user
    services.ouderdeel_opgetekend(deel=deel, door=door)
    messages.success(request, "Er staat bij dat u het hebt opgetekend.")
    return _terug(deel.document)


@require_POST
def intrekken(request: HttpRequest, ouderdeel_id: int) -> HttpResponse:
    """The question to this parent is not needed any more; it can be put again."""
    deel = _deel(request, ouderdeel_id)
    door: Any = request.user
    services.ouderdeel_intrekken(deel=deel, door=door)
    messages.success(request, "De vraag aan deze ouder is ingetrokken. U kunt hem opnieuw stellen.")
    return _terug(deel.document)
