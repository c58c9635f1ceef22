"""Conditions about signals, talks, papers, plans, research, bodies outside, and the pupil."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from leerlingen.profiel.basis import Rol
from leerlingen.profiel.schema import Profiel
from leerlingen.profiel.voorwaardenvormen import (
    DocumentVorm,
    EigenLeerlijnVorm,
    GesprekVorm,
    InstantieVorm,
    JaargroepVorm,
    OnderzoekMetOudersVorm,
    OnderzoekVorm,
    PlanVorm,
    SignaalVorm,
)
from leerlingen.termijn import datumtekst, opsomming
from leerlingen.voorwaarden.kern import Deel, beoordeel_voorwaarde, klaar, mist, sinds_niveau
from leerlingen.zorgfeiten import Zorgfeiten

_GESPREK: Final[dict[str, tuple[str, str, tuple[Rol, ...]]]] = {
    "ouders": ("de {ouders} zijn gesproken", "de {ouders} zijn nog niet gesproken", ("leerkracht",)),
    "kind": ("gesprek met {leerling}", "er is nog geen gesprek met {leerling}", ("leerkracht",)),
    "ib": ("overleg met de {ib}", "er is nog geen overleg met de {ib}", ("leerkracht",)),
    "specialist": (
        "overleg met de {specialist}",
        "er is nog geen overleg met de {specialist}",
        ("leerkracht",),
    ),
    "oogo": (
        "op overeenstemming gericht overleg met de {ouders}",
        "het op overeenstemming gerichte overleg met de {ouders} ontbreekt",
        ("ib", "directeur"),
    ),
    "triade": (
        "gesprek van school, ontvangende school en {ouders}",
        "het gesprek van school, ontvangende school en {ouders} ontbreekt",
        ("ib",),
    ),
}
_TELT_ALS: Final[dict[str, frozenset[str]]] = {"ouders": frozenset({"ouders", "oogo", "triade"})}


@beoordeel_voorwaarde.register
def _signaal(vorm: SignaalVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    if not feiten.signalen and not feiten.vastgelegde_signalen:
        kort = "er staat nog geen signaal in het dossier dat laat zien waarom"
        return (mist(kort, (vorm.wie or "leerkracht",), link="signaal"),)
    namen = [signaal.naam for signaal in profiel.signalering if signaal.code in feiten.signalen]
    return (klaar(f"signaal: {opsomming(namen) or 'vastgelegd'}"),)


@beoordeel_voorwaarde.register
def _gesprek(vorm: GesprekVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    gedaan, ontbreekt, rollen = _GESPREK[vorm.gesprek]
    woorden = {
        "ouders": profiel.begrippen.woorden.ouders,
        "leerling": profiel.begrippen.woorden.de_leerling,
        "ib": profiel.rolnaam("ib"),
        "specialist": profiel.rolnaam("specialist"),
    }
    if vorm.of_rol is not None and vorm.of_rol in feiten.rollen:
        return (klaar(f"{gedaan.format(**woorden)}: u bent het zelf"),)
    soorten = _TELT_ALS.get(vorm.gesprek, frozenset({vorm.gesprek}))
    vanaf = date.min
    if vorm.binnen_weken is not None:
        vanaf = feiten.vandaag - timedelta(weeks=vorm.binnen_weken)
    dagen = sorted(
        g.op for g in feiten.gesprekken if g.soort in soorten and sinds_niveau(feiten, g.op) and g.op >= vanaf
    )
    if len(dagen) >= vorm.aantal:
        return (klaar(f"{gedaan.format(**woorden)} op {datumtekst(dagen[-1], feiten.vandaag)}"),)
    kort = ontbreekt.format(**woorden)
    if vorm.aantal > 1:
        kort = f"{kort} ({len(dagen)} van {vorm.aantal})"
    return (mist(kort, (vorm.wie,) if vorm.wie else rollen, link=f"gesprek:{vorm.gesprek}"),)


@beoordeel_voorwaarde.register
def _document(vorm: DocumentVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    document = profiel.zoek_document(vorm.document)
    delen = vorm.delen or document.delen
    naam = document.naam[:1].lower() + document.naam[1:]
    if vorm.delen and len(document.delen) > 1:
        naam += f" deel {opsomming(str(deel) for deel in vorm.delen)}"
    feit = next((d for d in feiten.documenten if d.code == vorm.document), None)
    open_delen = [deel for deel in delen if feit is None or deel not in feit.volledige_delen]
    link = f"document:{vorm.document}"
    wie: tuple[Rol, ...] = (vorm.wie or "leerkracht",)
    if open_delen:
        if len(document.delen) > 1:
            link += f":{open_delen[0]}"
        kort = f"{naam} is nog niet volledig"
        if feit is not None and feit.ontbreekt:
            kort += f": {_eerste(feit.ontbreekt)}"
        return (mist(kort, wie, link=link),)
    if document.soort == "okr" and (feit is None or not sinds_niveau(feiten, feit.gedateerd_op)):
        return (mist(f"{naam} is nog niet juist gedateerd", wie, link=link),)
    return (klaar(f"{naam} is volledig"),)


def _eerste(vragen: Iterable[str]) -> str:
    rij = list(vragen)
    return ", ".join(f"«{vraag}»" for vraag in rij[:2]) + (f" en nog {len(rij) - 2}" if len(rij) > 2 else "")


@beoordeel_voorwaarde.register
def _plan(vorm: PlanVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    document = next(d for d in profiel.documenten if d.soort == vorm.plan)
    naam = document.naam[:1].lower() + document.naam[1:] if not document.naam.isupper() else document.naam
    wie: tuple[Rol, ...] = (vorm.wie or "leerkracht",)
    rij = [p for p in feiten.plannen if p.soort == vorm.plan and p.begin <= feiten.vandaag]
    if vorm.geevalueerd:
        dagen = [p.geevalueerd_op for p in rij if sinds_niveau(feiten, p.geevalueerd_op)]
        if dagen:
            dag = max(d for d in dagen if d is not None)
            return (klaar(f"{naam} geëvalueerd op {datumtekst(dag, feiten.vandaag)}"),)
        lopend = [p.einde for p in rij if p.geevalueerd_op is None and p.einde is not None]
        kort = f"{naam} is nog niet geëvalueerd" if rij else f"er is nog geen {naam} geëvalueerd"
        return (mist(kort, wie, max(lopend, default=None), f"plan:{vorm.plan}"),)
    loopt = [p for p in rij if p.einde is None or p.einde >= (feiten.niveau_sinds or date.min)]
    if loopt:
        dag = max(p.begin for p in loopt)
        return (klaar(f"{naam} sinds {datumtekst(dag, feiten.vandaag)}"),)
    return (mist(f"er is nog geen {naam}", wie, link=f"plan:{vorm.plan}"),)


@beoordeel_voorwaarde.register
def _onderzoek(vorm: OnderzoekVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    del profiel
    naam = vorm.onderzoek.replace("_", " ")
    dagen = [
        o.uitslag_op
        for o in feiten.onderzoeken
        if o.soort == vorm.onderzoek and o.uitslag_op is not None and o.uitslag_op <= feiten.vandaag
    ]
    if dagen:
        return (klaar(f"onderzoek {naam}: uitslag van {datumtekst(max(dagen), feiten.vandaag)}"),)
    kort = f"er is nog geen uitslag van een onderzoek {naam}"
    return (mist(kort, (vorm.wie or "ib",), link=f"onderzoek:{vorm.onderzoek}"),)


@beoordeel_voorwaarde.register
def _onderzoek_met_ouders(vorm: OnderzoekMetOudersVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    ouders = profiel.begrippen.woorden.ouders
    uitslagen = [o for o in feiten.onderzoeken if o.uitslag_op is not None]
    open_uitslagen = [
        o for o in uitslagen if o.met_ouders_besproken_op is None or o.met_ouders_besproken_op > feiten.vandaag
    ]
    if open_uitslagen:
        kort = f"de uitslag van het onderzoek is nog niet eerst met de {ouders} besproken"
        return (mist(kort, (vorm.wie or "extern",), link="onderzoek_met_ouders"),)
    if not uitslagen:
        return (klaar(f"er is geen uitslag die nog met de {ouders} besproken moet worden"),)
    dag = max(o.met_ouders_besproken_op for o in uitslagen if o.met_ouders_besproken_op is not None)
    return (klaar(f"onderzoek met de {ouders} besproken op {datumtekst(dag, feiten.vandaag)}"),)


@beoordeel_voorwaarde.register
def _instantie(vorm: InstantieVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    del profiel
    dagen = [i.op for i in feiten.instanties if i.besluit == vorm.besluit and sinds_niveau(feiten, i.op)]
    if dagen:
        return (klaar(f"{vorm.omschrijving} op {datumtekst(max(dagen), feiten.vandaag)}"),)
    kort = f"nog niet vastgelegd: {vorm.omschrijving}"
    return (mist(kort, (vorm.wie or "ib",), link=f"instantie:{vorm.besluit}"),)


@beoordeel_voorwaarde.register
def _eigen_leerlijn(vorm: EigenLeerlijnVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    leerling = profiel.begrippen.woorden.de_leerling
    if feiten.eigen_leerlijn:
        return (klaar(f"{leerling} heeft een eigen leerlijn"),)
    kort = f"{leerling} heeft geen eigen leerlijn"
    return (mist(kort, (vorm.wie or "ib",), link="leerlijn"),)


@beoordeel_voorwaarde.register
def _jaargroep(vorm: JaargroepVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    grens = profiel.jaargroepnaam(vorm.jaargroep)
    if feiten.jaargroep is not None and feiten.jaargroep >= vorm.jaargroep:
        return (klaar(f"vanaf {grens}"),)
    nu = "niet bekend" if feiten.jaargroep is None else profiel.jaargroepnaam(feiten.jaargroep)
    kort = f"de school doet dit liever niet vóór {grens} (nu {nu})"
    return (mist(kort, (vorm.wie or "ib",), link="jaargroep"),)
