"""Recording results: one, or a whole file, through the same code. What stood there before stays in the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.models import Dossierstuk, Leerling
from leerlingen.services.hulp import persoon_van, vereis
from lvs.models import Resultaat, Resultatenreeks
from lvs.services.keuring import WAARDEN, Afgekeurd, Invoer, Keurmeester
from lvs.services.normen import vergeet_groeinormen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.weigering import Weigering
from zorg.logboek.services import vastleggen

VEEL = 50
"""From this many results on the school's growth norms are made anew."""


@dataclass
class Uitkomst:
    """What a batch did."""

    toegevoegd: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    geweigerd: list[Weigering] = field(default_factory=list)
    resultaten: list[Resultaat] = field(default_factory=list)
    """The rows added or changed, in the order of the input."""


# -- the services ---------------------------------------------------------------------------------------------------


@transaction.atomic
def resultaat_vastleggen(*, leerling: Leerling, door: Gebruiker | None, **velden: Any) -> Resultaat:
    """Record one result; `velden` are those of Invoer. The same test of the same school year again is a correction.

    Raises DomeinFout when the school knows no such test or level, PermissionDenied when the account may not write here.
    """
    vereis(door, Recht.WIJZIGEN, leerling)
    invoer = Invoer(leerling=leerling, **velden)
    uitkomst = _bewaar(leerling.school, [invoer], door)
    for weigering in uitkomst.geweigerd:
        raise DomeinFout(weigering.melding)
    resultaat = uitkomst.resultaten[0]
    if not uitkomst.ongewijzigd:
        vastleggen(
            "resultaat_gecorrigeerd" if uitkomst.gewijzigd else "resultaat_vastgelegd",
            school=leerling.school_id,
            door=door,
            leerling=leerling,
            object=resultaat,
            vak=resultaat.vak,
            instrument=resultaat.instrument,
            moment=resultaat.moment,
        )
    return resultaat


@transaction.atomic
def resultaten_vastleggen(
    *, school: School, invoer: Iterable[Invoer], bron: str = "", door: Gebruiker | None
) -> Uitkomst:
    """Record many results at once, with one log row. Refused rows are listed, the others are kept.

    Raises PermissionDenied when the account may not write for one of the pupils.
    """
    invoer = list(invoer)
    if door is not None:
        ids = {rij.leerling.pk for rij in invoer}
        mag = Leerling.objects.zichtbaar_voor(door, Recht.WIJZIGEN).filter(pk__in=ids, school=school).count()
        if mag != len(ids):
            raise PermissionDenied
    uitkomst = _bewaar(school, invoer, door)
    if uitkomst.toegevoegd or uitkomst.gewijzigd:
        vastleggen(
            "resultaten_vastgelegd",
            school=school,
            door=door,
            toegevoegd=uitkomst.toegevoegd,
            gewijzigd=uitkomst.gewijzigd,
            bron=bron,
        )
    if uitkomst.toegevoegd + uitkomst.gewijzigd >= VEEL:
        transaction.on_commit(lambda: vergeet_groeinormen(school))
    return uitkomst


@transaction.atomic
def resultaat_corrigeren(*, resultaat: Resultaat, door: Gebruiker | None, **velden: Any) -> Resultaat:
    """Change what a result says; what it said stays in its history.

    Raises DomeinFout when it would fall on another result, or says nothing any more.
    """
    vereis(door, Recht.WIJZIGEN, resultaat)
    vast: Resultaat = (
        Resultaat.objects.systeemtoegang(reden="resultaat corrigeren")
        .select_for_update()
        .select_related("leerling", "school")
        .get(pk=resultaat.pk)
    )
    oud = _als_invoer(vast, vast.leerling)
    profiel = profielen_van_school.huidig_profiel(vast.school)
    try:
        nieuw = Keurmeester(vast.school, profiel).keur(replace(oud, **velden))
    except Afgekeurd as fout:
        raise DomeinFout(fout.melding) from None
    if nieuw.vak != vast.vak:
        raise DomeinFout("Het vak kan niet veranderen. Haal dit resultaat weg en voer het bij het andere vak in.")
    start = profielen_van_school.start_schooljaar(vast.school)
    botst = (
        Resultaat.objects.systeemtoegang(reden="bestaat dit resultaat al")
        .filter(reeks=vast.reeks_id, **_uniek(nieuw, vast.methodetoets, start))
        .exclude(pk=vast.pk)
    )
    if botst.exists():
        raise DomeinFout(f"Er staat al een resultaat van {nieuw.moment} van dit schooljaar. Verbeter dat.")
    _neem_over(vast, nieuw, start)
    vast.ingevoerd_door = persoon_van(door, vast.school_id) if door else None
    vast.ingevoerd_op = klok.nu()
    vast.save()
    vastleggen(
        "resultaat_gecorrigeerd",
        school=vast.school_id,
        door=door,
        leerling=vast.leerling_id,
        object=vast,
        vak=vast.vak,
        instrument=vast.instrument,
        moment=vast.moment,
    )
    return vast


