"""Processes of ours: to find them back after a kill -9, to start them and to end them.

A process is ours when it carries our mark in its environment (the program's own processes), or when it is a
database or broker server whose working folder is ours (those overwrite their environment). Nothing else is
ever touched, and never anything by name alone.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psutil

MERK = "ZORGPAD_ONDERDEEL_VAN"
SERVERNAMEN = frozenset({"postgres", "valkey-server", "redis-server"})
PR_SET_PDEATHSIG = 1


def _leeft(proces: psutil.Process) -> bool:
    try:
        return bool(proces.is_running() and proces.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def van_onderdeel(merk: str) -> list[psutil.Process]:
    """The living processes that were started with this mark, ourselves left out."""
    gevonden = []
    for proces in psutil.process_iter():
        try:
            if proces.pid != os.getpid() and proces.environ().get(MERK) == merk and _leeft(proces):
                gevonden.append(proces)
        except (psutil.Error, OSError):
            continue
    return gevonden


def servers_in(map_: Path) -> list[psutil.Process]:
    """The living database or broker processes that work in this folder."""
    gevonden = []
    for proces in psutil.process_iter():
        try:
            if proces.name() in SERVERNAMEN and Path(proces.cwd()) == map_ and _leeft(proces):
                gevonden.append(proces)
        except (psutil.Error, OSError):
            continue
    return gevonden


def beeindig(processen: Iterable[psutil.Process], geduld: float = 10) -> None:
    """End these processes: asked first, after `geduld` seconds made to."""
    levend = [p for p in processen if _leeft(p)]
    for sein in (signal.SIGTERM, signal.SIGKILL):
        for proces in levend:
            try:
                proces.send_signal(sein)
            except psutil.Error:
                continue
        einde = time.monotonic() + geduld
        while (levend := [p for p in levend if _leeft(p)]) and time.monotonic() < einde:
            time.sleep(0.05)
        if not levend:
            return


def beeindig_bij_sein() -> None:
    """Let SIGTERM and a closed terminal end this process as Ctrl-C does: with everything tidied up, once."""

    def stop(_sein: int, _kader: FrameType | None) -> NoReturn:
        for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sein, signal.SIG_IGN)
        raise KeyboardInterrupt

    for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sein, stop)


def wacht_op(antwoordt: Callable[[], bool], zolang: Callable[[], Sequence[object]], geduld: float = 60) -> bool:
    """Wait for a server that may still be starting or recovering; False at once when none is alive."""
    einde = time.monotonic() + geduld
    while not antwoordt():
        if not zolang() or time.monotonic() > einde:
            return False
        time.sleep(0.1)
    return True


def sterf_met_ouder(sein: int = signal.SIGTERM) -> Callable[[], None] | None:
    """For `preexec_fn`: on Linux the kernel sends `sein` to the child when its parent dies."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def zet() -> None:
        libc.prctl(PR_SET_PDEATHSIG, sein)

    return zet


class Kind:
    """One process of the program, with its own log, out of reach of the Ctrl-C that ends us."""

    def __init__(
        self, naam: str, opdracht: Sequence[str], omgeving: Mapping[str, str], map_: Path, logboek: Path
    ) -> None:
        self.naam = naam
        self.opdracht = list(opdracht)
        self.omgeving = dict(omgeving)
        self.map = map_
        self.logboek = logboek
        self.gestart: list[float] = []
        self._proces: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; its output is added to the log."""
        self.gestart.append(time.monotonic())
        with self.logboek.open("ab") as uitvoer:
            self._proces = subprocess.Popen(
                self.opdracht,
                cwd=self.map,
                env=self.omgeving,
                stdin=subprocess.DEVNULL,
                stdout=uitvoer,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=sterf_met_ouder(),
            )

    def einde(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._proces.poll() if self._proces else None

    def vraag_te_stoppen(self) -> None:
        if self._proces and self._proces.poll() is None:
            self._proces.terminate()

    def stop(self, tot: float) -> None:
        """Wait until `tot` (monotonic seconds), then end the process; `van_onderdeel` finds its children."""
        if self._proces is None:
            return
        try:
            self._proces.wait(max(0.0, tot - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._proces.kill()
            self._proces.wait()

    def te_vaak_gevallen(self, keren: int = 5, binnen: float = 60) -> bool:
        """Say whether it was started `keren` times in `binnen` seconds: once more will not help."""
        return len(self.gestart) >= keren and time.monotonic() - self.gestart[-keren] < binnen
