"""Entering results: a whole group at once, one pupil, correcting, taking away."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen import profielen_van_school, toegang
from leerlingen.models import Groep, Leerling, Plaatsing
from leerlingen.profiel import Profiel
from leerlingen.selecties import vandaag_van
from lvs import selecties, services
from lvs.forms import (
    Redenformulier,
    Resultaatformulier,
    Toetskeuze,
    begin_van,
    getal_in_veld,
    lees_getypt,
    momentkeuzes,
    momentvoorstel,
    toetskeuzes,
)
from lvs.models import Resultaat
from lvs.selecties import Invoerrij, Toets
from zorg.kern import klok
from zorg.kern.formulier import gelukt
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


def _groepen(request: HttpRequest) -> list[Groep]:
    return list(
        Groep.objects.zichtbaar_voor(request.user, Recht.WIJZIGEN)
        .van_dag(vandaag_van(request))
        .select_related("school", "schooljaar")
        .order_by("-soort", "volgorde", "naam")
    )


def _jaren(groep: Groep, gebruiker: Any) -> frozenset[int]:
    dag = selecties.peildag(groep)
    plaatsingen = Plaatsing.objects.zichtbaar_voor(gebruiker).filter(groep=groep, periode__contains=dag)
    return selecties.jaargroepen(plaatsingen, groep)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What can be entered here, and how far each group is."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "lvs/toetsen.html", {"groepen": []})
    groepen = _groepen(request)
    dag = vandaag_van(request)
    nieuwste = selecties.nieuwste_per_groep(request.user, [groep.pk for groep in groepen], dag)
    inhoud = {
        "groepen": [{"groep": groep, "nieuwste": nieuwste.get(groep.pk)} for groep in groepen],
        "mag_inlezen": bool(toegang.rollen_van(request.user) & {"ib", "directeur"}),
    }
    return render(request, "lvs/toetsen.html", inhoud)


@dataclass
class _Tabel:
    """The table for one group and one test."""

    groep: Groep
    toets: Toets
    rijen: list[Invoerrij]


Fouten = dict[int, str]
Getypte = dict[int, tuple[str, str]]


@require_http_methods(["GET", "POST"])
def invoeren(request: HttpRequest) -> HttpResponse:
    """Results of a whole group: choose group and test, then type down the column."""
    groepen = _groepen(request) if request.scholen else []  # type: ignore[attr-defined]
    if not groepen:
        return render(request, "lvs/invoeren.html", {"geen_groep": True})
    gekozen = next((g for g in groepen if str(g.pk) == request.GET.get("groep", "")), groepen[0])
    profiel = profielen_van_school.huidig_profiel(gekozen.school)
    jaren = _jaren(gekozen, request.user)
    keuzes = toetskeuzes(profiel, jaren)
    compleet = {"groep", "toets", "moment", "afnamedatum"} <= set(request.GET)
    formulier = Toetskeuze(
        request.GET if compleet else None,
        groepen=[groep for groep in groepen if groep.school_id == gekozen.school_id],
        toetsen=keuzes,
        initial=_begin(request, profiel, gekozen, jaren, keuzes),
    )
    inhoud: dict[str, Any] = {"formulier": formulier, "momenten": momentkeuzes(profiel, jaren)}
    if not compleet or not formulier.is_valid():
        return render(request, "lvs/invoeren.html", inhoud, status=422 if compleet else 200)
    tabel = _tabel(request, formulier, profiel)
    status = 200
    fouten: Fouten = {}
    getypt: Getypte = {}
    if request.method == "POST":
        fouten, getypt, bewaard = _bewaar(request, tabel)
        if not fouten:
            messages.success(request, bewaard)
            return redirect(f"{request.path}?{request.GET.urlencode()}")
        if bewaard:
            messages.success(request, bewaard)
        status = 422
        tabel = _tabel(request, formulier, profiel)
    inhoud |= {
        "tabel": tabel,
        "rijen": [_regel(rij, tabel, fouten, getypt) for rij in tabel.rijen],
        "schaal": next((s for s in profiel.schalen if s.code == tabel.toets.instrument.schaal), None),
        "toetsnaam": dict(keuzes).get(formulier.cleaned_data["toets"], tabel.toets.instrument.naam),
    }
    return render(request, "lvs/invoeren.html", inhoud, status=status)


def _begin(
    request: HttpRequest, profiel: Profiel, groep: Groep, jaren: frozenset[int], keuzes: list[tuple[str, str]]
) -> dict[str, Any]:
    toets = request.GET.get("toets", "") or (keuzes[0][0] if keuzes else "")
    instrument = next((i for i in profiel.instrumenten if i.code == toets.partition(":")[0]), None)
    dag = klok.vandaag(groep.school)
    return {
        "groep": str(groep.pk),
        "toets": toets,
        "moment": request.GET.get("moment", "")[:40] or momentvoorstel(profiel, instrument, jaren, dag),
        "afnamedatum": dag,
    }


def _tabel(request: HttpRequest, formulier: Toetskeuze, profiel: Profiel) -> _Tabel:
    data = formulier.cleaned_data
    code, _, vak = data["toets"].partition(":")
    dag = data["afnamedatum"]
    begin = profiel.begrippen.begin_schooljaar
    toets = Toets(
        instrument=next(i for i in profiel.instrumenten if i.code == code),
        vak=vak,
        moment=data["moment"],
        versie=" ".join(data["versie"].split()),
        afnamedatum=dag,
        afnamejaar=dag.year if (dag.month, dag.day) >= (begin.maand, begin.dag) else dag.year - 1,
    )
    groep = formulier.groepen[data["groep"]]
    return _Tabel(groep, toets, selecties.invoertabel(request.user, groep, toets))


def _staat_er(rij: Invoerrij, tabel: _Tabel) -> tuple[str, str]:
    """What the two fields of a pupil hold now."""
    if rij.resultaat is None:
        return "", ""
    score = rij.resultaat.ruwe_score if tabel.toets.instrument.methodetoets else rij.resultaat.vaardigheidsscore
    return rij.resultaat.niveau, getal_in_veld(score)


def _regel(rij: Invoerrij, tabel: _Tabel, fouten: dict[int, str], getypt: dict[int, tuple[str, str]]) -> dict[str, Any]:
    was = _staat_er(rij, tabel)
    pk = rij.leerling.pk
    niveau, score = getypt[pk] if pk in fouten else was
    return {
        "leerling": rij.leerling,
        "vorige": rij.vorige,
        "niveau": niveau,
        "score": score,
        "was_niveau": was[0],
        "was_score": was[1],
        "fout": fouten.get(pk, ""),
        "bewaard": rij.resultaat is not None,
    }


def _bewaar(request: HttpRequest, tabel: _Tabel) -> tuple[Fouten, Getypte, str]:
    """Record the rows that were changed on this screen; others may have changed the rest meanwhile.

    Gives the faults and what was typed by pupil, and what to tell.
    """
    fouten: Fouten = {}
    getypt: Getypte = {}
    invoer: list[services.Invoer] = []
    for rij in tabel.rijen:
        pk = rij.leerling.pk
        velden = (request.POST.get(f"niveau-{pk}", "")[:40], request.POST.get(f"score-{pk}", "")[:40])
        was = (request.POST.get(f"was-niveau-{pk}", ""), request.POST.get(f"was-score-{pk}", ""))
        getypt[pk] = velden
        gelezen = lees_getypt(*velden)
        if gelezen.fout:
            fouten[pk] = gelezen.fout
        elif not gelezen.leeg and velden != was:
            invoer.append(_als_invoer(rij, tabel, gelezen.niveau, gelezen.score))
    uitkomst = services.resultaten_vastleggen(
        school=tabel.groep.school,
        invoer=invoer,
        bron="scherm",
        door=request.user,  # type: ignore[arg-type]
    )
    fouten |= {weigering.regel: weigering.melding for weigering in uitkomst.geweigerd}
    delen = []
    if uitkomst.toegevoegd:
        delen.append(f"{uitkomst.toegevoegd} {'resultaat' if uitkomst.toegevoegd == 1 else 'resultaten'} bewaard")
    if uitkomst.gewijzigd:
        delen.append(f"{uitkomst.gewijzigd} verbeterd")
    return fouten, getypt, f"{' en '.join(delen)}." if delen else ("" if fouten else "Er is niets veranderd.")


def _als_invoer(rij: Invoerrij, tabel: _Tabel, niveau: str, score: Decimal | None) -> services.Invoer:
    """The typed values on top of what the result already says about percentile, DLE and the like."""
    methode = tabel.toets.instrument.methodetoets
    oud = rij.resultaat
    return services.Invoer(
        leerling=rij.leerling,
        vak=tabel.toets.vak,
        instrument=tabel.toets.instrument.code,
        moment=tabel.toets.moment,
        afnamedatum=tabel.toets.afnamedatum,
        versie=tabel.toets.versie,
        niveau=niveau,
        ruwe_score=score if methode else (oud.ruwe_score if oud else None),
        vaardigheidsscore=(oud.vaardigheidsscore if oud else None) if methode else score,
        percentiel=oud.percentiel if oud else None,
        functioneringsniveau=oud.functioneringsniveau if oud else "",
        dle=oud.dle if oud else None,
        referentieniveau=oud.referentieniveau if oud else "",
        regel=rij.leerling.pk,
    )


@require_http_methods(["GET", "POST"])
def leerling(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """One result of one pupil."""
    kind: Leerling = haal_op(
        Leerling.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=leerling_id
    )
    profiel = profielen_van_school.huidig_profiel(kind.school)
    formulier = Resultaatformulier(
        request.POST if request.method == "POST" else None,
        profiel=profiel,
        initial={"afnamedatum": klok.vandaag(kind.school)},
    )
    if gelukt(
        formulier,
        lambda: services.resultaat_vastleggen(leerling=kind, door=request.user, **formulier.velden),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het resultaat is bewaard.")
        return redirect("resultaten:leerling", leerling_id=kind.pk)
    inhoud = {"leerling": kind, "formulier": formulier, "momenten": momentkeuzes(profiel, frozenset())}
    return render(request, "lvs/resultaat.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def resultaat(request: HttpRequest, resultaat_id: int) -> HttpResponse:
    """Correct a result; what it said before stays readable."""
    gevonden: Resultaat = haal_op(
        Resultaat.objects.select_related("leerling__school", "ingevoerd_door"),
        request.user,
        recht=Recht.WIJZIGEN,
        pk=resultaat_id,
    )
    profiel = profielen_van_school.huidig_profiel(gevonden.leerling.school)
    formulier = Resultaatformulier(
        request.POST if request.method == "POST" else None, profiel=profiel, initial=begin_van(gevonden)
    )
    if gelukt(
        formulier,
        lambda: services.resultaat_corrigeren(resultaat=gevonden, door=request.user, **formulier.velden),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het resultaat is verbeterd. Wat er stond blijft in de geschiedenis.")
        return redirect("resultaten:leerling", leerling_id=gevonden.leerling_id)
    inhoud = {
        "leerling": gevonden.leerling,
        "resultaat": gevonden,
        "formulier": formulier,
        "momenten": momentkeuzes(profiel, frozenset()),
        "eerder": selecties.eerder(request.user, gevonden),
    }
    return render(request, "lvs/resultaat.html", inhoud, status=422 if formulier.errors else 200)


@require_http_methods(["GET", "POST"])
def resultaat_weg(request: HttpRequest, resultaat_id: int) -> HttpResponse:
    """Take a result away, with a reason."""
    gevonden: Resultaat = haal_op(
        Resultaat.objects.select_related("leerling"), request.user, recht=Recht.WIJZIGEN, pk=resultaat_id
    )
    formulier = Redenformulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulier.is_valid():
        kind = gevonden.leerling_id
        services.resultaat_verwijderen(
            resultaat=gevonden,
            reden=formulier.cleaned_data["reden"],
            door=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, "Het resultaat is weggehaald.")
        return redirect("resultaten:leerling", leerling_id=kind)
    inhoud = {
        "titel": "Resultaat weghalen?",
        "tekst": f"Het resultaat {gevonden.moment} van {gevonden.leerling.naam} telt daarna nergens meer mee. "
        "In het logboek blijft staan dat het er was.",
        "form": formulier,
        "knop_tekst": "Weghalen",
        "terug_url": reverse("resultaten:leerling", kwargs={"leerling_id": gevonden.leerling_id}),
        "gevaar": True,
    }
    return render(request, "onderdelen/bevestigen.html", inhoud, status=422 if formulier.errors else 200)
