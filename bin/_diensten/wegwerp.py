"""Servers that exist for one run of checks or benchmarks, on a database that is migrated already.

Migrating takes the better part of a minute of one core; a copy of a cluster that was migrated before takes half a
second. The copy is kept under the fingerprint of the migrations, and is made again when they change.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from _diensten import opzet
from _diensten.melden import Melding, zeg
from _diensten.omgeving import als, keuringsomgeving
from _diensten.paden import Paden, socketmap
from _diensten.postgres import DATABASE
from _diensten.processen import beeindig, servers_in
from _diensten.servers import Adressen, Paar, genoemd, ingebouwd_kan, ingebouwd_vereist
from _diensten.sloten import Slot, alleen

SJABLOON = "sjabloon"
"""The migrated, empty database that nobody signs in to; `CREATE DATABASE … TEMPLATE sjabloon` copies it."""
BEWAARD = 2


@dataclass(frozen=True)
class Wegwerp:
    """The servers of one run, a folder for its files, and the name of the migrated template (or nothing)."""

    adressen: Adressen
    var: Path
    sjabloon: str = ""

    def omgeving(self, huidig: Mapping[str, str]) -> dict[str, str]:
        """The environment for checks on these servers."""
        extra = {"ZORGPAD_TEST_SJABLOON": self.sjabloon} if self.sjabloon else {}
        return keuringsomgeving(huidig, self.adressen, self.var) | extra


def _ruim_verlaten_op(tests: Path) -> None:
    """Remove the folders whose run is dead, with the servers that still work in them."""
    for map_ in tests.iterdir():
        with Slot(map_ / "slot") as slot:
            if slot.neem():
                _gooi_weg(map_)


def _gooi_weg(map_: Path) -> None:
    beeindig([p for cluster in ("pg18", "valkey") for p in servers_in(map_ / cluster)], geduld=3)
    sockets = socketmap(map_)
    shutil.rmtree(map_, ignore_errors=True)
    shutil.rmtree(sockets, ignore_errors=True)


def _kopieer(van: Path, naar: Path) -> None:
    """Copy a stopped cluster with its owner and rights; a file system that can, shares the bytes."""
    half = naar.with_name(f"{naar.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    subprocess.run(["cp", "-a", *(["--reflink=auto"] if Path("/proc").exists() else []), van, half], check=True)
    half.rename(naar)


def _maak_sjabloon(paar: Paar, huidig: Mapping[str, str], map_: Path) -> Adressen | None:
    """Migrate the fresh cluster of this run and make its template; None when the migrations do not run."""
    adressen = paar.start()
    omgeving = als(keuringsomgeving(huidig, adressen, map_), "eigenaar")
    try:
        opzet.beheeropdracht(["migrate", "--no-input"], omgeving, map_ / "migraties.txt", "De testdatabase migreren")
    except Melding as melding:
        zeg(melding.zin)
        return None
    with psycopg.connect(adressen.database_eigenaar.rpartition("/")[0] + "/postgres", autocommit=True) as verbinding:
        verbinding.execute(f"CREATE DATABASE {SJABLOON} TEMPLATE {DATABASE} STRATEGY file_copy".encode())
    return adressen


def _start_gemigreerd(paar: Paar, huidig: Mapping[str, str], paden: Paden) -> tuple[Adressen, str]:
    """Start on a copy of a migrated cluster, which is made and kept when there is none yet."""
    bewaarplaats = paden.data / "sjabloon"
    bewaarplaats.mkdir(exist_ok=True)
    bewaarplaats.chmod(0o711)
    kenmerk = opzet._migraties()[:16]
    bron = bewaarplaats / kenmerk
    with alleen(paden.sloten / "sjabloon", wacht=600):
        if bron.exists():
            _kopieer(bron, paar.database.cluster)
        elif (adressen := _maak_sjabloon(paar, huidig, paar.thuis)) is None:
            return paar.start(), ""
        else:
            paar.database.stop()
            _kopieer(paar.database.cluster, bron)
            for oud in sorted(bewaarplaats.iterdir(), key=lambda p: p.stat().st_mtime)[:-BEWAARD]:
                shutil.rmtree(oud, ignore_errors=True)
        bron.touch()
    adressen = paar.start()
    return adressen, SJABLOON


@contextmanager
def wegwerp(
    huidig: Mapping[str, str], paden: Paden, *, duurzaam: bool = False, gemigreerd: bool = True
) -> Iterator[Wegwerp]:
    """Servers that exist for one run, and a folder for its files; both are gone afterwards.

    Named servers are used only where no embedded ones exist: a test run must not touch a school by accident.
    """
    if not ingebouwd_kan() and (adressen := genoemd(huidig)):
        with tempfile.TemporaryDirectory(prefix="zorgpad-") as map_:
            (Path(map_) / "var").mkdir()
            yield Wegwerp(adressen, Path(map_) / "var")
        return
    ingebouwd_vereist()
    paden.tests.mkdir(exist_ok=True)
    paden.tests.chmod(0o711)
    with alleen(paden.sloten / "test"):
        _ruim_verlaten_op(paden.tests)
        map_pad = Path(tempfile.mkdtemp(dir=paden.tests, prefix="t"))
        slot = Slot(map_pad / "slot")
        slot.neem()
    map_pad.chmod(0o711)
    (map_pad / "var").mkdir()
    try:
        paar = Paar(map_pad, duurzaam=duurzaam)
        adressen, sjabloon = _start_gemigreerd(paar, huidig, paden) if gemigreerd else (paar.start(), "")
        yield Wegwerp(adressen, map_pad / "var", sjabloon)
    finally:
        _gooi_weg(map_pad)
        slot.laat_los()
