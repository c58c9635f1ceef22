"""The care route of one pupil: where, how it came so, what is next, who, before when, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from besprekingen.adressen import adres
from besprekingen.models import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Evaluatie,
    Gesprek,
    Instantiebesluit,
    Onderzoek,
    Rapport,
)
from besprekingen.services import rollen_bij, voor_het_vervolg, voortgang_van, vorm_van, zorgfeiten
from besprekingen.services.rapport import gedaan_werk
from besprekingen.services.route import instanties_van, onderzoeken_van
from leerlingen import profielen_van_school, zorgroute
from leerlingen.models import Leerling, Toestemming, Toestemmingsantwoord, Zorgniveauperiode
from leerlingen.profiel import Profiel
from leerlingen.rechten_op import rechten_op
from leerlingen.watnu import Punt, WatNu
from leerlingen.zorgfeiten import Zorgfeiten
from zorg.kern import klok
from zorg.kern.querysets import Recht

KNOPPEN = {
    "toestemming": "Toestemming vragen",
    "gesprek": "Gesprek vastleggen",
    "bespreking": "Bespreking plannen",
    "evaluatie": "Evalueren",
    "besluit": "Besluit vastleggen",
    "document": "Naar het papier",
    "plan": "Naar de plannen",
    "gezag": "Naar Ouders",
    "overgang": "Naar de zorgroute",
    "onderzoek": "Onderzoek vastleggen",
    "onderzoek_met_ouders": "Onderzoek bijwerken",
    "instantie": "Besluit vastleggen",
    "signaal": "Signaal vastleggen",
}


def feiten_van(leerling: Leerling) -> Zorgfeiten:
    """The facts of a visible pupil, gathered once per request: the head of the page and the tab ask both."""
    bewaard: Zorgfeiten | None = getattr(leerling, "_zorgfeiten", None)
    if bewaard is None:
        bewaard = zorgfeiten(leerling)
        leerling._zorgfeiten = bewaard  # type: ignore[attr-defined]
    return bewaard


def leest_besluiten(rechten: frozenset[str]) -> bool:
    """Whether somebody reads what meetings decided about a pupil and why: it stands in confidential minutes.

    Teacher, ib'er and director do; a substitute, a specialist or an assistant sees the level and who is next.
    """
    return Recht.EXPORTEREN in rechten


def wat_nu(request: HttpRequest, leerling: Leerling) -> WatNu | None:
    """The one answer for the pupil page: what is next, by whom, before when; why, for who reads the decisions."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    feiten = feiten_van(leerling)
    volgende = zorgroute.volgende_stap(profiel, voor_het_vervolg(feiten, profiel))
    if volgende.soort in ("volgen", "klaar"):
        return None
    link = _evaluatielink(request, leerling, volgende) or adres(volgende.link, leerling)
    soort = volgende.link.partition(":")[0]
    if not link:
        link, soort = reverse("besprekingen:zorg", kwargs={"leerling_id": leerling.pk}), "overgang"
    hierna = f"Hierna: {volgende.hierna}" if volgende.hierna and volgende.naar else volgende.titel
    wie = f" Wie: {volgende.wie}." if volgende.wie else ""
    if not leest_besluiten(rechten_op(request.user, leerling)):
        return WatNu(hierna, wie.strip(), voor=volgende.voor, laat=volgende.dagen_te_laat > 0)
    return WatNu(
        titel=hierna,
        zin=f"{volgende.zin}{wie}".removeprefix(f"{hierna}. "),  # not the title once more
        punten=tuple(Punt(u.kort, u.voldaan) for u in volgende.uitkomsten if u.soort == "hard" or not u.voldaan),
        voor=volgende.voor,
        laat=volgende.dagen_te_laat > 0,
        knop=KNOPPEN.get(soort, "Naar de zorgroute"),
        link=link,
    )


def _evaluatielink(request: HttpRequest, leerling: Leerling, volgende: zorgroute.Volgende) -> str:
    """Straight to the goal that waits, when this user may evaluate it."""
    if not volgende.link.startswith("evaluatie:"):
        return ""
    wacht = (
        Evaluatie.objects.zichtbaar_voor(request.user, "wijzigen")
        .filter(agendapunt__leerling=leerling, geevalueerd_op__isnull=True, bespreking__status="gehouden")
        .order_by("voor", "pk")
        .first()
    )
    return reverse("besprekingen:evalueren", kwargs={"evaluatie_id": wacht.pk}) if wacht else ""


# -- the tab «Zorgroute» ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trede:
    """A level of the ladder: behind, here or ahead."""

    kort: str
    naam: str
    stand: str
    """«geweest», «hier» or «later»."""


@dataclass(frozen=True)
class Stap:
    """A step that the route knows, judged for who asks."""

    oordeel: zorgroute.Oordeel
    naam: str
    uitkomsten: list[tuple[zorgroute.Uitkomst, str]]
    eerst: bool


@dataclass(frozen=True)
class Route:
    """Where a pupil is, how it got there, what is next, and which steps there are."""

    profiel: Profiel
    volgende: zorgroute.Volgende
    treden: list[Trede]
    geschiedenis: list[tuple[Zorgniveauperiode, str]]
    stappen: list[Stap]


