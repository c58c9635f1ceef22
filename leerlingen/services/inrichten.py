"""Setting up a school: its row, its procedure, its people with roles and dates, their accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from leerlingen import profielen_van_school
from leerlingen.models import (
    Aanstelling,
    Leerlingtoewijzing,
    Ouderschap,
    Persoon,
    Profielversie,
    Rol,
    Schooljaar,
    Toewijzing,
)
from leerlingen.models.recht import DossierstukRecht, LeerlingRecht, Noodtoegang
from leerlingen.namen import sorteersleutel, volledige_naam, zoeksleutel
from leerlingen.services import toezicht
from leerlingen.services.hulp import niet_later, periode_vanaf
from zorg.kern import klok, mail
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School, Schoolkoppeling
from zorg.kern.models.school import TIJDZONES, Land
from zorg.kern.schoolcontext import schoolcontext
from zorg.kern.tekst import een_regel
from zorg.logboek.services import vastleggen


def school_aanmaken(
    *,
    naam: str,
    land: str,
    profiel: str,
    regio: str = "",
    demo: bool = False,
    door: Gebruiker | None,
) -> School:
    """A new school with the named procedure as its first version. Must run outside a transaction.

    Raises DomeinFout for an unknown profile, country or region, or an empty name.
    """
    naam = naam.strip()
    if not naam:
        raise DomeinFout("Geef de school een naam.")
    if land not in Land.values:
        raise DomeinFout(f"Het land «{land}» kennen we niet; kies NL, BE of AW.")
    inhoud = profielen_van_school.ingebouwd(profiel)
    with transaction.atomic():
        school = School.objects.create(
            naam=naam,
            code=_vrije_code(naam),
            land=land,
            regio=regio,
            tijdzone=TIJDZONES[Land(land)],
            demo=demo,
        )
    with schoolcontext([school]), transaction.atomic():
        profiel_vastleggen(school=school, inhoud=inhoud, toelichting=f"Zorgprofiel {inhoud['naam']}", door=door)
        schooljaar_zorgen(school=school, dag=klok.vandaag(school), door=door)
        vastleggen("school_aangemaakt", school=school, door=door, profiel=profiel)
    return school


def _vrije_code(naam: str) -> str:
    stam = slugify(naam)[:32] or "school"
    code, volgnummer = stam, 2
    while School.objects.filter(code=code).exists():
        code, volgnummer = f"{stam}-{volgnummer}", volgnummer + 1
    return code


@transaction.atomic
def profiel_vastleggen(
    *, school: School, inhoud: dict[str, Any], toelichting: str, door: Gebruiker | None
) -> Profielversie:
    """The next immutable version of the school's procedure."""
    vorige = (
        Profielversie.objects.systeemtoegang(reden="volgend versienummer")
        .filter(school=school)
        .order_by("-nummer")
        .first()
    )
    versie: Profielversie = Profielversie.objects.create(
        school=school,
        nummer=vorige.nummer + 1 if vorige else 1,
        geldig_van=klok.nu(),
        schemaversie=inhoud["schemaversie"],
        inhoud=inhoud,
        toelichting=toelichting,
    )
    profielen_van_school.vergeet_versie(school)
    vastleggen("profiel_vastgelegd", school=school, door=door, object=versie, nummer=versie.nummer)
    return versie


@transaction.atomic
def schooljaar_zorgen(*, school: School, dag: date | None = None, naam: str = "", door: Gebruiker | None) -> Schooljaar:
    """The school year of this day, or of this name («2026-2027»); made when it is not there yet."""
    gezocht = schooljaar_van(school, dag=dag, naam=naam)
    schooljaar, _ = Schooljaar.objects.systeemtoegang(reden="schooljaar opzoeken of maken").get_or_create(
        school=school, naam=gezocht.naam, defaults={"periode": gezocht.periode}
    )
    resultaat: Schooljaar = schooljaar
    return resultaat


def schooljaar_van(school: School, *, dag: date | None = None, naam: str = "") -> Schooljaar:
    """The same for reading: a year that is not there yet is not made, and has no key."""
    maand, dag_van_maand = profielen_van_school.start_schooljaar(school)
    if naam:
        jaar = int(naam[:4])
    else:
        dag = dag or klok.vandaag(school)
        jaar = dag.year if (dag.month, dag.day) >= (maand, dag_van_maand) else dag.year - 1
    naam = f"{jaar}-{jaar + 1}"
    periode = periode_vanaf(date(jaar, maand, dag_van_maand), date(jaar + 1, maand, dag_van_maand))
    bestaand: Schooljaar | None = (
        Schooljaar.objects.systeemtoegang(reden="schooljaar opzoeken").filter(school=school, naam=naam).first()
    )
    return bestaand or Schooljaar(school=school, naam=naam, periode=periode)


