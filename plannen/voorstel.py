"""Which arrangement fits a pupil, and why: pure, from facts to a proposal in words.

The school's own rules say what is low and what is high: the levels of its signals that lead to an arrangement
(K-12, K-17, K-20, M-101). Where the facts point two ways the pupil gets the likelier place, the other one is named,
and the teacher is asked to choose; the system never decides what only a teacher can know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

from leerlingen.profiel.meten import Instrument, NiveauSignaal, Schaal, VoorsprongSignaal
from leerlingen.profiel.schema import Profiel
from lvs.groei import Vakbeeld, getal, rang, schaal_van, zit_in

INTENSIEF: Final = "intensief"
BASIS: Final = "basis"
TALENT: Final = "talent"

METHODE_AANTAL: Final = 4
"""So many of the last method tests count."""

DEEL_VAN_VERWACHT: Final = 0.75
"""Below this part of the expected growth a pupil stays behind, as the shipped signals have it."""


@dataclass(frozen=True, slots=True)
class Leerlingbeeld:
    """What is known of one pupil for one subject. `verwacht` is the growth that pupils like this make, in points."""

    beeld: Vakbeeld
    verwacht: float | None = None
    vorig_arrangement: str = ""
    vorig_doel: str = ""
    """'ja', 'gedeeltelijk', 'nee' or '' : whether the goal of the previous plan was reached."""
    zorgleerling: bool = False
    zorgniveau: str = ""
    """Label of the care level, when it is more than the lowest."""
    eigen_leerlijn: bool = False


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A place, the reason in words, and the other place that would fit when the teacher must choose."""

    arrangement: str
    reden: str
    te_kiezen: bool = False
    alternatief: str = ""


@dataclass(frozen=True, slots=True)
class _Grenzen:
    """Which levels of a scale lead to the intensive and to the talent arrangement, by the rules of the school."""

    laag: frozenset[int]
    hoog: frozenset[int]
    onderste: int


def stel_voor(leerling: Leerlingbeeld, profiel: Profiel) -> Voorstel:
    """The proposal for one pupil. Without any fact the pupil is in the basis and the teacher chooses."""
    keuze = _kies(leerling, profiel)
    reden = "; ".join(deel for deel in (keuze.reden, redenen(leerling)) if deel)
    return Voorstel(keuze.arrangement, reden, keuze.te_kiezen, keuze.alternatief)


def redenen(leerling: Leerlingbeeld) -> str:
    """The facts as a teacher would say them: «III, IV; groei +1, verwacht +7; methodetoets 82 %»."""
    beeld = leerling.beeld
    delen = []
    niveaus = [meting.niveau for meting in (beeld.vorige, beeld.laatste) if meting and meting.niveau]
    if niveaus:
        delen.append(", ".join(niveaus))
    if beeld.groei is not None:
        groei = f"groei {getal(beeld.groei, teken=True)}"
        if leerling.verwacht is not None and beeld.groei < leerling.verwacht * DEEL_VAN_VERWACHT:
            groei += f", verwacht {getal(leerling.verwacht, teken=True)}"
        delen.append(groei)
    methode = methodegemiddelde(beeld)
    if methode is not None:
        delen.append(f"methodetoets {getal(int(methode))} %")
    if leerling.vorig_doel and (leerling.vorig_doel != "ja" or leerling.vorig_arrangement != BASIS):
        woorden = {"ja": "gehaald", "gedeeltelijk": "deels gehaald", "nee": "niet gehaald"}
        delen.append(f"vorig doel {woorden.get(leerling.vorig_doel, leerling.vorig_doel)}")
    if leerling.eigen_leerlijn:
        delen.append("eigen leerlijn")
    if leerling.zorgniveau:
        delen.append(leerling.zorgniveau)
    return "; ".join(delen)


def methodegemiddelde(beeld: Vakbeeld) -> float | None:
    """Mean percentage of the last method tests, or None without any."""
    laatste = [meting.percentage for meting in beeld.methode if meting.percentage is not None][-METHODE_AANTAL:]
    return mean(laatste) if laatste else None


def _kies(leerling: Leerlingbeeld, profiel: Profiel) -> Voorstel:
    laatste = leerling.beeld.laatste
    schaal = schaal_van(laatste.niveau, profiel.schalen) if laatste else None
    plaats = rang(laatste.niveau, schaal) if laatste and schaal else None
    if schaal is None or plaats is None:
        return _zonder_niveau(leerling, profiel)
    grenzen = _grenzen(schaal, profiel)
    vorige = leerling.beeld.vorige
    vorige_plaats = rang(vorige.niveau, schaal) if vorige else None
    if plaats in grenzen.laag:
        return _laag(leerling, profiel, plaats, vorige_plaats, grenzen)
    if plaats in grenzen.hoog:
        return _hoog(leerling, vorige_plaats, grenzen)
    return _midden(leerling, profiel)


