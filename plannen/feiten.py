"""What plans say downwards to the signals, and what the evaluation of a plan says about pupils."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from leerlingen.models import Antwoord, Document
from leerlingen.profiel import Profiel
from lvs.signalering import Plaats
from plannen.models import Groepsplan, Indeling
from plannen.vorm import Planvorm


def lopende_plaatsen(gebruiker: Any, leerling_ids: Collection[int], dag: date) -> Mapping[int, Mapping[str, Plaats]]:
    """Where pupils sit in the plans that run on this day, as this user sees it: lvs asks it for its signals.

    A plan that is still a concept answers nothing: nobody has spoken about it yet.
    """
    rijen = (
        Indeling.objects.zichtbaar_voor(gebruiker)
        .filter(
            leerling__in=leerling_ids,
            plan__vervallen_op__isnull=True,
            plan__periode__contains=dag,
            plan__document__status__in=[Document.Status.BESPROKEN, Document.Status.DEFINITIEF],
        )
        .order_by("plan__periode", "plan")
        .values_list("leerling", "plan__vak", "arrangement", "geplaatst_op", "school__tijdzone")
    )
    gevonden: dict[int, dict[str, Plaats]] = {}
    for leerling, vak, arrangement, op, tijdzone in rijen:
        sinds = op.astimezone(ZoneInfo(tijdzone)).date()
        gevonden.setdefault(leerling, {})[vak] = Plaats(arrangement, sinds)
    return gevonden


def leerlingoordelen(antwoorden: Any, vorm: Planvorm) -> dict[int, str]:
    """Pupil id → whether the goal was reached, from the evaluation per pupil ('ja', 'gedeeltelijk', 'nee')."""
    sectie, vraag = vorm.evaluatiesectie, vorm.leerlingoordeel
    if sectie is None or vraag is None:
        return {}
    return {
        rij.leerling_id: rij.tekst.strip().casefold()
        for rij in antwoorden
        if rij.leerling_id and rij.vraagcode == vraag.code and rij.sectiecode.split(":")[0] == sectie.code
    }


def antwoorden_van(plan: Groepsplan, bron: Any) -> list[Antwoord]:
    """All answers of a plan from a restricted queryset of Antwoord."""
    return list(bron.filter(document=plan.document_id).select_related("door"))


def planvorm(plan: Groepsplan, profiel: Profiel) -> Planvorm:
    """The form of this plan under the version it began with."""
    return Planvorm(profiel, profiel.zoek_document(plan.document.soort))
