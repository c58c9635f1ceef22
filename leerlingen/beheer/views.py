"""Views of Beheer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerlingen import profielen_van_school, services
from leerlingen.beheer import selecties
from leerlingen.beheer.forms import (
    Aanstelformulier,
    Persoonformulier,
    Profielformulier,
    Schoolformulier,
    Toewijsformulier,
)
from leerlingen.models import Aanstelling, Persoon, Toewijzing
from leerlingen.profiel import ProfielFout, lees_ingebouwd
from leerlingen.services.inrichten import school_wijzigen
from zorg.kern import mail
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht, School
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op

BEHEREN = Recht.BEHEREN
View = Callable[..., HttpResponse]


def voor_beheer(view: View) -> View:
    """404 for who manages nothing; 403 for an ib'er on what only administrator and director manage."""

    @wraps(view)
    def omhuld(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        school = selecties.beheerde_school(request)
        if school is None:
            raise Http404
        if not selecties.mag_mensen_beheren(request, school):
            raise PermissionDenied
        return view(request, school, *args, **kwargs)

    return omhuld


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """What is set up and what still needs doing."""
    school = selecties.beheerde_school(request)
    if school is None:
        raise Http404
    mag = selecties.mag_mensen_beheren(request, school)
    profiel = profielen_van_school.huidig_profiel(school)
    inhoud: dict[str, Any] = {"school": school, "mag": mag, "profiel": profiel}
    inhoud["mag_ouders"] = selecties.geleide_school(request) == school
    if mag:
        inhoud |= {
            "team": selecties.mensen(request, school, zoek="", soort="team", pagina="1")[0].paginator.count,
            "zonder_account": Persoon.objects.zichtbaar_voor(request.user, BEHEREN)
            .filter(school=school, gebruiker__isnull=True, aanstellingen__isnull=False)
            .count(),
            "onzeker": Bericht.objects.zichtbaar_voor(request.user, BEHEREN)
            .filter(school=school, status__in=["onzeker", "mislukt"])
            .count(),
            "vastgelopen": selecties.vastgelopen_werk(school),
            "zonder_mailserver": settings.EMAIL_BACKEND == "zorg.kern.post.Postbus",
        }
    return render(request, "beheer/begin.html", inhoud)


@require_http_methods(["GET", "POST"])
@voor_beheer
def school(request: HttpRequest, school: School) -> HttpResponse:
    """Name, region and procedure."""
    formulier = Schoolformulier(
        request.POST if "naam" in request.POST else None, initial={"naam": school.naam, "regio": school.regio}
    )
    if formulier.is_bound and formulier.is_valid():
        school_wijzigen(school=school, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, "De gegevens van de school zijn gewijzigd.")
        return redirect("beheer:school")
    versie = profielen_van_school.huidige_versie(school)
    inhoud = {
        "school": school,
        "formulier": formulier,
        "profielformulier": Profielformulier(initial={"profiel": versie.inhoud["code"]}),
        "profiel": profielen_van_school.profiel(versie),
        "versie": versie,
    }
    return render(request, "beheer/school.html", inhoud, status=422 if formulier.errors else 200)


@require_POST
@voor_beheer
def profiel(request: HttpRequest, school: School) -> HttpResponse:
    """Take another shipped procedure as the next version; what runs finishes under the old one."""
    formulier = Profielformulier(request.POST)
    if not formulier.is_valid():
        raise DomeinFout("Kies een van de zorgprofielen uit de lijst.")
    nieuw = lees_ingebouwd(formulier.cleaned_data["profiel"])
    door: Any = request.user
    try:
        vervangen = services.profiel_vervangen(
            school=school, nieuw=nieuw, toelichting=f"Zorgprofiel {nieuw.naam}", door=door
        )
    except ProfielFout as fout:
        raise DomeinFout(
            f"De school werkt al: met «{nieuw.naam}» zou verdwijnen wat in gebruik kan zijn. Neem de hele procedure "
            "als bestand, pas die aan en lees haar in.",
            link=reverse("beheer:procedure_inlezen"),
        ) from fout
    if vervangen:
        messages.success(request, "Het nieuwe profiel geldt vanaf nu. Wat al liep, loopt af volgens het oude.")
    else:
        messages.info(request, "Dit profiel gold al.")
    return redirect("beheer:school")


@require_GET
@voor_beheer
def mensen(request: HttpRequest, school: School) -> HttpResponse:
    """Everybody the school deals with."""
    zoek, soort = request.GET.get("q", "")[:100], request.GET.get("soort", "team")
    blad, rijen = selecties.mensen(request, school, zoek=zoek, soort=soort, pagina=request.GET.get("pagina", "1"))
    rolnaam: Callable[[str], str] = profielen_van_school.huidig_profiel(school).rolnaam  # type: ignore[assignment]
    inhoud = {
        "blad": blad,
        "rijen": [(rij, [rolnaam(a.rol) for a in rij.rollen]) for rij in rijen],
        "zoek": zoek,
        "soort": soort,
        "soorten": [("team", "Team"), ("ouders", "Ouders"), ("vertrokken", "Vertrokken"), ("alles", "Iedereen")],
    }
    return render(request, "beheer/mensen.html", inhoud)


@require_http_methods(["GET", "POST"])
@voor_beheer
def mens_erbij(request: HttpRequest, school: School) -> HttpResponse:
    """Add somebody."""
    formulier = Persoonformulier(request.POST or None)
    if formulier.is_bound and formulier.is_valid():
        persoon = services.persoon_toevoegen(school=school, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, f"{persoon.naam} staat erbij. Geef nu een rol en nodig uit.")
        return redirect("beheer:mens", persoon_id=persoon.pk)
    status = 422 if formulier.errors else 200
    return render(request, "beheer/mens_erbij.html", {"formulier": formulier}, status=status)


def _persoon(request: HttpRequest, school: School, persoon_id: int) -> Persoon:
    persoon: Persoon = haal_op(
        Persoon.objects.select_related("school", "gebruiker").filter(school=school),
        request.user,
        zicht=BEHEREN,
        recht=BEHEREN,
        pk=persoon_id,
    )
    return persoon


def _toon_mens(
    request: HttpRequest, school: School, persoon: Persoon, status: int = 200, **formulieren: Any
) -> HttpResponse:
    velden = ("roepnaam", "voorvoegsel", "achternaam", "email", "telefoon", "functie")
    profiel = profielen_van_school.huidig_profiel(school)
    relaties = selecties.relaties(request.user, persoon)
    for aanstelling in relaties["aanstellingen"]:
        aanstelling.rolnaam = profiel.rolnaam(aanstelling.rol)
    inhoud = {
        "persoon": persoon,
        **relaties,
        "formulier": formulieren.get("gegevens")
        or Persoonformulier(initial={veld: getattr(persoon, veld) for veld in velden}),
        "aanstelformulier": formulieren.get("rol") or Aanstelformulier(school=school),
        "toewijsformulier": formulieren.get("groep") or Toewijsformulier(gebruiker=request.user, school=school),
        "vakken": {vak.code: vak.naam for vak in profiel.vakgebieden},
    }
    return render(request, "beheer/mens.html", inhoud, status=status)


@require_http_methods(["GET", "POST"])
@voor_beheer
def mens(request: HttpRequest, school: School, persoon_id: int) -> HttpResponse:
    """One person: details, roles, groups, account."""
    persoon = _persoon(request, school, persoon_id)
    if request.method == "POST":
        formulier = Persoonformulier(request.POST)
        if not formulier.is_valid():
            return _toon_mens(request, school, persoon, 422, gegevens=formulier)
        services.persoon_wijzigen(persoon=persoon, door=request.user, **formulier.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, "De gegevens zijn gewijzigd.")
        return redirect("beheer:mens", persoon_id=persoon.pk)
    return _toon_mens(request, school, persoon)


@require_POST
@voor_beheer
def rol_geven(request: HttpRequest, school: School, persoon_id: int) -> HttpResponse:
    """Give a role for a period."""
    persoon = _persoon(request, school, persoon_id)
    formulier = Aanstelformulier(request.POST, school=school)
    if formulier.is_valid():
        data = formulier.cleaned_data
        try:
            services.aanstellen(
                persoon=persoon,
                rol=data["rol"],
                vanaf=data["vanaf"],
                tot=data["tot"] + timedelta(days=1) if data["tot"] else None,
                vakgebieden=data["vakgebieden"] if data["rol"] == "specialist" else (),
                werkdagen=data["werkdagen"],
                door=request.user,  # type: ignore[arg-type]
            )
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, "De rol is gegeven.")
            return redirect("beheer:mens", persoon_id=persoon.pk)
    return _toon_mens(request, school, persoon, 422, rol=formulier)


