"""The calendar: meetings by week, with holidays, for one user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.schooljaar import vensters
from besprekingen.services import activiteit_van, jaar_van, vorm_van
from leerlingen import profielen_van_school, toegang
from leerlingen.inhangen import STAF
from leerlingen.models import Schooljaar, Vrij
from leerlingen.profiel.bespreken import Activiteit
from leerlingen.services.hulp import periode_vanaf
from leerlingen.termijn import dagnaam, datumtekst
from zorg.kern import klok
from zorg.kern.chips import Chip
from zorg.kern.models import School


@dataclass(frozen=True)
class Bijeenkomst:
    """One meeting on a line."""

    bespreking: Bespreking
    naam: str
    begin: datetime
    wie: str
    leerlingen: int
    activiteit: Activiteit | None = None
    """What of the year cycle it is: with what lies on the table, what is done before and after."""


@dataclass(frozen=True)
class Schrijfwerk:
    """Something that is to be ready in this week, without a meeting."""

    naam: str
    voor: date
    url: str


@dataclass
class Week:
    """A week from Monday to Friday: what is on, what is to be ready, and what is free."""

    nummer: int
    maandag: date
    huidig: bool
    bijeenkomsten: list[Bijeenkomst] = field(default_factory=list)
    werk: list[Schrijfwerk] = field(default_factory=list)
    vrij: list[str] = field(default_factory=list)

    @property
    def vrijdag(self) -> date:
        return self.maandag + timedelta(days=4)


@dataclass(frozen=True)
class Kalender:
    """One month in weeks, with the filters above it."""

    eerste: date
    weken: list[Week]
    chips: list[Chip]
    wat: str
    aantal: int


def kalender(gebruiker: Any, school: School, eerste: date, wat: str) -> Kalender:
    """The weeks that touch this month; `wat` is all, one's own (`mijn`), or a kind of meeting."""
    zone = ZoneInfo(school.tijdzone)
    van = eerste - timedelta(days=eerste.weekday())
    tot = (eerste + timedelta(days=32)).replace(day=1)
    tot += timedelta(days=-tot.weekday() % 7)
    eigen = Deelnemer.objects.zichtbaar_voor(gebruiker).filter(bespreking=OuterRef("pk"), persoon__gebruiker=gebruiker)
    rijen = list(
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .exclude(status=Bespreking.Status.AFGEZEGD)
        .filter(begin__gte=_moment(van, zone), begin__lt=_moment(tot, zone))
        .annotate(van_mij=Exists(eigen))
        .select_related("groep", "profielversie", "school", "voorzitter")
        .order_by("begin", "pk")
    )
    chips = _chips(rijen)
    if wat not in {chip.code for chip in chips}:
        wat = ""
    getoond = [rij for rij in rijen if not wat or rij.soort == wat or (wat == "mijn" and rij.van_mij)]
    leerlingen = _leerlingen(gebruiker, getoond)
    vandaag = klok.vandaag(school)
    weken = [
        Week(maandag.isocalendar()[1], maandag, maandag <= vandaag < maandag + timedelta(days=7))
        for maandag in (van + timedelta(weeks=n) for n in range((tot - van).days // 7))
    ]
    per_week = {week.maandag: week for week in weken}
    for rij in getoond:
        begin = rij.begin.astimezone(zone)
        maandag = begin.date() - timedelta(days=begin.weekday())
        per_week[maandag].bijeenkomsten.append(
            Bijeenkomst(
                rij,
                _naam(rij),
                begin,
                rij.voorzitter.naam if rij.voorzitter else "",
                leerlingen.get(rij.pk, 0),
                activiteit_van(rij) if vorm_van(rij).over != "leerling" else None,
            )
        )
    _vrije_dagen(gebruiker, school, weken, van, tot)
    if wat in ("", "mijn"):
        _schrijfwerk(gebruiker, school, per_week, alleen_mijn=wat == "mijn")
    return Kalender(eerste, weken, chips, wat, len(getoond))


def _moment(dag: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(dag, time.min, tzinfo=zone)


def _naam(rij: Bespreking) -> str:
    return vorm_van(rij).naam + (f" {rij.groep.naam}" if rij.groep else "")


def _chips(rijen: Iterable[Any]) -> list[Chip]:
    alle = list(rijen)
    namen: dict[str, str] = {}
    aantallen: dict[str, int] = {}
    for rij in alle:
        namen.setdefault(rij.soort, vorm_van(rij).naam)
        aantallen[rij.soort] = aantallen.get(rij.soort, 0) + 1
    mijn = sum(1 for rij in alle if rij.van_mij)
    chips = [Chip("", "Alles", len(alle)), Chip("mijn", "Van mij", mijn)]
    return chips + [Chip(code, namen[code], aantallen[code]) for code in sorted(aantallen)]


def _leerlingen(gebruiker: Any, rijen: list[Bespreking]) -> dict[int, int]:
    punten = (
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking__in=rijen, leerling__isnull=False)
        .order_by()
        .values_list("bespreking")
        .annotate(aantal=Count("pk"))
    )
    return dict(punten)


def _schrijfwerk(gebruiker: Any, school: School, per_week: dict[date, Week], *, alleen_mijn: bool) -> None:
    """What the year cycle wants ready in these weeks, for who works here with children."""
    rollen = toegang.rollen_van(gebruiker)
    if not rollen & STAF:
        return
    van, tot = min(per_week), max(per_week) + timedelta(days=7)
    profiel = profielen_van_school.huidig_profiel(school)
    maanden = {moment.code: moment.maand for moment in profiel.begrippen.toetsmomenten}
    jaren = Schooljaar.objects.zichtbaar_voor(gebruiker).filter(school=school, periode__overlap=periode_vanaf(van, tot))
    for schooljaar in jaren.select_related("school"):
        jaar = jaar_van(schooljaar)
        for activiteit in profiel.jaarcyclus:
            mijn = bool(rollen & {*activiteit.deelnemers})
            if (
                activiteit.bespreking
                or activiteit.beeindigd
                or activiteit.per == "leerling"
                or (alleen_mijn and not mijn)
            ):
                continue
            for venster in vensters(activiteit.tijdstip, jaar, maanden):
                voor = venster.tot_en_met
                if van <= voor < tot:
                    kind = {"schooljaar": schooljaar.naam, "code": activiteit.code}
                    url = reverse("papieren:activiteit", kwargs=kind)
                    per_week[voor - timedelta(days=voor.weekday())].werk.append(Schrijfwerk(activiteit.naam, voor, url))


def _vrije_dagen(gebruiker: Any, school: School, weken: list[Week], van: date, tot: date) -> None:
    rijen = list(Vrij.objects.zichtbaar_voor(gebruiker).filter(school=school, periode__overlap=periode_vanaf(van, tot)))
    for week in weken:
        for rij in rijen:
            eerste, laatste = (
                max(rij.periode.lower, week.maandag),
                min(rij.periode.upper - timedelta(days=1), week.vrijdag),
            )
            if eerste > laatste:
                continue
            hele = eerste == week.maandag and laatste == week.vrijdag
            week.vrij.append(rij.naam if hele else f"{rij.naam}, {_dagen(eerste, laatste)}")


def _dagen(eerste: date, laatste: date) -> str:
    namen = ("ma", "di", "wo", "do", "vr", "za", "zo")
    if eerste == laatste:
        return f"{namen[eerste.weekday()]} {eerste.day}"
    return f"{namen[eerste.weekday()]} {eerste.day} t/m {namen[laatste.weekday()]} {laatste.day}"


@dataclass(frozen=True)
class Vrijrij:
    """One free period in the list, with its days in words."""

    vrij: Vrij
    wanneer: str


def vrije_dagen(gebruiker: Any, schooljaar: Schooljaar) -> list[Vrijrij]:
    """What is free in a school year, in order."""
    vandaag = klok.vandaag(schooljaar.school)
    rijen = Vrij.objects.zichtbaar_voor(gebruiker).filter(school=schooljaar.school, periode__overlap=schooljaar.periode)
    uit = []
    for rij in rijen.order_by("periode", "pk"):
        van, tot = rij.periode.lower, rij.periode.upper - timedelta(days=1)
        eerste = f"{dagnaam(van)} {datumtekst(van, vandaag)}"
        uit.append(Vrijrij(rij, eerste if van == tot else f"{eerste} t/m {dagnaam(tot)} {datumtekst(tot, vandaag)}"))
    return uit


def mijn_afspraken(gebruiker: Any) -> list[tuple[Bespreking, str]]:
    """The meetings in which this account sits, from three months back, for a calendar elsewhere."""
    eigen = Deelnemer.objects.zichtbaar_voor(gebruiker).filter(bespreking=OuterRef("pk"), persoon__gebruiker=gebruiker)
    rijen = (
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .filter(Exists(eigen), begin__gte=klok.nu() - timedelta(days=92))
        .select_related("groep", "profielversie", "school")
        .order_by("begin", "pk")
    )
    return [(rij, _naam(rij)) for rij in rijen]
