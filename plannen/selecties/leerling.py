"""The plans of one pupil: where they sit in the group plans, and the papers about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Document, Leerling
from leerlingen.profiel.papier import Document as Vorm
from plannen.models import Groepsplan, Indeling
from plannen.poorten import Reden, redenen
from plannen.services.papier import te_beginnen
from plannen.vorm import Planvorm


@dataclass(frozen=True)
class Plaatsregel:
    """A place in a group plan."""

    plan: Groepsplan
    vaknaam: str
    arrangement: str
    reden: str
    doel: str
    stand: str
    tot_en_met: date
    loopt: bool


@dataclass(frozen=True)
class Begin:
    """A paper that can be begun, or why not yet."""

    vorm: Vorm
    redenen: list[Reden]

    @property
    def kan(self) -> bool:
        return not any(reden.hard for reden in self.redenen)


def plaatsen_van(gebruiker: Any, leerling: Leerling, dag: date) -> list[Plaatsregel]:
    """The visible places of this pupil in group plans, newest first, with the goal of the arrangement."""
    indelingen = list(
        Indeling.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling, plan__vervallen_op__isnull=True)
        .select_related("plan__document__profielversie")
        .order_by("-plan__periode", "plan__vak")
    )
    doelen = {
        (rij.document_id, rij.sectiecode, rij.vraagcode): rij.tekst
        for rij in Antwoord.objects.zichtbaar_voor(gebruiker).filter(
            document__in=[indeling.plan.document_id for indeling in indelingen], leerling__isnull=True
        )
    }
    regels = []
    for indeling in indelingen:
        plan = indeling.plan
        profiel = profielen_van_school.profiel(plan.document.profielversie)
        vorm = Planvorm(profiel, profiel.zoek_document(plan.document.soort))
        sectie, doelvraag = vorm.plansectie, vorm.doelvraag
        doel = ""
        if sectie and doelvraag:
            doel = doelen.get((plan.document_id, f"{sectie.code}:{indeling.arrangement}", doelvraag.code), "")
        reden = "; ".join(deel for deel in (indeling.reden, indeling.toelichting) if deel)
        regels.append(
            Plaatsregel(
                plan=plan,
                vaknaam=next((vak.naam for vak in profiel.vakgebieden if vak.code == plan.vak), plan.vak),
                arrangement=next(a.naam for a in profiel.arrangementen if a.code == indeling.arrangement),
                reden=reden,
                doel=doel,
                stand=vorm.status(plan.stand).naam,
                tot_en_met=plan.periode.upper - timedelta(days=1),
                loopt=dag in plan.periode,
            )
        )
    return regels


def papieren_van(gebruiker: Any, leerling: Leerling) -> list[Document]:
    """The visible papers about this pupil of the kinds that are begun here, newest first."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    namen = {vorm.code: vorm.naam for vorm in te_beginnen(profiel)}
    rijen = list(
        Document.objects.zichtbaar_voor(gebruiker)
        .filter(stuk__leerling=leerling, soort__in=namen, stuk__ingetrokken_op__isnull=True)
        .select_related("stuk__opgesteld_door")
        .order_by("-stuk__datum", "-pk")
    )
    for rij in rijen:
        rij.soortnaam = namen[rij.soort]
    return rijen


def te_beginnen_voor(gebruiker: Any, leerling: Leerling) -> list[Begin]:
    """What this user can begin for this pupil: nothing that they could not read back."""
    if not gebruiker.has_perm("wijzigen_leerling", leerling):
        return []
    leest = {"gewoon"}
    if gebruiker.has_perm("exporteren_leerling", leerling):
        leest.add("vertrouwelijk")
    if gebruiker.has_perm("verlenen_leerling", leerling):
        leest.add("geheim")
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    vormen = [vorm for vorm in te_beginnen(profiel) if vorm.vertrouwelijkheid in leest]
    waarom_niet = redenen(leerling, [vorm.code for vorm in vormen], gebruiker)
    return [Begin(vorm, waarom_niet[vorm.code]) for vorm in vormen]
