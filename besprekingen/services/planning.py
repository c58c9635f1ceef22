"""Planning one group meeting through due work: the worker finds the day, makes the meeting and invites, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from besprekingen import jaarplanning
from besprekingen.jaarplanning import Activiteit, Afspraak
from besprekingen.models import Bespreking
from besprekingen.schooljaar import Venster, dagen
from besprekingen.services.bespreking import bespreking_plannen
from besprekingen.services.schooljaren import beperkingen_van, jaar_van, vergadertijden_van
from besprekingen.services.tafel import tafel_van
from besprekingen.services.uitnodiging import uitnodigen
from leerlingen import profielen_van_school
from leerlingen.models import Groep
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.services import schooljaar_zorgen
from leerlingen.services.hulp import vereis
from zorg.kern import klok, werk
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School, Werk
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

SOORT = "groepsbespreking_plannen"
CODE = "groepsbespreking"
VOORLOOP = timedelta(days=7)
"""Nobody is asked to a meeting within a week."""
ZOEKEN = timedelta(weeks=17)


def groepsbespreking_aanvragen(*, groep: Groep, door: Gebruiker | None) -> Werk:
    """Ask for the next group meeting of this group: the worker finds the day, plans and invites.

    One request at a time: as long as a group meeting is still to come, the same work is given back. DomeinFout where
    the procedure has no such meeting.
    """
    vereis(door, Recht.WIJZIGEN, groep)
    vorm_voor(groep)
    geweest = Bespreking.objects.systeemtoegang(reden="hoeveelste groepsbespreking").filter(
        groep=groep, soort=CODE, status__in=["gehouden", "afgezegd"]
    )
    sleutel = f"groepsbespreking:{groep.pk}:{geweest.count() + 1}"
    if door is not None:
        vastleggen("groepsbespreking_aangevraagd", school=groep.school, door=door, object=groep)
    return werk.inplannen(SOORT, school=groep.school, object_id=groep.pk, sleutel=sleutel)


def vorm_voor(groep: Groep) -> Besprekingsvorm:
    """The group meeting as the running procedure has it."""
    try:
        return profielen_van_school.huidig_profiel(groep.school).zoek_bespreking(CODE)
    except KeyError:
        raise DomeinFout("De procedure van de school kent geen groepsbespreking.") from None


def _uitvoeren(rij: Werk) -> None:
    """Worker: put the meeting on the first school day that suits its members, and invite them."""
    groep: Groep = (
        Groep.objects.systeemtoegang(reden="groepsbespreking plannen")
        .select_related("school", "schooljaar")
        .get(pk=rij.object_id)
    )
    komt = Bespreking.objects.systeemtoegang(reden="staat er al een groepsbespreking").filter(groep=groep, soort=CODE)
    if komt.filter(status__in=["gepland", "uitgenodigd"], begin__gte=klok.nu()).exists():
        return  # the year calendar was first
    afspraak = _afspraak_voor(groep)
    bespreking = bespreking_plannen(
        school=groep.school,
        soort=CODE,
        begin=afspraak.begin.replace(tzinfo=ZoneInfo(groep.school.tijdzone)),
        sleutel=rij.sleutel,
        groep=groep,
        wie=afspraak.mensen,
        door=None,
    )
    uitnodigen(bespreking=bespreking, door=None)


def moment_voor(groep: Groep) -> datetime:
    """When the next meeting of the group could be; local time. Raises DomeinFout when there is no such moment."""
    return _afspraak_voor(groep).begin


def _afspraak_voor(groep: Groep) -> Afspraak:
    """The first moment at least a week ahead on which the members of the group's meeting can.

    Raises DomeinFout with the reason when there is none in this and the coming months.
    """
    school = groep.school
    vorm = vorm_voor(groep)
    vanaf = klok.vandaag(school) + VOORLOOP
    schooljaar = schooljaar_zorgen(school=school, dag=vanaf, door=None)
    jaar = jaar_van(schooljaar)
    naam, venster = f"{vorm.naam} {groep.naam}", Venster(vanaf, vanaf + ZOEKEN)
    plekken = tafel_van(schooljaar, jaar, [groep]).plekken(vorm, venster, groep, None)
    voorstel = jaarplanning.plan(
        [Activiteit(naam, naam, venster, vorm.duur_minuten, plekken, dagdeel=vorm.dagdeel, snel=True)],
        beperkingen_van(school, jaar, vanaf),
    )
    if not voorstel.afspraken:
        raise DomeinFout(voorstel.botsingen[0].zin)
    return voorstel.afspraken[0]


def eerste_moment(school: School, vanaf: date, werkdagen: set[int]) -> datetime:
    """The first moment after school from a day on that is a school day and one of these weekdays (1 = Monday).

    Raises DomeinFout when there is none within four months.
    """
    jaar = jaar_van(schooljaar_zorgen(school=school, dag=vanaf, door=None))
    volgend = jaar_van(schooljaar_zorgen(school=school, dag=jaar.eind, door=None))
    uren = vergadertijden_van(school)
    for dag in dagen(vanaf, vanaf + ZOEKEN):
        blok = uren.blok(dag.isoweekday(), in_de_les=False)
        if blok and dag.isoweekday() in werkdagen and (jaar.is_schooldag(dag) or volgend.is_schooldag(dag)):
            return datetime.combine(dag, blok.van, tzinfo=ZoneInfo(school.tijdzone))
    raise DomeinFout("Er is geen schooldag gevonden om de bespreking op te plannen. Kijk de vakanties na.")


def registreer() -> None:
    """Say who does this kind of work; called when the app is ready."""
    werk.registreer(SOORT, _uitvoeren)
