"""Field sources of papers about groups and about the school: counts over all pupils, never a name.

As for papers about a pupil: only what who begins the paper may see, from pieces no more confidential than the paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import mean
from typing import Any

from leerlingen.models import Antwoord, Document, Groep, Leerling, Plaatsing, Vertrouwelijkheid, Zorgniveauperiode
from leerlingen.profiel import Profiel
from lvs import feiten
from lvs.groei import Meting, Vakbeeld, rang, schaal_van, vakbeeld
from lvs.models import Resultaat
from lvs.services import groeinormen
from plannen.bronnen.basis import Gevonden
from plannen.models import Groepsplan, Indeling
from plannen.vorm import Planvorm
from zorg.kern.models import School
from zorg.kern.tekst import datum


@dataclass
class Groepsvraag:
    """Who begins which paper about which groups; no groups is the whole school. What several ask is read once."""

    school: School
    groepen: Sequence[Groep]
    door: Any
    soort: str
    """Code of the paper."""
    plafond: str
    dag: date
    profiel: Profiel
    document: Document | None = None

    @cached_property
    def leerlingen(self) -> dict[int, Leerling]:
        """The pupils on the day, by key, as far as they are visible; of the school everyone in a home group."""
        rijen = Plaatsing.objects.zichtbaar_voor(self.door).filter(school=self.school, periode__contains=self.dag)
        rijen = rijen.filter(groep__in=self.groepen) if self.groepen else rijen.filter(stamgroep=True)
        gesorteerd = rijen.select_related("leerling").order_by("leerling__sorteernaam", "leerling")
        return {rij.leerling_id: rij.leerling for rij in gesorteerd}

    @cached_property
    def metingen(self) -> dict[int, tuple[Meting, ...]]:
        """The results that may come in, by pupil: one query."""
        zichtbaar = Resultaat.objects.zichtbaar_voor(self.door).filter(
            leerling__in=list(self.leerlingen),
            reeks__stuk__vertrouwelijkheid__in=Vertrouwelijkheid.tot_en_met(self.plafond),
            reeks__stuk__in_kring=False,
            reeks__stuk__ingetrokken_op__isnull=True,
        )
        return feiten.metingen(zichtbaar)

    @cached_property
    def beelden(self) -> dict[str, list[Vakbeeld]]:
        """Per subject the pictures of the pupils who have results in it."""
        uit: dict[str, list[Vakbeeld]] = {}
        for vak in self.profiel.vakgebieden:
            rij = [vakbeeld(vak.code, metingen, self.profiel) for metingen in self.metingen.values()]
            uit[vak.naam] = [beeld for beeld in rij if beeld.laatste or beeld.methode]
        return {naam: rij for naam, rij in uit.items() if rij}

    @property
    def wiens(self) -> str:
        return "van de groep" if self.groepen else "van de school"


def _uit_resultaten(v: Groepsvraag, regel: Callable[[list[Vakbeeld]], str]) -> Gevonden | None:
    regels = [f"{naam}: {tekst}" for naam, rij in v.beelden.items() if (tekst := regel(rij))]
    if not regels:
        return None
    laatste = max((m for rij in v.metingen.values() for m in rij), key=lambda meting: meting.datum)
    return Gevonden("\n".join(regels), f"uit de resultaten {v.wiens} t/m {datum(laatste.datum)}")


def overzicht(v: Groepsvraag) -> Gevonden | None:
    """Per subject how many pupils stand on each level of the last test."""

    def regel(rij: list[Vakbeeld]) -> str:
        laatste = [beeld.laatste for beeld in rij if beeld.laatste is not None and beeld.laatste.niveau]
        per_schaal: dict[str, Counter[str]] = {}
        schalen = {schaal.code: schaal for schaal in v.profiel.schalen}
        for meting in laatste:
            schaal = schaal_van(meting.niveau, v.profiel.schalen)
            plaats = rang(meting.niveau, schaal) if schaal else None
            if schaal is not None and plaats is not None:
                per_schaal.setdefault(schaal.code, Counter())[schaal.niveaus[plaats]] += 1
        delen = [
            ", ".join(f"{niveau} {tel[niveau]}" for niveau in schalen[code].niveaus if tel[niveau])
            for code, tel in per_schaal.items()
        ]
        return f"{'; '.join(delen)} ({len(laatste)} leerlingen)" if delen else ""

    return _uit_resultaten(v, regel)


def tegen_schoolnorm(v: Groepsvraag) -> Gevonden | None:
    """Per subject which part reached what the school aims at; without a norm the overview."""
    if not v.profiel.schoolnormen:
        return overzicht(v)
    schalen = {schaal.code: schaal for schaal in v.profiel.schalen}

    def regel(rij: list[Vakbeeld]) -> str:
        delen = []
        for norm in v.profiel.schoolnormen:
            schaal = schalen[norm.schaal]
            plaatsen = [rang(b.laatste.niveau, schaal) for b in rij if b.laatste is not None]
            bekend = [plaats for plaats in plaatsen if plaats is not None]
            grens = rang(norm.minstens, schaal)
            if bekend and grens is not None:
                gehaald = round(100 * sum(plaats <= grens for plaats in bekend) / len(bekend))
                delen.append(f"{gehaald} % op {norm.minstens} of hoger (norm {norm.percentage} %)")
        return "; ".join(delen)

    return _uit_resultaten(v, regel)


def groei(v: Groepsvraag) -> Gevonden | None:
    """Per subject how many pupils grew as much as pupils of this school usually do."""
    normen = groeinormen(v.school)

    def regel(rij: list[Vakbeeld]) -> str:
        genoeg = bekend = 0
        for beeld in rij:
            verwacht = normen.verwacht(beeld.vorige, beeld.laatste)
            if beeld.groei is not None and verwacht is not None:
                bekend, genoeg = bekend + 1, genoeg + (beeld.groei >= verwacht)
        return f"{genoeg} van de {bekend} leerlingen groeiden zoals verwacht of meer" if bekend else ""

    return _uit_resultaten(v, regel)


def methode(v: Groepsvraag) -> Gevonden | None:
    """Per subject the average of the last method test of each pupil."""

    def regel(rij: list[Vakbeeld]) -> str:
        laatste = [b.methode[-1].percentage for b in rij if b.methode and b.methode[-1].percentage is not None]
        goed = [waarde for waarde in laatste if waarde is not None]
        return f"gemiddeld {round(mean(goed))} % goed bij de laatste methodetoets" if goed else ""

    return _uit_resultaten(v, regel)


# -- plans -----------------------------------------------------------------------------------------------------------


def vorige_evaluatie(v: Groepsvraag) -> Gevonden | None:
    """What the evaluations of the last group plans of these pupils say, the newest of each subject."""
    plannen = (
        Groepsplan.objects.zichtbaar_voor(v.door)
        .geldig()
        .filter(pk__in=_indelingen(v).values("plan"), periode__endswith__lte=v.dag)
        .order_by("vak", "-periode", "pk")
    )
    nieuwste: dict[str, Groepsplan] = {}
    for plan in plannen:
        nieuwste.setdefault(plan.vak, plan)
    vakken = {vak.code: vak.naam for vak in v.profiel.vakgebieden}
    arrangementen = {arrangement.code: arrangement.naam.lower() for arrangement in v.profiel.arrangementen}
    per_document = {plan.document_id: plan for plan in nieuwste.values()}
    regels = []
    for rij in (
        Antwoord.objects.zichtbaar_voor(v.door)
        .filter(document__in=list(per_document), sectiecode__startswith="evaluatie", leerling__isnull=True)
        .exclude(tekst="")
        .order_by("document", "sectiecode", "pk")
    ):
        slot = arrangementen.get(rij.sectiecode.partition(":")[2], "")
        vak = per_document[rij.document_id].vak
        regels.append(f"{vakken.get(vak, vak)}{f', {slot}' if slot else ''}: {rij.tekst}")
    return Gevonden("\n".join(regels), "uit de evaluatie van de vorige groepsplannen") if regels else None


def _indelingen(v: Groepsvraag) -> Any:
    return Indeling.objects.zichtbaar_voor(v.door).filter(leerling__in=list(v.leerlingen)).order_by()


def plannen_overzicht(v: Groepsvraag) -> Gevonden | None:
    """The group plans that run or come, with their status."""
    rijen = (
        Groepsplan.objects.zichtbaar_voor(v.door)
        .geldig()
        .filter(school=v.school, periode__endswith__gt=v.dag)
        .select_related("document__profielversie")
        .order_by("vak", "periode")
    )
    if v.groepen:
        rijen = rijen.filter(document__groepen__groep__in=v.groepen)
    vakken = {vak.code: vak.naam for vak in v.profiel.vakgebieden}
    regels = []
    for plan in dict.fromkeys(rijen):
        vorm = Planvorm(v.profiel, v.profiel.zoek_document(plan.document.soort))
        tot = datum(plan.periode.upper - timedelta(days=1))
        regels.append(
            f"{vakken.get(plan.vak, plan.vak)}, {datum(plan.periode.lower)} t/m {tot}: {vorm.status(plan.stand).naam}"
        )
    return Gevonden("\n".join(regels), "uit de groepsplannen") if regels else None


def behoeften_per_leerling(v: Groepsvraag) -> dict[int, Gevonden]:
    """What the newest group plans say each pupil needs, per subject: one query for all of them."""
    rijen = (
        Antwoord.objects.zichtbaar_voor(v.door)
        .filter(
            leerling__in=list(v.leerlingen),
            vraagcode="onderwijsbehoeften",
            document__groepsplan__isnull=False,
            document__groepsplan__vervallen_op__isnull=True,
        )
        .exclude(tekst="")
        .select_related("document__groepsplan")
        .order_by("document__groepsplan__periode", "pk")
    )
    vakken = {vak.code: vak.naam for vak in v.profiel.vakgebieden}
    per_kind: dict[int, dict[str, str]] = {}
    for rij in rijen:
        per_kind.setdefault(rij.leerling_id or 0, {})[rij.document.groepsplan.vak] = rij.tekst
    return {
        kind: Gevonden("\n".join(f"{vakken.get(vak, vak)}: {tekst}" for vak, tekst in per_vak.items()),
                       "uit de groepsplannen")
        for kind, per_vak in per_kind.items()
    }  # fmt: skip


def zorgleerlingen(v: Groepsvraag) -> Gevonden | None:
    """How many pupils get extra support, by level and group (M-85); the list with names is the care board."""
    niveaus = [n for n in v.profiel.niveaus_op_volgorde if n.zorgleerling]
    perioden = Zorgniveauperiode.objects.zichtbaar_voor(v.door).filter(
        leerling__in=list(v.leerlingen), periode__contains=v.dag, niveau__in=[n.code for n in niveaus]
    )
    groep_van = dict(
        Plaatsing.objects.zichtbaar_voor(v.door)
        .filter(leerling__in=list(v.leerlingen), stamgroep=True, periode__contains=v.dag)
        .values_list("leerling", "groep__naam")
    )
    per_niveau: dict[str, Counter[str]] = {}
    for leerling, niveau in perioden.order_by().values_list("leerling", "niveau"):
        per_niveau.setdefault(niveau, Counter())[groep_van.get(leerling, "zonder groep")] += 1
    regels = []
    for niveau in niveaus:
        tel = per_niveau.get(niveau.code)
        if tel:
            groepen = ", ".join(f"{naam} {aantal}" for naam, aantal in sorted(tel.items()))
            regels.append(f"{niveau.naam}: {sum(tel.values())} ({groepen})")
    return Gevonden("\n".join(regels), f"uit het {v.profiel.begrippen.woorden.niveau}") if regels else None


Groepsbron = Callable[[Groepsvraag], Gevonden | None]

_bronnen: dict[str, Groepsbron] = {
    "plan_vorige_evaluatie": vorige_evaluatie,
    "plannen_overzicht": plannen_overzicht,
    "resultaten_groei": groei,
    "resultaten_laatste": tegen_schoolnorm,
    "resultaten_methode": methode,
    "resultaten_overzicht": overzicht,
    "zorgleerlingen": zorgleerlingen,
}


def registreer_groepsbron(naam: str, bron: Groepsbron) -> None:
    """A floor above says how to fill a source of its own (bespreking_vorige)."""
    _bronnen[naam] = bron


def vraag_groepsbron(naam: str, vraag: Groepsvraag) -> Gevonden | None:
    """What this source knows about the groups; None when it knows nothing, or nobody knows it."""
    bron = _bronnen.get(naam)
    gevonden = bron(vraag) if bron else None
    return gevonden if gevonden and gevonden.tekst.strip() else None
