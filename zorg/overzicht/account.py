"""The user's own account page."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leerlingen import toegang
from leerlingen.inhangen import ROLVOLGORDE
from leerlingen.profielen_van_school import huidig_profiel


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who am I here, which roles do I have, and how do I sign in."""
    scholen = request.scholen  # type: ignore[attr-defined]
    rollen = toegang.rollen_van(request.user) if scholen else frozenset()
    profiel = huidig_profiel(scholen[0]) if scholen else None
    inhoud = {
        "scholen": scholen,
        "rollen": [profiel.rolnaam(rol) for rol in ROLVOLGORDE if rol in rollen] if profiel else [],  # type: ignore[arg-type]
        "tweestaps": Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists(),
        "ouder": rollen == {"ouder"},
        "basis": "ouders/basis.html" if rollen == {"ouder"} else "basis.html",
    }
    return render(request, "overzicht/account.html", inhoud)
