"""A pupil leaves, or stays after all: what leaving ended then comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from leerlingen import profielen_van_school
from leerlingen.models import Leerling, Plaatsing, Schooljaar
from leerlingen.services.hulp import verruimd
from leerlingen.services.inrichten import schooljaar_van
from leerlingen.services.leerlingen import beeindig_plaatsingen
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.tekst import datum
from zorg.logboek.services import vastleggen

REDEN = "een uitschrijving terugdraaien"


@transaction.atomic
def uitschrijven(*, leerling: Leerling, per: date, door: Gebruiker | None) -> Leerling:
    """The pupil leaves on this day (the first without); placements end, the dossier stays for its term.

    Raises DomeinFout for a day before the enrolment, or in a year that is over or not there yet: a slip in the year
    would end what the pupil was part of since.
    """
    leerling = _op_slot(leerling)
    if leerling.ingeschreven.upper == per:
        return leerling
    if leerling.ingeschreven.lower and per <= leerling.ingeschreven.lower:
        raise DomeinFout("De uitschrijfdatum ligt vóór de inschrijving.")
    vroegst, laatst = _laatste_dagen(leerling.school)
    if not vroegst < per <= laatst + timedelta(days=1):
        raise DomeinFout(f"Kies als laatste dag een dag van {datum(vroegst)} tot en met {datum(laatst)}.")
    leerling.ingeschreven = DateRange(leerling.ingeschreven.lower, per, "[)")
    leerling.save(update_fields=["ingeschreven"])
    beeindig_plaatsingen(leerling, per, alleen_stamgroep=False)
    vastleggen("leerling_uitgeschreven", school=leerling.school_id, door=door, leerling=leerling, per=str(per))
    return leerling


@transaction.atomic
def uitschrijving_terugdraaien(*, leerling: Leerling, door: Gebruiker | None) -> Leerling:
    """Take back that a pupil leaves: a mistake, or the family stays. The placements that leaving ended are back.

    Raises DomeinFout when no leaving is recorded.
    """
    leerling = _op_slot(leerling)
    per = leerling.ingeschreven.upper
    if per is None:
        raise DomeinFout("Deze leerling is niet uitgeschreven.")
    leerling.ingeschreven = DateRange(leerling.ingeschreven.lower, None, "[)")
    leerling.save(update_fields=["ingeschreven"])
    dagen = profielen_van_school.overdracht_dagen(leerling.school)
    for plaatsing in _geeindigd(leerling, per):
        plaatsing.inzage = verruimd(plaatsing.periode, dagen)
        _zet_terug(plaatsing)
    _vul_jaar_vol(leerling, per, dagen)
    vastleggen("uitschrijving_teruggedraaid", school=leerling.school_id, door=door, leerling=leerling)
    return leerling


def _op_slot(leerling: Leerling) -> Leerling:
    """The row as it is now, for this transaction alone, in the object of the caller: a form may be sent twice."""
    Leerling.objects.systeemtoegang(reden="een uitschrijving tegelijk").select_for_update(of=("self",)).get(
        pk=leerling.pk
    )
    leerling.refresh_from_db(fields=["ingeschreven"])
    return leerling


def _laatste_dagen(school: School) -> tuple[date, date]:
    """The first and the last day that can be a last one: from the day before this school year (who does not come back
    after the summer) to the end of the last year that the school has.
    """
    dit = schooljaar_van(school).periode
    einde = (
        Schooljaar.objects.systeemtoegang(reden="tot wanneer de school plant")
        .filter(school=school)
        .aggregate(einde=Max("periode__endswith"))["einde"]
    )
    return dit.lower - timedelta(days=1), max(dit.upper, einde or dit.upper) - timedelta(days=1)


def _geeindigd(leerling: Leerling, per: date) -> list[Plaatsing]:
    """The placements as they were before leaving ended them, read in their history: the newest versions of all are
    ends on that day, and what was still to begin and was dropped.
    """
    bron: Any = Plaatsing.pgh_event_model  # type: ignore[attr-defined]
    versies = list(bron.objects.systeemtoegang(reden=REDEN).filter(leerling_id=leerling.pk).order_by("-pgh_id"))
    terug = []
    for plek, versie in enumerate(versies):
        geschrapt = versie.pgh_label == "delete" and versie.periode.lower >= per
        geeindigd = versie.pgh_label == "update" and versie.periode.upper == per
        eerder = versie if geschrapt else _vorige(versies[plek + 1 :], versie.pgh_obj_id)
        if not (geschrapt or geeindigd) or eerder is None:
            break
        terug.append(
            Plaatsing(
                pk=None if geschrapt else versie.pgh_obj_id,
                school_id=versie.school_id,
                leerling=leerling,
                groep_id=versie.groep_id,
                stamgroep=versie.stamgroep,
                jaargroep=versie.jaargroep,
                periode=eerder.periode,
            )
        )
    return terug


def _vorige(versies: Sequence[Any], plaatsing_id: int) -> Any:
    return next((versie for versie in versies if versie.pgh_obj_id == plaatsing_id), None)


def _vul_jaar_vol(leerling: Leerling, per: date, dagen: int) -> None:
    """The home group up to the end of its year, when the pupil came there while leaving stood on record already."""
    thuis = Plaatsing.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling, stamgroep=True)
    laatste = thuis.filter(periode__endswith=per).select_related("groep__schooljaar").first()
    if laatste is None or thuis.filter(periode__endswith__gt=per).exists():
        return
    einde = laatste.groep.schooljaar.periode.upper
    if einde > per:
        laatste.periode = DateRange(laatste.periode.lower, einde, "[)")
        laatste.inzage = verruimd(laatste.periode, dagen)
        laatste.save(update_fields=["periode", "inzage"])


def _zet_terug(plaatsing: Plaatsing) -> None:
    """Unless the pupil sits elsewhere in that time by now."""
    try:
        with transaction.atomic():
            plaatsing.save(force_insert=plaatsing.pk is None, force_update=plaatsing.pk is not None)
    except IntegrityError:
        return
