"""Planning one group meeting through due work: the worker finds the day, makes the meeting and invites, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from besprekingen import jaarplanning
from besprekingen.jaarplanning import Activiteit, Beperkingen, Plek
from besprekingen.models import Bespreking
from besprekingen.schooljaar import Venster, dagen
from besprekingen.services.bespreking import bespreking_plannen
from besprekingen.services.leden import bezet
from besprekingen.services.schooljaren import bezette_momenten, jaar_van, mensen_van
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
    bespreking = bespreking_plannen(
        school=groep.school,
        soort=CODE,
        begin=moment_voor(groep).replace(tzinfo=ZoneInfo(groep.school.tijdzone)),
        sleutel=rij.sleutel,
        groep=groep,
        door=None,
    )
    uitnodigen(bespreking=bespreking, door=None)


def moment_voor(groep: Groep) -> datetime:
    """The first moment after school, at least a week ahead, on which the members of the group's meeting can.

    Local time. Raises DomeinFout with the reason when there is none in this and the coming months.
    """
    school = groep.school
    vorm = vorm_voor(groep)
    vanaf = klok.vandaag(school) + VOORLOOP
    jaar = jaar_van(schooljaar_zorgen(school=school, dag=vanaf, door=None))
    zetels = bezet(vorm, school, groep=groep, leerling=None, dag=vanaf)
    per_zetel: dict[str, list[int]] = {}
    for zetel in zetels:
        per_zetel.setdefault(zetel.code, []).append(zetel.persoon.pk)
    plekken = tuple(Plek(tuple(mensen), een_volstaat=True) for mensen in per_zetel.values())
    naam = f"{vorm.naam} {groep.naam}"
    voorstel = jaarplanning.plan(
        [Activiteit(naam, naam, Venster(vanaf, vanaf + ZOEKEN), vorm.duur_minuten, plekken)],
        Beperkingen(jaar=jaar, mensen=mensen_van(school, vanaf), vanaf=vanaf, bezet=bezette_momenten(school, jaar)),
    )
    if not voorstel.afspraken:
        raise DomeinFout(voorstel.botsingen[0].zin)
    return voorstel.afspraken[0].begin


def eerste_moment(school: School, vanaf: date, werkdagen: set[int]) -> datetime:
    """The first moment after school from a day on that is a school day and one of these weekdays (1 = Monday).

    Raises DomeinFout when there is none within four months.
    """
    jaar = jaar_van(schooljaar_zorgen(school=school, dag=vanaf, door=None))
    volgend = jaar_van(schooljaar_zorgen(school=school, dag=jaar.eind, door=None))
    for dag in dagen(vanaf, vanaf + ZOEKEN):
        if dag.isoweekday() in werkdagen and (jaar.is_schooldag(dag) or volgend.is_schooldag(dag)):
            return datetime.combine(dag, jaarplanning.BEGINTIJDEN[0], tzinfo=ZoneInfo(school.tijdzone))
    raise DomeinFout("Er is geen schooldag gevonden om de bespreking op te plannen. Kijk de vakanties na.")


def registreer() -> None:
    """Say who does this kind of work; called when the app is ready."""
    werk.registreer(SOORT, _uitvoeren)
