"""Group plans of the last period and of this one; the teacher of 6a has choices left in one of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from leerlingen import profielen_van_school
from leerlingen.models import Groep, Leerling
from leerlingen.services import antwoord_bewaren
from plannen.models import Groepsplan
from plannen.perioden import Periode, perioden
from plannen.services import (
    groepsplan_bijwerken,
    groepsplan_maken,
    leerling_verplaatsen,
    reactie_plaatsen,
    stand_wijzigen,
)
from zorg.kern.fouten import Verouderd
from zorg.overzicht.demo.basis import Demo
from zorg.overzicht.demo.services import indelingen

# group, subject, year groups (all when empty), status this period
PLANNEN: tuple[tuple[str, str, tuple[int, ...], str], ...] = (
    ("6a", "rekenen", (), "concept"),
    ("6a", "begrijpend_lezen", (), "bespreken"),
    ("6a", "spelling", (), "definitief"),
    ("6b", "rekenen", (), "concept"),
    ("6b", "spelling", (), "definitief"),
    ("4", "rekenen", (), "definitief"),
    ("5/6", "rekenen", (5,), "definitief"),
    ("5/6", "rekenen", (6,), "definitief"),
    ("7", "begrijpend_lezen", (), "definitief"),
)
TEKSTEN = {
    "intensief": {
        "doel": "Aan het eind van de periode groeit ieder kind zoveel als verwacht, en maakt het 80 % van "
        "de methodetoets goed.",
        "inhoud": "De kern van de methode; eerst begrip met materiaal, dan oefenen.",
        "aanpak": "Verlengde instructie in kleine stappen. Voordoen, samen doen, zelf doen.",
        "organisatie": "Drie keer per week twintig minuten aan de instructietafel, op maandag, dinsdag en donderdag.",
        "materiaal": "Getallenlijn, rekenrek, wisbordjes.",
        "evaluatiewijze": "Elke vijf weken met de methodetoets, en aan het eind met de Cito-toets.",
    },
    "basis": {"doel": "Groeit zoveel als verwacht.", "evaluatiewijze": "Met de methodetoets en de Cito-toets."},
    "talent": {
        "doel": "Werkt zelfstandig aan verrijking en legt een gevonden oplossing uit aan een ander.",
        "aanpak": "Korte instructie en compacten; daarna verrijkingsstof.",
        "organisatie": "Een keer per week een kwartier nabespreken in het groepje.",
        "materiaal": "Pluswerk bij de methode.",
    },
}  # fmt: skip
EVALUATIE = {
    "intensief": ("gedeeltelijk", "De korte lijnen werkten; oefenen thuis lukte niet.", "De instructietafel blijft."),
    "basis": ("ja", "De lessen gingen volgens de methode.", "Zo doorgaan."),
    "talent": ("ja", "De kinderen legden elkaar uit hoe zij dachten.", "Meer tijd voor nabespreken."),
}  # fmt: skip


@dataclass(frozen=True)
class Wanneer:
    """A period with how many school years ago it was."""

    periode: Periode
    terug: int


def groepsplannen(demo: Demo) -> Groepsplan:
    """Make them all; gives the plan in which the teacher of 6a still has to choose."""
    nu, toen = _perioden(demo)
    for groep, vak, jaren, _ in PLANNEN:
        if (naam := demo.kind(groep, 0).groep_toen(toen.terug)) and (toen.terug, naam) in demo.groepen:
            _vorige(demo, toen, naam, vak, [jaar - toen.terug for jaar in jaren])
    concept: list[Groepsplan] = []
    for groep, vak, jaren, stand in PLANNEN:
        dag = min(nu.periode.van + timedelta(days=9), demo.vandaag)
        plan = _maak(demo, nu, demo.groepen[0, groep], vak, jaren, dag)
        if stand == "concept":
            groepsplan_bijwerken(plan=plan, door=None)
            concept.append(plan)
            continue
        with demo.op(dag, 15):
            _volledig(demo, plan)
            wie = "leerkracht" if stand == "bespreken" else "ib"
            stand_wijzigen(plan=plan, naar=stand, door=demo.account(wie))
    reactie_plaatsen(
        plan=concept[0],
        tekst="Welke kinderen rekenen nog op de vingers? Ik heb materiaal voor het automatiseren liggen.",
        door=demo.account("rekenspecialist"),
    )
    return concept[0]


def _perioden(demo: Demo) -> tuple[Wanneer, Wanneer]:
    """The period that runs today and the one before it, which may belong to last school year."""
    vormen = profielen_van_school.huidig_profiel(demo.school).groepsplanperioden
    alle = [
        Wanneer(periode, terug)
        for terug in (1, 0)
        for periode in perioden(vormen, demo.jaren[terug].periode.lower, demo.jaren[terug].periode.upper)
    ]
    plek = max(plek for plek, wanneer in enumerate(alle) if wanneer.periode.van <= demo.vandaag)
    return alle[plek], alle[plek - 1]


def _maak(demo: Demo, wanneer: Wanneer, groep: Groep, vak: str, jaargroepen: Iterable[int], dag: date) -> Groepsplan:
    with demo.op(dag):
        return groepsplan_maken(
            groepen=[groep], vak=vak, periodecode=wanneer.periode.code, jaargroepen=tuple(jaargroepen), door=None
        )


def _vorige(demo: Demo, wanneer: Wanneer, naam: str, vak: str, jaren: list[int]) -> None:
    """A plan of the period before, run to its end: evaluated per arrangement and, outside the basis, per pupil."""
    plan = _maak(demo, wanneer, demo.groepen[wanneer.terug, naam], vak, jaren, wanneer.periode.van + timedelta(days=9))
    kans = demo.kans(f"evaluatie:{naam}:{vak}:{jaren}")
    ib = demo.account("ib")
    with demo.op(wanneer.periode.van + timedelta(days=12)):
        _volledig(demo, plan)
        stand_wijzigen(plan=plan, naar="definitief", door=ib)
    with demo.op(wanneer.periode.tot_en_met - timedelta(days=4)):
        gebruikt = _per_arrangement(plan)
        for arrangement, leerlingen in gebruikt.items():
            gehaald, reflectie, vervolg = EVALUATIE[arrangement]
            for vraag, tekst in (("doel_gehaald", gehaald), ("reflectie", reflectie), ("vervolg", vervolg)):
                _schrijf(plan, f"evaluatie:{arrangement}", vraag, tekst)
            for leerling in leerlingen if arrangement != "basis" else []:
                oordeel = kans.choices(("ja", "gedeeltelijk", "nee"), (55, 30, 15))[0]
                _schrijf(plan, f"evaluatie:{arrangement}", "leerlingen_gehaald", oordeel, leerling)
        plan.refresh_from_db(fields=["stand"])
        stand_wijzigen(plan=plan, naar="geevalueerd", door=ib)


def _per_arrangement(plan: Groepsplan) -> dict[str, list[Leerling]]:
    uit: dict[str, list[Leerling]] = {}
    for rij in indelingen(plan):
        uit.setdefault(rij.arrangement, []).append(rij.leerling)
    return uit


def _volledig(demo: Demo, plan: Groepsplan) -> None:
    """Choose what was left to choose and write what is still empty."""
    ib = demo.account("ib")
    for rij in indelingen(plan):
        if rij.te_kiezen:
            leerling_verplaatsen(indeling=rij, arrangement=rij.arrangement, door=ib)
    for arrangement in _per_arrangement(plan):
        for vraag, tekst in TEKSTEN[arrangement].items():
            with suppress(Verouderd):  # what came along from the plan before stays
                _schrijf(plan, f"arrangement:{arrangement}", vraag, tekst)


def _schrijf(plan: Groepsplan, sectie: str, vraag: str, tekst: str, leerling: Leerling | None = None) -> None:
    antwoord_bewaren(
        document=plan.document,
        sectiecode=sectie,
        vraagcode=vraag,
        tekst=tekst,
        basisversie=0,
        leerling=leerling,
        door=None,
    )
