"""Pupils, groups, placements, assignments and parents, always dated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from leerlingen import profielen_van_school
from leerlingen.models import (
    Groep,
    Groepssoort,
    Leerling,
    Leerlingtoewijzing,
    Ouderschap,
    Persoon,
    Plaatsing,
    Rol,
    Schooljaar,
    Toewijzing,
)
from leerlingen.models.personen import Gezag
from leerlingen.namen import sorteersleutel, volledige_naam, zoeksleutel
from leerlingen.services.hulp import niet_later, periode_vanaf, vereis, verruimd
from leerlingen.services.inrichten import koppeling_bijwerken
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import datum, een_regel
from zorg.logboek.services import vastleggen


def namen_bijwerken(leerling: Leerling) -> None:
    """Fill the columns by which pupils are sorted and found."""
    leerling.sorteernaam = sorteersleutel(leerling.roepnaam, leerling.voorvoegsel, leerling.achternaam)
    leerling.zoeknaam = zoeksleutel(
        volledige_naam(leerling.roepnaam, leerling.voorvoegsel, leerling.achternaam, leerling.voorletters)
    )


def nieuwe_leerling(school: School, vanaf: date, tot: date | None, velden: Mapping[str, Any]) -> Leerling:
    """The pupil who enrols, not saved yet."""
    schoon = {naam: een_regel(waarde) if isinstance(waarde, str) else waarde for naam, waarde in velden.items()}
    leerling = Leerling(school=school, ingeschreven=periode_vanaf(vanaf, tot), **schoon)
    namen_bijwerken(leerling)
    return leerling


@transaction.atomic
def inschrijven(
    *, school: School, vanaf: date, tot: date | None = None, door: Gebruiker | None, **velden: Any
) -> Leerling:
    """Enrol a pupil from a day. `velden` are the name, birth date and keys of Leerling."""
    leerling = nieuwe_leerling(school, vanaf, tot, velden)
    leerling.full_clean(validate_constraints=False)
    leerling.save()
    vastleggen("leerling_ingeschreven", school=school, door=door, leerling=leerling, vanaf=str(vanaf))
    return leerling


@transaction.atomic
def gegevens_wijzigen(*, leerling: Leerling, velden: Mapping[str, Any], door: Gebruiker) -> Leerling:
    """Correct who a pupil is. The history keeps what stood there.

    Only for who was enrolled by hand: what a file of the administration says, the next file would put back. Raises
    DomeinFout.
    """
    vereis(door, Recht.BEHEREN, leerling)
    vast: Leerling = (
        Leerling.objects.systeemtoegang(reden="gegevens verbeteren").select_for_update().get(pk=leerling.pk)
    )
    if vast.sleutel:
        raise DomeinFout(
            "Deze leerling komt uit de leerlingadministratie. Wijzig de gegevens daar en lees het bestand opnieuw in."
        )
    for naam, waarde in velden.items():
        setattr(vast, naam, een_regel(waarde) if isinstance(waarde, str) else waarde)
    namen_bijwerken(vast)
    vast.full_clean(validate_constraints=False)
    vast.save()
    vastleggen(
        "leerling_gewijzigd", school=vast.school_id, door=door, leerling=vast, object=vast, velden=sorted(velden)
    )
    return vast


@transaction.atomic
def groep_zorgen(
    *,
    school: School,
    schooljaar: Schooljaar,
    naam: str,
    soort: str = Groepssoort.STAMGROEP,
    sleutel: str | None = None,
    jaargroep: str = "",
    door: Gebruiker | None,
) -> Groep:
    """The group of this name in this year; made when it is not there yet."""
    groep, nieuw = Groep.objects.systeemtoegang(reden="groep opzoeken of maken").get_or_create(
        school=school,
        schooljaar=schooljaar,
        naam=naam,
        soort=soort,
        defaults={"sleutel": sleutel, "jaargroep": jaargroep},
    )
    if nieuw:
        vastleggen("groep_gemaakt", school=school, door=door, object=groep)
    resultaat: Groep = groep
    return resultaat


def beeindig_plaatsingen(leerling: Leerling, per: date, *, alleen_stamgroep: bool) -> None:
    """End running placements on this day and drop those that would only start later."""
    rijen = Plaatsing.objects.systeemtoegang(reden="plaatsing beëindigen").filter(leerling=leerling)
    if alleen_stamgroep:
        rijen = rijen.filter(stamgroep=True)
    dagen = profielen_van_school.overdracht_dagen(leerling.school)
    for plaatsing in rijen:
        if plaatsing.periode.upper is not None and plaatsing.periode.upper <= per:
            continue
        if plaatsing.periode.lower >= per:
            plaatsing.delete()
            continue
        plaatsing.periode = periode_vanaf(plaatsing.periode.lower, per)
        plaatsing.inzage = verruimd(plaatsing.periode, dagen)
        plaatsing.save(update_fields=["periode", "inzage"])


def nieuwe_plaatsing(leerling: Leerling, groep: Groep, vanaf: date, tot: date | None, jaargroep: str) -> Plaatsing:
    """The placement, within the year of the group and the enrolment, not saved yet.

    Raises DomeinFout for a day after that year, and for a pupil who is not enrolled then: a place in a group opens
    the dossier to its teachers.
    """
    jaar, school = groep.schooljaar.periode, leerling.ingeschreven
    vanaf = max(vanaf, jaar.lower)
    if vanaf >= jaar.upper:
        raise DomeinFout(f"Groep {groep.naam} is van schooljaar {groep.schooljaar}; kies een datum in dat jaar.")
    if school.lower is not None and vanaf < school.lower:
        raise DomeinFout(f"De leerling is ingeschreven vanaf {datum(school.lower)}; kies die dag of een latere.")
    if school.upper is not None and vanaf >= school.upper:
        laatste = datum(school.upper - timedelta(days=1))
        raise DomeinFout(f"De leerling is uitgeschreven, met {laatste} als laatste dag. Draai dat eerst terug.")
    tot = min(dag for dag in (tot, jaar.upper, school.upper) if dag is not None)
    periode = periode_vanaf(vanaf, tot)
    return Plaatsing(
        school=leerling.school,
        leerling=leerling,
        groep=groep,
        stamgroep=groep.soort == Groepssoort.STAMGROEP,
        jaargroep=jaargroep or groep.jaargroep,
        periode=periode,
        inzage=verruimd(periode, profielen_van_school.overdracht_dagen(leerling.school)),
    )


@transaction.atomic
def plaatsen(
    *,
    leerling: Leerling,
    groep: Groep,
    vanaf: date,
    tot: date | None = None,
    jaargroep: str = "",
    door: Gebruiker | None,
) -> Plaatsing:
    """Put a pupil in a group from a day. A home group replaces the one before it; composite groups add up."""
    plaatsing = nieuwe_plaatsing(leerling, groep, vanaf, tot, jaargroep)
    if plaatsing.stamgroep:
        beeindig_plaatsingen(leerling, plaatsing.periode.lower, alleen_stamgroep=True)
    try:
        with transaction.atomic():
            plaatsing.save()
    except IntegrityError:
        raise DomeinFout(f"De leerling zit in deze periode al in groep {groep.naam}.") from None
    vastleggen(
        "geplaatst",
        school=leerling.school_id,
        door=door,
        leerling=leerling,
        object=groep,
        vanaf=str(plaatsing.periode.lower),
    )
    return plaatsing


@transaction.atomic
def toewijzen(
    *,
    persoon: Persoon,
    groep: Groep,
    rol: str = Rol.LEERKRACHT,
    vanaf: date | None = None,
    tot: date | None = None,
    door: Gebruiker | None,
) -> Toewijzing:
    """Assign somebody to a group. A teacher also looks in during the handover window; a substitute does not."""
    jaar = groep.schooljaar.periode
    vanaf = max(vanaf or jaar.lower, jaar.lower)
    tot = min(tot or jaar.upper, jaar.upper)
    periode = periode_vanaf(vanaf, tot)
    dagen = profielen_van_school.overdracht_dagen(groep.school) if rol == Rol.LEERKRACHT else 0
    toewijzing = Toewijzing(
        school=groep.school,
        persoon=persoon,
        groep=groep,
        rol=rol,
        periode=periode,
        inzage=verruimd(periode, dagen),
    )
    try:
        with transaction.atomic():
            toewijzing.save()
    except IntegrityError:
        raise DomeinFout(f"{persoon.naam} is in deze periode al aan groep {groep.naam} toegewezen.") from None
    if persoon.gebruiker_id:
        koppeling_bijwerken(gebruiker=persoon.gebruiker, school=groep.school, door=door)  # type: ignore[arg-type]
    vastleggen("toegewezen", school=groep.school_id, door=door, object=toewijzing, rol=rol, groep=groep.pk)
    return toewijzing


@transaction.atomic
def toewijzing_beeindigen(
    *, toewijzing: Toewijzing, per: date, overdracht: bool = True, door: Gebruiker | None
) -> None:
    """End an assignment on a day; without `overdracht` the look-in ends the same day."""
    if toewijzing.periode.lower >= per:
        toewijzing.delete()
    else:
        toewijzing.periode = periode_vanaf(toewijzing.periode.lower, niet_later(toewijzing.periode, per))
        dagen = profielen_van_school.overdracht_dagen(toewijzing.school) if toewijzing.rol == Rol.LEERKRACHT else 0
        eind = verruimd(toewijzing.periode, dagen if overdracht else 0).upper
        toewijzing.inzage = DateRange(toewijzing.inzage.lower, eind, "[)")
        toewijzing.save(update_fields=["periode", "inzage"])
    if toewijzing.persoon.gebruiker_id:
        koppeling_bijwerken(gebruiker=toewijzing.persoon.gebruiker, school=toewijzing.school, door=door)  # type: ignore[arg-type]
    vastleggen("toewijzing_beeindigd", school=toewijzing.school_id, door=door, object=toewijzing, per=str(per))


@transaction.atomic
def leerling_toewijzen(
    *, persoon: Persoon, leerling: Leerling, rol: str, vanaf: date, tot: date | None = None, door: Gebruiker | None
) -> Leerlingtoewijzing:
    """Let an rt'er or assistant work with one pupil for a period, by who manages the pupil (ontwerp §4.1)."""
    vereis(door, Recht.BEHEREN, leerling)
    if rol not in (Rol.RT, Rol.ASSISTENT):
        raise DomeinFout("Met één leerling werkt een remedial teacher of een onderwijsassistent.")
    toewijzing = Leerlingtoewijzing(
        school=leerling.school, persoon=persoon, leerling=leerling, rol=rol, periode=periode_vanaf(vanaf, tot)
    )
    try:
        with transaction.atomic():
            toewijzing.save()
    except IntegrityError:
        raise DomeinFout(f"{persoon.naam} werkt in deze periode al met deze leerling.") from None
    if persoon.gebruiker_id:
        koppeling_bijwerken(gebruiker=persoon.gebruiker, school=leerling.school, door=door)  # type: ignore[arg-type]
    vastleggen(
        "leerling_toegewezen", school=leerling.school_id, door=door, leerling=leerling, object=toewijzing, rol=rol
    )
    return toewijzing


