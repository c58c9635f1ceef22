"""Addresses of the tests of errors and headers: each breaks in its own way."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from zorg.kern.fouten import DomeinFout, Verouderd


@login_not_required
def goed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("goed")


@login_not_required
def domein(request: HttpRequest) -> NoReturn:
    raise DomeinFout("De toestemming van de ouders ontbreekt.", link="/leerlingen/")


@login_not_required
def verouderd(request: HttpRequest) -> NoReturn:
    raise Verouderd(
        "Iemand schreef intussen.", huidig={"tekst": "<b>van Bas</b>", "versie": 3, "door": "Bas", "om": "9.00"}
    )


@login_not_required
def stuk(request: HttpRequest) -> NoReturn:
    raise ZeroDivisionError("Bram Jansen, 4 mei 2016")


@login_not_required
def verboden(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


@login_not_required
def weg(request: HttpRequest) -> NoReturn:
    raise Http404


def besloten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("besloten")


urlpatterns = [
    path("proef/goed/", goed),
    path("proef/domein/", domein),
    path("proef/verouderd/", verouderd),
    path("proef/stuk/", stuk),
    path("proef/verboden/", verboden),
    path("proef/weg/", weg),
    path("proef/besloten/", besloten),
    path("", include("zorg.urls")),
]
handler400 = "zorg.kern.foutpaginas.bad_request"
handler403 = "zorg.kern.foutpaginas.geen_toegang"
handler404 = "zorg.kern.foutpaginas.niet_gevonden"
handler500 = "zorg.kern.foutpaginas.serverfout"
