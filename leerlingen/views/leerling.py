"""The list of pupils and the pupil page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen import lopend, profielen_van_school, selecties, services, tabbladen, toegang
from leerlingen.forms import Noodformulier, Notitieformulier, Ouderformulier
from leerlingen.models import Leerling, Ouderschap, Persoon, Vertrouwelijkheid
from leerlingen.namen import zoeksleutel
from leerlingen.wie_heeft_toegang import wie_heeft_toegang
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek import teksten
from zorg.logboek.services import vastleggen


def _getal(tekst: str) -> int | None:
    return int(tekst) if tekst.isdecimal() and len(tekst) < 10 else None


@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """The pupils that this user sees."""
    gevraagd = selecties.Filter(
        zoek=request.GET.get("q", "")[:100],
        groep=_getal(request.GET.get("groep", "")),
        niveau=request.GET.get("niveau", "")[:20],
        vertrokken=request.GET.get("vertrokken") == "1",
        sorteer=request.GET.get("sorteer", "naam"),
    )
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    blad, rijen = selecties.leerlingenlijst(request, gevraagd, request.GET.get("pagina", "1"))
    profiel = profielen_van_school.huidig_profiel(request.scholen[0])  # type: ignore[attr-defined]
    inhoud = {
        "blad": blad,
        "rijen": rijen,
        "gevraagd": gevraagd,
        "groepen": selecties.groepen_van(request.user, selecties.vandaag_van(request)),  # type: ignore[arg-type]
        "niveaus": profiel.niveaus_op_volgorde,
        "mag_met_spoed": _werkt_hier(request),
    }
    return render(request, "leerlingen/lijst.html", inhoud)


def leerling_of_404(request: HttpRequest, leerling_id: int, recht: str = Recht.INZIEN) -> Leerling:
    """The pupil, if this user sees them (404) and may do this (403)."""
    leerling: Leerling = haal_op(Leerling.objects.select_related("school"), request.user, recht=recht, pk=leerling_id)
    return leerling


@require_GET
def overzicht(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The pupil page: wat nu, the latest pieces; opening it is on record."""
    leerling = leerling_of_404(request, leerling_id)
    vastleggen("leerling_ingezien", school=leerling.school_id, door=request.user, leerling=leerling)  # type: ignore[arg-type]
    stukken = selecties.dossierlijst(request.user, leerling)
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    namen = {document.code: document.naam for document in profiel.documenten}
    for stuk in stukken:
        stuk.soortnaam = selecties.soortnaam(namen, stuk.soort)  # type: ignore[attr-defined]
    loopt = lopend.papieren(request.user, leerling)
    return tabbladen.pagina(
        request,
        leerling,
        "overzicht",
        "leerlingen/overzicht.html",
        {
            "loopt": loopt,
            "anders_nu": lopend.wat_nu(loopt),
            "stukken": stukken[:8],
            "meer": max(0, len(stukken) - 8),
            "ouders": selecties.ouders_van(request.user, leerling),
            "beheert": request.user.has_perm("beheren_leerling", leerling),
            "kaarten": tabbladen.kaarten(request, leerling),
        },
    )


