"""Papers about a group and about the school: the lists, one paper to read and write in, and the same on A4."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerlingen import groepspapier, profielen_van_school, rapporten, selecties, services, toegang
from leerlingen.bestandsantwoord import stuur_pdf
from leerlingen.forms import Aanvulformulier
from leerlingen.inhangen import STAF
from leerlingen.models import Document, Groep, Schooljaar
from leerlingen.profiel.bespreken import Activiteit
from leerlingen.selecties import vandaag_van
from leerlingen.termijn import opsomming
from plannen import selecties as plannenselecties
from plannen.services import (
    activiteit_van,
    activiteitpapier_beginnen,
    groepspapier_aanvullen,
    groepspapier_beginnen,
    groepspapier_vaststellen,
)
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen

KNOPPEN = {
    "afgesloten": "Afsluiten",
    "definitief": "Definitief maken",
    "klaar": "Dit is klaar",
    "besproken": "Dit is besproken",
    "verstuurd": "Versturen aan het team",
}


def _school(request: HttpRequest) -> School:
    """The school of whoever works there with children; 404 for everyone else."""
    if not toegang.rollen_van(request.user) & STAF:
        raise Http404
    school: School = request.scholen[0]  # type: ignore[attr-defined]
    return school


def papier_of_404(request: HttpRequest, document_id: int, recht: str = Recht.INZIEN) -> Document:
    """The paper, if this user sees it (404) and may do this (403). Of a pupil or a group plan: a page of its own."""
    bron = Document.objects.select_related("school", "profielversie", "gemaakt_door", "vastgesteld_door").filter(
        stuk__isnull=True, groepsplan__isnull=True
    )
    document: Document = haal_op(bron, request.user, recht=recht, pk=document_id)
    return document


def _naar(document: Document) -> HttpResponse:
    return redirect("papieren:papier", document_id=document.pk)


# -- lists -----------------------------------------------------------------------------------------------------------


@require_GET
def school(request: HttpRequest) -> HttpResponse:
    """The papers of the school, and what may be begun."""
    eigen = _school(request)
    inhoud = {
        "regels": plannenselecties.papieren_van_school(request.user, eigen),
        "begin": plannenselecties.te_beginnen_papieren(request.user, eigen),
    }
    return render(request, "plannen/papieren_school.html", inhoud)


@require_GET
def groep(request: HttpRequest, groep_id: int) -> HttpResponse:
    """The papers of one group beside its group plans (K-154)."""
    gevonden: Groep = haal_op(Groep.objects.select_related("school", "schooljaar"), request.user, pk=groep_id)
    gebruiker: Any = request.user
    mag = gebruiker.has_perm("wijzigen_groep", gevonden)
    alles = plannenselecties.Planfilter(groep=gevonden.pk, alle_jaren=True)
    _, plannen, _ = plannenselecties.plannenlijst(gebruiker, alles, vandaag_van(request), "1")
    inhoud = {
        "groep": gevonden,
        "regels": plannenselecties.papieren_van_groep(gebruiker, gevonden),
        "begin": plannenselecties.te_beginnen_papieren(gebruiker, gevonden.school, gevonden) if mag else [],
        "plannen": plannen,
        "mag": mag,
    }
    return render(request, "plannen/papieren_groep.html", inhoud)


def _activiteit(request: HttpRequest, schooljaar: str, code: str) -> tuple[Activiteit, Schooljaar]:
    eigen = _school(request)
    jaar: Schooljaar = haal_op(Schooljaar.objects.select_related("school"), request.user, school=eigen, naam=schooljaar)
    gevonden = activiteit_van(eigen, code)
    if gevonden is None:
        raise Http404
    return gevonden, jaar


@require_GET
def activiteit(request: HttpRequest, schooljaar: str, code: str) -> HttpResponse:
    """One activity of the year without a meeting: what it is for, and the paper to fill in."""
    gevonden, jaar = _activiteit(request, schooljaar, code)
    profiel = profielen_van_school.huidig_profiel(jaar.school)
    inhoud = {
        "activiteit": gevonden,
        "schooljaar": jaar,
        "deelnemers": opsomming([profiel.rolnaam(rol) for rol in gevonden.deelnemers]),
        "regels": plannenselecties.werkregels(request.user, jaar, gevonden),
    }
    return render(request, "plannen/activiteit.html", inhoud)


@require_POST
def activiteit_beginnen(request: HttpRequest, schooljaar: str, code: str) -> HttpResponse:
    """Begin the paper of an activity, for a group (`groep`) or for the school; opened after that."""
    gevonden, jaar = _activiteit(request, schooljaar, code)
    gekozen, door = request.POST.get("groep", ""), request.user
    groep: Groep | None = None
    if gekozen.isdecimal() and len(gekozen) < 12:
        bron = Groep.objects.select_related("school").filter(schooljaar=jaar)
        groep = haal_op(bron, door, recht=Recht.WIJZIGEN, pk=int(gekozen))
    elif not toegang.rollen_van(door) & {*toegang.SCHOOLBREED}:
        raise PermissionDenied
    document = activiteitpapier_beginnen(
        activiteit=gevonden,
        schooljaar=jaar,
        groep=groep,
        door=door,  # type: ignore[arg-type]
    )
    return _naar(document)


@require_POST
def beginnen(request: HttpRequest) -> HttpResponse:
    """Begin a paper about a group (`groep`), or about the school; it opens filled with what the school knows."""
    eigen, soort, gekozen = _school(request), request.POST.get("soort", "")[:60], request.POST.get("groep", "")
    door: Any = request.user
    if gekozen.isdecimal() and len(gekozen) < 12:
        gevonden: Groep = haal_op(Groep.objects.select_related("school"), door, recht=Recht.WIJZIGEN, pk=int(gekozen))
        document = groepspapier_beginnen(soort=soort, groepen=[gevonden], door=door)
    elif toegang.rollen_van(door) & {*toegang.SCHOOLBREED}:
        document = groepspapier_beginnen(soort=soort, school=eigen, door=door)
    else:
        raise PermissionDenied
    messages.success(request, "Het papier staat klaar, voor zover de school het al wist. Kijk na en vul aan.")
    return _naar(document)


# -- one paper -------------------------------------------------------------------------------------------------------


@require_GET
def papier(request: HttpRequest, document_id: int) -> HttpResponse:
    """Read a paper; with the right to change it, write in it. Opening is on record."""
    return _toon(request, papier_of_404(request, document_id))


def _toon(request: HttpRequest, document: Document, status: int = 200, aanvulling: Any = None) -> HttpResponse:
    gebruiker: Any = request.user
    vastleggen("papier_ingezien", school=document.school_id, door=gebruiker, object=document)
    groepen = groepspapier.groepen_van(gebruiker, document)
    mag = gebruiker.has_perm("wijzigen_document", document)
    schrijfbaar = mag and document.status != Document.Status.DEFINITIEF
    slot = services.slotstatus(document)
    inhoud = {
        "document": document,
        "titel": groepspapier.titel_van(document, groepen),
        "soortnaam": profielen_van_school.document_van(document.profielversie, document.soort).naam,
        "groepen": groepen,
        "dag": groepspapier.dag_van(document),
        "stand": services.standnaam(document),
        "delen": groepspapier.delen_van(gebruiker, document, groepen),
        "schrijfbaar": schrijfbaar,
        "mag": mag,
        "slotknop": KNOPPEN.get(slot.code, f"Naar «{slot.naam}»")
        if schrijfbaar and services.mag_vaststellen(document, gebruiker)
        else "",
        "heropenen": mag and services.kan_heropenen(document),
        "mag_pdf": rapporten.heeft_papier(document) and gebruiker.has_perm("exporteren_document", document),
        "aanvullingen": selecties.aanvullingen_van(gebruiker, document),
        "aanvulformulier": aanvulling or Aanvulformulier(),
    }
    return render(request, "plannen/papier.html", inhoud, status=status)


@require_GET
def pdf(request: HttpRequest, document_id: int) -> HttpResponse:
    """The paper on A4, for who may take it along. Keeps nothing; that it was taken along is on record."""
    document = papier_of_404(request, document_id, Recht.EXPORTEREN)
    if not rapporten.heeft_papier(document):
        raise Http404
    inhoud = rapporten.papier_pdf(groepspapier.stel_samen(request.user, document))
    vastleggen("papier_pdf_geopend", school=document.school_id, door=request.user, object=document)  # type: ignore[arg-type]
    return stuur_pdf(inhoud, groepspapier.bestandsnaam(document))


@require_GET
def versies(request: HttpRequest, document_id: int) -> HttpResponse:
    """What stood in this paper before, for who may write in it."""
    document = papier_of_404(request, document_id, Recht.WIJZIGEN)
    vastleggen("versies_ingezien", school=document.school_id, door=request.user, object=document)  # type: ignore[arg-type]
    groepen = groepspapier.groepen_van(request.user, document)
    inhoud = {
        "terug_url": reverse("papieren:papier", args=[document.pk]),
        "terug_naam": groepspapier.titel_van(document, groepen),
        "versies": selecties.versies_van(request.user, document),
    }
    return render(request, "leerlingen/versies.html", inhoud)


@require_http_methods(["GET", "POST"])
def vaststellen(request: HttpRequest, document_id: int) -> HttpResponse:
    """Bring the paper to its last status, after saying what that means."""
    document = papier_of_404(request, document_id, Recht.WIJZIGEN)
    door: Any = request.user
    if request.method == "GET":
        try:
            services.eis_vaststellen(document, door)
        except DomeinFout as fout:
            messages.warning(request, fout.zin)
            return _naar(document)
        slot = services.slotstatus(document)
        terug = "Zo nodig zet u het daarna weer open." if slot.naar else "Verbeteren kan met een aanvulling."
        inhoud = {
            "titel": KNOPPEN.get(slot.code, f"Naar «{slot.naam}»"),
            "tekst": f"{groepspapier.titel_van(document, [])}: daarna schrijft niemand er nog in.",
            "gevolgen": [terug],
            "knop_tekst": KNOPPEN.get(slot.code, slot.naam.capitalize()),
            "terug_url": reverse("papieren:papier", args=[document.pk]),
        }
        return render(request, "onderdelen/bevestigen.html", inhoud)
    vast = groepspapier_vaststellen(document=document, door=door)
    messages.success(request, f"Dit papier is nu {services.standnaam(vast)}.")
    return _naar(document)


@require_POST
def heropenen(request: HttpRequest, document_id: int) -> HttpResponse:
    """Write on in a paper that was ready, where the procedure has a way back."""
    document = papier_of_404(request, document_id, Recht.WIJZIGEN)
    services.document_heropenen(document=document, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "U kunt weer in dit papier schrijven.")
    return _naar(document)


@require_POST
def bijwerken(request: HttpRequest, document_id: int) -> HttpResponse:
    """Fill what is still empty with what the school knows by now."""
    document = papier_of_404(request, document_id, Recht.WIJZIGEN)
    aantal = groepspapier_aanvullen(document=document, door=request.user)  # type: ignore[arg-type]
    messages.success(request, f"{aantal} antwoorden ingevuld." if aantal else "Er was niets nieuws om in te vullen.")
    return _naar(document)


@require_POST
def aanvullen(request: HttpRequest, document_id: int) -> HttpResponse:
    """Correct a definitive paper by addendum."""
    document = papier_of_404(request, document_id, Recht.WIJZIGEN)
    formulier = Aanvulformulier(request.POST)
    if not formulier.is_valid():
        return _toon(request, document, 422, aanvulling=formulier)
    services.aanvullen(document=document, tekst=formulier.cleaned_data["tekst"], door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De aanvulling staat erbij.")
    return _naar(document)
