"""The test house: a database with both roles, a clock to hold, work to run, no network, the fixed cast.

The database is made and migrated by `eigenaar`; every test then runs as `app`, against the same walls as
production (ontwerp §4.3). TRUNCATE and setting sequences are given to `app` here and nowhere else, since a
transactional test could not be cleaned up without.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

if TYPE_CHECKING:
    import psycopg
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from tests.bouw import Bezetting
    from zorg.kern.models import Gebruiker

GASTHEREN = "127.0.0.1,::1,localhost"
LEEGMAKEN = """
grant truncate on all tables in schema public to app;
grant update on all sequences in schema public to app;
"""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """No test talks to anything but this machine."""
    # the heap of so many tests is large, and looking through it each 700 objects took a seventh of their time
    gc.set_threshold(100_000, 20, 50)
    config.option.allow_hosts = config.option.allow_hosts or GASTHEREN
    config.option.allow_unix_socket = True
    # the processes of one run share a broker, and clearing its cache clears it for all: each keeps its own
    settings.CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


# -- database --------------------------------------------------------------------------------------------------


def _word(rol: dict[str, Any]) -> None:
    """Let Django's connection (and those of other threads: one dictionary) sign in as this role."""
    from django.db import connections

    connections.close_all()
    connections["default"].settings_dict.update(rol)


def _login(url: str) -> dict[str, Any]:
    import dj_database_url

    gelezen = dj_database_url.parse(url)
    opties = {"OPTIONS": gelezen.get("OPTIONS", {})}
    return {sleutel: gelezen.get(sleutel, "") for sleutel in ("USER", "PASSWORD", "HOST", "PORT")} | opties


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """A database per process, made by `eigenaar`, used by `app`, dropped by `eigenaar`."""
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    eigenaar = _login(settings.OMGEVING.database_url_eigenaar)
    app = _login(settings.OMGEVING.database_url)
    bewaren = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        _word(eigenaar)
        if sjabloon := os.environ.get("ZORGPAD_TEST_SJABLOON"):  # migrated already: a copy takes no time
            connection.settings_dict["TEST"]["TEMPLATE"] = sjabloon
        oud = setup_databases(
            verbosity=0, interactive=False, keepdb=bewaren, aliases=["default"], serialized_aliases=[]
        )
        with connection.cursor() as cursor:
            cursor.execute(LEEGMAKEN)
        if bewaren:
            call_command("flush", interactive=False, verbosity=0)
        _word(app)
        with connection.cursor() as cursor:
            cursor.execute("select current_user, (select rolsuper from pg_roles where rolname = current_user)")
            assert cursor.fetchone() == ("app", False), "tests run as the role app, or they prove nothing"
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _word(eigenaar)
            teardown_databases(oud, verbosity=0)


def _als_eigenaar() -> psycopg.Connection[tuple[Any, ...]]:
    import psycopg
    from django.db import connections

    naam = connections["default"].settings_dict["NAME"]
    return psycopg.connect(settings.OMGEVING.database_url_eigenaar, dbname=naam)


@pytest.fixture
def eigenaar(django_db_setup: None) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection as the owner, past the policies, beside the test's own; rolled back at the end.

    It sees what is committed (the fixed cast), not what the test's transaction wrote.
    """
    with _als_eigenaar() as verbinding:
        verbinding.execute("set statement_timeout = '20s'")
        yield verbinding
        verbinding.rollback()


# -- the fixed cast --------------------------------------------------------------------------------------------

_cast: dict[str, Any] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A transactional test emptied the tables: build the cast again, before the next test opens its transaction."""
    if "_vaste_bezetting" in getattr(item, "fixturenames", ()) and _cast:
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            _zorg_voor_cast()


def _zorg_voor_cast() -> None:
    from tests import bouw
    from zorg.kern.models import School

    bestaat = "cast" in _cast and School.objects.filter(pk=_cast["cast"].kogerveld.pk).exists()
    if not bestaat:
        _cast["cast"] = bouw.vaste_bezetting()
        _cast["kopie"] = pickle.dumps(_cast["cast"])
        with _als_eigenaar() as verbinding:
            verbinding.execute("analyze")  # without figures the planner makes the rule two hundred times slower


