"""What this floor hangs into the registries of the floors below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerlingen import stukinhoud, tabbladen
from leerlingen.inhangen import heeft_rol
from leerlingen.models import Dossierstuk
from zorg.kern import navigatie
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import registreer_regel
from zorg.logboek import teksten

met_groep = heeft_rol("leerkracht", "vervanger", "ib", "directeur", "rt", "assistent", "specialist", "teamleider")
voert_in = heeft_rol("leerkracht", "vervanger", "ib", "directeur", "rt")


def resultaatversies(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
    """Earlier versions of a result are as visible as its series."""
    from lvs.models import Resultatenreeks

    reeksen = Resultatenreeks.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
    return [alle.model.objects.van_scholen(scholen).order_by().filter(reeks__in=reeksen).values("pk")]


def reeksversies(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
    """The same for the series itself."""
    from lvs.models import Resultatenreeks

    reeksen = Resultatenreeks.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
    return [alle.model.objects.van_scholen(scholen).order_by().filter(pgh_obj__in=reeksen).values("pk")]


def teken_reeks(request: HttpRequest, stuk: Dossierstuk, zicht: str) -> str:
    """The results behind a piece of the dossier: chart and table."""
    from lvs.grafieken import groeilijn
    from lvs.selecties import resultaten_van_stuk

    vak = resultaten_van_stuk(request.user, stuk, zicht)
    if vak is None:
        return ""
    inhoud = {"vak": vak, "grafiek": groeilijn(vak.naam, vak.beeld)}
    return render_to_string("lvs/vak.html", inhoud, request=request)


def alles() -> None:
    """Called once, when the app is ready."""
    registreer_regel("lvs.ResultaatGebeurtenis", resultaatversies)
    registreer_regel("lvs.ResultatenreeksGebeurtenis", reeksversies)
    navigatie.registreer(navigatie.Navigatiepunt("Mijn groep", "groepen:lijst", 20, met_groep, mobiel=True))
    navigatie.registreer(navigatie.Navigatiepunt("Toetsen", "toetsen:start", 80, voert_in))
    tabbladen.registreer(tabbladen.Tabblad("resultaten", "Resultaten", "resultaten:leerling", 30))
    stukinhoud.registreer("resultaten", teken_reeks)
    teksten.registreer(
        groepsoverzicht_ingezien="bekeek het overzicht van de groep",
        groepsoverzicht_meegenomen="nam het overzicht van de groep mee als bestand",
        resultaat_gecorrigeerd="verbeterde een toetsresultaat",
        resultaat_vastgelegd="voerde een toetsresultaat in",
        resultaat_verwijderd="haalde een toetsresultaat weg",
        resultaten_ingezien="bekeek de toetsresultaten",
        resultaten_vastgelegd="voerde toetsresultaten in",
    )
