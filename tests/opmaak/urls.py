"""The few addresses that the frames link to, so that templates render without the rest of the site."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def _niets(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("zoeken/", _niets, name="zoeken"),
]
