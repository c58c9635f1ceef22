"""One piece of a dossier: reading, writing, sharing, files, access."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerlingen import ouderdelen, profielen_van_school, rapporten, selecties, services, stukinhoud, zelfbewaren
from leerlingen.bestandsantwoord import stuur_bijlage, stuur_pdf
from leerlingen.forms import Aanvulformulier, Bestandsformulier, Toegangsformulier, Zichtformulier
from leerlingen.models import (
    Bijlage,
    Document,
    Dossierstuk,
    DossierstukRecht,
    Kringlid,
    Leerling,
    Ouderdeel,
    Publicatie,
)
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen


def stuk_of_404(request: HttpRequest, stuk_id: int, recht: str = Recht.INZIEN) -> Dossierstuk:
    """The piece, if this user sees it (404) and may do this (403)."""
    bron = Dossierstuk.objects.select_related("school", "leerling__school", "opgesteld_door")
    stuk: Dossierstuk = haal_op(bron, request.user, recht=recht, pk=stuk_id)
    return stuk


def _naar(stuk: Dossierstuk) -> HttpResponse:
    return redirect("leerlingen:stuk", stuk_id=stuk.pk)


@require_GET
def stuk(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Read a piece; with the right to change it, write in it. Opening is on record."""
    return _toon(request, stuk_of_404(request, stuk_id))


def _toon(request: HttpRequest, stuk: Dossierstuk, status: int = 200, **formulieren: Any) -> HttpResponse:
    gebruiker: Any = request.user
    vastleggen("stuk_ingezien", school=stuk.school_id, door=gebruiker, leerling=stuk.leerling_id, object=stuk)
    document = (
        Document.objects.zichtbaar_voor(gebruiker)
        .filter(stuk=stuk)
        .select_related("profielversie", "gemaakt_door", "vastgesteld_door", "school", "stuk__leerling")
        .first()
    )
    mag_wijzigen = gebruiker.has_perm("wijzigen_dossierstuk", stuk)
    mag_verlenen = gebruiker.has_perm("verlenen_leerling", stuk.leerling)
    ziet_leerling = gebruiker.has_perm("inzien_leerling", stuk.leerling)
    schrijfbaar = mag_wijzigen and document is not None and document.status != Document.Status.DEFINITIEF
    inhoud = {
        "stuk": stuk,
        "leerling": stuk.leerling if ziet_leerling else None,
        "document": document,
        "soortnaam": _soortnaam(stuk),
        "secties": selecties.documentvelden(gebruiker, document) if document else [],
        "ouderdelen": _ouderdelen(gebruiker, document),
        "inhoud": stukinhoud.van(request, stuk),
        "schrijfbaar": schrijfbaar,
        "mag_vaststellen": document is not None and schrijfbaar and services.mag_vaststellen(document, gebruiker),
        "mag_pdf": rapporten.heeft_papier(document) and gebruiker.has_perm("exporteren_dossierstuk", stuk),
        "mag_wijzigen": mag_wijzigen,
        "mag_verlenen": mag_verlenen,
        "gedeeld": Publicatie.objects.zichtbaar_voor(gebruiker)
        .filter(stuk=stuk, ingetrokken_op__isnull=True)
        .select_related("door")
        .first(),
        "aanvullingen": selecties.aanvullingen_van(gebruiker, document) if document else [],
        "bijlagen": [
            {
                "naam": bijlage.naam,
                "url": reverse("leerlingen:bijlage", kwargs={"bijlage_id": bijlage.pk}),
                "grootte": bijlage.grootte,
                "datum": bijlage.toegevoegd_op,
                "door": bijlage.toegevoegd_door.naam if bijlage.toegevoegd_door else "",
                "verwijder_url": reverse("leerlingen:bijlage_intrekken", kwargs={"bijlage_id": bijlage.pk})
                if mag_wijzigen
                else "",
            }
            for bijlage in selecties.bijlagen_van(gebruiker, stuk)
        ],
        "rechten": selecties.rechten_op(gebruiker, stuk) if mag_verlenen else [],
        "kring": list(Kringlid.objects.zichtbaar_voor(gebruiker).filter(stuk=stuk).select_related("persoon"))
        if stuk.in_kring
        else [],
    }
    if mag_wijzigen:
        inhoud |= {
            "zichtformulier": formulieren.get("zicht") or _zichtformulier(request, stuk, inhoud["kring"]),
            "bestandsformulier": formulieren.get("bestand") or Bestandsformulier(),
            "aanvulformulier": formulieren.get("aanvulling") or Aanvulformulier(),
        }
    if mag_verlenen:
        inhoud["toegangsformulier"] = formulieren.get("toegang") or Toegangsformulier(
            gebruiker=gebruiker, school=stuk.school
        )
        inhoud["toegangsfout"] = formulieren.get("toegangsfout")
    return render(request, "leerlingen/stuk.html", inhoud, status=status)


