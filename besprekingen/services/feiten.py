"""Gathering the facts of one pupil for the care route (ontwerp §2): everything that is true, whoever asks.

The route judges with all facts; what a user reads of the answer are the procedure's own sentences, not the pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from besprekingen.models import (
    Agendapunt,
    Besluit,
    Bespreking,
    Evaluatie,
    Gesprek,
    Instantiebesluit,
    Onderzoek,
    Rapport,
)
from leerlingen import profielen_van_school
from leerlingen.models import (
    Antwoord,
    Document,
    Leerling,
    Plaatsing,
    Toestemming,
    Toestemmingsantwoord,
    Vrij,
)
from leerlingen.profiel import Profiel
from leerlingen.services.zorg import gezaghebbenden, huidig_niveau
from leerlingen.zorgfeiten import (
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Gezaghebbende,
    Instantiefeit,
    Onderzoekfeit,
    Planfeit,
    Toestemmingfeit,
    Vakantie,
    Zorgfeiten,
)
from plannen.models import Indeling
from zorg.kern import klok

REDEN = "feiten voor de zorgroute van een zichtbare leerling"


def zorgfeiten(leerling: Leerling, rollen: Iterable[str] = ()) -> Zorgfeiten:
    """The facts of today. `rollen` are the role codes of who asks; the caller checked that they see the pupil."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    dag = klok.vandaag(leerling.school)
    niveau = huidig_niveau(leerling, dag)
    plaatsing = (
        Plaatsing.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, stamgroep=True, periode__contains=dag)
        .first()
    )
    documenten = _documenten(leerling, profiel)
    return Zorgfeiten(
        vandaag=dag,
        rollen=frozenset(rollen),
        niveau=niveau.niveau if niveau else None,
        niveau_sinds=niveau.periode.lower if niveau else None,
        jaargroep=int(plaatsing.jaargroep) if plaatsing and plaatsing.jaargroep.isdecimal() else None,
        eigen_leerlijn=any(feit.code == "opp" for feit in documenten),
        gezaghebbenden=tuple(Gezaghebbende(str(p.pk), p.naam) for p in gezaghebbenden(leerling)),
        besprekingen=_besprekingen(leerling),
        toestemmingen=_toestemmingen(leerling),
        gesprekken=tuple(
            Gesprekfeit(rij.soort, rij.op)
            for rij in Gesprek.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling, op__lte=dag)
        ),
        documenten=documenten,
        plannen=_plannen(leerling, documenten),
        onderzoeken=tuple(
            Onderzoekfeit(rij.soort, rij.uitslag_op, rij.met_ouders_op)
            for rij in Onderzoek.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling)
        ),
        instanties=tuple(
            Instantiefeit(rij.besluit, rij.op)
            for rij in Instantiebesluit.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling)
        ),
        vakanties=tuple(
            Vakantie(rij.naam, rij.periode.lower, rij.periode.upper - timedelta(days=1))
            for rij in Vrij.objects.systeemtoegang(reden=REDEN).filter(school=leerling.school, soort="vakantie")
        ),
    )


def _besprekingen(leerling: Leerling) -> tuple[Besprekingfeit, ...]:
    punten = list(
        Agendapunt.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling)
        .exclude(bespreking__status=Bespreking.Status.AFGEZEGD)
        .select_related("bespreking")
    )
    doelen: dict[int, Evaluatie] = {}
    for evaluatie in Evaluatie.objects.systeemtoegang(reden=REDEN).filter(agendapunt__in=punten).order_by("pk"):
        doelen[evaluatie.agendapunt_id or 0] = evaluatie
    besluiten = {
        besluit.agendapunt_id: besluit.code
        for besluit in Besluit.objects.systeemtoegang(reden=REDEN).filter(agendapunt__in=punten)
    }
    zone = ZoneInfo(leerling.school.tijdzone)
    feiten = []
    for punt in punten:
        doel = doelen.get(punt.pk)
        feiten.append(
            Besprekingfeit(
                soort=punt.bespreking.soort,
                op=punt.bespreking.begin.astimezone(zone).date(),
                gehouden=punt.bespreking.status == Bespreking.Status.GEHOUDEN,
                doel=doel is not None,
                evaluatie_voor=doel.voor if doel else None,
                geevalueerd_op=doel.geevalueerd_op if doel else None,
                vooruitgang=doel.vooruitgang or None if doel else None,  # type: ignore[arg-type]
                besluit=besluiten.get(punt.pk),
            )
        )
    return tuple(feiten)


