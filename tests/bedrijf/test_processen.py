"""Processes are found back by their mark, and never those of another checkout."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from _diensten.processen import MERK, Kind, beeindig, servers_in, van_onderdeel, wacht_op

BIN = Path(__file__).resolve().parent.parent.parent / "bin"
SLAAP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def kind(tmp_path: Path) -> Iterator[Kind]:
    gemaakt = Kind("proef", SLAAP, {**os.environ, MERK: str(tmp_path)}, tmp_path, tmp_path / "log")
    yield gemaakt
    gemaakt.stop(0)


def test_alleen_eigen_processen_worden_gevonden_en_beeindigd(kind: Kind, tmp_path: Path) -> None:
    kind.start()
    assert van_onderdeel(f"{tmp_path}-anders") == []
    einde = time.monotonic() + 5
    while not (gevonden := van_onderdeel(str(tmp_path))) and time.monotonic() < einde:
        time.sleep(0.02)  # between fork and exec the child still has our environment
    assert len(gevonden) == 1
    assert kind.einde() is None
    beeindig(gevonden)
    assert kind.einde() == -signal.SIGTERM
    assert van_onderdeel(str(tmp_path)) == []


def test_wie_niet_luistert_wordt_gedood(tmp_path: Path) -> None:
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('klaar', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as doof:
        assert doof.stdout is not None
        doof.stdout.readline()
        beeindig([psutil.Process(doof.pid)], geduld=0.2)
        assert doof.wait(5) == -signal.SIGKILL


def test_een_vreemd_proces_in_de_map_is_geen_server(tmp_path: Path) -> None:
    with subprocess.Popen(SLAAP, cwd=tmp_path) as vreemd:
        assert servers_in(tmp_path) == []
        vreemd.kill()


def test_vaak_vallen_wordt_gezien(kind: Kind) -> None:
    kind.gestart = [time.monotonic() - 3600] * 10
    assert not kind.te_vaak_gevallen()
    kind.gestart += [time.monotonic()] * 5
    assert kind.te_vaak_gevallen()


def test_op_een_dode_server_wordt_niet_gewacht() -> None:
    begin = time.monotonic()
    assert not wacht_op(lambda: False, zolang=lambda: [])
    assert time.monotonic() - begin < 1


@pytest.mark.skipif(sys.platform != "linux", reason="alleen Linux kent dit sein van de kern")
def test_een_kind_overleeft_zijn_ouder_niet(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from _diensten.processen import Kind, MERK\n"
        f"p = Path(sys.argv[1]); k = Kind('k', {SLAAP!r}, {{**os.environ, MERK: str(p)}}, p, p / 'log'); k.start()\n"
        "print('klaar', flush=True); import time; time.sleep(60)"
    )
    omgeving = {**os.environ, "PYTHONPATH": str(BIN)}
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env=omgeving, stdout=subprocess.PIPE) as ouder:
        assert ouder.stdout is not None
        ouder.stdout.readline()
        ouder.kill()
        ouder.wait()
    einde = time.monotonic() + 5
    while (over := van_onderdeel(str(tmp_path))) and time.monotonic() < einde:
        time.sleep(0.05)
    assert over == []
