"""What comes next for a pupil: the one answer of the pupil page and the care board."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from leerlingen.profiel.basis import Rol
from leerlingen.profiel.bespreken import Bespreking, Vooraf
from leerlingen.profiel.route import Niveau, Overgang
from leerlingen.profiel.schema import Profiel
from leerlingen.profiel.voorwaardenvormen import BesluitVorm, BesprekingVorm
from leerlingen.termijn import datumtekst
from leerlingen.voorwaarden.besprekingen import (
    evaluatie_voor,
    geevalueerd,
    gehouden,
    laatste_besluit,
    laatste_evaluatie,
    met_lidwoord,
)
from leerlingen.zorgfeiten import Besprekingfeit, Vakantie, Zorgfeiten
from leerlingen.zorgroute.oordeel import Uitkomst, beoordeel_bespreking, uitkomsten_van
from leerlingen.zorgroute.woorden import de_rollen, hoofdletter, richting, rolnamen, stapnaam

Soort = Literal["volgen", "evalueren", "bespreken", "besluiten", "stap", "afronden", "klaar"]


@dataclass(frozen=True)
class Volgende:
    """The one answer for a pupil: where, what next, who, before when, and what is missing."""

    soort: Soort
    """volgen: the group plan is enough · evalueren: a goal waits for its evaluation · bespreken: the meeting of this
    level is next · stap: a hard condition for the next level is open · besluiten: the step can be taken · afronden:
    the last level, something is open · klaar: nothing is."""
    niveau: str
    naar: str | None
    """Code of the level that the next step leads to, if one is in sight."""
    hierna: str
    """The step in sight in a word or two: "SOT", "Terug naar het groepsplan"; else the same as `titel`."""
    titel: str
    """What to do now in a word or two: "Evaluatie leerlingbespreking"."""
    zin: str
    wie: str
    """Label of who does it."""
    wie_rollen: tuple[Rol, ...]
    voor: date | None
    """Last day."""
    dagen_te_laat: int
    link: str
    """Code of what to open, as in `Uitkomst`; `overgang:<van>:<naar>` when the step itself can be taken."""
    uitkomsten: tuple[Uitkomst, ...] = ()
    vakanties: tuple[Vakantie, ...] = ()
    """The holidays that the term crosses."""
    gepland: date | None = None
    """Bespreken: the day for which the meeting is planned."""

    @property
    def ontbreekt(self) -> tuple[Uitkomst, ...]:
        """What is still missing."""
        return tuple(u for u in self.uitkomsten if not u.voldaan)


def volgende_stap(profiel: Profiel, feiten: Zorgfeiten) -> Volgende:
    """Where is this pupil and what is next. Who asks plays no part: the answer is the same for everybody.

    An open evaluation comes first; then the step that the last meeting decided, or the way back when there is enough
    progress. The way up is never pushed: where a meeting must decide on it, that meeting is next; else what is missing
    for it. On the lowest level and without a signal the pupil follows the group plan.
    Raises KeyError when the level in the facts does not exist in this profile.
    """
    feiten = replace(feiten, rollen=frozenset())
    niveau = profiel.zoek_niveau(feiten.niveau) if feiten.niveau is not None else profiel.laagste_niveau
    bespreking = profiel.zoek_bespreking(niveau.bespreking) if niveau.bespreking else None
    if bespreking is not None:
        evaluatie = _open_evaluatie(profiel, niveau, bespreking, feiten)
        if evaluatie is not None:
            return evaluatie
        overgang = _voorgenomen(profiel, niveau, bespreking, feiten)
        if overgang is not None:
            return _naar_stap(profiel, niveau, overgang, feiten)
    if niveau.afronding:
        return _afronden(profiel, niveau, feiten)
    hoger = _omhoog(profiel, niveau)
    if niveau.code == profiel.laagste_niveau.code and (hoger is None or not _gezien(feiten)):
        return _volgen(profiel, niveau, feiten)
    if bespreking is not None and (hoger is None or _bespreking_beslist(hoger, bespreking)):
        return _bespreken(profiel, niveau, bespreking, feiten)
    return _naar_stap(profiel, niveau, hoger, feiten) if hoger else _volgen(profiel, niveau, feiten)


def _gezien(feiten: Zorgfeiten) -> bool:
    """Whether a signal, from results or recorded by a person (K-157), asks for something that nobody answers yet."""
    return bool(feiten.signalen) or any(signaal.open for signaal in feiten.vastgelegde_signalen)


def _open_evaluatie(profiel: Profiel, niveau: Niveau, soort: Bespreking, feiten: Zorgfeiten) -> Volgende | None:
    """The oldest meeting of this level that set a goal or a date, is not evaluated, and did not move the pupil on."""
    beslist = {besluit.code for besluit in soort.besluiten if besluit.naar is not None}
    wachtend = [
        feit
        for feit in gehouden(feiten, soort.code)
        if (feit.doel or feit.evaluatie_voor) and not geevalueerd(feiten, feit) and feit.besluit not in beslist
    ]
    if not wachtend:
        return None
    uiterste = evaluatie_voor(profiel, wachtend[0], feiten)
    laat = _te_laat(uiterste.datum if uiterste else None, feiten)
    zin = f"Evalueren wat {met_lidwoord(soort)} van {datumtekst(wachtend[0].op, feiten.vandaag)} afsprak"
    if laat:
        zin += f": {laat} {'dag' if laat == 1 else 'dagen'} te laat"
    elif uiterste is not None:
        zin += f", {uiterste.zin(feiten.vandaag)}"
    overgang = _omhoog(profiel, niveau)
    titel = f"Evaluatie {soort.kort}"
    return Volgende(
        soort="evalueren",
        niveau=niveau.code,
        naar=overgang.naar if overgang else None,
        hierna=_stap(profiel, overgang) if overgang else titel,
        titel=titel,
        zin=f"{zin}.",
        wie=rolnamen(profiel, (soort.organisator,)),
        wie_rollen=(soort.organisator,),
        voor=uiterste.datum if uiterste else None,
        dagen_te_laat=laat,
        link=f"evaluatie:{soort.code}",
        uitkomsten=_voorwaarden_van(profiel, overgang, feiten) if overgang else (),
        vakanties=uiterste.vakanties if uiterste else (),
    )


def _voorgenomen(profiel: Profiel, niveau: Niveau, soort: Bespreking, feiten: Zorgfeiten) -> Overgang | None:
    """The step that the meeting of this level asks for: by decision, or back because there is enough progress."""
    besluit = laatste_besluit(feiten, soort.code)
    evaluatie = laatste_evaluatie(feiten, soort.code)
    if besluit is not None and _niet_ouder(besluit, evaluatie):
        naar = next((b.naar for b in soort.besluiten if b.code == besluit.besluit), None)
        if naar is not None:
            return profiel.zoek_overgang(niveau.code, naar)
    if evaluatie is not None and evaluatie.vooruitgang == "voldoende":
        lager = [o for o in _stappen(profiel, niveau) if richting(profiel, o.van, o.naar) == "omlaag"]
        return max(lager, key=lambda o: profiel.zoek_niveau(o.naar).volgorde, default=None)
    return None


def _niet_ouder(besluit: Besprekingfeit, evaluatie: Besprekingfeit | None) -> bool:
    """Whether a decision was not overtaken: no later meeting was evaluated after it."""
    return evaluatie is None or besluit.op >= evaluatie.op


def _stappen(profiel: Profiel, niveau: Niveau) -> list[Overgang]:
    return [o for o in profiel.overgang if o.van == niveau.code and not o.beeindigd]


def _omhoog(profiel: Profiel, niveau: Niveau) -> Overgang | None:
    """The nearest step up."""
    hoger = [o for o in _stappen(profiel, niveau) if richting(profiel, o.van, o.naar) == "omhoog"]
    return min(hoger, key=lambda o: profiel.zoek_niveau(o.naar).volgorde, default=None)


def _bespreking_beslist(overgang: Overgang, soort: Bespreking) -> bool:
    """Whether the meeting of this level decides on the step up, so that the step itself is not what comes next.

    Not so where the route counts meetings (Kogerveld, level 2): there what is missing for the step is the answer.
    """
    eigen = [v for v in overgang.voorwaarden if isinstance(v, BesprekingVorm) and v.bespreking == soort.code]
    if any(isinstance(v, BesluitVorm) and v.bespreking == soort.code for v in overgang.voorwaarden):
        return True
    kan_besluiten = soort.over == "leerling" and any(b.naar == overgang.naar for b in soort.besluiten)
    return kan_besluiten and not any(v.aantal > 1 for v in eigen)


def _stap(profiel: Profiel, overgang: Overgang) -> str:
    return stapnaam(profiel, overgang.van, profiel.zoek_niveau(overgang.naar))


def _voorwaarden_van(profiel: Profiel, overgang: Overgang, feiten: Zorgfeiten) -> tuple[Uitkomst, ...]:
    return tuple(uitkomsten_van(profiel, overgang.voorwaarden, feiten, _stap(profiel, overgang)))


def _te_laat(voor: date | None, feiten: Zorgfeiten) -> int:
    return max(0, (feiten.vandaag - voor).days) if voor is not None else 0


def _naar_stap(profiel: Profiel, niveau: Niveau, overgang: Overgang, feiten: Zorgfeiten) -> Volgende:
    stap = _stap(profiel, overgang)
    uitkomsten = _voorwaarden_van(profiel, overgang, feiten)
    eerst = next((u for u in uitkomsten if not u.voldaan and u.soort == "hard"), None)
    if eerst is None:
        zacht = next((u for u in uitkomsten if not u.voldaan), None)
        return Volgende(
            soort="besluiten",
            niveau=niveau.code,
            naar=overgang.naar,
            hierna=stap,
            titel=stap,
            zin=zacht.zin if zacht else f"{stap} kan; dit besluit is aan {de_rollen(profiel, overgang.wie)}.",
            wie=rolnamen(profiel, overgang.wie),
            wie_rollen=overgang.wie,
            voor=None,
            dagen_te_laat=0,
            link=f"overgang:{overgang.van}:{overgang.naar}",
            uitkomsten=uitkomsten,
        )
    return Volgende(
        soort="stap",
        niveau=niveau.code,
        naar=overgang.naar,
        hierna=stap,
        titel=hoofdletter(eerst.kort),
        zin=eerst.zin,
        wie=eerst.wie,
        wie_rollen=eerst.wie_rollen,
        voor=eerst.voor,
        dagen_te_laat=_te_laat(eerst.voor, feiten),
        link=eerst.link,
        uitkomsten=uitkomsten,
    )


def _bespreken(profiel: Profiel, niveau: Niveau, soort: Bespreking, feiten: Zorgfeiten) -> Volgende:
    """The meeting of this level is next: planned, due by its rhythm, or still to be planned."""
    naam = hoofdletter(soort.kort)
    gepland = min(
        (b.op for b in feiten.besprekingen if b.soort == soort.code and not b.gehouden and b.op >= feiten.vandaag),
        default=None,
    )
    gehad = gehouden(feiten, soort.code)
    voor = gepland
    if gepland is None and soort.elke_weken is not None:
        begin = gehad[-1].op if gehad else (feiten.niveau_sinds or feiten.vandaag)
        voor = begin + timedelta(weeks=soort.elke_weken[1])
    uitkomsten = (
        *beoordeel_bespreking(profiel, soort.code, feiten).uitkomsten,
        *_vooraf(profiel, soort, gepland, feiten),
    )
    eerst = next((u for u in uitkomsten if not u.voldaan), None)
    wanneer = f"{naam} op {datumtekst(gepland, feiten.vandaag)}" if gepland else f"{naam} plannen"
    return Volgende(
        soort="bespreken",
        niveau=niveau.code,
        naar=None,
        hierna=naam if gepland is None else wanneer,
        titel=wanneer if eerst is None else hoofdletter(eerst.kort),
        zin=f"{wanneer}." if eerst is None else eerst.zin,
        wie=rolnamen(profiel, (soort.organisator,)) if eerst is None else eerst.wie,
        wie_rollen=(soort.organisator,) if eerst is None else eerst.wie_rollen,
        voor=voor if eerst is None or eerst.voor is None else eerst.voor,
        dagen_te_laat=_te_laat(voor if eerst is None or eerst.voor is None else eerst.voor, feiten),
        link=f"bespreking:{soort.code}" if eerst is None else eerst.link,
        uitkomsten=uitkomsten,
        gepland=gepland,
    )


def _vooraf(profiel: Profiel, soort: Bespreking, gepland: date | None, feiten: Zorgfeiten) -> list[Uitkomst]:
    """What must be on the table before a planned meeting: the school's part, the parents' part (M-52, K-104)."""
    if gepland is None:
        return []
    return [_stuk(profiel, soort, vooraf, gepland, feiten) for vooraf in soort.vooraf if vooraf.verplicht]


def _stuk(profiel: Profiel, soort: Bespreking, vooraf: Vooraf, gepland: date, feiten: Zorgfeiten) -> Uitkomst:
    document = profiel.zoek_document(vooraf.document)
    delen = document.delen if vooraf.deel is None else (vooraf.deel,)
    feit = next((d for d in feiten.documenten if d.code == vooraf.document), None)
    voldaan = feit is not None and set(delen) <= feit.volledige_delen
    naam = document.naam[:1].lower() + document.naam[1:]
    kort = f"{naam}, deel van de {profiel.rolnaam(vooraf.wie)}, {'is klaar' if voldaan else 'ontbreekt'}"
    return Uitkomst(
        "vooraf",
        "zacht",
        voldaan=voldaan,
        kort=kort,
        zin=f"{hoofdletter(kort)}." if voldaan else f"{hoofdletter(soort.kort)} kan, maar {kort}.",
        wie="" if voldaan else rolnamen(profiel, (vooraf.wie,)),
        wie_rollen=() if voldaan else (vooraf.wie,),
        voor=None if voldaan else gepland - timedelta(days=vooraf.dagen_vooraf),
        link="" if voldaan else f"document:{vooraf.document}" + (f":{vooraf.deel}" if vooraf.deel else ""),
    )


def _afronden(profiel: Profiel, niveau: Niveau, feiten: Zorgfeiten) -> Volgende:
    uitkomsten = tuple(uitkomsten_van(profiel, niveau.afronding, feiten, niveau.stap))
    eerst = next((u for u in uitkomsten if not u.voldaan), None)
    return Volgende(
        soort="afronden" if eerst else "klaar",
        niveau=niveau.code,
        naar=None,
        hierna=niveau.stap,
        titel=niveau.stap,
        zin=f"{hoofdletter(eerst.kort)}." if eerst else f"{niveau.stap} is afgerond.",
        wie=eerst.wie if eerst else "",
        wie_rollen=eerst.wie_rollen if eerst else (),
        voor=eerst.voor if eerst else None,
        dagen_te_laat=0,
        link=eerst.link if eerst else "",
        uitkomsten=uitkomsten,
    )


def _volgen(profiel: Profiel, niveau: Niveau, feiten: Zorgfeiten) -> Volgende:
    """Nothing special: the teacher evaluates the group plan at the end of the period (K-109)."""
    plan = profiel.zoek_document("groepsplan").naam.lower()
    leerkracht = profiel.rolnaam("leerkracht")
    return Volgende(
        soort="volgen",
        niveau=niveau.code,
        naar=None,
        hierna=hoofdletter(plan),
        titel=hoofdletter(plan),
        zin=f"Doet mee met het {plan}; de {leerkracht} evalueert het aan het eind van de periode.",
        wie=leerkracht,
        wie_rollen=("leerkracht",),
        voor=feiten.periode_einde,
        dagen_te_laat=_te_laat(feiten.periode_einde, feiten),
        link="plan:groepsplan",
    )
