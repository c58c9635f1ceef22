"""One group plan: reading, writing, moving pupils, its status, remarks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerlingen.bestandsantwoord import stuur_pdf
from leerlingen.termijn import dagnaam, datumtekst
from plannen import besproken, selecties, services
from plannen.forms import Reactieformulier, Redenformulier
from plannen.models import Groepsplan, Indeling
from plannen.rapporten import groepsplan_pdf, groepsplanpapier
from plannen.services.plan import mag_reageren
from plannen.services.stand import Mogelijkheid, is_bewerkbaar
from zorg.kern import klok
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen

KNOPPEN = {
    "concept": "Terug naar concept",
    "bespreken": "Klaar voor bespreking",
    "definitief": "Definitief maken",
    "vastgesteld": "Vaststellen",
    "geevalueerd": "Evaluatie afronden",
}


def plan_of_404(request: HttpRequest, plan_id: int, recht: str = Recht.INZIEN) -> Groepsplan:
    """The plan, if this user sees it (404) and may do this (403)."""
    bron = Groepsplan.objects.select_related("document__profielversie", "document__school", "school", "schooljaar")
    plan: Groepsplan = haal_op(bron, request.user, recht=recht, pk=plan_id)
    return plan


def _naar(plan: Groepsplan, anker: str = "") -> HttpResponse:
    return redirect(f"{reverse('plannen:plan', kwargs={'plan_id': plan.pk})}{anker}")


@require_GET
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The plan. Opening it is on record."""
    return _toon(request, plan_of_404(request, plan_id))


