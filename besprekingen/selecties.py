"""Reads of the meetings floor, always for a user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Deelnemer, Evaluatie, Gesprek, Rapport
from besprekingen.services import rollen_bij, vorm_van, zorgfeiten
from leerlingen import profielen_van_school, zorgroute
from leerlingen.models import Document, Groep, Leerling, Toestemming, Toestemmingsantwoord, Zorgniveauperiode
from leerlingen.profiel import Profiel
from leerlingen.watnu import Punt, WatNu
from zorg.kern import klok


@dataclass(frozen=True)
class Regel:
    """One meeting in a list."""

    bespreking: Bespreking
    naam: str
    aantal: int


def besprekingen_van(gebruiker: Any, *, welke: str, maximum: int = 100) -> list[Regel]:
    """The meetings the user sees: `komend`, `geweest`, or `alles`; with how many visible pupils are on the agenda."""
    alle = Bespreking.objects.zichtbaar_voor(gebruiker).select_related("groep", "profielversie")
    if welke == "geweest":
        alle = alle.exclude(status__in=["gepland", "uitgenodigd"]).order_by("-begin", "-pk")
    else:
        alle = alle.komend() if welke == "komend" else alle.order_by("-begin", "-pk")
    rijen = list(alle[:maximum])
    aantallen: dict[int, int] = {}
    for bespreking_id in (
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking__in=rijen, leerling__isnull=False)
        .values_list("bespreking", flat=True)
    ):
        aantallen[bespreking_id] = aantallen.get(bespreking_id, 0) + 1
    return [Regel(rij, vorm_van(rij).naam, aantallen.get(rij.pk, 0)) for rij in rijen]


@dataclass(frozen=True)
class Agendarij:
    """One item with everything of it that the user may see."""

    punt: Agendapunt
    document: Document | None
    doelen: list[Evaluatie]
    besluit: Besluit | None
    besluitnaam: str
    acties: list[Actiepunt]
    mag: bool


def agenda_van(gebruiker: Any, bespreking: Bespreking) -> list[Agendarij]:
    """The visible items of a meeting in order."""
    punten = list(
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking=bespreking)
        .select_related("leerling", "stuk", "plan", "bespreking__school", "bespreking__profielversie")
    )
    zien = {"agendapunt__in": punten}
    doelen = _per_punt(Evaluatie.objects.zichtbaar_voor(gebruiker).filter(**zien).select_related("geevalueerd_door"))
    acties = _per_punt(Actiepunt.objects.zichtbaar_voor(gebruiker).filter(**zien).select_related("wie"))
    besluiten = _per_punt(Besluit.objects.zichtbaar_voor(gebruiker).filter(**zien).select_related("genomen_door"))
    documenten = {
        document.stuk_id: document
        for document in Document.objects.zichtbaar_voor(gebruiker).filter(
            stuk__in=[p.stuk_id for p in punten if p.stuk_id]
        )
    }
    schrijft = set(
        Leerling.objects.zichtbaar_voor(gebruiker, "wijzigen")
        .filter(pk__in=[punt.leerling_id for punt in punten if punt.leerling_id])
        .values_list("pk", flat=True)
    )
    namen = {besluit.code: besluit.naam for besluit in vorm_van(bespreking).besluiten}
    rijen = []
    for punt in punten:
        besluit = next(iter(besluiten.get(punt.pk, [])), None)
        rijen.append(
            Agendarij(
                punt,
                documenten.get(punt.stuk_id),
                doelen.get(punt.pk, []),
                besluit,
                namen.get(besluit.code, besluit.code) if besluit else "",
                acties.get(punt.pk, []),
                punt.leerling_id in schrijft,
            )
        )
    return rijen


def _per_punt(rijen: Any) -> dict[int, list[Any]]:
    per: dict[int, list[Any]] = {}
    for rij in rijen:
        per.setdefault(rij.agendapunt_id, []).append(rij)
    return per


def deelnemers_van(gebruiker: Any, bespreking: Bespreking) -> list[Deelnemer]:
    """Who sits at the table, as far as the user may know."""
    return list(
        Deelnemer.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking=bespreking)
        .select_related("persoon")
        .order_by("pk")
    )


def open_afspraken(gebruiker: Any, bespreking: Bespreking) -> list[Actiepunt]:
    """Agreements of earlier meetings about the same group or pupils that are not done: they come back."""
    leerlingen = (
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking=bespreking, leerling__isnull=False)
        .values_list("leerling", flat=True)
    )
    eerder = Actiepunt.objects.zichtbaar_voor(gebruiker).open().filter(bespreking__begin__lt=bespreking.begin)
    over = eerder.filter(agendapunt__leerling__in=list(leerlingen))
    rijen = list(over.select_related("wie", "agendapunt__leerling"))
    if bespreking.groep_id:
        rijen += list(
            eerder.filter(agendapunt__isnull=True, bespreking__groep=bespreking.groep_id).select_related("wie")
        )
    return rijen


# -- the care route of one pupil ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stap:
    """A step that the route knows, judged for who asks."""

    oordeel: zorgroute.Oordeel
    naam: str
    uitkomsten: list[tuple[zorgroute.Uitkomst, str]]


@dataclass(frozen=True)
class Route:
    """Where a pupil is, how it got there, what is next, and which steps there are."""

    profiel: Profiel
    volgende: zorgroute.Volgende
    geschiedenis: list[tuple[Zorgniveauperiode, str]]
    stappen: list[Stap]


def route_van(gebruiker: Any, leerling: Leerling) -> Route:
    """The care route of a pupil whom the user sees."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    feiten = zorgfeiten(leerling, rollen_bij(leerling, gebruiker))
    perioden = (
        Zorgniveauperiode.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .select_related("besloten_door")
        .order_by("-periode")
    )
    van = feiten.niveau or profiel.laagste_niveau.code
    stappen = [
        Stap(
            oordeel,
            profiel.zoek_niveau(oordeel.naar).naam,
            [
                (u, adres(u.link, leerling) if not u.voldaan else "")
                for u in oordeel.uitkomsten
                if u.voorwaarde != "rol"
            ],
        )
        for oordeel in zorgroute.mogelijke_stappen(profiel, van, feiten)
    ]
    return Route(
        profiel,
        zorgroute.volgende_stap(profiel, feiten),
        [(periode, _niveaunaam(profiel, periode.niveau)) for periode in perioden],
        stappen,
    )


