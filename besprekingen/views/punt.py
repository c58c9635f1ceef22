"""What comes out about one item: goals, decision, agreements; and somebody from outside for one pupil."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from besprekingen import services
from besprekingen.adressen import adres
from besprekingen.forms import Actieformulier, Buitenformulier, Doelformulier, Evalueerformulier
from besprekingen.models import Actiepunt, Agendapunt, Evaluatie
from besprekingen.views.bespreking import bespreking_of_404, naar, toon
from leerlingen.models import Leerling
from zorg.kern.formulier import gelukt
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


def punt_of_404(request: HttpRequest, punt_id: int, recht: str = Recht.WIJZIGEN) -> Agendapunt:
    """The item, if this user sees it (404) and may do this (403)."""
    bron = Agendapunt.objects.select_related(
        "bespreking__school",
        "bespreking__profielversie",
        "bespreking__groep",
        "leerling__school",
        "stuk__leerling",
        "voorbereiding__stuk",
        "plan",
    )
    punt: Agendapunt = haal_op(bron, request.user, recht=recht, pk=punt_id)
    return punt


@require_POST
def doel(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Set a goal with its evaluation date."""
    punt = punt_of_404(request, punt_id)
    formulier = Doelformulier(request.POST)
    if gelukt(
        formulier,
        lambda: services.doel_stellen(punt=punt, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het doel staat vast; de evaluatie staat op de takenlijst.")
        return naar(punt.bespreking_id, punt.pk)
    return toon(request, bespreking_of_404(request, punt.bespreking_id), punt.pk, 422, doelformulier=formulier)


@require_POST
def doel_weg(request: HttpRequest, evaluatie_id: int) -> HttpResponse:
    """Take back a goal that was written by mistake."""
    bron = Evaluatie.objects.select_related("school", "agendapunt__stuk", "agendapunt__bespreking", "bespreking")
    evaluatie: Evaluatie = haal_op(bron, request.user, recht=Recht.WIJZIGEN, pk=evaluatie_id)
    punt_id = evaluatie.agendapunt_id
    services.doel_weghalen(evaluatie=evaluatie, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Het doel is weggehaald.")
    return naar(evaluatie.bespreking_id, punt_id)


@require_POST
def besluit(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Record the decision."""
    punt = punt_of_404(request, punt_id)
    services.besluit_nemen(
        punt=punt,
        code=request.POST.get("besluit", "")[:60],
        toelichting=request.POST.get("toelichting", ""),
        gezien=request.POST.get("gezien"),
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Het besluit is vastgelegd.")
    return naar(punt.bespreking_id, punt.pk)


@require_POST
def ouders_vragen(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Ask the parents for their part before the meeting, ahead of the invitation."""
    punt = punt_of_404(request, punt_id)
    aantal = services.ouders_vooraf_vragen(punt=punt, door=request.user)  # type: ignore[arg-type]
    gedaan = "De vraag staat bij de ouders in het portaal; zij krijgen een mail."
    messages.success(request, gedaan if aantal else "De ouders waren al gevraagd.")
    return naar(punt.bespreking_id, punt.pk)


@require_POST
def actie(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Agree on a next step."""
    punt = punt_of_404(request, punt_id)
    formulier = Actieformulier(request.POST, gebruiker=request.user, school=punt.bespreking.school)
    if gelukt(
        formulier,
        lambda: services.actiepunt_toevoegen(
            bespreking=punt.bespreking,
            punt=punt,
            door=request.user,  # type: ignore[arg-type]
            **formulier.cleaned_data,
        ),
    ):
        messages.success(request, "De afspraak staat op de takenlijst.")
        return naar(punt.bespreking_id, punt.pk)
    return toon(request, bespreking_of_404(request, punt.bespreking_id), punt.pk, 422, actieformulier=formulier)


@require_POST
def actie_klaar(request: HttpRequest, actie_id: int) -> HttpResponse:
    """Tick an agreement off, or let it lapse (`vervalt`)."""
    gevonden: Actiepunt = haal_op(
        Actiepunt.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=actie_id
    )
    door: Any = request.user
    if request.POST.get("vervalt"):
        services.actiepunt_laten_vervallen(actie=gevonden, door=door)
        messages.success(request, "Deze afspraak komt niet meer terug.")
    else:
        services.actiepunt_afronden(actie=gevonden, door=door)
        messages.success(request, "Afgevinkt.")
    terug = request.POST.get("terug", "")
    if terug.isdecimal() and len(terug) < 12:
        return naar(int(terug))
    return naar(gevonden.bespreking_id, gevonden.agendapunt_id)


@require_http_methods(["GET", "POST"])
def evalueren(request: HttpRequest, evaluatie_id: int) -> HttpResponse:
    """Was there enough progress?"""
    bron = Evaluatie.objects.select_related(
        "school", "agendapunt__leerling", "agendapunt__stuk", "bespreking__profielversie", "bespreking__school"
    )
    evaluatie: Evaluatie = haal_op(bron, request.user, recht=Recht.WIJZIGEN, pk=evaluatie_id)
    formulier = Evalueerformulier(request.POST or None)
    if gelukt(
        formulier,
        lambda: services.evalueren(evaluatie=evaluatie, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "De evaluatie is vastgelegd.")
        return naar(evaluatie.bespreking_id, evaluatie.agendapunt_id)
    leerling = evaluatie.agendapunt.leerling if evaluatie.agendapunt else None
    inhoud = {
        "evaluatie": evaluatie,
        "formulier": formulier,
        "leerling": leerling,
        "naam": services.vorm_van(evaluatie.bespreking).naam,
    }
    return render(request, "besprekingen/evalueren.html", inhoud, status=422 if formulier.errors else 200)


@require_POST
def punt_weg(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Take an item from the agenda."""
    punt = punt_of_404(request, punt_id)
    bespreking_id = punt.bespreking_id
    services.punt_weghalen(punt=punt, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Het punt is van de agenda.")
    return naar(bespreking_id)


@require_http_methods(["GET", "POST"])
def buiten(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Ask somebody from outside for this pupil; without consent the page says what is missing, and where."""
    punt = punt_of_404(request, punt_id, Recht.INZIEN)
    kind: Leerling = haal_op(
        Leerling.objects.select_related("school"), request.user, recht=Recht.VERLENEN, pk=punt.leerling_id or 0
    )
    oordeel = services.toestemming_voor_buiten(punt)
    formulier = Buitenformulier(request.POST or None, gebruiker=request.user, school=punt.bespreking.school)
    if gelukt(
        formulier,
        lambda: services.van_buiten_vragen(punt=punt, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "Deze persoon zit aan tafel voor deze leerling. Nodig nu uit.")
        return naar(punt.bespreking_id, punt.pk)
    inhoud = {
        "punt": punt,
        "leerling": kind,
        "naam": services.naam_van(punt.bespreking),
        "oordeel": oordeel,
        "redenen": [
            {"tekst": u.kort, "klaar": u.voldaan, "url": "" if u.voldaan else adres(u.link, kind)}
            for u in oordeel.uitkomsten
        ],
        "formulier": formulier,
    }
    return render(request, "besprekingen/buiten.html", inhoud, status=422 if formulier.errors else 200)


@require_POST
def meelezen(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Let the colleagues at the table read the minutes and the preparation of this pupil."""
    punt = punt_of_404(request, punt_id, Recht.INZIEN)
    haal_op(Leerling.objects, request.user, recht=Recht.VERLENEN, pk=punt.leerling_id or 0)
    aantal = services.team_laten_meelezen(punt=punt, door=request.user)  # type: ignore[arg-type]
    zin = f"{aantal} collega's lezen nu mee, tot na de evaluatie." if aantal else "Iedereen aan tafel las al mee."
    messages.success(request, zin)
    return redirect("besprekingen:leden", bespreking_id=punt.bespreking_id)
