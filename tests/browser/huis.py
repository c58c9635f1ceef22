"""A whole running school for the browser tests: database, broker, web, worker and beat, as `bin/start` runs them.

Everything is a process of its own, out of this one: no Django here. The processes die with pytest, also after a
kill -9 of it; what a dead run left in the database server goes at the next start.
"""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "bin"))

from _diensten import omgeving as omgevingen  # noqa: E402
from _diensten.opzet import _migraties  # noqa: E402
from _diensten.paden import PYTHON, Paden  # noqa: E402
from _diensten.processen import Kind, sterf_met_ouder  # noqa: E402
from _diensten.start import kinderen  # noqa: E402
from _diensten.valkey import programma  # noqa: E402

T = TypeVar("T")
VOORVOEGSEL = "zp_browser"
GEDULD = 60.0
"""Seconds that anything may take on a machine that does other things too."""


def wacht_op(conditie: Callable[[], T], wat: str = "", geduld: float = GEDULD) -> T:
    """The first true answer of `conditie`; fails after `geduld` seconds with what was waited for."""
    einde = time.monotonic() + geduld
    while not (antwoord := conditie()):
        if time.monotonic() > einde:
            raise AssertionError(f"Niet gebeurd binnen {geduld:.0f} s: {wat or conditie}")
        time.sleep(0.1)
    return antwoord


def vrije_poort() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived: its headers in words and its text."""

    onderwerp: str
    tekst: str
    kenmerk: str
    """Message-ID."""
    agenda: str = ""
    """The iCalendar part, its folded lines made whole; empty without one."""

    @property
    def links(self) -> list[str]:
        return re.findall(r"https?://[^\s<>\"]+", self.tekst)

    @classmethod
    def lees(cls, inhoud: bytes) -> Mail:
        bericht = email.message_from_bytes(inhoud, policy=email.policy.default)
        deel = bericht.get_body(("plain",))
        assert deel is not None
        ical = next((stuk.get_content() for stuk in bericht.walk() if stuk.get_content_type() == "text/calendar"), "")
        heel = re.sub(r"\r?\n[ \t]", "", ical if isinstance(ical, str) else ical.decode())
        return cls(str(bericht["Subject"]), deel.get_content(), str(bericht["Message-ID"]), heel)


class Proces(Kind):
    """A process of the program that can be struck dead, with all its children."""

    def sla_dood(self) -> None:
        """kill -9, without a chance to finish anything."""
        if self._proces is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._proces.pid, signal.SIGKILL)
            self._proces.wait()


# -- databases -------------------------------------------------------------------------------------------------


def _met_naam(url: str, naam: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{naam}"))


def _eigenaar() -> str:
    return os.environ["DATABASE_URL_EIGENAAR"]


def _op_server(opdracht: sql.Composed) -> None:
    with psycopg.connect(_eigenaar(), autocommit=True) as verbinding:
        verbinding.execute(opdracht)


def _gooi_weg(naam: str) -> None:
    """Drop a database, whoever is in it. The server's own cleaner may be: no owner may end that, so try again."""

    def weg() -> bool:
        try:
            _op_server(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(naam)))
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True

    wacht_op(weg, f"database {naam} weg")


def _bestaat(naam: str) -> bool:
    with psycopg.connect(_eigenaar()) as verbinding:
        return verbinding.execute("select 1 from pg_database where datname = %s", [naam]).fetchone() is not None


def _ruim_doden_op() -> None:
    """Drop the databases of runs that are no longer there."""
    with psycopg.connect(_eigenaar()) as verbinding:
        namen = verbinding.execute(
            "select datname from pg_database where datname like %s", [rf"{VOORVOEGSEL}\_%"]
        ).fetchall()
    for (naam,) in namen:
        pid = naam.removeprefix(f"{VOORVOEGSEL}_").partition("_")[0]
        if pid.isdecimal() and not Path(f"/proc/{pid}").exists():
            _gooi_weg(naam)


class Sjabloon:
    """An empty database with all migrations, copied for each house: migrating takes seconds, a copy does not."""

    def __init__(self, map_: Path, *, bewaren: bool = False) -> None:
        self.map = map_
        self.huizen = 0
        self.bewaren = bewaren
        """Keep it for a next run that has the same migrations (pytest --reuse-db)."""
        _ruim_doden_op()
        if klaar := os.environ.get("ZORGPAD_TEST_SJABLOON"):  # the server of this run has one already
            self.naam, self.bewaren = klaar, True
            return
        self.naam = f"{VOORVOEGSEL}_sjabloon_{_migraties()[:16]}" if bewaren else f"{VOORVOEGSEL}_{os.getpid()}_leeg"
        if bewaren and _bestaat(self.naam):
            return
        _gooi_weg(self.naam)
        _op_server(sql.SQL("create database {}").format(sql.Identifier(self.naam)))
        omgeving = omgeving_van(self.naam, map_, redis="", nu="")
        beheer(omgevingen.als(omgeving, "eigenaar"), "migrate", "--no-input", "-v", "0")

    def kopie(self) -> str:
        """A new database like it, and its name."""
        self.huizen += 1
        naam = f"{VOORVOEGSEL}_{os.getpid()}_{self.huizen}"
        _gooi_weg(naam)
        opdracht = sql.SQL("create database {} template {}").format(sql.Identifier(naam), sql.Identifier(self.naam))
        _op_server(opdracht)
        return naam

    def weg(self) -> None:
        if not self.bewaren:
            _gooi_weg(self.naam)


