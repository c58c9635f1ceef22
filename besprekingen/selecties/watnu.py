"""«Wat nu» at the top of a meeting: invite, prepare, round off, evaluate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from besprekingen.models import Bespreking
from besprekingen.selecties.bespreking import Pagina
from besprekingen.services.hulp import dag_van
from leerlingen.termijn import datumtekst


@dataclass(frozen=True)
class Watnu:
    """The one answer at the top of a meeting, for onderdelen/wat_nu.html."""

    titel: str
    tekst: str = ""
    label: str = ""
    label_soort: str = ""
    redenen: tuple[dict[str, Any], ...] = ()
    knop_tekst: str = ""
    knop_url: str = ""
    knop_post: str = ""
    laat: bool = False


def bepaal_watnu(pagina: Pagina, adressen: dict[str, str]) -> Watnu | None:
    """What comes next for this meeting: invite, prepare, round off, evaluate.

    `adressen`: `uitnodigen`, `houden` and `leden`, where the one button leads.
    """
    bespreking = pagina.bespreking
    if bespreking.status == Bespreking.Status.AFGEZEGD:
        return Watnu("Afgezegd", bespreking.afgezegd_reden, "gaat niet door", "te-laat")
    if bespreking.status == Bespreking.Status.GEHOUDEN:
        return _na_afloop(pagina)
    if not pagina.begonnen:
        return _vooraf(pagina, adressen)
    laat = (pagina.vandaag - dag_van(bespreking)).days
    redenen = [
        {
            "tekst": f"{punt.titel}: {'vastgelegd' if punt.besproken else 'nog geen doel of besluit'}",
            "klaar": punt.besproken,
            "url": "" if punt.besproken else f"?punt={punt.punt.pk}",
            "zacht": True,
        }
        for punt in pagina.punten
        if punt.punt.leerling_id
    ]
    plannen = [punt for punt in pagina.punten if punt.stand]
    redenen += [
        {
            "tekst": f"{punt.titel}: {punt.stand}",
            "klaar": punt.besproken,
            "url": reverse("plannen:plan", kwargs={"plan_id": punt.punt.plan_id}),
            "zacht": True,
        }
        for punt in plannen
    ]
    tekst = "Leg per leerling vast wat eruit kwam; rond dan af en zet erbij wie er waren."
    if plannen:
        tekst = f"{tekst[:-1]} en welke plannen definitief zijn."
    return Watnu(
        "Nu: afronden",
        tekst,
        f"{laat} {'dag' if laat == 1 else 'dagen'} geleden" if laat > 0 else "",
        "te-laat" if laat > 7 else "let-op",
        tuple(redenen),
        "Bespreking afronden" if pagina.mag else "",
        adressen["houden"],
        laat=laat > 7,
    )


def _vooraf(pagina: Pagina, adressen: dict[str, str]) -> Watnu:
    bespreking = pagina.bespreking
    dag = dag_van(bespreking)
    dagen = (dag - pagina.vandaag).days
    niet = [d for d in pagina.deelnemers if d.uitgenodigd_op is None]
    redenen: list[dict[str, Any]] = []
    if not pagina.van_buiten:
        iedereen = "iedereen is uitgenodigd" if not niet else f"{len(niet)} van {len(pagina.deelnemers)} nog uitnodigen"
        redenen.append({"tekst": iedereen, "klaar": not niet})
    if pagina.vorm.over == "leerling" and not pagina.leerlingen and not pagina.van_buiten:
        redenen.append({"tekst": "er staat nog geen leerling op de agenda", "klaar": False})
    if pagina.uitgelicht is not None and pagina.uitgelicht.punt.voorbereiding_id:
        klaar = bool(pagina.uitgelicht.beeld.school)
        redenen.append(
            {"tekst": "de voorbereiding is ingevuld" if klaar else "de voorbereiding is nog leeg", "klaar": klaar}
        )
    knop = pagina.mag and bool(niet)
    return Watnu(
        "Hierna: de bespreking",
        "",
        "vandaag" if dagen == 0 else f"nog {dagen} {'dag' if dagen == 1 else 'dagen'}",
        "let-op" if dagen <= 7 else "",
        tuple(redenen),
        "Uitnodigen" if knop else "",
        knop_post=adressen["uitnodigen"] if knop else "",
    )


def _na_afloop(pagina: Pagina) -> Watnu | None:
    uit = pagina.uitgelicht
    wachtend = [doel for doel in uit.doelen if doel.geevalueerd_op is None] if uit else []
    open_ = [actie for actie in uit.acties if actie.klaar_op is None] if uit else []
    if not wachtend and not open_:
        return None
    eerst = min(wachtend, key=lambda doel: doel.voor, default=None)
    laat = eerst is not None and eerst.voor < pagina.vandaag
    redenen = [{"tekst": f"{a.stap} ({a.wie.naam})", "klaar": False, "zacht": True} for a in open_]
    kan = uit is not None and uit.schrijfbaar
    return Watnu(
        "Hierna: evalueren" if eerst else "Hierna: de afspraken",
        f"Doel: {eerst.doel}" if eerst else "",
        _voor(eerst.voor, pagina.vandaag) if eerst else "",
        "te-laat" if laat else "let-op",
        tuple(redenen),
        "Evalueren" if eerst and kan else "",
        reverse("besprekingen:evalueren", kwargs={"evaluatie_id": eerst.pk}) if eerst else "",
        laat=laat,
    )


def _voor(dag: date, vandaag: date) -> str:
    return f"vóór {datumtekst(dag, vandaag)}"
