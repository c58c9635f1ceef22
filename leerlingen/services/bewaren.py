"""Retention: what is past its term goes, with proof; what must stay is named, with a reason (domein §2.5).

Each pupil is one transaction: killed halfway, the next run goes on where this one stopped. Files leave the disk after
their rows are gone; until then they stand on the proof (`te_wissen`), so none is forgotten.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from leerlingen import profielen_van_school
from leerlingen.bewaren import eerste_te_bewaren, is_voorbij
from leerlingen.models import (
    Bewaarbeperking,
    Document,
    Dossierstuk,
    Leerling,
    Ouderschap,
    Plaatsing,
    Profielversie,
    Taak,
    Toestemming,
    Vernietiging,
)
from leerlingen.profiel.route import Bewaartermijn
from leerlingen.services.bewaarbeperking import beperkte_leerlingen
from leerlingen.services.bewaren_groep import begin_van, gaat_over, verlopen_groepsstukken
from leerlingen.services.hulp import persoon_van
from leerlingen.services.taken import taak_laten_vervallen
from leerlingen.services.vernietigen import NogGebruikt, Rijen, Verwijzingen, bestanden_van, met_aanhang, verwijder
from leerlingen.services.vernietigen_ouders import ouders_van, vergeet_ouders
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.logboek.models import Logregel
from zorg.logboek.services import vastleggen

log = logging.getLogger(__name__)
TAAK = "bewaartermijnen"
"""The kind of task by which the director hears of it."""

DOSSIER, INSCHRIJVING, TOESTEMMING = "leerlingdossier", "verzuim", "toestemming"
GROEPSSTUK, LOGBOEK = "groepsstuk", "logboek"
# What hangs on the pupil directly goes with the dossier, but for these; what has a piece goes with that piece.
EIGEN_TERMIJN: dict[type[models.Model], str] = {
    Plaatsing: INSCHRIJVING,
    Ouderschap: INSCHRIJVING,
    Bewaarbeperking: INSCHRIJVING,
    Toestemming: TOESTEMMING,
}


@dataclass
class Uitkomst:
    """What was (or would be) destroyed at one school, in numbers."""

    school: str
    leerlingen: int = 0
    """Pupils of whom something went."""
    geheel: int = 0
    """Pupils of whom nothing is left."""
    beperkt: int = 0
    """Pupils past a term of whom nothing may go yet."""
    groepsstukken: int = 0
    """Papers of groups."""
    mislukt: int = 0
    bestanden: int = 0
    logregels: int = 0
    termijnen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Rows by term."""
    verwijderd: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Rows by kind."""

    def tel(self, gedaan: list[_Gedaan]) -> None:
        """Add what went of one pupil."""
        self.leerlingen += bool(gedaan)
        self.geheel += any(deel.geheel for deel in gedaan)
        self.tel_rijen(gedaan)

    def tel_rijen(self, gedaan: list[_Gedaan]) -> None:
        for deel in gedaan:
            self.termijnen[deel.termijn] += sum(deel.aantallen.values())
            for soort, aantal in deel.aantallen.items():
                self.verwijderd[soort] += aantal

    @property
    def is_leeg(self) -> bool:
        return not (self.leerlingen or self.groepsstukken or self.logregels or self.bestanden)

    def als_dict(self) -> dict[str, Any]:
        return {**vars(self), "termijnen": dict(self.termijnen), "verwijderd": dict(self.verwijderd)}


# -- what is past its term -------------------------------------------------------------------------------------


def _termijnen(versie: Profielversie) -> dict[str, Bewaartermijn]:
    return {termijn.code: termijn for termijn in profielen_van_school.profiel(versie).bewaartermijnen}


def _kandidaten(school: School, termijnen: dict[str, Bewaartermijn], vandaag: date) -> list[int]:
    """Pupils of whom something may be past its term: those who left, and those with pieces that count by themselves."""
    anders = [code for code, termijn in termijnen.items() if termijn.vanaf != "uitschrijving"]
    weg = Leerling.objects.systeemtoegang(reden="wie is uitgeschreven").filter(
        school=school, ingeschreven__endswith__lte=vandaag
    )
    stukken = Dossierstuk.objects.systeemtoegang(reden="stukken met een eigen termijn").filter(
        school=school, bewaargrond__in=anders
    )
    return sorted({*weg.values_list("pk", flat=True), *stukken.values_list("leerling_id", flat=True)})


def _lokale_dag(moment: datetime, school: School) -> date:
    return moment.astimezone(ZoneInfo(school.tijdzone)).date()


def _begin(stuk: Dossierstuk, termijn: Bewaartermijn, vertrek: date | None) -> date | None:
    """The day from which the term of a piece counts, or None while it does not run yet."""
    if termijn.vanaf == "uitschrijving":
        return vertrek
    if termijn.vanaf == "vastlegging":
        return _lokale_dag(stuk.opgesteld_op, stuk.school)
    document: Document | None = (
        Document.objects.systeemtoegang(reden="wanneer is het afgesloten").filter(stuk=stuk).first()
    )
    if document is None:
        return stuk.datum
    return _lokale_dag(document.vastgesteld_op, stuk.school) if document.vastgesteld_op else vertrek


def _verlopen_stukken(
    leerling: Leerling, termijnen: dict[str, Bewaartermijn], vertrek: date | None, vandaag: date
) -> dict[str, set[int]]:
    """Pieces past their term, by its code. A ground that the procedure does not know counts as the dossier."""
    gevonden: dict[str, set[int]] = defaultdict(set)
    for stuk in Dossierstuk.objects.systeemtoegang(reden="welke stukken zijn over hun termijn").filter(
        leerling=leerling
    ):
        stuk.school = leerling.school
        termijn = termijnen.get(stuk.bewaargrond) or termijnen.get(DOSSIER)
        begin = _begin(stuk, termijn, vertrek) if termijn else None
        if termijn and begin is not None and is_voorbij(termijn, begin, vandaag):
            gevonden[termijn.code].add(stuk.pk)
    return gevonden


def _direct(leerling: Leerling, code: str) -> Rijen:
    """The rows that hang on the pupil without a piece between and go with this term."""
    rijen: Rijen = {}
    for relatie in Leerling._meta.get_fields(include_hidden=True):
        if not relatie.auto_created or relatie.concrete or not (relatie.one_to_many or relatie.one_to_one):
            continue
        veld: Any = relatie.remote_field
        model: Any = veld.model
        namen = {v.name for v in model._meta.local_fields}
        if veld.remote_field.on_delete is not models.CASCADE or "stuk" in namen or model is Dossierstuk:
            continue
        if EIGEN_TERMIJN.get(model, DOSSIER) == code:
            alle = model._default_manager.systeemtoegang(reden="wat hangt aan de leerling").order_by()
            rijen[model] = set(alle.filter(**{veld.name: leerling}).values_list("pk", flat=True))
    return rijen


def _te_vernietigen(
    leerling: Leerling, termijnen: dict[str, Bewaartermijn], vandaag: date
) -> Iterator[tuple[Bewaartermijn, Rijen]]:
    """What goes now, term by term; the caller deletes each before it asks for the next."""
    grens = leerling.ingeschreven.upper
    vertrek = grens - timedelta(days=1) if grens is not None and grens <= vandaag else None
    om = {
        code
        for code, t in termijnen.items()
        if vertrek and t.vanaf == "uitschrijving" and is_voorbij(t, vertrek, vandaag)
    }
    stukken = _verlopen_stukken(leerling, termijnen, vertrek, vandaag)
    for code in sorted({*stukken, *(om & {DOSSIER, TOESTEMMING})}):
        begin: Rijen = {Dossierstuk: stukken.get(code, set())}
        if code in om:
            begin |= _direct(leerling, code)
        yield termijnen[code], begin
    if INSCHRIJVING in om and not _iets_over(leerling):
        yield termijnen[INSCHRIJVING], {Leerling: {leerling.pk}}


def _iets_over(leerling: Leerling) -> bool:
    """Whether anything with another term than the enrolment is left."""
    if Dossierstuk.objects.systeemtoegang(reden="is er nog een stuk").filter(leerling=leerling).exists():
        return True
    return any(ids for code in (DOSSIER, TOESTEMMING) for ids in _direct(leerling, code).values())


# -- destroying ------------------------------------------------------------------------------------------------


@dataclass
class _Gedaan:
    """One term of one pupil."""

    termijn: str
    aantallen: dict[str, int]
    bestanden: int
    geheel: bool


def bewaartermijnen_uitvoeren(*, school: School, proef: bool = False, door: Gebruiker | None) -> Uitkomst:
    """Destroy what is past its term at this school, which is in the context. `proef` only counts.

    Idempotent: what is gone is gone. One pupil that can't be done is counted and does not stop the others.
    """
    if door is not None and not proef:
        persoon_van(door, school)
    uitkomst, vandaag = Uitkomst(school.code), klok.vandaag(school)
    if not proef:
        uitkomst.bestanden += _wis_bestanden(school)
    versie = profielen_van_school.huidige_versie(school)
    termijnen = _termijnen(versie)
    for leerling_id in _kandidaten(school, termijnen, vandaag):
        try:
            with transaction.atomic():
                leerling = _vast(leerling_id)  # while it is locked nobody can say that it must stay
                blijft = leerling_id in beperkte_leerlingen(school, vandaag)
                gedaan = list(_een_leerling(leerling, versie, vandaag, door=door)) if leerling else []
                if proef or blijft:
                    transaction.set_rollback(True)
        except (NogGebruikt, IntegrityError) as fout:
            log.error("retention of pupil %s stopped: %s", leerling_id, type(fout).__name__)
            uitkomst.mislukt += 1
            continue
        if blijft:
            uitkomst.beperkt += bool(gedaan)
            continue
        uitkomst.tel(gedaan)
        if proef:
            uitkomst.bestanden += sum(deel.bestanden for deel in gedaan)
        else:
            uitkomst.bestanden += _wis_bestanden(school)
    if GROEPSSTUK in termijnen:
        _groepsstukken(school, termijnen[GROEPSSTUK], versie, vandaag, uitkomst, door=door, proef=proef)
    if LOGBOEK in termijnen:
        _logboek(school, termijnen[LOGBOEK], versie, vandaag, uitkomst, door=door, proef=proef)
    if not proef and not uitkomst.mislukt:
        _taken_vervallen(school)
    return uitkomst


def _vast(leerling_id: int) -> Leerling | None:
    alle = Leerling.objects.systeemtoegang(reden="bewaartermijnen uitvoeren").select_for_update(of=("self",))
    leerling: Leerling | None = alle.select_related("school").filter(pk=leerling_id).first()
    return leerling


def _een_leerling(
    leerling: Leerling, versie: Profielversie, vandaag: date, *, door: Gebruiker | None
) -> Iterator[_Gedaan]:
    """Destroy what is past its term of one pupil, term by term, in the transaction of the caller."""
    leerling_id = leerling.pk
    ouders = ouders_van(leerling)
    for termijn, begin in _te_vernietigen(leerling, _termijnen(versie), vandaag):
        rijen = met_aanhang(begin)
        if not rijen:
            continue
        bestanden = bestanden_van(rijen)
        aantallen = verwijder(rijen, leerling.school_id)
        if Leerling in rijen:
            _vergeet_in_logboek(leerling_id, leerling.school_id)
            for soort, aantal in vergeet_ouders(leerling.school, ouders).items():
                aantallen[soort] = aantallen.get(soort, 0) + aantal
        _bewijs(leerling.school, termijn, versie, leerling_id, aantallen, bestanden, door=door)
        yield _Gedaan(termijn.code, aantallen, len(bestanden), Leerling in rijen)


def _groepsstukken(
    school: School,
    termijn: Bewaartermijn,
    versie: Profielversie,
    vandaag: date,
    uitkomst: Uitkomst,
    *,
    door: Gebruiker | None,
    proef: bool,
) -> None:
    """Destroy the papers of groups that are past their term, each in a transaction of its own."""
    for document_id in verlopen_groepsstukken(school, termijn, vandaag):
        try:
            with transaction.atomic():
                los: Verwijzingen = []
                rijen = met_aanhang(begin_van(document_id), los)
                if gaat_over(rijen, beperkte_leerlingen(school, vandaag)):
                    continue
                bestanden = bestanden_van(rijen)
                gedaan = _Gedaan(termijn.code, verwijder(rijen, school.pk, los), len(bestanden), geheel=False)
                _bewijs(school, termijn, versie, None, gedaan.aantallen, bestanden, door=door)
                if proef:
                    transaction.set_rollback(True)
        except (NogGebruikt, IntegrityError) as fout:
            log.error("retention of paper %s stopped: %s", document_id, type(fout).__name__)
            uitkomst.mislukt += 1
            continue
        uitkomst.groepsstukken += 1
        uitkomst.tel_rijen([gedaan])


def _bewijs(
    school: School,
    termijn: Bewaartermijn,
    versie: Profielversie,
    leerling: int | None,
    aantallen: dict[str, int],
    bestanden: list[str],
    *,
    door: Gebruiker | None,
) -> None:
    telling = aantallen | ({"bestand": len(bestanden)} if bestanden else {})
    bewijs = Vernietiging.objects.create(
        school=school,
        op=klok.nu(),
        termijn=termijn.code,
        maanden=termijn.maanden,
        grond=termijn.grond,
        profielversie=versie,
        leerling_nummer=leerling,
        aantallen=telling,
        door=persoon_van(door, school) if door else None,
        te_wissen=bestanden,
    )
    vastleggen("gegevens_vernietigd", school=school, door=door, leerling=leerling, object=bewijs, termijn=termijn.code)


def _wis_bestanden(school: School) -> int:
    """Take the files off the disk whose rows are gone; also those of a run that was killed in between."""
    gewist = 0
    for bewijs in (
        Vernietiging.objects.systeemtoegang(reden="bestanden van vernietigde stukken")
        .filter(school=school)
        .exclude(te_wissen=[])
    ):
        for naam in bewijs.te_wissen:
            default_storage.delete(naam)
            gewist += 1
        bewijs.te_wissen = []
        bewijs.save(update_fields=["te_wissen"])
    return gewist


def _vergeet_in_logboek(leerling_id: int, school_id: int) -> None:
    """The lines stay for their own term; what somebody wrote in them about the child does not."""
    with connection.cursor() as cursor:
        cursor.execute("select leerlingen_logboek_vergeten(%s, %s)", [school_id, leerling_id])


def _logboek(
    school: School,
    termijn: Bewaartermijn,
    versie: Profielversie,
    vandaag: date,
    uitkomst: Uitkomst,
    *,
    door: Gebruiker | None,
    proef: bool,
) -> None:
    """Drop the lines of the logbook that are past its term, but for those about pupils whose data must stay."""
    beperkt = beperkte_leerlingen(school, vandaag)
    grens = datetime.combine(eerste_te_bewaren(termijn, vandaag), time.min, tzinfo=ZoneInfo(school.tijdzone))
    oud = Logregel.objects.systeemtoegang(reden="logregels over hun termijn").filter(school=school, tijd__lt=grens)
    if proef:
        uitkomst.logregels = oud.filter(~Q(leerling_id__in=beperkt) | Q(leerling_id__isnull=True)).count()
        return
    if not oud.exists():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select logboek_opruimen(%s, %s, %s)", [school.pk, grens, sorted(beperkt)])
        uitkomst.logregels = cursor.fetchone()[0]
        if uitkomst.logregels:
            _bewijs(school, termijn, versie, None, {"logregel": uitkomst.logregels}, [], door=door)


def _taken_vervallen(school: School) -> None:
    for sleutel in (
        Taak.objects.systeemtoegang(reden="het is gedaan")
        .filter(school=school, soort=TAAK)
        .open()
        .values_list("sleutel", flat=True)
    ):
        taak_laten_vervallen(school=school, sleutel=sleutel, door=None)
