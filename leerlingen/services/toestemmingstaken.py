"""Who asked hears that a parent says no or takes a yes back, and that people from outside read no more."""

from __future__ import annotations

from typing import Any

from leerlingen.models import Persoon, Toestemming, Toestemmingsantwoord
from leerlingen.services.buiten import rollen_nu
from leerlingen.services.taken import taak_maken, taken_laten_vervallen, van_rol

SOORT = "toestemming_gevallen"
Keuze = Toestemmingsantwoord.Keuze


def wie_gaat_verder(toestemming: Toestemming) -> list[dict[str, Any]]:
    """Who asked, or the intern begeleiders when that person works here no more (without them: the director)."""
    vrager: Persoon = toestemming.gevraagd_door
    rollen = rollen_nu(vrager)
    if rollen:
        return [{"persoon": vrager, "rol": next((r for r in ("ib", "directeur", "teamleider") if r in rollen), "")}]
    return van_rol(toestemming.school, "ib") or van_rol(toestemming.school, "directeur")


def vertel_antwoord(antwoord: Toestemmingsantwoord, *, vorige: str, gestopt: int) -> None:
    """A task after a no, or after words that ended access; an older one of this parent is then no longer needed."""
    toestemming = antwoord.toestemming
    begin = f"{SOORT}:{toestemming.pk}:{antwoord.persoon_id}:"
    taken_laten_vervallen(school=toestemming.school, begin=begin, door=None)
    terug = vorige == Keuze.JA and antwoord.keuze != Keuze.JA
    if antwoord.keuze != Keuze.NEE and not terug:
        return
    uitleg = f"{antwoord.persoon.naam} {'trekt een eerder ja in' if terug else 'geeft geen toestemming'}."
    ontvangers = wie_gaat_verder(toestemming)
    if gestopt:
        uitleg += " Wie van buiten de school de stukken las, kan er niet meer bij."
        al = {wie["persoon"].pk for wie in ontvangers}
        ontvangers += [wie for wie in van_rol(toestemming.school, "ib") if wie["persoon"].pk not in al]
    for wie in ontvangers:
        taak_maken(
            school=toestemming.school,
            soort=SOORT,
            sleutel=f"{begin}{antwoord.pk}:{wie['persoon'].pk}",
            titel="Een ouder trekt toestemming in" if terug else "Een ouder geeft geen toestemming",
            uitleg=uitleg,
            leerling=toestemming.leerling,
            link=f"/besprekingen/leerlingen/{toestemming.leerling_id}/zorg/",
            knop="Bekijken hoe het verder gaat",
            door=None,
            **wie,
        )