@require_POST
@voor_beheer
def groep_geven(request: HttpRequest, school: School, persoon_id: int) -> HttpResponse:
    """Assign to a group for a period."""
    persoon = _persoon(request, school, persoon_id)
    formulier = Toewijsformulier(request.POST, gebruiker=request.user, school=school)
    if formulier.is_valid():
        data = formulier.cleaned_data
        try:
            services.toewijzen(
                persoon=persoon,
                groep=data["groep"],
                rol=data["groepsrol"],
                vanaf=data["groep_vanaf"],
                tot=data["groep_tot"] + timedelta(days=1) if data["groep_tot"] else None,
                door=request.user,  # type: ignore[arg-type]
            )
        except DomeinFout as fout:
            formulier.add_error(None, fout.zin)
        else:
            messages.success(request, f"{persoon.naam} werkt met groep {data['groep'].naam}.")
            return redirect("beheer:mens", persoon_id=persoon.pk)
    return _toon_mens(request, school, persoon, 422, groep=formulier)


@require_http_methods(["GET", "POST"])
@voor_beheer
def rol_beeindigen(request: HttpRequest, school: School, aanstelling_id: int) -> HttpResponse:
    """End a role, after confirmation: access stops with it."""
    aanstelling: Aanstelling = haal_op(
        Aanstelling.objects.select_related("persoon__school", "persoon__gebruiker", "school"),
        request.user,
        zicht=BEHEREN,
        recht=BEHEREN,
        pk=aanstelling_id,
    )
    return _beeindigen(
        request,
        school,
        aanstelling.persoon,
        f"{profielen_van_school.huidig_profiel(school).rolnaam(aanstelling.rol)}",  # type: ignore[arg-type]
        lambda dag: services.aanstelling_beeindigen(aanstelling=aanstelling, per=dag, door=request.user),  # type: ignore[arg-type]
    )


