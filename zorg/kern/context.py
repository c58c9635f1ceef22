"""The context of the page frame: navigation, school, user. Lazy: an error page or a PDF asks for nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zorg.kern import navigatie


@dataclass(frozen=True)
class Punt:
    naam: str
    url: str
    huidig: bool
    aantal: int | None
    mobiel: bool


_rolnaam: list[Callable[[HttpRequest], str]] = []
_schooljaar: list[Callable[[HttpRequest], str]] = []


def registreer_rolnaam(functie: Callable[[HttpRequest], str]) -> None:
    """leerlingen says how this user's role is called at this school."""
    _rolnaam[:] = [functie]


def registreer_schooljaar(functie: Callable[[HttpRequest], str]) -> None:
    """leerlingen says which school year runs today."""
    _schooljaar[:] = [functie]


class Raam:
    """What `basis.html` shows around every page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def _ingelogd(self) -> bool:
        return bool(getattr(self.request, "user", None) and self.request.user.is_authenticated)

    @cached_property
    def navigatie(self) -> list[Punt]:
        if not self._ingelogd or not getattr(self.request, "scholen", ()):
            return []
        paden = []
        for punt in navigatie.punten():
            if punt.toon(self.request):
                url = reverse(punt.url_naam)
                paden.append((punt, url))
        huidig = max((url for _, url in paden if self.request.path.startswith(url)), key=len, default="")
        if huidig == "/" and self.request.path != "/":
            huidig = ""
        return [
            Punt(punt.naam, url, url == huidig, punt.aantal(self.request) if punt.aantal else None, punt.mobiel)
            for punt, url in paden
        ]

    @cached_property
    def school_naam(self) -> str:
        return ", ".join(school.naam for school in getattr(self.request, "scholen", ()))

    @cached_property
    def demo(self) -> bool:
        return any(school.demo for school in getattr(self.request, "scholen", ()))

    @cached_property
    def schooljaar(self) -> str:
        return _schooljaar[0](self.request) if self._ingelogd and _schooljaar else ""

    @cached_property
    def gebruiker_naam(self) -> str:
        return self.request.user.naam if self.request.user.is_authenticated else ""

    @cached_property
    def rol_naam(self) -> str:
        return _rolnaam[0](self.request) if self._ingelogd and _rolnaam else ""

    @cached_property
    def ouder(self) -> bool:
        return bool(self._ingelogd and self.navigatie and all(punt.url == "/ouders/" for punt in self.navigatie))


def raam(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"raam": Raam(request)}
