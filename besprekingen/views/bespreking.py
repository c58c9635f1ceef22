"""Meetings: the list, one meeting, and what comes out of it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from besprekingen import selecties, services
from besprekingen.forms import (
    Actieformulier,
    Besluitformulier,
    Doelformulier,
    Evalueerformulier,
    Inbrengformulier,
    Momentformulier,
    Nieuwformulier,
)
from besprekingen.models import Actiepunt, Agendapunt, Bespreking, Evaluatie
from leerlingen.models import Groep, Leerling
from leerlingen.selecties import vandaag_van
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen


@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """The meetings this user sees, and the groups that have none to come."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    welke = request.GET.get("welke", "komend")
    inhoud = {
        "regels": selecties.besprekingen_van(request.user, welke=welke),
        "welke": welke,
        "keuzes": [("komend", "Komend"), ("geweest", "Geweest"), ("alles", "Alles")],
        "groepen": selecties.groepen_zonder_bespreking(request.user, vandaag_van(request)),
    }
    return render(request, "besprekingen/lijst.html", inhoud)


@require_POST
def groepsbespreking(request: HttpRequest, groep_id: int) -> HttpResponse:
    """Ask for the next group meeting: it is planned on a school day and the members are invited."""
    groep: Groep = haal_op(Groep.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=groep_id)
    services.groepsbespreking_aanvragen(groep=groep, door=request.user)  # type: ignore[arg-type]
    messages.success(request, f"De groepsbespreking van {groep.naam} wordt gepland. De leden krijgen een uitnodiging.")
    return redirect("besprekingen:lijst")


def _bespreking(request: HttpRequest, bespreking_id: int, recht: str = Recht.INZIEN) -> Bespreking:
    bron = Bespreking.objects.select_related("school", "groep", "profielversie", "voorzitter", "notulist")
    gevonden: Bespreking = haal_op(bron, request.user, recht=recht, pk=bespreking_id)
    return gevonden


@require_GET
def bespreking(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """One meeting: who, what, and what came out."""
    return _toon(request, _bespreking(request, bespreking_id))


def _toon(request: HttpRequest, bespreking: Bespreking, status: int = 200, **formulieren: Any) -> HttpResponse:
    gebruiker: Any = request.user
    vastleggen("bespreking_ingezien", school=bespreking.school, door=gebruiker, object=bespreking)
    mag = gebruiker.has_perm("wijzigen_bespreking", bespreking)
    begin = bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone))
    rijen = selecties.agenda_van(gebruiker, bespreking)
    inhoud = {
        "bespreking": bespreking,
        "vorm": services.vorm_van(bespreking),
        "deelnemers": selecties.deelnemers_van(gebruiker, bespreking),
        "rijen": rijen,
        "afspraken": selecties.open_afspraken(gebruiker, bespreking),
        "mag": mag,
        "begonnen": bespreking.begin <= klok.nu(),
        "inbrengen": formulieren.get("inbrengen") or Inbrengformulier(gebruiker=gebruiker, bespreking=bespreking),
        "verzetten": Momentformulier(school=bespreking.school, initial={"dag": begin.date(), "tijd": begin.time()}),
        "doelformulier": Doelformulier(bespreking=bespreking),
        "besluitformulier": Besluitformulier(bespreking=bespreking),
        "actieformulier": Actieformulier(gebruiker=gebruiker, school=bespreking.school),
    }
    return render(request, "besprekingen/bespreking.html", inhoud, status=status)


def _terug(bespreking: Bespreking | int) -> HttpResponse:
    pk = bespreking if isinstance(bespreking, int) else bespreking.pk
    return redirect("besprekingen:bespreking", bespreking_id=pk)


