"""What the services of this floor ask first: the form of a meeting, its day, and who may."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from besprekingen.models import Agendapunt, Bespreking
from besprekingen.services.schooljaren import Vergaderdagen
from leerlingen import profielen_van_school
from leerlingen.models import Groep, Leerling, Plaatsing
from leerlingen.profiel import Profiel
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.papier import Document as Papiervorm
from leerlingen.services.hulp import vereis
from leerlingen.termijn import dagnaam, datumtekst
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht


def profiel_van(bespreking: Bespreking) -> Profiel:
    """The procedure under which the meeting was planned: it finishes under it."""
    return profielen_van_school.profiel(bespreking.profielversie)


def vorm_van(bespreking: Bespreking) -> Besprekingsvorm:
    """What the procedure says of this kind of meeting, in the version it was planned under."""
    return profiel_van(bespreking).zoek_bespreking(bespreking.soort)


def papier_van(bespreking: Bespreking, code: str | None) -> Papiervorm | None:
    """The paper with this code under the same version, if the procedure has it."""
    return next((papier for papier in profiel_van(bespreking).documenten if papier.code == code), None)


def dag_van(bespreking: Bespreking) -> date:
    """The day of the meeting, where the school stands."""
    return bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone)).date()


def link_van(bespreking: Bespreking, punt: Agendapunt | None = None) -> str:
    """The address of its page; with an item, at that item."""
    adres = reverse("besprekingen:bespreking", kwargs={"bespreking_id": bespreking.pk})
    return f"{adres}?punt={punt.pk}" if punt is not None else adres


def vereis_open(bespreking: Bespreking) -> None:
    """Raise unless the meeting is still to be held."""
    if not bespreking.is_open:
        raise DomeinFout("Deze bespreking is al geweest of afgezegd.")


def vereis_punt(punt: Agendapunt, door: Gebruiker | None) -> None:
    """Raise unless this account may write what comes out about this item: whoever may write in the minutes."""
    vereis(door, Recht.WIJZIGEN, punt.stuk if punt.stuk else punt.bespreking)


def vereis_begonnen(bespreking: Bespreking) -> None:
    """Raise when the meeting has not begun, or does not go on."""
    if bespreking.status == Bespreking.Status.AFGEZEGD:
        raise DomeinFout("Deze bespreking is afgezegd.")
    if bespreking.begin > klok.nu():
        raise DomeinFout("Deze bespreking moet nog beginnen. Verzet hem als u eerder bij elkaar zat.")


def vereis_geen_vrije_dag(school: School, profiel: Profiel, activiteit: str, begin: datetime) -> None:
    """Raise on a free day or in a weekend, with the reason and the nearest day that will do.

    Nobody is asked to school then, but for what the year cycle puts there (K-167, K-168). What was held on such a day
    is a fact and may be recorded.
    """
    cyclus = {rij.code: rij for rij in profiel.jaarcyclus}
    if begin <= klok.nu() or (activiteit in cyclus and cyclus[activiteit].in_vakantie):
        return
    dag, vandaag = begin.astimezone(ZoneInfo(school.tijdzone)).date(), klok.vandaag(school)
    dagen = Vergaderdagen(school)
    reden = dagen.waarom_niet(dag)
    if not reden:
        return
    zin = f"{dagnaam(dag)} {datumtekst(dag, vandaag)} is {reden}."
    anders = dagen.dichtstbij(dag, vandaag)
    if anders is not None:
        zin += f" De dichtstbijzijnde schooldag is {dagnaam(anders)} {datumtekst(anders, vandaag)}."
    raise DomeinFout(zin[:1].upper() + zin[1:])


def kind_van(punt: Agendapunt) -> Leerling:
    """The pupil whom an item is about. DomeinFout for an item about something else."""
    if punt.leerling is None:
        raise DomeinFout("Dit punt gaat niet over een leerling.")
    return punt.leerling


def groep_van(leerling: Leerling, dag: date | None = None) -> Groep | None:
    """The home group of a pupil on a day."""
    plaatsing: Plaatsing | None = (
        Plaatsing.objects.systeemtoegang(reden="de groep van de besproken leerling")
        .filter(leerling=leerling, stamgroep=True, periode__contains=dag or klok.vandaag(leerling.school))
        .select_related("groep")
        .first()
    )
    return plaatsing.groep if plaatsing else None
