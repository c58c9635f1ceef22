"""The list of plans, and making a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen import profielen_van_school
from leerlingen.models import Groep
from leerlingen.selecties import vandaag_van
from plannen import selecties, services
from plannen.forms import Nieuwplan
from plannen.perioden import nu_of_straks, perioden
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout

STANDEN = (("", "Alle"), ("concept", "Concept"), ("besproken", "Klaar voor bespreking"), ("definitief", "Definitief"))


def _getal(tekst: str) -> int | None:
    return int(tekst) if tekst.isdecimal() and len(tekst) < 10 else None


@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """The plans that this user sees."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "plannen/lijst.html", {"rijen": []})
    dag = vandaag_van(request)
    gevraagd = selecties.Planfilter(
        zoek=request.GET.get("q", "")[:100].strip(),
        vak=request.GET.get("vak", "")[:40],
        stand=request.GET.get("stand", "")[:20],
        groep=_getal(request.GET.get("groep", "")),
        alle_jaren=request.GET.get("jaren") == "alle",
    )
    blad, rijen, tellingen = selecties.plannenlijst(request.user, gevraagd, dag, request.GET.get("pagina", "1"))
    profiel = profielen_van_school.huidig_profiel(request.scholen[0])  # type: ignore[attr-defined]
    totaal = sum(aantal for stand, aantal in tellingen.items() if stand != "ingetrokken")
    chips = [(code, naam, tellingen[code] if code else totaal) for code, naam in STANDEN]
    if tellingen["ingetrokken"]:
        chips.append(("ingetrokken", "Ingetrokken", tellingen["ingetrokken"]))
    inhoud = {
        "blad": blad,
        "rijen": rijen,
        "gevraagd": gevraagd,
        "chips": chips,
        "vakken": [vak for vak in profiel.vakgebieden if vak.groepsplan and vak.actief],
        "mag_maken": bool(selecties.schrijfgroepen(request.user, dag)),
    }
    return render(request, "plannen/lijst.html", inhoud)


@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Make plans: the system fills them, the teacher judges."""
    gebruiker: Any = request.user
    groepen: list[Groep] = []
    if request.scholen:  # type: ignore[attr-defined]
        groepen = selecties.schrijfgroepen(gebruiker, vandaag_van(request))
    if not groepen:
        return render(request, "plannen/nieuw.html", {"geen_groep": True})
    gekozen = _gekozen(request, groepen)
    groepen = [groep for groep in groepen if groep.school_id == gekozen.school_id]
    profiel = profielen_van_school.huidig_profiel(gekozen.school)
    jaar = gekozen.schooljaar.periode
    rij = perioden(profiel.groepsplanperioden, jaar.lower, jaar.upper)
    formulier = Nieuwplan(
        request.POST if request.method == "POST" else None,
        groepen=groepen,
        profiel=profiel,
        perioden=rij,
        initial={
            "groepen": [str(gekozen.pk)],
            "vakken": [request.GET["vak"]] if request.GET.get("vak") else [],
            "periode": nu_of_straks(rij, klok.vandaag(gekozen.school)).code,
        },
    )
    status = 200
    if request.method == "POST":
        if formulier.is_valid() and (antwoord := _maak(request, formulier)):
            return antwoord
        status = 422
    return render(request, "plannen/nieuw.html", {"formulier": formulier}, status=status)


def _gekozen(request: HttpRequest, groepen: list[Groep]) -> Groep:
    """The group that was asked for, else one's own, else the first."""
    gevraagd = request.GET.get("groep") or next(iter(request.POST.getlist("groepen")), "")
    eigen = selecties.eigen_groepen(request.user, vandaag_van(request))
    return next(
        (groep for groep in groepen if str(groep.pk) == gevraagd),
        next((groep for groep in groepen if groep.pk in eigen), groepen[0]),
    )


def _maak(request: HttpRequest, formulier: Nieuwplan) -> HttpResponse | None:
    """Make a plan for each subject. Subjects that have one already are named, with the way to it."""
    data = formulier.cleaned_data
    gemaakt = []
    for vak in data["vakken"]:
        try:
            gemaakt.append(
                services.groepsplan_maken(
                    groepen=data["groepen"],
                    vak=vak,
                    periodecode=data["periode"],
                    jaargroepen=data.get("jaargroepen", []),
                    door=request.user,  # type: ignore[arg-type]
                )
            )
        except DomeinFout as fout:
            zin = format_html('{} <a href="{}">Naar dat plan</a>', fout.zin, fout.link) if fout.link else fout.zin
            if len(data["vakken"]) == 1:
                formulier.add_error(None, zin)
                return None
            messages.warning(request, zin)
    if len(gemaakt) == 1:
        messages.success(request, "Het plan staat klaar, voor zover de school het al wist. Kijk de indeling na.")
        return redirect("plannen:plan", plan_id=gemaakt[0].pk)
    if gemaakt:
        messages.success(request, f"{len(gemaakt)} plannen staan klaar. Kijk de indeling na.")
    return redirect(f"{reverse('plannen:lijst')}?stand=concept")
