"""One group plan as it stands on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Groep, Leerling
from leerlingen.profiel import Profiel
from leerlingen.profiel.meten import Arrangement
from leerlingen.profiel.papier import Sectie, Vraag
from leerlingen.vraagsoorten import Invoer, invoer, leesbaar
from plannen.models import Groepsplan, Indeling, Planreactie
from plannen.vorm import Planvorm

VOLGORDE = ("talent", "basis", "intensief")
"""The columns from left to right."""

ZICHTBAAR = 6
"""So many pupils of a column stand open; the rest is one click away."""

OPEN_VELDEN = 3
"""So many questions of an arrangement stand open even when empty."""


@dataclass(frozen=True)
class Tekstveld:
    """One question with its answer and the address that saves it."""

    id: str
    vraag: Vraag
    tekst: str
    bron: str
    versie: int
    url: str
    vorig: str = ""
    """What the plan before said."""

    @property
    def leesbaar(self) -> str:
        """The answer as people read it."""
        return leesbaar(self.vraag, self.tekst)

    @property
    def invoer(self) -> Invoer:
        """The field in which it is answered."""
        return invoer(self.vraag, self.tekst)


@dataclass(frozen=True)
class Leerlingregel:
    """A pupil in a column."""

    indeling: Indeling
    leerling: Leerling
    url: str
    elders: list[Arrangement]
    alternatief: str
    behoeften: list[Tekstveld]
    oordeel: Tekstveld | None

    @property
    def heeft_behoeften(self) -> bool:
        return any(veld.tekst.strip() for veld in self.behoeften)


@dataclass(frozen=True)
class Arrangementkolom:
    """One arrangement: its pupils, its texts, its evaluation."""

    code: str
    naam: str
    omschrijving: str
    eerste: list[Leerlingregel]
    overigen: list[Leerlingregel]
    teksten: list[Tekstveld]
    """The goal, the approach, and whatever is filled in."""
    meer: list[Tekstveld]
    """Empty questions that may stay so: one click away."""
    evaluatie: list[Tekstveld]

    @property
    def aantal(self) -> int:
        return len(self.eerste) + len(self.overigen)

    @property
    def leerlingen(self) -> list[Leerlingregel]:
        return [*self.eerste, *self.overigen]


@dataclass(frozen=True)
class Sectieblok:
    """A section about the whole group."""

    code: str
    naam: str
    hulp: str
    velden: list[Tekstveld]

    @property
    def leeg(self) -> bool:
        return not any(veld.tekst.strip() for veld in self.velden)


@dataclass(frozen=True)
class Planpagina:
    """Everything the page of a plan shows."""

    plan: Groepsplan
    vorm: Planvorm
    profiel: Profiel
    titel: str
    groepen: list[Groep]
    periodenaam: str
    van: date
    tot_en_met: date
    stand: str
    kolommen: list[Arrangementkolom]
    blokken: list[Sectieblok]
    reacties: list[Planreactie]
    kiezen: list[Leerlingregel]
    vorige: Groepsplan | None
    laatst: datetime | None
    heeft_evaluatie: bool
    vaknaam: str = field(default="")


def planpagina(gebruiker: Any, plan: Groepsplan, *, naast: bool = False) -> Planpagina:
    """A plan for who may see it: only the pupils whom this user sees, and what is written about them.

    `naast` puts the texts of the plan before beside each field, when the user sees that plan too.
    """
    profiel = profielen_van_school.profiel(plan.document.profielversie)
    vorm = Planvorm(profiel, profiel.zoek_document(plan.document.soort))
    groepen = list(
        Groep.objects.zichtbaar_voor(gebruiker)
        .filter(documenten__document=plan.document_id)
        .order_by("volgorde", "naam")
    )
    vorige = _vorige(gebruiker, plan)
    documenten = [plan.document_id, *([vorige.document_id] if vorige and naast else [])]
    antwoorden = list(Antwoord.objects.zichtbaar_voor(gebruiker).filter(document__in=documenten))
    eigen = {
        (rij.sectiecode, rij.vraagcode, rij.leerling_id): rij
        for rij in antwoorden
        if rij.document_id == plan.document_id
    }
    eerder = {
        (rij.sectiecode, rij.vraagcode): rij.tekst
        for rij in antwoorden
        if rij.document_id != plan.document_id and rij.leerling_id is None
    }
    maker = _Veldmaker(plan, eigen, eerder)
    regels = _regels(gebruiker, plan, vorm, maker)
    namen: dict[str, Arrangement] = {arrangement.code: arrangement for arrangement in profiel.arrangementen}
    kolommen = [_kolom(namen[code], regels.get(code, []), vorm, maker) for code in VOLGORDE]
    vaknaam = next((vak.naam for vak in profiel.vakgebieden if vak.code == plan.vak), plan.vak)
    groepnamen = " en ".join(groep.naam for groep in groepen)
    evaluatie = vorm.evaluatiesectie
    return Planpagina(
        plan=plan,
        vorm=vorm,
        profiel=profiel,
        titel=f"{vorm.document.naam} {vaknaam.lower()}, {profiel.begrippen.woorden.groep} {groepnamen}".rstrip(", "),
        groepen=groepen,
        periodenaam=next((p.naam for p in profiel.groepsplanperioden if p.code == plan.periodecode), ""),
        van=plan.periode.lower,
        tot_en_met=plan.periode.upper - timedelta(days=1),
        stand="ingetrokken" if plan.vervallen_op else vorm.status(plan.stand).naam,
        kolommen=kolommen,
        blokken=[_blok(sectie, vorm, maker) for sectie in vorm.algemeen],
        reacties=list(Planreactie.objects.zichtbaar_voor(gebruiker).filter(plan=plan).select_related("door")),
        kiezen=[regel for kolom in kolommen for regel in kolom.leerlingen if regel.indeling.te_kiezen],
        vorige=vorige,
        laatst=max((rij.gewijzigd_op for rij in eigen.values()), default=None),
        heeft_evaluatie=evaluatie is not None
        and any(sectie.split(":")[0] == evaluatie.code and rij.tekst.strip() for (sectie, _, _), rij in eigen.items()),
        vaknaam=vaknaam,
    )


def _vorige(gebruiker: Any, plan: Groepsplan) -> Groepsplan | None:
    if plan.vorige_id is None:
        return None
    vorige: Groepsplan | None = (
        Groepsplan.objects.zichtbaar_voor(gebruiker).filter(pk=plan.vorige_id).select_related("document").first()
    )
    return vorige


class _Veldmaker:
    """Makes fields with the address that saves them."""

    def __init__(
        self,
        plan: Groepsplan,
        eigen: Mapping[tuple[str, str, int | None], Antwoord],
        eerder: Mapping[tuple[str, str], str],
    ) -> None:
        self.eigen, self.eerder = eigen, eerder
        self.adres = reverse("leerlingen:antwoord", kwargs={"document_id": plan.document_id})
        self.terug = reverse("plannen:plan", kwargs={"plan_id": plan.pk})

    def maak(self, sectie: str, vraag: Vraag, leerling: int | None = None) -> Tekstveld:
        rij = self.eigen.get((sectie, vraag.code, leerling))
        gegevens = {"sectie": sectie, "vraag": vraag.code, "terug": self.terug}
        if leerling is not None:
            gegevens["leerling"] = str(leerling)
        merk = f"{sectie}-{vraag.code}".replace(":", "-")
        return Tekstveld(
            id=f"{merk}-{leerling}" if leerling else merk,
            vraag=vraag,
            tekst=rij.tekst if rij else "",
            bron=rij.bron if rij else "",
            versie=rij.versie if rij else 0,
            url=f"{self.adres}?{urlencode(gegevens)}",
            vorig=leesbaar(vraag, self.eerder.get((sectie, vraag.code), "")),
        )


def _regels(gebruiker: Any, plan: Groepsplan, vorm: Planvorm, maker: _Veldmaker) -> dict[str, list[Leerlingregel]]:
    indelingen = (
        Indeling.objects.zichtbaar_voor(gebruiker)
        .filter(plan=plan)
        .select_related("leerling", "geplaatst_door")
        .order_by("-te_kiezen", "volgorde", "pk")
    )
    plansectie, evaluatie, oordeel = vorm.plansectie, vorm.evaluatiesectie, vorm.leerlingoordeel
    namen = {arrangement.code: arrangement.naam for arrangement in vorm.profiel.arrangementen}
    per_kolom: dict[str, list[Leerlingregel]] = {}
    for indeling in indelingen:
        code = indeling.arrangement
        per_kolom.setdefault(code, []).append(
            Leerlingregel(
                indeling=indeling,
                leerling=indeling.leerling,
                url=reverse("plannen:verplaatsen", kwargs={"plan_id": plan.pk, "leerling_id": indeling.leerling_id}),
                elders=[a for a in vorm.profiel.arrangementen if a.code != code],
                alternatief=namen.get(indeling.alternatief, ""),
                behoeften=[
                    maker.maak(f"{plansectie.code}:{code}", vraag, indeling.leerling_id)
                    for vraag in vorm.behoeftevragen
                ]
                if plansectie
                else [],
                oordeel=maker.maak(f"{evaluatie.code}:{code}", oordeel, indeling.leerling_id)
                if evaluatie and oordeel
                else None,
            )
        )
    return per_kolom


def _kolom(
    arrangement: Arrangement, regels: list[Leerlingregel], vorm: Planvorm, maker: _Veldmaker
) -> Arrangementkolom:
    evaluatie = vorm.evaluatiesectie
    velden = sorted(_velden(vorm.plansectie, arrangement.code, vorm, maker), key=lambda veld: not veld.vraag.verplicht)
    open_ = max(ZICHTBAAR, sum(regel.indeling.te_kiezen for regel in regels))
    if len(regels) <= open_ + 1:
        open_ = len(regels)
    return Arrangementkolom(
        code=arrangement.code,
        naam=arrangement.naam,
        omschrijving=arrangement.omschrijving,
        eerste=regels[:open_],
        overigen=regels[open_:],
        teksten=[veld for plek, veld in enumerate(velden) if _in_zicht(plek, veld)],
        meer=[veld for plek, veld in enumerate(velden) if not _in_zicht(plek, veld)],
        evaluatie=_velden(evaluatie, arrangement.code, vorm, maker),
    )


def _in_zicht(plek: int, veld: Tekstveld) -> bool:
    return bool(plek < OPEN_VELDEN or veld.tekst.strip() or veld.vorig or veld.vraag.verplicht)


def _velden(sectie: Sectie | None, arrangement: str, vorm: Planvorm, maker: _Veldmaker) -> list[Tekstveld]:
    if sectie is None:
        return []
    return [maker.maak(f"{sectie.code}:{arrangement}", vraag) for vraag in vorm.tekstvragen(sectie)]


def _blok(sectie: Sectie, vorm: Planvorm, maker: _Veldmaker) -> Sectieblok:
    velden = [maker.maak(sectie.code, vraag) for vraag in vorm.tekstvragen(sectie)]
    return Sectieblok(sectie.code, sectie.naam, sectie.hulptekst, velden)
