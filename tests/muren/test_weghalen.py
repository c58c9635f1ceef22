"""Each wall has tests that turn red when that wall alone is gone (ontwerp §4).

A process of its own with a database of its own runs the tests of one wall while `zonder` has taken it away.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.muren.zonder import MUUR, WEG

WORTEL = Path(__file__).resolve().parents[2]
BEWAKERS = {
    "regel": "tests/muren/test_regel.py",
    "manager": "tests/muren/test_manager.py",
    "beleid": "tests/muren/test_rijen.py",
    "sleutels": "tests/muren/test_sleutels.py",
}


def _omgeving(muur: str, database: str) -> dict[str, str]:
    """This process's own environment, with another database and without the marks of a parallel run."""
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PYTEST_")}
    for naam in ("DATABASE_URL", "DATABASE_URL_EIGENAAR"):
        omgeving[naam] = re.sub(r"^(\w+://[^/?]*)/[^?]*", rf"\1/{database}", os.environ[naam])
    return omgeving | {MUUR: muur}


@pytest.mark.traag
@pytest.mark.parametrize("muur", sorted(WEG))
def test_zonder_deze_muur_wordt_er_iets_rood(muur: str) -> None:
    opdracht = ["-m", "pytest", "-p", "tests.muren.zonder", "-p", "no:cacheprovider", "-p", "no:xdist"]
    opdracht += ["-q", "--no-header", "--tb=no", "--create-db", BEWAKERS[muur]]
    database = f"zonder_{muur}_{os.getpid()}"
    try:
        klaar = subprocess.run(
            [sys.executable, *opdracht],
            cwd=WORTEL,
            env=_omgeving(muur, database),
            capture_output=True,
            text=True,
            timeout=300,
        )
    finally:
        with psycopg.connect(os.environ["DATABASE_URL_EIGENAAR"], autocommit=True) as verbinding:
            naam = sql.Identifier(f"test_{database}")
            verbinding.execute(sql.SQL("drop database if exists {} with (force)").format(naam))
    rood = len(re.findall(rf"^FAILED {re.escape(BEWAKERS[muur])}", klaar.stdout, re.MULTILINE))
    # red, not broken: the tests ran, and what stands apart from this wall stayed green
    assert klaar.returncode == 1, klaar.stdout[-2000:] + klaar.stderr[-2000:]
    assert rood >= 3, klaar.stdout[-2000:]
    assert re.search(r"\d+ passed", klaar.stdout), klaar.stdout[-2000:]