@transaction.atomic
def resultaat_verwijderen(*, resultaat: Resultaat, reden: str, door: Gebruiker | None) -> None:
    """Take away a result that should not stand there (another pupil's); the history keeps it until the dossier goes."""
    vereis(door, Recht.WIJZIGEN, resultaat)
    if not reden.strip():
        raise DomeinFout("Schrijf waarom dit resultaat weg moet.")
    vastleggen(
        "resultaat_verwijderd",
        school=resultaat.school_id,
        door=door,
        leerling=resultaat.leerling_id,
        object=resultaat,
        reden=reden.strip(),
        vak=resultaat.vak,
        instrument=resultaat.instrument,
        moment=resultaat.moment,
    )
    resultaat.delete()


# -- what they share ------------------------------------------------------------------------------------------------


Sleutel = tuple[int, str, str, str, str, str, int | date]


def _schooljaar(dag: date, start: tuple[int, int]) -> int:
    return dag.year if (dag.month, dag.day) >= start else dag.year - 1


def _uniek(rij: Invoer, methodetoets: bool, start: tuple[int, int]) -> dict[str, Any]:  # noqa: FBT001
    """What makes a result the same one: of a method test the day, of the others the school year."""
    uniek: dict[str, Any] = {
        "instrument": rij.instrument,
        "versie": rij.versie,
        "onderdeel": rij.onderdeel,
        "moment": rij.moment,
    }
    if methodetoets:
        return uniek | {"methodetoets": True, "afnamedatum": rij.afnamedatum}
    return uniek | {"methodetoets": False, "afnamejaar": _schooljaar(rij.afnamedatum, start)}


def _sleutel(rij: Invoer | Resultaat, leerling_id: int, *, methodetoets: bool, start: tuple[int, int]) -> Sleutel:
    wanneer = rij.afnamedatum if methodetoets else _schooljaar(rij.afnamedatum, start)
    return (leerling_id, rij.vak, rij.instrument, rij.versie, rij.onderdeel, rij.moment, wanneer)


def _als_invoer(resultaat: Resultaat, leerling: Leerling) -> Invoer:
    velden = ("vak", "instrument", "moment", "afnamedatum", "versie", "onderdeel", *WAARDEN)
    return Invoer(leerling=leerling, **{naam: getattr(resultaat, naam) for naam in velden})


def _neem_over(resultaat: Resultaat, rij: Invoer, start: tuple[int, int]) -> None:
    for naam in ("instrument", "versie", "onderdeel", "moment", "afnamedatum", *WAARDEN):
        setattr(resultaat, naam, getattr(rij, naam))
    resultaat.afnamejaar = _schooljaar(rij.afnamedatum, start)


def _bewaar(school: School, invoer: list[Invoer], door: Gebruiker | None) -> Uitkomst:
    """Judge, find what stands there already, then write in bulk. Pupils are locked, so that two writers take turns."""
    uitkomst = Uitkomst()
    keurmeester = Keurmeester(school, profielen_van_school.huidig_profiel(school))
    start = profielen_van_school.start_schooljaar(school)
    goed: dict[Sleutel, Invoer] = {}
    for rij in invoer:
        try:
            gekeurd = keurmeester.keur(rij)
            methode = keurmeester.instrumenten[gekeurd.instrument].methodetoets
            sleutel = _sleutel(gekeurd, gekeurd.leerling.pk, methodetoets=methode, start=start)
            if sleutel in goed and replace(goed[sleutel], regel=0) != replace(gekeurd, regel=0):
                raise Afgekeurd("moment", gekeurd.moment, "Deze toets staat er twee keer, met verschillende uitslagen.")
        except Afgekeurd as fout:
            uitkomst.geweigerd.append(Weigering(rij.regel, fout.veld, fout.waarde, fout.melding))
        else:
            goed.setdefault(sleutel, gekeurd)
    reeksen, dicht = _reeksen_zorgen(school, list(goed.values()), door, keurmeester)
    bestaand = _bestaande(reeksen, goed, start)
    wie = persoon_van(door, school) if door else None
    nieuw: list[Resultaat] = []
    veranderd: list[Resultaat] = []
    for sleutel, rij in goed.items():
        reeks = reeksen[sleutel[:2]]
        if reeks.pk in dicht:
            melding = "U mag de resultaten van deze leerling voor dit vak niet wijzigen."
            uitkomst.geweigerd.append(Weigering(rij.regel, "vak", rij.vak, melding))
            continue
        resultaat = bestaand.get(sleutel)
        if resultaat is None:
            resultaat = Resultaat(
                school=school,
                reeks=reeks,
                leerling=rij.leerling,
                vak=rij.vak,
                methodetoets=keurmeester.instrumenten[rij.instrument].methodetoets,
                ingevoerd_door=wie,
                ingevoerd_op=klok.nu(),
            )
            _neem_over(resultaat, rij, start)
            nieuw.append(resultaat)
        elif _verschilt(resultaat, rij):
            _neem_over(resultaat, rij, start)
            resultaat.ingevoerd_door, resultaat.ingevoerd_op = wie, klok.nu()
            veranderd.append(resultaat)
        else:
            uitkomst.ongewijzigd += 1
        uitkomst.resultaten.append(resultaat)
    Resultaat.objects.bulk_create(nieuw, batch_size=2000)
    if veranderd:
        velden = ["afnamedatum", *WAARDEN, "ingevoerd_door", "ingevoerd_op"]
        Resultaat.objects.systeemtoegang(reden="resultaten verbeteren").bulk_update(veranderd, velden, batch_size=500)
    _dateer(reeksen.values(), [*nieuw, *veranderd])
    uitkomst.toegevoegd, uitkomst.gewijzigd = len(nieuw), len(veranderd)
    return uitkomst


