"""Composing the onderwijskundig rapport from what the school knows (K-146): five legal sections and nothing else.

Every question of the procedure's paper `okr` is answered by what people wrote in the pupil's newest such paper, else by
what the school knows already (plannen.bronnen); results come as tables and charts. All as who asks sees it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from leerlingen import ouderdelen, profielen_van_school
from leerlingen.models import Antwoord, Document, Leerling, Toestemmingsantwoord, Toestemmingstuk
from leerlingen.namen import initialen, volledige_naam
from leerlingen.profiel import Profiel
from leerlingen.profiel.papier import Document as Papiervorm
from leerlingen.profiel.papier import Sectie, Vraag
from leerlingen.vraagsoorten import lees_dag, leesbaar
from lvs.models import Resultaat
from plannen.bronnen import Bronvraag, vraag_bron
from plannen.rapporten import (
    SECTIES,
    Feit,
    Gevraagd,
    Okr,
    OkrSectie,
    Ouderzienswijze,
    Resultaatregel,
    Vakgrafiek,
    ontbreekt,
)
from zorg.kern import klok
from zorg.kern.grafiek import Meting, getal, groeigrafiek
from zorg.logboek.models import Logregel

CODE = "okr"
RESULTATEN = frozenset({"resultaten_overzicht", "resultaten_laatste", "resultaten_groei"})
"""Sources whose answer is the table and the charts of the report."""
ERBIJ = (("niveau_verloop", "Verloop van de ondersteuning"), ("bespreking_vorige", "Besprekingen"))
"""What the school knows about guidance that no question asks for; it belongs to section d."""
EINDGROEP = 8


@dataclass(frozen=True)
class Voorbeeld:
    """The report as it would be made now, what is missing, and the paper in which people write it."""

    okr: Okr
    ontbreekt: tuple[str, ...]
    papier: Document | None


@dataclass
class _Bouw:
    """What all sections need."""

    leerling: Leerling
    profiel: Profiel
    vorm: Papiervorm
    antwoorden: dict[tuple[str, str], Antwoord]
    vraag: Bronvraag
    eindgroep: bool


def stel_samen(leerling: Leerling, *, versie: int, door: Any, opgesteld_door: str) -> Voorbeeld:
    """The report of today, as `door` sees the pupil. The caller checked that they may export this dossier."""
    dag = klok.vandaag(leerling.school)
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    vorm = profiel.zoek_document(CODE)
    papier = (
        Document.objects.zichtbaar_voor(door)
        .filter(stuk__leerling=leerling, soort=CODE, stuk__ingetrokken_op__isnull=True)
        .annotate(
            gelezen_op=_gelezen_op(leerling),
            van_ouders=_antwoorden_van_ouders(door),
            ouderstanden=ouderdelen.standen_bij(door),
        )
        .order_by("-stuk__datum", "-pk")
        .first()
    )
    gelezen = papier.gelezen_op if papier is not None else None
    antwoorden = {}
    if papier is not None:
        rijen = Antwoord.objects.zichtbaar_voor(door).filter(document=papier).exclude(tekst="").select_related("door")
        antwoorden = {(rij.sectiecode, rij.vraagcode): rij for rij in rijen}
    vraag = Bronvraag(leerling, door, CODE, vorm.vertrouwelijkheid, dag, profiel)
    plaatsing = vraag.plaatsing
    bouw = _Bouw(
        leerling,
        profiel,
        vorm,
        antwoorden,
        vraag,
        eindgroep=plaatsing is not None and plaatsing.jaargroep == str(EINDGROEP),
    )
    secties = {sectie.code: sectie for sectie in vorm.secties}
    okr = Okr(
        school=leerling.school.naam,
        leerling=leerling.naam,
        initialen=initialen(leerling.naam),
        geboortedatum=leerling.geboortedatum,
        groep=plaatsing.groep.naam if plaatsing else "",
        datum=_datum(bouw, dag),
        gemaakt=dag,
        versie=versie,
        opgesteld_door=opgesteld_door,
        secties=tuple(_sectie(bouw, secties[code], letter) for code, letter, _ in SECTIES if code in secties),
        zienswijzen=(*_zienswijzen(leerling, papier.van_ouders), *_geschreven(vorm, leerling, antwoorden))
        if papier is not None
        else (),
        wacht_op=_wacht_op(papier.ouderstanden) if papier is not None else (),
        ingezien_op=_dag_van(gelezen, leerling) if gelezen else None,
        naam=vorm.naam,
        wet="WPO artikel 42, Stb. 2012, 234" if profiel.land == "NL" else "",
    )
    mist = ontbreekt(okr)
    return Voorbeeld(replace(okr, concept=bool(mist)), mist, papier)


def _datum(bouw: _Bouw, dag: date) -> date:
    """The day that the report describes: as written in the paper, else today."""
    for sectie in bouw.vorm.secties:
        for vraag in sectie.vragen:
            rij = bouw.antwoorden.get((sectie.code, vraag.code))
            if vraag.soort == "datum" and rij is not None:
                geschreven = lees_dag(rij.tekst)
                if geschreven is not None:
                    return geschreven
    return dag


def _antwoorden_van_ouders(door: Any) -> ArraySubquery:
    """What the parents answered to the questions that name the paper, oldest first: for a queryset of papers."""
    vragen = Toestemmingstuk.objects.zichtbaar_voor(door).filter(
        stuk=OuterRef(OuterRef("stuk_id")), toestemming__ingetrokken_op__isnull=True
    )
    naam = {veld: f"persoon__{veld}" for veld in ("roepnaam", "voorvoegsel", "achternaam", "voorletters")}
    return ArraySubquery(
        Toestemmingsantwoord.objects.zichtbaar_voor(door)
        .filter(toestemming__in=vragen.order_by().values("toestemming"))
        .order_by("op", "pk")
        .values(json=JSONObject(wie="persoon", keuze="keuze", woorden="opmerking", op="op", **naam))
    )


def _zienswijzen(leerling: Leerling, antwoorden: Sequence[Mapping[str, Any]]) -> tuple[Ouderzienswijze, ...]:
    """Of each parent the last answer, in their own words (domein 2.4).

    A parent who wants to talk first has not said yet what they think of it.
    """
    laatste = {rij["wie"]: rij for rij in antwoorden}
    return tuple(
        Ouderzienswijze(
            volledige_naam(rij["roepnaam"], rij["voorvoegsel"], rij["achternaam"], rij["voorletters"]),
            _dag_van(datetime.fromisoformat(rij["op"]), leerling),
            akkoord=rij["keuze"] == "ja",
            woorden=rij["woorden"],
        )
        for rij in laatste.values()
        if rij["keuze"] in ("ja", "nee")
    )


def _geschreven(
    vorm: Papiervorm, leerling: Leerling, antwoorden: Mapping[tuple[str, str], Antwoord]
) -> tuple[Ouderzienswijze, ...]:
    """What parents sent in as their view, or told to somebody who wrote it down, by day."""
    vragen = {(sectie.code, vraag.code): vraag for sectie in vorm.oudersecties for vraag in sectie.vragen}
    per_ouder: dict[str, list[tuple[Vraag, Antwoord]]] = {}
    for (sectie, code), rij in antwoorden.items():
        vraag = vragen.get((sectie.partition(":")[0], code))
        if vraag is not None:
            per_ouder.setdefault(sectie, []).append((vraag, rij))
    uit = []
    for rijen in per_ouder.values():
        eens = next((rij.tekst for vraag, rij in rijen if vraag.soort == "janee"), "")
        laatste = max((rij for _, rij in rijen), key=lambda rij: rij.gewijzigd_op)
        uit.append(
            Ouderzienswijze(
                _wie(laatste),
                _dag_van(laatste.gewijzigd_op, leerling),
                akkoord={"ja": True, "nee": False}.get(eens),
                woorden="\n\n".join(leesbaar(vraag, rij.tekst) for vraag, rij in rijen if vraag.soort != "janee"),
            )
        )
    return tuple(sorted(uit, key=lambda woord: (woord.datum, woord.naam)))


def _wie(rij: Antwoord) -> str:
    naam = rij.door.naam if rij.door else ""
    return naam if ":" in rij.sectiecode else f"Ouders, opgetekend door {naam}"


def _wacht_op(rijen: Sequence[Mapping[str, Any]]) -> tuple[Gevraagd, ...]:
    standen = ouderdelen.als_standen(rijen)
    return tuple(Gevraagd(stand.naam, stand.voor) for stand in standen if not stand.binnen)


def _gelezen_op(leerling: Leerling) -> Subquery:
    """When a parent first read the paper in the portal, from the record: for a queryset of papers."""
    regels = Logregel.objects.systeemtoegang(reden="wanneer lazen de ouders het rapport").filter(
        leerling_id=leerling.pk, handeling="stuk_gelezen_door_ouder", objectsoort="dossierstuk"
    )
    return Subquery(regels.filter(object_id=OuterRef("stuk_id")).order_by("tijd").values("tijd")[:1])


def _dag_van(moment: datetime, leerling: Leerling) -> date:
    return moment.astimezone(ZoneInfo(leerling.school.tijdzone)).date()


def _sectie(bouw: _Bouw, sectie: Sectie, letter: str) -> OkrSectie:
    feiten: list[Feit] = []
    resultaten: tuple[Resultaatregel, ...] = ()
    grafieken: tuple[Vakgrafiek, ...] = ()
    for vraag in sectie.vragen:
        if vraag.beeindigd or vraag.soort == "datum":
            continue
        rij = bouw.antwoorden.get((sectie.code, vraag.code))
        if vraag.bron in RESULTATEN:
            resultaten, grafieken = _resultaten(bouw)
            if not resultaten or (rij is not None and not rij.bron):
                feiten.append(_feit(bouw, vraag, rij))
            continue
        feiten.append(_feit(bouw, vraag, rij))
    if sectie.code == "begeleiding":
        for bron, naam in ERBIJ:
            gevonden = vraag_bron(bron, bouw.vraag)
            if gevonden is not None:
                feiten.append(Feit(naam, gevonden.tekst, gevonden.bron, verplicht=False))
    return OkrSectie(letter, sectie.naam, tuple(feiten), resultaten, grafieken)


def _feit(bouw: _Bouw, vraag: Vraag, rij: Antwoord | None) -> Feit:
    verplicht = vraag.verplicht or (vraag.code == "advies" and bouw.eindgroep)
    if rij is not None:
        return Feit(vraag.tekst, leesbaar(vraag, rij.tekst), rij.bron, verplicht=verplicht)
    gevonden = vraag_bron(vraag.bron, bouw.vraag) if vraag.bron else None
    if gevonden is None:
        return Feit(vraag.tekst, "", verplicht=verplicht)
    return Feit(vraag.tekst, gevonden.tekst, gevonden.bron, verplicht=verplicht)


def _resultaten(bouw: _Bouw) -> tuple[tuple[Resultaatregel, ...], tuple[Vakgrafiek, ...]]:
    """Every visible result that is no more confidential than the report, oldest first, and a chart per subject."""
    vakken = {vak.code: vak.naam for vak in bouw.profiel.vakgebieden}
    namen = {instrument.code: instrument.naam for instrument in bouw.profiel.instrumenten}
    rijen = list(
        Resultaat.objects.zichtbaar_voor(bouw.vraag.door)
        .filter(
            leerling=bouw.leerling,
            methodetoets=False,
            afnamedatum__lte=bouw.vraag.dag,
            reeks__stuk__vertrouwelijkheid__in=bouw.vraag.niveaus,
            reeks__stuk__in_kring=False,
        )
        .order_by("vak", "afnamedatum", "pk")
    )
    regels = tuple(
        Resultaatregel(
            vak=vakken.get(rij.vak, rij.vak),
            instrument=namen.get(rij.instrument, rij.instrument),
            moment=rij.moment,
            datum=rij.afnamedatum,
            score=_score(rij),
            niveau=rij.niveau or rij.functioneringsniveau,
        )
        for rij in rijen
    )
    return regels, _grafieken(rijen, vakken)


def _score(rij: Resultaat) -> str:
    waarde = rij.vaardigheidsscore if rij.vaardigheidsscore is not None else rij.ruwe_score
    return getal(float(waarde)) if waarde is not None else ""


def _grafieken(rijen: Sequence[Resultaat], vakken: dict[str, str]) -> tuple[Vakgrafiek, ...]:
    per_vak: dict[tuple[str, str], list[Meting]] = {}
    for rij in rijen:
        if rij.vaardigheidsscore is not None:
            per_vak.setdefault((rij.vak, rij.instrument), []).append(Meting(rij.moment, float(rij.vaardigheidsscore)))
    grafieken = []
    for (vak, _), metingen in per_vak.items():
        naam = vakken.get(vak, vak)
        grafiek = groeigrafiek(f"{naam}, vaardigheidsscore", metingen[-8:])
        if grafiek is not None and len(metingen) > 1:
            grafieken.append(Vakgrafiek(naam, grafiek))
    return tuple(grafieken)
