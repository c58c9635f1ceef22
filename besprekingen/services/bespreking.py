"""Planning, moving, calling off and holding meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from besprekingen.models import Agendapunt, Besluit, Bespreking, Deelnemer, Evaluatie
from besprekingen.services.agenda import leerling_inbrengen, taken_vooraf_vervallen
from besprekingen.services.groepsplannen import op_agenda, plannen_vaststellen
from besprekingen.services.hulp import (
    dag_van,
    kind_van,
    link_van,
    profiel_van,
    vereis_begonnen,
    vereis_geen_vrije_dag,
    vereis_open,
    vorm_van,
)
from besprekingen.services.leden import bezet, gekozen_zetels, zet_aan_tafel
from besprekingen.services.ouders_vooraf import ouders_vooraf_verzetten
from besprekingen.services.papieren import verslag_aanvullen, verslag_maken
from besprekingen.services.signalen import signalen_loslaten
from besprekingen.services.taken import maak_taak
from besprekingen.services.uitnodiging import (
    afmelden,
    naam_van,
    taaksleutel,
    taken_laten_vervallen,
    uitnodigen_inplannen,
    voorzittersleutel,
    wanneer,
)
from besprekingen.services.voorwaarden import vereis_toestemming
from besprekingen.services.voorwerk import nazorg_klaarzetten, voorwerk_vervallen, voorwerk_verzetten
from leerlingen import profielen_van_school, toegang
from leerlingen.models import Antwoord, Document, Groep, Leerling, Persoon, Taak
from leerlingen.profiel import Profiel
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.services.documenten import is_open
from leerlingen.services.hulp import persoon_van, vereis
from lvs.models import VastgelegdSignaal
from plannen.services import papier_aanvullen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen

TERUG = timedelta(days=60)
"""How far back a meeting may be recorded that was held without being planned."""


def _vereis_hulpvraag(bestaand: Bespreking, vorm: Besprekingsvorm, leerling: Leerling | None, hulpvraag: str) -> None:
    """Somebody planned the same meeting with another question: say so, rather than lose this one."""
    if leerling is None or not hulpvraag.strip():
        return
    papieren = Agendapunt.objects.systeemtoegang(reden="staat de hulpvraag er al").filter(
        bespreking=bestaand, leerling=leerling
    )
    staat = Antwoord.objects.systeemtoegang(reden="staat de hulpvraag er al").filter(
        Q(document__in=papieren.values("voorbereiding")) | Q(document__stuk__in=papieren.values("stuk")),
        tekst=schoon(hulpvraag, naam="De hulpvraag"),
    )
    if not staat.exists():
        raise DomeinFout(
            f"Op dit moment staat al: {vorm.naam.lower()}. Open die en schrijf uw hulpvraag in de voorbereiding.",
            link=link_van(bestaand),
        )


@transaction.atomic
def bespreking_plannen(
    *,
    school: School,
    soort: str,
    begin: datetime,
    sleutel: str,
    groep: Groep | None = None,
    leerling: Leerling | None = None,
    hulpvraag: str = "",
    signalen: Iterable[VastgelegdSignaal] = (),
    plaats: str = "",
    activiteit: str = "",
    doel: str = "",
    voor: Persoon | None = None,
    wie: Collection[int] = (),
    door: Gebruiker | None,
) -> Bespreking:
    """Put a meeting of this kind in the calendar, with the members that the procedure names; once by `sleutel`.

    `voor` is the teacher whom a class consultation is about; `wie` who was chosen for seats that several people could
    take (keys of Persoon). Raises DomeinFout for an unknown kind, for who may not
    start it (K-118, K-124), a missing chair, a moment too long ago, or (by hand) a free day; PermissionDenied when the
    account may not.
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
    if door is not None:
        _mag_beginnen(vorm, profiel, door)
        if begin < klok.nu() - TERUG:
            raise DomeinFout("Dit moment ligt te ver terug. Kies een datum van de afgelopen twee maanden of later.")
    bestaand: Bespreking | None = (
        Bespreking.objects.systeemtoegang(reden="een bespreking eenmalig plannen")
        .filter(school=school, sleutel=sleutel)
        .first()
    )
    if bestaand is not None:
        _vereis_hulpvraag(bestaand, vorm, leerling, hulpvraag)
        return bestaand
    if door is not None:
        vereis_geen_vrije_dag(school, profiel, activiteit, begin)
    dag = begin.astimezone(ZoneInfo(school.tijdzone)).date()
    zetels = bezet(vorm, school, groep=groep, leerling=leerling, dag=dag)
    if voor is not None:
        zetels = [z for z in zetels if z.rol != "leerkracht" or z.persoon.pk == voor.pk]
    zetels = gekozen_zetels(zetels, wie)
    voorzitter = next((zetel.persoon for zetel in zetels if zetel.code == vorm.voorzitter), None)
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
        doel=doel.strip()[:500],
        voorzitter=voorzitter,
        notulist=next((z.persoon for z in zetels if z.code in vorm.notulist), None),
        gemaakt_door=persoon_van(door, school) if door else None,
        gemaakt_op=klok.nu(),
    )
    zet_aan_tafel(bespreking, zetels)
    vastleggen("bespreking_gepland", school=school, door=door, leerling=leerling, object=bespreking, soort=soort)
    verslag_maken(bespreking, door)
    op_agenda(bespreking=bespreking, door=door)
    if leerling is not None:
        leerling_inbrengen(bespreking=bespreking, leerling=leerling, hulpvraag=hulpvraag, signalen=signalen, door=door)
    return bespreking


