"""What this floor hangs into the registries of the floors below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerlingen import profielen_van_school, stukinhoud, tabbladen
from leerlingen.inhangen import heeft_rol
from leerlingen.models import Dossierstuk, Leerling
from lvs import vervolg
from lvs.vastgelegd import SOORT
from zorg.kern import navigatie
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht, registreer_regel
from zorg.logboek import teksten

met_groep = heeft_rol("leerkracht", "vervanger", "ib", "directeur", "rt", "assistent", "specialist", "teamleider")
legt_vast = heeft_rol("leerkracht", "vervanger", "ib", "directeur", "rt")
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


def signaalversies(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
    """Earlier versions of a recorded signal are as visible as the signal."""
    from lvs.models import VastgelegdSignaal

    zichtbaar = VastgelegdSignaal.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
    return [alle.model.objects.van_scholen(scholen).order_by().filter(pgh_obj__in=zichtbaar).values("pk")]


def teken_signaal(request: HttpRequest, stuk: Dossierstuk, zicht: str) -> str:
    """What a recorded signal says, on the page of its piece and in the portal when it is shared."""
    from lvs.models import VastgelegdSignaal
    from lvs.selecties import stand_in_woorden
    from lvs.vastgelegd import categorienaam

    signaal = VastgelegdSignaal.objects.zichtbaar_voor(request.user, zicht).filter(stuk=stuk).first()
    if signaal is None:
        return ""
    profiel = profielen_van_school.huidig_profiel(stuk.school)
    inhoud = {
        "signaal": signaal,
        "naam": categorienaam(profiel, signaal.categorie),
        "vaknaam": next((vak.naam for vak in profiel.vakgebieden if vak.code == stuk.vakgebied), ""),
        "stand": stand_in_woorden(signaal.stand, signaal.waar),
        "met_stand": zicht == Recht.INZIEN,
        "naar": zicht == Recht.INZIEN,
    }
    return render_to_string("lvs/signaal_inhoud.html", inhoud, request=request)


def signaalkaart(request: HttpRequest, leerling: Leerling) -> str:
    """The recorded signals on the first tab of the pupil page."""
    from lvs.models import VastgelegdSignaal
    from lvs.selecties import met_namen

    rijen = list(
        VastgelegdSignaal.objects.zichtbaar_voor(request.user)
        .filter(leerling=leerling)
        .lopend()
        .select_related("stuk__opgesteld_door")
    )
    if not rijen:
        return ""
    met_namen(rijen, profielen_van_school.huidig_profiel(leerling.school))
    return render_to_string("lvs/signaalkaart.html", {"rijen": rijen, "leerling": leerling}, request=request)


def alles() -> None:
    """Called once, when the app is ready."""
    registreer_regel("lvs.ResultaatGebeurtenis", resultaatversies)
    registreer_regel("lvs.ResultatenreeksGebeurtenis", reeksversies)
    registreer_regel("lvs.VastgelegdSignaalGebeurtenis", signaalversies)
    navigatie.registreer(navigatie.Navigatiepunt("Mijn groep", "groepen:lijst", 20, met_groep, mobiel=True))
    navigatie.registreer(navigatie.Navigatiepunt("Toetsen", "toetsen:start", 80, voert_in))
    tabbladen.registreer(tabbladen.Tabblad("resultaten", "Resultaten", "resultaten:leerling", 30))
    tabbladen.registreer(tabbladen.Tabblad("signalen", "Signalen", "signalen:leerling", 25))
    tabbladen.registreer_knop(tabbladen.Knop("Signaal vastleggen", "signalen:nieuw", legt_vast))
    tabbladen.registreer_kaart(signaalkaart)
    stukinhoud.registreer("resultaten", teken_reeks)
    stukinhoud.registreer(SOORT, teken_signaal)
    vervolg.registreer(vervolg.naar_resultaten)
    vervolg.registreer(vervolg.naar_weekplanning)
    teksten.registreer(
        groepsoverzicht_ingezien="bekeek het overzicht van de groep",
        groepsoverzicht_meegenomen="nam het overzicht van de groep mee als bestand",
        resultaat_gecorrigeerd="verbeterde een toetsresultaat",
        resultaat_vastgelegd="voerde een toetsresultaat in",
        resultaat_verwijderd="haalde een toetsresultaat weg",
        resultaten_ingezien="bekeek de toetsresultaten",
        resultaten_vastgelegd="voerde toetsresultaten in",
        signaal_afgesloten="sloot een signaal af",
        signaal_gewijzigd="verbeterde een signaal",
        signaal_heropend="zette een signaal weer open",
        signaal_opgepakt="pakte een signaal op",
        signaal_vastgelegd="legde een signaal vast",
        signalen_ingezien="bekeek de signalen van de leerling",
        weekplanning_ingezien="bekeek de weekplanning van de groep",
    )
