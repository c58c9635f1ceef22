"""The list of plans, and the groups for which a plan can be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from leerlingen import profielen_van_school
from leerlingen.models import Documentgroep, Groep, Toewijzing
from leerlingen.namen import zoeksleutel
from plannen.models import Groepsplan, Indeling
from plannen.vorm import Planvorm
from zorg.kern.querysets import Recht

PER_PAGINA = 50


@dataclass(frozen=True)
class Planfilter:
    """What the list was asked for. `stand` is concept, besproken, definitief or ingetrokken; empty is all but those."""

    zoek: str = ""
    vak: str = ""
    stand: str = ""
    groep: int | None = None
    alle_jaren: bool = False


@dataclass(frozen=True)
class Planregel:
    """One plan in the list."""

    plan: Groepsplan
    vaknaam: str
    groepen: str
    periodenaam: str
    tot_en_met: date
    stand: str
    te_kiezen: int
    leerlingen: int


def plannenlijst(
    gebruiker: Any, gevraagd: Planfilter, dag: date, pagina: str
) -> tuple[Page[Groepsplan], list[Planregel], Counter[str]]:
    """One page of the plans that the user sees, and how many there are of each status; the same queries at 2 and 50."""
    alle = Groepsplan.objects.zichtbaar_voor(gebruiker)
    if not gevraagd.alle_jaren:
        alle = alle.filter(schooljaar__periode__contains=dag)
    if gevraagd.groep is not None:
        alle = alle.filter(document__in=_documenten(gebruiker, groep=gevraagd.groep))
    if gevraagd.vak:
        alle = alle.filter(vak=gevraagd.vak)
    if gevraagd.zoek:
        alle = _zoek(gebruiker, alle, gevraagd.zoek.split()[:6])
    tellingen: Counter[str] = Counter()
    for status, vervallen in alle.order_by().values_list("document__status", "vervallen_op"):
        tellingen["ingetrokken" if vervallen else status] += 1
    if gevraagd.stand == "ingetrokken":
        alle = alle.filter(vervallen_op__isnull=False)
    else:
        alle = alle.filter(vervallen_op__isnull=True)
        if gevraagd.stand:
            alle = alle.filter(document__status=gevraagd.stand)
    gesorteerd = alle.select_related("document__profielversie", "schooljaar").order_by("-periode", "vak", "pk")
    blad = Paginator(gesorteerd, PER_PAGINA).get_page(pagina)
    return blad, _regels(gebruiker, list(blad.object_list)), tellingen


def zoek(gebruiker: Any, woorden: Sequence[str], dag: date, maximum: int) -> list[Planregel]:
    """The plans of this year of which every word is in the name of a group or of the subject; the newest first."""
    alle = Groepsplan.objects.zichtbaar_voor(gebruiker).geldig().filter(schooljaar__periode__contains=dag)
    gevonden = _zoek(gebruiker, alle, woorden).select_related("document__profielversie", "schooljaar")
    return _regels(gebruiker, list(gevonden.order_by("-periode", "vak", "pk")[:maximum]))


def _zoek(gebruiker: Any, alle: Any, woorden: Sequence[str]) -> Any:
    """By the name of a group or a subject, whatever accents or capitals; every word must fit."""
    namen = {
        vak.code: zoeksleutel(vak.naam)
        for plan in alle.select_related("document__profielversie")[:200]
        for vak in profielen_van_school.profiel(plan.document.profielversie).vakgebieden
    }
    for woord in woorden:
        sleutel = zoeksleutel(woord)
        vakken = [code for code, naam in namen.items() if sleutel and sleutel in naam]
        alle = alle.filter(
            Q(document__in=_documenten(gebruiker, groep__naam__icontains=woord[:40])) | Q(vak__in=vakken)
        )
    return alle


def _documenten(gebruiker: Any, **zoek: Any) -> Any:
    """The papers on groups that match."""
    return Documentgroep.objects.zichtbaar_voor(gebruiker).filter(**zoek).order_by().values("document")


def _regels(gebruiker: Any, plannen: list[Groepsplan]) -> list[Planregel]:
    documenten = [plan.document_id for plan in plannen]
    groepen: dict[int, list[str]] = {}
    for document, naam in (
        Groep.objects.zichtbaar_voor(gebruiker)
        .filter(documenten__document__in=documenten)
        .order_by("volgorde", "naam")
        .values_list("documenten__document", "naam")
    ):
        if document in set(documenten):
            groepen.setdefault(document, []).append(naam)
    kiezen: Counter[int] = Counter()
    leerlingen: Counter[int] = Counter()
    for plan_id, te_kiezen in (
        Indeling.objects.zichtbaar_voor(gebruiker)
        .filter(plan__in=[plan.pk for plan in plannen])
        .order_by()
        .values_list("plan", "te_kiezen")
    ):
        kiezen[plan_id] += te_kiezen
        leerlingen[plan_id] += 1
    regels = []
    for plan in plannen:
        profiel = profielen_van_school.profiel(plan.document.profielversie)
        vorm = Planvorm(profiel, profiel.zoek_document(plan.document.soort))
        regels.append(
            Planregel(
                plan=plan,
                vaknaam=next((vak.naam for vak in profiel.vakgebieden if vak.code == plan.vak), plan.vak),
                groepen=", ".join(groepen.get(plan.document_id, [])),
                periodenaam=next((p.naam for p in profiel.groepsplanperioden if p.code == plan.periodecode), ""),
                tot_en_met=plan.periode.upper - timedelta(days=1),
                stand="ingetrokken" if plan.vervallen_op else vorm.status(plan.stand).naam,
                te_kiezen=kiezen[plan.pk],
                leerlingen=leerlingen[plan.pk],
            )
        )
    return regels


def schrijfgroepen(gebruiker: Any, dag: date) -> list[Groep]:
    """The groups of this year, and of the next when it is there, for which the user may make a plan."""
    straks = dag + timedelta(days=90)
    return list(
        Groep.objects.zichtbaar_voor(gebruiker, Recht.WIJZIGEN)
        .filter(Q(schooljaar__periode__contains=dag) | Q(schooljaar__periode__contains=straks))
        .select_related("school", "schooljaar")
        .order_by("schooljaar__naam", "-soort", "volgorde", "naam")
    )


def eigen_groepen(gebruiker: Any, dag: date) -> set[int]:
    """Ids of the groups to which the user is assigned on this day."""
    return set(
        Toewijzing.objects.zichtbaar_voor(gebruiker)
        .filter(persoon__gebruiker=gebruiker, periode__contains=dag)
        .values_list("groep", flat=True)
    )
