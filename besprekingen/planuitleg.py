"""Why a meeting found no moment, in one plain sentence. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from besprekingen.rooster import RUIMST, Activiteit, Plek, Rooster
from besprekingen.schooljaar import dagen
from leerlingen.termijn import datumtekst, opsomming

GENOEMD: Final = 5
"""So many people by name; more make no sentence."""


def waarom_niet(activiteit: Activiteit, rooster: Rooster) -> str:
    """The first of these that holds: nobody to ask, over, no school, no hours long enough, somebody who never can."""
    venster, grens = activiteit.venster, rooster.grens
    naam = activiteit.naam
    if not activiteit.plekken or not all(plek.mensen for plek in activiteit.plekken if plek.verplicht):
        return f"{naam}: er is niemand om te vragen."
    tussen = f"tussen {datumtekst(venster.van, venster.van)} en {datumtekst(venster.tot_en_met, venster.van)}"
    if venster.tot_en_met < grens.vanaf:
        return f"{naam} hoorde {tussen}; dat is voorbij."
    open_ = [d for d in dagen(max(venster.van, grens.vanaf), venster.tot_en_met) if rooster.open_op(activiteit, d)]
    if not open_:
        return f"{naam} hoort {tussen}; daar is geen schooldag meer."
    langst = _langst(activiteit, rooster, open_)
    if langst < activiteit.minuten:
        uren = f"de langste vergadertijd is dan {langst} minuten" if langst else "dan is er geen vergadertijd"
        return f"{naam} duurt {activiteit.minuten} minuten; {uren}."
    for plek in activiteit.plekken:
        reden = _waarom_plek(plek, rooster, open_) if plek.verplicht else ""
        if reden:
            return f"{naam} past niet {tussen}: {reden}."
    mensen = dict.fromkeys(mens for plek in activiteit.plekken if plek.verplicht for mens in plek.mensen)
    namen = [_naam(mens, rooster) for mens in mensen]
    if len(namen) == 1:
        return f"{naam} past niet {tussen}: {namen[0]} is nergens lang genoeg vrij."
    wie = opsomming(namen) if len(namen) <= GENOEMD else "iedereen die nodig is"
    return f"{naam} past niet {tussen}: er is geen moment waarop {wie} samen kunnen."


def _langst(activiteit: Activiteit, rooster: Rooster, open_: list[date]) -> int:
    blokken = [blok for dag in open_ for blok in rooster.blokken(activiteit, dag, RUIMST)]
    return max(
        ((b.tot.hour - b.van.hour) * 60 + b.tot.minute - b.van.minute for b in blokken),
        default=0,
    )


def _waarom_plek(plek: Plek, rooster: Rooster, open_: list[date]) -> str:
    """Empty when this seat can be taken on some day."""
    grens = rooster.grens
    lastig = [plek.mensen] if plek.wie != "allen" else [(mens,) for mens in plek.mensen]
    for mensen in lastig:
        namen = [_naam(mens, rooster) for mens in dict.fromkeys(mensen)]
        een = len(namen) == 1
        werken = [dag for dag in open_ if any(m not in grens.mensen or grens.mensen[m].werkt(dag) for m in mensen)]
        if not werken:
            return f"{opsomming(namen)} {'werkt' if een else 'werken'} dan niet"
        if not any(rooster.kan_op(mens, dag, RUIMST) for mens in mensen for dag in werken):
            aantal = "één bespreking" if grens.per_dag == 1 else f"{grens.per_dag} besprekingen"
            return f"{opsomming(namen)} {'heeft' if een else 'hebben'} op elke werkdag al {aantal}"
    return ""


def _naam(mens: int, rooster: Rooster) -> str:
    return rooster.grens.mensen[mens].naam if mens in rooster.grens.mensen else "iemand"