@require_http_methods(["GET", "POST"])
@voor_beheer
def toewijzing_beeindigen(request: HttpRequest, school: School, toewijzing_id: int) -> HttpResponse:
    """End work with a group, after confirmation."""
    toewijzing: Toewijzing = haal_op(
        Toewijzing.objects.select_related("persoon__gebruiker", "groep__schooljaar", "school"),
        request.user,
        zicht=BEHEREN,
        recht=BEHEREN,
        pk=toewijzing_id,
    )
    return _beeindigen(
        request,
        school,
        toewijzing.persoon,
        f"groep {toewijzing.groep.naam}",
        lambda dag: services.toewijzing_beeindigen(toewijzing=toewijzing, per=dag, door=request.user),  # type: ignore[arg-type]
    )


def _beeindigen(
    request: HttpRequest, school: School, persoon: Persoon, wat: str, doe: Callable[[Any], object]
) -> HttpResponse:
    from zorg.kern import klok

    if request.method == "POST":
        doe(klok.vandaag(school))
        messages.success(request, f"{persoon.naam}: {wat} is per vandaag beëindigd.")
        return redirect("beheer:mens", persoon_id=persoon.pk)
    inhoud = {
        "titel": "Per vandaag beëindigen?",
        "tekst": f"{persoon.naam} · {wat}",
        "gevolgen": ["Wat deze persoon hierdoor kon zien, stopt.", "Wat hij schreef, blijft in de dossiers staan."],
        "knop_tekst": "Beëindigen",
        "terug_url": reverse("beheer:mens", kwargs={"persoon_id": persoon.pk}),
        "gevaar": True,
    }
    return render(request, "onderdelen/bevestigen.html", inhoud)


@require_POST
@voor_beheer
def uitnodigen(request: HttpRequest, school: School, persoon_id: int) -> HttpResponse:
    """Mail an invitation (again)."""
    persoon = _persoon(request, school, persoon_id)
    services.uitnodigen(persoon=persoon, door=request.user)  # type: ignore[arg-type]
    messages.success(request, f"De uitnodiging gaat naar {persoon.email}.")
    return redirect("beheer:mens", persoon_id=persoon.pk)


@require_http_methods(["GET", "POST"])
@voor_beheer
def account_sluiten(request: HttpRequest, school: School, persoon_id: int) -> HttpResponse:
    """Close the school's door for an account, after confirmation."""
    persoon = _persoon(request, school, persoon_id)
    if request.method == "POST":
        services.account_sluiten(persoon=persoon, door=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{persoon.naam} kan niet meer bij deze school inloggen.")
        return redirect("beheer:mens", persoon_id=persoon.pk)
    inhoud = {
        "titel": "Toegang sluiten?",
        "tekst": f"{persoon.naam} kan daarna niets van deze school meer zien, welke rol ook.",
        "knop_tekst": "Sluiten",
        "terug_url": reverse("beheer:mens", kwargs={"persoon_id": persoon.pk}),
        "gevaar": True,
    }
    return render(request, "onderdelen/bevestigen.html", inhoud)


@require_GET
@voor_beheer
def post(request: HttpRequest, school: School) -> HttpResponse:
    """The outgoing mail, with what became of it."""
    inhoud = {
        "blad": selecties.berichten(request.user, school, request.GET.get("pagina", "1")),
        "zonder_mailserver": settings.EMAIL_BACKEND == "zorg.kern.post.Postbus",
    }
    return render(request, "beheer/post.html", inhoud)


@require_http_methods(["GET", "POST"])
@voor_beheer
def bericht(request: HttpRequest, school: School, bericht_id: int) -> HttpResponse:
    """One mail. Its text shows only without a mail server: it may hold a link to choose a password."""
    gevonden: Bericht = haal_op(
        Bericht.objects.filter(school=school), request.user, zicht=BEHEREN, recht=BEHEREN, pk=bericht_id
    )
    if request.method == "POST":
        mail.opnieuw_versturen(bericht=gevonden)
        messages.success(request, "De mail gaat opnieuw, met hetzelfde kenmerk.")
        return redirect("beheer:bericht", bericht_id=gevonden.pk)
    inhoud = {"bericht": gevonden, "tekst_tonen": settings.EMAIL_BACKEND == "zorg.kern.post.Postbus"}
    return render(request, "beheer/bericht.html", inhoud)
