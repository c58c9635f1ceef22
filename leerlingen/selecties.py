"""Reads for one screen, always for a user (ontwerp §2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F
from django.http import HttpRequest

from leerlingen import profielen_van_school, watnu
from leerlingen.models import (
    Aanstelling,
    Aanvulling,
    Antwoord,
    Antwoordversie,
    Bijlage,
    Document,
    Dossierstuk,
    DossierstukRecht,
    Groep,
    Inzageverzoek,
    Leerling,
    Ouderschap,
    Persoon,
    Plaatsing,
    Publicatie,
    Taak,
    Zorgniveauperiode,
)
from leerlingen.profiel import Profiel
from leerlingen.profiel.papier import Sectie, Vraag
from leerlingen.vraagsoorten import Beantwoord, leesbaar
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.logboek.models import Logregel

PER_PAGINA = 50


def vandaag_van(request: HttpRequest) -> date:
    """Today at the (first) school of this user."""
    scholen: tuple[School, ...] = request.scholen  # type: ignore[attr-defined]
    return klok.vandaag(scholen[0])


def open_taken(request: HttpRequest) -> dict[str, int]:
    """How much this user has to do, by kind; the navigation and pages ask it once together."""
    bewaard: dict[str, int] | None = getattr(request, "_open_taken", None)
    if bewaard is None:
        open_ = Taak.objects.zichtbaar_voor(request.user).open().order_by()
        bewaard = dict(open_.values_list("soort").annotate(aantal=Count("pk")))
        request._open_taken = bewaard  # type: ignore[attr-defined]
    return bewaard


@dataclass(frozen=True)
class Niveau:
    """A care level to show: the lit steps of the ladder, its badge and name, since when."""

    stap: int
    aantal: int
    kort: str
    naam: str
    sinds: date | None
    zorgleerling: bool


def niveau_tonen(profiel: Profiel, periode: Zorgniveauperiode | None) -> Niveau | None:
    """The level of a pupil in the school's words: the lowest without a record, None where trajectories carry levels."""
    if profiel.niveau_per_traject and periode is None:
        return None
    rij = profiel.niveaus_op_volgorde
    code = periode.niveau if periode else rij[0].code
    gevonden = next((n for n in rij if n.code == code), None) or profiel.zoek_niveau(code)
    stap = rij.index(gevonden) + 1 if gevonden in rij else len(rij)
    return Niveau(
        stap=stap,
        aantal=len(rij),
        kort=gevonden.kort,
        naam=gevonden.naam,
        sinds=periode.periode.lower if periode else None,
        zorgleerling=gevonden.zorgleerling,
    )


def _plaats(gebruiker: Gebruiker, leerling: Leerling, dag: date) -> Plaatsing | None:
    thuis = Plaatsing.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling, stamgroep=True)
    plaatsing: Plaatsing | None = thuis.filter(periode__contains=dag).select_related("groep").first()
    return plaatsing


def stamgroep_van(gebruiker: Gebruiker, leerling: Leerling) -> Groep | None:
    """The home group in which the pupil sits today."""
    plaatsing = _plaats(gebruiker, leerling, klok.vandaag(leerling.school))
    return plaatsing.groep if plaatsing else None


def leerlingkop(request: HttpRequest, leerling: Leerling) -> dict[str, Any]:
    """The head of the pupil page: group, age, care level and the one answer «wat nu»."""
    dag = klok.vandaag(leerling.school)
    gebruiker: Any = request.user
    plaatsing = _plaats(gebruiker, leerling, dag)
    versie = profielen_van_school.huidige_versie(leerling.school)
    lopend = (
        Zorgniveauperiode.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling, periode__contains=dag).first()
    )
    return {
        "groep": plaatsing.groep if plaatsing else None,
        "jaargroep": plaatsing.jaargroep if plaatsing else "",
        "vandaag": dag,
        "niveau": niveau_tonen(profielen_van_school.profiel(versie), lopend),
        "vertrokken": leerling.ingeschreven.upper is not None and leerling.ingeschreven.upper <= dag,
        "wat_nu": watnu.voor_leerling(request, leerling),
    }


@dataclass(frozen=True)
class Rij:
    """One pupil in the list."""

    leerling: Leerling
    groep: Groep | None
    jaargroep: str
    niveau: Niveau | None


