"""The group overview (M-22): one row a pupil, with results, growth, care level and signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Document, Groep, Leerling, Plaatsing, Toewijzing, Zorgniveauperiode
from leerlingen.profiel import Profiel
from leerlingen.profiel.meten import Vakgebied
from leerlingen.selecties import Niveau, niveau_tonen
from leerlingen.zorgroute.woorden import hoofdletter
from lvs import feiten
from lvs.groei import GEEN_NORMEN, Groeinormen, Meting, Vakbeeld, getal, vakbeeld
from lvs.models import Resultaat
from lvs.selecties.signalen import feit_van, lopende_signalen
from lvs.services import groeinormen
from lvs.signalering import Feiten, Plaats, Signaal, signalen, vaknaam_kort
from lvs.vastgelegd import Vastgelegd, categorieen, samen
from zorg.kern import klok
from zorg.kern.chips import Chip
from zorg.kern.querysets import Recht

MEESTE_VAKKEN = 6
OVER = "over:"
"""Before the code of a category in a filter: the pupils of whom a person recorded such a signal."""


def peildag(groep: Groep) -> date:
    """Today while the group's school year runs; for another year its last (or first) day."""
    vandaag = klok.vandaag(groep.school)
    jaar = groep.schooljaar.periode
    dag: date = min(max(vandaag, jaar.lower), jaar.upper - timedelta(days=1))
    return dag


def mijn_groepen(gebruiker: Any, dag: date) -> list[Groep]:
    """The groups of this year that the user sees, home groups first."""
    return list(
        Groep.objects.zichtbaar_voor(gebruiker)
        .van_dag(dag)
        .select_related("schooljaar", "school")
        .order_by("-soort", "volgorde", "naam")
    )


@dataclass(frozen=True)
class Groepsregel:
    """A group in the list: how many of its pupils the user sees, who teaches."""

    groep: Groep
    aantal: int
    leerkrachten: str


def groepen_met_aantal(gebruiker: Any, dag: date) -> list[Groepsregel]:
    """The groups of this year with what the user may see of them; three queries."""
    groepen = mijn_groepen(gebruiker, dag)
    ids = [groep.pk for groep in groepen]
    aantallen = Counter(
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(groep__in=ids, periode__contains=dag)
        .order_by()
        .values_list("groep", flat=True)
    )
    namen: dict[int, list[str]] = {}
    toewijzingen = (
        Toewijzing.objects.zichtbaar_voor(gebruiker)
        .filter(groep__in=ids, rol__in=["leerkracht", "vervanger"], periode__contains=dag)
        .select_related("persoon")
        .order_by("rol", "persoon__sorteernaam")
    )
    for toewijzing in toewijzingen:
        namen.setdefault(toewijzing.groep_id, []).append(toewijzing.persoon.naam)
    return [Groepsregel(groep, aantallen[groep.pk], ", ".join(namen.get(groep.pk, []))) for groep in groepen]


def eigen_groepen(gebruiker: Any, dag: date) -> list[int]:
    """Ids of the groups to which the user is assigned today."""
    return list(
        Toewijzing.objects.zichtbaar_voor(gebruiker)
        .filter(persoon__gebruiker=gebruiker, periode__contains=dag)
        .values_list("groep", flat=True)
    )


@dataclass(frozen=True)
class Vakcel:
    """One subject of one pupil: the previous and the last result."""

    beeld: Vakbeeld
    naam: str

    @property
    def vorig(self) -> str:
        return self.beeld.vorige.niveau if self.beeld.vorige else ""

    @property
    def laatste(self) -> str:
        return self.beeld.laatste.niveau if self.beeld.laatste else ""

    @property
    def groei(self) -> str:
        return "" if self.beeld.groei is None else getal(self.beeld.groei, teken=True)