def omgeving_van(database: str, map_: Path, *, redis: str, nu: str, poort: int = 0) -> dict[str, str]:
    """The environment of every process of one house: nothing of how this person runs the program leaks into it."""
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("ZORGPAD_", "PYTEST"))}
    return omgeving | {
        "ZORGPAD_MODUS": "test",
        "ZORGPAD_VAR": str(map_),
        "ZORGPAD_ADRES": f"http://127.0.0.1:{poort}",
        "DATABASE_URL": _met_naam(os.environ["DATABASE_URL"], database),
        "DATABASE_URL_EIGENAAR": _met_naam(_eigenaar(), database),
        "REDIS_URL": redis,
        "ZORGPAD_NU": nu,
        "ZORGPAD_NU_ANKER": f"{time.time():.3f}" if nu else "",
    }


def beheer(omgeving: Mapping[str, str], *argumenten: str) -> str:
    """What a command of manage.py says on standard output; fails with all it said when it does not end well."""
    klaar = subprocess.run(
        [str(PYTHON), "manage.py", *argumenten],
        cwd=CHECKOUT,
        env=dict(omgeving),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=sterf_met_ouder(signal.SIGKILL),
    )
    assert klaar.returncode == 0, f"{argumenten}: {klaar.returncode}\n{klaar.stdout}\n{klaar.stderr}"
    return klaar.stdout.strip()


# -- the house -------------------------------------------------------------------------------------------------


@dataclass
class Spoor:
    """What is left of a house that is gone: what its processes wrote, and the names of its pupils."""

    logboeken: dict[str, str]
    namen: list[str]

    def met_naam(self) -> list[str]:
        """The lines in which a pupil's name stands as a word, each with the process that wrote it."""
        if not self.namen:
            return []
        naam = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, self.namen))})(?!\w)")
        return [
            f"{proces}: {regel[:300]}"
            for proces, tekst in self.logboeken.items()
            for regel in tekst.splitlines()
            if naam.search(regel)
        ]


