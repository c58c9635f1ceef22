"""A paper about groups or about the school, for one reader: its questions for all and per pupil, and the same on A4.

Never more than its page shows: a row about a pupil follows that pupil. All text is plain; templates escape it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from leerlingen import profielen_van_school, rapporten, selecties
from leerlingen.models import Antwoord, Document, Groep, Leerling, Plaatsing
from leerlingen.profiel.papier import Sectie
from leerlingen.rapporten import Aanvulling, Antwoordregel, Deel, Papier
from leerlingen.selecties import Vraagveld
from leerlingen.services import standnaam
from zorg.kern.tekst import datum


@dataclass(frozen=True)
class Leerlingdeel:
    """One pupil in a section, with the questions that are asked for each."""

    leerling: Leerling
    vragen: list[Vraagveld]

    @property
    def gevuld(self) -> bool:
        return any(veld.antwoord.strip() for veld in self.vragen)


@dataclass(frozen=True)
class Deelveld:
    """A section: what is asked once, and what is asked for each pupil."""

    code: str
    naam: str
    hulp: str
    vragen: list[Vraagveld]
    per_leerling: list[Leerlingdeel]

    @property
    def alle_velden(self) -> list[Vraagveld]:
        return [*self.vragen, *(veld for kind in self.per_leerling for veld in kind.vragen)]


def dag_van(document: Document) -> date:
    """The day of the paper, by the clock of the school."""
    return document.datum or document.gemaakt_op.astimezone(ZoneInfo(document.school.tijdzone)).date()


def titel_van(document: Document, groepen: list[Groep]) -> str:
    """«Bespreekformulier groepsbespreking 6a»: its own title or the name of its kind, with the groups."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    namen = " en ".join(groep.naam for groep in groepen)
    return f"{document.titel or vorm.naam} {namen}".strip()


def groepen_van(gebruiker: Any, document: Document) -> list[Groep]:
    """The groups of the paper that the reader sees."""
    if document.over != Document.Over.GROEP:
        return []
    return list(
        Groep.objects.zichtbaar_voor(gebruiker).filter(documenten__document=document).order_by("volgorde", "naam", "pk")
    )


def leerlingen_van(gebruiker: Any, document: Document, groepen: list[Groep]) -> list[Leerling]:
    """The pupils of these groups on the day of the paper whom the reader sees."""
    plaatsingen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(groep__in=groepen, periode__contains=dag_van(document))
        .select_related("leerling")
        .order_by("leerling__sorteernaam", "leerling")
    )
    return list({rij.leerling_id: rij.leerling for rij in plaatsingen}.values())


def delen_van(gebruiker: Any, document: Document, groepen: list[Groep]) -> list[Deelveld]:
    """The sections with the visible answers; the number of queries does not depend on the number of pupils."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    antwoorden = {
        (rij.sectiecode, rij.vraagcode, rij.leerling_id): rij
        for rij in Antwoord.objects.zichtbaar_voor(gebruiker).filter(document=document).select_related("door")
    }
    vraagt = any(vraag.soort == "per_leerling" for sectie in vorm.secties for vraag in sectie.vragen)
    kinderen = leerlingen_van(gebruiker, document, groepen) if vraagt and groepen else []

    def velden(sectie: Sectie, kind: Leerling | None) -> list[Vraagveld]:
        uit = []
        for vraag in sectie.vragen:
            rij = antwoorden.get((sectie.code, vraag.code, kind.pk if kind else None))
            if (vraag.soort == "per_leerling") == (kind is not None) and (rij is not None or not vraag.beeindigd):
                uit.append(selecties.vraagveld(sectie.code, vraag, rij))
        return uit

    return [
        Deelveld(
            sectie.code,
            sectie.naam,
            sectie.hulptekst,
            velden(sectie, None),
            [Leerlingdeel(kind, rij) for kind in kinderen if (rij := velden(sectie, kind))],
        )
        for sectie in vorm.secties
        if not sectie.per_arrangement and not sectie.beeindigd
    ]


# -- on paper ------------------------------------------------------------------------------------------------------


def stel_samen(gebruiker: Any, document: Document) -> Papier:
    """The paper as this reader may have it. `document` comes with school, profielversie and who made and fixed it."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    groepen = groepen_van(gebruiker, document)
    delen = delen_van(gebruiker, document, groepen)
    aanvullingen = selecties.aanvullingen_van(gebruiker, document)
    tijdzone = ZoneInfo(document.school.tijdzone)
    momenten = [
        v.op for deel in delen for v in [*deel.vragen, *(w for k in deel.per_leerling for w in k.vragen)] if v.op
    ]
    momenten += [aanvulling.op for aanvulling in aanvullingen]
    merk = document.get_vertrouwelijkheid_display()
    return Papier(
        school=document.school.naam,
        soort=vorm.naam,
        titel=document.titel or vorm.naam,
        datum=dag_van(document),
        status=_status(document, tijdzone),
        concept=document.status != Document.Status.DEFINITIEF,
        groep=", ".join(groep.naam for groep in groepen),
        opgesteld_door=document.gemaakt_door.naam if document.gemaakt_door else "",
        gewijzigd=rapporten.moment_tekst(max(momenten, default=document.gemaakt_op), tijdzone),
        merk="" if merk == "gewoon" else merk,
        delen=tuple(_op_papier(delen)),
        aanvullingen=tuple(
            Aanvulling(f"{rij.door.naam}, {rapporten.moment_tekst(rij.op, tijdzone)}", rij.tekst)
            for rij in aanvullingen
        ),
    )


def _status(document: Document, tijdzone: ZoneInfo) -> str:
    if document.status == Document.Status.DEFINITIEF and document.vastgesteld_op:
        wie = f" door {document.vastgesteld_door.naam}" if document.vastgesteld_door else ""
        return f"{standnaam(document)}, {datum(document.vastgesteld_op.astimezone(tijdzone))}{wie}"
    return standnaam(document)


def _op_papier(delen: list[Deelveld]) -> Iterator[Deel]:
    for deel in delen:
        regels = tuple(
            Antwoordregel(veld.tekst, veld.leesbaar.strip(), veld.bron)
            for veld in deel.vragen
            if veld.antwoord.strip() or veld.verplicht
        )
        gevuld = [kind for kind in deel.per_leerling if kind.gevuld]
        kolommen = tuple(veld.tekst for veld in deel.per_leerling[0].vragen) if gevuld else ()
        rijen = tuple((kind.leerling.naam, *(veld.leesbaar.strip() for veld in kind.vragen)) for kind in gevuld)
        yield Deel(deel.naam, regels, kolommen, rijen)


def bestandsnaam(document: Document) -> str:
    """The kind and the day."""
    return f"{slugify(document.soort) or 'papier'}-{dag_van(document):%Y-%m-%d}.pdf"
