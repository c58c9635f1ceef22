"""What runs for a pupil by their papers: the term of what follows, and what the procedure puts in the light.

For the page of the pupil, always for a user: nothing of a paper that they may not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Document, Leerling, Vrij
from leerlingen.papiertermijn import Papierfeit, uiterste
from leerlingen.profiel.papier import Document as Vorm
from leerlingen.services.papiertaken import feit_van
from leerlingen.termijn import Uiterste
from leerlingen.vraagsoorten import leesbaar
from leerlingen.watnu import WatNu
from leerlingen.zorgfeiten import Vakantie
from zorg.kern import klok


@dataclass(frozen=True)
class Termijnregel:
    """Something that follows from a paper, and until when."""

    taak: str
    wie: str
    """The school's label of the role."""
    voor: date
    zin: str
    laat: bool


@dataclass(frozen=True)
class LopendPapier:
    """A paper of which something runs."""

    naam: str
    url: str
    begonnen: date
    uitgelicht: list[tuple[str, str]]
    """Question and answer."""
    termijnen: list[Termijnregel]


def papieren(gebruiker: Any, leerling: Leerling) -> list[LopendPapier]:
    """The visible papers of which something is due or in the light, most urgent first; at most three queries."""
    vormen = profielen_van_school.huidig_profiel(leerling.school).documenten
    lopend = {vorm.code for vorm in vormen if vorm.vervolg or _uitgelicht(vorm)}
    erbij = {vervolg.papier for vorm in vormen for vervolg in vorm.vervolg if vervolg.papier}
    if not lopend:
        return []
    documenten = list(
        Document.objects.zichtbaar_voor(gebruiker)
        .filter(stuk__leerling=leerling, soort__in=lopend | erbij, stuk__ingetrokken_op__isnull=True)
        .select_related("school", "profielversie", "stuk")
        .defer("profielversie__inhoud")
        .order_by("stuk__datum", "pk")
    )
    if not documenten:
        return []
    antwoorden: dict[int, list[Antwoord]] = {}
    for rij in Antwoord.objects.zichtbaar_voor(gebruiker).filter(document__in=documenten, leerling__isnull=True):
        antwoorden.setdefault(rij.document_id, []).append(rij)
    feiten = [(document, feit_van(document, antwoorden.get(document.pk, ()))) for document in documenten]
    vakanties = [
        Vakantie(rij.naam, rij.periode.lower, rij.periode.upper - timedelta(days=1))
        for rij in Vrij.objects.zichtbaar_voor(gebruiker).filter(school=leerling.school_id, soort="vakantie")
    ]
    dag = klok.vandaag(leerling.school)
    uit = [_papier(plek, feiten, vakanties, dag) for plek in range(len(feiten))]
    gevuld = [papier for papier in uit if papier.termijnen or papier.uitgelicht]
    return sorted(gevuld, key=lambda p: (min((t.voor for t in p.termijnen), default=date.max), p.begonnen))


def _uitgelicht(vorm: Vorm) -> bool:
    return any(vraag.uitgelicht for sectie in vorm.secties for vraag in sectie.vragen)


def _papier(
    plek: int, feiten: list[tuple[Document, Papierfeit]], vakanties: list[Vakantie], vandaag: date
) -> LopendPapier:
    document, feit = feiten[plek]
    profiel = profielen_van_school.profiel(document.profielversie)
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    vast = [(d, f) for d, f in feiten if d.status == Document.Status.DEFINITIEF]
    later = any(d.soort == document.soort for d, _ in feiten[plek + 1 :] if d.status == Document.Status.DEFINITIEF)
    termijnen = []
    for vervolg in vorm.vervolg:
        vervolgd = [f for d, f in vast if d.soort == vervolg.papier]
        if vervolg.papier is not None and later:
            continue
        termijn = uiterste(profiel, vervolg, feit, vervolgd, vakanties)
        if termijn is not None:
            termijnen.append(_regel(vervolg.taak, profiel.rolnaam(vervolg.wie), termijn, vandaag))
    open_ = document.status != Document.Status.DEFINITIEF
    return LopendPapier(
        naam=vorm.naam,
        url=reverse("leerlingen:stuk", kwargs={"stuk_id": document.stuk_id}),
        begonnen=feit.begonnen,
        uitgelicht=[
            (vraag.tekst, leesbaar(vraag, tekst))
            for sectie in vorm.secties
            for vraag in sectie.vragen
            if open_ and vraag.uitgelicht and (tekst := feit.antwoorden.get(f"{sectie.code}.{vraag.code}", "").strip())
        ],
        termijnen=termijnen,
    )


def _regel(taak: str, wie: str, termijn: Uiterste, vandaag: date) -> Termijnregel:
    laat = (vandaag - termijn.datum).days
    zin = f"{laat} {'dag' if laat == 1 else 'dagen'} te laat" if laat > 0 else termijn.zin(vandaag)
    return Termijnregel(taak, wie, termijn.datum, zin, laat=laat > 0)


def wat_nu(lopend: list[LopendPapier]) -> WatNu | None:
    """The most urgent of it as the one answer, for a pupil of whom the care route asks nothing."""
    eerste = next((papier for papier in lopend if papier.termijnen), None)
    if eerste is None:
        return None
    regel = min(eerste.termijnen, key=lambda regel: regel.voor)
    zin = f"{regel.zin[:1].upper()}{regel.zin[1:]}. Wie: {regel.wie}."
    return WatNu(titel=regel.taak, zin=zin, voor=regel.voor, laat=regel.laat, knop="Naar het papier", link=eerste.url)
