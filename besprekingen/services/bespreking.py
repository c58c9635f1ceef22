"""Planning and holding meetings: members, pupils put forward, goals with their evaluation, decisions, agreements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Deelnemer, Evaluatie
from leerlingen import profielen_van_school
from leerlingen.models import Aanstelling, Groep, Leerling, Persoon, Plaatsing, Toewijzing
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.services import document_maken, stuk_maken, taak_afronden, taak_laten_vervallen, taak_maken
from leerlingen.services.hulp import persoon_van, vereis
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


def vorm_van(bespreking: Bespreking) -> Besprekingsvorm:
    """What the procedure says of this kind of meeting, in the version it was planned under."""
    return profielen_van_school.profiel(bespreking.profielversie).zoek_bespreking(bespreking.soort)


def _link(bespreking: Bespreking) -> str:
    return reverse("besprekingen:bespreking", kwargs={"bespreking_id": bespreking.pk})


@transaction.atomic
def bespreking_plannen(
    *,
    school: School,
    soort: str,
    begin: datetime,
    sleutel: str,
    groep: Groep | None = None,
    leerling: Leerling | None = None,
    plaats: str = "",
    activiteit: str = "",
    door: Gebruiker | None,
) -> Bespreking:
    """Put a meeting of this kind in the calendar, with the members that the procedure names; once by `sleutel`.

    Raises DomeinFout for an unknown kind, a missing chair, or a moment in the past; PermissionDenied when the account
    may not start it.
    """
    versie = profielen_van_school.huidige_versie(school)
    profiel = profielen_van_school.profiel(versie)
    try:
        vorm = profiel.zoek_bespreking(soort)
    except KeyError:
        raise DomeinFout(f"De procedure van de school kent geen bespreking «{soort}».") from None
    for anker in (groep, leerling):
        if anker is not None:
            vereis(door, Recht.WIJZIGEN, anker)
    if door is not None and begin < klok.nu() - timedelta(days=60):
        raise DomeinFout("Dit moment ligt te ver terug. Kies een datum van de afgelopen twee maanden of later.")
    bestaand: Bespreking | None = (
        Bespreking.objects.systeemtoegang(reden="een bespreking eenmalig plannen")
        .filter(school=school, sleutel=sleutel)
        .first()
    )
    if bestaand is not None:
        return bestaand
    zetels = _bezet(vorm, school, groep, leerling, begin.astimezone(ZoneInfo(school.tijdzone)).date())
    voorzitter = next((persoon for code, _, persoon in zetels if code == vorm.voorzitter), None)
    if voorzitter is None:
        rol = next(lid.rol for lid in vorm.leden if lid.code == vorm.voorzitter)
        raise DomeinFout(f"Er is geen {profiel.rolnaam(rol)} om deze bespreking voor te zitten. Regel dat bij Beheer.")
    bespreking: Bespreking = Bespreking.objects.create(
        school=school,
        soort=soort,
        profielversie=versie,
        groep=groep,
        activiteit=activiteit,
        sleutel=sleutel,
        begin=begin,
        eind=begin + timedelta(minutes=vorm.duur_minuten),
        plaats=plaats.strip()[:120],
        voorzitter=voorzitter,
        notulist=next((persoon for code, _, persoon in zetels if code in vorm.notulist), None),
        gemaakt_door=persoon_van(door, school) if door else None,
        gemaakt_op=klok.nu(),
    )
    gezien: set[int] = set()
    for code, rol_, persoon in zetels:
        if persoon.pk not in gezien:
            gezien.add(persoon.pk)
            Deelnemer.objects.create(school=school, bespreking=bespreking, persoon=persoon, zetel=code, rol=rol_)
    vastleggen("bespreking_gepland", school=school, door=door, leerling=leerling, object=bespreking, soort=soort)
    if leerling is not None:
        leerling_inbrengen(bespreking=bespreking, leerling=leerling, door=door)
    return bespreking


def _bezet(
    vorm: Besprekingsvorm, school: School, groep: Groep | None, leerling: Leerling | None, dag: date
) -> list[tuple[str, str, Persoon]]:
    """Who takes which seat: by role at the school, and the teachers of the group or of the pupil's group.

    Nobody from outside is seated by itself: that needs consent for the pupil (X-12). Seats on call stay empty.
    """
    if groep is None and leerling is not None:
        plaatsing = (
            Plaatsing.objects.systeemtoegang(reden="groep van de besproken leerling")
            .filter(leerling=leerling, stamgroep=True, periode__contains=dag)
            .select_related("groep")
            .first()
        )
        groep = plaatsing.groep if plaatsing else None
    zetels: list[tuple[str, str, Persoon]] = []
    for lid in vorm.leden:
        if lid.extern or lid.op_afroep or lid.rol == "ouder" or lid.code == "vorige_leerkracht":
            continue
        if lid.rol == "leerkracht":
            if lid.code == "parallelcollega" or groep is None:
                continue
            rijen = Toewijzing.objects.systeemtoegang(reden="leerkrachten van de groep").filter(
                groep=groep, rol="leerkracht", periode__contains=dag
            )
        else:
            rijen = Aanstelling.objects.systeemtoegang(reden="leden van een bespreking").filter(
                school=school, rol=lid.rol, periode__contains=dag
            )
            if lid.vak:
                rijen = rijen.filter(vakgebieden__contains=[lid.vak])
            elif lid.rol == "specialist":
                continue
        zetels += [(lid.code, lid.rol, rij.persoon) for rij in rijen.select_related("persoon").order_by("pk")]
    return zetels


@transaction.atomic
def leerling_inbrengen(*, bespreking: Bespreking, leerling: Leerling, door: Gebruiker | None) -> Agendapunt:
    """Put a pupil on the agenda; the minutes hang on a piece of that pupil's dossier. Twice gives the same item."""
    vereis(door, Recht.WIJZIGEN, leerling)
    vereis(door, Recht.INZIEN, bespreking)
    _open(bespreking)
    bestaand: Agendapunt | None = (
        Agendapunt.objects.systeemtoegang(reden="een leerling eenmalig inbrengen")
        .filter(bespreking=bespreking, leerling=leerling)
        .first()
    )
    if bestaand is not None:
        return bestaand
    vorm = vorm_van(bespreking)
    dag = bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone)).date()
    papieren = {
        document.code: document for document in profielen_van_school.profiel(bespreking.profielversie).documenten
    }
    eigen = papieren.get(vorm.verslag or "")
    soort = eigen.code if eigen and eigen.per == "leerling" else "verslag_bespreking"
    stuk = stuk_maken(leerling=leerling, soort=soort, titel=f"{vorm.naam} {dag:%d-%m-%Y}", datum=dag, door=door)
    document_maken(soort=soort, stuk=stuk, door=door)
    volgorde = (
        Agendapunt.objects.systeemtoegang(reden="volgorde op de agenda").filter(bespreking=bespreking).count() + 1
    )
    punt: Agendapunt = Agendapunt.objects.create(
        school=bespreking.school,
        bespreking=bespreking,
        volgorde=volgorde,
        leerling=leerling,
        stuk=stuk,
        ingebracht_door=persoon_van(door, bespreking.school) if door else None,
        ingebracht_op=klok.nu(),
    )
    vastleggen("leerling_ingebracht", school=bespreking.school, door=door, leerling=leerling, object=bespreking)
    return punt