def nieuw_ouderschap(leerling: Leerling, persoon: Persoon, relatie: str, gezag: str, vanaf: date) -> Ouderschap:
    """The tie between parent and pupil, not saved yet."""
    return Ouderschap(
        school=leerling.school,
        leerling=leerling,
        persoon=persoon,
        relatie=relatie.strip() or "ouder",
        gezag=gezag,
        periode=periode_vanaf(vanaf),
    )


@transaction.atomic
def ouder_toevoegen(
    *,
    leerling: Leerling,
    persoon: Persoon,
    relatie: str = "ouder",
    gezag: str = Gezag.ONBEKEND,
    vanaf: date,
    door: Gebruiker | None,
) -> Ouderschap:
    """Connect a parent or guardian to a pupil. Unknown authority gives no access (domein 2.5)."""
    ouderschap = nieuw_ouderschap(leerling, persoon, relatie, gezag, vanaf)
    try:
        with transaction.atomic():
            ouderschap.save()
    except IntegrityError:
        raise DomeinFout(f"{persoon.naam} staat al bij deze leerling.") from None
    if persoon.gebruiker_id:
        koppeling_bijwerken(gebruiker=persoon.gebruiker, school=leerling.school, door=door)  # type: ignore[arg-type]
    vastleggen(
        "ouder_toegevoegd",
        school=leerling.school_id,
        door=door,
        leerling=leerling,
        object=persoon,
        gezag=gezag,
    )
    return ouderschap


@transaction.atomic
def gezag_wijzigen(*, ouderschap: Ouderschap, gezag: str, beperking: str = "", door: Gebruiker | None) -> Ouderschap:
    """Record who has authority, and a restriction by a court; access follows at once."""
    ouderschap.gezag, ouderschap.beperking = gezag, beperking.strip()
    ouderschap.save(update_fields=["gezag", "beperking"])
    vastleggen(
        "gezag_gewijzigd",
        school=ouderschap.school_id,
        door=door,
        leerling=ouderschap.leerling_id,
        object=ouderschap,
        gezag=gezag,
    )
    return ouderschap