def _namen(persoon: Persoon) -> None:
    persoon.sorteernaam = sorteersleutel(persoon.roepnaam, persoon.voorvoegsel, persoon.achternaam)
    persoon.zoeknaam = zoeksleutel(
        volledige_naam(persoon.roepnaam, persoon.voorvoegsel, persoon.achternaam, persoon.voorletters)
    )


def nieuwe_persoon(school: School, velden: Mapping[str, str], sleutel: str | None = None) -> Persoon:
    """The person, not saved yet. Raises DomeinFout without a name."""
    persoon = Persoon(school=school, sleutel=sleutel, **{naam: een_regel(waarde) for naam, waarde in velden.items()})
    if not (persoon.achternaam or persoon.roepnaam):
        raise DomeinFout("Vul een naam in.")
    persoon.email, persoon.taal = persoon.email.lower(), persoon.taal or "nl"
    _namen(persoon)
    return persoon


@transaction.atomic
def persoon_toevoegen(
    *,
    school: School,
    achternaam: str,
    roepnaam: str = "",
    voorvoegsel: str = "",
    voorletters: str = "",
    email: str = "",
    telefoon: str = "",
    taal: str = "nl",
    functie: str = "",
    sleutel: str | None = None,
    door: Gebruiker | None,
) -> Persoon:
    """Somebody new at the school: staff, parent or expert. No account, no rights yet."""
    persoon = nieuwe_persoon(
        school,
        {
            "achternaam": achternaam,
            "roepnaam": roepnaam,
            "voorvoegsel": voorvoegsel,
            "voorletters": voorletters,
            "email": email,
            "telefoon": telefoon,
            "taal": taal,
            "functie": functie,
        },
        sleutel,
    )
    persoon.full_clean(validate_constraints=False)
    persoon.save()
    vastleggen("persoon_toegevoegd", school=school, door=door, object=persoon)
    return persoon


@transaction.atomic
def persoon_wijzigen(*, persoon: Persoon, door: Gebruiker | None, **velden: str) -> Persoon:
    """Change name or contact details of a person."""
    toegestaan = {
        "achternaam",
        "roepnaam",
        "voorvoegsel",
        "voorletters",
        "email",
        "telefoon",
        "taal",
        "functie",
    }
    if set(velden) - toegestaan:
        raise TypeError(f"unknown fields: {sorted(set(velden) - toegestaan)}")
    for veld, waarde in velden.items():
        setattr(persoon, veld, een_regel(waarde))
    _namen(persoon)
    persoon.full_clean(validate_constraints=False)
    persoon.save()
    vastleggen("persoon_gewijzigd", school=persoon.school_id, door=door, object=persoon, velden=sorted(velden))
    return persoon


@transaction.atomic
def account_maken(*, persoon: Persoon, wachtwoord: str | None = None, door: Gebruiker | None) -> Gebruiker:
    """Give a person an account, or connect the one that this e-mail address already has (a parent with two schools)."""
    if persoon.gebruiker_id:
        return persoon.gebruiker  # type: ignore[return-value]
    if not persoon.email:
        raise DomeinFout("Zonder e-mailadres kan er geen account komen. Vul het eerst in.")
    gebruiker = Gebruiker.objects.filter(email=persoon.email.lower()).first()
    if gebruiker is None:
        gebruiker = Gebruiker.objects.maak(email=persoon.email, naam=persoon.naam, wachtwoord=wachtwoord)
    persoon.gebruiker = gebruiker
    try:
        with transaction.atomic():
            persoon.save(update_fields=["gebruiker"])
    except IntegrityError:
        raise DomeinFout("Dit e-mailadres hoort al bij iemand anders op deze school.") from None
    koppeling_bijwerken(gebruiker=gebruiker, school=persoon.school, door=door)
    vastleggen("account_gemaakt", school=persoon.school_id, door=door, object=persoon)
    return gebruiker


@transaction.atomic
def account_sluiten(*, persoon: Persoon, door: Gebruiker | None) -> None:
    """Close this school's door for the account at once; what the person wrote stays theirs."""
    if persoon.gebruiker_id is None:
        return
    Schoolkoppeling.objects.filter(gebruiker=persoon.gebruiker_id, school=persoon.school_id).update(
        geldig_tot=klok.nu()
    )
    vastleggen("account_gesloten", school=persoon.school_id, door=door, object=persoon)