def _open(bespreking: Bespreking) -> None:
    if not bespreking.is_open:
        raise DomeinFout("Deze bespreking is al geweest of afgezegd.")


@transaction.atomic
def bespreking_houden(*, bespreking: Bespreking, aanwezig: Iterable[int], door: Gebruiker) -> Bespreking:
    """Record that the meeting was held, and who sat there. What must come out per pupil is asked for after it."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vast: Bespreking = (
        Bespreking.objects.systeemtoegang(reden="bespreking houden")
        .select_for_update(of=("self",))
        .select_related("school", "profielversie", "voorzitter")
        .get(pk=bespreking.pk)
    )
    _open(vast)
    if vast.begin > klok.nu():
        raise DomeinFout("Deze bespreking begint nog. Verzet hem als u eerder bij elkaar zat.")
    if vast.voorzitter is None:
        raise DomeinFout("Deze bespreking heeft geen voorzitter.")
    er_waren = set(aanwezig)
    for deelnemer in Deelnemer.objects.systeemtoegang(reden="aanwezigheid").filter(bespreking=vast):
        deelnemer.aanwezig = Deelnemer.Aanwezig.JA if deelnemer.pk in er_waren else Deelnemer.Aanwezig.NEE
        deelnemer.save(update_fields=["aanwezig"])
    vast.status, vast.gehouden_op = Bespreking.Status.GEHOUDEN, klok.nu()
    vast.gehouden_door = persoon_van(door, vast.school)
    vast.save(update_fields=["status", "gehouden_op", "gehouden_door"])
    taak_laten_vervallen_van(vast)
    vastleggen("bespreking_gehouden", school=vast.school, door=door, object=vast, soort=vast.soort)
    return vast


@transaction.atomic
def bespreking_verzetten(*, bespreking: Bespreking, begin: datetime, door: Gebruiker) -> Bespreking:
    """Move a meeting to another moment; the members are invited anew under the next sequence number."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    _open(bespreking)
    if begin < klok.nu() - timedelta(days=60):
        raise DomeinFout("Dit moment ligt te ver terug.")
    bespreking.begin, bespreking.eind = begin, begin + (bespreking.eind - bespreking.begin)
    bespreking.volgnummer += 1
    bespreking.save(update_fields=["begin", "eind", "volgnummer"])
    Deelnemer.objects.systeemtoegang(reden="opnieuw uitnodigen").filter(bespreking=bespreking).update(
        uitgenodigd_op=None
    )
    vastleggen("bespreking_verzet", school=bespreking.school, door=door, object=bespreking, naar=begin.isoformat())
    return bespreking