def _verschilt(resultaat: Resultaat, rij: Invoer) -> bool:
    return any(getattr(resultaat, naam) != getattr(rij, naam) for naam in ("afnamedatum", *WAARDEN))


def _bestaande(
    reeksen: dict[tuple[int, str], Resultatenreeks], goed: dict[Sleutel, Invoer], start: tuple[int, int]
) -> dict[Sleutel, Resultaat]:
    gevonden = Resultaat.objects.systeemtoegang(reden="wat staat er al").filter(
        reeks__in=[reeks.pk for reeks in reeksen.values()],
        instrument__in={sleutel[2] for sleutel in goed},
        moment__in={sleutel[5] for sleutel in goed},
    )
    return {_sleutel(r, r.leerling_id, methodetoets=r.methodetoets, start=start): r for r in gevonden}


def _reeksen_zorgen(
    school: School, rijen: list[Invoer], door: Gebruiker | None, keurmeester: Keurmeester
) -> tuple[dict[tuple[int, str], Resultatenreeks], set[int]]:
    """The series of these pupils and subjects, made where missing; and which of them this account may not write in."""
    leerlingen = {rij.leerling.pk: rij.leerling for rij in rijen}
    ids = sorted(leerlingen)
    list(
        Leerling.objects.systeemtoegang(reden="om de beurt schrijven")
        .filter(pk__in=ids, school=school)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    alle = Resultatenreeks.objects.systeemtoegang(reden="reeks opzoeken").filter(leerling__in=ids)
    reeksen: dict[tuple[int, str], Resultatenreeks] = {
        (reeks.leerling_id, reeks.vak): reeks for reeks in alle.select_related("stuk")
    }
    dicht: set[int] = set()
    if door is not None and reeksen:
        mag = Resultatenreeks.objects.zichtbaar_voor(door, Recht.WIJZIGEN).filter(leerling__in=ids)
        dicht = {reeks.pk for reeks in reeksen.values()} - set(mag.values_list("pk", flat=True))
    ontbreekt = sorted({(rij.leerling.pk, rij.vak) for rij in rijen} - set(reeksen))
    if not ontbreekt:
        return reeksen, dicht
    wie = persoon_van(door, school) if door else None
    profiel = profielen_van_school.huidig_profiel(school)
    namen = {vak.code: vak.naam for vak in profiel.vakgebieden}
    eerste = {(rij.leerling.pk, rij.vak): rij.afnamedatum for rij in rijen}
    stukken = Dossierstuk.objects.bulk_create(
        [
            Dossierstuk(
                school=school,
                leerling_id=leerling_id,
                soort="resultaten",
                titel=f"Resultaten {namen[vak]}"[:200],
                vakgebied=vak,
                datum=eerste[leerling_id, vak],
                opgesteld_door=wie,
                opgesteld_op=klok.nu(),
            )
            for leerling_id, vak in ontbreekt
        ],
        batch_size=2000,
    )
    nieuwe = Resultatenreeks.objects.bulk_create(
        [
            Resultatenreeks(school=school, stuk=stuk, leerling_id=leerling_id, vak=vak)
            for stuk, (leerling_id, vak) in zip(stukken, ontbreekt, strict=True)
        ],
        batch_size=2000,
    )
    reeksen |= {(reeks.leerling_id, reeks.vak): reeks for reeks in nieuwe}
    return reeksen, dicht


def _dateer(reeksen: Iterable[Resultatenreeks], resultaten: list[Resultaat]) -> None:
    """A series stands in the dossier on the day of its newest test."""
    nieuwste: dict[int, date] = {}
    for resultaat in resultaten:
        nieuwste[resultaat.reeks_id] = max(resultaat.afnamedatum, nieuwste.get(resultaat.reeks_id, date.min))
    stukken = []
    for reeks in reeksen:
        dag = nieuwste.get(reeks.pk)
        if dag is not None and dag > reeks.stuk.datum:
            reeks.stuk.datum = dag
            stukken.append(reeks.stuk)
    if stukken:
        bron = Dossierstuk.objects.systeemtoegang(reden="dag van de nieuwste toets")
        bron.bulk_update(stukken, ["datum"], batch_size=500)
