"""Preparation before the program starts: migrations, static files, and the demo school the first time.

Each step leaves a note of what it was made from, so that a second start skips what is still right.
"""

import hashlib
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import psycopg

from _diensten.bestanden import lees_json, schrijf_json
from _diensten.melden import Melding, staart, zeg
from _diensten.omgeving import als
from _diensten.paden import CHECKOUT, PYTHON, Paden, kenmerk
from _diensten.processen import sterf_met_ouder
from _diensten.servers import Adressen

IMPORT = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)
DELEN = ("zorg", "leerlingen", "lvs", "plannen", "besprekingen")


def vingerafdruk(bestanden: Iterable[Path]) -> str:
    """One value that changes when a file comes, goes or gets other bytes."""
    som = hashlib.sha256()
    for bestand in sorted(bestanden):
        som.update(str(bestand.relative_to(CHECKOUT)).encode() + b"\0")
        som.update(hashlib.sha256(bestand.read_bytes()).digest())
    return som.hexdigest()


def _slot() -> list[Path]:
    return [CHECKOUT / "requirements" / "ontwikkeling.txt", CHECKOUT / "zorg" / "settings.py"]


def _migraties() -> str:
    """One value for what migrating makes: the migrations, and the modules of ours that they take SQL from."""
    migraties = [p for deel in DELEN for p in (CHECKOUT / deel).rglob("migrations/*.py")]
    genoemd = {naam for migratie in migraties for naam in IMPORT.findall(migratie.read_text())}
    modules = [CHECKOUT / f"{naam.replace('.', '/')}.py" for naam in genoemd if naam.partition(".")[0] in DELEN]
    return vingerafdruk({*_slot(), *migraties, *(module for module in modules if module.exists())})


def _statisch() -> str:
    mappen = [CHECKOUT / "static", *(p for deel in DELEN for p in (CHECKOUT / deel).rglob("static"))]
    return vingerafdruk([*_slot(), *(p for map_ in mappen for p in map_.rglob("*") if p.is_file())])


def uitgevoerde_migraties(url: str) -> str | None:
    """One value for the migrations that this database has had, or None when it never had any.

    Raises Melding when the database cannot be reached.
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as verbinding:
            if verbinding.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
                return None
            rijen = verbinding.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    except psycopg.Error as fout:
        raise Melding(f"De database is niet bereikbaar: {fout}".strip(), status=1) from None
    return hashlib.sha256(repr(rijen).encode()).hexdigest() if rijen else None


def beheeropdracht(argumenten: list[str], omgeving: Mapping[str, str], logboek: Path, wat: str) -> None:
    """Run one command of manage.py with its words in a log. Raises Melding with the end of it on failure."""
    begin = time.monotonic()
    zeg(f"{wat} …")
    with logboek.open("wb") as uitvoer:
        proces = subprocess.Popen(
            [str(PYTHON), str(CHECKOUT / "manage.py"), *argumenten],
            cwd=CHECKOUT,
            env=dict(omgeving),
            stdin=subprocess.DEVNULL,
            stdout=uitvoer,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=sterf_met_ouder(),
        )
        try:
            status = proces.wait()
        finally:
            if proces.poll() is None:
                proces.send_signal(signal.SIGTERM)
                proces.wait()
    if status:
        raise Melding(f"{wat} is niet gelukt.\n{staart(logboek)}\nAlles staat in {logboek}.", status=1)
    zeg(f"{wat}: klaar ({time.monotonic() - begin:.1f} s).")


class Opzet:
    """The notes and steps of one installation with one database."""

    def __init__(self, paden: Paden, adressen: Adressen, omgeving: Mapping[str, str]) -> None:
        naam = "stand.json" if adressen.ingebed else f"stand-{kenmerk(Path(adressen.database_eigenaar))}.json"
        self._stand = paden.data / naam
        self._paden = paden
        self._url = adressen.database_eigenaar
        self._omgeving = omgeving

    def _noteer(self, **waarden: str) -> None:
        schrijf_json(self._stand, {**lees_json(self._stand), **waarden})

    def migreer(self, *, demo: bool = False) -> None:
        """Bring the database up to date as `eigenaar`.

        Skipped while neither the migrations here nor those the database has had are others than last time.
        A database that never had any is due for the demo school when `demo`; that note outlives a broken
        first start.
        """
        hier, daar = _migraties(), uitgevoerde_migraties(self._url)
        stand = lees_json(self._stand)
        if daar is None:
            self._noteer(demo="te doen" if demo else "geen")
        if daar is not None and (stand.get("migraties"), stand.get("database")) == (hier, daar):
            return
        logboek = self._paden.logboeken / "migraties.log"
        beheeropdracht(["migrate", "--no-input"], als(self._omgeving, "eigenaar"), logboek, "De database bijwerken")
        self._noteer(migraties=hier, database=uitgevoerde_migraties(self._url) or "")

    def statische_bestanden(self) -> None:
        """Collect the static files; skipped while they are the same and still there."""
        nu = _statisch()
        if lees_json(self._stand).get("statisch") == nu and any((self._paden.var / "static").glob("*")):
            return
        logboek = self._paden.logboeken / "statisch.log"
        omgeving = als(self._omgeving, "app")
        beheeropdracht(
            ["collectstatic", "--no-input", "-v", "0"], omgeving, logboek, "Stijl en lettertypen klaarzetten"
        )
        self._noteer(statisch=nu)

    def demoschool(self) -> None:
        """Fill the demo school, once: on the first start of an empty database."""
        if lees_json(self._stand).get("demo") != "te doen":
            return
        logboek = self._paden.logboeken / "demo.log"
        beheeropdracht(["demo"], als(self._omgeving, "app"), logboek, "De demoschool vullen (eenmalig)")
        self._noteer(demo="klaar")
