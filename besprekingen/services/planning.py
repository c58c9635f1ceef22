"""Planning one group meeting through due work, and inviting its members once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from besprekingen.models import Bespreking, Deelnemer
from besprekingen.services.bespreking import bespreking_plannen, taaksleutel, vorm_van
from leerlingen.models import Aanstelling, Groep, Vrij
from leerlingen.services import taak_maken
from leerlingen.services.hulp import vereis
from zorg.kern import klok, mail, werk
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School, Werk
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

SOORT_PLANNEN = "groepsbespreking_plannen"
BEGINTIJD = time(15, 15)
VOORLOOP = timedelta(days=7)
ZOEKEN_TOT = 120


def groepsbespreking_aanvragen(*, groep: Groep, door: Gebruiker | None) -> Werk:
    """Ask for the next group meeting of this group: the worker finds the day, plans and invites.

    One request at a time: as long as a group meeting is still to come, the same work is given back.
    """
    vereis(door, Recht.WIJZIGEN, groep)
    gehouden = Bespreking.objects.systeemtoegang(reden="hoeveelste groepsbespreking").filter(
        groep=groep, soort="groepsbespreking", status__in=["gehouden", "afgezegd"]
    )
    sleutel = f"groepsbespreking:{groep.pk}:{gehouden.count() + 1}"
    if door is not None:
        vastleggen("groepsbespreking_aangevraagd", school=groep.school, door=door, object=groep)
    return werk.inplannen(SOORT_PLANNEN, school=groep.school, object_id=groep.pk, sleutel=sleutel)


def _plannen(rij: Werk) -> None:
    """Worker: put the meeting on the first day that suits, and invite."""
    groep = (
        Groep.objects.systeemtoegang(reden="groepsbespreking plannen").select_related("school").get(pk=rij.object_id)
    )
    begin = eerste_moment(groep.school, klok.vandaag(groep.school) + VOORLOOP, _werkdagen(groep.school))
    bespreking = bespreking_plannen(
        school=groep.school, soort="groepsbespreking", begin=begin, sleutel=rij.sleutel, groep=groep, door=None
    )
    uitnodigen(bespreking=bespreking, door=None)


def _werkdagen(school: School) -> set[int]:
    """Weekdays (1 = Monday) on which the ib'er works; a week of five days when nobody wrote it down."""
    dagen: set[int] = set()
    for aanstelling in Aanstelling.objects.systeemtoegang(reden="werkdagen van de ib'er").filter(
        school=school, rol="ib", periode__contains=klok.vandaag(school)
    ):
        dagen |= set(aanstelling.werkdagen) or {1, 2, 3, 4, 5}
    return (dagen or {1, 2, 3, 4, 5}) & {1, 2, 3, 4, 5}


def eerste_moment(school: School, vanaf: date, werkdagen: set[int]) -> datetime:
    """The first quarter past three on a school day: no weekend, no public holiday, no holiday of the school.

    Raises DomeinFout when there is no such day within four months.
    """
    vrij = [
        rij.periode
        for rij in Vrij.objects.systeemtoegang(reden="schooldagen").filter(
            school=school, periode__overlap=_reeks(vanaf, vanaf + timedelta(days=ZOEKEN_TOT))
        )
    ]
    feest = feestdagen(school.land, vanaf.year) | feestdagen(school.land, vanaf.year + 1)
    for verder in range(ZOEKEN_TOT):
        dag = vanaf + timedelta(days=verder)
        in_vrij = any(periode.lower <= dag < periode.upper for periode in vrij)
        if dag.isoweekday() in werkdagen and dag not in feest and not in_vrij:
            return datetime.combine(dag, BEGINTIJD, tzinfo=ZoneInfo(school.tijdzone))
    raise DomeinFout("Er is geen schooldag gevonden om de bespreking op te plannen. Kijk de vakanties na.")


def _reeks(van: date, tot: date) -> object:
    from django.db.backends.postgresql.psycopg_any import DateRange

    return DateRange(van, tot, "[)")


def feestdagen(land: str, jaar: int) -> set[date]:
    """The public holidays of a country in a year."""
    import holidays

    return set(holidays.country_holidays(land, years=jaar))


@transaction.atomic
def uitnodigen(*, bespreking: Bespreking, door: Gebruiker | None) -> None:
    """Give every member a task and a mail with the appointment, once; nobody from outside without consent."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vorm = vorm_van(bespreking)
    dag = bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone))
    link = reverse("besprekingen:bespreking", kwargs={"bespreking_id": bespreking.pk})
    for deelnemer in (
        Deelnemer.objects.systeemtoegang(reden="leden uitnodigen")
        .filter(bespreking=bespreking, extern=False, uitgenodigd_op__isnull=True)
        .select_related("persoon")
    ):
        persoon = deelnemer.persoon
        taak_maken(
            school=bespreking.school,
            soort="bespreking",
            sleutel=taaksleutel(bespreking, persoon.pk),
            titel=vorm.naam + (f" groep {bespreking.groep.naam}" if bespreking.groep else ""),
            uitleg=f"Op {dag:%d-%m} om {dag:%H.%M}, {vorm.duur_minuten} minuten.",
            persoon=persoon,
            link=link,
            voor=dag.date(),
            door=None,
        )
        if persoon.email:
            mail.klaarzetten(
                school=bespreking.school,
                aan=persoon.email,
                onderwerp=f"{vorm.naam} op {dag:%d-%m-%Y} om {dag:%H.%M}",
                tekst=f"Beste {persoon.naam},\n\nU bent uitgenodigd voor: {vorm.naam}.\n"
                f"Wanneer: {dag:%d-%m-%Y} om {dag:%H.%M}, {vorm.duur_minuten} minuten.\n\n"
                f"De agenda staat in Zorgpad: {settings.ADRES}{link}\n",
                agenda=ical(bespreking, vorm.naam, persoon.email),
                sleutel=f"uitnodiging:{bespreking.pk}:{bespreking.volgnummer}:{persoon.pk}",
            )
        deelnemer.uitgenodigd_op = klok.nu()
        deelnemer.save(update_fields=["uitgenodigd_op"])
    if bespreking.status == Bespreking.Status.GEPLAND:
        bespreking.status = Bespreking.Status.UITGENODIGD
        bespreking.save(update_fields=["status"])
    vastleggen("bespreking_uitgenodigd", school=bespreking.school, door=door, object=bespreking)


def ical(bespreking: Bespreking, naam: str, aan: str) -> str:
    """The appointment as iCalendar (RFC 5545), without a pupil's name."""

    def moment(tijd: datetime) -> str:
        return tijd.astimezone(ZoneInfo("UTC")).strftime("%Y%m%dT%H%M%SZ")

    regels = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zorgpad//NL",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:bespreking-{bespreking.pk}@zorgpad",
        f"SEQUENCE:{bespreking.volgnummer}",
        f"DTSTAMP:{moment(klok.nu())}",
        f"DTSTART:{moment(bespreking.begin)}",
        f"DTEND:{moment(bespreking.eind)}",
        f"SUMMARY:{_ical_tekst(naam)}",
        *([f"LOCATION:{_ical_tekst(bespreking.plaats)}"] if bespreking.plaats else []),
        f"ATTENDEE;RSVP=FALSE:mailto:{aan}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(regels) + "\r\n"


def _ical_tekst(tekst: str) -> str:
    return tekst.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def registreer() -> None:
    """Say who does this kind of work; called when the app is ready."""
    werk.registreer(SOORT_PLANNEN, _plannen)
