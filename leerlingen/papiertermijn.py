"""Until when what follows from a paper must be done. Pure: the paper and the term go in, a day comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from leerlingen.profiel import Profiel
from leerlingen.profiel.vervolg import BEGIN, VASTGESTELD, Gegeven, Vervolg
from leerlingen.termijn import Uiterste, binnen, met_vakanties
from leerlingen.vraagsoorten import lees_dag
from leerlingen.zorgfeiten import Vakantie
from zorg.kern.tekst import een_regel


@dataclass(frozen=True)
class Papierfeit:
    """What counts of a paper. Answers by place: «section.question»."""

    begonnen: date
    vastgesteld: date | None = None
    antwoorden: Mapping[str, str] = field(default_factory=dict)

    def dag(self, plek: str | None) -> date | None:
        """The day that is answered there, if one is."""
        return lees_dag(self.antwoorden.get(plek, "")) if plek else None

    def gevuld(self, plek: str | None) -> bool:
        """Whether something is answered there."""
        return bool(plek and self.antwoorden.get(plek, "").strip())

    def zegt(self, gegeven: Gegeven) -> bool:
        """Whether the paper gives this answer; of several choices one is enough."""
        regels = {een_regel(regel) for regel in self.antwoorden.get(gegeven.vraag, "").split("\n")}
        return not regels.isdisjoint(gegeven.antwoord)


def uiterste(
    profiel: Profiel,
    vervolg: Vervolg,
    papier: Papierfeit,
    vervolgd: Iterable[Papierfeit] = (),
    vakanties: Iterable[Vakantie] = (),
) -> Uiterste | None:
    """The last day for what follows; None while nothing is asked, or no longer.

    `vervolgd`: the definitive papers of the kind that begins the term anew (`vervolg.papier`). Calendar time: holidays
    are shown, not skipped (domein §2.8). Raises KeyError for a term that the procedure does not know.
    """
    if papier.gevuld(vervolg.klaar) or (vervolg.bij is not None and not papier.zegt(vervolg.bij)):
        return None
    begin = _begin(vervolg, papier)
    if begin is None:
        return None
    if vervolg.papier is not None:
        rij = sorted(
            ((feit.dag(vervolg.papier_dag) or feit.begonnen, feit) for feit in vervolgd), key=lambda paar: paar[0]
        )
        if rij and vervolg.stopt is not None and rij[-1][1].zegt(vervolg.stopt):
            return None
        begin = max([begin, *(dag for dag, _ in rij)])
    afgesproken = papier.dag(vervolg.op)
    if afgesproken is not None:
        return met_vakanties(begin, afgesproken, vakanties)
    termijn = profiel.zoek_termijn(vervolg.termijn)
    laatste = binnen(begin, termijn.aantal, termijn.eenheid).datum
    if vervolg.verlenging is not None and vervolg.verlengd and papier.antwoorden.get(vervolg.verlengd) == "ja":
        erbij = profiel.zoek_termijn(vervolg.verlenging)
        laatste = binnen(laatste, erbij.aantal, erbij.eenheid).datum
    return met_vakanties(begin, laatste, vakanties)


def _begin(vervolg: Vervolg, papier: Papierfeit) -> date | None:
    if vervolg.vanaf == BEGIN:
        return papier.begonnen
    if vervolg.vanaf == VASTGESTELD:
        return papier.vastgesteld
    return papier.dag(vervolg.vanaf)