def _mag_beginnen(vorm: Besprekingsvorm, profiel: Profiel, door: Gebruiker) -> None:
    """Only who the procedure names may start this kind of meeting: only the ib'er registers for the SOT (K-124)."""
    mag = {*vorm.initiatief, vorm.organisator}
    if not toegang.rollen_van(door) & mag:
        namen = " of ".join(dict.fromkeys(f"de {profiel.rolnaam(rol)}" for rol in (vorm.organisator, *vorm.initiatief)))
        raise DomeinFout(f"«{vorm.naam}» wordt gepland door {namen}.")


@transaction.atomic
def bespreking_verzetten(
    *, bespreking: Bespreking, begin: datetime, plaats: str | None = None, door: Gebruiker
) -> Bespreking:
    """Move a meeting to another moment; the members are invited anew under the next sequence number."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    if begin < klok.nu() - TERUG:
        raise DomeinFout("Dit moment ligt te ver terug.")
    vereis_geen_vrije_dag(bespreking.school, profiel_van(bespreking), bespreking.activiteit, begin)
    was = dag_van(bespreking)
    bespreking.begin, bespreking.eind = begin, begin + (bespreking.eind - bespreking.begin)
    bespreking.volgnummer += 1
    if plaats is not None:
        bespreking.plaats = plaats.strip()[:120]
    bespreking.save(update_fields=["begin", "eind", "volgnummer", "plaats"])
    rijen = Deelnemer.objects.systeemtoegang(reden="opnieuw uitnodigen").filter(bespreking=bespreking)
    voorwerk_verzetten(bespreking, (dag_van(bespreking) - was).days)
    _verzet_taken(bespreking, rijen.values_list("persoon", flat=True))
    ouders_vooraf_verzetten(bespreking)
    rijen.update(uitgenodigd_op=None)
    if bespreking.status == Bespreking.Status.GEPLAND:
        uitnodigen_inplannen(bespreking)
    vastleggen("bespreking_verzet", school=bespreking.school, door=door, object=bespreking, naar=begin.isoformat())
    return bespreking


def _verzet_taken(bespreking: Bespreking, personen: Iterable[int]) -> None:
    """The tasks that were made already get the new day: their key stays, so nobody has two."""
    sleutels = [maak(bespreking, pk) for pk in personen for maak in (taaksleutel, voorzittersleutel)]
    Taak.objects.systeemtoegang(reden="een verzette bespreking").filter(
        school=bespreking.school, sleutel__in=sleutels, klaar_op__isnull=True
    ).update(voor=dag_van(bespreking), uitleg=f"Verzet naar {wanneer(bespreking)}.")


@transaction.atomic
def bespreking_afzeggen(*, bespreking: Bespreking, reden: str, door: Gebruiker) -> Bespreking:
    """Call a meeting off, with a reason; its tasks lapse and who was invited is told."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    reden = schoon(reden.strip(), naam="De reden", maximum=300)
    if not reden:
        raise DomeinFout("Schrijf kort waarom de bespreking niet doorgaat.")
    bespreking.status, bespreking.afgezegd_op = Bespreking.Status.AFGEZEGD, klok.nu()
    bespreking.afgezegd_reden = reden
    bespreking.volgnummer += 1
    bespreking.save(update_fields=["status", "afgezegd_op", "afgezegd_reden", "volgnummer"])
    deelnemers = list(
        Deelnemer.objects.systeemtoegang(reden="leden afmelden").filter(bespreking=bespreking).select_related("persoon")
    )
    signalen_loslaten(_opruimen(bespreking, deelnemers))
    afmelden(bespreking, deelnemers)
    vastleggen("bespreking_afgezegd", school=bespreking.school, door=door, object=bespreking, reden=reden)
    return bespreking


def _opruimen(bespreking: Bespreking, deelnemers: Iterable[Deelnemer]) -> list[Agendapunt]:
    """Tasks to come and to prepare are over. Gives the items about pupils."""
    taken_laten_vervallen(bespreking, [deelnemer.persoon_id for deelnemer in deelnemers])
    voorwerk_vervallen(bespreking)
    punten = list(
        Agendapunt.objects.systeemtoegang(reden="de besproken leerlingen")
        .filter(bespreking=bespreking, leerling__isnull=False)
        .select_related("leerling__school", "school", "bespreking__school", "bespreking__profielversie", "stuk")
    )
    for punt in punten:
        taken_vooraf_vervallen(punt)
    return punten