@dataclass(frozen=True)
class Rij:
    """One pupil in the overview."""

    leerling: Leerling
    jaargroep: str
    niveau: Niveau | None
    cellen: list[Vakcel]
    signalen: list[Signaal]
    plaatsen: dict[str, Plaats]
    groei: str
    eigen_leerlijn: bool

    @property
    def nieuw(self) -> bool:
        """Whether a signal asks for something that no plan answers yet."""
        return any(not signaal.bekend and signaal.soort != "weten" for signaal in self.signalen)

    @property
    def voorop(self) -> list[Signaal]:
        """The first that a person recorded and the first that the rules found: one does not hide the other."""
        eersten = (next((s for s in self.signalen if bool(s.pk) is gezien), None) for gezien in (True, False))
        return [signaal for signaal in eersten if signaal is not None]

    @property
    def meer(self) -> int:
        """How many signals stand behind the ones that are shown."""
        return len(self.signalen) - len(self.voorop)

    @property
    def signalen_url(self) -> str:
        return reverse("signalen:leerling", kwargs={"leerling_id": self.leerling.pk})

    @property
    def gezien(self) -> frozenset[str]:
        """The categories of what people recorded about this pupil and nobody closed."""
        return frozenset(signaal.code for signaal in self.signalen if signaal.pk)

    @property
    def bekend(self) -> bool:
        return any(signaal.bekend and signaal.soort != "weten" for signaal in self.signalen)


@dataclass(frozen=True)
class Vakkolom:
    """The head of a column: the subject and the moments that most pupils have."""

    code: str
    naam: str
    momenten: str


@dataclass(frozen=True)
class Overzicht:
    """The group overview (M-22)."""

    groep: Groep
    dag: date
    leerkrachten: str
    kolommen: list[Vakkolom]
    rijen: list[Rij]
    chips: list[Chip]
    totaal: int
    laatste: Meting | None
    groeivak: Vakkolom | None
    profiel: Profiel
    leerling_ids: frozenset[int]
    ander_jaar: bool


def groepsoverzicht(
    gebruiker: Any, groep: Groep, *, filter: str = "", sorteer: str = "", vak: str = "", recht: str = Recht.INZIEN
) -> Overzicht:
    """Every pupil of the group whom the user sees, with results, growth, care level and signals.

    The number of queries does not depend on the number of pupils.
    """
    dag = peildag(groep)
    profiel = profielen_van_school.huidig_profiel(groep.school)
    plaatsingen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker, recht)
        .filter(groep=groep, periode__contains=dag)
        .select_related("leerling")
        .order_by("leerling__roepnaam", "leerling__sorteernaam", "pk")
    )
    per_leerling = {plaatsing.leerling_id: plaatsing for plaatsing in plaatsingen}
    ids = list(per_leerling)
    metingen = feiten.metingen(Resultaat.objects.zichtbaar_voor(gebruiker, recht).filter(leerling__in=ids))
    niveaus = {
        periode.leerling_id: periode
        for periode in Zorgniveauperiode.objects.zichtbaar_voor(gebruiker).filter(
            leerling__in=ids, periode__contains=dag
        )
    }
    opp = feiten.met_opp(Document.objects.zichtbaar_voor(gebruiker), profiel, ids)
    plaatsen = feiten.plaatsen(gebruiker, ids, dag)
    gezien = lopende_signalen(gebruiker, ids, recht)
    normen = groeinormen(groep.school) if ids else GEEN_NORMEN
    jaren = jaargroepen(per_leerling.values(), groep)
    vakken = overzichtsvakken(profiel, jaren, (m for rij in metingen.values() for m in rij))
    groeivak = next((v for v in vakken if v.code == (vak or sorteer)), vakken[0] if vakken else None)
    rijen = [
        _rij(plaatsing, profiel, vakken, groeivak, normen, Feiten(
            metingen=metingen.get(pk, ()), heeft_opp=pk in opp, plannen=dict(plaatsen.get(pk, {}))
        ), niveau_tonen(profiel, niveaus.get(pk)), [feit_van(rij) for rij in gezien.get(pk, ())])
        for pk, plaatsing in per_leerling.items()
    ]  # fmt: skip
    kolommen = [_kolom(plek, vakgebied, rijen) for plek, vakgebied in enumerate(vakken)]
    getoond = _gesorteerd([rij for rij in rijen if past(rij, filter)], sorteer, [kolom.code for kolom in kolommen])
    alle = [cel.beeld.laatste for rij in rijen for cel in rij.cellen if cel.beeld.laatste]
    return Overzicht(
        groep=groep,
        dag=dag,
        leerkrachten=leerkrachten(gebruiker, groep, dag),
        kolommen=kolommen,
        rijen=getoond,
        chips=_chips(rijen, profiel),
        totaal=len(rijen),
        laatste=max(alle, key=lambda meting: meting.datum, default=None),
        groeivak=next((kolom for kolom in kolommen if groeivak and kolom.code == groeivak.code), None),
        profiel=profiel,
        leerling_ids=frozenset(ids),
        ander_jaar=dag != klok.vandaag(groep.school),
    )


