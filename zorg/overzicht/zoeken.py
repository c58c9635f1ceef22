"""Search over all apps, each in what the user may see: pupils, groups, plans, meetings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from besprekingen.selecties import lijst as besprekingen
from leerlingen.models import Groep, Leerling, Plaatsing
from leerlingen.selecties import vandaag_van
from plannen.selecties import lijst as plannen

LEERLINGEN, OVERIGE = 20, 8
"""How many are shown: whoever gets more types another letter."""


@dataclass(frozen=True)
class Treffer:
    """One found pupil, with the name of their group."""

    leerling: Leerling
    groep: str


@dataclass(frozen=True)
class Gevonden:
    """What was found, by kind."""

    leerlingen: list[Treffer] = field(default_factory=list)
    groepen: list[Groep] = field(default_factory=list)
    plannen: list[plannen.Planregel] = field(default_factory=list)
    besprekingen: list[besprekingen.Regel] = field(default_factory=list)

    @property
    def aantal(self) -> int:
        return len(self.leerlingen) + len(self.groepen) + len(self.plannen) + len(self.besprekingen)


def zoekresultaat(request: HttpRequest, tekst: str) -> Gevonden:
    """Every word must fit: «rekenen 6a» is the plan, «6a» also the group and its meetings."""
    gebruiker, dag = request.user, vandaag_van(request)
    woorden = tekst.split()[:6]
    groepen = Groep.objects.zichtbaar_voor(gebruiker).van_dag(dag)
    for woord in woorden:
        groepen = groepen.filter(naam__icontains=woord)
    return Gevonden(
        leerlingen=_leerlingen(gebruiker, tekst, dag),
        groepen=list(groepen.order_by("volgorde", "naam")[:OVERIGE]),
        plannen=plannen.zoek(gebruiker, woorden, dag, OVERIGE),
        besprekingen=besprekingen.zoek(gebruiker, woorden, OVERIGE),
    )


def _leerlingen(gebruiker: Any, tekst: str, dag: Any) -> list[Treffer]:
    gevonden = list(Leerling.objects.zichtbaar_voor(gebruiker).zoek(tekst).order_by("sorteernaam")[:LEERLINGEN])
    groepen = {
        plaatsing.leerling_id: plaatsing.groep.naam
        for plaatsing in Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(leerling__in=[leerling.pk for leerling in gevonden], stamgroep=True, periode__contains=dag)
        .select_related("groep")
    }
    return [Treffer(leerling, groepen.get(leerling.pk, "")) for leerling in gevonden]