@dataclass
class Huis:
    """One running school. `gegevens` says who is in it, when it was filled with the cast (tests/bouw)."""

    sjabloon: Sjabloon
    map: Path
    nu: str = ""
    """The moment from which its clock runs on; empty is the real one."""
    gegevens: dict[str, Any] = field(default_factory=dict)
    koekjes: dict[str, Any] = field(default_factory=dict)
    """The signed-in browsers, by e-mail address."""

    def __post_init__(self) -> None:
        self.map.mkdir(parents=True, exist_ok=True)
        self.poort = vrije_poort()
        self.adres = f"http://127.0.0.1:{self.poort}"
        self._sockets = Path(tempfile.mkdtemp(prefix="zp-"))
        self.database = self.sjabloon.kopie()
        redis = f"unix://{self._sockets}/v.sock?db=0" if programma() else os.environ["REDIS_URL"]
        self.omgeving = omgeving_van(self.database, self.map, redis=redis, nu=self.nu, poort=self.poort)
        self.processen: dict[str, Proces] = {}

    def start(self) -> None:
        """Start broker, web, worker and beat, and wait until the school answers that it is well."""
        paden = Paden(var=self.map, data=self.map)
        paden.logboeken.mkdir(exist_ok=True)
        if server := programma():
            opdracht = [
                str(server), "--port", "0", "--unixsocket", f"{self._sockets}/v.sock", "--dir", str(self._sockets),
                "--save", "", "--appendonly", "no",
            ]  # fmt: skip
            logboek = paden.logboeken / "wachtrij.log"
            self.processen["wachtrij"] = Proces("wachtrij", opdracht, self.omgeving, self._sockets, logboek)
        for kind in kinderen(self.poort, paden, self.omgeving):
            self.processen[kind.naam] = Proces(kind.naam, kind.opdracht, kind.omgeving, kind.map, kind.logboek)
        for proces in self.processen.values():
            proces.start()
        self.wacht_tot_gezond()

    def wacht_tot_gezond(self) -> None:
        wacht_op(self.gezond, f"/gezond/ van {self.adres}; {self.processen['web'].logboek}")

    def gezond(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.adres}/gezond/", timeout=10):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def sla_dood(self, naam: str) -> None:
        """kill -9 of web, worker or beat, with its children."""
        self.processen[naam].sla_dood()

    def start_weer(self, naam: str, **omgeving: str) -> None:
        """Start a process again after its death, with these settings besides; web answers when this returns."""
        proces = self.processen[naam]
        proces.omgeving |= omgeving
        proces.start()
        if naam == "web":
            self.wacht_tot_gezond()

    def stop(self) -> Spoor:
        """Stop everything and throw the data away; what was written in the logs is left."""
        namen = self.leerlingnamen()
        for proces in self.processen.values():
            proces.sla_dood()
        _gooi_weg(self.database)
        shutil.rmtree(self._sockets, ignore_errors=True)
        return Spoor(self.logboeken(), namen)

    # -- looking in

    def beheer(self, *argumenten: str) -> str:
        """What a command of manage.py prints, run beside the school and with its clock."""
        return beheer(self.omgeving, *argumenten)

    def vul(self) -> None:
        """Fill it with the cast of tests/bouw, and let the worker finish what that gave it to do."""
        self.gegevens = self.voer_uit("tests.browser.vullen")
        self.wacht_op_rust()

    def wacht_op_rust(self) -> None:
        """Until the worker has done all that is due: what is counted after this, no worker adds to."""
        due = "select count(*) from kern_werk where status = 'open' and pogingen = 0 and vanaf <= %s"
        wacht_op(lambda: not self.een(due, self.klok()), f"werk; {self.processen['worker'].logboek}")

    def klok(self) -> datetime:
        """What time it is in this house."""
        if not self.nu:
            return datetime.fromtimestamp(time.time(), tz=UTC)
        begin = datetime.fromisoformat(self.nu if "T" in self.nu else f"{self.nu}T12:00")
        begin = begin.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
        return begin + timedelta(seconds=time.time() - float(self.omgeving["ZORGPAD_NU_ANKER"]))

    def voer_uit(self, module: str, *argumenten: str, invoer: Any = None) -> Any:
        """What a module prints (JSON), run beside the school and with its clock; `invoer` is given to it as JSON."""
        klaar = subprocess.run(
            [str(PYTHON), "-m", module, *argumenten],
            cwd=CHECKOUT,
            env=self.omgeving,
            input=json.dumps(invoer),
            capture_output=True,
            text=True,
            preexec_fn=sterf_met_ouder(signal.SIGKILL),
        )
        assert klaar.returncode == 0, klaar.stderr
        return json.loads(klaar.stdout)

    def vraag(self, opdracht: str, *waarden: Any) -> list[tuple[Any, ...]]:
        """The rows of a query, past all policies: as the owner."""
        with psycopg.connect(self.omgeving["DATABASE_URL_EIGENAAR"]) as verbinding:
            return verbinding.execute(opdracht, waarden).fetchall()  # type: ignore[arg-type]

    def een(self, opdracht: str, *waarden: Any) -> Any:
        """The only value of a query."""
        ((waarde,),) = self.vraag(opdracht, *waarden)
        return waarde

    def id(self, naam: str) -> int:
        """The primary key of somebody or something of the cast: `id("bram")`."""
        return int(self.gegevens["ids"][naam])

    def adres_van(self, naam: str) -> str:
        """The e-mail address of somebody of the cast."""
        return str(self.gegevens["adressen"][naam])

    def mail_aan(self, adres: str) -> list[Mail]:
        """The mails to this address, oldest first."""
        gevonden = []
        for bestand in sorted((self.map / "post").glob("*.eml")):
            inhoud = bestand.read_bytes()
            bericht = email.message_from_bytes(inhoud, policy=email.policy.default)
            if adres.lower() in str(bericht["To"]).lower():
                gevonden.append(Mail.lees(inhoud))
        return gevonden

    def laatste_mail(self, adres: str, onderwerp: str = "", na: int = 0) -> Mail:
        """The newest mail to this address, waited for: there must be more than `na` of them."""

        def gekomen() -> list[Mail]:
            alle = [mail for mail in self.mail_aan(adres) if onderwerp in mail.onderwerp]
            return alle if len(alle) > na else []

        return wacht_op(gekomen, f"mail aan {adres}")[-1]

    def wis_tellers(self) -> None:
        """Forget how often somebody tried to sign in, as time does."""
        import redis

        klant = redis.Redis.from_url(self.omgeving["REDIS_URL"])
        try:
            for sleutel in klant.scan_iter("*allauth*"):
                klant.delete(sleutel)
        finally:
            klant.close()

    def logboeken(self) -> dict[str, str]:
        """What the processes wrote so far, by name."""
        return {pad.stem: pad.read_text(encoding="utf-8", errors="replace") for pad in (self.map / "log").glob("*.log")}

    def leerlingnamen(self) -> list[str]:
        """Every given name, surname and whole name of a pupil in this house."""
        rijen = self.vraag("select roepnaam, voorvoegsel, achternaam from leerlingen_leerling")
        namen = {deel for roepnaam, _, achternaam in rijen for deel in (roepnaam, achternaam)}
        return sorted(naam for naam in namen if len(naam) > 2)
