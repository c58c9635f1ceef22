"""What stands in the calendar and no longer fits: a free day, somebody who doesn't work then, two places at once.

Nothing is moved: each comes with its reason and the free moments nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from besprekingen.models import Bespreking, Deelnemer
from besprekingen.rooster import RUIMST, Activiteit, Afspraak, Beperkingen, Plek, Rooster
from besprekingen.schooljaar import Venster
from besprekingen.services.hulp import dag_van, profiel_van, vorm_van
from besprekingen.services.schooljaren import REDEN, Vergaderdagen, beperkingen_van, jaar_van
from besprekingen.services.uitnodiging import naam_van, wanneer
from leerlingen.models import Schooljaar
from leerlingen.services import schooljaar_van
from leerlingen.termijn import dagnaam, opsomming
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School

TERUG, VERDER = timedelta(days=14), timedelta(days=35)
"""How far from its day another moment is looked for."""
AANTAL = 4


@dataclass(frozen=True)
class Wringt:
    """A planned meeting that no longer fits, why, and what would do."""

    bespreking: Bespreking
    zin: str
    past_wel: tuple[Afspraak, ...] = ()


def wat_wringt(schooljaar: Schooljaar, gebruiker: Gebruiker, grens: Beperkingen | None = None) -> list[Wringt]:
    """The meetings to come in this year that this user sees and that no longer fit, in order of time.

    `grens`: what must be respected from tomorrow on, when it was read already.
    """
    school = schooljaar.school
    rijen = list(
        Bespreking.objects.zichtbaar_voor(gebruiker)
        .filter(school=school, status__in=["gepland", "uitgenodigd"], begin__gt=klok.nu())
        .filter(begin__lt=_middernacht(schooljaar.periode.upper, school))
        .filter(begin__gte=_middernacht(schooljaar.periode.lower, school))
        .select_related("school", "groep", "profielversie")
        .order_by("begin", "pk")
    )
    if not rijen:
        return []
    grens = grens or beperkingen_van(school, jaar_van(schooljaar), klok.vandaag(school) + timedelta(days=1))
    aan_tafel = _aan_tafel(rijen)
    dagen = Vergaderdagen(school)
    uit = []
    for rij in rijen:
        zonder = replace(grens, bezet=tuple(a for a in grens.bezet if a.sleutel != rij.sleutel))
        zin = _vrije_dag(rij, dagen, grens) or _mensen(rij, aan_tafel.get(rij.pk, []), zonder)
        if zin:
            wanneer_ = f"{naam_van(rij)} staat op {wanneer(rij, kort=True)}"
            uit.append(Wringt(rij, f"{wanneer_}; {zin}.", dichtbij(rij, aan_tafel.get(rij.pk, []), zonder)))
    return uit


def vrije_momenten(bespreking: Bespreking) -> tuple[Afspraak, ...]:
    """The free moments nearest to where this meeting stands, for who sit at its table."""
    school = bespreking.school
    deelnemers = _aan_tafel([bespreking]).get(bespreking.pk, [])
    schooljaar = schooljaar_van(school, dag=max(dag_van(bespreking), klok.vandaag(school)))
    vanaf = klok.vandaag(school) + timedelta(days=1)
    return dichtbij(bespreking, deelnemers, beperkingen_van(school, jaar_van(schooljaar), vanaf, zonder=bespreking.pk))


def waarom_niet_dan(bespreking: Bespreking, begin: datetime) -> str:
    """Why who sit at this table cannot at another moment, as a sentence; empty when all can, or when it is past."""
    school = bespreking.school
    if begin <= klok.nu():
        return ""
    dag = begin.astimezone(ZoneInfo(school.tijdzone)).date()
    deelnemers = _aan_tafel([bespreking]).get(bespreking.pk, [])
    grens = beperkingen_van(
        school, jaar_van(schooljaar_van(school, dag=dag)), klok.vandaag(school), zonder=bespreking.pk
    )
    anders = Bespreking(
        school=school,
        soort=bespreking.soort,
        profielversie=bespreking.profielversie,
        begin=begin,
        eind=begin + (bespreking.eind - bespreking.begin),
    )
    return _mensen(anders, deelnemers, grens)


def dichtbij(
    bespreking: Bespreking, deelnemers: Iterable[Deelnemer], grens: Beperkingen, aantal: int = AANTAL
) -> tuple[Afspraak, ...]:
    """Free moments for who sit at the table, nearest to its day, in order of time."""
    dag, vorm = dag_van(bespreking), vorm_van(bespreking)
    activiteit = Activiteit(
        sleutel=bespreking.sleutel,
        naam=naam_van(bespreking),
        venster=Venster(dag - TERUG, dag + VERDER),
        minuten=int((bespreking.eind - bespreking.begin).total_seconds()) // 60,
        plekken=plekken_van(bespreking, deelnemers),
        in_vakantie=_mag_in_vakantie(bespreking),
        dagdeel=vorm.dagdeel,
    )
    staat = bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone)).replace(tzinfo=None)
    alle = [a for a in Rooster(grens).momenten(activiteit, RUIMST) if a.begin != staat]
    dichtst = sorted(alle, key=lambda a: (abs((a.begin.date() - dag).days), a.begin))[:aantal]
    return tuple(sorted(dichtst, key=lambda a: a.begin))


def plekken_van(bespreking: Bespreking, deelnemers: Iterable[Deelnemer]) -> tuple[Plek, ...]:
    """The seats as they are taken now: of the people in one seat one is enough, and who was asked by hand must come."""
    vorm = vorm_van(bespreking)
    nodig = {lid.code for lid in vorm.leden if lid.verplicht or lid.code == vorm.voorzitter}
    per_zetel: dict[str, list[int]] = {}
    for deelnemer in deelnemers:
        zetel = deelnemer.zetel or f"met de hand {deelnemer.persoon_id}"
        per_zetel.setdefault(zetel, []).append(deelnemer.persoon_id)
    bekend = {lid.code for lid in vorm.leden}
    return tuple(
        Plek(tuple(mensen), "wie_kan", verplicht=zetel in nodig or zetel not in bekend)
        for zetel, mensen in per_zetel.items()
    )


def _aan_tafel(rijen: Iterable[Bespreking]) -> dict[int, list[Deelnemer]]:
    """Who of the team sit there; parents and experts keep their own calendars."""
    uit: dict[int, list[Deelnemer]] = {}
    deelnemers = Deelnemer.objects.systeemtoegang(reden=REDEN).filter(bespreking__in=list(rijen), extern=False)
    for deelnemer in deelnemers.exclude(rol="ouder").select_related("persoon").order_by("pk"):
        uit.setdefault(deelnemer.bespreking_id, []).append(deelnemer)
    return uit


def _mag_in_vakantie(bespreking: Bespreking) -> bool:
    rijen = profiel_van(bespreking).jaarcyclus
    return any(rij.in_vakantie for rij in rijen if rij.code == bespreking.activiteit)


def _vrije_dag(bespreking: Bespreking, dagen: Vergaderdagen, grens: Beperkingen) -> str:
    """A free day, or a study day that came over what the planner put there; by hand people chose it themselves."""
    dag = dag_van(bespreking)
    if grens.jaar.is_schooldag(dag) or (_mag_in_vakantie(bespreking) and grens.jaar.is_vakantiedag(dag)):
        return ""
    reden = dagen.waarom_niet(dag)
    if reden:
        return f"dat is {reden}"
    gepland = bespreking.sleutel.startswith("jaar:") and not bespreking.volgnummer
    vrij = next((v.naam for v in grens.jaar.vrij if v.van <= dag <= v.tot_en_met), "")
    return f"dat is een dag zonder leerlingen: {vrij}" if gepland and vrij else ""


def _mensen(bespreking: Bespreking, deelnemers: list[Deelnemer], grens: Beperkingen) -> str:
    """The first seat that nobody can take at its moment, and who are in two places."""
    zone = ZoneInfo(bespreking.school.tijdzone)
    begin, eind = (m.astimezone(zone).replace(tzinfo=None) for m in (bespreking.begin, bespreking.eind))
    rooster = Rooster(grens)
    namen = {d.persoon_id: d.persoon.naam for d in deelnemers}
    for plek in plekken_van(bespreking, deelnemers):
        if not plek.verplicht:
            continue
        werken = [m for m in plek.mensen if m not in grens.mensen or grens.mensen[m].werkt(begin.date())]
        wie = opsomming([namen[m] for m in plek.mensen])
        een = len(plek.mensen) == 1
        if not werken:
            return f"{wie} {'werkt' if een else 'werken'} niet op {dagnaam(begin.date())}"
        if all(rooster.botst(m, begin, eind) for m in werken):
            return f"{opsomming([namen[m] for m in werken])} {'heeft' if len(werken) == 1 else 'hebben'} dan al iets"
    return ""


def _middernacht(dag: date, school: School) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=ZoneInfo(school.tijdzone))