def _zonder_niveau(leerling: Leerlingbeeld, profiel: Profiel) -> Voorstel:
    methode = _methode(leerling, profiel)
    if leerling.vorig_arrangement:
        return Voorstel(leerling.vorig_arrangement, "geen nieuwe toets; zoals in het vorige plan")
    if leerling.eigen_leerlijn:
        return _kiezen(INTENSIEF, BASIS)
    if methode == "onvoldoende":
        return _kiezen(INTENSIEF, BASIS)
    if methode == "voldoende":
        return Voorstel(BASIS, "")
    return _kiezen(BASIS, INTENSIEF, "nog geen resultaten bekend")


def _laag(
    leerling: Leerlingbeeld, profiel: Profiel, plaats: int, vorige_plaats: int | None, grenzen: _Grenzen
) -> Voorstel:
    """Low once could be a bad day: when the method tests are good the teacher says which it is (K-17, K-20)."""
    eerste_keer = vorige_plaats is not None and vorige_plaats not in grenzen.laag
    if not eerste_keer or plaats == grenzen.onderste:
        return Voorstel(INTENSIEF, "")
    if leerling.vorig_arrangement == INTENSIEF or leerling.zorgleerling or leerling.eigen_leerlijn:
        return Voorstel(INTENSIEF, "")
    methode, groei = _methode(leerling, profiel), _groei(leerling)
    if methode == "onvoldoende" and groei == "achter":
        return Voorstel(INTENSIEF, "")
    if methode == "voldoende" or (not methode and groei == "op koers"):
        return _kiezen(BASIS, INTENSIEF)
    return _kiezen(INTENSIEF, BASIS)


def _hoog(leerling: Leerlingbeeld, vorige_plaats: int | None, grenzen: _Grenzen) -> Voorstel:
    if vorige_plaats in grenzen.hoog or leerling.vorig_arrangement == TALENT:
        return Voorstel(TALENT, "")
    if leerling.vorig_arrangement == INTENSIEF or leerling.eigen_leerlijn:
        return _kiezen(BASIS, INTENSIEF)
    return _kiezen(BASIS, TALENT)


def _midden(leerling: Leerlingbeeld, profiel: Profiel) -> Voorstel:
    if leerling.eigen_leerlijn:
        return _kiezen(INTENSIEF, BASIS)
    if leerling.vorig_arrangement == INTENSIEF:
        # the help works, or is no longer needed: only who gives it can tell
        return _kiezen(BASIS, INTENSIEF)
    if leerling.vorig_arrangement == TALENT:
        return _kiezen(TALENT, BASIS)
    if _methode(leerling, profiel) == "onvoldoende" and _groei(leerling) == "achter":
        return _kiezen(BASIS, INTENSIEF)
    return Voorstel(BASIS, "")


def _groei(leerling: Leerlingbeeld) -> str:
    """'achter' or 'op koers' against what pupils like this make, '' when one of the two is unknown."""
    if leerling.beeld.groei is None or leerling.verwacht is None:
        return ""
    return "achter" if leerling.beeld.groei < leerling.verwacht * DEEL_VAN_VERWACHT else "op koers"


def _kiezen(arrangement: str, alternatief: str, reden: str = "") -> Voorstel:
    return Voorstel(arrangement, reden, te_kiezen=True, alternatief=alternatief)


def _methode(leerling: Leerlingbeeld, profiel: Profiel) -> str:
    """'voldoende' or 'onvoldoende' by the mean of the last method tests, '' when they say nothing."""
    beeld = leerling.beeld
    gemiddelde = methodegemiddelde(beeld)
    if gemiddelde is not None:
        instrument = _instrument(profiel, beeld.methode[-1].instrument)
        grens = instrument.voldoende_percentage if instrument else None
        if grens is not None:
            return "voldoende" if gemiddelde >= grens else "onvoldoende"
    woorden = [meting.niveau.casefold() for meting in beeld.methode if meting.niveau][-2:]
    if not woorden:
        return ""
    return "onvoldoende" if all(woord == "onvoldoende" for woord in woorden) else "voldoende"


def _instrument(profiel: Profiel, code: str) -> Instrument | None:
    return next((instrument for instrument in profiel.instrumenten if instrument.code == code), None)


def _grenzen(schaal: Schaal, profiel: Profiel) -> _Grenzen:
    """From the signals of the school; without any for this scale the lowest two levels and the highest one."""
    laag: set[int] = set()
    hoog: set[int] = set()
    for regel in profiel.signalering:
        if regel.beeindigd:
            continue
        if isinstance(regel, NiveauSignaal) and regel.schaal == schaal.code and regel.arrangement == INTENSIEF:
            laag |= _plaatsen(regel.niveaus, schaal)
        if isinstance(regel, VoorsprongSignaal) and regel.schaal == schaal.code:
            hoog |= _plaatsen(regel.niveaus, schaal)
    aantal = len(schaal.niveaus)
    laag = laag or ({aantal - 2, aantal - 1} if aantal > 3 else {aantal - 1})
    hoog = (hoog or {0}) - laag
    return _Grenzen(frozenset(laag), frozenset(hoog), aantal - 1)


def _plaatsen(niveaus: Sequence[str], schaal: Schaal) -> set[int]:
    return {plaats for plaats, naam in enumerate(schaal.niveaus) if zit_in(naam, niveaus, schaal)}
