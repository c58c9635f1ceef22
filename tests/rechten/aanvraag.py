"""Asking one address as one role, and taking back what it did."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architectuur.hulp import pakket_van
from tests.bouw import Bezetting, Lid
from tests.rechten.matrix import Rij


def sleutel(bezetting: Bezetting, waarde: str | int) -> str | int:
    """`"bram"` → the key of Bram; `"extra.groepsplan"` → that of what a floor added; a number is itself."""
    if isinstance(waarde, int):
        return waarde
    eerste, _, rest = waarde.partition(".")
    rij: Any = bezetting.extra[rest] if eerste == "extra" else getattr(bezetting, waarde, None)
    if rij is None:
        return waarde.removeprefix("=")
    return int(rij.persoon.pk if isinstance(rij, Lid) else rij.pk)


def adres(bezetting: Bezetting, rij: Rij) -> str:
    """The path of a row for this cast."""
    return reverse(rij.naam, kwargs={k: sleutel(bezetting, v) for k, v in rij.argumenten.items()}) + rij.zoek


def browser(bezetting: Bezetting, rol: str) -> Client:
    """A browser signed in as this role; a fault in a view becomes a 500 instead of an exception."""
    klant = Client(raise_request_exception=False)
    if rol != "anoniem":
        klant.cookies[settings.SESSION_COOKIE_NAME] = bezetting.lid(rol).sessie
    return klant


def status(bezetting: Bezetting, klant: Client, rij: Rij) -> tuple[int, str]:
    """What this row answers, and the error when it was one; everything it wrote is rolled back."""
    data = {
        k: sleutel(bezetting, v[1:]) if isinstance(v, str) and v.startswith("@") else v for k, v in rij.data.items()
    }
    data |= {"csrfmiddlewaretoken": "x"}  # a form on a page always sends it
    with transaction.atomic():
        if rij.methode == "GET":
            antwoord: Any = klant.get(adres(bezetting, rij))
        else:
            antwoord = klant.post(adres(bezetting, rij), data)
        if antwoord.streaming:
            b"".join(antwoord.streaming_content)
        transaction.set_rollback(True)
    fout = repr(antwoord.exc_info[1])[:300] if antwoord.status_code == 500 and antwoord.exc_info else ""
    return antwoord.status_code, fout


@cache
def alle_adressen() -> dict[str, str]:
    """Every address of the site: its name (namespace in front) and the package of its view."""
    gevonden: dict[str, str] = {}

    def loop(patronen: list[URLPattern | URLResolver], ruimte: str, pad: str) -> None:
        for patroon in patronen:
            hier = pad + str(patroon.pattern)
            if isinstance(patroon, URLResolver):
                loop(patroon.url_patterns, f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte, hier)
            else:
                module = getattr(patroon.callback, "__module__", "")
                gevonden[f"{ruimte}{patroon.name}" if patroon.name else f"(zonder naam) {hier}"] = (
                    pakket_van(module) or module
                )

    loop(get_resolver().url_patterns, "", "/")
    return gevonden
