"""Care levels through their gates, and consent on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from leerlingen import profielen_van_school
from leerlingen.models import (
    Dossierstuk,
    Leerling,
    Ouderschap,
    Persoon,
    Profielversie,
    Toestemming,
    Toestemmingsantwoord,
    Toestemmingstuk,
    Zorgniveauperiode,
)
from leerlingen.services.gespreksvraag import eerst_praten
from leerlingen.services.hulp import periode_vanaf, persoon_van, vereis
from leerlingen.services.rechten import buiten_herzien
from leerlingen.services.taken import taak_afronden, taak_laten_vervallen, taak_maken
from leerlingen.services.toestemmingstaken import vertel_antwoord
from leerlingen.zorgfeiten import Zorgfeiten
from zorg.kern import klok, mail
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


def huidig_niveau(leerling: Leerling, dag: date | None = None) -> Zorgniveauperiode | None:
    """The care level of today, or None for the lowest level without a record. The caller checks visibility."""
    gevonden: Zorgniveauperiode | None = (
        Zorgniveauperiode.objects.systeemtoegang(reden="huidig zorgniveau van een zichtbare leerling")
        .filter(leerling=leerling, periode__contains=dag or klok.vandaag(leerling.school))
        .first()
    )
    return gevonden


@transaction.atomic
def zorgniveau_wijzigen(
    *,
    leerling: Leerling,
    naar: str,
    feiten: Zorgfeiten,
    versie: Profielversie,
    reden: str = "",
    door: Gebruiker,
) -> Zorgniveauperiode:
    """Move a pupil to another level of care, through the gate of the school's procedure.

    `feiten` are gathered by the floor above (ontwerp §2). Raises DomeinFout with the first reason in plain Dutch when a
    hard condition is not met, or when a soft one is passed without a written reason.
    """
    from leerlingen import zorgroute

    vereis(door, Recht.WIJZIGEN, leerling)
    Leerling.objects.systeemtoegang(reden="twee mensen besluiten tegelijk").select_for_update().get(pk=leerling.pk)
    nu = huidig_niveau(leerling)
    feiten = replace(feiten, niveau=nu.niveau if nu else None)
    oordeel = zorgroute.beoordeel_stap(profielen_van_school.profiel(versie), naar, feiten)
    if not oordeel.toegestaan:
        raise DomeinFout(oordeel.zin)
    zacht = [uitkomst.voorwaarde for uitkomst in oordeel.uitkomsten if not uitkomst.voldaan]
    if zacht and not reden.strip():
        raise DomeinFout(f"{oordeel.zin} Het mag wel, als u schrijft waarom.")
    periode = _begin_niveau(leerling, naar, versie, persoon_van(door, leerling.school_id), reden, zacht)
    vastleggen(
        "zorgniveau_gewijzigd",
        school=leerling.school_id,
        door=door,
        leerling=leerling,
        object=periode,
        reden=reden,
        van=oordeel.van,
        naar=naar,
    )
    return periode


@transaction.atomic
def zorgniveau_beginnen(
    *, leerling: Leerling, niveau: str, vanaf: date, reden: str, door: Gebruiker | None
) -> Zorgniveauperiode:
    """Record where a pupil stands when the school starts with Zorgpad (import, demo). No gate: it tells the past."""
    versie = profielen_van_school.huidige_versie(leerling.school)
    wie = persoon_van(door, leerling.school_id) if door else None
    periode = _begin_niveau(leerling, niveau, versie, wie, reden, [], vanaf)
    vastleggen("zorgniveau_begonnen", school=leerling.school_id, door=door, leerling=leerling, naar=niveau)
    return periode


def _begin_niveau(
    leerling: Leerling,
    niveau: str,
    versie: Profielversie,
    wie: Persoon | None,
    reden: str,
    zacht: list[Any],
    vanaf: date | None = None,
) -> Zorgniveauperiode:
    vanaf = vanaf or klok.vandaag(leerling.school)
    lopend = huidig_niveau(leerling, vanaf)
    if lopend is not None:
        if lopend.periode.lower == vanaf:
            lopend.delete()
        else:
            lopend.periode = DateRange(lopend.periode.lower, vanaf, "[)")
            lopend.save(update_fields=["periode"])
    periode: Zorgniveauperiode = Zorgniveauperiode.objects.create(
        school=leerling.school,
        leerling=leerling,
        niveau=niveau,
        periode=periode_vanaf(vanaf),
        profielversie=versie,
        besloten_door=wie,
        reden=reden.strip()[:500],
        zachte_voorwaarden=zacht,
    )
    return periode


# -- consent ---------------------------------------------------------------------------------------------------

_na_toestemming: list[Callable[[Toestemming], None]] = []


def registreer_na_toestemming(functie: Callable[[Toestemming], None]) -> None:
    """A floor above acts on every answer and withdrawal, in the same transaction: without a yes, access ends."""
    _na_toestemming[:] = [functie]


def gezaghebbenden(leerling: Leerling) -> list[Persoon]:
    """The parents with authority today, unrestricted by a court."""
    rijen = (
        Ouderschap.objects.systeemtoegang(reden="wie heeft gezag")
        .filter(leerling=leerling, gezag="ja", beperking="", periode__contains=klok.vandaag(leerling.school))
        .select_related("persoon")
        .order_by("pk")
    )
    return [rij.persoon for rij in rijen]


@transaction.atomic
def toestemming_vragen(
    *,
    leerling: Leerling,
    doel: str,
    tekst: str,
    stukken: Iterable[Dossierstuk] = (),
    geldig_tot: date | None = None,
    door: Gebruiker,
) -> Toestemming:
    """Ask every parent with authority for consent for one purpose; each finds it in the portal and in the mail.

    An open request for the same purpose is replaced: an answer to the old text says nothing about the new one.
    """
    vereis(door, Recht.WIJZIGEN, leerling)
    ouders = gezaghebbenden(leerling)
    if not ouders:
        raise DomeinFout("Er is geen ouder met gezag bekend. Leg dat eerst vast bij de leerling, onder Ouders.")
    stukken = list(stukken)
    for stuk in stukken:
        vereis(door, Recht.INZIEN, stuk)
    versie = profielen_van_school.huidige_versie(leerling.school)
    profielen_van_school.toestemming_van(versie, doel)
    vorige = (
        Toestemming.objects.systeemtoegang(reden="vorige vraag vervangen")
        .filter(leerling=leerling, doel=doel)
        .order_by("-tekstversie")
        .first()
    )
    if vorige and vorige.ingetrokken_op is None:
        toestemming_intrekken(toestemming=vorige, door=door)
    toestemming: Toestemming = Toestemming.objects.create(
        school=leerling.school,
        leerling=leerling,
        doel=doel,
        tekst=schoon(tekst),
        tekstversie=vorige.tekstversie + 1 if vorige else 1,
        profielversie=versie,
        gevraagd_door=persoon_van(door, leerling.school_id),
        gevraagd_op=klok.nu(),
        geldig_tot=geldig_tot,
    )
    for stuk in stukken:
        Toestemmingstuk.objects.create(school=leerling.school, toestemming=toestemming, stuk=stuk)
    for ouder in ouders:
        _vraag_ouder(toestemming, ouder)
    vastleggen(
        "toestemming_gevraagd",
        school=leerling.school_id,
        door=door,
        leerling=leerling,
        object=toestemming,
        doel=doel,
    )
    return toestemming


def _vraag_ouder(toestemming: Toestemming, ouder: Persoon) -> None:
    taak_maken(
        school=toestemming.school,
        soort="toestemming",
        sleutel=f"toestemming:{toestemming.pk}:{ouder.pk}",
        titel="Een vraag van de school",
        uitleg="De school vraagt of iets mag. U leest eerst waar het over gaat en kiest daarna.",
        persoon=ouder,
        leerling=toestemming.leerling,
        link=f"/ouders/toestemming/{toestemming.pk}/",
        knop="Lezen en antwoorden",
        door=None,
    )
    if ouder.email:
        mail.klaarzetten(
            school=toestemming.school,
            aan=ouder.email,
            onderwerp=f"Een vraag van {toestemming.school.naam}",
            tekst=f"Beste {ouder.naam},\n\n{toestemming.school.naam} heeft een vraag aan u. "
            "U leest hem in Zorgpad, onder Voor ouders.\n",
            sleutel=f"toestemming:{toestemming.pk}:{ouder.pk}",
        )


@transaction.atomic
def toestemming_beantwoorden(
    *,
    toestemming: Toestemming,
    keuze: str,
    opmerking: str = "",
    tekstversie: int,
    namens: Persoon | None = None,
    door: Gebruiker,
) -> Toestemmingsantwoord:
    """A parent answers; or (`namens`, on paper) the ib'er records what a parent signed.

    Raises DomeinFout when the request was withdrawn or the text changed since it was read, PermissionDenied when the
    account is not a parent with authority.
    """
    vast: Toestemming = (
        Toestemming.objects.systeemtoegang(reden="antwoord vastleggen").select_for_update().get(pk=toestemming.pk)
    )
    zelf = persoon_van(door, vast.school_id)
    if namens is not None:
        vereis(door, Recht.VERLENEN, vast.leerling)
    ouder = namens or zelf
    if ouder.pk not in {persoon.pk for persoon in gezaghebbenden(vast.leerling)}:
        raise PermissionDenied
    if vast.ingetrokken_op is not None or tekstversie != vast.tekstversie:
        raise DomeinFout("De school heeft deze vraag intussen veranderd. Lees de nieuwe vraag en kies opnieuw.")
    if keuze not in Toestemmingsantwoord.Keuze.values:
        raise DomeinFout("Kies ja, nee of eerst praten.")
    vorige = (
        Toestemmingsantwoord.objects.systeemtoegang(reden="wat deze ouder eerst zei")
        .filter(toestemming=vast, persoon=ouder)
        .order_by("-op", "-pk")
        .first()
    )
    antwoord: Toestemmingsantwoord = Toestemmingsantwoord.objects.create(
        school=vast.school,
        toestemming=vast,
        persoon=ouder,
        keuze=keuze,
        opmerking=schoon(opmerking, naam="Uw opmerking", maximum=5000, bestand=False).strip(),
        tekstversie=tekstversie,
        op=klok.nu(),
        op_papier=namens is not None,
        vastgelegd_door=zelf,
    )
    taak_afronden(school=vast.school, sleutel=f"toestemming:{vast.pk}:{ouder.pk}", door=door)
    if keuze == Toestemmingsantwoord.Keuze.PRATEN:
        eerst_praten(vast, ouder)
    vastleggen(
        "toestemming_beantwoord",
        school=vast.school_id,
        door=door,
        leerling=vast.leerling_id,
        object=vast,
        keuze=keuze,
        doel=vast.doel,
        op_papier=namens is not None,
    )
    gestopt = buiten_herzien(vast)
    vertel_antwoord(antwoord, vorige=vorige.keuze if vorige else "", gestopt=gestopt)
    for functie in _na_toestemming:
        functie(vast)
    return antwoord


@transaction.atomic
def toestemming_intrekken(*, toestemming: Toestemming, door: Gebruiker) -> None:
    """The school takes a request back; open tasks of parents lapse."""
    vereis(door, Recht.WIJZIGEN, toestemming.leerling)
    toestemming.ingetrokken_op = klok.nu()
    toestemming.save(update_fields=["ingetrokken_op"])
    for ouder in gezaghebbenden(toestemming.leerling):
        taak_laten_vervallen(school=toestemming.school, sleutel=f"toestemming:{toestemming.pk}:{ouder.pk}", door=door)
    vastleggen(
        "toestemming_ingetrokken",
        school=toestemming.school_id,
        door=door,
        leerling=toestemming.leerling_id,
        object=toestemming,
        doel=toestemming.doel,
    )
    buiten_herzien(toestemming)
    for functie in _na_toestemming:
        functie(toestemming)
