"""What a plan must respect: the school's own days, the working days of its people, what stands in the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from besprekingen import vakanties
from besprekingen.models import Bespreking, Deelnemer, Plangrens, Vergadertijd
from besprekingen.rooster import Afspraak, Beperkingen, Blok, Mens
from besprekingen.schooljaar import WERKWEEK, Jaar
from besprekingen.vergadertijden import Vergadertijden, standaard
from leerlingen import profielen_van_school
from leerlingen.models import Aanstelling, Schooljaar, Vrij
from leerlingen.services.hulp import periode_vanaf
from leerlingen.termijn import dagnaam
from leerlingen.zorgfeiten import Vakantie
from zorg.kern.models import Gebruiker, School
from zorg.logboek.services import vastleggen

REDEN = "de jaarkalender plannen"
ZOEKEN = 70
"""How many days around a free day another is looked for: longer than any summer."""


def heeft_vakanties(schooljaar: Schooljaar) -> bool:
    """Whether the school has any free days of its own for this year."""
    eigen = Vrij.objects.systeemtoegang(reden="heeft de school al vakanties").filter(
        school=schooljaar.school, periode__overlap=schooljaar.periode
    )
    return bool(eigen.exists())


@transaction.atomic
def vakanties_zorgen(*, schooljaar: Schooljaar, door: Gebruiker | None) -> int:
    """Fill the holidays of a school year from the preset of the region, when the school has none yet for it.

    They are the school's own rows from then on. Gives how many were added.
    """
    school, begin, eind = schooljaar.school, schooljaar.periode.lower, schooljaar.periode.upper
    if heeft_vakanties(schooljaar):
        return 0
    voorstel = vakanties.voorstel(school.land, school.regio, begin, eind)
    for rij in voorstel:
        Vrij.objects.create(
            school=school,
            naam=f"{rij.naam} (kijk de data na)" if rij.geschat else rij.naam,
            soort=rij.soort,
            periode=periode_vanaf(rij.van, rij.tot_en_met + timedelta(days=1)),
        )
    if voorstel:
        vastleggen("vakanties_ingevuld", school=school, door=door, aantal=len(voorstel))
    return len(voorstel)


def jaar_van(schooljaar: Schooljaar) -> Jaar:
    """The school year with its own free days; where the school has none, the preset and what is free by law."""
    return _jaar(schooljaar.school, schooljaar.periode.lower, schooljaar.periode.upper)


def _jaar(school: School, begin: date, eind: date, *, studiedagen: bool = True) -> Jaar:
    rijen = list(
        Vrij.objects.systeemtoegang(reden="schooldagen van het jaar").filter(
            school=school, periode__overlap=periode_vanaf(begin, eind)
        )
    )
    vrij = [
        Vakantie(rij.naam, rij.periode.lower, rij.periode.upper - timedelta(days=1))
        for rij in rijen
        if studiedagen or rij.soort != "studiedag"
    ]
    if not rijen:
        vrij = [
            Vakantie(v.naam, v.van, v.tot_en_met) for v in vakanties.voorstel(school.land, school.regio, begin, eind)
        ]
    else:
        vrij += [Vakantie(naam, dag, dag) for dag, naam in vakanties.feestdagen(school.land, begin, eind)]
    return Jaar(begin, eind, tuple(vrij))


class Vergaderdagen:
    """On which days people can be asked to school: school days, and study days too, when only the pupils are free."""

    def __init__(self, school: School) -> None:
        self.school = school
        self._start = profielen_van_school.start_schooljaar(school)
        self._jaren: dict[int, Jaar] = {}

    def _jaar(self, dag: date) -> Jaar:
        nummer = dag.year if (dag.month, dag.day) >= self._start else dag.year - 1
        if nummer not in self._jaren:
            begin, eind = (date(jaar, *self._start) for jaar in (nummer, nummer + 1))
            self._jaren[nummer] = _jaar(self.school, begin, eind, studiedagen=False)
        return self._jaren[nummer]

    def waarom_niet(self, dag: date) -> str:
        """«een vrije dag: Kerstvakantie» or «geen schooldag: het is zondag»; empty when people can meet."""
        vrij = next((v.naam for v in self._jaar(dag).vrij if v.van <= dag <= v.tot_en_met), None)
        if vrij is not None:
            return f"een vrije dag: {vrij}"
        return "" if dag.isoweekday() in WERKWEEK else f"geen schooldag: het is {dagnaam(dag)}"

    def dichtstbij(self, dag: date, vanaf: date) -> date | None:
        """The nearest day from `vanaf` on that will do, the later of two; None when there is none within ten weeks."""
        rij = (dag + timedelta(days=teken * n) for n in range(ZOEKEN) for teken in (1, -1))
        return next((d for d in rij if d >= vanaf and not self.waarom_niet(d)), None)


def _moment(dag: date, school: School) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=ZoneInfo(school.tijdzone))


def mensen_van(school: School, dag: date, aanstellingen: Iterable[Aanstelling] | None = None) -> dict[int, Mens]:
    """Everybody with an appointment that is not over, with their working days; two appointments add up.

    `aanstellingen`: all of the school with their people, when they were read already.
    """
    uit: dict[int, Mens] = {}
    if aanstellingen is None:
        aanstellingen = Aanstelling.objects.systeemtoegang(reden=REDEN).filter(school=school).select_related("persoon")
    for rij in aanstellingen:
        if rij.periode.upper is not None and rij.periode.upper <= dag:
            continue
        eerder = uit.get(rij.persoon_id)
        dagen = frozenset(rij.werkdagen)
        if eerder is not None:
            dagen = eerder.werkdagen | dagen if eerder.werkdagen and dagen else frozenset()
        uit[rij.persoon_id] = Mens(rij.persoon_id, rij.persoon.naam, dagen)
    return uit


def bezette_momenten(school: School, jaar: Jaar, *, zonder: int | None = None) -> tuple[Afspraak, ...]:
    """What stands in the calendar of this year already, with who sits there, in local time."""
    rijen = list(
        Bespreking.objects.systeemtoegang(reden=REDEN)
        .filter(school=school, begin__gte=_moment(jaar.begin, school), begin__lt=_moment(jaar.eind, school))
        .exclude(status=Bespreking.Status.AFGEZEGD)
        .exclude(pk=zonder)
    )
    aan_tafel: dict[int, list[int]] = {}
    for bespreking_id, persoon_id in (
        Deelnemer.objects.systeemtoegang(reden=REDEN).filter(bespreking__in=rijen).values_list("bespreking", "persoon")
    ):
        aan_tafel.setdefault(bespreking_id, []).append(persoon_id)
    zone = ZoneInfo(school.tijdzone)
    return tuple(
        Afspraak(
            rij.sleutel,
            "",
            rij.begin.astimezone(zone).replace(tzinfo=None),
            rij.eind.astimezone(zone).replace(tzinfo=None),
            tuple(aan_tafel.get(rij.pk, ())),
        )
        for rij in rijen
    )


def vergadertijden_van(school: School) -> Vergadertijden:
    """When people of this school meet: as it said itself, else the preset of the country."""
    grens: Plangrens | None = Plangrens.objects.systeemtoegang(reden=REDEN).filter(school=school).first()
    if grens is None:
        return standaard(school.land)
    tijden: dict[int, tuple[Blok, ...]] = {}
    for rij in Vergadertijd.objects.systeemtoegang(reden=REDEN).filter(school=school):
        tijden[rij.weekdag] = (*tijden.get(rij.weekdag, ()), Blok(rij.van, rij.tot, rij.in_de_les))
    return Vergadertijden(
        tijden, Blok(grens.vakantie_van, grens.vakantie_tot), grens.per_dag, grens.per_week, eigen=True
    )


def beperkingen_van(
    school: School,
    jaar: Jaar,
    vanaf: date,
    *,
    zonder: int | None = None,
    aanstellingen: Iterable[Aanstelling] | None = None,
) -> Beperkingen:
    """All that a plan from this day on must respect; `zonder` leaves one meeting (by key) out of what stands."""
    uren = vergadertijden_van(school)
    return Beperkingen(
        jaar=jaar,
        mensen=mensen_van(school, vanaf, aanstellingen),
        vanaf=vanaf,
        tijden=uren.tijden,
        vakantie=uren.vakantie,
        bezet=bezette_momenten(school, jaar, zonder=zonder),
        per_dag=uren.per_dag,
        per_week=uren.per_week,
    )
