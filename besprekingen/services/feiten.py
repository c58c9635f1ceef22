"""Gathering the facts of pupils for the care route (ontwerp §2): everything that is true, whoever asks.

The route judges with all facts; what a user reads of the answer are the procedure's own sentences, not the pieces. All
facts of any number of pupils come in one query, as arrays beside each pupil; results and signals in one more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from besprekingen.models import Evaluatie
from besprekingen.services.feitenvraag import velden
from leerlingen import profielen_van_school
from leerlingen.models import Document, Leerling
from leerlingen.profiel import Profiel
from leerlingen.profiel.papier import Document as Documentvorm
from leerlingen.zorgfeiten import (
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Gezaghebbende,
    Instantiefeit,
    Onderzoekfeit,
    Planfeit,
    Signaalfeit,
    Toestemmingfeit,
    Vakantie,
    Zorgfeiten,
)
from lvs import feiten as lvsfeiten
from lvs import signalering
from lvs.groei import GEEN_NORMEN
from lvs.models import Resultaat
from lvs.services import groeinormen
from zorg.kern import klok
from zorg.kern.datums import dag_erna
from zorg.kern.models import School

REDEN = "feiten voor de zorgroute van een zichtbare leerling"
GESPREKSFORMULIER: dict[str, str] = {"oudergesprek": "ouders", "kindgesprek": "kind"}
"""Codes that every procedure has (profiel.papier.VERPLICHTE_DOCUMENTEN)."""
ROUTE = frozenset({"leerlingbespreking", "vijf_stappen", "sot", "bot"})
"""What a signal must lead to before it pushes a pupil on; the others are answered within the group plan (K-110)."""


def zorgfeiten(leerling: Leerling, rollen: Iterable[str] = ()) -> Zorgfeiten:
    """The facts of today. `rollen` are the role codes of who asks; the caller checked that they see the pupil."""
    return zorgfeiten_van([leerling], rollen)[leerling.pk]


def zorgfeiten_van(leerlingen: Collection[Leerling], rollen: Iterable[str] = ()) -> dict[int, Zorgfeiten]:
    """The same for many pupils at once (of one school or several), in two queries a school."""
    per_school: dict[int, list[Leerling]] = {}
    for leerling in leerlingen:
        per_school.setdefault(leerling.school_id, []).append(leerling)
    uit: dict[int, Zorgfeiten] = {}
    for rij in per_school.values():
        uit |= _van_school(rij[0].school, [leerling.pk for leerling in rij], frozenset(rollen))
    return uit


def _van_school(school: School, ids: list[int], rollen: frozenset[str]) -> dict[int, Zorgfeiten]:
    profiel = profielen_van_school.huidig_profiel(school)
    dag, zone = klok.vandaag(school), ZoneInfo(school.tijdzone)
    rijen = list(Leerling.objects.systeemtoegang(reden=REDEN).filter(pk__in=ids).annotate(**velden(dag)))
    signalen = _signalen(rijen, school, profiel)
    return {rij.pk: _feiten(rij, profiel, dag, zone, rollen, signalen.get(rij.pk, frozenset())) for rij in rijen}


def _signalen(rijen: list[Any], school: School, profiel: Profiel) -> dict[int, frozenset[str]]:
    """Open care signals from results, by pupil; what a plan has answered already is left out by the plan's own page."""
    metingen = lvsfeiten.metingen(
        Resultaat.objects.systeemtoegang(reden=REDEN).filter(leerling__in=[rij.pk for rij in rijen])
    )
    normen = groeinormen(school) if metingen else GEEN_NORMEN
    uit: dict[int, frozenset[str]] = {}
    for rij in rijen:
        if rij.pk in metingen:
            gevonden = signalering.signalen(signalering.Feiten(metingen[rij.pk], _heeft_opp(rij)), profiel, normen)
            alle = [s for eerste in gevonden for s in (eerste, *eerste.ook)]
            uit[rij.pk] = frozenset(s.code for s in alle if s.soort == "zorg" and not s.bekend)
    return uit


def _heeft_opp(rij: Any) -> bool:
    return any(p["soort"] == "opp" and p["status"] == Document.Status.DEFINITIEF for p in rij.f_papieren)


# -- from rows to facts --------------------------------------------------------------------------------------------


