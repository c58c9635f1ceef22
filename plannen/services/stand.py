"""The status of a group plan: by the procedure of the school, who may bring it where, and what must be there first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Value

from leerlingen import profielen_van_school, toegang
from leerlingen.models import Antwoord, Document, Toewijzing
from leerlingen.profiel.papier import Status
from leerlingen.services.hulp import persoon_van, vereis
from plannen.models import Groepsplan, Indeling
from plannen.vorm import Planvorm
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

ZONDER_DOEL: Final = "basis"
"""The basis follows the method: only what differs is written down (M-100), so nothing there is obligatory."""


@dataclass(frozen=True)
class Mogelijkheid:
    """A status to which this user could bring the plan now, and what is still missing for it.

    `vast`: with it the paper is definitive.
    """

    code: str
    naam: str
    terug: bool
    ontbreekt: tuple[str, ...]
    vast: bool = False


def vorm_van(plan: Groepsplan) -> Planvorm:
    """The form of the plan under the version it began with."""
    profiel = profielen_van_school.profiel(plan.document.profielversie)
    return Planvorm(profiel, profiel.zoek_document(plan.document.soort))


def is_bewerkbaar(plan: Groepsplan) -> bool:
    """Whether its status still lets people write."""
    return plan.vervallen_op is None and vorm_van(plan).status(plan.stand).bewerkbaar


def document_open(document: Document) -> bool:
    """The same, asked from the floor of the papers (leerlingen.services.documenten)."""
    plan = (
        Groepsplan.objects.systeemtoegang(reden="is dit plan nog open")
        .filter(document=document)
        .select_related("document__profielversie")
        .first()
    )
    return plan is None or is_bewerkbaar(plan)


def rollen_bij(plan: Groepsplan, gebruiker: Gebruiker) -> set[str]:
    """The roles in which somebody meets this plan: appointments at the school, assignments to its groups."""
    return _rollen([plan], gebruiker)[plan.pk]


def _rollen(plannen: Sequence[Groepsplan], gebruiker: Gebruiker) -> dict[int, set[str]]:
    school = plannen[0].school
    dag = klok.vandaag(school)
    eigen = (
        Toewijzing.objects.systeemtoegang(reden="in welke rol")
        .filter(
            persoon__gebruiker=gebruiker,
            groep__documenten__document__in=[plan.document_id for plan in plannen],
            periode__contains=dag,
        )
        .order_by()
        .values_list("groep__documenten__document", "rol")
    )
    # being a teacher of the school is not enough: of one of these groups
    bij_school = toegang.aanstellingen(gebruiker, dag, [school]).exclude(rol="leerkracht").order_by()
    overal = bij_school.annotate(document=Value(0)).values_list("document", "rol")
    rijen = list(eigen.union(overal))
    per_plan = {plan.pk: {rol for document, rol in rijen if document in (0, plan.document_id)} for plan in plannen}
    return {pk: rollen | {"leerkracht"} if "vervanger" in rollen else rollen for pk, rollen in per_plan.items()}


def mogelijke_standen(plan: Groepsplan, gebruiker: Gebruiker) -> list[Mogelijkheid]:
    """Where this user can bring the plan, the way forward first, each with what is missing."""
    return standen_van([plan], gebruiker)[plan.pk]


def standen_van(plannen: Sequence[Groepsplan], gebruiker: Gebruiker) -> dict[int, list[Mogelijkheid]]:
    """The same for several plans of one school, by key, for the price of one."""
    uit: dict[int, list[Mogelijkheid]] = {plan.pk: [] for plan in plannen}
    open_ = [plan for plan in plannen if vorm_van(plan).status(plan.stand).naar]
    if open_:
        rollen, gegevens = _rollen(open_, gebruiker), _gegevens(open_)
        uit |= {plan.pk: _mogelijk(plan, rollen[plan.pk], gegevens[plan.pk]) for plan in open_}
    return uit


def _mogelijk(plan: Groepsplan, rollen: set[str], gegevens: _Gegevens) -> list[Mogelijkheid]:
    vorm = vorm_van(plan)
    codes = [status.code for status in vorm.document.statussen]
    nu = vorm.status(plan.stand)
    uit = []
    for code in nu.naar:
        status = vorm.status(code)
        terug = codes.index(code) < codes.index(nu.code)
        if not status.wie or rollen & set(status.wie):
            missend = () if terug else tuple(_ontbreekt(vorm, status, gegevens))
            vast = vorm.grof(code) == Document.Status.DEFINITIEF
            uit.append(Mogelijkheid(code, status.naam, terug, missend, vast))
    return sorted(uit, key=lambda mogelijk: mogelijk.terug)


@dataclass(frozen=True)
class _Gegevens:
    """What completeness is judged by: the questions with an answer, and (arrangement, te_kiezen) of every pupil."""

    gevuld: frozenset[tuple[str, str]]
    indelingen: tuple[tuple[str, bool], ...]


def _gegevens(plannen: Sequence[Groepsplan]) -> dict[int, _Gegevens]:
    antwoorden = list(
        Antwoord.objects.systeemtoegang(reden="is het plan volledig")
        .filter(document__in=[plan.document_id for plan in plannen], leerling__isnull=True)
        .values_list("document", "sectiecode", "vraagcode", "tekst")
    )
    indelingen = list(
        Indeling.objects.systeemtoegang(reden="is het plan volledig")
        .filter(plan__in=[plan.pk for plan in plannen])
        .order_by()
        .values_list("plan", "arrangement", "te_kiezen")
    )
    return {
        plan.pk: _Gegevens(
            frozenset((s, v) for document, s, v, tekst in antwoorden if document == plan.document_id and tekst.strip()),
            tuple((arrangement, kiezen) for van, arrangement, kiezen in indelingen if van == plan.pk),
        )
        for plan in plannen
    }


def ontbreekt(plan: Groepsplan, status: Status) -> list[str]:
    """What must be there before the plan can get this status, in words."""
    return _ontbreekt(vorm_van(plan), status, _gegevens([plan])[plan.pk])


def _ontbreekt(vorm: Planvorm, status: Status, gegevens: _Gegevens) -> list[str]:
    gevuld, indelingen = set(gegevens.gevuld), gegevens.indelingen
    bezet = {arrangement for arrangement, _ in indelingen}
    uit = []
    if "volledig" in status.vereist:
        kiezen = sum(te_kiezen for _, te_kiezen in indelingen)
        if kiezen:
            uit.append("nog 1 keuze bij een leerling" if kiezen == 1 else f"nog {kiezen} keuzes bij leerlingen")
        uit += [
            vraag.tekst
            for sectie in vorm.algemeen
            for vraag in sectie.vragen
            if vraag.verplicht and vraag.soort != "per_leerling" and (sectie.code, vraag.code) not in gevuld
        ]
        uit += _per_arrangement(vorm, bezet - {ZONDER_DOEL}, gevuld)
    if "geevalueerd" in status.vereist:
        sectie, oordeel = vorm.evaluatiesectie, vorm.oordeelvraag
        if sectie is not None and oordeel is not None:
            uit += [
                f"«{oordeel.tekst}» bij {arrangement.naam}"
                for arrangement in vorm.profiel.arrangementen
                if arrangement.code in bezet and (f"{sectie.code}:{arrangement.code}", oordeel.code) not in gevuld
            ]
    return uit


def _per_arrangement(vorm: Planvorm, bezet: set[str], gevuld: set[tuple[str, str]]) -> list[str]:
    plansectie = vorm.plansectie
    if plansectie is None:
        return []
    return [
        f"{vraag.tekst} bij {arrangement.naam}"
        for arrangement in vorm.profiel.arrangementen
        if arrangement.code in bezet
        for vraag in vorm.tekstvragen(plansectie)
        if vraag.verplicht and (f"{plansectie.code}:{arrangement.code}", vraag.code) not in gevuld
    ]


@transaction.atomic
def stand_wijzigen(*, plan: Groepsplan, naar: str, door: Gebruiker) -> Groepsplan:
    """Bring the plan into another status of the procedure; the status of its document follows.

    Raises DomeinFout when the procedure has no such step or something is missing, PermissionDenied when the role may
    not take it.
    """
    vereis(door, Recht.WIJZIGEN, plan)
    vast: Groepsplan = (
        Groepsplan.objects.systeemtoegang(reden="status van een plan")
        .select_for_update(of=("self",))
        .select_related("document__profielversie", "school")
        .get(pk=plan.pk)
    )
    vorm = vorm_van(vast)
    nu = vorm.status(vast.stand)
    if vast.vervallen_op is not None or naar not in nu.naar:
        raise DomeinFout(f"Van «{nu.naam}» kan dit plan daar niet heen. Laad de pagina opnieuw.")
    status = vorm.status(naar)
    if status.wie and not rollen_bij(vast, door) & set(status.wie):
        raise PermissionDenied
    codes = [s.code for s in vorm.document.statussen]
    vooruit = codes.index(naar) > codes.index(nu.code)
    if vooruit and (missend := ontbreekt(vast, status)):
        raise DomeinFout(f"«{status.naam}» kan nog niet: {', '.join(missend)}.")
    wie = persoon_van(door, vast.school_id)
    vast.stand, vast.stand_op, vast.stand_door = naar, klok.nu(), wie
    vast.save(update_fields=["stand", "stand_op", "stand_door"])
    _volg(vast.document, vorm.grof(naar), wie)
    vastleggen("groepsplan_stand", school=vast.school_id, door=door, object=vast, van=nu.code, naar=naar, vak=vast.vak)
    return vast


def _volg(document: Document, grof: str, wie: object) -> None:
    """The status of the document, with who and when as soon as it is definitive."""
    if document.status == grof:
        return
    document.status = grof
    vast = grof == Document.Status.DEFINITIEF
    document.vastgesteld_door = wie if vast else None  # type: ignore[assignment]
    document.vastgesteld_op = klok.nu() if vast else None
    document.save(update_fields=["status", "vastgesteld_door", "vastgesteld_op"])
