"""Inviting: a task and a mail with the appointment for everyone at the table, exactly once; and calling it off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from besprekingen import ical
from besprekingen.models import Bespreking, Deelnemer
from besprekingen.services.hulp import dag_van, link_van, profiel_van, vorm_van
from besprekingen.services.leden import wie_weg_is
from besprekingen.services.ouders_vooraf import met_de_uitnodiging
from leerlingen.models import Persoon
from leerlingen.services import taak_laten_vervallen, taak_maken
from leerlingen.services.hulp import vereis
from leerlingen.termijn import dagnaam, datumtekst
from zorg.kern import klok, mail, werk
from zorg.kern.models import Gebruiker, Werk
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

SOORT = "bespreking_uitnodigen"
VOORAF = timedelta(days=14)
"""When members are invited for what was planned long ago, if the procedure has no term `uitnodigen`."""


def naam_van(bespreking: Bespreking) -> str:
    """«Groepsbespreking groep 6a»: what the meeting is called in a mail or a calendar, without a pupil."""
    return vorm_van(bespreking).naam + (f" groep {bespreking.groep.naam}" if bespreking.groep else "")


def taaksleutel(bespreking: Bespreking, persoon_id: int) -> str:
    """The key of the task «kom naar de bespreking» of one member."""
    return f"bespreking:{bespreking.pk}:{persoon_id}"


def voorzittersleutel(bespreking: Bespreking, persoon_id: int) -> str:
    """The key of the task of somebody who took over the chair."""
    return f"voorzitten:{bespreking.pk}:{persoon_id}"


def uitnodigen_inplannen(bespreking: Bespreking) -> Werk:
    """Plan the invitation for a meeting that was put in the calendar early: so many days before it, or now."""
    profiel = profiel_van(bespreking)
    vooraf = next((timedelta(days=t.aantal) for t in profiel.termijnen if t.code == "uitnodigen"), VOORAF)
    return werk.inplannen(
        SOORT,
        school=bespreking.school,
        object_id=bespreking.pk,
        sleutel=f"uitnodigen:{bespreking.pk}:{bespreking.volgnummer}",
        vanaf=max(klok.nu(), bespreking.begin - vooraf),
    )


def _uitvoeren(rij: Werk) -> None:
    """Worker: invite, unless the meeting was called off, moved (then other work waits) or held meanwhile."""
    bespreking = (
        Bespreking.objects.systeemtoegang(reden="leden uitnodigen")
        .select_related("school", "profielversie", "groep")
        .filter(pk=rij.object_id)
        .first()
    )
    if bespreking is not None and bespreking.is_open and rij.sleutel.endswith(f":{bespreking.volgnummer}"):
        uitnodigen(bespreking=bespreking, door=None)


@transaction.atomic
def uitnodigen(*, bespreking: Bespreking, door: Gebruiker | None) -> int:
    """Invite everyone who was not invited yet; gives how many. Twice changes nothing.

    Members of the team get a task, parents one with their child, everybody with an address a mail with the appointment.
    What the procedure asks beforehand of a meeting about a group or the school is on the lists of who does it.
    """
    vereis(door, Recht.WIJZIGEN, bespreking)
    wie_weg_is(bespreking)
    rijen = list(
        Deelnemer.objects.systeemtoegang(reden="leden uitnodigen")
        .select_for_update(of=("self",))
        .filter(bespreking=bespreking, uitgenodigd_op__isnull=True)
        .select_related("persoon", "agendapunt__leerling", "agendapunt__voorbereiding")
    )
    for deelnemer in rijen:
        _nodig_uit(bespreking, deelnemer)
        deelnemer.uitgenodigd_op = klok.nu()
        deelnemer.save(update_fields=["uitgenodigd_op"])
    met_de_uitnodiging(bespreking, rijen, door)
    if bespreking.status == Bespreking.Status.GEPLAND:
        bespreking.status = Bespreking.Status.UITGENODIGD
        bespreking.save(update_fields=["status"])
    from besprekingen.services.voorwerk import voorbereiding_klaarzetten

    voorbereiding_klaarzetten(bespreking)
    if rijen:
        vastleggen("bespreking_uitgenodigd", school=bespreking.school, door=door, object=bespreking, aantal=len(rijen))
    return len(rijen)


def _nodig_uit(bespreking: Bespreking, deelnemer: Deelnemer) -> None:
    persoon, moment = deelnemer.persoon, wanneer(bespreking)
    ouder = deelnemer.rol == "ouder"
    kind = deelnemer.agendapunt.leerling if ouder and deelnemer.agendapunt else None
    link = f"/ouders/{kind.pk}/" if kind is not None else link_van(bespreking, deelnemer.agendapunt)
    if (not ouder and persoon.gebruiker_id is not None) or kind is not None:
        _taak(
            bespreking,
            taaksleutel(bespreking, persoon.pk),
            soort="bespreking" if persoon.pk in (bespreking.voorzitter_id, bespreking.notulist_id) else "uitnodiging",
            titel="Uitnodiging voor een gesprek op school" if ouder else naam_van(bespreking),
            uitleg=f"{moment}. De school bespreekt dan hoe het gaat en wat helpt." if ouder else f"{moment}.",
            leerling=kind,
            persoon=persoon,
            link=link,
        )
    if persoon.email:
        naam = "Een gesprek op school" if ouder else naam_van(bespreking)
        mail.klaarzetten(
            school=bespreking.school,
            aan=persoon.email,
            onderwerp=f"{naam}: {wanneer(bespreking, kort=True)}",
            tekst=f"Beste {persoon.naam},\n\n{bespreking.school.naam} nodigt u uit: {naam}.\n"
            f"Wanneer: {moment}.\n"
            + (f"Waar: {bespreking.plaats}.\n" if bespreking.plaats else "")
            + f"\nMeer leest u in Zorgpad: {settings.ADRES}{link}\n",
            agenda=ical.uitnodiging(_afspraak(bespreking, naam, link), aan=persoon.email, van=afzender()),
            sleutel=f"uitnodiging:{bespreking.pk}:{bespreking.volgnummer}:{deelnemer.pk}",
        )


def _taak(bespreking: Bespreking, sleutel: str, **velden: Any) -> None:
    """A task until the day of the meeting; open again for who was taken from the table and came back."""
    voor = dag_van(bespreking)
    taak = taak_maken(school=bespreking.school, sleutel=sleutel, voor=voor, door=None, **velden)
    if taak.vervallen_op is not None:
        taak.vervallen_op, taak.voor = None, voor
        taak.save(update_fields=["vervallen_op", "voor"])


def voorzitter_vertellen(bespreking: Bespreking, vorige: Persoon | None, door: Gebruiker | None) -> None:
    """The chair passed to somebody else: the new one gets a task and a mail, the one before a mail.

    Who did it themselves needs no mail about it.
    """
    nieuw = bespreking.voorzitter
    if vorige is not None:
        taak_laten_vervallen(school=bespreking.school, sleutel=voorzittersleutel(bespreking, vorige.pk), door=door)
        zin = f"{nieuw.naam} zit deze bespreking voor" if nieuw else "U zit deze bespreking niet meer voor"
        _voorzittermail(bespreking, vorige, f"{zin}: {naam_van(bespreking)}, {wanneer(bespreking)}.", door)
    if nieuw is not None:
        zin = f"{naam_van(bespreking)}, {wanneer(bespreking)}."
        _taak(
            bespreking,
            voorzittersleutel(bespreking, nieuw.pk),
            soort="bespreking",
            titel="U zit een bespreking voor",
            uitleg=zin,
            persoon=nieuw,
            link=link_van(bespreking),
        )
        _voorzittermail(bespreking, nieuw, f"U zit deze bespreking voor: {zin}", door)


def _voorzittermail(bespreking: Bespreking, persoon: Persoon, zin: str, door: Gebruiker | None) -> None:
    if not persoon.email or (door is not None and persoon.gebruiker_id == door.pk):
        return
    mail.klaarzetten(
        school=bespreking.school,
        aan=persoon.email,
        onderwerp=f"Voorzitter van: {naam_van(bespreking)}",
        tekst=f"Beste {persoon.naam},\n\n{zin}\n\nMeer leest u in Zorgpad: {settings.ADRES}{link_van(bespreking)}\n",
        sleutel=f"voorzitter:{bespreking.pk}:{persoon.pk}:{klok.nu().isoformat()}",
    )


def afmelden(bespreking: Bespreking, deelnemers: Iterable[Deelnemer]) -> None:
    """Tell who was invited that it does not go on (for them), in a mail that takes it from their calendar."""
    for deelnemer in deelnemers:
        persoon = deelnemer.persoon
        if deelnemer.uitgenodigd_op is None or not persoon.email:
            continue
        naam = "Een gesprek op school" if deelnemer.rol == "ouder" else naam_van(bespreking)
        mail.klaarzetten(
            school=bespreking.school,
            aan=persoon.email,
            onderwerp=f"Gaat niet door: {naam}, {wanneer(bespreking, kort=True)}",
            tekst=f"Beste {persoon.naam},\n\nDit gaat niet door: {naam}, {wanneer(bespreking)}.\n"
            f"{bespreking.school.naam} laat het u weten als er een nieuwe afspraak komt.\n",
            agenda=ical.uitnodiging(
                replace(_afspraak(bespreking, naam, ""), afgezegd=True), aan=persoon.email, van=afzender()
            ),
            sleutel=f"afgemeld:{bespreking.pk}:{bespreking.volgnummer}:{deelnemer.pk}",
        )


def _afspraak(bespreking: Bespreking, naam: str, link: str) -> ical.Afspraak:
    return ical.Afspraak(
        uid=f"bespreking-{bespreking.pk}@zorgpad",
        naam=naam,
        begin=bespreking.begin,
        eind=bespreking.eind,
        gemaakt=klok.nu(),
        nummer=bespreking.volgnummer,
        plaats=bespreking.plaats,
        link=f"{settings.ADRES}{link}" if link else "",
        afgezegd=bespreking.status == Bespreking.Status.AFGEZEGD,
    )


def afzender() -> str:
    """The bare address from which mail is sent."""
    from email.utils import parseaddr

    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def wanneer(bespreking: Bespreking, *, kort: bool = False) -> str:
    """«dinsdag 9 februari van 15.15 tot 16.15», or only the day and when it begins."""
    zone = ZoneInfo(bespreking.school.tijdzone)
    begin, eind = bespreking.begin.astimezone(zone), bespreking.eind.astimezone(zone)
    dag = f"{dagnaam(begin.date())} {datumtekst(begin.date(), klok.vandaag(bespreking.school))}"
    return f"{dag} om {begin:%H.%M}" if kort else f"{dag} van {begin:%H.%M} tot {eind:%H.%M}"


def taken_laten_vervallen(bespreking: Bespreking, personen: Iterable[int]) -> None:
    """The tasks of these members are over."""
    for persoon_id in personen:
        for sleutel in (taaksleutel(bespreking, persoon_id), voorzittersleutel(bespreking, persoon_id)):
            taak_laten_vervallen(school=bespreking.school, sleutel=sleutel, door=None)


def registreer() -> None:
    """Say who does this kind of work; called when the app is ready."""
    werk.registreer(SOORT, _uitvoeren)
