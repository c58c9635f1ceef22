"""The status of a group plan: by the procedure of the school, who may bring it where, and what must be there first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

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
    """A status to which this user could bring the plan now, and what is still missing for it."""

    code: str
    naam: str
    terug: bool
    ontbreekt: tuple[str, ...]


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
    dag = klok.vandaag(plan.school)
    eigen = (
        Toewijzing.objects.systeemtoegang(reden="in welke rol")
        .filter(persoon__gebruiker=gebruiker, groep__documenten__document=plan.document_id, periode__contains=dag)
        .order_by()
        .values_list("rol", flat=True)
    )
    # being a teacher of the school is not enough: of one of these groups
    bij_school = toegang.aanstellingen(gebruiker, dag, [plan.school]).exclude(rol="leerkracht")
    rollen = set(eigen.union(bij_school.order_by().values_list("rol", flat=True)))
    return rollen | {"leerkracht"} if "vervanger" in rollen else rollen


def mogelijke_standen(plan: Groepsplan, gebruiker: Gebruiker) -> list[Mogelijkheid]:
    """Where this user can bring the plan, the way forward first, each with what is missing."""
    vorm = vorm_van(plan)
    codes = [status.code for status in vorm.document.statussen]
    nu = vorm.status(plan.stand)
    if not nu.naar:
        return []
    rollen, gegevens = rollen_bij(plan, gebruiker), _gegevens(plan)
    uit = []
    for code in nu.naar:
        status = vorm.status(code)
        terug = codes.index(code) < codes.index(nu.code)
        if not status.wie or rollen & set(status.wie):
            missend = () if terug else tuple(_ontbreekt(vorm, status, gegevens))
            uit.append(Mogelijkheid(code, status.naam, terug, missend))
    return sorted(uit, key=lambda mogelijk: mogelijk.terug)


@dataclass(frozen=True)
class _Gegevens:
    """What completeness is judged by: the questions with an answer, and (arrangement, te_kiezen) of every pupil."""

    gevuld: frozenset[tuple[str, str]]
    indelingen: tuple[tuple[str, bool], ...]


def _gegevens(plan: Groepsplan) -> _Gegevens:
    antwoorden = (
        Antwoord.objects.systeemtoegang(reden="is het plan volledig")
        .filter(document=plan.document_id, leerling__isnull=True)
        .values_list("sectiecode", "vraagcode", "tekst")
    )
    indelingen = Indeling.objects.systeemtoegang(reden="is het plan volledig").filter(plan=plan)
    return _Gegevens(
        frozenset((sectie, vraag) for sectie, vraag, tekst in antwoorden if tekst.strip()),
        tuple(indelingen.order_by().values_list("arrangement", "te_kiezen")),
    )


def ontbreekt(plan: Groepsplan, status: Status) -> list[str]:
    """What must be there before the plan can get this status, in words."""
    return _ontbreekt(vorm_van(plan), status, _gegevens(plan))


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
