"""The list of meetings, and planning one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from besprekingen import selecties, services
from besprekingen.forms import Nieuwformulier, Planformulier
from leerlingen.inhangen import is_staf
from leerlingen.models import Groep, Leerling
from leerlingen.selecties import vandaag_van
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op

NIET = "In de procedure van de school plant de {wie} een bespreking over één leerling. Vraag het daar."


@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """The meetings this user sees, and the groups that have none to come."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    gebruiker: Any = request.user
    inhoud = {
        "lijst": selecties.besprekingenlijst(
            gebruiker, welke=request.GET.get("welke", "")[:20], soort=request.GET.get("soort", "")[:60]
        ),
        "groepen": selecties.groepen_zonder_bespreking(gebruiker, vandaag_van(request)),
        "mag_plannen": bool(selecties.te_beginnen(gebruiker, request.scholen[0])),  # type: ignore[attr-defined]
    }
    return render(request, "besprekingen/lijst.html", inhoud)


@require_POST
def groepsbespreking(request: HttpRequest, groep_id: int) -> HttpResponse:
    """Ask for the next group meeting: it is planned on a school day and the members are invited."""
    groep: Groep = haal_op(Groep.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=groep_id)
    services.groepsbespreking_aanvragen(groep=groep, door=request.user)  # type: ignore[arg-type]
    messages.success(request, f"De groepsbespreking van {groep.naam} wordt gepland. De leden krijgen een uitnodiging.")
    return redirect("besprekingen:lijst")


@require_http_methods(["GET", "POST"])
def plannen(request: HttpRequest) -> HttpResponse:
    """Plan a meeting of a group or a team. Pupils are put on its agenda afterwards."""
    gebruiker: Any = request.user
    if not is_staf(request):
        raise PermissionDenied
    school = request.scholen[0]  # type: ignore[attr-defined]
    vormen = selecties.te_beginnen(gebruiker, school)
    if not vormen:
        raise PermissionDenied
    formulier = Planformulier(request.POST or None, school=school, gebruiker=gebruiker, vormen=vormen)
    if formulier.is_bound and formulier.is_valid():
        data, begin = formulier.cleaned_data, formulier.moment()
        groep: Groep | None = data["groep"]
        waarover = f"groep-{groep.pk}" if groep else "school"
        try:
            gepland = services.bespreking_plannen(
                school=school,
                soort=data["soort"],
                begin=begin,
                sleutel=f"los:{data['soort']}:{waarover}:{begin.isoformat()}",
                groep=groep,
                plaats=data["plaats"],
                door=gebruiker,
            )
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "De bespreking staat in de kalender. Nodig uit als de agenda klaar is.")
            return redirect("besprekingen:bespreking", bespreking_id=gepland.pk)
    inhoud = {"formulier": formulier}
    return render(request, "besprekingen/plannen.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Plan a meeting about one pupil and invite its members."""
    gebruiker: Any = request.user
    leerling: Leerling = haal_op(
        Leerling.objects.select_related("school"), gebruiker, recht=Recht.WIJZIGEN, pk=leerling_id
    )
    vormen = selecties.over_een_leerling(gebruiker, leerling.school)
    formulier = Nieuwformulier(
        request.POST or None,
        leerling=leerling,
        gebruiker=gebruiker,
        vormen=vormen,
        initial={"soort": request.GET.get("soort", ""), "signalen": request.GET.getlist("signaal")},
    )
    fout: DomeinFout | None = None
    if formulier.is_bound and formulier.is_valid():
        data, begin = formulier.cleaned_data, formulier.moment()
        try:
            gepland = _plan_en_nodig_uit(leerling, data, begin, gebruiker)
        except DomeinFout as gevangen:
            fout = gevangen
        else:
            messages.success(request, "De bespreking staat in de kalender; de leden zijn uitgenodigd.")
            return redirect("besprekingen:bespreking", bespreking_id=gepland.pk)
    inhoud = {
        "leerling": leerling,
        "formulier": formulier,
        "fout": fout,
        "niet": "" if vormen else NIET.format(wie=selecties.wie_begint(leerling.school)),
        "in_kalender": selecties.in_de_kalender(gebruiker, request.GET.get("soort", "")[:60]),
    }
    return render(request, "besprekingen/nieuw.html", inhoud, status=422 if formulier.errors or fout else 200)


def _plan_en_nodig_uit(leerling: Leerling, data: dict[str, Any], begin: Any, gebruiker: Any) -> Any:
    from django.db import transaction

    with transaction.atomic():
        gepland = services.bespreking_plannen(
            school=leerling.school,
            soort=data["soort"],
            begin=begin,
            sleutel=f"leerling:{leerling.pk}:{data['soort']}:{begin.isoformat()}",
            leerling=leerling,
            hulpvraag=data["hulpvraag"],
            signalen=data.get("signalen", ()),
            plaats=data["plaats"],
            door=gebruiker,
        )
        services.uitnodigen(bespreking=gepland, door=gebruiker)
    return gepland
