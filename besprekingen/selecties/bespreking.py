"""One meeting as a page: what is next, who sits there, the agenda, and one item with all that came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value

from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Deelnemer, Evaluatie
from besprekingen.selecties.punt import (
    Papier,
    Schrijfvraag,
    Uitgelicht,
    papieren_van,
    schrijfvraag,
    uitgelicht,
    vragen,
    zet_besluit,
)
from besprekingen.selecties.signalen import Puntsignalen, signalen_bij
from besprekingen.services import profiel_van, vorm_van
from besprekingen.services.groepsplannen import plannaam, planstand
from besprekingen.services.hulp import dag_van
from leerlingen.models import Document, Dossierstuk, Leerling, Plaatsing
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.papier import Document as Papiervorm
from leerlingen.profiel.papier import Vraag
from zorg.kern import klok, schoolcontext


@dataclass(frozen=True)
class Punt:
    """One item of the agenda with everything of it that the user may see."""

    punt: Agendapunt
    titel: str
    besproken: bool
    huidig: bool
    stand: str = ""
    """Of a group plan: its status in the words of the school."""


@dataclass
class Pagina:
    """The whole page."""

    bespreking: Bespreking
    vorm: Besprekingsvorm
    vandaag: date
    begonnen: bool
    mag: bool
    deelnemers: list[Deelnemer]
    punten: list[Punt]
    afspraken: list[Actiepunt]
    uitgelicht: Uitgelicht | None
    van_buiten: bool = False
    """Looked at by somebody who does not work at the school: what they miss need not be missing."""
    te_lezen: list[Dossierstuk] = field(default_factory=list)
    """For who comes from outside: the pieces of the pupil that they may read now, each with `gedeeld_tot`."""
    groepsverslag: Document | None = None
    groepsvragen: list[Schrijfvraag] = field(default_factory=list)
    per_leerling: list[Schrijfvraag] = field(default_factory=list)
    acties: list[Actiepunt] = field(default_factory=list)
    """Agreements of the meeting as a whole, not about one pupil."""
    schrijft_verslag: bool = False
    signalen: list[Puntsignalen] = field(default_factory=list)

    @property
    def leerlingen(self) -> int:
        return sum(1 for punt in self.punten if punt.punt.leerling_id)


def mag_wijzigen(gebruiker: Any) -> Exists | Value:
    """Whether this user may change a meeting, as a column beside it (`mag_wijzigen`): the page asks once."""
    if not schoolcontext.is_gezet():  # an account without any school left: haal_op says 404
        return Value(value=False)
    return Exists(Bespreking.objects.zichtbaar_voor(gebruiker, "wijzigen").filter(pk=OuterRef("pk")))


def pagina_van(gebruiker: Any, bespreking: Any, gekozen: int | None, *, van_buiten: bool = False) -> Pagina:
    """Everything on the page of a meeting that the user sees; `bespreking` carries `mag_wijzigen`."""
    punten = list(
        Agendapunt.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking=bespreking)
        .select_related("leerling", "stuk", "plan__document", "voorbereiding__stuk", "bespreking__school")
        .order_by("volgorde", "pk")
    )
    for punt in punten:
        punt.bespreking = bespreking
    huidig = next((p for p in punten if p.pk == gekozen), None) or next((p for p in punten if p.leerling_id), None)
    vorm, nu = vorm_van(bespreking), klok.nu()
    doelen, besluiten, acties, open_ = _uitkomsten(gebruiker, bespreking, punten)
    papieren = papieren_van(gebruiker, bespreking, huidig)
    pagina = Pagina(
        bespreking=bespreking,
        vorm=vorm,
        vandaag=klok.vandaag(bespreking.school),
        begonnen=bespreking.begin <= nu,
        mag=bespreking.mag_wijzigen,
        deelnemers=_deelnemers(gebruiker, bespreking),
        punten=[
            _punt(p, bespreking, huidig=p is huidig, uitkomst=bool(doelen.get(p.pk) or besluiten.get(p.pk)))
            for p in punten
        ],
        afspraken=open_,
        uitgelicht=None,
        van_buiten=van_buiten,
        acties=acties.get(0, []),
    )
    if van_buiten:
        pagina.te_lezen = _te_lezen(gebruiker, bespreking)
    if huidig is not None and huidig.leerling_id:
        pagina.uitgelicht = uitgelicht(gebruiker, huidig, papieren)
        pagina.uitgelicht.doelen = doelen.get(huidig.pk, [])
        pagina.uitgelicht.acties = acties.get(huidig.pk, [])
        zet_besluit(gebruiker, pagina.uitgelicht, next(iter(besluiten.get(huidig.pk, [])), None), vorm)
    if bespreking.verslag_id in papieren:
        _groepsverslag(gebruiker, pagina, papieren[bespreking.verslag_id])
    pagina.signalen = signalen_bij(gebruiker, bespreking, [p.leerling_id for p in punten if p.leerling_id])
    return pagina


def _te_lezen(gebruiker: Any, bespreking: Bespreking) -> list[Dossierstuk]:
    """The pieces that this expert was let in to, of the pupil for whom they sit at this table."""
    gevraagd = {
        "leerling__agendapunten__bespreking": bespreking,
        "leerling__agendapunten__deelnemers__persoon__gebruiker": gebruiker,
        "leerling__agendapunten__deelnemers__extern": True,
    }
    stukken = Dossierstuk.objects.zichtbaar_voor(gebruiker).gedeeld_met(gebruiker).filter(**gevraagd)
    return list(stukken.order_by("gedeeld_tot", "pk"))


def _punt(punt: Agendapunt, bespreking: Bespreking, *, huidig: bool, uitkomst: bool) -> Punt:
    if punt.leerling is not None:
        return Punt(punt, punt.leerling.naam, uitkomst, huidig)
    if punt.plan is not None:
        vast = punt.plan.document.status == Document.Status.DEFINITIEF
        return Punt(punt, plannaam(bespreking, punt.plan), vast, huidig, planstand(bespreking, punt.plan))
    return Punt(punt, punt.onderwerp, uitkomst, huidig)


def _deelnemers(gebruiker: Any, bespreking: Bespreking) -> list[Deelnemer]:
    """Who sits at the table, as far as the user may know, chair first."""
    rijen = list(
        Deelnemer.objects.zichtbaar_voor(gebruiker)
        .filter(bespreking=bespreking)
        .select_related("persoon", "agendapunt__leerling")
        .order_by("pk")
    )
    vooraan = {bespreking.voorzitter_id: 0, bespreking.notulist_id: 1}
    return sorted(rijen, key=lambda rij: (vooraan.get(rij.persoon_id, 2), rij.rol == "ouder", rij.extern))


def _uitkomsten(gebruiker: Any, bespreking: Bespreking, punten: list[Agendapunt]) -> Any:
    """Goals, decisions and agreements per item; and the agreements of earlier meetings that come back until done."""
    leerlingen = [punt.leerling_id for punt in punten if punt.leerling_id]
    eerder = Q(klaar_op__isnull=True, vervallen_op__isnull=True, bespreking__begin__lt=bespreking.begin)
    over = Q(agendapunt__leerling__in=leerlingen)
    if bespreking.groep_id:
        over |= Q(agendapunt__leerling__isnull=True, bespreking__groep=bespreking.groep_id)
    else:
        over |= Q(agendapunt__leerling__isnull=True, bespreking__soort=bespreking.soort, bespreking__groep__isnull=True)
    acties: dict[int, list[Actiepunt]] = {}
    open_: list[Actiepunt] = []
    for actie in (
        Actiepunt.objects.zichtbaar_voor(gebruiker)
        .filter(Q(bespreking=bespreking, vervallen_op__isnull=True) | (eerder & over))
        .select_related("wie", "agendapunt__leerling", "klaar_door")
        .order_by("voor", "pk")
    ):
        if actie.bespreking_id == bespreking.pk:
            acties.setdefault(actie.agendapunt_id or 0, []).append(actie)
        else:
            open_.append(actie)
    zien = {"agendapunt__in": punten}
    doelen = _per_punt(
        Evaluatie.objects.zichtbaar_voor(gebruiker).filter(**zien).select_related("geevalueerd_door").order_by("pk")
    )
    besluiten = _per_punt(Besluit.objects.zichtbaar_voor(gebruiker).filter(**zien).select_related("genomen_door"))
    return doelen, besluiten, acties, open_


def _per_punt(rijen: Any) -> dict[int, list[Any]]:
    per: dict[int, list[Any]] = {}
    for rij in rijen:
        per.setdefault(rij.agendapunt_id, []).append(rij)
    return per


# -- the minutes of a meeting about a group ---------------------------------------------------------------------------


def _groepsverslag(gebruiker: Any, pagina: Pagina, verslag: Papier) -> None:
    """The minutes of a group or the school: questions for all, and those per pupil for the pupils the user sees."""
    bespreking, document = pagina.bespreking, verslag.document
    papier = next((d for d in profiel_van(bespreking).documenten if d.code == document.soort), None)
    if papier is None:
        return
    pagina.groepsverslag = document
    per_kind = {(r.sectiecode, r.vraagcode, r.leerling_id): r for r in verslag.antwoorden if r.leerling_id}
    schrijft = pagina.schrijft_verslag = verslag.mag and document.status != Document.Status.DEFINITIEF
    kinderen = _groepskinderen(gebruiker, bespreking) if any(_per_leerling(papier)) else []
    pagina.groepsvragen = vragen(papier, verslag.algemeen, leeg=schrijft, per_leerling=not kinderen)
    for sectie, vraag in _per_leerling(papier):
        for kind in kinderen:
            rij = per_kind.get((sectie, vraag.code, kind.pk))
            if schrijft or rij is not None:
                pagina.per_leerling.append(schrijfvraag(sectie, vraag, rij, kind))


def _per_leerling(papier: Papiervorm) -> list[tuple[str, Vraag]]:
    return [(s.code, v) for s in papier.secties for v in s.vragen if v.soort == "per_leerling" and not v.beeindigd]


def _groepskinderen(gebruiker: Any, bespreking: Bespreking) -> list[Leerling]:
    plaatsingen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(groep=bespreking.groep_id, periode__contains=dag_van(bespreking))
        .select_related("leerling")
        .order_by("leerling__sorteernaam", "leerling")
    )
    return [plaatsing.leerling for plaatsing in plaatsingen]
