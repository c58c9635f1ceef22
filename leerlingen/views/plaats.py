"""Where a pupil sits: to another group, or away from this school. For ib'er and director."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerlingen import selecties, services
from leerlingen.beheer.forms_instroom import Vertrekformulier, Wisselformulier
from leerlingen.models import Leerling
from leerlingen.termijn import datumtekst
from leerlingen.views.leerling import leerling_of_404
from zorg.kern import klok
from zorg.kern.formulier import gelukt
from zorg.kern.querysets import Recht

TERUG = "terugdraaien"
"""The field by which the form turns leaving back: no form that was meant otherwise carries it."""


@require_http_methods(["GET", "POST"])
def groep(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """To another group from a day; who worked with the pupil looks in for the weeks of the handover."""
    leerling = leerling_of_404(request, leerling_id, Recht.BEHEREN)
    formulier = Wisselformulier(request.POST or None, school=leerling.school, gebruiker=request.user)

    def wissel() -> None:
        services.verplaatsen(leerling=leerling, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]

    if gelukt(formulier, wissel):
        velden = formulier.cleaned_data
        messages.success(request, f"{leerling.naam} zit vanaf {_dag(leerling, velden['vanaf'])} in {velden['groep']}.")
        return redirect("leerlingen:leerling", leerling_id=leerling.pk)
    uitleg = "De leerkrachten van de oude en de nieuwe groep zien in de weken van de overdracht allebei het dossier."
    inhoud = {"titel": "Naar een andere groep", "knop": "Verplaatsen", "uitleg": uitleg}
    return _formulier(request, leerling, formulier, inhoud)


@require_http_methods(["GET", "POST"])
def vertrek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The pupil leaves after a last day; or, when that was recorded already, stays after all: an act of its own."""
    leerling = leerling_of_404(request, leerling_id, Recht.BEHEREN)
    if TERUG in request.POST:
        return _blijft(request, leerling)
    formulier = Vertrekformulier(request.POST or None, school=leerling.school)
    if leerling.laatste_dag is not None:
        return _al_uitgeschreven(request, leerling, formulier)

    def vertrekt() -> None:
        per = formulier.cleaned_data["laatste_dag"] + timedelta(days=1)
        services.uitschrijven(leerling=leerling, per=per, door=request.user)  # type: ignore[arg-type]

    if gelukt(formulier, vertrekt):
        return _uitgeschreven(request, leerling, formulier.cleaned_data["laatste_dag"])
    uitleg = (
        "Na die dag zien de leerkrachten het dossier nog in de weken van de overdracht. Het blijft bewaard tot het "
        "einde van de bewaartermijn. Vergist u zich, dan draait u dit hier terug."
    )
    inhoud = {"titel": "Uitschrijven", "knop": "Uitschrijven", "uitleg": uitleg}
    return _formulier(request, leerling, formulier, inhoud)


def _uitgeschreven(request: HttpRequest, leerling: Leerling, laatste: date) -> HttpResponse:
    dag = _dag(leerling, laatste)
    messages.success(request, f"Uitgeschreven: {dag} is de laatste dag van {leerling.naam}.")
    return redirect("leerlingen:leerling", leerling_id=leerling.pk)


def _al_uitgeschreven(request: HttpRequest, leerling: Leerling, formulier: Vertrekformulier) -> HttpResponse:
    """Leaving sent twice is leaving once; another last day asks to turn back the first."""
    anders = False
    if formulier.is_bound and formulier.is_valid():
        if formulier.cleaned_data["laatste_dag"] == leerling.laatste_dag:
            return _uitgeschreven(request, leerling, formulier.cleaned_data["laatste_dag"])
        anders = True
    laatste = _dag(leerling, leerling.laatste_dag)
    uitleg = f"{laatste.capitalize()} staat als laatste dag. Blijft de leerling toch, draai dat dan terug."
    if anders:
        uitleg += " Is een andere dag de laatste, draai dit dan eerst terug en schrijf daarna opnieuw uit."
    inhoud = {"titel": "Uitschrijving terugdraaien", "knop": "Leerling blijft", "uitleg": uitleg, "doen": TERUG}
    return _formulier(request, leerling, None, inhoud, status=422 if formulier.is_bound else 200)


def _blijft(request: HttpRequest, leerling: Leerling) -> HttpResponse:
    if leerling.laatste_dag is None:
        messages.info(request, f"{leerling.naam} is ingeschreven.")
        return redirect("leerlingen:leerling", leerling_id=leerling.pk)
    services.uitschrijving_terugdraaien(leerling=leerling, door=request.user)  # type: ignore[arg-type]
    groep = selecties.stamgroep_van(request.user, leerling)  # type: ignore[arg-type]
    if groep is None:
        messages.success(request, f"{leerling.naam} is weer ingeschreven. Kies nu de groep.")
        return redirect("leerlingen:groep", leerling_id=leerling.pk)
    messages.success(request, f"{leerling.naam} is weer ingeschreven, in groep {groep.naam}.")
    return redirect("leerlingen:leerling", leerling_id=leerling.pk)


def _dag(leerling: Leerling, dag: Any) -> str:
    return datumtekst(dag, klok.vandaag(leerling.school))


def _formulier(
    request: HttpRequest, leerling: Leerling, formulier: Any, inhoud: dict[str, Any], status: int = 200
) -> HttpResponse:
    status = 422 if formulier is not None and formulier.errors else status
    return render(
        request, "leerlingen/plaats.html", inhoud | {"leerling": leerling, "formulier": formulier}, status=status
    )
