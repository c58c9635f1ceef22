"""Signals that people record: putting one down, taking it up, closing it with a reason, opening it again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.models import Leerling, Vertrouwelijkheid
from leerlingen.services import stuk_maken
from leerlingen.services.hulp import een_tegelijk, persoon_van, vereis
from lvs.models import VastgelegdSignaal
from lvs.vastgelegd import SOORT, categorienaam
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import een_regel, schoon
from zorg.logboek.services import vastleggen

Stand, Waar, Bron = VastgelegdSignaal.Stand, VastgelegdSignaal.Waar, VastgelegdSignaal.Bron
MEESTE_TEKENS = 2000
"""A signal is short; what needs more is a note."""


@transaction.atomic
def signaal_vastleggen(
    *,
    leerling: Leerling,
    categorie: str,
    bron: str,
    tekst: str,
    datum: date | None = None,
    vak: str = "",
    vertrouwelijkheid: str = Vertrouwelijkheid.GEWOON,
    door: Gebruiker | None,
) -> VastgelegdSignaal:
    """A new, open signal about a pupil (K-04..K-10, M-24, A-35), with where it comes from (K-43, K-157).

    `categorie` is the code of a signal in the school's procedure. Raises DomeinFout for one that it does not know, an
    unknown source or subject, no text, and a day that is still to come. The same form sent twice gives the same signal.
    """
    vereis(door, Recht.WIJZIGEN, leerling)
    naam = _keur(leerling.school, categorie, bron, datum, vak)
    tekst = _tekst(tekst)
    if door is not None:
        eerder: VastgelegdSignaal | None = (
            VastgelegdSignaal.objects.systeemtoegang(reden="hetzelfde signaal twee keer verstuurd")
            .filter(
                stuk__opgesteld_op__gt=een_tegelijk(leerling),
                stuk__opgesteld_door=persoon_van(door, leerling.school_id),
                stuk__datum=datum or klok.vandaag(leerling.school),
                stuk__vakgebied=vak,
                stuk__vertrouwelijkheid=vertrouwelijkheid,
            )
            .filter(leerling=leerling, categorie=categorie, bron=bron, tekst=tekst)
            .exclude(stand=Stand.AFGESLOTEN)
            .first()
        )
        if eerder is not None:
            return eerder
    stuk = stuk_maken(
        leerling=leerling,
        soort=SOORT,
        titel=f"Signaal: {naam}",
        datum=datum,
        vertrouwelijkheid=vertrouwelijkheid,
        vakgebied=vak,
        door=door,
    )
    signaal: VastgelegdSignaal = VastgelegdSignaal.objects.create(
        school=leerling.school,
        stuk=stuk,
        leerling=leerling,
        categorie=categorie,
        bron=bron,
        tekst=tekst,
        stand_sinds=klok.nu(),
        gezet_door=stuk.opgesteld_door,
    )
    vastleggen("signaal_vastgelegd", school=leerling.school_id, door=door, leerling=leerling, object=stuk)
    return signaal


@transaction.atomic
def signaal_wijzigen(
    *,
    signaal: VastgelegdSignaal,
    categorie: str,
    bron: str,
    tekst: str,
    datum: date,
    vak: str = "",
    door: Gebruiker,
) -> VastgelegdSignaal:
    """Correct what was recorded; what stood there before stays in the history. Raises DomeinFout as recording does."""
    vast = _vast(signaal, door)
    naam = _keur(vast.school, categorie, bron, datum, vak, nu=vast.categorie)
    vast.categorie, vast.bron, vast.tekst = categorie, bron, _tekst(tekst)
    vast.save(update_fields=["categorie", "bron", "tekst"])
    stuk = vast.stuk
    stuk.titel, stuk.datum, stuk.vakgebied = f"Signaal: {naam}", datum, vak
    stuk.save(update_fields=["titel", "datum", "vakgebied"])
    vastleggen("signaal_gewijzigd", school=vast.school_id, door=door, leerling=vast.leerling_id, object=stuk)
    return vast


@transaction.atomic
def signaal_oppakken(
    *, signaal: VastgelegdSignaal, waar: str, toelichting: str = "", door: Gebruiker | None
) -> VastgelegdSignaal:
    """Say where it is answered: in a plan, a meeting, the week planning or with the parents (K-19, K-26, K-112)."""
    vast = _vast(signaal, door)
    if waar not in Waar.values:
        raise DomeinFout("Kies waar dit signaal wordt opgepakt.")
    if vast.stand == Stand.AFGESLOTEN:
        raise DomeinFout("Dit signaal is afgesloten. Open het eerst weer.")
    toelichting = _toelichting(toelichting)
    if waar == Waar.WEEK and not toelichting:
        raise DomeinFout("Schrijf in een paar woorden wat er in de weekplanning komt.")
    return _zet(vast, Stand.OPGEPAKT, waar, toelichting, door)


@transaction.atomic
def signaal_afsluiten(*, signaal: VastgelegdSignaal, reden: str, door: Gebruiker) -> VastgelegdSignaal:
    """It needs nothing more, with the reason. Raises DomeinFout without one."""
    vast = _vast(signaal, door)
    reden = _toelichting(reden)
    if not reden:
        raise DomeinFout("Schrijf kort waarom dit signaal klaar is.")
    return _zet(vast, Stand.AFGESLOTEN, "", reden, door)


@transaction.atomic
def signaal_heropenen(*, signaal: VastgelegdSignaal, reden: str = "", door: Gebruiker | None) -> VastgelegdSignaal:
    """It asks for attention again. Doing it twice changes nothing."""
    vast = _vast(signaal, door)
    if vast.stand == Stand.OPEN:
        return vast
    return _zet(vast, Stand.OPEN, "", _toelichting(reden), door)


def _vast(signaal: VastgelegdSignaal, door: Gebruiker | None) -> VastgelegdSignaal:
    vereis(door, Recht.WIJZIGEN, signaal)
    alle = VastgelegdSignaal.objects.systeemtoegang(reden="een signaal bijwerken").select_for_update(of=("self",))
    vast: VastgelegdSignaal = alle.select_related("stuk", "school").get(pk=signaal.pk)
    return vast


def _zet(vast: VastgelegdSignaal, stand: str, waar: str, toelichting: str, door: Gebruiker | None) -> VastgelegdSignaal:
    vast.stand, vast.waar, vast.toelichting = stand, waar, toelichting
    vast.stand_sinds = klok.nu()
    vast.gezet_door = persoon_van(door, vast.school_id) if door else None
    vast.save(update_fields=["stand", "waar", "toelichting", "stand_sinds", "gezet_door"])
    handeling = {Stand.OPEN: "signaal_heropend", Stand.OPGEPAKT: "signaal_opgepakt"}.get(
        Stand(stand), "signaal_afgesloten"
    )
    vastleggen(handeling, school=vast.school_id, door=door, leerling=vast.leerling_id, object=vast.stuk)
    return vast


def _keur(school: School, categorie: str, bron: str, datum: date | None, vak: str, nu: str = "") -> str:
    """The name of the category; raises DomeinFout for what can't be."""
    profiel = profielen_van_school.huidig_profiel(school)
    if not any(s.code == categorie and (not s.beeindigd or categorie == nu) for s in profiel.signalering):
        raise DomeinFout("Kies waar het signaal over gaat.")
    if bron not in Bron.values:
        raise DomeinFout("Kies waar het signaal vandaan komt.")
    if vak and vak not in {gebied.code for gebied in profiel.vakgebieden}:
        raise DomeinFout("Dit vak kent de school niet.")
    if datum is not None and datum > klok.vandaag(school):
        raise DomeinFout("De datum ligt in de toekomst.")
    return categorienaam(profiel, categorie)


def _tekst(tekst: str) -> str:
    tekst = schoon(tekst, maximum=MEESTE_TEKENS).strip()
    if not tekst:
        raise DomeinFout("Schrijf in een paar woorden wat er is gezien of gezegd.")
    return tekst


def _toelichting(tekst: str) -> str:
    return schoon(een_regel(tekst), naam="De toelichting", maximum=300)
