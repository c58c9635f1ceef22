"""One meeting: its page, its table, its moment."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from besprekingen import selecties, services
from besprekingen.forms import (
    Actieformulier,
    Collegaformulier,
    Inbrengformulier,
    Leidingformulier,
    Momentformulier,
    Zondernaamformulier,
)
from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services.groepsplannen import planbesluiten
from leerlingen.inhangen import is_staf
from leerlingen.selecties import collegas
from zorg.kern.formulier import gelukt
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen


def bespreking_of_404(request: HttpRequest, bespreking_id: int, recht: str = Recht.INZIEN) -> Bespreking:
    """The meeting, if this user sees it (404) and may do this (403)."""
    bron = Bespreking.objects.select_related("school", "groep", "profielversie", "voorzitter", "notulist").annotate(
        mag_wijzigen=selecties.mag_wijzigen(request.user), karweien=services.karweitaken()
    )
    gevonden: Bespreking = haal_op(bron, request.user, recht=recht, pk=bespreking_id)
    return gevonden


def naar(bespreking: Bespreking | int, punt: int | None = None) -> HttpResponse:
    """Back to the page, at an item."""
    pk = bespreking if isinstance(bespreking, int) else bespreking.pk
    adres = reverse("besprekingen:bespreking", kwargs={"bespreking_id": pk})
    return redirect(f"{adres}?punt={punt}" if punt else adres)


@require_GET
def bespreking(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """One meeting: who, what, and what came out. Opening it is on record."""
    gekozen = request.GET.get("punt", "")
    punt = int(gekozen) if gekozen.isdecimal() and len(gekozen) < 12 else None
    return toon(request, bespreking_of_404(request, bespreking_id), punt)


def toon(
    request: HttpRequest, bespreking: Bespreking, punt: int | None = None, status: int = 200, **formulieren: Any
) -> HttpResponse:
    """The page; with a form that was refused under `doel` or `actie`, it comes back in its place."""
    gebruiker: Any = request.user
    pagina = selecties.pagina_van(gebruiker, bespreking, punt, van_buiten=not is_staf(request))
    uit = pagina.uitgelicht
    vastleggen(
        "bespreking_ingezien",
        school=bespreking.school,
        door=gebruiker,
        leerling=uit.punt.leerling_id if uit else None,
        object=bespreking,
    )
    kind = {"bespreking_id": bespreking.pk}
    adressen = {naam: reverse(f"besprekingen:{naam}", kwargs=kind) for naam in ("uitnodigen", "houden", "leden")}
    inhoud = {
        "pagina": pagina,
        "brengt_in": bespreking.is_open and is_staf(request),
        "bespreking": bespreking,
        "vorm": pagina.vorm,
        "watnu": selecties.bepaal_watnu(pagina, adressen),
        "omlijsting": services.omlijsting_van(bespreking)
        if pagina.vorm.over != "leerling" and not pagina.van_buiten
        else None,
        # at a meeting of the school an agreement can be for anybody who works here
        "collegas": list(collegas(gebruiker, bespreking.school)) if pagina.vorm.over == "school" and pagina.mag else [],
        "termijn": services.termijn_van(bespreking) if uit and uit.schrijfbaar else None,
        **formulieren,
    }
    return render(request, "besprekingen/bespreking.html", inhoud, status=status)


@require_POST
def uitnodigen(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Invite who was not invited yet."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    aantal = services.uitnodigen(bespreking=gevonden, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Iedereen was al uitgenodigd." if not aantal else f"{aantal} mensen zijn uitgenodigd.")
    return naar(gevonden)


@require_http_methods(["GET", "POST"])
def inbrengen(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Put a pupil on the agenda."""
    gevonden = bespreking_of_404(request, bespreking_id)
    begin = {naam: request.GET.get(naam, "")[:12] for naam in ("leerling", "signaal")}
    formulier = Inbrengformulier(request.POST or None, gebruiker=request.user, bespreking=gevonden, initial=begin)
    fout: DomeinFout | None = None
    if formulier.is_bound and formulier.is_valid():
        try:
            punt = services.leerling_inbrengen(
                bespreking=gevonden,
                door=request.user,  # type: ignore[arg-type]
                **formulier.cleaned_data,
            )
        except DomeinFout as gevangen:
            fout = gevangen
        else:
            messages.success(request, "De leerling staat op de agenda.")
            return naar(gevonden, punt.pk)
    inhoud = {
        "bespreking": gevonden,
        "naam": services.naam_van(gevonden),
        "formulier": formulier,
        "fout": fout,
        "mag": gevonden.mag_wijzigen,  # type: ignore[attr-defined]
        "zonder_naam": Zondernaamformulier(),
    }
    return render(
        request, "besprekingen/inbrengen.html", inhoud, status=422 if formulier.errors or fout is not None else 200
    )