@transaction.atomic
def uitnodigen(*, persoon: Persoon, door: Gebruiker | None) -> None:
    """Mail an invitation: a link to choose a password, valid for a week, once (allauth's reset key).

    Who has a password already (of another school, or invited before) gets no link: it would let whoever reads the
    outgoing mail take over the account.
    """
    gebruiker = account_maken(persoon=persoon, door=door)
    if gebruiker.has_usable_password():
        tekst = (
            f"Beste {persoon.naam},\n\n{persoon.school.naam} gaf u toegang in Zorgpad.\n"
            f"U logt in op {settings.ADRES}/inloggen/ met dit e-mailadres en het wachtwoord dat u al hebt.\n"
            "Weet u het niet meer? Kies daar «Wachtwoord vergeten».\n\n"
            f"Met vriendelijke groet,\n{persoon.school.naam}\n"
        )
    else:
        tekst = _uitnodiging(persoon, gebruiker)
    mail.klaarzetten(
        school=persoon.school,
        aan=gebruiker.email,
        onderwerp=f"Uw account bij {persoon.school.naam}",
        tekst=tekst,
        sleutel=f"uitnodiging:{persoon.pk}:{klok.nu().isoformat()}",
    )
    vastleggen("uitgenodigd", school=persoon.school_id, door=door, object=persoon)


def _uitnodiging(persoon: Persoon, gebruiker: Gebruiker) -> str:
    sleutel = f"{user_pk_to_url_str(gebruiker)}-{default_token_generator.make_token(gebruiker)}"
    uidb36, _, rest = sleutel.partition("-")
    adres = settings.ADRES + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": rest})
    return (
        f"Beste {persoon.naam},\n\n{persoon.school.naam} heeft een account voor u gemaakt in Zorgpad.\n"
        f"Kies hier uw wachtwoord; de link werkt een week en één keer:\n\n{adres}\n\n"
        f"Daarna logt u in op {settings.ADRES}/inloggen/ met dit e-mailadres.\n\n"
        f"Met vriendelijke groet,\n{persoon.school.naam}\n"
    )


@transaction.atomic
def aanstellen(
    *,
    persoon: Persoon,
    rol: str,
    vanaf: date,
    tot: date | None = None,
    vakgebieden: Sequence[str] = (),
    werkdagen: Sequence[int] = (),
    door: Gebruiker | None,
) -> Aanstelling:
    """Give a person a role for a period. A specialist needs subjects (K-173).

    A role that opens every dossier nobody gives themselves once there is a director, and the director is told of it:
    who manages accounts sees no dossier (ontwerp §4.1).
    """
    if rol not in Rol.values:
        raise DomeinFout(f"De rol «{rol}» bestaat niet.")
    toezicht.niet_aan_uzelf(persoon, rol, door)
    if rol == Rol.SPECIALIST and not vakgebieden:
        raise DomeinFout("Kies bij een specialist de vakgebieden.")
    aanstelling = Aanstelling(
        school=persoon.school,
        persoon=persoon,
        rol=rol,
        vakgebieden=list(vakgebieden),
        werkdagen=sorted(set(werkdagen)),
        periode=periode_vanaf(vanaf, tot),
    )
    try:
        with transaction.atomic():
            aanstelling.save()
    except IntegrityError:
        raise DomeinFout("Deze rol heeft deze persoon in (een deel van) deze periode al.") from None
    _koppel(persoon, door)
    toezicht.meld(aanstelling, door)
    vastleggen("aangesteld", school=persoon.school_id, door=door, object=aanstelling, rol=rol, vanaf=str(vanaf))
    return aanstelling


@transaction.atomic
def aanstelling_beeindigen(*, aanstelling: Aanstelling, per: date, door: Gebruiker | None) -> Aanstelling:
    """End a role on a day (the first without it). Without any role left, assignments and grants end with it.

    Ending never makes longer what already ended.
    """
    if per <= aanstelling.periode.lower:
        raise DomeinFout(f"Deze rol begint op {aanstelling.periode.lower:%d-%m-%Y}; kies een latere einddatum.")
    per = niet_later(aanstelling.periode, per)
    aanstelling.periode = periode_vanaf(aanstelling.periode.lower, per)
    aanstelling.save(update_fields=["periode"])
    persoon = aanstelling.persoon
    blijft = (
        Aanstelling.objects.systeemtoegang(reden="blijft er een rol over")
        .filter(persoon=persoon, periode__contains=per)
        .exists()
    )
    if not blijft:
        _uit_dienst(persoon, per)
    _koppel(persoon, door)
    vastleggen("aanstelling_beeindigd", school=persoon.school_id, door=door, object=aanstelling, per=str(per))
    return aanstelling


