"""The edges that a random year meets too seldom, played on purpose with the same machine and every eye open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.rechten.machine import Rechtenmachine
from tests.rechten.test_model import school  # noqa: F401  (a fixture)

DAG = timedelta(days=1)


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Iterator[Rechtenmachine]:
    """The machine at its beginning; at the end everyone looks once more."""
    soort: Any = type("Machine", (Rechtenmachine,), {"school": request.getfixturevalue("school"), "alles": True})
    machine: Rechtenmachine = soort()
    machine.begin()
    yield machine
    machine.teardown()


def _oude_en_nieuwe_leerkracht(m: Rechtenmachine) -> Iterator[None]:
    """Both look in around a move; only one of them writes."""
    m.plaats("bram", "6b", 10)
    for _ in range(4):
        yield
        m.klok_vooruit(10 * DAG)


def _vertrokken_leerling_en_specialist(m: Rechtenmachine) -> Iterator[None]:
    """A specialist meets enrolled pupils alone."""
    m.stel_aan("dirk", "specialist", 0, None)
    m.schrijf("carla", "aya", "gewoon", "rekenen", papier=True)
    yield
    m.schrijf_uit("aya")
    yield


def _na_elkaar_is_niet_samen(m: Rechtenmachine) -> Iterator[None]:
    """Who taught the group before the pupil came meets the pupil in neither of their windows."""
    m.wijs_toe("karin", "6a", "leerkracht", 0, 10)
    m.klok_vooruit(10 * DAG)
    m.plaats("chris", "6a", 2)
    for _ in range(3):
        yield
        m.klok_vooruit(5 * DAG)


def _vervanger_zonder_venster(m: Rechtenmachine) -> Iterator[None]:
    """A substitute sees nothing on the day after, and never what is confidential."""
    m.verander_niveau("anna", 0, "gewoon")
    m.schrijf("bas", "chris", "vertrouwelijk", "", papier=True)
    yield
    m.klok_vooruit(24 * DAG)
    yield
    m.bijna_middernacht()
    yield
    m.na_middernacht()
    yield


def _kring_en_recht(m: Rechtenmachine) -> Iterator[None]:
    """A circle goes before levels, also for the director and for an emergency; a grant on the piece before both."""
    m.neem_terug("anna", 0)
    m.zet_kring("anna", 0, {"carla"})
    yield
    m.open_met_spoed("dora", "aya")
    yield
    m.verleen_stuk("carla", "dora", 0, 2)
    yield
    m.klok_vooruit(3 * DAG)
    yield
    m.zet_kring("carla", 0, set())
    yield


def _spoed_van_vier_uur(m: Rechtenmachine) -> Iterator[None]:
    m.open_met_spoed("gijs", "bram")
    m.stel_aan("gijs", "leerkracht", 0, None)
    m.open_met_spoed("gijs", "bram")
    yield
    m.klok_vooruit(timedelta(hours=5))
    yield


def _weg_en_terug(m: Rechtenmachine) -> Iterator[None]:
    """Leaving ends everything, also what was granted; coming back gives only what comes with the new role."""
    m.stel_aan("bas", "teamleider", 0, 5)
    m.verleen_leerling("carla", "bas", "aya", 40)
    m.geef_leerling("bas", "bram", "rt", 40)
    yield
    nummer = next(n for n, a in enumerate(m.m.aanstellingen) if a.wie == "bas" and a.rol == "leerkracht")
    m.beeindig_aanstelling(nummer, 0)
    m.beeindig_aanstelling(nummer, 1)
    yield
    m.klok_vooruit(10 * DAG)
    yield
    for nummer, aanstelling in enumerate(m.m.aanstellingen):
        if aanstelling.wie == "bas":
            m.beeindig_aanstelling(nummer, 0)
    yield
    m.stel_aan("bas", "leerkracht", 0, None)
    yield


def _ouder_die_ook_leerkracht_is(m: Rechtenmachine) -> Iterator[None]:
    """Two hats: reading along about the own child, working with the group; neither gives the other."""
    m.voeg_ouder_toe("anna", "chris", "ja")
    m.schrijf("bas", "chris", "gewoon", "", papier=True)
    yield
    m.deel("bas", 2)
    yield
    m.verander_gezag(1, "ja", beperkt=True)
    yield
    m.verander_gezag(1, "onbekend", beperkt=False)
    yield


def _nieuw_schooljaar(m: Rechtenmachine) -> Iterator[None]:
    """On 1 August the old group is past and the new one begins; for three weeks both teachers look in."""
    m.wijs_toe("bas", "7a", "leerkracht", 0, None)
    m.plaats("aya", "7a", 300)
    while m.m.dag.isoformat() < "2027-07-05":
        m.klok_vooruit(20 * DAG)
    for _ in range(6):
        yield
        m.klok_vooruit(10 * DAG)


VERHALEN: list[Callable[[Rechtenmachine], Iterator[None]]] = [
    _oude_en_nieuwe_leerkracht,
    _vertrokken_leerling_en_specialist,
    _na_elkaar_is_niet_samen,
    _vervanger_zonder_venster,
    _kring_en_recht,
    _spoed_van_vier_uur,
    _weg_en_terug,
    _ouder_die_ook_leerkracht_is,
    _nieuw_schooljaar,
]


@pytest.mark.traag
@pytest.mark.parametrize("verhaal", VERHALEN, ids=lambda v: v.__name__.strip("_"))
def test_verhaal(machine: Rechtenmachine, verhaal: Callable[[Rechtenmachine], Iterator[None]]) -> None:
    for _ in verhaal(machine):
        machine.ieder_ziet_wat_het_model_zegt()
