"""The care route of one pupil: where, what next, the steps, talks, research, decisions and consent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from besprekingen import selecties, services
from besprekingen.forms import (
    Gesprekformulier,
    Instantieformulier,
    Onderzoekformulier,
    Uitslagformulier,
    Vraagformulier,
)
from besprekingen.models import Onderzoek
from besprekingen.services.route import instanties_van, onderzoeken_van
from leerlingen import profielen_van_school, tabbladen
from leerlingen import services as eerste_verdieping
from leerlingen.models import Leerling, Toestemming
from leerlingen.rechten_op import rechten_op
from leerlingen.services.zorg import gezaghebbenden
from zorg.kern.formulier import gelukt
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen


def leerling_of_404(request: HttpRequest, leerling_id: int, recht: str = Recht.INZIEN) -> Leerling:
    """The pupil, if this user sees them (404) and may do this (403)."""
    gevonden: Leerling = haal_op(Leerling.objects.select_related("school"), request.user, recht=recht, pk=leerling_id)
    return gevonden


@require_GET
def leerling(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The tab with the meetings and talks about one pupil."""
    gevonden = leerling_of_404(request, leerling_id)
    gebruiker: Any = request.user
    mag = Recht.WIJZIGEN in rechten_op(gebruiker, gevonden)
    inhoud = {
        "rijen": selecties.besprekingen_over(gebruiker, gevonden),
        "gesprekken": selecties.gesprekken_van(gebruiker, gevonden),
        "afspraken": selecties.open_afspraken_over(gebruiker, gevonden),
        "stand": selecties.gespreksstand_van(gebruiker, gevonden) if mag else None,
        "mag": mag,
        "mag_plannen": mag and bool(selecties.over_een_leerling(gebruiker, gevonden.school)),
    }
    return tabbladen.pagina(request, gevonden, "besprekingen", "besprekingen/tab.html", inhoud)