@pytest.fixture(scope="session")
def _vaste_bezetting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        _zorg_voor_cast()


@pytest.fixture
def bezetting(_vaste_bezetting: None, db: None) -> Iterator[Bezetting]:
    """The fixed cast (tests/bouw), with the clock held at its moment and no school in the context.

    Each test gets its own copies of the objects; what it changes in the database is rolled back.
    """
    from tests.bouw import NU
    from zorg.kern import klok

    with klok.stilgezet(NU):
        yield pickle.loads(_cast["kopie"])


@pytest.fixture
def zonder_transactie(_vaste_bezetting: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bezetting]:
    """The fixed cast outside any transaction, as production works; what the test writes it takes away itself."""
    from django.db import connection

    from tests.bouw import NU
    from zorg.kern import klok

    with django_db_blocker.unblock(), klok.stilgezet(NU):
        yield pickle.loads(_cast["kopie"])
        connection.close()


@pytest.fixture
def op_school(bezetting: Bezetting) -> Iterator[Bezetting]:
    """The fixed cast while school A (De Kogerveld) is in the context."""
    from zorg.kern.schoolcontext import schoolcontext

    with schoolcontext([bezetting.kogerveld]):
        yield bezetting


@pytest.fixture
def inloggen() -> Callable[[Gebruiker | None], Client]:
    """A browser of this account: `inloggen(bezetting.anna.gebruiker).get("/")`; None is nobody."""
    from django.test import Client

    def maak(gebruiker: Gebruiker | None) -> Client:
        browser = Client()
        if gebruiker is not None:
            browser.force_login(gebruiker)
        return browser

    return maak


# -- time and work ---------------------------------------------------------------------------------------------


@pytest.fixture
def klok_op() -> Iterator[Callable[[datetime | str], None]]:
    """Hold the clock: `klok_op("2027-02-28T09:00")`. Again moves it; afterwards it runs as before."""
    from zorg.kern import klok

    with ExitStack() as stapel:

        def zet(moment: datetime | str) -> None:
            stapel.enter_context(klok.stilgezet(klok.lees_moment(moment) if isinstance(moment, str) else moment))

        yield zet


@pytest.fixture
def klok_overal(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime | str], None]:
    """Shift the clock of every thread, a live server's too; it runs on from the moment."""
    import time

    from zorg.kern import klok

    def zet(moment: datetime | str) -> None:
        gelezen = klok.lees_moment(moment) if isinstance(moment, str) else moment
        monkeypatch.setattr(klok, "_verschuiving", gelezen.timestamp() - time.time())

    return zet


@pytest.fixture
def werk_uitvoeren() -> Callable[..., int]:
    """Do all work that is due now, in this process, and give back how much: Celery is not eager in tests.

    A piece that fails fails the test, unless `mag_mislukken=True`.
    """
    from zorg.kern import werk
    from zorg.kern.models import Werk

    def doe(*, mag_mislukken: bool = False) -> int:
        gedaan, gezien = 0, set[int]()
        while ids := [pk for pk in werk.open_werk() if pk not in gezien]:
            for pk in ids:
                gezien.add(pk)
                gelukt = werk.uitvoeren(pk)
                gedaan += gelukt
                if not gelukt and not mag_mislukken:
                    rij = Werk.objects.get(pk=pk)
                    pytest.fail(
                        f"{rij.soort} {rij.object_id} mislukte: {rij.fout or 'had iemand anders het in handen?'}"
                    )
        return gedaan

    return doe


@pytest.fixture
def na_afloop(django_capture_on_commit_callbacks: Any) -> Any:
    """`with na_afloop(): …` runs what waits for the commit, which a rolled-back test never reaches."""

    @contextmanager
    def venster() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return venster


# -- browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for all browser tests: Playwright allows one of itself in a process."""
    from playwright.sync_api import sync_playwright

    vlaggen = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    with sync_playwright() as playwright:
        # the one without windows does the same in two thirds of the time
        programma = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=programma, args=vlaggen.split())
        yield browser
        browser.close()