def route_van(gebruiker: Any, leerling: Leerling, rechten: frozenset[str]) -> Route:
    """The care route of a pupil whom the user sees; `rechten` as `rechten_op` gives them."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    rollen = rollen_bij(leerling, gebruiker, wijzigen=Recht.WIJZIGEN in rechten)
    feiten = replace(feiten_van(leerling), rollen=rollen)
    perioden = list(
        Zorgniveauperiode.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .select_related("besloten_door")
        .order_by("-periode")
    )
    van = feiten.niveau or profiel.laagste_niveau.code
    volgende = zorgroute.volgende_stap(profiel, voor_het_vervolg(feiten, profiel))
    oordelen = sorted(
        zorgroute.mogelijke_stappen(profiel, feiten),
        key=lambda oordeel: (oordeel.naar != volgende.naar, oordeel.richting != "omhoog"),
    )
    return Route(
        profiel,
        volgende,
        _treden(profiel, van),
        [(periode, niveaunaam(profiel, periode.niveau)) for periode in perioden],
        [
            Stap(
                oordeel,
                profiel.zoek_niveau(oordeel.naar).naam,
                [
                    (u, "" if u.voldaan else adres(u.link, leerling))
                    for u in oordeel.uitkomsten
                    if u.voorwaarde != "rol"
                ],
                nummer == 0,
            )
            for nummer, oordeel in enumerate(oordelen)
        ],
    )


def _treden(profiel: Profiel, hier: str) -> list[Trede]:
    rij = profiel.niveaus_op_volgorde
    plek = next((nummer for nummer, niveau in enumerate(rij) if niveau.code == hier), -1)
    return [
        Trede(n.kort, n.naam, "geweest" if nummer < plek else "hier" if nummer == plek else "later")
        for nummer, n in enumerate(rij)
    ]


def niveaunaam(profiel: Profiel, code: str) -> str:
    """What a level is called; its code when the procedure no longer knows it."""
    try:
        return profiel.zoek_niveau(code).naam
    except KeyError:
        return code


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
    vandaag = klok.vandaag(leerling.school)
    return [
        {
            "vraag": vraag,
            "naam": namen.get(vraag.doel, vraag.doel),
            "antwoorden": list(antwoorden.get(vraag.pk, {}).values()),
            "verlopen": vraag.geldig_tot is not None and vraag.geldig_tot < vandaag,
        }
        for vraag in vragen
    ]


@dataclass(frozen=True)
class Rij:
    """Research or a decision of a body outside, with what it is called."""

    rij: Any
    naam: str


def onderzoeken_over(gebruiker: Any, leerling: Leerling) -> list[Rij]:
    """Research about a pupil, newest first."""
    namen = onderzoeken_van(profielen_van_school.huidig_profiel(leerling.school))
    rijen = Onderzoek.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling).select_related("stuk")
    return [Rij(rij, namen.get(rij.soort, rij.soort)) for rij in rijen]


def instanties_over(gebruiker: Any, leerling: Leerling) -> list[Rij]:
    """Decisions by bodies outside, newest first."""
    namen = instanties_van(profielen_van_school.huidig_profiel(leerling.school))
    rijen = Instantiebesluit.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling).select_related("stuk")
    return [Rij(rij, namen.get(rij.besluit, rij.besluit)) for rij in rijen]


def rapporten_van(gebruiker: Any, leerling: Leerling) -> list[Rapport]:
    """The reports of a pupil that the user may see, newest first, each with how far it is."""
    rapporten = list(
        Rapport.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .annotate(gedaan=gedaan_werk())
        .select_related("bijlage", "gevraagd_door")
    )
    for rapport in rapporten:
        rapport.voortgang = voortgang_van(rapport)
    return rapporten


# -- the tab «Besprekingen» -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Besproken:
    """One meeting in which the pupil was discussed."""

    punt: Agendapunt
    naam: str
    doelen: list[Evaluatie]
    besluit: Besluit | None
    besluitnaam: str


def besprekingen_over(gebruiker: Any, leerling: Leerling) -> list[Besproken]:
    """The items about one pupil, newest meeting first."""
    punten = list(
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .exclude(bespreking__status="afgezegd")
        .select_related("bespreking__profielversie", "bespreking__school", "bespreking__groep")
        .order_by("-bespreking__begin", "-pk")
    )
    doelen: dict[int, list[Evaluatie]] = {}
    for doel in Evaluatie.objects.zichtbaar_voor(gebruiker).filter(agendapunt__in=punten).order_by("pk"):
        doelen.setdefault(doel.agendapunt_id, []).append(doel)
    besluiten = {b.agendapunt_id: b for b in Besluit.objects.zichtbaar_voor(gebruiker).filter(agendapunt__in=punten)}
    rijen = []
    for punt in punten:
        vorm, besluit = vorm_van(punt.bespreking), besluiten.get(punt.pk)
        namen = {rij.code: rij.naam for rij in vorm.besluiten}
        naam = namen.get(besluit.code, besluit.code) if besluit else ""
        rijen.append(Besproken(punt, vorm.naam, doelen.get(punt.pk, []), besluit, naam))
    return rijen


def gesprekken_van(gebruiker: Any, leerling: Leerling) -> list[Gesprek]:
    """The talks on record about a pupil, newest first."""
    return list(Gesprek.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling).select_related("stuk")[:20])


def open_afspraken_over(gebruiker: Any, leerling: Leerling) -> list[Actiepunt]:
    """What was agreed about a pupil and is not done."""
    return list(
        Actiepunt.objects.zichtbaar_voor(gebruiker)
        .open()
        .filter(agendapunt__leerling=leerling)
        .select_related("wie", "bespreking")
    )
