"""Planning the meetings of a whole year by the Kogerveld procedure, for schools of 10 and 24 groups.

First the pure planner on what the year cycle asks; then the service with the database: the proposal, and putting it in
the calendar (meetings, members, minutes, invitations to come, the record). Beside it stands the bare SQL of the same
rows. An ib'er of three days for every twelve groups, every third group with two part-timers.
"""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from bench import Meting, duur, rekentijd
from besprekingen import jaarplanning
from besprekingen.jaarplanning import Activiteit, Beperkingen
from besprekingen.services import jaar_van, jaar_vastleggen, jaar_voorstellen, vakanties_zorgen
from besprekingen.services.jaarkalender import tafel_voor, vragen_van
from besprekingen.services.schooljaren import beperkingen_van
from leerlingen import profielen_van_school, services
from leerlingen.models import Schooljaar
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext
from zorg.overzicht.demo import statistiek

GROEPEN: Final = (10, 24)
PER_IB: Final = 12
IB_DAGEN: Final = ([1, 2, 4], [2, 3, 5])
NU: Final = datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
VANAF: Final = date(2026, 8, 1)
VAKKEN: Final = ("rekenen", "begrijpend_lezen", "sociaal_emotioneel")
SCHRIJFRONDEN: Final = 3
GELEZEN: Final = (
    "select * from leerlingen_aanstelling a join leerlingen_persoon p on p.id = a.persoon_id where a.school_id = %s",
    "select * from leerlingen_toewijzing t join leerlingen_persoon p on p.id = t.persoon_id where t.school_id = %s",
    "select * from leerlingen_groep where school_id = %s",
    "select * from leerlingen_vrij where school_id = %s",
    "select * from besprekingen_bespreking where school_id = %s",
)
"""The same rows that a proposal reads, asked directly."""


class _Terug(Exception):
    """Rolls a round back."""


def _iemand(school: School, naam: str, rol: str, **velden: Any) -> Any:
    persoon = services.persoon_toevoegen(school=school, roepnaam=naam, achternaam="Meter", door=None)
    services.aanstellen(persoon=persoon, rol=rol, vanaf=VANAF, door=None, **velden)
    return persoon