@require_GET
def zorg(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The tab with the care route; opening it is on record."""
    gevonden = leerling_of_404(request, leerling_id)
    vastleggen("zorgroute_ingezien", school=gevonden.school_id, door=request.user, leerling=gevonden)  # type: ignore[arg-type]
    return toon(request, gevonden)


def toon(request: HttpRequest, gevonden: Leerling, fout: DomeinFout | None = None) -> HttpResponse:
    """The tab, with why a step was refused."""
    gebruiker: Any = request.user
    rechten = rechten_op(gebruiker, gevonden)
    inhoud = {
        "route": selecties.route_van(gebruiker, gevonden, rechten),
        "toestemmingen": selecties.toestemmingen_van(gebruiker, gevonden),
        "rapporten": selecties.rapporten_van(gebruiker, gevonden),
        "onderzoeken": selecties.onderzoeken_over(gebruiker, gevonden),
        "instanties": selecties.instanties_over(gebruiker, gevonden),
        "leest": selecties.leest_besluiten(rechten),
        "mag": Recht.WIJZIGEN in rechten,
        "mag_rapport": Recht.EXPORTEREN in rechten,
        "mag_verlenen": Recht.VERLENEN in rechten,
        "ouders": selecties.feiten_van(gevonden).gezaghebbenden,
        "fout": fout,
    }
    antwoord = tabbladen.pagina(request, gevonden, "zorg", "besprekingen/zorg.html", inhoud)
    if fout is not None:
        antwoord.status_code = 422
    return antwoord


@require_POST
def niveau(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Take a step; the gate says why not, with the way to what would open it."""
    gevonden = leerling_of_404(request, leerling_id, Recht.WIJZIGEN)
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
        return toon(request, gevonden, fout)
    messages.success(request, "De stap is gezet. Wat erbij hoort staat op de takenlijsten.")
    return redirect("besprekingen:zorg", leerling_id=gevonden.pk)


@require_http_methods(["GET", "POST"])
def gesprek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Put a talk on record."""
    gevonden = leerling_of_404(request, leerling_id, Recht.WIJZIGEN)
    begin = {"soort": request.GET.get("soort", "ouders"), "signalen": request.GET.getlist("signaal")}
    formulier = Gesprekformulier(request.POST or None, leerling=gevonden, gebruiker=request.user, initial=begin)
    if formulier.is_bound and formulier.is_valid():
        try:
            rij = services.gesprek_vastleggen(leerling=gevonden, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "Het gesprek staat in het dossier. Vul het formulier hieronder verder in.")
            return redirect("leerlingen:stuk", stuk_id=rij.stuk_id)
    inhoud = {"leerling": gevonden, "formulier": formulier}
    return render(request, "besprekingen/gesprek.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def onderzoek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Record that research was asked for."""
    gevonden = leerling_of_404(request, leerling_id, Recht.VERLENEN)
    keuzes = onderzoeken_van(profielen_van_school.huidig_profiel(gevonden.school))
    formulier = Onderzoekformulier(request.POST or None, school=gevonden.school, keuzes=keuzes)
    if gelukt(
        formulier,
        lambda: services.onderzoek_aanvragen(leerling=gevonden, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het onderzoek staat vast. De uitslag bespreekt u eerst met de ouders.")
        return redirect("besprekingen:zorg", leerling_id=gevonden.pk)
    return _formulierpagina(request, gevonden, formulier, "Onderzoek vastleggen", "Vastleggen")


@require_http_methods(["GET", "POST"])
def uitslag(request: HttpRequest, onderzoek_id: int) -> HttpResponse:
    """When the result came, and when the parents heard it."""
    rij: Onderzoek = haal_op(
        Onderzoek.objects.select_related("school", "leerling__school", "stuk"),
        request.user,
        recht=Recht.WIJZIGEN,
        pk=onderzoek_id,
    )
    formulier = Uitslagformulier(
        request.POST or None, initial={"uitslag_op": rij.uitslag_op, "met_ouders_op": rij.met_ouders_op}
    )
    if gelukt(
        formulier,
        lambda: services.onderzoek_bijwerken(onderzoek=rij, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het onderzoek is bijgewerkt.")
        return redirect("besprekingen:zorg", leerling_id=rij.leerling_id)
    return _formulierpagina(request, rij.leerling, formulier, rij.stuk.titel, "Bijwerken")


@require_http_methods(["GET", "POST"])
def instantie(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Record what a body outside decided."""
    gevonden = leerling_of_404(request, leerling_id, Recht.VERLENEN)
    keuzes = instanties_van(profielen_van_school.huidig_profiel(gevonden.school))
    formulier = Instantieformulier(request.POST or None, school=gevonden.school, keuzes=keuzes)
    if gelukt(
        formulier,
        lambda: services.instantiebesluit_vastleggen(leerling=gevonden, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het besluit staat in het dossier.")
        return redirect("besprekingen:zorg", leerling_id=gevonden.pk)
    return _formulierpagina(request, gevonden, formulier, "Besluit van een instantie vastleggen", "Vastleggen")


def _formulierpagina(request: HttpRequest, kind: Leerling, formulier: Any, titel: str, knop: str) -> HttpResponse:
    inhoud = {"leerling": kind, "formulier": formulier, "titel": titel, "knop": knop}
    return render(request, "besprekingen/formulier.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def vragen(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Ask the parents' consent: purpose, who, which pieces, until when; first the text as they will read it."""
    from besprekingen.services.route import toestemmingstekst

    gevonden = leerling_of_404(request, leerling_id, Recht.WIJZIGEN)
    formulier = Vraagformulier(
        request.POST or None,
        gebruiker=request.user,
        leerling=gevonden,
        initial={"doel": request.GET.get("doel", "")},
    )
    voorbeeld = ""
    if formulier.is_bound and formulier.is_valid():
        data = formulier.cleaned_data
        if request.POST.get("stap") != "versturen":
            voorbeeld = toestemmingstekst(gevonden, **data)
        else:
            try:
                services.toestemming_vragen(leerling=gevonden, door=request.user, **data)  # type: ignore[arg-type]
            except DomeinFout as fout:
                formulier.add_error(None, fout.zin)
            else:
                messages.success(request, "De vraag staat bij de ouders in het portaal; zij krijgen een mail.")
                return redirect("besprekingen:zorg", leerling_id=gevonden.pk)
    inhoud = {
        "leerling": gevonden,
        "formulier": formulier,
        "voorbeeld": voorbeeld,
        "ouders": gezaghebbenden(gevonden),
    }
    return render(request, "besprekingen/vragen.html", inhoud, status=422 if formulier.errors else 200)


@require_POST
def op_papier(request: HttpRequest, toestemming_id: int) -> HttpResponse:
    """Record what a parent answered on paper."""
    vraag: Toestemming = haal_op(
        Toestemming.objects.select_related("school", "leerling__school"), request.user, pk=toestemming_id
    )
    kind = leerling_of_404(request, vraag.leerling_id, Recht.VERLENEN)
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
