"""The care route of one pupil: where, what next, the steps, talks, consent and the report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from besprekingen import selecties, services
from besprekingen.forms import Gesprekformulier, Vraagformulier
from besprekingen.models import Rapport
from leerlingen import services as eerste_verdieping
from leerlingen import tabbladen
from leerlingen.models import Leerling, Toestemming
from leerlingen.services.zorg import gezaghebbenden
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


def _leerling(request: HttpRequest, leerling_id: int, recht: str = Recht.INZIEN) -> Leerling:
    gevonden: Leerling = haal_op(Leerling.objects.select_related("school"), request.user, recht=recht, pk=leerling_id)
    return gevonden


@require_GET
def leerling(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The tab with the meetings and talks about one pupil."""
    gevonden = _leerling(request, leerling_id)
    inhoud = {
        "rijen": selecties.besprekingen_over(request.user, gevonden),
        "gesprekken": selecties.gesprekken_van(request.user, gevonden),
    }
    return tabbladen.pagina(request, gevonden, "besprekingen", "besprekingen/tab.html", inhoud)


@require_GET
def zorg(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The tab with the care route."""
    return _toon(request, _leerling(request, leerling_id))


def _toon(request: HttpRequest, gevonden: Leerling, fout: DomeinFout | None = None) -> HttpResponse:
    gebruiker: Any = request.user
    verlenen = gebruiker.has_perm("verlenen_leerling", gevonden)
    inhoud = {
        "route": selecties.route_van(gebruiker, gevonden),
        "toestemmingen": selecties.toestemmingen_van(gebruiker, gevonden),
        "rapporten": selecties.rapporten_van(gebruiker, gevonden),
        "mag": gebruiker.has_perm("wijzigen_leerling", gevonden),
        "mag_rapport": gebruiker.has_perm("exporteren_leerling", gevonden),
        "mag_verlenen": verlenen,
        "ouders": gezaghebbenden(gevonden) if verlenen else [],
        "fout": fout,
    }
    antwoord = tabbladen.pagina(request, gevonden, "zorg", "besprekingen/zorg.html", inhoud)
    if fout is not None:
        antwoord.status_code = 422
    return antwoord


@require_POST
def niveau(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Take a step; the gate says why not."""
    gevonden = _leerling(request, leerling_id, Recht.WIJZIGEN)
    try:
        services.niveau_wijzigen(
            leerling=gevonden,
            naar=request.POST.get("naar", "")[:20],
            reden=request.POST.get("reden", "")[:500],
            door=request.user,  # type: ignore[arg-type]
        )
    except KeyError:
        raise DomeinFout("Dit zorgniveau kent de procedure van de school niet.") from None
    except DomeinFout as fout:
        return _toon(request, gevonden, fout)
    messages.success(request, "Het zorgniveau is gewijzigd.")
    return redirect("besprekingen:zorg", leerling_id=gevonden.pk)


@require_http_methods(["GET", "POST"])
def gesprek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Put a talk on record."""
    gevonden = _leerling(request, leerling_id, Recht.WIJZIGEN)
    formulier = Gesprekformulier(
        request.POST or None, school=gevonden.school, initial={"soort": request.GET.get("soort", "ouders")}
    )
    if formulier.is_bound and formulier.is_valid():
        try:
            services.gesprek_vastleggen(leerling=gevonden, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "Het gesprek staat in het dossier.")
            return redirect("besprekingen:leerling", leerling_id=gevonden.pk)
    inhoud = {"leerling": gevonden, "formulier": formulier}
    return render(request, "besprekingen/gesprek.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def vragen(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Ask the parents' consent."""
    gevonden = _leerling(request, leerling_id, Recht.WIJZIGEN)
    formulier = Vraagformulier(
        request.POST or None,
        gebruiker=request.user,
        leerling=gevonden,
        initial={"doel": request.GET.get("doel", "")},
    )
    if formulier.is_bound and formulier.is_valid():
        try:
            services.toestemming_vragen(leerling=gevonden, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "De vraag staat bij de ouders in het portaal; zij krijgen een mail.")
            return redirect("besprekingen:zorg", leerling_id=gevonden.pk)
    inhoud = {"leerling": gevonden, "formulier": formulier}
    return render(request, "besprekingen/vragen.html", inhoud, status=422 if formulier.errors else 200)


@require_POST
def op_papier(request: HttpRequest, toestemming_id: int) -> HttpResponse:
    """Record what a parent answered on paper."""
    vraag: Toestemming = haal_op(
        Toestemming.objects.select_related("school", "leerling__school"), request.user, pk=toestemming_id
    )
    kind = _leerling(request, vraag.leerling_id, Recht.VERLENEN)
    ouder = next((p for p in gezaghebbenden(kind) if str(p.pk) == request.POST.get("ouder", "")), None)
    if ouder is None:
        raise DomeinFout("Kies welke ouder dit antwoord gaf.")
    eerste_verdieping.toestemming_beantwoorden(
        toestemming=vraag,
        keuze=request.POST.get("keuze", ""),
        opmerking=request.POST.get("opmerking", ""),
        tekstversie=vraag.tekstversie,
        namens=ouder,
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Het antwoord op papier is vastgelegd.")
    return redirect("besprekingen:zorg", leerling_id=kind.pk)


@require_POST
def rapport(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Ask for the onderwijskundig rapport; a worker makes it."""
    gevonden = _leerling(request, leerling_id, Recht.EXPORTEREN)
    services.okr_vragen(leerling=gevonden, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Het rapport wordt gemaakt. Het staat hieronder zodra het klaar is.")
    return redirect("besprekingen:zorg", leerling_id=gevonden.pk)


@require_GET
def rapport_stand(request: HttpRequest, rapport_id: int) -> HttpResponse:
    """How far a report is, for the page that waits for it."""
    gevonden: Rapport = haal_op(Rapport.objects.select_related("bijlage", "gevraagd_door"), request.user, pk=rapport_id)
    return render(request, "besprekingen/rapport.html", {"rapport": gevonden})
