"""The conditions of a kind of meeting for one pupil: before it goes on the agenda, and again when it is discussed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from besprekingen.adressen import adres
from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services.feiten import zorgfeiten
from besprekingen.services.hulp import dag_van, kind_van, profiel_van
from leerlingen import zorgroute
from leerlingen.models import Leerling, Toestemming, Toestemmingsantwoord
from leerlingen.zorgfeiten import Antwoordfeit, Toestemmingfeit, Zorgfeiten
from zorg.kern.fouten import DomeinFout

EEN_DAG = timedelta(days=1)


def vereis_poort(bespreking: Bespreking, leerling: Leerling) -> None:
    """Raise unless this kind of meeting may be held about this pupil now, with the first reason and the way to it."""
    weiger(_oordeel(bespreking, zorgfeiten(leerling)), leerling)


def vereis_toestemming(punt: Agendapunt) -> None:
    """Raise unless the parents' consent that this meeting asks for stood when it began (K-134).

    A yes that was taken back the day before is no yes; what changes afterwards is for the next meeting. What nobody put
    on the agenda by hand tells the past (demo, import): it was not judged then and is not now.
    """
    if punt.leerling_id is None or punt.ingebracht_door_id is None:
        return
    bespreking, leerling = punt.bespreking, kind_van(punt)
    feiten = _toen(zorgfeiten(leerling), bespreking, leerling)
    oordeel = _oordeel(bespreking, feiten, punt)
    mist = tuple(u for u in oordeel.ontbreekt if u.voorwaarde == "toestemming" and u.soort == "hard")
    if mist:
        raise DomeinFout(mist[0].zin, link=adres(mist[0].link, leerling) or None)


def weiger(oordeel: zorgroute.Oordeel, leerling: Leerling) -> None:
    """Raise when the judgement is no, with the link to the first thing that can be done."""
    if not oordeel.toegestaan:
        link = next((a for u in oordeel.ontbreekt if (a := adres(u.link, leerling))), None)
        raise DomeinFout(oordeel.zin, link=link)


def _oordeel(bespreking: Bespreking, feiten: Zorgfeiten, punt: Agendapunt | None = None) -> zorgroute.Oordeel:
    """Someone from outside at the table, for the whole meeting or for this pupil, asks consent (X-12)."""
    wie = Q(agendapunt__isnull=True) | Q(agendapunt=punt) if punt is not None else Q(agendapunt__isnull=True)
    extern = (
        Deelnemer.objects.systeemtoegang(reden="zit er iemand van buiten aan tafel")
        .filter(wie, bespreking=bespreking, extern=True)
        .exists()
    )
    return zorgroute.beoordeel_bespreking(profiel_van(bespreking), bespreking.soort, feiten, extern=extern)


def _toen(feiten: Zorgfeiten, bespreking: Bespreking, leerling: Leerling) -> Zorgfeiten:
    """The facts with the consents as they stood when the meeting began."""
    zone = ZoneInfo(bespreking.school.tijdzone)
    vragen = list(
        Toestemming.objects.systeemtoegang(reden="toestemming bij het begin van de bespreking")
        .filter(leerling=leerling, gevraagd_op__lte=bespreking.begin)
        .exclude(ingetrokken_op__lte=bespreking.begin)
    )
    antwoorden: dict[int, list[Antwoordfeit]] = {}
    rijen: Any = Toestemmingsantwoord.objects.systeemtoegang(reden="toestemming bij het begin van de bespreking")
    for rij in rijen.filter(toestemming__in=vragen, op__lte=bespreking.begin).order_by("op", "pk"):
        feit = Antwoordfeit(str(rij.persoon_id), rij.keuze, rij.op.astimezone(zone), rij.tekstversie)
        antwoorden.setdefault(rij.toestemming_id, []).append(feit)
    return replace(
        feiten,
        vandaag=dag_van(bespreking),
        toestemmingen=tuple(
            Toestemmingfeit(
                doel=vraag.doel,
                gevraagd_op=vraag.gevraagd_op.astimezone(zone).date(),
                tekstversie=vraag.tekstversie,
                geldig_tot=vraag.geldig_tot + EEN_DAG if vraag.geldig_tot else None,
                antwoorden=tuple(antwoorden.get(vraag.pk, ())),
            )
            for vraag in vragen
        ),
    )