@transaction.atomic
def bespreking_houden(
    *, bespreking: Bespreking, aanwezig: Iterable[int], plannen: Iterable[int] = (), door: Gebruiker
) -> Bespreking:
    """Record that the meeting was held, which members (keys of Deelnemer) sat there and which plans were agreed.

    What must come out per pupil is asked here: a goal, or a decision that closes (K-119). The tasks that the procedure
    makes after such a meeting are made. Raises DomeinFout when it has not begun, something must still come out or a
    plan is not complete.
    """
    vereis(door, Recht.WIJZIGEN, bespreking)
    vast: Bespreking = (
        Bespreking.objects.systeemtoegang(reden="bespreking houden")
        .select_for_update(of=("self",))
        .select_related("school", "profielversie", "groep")
        .get(pk=bespreking.pk)
    )
    vereis_open(vast)
    vereis_begonnen(vast)
    if vast.voorzitter_id is None:
        raise DomeinFout("Deze bespreking heeft geen voorzitter.")
    er_waren = set(aanwezig)
    deelnemers = list(Deelnemer.objects.systeemtoegang(reden="aanwezigheid").filter(bespreking=vast))
    for deelnemer in deelnemers:
        deelnemer.aanwezig = Deelnemer.Aanwezig.JA if deelnemer.pk in er_waren else Deelnemer.Aanwezig.NEE
        deelnemer.save(update_fields=["aanwezig"])
    punten = _opruimen(vast, deelnemers)
    for punt in punten:
        vereis_toestemming(punt)
    zonder = zonder_uitkomst(vast, punten)
    if zonder:
        wie = "één leerling" if len(zonder) == 1 else f"{len(zonder)} leerlingen"
        raise DomeinFout(
            f"Afronden kan nog niet: bij {wie} ontbreekt een doel of een besluit.", link=link_van(vast, zonder[0])
        )
    vast.status, vast.gehouden_op = Bespreking.Status.GEHOUDEN, klok.nu()
    vast.gehouden_door = persoon_van(door, vast.school)
    vast.save(update_fields=["status", "gehouden_op", "gehouden_door"])
    plannen_vaststellen(bespreking=vast, plannen=plannen, door=door)
    _verslagen_aanvullen(punten, door)
    verslag_aanvullen(vast, door)
    _taken_erna(vast, punten)
    nazorg_klaarzetten(vast)
    vastleggen("bespreking_gehouden", school=vast.school, door=door, object=vast, soort=vast.soort)
    return vast


def zonder_uitkomst(bespreking: Bespreking, punten: Iterable[Agendapunt]) -> list[Agendapunt]:
    """The pupils for whom the procedure wants a goal (K-119) and there is neither a goal nor a decision that closes."""
    vorm = vorm_van(bespreking)
    if "doel" not in vorm.uitkomst:
        return []
    sluit = {besluit.code for besluit in vorm.besluiten if not besluit.evaluatie}
    rijen = [punt for punt in punten if punt.leerling_id]
    met_doel = set(
        Evaluatie.objects.systeemtoegang(reden="is er een doel")
        .filter(agendapunt__in=rijen)
        .values_list("agendapunt", flat=True)
    )
    gesloten = set(
        Besluit.objects.systeemtoegang(reden="is er een besluit")
        .filter(agendapunt__in=rijen, code__in=sluit)
        .values_list("agendapunt", flat=True)
    )
    return [punt for punt in rijen if punt.pk not in met_doel | gesloten]


def _verslagen_aanvullen(punten: Iterable[Agendapunt], door: Gebruiker) -> None:
    """What was agreed and decided is not typed twice: it fills what is still empty in the minutes (K-131)."""
    for document in (
        Document.objects.systeemtoegang(reden="verslagen aanvullen")
        .filter(stuk__in=[punt.stuk_id for punt in punten])
        .select_related("school", "profielversie", "stuk__leerling__school")
    ):
        if door.has_perm("wijzigen_document", document) and is_open(document):
            papier_aanvullen(document=document, door=door)


def _taken_erna(bespreking: Bespreking, punten: Iterable[Agendapunt]) -> None:
    """The tasks of the procedure after this kind of meeting: update the file, write the report, tell the parents."""
    sjablonen = [s for s in vorm_van(bespreking).taken if s.dagen >= 0 and not s.optioneel]
    for punt in punten:
        for sjabloon in sjablonen:
            maak_taak(
                sjabloon,
                leerling=kind_van(punt),
                begin=dag_van(bespreking),
                sleutel=f"na:{punt.pk}:{sjabloon.code}",
                link=link_van(bespreking, punt),
                uitleg=f"Na: {naam_van(bespreking)} van {dag_van(bespreking):%d-%m}.",
                voorkeur=bespreking.notulist if sjabloon.wie == "specialist" else None,
            )
