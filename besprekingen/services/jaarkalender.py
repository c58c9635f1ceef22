"""The year calendar: from the year cycle of the procedure to a proposal, and from a proposal to meetings and tasks.

Everything has a key, so planning twice gives the same calendar; what was planned keeps its moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from besprekingen import jaarplanning
from besprekingen.jaarplanning import Activiteit, Beperkingen, Botsing, Voorstel
from besprekingen.schooljaar import Jaar, Venster, gelijk_verdeeld, vensters
from besprekingen.services.bespreking import bespreking_plannen
from besprekingen.services.schooljaren import REDEN, bezette_momenten, jaar_van, mensen_van
from besprekingen.services.tafel import Tafel
from besprekingen.services.uitnodiging import uitnodigen_inplannen
from leerlingen import profielen_van_school
from leerlingen.models import Groep, Persoon, Schooljaar
from leerlingen.profiel import Profiel
from leerlingen.profiel.bespreken import Activiteit as Cyclusactiviteit
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.services import taak_maken
from zorg.kern import klok
from zorg.kern.models import Gebruiker
from zorg.logboek.services import vastleggen


@dataclass(frozen=True)
class Doel:
    """What one planned meeting is: of which kind, about which group or teacher, for which activity."""

    sleutel: str
    soort: str
    naam: str
    activiteit: str = ""
    doel: str = ""
    groep: Groep | None = None
    leerkracht: Persoon | None = None


@dataclass(frozen=True)
class Schrijfwerk:
    """An activity without a meeting: something that people have ready before a day."""

    sleutel: str
    naam: str
    uitleg: str
    voor: date
    groep: Groep | None = None
    persoon: Persoon | None = None


@dataclass(frozen=True)
class Jaarvoorstel:
    """The proposal of a year: new meetings with their moment, clashes, things to have ready, and what stood already."""

    schooljaar: Schooljaar
    voorstel: Voorstel
    doelen: dict[str, Doel]
    schrijfwerk: tuple[Schrijfwerk, ...]
    al_gepland: int

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
                    "naam": afspraak.naam,
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
                    "naam": botsing.naam,
                    "melding": botsing.zin,
                    "past_wel": [a.begin.isoformat(timespec="minutes") for a in botsing.past_wel],
                }
                for botsing in self.botsingen
            ],
        }


# -- the proposal -------------------------------------------------------------------------------------------------


def jaar_voorstellen(schooljaar: Schooljaar, *, vanaf: date | None = None) -> Jaarvoorstel:
    """Plan what the year cycle asks and is not in the calendar yet, from today (or `vanaf`) on. Writes nothing."""
    school = schooljaar.school
    profiel = profielen_van_school.huidig_profiel(school)
    jaar = jaar_van(schooljaar)
    doelen, activiteiten, schrijfwerk = _vragen(schooljaar, profiel, jaar)
    bezet_ = bezette_momenten(school, jaar)
    al = {afspraak.sleutel for afspraak in bezet_}
    mensen = mensen_van(school, vanaf or klok.vandaag(school))
    voorstel = jaarplanning.plan(
        [activiteit for activiteit in activiteiten if activiteit.sleutel not in al],
        Beperkingen(
            jaar=jaar,
            mensen=mensen,
            vanaf=max(vanaf or klok.vandaag(school) + timedelta(days=1), jaar.begin),
            bezet=bezet_,
        ),
    )
    return Jaarvoorstel(schooljaar, voorstel, doelen, tuple(schrijfwerk), len(al & doelen.keys()))


def _vragen(
    schooljaar: Schooljaar, profiel: Profiel, jaar: Jaar
) -> tuple[dict[str, Doel], list[Activiteit], list[Schrijfwerk]]:
    """Everything that the year cycle asks for, with who must be there."""
    doelen: dict[str, Doel] = {}
    activiteiten: list[Activiteit] = []
    schrijfwerk: list[Schrijfwerk] = []
    maanden = {moment.code: moment.maand for moment in profiel.begrippen.toetsmomenten}
    groepen = list(
        Groep.objects.systeemtoegang(reden=REDEN)
        .filter(schooljaar=schooljaar.pk, soort="stamgroep")  # none in a year that is not there yet
        .select_related("schooljaar")
        .order_by("jaargroep", "naam")
    )
    tafel = Tafel(schooljaar, jaar)
    for activiteit in profiel.jaarcyclus:
        if activiteit.beeindigd or activiteit.per == "leerling":
            continue
        for venster in vensters(activiteit.tijdstip, jaar, maanden):
            if activiteit.bespreking is None:
                schrijfwerk += _schrijfwerk(activiteit, venster, groepen, tafel, schooljaar)
                continue
            vorm = profiel.zoek_bespreking(activiteit.bespreking)
            for doel in _doelen(activiteit, vorm, venster, groepen, tafel, schooljaar):
                doelen[doel.sleutel] = doel
                activiteiten.append(_activiteit(doel, vorm, venster, tafel, in_vakantie=activiteit.in_vakantie))
    for vorm in profiel.bespreking:
        if vorm.over == "leerling" and vorm.per_jaar and not vorm.beeindigd:
            for venster in gelijk_verdeeld(vorm.per_jaar, jaar):
                doel = Doel(f"jaar:{schooljaar.naam}:{vorm.code}:school:{venster.nummer}", vorm.code, vorm.naam)
                doelen[doel.sleutel] = doel
                activiteiten.append(_activiteit(doel, vorm, venster, tafel, in_vakantie=False))
    return doelen, activiteiten, schrijfwerk


def _doelen(
    activiteit: Cyclusactiviteit,
    vorm: Besprekingsvorm,
    venster: Venster,
    groepen: Iterable[Groep],
    tafel: Tafel,
    schooljaar: Schooljaar,
) -> Iterable[Doel]:
    kop = f"jaar:{schooljaar.naam}:{activiteit.code}"
    basis = Doel(f"{kop}:school:{venster.nummer}", vorm.code, activiteit.naam, activiteit.code, activiteit.doel)
    if activiteit.per == "groep":
        for groep in groepen:
            sleutel = f"{kop}:groep-{groep.pk}:{venster.nummer}"
            yield replace(basis, sleutel=sleutel, naam=f"{activiteit.naam} {groep.naam}", groep=groep)
    elif activiteit.per == "leerkracht":
        for persoon in tafel.leerkrachten(groepen, venster):
            sleutel = f"{kop}:persoon-{persoon.pk}:{venster.nummer}"
            yield replace(basis, sleutel=sleutel, naam=f"{activiteit.naam} {persoon.naam}", leerkracht=persoon)
    else:
        yield basis


def _activiteit(doel: Doel, vorm: Besprekingsvorm, venster: Venster, tafel: Tafel, *, in_vakantie: bool) -> Activiteit:
    return Activiteit(
        sleutel=doel.sleutel,
        naam=doel.naam,
        venster=venster,
        minuten=vorm.duur_minuten,
        plekken=tafel.plekken(vorm, venster, doel.groep, doel.leerkracht),
        in_vakantie=in_vakantie,
    )


def _schrijfwerk(
    activiteit: Cyclusactiviteit, venster: Venster, groepen: Iterable[Groep], tafel: Tafel, schooljaar: Schooljaar
) -> Iterable[Schrijfwerk]:
    kop = f"jaar:{schooljaar.naam}:{activiteit.code}"
    if activiteit.per == "groep":
        for groep in groepen:
            sleutel = f"{kop}:groep-{groep.pk}:{venster.nummer}"
            yield Schrijfwerk(sleutel, activiteit.naam, activiteit.doel, venster.tot_en_met, groep=groep)
    else:
        for persoon in tafel.met_rollen(activiteit.deelnemers, venster.van):
            sleutel = f"{kop}:persoon-{persoon.pk}:{venster.nummer}"
            yield Schrijfwerk(sleutel, activiteit.naam, activiteit.doel, venster.tot_en_met, persoon=persoon)


# -- writing -------------------------------------------------------------------------------------------------------


@transaction.atomic
def jaar_vastleggen(*, voorstel: Jaarvoorstel, door: Gebruiker | None) -> dict[str, int]:
    """Make the meetings and tasks of a proposal; invitations follow a fortnight before each, once.

    Gives how many meetings and tasks were made or stood there already. The whole calendar or nothing.
    """
    school = voorstel.schooljaar.school
    zone = ZoneInfo(school.tijdzone)
    for afspraak in voorstel.voorstel.afspraken:
        doel = voorstel.doelen[afspraak.sleutel]
        bespreking = bespreking_plannen(
            school=school,
            soort=doel.soort,
            begin=afspraak.begin.replace(tzinfo=zone),
            sleutel=doel.sleutel,
            groep=doel.groep,
            activiteit=doel.activiteit,
            doel=doel.doel,
            voor=doel.leerkracht,
            door=None,
        )
        uitnodigen_inplannen(bespreking)
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