@require_POST
def inbrengen(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Put a pupil on the agenda."""
    gevonden = _bespreking(request, bespreking_id)
    formulier = Inbrengformulier(request.POST, gebruiker=request.user, bespreking=gevonden)
    if not formulier.is_valid():
        return _toon(request, gevonden, 422, inbrengen=formulier)
    services.leerling_inbrengen(
        bespreking=gevonden,
        leerling=formulier.cleaned_data["leerling"],
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "De leerling staat op de agenda.")
    return _terug(gevonden)


@require_POST
def verzetten(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Move a meeting and invite anew."""
    gevonden = _bespreking(request, bespreking_id, Recht.WIJZIGEN)
    formulier = Momentformulier(request.POST, school=gevonden.school)
    if not formulier.is_valid():
        raise DomeinFout("Kies een dag en een tijd.")
    services.bespreking_verzetten(bespreking=gevonden, begin=formulier.moment(), door=request.user)  # type: ignore[arg-type]
    services.uitnodigen(bespreking=gevonden, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De bespreking is verzet en de leden zijn opnieuw uitgenodigd.")
    return _terug(gevonden)


@require_POST
def houden(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Record that it was held and who was there."""
    gevonden = _bespreking(request, bespreking_id, Recht.WIJZIGEN)
    aanwezig = [int(waarde) for waarde in request.POST.getlist("aanwezig") if waarde.isdecimal() and len(waarde) < 12]
    services.bespreking_houden(bespreking=gevonden, aanwezig=aanwezig, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Vastgelegd. Leg nu per leerling het doel of het besluit vast.")
    return _terug(gevonden)


@require_POST
def afzeggen(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Call it off, with a reason."""
    gevonden = _bespreking(request, bespreking_id, Recht.WIJZIGEN)
    services.bespreking_afzeggen(bespreking=gevonden, reden=request.POST.get("reden", ""), door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De bespreking is afgezegd.")
    return redirect("besprekingen:lijst")


def _punt(request: HttpRequest, punt_id: int) -> Agendapunt:
    bron = Agendapunt.objects.select_related("bespreking__school", "bespreking__profielversie", "leerling", "stuk")
    punt: Agendapunt = haal_op(bron, request.user, recht=Recht.WIJZIGEN, pk=punt_id)
    return punt


@require_POST
def doel(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Set a goal with its evaluation date."""
    punt = _punt(request, punt_id)
    formulier = Doelformulier(request.POST, bespreking=punt.bespreking)
    if not formulier.is_valid():
        raise DomeinFout("Schrijf een doel op en kies wanneer u het evalueert.")
    services.doel_stellen(punt=punt, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, "Het doel staat vast; de evaluatie staat op de takenlijst.")
    return _terug(punt.bespreking_id)


@require_POST
def besluit(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Record the decision."""
    punt = _punt(request, punt_id)
    services.besluit_nemen(
        punt=punt,
        code=request.POST.get("besluit", ""),
        toelichting=request.POST.get("toelichting", ""),
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Het besluit is vastgelegd.")
    return _terug(punt.bespreking_id)


@require_POST
def actie(request: HttpRequest, punt_id: int) -> HttpResponse:
    """Agree on a next step."""
    punt = _punt(request, punt_id)
    formulier = Actieformulier(request.POST, gebruiker=request.user, school=punt.bespreking.school)
    if not formulier.is_valid():
        raise DomeinFout("Vul in waarover het gaat, wat er gebeurt en wie het doet.")
    services.actiepunt_toevoegen(
        bespreking=punt.bespreking,
        punt=punt,
        door=request.user,  # type: ignore[arg-type]
        **formulier.cleaned_data,
    )
    messages.success(request, "De afspraak staat op de takenlijst.")
    return _terug(punt.bespreking_id)


@require_POST
def actie_klaar(request: HttpRequest, actie_id: int) -> HttpResponse:
    """Tick an agreement off."""
    gevonden: Actiepunt = haal_op(
        Actiepunt.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=actie_id
    )
    services.actiepunt_afronden(actie=gevonden, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Afgevinkt.")
    return _terug(gevonden.bespreking_id)


@require_http_methods(["GET", "POST"])
def evalueren(request: HttpRequest, evaluatie_id: int) -> HttpResponse:
    """Was there enough progress?"""
    bron = Evaluatie.objects.select_related("school", "agendapunt__leerling", "bespreking")
    evaluatie: Evaluatie = haal_op(bron, request.user, recht=Recht.WIJZIGEN, pk=evaluatie_id)
    formulier = Evalueerformulier(request.POST or None)
    if formulier.is_bound and formulier.is_valid():
        services.evalueren(evaluatie=evaluatie, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, "De evaluatie is vastgelegd.")
        return _terug(evaluatie.bespreking_id)
    leerling = evaluatie.agendapunt.leerling if evaluatie.agendapunt else None
    inhoud = {"evaluatie": evaluatie, "formulier": formulier, "leerling": leerling}
    return render(request, "besprekingen/evalueren.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Plan a meeting about one pupil and invite its members."""
    leerling: Leerling = haal_op(
        Leerling.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=leerling_id
    )
    formulier = Nieuwformulier(
        request.POST or None, school=leerling.school, initial={"soort": request.GET.get("soort", "")}
    )
    if formulier.is_bound and formulier.is_valid():
        data = formulier.cleaned_data
        begin = formulier.moment()
        try:
            gepland = services.bespreking_plannen(
                school=leerling.school,
                soort=data["soort"],
                begin=begin,
                sleutel=f"leerling:{leerling.pk}:{data['soort']}:{begin.isoformat()}",
                leerling=leerling,
                plaats=data["plaats"],
                door=request.user,  # type: ignore[arg-type]
            )
            services.uitnodigen(bespreking=gepland, door=request.user)  # type: ignore[arg-type]
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "De bespreking staat in de kalender; de leden zijn uitgenodigd.")
            return _terug(gepland)
    inhoud = {"leerling": leerling, "formulier": formulier}
    return render(request, "besprekingen/nieuw.html", inhoud, status=422 if formulier.errors else 200)