@dataclass(frozen=True)
class Filter:
    """What the list of pupils was asked for."""

    zoek: str = ""
    groep: int | None = None
    niveau: str = ""
    vertrokken: bool = False
    sorteer: str = "naam"


def groepen_van(gebruiker: Gebruiker, dag: date) -> list[Groep]:
    """The home groups of this year that the user sees."""
    return list(
        Groep.objects.zichtbaar_voor(gebruiker)
        .van_dag(dag)
        .filter(soort="stamgroep")
        .select_related("schooljaar")
        .order_by("volgorde", "naam")
    )


def leerlingenlijst(request: HttpRequest, gevraagd: Filter, pagina: str) -> tuple[Page[Leerling], list[Rij]]:
    """One page of the pupils that the user sees, with group and care level; the same queries at 2 and 50 rows."""
    gebruiker: Any = request.user
    dag = vandaag_van(request)
    gevonden = Leerling.objects.zichtbaar_voor(gebruiker).select_related("school")
    gevonden = (
        gevonden.filter(ingeschreven__endswith__lte=dag) if gevraagd.vertrokken else gevonden.ingeschreven_op(dag)
    )
    if gevraagd.zoek:
        gevonden = gevonden.zoek(gevraagd.zoek)
    if gevraagd.groep is not None:
        in_groep = Plaatsing.objects.zichtbaar_voor(gebruiker).filter(groep=gevraagd.groep, periode__contains=dag)
        gevonden = gevonden.filter(pk__in=in_groep.values("leerling"))
    if gevraagd.niveau:
        op_niveau = Zorgniveauperiode.objects.zichtbaar_voor(gebruiker).filter(
            niveau=gevraagd.niveau, periode__contains=dag
        )
        gevonden = gevonden.filter(pk__in=op_niveau.values("leerling"))
    volgorde = {
        "naam": ("sorteernaam", "pk"),
        "voornaam": ("roepnaam", "sorteernaam"),
        "jong": ("-geboortedatum", "pk"),
    }
    bladen = Paginator(gevonden.order_by(*volgorde.get(gevraagd.sorteer, volgorde["naam"])), PER_PAGINA)
    blad = bladen.get_page(pagina)
    return blad, _rijen(gebruiker, list(blad.object_list), dag)


def _rijen(gebruiker: Gebruiker, leerlingen: list[Leerling], dag: date) -> list[Rij]:
    ids = [leerling.pk for leerling in leerlingen]
    plaatsingen = {
        plaatsing.leerling_id: plaatsing
        for plaatsing in Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(leerling__in=ids, stamgroep=True, periode__contains=dag)
        .select_related("groep")
    }
    niveaus = {
        periode.leerling_id: periode
        for periode in Zorgniveauperiode.objects.zichtbaar_voor(gebruiker).filter(
            leerling__in=ids, periode__contains=dag
        )
    }
    profielen: dict[int, Profiel] = {}
    rijen = []
    for leerling in leerlingen:
        if leerling.school_id not in profielen:
            profielen[leerling.school_id] = profielen_van_school.huidig_profiel(leerling.school)
        plaatsing = plaatsingen.get(leerling.pk)
        rijen.append(
            Rij(
                leerling,
                plaatsing.groep if plaatsing else None,
                plaatsing.jaargroep if plaatsing else "",
                niveau_tonen(profielen[leerling.school_id], niveaus.get(leerling.pk)),
            )
        )
    return rijen


# -- dossier -----------------------------------------------------------------------------------------------------


def dossierlijst(
    gebruiker: Any, leerling: Leerling, *, soort: str = "", zicht: str = Recht.INZIEN
) -> list[Dossierstuk]:
    """The pieces of one pupil that the user may see, newest first, with their author and whether parents read along."""
    stukken = (
        Dossierstuk.objects.zichtbaar_voor(gebruiker, zicht).filter(leerling=leerling).select_related("opgesteld_door")
    )
    if soort:
        stukken = stukken.filter(soort=soort)
    lijst = list(stukken.order_by("-datum", "-pk"))
    gedeeld = set(
        Publicatie.objects.zichtbaar_voor(gebruiker, zicht)
        .filter(stuk__in=[stuk.pk for stuk in lijst], ingetrokken_op__isnull=True)
        .values_list("stuk", flat=True)
    )
    for stuk in lijst:
        stuk.is_gedeeld = stuk.pk in gedeeld
    return lijst