def _ouderdelen(gebruiker: Any, document: Document | None) -> list[Ouderdeel]:
    if document is None:
        return []
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    return ouderdelen.delen_van(gebruiker, document) if vorm.oudersecties else []


def _zichtformulier(request: HttpRequest, stuk: Dossierstuk, kring: Any) -> Zichtformulier:
    begin = {"vertrouwelijkheid": stuk.vertrouwelijkheid, "lezers": [lid.persoon_id for lid in kring]}
    return Zichtformulier(gebruiker=request.user, school=stuk.school, initial=begin)


def _soortnaam(stuk: Dossierstuk) -> str:
    profiel = profielen_van_school.huidig_profiel(stuk.school)
    return selecties.soortnaam({document.code: document.naam for document in profiel.documenten}, stuk.soort)


@require_GET
def pdf(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """The paper on A4, for who may take it along. Keeps nothing; that it was taken along is on record."""
    stuk = stuk_of_404(request, stuk_id, Recht.EXPORTEREN)
    document: Document = haal_op(
        Document.objects.select_related("profielversie", "vastgesteld_door"), request.user, stuk=stuk
    )
    if not rapporten.heeft_papier(document):
        raise DomeinFout("Van dit rapport maakt u de pdf op het tabblad Zorgroute van de leerling.")
    inhoud = rapporten.papier_pdf(rapporten.stel_samen(request.user, stuk, document))
    vastleggen("stuk_pdf_geopend", school=stuk.school_id, door=request.user, leerling=stuk.leerling_id, object=stuk)  # type: ignore[arg-type]
    return stuur_pdf(inhoud, rapporten.bestandsnaam(stuk))


@require_GET
def versies(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """What stood in this paper before, for who may write in it."""
    stuk = stuk_of_404(request, stuk_id, Recht.WIJZIGEN)
    document: Document = haal_op(
        Document.objects.select_related("profielversie", "school"), request.user, recht=Recht.WIJZIGEN, stuk=stuk
    )
    vastleggen("versies_ingezien", school=stuk.school_id, door=request.user, leerling=stuk.leerling_id, object=stuk)  # type: ignore[arg-type]
    inhoud = {
        "terug_url": reverse("leerlingen:stuk", args=[stuk.pk]),
        "terug_naam": stuk.titel,
        "versies": selecties.versies_van(request.user, document),
    }
    return render(request, "leerlingen/versies.html", inhoud)


@require_POST
def antwoord(request: HttpRequest, document_id: int) -> HttpResponse:
    """Save one answer against its base version: `sectie`, `vraag`, `leerling`?, `tekst`, `versie`.

    200 {"versie", "om"}; 409 {"tekst", "versie", "door", "om"} when somebody else wrote in between; 422 {"melding"}.
    """
    document: Document = haal_op(
        Document.objects.select_related("school", "profielversie", "stuk__leerling"),
        request.user,
        recht=Recht.WIJZIGEN,
        pk=document_id,
    )
    leerling = None
    wie = request.POST.get("leerling") or request.GET.get("leerling", "")
    if wie.isdecimal():
        leerling = haal_op(Leerling.objects, request.user, pk=int(wie[:18]), school=document.school)
    bewaard = services.antwoord_bewaren(
        document=document,
        sectiecode=request.POST.get("sectie") or request.GET.get("sectie", ""),
        vraagcode=request.POST.get("vraag") or request.GET.get("vraag", ""),
        leerling=leerling,
        tekst=zelfbewaren.geschreven(request),
        basisversie=zelfbewaren.basisversie(request),
        door=request.user,  # type: ignore[arg-type]
    )
    naar_script = zelfbewaren.bewaard(request, bewaard.versie, bewaard.gewijzigd_op, document.school)
    if naar_script is not None:
        return naar_script
    terug = request.POST.get("terug") or request.GET.get("terug", "")
    if document.stuk is not None:
        return _naar(document.stuk)
    return redirect(terug if terug.startswith("/") and not terug.startswith("//") else "/")


@require_POST
def publiceren(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Share with the parents, or take back."""
    stuk = stuk_of_404(request, stuk_id, Recht.WIJZIGEN)
    if request.POST.get("actie") == "intrekken":
        services.publicatie_intrekken(stuk=stuk, door=request.user)  # type: ignore[arg-type]
        messages.success(request, "Ouders zien dit stuk niet meer.")
    else:
        services.publiceren(stuk=stuk, door=request.user)  # type: ignore[arg-type]
        messages.success(request, "Ouders met gezag kunnen dit stuk nu lezen.")
    return _naar(stuk)


@require_POST
def zicht(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Set confidentiality and circle."""
    stuk = stuk_of_404(request, stuk_id, Recht.WIJZIGEN)
    formulier = Zichtformulier(request.POST, gebruiker=request.user, school=stuk.school)
    if not formulier.is_valid():
        return _toon(request, stuk, 422, zicht=formulier)
    from django.db import transaction

    with transaction.atomic():
        services.kring_zetten(stuk=stuk, lezers=formulier.cleaned_data["lezers"], door=request.user)  # type: ignore[arg-type]
        services.vertrouwelijkheid_wijzigen(
            stuk=stuk,
            vertrouwelijkheid=formulier.cleaned_data["vertrouwelijkheid"],
            door=request.user,  # type: ignore[arg-type]
        )
    messages.success(request, "Wie dit stuk mag lezen is aangepast.")
    return _naar(stuk)


@require_http_methods(["GET", "POST"])
def vaststellen(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Make the paper definitive, after saying what that means."""
    stuk = stuk_of_404(request, stuk_id, Recht.WIJZIGEN)
    document: Document = haal_op(
        Document.objects.select_related("school", "profielversie", "stuk"), request.user, stuk=stuk
    )
    if request.method == "GET":
        try:
            services.eis_vaststellen(document, request.user)  # type: ignore[arg-type]
        except DomeinFout as fout:
            messages.warning(request, fout.zin)
            return _naar(stuk)
        inhoud = {
            "titel": "Definitief maken",
            "tekst": f"{stuk.titel}: daarna schrijft niemand er nog in.",
            "gevolgen": [
                "Verbeteren kan met een aanvulling, die eronder komt te staan.",
                "Dit is niet terug te draaien.",
            ],
            "knop_tekst": "Definitief maken",
            "terug_url": reverse("leerlingen:stuk", args=[stuk.pk]),
        }
        return render(request, "onderdelen/bevestigen.html", inhoud)
    services.document_vaststellen(document=document, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Het stuk is definitief. Verbeteren kan met een aanvulling.")
    return _naar(stuk)


@require_POST
def aanvullen(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Correct a definitive paper by addendum."""
    stuk = stuk_of_404(request, stuk_id, Recht.WIJZIGEN)
    document: Document = haal_op(Document.objects.select_related("school", "stuk__leerling"), request.user, stuk=stuk)
    formulier = Aanvulformulier(request.POST)
    if not formulier.is_valid():
        return _toon(request, stuk, 422, aanvulling=formulier)
    services.aanvullen(document=document, tekst=formulier.cleaned_data["tekst"], door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De aanvulling staat erbij.")
    return _naar(stuk)


@require_POST
def bijlage_toevoegen(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Add a file."""
    stuk = stuk_of_404(request, stuk_id, Recht.WIJZIGEN)
    formulier = Bestandsformulier(request.POST, request.FILES)
    if formulier.is_valid():
        try:
            services.bijlage_toevoegen(stuk=stuk, bestand=formulier.cleaned_data["bestand"], door=request.user)  # type: ignore[arg-type]
        except DomeinFout as fout:
            formulier.add_error("bestand", fout.zin)
        else:
            messages.success(request, "Het bestand staat bij het stuk.")
            return _naar(stuk)
    return _toon(request, stuk, 422, bestand=formulier)


@require_GET
def bijlage(request: HttpRequest, bijlage_id: int) -> HttpResponseBase:
    """Download a file of a visible piece."""
    gevonden: Bijlage = haal_op(
        Bijlage.objects.select_related("stuk"), request.user, pk=bijlage_id, ingetrokken_op__isnull=True
    )
    return stuur_bijlage(request, gevonden)


@require_http_methods(["GET", "POST"])
def bijlage_intrekken(request: HttpRequest, bijlage_id: int) -> HttpResponse:
    """Take a file out of sight, after confirmation."""
    gevonden: Bijlage = haal_op(
        Bijlage.objects.select_related("stuk__leerling"),
        request.user,
        recht=Recht.WIJZIGEN,
        pk=bijlage_id,
        ingetrokken_op__isnull=True,
    )
    if request.method == "POST":
        services.bijlage_intrekken(bijlage=gevonden, door=request.user)  # type: ignore[arg-type]
        messages.success(request, "Het bestand is weggehaald.")
        return _naar(gevonden.stuk)
    inhoud = {
        "titel": "Bestand weghalen?",
        "tekst": f"«{gevonden.naam}» is daarna niet meer te openen. In het logboek blijft staan dat het er was.",
        "knop_tekst": "Weghalen",
        "terug_url": reverse("leerlingen:stuk", kwargs={"stuk_id": gevonden.stuk_id}),
        "gevaar": True,
    }
    return render(request, "onderdelen/bevestigen.html", inhoud)


@require_POST
def toegang_geven(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Grant somebody a look at this one piece until a day."""
    stuk = stuk_of_404(request, stuk_id)
    haal_op(Leerling.objects, request.user, recht=Recht.VERLENEN, pk=stuk.leerling_id)
    formulier = Toegangsformulier(request.POST, gebruiker=request.user, school=stuk.school)
    fout: DomeinFout | None = None
    if formulier.is_valid():
        try:
            services.recht_verlenen(op=stuk, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        except DomeinFout as gevangen:
            fout = gevangen
        else:
            messages.success(request, "De toegang is gegeven en stopt vanzelf.")
            return _naar(stuk)
    return _toon(request, stuk, 422, toegang=formulier, toegangsfout=fout)


@require_POST
def toegang_intrekken(request: HttpRequest, recht_id: int) -> HttpResponse:
    """End a grant now."""
    recht: DossierstukRecht = haal_op(
        DossierstukRecht.objects.select_related("school", "user", "content_object__leerling"),
        request.user,
        zicht=Recht.VERLENEN,
        recht=Recht.VERLENEN,
        pk=recht_id,
    )
    services.recht_intrekken(recht=recht, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De toegang is gestopt.")
    return _naar(recht.content_object)
