"""Signals: the rules of the school's profile over the results of one pupil. Pure; facts in, signals out.

Each rule of `profiel.signalering` is judged by the function of its kind. What several rules say about the same subject
is told once, by the gravest; the others stay reachable in `ook`. A plan that answers a signal turns it known (grey).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import mean
from typing import Any, Final, Literal

from leerlingen.profiel.meten import (
    DalingBeideSignaal,
    DalingSignaal,
    GroeiSignaal,
    Instrument,
    MethodeDalingSignaal,
    MethodeReeksSignaal,
    NiveauSignaal,
    OppSignaal,
    VerwachtingSignaal,
    VoorsprongSignaal,
)
from leerlingen.profiel.schema import Profiel
from lvs.groei import (
    GEEN_NORMEN,
    Groeinormen,
    Meting,
    Vakbeeld,
    getal,
    groei,
    rang,
    schaal_van,
    vakbeeld,
    vergelijk,
    zit_in,
)

Soort = Literal["zorg", "kans", "weten"]
"""Concern, talent, or only to know."""


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a pupil sits in the running plan of a subject, and since when."""

    arrangement: str
    sinds: date


@dataclass(frozen=True, slots=True)
class Feiten:
    """What is known of one pupil. `plannen` holds the running plan of each subject that has one."""

    metingen: tuple[Meting, ...] = ()
    heeft_opp: bool = False
    plannen: Mapping[str, Plaats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signaal:
    """One signal. `zin` is for the overview, `wat_nu` what the school does, `bekend` why it needs nothing new."""

    code: str
    naam: str
    vak: str
    zin: str
    soort: Soort
    wat_nu: str
    gevolg: str
    arrangement: str = ""
    richting: str = ""
    """'gezakt' or 'gestegen' draws an arrow."""
    sinds: date | None = None
    bekend: str = ""
    ernst: int = 9
    """0 is the gravest kind of rule."""
    ook: tuple[Signaal, ...] = ()
    pk: int = 0
    """The key of a signal that a person recorded; 0 for what a rule found."""
    toelichting: str = ""
    """What is done with a recorded signal."""


@dataclass(frozen=True, slots=True)
class _Bevinding:
    zin: str
    sinds: date | None
    soort: Soort = "zorg"
    richting: str = ""
    al_langer: bool = False
    """The result before this one already said the same: a plan made since then has answered it."""


@dataclass(frozen=True, slots=True)
class _Blik:
    """What a rule looks at: one subject of one pupil."""

    profiel: Profiel
    beeld: Vakbeeld
    normen: Groeinormen
    vaknaam: str

    def instrument(self, meting: Meting) -> Instrument | None:
        return next((i for i in self.profiel.instrumenten if i.code == meting.instrument), None)


def _niveau_in(regel: NiveauSignaal, blik: _Blik) -> _Bevinding | None:
    laatste = blik.beeld.laatste
    if laatste is None or not _op(blik, laatste, regel.schaal, regel.niveaus):
        return None
    keren = 0
    for meting in reversed(blik.beeld.reeks):
        if not _op(blik, meting, regel.schaal, regel.niveaus):
            break
        keren += 1
    zin = f"{blik.vaknaam} {laatste.niveau}"
    if keren > 1:
        op = "–".join([regel.niveaus[0], regel.niveaus[-1]]) if len(regel.niveaus) > 1 else regel.niveaus[0]
        zin = f"{blik.vaknaam} {_keer(keren)} {op}"
    return _Bevinding(zin, laatste.datum, al_langer=keren > 1)


def _op(blik: _Blik, meting: Meting, schaalcode: str, niveaus: Iterable[str]) -> bool:
    schaal = schaal_van(meting.niveau, blik.profiel.schalen, blik.instrument(meting))
    return schaal is not None and schaal.code == schaalcode and zit_in(meting.niveau, niveaus, schaal)


def _keer(aantal: int) -> str:
    return {2: "twee keer", 3: "drie keer", 4: "vier keer"}.get(aantal, f"{aantal} keer")


def _gezakt(blik: _Blik, stappen: int) -> Meting | None:
    """The last result when its level dropped by at least so many steps, else None."""
    laatste, vorige = blik.beeld.laatste, blik.beeld.vorige
    if laatste is None or vorige is None:
        return None
    beweging = vergelijk(vorige.niveau, laatste.niveau, blik.profiel.schalen, blik.instrument(laatste))
    genoeg = beweging.stappen >= stappen or (beweging.stappen == 0 and stappen == 1)
    return laatste if beweging.richting == "gezakt" and genoeg else None


def _daling(regel: DalingSignaal, blik: _Blik) -> _Bevinding | None:
    laatste = _gezakt(blik, regel.stappen)
    if laatste is None:
        return None
    return _Bevinding(f"{blik.vaknaam} gezakt naar {laatste.niveau}", laatste.datum, richting="gezakt")


def _verwachting(regel: VerwachtingSignaal, blik: _Blik) -> _Bevinding | None:
    laatste, vorige = blik.beeld.laatste, blik.beeld.vorige
    if laatste is None or vorige is None:
        return None
    beweging = vergelijk(vorige.niveau, laatste.niveau, blik.profiel.schalen, blik.instrument(laatste))
    if beweging.richting not in ("gezakt", "gestegen") or (beweging.stappen or 1) < regel.stappen:
        return None
    return _Bevinding(
        f"{blik.vaknaam} van {vorige.niveau} naar {laatste.niveau}",
        laatste.datum,
        "zorg" if beweging.richting == "gezakt" else "weten",
        beweging.richting,
    )


def _groei(regel: GroeiSignaal, blik: _Blik) -> _Bevinding | None:
    laatste, vorige = blik.beeld.laatste, blik.beeld.vorige
    gemaakt, verwacht = groei(vorige, laatste), blik.normen.verwacht(vorige, laatste)
    if laatste is None or gemaakt is None or verwacht is None or verwacht <= 0:
        return None
    if gemaakt >= verwacht * regel.deel_van_verwacht:
        return None
    zin = f"{blik.vaknaam} groeit {getal(gemaakt, teken=True)}, verwacht {getal(verwacht, teken=True)}"
    schaal = schaal_van(laatste.niveau, blik.profiel.schalen, blik.instrument(laatste))
    bovenaan = schaal is not None and rang(laatste.niveau, schaal) == 0
    return _Bevinding(zin, laatste.datum, "weten" if bovenaan else "zorg")


def _percentages(metingen: Iterable[Meting]) -> list[Meting]:
    return [meting for meting in metingen if meting.percentage is not None]


def _methode_daling(regel: MethodeDalingSignaal, blik: _Blik) -> _Bevinding | None:
    toetsen = _percentages(blik.beeld.methode)
    if len(toetsen) < 2:
        return None
    *eerder, laatste = toetsen
    gemiddeld = mean(meting.percentage or 0.0 for meting in eerder[-4:])
    if (laatste.percentage or 0.0) > gemiddeld - regel.procentpunten:
        return None
    return _Bevinding(
        f"{blik.vaknaam} methodetoets {getal(laatste.percentage or 0.0)} %, was {getal(round(gemiddeld))} %",
        laatste.datum,
        richting="gezakt",
    )


def _daling_beide(regel: DalingBeideSignaal, blik: _Blik) -> _Bevinding | None:
    """The level dropped and the method tests since the test before average lower than those until then (K-27)."""
    laatste = _gezakt(blik, regel.stappen)
    if laatste is None or blik.beeld.vorige is None:
        return None
    toetsen = _percentages(blik.beeld.methode)
    eerder = [meting.percentage or 0.0 for meting in toetsen if meting.datum <= blik.beeld.vorige.datum][-4:]
    sinds = [meting.percentage or 0.0 for meting in toetsen if meting.datum > blik.beeld.vorige.datum]
    if not eerder or not sinds or mean(sinds) > mean(eerder) - regel.procentpunten:
        return None
    return _Bevinding(
        f"{blik.vaknaam} gezakt naar {laatste.niveau}, ook in de methodetoetsen",
        max(laatste.datum, toetsen[-1].datum),
        richting="gezakt",
    )


def _onvoldoende(blik: _Blik, meting: Meting) -> bool:
    instrument = blik.instrument(meting)
    if meting.percentage is not None and instrument is not None and instrument.voldoende_percentage is not None:
        return meting.percentage < instrument.voldoende_percentage
    return meting.niveau.casefold() == "onvoldoende"


def _methode_reeks(regel: MethodeReeksSignaal, blik: _Blik) -> _Bevinding | None:
    toetsen = blik.beeld.methode
    if len(toetsen) < regel.aantal or not all(_onvoldoende(blik, meting) for meting in toetsen[-regel.aantal :]):
        return None
    return _Bevinding(f"{blik.vaknaam} {_keer(regel.aantal)} methodetoets onvoldoende", toetsen[-1].datum)


def _voorsprong(regel: VoorsprongSignaal, blik: _Blik) -> _Bevinding | None:
    laatste = blik.beeld.reeks[-regel.keer_op_rij :]
    if len(laatste) < regel.keer_op_rij or not all(_op(blik, m, regel.schaal, regel.niveaus) for m in laatste):
        return None
    return _Bevinding(f"ruime voorsprong {blik.vaknaam}", laatste[-1].datum, "kans", "gestegen")


_PER_VAK: Final[tuple[tuple[type[Any], Callable[[Any, _Blik], _Bevinding | None], int], ...]] = (
    (DalingBeideSignaal, _daling_beide, 0),
    (DalingSignaal, _daling, 1),
    (NiveauSignaal, _niveau_in, 2),
    (GroeiSignaal, _groei, 3),
    (MethodeReeksSignaal, _methode_reeks, 4),
    (MethodeDalingSignaal, _methode_daling, 5),
    (VoorsprongSignaal, _voorsprong, 6),
    (VerwachtingSignaal, _verwachting, 7),
)
"""Kinds of rules with their judge, gravest first."""


def signalen(feiten: Feiten, profiel: Profiel, normen: Groeinormen = GEEN_NORMEN) -> list[Signaal]:
    """The signals of one pupil, gravest first, one per subject; new before known."""
    gevonden: list[Signaal] = []
    for vakgebied in profiel.vakgebieden:
        if not vakgebied.actief:
            continue
        beeld = vakbeeld(vakgebied.code, feiten.metingen, profiel)
        blik = _Blik(profiel, beeld, normen, vaknaam_kort(vakgebied.naam))
        per_vak = sorted(
            _van_vak(blik, feiten),
            key=lambda paar: (paar[1].soort == "weten", bool(paar[1].bekend), paar[0]),
        )
        if per_vak:
            (_, eerste), *rest = per_vak
            gevonden.append(replace(eerste, ook=tuple(signaal for _, signaal in rest)))
    gevonden += _opp(feiten, profiel)
    return sorted(gevonden, key=lambda s: (bool(s.bekend), {"zorg": 0, "kans": 1, "weten": 2}[s.soort], s.ernst))


def _van_vak(blik: _Blik, feiten: Feiten) -> Iterator[tuple[int, Signaal]]:
    for regel in blik.profiel.signalering:
        if regel.beeindigd or (regel.vakgebieden and blik.beeld.vak not in regel.vakgebieden):
            continue
        if isinstance(regel, MethodeReeksSignaal) and regel.alleen_opp and not feiten.heeft_opp:
            continue
        for soort, oordeel, gewicht in _PER_VAK:
            if isinstance(regel, soort):
                bevinding = oordeel(regel, blik)
                if bevinding is not None:
                    signaal = _maak(regel, blik, bevinding, feiten.plannen.get(blik.beeld.vak))
                    yield gewicht, replace(signaal, ernst=gewicht)


def _maak(regel: Any, blik: _Blik, bevinding: _Bevinding, plaats: Plaats | None) -> Signaal:
    return Signaal(
        code=regel.code,
        naam=regel.naam,
        vak=blik.beeld.vak,
        zin=bevinding.zin,
        soort=bevinding.soort,
        wat_nu=regel.wat_nu,
        gevolg=regel.gevolg,
        arrangement=regel.arrangement,
        richting=bevinding.richting,
        sinds=bevinding.sinds,
        bekend=_bekend(regel.arrangement, blik, bevinding, plaats),
    )


def _bekend(arrangement: str, blik: _Blik, bevinding: _Bevinding, plaats: Plaats | None) -> str:
    """Why this signal needs nothing new: the pupil sits in the arrangement that answers it, since the result or, when
    the result only says what the one before already said, since then.
    """
    gevraagd = arrangement or ("talent" if bevinding.soort == "kans" else "intensief")
    if plaats is None or plaats.arrangement != gevraagd:
        return ""
    na_resultaat = bevinding.sinds is None or plaats.sinds >= bevinding.sinds
    if not na_resultaat and not bevinding.al_langer:
        return ""
    punten = blik.beeld.groei
    return f"in plan, groeit {getal(punten, teken=True)}" if punten is not None and punten > 0 else "in plan"


def _opp(feiten: Feiten, profiel: Profiel) -> list[Signaal]:
    if not feiten.heeft_opp:
        return []
    return [
        Signaal(regel.code, regel.naam, "", "eigen leerlijn", "weten", regel.wat_nu, regel.gevolg, bekend="in OPP")
        for regel in profiel.signalering
        if isinstance(regel, OppSignaal) and not regel.beeindigd
    ]


def vaknaam_kort(naam: str) -> str:
    """The name of a subject inside a sentence: «Rekenen-Wiskunde» → «rekenen»."""
    kort = naam.split("-")[0].split(" en ")[0].strip()
    return kort[:1].lower() + kort[1:]
