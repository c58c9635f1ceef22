"""Fills the database of a house with the fixed cast and prints who is in it; run as a process of its own."""

from __future__ import annotations

import json
import os
from typing import Any

import django

WACHTWOORD = "zorgpad-test-wachtwoord"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorg.settings")


def vul() -> dict[str, Any]:
    """The ids and e-mail addresses by name; every account has the same password."""
    from django.db.models import Model

    from tests.bouw import vaste_bezetting

    bezetting = vaste_bezetting()
    ids = {
        naam: waarde.pk for naam, waarde in {**vars(bezetting), **bezetting.extra}.items() if isinstance(waarde, Model)
    }
    adressen = {}
    for naam, lid in bezetting.leden():
        lid.gebruiker.set_password(WACHTWOORD)
        lid.gebruiker.save(update_fields=["password"])
        adressen[naam] = lid.gebruiker.email
        ids[naam] = lid.persoon.pk
    return {"ids": ids, "adressen": adressen, "wachtwoord": WACHTWOORD}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(vul()))
