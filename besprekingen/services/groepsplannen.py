"""Group plans at a meeting about their group: on the agenda, discussed, definitive when it is rounded off (K-154)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from besprekingen.models import Agendapunt, Bespreking
from besprekingen.services.hulp import dag_van, link_van, profiel_van
from besprekingen.services.uitnodiging import naam_van
from leerlingen.models import Document, Groep
from leerlingen.services.hulp import persoon_van
from plannen import services as planservices
from plannen.besproken import Tafel
from plannen.models import Groepsplan
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht


@dataclass(frozen=True)
class Planbesluit:
    """What rounding off does with one plan: bring it to `naar`, or nothing, with what is missing."""

    plan: Groepsplan
    naam: str
    stand: str
    naar: str
    naar_naam: str
    ontbreekt: tuple[str, ...]
    klaar: bool
    """Offered for discussion, so that «definitive» is what people expect."""

    @property
    def kan(self) -> bool:
        return bool(self.naar) and not self.ontbreekt

    @property
    def url(self) -> str:
        return reverse("plannen:plan", kwargs={"plan_id": self.plan.pk})


def op_agenda(*, bespreking: Bespreking, door: Gebruiker | None) -> None:
    """The running plans of the group are on the agenda of a meeting about it."""
    if bespreking.groep is None:
        return
    plannen = (
        Groepsplan.objects.systeemtoegang(reden="de plannen van de groep op de agenda")
        .op_dag(dag_van(bespreking))
        .filter(document__groepen__groep=bespreking.groep)
        .order_by("vak", "pk")
    )
    for plan in plannen:
        _zet_op_agenda(bespreking, plan, door)


def nieuw_plan_op_agenda(plan: Groepsplan, groepen: Sequence[Groep]) -> None:
    """A plan that is made after the meeting was planned is on its agenda too: the year calendar comes first."""
    van, tot = plan.periode.lower, plan.periode.upper
    komend = (
        Bespreking.objects.systeemtoegang(reden="een nieuw plan op de agenda")
        .komend()
        .filter(groep__in=groepen, begin__date__gte=van - timedelta(days=1), begin__date__lte=tot)
        .select_related("school")
    )
    for bespreking in komend:
        if van <= dag_van(bespreking) < tot:
            _zet_op_agenda(bespreking, plan, None)


def _zet_op_agenda(bespreking: Bespreking, plan: Groepsplan, door: Gebruiker | None) -> None:
    punten = Agendapunt.objects.systeemtoegang(reden="volgorde op de agenda").filter(bespreking=bespreking)
    Agendapunt.objects.create(
        school=bespreking.school,
        bespreking=bespreking,
        volgorde=1 + punten.count(),
        plan=plan,
        ingebracht_door=persoon_van(door, bespreking.school) if door else None,
        ingebracht_op=klok.nu(),
    )


def planbesluiten(bespreking: Bespreking, gebruiker: Any) -> list[Planbesluit]:
    """The plans on the agenda that this user may change and that are not definitive yet, in the order of the agenda."""
    plannen = list(
        Groepsplan.objects.zichtbaar_voor(gebruiker, Recht.WIJZIGEN)
        .filter(agendapunten__bespreking=bespreking, vervallen_op__isnull=True)
        .exclude(document__status=Document.Status.DEFINITIEF)
        .select_related("document__profielversie", "school")
        .order_by("agendapunten__volgorde", "pk")
    )
    if not plannen:
        return []
    standen = planservices.standen_van(plannen, gebruiker)
    return [_planbesluit(bespreking, plan, standen[plan.pk]) for plan in plannen]


def _planbesluit(bespreking: Bespreking, plan: Groepsplan, standen: Iterable[Any]) -> Planbesluit:
    verder = next((stand for stand in standen if stand.vast and not stand.terug), None)
    return Planbesluit(
        plan=plan,
        naam=plannaam(bespreking, plan),
        stand=planstand(bespreking, plan),
        naar=verder.code if verder else "",
        naar_naam=verder.naam if verder else "",
        ontbreekt=verder.ontbreekt if verder else (),
        klaar=plan.document.status == Document.Status.BESPROKEN,
    )


def plannaam(bespreking: Bespreking, plan: Groepsplan) -> str:
    """«Groepsplan rekenen-wiskunde»."""
    vakken = {vak.code: vak.naam for vak in profiel_van(bespreking).vakgebieden}
    return f"Groepsplan {vakken.get(plan.vak, plan.vak).lower()}"


def planstand(bespreking: Bespreking, plan: Groepsplan) -> str:
    """The status of a plan in the words of the school; «ingetrokken» when it was withdrawn."""
    if plan.vervallen_op is not None:
        return "ingetrokken"
    papier = next((d for d in profiel_van(bespreking).documenten if d.code == plan.document.soort), None)
    return next((s.naam for s in papier.statussen if s.code == plan.stand), plan.stand) if papier else plan.stand


def plannen_vaststellen(*, bespreking: Bespreking, plannen: Iterable[int], door: Gebruiker) -> None:
    """The plans that were discussed and agreed get the status that the procedure gives them next; all or nothing.

    Raises DomeinFout for a plan that is not complete, or that is not on the agenda for who rounds off.
    """
    gevraagd = set(plannen)
    if not gevraagd:
        return
    besluiten = {besluit.plan.pk: besluit for besluit in planbesluiten(bespreking, door)}
    for pk in sorted(gevraagd):
        besluit = besluiten.get(pk)
        if besluit is None or not besluit.naar:
            raise DomeinFout("Een van de plannen is intussen veranderd. Kijk de lijst nog eens na.")
        planservices.stand_wijzigen(plan=besluit.plan, naar=besluit.naar, door=door)


def tafels_van(plan: Groepsplan, gebruiker: Any) -> list[Tafel]:
    """The meetings with this plan on the agenda that this user sees, oldest first; none that was called off."""
    rijen = (
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(plan=plan)
        .exclude(bespreking__status=Bespreking.Status.AFGEZEGD)
        .select_related("bespreking__school", "bespreking__groep", "bespreking__profielversie")
        .order_by("bespreking__begin", "pk")
    )
    return [_tafel(rij.bespreking) for rij in rijen]


def _tafel(bespreking: Bespreking) -> Tafel:
    dag: date = dag_van(bespreking)
    return Tafel(naam_van(bespreking), dag, link_van(bespreking), bespreking.status == Bespreking.Status.GEHOUDEN)
