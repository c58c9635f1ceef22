"""People from outside the school: they read a piece only while the parents' consent that names it holds (X-12)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leerlingen import profielen_van_school
from leerlingen.models import (
    Aanstelling,
    Dossierstuk,
    Leerling,
    Persoon,
    Toestemming,
    Toestemmingsantwoord,
    Toestemmingstuk,
)
from leerlingen.profiel import Profiel
from leerlingen.profiel.voorwaardenvormen import ToestemmingVorm
from leerlingen.termijn import datumtekst
from leerlingen.voorwaarden import beoordeel_voorwaarde
from leerlingen.voorwaarden.toestemming import loopt_tot
from leerlingen.zorgfeiten import Antwoordfeit, Gezaghebbende, Toestemmingfeit, Zorgfeiten
from zorg.kern import klok
from zorg.kern.datums import dag_erna
from zorg.kern.fouten import DomeinFout

REDEN = "mag iemand van buiten dit lezen"
ZONDER_DOSSIER = frozenset({"extern", "beheerder"})
"""Roles that open no dossier: who has no other is no colleague of the pupil's."""


def rollen_nu(persoon: Persoon) -> frozenset[str]:
    """The roles of this person at the school today."""
    lopend = Aanstelling.objects.systeemtoegang(reden="hoort deze persoon bij het team").filter(
        persoon=persoon, periode__contains=klok.vandaag(persoon.school)
    )
    return frozenset(lopend.values_list("rol", flat=True))


def is_collega(persoon: Persoon) -> bool:
    """Whether this person works with pupils here today."""
    return bool(rollen_nu(persoon) - ZONDER_DOSSIER)


def eis_lezer(persoon: Persoon, stuk: Dossierstuk, tot: datetime) -> None:
    """Raise unless this person may be let in to this piece until then: a colleague, or consent names the piece."""
    rollen = rollen_nu(persoon)
    if rollen - ZONDER_DOSSIER:
        return
    if rollen == {"beheerder"}:
        raise DomeinFout(f"{persoon.naam} is hier alleen beheerder, en een beheerder leest geen dossiers.")
    einden = toestemmingen_voor(stuk)
    link = f"/besprekingen/leerlingen/{stuk.leerling_id}/toestemming/"
    if not einden:
        raise DomeinFout(
            f"{persoon.naam} is van buiten de school en leest dit stuk pas als de ouders daar schriftelijk toestemming "
            "voor geven. Vraag die eerst.",
            link=link,
        )
    if None in einden:
        return
    eerste = max(dag for dag in einden if dag is not None)
    if tot > middernacht(eerste, stuk):
        laatste = datumtekst(eerste - timedelta(days=1), klok.vandaag(stuk.school))
        raise DomeinFout(
            f"De ouders gaven toestemming tot en met {laatste}. Kies een dag die niet later is.", link=link
        )


def middernacht(dag: date, stuk: Dossierstuk) -> datetime:
    """The moment at which this day begins where the school stands."""
    return datetime.combine(dag, time.min, tzinfo=ZoneInfo(stuk.school.tijdzone))


def toestemmingen_voor(stuk: Dossierstuk) -> list[date | None]:
    """The consents that hold now and name this piece, each as its first day without it (None: until taken back)."""
    genoemd = Toestemmingstuk.objects.systeemtoegang(reden=REDEN).filter(stuk=stuk)
    vragen = (
        Toestemming.objects.systeemtoegang(reden=REDEN)
        .filter(pk__in=genoemd.order_by().values("toestemming"))
        .filter(leerling=stuk.leerling_id, ingetrokken_op__isnull=True)
        .select_related("profielversie", "leerling__school")
    )
    return [einde for vraag in vragen for einde in _einde(vraag)]


def _einde(vraag: Toestemming) -> list[date | None]:
    """Of one consent: its first day without it, or nothing when it does not hold today or is not for outsiders."""
    profiel = _procedure(vraag)
    if profiel is None:
        return []
    feiten = _feiten(vraag)
    vorm = ToestemmingVorm(naam="toestemming", soort="hard", toestemming=vraag.doel)
    if not all(deel.voldaan for deel in beoordeel_voorwaarde(vorm, profiel, feiten)):
        return []
    return [loopt_tot(profiel.zoek_toestemming(vraag.doel), feiten.toestemmingen[0], feiten)]


def _procedure(vraag: Toestemming) -> Profiel | None:
    """The procedure that judges it: today's, or the one under which it was asked if today's no longer has it."""
    nu = profielen_van_school.huidig_profiel(vraag.leerling.school)
    for profiel in (nu, profielen_van_school.profiel(vraag.profielversie)):
        if any(soort.toestemming_extern == vraag.doel for soort in profiel.bespreking):
            return profiel
    return None


def _feiten(vraag: Toestemming) -> Zorgfeiten:
    leerling: Leerling = vraag.leerling
    from leerlingen.services.zorg import gezaghebbenden

    zone = ZoneInfo(leerling.school.tijdzone)
    antwoorden = Toestemmingsantwoord.objects.systeemtoegang(reden=REDEN).filter(toestemming=vraag).order_by("op", "pk")
    feit = Toestemmingfeit(
        doel=vraag.doel,
        gevraagd_op=vraag.gevraagd_op.astimezone(zone).date(),
        tekstversie=vraag.tekstversie,
        geldig_tot=dag_erna(vraag.geldig_tot) if vraag.geldig_tot else None,
        antwoorden=tuple(
            Antwoordfeit(str(a.persoon_id), a.keuze, a.op.astimezone(zone), a.tekstversie) for a in antwoorden
        ),
    )
    return Zorgfeiten(
        vandaag=klok.vandaag(leerling.school),
        gezaghebbenden=tuple(Gezaghebbende(str(ouder.pk), ouder.naam) for ouder in gezaghebbenden(leerling)),
        toestemmingen=(feit,),
    )
