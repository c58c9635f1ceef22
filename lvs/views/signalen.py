"""Signals that people record: the tab of a pupil, putting one down, and what happens with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerlingen import profielen_van_school, tabbladen
from leerlingen.models import Groep, Leerling
from leerlingen.views.leerling import plafond_van
from lvs import selecties, services
from lvs.formulieren_signaal import Signaalformulier, Signaalvelden, Standformulier
from lvs.models import VastgelegdSignaal
from lvs.vastgelegd import als_signaal, categorienaam
from lvs.vervolg import met_vervolg
from zorg.kern import klok
from zorg.kern.formulier import gelukt
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen

BEGINWAARDEN = ("categorie", "bron", "vak", "tekst", "waar")
"""Fields of a new signal that an address may fill in, for buttons elsewhere."""


def signaal_of_404(request: HttpRequest, signaal_id: int, recht: str = Recht.INZIEN) -> VastgelegdSignaal:
    """The recorded signal, if this user sees it (404) and may do this (403)."""
    bron = VastgelegdSignaal.objects.select_related("school", "leerling__school", "stuk__opgesteld_door", "gezet_door")
    signaal: VastgelegdSignaal = haal_op(bron, request.user, recht=recht, pk=signaal_id)
    return signaal


@require_GET
def tab(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Every signal of a pupil, recorded and from results, with what to do next; opening is on record."""
    leerling: Leerling = haal_op(Leerling.objects.select_related("school"), request.user, pk=leerling_id)
    vastleggen("signalen_ingezien", school=leerling.school_id, door=request.user, leerling=leerling)  # type: ignore[arg-type]
    inhoud = {
        "blad": selecties.signalenblad(request.user, leerling, klok.vandaag(leerling.school)),
        "mag": request.user.has_perm("wijzigen_leerling", leerling),
    }
    return tabbladen.pagina(request, leerling, "signalen", "lvs/signalen_tab.html", inhoud)


