"""What a piece of the dossier holds when that is no paper: the floor that owns the kind renders it, registered here.

Whoever may read the piece reads this too: staff, a parent with whom it is shared, an expert to whom it is granted.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from leerlingen.models import Dossierstuk
from zorg.kern.querysets import Recht

Tekenaar = Callable[[HttpRequest, Dossierstuk, str], str]

_tekenaars: dict[str, Tekenaar] = {}


def registreer(soort: str, tekenaar: Tekenaar) -> None:
    """`tekenaar(request, stuk, zicht)` draws pieces of this kind with what the user sees under the right `zicht`."""
    _tekenaars[soort] = tekenaar


def van(request: HttpRequest, stuk: Dossierstuk, zicht: str = Recht.INZIEN) -> str:
    """The contents of a piece that is no paper; empty for any other."""
    tekenaar = _tekenaars.get(stuk.soort)
    return tekenaar(request, stuk, zicht) if tekenaar else ""