@transaction.atomic
def bespreking_afzeggen(*, bespreking: Bespreking, reden: str, door: Gebruiker) -> Bespreking:
    """Call a meeting off, with a reason; its tasks lapse."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    _open(bespreking)
    if not reden.strip():
        raise DomeinFout("Schrijf kort waarom de bespreking niet doorgaat.")
    bespreking.status, bespreking.afgezegd_op = Bespreking.Status.AFGEZEGD, klok.nu()
    bespreking.afgezegd_reden = reden.strip()[:300]
    bespreking.save(update_fields=["status", "afgezegd_op", "afgezegd_reden"])
    taak_laten_vervallen_van(bespreking)
    vastleggen("bespreking_afgezegd", school=bespreking.school, door=door, object=bespreking, reden=reden)
    return bespreking


def taaksleutel(bespreking: Bespreking, persoon_id: int) -> str:
    """The key of the task «kom naar de bespreking» of one member."""
    return f"bespreking:{bespreking.pk}:{persoon_id}"


def taak_laten_vervallen_van(bespreking: Bespreking) -> None:
    """The tasks of the members are over."""
    for persoon_id in (
        Deelnemer.objects.systeemtoegang(reden="taken van de leden")
        .filter(bespreking=bespreking)
        .values_list("persoon", flat=True)
    ):
        taak_laten_vervallen(school=bespreking.school, sleutel=taaksleutel(bespreking, persoon_id), door=None)


# -- what comes out -----------------------------------------------------------------------------------------------


def _punt(punt: Agendapunt, door: Gebruiker) -> None:
    vereis(door, Recht.WIJZIGEN, punt.leerling if punt.leerling else punt.bespreking)


@transaction.atomic
def doel_stellen(*, punt: Agendapunt, doel: str, voor: date, door: Gebruiker) -> Evaluatie:
    """Set one goal with the last day of its evaluation, within the term of the procedure (K-119, K-120)."""
    _punt(punt, door)
    bespreking = punt.bespreking
    zone = ZoneInfo(bespreking.school.tijdzone)
    dag = bespreking.begin.astimezone(zone).date()
    doel = schoon(doel, naam="Het doel", maximum=2000).strip()
    if not doel:
        raise DomeinFout("Schrijf een doel op: wat moet er dan anders zijn?")
    if voor <= dag:
        raise DomeinFout("De evaluatie ligt na de bespreking.")
    uiterlijk = uiterste_evaluatie(bespreking)
    if uiterlijk is not None and voor > uiterlijk:
        raise DomeinFout(f"Evalueren kan tot en met {uiterlijk:%d-%m-%Y}; dat is de termijn van de school.")
    evaluatie: Evaluatie = Evaluatie.objects.create(
        school=bespreking.school,
        bespreking=bespreking,
        agendapunt=punt,
        doel=doel,
        voor=voor,
        gemaakt_door=persoon_van(door, bespreking.school),
        gemaakt_op=klok.nu(),
    )
    if punt.leerling is not None:
        _taak_evalueren(evaluatie, punt.leerling)
    vastleggen("doel_gesteld", school=bespreking.school, door=door, leerling=punt.leerling_id, object=evaluatie)
    return evaluatie


def uiterste_evaluatie(bespreking: Bespreking) -> date | None:
    """The last day on which what was agreed is evaluated, or None where the procedure sets no term."""
    from leerlingen import zorgroute

    vorm = vorm_van(bespreking)
    if vorm.evaluatie_termijn is None:
        return None
    termijn = profielen_van_school.profiel(bespreking.profielversie).zoek_termijn(vorm.evaluatie_termijn)
    dag = bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone)).date()
    return zorgroute.binnen(dag, termijn.aantal, termijn.eenheid, ()).datum


def _taak_evalueren(evaluatie: Evaluatie, leerling: Leerling) -> None:
    plaatsing = (
        Plaatsing.objects.systeemtoegang(reden="wie evalueert")
        .filter(leerling=leerling, stamgroep=True, periode__contains=klok.vandaag(leerling.school))
        .select_related("groep")
        .first()
    )
    wie: dict[str, object] = {"groep": plaatsing.groep} if plaatsing else {"persoon": evaluatie.gemaakt_door}
    taak_maken(
        school=evaluatie.school,
        soort="evalueren",
        sleutel=f"evaluatie:{evaluatie.pk}",
        titel="Doel evalueren",
        uitleg="Is er genoeg vooruitgang? Uw antwoord bepaalt wat er daarna kan.",
        leerling=leerling,
        link=reverse("besprekingen:evalueren", kwargs={"evaluatie_id": evaluatie.pk}),
        knop="Evalueren",
        voor=evaluatie.voor,
        door=None,
        **wie,  # type: ignore[arg-type]
    )


@transaction.atomic
def evalueren(*, evaluatie: Evaluatie, vooruitgang: str, uitkomst: str, door: Gebruiker) -> Evaluatie:
    """Say whether there was enough progress (K-121, K-145). Once: a second opinion is a new goal."""
    punt = evaluatie.agendapunt
    vereis(door, Recht.WIJZIGEN, punt.leerling if punt and punt.leerling else evaluatie.bespreking)
    vast: Evaluatie = (
        Evaluatie.objects.systeemtoegang(reden="evalueren")
        .select_for_update(of=("self",))
        .select_related("school")
        .get(pk=evaluatie.pk)
    )
    if vast.geevalueerd_op is not None:
        raise DomeinFout("Dit doel is al geëvalueerd.")
    if vooruitgang not in Evaluatie.Vooruitgang.values:
        raise DomeinFout("Kies of er genoeg vooruitgang is.")
    vast.vooruitgang, vast.uitkomst = vooruitgang, schoon(uitkomst, naam="De uitkomst", maximum=5000).strip()
    vast.geevalueerd_op, vast.geevalueerd_door = klok.vandaag(vast.school), persoon_van(door, vast.school)
    vast.save(update_fields=["vooruitgang", "uitkomst", "geevalueerd_op", "geevalueerd_door"])
    taak_afronden(school=vast.school, sleutel=f"evaluatie:{vast.pk}", door=door)
    vastleggen(
        "doel_geevalueerd",
        school=vast.school,
        door=door,
        leerling=punt.leerling_id if punt else None,
        object=vast,
        vooruitgang=vooruitgang,
    )
    return vast


@transaction.atomic
def besluit_nemen(*, punt: Agendapunt, code: str, toelichting: str = "", door: Gebruiker) -> Besluit:
    """Record the decision about an item, of those that this kind of meeting knows; a later one replaces it."""
    _punt(punt, door)
    bespreking = punt.bespreking
    if bespreking.status != Bespreking.Status.GEHOUDEN:
        raise DomeinFout("Een besluit volgt na de bespreking. Leg eerst vast dat hij gehouden is.")
    if code not in {besluit.code for besluit in vorm_van(bespreking).besluiten if not besluit.beeindigd}:
        raise DomeinFout("Kies een van de besluiten die bij deze bespreking horen.")
    besluit, _ = Besluit.objects.systeemtoegang(reden="een besluit per agendapunt").update_or_create(
        school=bespreking.school,
        agendapunt=punt,
        defaults={
            "bespreking": bespreking,
            "code": code,
            "toelichting": schoon(toelichting, maximum=5000).strip(),
            "genomen_door": persoon_van(door, bespreking.school),
            "genomen_op": klok.nu(),
        },
    )
    vastleggen(
        "besluit_genomen", school=bespreking.school, door=door, leerling=punt.leerling_id, object=punt, code=code
    )
    resultaat: Besluit = besluit
    return resultaat


@transaction.atomic
def actiepunt_toevoegen(
    *,
    bespreking: Bespreking,
    punt: Agendapunt | None,
    onderwerp: str,
    stap: str,
    wie: Persoon,
    voor: date | None,
    door: Gebruiker,
) -> Actiepunt:
    """Agree who does what before when; it stands on their list and comes back until done."""
    if punt is not None:
        _punt(punt, door)
    else:
        vereis(door, Recht.WIJZIGEN, bespreking)
    if not stap.strip():
        raise DomeinFout("Schrijf op wat er gebeurt.")
    actie: Actiepunt = Actiepunt.objects.create(
        school=bespreking.school,
        bespreking=bespreking,
        agendapunt=punt,
        onderwerp=schoon(onderwerp, maximum=120).strip(),
        stap=schoon(stap, naam="De stap", maximum=300).strip(),
        wie=wie,
        voor=voor,
        gemaakt_door=persoon_van(door, bespreking.school),
        gemaakt_op=klok.nu(),
    )
    taak_maken(
        school=bespreking.school,
        soort="actiepunt",
        sleutel=f"actiepunt:{actie.pk}",
        titel="Afspraak uit een bespreking",
        uitleg="U zou iets doen. Open de bespreking voor wat er is afgesproken en vink het af.",
        leerling=punt.leerling if punt else None,
        persoon=wie,
        link=_link(bespreking),
        voor=voor,
        door=None,
    )
    vastleggen(
        "actiepunt_afgesproken",
        school=bespreking.school,
        door=door,
        leerling=punt.leerling_id if punt else None,
        object=actie,
    )
    return actie


@transaction.atomic
def actiepunt_afronden(*, actie: Actiepunt, door: Gebruiker) -> None:
    """Done. Twice changes nothing."""
    vereis(door, Recht.WIJZIGEN, actie)
    if actie.klaar_op is None:
        actie.klaar_op, actie.klaar_door = klok.nu(), persoon_van(door, actie.school)
        actie.save(update_fields=["klaar_op", "klaar_door"])
        taak_afronden(school=actie.school, sleutel=f"actiepunt:{actie.pk}", door=door)
        vastleggen("actiepunt_klaar", school=actie.school, door=door, object=actie)