def _school(aantal: int) -> tuple[School, Schooljaar]:
    """A school of so many groups, every third with two part-timers."""
    school = services.school_aanmaken(
        naam=f"Meetschool {aantal}", land="NL", profiel="kogerveld", regio="noord", door=None
    )
    with schoolcontext([school]):
        jaar = services.schooljaar_zorgen(school=school, door=None)
        vakanties_zorgen(schooljaar=jaar, door=None)
        for nummer in range(-(-aantal // PER_IB)):
            _iemand(school, f"ib{nummer}", "ib", werkdagen=IB_DAGEN[nummer % 2])
        for rol in ("directeur", "teamleider"):
            _iemand(school, rol, rol)
        for vak in VAKKEN:
            _iemand(school, vak, "specialist", vakgebieden=[vak])
        for nummer in range(aantal):
            groep = services.groep_zorgen(
                school=school, schooljaar=jaar, naam=f"g{nummer}", jaargroep=str(1 + nummer % 8), door=None
            )
            halve = (([1, 2, 3],), ([3, 4, 5],)) if nummer % 3 == 0 else (([],),)
            for deel, (werkdagen,) in enumerate(halve):
                juf = _iemand(school, f"Juf{nummer}{'ab'[deel]}", "leerkracht", werkdagen=werkdagen)
                services.toewijzen(persoon=juf, groep=groep, door=None)
    return school, jaar


def _gevraagd(jaar: Schooljaar) -> tuple[list[Activiteit], Beperkingen]:
    """What the planner gets."""
    dagen = jaar_van(jaar)
    profiel = profielen_van_school.huidig_profiel(jaar.school)
    vragen = vragen_van(jaar, dagen, tafel_voor(jaar, dagen), profiel)
    return vragen.activiteiten, beperkingen_van(jaar.school, dagen, NU.date() + timedelta(days=1))


def _vastleggen(jaar: Schooljaar) -> tuple[float, float, float]:
    """Milliseconds, processor time, and milliseconds of PostgreSQL alone for the same rows; rolled back."""
    voorstel = jaar_voorstellen(jaar)
    try:
        with transaction.atomic():
            werk, begin = time.process_time(), time.perf_counter()
            gemaakt = jaar_vastleggen(voorstel=voorstel, door=None)
            klaar, gerekend = time.perf_counter(), time.process_time() - werk
            if gemaakt["besprekingen"] != len(voorstel.voorstel.afspraken) or jaar_voorstellen(jaar).voorstel.afspraken:
                raise RuntimeError("niet alles staat in de kalender, of er kwam iets dubbel")
            kaal = _kale_invoer()
            raise _Terug
    except _Terug:
        return (klaar - begin) * 1000, gerekend * 1000, kaal


def _kale_invoer() -> float:
    """Insert the same meetings, members and tasks once more, in tables of the same form."""
    tabellen = ("besprekingen_bespreking", "besprekingen_deelnemer", "leerlingen_taak", "kern_werk")
    with connection.cursor() as cursor:
        for tabel in tabellen:
            cursor.execute(f"create temporary table kaal_{tabel} (like {tabel} including all) on commit drop")
        begin = time.perf_counter()
        for tabel in tabellen:
            cursor.execute(f"insert into kaal_{tabel} overriding system value select * from {tabel}")
        return (time.perf_counter() - begin) * 1000


def _kaal_gelezen(school: School) -> None:
    with connection.cursor() as cursor:
        for vraag in GELEZEN:
            cursor.execute(vraag, [school.pk])
            cursor.fetchall()


def _regel(naam: str, ms: float, p95: float | None, werk: float, kaal: float | None) -> tuple[str, ...]:
    return (
        naam,
        f"{ms:.1f}",
        "" if p95 is None else f"{p95:.1f}",
        f"{werk:.1f}",
        "" if kaal is None else f"{kaal:.1f}",
    )


def meet() -> Meting:
    """Measure in this process. Raises RuntimeError when a meeting is missing or planned twice."""
    rijen: list[tuple[str, ...]] = []
    cijfers: dict[str, float] = {}
    with klok.stilgezet(NU):
        for aantal in GROEPEN:
            school, jaar = _school(aantal)
            with schoolcontext([school]):
                statistiek.bijwerken()
                _meet(aantal, school, jaar, rijen, cijfers)
    return Meting("Een schooljaar van Kogerveld", ("wat", "ms", "p95", "rekentijd", "kale SQL"), rijen, cijfers)


def _meet(
    aantal: int, school: School, jaar: Schooljaar, rijen: list[tuple[str, ...]], cijfers: dict[str, float]
) -> None:
    activiteiten, grenzen = _gevraagd(jaar)
    uitkomst = jaarplanning.plan(activiteiten, grenzen)
    gepland, botsingen = len(uitkomst.afspraken), len(uitkomst.botsingen)
    stukken: dict[str, tuple[str, Callable[[], object], Callable[[], object] | None]] = {
        "planner": (
            f"{aantal} groepen: alleen de planner, {gepland} besprekingen, {botsingen} botsingen",
            lambda: jaarplanning.plan(activiteiten, grenzen),
            None,
        ),
        "voorstel": (
            "  voorstel, met wat de school weet",
            lambda: jaar_voorstellen(jaar),
            lambda: _kaal_gelezen(school),
        ),
    }
    for code, (naam, doe, kaal) in stukken.items():
        tijd, werk = duur(doe), rekentijd(doe)
        kale_tijd = duur(kaal).mediaan if kaal else None
        rijen.append(_regel(naam, tijd.mediaan, tijd.p95, werk, kale_tijd))
        cijfers |= {f"{code}_{aantal}_ms": tijd.mediaan, f"{code}_{aantal}_rekentijd_ms": werk}
    vastgelegd = min(_vastleggen(jaar) for _ in range(SCHRIJFRONDEN))
    rijen.append(_regel("  in de kalender zetten", vastgelegd[0], None, vastgelegd[1], vastgelegd[2]))
    cijfers |= {
        f"vastleggen_{aantal}_ms": vastgelegd[0],
        f"vastleggen_{aantal}_rekentijd_ms": vastgelegd[1],
        f"vastleggen_{aantal}_kaal_ms": vastgelegd[2],
        f"besprekingen_{aantal}": float(gepland),
        f"botsingen_{aantal}": float(botsingen),
    }
