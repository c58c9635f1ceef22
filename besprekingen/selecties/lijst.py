"""The list of meetings, and what waits for this user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest

from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services import vorm_van
from leerlingen import profielen_van_school, toegang
from leerlingen.models import Groep
from leerlingen.namen import zoeksleutel
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.selecties import open_taken
from leerlingen.termijn import opsomming
from zorg.kern import klok
from zorg.kern.chips import Chip
from zorg.kern.models import School

WACHT = ("bespreking", "voorbereiden", "evalueren")
OPEN = ("gepland", "uitgenodigd")
MAXIMUM = 200


@dataclass(frozen=True)
class Regel:
    """One meeting in a list, with how many visible pupils are on its agenda."""

    bespreking: Bespreking
    naam: str
    leerlingen: int
    vandaag: date

    @property
    def dag(self) -> date:
        return self.bespreking.begin.astimezone(ZoneInfo(self.bespreking.school.tijdzone)).date()

    @property
    def dagen_te_laat(self) -> int:
        """Held probably, but not rounded off: since how many days."""
        return max(0, (self.vandaag - self.dag).days) if self.bespreking.is_open else 0

    @property
    def dagen_nog(self) -> int | None:
        """Days until it begins, within a fortnight."""
        dagen = (self.dag - self.vandaag).days
        return dagen if self.bespreking.is_open and 0 <= dagen <= 14 else None


@dataclass(frozen=True)
class Lijst:
    """The page: filters with counts, the kinds within the chosen one, and the rows."""

    welke: str
    soort: str
    chips: list[Chip]
    soorten: list[Chip]
    regels: list[Regel]


NAMEN = {
    "mijn": "Van mij",
    "komend": "Komend",
    "afronden": "Nog afronden",
    "geweest": "Geweest",
    "afgezegd": "Afgezegd",
}


def besprekingenlijst(gebruiker: Any, *, welke: str, soort: str) -> Lijst:
    """The meetings the user sees, worst first: what should have been rounded off, then the nearest."""
    nu = klok.nu()
    eigen = Exists(
        Deelnemer.objects.zichtbaar_voor(gebruiker).filter(bespreking=OuterRef("pk"), persoon__gebruiker=gebruiker)
    )
    alle = Bespreking.objects.zichtbaar_voor(gebruiker).alias(eigen=eigen)
    filters = _kies(nu)
    aantallen = alle.aggregate(**{code: Count("pk", filter=q) for code, q in filters.items()})
    if welke not in filters:
        welke = "mijn" if aantallen["mijn"] else "komend"
    achteruit = welke in ("geweest", "afgezegd")
    gekozen = alle.filter(filters[welke]).select_related("groep", "profielversie", "school", "voorzitter")
    rijen = list(gekozen.order_by("-begin" if achteruit else "begin", "pk")[:MAXIMUM])
    per_soort: dict[str, int] = {}
    for rij in rijen:
        per_soort[rij.soort] = per_soort.get(rij.soort, 0) + 1
    namen = {rij.soort: vorm_van(rij).naam for rij in rijen}
    if soort not in per_soort:
        soort = ""
    getoond = [rij for rij in rijen if not soort or rij.soort == soort]
    leerlingen = _leerlingen(gebruiker, getoond)
    return Lijst(
        welke=welke,
        soort=soort,
        chips=[Chip(c, NAMEN[c], aantallen[c]) for c in filters if aantallen[c] or c in ("mijn", "komend", welke)],
        soorten=[Chip(c, namen[c], n) for c, n in sorted(per_soort.items())] if len(per_soort) > 1 else [],
        regels=[Regel(rij, namen[rij.soort], leerlingen.get(rij.pk, 0), klok.vandaag(rij.school)) for rij in getoond],
    )


def in_de_kalender(gebruiker: Any, soort: str) -> list[Regel]:
    """The next meetings about pupils that the calendar holds already: of this kind, else the nearest of each kind."""
    rijen = (
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .komend()
        .filter(begin__gte=klok.nu(), groep__isnull=True, sleutel__startswith="jaar:")
        .select_related("groep", "profielversie", "school", "voorzitter")
    )
    eerste: dict[str, Regel] = {}
    for rij in rijen.filter(soort=soort) if soort else rijen:
        vorm = vorm_van(rij)
        if vorm.over == "leerling" and rij.soort not in eerste:
            eerste[rij.soort] = Regel(rij, vorm.naam, 0, klok.vandaag(rij.school))
    return list(eerste.values())


def zoek(gebruiker: Any, woorden: Sequence[str], maximum: int) -> list[Regel]:
    """The meetings of a year around now of which every word is in their kind or their group; the nearest day first.

    Never by a pupil: who that is stands on the pupil's own page.
    """
    nu = klok.nu()
    alle = (
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .filter(begin__gte=nu - timedelta(days=183), begin__lt=nu + timedelta(days=183))
        .exclude(status="afgezegd")
    )
    rijen = [
        (rij, vorm_van(rij))
        for rij in alle.select_related("groep", "profielversie", "school", "voorzitter").order_by("begin", "pk")[
            :MAXIMUM
        ]
    ]
    sleutels = [zoeksleutel(woord) for woord in woorden]
    gevonden = [
        Regel(rij, vorm.naam, 0, klok.vandaag(rij.school))
        for rij, vorm in rijen
        if all(s and s in zoeksleutel(f"{vorm.naam} {rij.groep.naam if rij.groep else ''}") for s in sleutels)
    ]
    return sorted(gevonden, key=lambda regel: abs(regel.dag - regel.vandaag))[:maximum]


def _kies(nu: datetime) -> dict[str, Q]:
    open_ = Q(status__in=OPEN)
    return {
        "afronden": open_ & Q(begin__lt=nu),
        "mijn": open_ & Q(begin__gte=nu, eigen=True),
        "komend": open_ & Q(begin__gte=nu),
        "geweest": Q(status="gehouden"),
        "afgezegd": Q(status="afgezegd"),
    }


def _leerlingen(gebruiker: Any, rijen: list[Bespreking]) -> dict[int, int]:
    punten = (
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking__in=rijen, leerling__isnull=False)
        .order_by()
        .values_list("bespreking")
        .annotate(aantal=Count("pk"))
    )
    return dict(punten)


def aantal_wachtend(request: HttpRequest) -> int:
    """How many meetings, preparations and evaluations wait for this user: for the navigation."""
    return sum(aantal for soort, aantal in open_taken(request).items() if soort in WACHT)


def groepen_zonder_bespreking(gebruiker: Any, dag: date) -> list[Groep]:
    """Groups whose group meeting the user may plan and that have none to come."""
    komt = (
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .komend()
        .order_by()
        .filter(groep=OuterRef("pk"), soort="groepsbespreking", begin__gte=klok.nu())
    )
    return list(
        Groep.objects.zichtbaar_voor(gebruiker, "wijzigen")
        .van_dag(dag)
        .filter(soort="stamgroep")
        .exclude(Exists(komt))
        .order_by("volgorde", "naam")
    )


def te_beginnen(gebruiker: Any, school: School) -> list[Besprekingsvorm]:
    """The kinds of meeting that this user may plan, by the procedure."""
    rollen = toegang.rollen_van(gebruiker)
    profiel = profielen_van_school.huidig_profiel(school)
    return [vorm for vorm in profiel.bespreking if not vorm.beeindigd and rollen & {*vorm.initiatief, vorm.organisator}]


def over_een_leerling(gebruiker: Any, school: School) -> list[Besprekingsvorm]:
    """The kinds of meeting about one pupil that this user may plan."""
    return [vorm for vorm in te_beginnen(gebruiker, school) if vorm.over == "leerling"]


def wie_begint(school: School) -> str:
    """Who plans a meeting about one pupil here, for somebody who may not: «leerkracht of intern begeleider»."""
    profiel = profielen_van_school.huidig_profiel(school)
    vormen = [vorm for vorm in profiel.bespreking if vorm.over == "leerling" and not vorm.beeindigd]
    rollen = dict.fromkeys(rol for vorm in vormen for rol in (*vorm.initiatief, vorm.organisator))
    return opsomming(map(profiel.rolnaam, rollen), "of")