def _rij(
    plaatsing: Plaatsing,
    profiel: Profiel,
    vakken: Sequence[Vakgebied],
    groeivak: Vakgebied | None,
    normen: Groeinormen,
    bekend: Feiten,
    niveau: Niveau | None,
    gezien: list[Vastgelegd],
) -> Rij:
    cellen = [
        Vakcel(vakbeeld(vak.code, bekend.metingen, profiel), hoofdletter(vaknaam_kort(vak.naam))) for vak in vakken
    ]
    groei = next((cel.groei for cel in cellen if groeivak and cel.beeld.vak == groeivak.code), "")
    return Rij(
        leerling=plaatsing.leerling,
        jaargroep=plaatsing.jaargroep,
        niveau=niveau,
        cellen=cellen,
        signalen=samen(signalen(bekend, profiel, normen), gezien, profiel, bekend.plannen),
        plaatsen=dict(bekend.plannen),
        groei=groei,
        eigen_leerlijn=bekend.heeft_opp,
    )


def jaargroepen(plaatsingen: Iterable[Plaatsing], groep: Groep) -> frozenset[int]:
    """The year groups that sit in this group, from the placements, else from the group itself."""
    gevonden = {int(p.jaargroep) for p in plaatsingen if p.jaargroep.isdecimal()}
    if not gevonden and groep.jaargroep.isdecimal():
        gevonden = {int(groep.jaargroep)}
    return frozenset(gevonden)


def overzichtsvakken(profiel: Profiel, jaren: frozenset[int], metingen: Iterable[Meting]) -> list[Vakgebied]:
    """The subjects with a column: those with a group plan for these year groups, and those with results on a level."""
    met_resultaat = {meting.vak for meting in metingen if meting.niveau and not meting.methodetoets}
    vakken = [
        vak
        for vak in profiel.vakgebieden
        if vak.actief
        and (
            vak.code in met_resultaat
            or (vak.groepsplan and (not vak.jaargroepen or not jaren or jaren & set(vak.jaargroepen)))
        )
    ]
    return sorted(vakken, key=lambda vak: not vak.groepsplan)[:MEESTE_VAKKEN]


def _kolom(plek: int, vak: Vakgebied, rijen: list[Rij]) -> Vakkolom:
    """The moments that most pupils have for this subject, «E5 M6»."""
    momenten = []
    for welke in ("vorige", "laatste"):
        gevonden = Counter(
            meting.moment for rij in rijen if (meting := getattr(rij.cellen[plek].beeld, welke)) is not None
        )
        if gevonden:
            momenten.append(gevonden.most_common(1)[0][0])
    return Vakkolom(vak.code, hoofdletter(vaknaam_kort(vak.naam)), " ".join(momenten))


