"""Conditions about meetings: held, evaluated, progress and decision."""

from datetime import date
from typing import Final

from leerlingen.profiel.basis import Rol
from leerlingen.profiel.bespreken import Bespreking
from leerlingen.profiel.schema import Profiel, zoek
from leerlingen.profiel.voorwaardenvormen import BesluitVorm, BesprekingVorm, VooruitgangVorm
from leerlingen.termijn import Uiterste, binnen, datumtekst, met_vakanties
from leerlingen.voorwaarden.kern import Deel, beoordeel_voorwaarde, klaar, mist, sinds_niveau
from leerlingen.zorgfeiten import Besprekingfeit, Zorgfeiten

_RANG: Final = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde")


def gehouden(feiten: Zorgfeiten, soort: str) -> list[Besprekingfeit]:
    """The meetings of this kind that were held at this level, oldest first."""
    rij = [b for b in feiten.besprekingen if b.soort == soort and b.gehouden and sinds_niveau(feiten, b.op)]
    return sorted(rij, key=lambda b: b.op)


def geevalueerd(feiten: Zorgfeiten, bespreking: Besprekingfeit) -> bool:
    """Whether what this meeting agreed was evaluated by today."""
    return bespreking.geevalueerd_op is not None and bespreking.geevalueerd_op <= feiten.vandaag


def evaluatie_voor(profiel: Profiel, bespreking: Besprekingfeit, feiten: Zorgfeiten) -> Uiterste | None:
    """The last day to evaluate a held meeting: as agreed, else by the term of its kind, else none."""
    if bespreking.evaluatie_voor is not None:
        return met_vakanties(bespreking.op, bespreking.evaluatie_voor, feiten.vakanties)
    code = profiel.zoek_bespreking(bespreking.soort).evaluatie_termijn
    if code is None:
        return None
    termijn = profiel.zoek_termijn(code)
    return binnen(bespreking.op, termijn.aantal, termijn.eenheid, feiten.vakanties)


def laatste_evaluatie(feiten: Zorgfeiten, soort: str) -> Besprekingfeit | None:
    """The meeting of this kind that was evaluated last at this level."""
    rij = [b for b in gehouden(feiten, soort) if geevalueerd(feiten, b)]
    return max(rij, key=lambda b: (b.geevalueerd_op or date.min, b.op), default=None)


def laatste_besluit(feiten: Zorgfeiten, soort: str) -> Besprekingfeit | None:
    """The meeting of this kind that decided last at this level."""
    rij = [b for b in gehouden(feiten, soort) if b.besluit is not None]
    return rij[-1] if rij else None


def _rol_van(bespreking: Bespreking, lid: str) -> Rol:
    return zoek(bespreking.leden, lid).rol


def met_lidwoord(soort: Bespreking) -> str:
    """ "het SOT", "de leerlingbespreking"."""
    return f"{soort.lidwoord} {soort.kort}"


def _rang(nummer: int) -> str:
    return _RANG[nummer] if nummer < len(_RANG) else f"{nummer + 1}e"


@beoordeel_voorwaarde.register
def _bespreking(vorm: BesprekingVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    soort = profiel.zoek_bespreking(vorm.bespreking)
    rij = gehouden(feiten, vorm.bespreking)
    goed = [b for b in rij if (b.doel or not vorm.doel) and (geevalueerd(feiten, b) or not vorm.geevalueerd)]
    onaf = [b for b in rij if b not in goed]
    gepland = sorted(
        b.op for b in feiten.besprekingen if b.soort == vorm.bespreking and not b.gehouden and b.op >= feiten.vandaag
    )
    delen: list[Deel] = []
    for nummer in range(vorm.aantal):
        naam = soort.kort if vorm.aantal == 1 else f"{_rang(nummer)} {soort.kort}"
        if nummer < len(goed):
            delen.append(_bespreking_klaar(naam, goed[nummer], vorm, feiten))
        elif nummer - len(goed) < len(onaf):
            delen.append(_bespreking_onaf(naam, onaf[nummer - len(goed)], vorm, soort, profiel, feiten))
        else:
            plaats = nummer - len(goed) - len(onaf)
            wanneer = gepland[plaats] if plaats < len(gepland) else None
            kort = f"{naam} is nog niet gehouden"
            if wanneer is not None:
                kort += f", staat op {datumtekst(wanneer, feiten.vandaag)}"
            delen.append(mist(kort, (vorm.wie or soort.organisator,), wanneer, f"bespreking:{vorm.bespreking}"))
    return tuple(delen)


def _bespreking_klaar(naam: str, feit: Besprekingfeit, vorm: BesprekingVorm, feiten: Zorgfeiten) -> Deel:
    if vorm.geevalueerd and feit.geevalueerd_op is not None:
        return klaar(f"{naam} geëvalueerd op {datumtekst(feit.geevalueerd_op, feiten.vandaag)}")
    return klaar(f"{naam} gehouden op {datumtekst(feit.op, feiten.vandaag)}")


def _bespreking_onaf(
    naam: str,
    feit: Besprekingfeit,
    vorm: BesprekingVorm,
    soort: Bespreking,
    profiel: Profiel,
    feiten: Zorgfeiten,
) -> Deel:
    wie = (vorm.wie or soort.organisator,)
    if vorm.doel and not feit.doel:
        return mist(f"{naam} heeft nog geen doel", wie, link=f"bespreking:{vorm.bespreking}")
    uiterste = evaluatie_voor(profiel, feit, feiten)
    voor = uiterste.datum if uiterste else None
    return mist(f"{naam} is nog niet geëvalueerd", wie, voor, f"evaluatie:{vorm.bespreking}")


@beoordeel_voorwaarde.register
def _vooruitgang(vorm: VooruitgangVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    soort = profiel.zoek_bespreking(vorm.bespreking)
    wie = (vorm.wie or soort.organisator,)
    link = f"evaluatie:{vorm.bespreking}"
    laatste = laatste_evaluatie(feiten, vorm.bespreking)
    if laatste is None or laatste.vooruitgang is None:
        return (
            mist(f"de evaluatie na {met_lidwoord(soort)} zegt nog niet of er genoeg vooruitgang is", wie, link=link),
        )
    genoeg = laatste.vooruitgang == "voldoende"
    kort = f"de laatste evaluatie zegt: {'' if genoeg else 'niet '}genoeg vooruitgang"
    if laatste.vooruitgang == vorm.vooruitgang:
        return (klaar(kort),)
    return (mist(kort, wie, link=link),)


@beoordeel_voorwaarde.register
def _besluit(vorm: BesluitVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    soort = profiel.zoek_bespreking(vorm.bespreking)
    wens = zoek(soort.besluiten, vorm.besluit).naam
    laatste = laatste_besluit(feiten, vorm.bespreking)
    if laatste is not None and laatste.besluit == vorm.besluit:
        return (klaar(f"{met_lidwoord(soort)} besloot op {datumtekst(laatste.op, feiten.vandaag)}: {wens}"),)
    wie = (vorm.wie or _rol_van(soort, soort.voorzitter),)
    kort = f"het besluit “{wens}” van {met_lidwoord(soort)} ontbreekt"
    return (mist(kort, wie, link=f"besluit:{vorm.bespreking}"),)
