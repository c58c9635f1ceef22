"""What a parent asks of the school: a talk, and to look into the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerlingen import profielen_van_school, services
from leerlingen.models import Inzageverzoek
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.portaal.views import kind_of_404


@require_http_methods(["GET", "POST"])
def gesprek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Ask the teacher for a talk."""
    kind = kind_of_404(request, leerling_id)
    door: Any = request.user
    fout = ""
    if request.method == "POST":
        try:
            services.gesprek_vragen(leerling=kind, waarover=request.POST.get("waarover", ""), door=door)
        except DomeinFout as regel:
            fout = regel.zin
        else:
            messages.success(request, "Uw vraag staat bij de leerkracht. De school neemt contact met u op.")
            return redirect("portaal:kind", leerling_id=kind.pk)
    inhoud = {"kind": kind, "fout": fout, "waarover": request.POST.get("waarover", "")}
    return render(request, "portaal/gesprek.html", inhoud, status=422 if fout else 200)


@require_http_methods(["GET", "POST"])
def inzage(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """How to look into the file here, asking for it, and how far that is (M-81, A-20)."""
    kind = kind_of_404(request, leerling_id)
    door: Any = request.user
    fout = ""
    if request.method == "POST":
        try:
            services.inzage_vragen(leerling=kind, toelichting=request.POST.get("toelichting", ""), door=door)
        except DomeinFout as regel:
            fout = regel.zin
        else:
            messages.success(request, "Uw verzoek is bij de directie. U leest hier wanneer u antwoord krijgt.")
            return redirect("portaal:inzage", leerling_id=kind.pk)
    verzoeken = list(Inzageverzoek.objects.zichtbaar_voor(request.user, Recht.MEELEZEN).filter(leerling=kind))
    profiel = profielen_van_school.huidig_profiel(kind.school)
    inhoud = {
        "kind": kind,
        "ouders": profiel.ouders,
        "termijn": services.inzagetermijn(kind.school),
        "verzoeken": verzoeken,
        "open": any(verzoek.is_open for verzoek in verzoeken),
        "fout": fout,
        "toelichting": request.POST.get("toelichting", ""),
    }
    return render(request, "portaal/inzage.html", inhoud, status=422 if fout else 200)
