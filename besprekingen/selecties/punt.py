"""One pupil on the agenda: what was said beforehand, the minutes, and what the decision asks of the care route."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from besprekingen.adressen import adres
from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Evaluatie
from besprekingen.services import besluit_kan, gevraagd_vooraf, profiel_van, rollen_bij
from leerlingen import ouderdelen, selecties, zorgroute
from leerlingen.models import Antwoord, Document, Leerling, Plaatsing, Zorgniveauperiode
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.papier import Document as Papiervorm
from leerlingen.profiel.papier import Vraag
from leerlingen.vraagsoorten import Invoer, invoer, leesbaar
from zorg.kern import klok

OUDERS = frozenset({"gesprek_ouders_laatste", "ouders_deel"})
KIND = frozenset({"gesprek_kind_laatste", "leerling_eigen_woorden"})
VANZELF = frozenset({"bespreking_afspraken", "bespreking_besluit"})
"""Sources that this very meeting fills: they are not typed, the table and the buttons are."""


@dataclass(frozen=True)
class Woord:
    """A question and what was answered, for reading."""

    vraag: str
    tekst: str
    bron: str


@dataclass
class Beeld:
    """The three columns: what school, parents and pupil say beforehand (K-127)."""

    school: list[Woord] = field(default_factory=list)
    ouders: list[Woord] = field(default_factory=list)
    leerling: list[Woord] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.school or self.ouders or self.leerling)


@dataclass(frozen=True)
class Schrijfvraag:
    """A question of the minutes with what stands there, as people read it and in the field that asks it."""

    sectie: str
    code: str
    tekst: str
    hulp: str
    leesbaar: str
    invoer: Invoer
    bron: str
    versie: int
    leerling: Leerling | None = None


@dataclass
class Uitgelicht:
    """The item on screen."""

    punt: Agendapunt
    document: Document | None = None
    schrijfbaar: bool = False
    beeld: Beeld = field(default_factory=Beeld)
    ouders: list[ouderdelen.Deelstand] = field(default_factory=list)
    mag_vragen: bool = False
    """Whether the procedure asks the parents for their part beforehand, and this user may ask."""
    vragen: list[Schrijfvraag] = field(default_factory=list)
    doelen: list[Evaluatie] = field(default_factory=list)
    acties: list[Actiepunt] = field(default_factory=list)
    besluit: Besluit | None = None
    besluitnaam: str = ""
    niveau: selecties.Niveau | None = None
    niveaucode: str = ""
    groep: str = ""
    mag_leerling: bool | None = None
    stap: zorgroute.Oordeel | None = None
    redenen: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Papier:
    """A paper of the meeting that the user sees, with what is written in it and whether they may write."""

    document: Document
    mag: bool
    antwoorden: list[Antwoord]
    ouderstanden: list[dict[str, Any]] = field(default_factory=list)

    @property
    def algemeen(self) -> dict[tuple[str, str], Antwoord]:
        """What is not about one pupil among others."""
        return {(rij.sectiecode, rij.vraagcode): rij for rij in self.antwoorden if rij.leerling_id is None}


def papieren_van(gebruiker: Any, bespreking: Bespreking, punt: Agendapunt | None) -> dict[int, Papier]:
    """The minutes of the meeting, and minutes and preparation of one item, by their keys: two queries."""
    welke = Q(pk=bespreking.verslag_id)
    if punt is not None and punt.leerling_id:
        welke |= Q(stuk=punt.stuk_id) | Q(pk=punt.voorbereiding_id)
    wijzigen = Document.objects.zichtbaar_voor(gebruiker, "wijzigen").filter(pk=OuterRef("pk"))
    documenten = list(
        Document.objects.zichtbaar_voor(gebruiker)
        .filter(welke)
        .annotate(mag_wijzigen=Exists(wijzigen), ouderstanden=ouderdelen.standen_bij(gebruiker))
        .select_related("stuk", "school")
    )
    antwoorden: dict[int, list[Antwoord]] = {}
    if documenten:
        rijen = Antwoord.objects.zichtbaar_voor(gebruiker).filter(document__in=documenten)
        for rij in rijen.select_related("leerling"):
            antwoorden.setdefault(rij.document_id, []).append(rij)
    return {d.pk: Papier(d, d.mag_wijzigen, antwoorden.get(d.pk, []), d.ouderstanden) for d in documenten}


def uitgelicht(gebruiker: Any, punt: Agendapunt, papieren: dict[int, Papier]) -> Uitgelicht:
    """The item, without what came out of it; `papieren` as `papieren_van` gives them."""
    uit = Uitgelicht(punt)
    vormen = {papier.code: papier for papier in profiel_van(punt.bespreking).documenten}
    for pk, papier in papieren.items():
        vorm = vormen.get(papier.document.soort)
        if vorm is None or pk == punt.bespreking.verslag_id:
            continue
        if pk == punt.voorbereiding_id:
            uit.beeld = _beeld(vorm, papier.algemeen)
            uit.ouders = ouderdelen.als_standen(papier.ouderstanden)
            uit.mag_vragen = papier.mag and bool(gevraagd_vooraf(punt))
        else:
            uit.document = papier.document
            uit.schrijfbaar = papier.mag and papier.document.status != Document.Status.DEFINITIEF
            uit.vragen = vragen(vorm, papier.algemeen, leeg=uit.schrijfbaar)
    _leerling(gebruiker, uit)
    return uit


def _beeld(papier: Papiervorm, antwoorden: dict[tuple[str, str], Antwoord]) -> Beeld:
    """The preparation in three columns: what somebody wrote for it before what was filled in from elsewhere."""
    beeld = Beeld()
    for sectie in papier.secties:
        for vraag in sectie.vragen:
            if sectie.wie == "ouders":
                van = (r for (s, v), r in antwoorden.items() if v == vraag.code and s.startswith(f"{sectie.code}:"))
                beeld.ouders += [Woord(vraag.tekst, rij.tekst, rij.bron) for rij in van]
            rij = antwoorden.get((sectie.code, vraag.code))
            if rij is None or not rij.tekst.strip():
                continue
            if sectie.wie == "ouders" or vraag.bron in OUDERS:
                kolom = beeld.ouders
            elif sectie.wie == "leerling" or vraag.bron in KIND:
                kolom = beeld.leerling
            else:
                kolom = beeld.school
            kolom.append(Woord(vraag.tekst, leesbaar(vraag, rij.tekst), rij.bron))
    for kolom in (beeld.school, beeld.ouders, beeld.leerling):
        kolom.sort(key=lambda woord: bool(woord.bron))
    return beeld


def vragen(
    papier: Papiervorm, antwoorden: dict[tuple[str, str], Antwoord], *, leeg: bool, per_leerling: bool = True
) -> list[Schrijfvraag]:
    """The questions of the minutes; those that the meeting fills by itself only once they say something.

    `leeg` shows unanswered ones too; without `per_leerling` what is asked per pupil is left to a list of its own.
    """
    uit = []
    for sectie in papier.secties:
        for vraag in sectie.vragen:
            if vraag.soort == "per_leerling" and not per_leerling:
                continue
            rij = antwoorden.get((sectie.code, vraag.code))
            gevuld = rij is not None and bool(rij.tekst.strip())
            if vraag.beeindigd or (not gevuld and (not leeg or vraag.bron in VANZELF)):
                continue
            uit.append(schrijfvraag(sectie.code, vraag, rij))
    return uit


def schrijfvraag(sectie: str, vraag: Vraag, rij: Antwoord | None, leerling: Leerling | None = None) -> Schrijfvraag:
    """The question with its answer, for the minutes."""
    return Schrijfvraag(
        sectie=sectie,
        code=vraag.code,
        tekst=vraag.tekst,
        hulp=vraag.hulptekst,
        leesbaar=leesbaar(vraag, rij.tekst) if rij else "",
        invoer=invoer(vraag, rij.tekst if rij else ""),
        bron=rij.bron if rij else "",
        versie=rij.versie if rij else 0,
        leerling=leerling,
    )


def _leerling(gebruiker: Any, uit: Uitgelicht) -> None:
    """Group and level of care of today; in one query for whoever sits in a group."""
    punt = uit.punt
    dag = klok.vandaag(punt.bespreking.school)
    perioden = Zorgniveauperiode.objects.zichtbaar_voor(gebruiker).filter(periode__contains=dag).order_by()
    nu = perioden.filter(leerling=OuterRef("leerling"))
    wijzigen = Leerling.objects.zichtbaar_voor(gebruiker, "wijzigen").filter(pk=OuterRef("leerling"))
    plaatsing = (
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=punt.leerling_id, stamgroep=True, periode__contains=dag)
        .annotate(
            mag_leerling=Exists(wijzigen),
            niveaucode=Subquery(nu.values("niveau")[:1]),
            niveauperiode=Subquery(nu.values("periode")[:1]),
        )
        .select_related("groep")
        .first()
    )
    periode: Zorgniveauperiode | None = None
    if plaatsing is None:
        periode = perioden.filter(leerling=punt.leerling_id).first()
    elif plaatsing.niveaucode is not None:
        periode = Zorgniveauperiode(niveau=plaatsing.niveaucode, periode=plaatsing.niveauperiode)
    uit.niveaucode = periode.niveau if periode else ""
    uit.niveau = selecties.niveau_tonen(profiel_van(punt.bespreking), periode)
    uit.groep = plaatsing.groep.naam if plaatsing else ""
    uit.mag_leerling = plaatsing.mag_leerling if plaatsing else None


def zet_besluit(gebruiker: Any, uit: Uitgelicht, besluit: Besluit | None, vorm: Besprekingsvorm) -> None:
    """The decision, and when it asks for a step: whether that can be taken, with what is still missing."""
    if besluit is None:
        return
    uit.besluit = besluit
    gekozen = next((b for b in vorm.besluiten if b.code == besluit.code), None)
    uit.besluitnaam = gekozen.naam if gekozen else besluit.code
    leerling = uit.punt.leerling
    if gekozen is None or gekozen.naar is None or leerling is None or uit.niveaucode == gekozen.naar:
        return
    uit.stap = besluit_kan(uit.punt, gekozen.naar, rollen_bij(leerling, gebruiker, wijzigen=uit.mag_leerling))
    uit.redenen = [
        {"tekst": u.kort, "url": adres(u.link, leerling), "zacht": u.soort == "zacht"}
        for u in uit.stap.ontbreekt
        if u.voorwaarde != "rol"
    ]
