"""The year calendar: from the year cycle of the procedure to a proposal, and from a proposal to meetings and tasks.

Everything has a key, so planning twice gives the same calendar; what was planned keeps its moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from besprekingen import jaarplanning
from besprekingen.jaarplanning import Afspraak, Beperkingen, Botsing, Voorstel
from besprekingen.schooljaar import Jaar
from besprekingen.services.bespreking import bespreking_plannen
from besprekingen.services.jaarvragen import Doel, Schrijfwerk, Vragen, Vragenmaker
from besprekingen.services.keuze import gekozen_leerlingen
from besprekingen.services.schooljaren import REDEN, beperkingen_van, jaar_van
from besprekingen.services.tafel import Tafel, tafel_van
from besprekingen.services.uitnodiging import uitnodigen_inplannen
from leerlingen import profielen_van_school
from leerlingen.models import Groep, Schooljaar, Taak
from leerlingen.profiel import Profiel
from leerlingen.profiel.schema import Cyclus
from leerlingen.services import taak_maken
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.logboek.services import vastleggen


def tafel_voor(schooljaar: Schooljaar, jaar: Jaar) -> Tafel:
    """The groups and people of this year."""
    groepen = (
        Groep.objects.systeemtoegang(reden=REDEN)
        .filter(schooljaar=schooljaar.pk, soort="stamgroep")  # none in a year that is not there yet
        .select_related("schooljaar", "school")
        .order_by("volgorde", "naam")
    )
    return tafel_van(schooljaar, jaar, list(groepen))


def vragen_van(schooljaar: Schooljaar, jaar: Jaar, tafel: Tafel, profiel: Profiel) -> Vragen:
    """What this procedure asks of them."""
    kies = partial(gekozen_leerlingen, profiel, tafel.groepen)
    return Vragenmaker(schooljaar.naam, profiel, jaar, tafel, kies).alles()


@dataclass(frozen=True)
class Jaarvoorstel:
    """The proposal of a year: new meetings with their moment, clashes, things to have ready, and what stood already."""

    schooljaar: Schooljaar
    voorstel: Voorstel
    doelen: dict[str, Doel]
    schrijfwerk: tuple[Schrijfwerk, ...]
    al_gepland: int
    niet_gepland: tuple[str, ...] = ()
    grenzen: Beperkingen | None = None
    """What it was planned within."""
    cyclus: Cyclus | None = None
    """The steps that a teacher goes through with the group so often a year (K-152, M-13, A-06)."""

    @property
    def namen(self) -> dict[int, str]:
        """Of everybody who can be planned."""
        return {mens.sleutel: mens.naam for mens in self.grenzen.mensen.values()} if self.grenzen else {}

    @property
    def botsingen(self) -> tuple[Botsing, ...]:
        return self.voorstel.botsingen

    def als_dict(self) -> dict[str, Any]:
        """For `--json` and for screens; no names of pupils in it."""
        return {
            "schooljaar": self.schooljaar.naam,
            "al_gepland": self.al_gepland,
            "voorstel": [
                {
                    "sleutel": afspraak.sleutel,
                    "soort": self.doelen[afspraak.sleutel].soort,
                    "naam": self._naam(afspraak.sleutel),
                    "begin": afspraak.begin.isoformat(timespec="minutes"),
                    "eind": afspraak.eind.isoformat(timespec="minutes"),
                    "mensen": len(afspraak.mensen),
                }
                for afspraak in self.voorstel.afspraken
            ],
            "taken": [{"sleutel": t.sleutel, "naam": t.naam, "voor": t.voor.isoformat()} for t in self.schrijfwerk],
            "botsingen": [
                {
                    "sleutel": botsing.sleutel,
                    "naam": self._naam(botsing.sleutel),
                    "melding": botsing.zin.replace(botsing.naam, self._naam(botsing.sleutel)),
                    "past_wel": [a.begin.isoformat(timespec="minutes") for a in botsing.past_wel],
                }
                for botsing in self.botsingen
            ],
            "niet_gepland": list(self.niet_gepland),
        }

    def _naam(self, sleutel: str) -> str:
        """What it is called where no name of a pupil may stand."""
        doel = self.doelen[sleutel]
        return doel.naam.replace(doel.leerling.naam, f"leerling {doel.leerling.pk}") if doel.leerling else doel.naam


# -- the proposal -------------------------------------------------------------------------------------------------


def jaar_voorstellen(schooljaar: Schooljaar, *, vanaf: date | None = None) -> Jaarvoorstel:
    """Plan what the year cycle asks and is not in the calendar yet, from today (or `vanaf`) on. Writes nothing."""
    school = schooljaar.school
    jaar = jaar_van(schooljaar)
    tafel = tafel_voor(schooljaar, jaar)
    profiel = profielen_van_school.huidig_profiel(school)
    vragen = vragen_van(schooljaar, jaar, tafel, profiel)
    begin = max(vanaf or klok.vandaag(school) + timedelta(days=1), jaar.begin)
    grenzen = beperkingen_van(school, jaar, begin, aanstellingen=tafel.aanstellingen)
    al = {afspraak.sleutel for afspraak in grenzen.bezet}
    voorstel = jaarplanning.plan([a for a in vragen.activiteiten if a.sleutel not in al], grenzen)
    return Jaarvoorstel(
        schooljaar,
        voorstel,
        vragen.doelen,
        tuple(vragen.schrijfwerk),
        len(al & vragen.doelen.keys()),
        tuple(vragen.niet_gepland),
        grenzen,
        profiel.cyclus,
    )


# -- writing -------------------------------------------------------------------------------------------------------


def afspraak_plannen(school: School, doel: Doel, afspraak: Afspraak, *, door: Gebruiker | None) -> None:
    """Put one proposed meeting in the calendar, with who the planner seated; the invitation waits for its time."""
    bespreking = bespreking_plannen(
        school=school,
        soort=doel.soort,
        begin=afspraak.begin.replace(tzinfo=ZoneInfo(school.tijdzone)),
        sleutel=doel.sleutel,
        groep=doel.groep if doel.leerling is None else None,
        leerling=doel.leerling,
        activiteit=doel.activiteit,
        doel=doel.doel,
        voor=doel.leerkracht,
        wie=afspraak.mensen,
        door=door,
    )
    uitnodigen_inplannen(bespreking)


@transaction.atomic
def moment_nemen(*, voorstel: Jaarvoorstel, sleutel: str, moment: str, door: Gebruiker) -> None:
    """Take a moment that was offered for a clash. DomeinFout when it is not offered any more."""
    botsing = next((b for b in voorstel.botsingen if b.sleutel == sleutel), None)
    gekozen = next((a for a in botsing.past_wel if a.begin.isoformat() == moment), None) if botsing else None
    doel = voorstel.doelen.get(sleutel)
    if gekozen is None or doel is None:
        raise DomeinFout("Dit moment is niet meer vrij. Kijk het voorstel opnieuw na.")
    afspraak_plannen(voorstel.schooljaar.school, doel, gekozen, door=door)


def staat_vast(voorstel: Jaarvoorstel) -> bool:
    """Whether nothing of the proposal is new: its meetings are planned, and what is still to write is on the lists."""
    if voorstel.voorstel.afspraken:
        return False
    school = voorstel.schooljaar.school
    sleutels = {taak.sleutel for taak in voorstel.schrijfwerk if taak.voor >= klok.vandaag(school)}
    gemaakt = Taak.objects.systeemtoegang(reden=REDEN).filter(school=school, sleutel__in=sleutels)
    return sleutels <= set(gemaakt.values_list("sleutel", flat=True))


@transaction.atomic
def jaar_vastleggen(*, voorstel: Jaarvoorstel, door: Gebruiker | None) -> dict[str, int]:
    """Make the meetings and tasks of a proposal; invitations follow a fortnight before each, once.

    Gives how many meetings and tasks were made or stood there already. The whole calendar or nothing.
    """
    school = voorstel.schooljaar.school
    for afspraak in voorstel.voorstel.afspraken:
        afspraak_plannen(school, voorstel.doelen[afspraak.sleutel], afspraak, door=None)
    gemaakt = 0
    for taak in voorstel.schrijfwerk:
        if taak.voor >= klok.vandaag(school):
            taak_maken(
                school=school,
                soort="jaarcyclus",
                sleutel=taak.sleutel,
                titel=taak.naam + (f" {taak.groep.naam}" if taak.groep else ""),
                uitleg=taak.uitleg[:500],
                groep=taak.groep,
                persoon=taak.persoon,
                rol=taak.rol,
                link=taak.link,
                voor=taak.voor,
                door=None,
            )
            gemaakt += 1
    uitkomst = {"besprekingen": len(voorstel.voorstel.afspraken), "taken": gemaakt}
    vastleggen(
        "jaarkalender_gepland",
        school=school,
        door=door,
        object=voorstel.schooljaar,
        besprekingen=uitkomst["besprekingen"],
        taken=gemaakt,
    )
    return uitkomst