def _feiten(
    rij: Any, profiel: Profiel, dag: date, zone: ZoneInfo, rollen: frozenset[str], signalen: frozenset[str]
) -> Zorgfeiten:
    niveau = next(iter(rij.f_niveau), None)
    jaargroep = next(iter(rij.f_jaargroep), "")
    plannen = _groepsplannen(rij, zone)
    return Zorgfeiten(
        vandaag=dag,
        rollen=rollen,
        niveau=niveau["niveau"] if niveau else None,
        niveau_sinds=_dag(niveau["sinds"]) if niveau else None,
        jaargroep=int(jaargroep) if jaargroep.isdecimal() else None,
        eigen_leerlijn=_heeft_opp(rij),
        signalen=signalen,
        vastgelegde_signalen=tuple(_vastgelegd(signaal) for signaal in rij.f_signalen),
        gezaghebbenden=tuple(Gezaghebbende(str(ouder["wie"]), _naam(ouder)) for ouder in rij.f_gezag),
        besprekingen=tuple(_bespreking(punt, zone) for punt in rij.f_punten),
        toestemmingen=tuple(_toestemming(vraag, zone) for vraag in rij.f_toestemming),
        gesprekken=tuple(_gesprekken(rij, profiel)),
        documenten=_documenten(rij, profiel, zone),
        plannen=(*plannen, *_eigen_plannen(rij, profiel, zone)),
        onderzoeken=tuple(Onderzoekfeit(o["soort"], _dag(o["uitslag"]), _dag(o["ouders"])) for o in rij.f_onderzoeken),
        instanties=tuple(Instantiefeit(i["besluit"], date.fromisoformat(i["op"])) for i in rij.f_instanties),
        vakanties=tuple(_vakantie(v) for v in rij.f_vrij if v["van"] and v["tot"]),
        periode_einde=max((p.einde for p in plannen if p.einde and p.begin <= dag <= p.einde), default=None),
    )


def _vastgelegd(signaal: Mapping[str, Any]) -> Signaalfeit:
    """A signal that few may read counts as a ground for a step, but does not show itself by pushing a pupil on."""
    gewoon = signaal["vertrouwelijkheid"] == "gewoon" and not signaal["in_kring"]
    return Signaalfeit(signaal["categorie"], open=signaal["stand"] == "open" and gewoon)


