"""Locks: alone or together, and gone with their holder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from _diensten.melden import Melding
from _diensten.sloten import Slot, alleen

BIN = Path(__file__).resolve().parent.parent.parent / "bin"


def test_een_slot_is_van_een(tmp_path: Path) -> None:
    with Slot(tmp_path / "s") as een, Slot(tmp_path / "s") as ander:
        assert een.neem()
        assert not ander.neem()
        assert not ander.deel()
        een.laat_los()
        assert ander.neem()


def test_delen_gaat_samen_en_nemen_dan_niet(tmp_path: Path) -> None:
    with Slot(tmp_path / "s") as een, Slot(tmp_path / "s") as ander:
        assert een.deel()
        assert ander.deel()
        assert not een.neem()
        ander.laat_los()
        assert een.neem()


def test_een_gedood_proces_houdt_niets_vast(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from _diensten.sloten import Slot\n"
        "slot = Slot(Path(sys.argv[1])); slot.neem(); print('vast', flush=True); time.sleep(60)"
    )
    omgeving = {**os.environ, "PYTHONPATH": str(BIN)}
    with (
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "s")], env=omgeving, stdout=subprocess.PIPE
        ) as proces,
        Slot(tmp_path / "s") as slot,
    ):
        assert proces.stdout is not None
        assert proces.stdout.readline() == b"vast\n"
        assert not slot.neem()
        proces.send_signal(signal.SIGKILL)
        proces.wait()
        assert slot.neem(wacht=2)


def test_wie_te_lang_wacht_hoort_waarom(tmp_path: Path) -> None:
    with Slot(tmp_path / "s") as slot:
        slot.neem()
        with pytest.raises(Melding, match="nog bezig"), alleen(tmp_path / "s", wacht=0.1):
            pass