def soorten_met_aantal(gebruiker: Any, leerling: Leerling) -> list[dict[str, Any]]:
    """How many visible pieces of each kind there are, for the filter chips."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    namen = {document.code: document.naam for document in profiel.documenten}
    rijen = (
        Dossierstuk.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .order_by()
        .values("soort")
        .annotate(aantal=Count("pk"))
    )
    return sorted(
        ({"code": rij["soort"], "naam": soortnaam(namen, rij["soort"]), "aantal": rij["aantal"]} for rij in rijen),
        key=lambda rij: str(rij["naam"]),
    )


def soortnaam(namen: dict[str, str], soort: str) -> str:
    """What the school calls this kind of paper."""
    return namen.get(soort) or soort.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Vraagveld(Beantwoord):
    """One question of a paper with what stands there now."""

    sectie: str
    code: str
    tekst: str
    hulp: str
    verplicht: bool
    bron: str
    versie: int
    door: str
    op: datetime | None = None
    """When somebody wrote here last."""


@dataclass(frozen=True)
class Sectieveld:
    """A section of a paper; `deel` is the part of the paper in which it stands, from 1.

    `van_ouders` is what parents sent in themselves: nobody writes in it any more.
    """

    code: str
    naam: str
    hulp: str
    vragen: list[Vraagveld]
    deel: int = 1
    zelf: bool = False
    """Whether parents fill this in themselves."""
    van_ouders: list[Vraagveld] = field(default_factory=list)

    @property
    def getypt(self) -> bool:
        """Whether somebody of the school wrote something here."""
        return any(vraag.antwoord for vraag in self.vragen)


def documentvelden(gebruiker: Any, document: Document, *, zicht: str = Recht.INZIEN) -> list[Sectieveld]:
    """The sections and questions of a paper, under the version it began with, with the visible answers."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    antwoorden = {
        (rij.sectiecode, rij.vraagcode): rij
        for rij in Antwoord.objects.zichtbaar_voor(gebruiker, zicht)
        .filter(document=document, leerling__isnull=True)
        .select_related("door")
    }
    secties = []
    for sectie in vorm.alle_secties:
        if sectie.per_arrangement:
            continue
        velden = []
        for vraag in sectie.vragen:
            rij = antwoorden.get((sectie.code, vraag.code))
            if rij is None and (vraag.beeindigd or (vraag.code == "titel" and document.stuk_id)):
                continue  # the title stands on the piece itself
            velden.append(vraagveld(sectie.code, vraag, rij))
        zelf = sectie in vorm.oudersecties
        ingestuurd = _van_ouders(sectie, antwoorden) if zelf else []
        secties.append(Sectieveld(sectie.code, sectie.naam, sectie.hulptekst, velden, sectie.deel, zelf, ingestuurd))
    return secties


def vraagveld(sectie: str, vraag: Vraag, rij: Antwoord | None) -> Vraagveld:
    """A question with its answer, if there is one, for the page of any paper."""
    return Vraagveld(
        sectie=sectie,
        code=vraag.code,
        tekst=vraag.tekst,
        hulp=vraag.hulptekst,
        verplicht=vraag.verplicht,
        vraag=vraag,
        antwoord=rij.tekst if rij else "",
        bron=rij.bron if rij else "",
        versie=rij.versie if rij else 0,
        door=rij.door.naam if rij and rij.door else "",
        op=rij.gewijzigd_op if rij else None,
    )


def _van_ouders(sectie: Sectie, antwoorden: dict[tuple[str, str], Antwoord]) -> list[Vraagveld]:
    """What each parent sent in, parent by parent, in the order of the questions."""
    delen = dict.fromkeys(code for code, _ in antwoorden if code.startswith(f"{sectie.code}:"))
    return [
        vraagveld(deel, vraag, antwoorden[deel, vraag.code])
        for deel in delen
        for vraag in sectie.vragen
        if (deel, vraag.code) in antwoorden
    ]


