"""From the pupils of the groups to their places: for making a plan and for bringing it up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leerlingen.models import Antwoord, Document, Groep, Leerling, Plaatsing, Zorgniveauperiode
from leerlingen.profiel import Profiel
from leerlingen.selecties import niveau_tonen
from lvs import feiten as lvs_feiten
from lvs.groei import vakbeeld
from lvs.models import Resultaat
from lvs.services import groeinormen
from plannen.feiten import leerlingoordelen, planvorm
from plannen.models import Groepsplan, Indeling
from plannen.voorstel import Leerlingbeeld, Voorstel, stel_voor

REDEN = "voorstel van een groepsplan: alle leerlingen van de groepen"


@dataclass(frozen=True)
class Vorig:
    """What the plan before this one says: places, goals reached, its answers."""

    plan: Groepsplan | None
    plaatsen: Mapping[int, str]
    gehaald: Mapping[int, str]
    antwoorden: list[Antwoord]


GEEN_VORIG = Vorig(None, {}, {}, [])


def leerlingen_van(groepen: Iterable[Groep], jaargroepen: Iterable[int], dag: date) -> list[Leerling]:
    """The pupils placed in these groups on this day, of these year groups (empty: all), by name."""
    plaatsingen = (
        Plaatsing.objects.systeemtoegang(reden=REDEN)
        .filter(groep__in=[groep.pk for groep in groepen], periode__contains=dag)
        .select_related("leerling", "leerling__school")
        .order_by("leerling__roepnaam", "leerling__sorteernaam", "leerling")
    )
    jaren = {str(jaar) for jaar in jaargroepen}
    uniek = {p.leerling_id: p.leerling for p in plaatsingen if not jaren or p.jaargroep in jaren or not p.jaargroep}
    return list(uniek.values())


def voorstellen(
    leerlingen: list[Leerling], *, vak: str, profiel: Profiel, dag: date, vorig: Vorig
) -> dict[int, Voorstel]:
    """Pupil id → proposal. Four queries, whatever the number of pupils."""
    if not leerlingen:
        return {}
    ids = [leerling.pk for leerling in leerlingen]
    school = leerlingen[0].school
    metingen = lvs_feiten.metingen(
        Resultaat.objects.systeemtoegang(reden=REDEN).filter(leerling__in=ids, vak=vak, afnamedatum__lte=dag)
    )
    niveaus = {
        periode.leerling_id: periode
        for periode in Zorgniveauperiode.objects.systeemtoegang(reden=REDEN).filter(
            leerling__in=ids, periode__contains=dag
        )
    }
    opp = lvs_feiten.met_opp(Document.objects.systeemtoegang(reden=REDEN), profiel, ids)
    normen = groeinormen(school)
    uit = {}
    for leerling in leerlingen:
        beeld = vakbeeld(vak, metingen.get(leerling.pk, ()), profiel)
        niveau = niveau_tonen(profiel, niveaus.get(leerling.pk))
        uit[leerling.pk] = stel_voor(
            Leerlingbeeld(
                beeld=beeld,
                verwacht=normen.verwacht(beeld.vorige, beeld.laatste),
                vorig_arrangement=vorig.plaatsen.get(leerling.pk, ""),
                vorig_doel=vorig.gehaald.get(leerling.pk, ""),
                zorgleerling=niveau is not None and niveau.zorgleerling,
                zorgniveau=f"niveau {niveau.kort}" if niveau is not None and niveau.zorgleerling else "",
                eigen_leerlijn=leerling.pk in opp,
            ),
            profiel,
        )
    return uit


def vorig_plan(*, vak: str, voor: date, leerlingen: list[Leerling], profiel_van: Any) -> Vorig:
    """The plan before this one: the newest of this subject in which most of these pupils have a place.

    Groups are new rows each school year, so it is found through the pupils, not through the group.
    """
    plaatsen = list(
        Indeling.objects.systeemtoegang(reden="vorig plan zoeken").filter(
            leerling__in=[leerling.pk for leerling in leerlingen],
            plan__vak=vak,
            plan__vervallen_op__isnull=True,
            plan__periode__startswith__lt=voor,
        ).select_related("plan__document__profielversie", "plan__schooljaar")
    )  # fmt: skip
    if not plaatsen:
        return GEEN_VORIG
    aantal: dict[int, int] = {}
    for plaats in plaatsen:
        aantal[plaats.plan_id] = aantal.get(plaats.plan_id, 0) + 1
    plannen = {plaats.plan_id: plaats.plan for plaats in plaatsen}
    helft = len(leerlingen) / 2
    gekozen = max(plannen.values(), key=lambda p: (aantal[p.pk] >= helft, p.periode.lower, aantal[p.pk]))
    # where a pupil sat last counts, also when that was in the plan of another group
    laatste: dict[int, str] = {}
    for plaats in sorted(plaatsen, key=lambda plaats: plaats.plan.periode.lower):
        laatste[plaats.leerling_id] = plaats.arrangement
    antwoorden = list(
        Antwoord.objects.systeemtoegang(reden="vorig plan overnemen").filter(document=gekozen.document_id)
    )
    vorm = planvorm(gekozen, profiel_van(gekozen.document.profielversie))
    return Vorig(gekozen, laatste, leerlingoordelen(antwoorden, vorm), antwoorden)
