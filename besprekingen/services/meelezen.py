"""Reading along: colleagues at the table through grants that end by themselves, people from outside with consent."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from besprekingen.adressen import adres
from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services.feiten import zorgfeiten
from besprekingen.services.hulp import dag_van, kind_van, profiel_van, vereis_open, vorm_van
from besprekingen.services.leden import zet
from leerlingen import profielen_van_school, zorgroute
from leerlingen.models import Dossierstuk, DossierstukRecht, Leerling, Persoon, Toestemming, Toestemmingstuk
from leerlingen.profiel.voorwaardenvormen import ToestemmingVorm
from leerlingen.services import recht_intrekken, recht_verlenen
from leerlingen.services.buiten import is_collega, middernacht, toestemmingen_voor
from leerlingen.services.hulp import vereis
from leerlingen.services.taken import taak_maken, van_rol
from leerlingen.voorwaarden import beoordeel_voorwaarde
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import datum
from zorg.logboek.services import vastleggen

MEELEZEN = timedelta(weeks=12)
"""How long members read along after a meeting whose procedure sets no term for evaluation."""


def leest_tot(bespreking: Bespreking) -> datetime:
    """Until when members read along: a fortnight after the last day of evaluation, so that they can evaluate."""
    vorm = vorm_van(bespreking)
    tot = dag_van(bespreking) + MEELEZEN
    if vorm.evaluatie_termijn is not None:
        termijn = profiel_van(bespreking).zoek_termijn(vorm.evaluatie_termijn)
        laatste = zorgroute.binnen(dag_van(bespreking), termijn.aantal, termijn.eenheid, ()).datum
        tot = laatste + timedelta(weeks=2)
    return datetime.combine(tot, time.min, tzinfo=ZoneInfo(bespreking.school.tijdzone))


@transaction.atomic
def team_laten_meelezen(*, punt: Agendapunt, door: Gebruiker) -> int:
    """Let colleagues at the table read the minutes and the preparation of this pupil, and the minute-taker write.

    Only for who has no sight of them by relation already; by who may grant (ib'er, director). Gives how many people got
    something. Ends by itself.
    """
    leerling, bespreking = punt.leerling, punt.bespreking
    if leerling is None or punt.stuk is None:
        return 0
    vereis(door, Recht.VERLENEN, leerling)
    tot = leest_tot(bespreking)
    if tot <= klok.nu():
        return 0
    stukken = [punt.stuk, *([punt.voorbereiding.stuk] if punt.voorbereiding and punt.voorbereiding.stuk else [])]
    kregen = 0
    for deelnemer in (
        Deelnemer.objects.systeemtoegang(reden="wie leest mee")
        .filter(bespreking=bespreking, extern=False, persoon__gebruiker__isnull=False)
        .exclude(rol="ouder")
        .select_related("persoon__gebruiker", "persoon__school")
    ):
        if not is_collega(deelnemer.persoon):  # left the school since: reads along no more
            continue
        schrijft = deelnemer.persoon_id == bespreking.notulist_id
        kregen += sum(_verleen(stuk, deelnemer.persoon, tot, door, schrijft=schrijft) for stuk in stukken) > 0
    return kregen


def _verleen(stuk: Dossierstuk, persoon: Persoon, tot: datetime, door: Gebruiker, *, schrijft: bool) -> bool:
    gebruiker: Any = persoon.gebruiker
    gaf = False
    for recht in (Recht.INZIEN, Recht.WIJZIGEN) if schrijft else (Recht.INZIEN,):
        if not gebruiker.has_perm(f"{recht}_dossierstuk", stuk):
            recht_verlenen(op=stuk, aan=persoon, tot=tot, reden="Lid van de bespreking", recht=recht, door=door)
            gaf = True
    return gaf


# -- from outside -------------------------------------------------------------------------------------------------


def toestemming_voor_buiten(punt: Agendapunt) -> zorgroute.Oordeel:
    """May someone from outside sit at the table for this pupil: the judgement of the procedure (X-12)."""
    return zorgroute.beoordeel_bespreking(
        profiel_van(punt.bespreking), punt.bespreking.soort, zorgfeiten(kind_van(punt)), extern=True
    )


@transaction.atomic
def van_buiten_vragen(*, punt: Agendapunt, persoon: Persoon, door: Gebruiker) -> Deelnemer:
    """Ask someone from outside for this pupil. They read what the consent names, until it says, and nothing else.

    Raises DomeinFout with the reason when consent (or another hard condition of the meeting) is not there.
    """
    leerling, bespreking = kind_van(punt), punt.bespreking
    vereis(door, Recht.VERLENEN, leerling)
    vereis_open(bespreking)
    oordeel = toestemming_voor_buiten(punt)
    if not oordeel.toegestaan:
        raise DomeinFout(oordeel.zin, link=_link(oordeel, leerling))
    deelnemer = zet(bespreking, persoon, rol="extern", punt=punt, extern=True)
    if not deelnemer.extern:
        raise DomeinFout(f"{persoon.naam} zit al aan tafel.")
    toestemming = _toestemming(bespreking, leerling)
    if toestemming is not None and persoon.gebruiker is not None:
        _geef_stukken(toestemming, persoon, bespreking, door)
    vastleggen(
        "van_buiten_gevraagd", school=bespreking.school, door=door, leerling=leerling, object=bespreking, wie=persoon.pk
    )
    return deelnemer


def _link(oordeel: zorgroute.Oordeel, leerling: Leerling) -> str | None:
    return next((adres(u.link, leerling) for u in oordeel.ontbreekt if adres(u.link, leerling)), None)


def _toestemming(bespreking: Bespreking, leerling: Leerling) -> Toestemming | None:
    gevonden: Toestemming | None = (
        Toestemming.objects.systeemtoegang(reden="waarvoor de ouders ja zeiden")
        .filter(leerling=leerling, doel=vorm_van(bespreking).toestemming_extern, ingetrokken_op__isnull=True)
        .order_by("-gevraagd_op")
        .first()
    )
    return gevonden


def _geef_stukken(toestemming: Toestemming, persoon: Persoon, bespreking: Bespreking, door: Gebruiker) -> None:
    """The pieces that the consent names, as long as it holds, at most as long as members read along."""
    tot = leest_tot(bespreking)
    for rij in (
        Toestemmingstuk.objects.systeemtoegang(reden="de stukken die de toestemming noemt")
        .filter(toestemming=toestemming)
        .select_related("stuk__leerling", "stuk__school")
    ):
        einden = toestemmingen_voor(rij.stuk)
        dagen = [dag for dag in einden if dag is not None]
        eind = tot if None in einden or not dagen else min(tot, middernacht(max(dagen), rij.stuk))
        _verleen(rij.stuk, persoon, eind, door, schrijft=False)


def _van_tafel(toestemming: Toestemming) -> None:
    """Who was asked from outside for this pupil has no chair at a meeting to come; who was invited is told."""
    from besprekingen.services.uitnodiging import afmelden, naam_van

    for deelnemer in (
        Deelnemer.objects.systeemtoegang(reden="wie van buiten zou komen")
        .filter(
            agendapunt__leerling=toestemming.leerling_id,
            extern=True,
            bespreking__status__in=["gepland", "uitgenodigd"],
            bespreking__begin__gt=klok.nu(),
        )
        .select_related("persoon", "bespreking__school", "bespreking__profielversie", "bespreking__groep")
    ):
        if vorm_van(deelnemer.bespreking).toestemming_extern == toestemming.doel:
            afmelden(deelnemer.bespreking, [deelnemer])
            _vertel_ib(toestemming, deelnemer, naam_van(deelnemer.bespreking))
            deelnemer.delete()
            vastleggen("deelnemer_weggehaald", school=toestemming.school, door=None, object=deelnemer.bespreking)


def _vertel_ib(toestemming: Toestemming, deelnemer: Deelnemer, tafel: str) -> None:
    """Nobody disappears from a table in silence: the intern begeleider hears who does not come, and why."""
    bespreking = deelnemer.bespreking
    for wie in van_rol(bespreking.school, "ib"):
        taak_maken(
            school=bespreking.school,
            soort="van_tafel",
            sleutel=f"van_tafel:{toestemming.pk}:{deelnemer.pk}:{wie['persoon'].pk}",
            titel="Iemand van buiten komt niet aan tafel",
            uitleg=f"{deelnemer.persoon.naam} is van tafel bij {tafel} op {datum(dag_van(bespreking))} en "
            "leest de stukken niet meer: de toestemming van de ouders is er niet meer.",
            leerling=toestemming.leerling,
            link=f"/besprekingen/leerlingen/{toestemming.leerling_id}/zorg/",
            knop="Bekijken hoe het verder gaat",
            door=None,
            **wie,
        )


def toegang_herzien(toestemming: Toestemming) -> None:
    """After an answer or a withdrawal: without a yes, people from outside lose their chair and the pieces at once.

    Runs in the transaction of the answer (leerlingen.services registers it), so a «nee» and the end of access are one.
    """
    leerling = toestemming.leerling
    vorm = ToestemmingVorm(naam="toestemming", soort="hard", toestemming=toestemming.doel)
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    if all(deel.voldaan for deel in beoordeel_voorwaarde(vorm, profiel, zorgfeiten(leerling))):
        return
    accounts = (
        Deelnemer.objects.systeemtoegang(reden="wie van buiten las mee")
        .filter(agendapunt__leerling=leerling, extern=True, persoon__gebruiker__isnull=False)
        .values("persoon__gebruiker")
    )
    _lezen_stopt(Toestemming.objects.systeemtoegang(reden="deze vraag").filter(pk=toestemming.pk), accounts)
    _van_tafel(toestemming)


def lezen_stopt(deelnemer: Deelnemer) -> None:
    """Who came from outside for a pupil and has no chair any more reads nothing on the ground of that consent."""
    if not deelnemer.extern or deelnemer.agendapunt is None or deelnemer.persoon.gebruiker_id is None:
        return
    doel = vorm_van(deelnemer.bespreking).toestemming_extern
    vragen = Toestemming.objects.systeemtoegang(reden="waarvoor de ouders ja zeiden").filter(
        leerling=deelnemer.agendapunt.leerling_id, doel=doel
    )
    _lezen_stopt(vragen, [deelnemer.persoon.gebruiker_id])


def _lezen_stopt(toestemmingen: Any, accounts: Any) -> None:
    """End the grants of these accounts on the pieces that these consents name."""
    stukken = Toestemmingstuk.objects.systeemtoegang(reden="stukken van deze vraag").filter(
        toestemming__in=toestemmingen.order_by()
    )
    for recht in (
        DossierstukRecht.objects.systeemtoegang(reden="toegang stopt zonder toestemming")
        .geldig()
        .filter(user__in=accounts, content_object__in=stukken.order_by().values("stuk"))
        .select_related("school", "user", "content_object__leerling")
    ):
        recht_intrekken(recht=recht, door=None)
