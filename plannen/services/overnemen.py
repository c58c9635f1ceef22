"""What a new plan takes over, always with where it came from: goals, approach and evaluation of the plan before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from leerlingen.models import Antwoord, Leerling
from leerlingen.services import antwoord_bewaren
from plannen.feiten import planvorm
from plannen.models import Groepsplan
from plannen.services.voorstellen import Vorig
from plannen.voorstel import Voorstel
from plannen.vorm import Planvorm

GEHAALD = {"ja": "gehaald", "gedeeltelijk": "deels gehaald", "nee": "niet gehaald"}
"""How an answer reads inside a sentence."""


def neem_over(
    plan: Groepsplan,
    vorm: Planvorm,
    vorig: Vorig,
    leerlingen: Iterable[Leerling],
    voorstellen: Mapping[int, Voorstel],
) -> None:
    """Fill the answers of a new plan, each with its source; nothing of the old plan changes."""
    if vorig.plan is None:
        return
    naam = plannaam(vorig.plan, vorm, plan.schooljaar_id)
    teksten = {
        (rij.sectiecode, rij.vraagcode): rij.tekst.strip() for rij in vorig.antwoorden if rij.leerling_id is None
    }
    _plansectie(plan, vorm, vorig, teksten, naam)
    _evaluatie(plan, vorm, teksten, naam)
    _behoeften(plan, vorm, vorig.antwoorden, {leerling.pk: leerling for leerling in leerlingen}, voorstellen, naam)


def plannaam(plan: Groepsplan, vorm: Planvorm, schooljaar_id: int) -> str:
    """«plan 1e periode»; of another school year «plan 2e periode 2025–2026»."""
    periode = next((p.naam for p in vorm.profiel.groepsplanperioden if p.code == plan.periodecode), "")
    jaar = "" if plan.schooljaar_id == schooljaar_id else str(plan.schooljaar)
    return " ".join(deel for deel in ("plan", periode, jaar) if deel)


def _plansectie(
    plan: Groepsplan, vorm: Planvorm, vorig: Vorig, teksten: Mapping[tuple[str, str], str], naam: str
) -> None:
    sectie = vorm.plansectie
    if sectie is None:
        return
    for arrangement in vorm.profiel.arrangementen:
        code = f"{sectie.code}:{arrangement.code}"
        for vraag in vorm.tekstvragen(sectie):
            tekst = teksten.get((code, vraag.code), "")
            if not tekst:
                continue
            bron = f"uit {naam}"
            if vraag == vorm.doelvraag:
                bron += _gehaald(vorm, vorig, arrangement.code, teksten)
            _schrijf(plan, code, vraag.code, tekst, bron)


def _gehaald(vorm: Planvorm, vorig: Vorig, arrangement: str, teksten: Mapping[tuple[str, str], str]) -> str:
    """«, gehaald door 4 van 5», counted per pupil; else what was said of the whole arrangement."""
    sectie, vraag = vorm.evaluatiesectie, vorm.leerlingoordeel
    if sectie is not None and vraag is not None:
        oordelen = Counter(
            rij.tekst.strip().casefold()
            for rij in vorig.antwoorden
            if rij.leerling_id and rij.sectiecode == f"{sectie.code}:{arrangement}" and rij.vraagcode == vraag.code
        )
        oordelen.pop("", None)
        if oordelen:
            return f", gehaald door {oordelen['ja']} van {sum(oordelen.values())}"
    geheel = vorm.oordeelvraag
    tekst = teksten.get((f"{sectie.code}:{arrangement}", geheel.code), "") if sectie and geheel else ""
    return f", {GEHAALD.get(tekst.casefold(), tekst)}" if tekst else ""


def _evaluatie(plan: Groepsplan, vorm: Planvorm, teksten: Mapping[tuple[str, str], str], naam: str) -> None:
    """What the evaluation of the plan before said, where the procedure asks for it (source plan_vorige_evaluatie)."""
    sectie = vorm.evaluatiesectie
    if sectie is None:
        return
    regels = []
    for arrangement in vorm.profiel.arrangementen:
        delen = []
        for vraag in vorm.tekstvragen(sectie):
            tekst = teksten.get((f"{sectie.code}:{arrangement.code}", vraag.code), "")
            if vraag == vorm.oordeelvraag and tekst:
                tekst = f"doel {GEHAALD.get(tekst.casefold(), tekst)}"
            if tekst:
                delen.append(tekst if tekst[-1] in ".!?" else f"{tekst}.")
        if delen:
            regels.append(f"{arrangement.naam}: " + " ".join(delen))
    if not regels:
        return
    for algemeen in vorm.algemeen:
        for vraag in algemeen.vragen:
            if vraag.bron == "plan_vorige_evaluatie" and vraag.soort != "per_leerling":
                _schrijf(plan, algemeen.code, vraag.code, "\n".join(regels), f"uit de evaluatie van {naam}")


def _behoeften(
    plan: Groepsplan,
    vorm: Planvorm,
    antwoorden: Iterable[Antwoord],
    leerlingen: Mapping[int, Leerling],
    voorstellen: Mapping[int, Voorstel],
    naam: str,
) -> None:
    """What each pupil needs, moved along to where the pupil now sits (K-18)."""
    sectie = vorm.plansectie
    if sectie is None:
        return
    vragen = {vraag.code for vraag in vorm.behoeftevragen}
    for rij in antwoorden:
        leerling = leerlingen.get(rij.leerling_id or 0)
        if leerling is None or rij.vraagcode not in vragen or not rij.tekst.strip():
            continue
        if rij.sectiecode.split(":")[0] == sectie.code:
            code = f"{sectie.code}:{voorstellen[leerling.pk].arrangement}"
            _schrijf(plan, code, rij.vraagcode, rij.tekst, f"uit {naam}", leerling)


def _schrijf(
    plan: Groepsplan, sectie: str, vraag: str, tekst: str, bron: str, leerling: Leerling | None = None
) -> None:
    antwoord_bewaren(
        document=plan.document,
        sectiecode=sectie,
        vraagcode=vraag,
        tekst=tekst,
        basisversie=0,
        leerling=leerling,
        bron=bron[:200],
        door=None,
    )


__all__ = ["neem_over", "plannaam", "planvorm"]