def _dag(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _moment(tekst: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(tekst).astimezone(zone)


def _naam(ouder: Mapping[str, str]) -> str:
    from leerlingen.namen import volledige_naam

    return volledige_naam(ouder["roepnaam"], ouder["voorvoegsel"], ouder["achternaam"], ouder["voorletters"])


def _vakantie(rij: Mapping[str, str]) -> Vakantie:
    return Vakantie(rij["naam"], date.fromisoformat(rij["van"]), date.fromisoformat(rij["tot"]) - timedelta(days=1))


def _bespreking(punt: Mapping[str, Any], zone: ZoneInfo) -> Besprekingfeit:
    """One meeting. With several goals it is evaluated when all are, and there is progress when all show it (K-119)."""
    doelen = punt["doelen"]
    af = bool(doelen) and all(doel["op"] for doel in doelen)
    wachtend = [date.fromisoformat(doel["voor"]) for doel in doelen if not doel["op"]]
    genoeg = all(doel["vooruitgang"] == Evaluatie.Vooruitgang.VOLDOENDE for doel in doelen)
    return Besprekingfeit(
        soort=punt["soort"],
        op=_moment(punt["begin"], zone).date(),
        gehouden=punt["status"] == "gehouden",
        doel=bool(doelen),
        evaluatie_voor=min(wachtend or [date.fromisoformat(doel["voor"]) for doel in doelen], default=None),
        geevalueerd_op=max(date.fromisoformat(doel["op"]) for doel in doelen) if af else None,
        vooruitgang=("voldoende" if genoeg else "onvoldoende") if af else None,
        besluit=next(iter(punt["besluiten"]), None),
    )


def _gesprekken(rij: Any, profiel: Profiel) -> Iterable[Gesprekfeit]:
    """The talks on record, and the forms of a talk that are complete (a form without a record is a talk too)."""
    for gesprek in rij.f_gesprekken:
        yield Gesprekfeit(gesprek["soort"], date.fromisoformat(gesprek["op"]))
    gezien = {gesprek["stuk"] for gesprek in rij.f_gesprekken}
    for papier in rij.f_papieren:
        soort = GESPREKSFORMULIER.get(papier["soort"])
        if soort and papier["stuk"] not in gezien and not _open_vragen(profiel.zoek_document(papier["soort"]), papier):
            yield Gesprekfeit(soort, date.fromisoformat(papier["datum"]))


def _open_vragen(vorm: Documentvorm, papier: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The obligatory questions without an answer, each with the part of the paper in which it stands."""
    gevuld = set(papier["gevuld"])
    return [
        (sectie.deel, vraag.tekst)
        for sectie in vorm.secties
        for vraag in sectie.vragen
        if vraag.verplicht and not vraag.beeindigd and f"{sectie.code}|{vraag.code}" not in gevuld
    ]


def _toestemming(vraag: Mapping[str, Any], zone: ZoneInfo) -> Toestemmingfeit:
    tot = _dag(vraag["tot"])
    return Toestemmingfeit(
        doel=vraag["doel"],
        gevraagd_op=_moment(vraag["op"], zone).date(),
        tekstversie=vraag["versie"],
        geldig_tot=dag_erna(tot) if tot else None,
        antwoorden=tuple(
            Antwoordfeit(str(a["wie"]), a["keuze"], _moment(a["op"], zone), a["versie"]) for a in vraag["antwoorden"]
        ),
    )


def _documenten(rij: Any, profiel: Profiel, zone: ZoneInfo) -> tuple[Documentfeit, ...]:
    """The newest paper of each kind, and how far it is. A report that was made counts as its paper's newest state."""
    nieuwste = {papier["soort"]: papier for papier in rij.f_papieren}
    feiten = {}
    for vorm in profiel.documenten:
        papier = nieuwste.get(vorm.code)
        if papier is None:
            continue
        open_ = _open_vragen(vorm, papier)
        volledig = frozenset(vorm.delen) - {deel for deel, _ in open_}
        feiten[vorm.code] = Documentfeit(vorm.code, volledig, _dag(papier["datum"]), tuple(vraag for _, vraag in open_))
    if rij.f_okr:
        okr = rij.f_okr[0]
        volledig = frozenset() if okr["ontbreekt"] else frozenset({1})
        feiten["okr"] = Documentfeit("okr", volledig, _moment(okr["op"], zone).date(), tuple(okr["ontbreekt"]))
    return tuple(feiten.values())


def _groepsplannen(rij: Any, zone: ZoneInfo) -> list[Planfeit]:
    return [
        Planfeit(
            "groepsplan",
            date.fromisoformat(plan["van"]),
            date.fromisoformat(plan["tot"]) - timedelta(days=1) if plan["tot"] else None,
            _moment(plan["op"], zone).date() if plan["stand"] == "geevalueerd" else None,
        )
        for plan in rij.f_plannen
    ]


def _eigen_plannen(rij: Any, profiel: Profiel, zone: ZoneInfo) -> list[Planfeit]:
    """The pupil's own plans. Evaluated when the first question of the evaluation has an answer: is the goal reached."""
    uit = []
    for papier in rij.f_papieren:
        vorm = next((d for d in profiel.documenten if d.code == papier["soort"]), None)
        if vorm is None or vorm.soort not in ("handelingsplan", "opp"):
            continue
        eerste = next((f"{s.code}|{s.vragen[0].code}" for s in vorm.secties if s.code.startswith("evaluatie")), None)
        klaar = eerste in papier["gevuld"] and papier["geevalueerd"]
        op = _moment(papier["geevalueerd"][0], zone).date() if klaar else None
        uit.append(Planfeit(vorm.soort, date.fromisoformat(papier["datum"]), None, op))
    return uit


def voor_het_vervolg(feiten: Zorgfeiten, profiel: Profiel) -> Zorgfeiten:
    """The facts with only the signals that push a pupil on: a IV for one test is answered in the group plan."""
    door = {signaal.code for signaal in profiel.signalering if signaal.gevolg in ROUTE}
    vastgelegd = tuple(s if s.code in door else replace(s, open=False) for s in feiten.vastgelegde_signalen)
    return replace(feiten, signalen=feiten.signalen & door, vastgelegde_signalen=vastgelegd)
