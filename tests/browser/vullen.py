"""Fills the database of a house with the fixed cast and prints who is in it; run as a process of its own."""

from __future__ import annotations

import json
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorg.settings")


def vul() -> dict[str, Any]:
    """Ids and e-mail addresses by name, the password of all, and every page of the site with its address."""
    from django.db.models import Model

    from tests.bouw import vaste_bezetting
    from tests.bouw.fabriek import WACHTWOORD

    bezetting = vaste_bezetting()
    alles = {**vars(bezetting), **bezetting.extra}
    ids = {naam: waarde.pk for naam, waarde in alles.items() if isinstance(waarde, Model)}
    leden = dict(bezetting.leden())
    return {
        "ids": ids | {naam: lid.persoon.pk for naam, lid in leden.items()},
        "adressen": {naam: lid.gebruiker.email for naam, lid in leden.items()},
        "wachtwoord": WACHTWOORD,
        "paginas": paginas(bezetting),
        "zonder_adres": zonder_adres(),
    }


def paginas(bezetting: Any) -> list[tuple[str, str]]:
    """Name and path of every page: from the URL resolver, with the keys that tests/rechten/matrix.py gives them."""
    from django.urls import reverse
    from django.urls.exceptions import NoReverseMatch

    from tests.rechten import rijen  # noqa: F401  (fills the matrix)
    from tests.rechten.aanvraag import adres, alle_adressen
    from tests.rechten.matrix import RIJEN

    gevonden = {(rij.naam, adres(bezetting, rij)) for rij in RIJEN if rij.methode == "GET"}
    for naam in set(alle_adressen()) - {naam for naam, _ in gevonden}:
        try:
            gevonden.add((naam, reverse(naam)))
        except NoReverseMatch:
            continue
    return sorted(gevonden)


def zonder_adres() -> list[str]:
    """Names of addresses with a key in them for which the matrix has no row: nobody knows what to fill in."""
    from django.urls import reverse
    from django.urls.exceptions import NoReverseMatch

    from tests.rechten.aanvraag import alle_adressen
    from tests.rechten.matrix import BUITEN_BEELD, RIJEN

    over = []
    for naam in set(alle_adressen()) - {rij.naam for rij in RIJEN} - set(BUITEN_BEELD):
        try:
            reverse(naam)
        except NoReverseMatch:
            over.append(naam)
    return over


if __name__ == "__main__":
    django.setup()
    print(json.dumps(vul()))