@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Put a signal down; from the group overview one goes back there, else on to what to do next."""
    leerling: Leerling = haal_op(
        Leerling.objects.select_related("school"), request.user, recht=Recht.WIJZIGEN, pk=leerling_id
    )
    groep = _groep(request)
    begin = {naam: request.GET[naam][:1000] for naam in BEGINWAARDEN if naam in request.GET}
    formulier = Signaalformulier(
        request.POST or None,
        leerling=leerling,
        plafond=plafond_van(request, leerling),
        extra=request.POST.get("categorie", begin.get("categorie", ""))[:60],
        initial=begin,
    )
    gemaakt: list[VastgelegdSignaal] = []
    if gelukt(formulier, lambda: gemaakt.append(_vastleggen(request, leerling, dict(formulier.cleaned_data)))):
        if groep is not None:
            messages.success(request, f"Het signaal over {leerling.naam} is vastgelegd.")
            return redirect("groepen:groep", groep_id=groep.pk)
        messages.success(request, "Het signaal is vastgelegd.")
        return redirect("signalen:signaal", signaal_id=gemaakt[0].pk)
    inhoud = {"leerling": leerling, "formulier": formulier, "groep": groep}
    return render(request, "lvs/signaal_nieuw.html", inhoud, status=422 if formulier.errors else 200)


def _groep(request: HttpRequest) -> Groep | None:
    """The group to go back to, when the user sees it."""
    sleutel = request.POST.get("groep", request.GET.get("groep", ""))
    if not sleutel.isdecimal() or len(sleutel) > 9:
        return None
    gevonden: Groep | None = Groep.objects.zichtbaar_voor(request.user).filter(pk=int(sleutel)).first()
    return gevonden


@transaction.atomic
def _vastleggen(request: HttpRequest, leerling: Leerling, data: dict[str, Any]) -> VastgelegdSignaal:
    gebruiker: Any = request.user
    waar, actie = data.pop("waar"), data.pop("actie")
    signaal = services.signaal_vastleggen(leerling=leerling, door=gebruiker, **data)
    if waar:
        return services.signaal_oppakken(signaal=signaal, waar=waar, toelichting=actie, door=gebruiker)
    return signaal


@require_GET
def signaal(request: HttpRequest, signaal_id: int) -> HttpResponse:
    """One recorded signal: what was seen, what to do next, what happened with it. Opening is on record."""
    rij = signaal_of_404(request, signaal_id)
    vastleggen("stuk_ingezien", school=rij.school_id, door=request.user, leerling=rij.leerling_id, object=rij.stuk)  # type: ignore[arg-type]
    return _toon(request, rij)


def _toon(request: HttpRequest, rij: VastgelegdSignaal, fout: str = "", status: int = 200) -> HttpResponse:
    gebruiker: Any = request.user
    ziet_leerling = gebruiker.has_perm("inzien_leerling", rij.leerling)
    profiel = profielen_van_school.huidig_profiel(rij.school)
    mag = gebruiker.has_perm("wijzigen_vastgelegdsignaal", rij)
    groep = selecties.groep_van(gebruiker, rij.leerling, klok.vandaag(rij.school)) if mag else None
    beeld = als_signaal(selecties.feit_van(rij), profiel, {})
    keuzes = met_vervolg([beeld], leerling=rij.leerling_id, groep=groep, profiel=profiel)[0][1] if mag else []
    inhoud = {
        "signaal": rij,
        "leerling": rij.leerling if ziet_leerling else None,
        "naam": categorienaam(profiel, rij.categorie),
        "stand": selecties.stand_in_woorden(rij.stand, rij.waar),
        "wat_nu": beeld.wat_nu,
        "keuzes": keuzes,
        "waar": VastgelegdSignaal.Waar.choices,
        "vaknaam": next((v.naam for v in profiel.vakgebieden if v.code == rij.stuk.vakgebied), ""),
        "verloop": selecties.signaalverloop(gebruiker, rij),
        "mag": mag,
        "fout": fout,
    }
    return render(request, "lvs/signaal.html", inhoud, status=status)


@require_POST
def stand(request: HttpRequest, signaal_id: int) -> HttpResponse:
    """Take it up, close it with a reason, or open it again."""
    rij = signaal_of_404(request, signaal_id, Recht.WIJZIGEN)
    formulier = Standformulier(request.POST)
    if not formulier.is_valid():
        raise DomeinFout("Kies wat er met het signaal gebeurt.")
    data, gebruiker = formulier.cleaned_data, request.user
    try:
        if data["stand"] == VastgelegdSignaal.Stand.OPGEPAKT:
            services.signaal_oppakken(
                signaal=rij,
                waar=data["waar"],
                toelichting=data["toelichting"],
                door=gebruiker,  # type: ignore[arg-type]
            )
            messages.success(request, "Het signaal is opgepakt; het telt niet meer als nieuw.")
        elif data["stand"] == VastgelegdSignaal.Stand.AFGESLOTEN:
            services.signaal_afsluiten(signaal=rij, reden=data["toelichting"], door=gebruiker)  # type: ignore[arg-type]
            messages.success(request, "Het signaal is afgesloten. U kunt het later weer openen.")
        else:
            services.signaal_heropenen(signaal=rij, reden=data["toelichting"], door=gebruiker)  # type: ignore[arg-type]
            messages.success(request, "Het signaal staat weer open.")
    except DomeinFout as geweigerd:
        return _toon(request, rij, geweigerd.zin, 422)
    return redirect("signalen:signaal", signaal_id=rij.pk)


@require_http_methods(["GET", "POST"])
def wijzigen(request: HttpRequest, signaal_id: int) -> HttpResponse:
    """Correct what was recorded."""
    rij = signaal_of_404(request, signaal_id, Recht.WIJZIGEN)
    begin = {
        "categorie": rij.categorie,
        "bron": rij.bron,
        "tekst": rij.tekst,
        "datum": rij.stuk.datum,
        "vak": rij.stuk.vakgebied,
    }
    formulier = Signaalvelden(request.POST or None, leerling=rij.leerling, extra=rij.categorie, initial=begin)
    if gelukt(
        formulier,
        lambda: services.signaal_wijzigen(signaal=rij, door=request.user, **formulier.cleaned_data),  # type: ignore[arg-type]
    ):
        messages.success(request, "Het signaal is verbeterd.")
        return redirect("signalen:signaal", signaal_id=rij.pk)
    inhoud = {
        "leerling": rij.leerling,
        "formulier": formulier,
        "signaal": rij,
        "terug": reverse("signalen:signaal", kwargs={"signaal_id": rij.pk}),
    }
    return render(request, "lvs/signaal_nieuw.html", inhoud, status=422 if formulier.errors else 200)
