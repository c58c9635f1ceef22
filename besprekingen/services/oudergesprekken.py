"""Talks with parents in a school year: how far each pupil is, and a task for teachers in time (K-102, M-71, M-72)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef

from besprekingen.models import Gesprek
from besprekingen.oudergesprekken import MET_OUDERS, Gespreksstand, nodig_per_jaar, stand
from besprekingen.services.hulp import groep_van
from leerlingen import profielen_van_school
from leerlingen.models import Document, Groep, Leerling, Plaatsing, Schooljaar, Taak, Zorgniveauperiode
from leerlingen.services import taak_afronden, taak_maken
from leerlingen.termijn import datumtekst
from zorg.kern import klok
from zorg.kern.models import School

SOORT = "oudergesprekken"
REDEN = "hoeveel gesprekken waren er met de ouders"
VOORAF = timedelta(weeks=6)
"""How long before the day the teachers find it on their list."""


def gespreksstanden(leerlingen: Collection[Leerling], jaar: Schooljaar, dag: date) -> dict[int, Gespreksstand]:
    """How far these pupils of one school are on this day of the school year. The caller checked that they are visible.

    Every talk counts, whoever may read what was said; a form that was filled in and made definitive is a talk too.
    """
    if not leerlingen:
        return {}
    profiel = profielen_van_school.huidig_profiel(jaar.school)
    zorg = {niveau.code for niveau in profiel.niveau if niveau.zorgleerling}
    van: dict[str, Any] = {"leerling": OuterRef("pk")}
    met_ouders = Gesprek.objects.systeemtoegang(reden=REDEN).filter(**van, soort__in=MET_OUDERS)
    papieren = Document.objects.systeemtoegang(reden=REDEN).filter(
        stuk__leerling=OuterRef("pk"), soort="oudergesprek", status=Document.Status.DEFINITIEF
    )
    vastgelegd = Gesprek.objects.systeemtoegang(reden=REDEN).filter(leerling=OuterRef("stuk__leerling"))
    rijen = (
        Leerling.objects.systeemtoegang(reden=REDEN)
        .filter(pk__in=[leerling.pk for leerling in leerlingen])
        .annotate(
            met_ouders=ArraySubquery(met_ouders.order_by().values("op")),
            papieren=ArraySubquery(
                papieren.exclude(stuk__in=vastgelegd.order_by().values("stuk")).order_by().values("stuk__datum")
            ),
            niveaus=ArraySubquery(
                Zorgniveauperiode.objects.systeemtoegang(reden=REDEN)
                .filter(**van, periode__contains=dag)
                .order_by()
                .values("niveau")
            ),
        )
    )
    return {
        rij.pk: stand(
            [*rij.met_ouders, *rij.papieren],
            van=jaar.periode.lower,
            tot=jaar.periode.upper,
            aantal=nodig_per_jaar(profiel, extra=bool(zorg & {*rij.niveaus})),
            dag=dag,
            sinds=rij.ingeschreven.lower,
        )
        for rij in rijen
    }


def kinderen_van(groep: Groep, dag: date) -> list[Leerling]:
    """The pupils of a group on a day. For the system's own work; pages ask what somebody sees."""
    plaatsingen = (
        Plaatsing.objects.systeemtoegang(reden=REDEN)
        .filter(groep=groep, stamgroep=True, periode__contains=dag)
        .select_related("leerling")
    )
    return [plaatsing.leerling for plaatsing in plaatsingen]


@transaction.atomic
def oudergesprekken_herinneren(*, school: School) -> int:
    """Tell the teachers of each group six weeks before with how many parents they must still talk; gives how many.

    Once for each day that is due; whoever asks twice makes no second task.
    """
    dag, gemaakt = klok.vandaag(school), 0
    groepen = Groep.objects.systeemtoegang(reden=REDEN).van_dag(dag).filter(school=school, soort="stamgroep")
    for groep in groepen.select_related("schooljaar__school"):
        standen = gespreksstanden(kinderen_van(groep, dag), groep.schooljaar, dag)
        nog = [s.voor for s in standen.values() if s.voor is not None and s.voor - VOORAF <= dag]
        if not nog:
            continue
        voor = min(nog)
        sleutel = f"{SOORT}:{groep.pk}:{voor.isoformat()}"
        if Taak.objects.systeemtoegang(reden="staat de taak er al").filter(school=school, sleutel=sleutel).exists():
            continue
        taak_maken(
            school=school,
            soort=SOORT,
            sleutel=sleutel,
            titel="Gesprekken met ouders",
            uitleg=f"Van {len(nog)} van de {len(standen)} leerlingen staat het gesprek nog niet vast. "
            f"Graag vóór {datumtekst(voor, dag)}.",
            groep=groep,
            link=f"/besprekingen/groepen/{groep.pk}/gesprekken/",
            knop="Bekijken",
            voor=voor,
            door=None,
        )
        gemaakt += 1
    return gemaakt


def oudergesprekken_klaar(leerling: Leerling) -> None:
    """After a talk was put on record: the task of the group is done when no pupil waits for that day any more."""
    dag = klok.vandaag(leerling.school)
    groep = groep_van(leerling, dag)
    if groep is None:
        return
    taken = Taak.objects.systeemtoegang(reden="is het laatste gesprek gevoerd").filter(groep=groep, soort=SOORT).open()
    open_ = list(taken)
    if not open_:
        return
    standen = gespreksstanden(kinderen_van(groep, dag), groep.schooljaar, dag).values()
    for taak in open_:
        if not any(s.voor is not None and taak.voor is not None and s.voor <= taak.voor for s in standen):
            taak_afronden(school=leerling.school, sleutel=taak.sleutel, door=None)
