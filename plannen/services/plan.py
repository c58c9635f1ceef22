"""Making a group plan, bringing it up to date, withdrawing it, and remarks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from leerlingen import profielen_van_school, toegang
from leerlingen.models import Groep, Leerling, Toewijzing
from leerlingen.profiel import Profiel
from leerlingen.services import document_maken, taak_maken
from leerlingen.services.hulp import persoon_van, vereis
from plannen import besproken
from plannen.models import Groepsplan, Indeling, Planreactie
from plannen.perioden import Periode, perioden
from plannen.services.overnemen import neem_over, planvorm
from plannen.services.stand import is_bewerkbaar
from plannen.services.voorstellen import leerlingen_van, voorstellen, vorig_plan
from plannen.voorstel import Voorstel
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


@transaction.atomic
def groepsplan_maken(
    *,
    groepen: Sequence[Groep],
    vak: str,
    periodecode: str,
    jaargroepen: Sequence[int] = (),
    door: Gebruiker | None,
) -> Groepsplan:
    """A new plan for these groups, year groups (empty: all), subject and period, filled as far as the school knows.

    Every pupil gets a place with the reason in words; what only the teacher can decide is marked `te_kiezen`. Goals,
    approach and evaluation of the plan before come along with their source. Raises DomeinFout when there is such a plan
    already or the groups are of different years, PermissionDenied when the account may not write for one of them.
    """
    groepen = sorted(groepen, key=lambda groep: groep.pk)
    profiel, periode = _keur(groepen, vak, periodecode)
    jaren = sorted(set(jaargroepen))
    dag = _peildag(groepen[0], periode)
    leerlingen = leerlingen_van(groepen, jaren, dag)
    soort = profiel.document_voor("groepsplan", _jaargroep(groepen, jaren)).code
    document = document_maken(soort=soort, groepen=groepen, vakgebied=vak, door=door)
    sleutel = f"{','.join(str(groep.pk) for groep in groepen)}:{','.join(map(str, jaren))}:{vak}"
    vorig = vorig_plan(vak=vak, voor=periode.van, leerlingen=leerlingen, profiel_van=profielen_van_school.profiel)
    plan = Groepsplan(
        school=groepen[0].school,
        document=document,
        vak=vak,
        schooljaar=groepen[0].schooljaar,
        jaargroepen=jaren,
        periode=DateRange(periode.van, periode.tot_en_met + timedelta(days=1), "[)"),
        periodecode=periode.code,
        sleutel=sleutel,
        stand=profiel.zoek_document(soort).statussen[0].code,
        stand_op=klok.nu(),
        stand_door=persoon_van(door, groepen[0].school_id) if door else None,
        vorige=vorig.plan,
    )
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise DomeinFout(
            "Voor deze groep, dit vak en deze periode is er al een groepsplan.", link=_bestaand_link(sleutel, periode)
        ) from None
    voorstel = voorstellen(leerlingen, vak=vak, profiel=profiel, dag=dag, vorig=vorig)
    _plaats(plan, leerlingen, voorstel)
    neem_over(plan, planvorm(plan, profiel), vorig, leerlingen, voorstel)
    vastleggen(
        "groepsplan_gemaakt",
        school=plan.school_id,
        door=door,
        object=plan,
        vak=vak,
        periode=periode.code,
        groepen=[groep.pk for groep in groepen],
        leerlingen=len(leerlingen),
    )
    besproken.gemaakt(plan, groepen)
    return plan


def _keur(groepen: Sequence[Groep], vak: str, periodecode: str) -> tuple[Profiel, Periode]:
    if not groepen:
        raise DomeinFout("Kies ten minste één groep.")
    if len({(groep.school_id, groep.schooljaar_id) for groep in groepen}) > 1:
        raise DomeinFout("Kies groepen van hetzelfde schooljaar.")
    profiel = profielen_van_school.huidig_profiel(groepen[0].school)
    if vak not in {gebied.code for gebied in profiel.vakgebieden if gebied.actief}:
        raise DomeinFout("Kies een vakgebied van de school.")
    jaar = groepen[0].schooljaar.periode
    for periode in perioden(profiel.groepsplanperioden, jaar.lower, jaar.upper):
        if periode.code == periodecode:
            return profiel, periode
    raise DomeinFout("Kies een periode van dit schooljaar.")


def _peildag(groep: Groep, periode: Periode) -> date:
    """The pupils and results of today, also for the period that comes; of a past period those of its last day."""
    jaar = groep.schooljaar.periode
    vandaag = min(max(klok.vandaag(groep.school), jaar.lower), jaar.upper - timedelta(days=1))
    dag: date = min(vandaag, periode.tot_en_met)
    return dag


def _jaargroep(groepen: Sequence[Groep], jaren: Sequence[int]) -> int | None:
    """The lowest year group of the plan: kindergarten may have its own paper (M-33)."""
    if jaren:
        return jaren[0]
    bekend = [int(groep.jaargroep) for groep in groepen if groep.jaargroep.isdecimal()]
    return min(bekend, default=None)


def _bestaand_link(sleutel: str, periode: Periode) -> str | None:
    bestaand = (
        Groepsplan.objects.systeemtoegang(reden="welk plan is er al")
        .filter(
            sleutel=sleutel,
            vervallen_op__isnull=True,
            periode__overlap=DateRange(periode.van, periode.tot_en_met, "[]"),
        )
        .first()
    )
    return f"/plannen/{bestaand.pk}/" if bestaand else None


def _plaats(plan: Groepsplan, leerlingen: Sequence[Leerling], voorstel: dict[int, Voorstel]) -> None:
    Indeling.objects.bulk_create(
        [
            Indeling(
                school=plan.school,
                plan=plan,
                leerling=leerling,
                arrangement=voorstel[leerling.pk].arrangement,
                alternatief=voorstel[leerling.pk].alternatief,
                reden=voorstel[leerling.pk].reden[:500],
                te_kiezen=voorstel[leerling.pk].te_kiezen,
                geplaatst_op=klok.nu(),
                volgorde=plek,
            )
            for plek, leerling in enumerate(leerlingen)
        ]
    )


@transaction.atomic
def groepsplan_bijwerken(*, plan: Groepsplan, door: Gebruiker | None) -> tuple[int, int]:
    """Bring a plan up to date: new pupils get a place, proposals follow the newest results. What a teacher chose stays.

    Gives (pupils added, proposals changed). Raises DomeinFout when the plan is closed.
    """
    vast = slot(plan, door)
    profiel = profielen_van_school.profiel(vast.document.profielversie)
    groepen = groepen_van(vast)
    periode = Periode(vast.periodecode, "", vast.periode.lower, vast.periode.upper - timedelta(days=1))
    dag = _peildag(groepen[0], periode)
    leerlingen = leerlingen_van(groepen, vast.jaargroepen, dag)
    vorig = vorig_plan(
        vak=vast.vak, voor=vast.periode.lower, leerlingen=leerlingen, profiel_van=profielen_van_school.profiel
    )
    voorstel = voorstellen(leerlingen, vak=vast.vak, profiel=profiel, dag=dag, vorig=vorig)
    bestaand = {
        rij.leerling_id: rij for rij in Indeling.objects.systeemtoegang(reden="voorstel bijwerken").filter(plan=vast)
    }
    nieuw = [leerling for leerling in leerlingen if leerling.pk not in bestaand]
    _plaats(vast, nieuw, voorstel)
    anders = 0
    for pk, rij in bestaand.items():
        keuze = voorstel.get(pk)
        if keuze is None:
            continue
        velden: dict[str, object] = {"reden": keuze.reden[:500]}
        if rij.bron == Indeling.Bron.VOORSTEL:
            velden |= {"arrangement": keuze.arrangement, "alternatief": keuze.alternatief, "te_kiezen": keuze.te_kiezen}
        if any(getattr(rij, naam) != waarde for naam, waarde in velden.items()):
            for naam, waarde in velden.items():
                setattr(rij, naam, waarde)
            rij.save(update_fields=list(velden))
            anders += 1
    vastleggen(
        "groepsplan_bijgewerkt", school=vast.school_id, door=door, object=vast, toegevoegd=len(nieuw), gewijzigd=anders
    )
    return len(nieuw), anders


def groepen_van(plan: Groepsplan) -> list[Groep]:
    """The groups on which the plan hangs."""
    return list(
        Groep.objects.systeemtoegang(reden="groepen van een plan")
        .filter(documenten__document=plan.document_id)
        .select_related("school", "schooljaar")
        .order_by("pk")
    )


def slot(plan: Groepsplan, door: Gebruiker | None) -> Groepsplan:
    """The plan, locked, if this account may write in it and it is open."""
    vereis(door, Recht.WIJZIGEN, plan)
    vast: Groepsplan = (
        Groepsplan.objects.systeemtoegang(reden="groepsplan wijzigen")
        .select_for_update(of=("self",))
        .select_related("document__profielversie", "school", "schooljaar")
        .get(pk=plan.pk)
    )
    if vast.vervallen_op is not None:
        raise DomeinFout("Dit plan is ingetrokken.")
    if not is_bewerkbaar(vast):
        raise DomeinFout("Dit plan is afgesloten en verandert niet meer.")
    return vast


@transaction.atomic
def groepsplan_intrekken(*, plan: Groepsplan, reden: str, door: Gebruiker) -> None:
    """Take a plan out of use that should not be there; it stays readable as withdrawn, and another can be made."""
    vast = slot(plan, door)
    reden = schoon(reden, naam="De reden", maximum=500).strip()
    if not reden:
        raise DomeinFout("Schrijf waarom het plan niet doorgaat.")
    vast.vervallen_op, vast.vervallen_door = klok.nu(), persoon_van(door, vast.school_id)
    vast.save(update_fields=["vervallen_op", "vervallen_door"])
    vastleggen("groepsplan_ingetrokken", school=vast.school_id, door=door, object=vast, reden=reden)


@transaction.atomic
def reactie_plaatsen(*, plan: Groepsplan, tekst: str, door: Gebruiker) -> Planreactie:
    """A question or remark at a plan: by who may write in it, or the specialist of the subject (K-172).

    The teachers of its groups find it among their tasks. Raises PermissionDenied for anyone else.
    """
    vereis(door, Recht.INZIEN, plan)
    if not mag_reageren(plan, door):
        raise PermissionDenied
    tekst = schoon(tekst, naam="De reactie", maximum=5000).strip()
    if not tekst:
        raise DomeinFout("Schrijf eerst uw vraag of opmerking.")
    wie = persoon_van(door, plan.school_id)
    reactie: Planreactie = Planreactie.objects.create(
        school=plan.school, plan=plan, tekst=tekst, door=wie, op=klok.nu()
    )
    vaknaam = next(
        (v.naam for v in profielen_van_school.profiel(plan.document.profielversie).vakgebieden if v.code == plan.vak),
        plan.vak,
    )
    eigen = set(
        Toewijzing.objects.systeemtoegang(reden="wie heeft het zelf geschreven")
        .filter(persoon=wie, periode__contains=klok.vandaag(plan.school))
        .values_list("groep", flat=True)
    )
    for groep in groepen_van(plan):
        if groep.pk not in eigen:
            taak_maken(
                school=plan.school,
                soort="planreactie",
                sleutel=f"planreactie:{reactie.pk}:{groep.pk}",
                titel=f"Vraag bij het groepsplan {vaknaam}",
                uitleg=f"{wie.naam} schreef iets bij het groepsplan.",
                groep=groep,
                link=f"/plannen/{plan.pk}/#reacties",
                knop="Lezen",
                door=door,
            )
    vastleggen("planreactie", school=plan.school_id, door=door, object=plan)
    return reactie


def mag_reageren(plan: Groepsplan, gebruiker: Gebruiker) -> bool:
    """Who may write in the plan, and the specialist of its subject."""
    if gebruiker.has_perm("wijzigen_groepsplan", plan):
        return True
    dag = klok.vandaag(plan.school)
    return bool(
        toegang.aanstellingen(gebruiker, dag, [plan.school], "specialist")
        .filter(vakgebieden__contains=[plan.vak])
        .exists()
    )
