"""The embedded servers, for real: roles, sharing, and what survives a kill -9."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from _diensten import paden as padenmodule
from _diensten.paden import Paden
from _diensten.servers import Adressen, Gedeeld, Paar, ingebouwd_kan
from _diensten.wegwerp import wegwerp

from .test_compose import ROLLEN

pytestmark = [
    pytest.mark.traag,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not ingebouwd_kan(), reason="de ingebouwde servers bestaan hier niet"),
]


@pytest.fixture
def thuis() -> Iterator[Path]:
    """A folder that the system user of root's database can walk to (pytest's own is closed)."""
    with tempfile.TemporaryDirectory(prefix="zorgpad-proef-") as map_:
        Path(map_).chmod(0o711)
        yield Path(map_).resolve()


@pytest.fixture
def paar(thuis: Path) -> Iterator[Paar]:
    gemaakt = Paar(thuis)
    yield gemaakt
    gemaakt.stop()


def _dood(paar: Paar) -> None:
    for proces in [*paar.database.processen(), *paar.wachtrij.processen()]:
        os.kill(proces.pid, signal.SIGKILL)


def test_na_kill_9_is_alles_er_nog(paar: Paar) -> None:
    adressen = paar.start()
    with psycopg.connect(adressen.database_eigenaar, autocommit=True) as verbinding:
        verbinding.execute("CREATE TABLE proef (nummer int)")
        verbinding.execute("INSERT INTO proef SELECT generate_series(1, 1000)")
    with redis.Redis(unix_socket_path=str(paar.wachtrij.socket)) as klant:
        klant.rpush("taken", *range(200))
    _dood(paar)
    assert paar.start() == adressen
    with psycopg.connect(adressen.database_eigenaar) as verbinding:
        assert verbinding.execute("SELECT count(*) FROM proef").fetchone() == (1000,)
    with redis.Redis(unix_socket_path=str(paar.wachtrij.socket)) as klant:
        assert klant.llen("taken") == 200


def test_een_half_gemaakte_database_staat_niet_in_de_weg(paar: Paar, thuis: Path) -> None:
    half = thuis / "pg18.half"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert paar.start().ingebed
    assert not half.exists()


def _kan(adres: str, opdracht: str) -> bool:
    try:
        with psycopg.connect(adres, autocommit=True) as verbinding:
            verbinding.execute(opdracht.encode())
    except psycopg.Error:
        return False
    return True


def test_de_rollen_zijn_geen_beheerder_en_vragen_een_wachtwoord(paar: Paar) -> None:
    adressen = paar.start()
    with psycopg.connect(adressen.database) as verbinding:
        rijen = verbinding.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname IN ('app', 'eigenaar') ORDER BY 1"
        ).fetchall()
        assert verbinding.execute("SELECT current_user").fetchone() == ("app",)
    assert rijen == [("app", False, False, False, False), ("eigenaar", False, False, False, True)]
    assert _kan(adressen.database_eigenaar, "CREATE TABLE van_eigenaar ()")
    assert not _kan(adressen.database, "CREATE TABLE van_app ()")
    verkeerd = adressen.database_eigenaar.replace(adressen.database_eigenaar.split(":")[2][:10], "x" * 10)
    assert verkeerd != adressen.database_eigenaar
    assert not _kan(verkeerd, "SELECT 1")


@pytest.fixture
def paden(thuis: Path) -> Paden:
    gemaakt = Paden(var=thuis / "var", data=thuis)
    padenmodule.maak(gemaakt)
    return gemaakt


def test_de_laatste_gebruiker_stopt_de_servers(paden: Paden) -> None:
    een, ander = Gedeeld(paden), Gedeeld(paden)
    een.open()
    ander.open()
    een.sluit()
    assert ander.paar.draaien()
    assert not ander.herstel()
    _dood(ander.paar)
    assert ander.herstel()
    assert ander.paar.draaien()
    ander.sluit()
    assert ander.paar.database.processen() == []
    assert ander.paar.wachtrij.processen() == []


def test_een_gedode_keuring_laat_niets_achter_na_de_volgende(paden: Paden) -> None:
    paden.tests.mkdir()
    verlaten = paden.tests / "verlaten"
    verlaten.mkdir(mode=0o711)
    verlaten.chmod(0o711)
    oud = Paar(verlaten, duurzaam=False)
    oud.start()
    with wegwerp({}, paden, gemigreerd=False) as servers:
        assert oud.database.processen() == []
        assert oud.wachtrij.processen() == []
        assert not verlaten.exists()
        assert servers.var.is_dir()
        assert _kan(servers.adressen.database_eigenaar, "CREATE DATABASE test_zorgpad")
    assert list(paden.tests.iterdir()) == []


def test_een_levende_keuring_blijft_staan(paden: Paden) -> None:
    with wegwerp({}, paden, gemigreerd=False) as een, wegwerp({}, paden, gemigreerd=False) as ander:
        assert een.adressen.database != ander.adressen.database
        assert _kan(een.adressen.database, "SELECT 1")
        assert _kan(ander.adressen.database, "SELECT 1")


def test_de_rollen_van_de_container_zijn_dezelfde(paar: Paar, thuis: Path) -> None:
    geheimen = thuis / "geheimen"
    geheimen.mkdir()
    for rol, naam in (("eigenaar", "database_url_eigenaar"), ("app", "database_url")):
        (geheimen / naam).write_text(f"postgresql://{rol}:{rol * 6}0123456789@db/zorgpad\n")
    paar.database.start()
    omgeving = {
        **os.environ,
        "ZORGPAD_GEHEIMEN": str(geheimen),
        "PGHOST": str(paar.sockets),
        "PATH": f"{paar.database.programmas()}:{os.environ['PATH']}",
    }
    subprocess.run(["bash", str(ROLLEN)], env=omgeving, check=True, capture_output=True)
    with psycopg.connect(paar.database.url("app", f"{'app' * 6}0123456789")) as verbinding:
        rijen = verbinding.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN ('app', 'eigenaar') ORDER BY 1"
        ).fetchall()
        eigenaar = verbinding.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'zorgpad'"
        ).fetchone()
    assert rijen == [("app", False, False), ("eigenaar", False, False)]
    assert eigenaar == ("eigenaar",)


def test_adressen_hebben_geen_poort(paar: Paar) -> None:
    adressen: Adressen = paar.start()
    with psycopg.connect(adressen.database) as verbinding:
        assert verbinding.execute("SHOW listen_addresses").fetchone() == ("",)
    with redis.Redis(unix_socket_path=str(paar.wachtrij.socket), decode_responses=True) as klant:
        assert klant.config_get("port") == {"port": "0"}