@require_POST
def zonder_naam(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Put a case without a name on the agenda."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    services.zonder_naam_inbrengen(
        bespreking=gevonden,
        onderwerp=request.POST.get("onderwerp", ""),
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "De casus staat zonder naam op de agenda.")
    return naar(gevonden)


@require_POST
def onderwerp(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Put a subject on the agenda of a meeting that is not about a pupil."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    services.onderwerp_inbrengen(
        bespreking=gevonden,
        onderwerp=request.POST.get("onderwerp", ""),
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Het onderwerp staat op de agenda.")
    return naar(gevonden)


@require_POST
def afspraak(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Agree who does what, for the meeting as a whole."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    formulier = Actieformulier(request.POST, gebruiker=request.user, school=gevonden.school)
    if gelukt(
        formulier,
        lambda: services.actiepunt_toevoegen(
            bespreking=gevonden,
            punt=None,
            door=request.user,  # type: ignore[arg-type]
            **formulier.cleaned_data,
        ),
    ):
        messages.success(request, "De afspraak staat op de takenlijst.")
        return naar(gevonden)
    return toon(request, gevonden, None, 422, actieformulier=formulier)


@require_http_methods(["GET", "POST"])
def leden(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Who sits at the table: ask a colleague, choose who chairs and who takes the minutes."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    gebruiker: Any = request.user
    deelnemers = list(
        Deelnemer.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking=gevonden)
        .select_related("persoon", "agendapunt__leerling")
        .order_by("pk")
    )
    collega = Collegaformulier(request.POST or None, gebruiker=gebruiker, school=gevonden.school)
    if gelukt(
        collega,
        lambda: services.deelnemer_toevoegen(bespreking=gevonden, door=gebruiker, **collega.cleaned_data),
    ):
        messages.success(request, "Uw collega zit aan tafel. De uitnodiging gaat mee als u uitnodigt.")
        return redirect("besprekingen:leden", bespreking_id=gevonden.pk)
    punten = Agendapunt.objects.zichtbaar_voor(gebruiker).filter(bespreking=gevonden, leerling__isnull=False)
    inhoud = {
        "bespreking": gevonden,
        "naam": services.naam_van(gevonden),
        "deelnemers": deelnemers,
        "collega": collega,
        "leiding": Leidingformulier(
            deelnemers=deelnemers,
            initial={"voorzitter": gevonden.voorzitter_id, "notulist": gevonden.notulist_id},
        ),
        "punten": list(punten.select_related("leerling")),
    }
    return render(request, "besprekingen/leden.html", inhoud, status=422 if collega.errors else 200)


@require_POST
def leiding(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Who chairs and who takes the minutes."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    deelnemers = Deelnemer.objects.zichtbaar_voor(request.user).filter(bespreking=gevonden).select_related("persoon")
    formulier = Leidingformulier(request.POST, deelnemers=deelnemers)
    if not formulier.is_valid():
        raise DomeinFout("Kies iemand die aan tafel zit.")
    services.leiding_wijzigen(
        bespreking=gevonden,
        voorzitter=formulier.personen[formulier.cleaned_data["voorzitter"]],
        notulist=formulier.personen.get(formulier.cleaned_data["notulist"]),
        door=request.user,  # type: ignore[arg-type]
    )
    messages.success(request, "Wie voorzit en wie het verslag maakt staat vast.")
    return redirect("besprekingen:leden", bespreking_id=gevonden.pk)


@require_POST
def deelnemer_weg(request: HttpRequest, deelnemer_id: int) -> HttpResponse:
    """Take somebody from the table."""
    deelnemer: Deelnemer = haal_op(
        Deelnemer.objects.select_related("persoon", "bespreking__school", "bespreking__profielversie"),
        request.user,
        pk=deelnemer_id,
    )
    bespreking = bespreking_of_404(request, deelnemer.bespreking_id, Recht.WIJZIGEN)
    services.deelnemer_weghalen(deelnemer=deelnemer, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "Deze stoel is leeg.")
    return redirect("besprekingen:leden", bespreking_id=bespreking.pk)


@require_http_methods(["GET", "POST"])
def verzetten(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Move a meeting: to a moment that suits everybody, or (after a warning) to another; members are invited anew."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    begin = gevonden.begin.astimezone(ZoneInfo(gevonden.school.tijdzone))
    formulier = Momentformulier(
        request.POST or None, school=gevonden.school, initial={"dag": begin.date(), "tijd": begin.time()}
    )
    waarom, geweigerd = "", False
    if formulier.is_bound and formulier.is_valid():
        try:
            waarom = "" if request.POST.get("toch") else services.waarom_niet_dan(gevonden, formulier.moment())
            if not waarom:
                return _verzet(request, gevonden, formulier)
        except DomeinFout as fout:
            waarom, geweigerd = fout.zin, True
    inhoud = {
        "bespreking": gevonden,
        "naam": services.naam_van(gevonden),
        "formulier": formulier,
        "momenten": services.vrije_momenten(gevonden),
        "fout": waarom if geweigerd or not waarom else f"{waarom[:1].upper()}{waarom[1:]}.",
        "toch": bool(waarom) and not geweigerd,
    }
    return render(request, "besprekingen/verzetten.html", inhoud, status=422 if waarom or formulier.errors else 200)


def _verzet(request: HttpRequest, bespreking: Bespreking, formulier: Momentformulier) -> HttpResponse:
    was_uitgenodigd = bespreking.status == Bespreking.Status.UITGENODIGD
    services.bespreking_verzetten(bespreking=bespreking, begin=formulier.moment(), door=request.user)  # type: ignore[arg-type]
    if was_uitgenodigd:
        services.uitnodigen(bespreking=bespreking, door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De bespreking is verzet" + (" en de leden weten het." if was_uitgenodigd else "."))
    return naar(bespreking)


@require_http_methods(["GET", "POST"])
def houden(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Round off: who were there; what must come out is asked."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    gebruiker: Any = request.user
    fout: DomeinFout | None = None
    if request.method == "POST":
        try:
            services.bespreking_houden(
                bespreking=gevonden,
                aanwezig=_sleutels(request, "aanwezig"),
                plannen=_sleutels(request, "plan"),
                door=gebruiker,
            )
        except DomeinFout as gevangen:
            fout = gevangen
        else:
            messages.success(request, "De bespreking is afgerond. Wat is afgesproken staat op de takenlijsten.")
            return naar(gevonden)
    deelnemers = Deelnemer.objects.zichtbaar_voor(gebruiker).filter(bespreking=gevonden).select_related("persoon")
    inhoud = {
        "bespreking": gevonden,
        "naam": services.naam_van(gevonden),
        "deelnemers": list(deelnemers.order_by("pk")),
        "plannen": planbesluiten(gevonden, gebruiker) if gevonden.groep_id else [],
        "fout": fout,
    }
    return render(request, "besprekingen/houden.html", inhoud, status=200 if fout is None else 422)


def _sleutels(request: HttpRequest, naam: str) -> list[int]:
    """The keys that were ticked under this name; what is no key is nothing."""
    return [int(waarde) for waarde in request.POST.getlist(naam) if waarde.isdecimal() and len(waarde) < 12]


@require_POST
def afzeggen(request: HttpRequest, bespreking_id: int) -> HttpResponse:
    """Call it off, with a reason."""
    gevonden = bespreking_of_404(request, bespreking_id, Recht.WIJZIGEN)
    services.bespreking_afzeggen(bespreking=gevonden, reden=request.POST.get("reden", ""), door=request.user)  # type: ignore[arg-type]
    messages.success(request, "De bespreking is afgezegd; wie was uitgenodigd krijgt bericht.")
    return redirect("besprekingen:lijst")
