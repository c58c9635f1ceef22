"""The recorded signals on the page of a meeting: of the pupils of its group, or of those on its agenda."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from besprekingen.models import Bespreking, Puntsignaal
from besprekingen.services.hulp import dag_van, profiel_van
from lvs.models import VastgelegdSignaal
from lvs.vastgelegd import categorienaam


@dataclass(frozen=True)
class Puntsignalen:
    """One signal: its category in the school's words, and whether an item of this meeting answers it."""

    signaal: VastgelegdSignaal
    naam: str
    op_agenda: bool


def signalen_bij(gebruiker: Any, bespreking: Bespreking, leerlingen: Collection[int]) -> list[Puntsignalen]:
    """The signals that the user sees and nobody closed, by pupil; one query, whatever their number."""
    hier = Puntsignaal.objects.zichtbaar_voor(gebruiker).filter(
        signaal=OuterRef("pk"), agendapunt__bespreking=bespreking
    )
    rijen = VastgelegdSignaal.objects.zichtbaar_voor(gebruiker).lopend().annotate(op_agenda=Exists(hier))
    if bespreking.groep_id:
        rijen = rijen.filter(
            leerling__plaatsingen__groep=bespreking.groep_id,
            leerling__plaatsingen__periode__contains=dag_van(bespreking),
        )
    else:
        rijen = rijen.filter(leerling__in=leerlingen)
    profiel = profiel_van(bespreking)
    return [
        Puntsignalen(rij, categorienaam(profiel, rij.categorie), rij.op_agenda)
        for rij in rijen.select_related("leerling", "stuk").order_by("leerling__sorteernaam", "leerling", "pk")
    ]
