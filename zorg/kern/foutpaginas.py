"""The error pages: what happened and what to do now, in Dutch, with the request number to mention."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader

from zorg.kern import loggen
from zorg.kern.fouten import DomeinFout, Verouderd


def _pagina(request: HttpRequest, status: int, naam: str = "", **inhoud: Any) -> HttpResponse:
    inhoud["verzoeknummer"] = getattr(request, "verzoeknummer", "") or loggen.verzoeknummer.get()
    tekst = loader.get_template(f"fouten/{naam or status}.html").render(inhoud)
    return HttpResponse(tekst, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is larger than we take."""
    from django.core.exceptions import RequestDataTooBig

    return _pagina(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def geen_toegang(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: visible, but not allowed."""
    return _pagina(request, 403)


def niet_gevonden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it does not exist, or one may not know of it; the page does not tell which."""
    return _pagina(request, 404)


def serverfout(request: HttpRequest) -> HttpResponse:
    """500: our mistake."""
    return _pagina(request, 500)


def csrf_fout(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from yesterday's page: the text is still in the browser."""
    if request.headers.get("X-Zorgpad-Autosave"):
        return JsonResponse({"melding": "Uw aanmelding is verlopen. Uw tekst staat nog op dit apparaat."}, status=403)
    return _pagina(request, 403, "403_csrf")


def domeinfout(request: HttpRequest, fout: DomeinFout) -> HttpResponse:
    """409: the procedure does not allow it now; the sentence says why and what would make it possible."""
    if request.headers.get("X-Zorgpad-Autosave"):
        return JsonResponse({"melding": fout.zin}, status=422)
    if request.headers.get("HX-Request"):
        return render(request, "onderdelen/melding.html", {"zin": fout.zin, "link": fout.link}, status=422)
    return _pagina(request, 409, zin=fout.zin, link=fout.link)


def verouderd(request: HttpRequest, fout: Verouderd) -> HttpResponse:
    """409 with what stands there now, so that the writer sees both texts."""
    if request.headers.get("X-Zorgpad-Autosave"):
        return JsonResponse(fout.huidig, status=409)
    return _pagina(request, 409, zin=fout.zin, huidig=fout.huidig, mijn_tekst=request.POST.get("tekst", ""))
