"""What a teacher waits for: the group overview, the proposal of a group plan; and how fast a file of results comes in.

A school of 280 pupils in ten groups with four years of results. Beside each figure stands the bare SQL of the same
rows, without rules, walls, history or judgement: what PostgreSQL itself needs. Wanted: a proposal for 28 pupils within
200 ms, and 5,000 rows of results a second.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from bench import Duur, Meting, duur, rekentijd
from leerlingen import services
from leerlingen.models import Groep, Leerling
from leerlingen.services import bulk
from lvs.inlezen.resultaten import lees_resultaten
from lvs.selecties import groepsoverzicht
from lvs.services import groeinormen, resultaten_inlezen
from plannen.models import Indeling
from plannen.services import groepsplan_maken
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.schoolcontext import schoolcontext
from zorg.overzicht.demo import statistiek

GROEPEN: Final = 10
PER_GROEP: Final = 28
NU: Final = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
BEGIN: Final = datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
TOETSEN: Final = (
    ("rekenen", "cito_rekenen", 34, 9),
    ("spelling", "cito_spelling", 105, 6),
    ("technisch_lezen", "cito_dmt", 18, 8),
    ("begrijpend_lezen", "cito_begrijpend_lezen", 12, 6),
)
HALFJAREN: Final = tuple((jaargroep, letter) for jaargroep in (3, 4, 5) for letter in "ME")
MOMENTEN: Final = (
    *((f"{letter}{n}", date(2021 + n, 1, 21) if letter == "M" else date(2021 + n, 6, 4)) for n, letter in HALFJAREN),
    ("B6", date(2026, 10, 5)),
)
NIVEAUS: Final = ("I", "II", "III", "IV", "V")
KOP: Final = "sleutel;instrument;vak;moment;afnamedatum;vaardigheidsscore;niveau"


class _Terug(Exception):
    """Rolls a round back."""


def _school() -> tuple[School, list[Groep], Gebruiker]:
    """The school, its groups, and the account of the teacher of the first."""
    with klok.stilgezet(BEGIN):
        school = services.school_aanmaken(naam="Meetschool", land="NL", profiel="kogerveld", regio="noord", door=None)
        with schoolcontext([school]):
            jaar = services.schooljaar_zorgen(school=school, door=None)
            groepen = [
                services.groep_zorgen(school=school, schooljaar=jaar, naam=f"6-{n}", jaargroep="6", door=None)
                for n in range(GROEPEN)
            ]
            leerlingen = bulk.leerlingen_inschrijven(
                school=school,
                rijen=[
                    bulk.Inschrijving(
                        date(2022, 8, 1),
                        {"roepnaam": f"Kind{n}", "achternaam": f"Van Groep {n % GROEPEN}", "sleutel": str(n),
                         "geboortedatum": date(2016, 1 + n % 12, 1 + n % 28)},
                    )
                    for n in range(GROEPEN * PER_GROEP)
                ],
                door=None,
            )  # fmt: skip
            plekken = [bulk.Plek(kind, groepen[n % GROEPEN], jaar.periode.lower) for n, kind in enumerate(leerlingen)]
            bulk.leerlingen_plaatsen(school=school, rijen=plekken, door=None)
            juf = services.persoon_toevoegen(
                school=school, roepnaam="Anna", achternaam="Meter", email="anna@meetschool.test", door=None
            )
            gebruiker = services.account_maken(persoon=juf, door=None)
            services.aanstellen(persoon=juf, rol="leerkracht", vanaf=jaar.periode.lower, door=None)
            services.toewijzen(persoon=juf, groep=groepen[0], door=None)
    return school, groepen, gebruiker


def _regels() -> Iterator[str]:
    kans = random.Random(28)
    for kind in range(GROEPEN * PER_GROEP):
        for vak, instrument, begin, stap in TOETSEN:
            z = kans.gauss(0, 1)
            for plek, (moment, dag) in enumerate(MOMENTEN):
                score = round(begin + plek * stap + 8 * z + kans.gauss(0, 2))
                niveau = NIVEAUS[min(4, max(0, round(2 - 1.2 * z)))]
                yield f"{kind};{instrument};{vak};{moment};{dag:%d-%m-%Y};{score};{niveau}"


def _bestand() -> bytes:
    return "\n".join([KOP, *_regels()]).encode()


@dataclass(frozen=True)
class Inleesduur:
    """Seconds that one file took: reading it, bringing it in, and the processor time of both in this process."""

    lezen: float
    invoeren: float
    rekentijd: float
    rijen: int

    @property
    def totaal(self) -> float:
        return self.lezen + self.invoeren


def _inlezen(school: School, inhoud: bytes, *, blijft: bool) -> Inleesduur:
    """What `toetsresultaten_inlezen` does; rolled back unless it `blijft`."""
    werk, begin = time.process_time(), time.perf_counter()
    bestand = lees_resultaten(inhoud, bestandsnaam="meting.csv", vandaag=NU.date())
    gelezen = time.perf_counter()
    uitkomst = resultaten_inlezen(school=school, bestand=bestand, proef=not blijft, door=None)
    klaar = time.perf_counter()
    if uitkomst.geweigerd:
        raise RuntimeError(f"geweigerd: {uitkomst.geweigerd[0]}")
    rijen = uitkomst.toegevoegd + uitkomst.ongewijzigd
    return Inleesduur(gelezen - begin, klaar - gelezen, time.process_time() - werk, rijen)


def _vlotste(school: School, inhoud: bytes, keren: int = 5) -> Inleesduur:
    """The quickest of some rounds: other work on the machine makes a round slower, never quicker."""
    return min((_inlezen(school, inhoud, blijft=False) for _ in range(keren)), key=lambda ronde: ronde.totaal)


def _kale_invoer(keren: int = 5) -> float:
    """The least seconds in which PostgreSQL alone inserts the same rows in a table of the same form."""
    tijden = []
    with connection.cursor() as cursor:
        for _ in range(keren):
            cursor.execute("create temporary table kaal (like lvs_resultaat including all)")
            begin = time.perf_counter()
            cursor.execute("insert into kaal overriding system value select * from lvs_resultaat")
            tijden.append(time.perf_counter() - begin)
            cursor.execute("drop table kaal")
    return min(tijden)


def _kaal(groep: Groep, vak: str = "") -> list[Any]:
    """The results of the pupils in the group, asked directly."""
    vraag = (
        "select l.roepnaam, l.achternaam, r.* from leerlingen_plaatsing p "
        "join leerlingen_leerling l on l.id = p.leerling_id join lvs_resultaat r on r.leerling_id = l.id "
        "where p.groep_id = %s and p.periode @> %s::date and (%s = '' or r.vak = %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(vraag, [groep.pk, NU.date(), vak, vak])
        rijen: list[Any] = cursor.fetchall()
        return rijen


def _voorstel(groep: Groep, gebruiker: Gebruiker) -> int:
    """Make a whole plan with a place and a reason for every pupil, and roll it back."""
    try:
        with transaction.atomic():
            plan = groepsplan_maken(groepen=[groep], vak="rekenen", periodecode="periode1", door=gebruiker)
            leerlingen = int(Indeling.objects.systeemtoegang(reden="meting").filter(plan=plan).count())
            raise _Terug
    except _Terug:
        return leerlingen


def _regel(naam: str, tijd: Duur, werk: float, kaal: Duur) -> tuple[str, ...]:
    return naam, f"{tijd.mediaan:.1f}", f"{tijd.p95:.1f}", f"{werk:.1f}", f"{kaal.mediaan:.1f}"


def meet() -> Meting:
    """Measure in this process. Raises RuntimeError when a row is refused or a pupil is missing."""
    school, groepen, gebruiker = _school()
    groep = groepen[0]
    inhoud = _bestand()
    with klok.stilgezet(NU), schoolcontext([school]):
        statistiek.bijwerken()
        nieuw = _vlotste(school, inhoud)
        _inlezen(school, inhoud, blijft=True)
        statistiek.bijwerken()
        nogmaals = _vlotste(school, inhoud)
        kaal_in = _kale_invoer()
        groeinormen(school)  # once in six hours
        if len(groepsoverzicht(gebruiker, groep).rijen) != PER_GROEP or _voorstel(groep, gebruiker) != PER_GROEP:
            raise RuntimeError("er ontbreekt een leerling")
        stukken: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            f"groepsoverzicht, {PER_GROEP} leerlingen, {len(TOETSEN)} vakken": (
                lambda: groepsoverzicht(gebruiker, groep),
                lambda: _kaal(groep),
            ),
            f"groepsplan met voorstel, {PER_GROEP} leerlingen": (
                lambda: _voorstel(groep, gebruiker),
                lambda: _kaal(groep, "rekenen"),
            ),
        }
        tijden = [(naam, duur(doe), rekentijd(doe), duur(kaal)) for naam, (doe, kaal) in stukken.items()]
        aantal = Leerling.objects.systeemtoegang(reden="meting").filter(school=school).count()
    per_seconde, rijen = nieuw.rijen / nieuw.totaal, nieuw.rijen
    totaal, werk = f"{nieuw.totaal * 1000:.0f}", f"{nieuw.rekentijd * 1000:.0f}"
    tabelrijen = [
        *(_regel(*tijd) for tijd in tijden),
        (f"{rijen} uitslagen inlezen", totaal, "", werk, f"{kaal_in * 1000:.0f}"),
        ("  waarvan het bestand lezen", f"{nieuw.lezen * 1000:.0f}", "", "", ""),
        ("  nog eens, alles gelijk", f"{nogmaals.totaal * 1000:.0f}", "", f"{nogmaals.rekentijd * 1000:.0f}", ""),
        ("  uitslagen per seconde", f"{per_seconde:.0f}", "", "", f"{rijen / kaal_in:.0f}"),
    ]
    overzicht, voorstel = tijden
    cijfers = {
        "inlezen_per_seconde": per_seconde,
        "inlezen_kaal_per_seconde": rijen / kaal_in,
        "inlezen_rekentijd_ms": nieuw.rekentijd * 1000,
        "opnieuw_inlezen_per_seconde": rijen / nogmaals.totaal,
        "leerlingen": float(aantal),
        "uitslagen": float(rijen),
    }
    for code, (_, tijd, rekent, kaal) in (("overzicht", overzicht), ("voorstel", voorstel)):
        cijfers |= {f"{code}_ms": tijd.mediaan, f"{code}_p95_ms": tijd.p95}
        cijfers |= {f"{code}_rekentijd_ms": rekent, f"{code}_kaal_ms": kaal.mediaan}
    koppen = ("wat", "ms", "p95", "rekentijd", "kale SQL")
    return Meting(f"Een school van {aantal} leerlingen", koppen, tabelrijen, cijfers)
