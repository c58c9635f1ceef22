"""How long the embedded servers take: the first start, a later one, and recovery after kill -9."""

import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from _diensten.servers import Paar

from bench import Meting

RIJEN = 20_000


def _tijd(doe: Callable[[], object]) -> float:
    begin = time.perf_counter()
    doe()
    return (time.perf_counter() - begin) * 1000


def _dood_na_werk(paar: Paar, adres: str) -> None:
    """Commit rows and kill the server with -9 before it had time to tidy up."""
    with psycopg.connect(adres, autocommit=True) as verbinding:
        verbinding.execute("CREATE TABLE IF NOT EXISTS proef (nummer int)")
        verbinding.execute("INSERT INTO proef SELECT generate_series(1, %s)", [RIJEN])
    for proces in paar.database.processen():
        os.kill(proces.pid, signal.SIGKILL)


def meet() -> Meting:
    """Measure on servers of its own, in milliseconds. Raises RuntimeError when committed rows are gone."""
    with tempfile.TemporaryDirectory(prefix="zorgpad-bench-") as map_:
        thuis = Path(map_).resolve()
        thuis.chmod(0o711)
        paar = Paar(thuis)
        eerste = _tijd(paar.start)
        try:
            stoppen = _tijd(paar.stop)
            later = _tijd(paar.start)
            adressen = paar.start()
            _dood_na_werk(paar, adressen.database_eigenaar)
            herstel = _tijd(paar.start)
            with psycopg.connect(adressen.database_eigenaar) as verbinding:
                if verbinding.execute("SELECT count(*) FROM proef").fetchone() != (RIJEN,):
                    raise RuntimeError("vastgelegde rijen zijn weg na kill -9")
        finally:
            paar.stop()
    cijfers = {"eerste_start_ms": eerste, "start_ms": later, "stop_ms": stoppen, "herstel_ms": herstel}
    namen = ("eerste start, met initdb", "latere start", "stoppen", f"herstel na kill -9, {RIJEN} rijen")
    rijen = [(naam, f"{cijfer:.0f}") for naam, cijfer in zip(namen, cijfers.values(), strict=True)]
    return Meting("Ingebouwde PostgreSQL en Valkey", ("wat", "ms"), rijen, cijfers)
