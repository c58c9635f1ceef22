"""What every request passes: a number, safe headers, the schools of this account, and errors in plain Dutch."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from zorg.kern import loggen
from zorg.kern.fouten import DomeinFout, Verouderd
from zorg.kern.foutpaginas import bad_request, domeinfout, verouderd
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext, stroom_in_context

Antwoorder = Callable[[HttpRequest], HttpResponseBase]

CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
CSP_QR = f"{CSP}; img-src 'self' data:"  # the QR code of the second factor is a picture in the page


def verzoeknummer(get_response: Antwoorder) -> Antwoorder:
    """Give each request a number, in the logs, in the logbook and on error pages."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nummer = loggen.nieuw_verzoeknummer()
        token = loggen.verzoeknummer.set(nummer)
        request.verzoeknummer = nummer  # type: ignore[attr-defined]
        try:
            response = get_response(request)
        finally:
            loggen.verzoeknummer.reset(token)
        response["X-Verzoeknummer"] = nummer
        return response

    return middleware


def veilige_koppen(get_response: Antwoorder) -> Antwoorder:
    """A strict content policy everywhere, and no cache keeps a page that a signed-in person saw."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CSP_QR if request.path == "/account/tweestaps/app/" else CSP)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def leesbaar_adres(get_response: Antwoorder) -> Antwoorder:
    """A null byte in an address means nothing to anybody, and PostgreSQL takes it nowhere: 400 instead of a 500."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or any("\0" in deel for naam, rij in request.GET.lists() for deel in (naam, *rij)):
            return bad_request(request, ValueError("null byte"))
        return get_response(request)

    return middleware


def schoolcontext_van_gebruiker(get_response: Antwoorder) -> Antwoorder:
    """Set the schools into which this account may come, for as long as the request and its stream last."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return get_response(request)
        koppelingen = request.user.schoolkoppelingen.geldig().values("school")
        scholen = tuple(School.objects.filter(pk__in=koppelingen).order_by("pk"))
        request.scholen = scholen  # type: ignore[attr-defined]
        with (
            schoolcontext(scholen),
            pghistory.context(gebruiker=request.user.pk, verzoek=loggen.verzoeknummer.get()),
        ):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async and scholen:
            stroom: Any = response.streaming_content
            response.streaming_content = stroom_in_context(stroom, scholen)
        return response

    return middleware


class domeinfouten:
    """A broken rule that no view answered itself becomes a page with its sentence; the rest stays a 500."""

    def __init__(self, get_response: Antwoorder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Verouderd):
            return verouderd(request, exception)
        if isinstance(exception, DomeinFout):
            return domeinfout(request, exception)
        return None
