"""Which talks with parents are due: for the pupil page and for a whole group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from besprekingen.oudergesprekken import Gespreksstand
from besprekingen.services.oudergesprekken import gespreksstanden
from leerlingen.models import Groep, Leerling, Plaatsing, Schooljaar
from lvs.selecties.groep import peildag
from zorg.kern import klok


def gespreksstand_van(gebruiker: Any, leerling: Leerling) -> Gespreksstand | None:
    """How far the talks about a visible pupil are this year; None outside a school year."""
    dag = klok.vandaag(leerling.school)
    jaar = (
        Schooljaar.objects.zichtbaar_voor(gebruiker)
        .filter(school=leerling.school_id, periode__contains=dag)
        .select_related("school")
        .first()
    )
    return gespreksstanden([leerling], jaar, dag).get(leerling.pk) if jaar is not None else None


@dataclass(frozen=True)
class Gespreksrij:
    """One pupil of the group."""

    leerling: Leerling
    stand: Gespreksstand


@dataclass(frozen=True)
class Gesprekslijst:
    """The page of a group, worst first: how many of its pupils wait for a talk."""

    rijen: list[Gespreksrij]
    te_laat: int
    wachten: int


def oudergesprekken_van(gebruiker: Any, groep: Groep) -> Gesprekslijst:
    """The pupils of this group that the user sees, with their talks of the year; two queries."""
    dag = peildag(groep)
    plaatsingen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(groep=groep, periode__contains=dag)
        .select_related("leerling")
        .order_by("leerling__sorteernaam", "leerling")
    )
    kinderen = [plaatsing.leerling for plaatsing in plaatsingen]
    standen = gespreksstanden(kinderen, groep.schooljaar, dag)
    rijen = [Gespreksrij(kind, standen[kind.pk]) for kind in kinderen]
    rijen.sort(key=lambda rij: (rij.stand.voor is None, rij.stand.voor or dag))
    return Gesprekslijst(
        rijen,
        te_laat=sum(rij.stand.te_laat for rij in rijen),
        wachten=sum(not rij.stand.genoeg for rij in rijen),
    )