def _niveaunaam(profiel: Profiel, code: str) -> str:
    try:
        return profiel.zoek_niveau(code).naam
    except KeyError:
        return code


def adres(link: str, leerling: Leerling) -> str:
    """The page where what is missing can be done; empty where there is none yet."""
    soort, _, rest = link.partition(":")
    kind = {"leerling_id": leerling.pk}
    if soort == "toestemming":
        return reverse("besprekingen:vragen", kwargs=kind) + f"?doel={rest}"
    if soort == "gesprek":
        return reverse("besprekingen:gesprek", kwargs=kind) + f"?soort={rest}"
    if soort == "bespreking":
        return reverse("besprekingen:nieuw", kwargs=kind) + f"?soort={rest}"
    if soort in ("evaluatie", "besluit"):
        return reverse("besprekingen:leerling", kwargs=kind)
    if soort == "document" and rest.startswith("okr"):
        return reverse("besprekingen:zorg", kwargs=kind) + "#rapport"
    if soort == "gezag":
        return reverse("leerlingen:ouders", kwargs=kind)
    if soort == "overgang":
        return reverse("besprekingen:zorg", kwargs=kind)
    return ""


def wat_nu(request: HttpRequest, leerling: Leerling) -> WatNu | None:
    """The one answer for the pupil page; only for who works with the pupil."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    volgende = zorgroute.volgende_stap(profiel, zorgfeiten(leerling))
    if volgende.soort in ("volgen", "klaar") and not volgende.uitkomsten:
        return None
    link = adres(volgende.link, leerling) or reverse("besprekingen:zorg", kwargs={"leerling_id": leerling.pk})
    return WatNu(
        titel=volgende.titel,
        zin=volgende.zin,
        punten=tuple(Punt(u.kort, u.voldaan) for u in volgende.uitkomsten if u.soort == "hard" or not u.voldaan),
        voor=volgende.voor,
        laat=volgende.dagen_te_laat > 0,
        knop="Naar de zorgroute" if "zorg/" in link else "Doen",
        link=link,
    )


def toestemmingen_van(gebruiker: Any, leerling: Leerling) -> list[dict[str, Any]]:
    """The requests for consent about a pupil with everybody's last answer."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    vragen = list(Toestemming.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling).order_by("-gevraagd_op"))
    antwoorden: dict[int, dict[int, Toestemmingsantwoord]] = {}
    for rij in (
        Toestemmingsantwoord.objects.zichtbaar_voor(gebruiker)
        .filter(toestemming__in=vragen)
        .select_related("persoon")
        .order_by("op", "pk")
    ):
        antwoorden.setdefault(rij.toestemming_id, {})[rij.persoon_id] = rij
    namen = {vorm.code: vorm.naam for vorm in profiel.toestemmingen}
    return [
        {
            "vraag": vraag,
            "naam": namen.get(vraag.doel, vraag.doel),
            "antwoorden": list(antwoorden.get(vraag.pk, {}).values()),
        }
        for vraag in vragen
    ]


def rapporten_van(gebruiker: Any, leerling: Leerling) -> list[Rapport]:
    """The reports of a pupil that the user may see, newest first."""
    return list(
        Rapport.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling).select_related("bijlage", "gevraagd_door")
    )


def gesprekken_van(gebruiker: Any, leerling: Leerling) -> list[Gesprek]:
    """The talks on record about a pupil, newest first."""
    return list(Gesprek.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling).select_related("stuk")[:20])


def besprekingen_over(gebruiker: Any, leerling: Leerling) -> list[Agendarij]:
    """The items about one pupil, newest meeting first."""
    punten = list(
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .select_related("bespreking__profielversie", "bespreking__school", "stuk", "leerling")
        .order_by("-bespreking__begin", "-pk")
    )
    doelen = _per_punt(Evaluatie.objects.zichtbaar_voor(gebruiker).filter(agendapunt__in=punten))
    besluiten = _per_punt(Besluit.objects.zichtbaar_voor(gebruiker).filter(agendapunt__in=punten))
    rijen = []
    for punt in punten:
        vorm = vorm_van(punt.bespreking)
        punt.soortnaam = vorm.naam
        besluit = next(iter(besluiten.get(punt.pk, [])), None)
        namen = {rij.code: rij.naam for rij in vorm.besluiten}
        naam = namen.get(besluit.code, besluit.code) if besluit else ""
        rijen.append(Agendarij(punt, None, doelen.get(punt.pk, []), besluit, naam, [], mag=True))
    return rijen


def groepen_zonder_bespreking(gebruiker: Any, dag: date) -> list[Groep]:
    """Groups whose group meeting the user may plan and that have none to come."""
    groepen = Groep.objects.zichtbaar_voor(gebruiker, "wijzigen").van_dag(dag).filter(soort="stamgroep")
    gepland = set(
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .komend()
        .filter(groep__isnull=False, begin__gte=klok.nu())
        .values_list("groep", flat=True)
    )
    return [groep for groep in groepen.order_by("jaargroep", "naam") if groep.pk not in gepland]
