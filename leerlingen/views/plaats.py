"""Where a pupil sits: to another group, or away from this school. For ib'er and director."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerlingen import services
from leerlingen.beheer.forms_instroom import Vertrekformulier, Wisselformulier
from leerlingen.models import Leerling
from leerlingen.termijn import datumtekst
from leerlingen.views.leerling import leerling_of_404
from zorg.kern import klok
from zorg.kern.formulier import gelukt
from zorg.kern.querysets import Recht


@require_http_methods(["GET", "POST"])
def groep(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """To another group from a day; who worked with the pupil looks in for the weeks of the handover."""
    leerling = leerling_of_404(request, leerling_id, Recht.BEHEREN)
    formulier = Wisselformulier(request.POST or None, school=leerling.school, gebruiker=request.user)

    def wissel() -> None:
        services.plaatsen(leerling=leerling, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]

    if gelukt(formulier, wissel):
        velden = formulier.cleaned_data
        messages.success(request, f"{leerling.naam} zit vanaf {_dag(leerling, velden['vanaf'])} in {velden['groep']}.")
        return redirect("leerlingen:leerling", leerling_id=leerling.pk)
    uitleg = "De leerkrachten van de oude en de nieuwe groep zien in de weken van de overdracht allebei het dossier."
    inhoud = {"titel": "Naar een andere groep", "knop": "Verplaatsen", "uitleg": uitleg}
    return _formulier(request, leerling, formulier, inhoud)


@require_http_methods(["GET", "POST"])
def vertrek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The pupil leaves after a last day; or, when that was recorded already, stays after all."""
    leerling = leerling_of_404(request, leerling_id, Recht.BEHEREN)
    if leerling.ingeschreven.upper is not None:
        return _blijft(request, leerling)
    formulier = Vertrekformulier(request.POST or None, school=leerling.school)

    def vertrekt() -> None:
        per = formulier.cleaned_data["laatste_dag"] + timedelta(days=1)
        services.uitschrijven(leerling=leerling, per=per, door=request.user)  # type: ignore[arg-type]

    if gelukt(formulier, vertrekt):
        dag = _dag(leerling, formulier.cleaned_data["laatste_dag"])
        messages.success(request, f"Uitgeschreven: {dag} is de laatste dag van {leerling.naam}.")
        return redirect("leerlingen:leerling", leerling_id=leerling.pk)
    uitleg = (
        "Na die dag zien de leerkrachten het dossier nog in de weken van de overdracht. Het blijft bewaard tot het "
        "einde van de bewaartermijn. Vergist u zich, dan draait u dit hier terug."
    )
    inhoud = {"titel": "Uitschrijven", "knop": "Uitschrijven", "uitleg": uitleg}
    return _formulier(request, leerling, formulier, inhoud)


def _blijft(request: HttpRequest, leerling: Leerling) -> HttpResponse:
    if request.method == "POST":
        services.uitschrijving_terugdraaien(leerling=leerling, door=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{leerling.naam} is weer ingeschreven. Kies nu de groep.")
        return redirect("leerlingen:groep", leerling_id=leerling.pk)
    laatste = _dag(leerling, leerling.laatste_dag)
    uitleg = f"{laatste.capitalize()} staat als laatste dag. Blijft de leerling toch, draai dat dan terug."
    inhoud = {"titel": "Uitschrijving terugdraaien", "knop": "Leerling blijft", "uitleg": uitleg}
    return _formulier(request, leerling, None, inhoud)


def _dag(leerling: Leerling, dag: Any) -> str:
    return datumtekst(dag, klok.vandaag(leerling.school))


def _formulier(request: HttpRequest, leerling: Leerling, formulier: Any, inhoud: dict[str, Any]) -> HttpResponse:
    status = 422 if formulier is not None and formulier.errors else 200
    return render(
        request, "leerlingen/plaats.html", inhoud | {"leerling": leerling, "formulier": formulier}, status=status
    )
