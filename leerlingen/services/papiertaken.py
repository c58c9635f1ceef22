"""The tasks that a paper brings (leerlingen.profiel.vervolg): made, moved and done as the paper is written.

What is due follows from the paper alone, so a task is only ever done by what is written, and comes back with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Document, Leerling, Taak
from leerlingen.papiertermijn import Papierfeit, uiterste
from leerlingen.profiel.papier import Document as Vorm
from leerlingen.profiel.vervolg import Vervolg
from leerlingen.services.taken import ontvangers, taak_afronden, taak_maken

REDEN = "wat volgt uit een papier"
SOORT = "papier"


def na_antwoord(document: Document, plek: str) -> None:
    """After an answer was saved at this place («section.question»): only what looks at it is worked out again."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    geraakt = [vervolg for vervolg in vorm.vervolg if plek in _plekken(vervolg)]
    if geraakt and document.stuk is not None:
        _herzie(document, geraakt)


def na_begin(document: Document) -> None:
    """After a paper was begun."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    if vorm.vervolg and document.stuk is not None:
        _herzie(document, vorm.vervolg)


def na_vaststellen(document: Document) -> None:
    """After a paper became definitive: what follows from it, and from the papers whose term it begins anew."""
    if document.stuk is None:
        return
    na_begin(document)
    profiel = profielen_van_school.profiel(document.profielversie)
    soorten = {vorm.code for vorm in profiel.documenten if _hangt_aan(vorm, document.soort)}
    if soorten:
        for ander in _papieren(document.stuk.leerling, soorten | {document.soort}):
            if ander.soort in soorten and ander.pk != document.pk:
                na_begin(ander)


def _hangt_aan(vorm: Vorm, soort: str) -> bool:
    """Whether another paper of this kind changes what is due of papers of this form."""
    return any(v.papier == soort or (v.papier is not None and vorm.code == soort) for v in vorm.vervolg)


def _plekken(vervolg: Vervolg) -> set[str | None]:
    bij = vervolg.bij.vraag if vervolg.bij else None
    return {vervolg.vanaf, vervolg.op, vervolg.verlengd, vervolg.klaar, bij} - {None}


def _papieren(leerling: Leerling, soorten: set[str]) -> list[Document]:
    rijen = (
        Document.objects.systeemtoegang(reden=REDEN)
        .filter(stuk__leerling=leerling, soort__in=soorten, stuk__ingetrokken_op__isnull=True)
        .select_related("school", "profielversie", "stuk__leerling__school")
        .defer("profielversie__inhoud")
        .order_by("stuk__datum", "pk")
    )
    return list(rijen)


def feit_van(document: Document, antwoorden: Iterable[Antwoord]) -> Papierfeit:
    """What counts of a paper on a piece, with its answers."""
    if document.stuk is None:
        raise TypeError("a paper on groups has no term")
    vast = document.vastgesteld_op
    return Papierfeit(
        begonnen=document.stuk.datum,
        vastgesteld=vast.astimezone(ZoneInfo(document.school.tijdzone)).date() if vast else None,
        antwoorden={f"{rij.sectiecode}.{rij.vraagcode}": rij.tekst for rij in antwoorden},
    )


def _antwoorden(documenten: Iterable[Document]) -> dict[int, list[Antwoord]]:
    per: dict[int, list[Antwoord]] = {}
    rijen = Antwoord.objects.systeemtoegang(reden=REDEN).filter(document__in=[d.pk for d in documenten])
    for rij in rijen.filter(leerling__isnull=True):
        per.setdefault(rij.document_id, []).append(rij)
    return per


def _herzie(document: Document, vervolgen: Iterable[Vervolg]) -> None:
    stuk: Any = document.stuk
    profiel = profielen_van_school.profiel(document.profielversie)
    vervolgen = list(vervolgen)
    soorten = {vervolg.papier for vervolg in vervolgen if vervolg.papier}
    anderen = _papieren(stuk.leerling, {*soorten, document.soort}) if soorten else []
    antwoorden = _antwoorden([document, *anderen])
    feit = feit_van(document, antwoorden.get(document.pk, ()))
    vast = [ander for ander in anderen if ander.status == Document.Status.DEFINITIEF]
    for vervolg in vervolgen:
        vervolgd = [feit_van(a, antwoorden.get(a.pk, ())) for a in vast if a.soort == vervolg.papier]
        opvolger = vervolg.papier is not None and any(
            a.soort == document.soort and (a.stuk.datum, a.pk) > (stuk.datum, document.pk) for a in vast if a.stuk
        )
        termijn = None if opvolger else uiterste(profiel, vervolg, feit, vervolgd)
        _taak(document, vervolg, len(vervolgd), termijn.datum if termijn else None)


def _taak(document: Document, vervolg: Vervolg, ronde: int, voor: date | None) -> None:
    """One open task for each receiver and this round; those of earlier rounds are done."""
    stuk: Any = document.stuk
    begin = f"papier:{document.pk}:{vervolg.code}:"
    alle = Taak.objects.systeemtoegang(reden=REDEN).filter(school=document.school_id, sleutel__startswith=begin)
    deze = alle.filter(sleutel__startswith=f"{begin}{ronde}:")
    for sleutel in alle.filter(klaar_op__isnull=True).values_list("sleutel", flat=True):
        if voor is None or not sleutel.startswith(f"{begin}{ronde}:"):
            taak_afronden(school=document.school, sleutel=sleutel, door=None)
    if voor is None:
        return
    if deze.update(voor=voor, klaar_op=None, klaar_door=None):
        return
    for ontvanger in ontvangers(vervolg.wie, stuk.leerling):
        wie = "groep" if "groep" in ontvanger else f"p{ontvanger['persoon'].pk}"
        taak_maken(
            school=document.school,
            soort=SOORT,
            sleutel=f"{begin}{ronde}:{wie}",
            titel=vervolg.taak,
            leerling=stuk.leerling,
            link=reverse("leerlingen:stuk", kwargs={"stuk_id": stuk.pk}),
            voor=voor,
            door=None,
            **ontvanger,
        )