_FILTERS: dict[str, Callable[[Rij], bool]] = {
    "": lambda rij: True,
    "nieuw": lambda rij: rij.nieuw,
    "bekend": lambda rij: rij.bekend,
    "zorg": lambda rij: rij.niveau is not None and rij.niveau.zorgleerling,
    "intensief": lambda rij: any(plaats.arrangement == "intensief" for plaats in rij.plaatsen.values()),
    "talent": lambda rij: any(plaats.arrangement == "talent" for plaats in rij.plaatsen.values()),
    "leerlijn": lambda rij: rij.eigen_leerlijn,
}


def past(rij: Rij, filter: str) -> bool:
    """Whether the row belongs to this filter; an unknown filter shows all."""
    if filter.startswith(OVER):
        return filter.removeprefix(OVER) in rij.gezien
    return _FILTERS.get(filter, _FILTERS[""])(rij)


def _chips(rijen: list[Rij], profiel: Profiel) -> list[Chip]:
    namen = {a.code: a.naam for a in profiel.arrangementen}
    zorg = next((n for n in profiel.niveaus_op_volgorde if n.zorgleerling), None)
    chips = [
        Chip("", "Alle", len(rijen)),
        Chip("nieuw", "Nieuw signaal", sum(map(_FILTERS["nieuw"], rijen))),
        Chip("bekend", "Bekend", sum(map(_FILTERS["bekend"], rijen))),
    ]
    if zorg is not None:
        naam = f"{profiel.begrippen.woorden.niveau.capitalize()} {zorg.kort} en hoger"
        chips.append(Chip("zorg", naam, sum(map(_FILTERS["zorg"], rijen))))
    chips += [Chip(code, namen[code], sum(map(_FILTERS[code], rijen))) for code in ("intensief", "talent")]
    chips.append(Chip("leerlijn", "Eigen leerlijn", sum(map(_FILTERS["leerlijn"], rijen))))
    gezien = Counter(code for rij in rijen for code in rij.gezien)
    chips += [Chip(f"{OVER}{code}", naam, gezien[code]) for code, naam in categorieen(profiel)]
    return [chip for chip in chips if chip.aantal or chip.code == ""]


def _gesorteerd(rijen: list[Rij], sorteer: str, vakken: list[str]) -> list[Rij]:
    """By name as they come; `signaal`, `niveau` or a subject puts what needs attention first."""
    if sorteer == "signaal":
        return sorted(rijen, key=lambda rij: (not rij.nieuw, not rij.signalen))
    if sorteer == "niveau":
        return sorted(rijen, key=lambda rij: -(rij.niveau.stap if rij.niveau else 0))
    if sorteer == "achternaam":
        return sorted(rijen, key=lambda rij: rij.leerling.sorteernaam)
    if sorteer in vakken:
        plek = vakken.index(sorteer)
        return sorted(rijen, key=lambda rij: _zwakste_eerst(rij.cellen[plek].beeld))
    return rijen


def _zwakste_eerst(beeld: Vakbeeld) -> tuple[bool, str, float]:
    """Levels sort by themselves: V after IV after III, E after D; without a level last."""
    volgorde = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
    niveau = beeld.laatste.niveau.rstrip("+-") if beeld.laatste else ""
    sleutel = volgorde.get(niveau, niveau)
    omgekeerd = "".join(chr(0x10FFFF - ord(teken)) for teken in sleutel)
    score = beeld.laatste.vaardigheidsscore if beeld.laatste else None
    return (not niveau, omgekeerd, score if score is not None else 0.0)


def leerkrachten(gebruiker: Any, groep: Groep, dag: date) -> str:
    """«Marloes de Wit, Peter Kok» for the head of the page."""
    rijen = (
        Toewijzing.objects.zichtbaar_voor(gebruiker)
        .filter(groep=groep, rol__in=["leerkracht", "vervanger"], periode__contains=dag)
        .select_related("persoon")
        .order_by("rol", "persoon__sorteernaam")
    )
    return ", ".join(rij.persoon.naam for rij in rijen)