def bijlagen_van(gebruiker: Any, stuk: Dossierstuk, *, zicht: str = Recht.INZIEN) -> list[Bijlage]:
    """The files at a piece that were not withdrawn."""
    return list(
        Bijlage.objects.zichtbaar_voor(gebruiker, zicht)
        .filter(stuk=stuk, ingetrokken_op__isnull=True)
        .select_related("toegevoegd_door")
    )


def rechten_op(gebruiker: Any, stuk: Dossierstuk) -> list[DossierstukRecht]:
    """The grants on a piece that hold now, for who may grant."""
    return list(
        DossierstukRecht.objects.zichtbaar_voor(gebruiker, Recht.VERLENEN)
        .geldig()
        .filter(content_object=stuk)
        .select_related("user", "verleend_door")
        .order_by("geldig_tot")
    )


def ouders_van(gebruiker: Any, leerling: Leerling) -> list[Ouderschap]:
    """The parents and guardians of a visible pupil, as recorded today."""
    return list(
        Ouderschap.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling, periode__contains=klok.vandaag(leerling.school))
        .select_related("persoon")
        .order_by("persoon__sorteernaam")
    )


def inzageverzoeken(gebruiker: Any, leerling: Leerling) -> list[Inzageverzoek]:
    """What parents of this pupil asked to look into, the open ones first, for who answers."""
    rijen = Inzageverzoek.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling)
    return list(
        rijen.select_related("persoon", "afgehandeld_door").order_by(
            F("afgehandeld_op").desc(nulls_first=True), "uiterlijk"
        )[:20]
    )


def collegas(gebruiker: Any, school: School) -> Any:
    """The people with a running appointment at this school, for choices in forms."""
    return (
        Persoon.objects.zichtbaar_voor(gebruiker)
        .filter(school=school, aanstellingen__periode__contains=klok.vandaag(school))
        .order_by("sorteernaam", "pk")
        .distinct("sorteernaam", "pk")
    )


def verleenbaar_aan(gebruiker: Any, school: School) -> Any:
    """The people here with an account who can be given access to a piece; an administrator sees no dossier."""
    lopend = Aanstelling.objects.zichtbaar_voor(gebruiker).filter(school=school, periode__contains=klok.vandaag(school))
    lezers = lopend.exclude(rol="beheerder").order_by().values("persoon")
    return collegas(gebruiker, school).filter(gebruiker__isnull=False, pk__in=lezers)


def kijkers(gebruiker: Any, leerling: Leerling, aantal: int = 100) -> list[Logregel]:
    """The newest lines of the logbook about this pupil that the user may read."""
    return list(Logregel.objects.zichtbaar_voor(gebruiker).filter(leerling_id=leerling.pk)[:aantal])


def versies_van(gebruiker: Any, document: Document) -> list[dict[str, Any]]:
    """What each answer of a paper said before, newest first: nothing that was typed is lost."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    vragen = {(sectie.code, vraag.code): vraag for sectie in vorm.alle_secties for vraag in sectie.vragen}
    # a row about one pupil in a paper of a group follows that pupil, and so does what it said before
    gezien = Antwoord.objects.zichtbaar_voor(gebruiker).filter(document=document)
    rijen = (
        Antwoordversie.objects.zichtbaar_voor(gebruiker)
        .filter(document=document, antwoord__in=gezien.order_by().values("pk"))
        .select_related("antwoord__leerling", "door")
        .order_by("-bewaard_op", "-pk")
    )
    uit = []
    for rij in rijen:
        vraag = vragen.get((rij.antwoord.sectiecode.partition(":")[0], rij.antwoord.vraagcode))
        uit.append(
            {
                "vraag": vraag.tekst if vraag else rij.antwoord.vraagcode,
                "leerling": rij.antwoord.leerling.naam if rij.antwoord.leerling else "",
                "tekst": leesbaar(vraag, rij.tekst) if vraag else rij.tekst,
                "door": rij.door.naam if rij.door else "Zorgpad",
                "op": rij.bewaard_op,
            }
        )
    return uit


def aanvullingen_van(gebruiker: Any, document: Document, *, zicht: str = Recht.INZIEN) -> list[Aanvulling]:
    """The addenda of a paper, oldest first."""
    return list(Aanvulling.objects.zichtbaar_voor(gebruiker, zicht).filter(document=document).select_related("door"))