@require_GET
def dossier(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Every piece this user may see, by kind."""
    leerling = leerling_of_404(request, leerling_id)
    soort = request.GET.get("soort", "")[:60]
    soorten = selecties.soorten_met_aantal(request.user, leerling)
    namen = {rij["code"]: rij["naam"] for rij in soorten}
    stukken = selecties.dossierlijst(request.user, leerling, soort=soort)
    for stuk in stukken:
        stuk.soortnaam = namen.get(stuk.soort, stuk.soort)  # type: ignore[attr-defined]
    vastleggen("dossier_ingezien", school=leerling.school_id, door=request.user, leerling=leerling)  # type: ignore[arg-type]
    inhoud = {"stukken": stukken, "soorten": soorten, "soort": soort, "totaal": sum(rij["aantal"] for rij in soorten)}
    return tabbladen.pagina(request, leerling, "dossier", "leerlingen/dossier.html", inhoud)


def plafond_van(request: HttpRequest, leerling: Leerling) -> str:
    """The highest confidentiality this user may write: never a piece they could not read back."""
    if request.user.has_perm("verlenen_leerling", leerling):
        return Vertrouwelijkheid.GEHEIM
    if request.user.has_perm("exporteren_leerling", leerling):
        return Vertrouwelijkheid.VERTROUWELIJK
    return Vertrouwelijkheid.GEWOON


@require_http_methods(["GET", "POST"])
def notitie(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Write a note."""
    leerling = leerling_of_404(request, leerling_id, Recht.WIJZIGEN)
    formulier = Notitieformulier(request.POST or None, leerling=leerling, plafond=plafond_van(request, leerling))
    if request.method == "POST" and formulier.is_valid():
        try:
            document = services.notitie_maken(leerling=leerling, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "De notitie staat in het dossier.")
            return redirect("leerlingen:stuk", stuk_id=document.stuk_id)
    status = 422 if formulier.errors else 200
    return render(request, "leerlingen/notitie.html", {"leerling": leerling, "formulier": formulier}, status=status)


@require_http_methods(["GET", "POST"])
def ouders(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """The parents of a pupil; the ib'er and the director add them by hand."""
    leerling = leerling_of_404(request, leerling_id)
    mag = request.user.has_perm("beheren_leerling", leerling)
    formulier = Ouderformulier(request.POST or None) if mag else None
    if request.method == "POST":
        leerling_of_404(request, leerling_id, Recht.BEHEREN)
        assert formulier is not None  # noqa: S101  (mag was checked in the line above)
        if formulier.is_valid():
            try:
                _ouder_erbij(request, leerling, formulier.cleaned_data)
            except DomeinFout as fout:
                formulier.add_error(None, fout.zin)
            else:
                messages.success(request, "De ouder is toegevoegd.")
                return redirect("leerlingen:ouders", leerling_id=leerling.pk)
    inhoud = {
        "ouders": selecties.ouders_van(request.user, leerling),
        "formulier": formulier,
        "mag": mag,
        "verzoeken": selecties.inzageverzoeken(request.user, leerling) if mag else [],
        "uitkomsten": services.uitkomsten(leerling.school),
        "vandaag": klok.vandaag(leerling.school),
    }
    antwoord = tabbladen.pagina(request, leerling, "ouders", "leerlingen/ouders.html", inhoud)
    if formulier is not None and formulier.errors:
        antwoord.status_code = 422
    return antwoord


def _ouder_erbij(request: HttpRequest, leerling: Leerling, data: dict[str, Any]) -> None:
    from django.db import transaction

    door: Any = request.user
    with transaction.atomic():
        persoon = _bekende_ouder(request, leerling, data["email"]) or services.persoon_toevoegen(
            school=leerling.school,
            roepnaam=data["roepnaam"],
            voorvoegsel=data["voorvoegsel"],
            achternaam=data["achternaam"],
            email=data["email"],
            telefoon=data["telefoon"],
            door=door,
        )
        services.ouder_toevoegen(
            leerling=leerling,
            persoon=persoon,
            relatie=data["relatie"],
            gezag=data["gezag"],
            vanaf=klok.vandaag(leerling.school),
            door=door,
        )
        if data["uitnodigen"]:
            services.uitnodigen(persoon=persoon, door=door)


def _bekende_ouder(request: HttpRequest, leerling: Leerling, email: str) -> Persoon | None:
    """The parent of a brother or sister, by e-mail address."""
    if not email:
        return None
    gevonden: Persoon | None = (
        Persoon.objects.zichtbaar_voor(request.user).filter(school=leerling.school, email=email.lower()).first()
    )
    return gevonden


@require_http_methods(["POST"])
def gezag(request: HttpRequest, ouderschap_id: int) -> HttpResponse:
    """Record whether a parent has authority."""
    ouderschap: Ouderschap = haal_op(
        Ouderschap.objects.select_related("school", "persoon"), request.user, recht=Recht.BEHEREN, pk=ouderschap_id
    )
    waarde = request.POST.get("gezag", "")
    if waarde not in ("ja", "nee", "onbekend"):
        raise DomeinFout("Kies ja, nee of onbekend.")
    services.gezag_wijzigen(
        ouderschap=ouderschap,
        gezag=waarde,
        beperking=request.POST.get("beperking", "")[:200],
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Het gezag is vastgelegd.")
    return redirect("leerlingen:ouders", leerling_id=ouderschap.leerling_id)


@require_http_methods(["POST"])
def ouder_uitnodigen(request: HttpRequest, ouderschap_id: int) -> HttpResponse:
    """Send a parent with authority an invitation (again)."""
    ouderschap: Ouderschap = haal_op(
        Ouderschap.objects.select_related("school", "persoon"), request.user, recht=Recht.BEHEREN, pk=ouderschap_id
    )
    if ouderschap.gezag != "ja":
        raise DomeinFout("Uitnodigen kan als vaststaat dat deze ouder gezag heeft.")
    services.uitnodigen(persoon=ouderschap.persoon, door=request.user)  # type: ignore[arg-type]
    messages.success(request, f"De uitnodiging gaat naar {ouderschap.persoon.email}.")
    return redirect("leerlingen:ouders", leerling_id=ouderschap.leerling_id)


@require_GET
def kijkers(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Who looked at or changed this dossier, and who can."""
    leerling = leerling_of_404(request, leerling_id, Recht.VERLENEN)
    regels = [
        {"tijd": regel.tijd, "wie": regel.actor_naam, "wat": teksten.zin(regel), "reden": regel.reden}
        for regel in selecties.kijkers(request.user, leerling)
    ]
    inhoud = {"regels": regels, "toegang": wie_heeft_toegang(leerling)}
    return tabbladen.pagina(request, leerling, "kijkers", "leerlingen/kijkers.html", inhoud)


def _werkt_hier(request: HttpRequest) -> bool:
    """Whether this user works with children here, and so may need a dossier in an emergency."""
    return bool(toegang.rollen_van(request.user) - {"ouder", "extern", "beheerder"})


@require_http_methods(["GET", "POST"])
def noodtoegang(request: HttpRequest) -> HttpResponse:
    """Emergency access for a colleague: exact name and birth date, a reason, four hours, told to the director."""
    if not _werkt_hier(request):
        from django.http import Http404

        raise Http404
    formulier = Noodformulier(request.POST or None)
    if request.method == "POST" and formulier.is_valid():
        leerling = _exact(request, formulier.cleaned_data)
        if leerling is None:
            formulier.add_error(None, "Er is geen leerling met precies deze naam en geboortedatum.")
        else:
            try:
                services.noodtoegang_openen(
                    leerling=leerling,
                    reden=formulier.cleaned_data["reden"],
                    door=request.user,  # type: ignore[arg-type]
                )
            except DomeinFout as fout:
                formulier.add_error("reden", fout.zin)
            else:
                messages.warning(request, "U kunt dit dossier vier uur inzien. De directie heeft bericht gekregen.")
                return redirect("leerlingen:leerling", leerling_id=leerling.pk)
    status = 422 if formulier.errors else 200
    return render(request, "leerlingen/noodtoegang.html", {"formulier": formulier}, status=status)


def _exact(request: HttpRequest, data: dict[str, Any]) -> Leerling | None:
    from leerlingen.services.rechten import leerling_voor_noodtoegang

    return leerling_voor_noodtoegang(
        zoeknaam=zoeksleutel(data["naam"]),
        geboortedatum=data["geboortedatum"],
        door=request.user,  # type: ignore[arg-type]
    )
