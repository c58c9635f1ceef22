"""A field that saves itself, on the side of the server: what it sends, and what it hears (static/js/bewaren.js)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, JsonResponse

from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School


def basisversie(request: HttpRequest) -> int:
    """On which version was written. Raises DomeinFout for a page that does not say."""
    versie = request.POST.get("versie", "")
    if not versie.isdecimal():
        raise DomeinFout("De pagina is niet meer actueel. Laad hem opnieuw; uw tekst staat nog op dit apparaat.")
    return int(versie[:9])


def geschreven(request: HttpRequest) -> str:
    """What was written; several choices are as many values."""
    return "\n".join(request.POST.getlist("tekst"))


def bewaard(request: HttpRequest, versie: int, op: datetime, school: School) -> JsonResponse | None:
    """The answer to the script; without it (None) the page itself says when it was saved, after a redirect."""
    om = f"{op.astimezone(ZoneInfo(school.tijdzone)):%H.%M}"
    if request.headers.get("X-Zorgpad-Autosave"):
        return JsonResponse({"versie": versie, "om": om})
    messages.success(request, f"Bewaard om {om}.")
    return None