def _toestemmingen(leerling: Leerling) -> tuple[Toestemmingfeit, ...]:
    zone = ZoneInfo(leerling.school.tijdzone)
    vragen = list(
        Toestemming.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling, ingetrokken_op__isnull=True)
    )
    antwoorden: dict[int, list[Antwoordfeit]] = {}
    for rij in Toestemmingsantwoord.objects.systeemtoegang(reden=REDEN).filter(toestemming__in=vragen):
        antwoorden.setdefault(rij.toestemming_id, []).append(
            Antwoordfeit(str(rij.persoon_id), rij.keuze, rij.op.astimezone(zone), rij.tekstversie)
        )
    return tuple(
        Toestemmingfeit(
            doel=vraag.doel,
            gevraagd_op=vraag.gevraagd_op.astimezone(zone).date(),
            tekstversie=vraag.tekstversie,
            geldig_tot=vraag.geldig_tot + timedelta(days=1) if vraag.geldig_tot else None,
            antwoorden=tuple(antwoorden.get(vraag.pk, ())),
        )
        for vraag in vragen
    )


def _documenten(leerling: Leerling, profiel: Profiel) -> tuple[Documentfeit, ...]:
    rijen = list(
        Document.objects.systeemtoegang(reden=REDEN)
        .filter(stuk__leerling=leerling, stuk__ingetrokken_op__isnull=True)
        .select_related("stuk")
        .order_by("pk")
    )
    gevuld: dict[int, set[tuple[str, str]]] = {}
    for antwoord in Antwoord.objects.systeemtoegang(reden=REDEN).filter(document__in=rijen).exclude(tekst=""):
        gevuld.setdefault(antwoord.document_id, set()).add((antwoord.sectiecode, antwoord.vraagcode))
    vormen = {vorm.code: vorm for vorm in profiel.documenten}
    feiten = []
    for rij in rijen:
        vorm = vormen.get(rij.soort)
        if vorm is None or rij.stuk is None:
            continue
        open_: dict[int, list[str]] = {deel: [] for deel in vorm.delen}
        for sectie in vorm.secties:
            for vraag in sectie.vragen:
                if vraag.verplicht and (sectie.code, vraag.code) not in gevuld.get(rij.pk, set()):
                    open_.setdefault(sectie.deel, []).append(vraag.tekst)
        feiten.append(
            Documentfeit(
                rij.soort,
                frozenset(deel for deel, vragen in open_.items() if not vragen),
                rij.stuk.datum,
                tuple(vraag for vragen in open_.values() for vraag in vragen),
            )
        )
    return (*feiten, *_rapporten(leerling))


def _rapporten(leerling: Leerling) -> list[Documentfeit]:
    laatste = (
        Rapport.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, soort="okr", status=Rapport.Status.KLAAR)
        .order_by("-versie")
        .first()
    )
    if laatste is None:
        return []
    op = laatste.gemaakt_op.astimezone(ZoneInfo(leerling.school.tijdzone)).date()
    volledig = frozenset() if laatste.ontbreekt else frozenset({1})
    return [Documentfeit("okr", volledig, op, tuple(laatste.ontbreekt))]


def _plannen(leerling: Leerling, documenten: Iterable[Documentfeit]) -> tuple[Planfeit, ...]:
    """Group plans with this pupil, and the pupil's own plans (an evaluation answered makes them evaluated)."""
    groepsplannen = [
        Planfeit(
            "groepsplan",
            indeling.plan.periode.lower,
            indeling.plan.periode.upper - timedelta(days=1),
            _dag(indeling.plan.stand_op, leerling) if indeling.plan.stand == "geevalueerd" else None,
        )
        for indeling in Indeling.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, plan__vervallen_op__isnull=True)
        .select_related("plan")
    ]
    eigen = [
        Planfeit(feit.code, feit.gedateerd_op, None, feit.gedateerd_op if not feit.ontbreekt else None)
        for feit in documenten
        if feit.code in ("handelingsplan", "opp") and feit.gedateerd_op
    ]
    return (*groepsplannen, *eigen)


def _dag(moment: object, leerling: Leerling) -> date:
    return moment.astimezone(ZoneInfo(leerling.school.tijdzone)).date()  # type: ignore[attr-defined,no-any-return]
