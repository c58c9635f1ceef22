"""Any paper about one pupil on A4: an OPP, a growth document, an action plan, a note. Never more than its page shows.

`stel_samen` gathers for one reader what their page shows; the rest is content, without a database. All text is plain:
the template escapes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.text import capfirst, slugify

from leerlingen import profielen_van_school, selecties
from leerlingen.models import Document, Dossierstuk, Leerling, Ouderschap, Plaatsing
from leerlingen.namen import initialen
from leerlingen.profiel.papier import Document as Vorm
from zorg.kern.pdf import maak_pdf
from zorg.kern.querysets import Recht
from zorg.kern.rapporten import kenmerk
from zorg.kern.tekst import datum

EIGEN_RAPPORT = frozenset({"okr", "groepsplan"})
"""Kinds of paper with a report of their own (plannen.rapporten): the closed list by law, and the group plan."""


@dataclass(frozen=True)
class Antwoordregel:
    """A question with its answer, and where that comes from; an empty answer is one that should be there."""

    vraag: str
    antwoord: str
    bron: str = ""


@dataclass(frozen=True)
class Deel:
    """A section: only what has to be printed. Without lines it is one that nobody filled.

    In a paper about a group `kolommen` are the questions asked for each pupil, and a row is a name with its answers.
    """

    naam: str
    regels: tuple[Antwoordregel, ...]
    kolommen: tuple[str, ...] = ()
    rijen: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Aanvulling:
    """An addendum: when and by whom, and what it says."""

    kop: str
    tekst: str


@dataclass(frozen=True)
class Handtekeningregel:
    """Who signs; `naam` is empty where it is to be written."""

    wie: str
    naam: str = ""


@dataclass(frozen=True)
class Papier:
    """A whole paper. What the reader may not know is empty; `gewijzigd` says of when this version is, in words."""

    school: str
    soort: str
    titel: str
    datum: date
    status: str
    concept: bool
    leerling: str = ""
    geboortedatum: date | None = None
    groep: str = ""
    opgesteld_door: str = ""
    gewijzigd: str = ""
    merk: str = ""
    delen: tuple[Deel, ...] = ()
    aanvullingen: tuple[Aanvulling, ...] = ()
    bijlagen: tuple[str, ...] = ()
    handtekeningen: tuple[Handtekeningregel, ...] = ()
    blijft_op_school: bool = False
    """The file may not leave the school (A-17)."""

    @property
    def initialen(self) -> str:
        """Whom it is about, for the foot of each page."""
        return initialen(self.leerling)

    @property
    def kenmerk(self) -> str:
        """A fingerprint of the content: 16 hexadecimal digits in fours; two prints with the same one are the same."""
        return kenmerk(self)


def heeft_papier(document: Document | None) -> bool:
    """Whether this paper is printed here: the onderwijskundig rapport has a report of its own."""
    if document is None:
        return False
    return profielen_van_school.document_van(document.profielversie, document.soort).soort not in EIGEN_RAPPORT


def mag_naar_huis(document: Document | None) -> bool:
    """Whether parents may take this paper along: not where the file stays at school (A-17, X-15)."""
    if document is None or not heeft_papier(document):
        return False
    return profielen_van_school.profiel(document.profielversie).ouders.dossier_mag_school_verlaten


def stel_samen(gebruiker: Any, stuk: Dossierstuk, document: Document, zicht: str = Recht.INZIEN) -> Papier:
    """The paper as this reader may have it, under the right by which they see the piece.

    A parent (`zicht` meelezen) gets what the portal shows: the answers, without sources and marks of the school. The
    caller has looked up the piece through the rule. `stuk` comes with school, leerling and opgesteld_door; `document`
    with profielversie and vastgesteld_door.
    """
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    profiel = profielen_van_school.profiel(document.profielversie)
    ouder = zicht == Recht.MEELEZEN
    secties = selecties.documentvelden(gebruiker, document, zicht=zicht)
    aanvullingen = selecties.aanvullingen_van(gebruiker, document, zicht=zicht)
    tijdzone = ZoneInfo(stuk.school.tijdzone)
    momenten = [veld.op for sectie in secties for veld in (*sectie.vragen, *sectie.van_ouders) if veld.op]
    momenten += [aanvulling.op for aanvulling in aanvullingen]
    # somebody with access to this one piece only does not learn whom it is about
    kent = Leerling.objects.zichtbaar_voor(gebruiker, zicht).filter(pk=stuk.leerling_id).exists()
    merk = "genoemde lezers" if stuk.in_kring else stuk.get_vertrouwelijkheid_display()
    return Papier(
        school=stuk.school.naam,
        soort=vorm.naam,
        titel=stuk.titel or vorm.naam,
        datum=stuk.datum,
        status=_status(document, tijdzone),
        concept=document.status != Document.Status.DEFINITIEF,
        leerling=stuk.leerling.naam if kent else "",
        geboortedatum=stuk.leerling.geboortedatum if kent else None,
        groep=_groep(gebruiker, stuk, zicht) if kent else "",
        opgesteld_door=stuk.opgesteld_door.naam if stuk.opgesteld_door else "",
        gewijzigd=moment_tekst(max(momenten, default=document.gemaakt_op), tijdzone),
        merk="" if ouder or merk == "gewoon" else merk,
        delen=tuple(_delen(secties, vorm, ouder=ouder)),
        aanvullingen=tuple(
            Aanvulling(
                datum(rij.op.astimezone(tijdzone)) if ouder else f"{rij.door.naam}, {moment_tekst(rij.op, tijdzone)}",
                rij.tekst,
            )
            for rij in aanvullingen
        ),
        bijlagen=tuple(bijlage.naam for bijlage in selecties.bijlagen_van(gebruiker, stuk, zicht=zicht)),
        handtekeningen=tuple(_handtekeningen(gebruiker, stuk, vorm, zicht)) if kent else (),
        blijft_op_school=not profiel.ouders.dossier_mag_school_verlaten,
    )


def _status(document: Document, tijdzone: ZoneInfo) -> str:
    if document.status == Document.Status.DEFINITIEF and document.vastgesteld_op:
        wie = f" door {document.vastgesteld_door.naam}" if document.vastgesteld_door else ""
        return f"definitief, vastgesteld op {datum(document.vastgesteld_op.astimezone(tijdzone))}{wie}"
    return "besproken, nog niet definitief" if document.status == Document.Status.BESPROKEN else "concept"


def _groep(gebruiker: Any, stuk: Dossierstuk, zicht: str) -> str:
    """The home group of the day on which the paper was begun."""
    plaatsing = (
        Plaatsing.objects.zichtbaar_voor(gebruiker, zicht)
        .filter(leerling=stuk.leerling_id, stamgroep=True, periode__contains=stuk.datum)
        .select_related("groep")
        .first()
    )
    return plaatsing.groep.naam if plaatsing else ""


def _delen(secties: list[selecties.Sectieveld], vorm: Vorm, *, ouder: bool) -> Iterator[Deel]:
    """Sections with their answers; for staff also what must still be answered, and that a section is empty."""
    for sectie in secties:
        regels = (
            *(Antwoordregel(veld.tekst, veld.leesbaar.strip(), veld.bron) for veld in sectie.van_ouders),
            *(
                Antwoordregel(veld.tekst, veld.leesbaar.strip(), "" if ouder else veld.bron)
                for veld in sectie.vragen
                if veld.antwoord.strip() or (veld.verplicht and not ouder)
            ),
        )
        if not any(regel.antwoord for regel in regels):
            regels = ()
        if sectie.vragen and (regels or not ouder):
            naam = f"Deel {sectie.deel}: {sectie.naam}" if len(vorm.delen) > 1 else sectie.naam
            yield Deel(naam, regels)


def _handtekeningen(gebruiker: Any, stuk: Dossierstuk, vorm: Vorm, zicht: str) -> Iterator[Handtekeningregel]:
    """A line for each signature of the profile; where every parent with authority signs, one for each by name.

    A parent reads only their own name. Nobody known: two lines to write on.
    """
    namen: list[str] = []
    if any(handtekening.alle for handtekening in vorm.handtekeningen):
        gezag = (
            Ouderschap.objects.zichtbaar_voor(gebruiker, zicht)
            .filter(leerling=stuk.leerling_id, gezag="ja", beperking="", periode__contains=stuk.datum)
            .select_related("persoon")
            .order_by("persoon__sorteernaam", "pk")
        )
        namen = [ouderschap.persoon.naam for ouderschap in gezag] or ["", ""]
    for handtekening in vorm.handtekeningen:
        for naam in namen if handtekening.alle else [""]:
            yield Handtekeningregel(capfirst(handtekening.naam), naam)


def moment_tekst(moment: datetime, tijdzone: ZoneInfo) -> str:
    """3 november 2026 om 15.15, by the clock of the school."""
    hier = moment.astimezone(tijdzone).replace(tzinfo=None)
    return f"{datum(hier)} om {hier:%H.%M}"


def papier_html(papier: Papier) -> str:
    """The paper as HTML; every text is escaped by the template."""
    return render_to_string("rapporten/papier.html", {"papier": papier})


def papier_pdf(papier: Papier) -> bytes:
    """The paper as a tagged PDF/A-3a that also says PDF/UA-1. Raises PdfFout when this machine can't make one."""
    titel = f"{papier.titel} {papier.leerling}".strip()
    return maak_pdf(papier_html(papier), titel=titel, auteur=papier.school)


def bestandsnaam(stuk: Dossierstuk) -> str:
    """The kind and the day: a file on a desk or in a mail tells nobody whose it is."""
    return f"{slugify(stuk.soort) or 'papier'}-{stuk.datum:%Y-%m-%d}.pdf"