@require_GET
def pdf(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The plan for the class binder: what the page shows, on A4. Stores nothing; that it left is on record."""
    gevonden = plan_of_404(request, plan_id)
    gebruiker: Any = request.user
    papier = groepsplanpapier(gebruiker, gevonden, naast=request.GET.get("naast") == "vorig")
    inhoud = groepsplan_pdf(papier)
    vastleggen(
        "groepsplan_pdf_geopend",
        school=gevonden.school_id,
        door=gebruiker,
        object=gevonden,
        leerlingen=sum(len(kolom.leerlingen) for kolom in papier.kolommen),
    )
    return stuur_pdf(inhoud, papier.bestandsnaam)


def _toon(request: HttpRequest, plan: Groepsplan, status: int = 200, reactie: Any = None) -> HttpResponse:
    gebruiker: Any = request.user
    naast = request.GET.get("naast") == "vorig"
    pagina = selecties.planpagina(gebruiker, plan, naast=naast)
    mag = gebruiker.has_perm("wijzigen_groepsplan", plan)
    afdrukken = request.GET.get("afdrukken") == "1"
    schrijfbaar = mag and is_bewerkbaar(plan) and not afdrukken
    mogelijk = services.mogelijke_standen(plan, gebruiker) if mag and not afdrukken else []
    vastleggen(
        "groepsplan_ingezien",
        school=plan.school_id,
        door=gebruiker,
        object=plan,
        leerlingen=sum(kolom.aantal for kolom in pagina.kolommen),
    )
    tafels = [] if afdrukken else besproken.tafels(plan, gebruiker)
    komend = next((tafel for tafel in tafels if not tafel.gehouden), None)
    wat_nu = _wat_nu(pagina, mogelijk, komend, schrijfbaar=schrijfbaar)
    inhoud = {
        "pagina": pagina,
        "plan": plan,
        "besproken_in": next((tafel for tafel in reversed(tafels) if tafel.gehouden), None),
        "komt_op": None if komend and wat_nu and wat_nu.get("knop_url") == komend.url else komend,
        "schrijfbaar": schrijfbaar,
        "afdrukken": afdrukken,
        "naast": naast,
        "vandaag": klok.vandaag(plan.school),
        "terug": [_knop(m) for m in mogelijk if m.terug],
        "verder": [_knop(m) for m in mogelijk if not m.terug and not m.ontbreekt and not pagina.kiezen],
        "wat_nu": wat_nu,
        "mag_reageren": mag or mag_reageren(plan, gebruiker),
        "checklist": services.checklist_van(plan) if mag else None,
        "reactieformulier": reactie or Reactieformulier(),
        "evaluatie_open": plan.document.status == "definitief" or pagina.heeft_evaluatie or afdrukken,
    }
    return render(request, "plannen/plan.html", inhoud, status=status)


def _knop(mogelijk: Mogelijkheid) -> dict[str, Any]:
    return {
        "code": mogelijk.code,
        "tekst": KNOPPEN.get(mogelijk.code, f"Naar «{mogelijk.naam}»"),
        "ontbreekt": mogelijk.ontbreekt,
    }


def _wat_nu(
    pagina: selecties.Planpagina, mogelijk: list[Mogelijkheid], komend: besproken.Tafel | None, *, schrijfbaar: bool
) -> dict[str, Any] | None:
    """What this user does next with the plan; the one filled button of the page hangs here."""
    if not schrijfbaar:
        return None
    if pagina.kiezen:
        aantal = len(pagina.kiezen)
        namen = [regel.leerling.roepnaam or regel.leerling.naam for regel in pagina.kiezen]
        wie = namen[0] if aantal == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"
        if aantal > 4:
            wie = f"{', '.join(namen[:3])} en {aantal - 3} anderen"
        eerste = pagina.kiezen[0].leerling
        return {
            "titel": "Nog één keuze van u" if aantal == 1 else f"Nog {aantal} keuzes van u",
            "tekst": f"{wie} {'past' if aantal == 1 else 'passen'} in twee groepen; "
            f"{'de reden staat bij de naam' if aantal == 1 else 'de redenen staan bij hun naam'}.",
            "knop_tekst": f"Naar {namen[0]}",
            "knop_url": f"#leerling-{eerste.pk}",
        }
    vooruit = [m for m in mogelijk if not m.terug]
    if not vooruit:
        return None
    volgende = vooruit[0]
    knop = _knop(volgende)
    if volgende.ontbreekt:
        redenen = [{"tekst": zin, "klaar": False} for zin in volgende.ontbreekt]
        return {"titel": f"Voor «{volgende.naam}» ontbreekt nog", "redenen": redenen}
    if komend is not None and volgende.vast and pagina.plan.document.status == "besproken":
        dag = f"{dagnaam(komend.dag)} {datumtekst(komend.dag, klok.vandaag(pagina.plan.school))}"
        return {
            "titel": "Hierna: bespreken",
            "tekst": f"Staat op de agenda van: {komend.naam}, {dag}. Is iedereen akkoord, dan wordt het plan bij het "
            f"afronden «{volgende.naam}».",
            "knop_tekst": "Naar de bespreking",
            "knop_url": komend.url,
        }
    return {
        "titel": "Alles is ingevuld",
        "tekst": f"U kunt dit plan op «{volgende.naam}» zetten.",
        "knop_tekst": knop["tekst"],
        "naar": volgende.code,
    }


@require_POST
def verplaatsen(request: HttpRequest, plan_id: int, leerling_id: int) -> HttpResponse:
    """Put a pupil in another arrangement, or confirm where they are.

    Answers 200 {"arrangement", "naam"} to a script, a redirect to the pupil to a form.
    """
    plan = plan_of_404(request, plan_id, Recht.WIJZIGEN)
    indeling: Indeling = haal_op(
        Indeling.objects.select_related("plan__document__profielversie", "plan__school", "leerling"),
        request.user,
        recht=Recht.WIJZIGEN,
        plan=plan,
        leerling=leerling_id,
    )
    toelichting = request.POST.get("toelichting")
    bewaard = services.leerling_verplaatsen(
        indeling=indeling,
        arrangement=request.POST.get("arrangement", ""),
        toelichting=toelichting,
        door=request.user,  # type: ignore[arg-type]
    )
    if request.headers.get("X-Zorgpad-Autosave"):
        return JsonResponse({"arrangement": bewaard.arrangement, "naam": indeling.leerling.naam})
    return _naar(plan, f"#leerling-{leerling_id}")


@require_POST
def stand(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Bring the plan into another status."""
    plan = plan_of_404(request, plan_id, Recht.WIJZIGEN)
    services.stand_wijzigen(plan=plan, naar=request.POST.get("naar", ""), door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Het plan is bijgewerkt.")
    return _naar(plan)


@require_POST
def bijwerken(request: HttpRequest, plan_id: int) -> HttpResponse:
    """New pupils and new results into the plan; what the teacher chose stays."""
    plan = plan_of_404(request, plan_id, Recht.WIJZIGEN)
    erbij, anders = services.groepsplan_bijwerken(plan=plan, door=request.user)  # type: ignore[arg-type]
    if erbij or anders:
        delen = [f"{erbij} {'leerling' if erbij == 1 else 'leerlingen'} erbij"] if erbij else []
        delen += [f"{anders} {'voorstel' if anders == 1 else 'voorstellen'} bijgewerkt"] if anders else []
        messages.success(request, f"{' en '.join(delen).capitalize()}. Wat u zelf koos is gebleven.")
    else:
        messages.info(request, "Er is niets nieuws: de indeling klopt met de laatste resultaten.")
    return _naar(plan)


@require_http_methods(["GET", "POST"])
def intrekken(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take a plan out of use, with a reason."""
    plan = plan_of_404(request, plan_id, Recht.WIJZIGEN)
    formulier = Redenformulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulier.is_valid():
        services.groepsplan_intrekken(plan=plan, reden=formulier.cleaned_data["reden"], door=request.user)  # type: ignore[arg-type]
        messages.success(request, "Het plan is ingetrokken. U kunt een nieuw plan maken.")
        return redirect("plannen:lijst")
    inhoud = {
        "titel": "Plan intrekken?",
        "tekst": "Het plan telt daarna niet meer mee. Het blijft leesbaar onder Ingetrokken.",
        "form": formulier,
        "knop_tekst": "Intrekken",
        "terug_url": reverse("plannen:plan", kwargs={"plan_id": plan.pk}),
        "gevaar": True,
    }
    return render(request, "onderdelen/bevestigen.html", inhoud, status=422 if formulier.errors else 200)


@require_POST
def reactie(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A question or remark at the plan."""
    plan = plan_of_404(request, plan_id)
    formulier = Reactieformulier(request.POST)
    if not formulier.is_valid():
        return _toon(request, plan, 422, formulier)
    services.reactie_plaatsen(plan=plan, tekst=formulier.cleaned_data["tekst"], door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Uw reactie staat bij het plan.")
    return _naar(plan, "#reacties")


@require_POST
def checklist(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Test the plan against the checklist of the school (M-103): begun once, opened after that."""
    gevonden = plan_of_404(request, plan_id, Recht.WIJZIGEN)
    document = services.checklist_beginnen(plan=gevonden, door=request.user)  # type: ignore[arg-type]
    return redirect("papieren:papier", document_id=document.pk)