def _uit_dienst(persoon: Persoon, per: date) -> None:
    """End every assignment and grant on this day, and drop assignments that would only start later."""
    for toewijzing in Toewijzing.objects.systeemtoegang(reden="uit dienst").filter(
        Q(inzage__endswith__gt=per) | Q(inzage__upper_inf=True), persoon=persoon
    ):
        if toewijzing.periode.lower >= per:
            toewijzing.delete()
            continue
        toewijzing.periode = periode_vanaf(toewijzing.periode.lower, niet_later(toewijzing.periode, per))
        toewijzing.inzage = type(toewijzing.periode)(toewijzing.inzage.lower, per, "[)")
        toewijzing.save(update_fields=["periode", "inzage"])
    for eigen in Leerlingtoewijzing.objects.systeemtoegang(reden="uit dienst").filter(
        Q(periode__endswith__gt=per) | Q(periode__upper_inf=True), persoon=persoon
    ):
        if eigen.periode.lower >= per:
            eigen.delete()
            continue
        eigen.periode = periode_vanaf(eigen.periode.lower, per)
        eigen.save(update_fields=["periode"])
    if persoon.gebruiker_id is None:
        return
    moment = datetime.combine(per, time.min, tzinfo=ZoneInfo(persoon.school.tijdzone))
    soorten: tuple[tuple[Any, str, timedelta], ...] = (
        (LeerlingRecht, "user", timedelta(0)),
        (DossierstukRecht, "user", timedelta(0)),
        (Noodtoegang, "persoon__gebruiker", timedelta(microseconds=1)),  # an emergency always lasted a moment
    )
    for model, wie, minstens in soorten:
        verleend = model.objects.systeemtoegang(reden="uit dienst").filter(school=persoon.school, geldig_tot__gt=moment)
        for recht in verleend.filter(**{wie: persoon.gebruiker_id}):
            recht.geldig_tot = max(moment, recht.geldig_van + minstens)
            recht.save(update_fields=["geldig_tot"])


def _koppel(persoon: Persoon, door: Gebruiker | None) -> None:
    if persoon.gebruiker_id:
        koppeling_bijwerken(gebruiker=persoon.gebruiker, school=persoon.school, door=door)  # type: ignore[arg-type]


@transaction.atomic
def koppeling_bijwerken(*, gebruiker: Gebruiker, school: School, door: Gebruiker | None) -> None:
    """Open or close the school's door for an account, from its appointments, assignments, parenthoods and grants."""
    del door  # the act that leads here is logged by its own service
    eind = _laatste_einde(gebruiker, school)
    if eind is None:
        Schoolkoppeling.objects.filter(gebruiker=gebruiker, school=school).update(geldig_tot=klok.nu())
        return
    Schoolkoppeling.objects.update_or_create(
        gebruiker=gebruiker,
        school=school,
        defaults={"geldig_tot": None if eind == "open" else eind},
        create_defaults={"geldig_van": klok.nu(), "geldig_tot": None if eind == "open" else eind},
    )


def _laatste_einde(gebruiker: Gebruiker, school: School) -> datetime | str | None:
    """The last moment of any relation that still runs or comes: 'open', a moment, or None for no relation at all."""
    zone = ZoneInfo(school.tijdzone)
    einden: list[datetime | str] = []
    relaties: tuple[tuple[Any, str], ...] = (
        (Aanstelling, "periode"),
        (Toewijzing, "inzage"),
        (Leerlingtoewijzing, "periode"),
        (Ouderschap, "periode"),
    )
    for model, periode in relaties:
        rijen = model.objects.systeemtoegang(reden="mag dit account nog binnen").filter(
            school=school, persoon__gebruiker=gebruiker
        )
        for rij in rijen:
            grens = getattr(rij, periode).upper
            einden.append("open" if grens is None else datetime.combine(grens, time.min, tzinfo=zone))
    for recht in (LeerlingRecht, DossierstukRecht):
        einden += list(
            recht.objects.systeemtoegang(reden="mag dit account nog binnen")
            .filter(school=school, user=gebruiker)
            .values_list("geldig_tot", flat=True)
        )
    if "open" in einden:
        return "open"
    momenten = [eind for eind in einden if isinstance(eind, datetime) and eind > klok.nu()]
    return max(momenten, default=None)


def ouders_van_school(*, school: School) -> list[int]:
    """Ids of the people who are parent of a pupil here today, without saying of whom."""
    rijen = Ouderschap.objects.systeemtoegang(reden="wie is ouder, zonder van wie").filter(
        school=school, periode__contains=klok.vandaag(school)
    )
    return list(rijen.order_by().values_list("persoon", flat=True).distinct())


@transaction.atomic
def school_wijzigen(*, school: School, naam: str, regio: str, door: Gebruiker | None) -> School:
    """Change the school's name or holiday region."""
    school.naam, school.regio = naam.strip(), regio
    school.save(update_fields=["naam", "regio"])
    vastleggen("school_gewijzigd", school=school, door=door, regio=regio)
    return school
