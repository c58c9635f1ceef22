"""bin/test: everything that is checked, on servers that are thrown away afterwards."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from _diensten import acceptatie
from _diensten import paden as padenmodule
from _diensten.melden import Melding, zeg
from _diensten.paden import CHECKOUT, PYTHON
from _diensten.processen import beeindig_bij_sein, sterf_met_ouder
from _diensten.wegwerp import wegwerp

TIJD = 44 * 60
"""Seconds that all checks together may take; more is a fault, and better told than waited for."""
GEEN_TESTS = 5
"""pytest's exit status when it collected nothing."""
DELEN = ("kern", "logboek", "leerlingen", "lvs", "plannen", "besprekingen", "portaal", "agenda", "overzicht")
GEBRUIK = """\
bin/test                  alles: lint, typen, verdiepingen, migraties, tests, browsertests
bin/test --snel           zonder browsertests en trage tests, hooguit anderhalve minuut
bin/test --lang           alleen de lange proeven
bin/test --acceptatie     welke nummers van de acceptatielijst bewezen zijn
bin/test ARGUMENTEN       alleen pytest, met deze argumenten (bin/test tests/kern -k klok)"""


@dataclass(frozen=True)
class Stap:
    """One check: its name, its command, and what its environment has besides."""

    naam: str
    opdracht: list[str]
    extra: Mapping[str, str] = field(default_factory=dict)


def statisch(*, snel: bool) -> list[Stap]:
    """The checks that run no test, the quickest first."""
    bin_ = PYTHON.parent
    instellingen = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    pakketten = [*instellingen["tool"]["mypy"]["packages"], "_diensten", "bench"]
    sjablonen = ["templates", *(str(p.relative_to(CHECKOUT)) for p in CHECKOUT.glob("*/templates") if p.is_dir())]
    eigenaar = {"ZORGPAD_ROL": "eigenaar"}
    beheer = [str(PYTHON), "manage.py"]
    stappen = [
        Stap("lint", [str(bin_ / "ruff"), "check", "--output-format", "concise", "."]),
        Stap("opmaak", [str(bin_ / "ruff"), "format", "--check", "--output-format", "concise", "."]),
        Stap("verdiepingen", [str(bin_ / "lint-imports")]),
        Stap("migraties", [*beheer, "makemigrations", "--check", "--dry-run"], eigenaar),
        Stap("sjablonen", [str(bin_ / "djlint"), "--lint", "--quiet", *sjablonen]),
        Stap("typen", [str(bin_ / "mypy"), *(d for p in pakketten for d in ("-p", p))], {"MYPYPATH": "bin"}),
    ]
    if not snel:
        keuring = {"PYTHONPATH": "bin", "DJANGO_SETTINGS_MODULE": "_diensten.migratiekeuring", **eigenaar}
        opdracht = [*beheer, "lintmigrations", "--no-cache", "--project-root-path", str(CHECKOUT)]
        stappen.append(Stap("migraties zonder stilstand", [*opdracht, "--include-apps", *DELEN], keuring))
    return stappen


def pytests(*, snel: bool) -> list[Stap]:
    """The test runs: in two processes, and browser tests by themselves since those drive a whole program each."""
    basis = [str(PYTHON), "-m", "pytest", "-o", "faulthandler_timeout=600"]
    if snel:
        return [Stap("tests", [*basis, "-q", "-n", "2", "-m", "not browser and not traag and not lang"])]
    return [
        Stap("tests", [*basis, "-q", "-n", "2", "--dist", "worksteal", "-m", "not browser and not lang"]),
        # a whole school runs in each process; who is done first takes over from the other
        Stap("browsertests", [*basis, "-q", "-n", "2", "--dist", "worksteal", "-m", "browser and not lang"]),
    ]


class Keuring:
    """One run of checks: their processes, their time, and which of them failed."""

    def __init__(self, omgeving: Mapping[str, str], var: Path) -> None:
        self.omgeving = dict(omgeving)
        self.uitvoer = var.parent
        self.mislukt: list[str] = []
        self._tot = time.monotonic() + TIJD
        self._levend: list[subprocess.Popen[bytes]] = []
        self._slot = threading.Lock()

    def _meld(self, naam: str, begin: float, status: int, uitvoer: str = "") -> None:
        with self._slot:
            print(f"{'goed ' if status == 0 else 'FOUT '} {naam} ({time.monotonic() - begin:.1f} s)", flush=True)
            if status:
                self.mislukt.append(naam)
                if uitvoer:
                    print(uitvoer.rstrip(), flush=True)

    def _begin(self, stap: Stap, uit: Path) -> subprocess.Popen[bytes]:
        with uit.open("wb") as bestand:
            proces = subprocess.Popen(
                stap.opdracht,
                cwd=CHECKOUT,
                env={**self.omgeving, **stap.extra},
                stdin=subprocess.DEVNULL,
                stdout=bestand,
                stderr=subprocess.STDOUT,
                preexec_fn=sterf_met_ouder(),
            )
        self._levend.append(proces)
        return proces

    def _wacht(self, proces: subprocess.Popen[bytes], telkens: Callable[[], None] = lambda: None) -> int:
        """Wait for a process until the time is up; SIGINT first, so that pytest still tells how far it came."""
        while proces.poll() is None:
            telkens()
            if time.monotonic() > self._tot:
                zeg(f"De keuring duurt langer dan {TIJD // 60} minuten en wordt afgebroken.")
                proces.send_signal(signal.SIGINT)
                try:
                    proces.wait(30)
                except subprocess.TimeoutExpired:
                    proces.kill()
                    proces.wait()
                telkens()
                return proces.returncode or 1
            time.sleep(0.05)
        telkens()
        return proces.returncode

    def _uit(self, stap: Stap) -> Path:
        return self.uitvoer / f"{stap.naam.replace(' ', '-')}.txt"

    def draai(self, stap: Stap) -> None:
        """Run one check and print one line about it, and its output when it fails."""
        begin = time.monotonic()
        status = self._wacht(self._begin(stap, self._uit(stap)))
        self._meld(stap.naam, begin, status, self._uit(stap).read_text(errors="replace"))

    def draai_pytest(self, stap: Stap, eerst: Future[None] | None = None) -> None:
        """Run pytest beside what still runs; its output follows when that is done, and then comes live."""
        begin = time.monotonic()
        uit = self._uit(stap)
        proces = self._begin(stap, uit)
        with uit.open("rb") as lezer:

            def toon() -> None:
                if eerst is None or eerst.done():
                    sys.stdout.write(lezer.read().decode(errors="replace"))
                    sys.stdout.flush()

            status = self._wacht(proces, toon)
            if eerst is not None:
                eerst.result()
                toon()
        self._meld(stap.naam, begin, 0 if status == GEEN_TESTS and stap.naam == "browsertests" else status)

    def breek_af(self) -> None:
        """End what still runs."""
        for proces in self._levend:
            if proces.poll() is None:
                proces.terminate()
        for proces in self._levend:
            try:
                proces.wait(10)
            except subprocess.TimeoutExpired:
                proces.kill()

    def alles(self, *, snel: bool) -> int:
        """Run every check; 0 when all are right."""
        begin = time.monotonic()
        stappen = statisch(snel=snel)

        def zonder_tests() -> None:
            for stap in stappen:
                self.draai(stap)

        with ThreadPoolExecutor(1) as zijspoor:
            eerst = zijspoor.submit(zonder_tests)
            try:
                for nummer, stap in enumerate(pytests(snel=snel)):
                    self.draai_pytest(stap, eerst if nummer == 0 else None)
            except BaseException:
                self.breek_af()
                raise
        if self.mislukt:
            print(f"Niet goed: {', '.join(self.mislukt)} ({time.monotonic() - begin:.0f} s).", flush=True)
            return 1
        print(f"Alles goed ({time.monotonic() - begin:.0f} s).", flush=True)
        return 0


def _pytest(argumenten: list[str], omgeving: Mapping[str, str]) -> int:
    """Run pytest on this terminal with these arguments."""
    proces = subprocess.Popen([str(PYTHON), "-m", "pytest", *argumenten], cwd=CHECKOUT, env=dict(omgeving))
    try:
        return proces.wait()
    except BaseException:
        proces.terminate()
        proces.wait()
        raise


def _acceptatie(omgeving: dict[str, str], var: Path) -> int:
    uit = var.parent / "acceptatie.json"
    omgeving |= {"ZORGPAD_ACCEPTATIE": str(uit), "PYTHONPATH": "bin"}
    opdracht = [str(PYTHON), "-m", "pytest", "--collect-only", "-q", "-p", "_diensten.acceptatie"]
    klaar = subprocess.run(opdracht, cwd=CHECKOUT, env=omgeving, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if not uit.exists() or klaar.returncode not in (0, GEEN_TESTS):
        zeg(klaar.stdout.decode(errors="replace")[-4000:])
        raise Melding("De tests zijn niet te verzamelen.", status=1)
    tekst, onbekend = acceptatie.verslag(acceptatie.nummers(), json.loads(uit.read_text()))
    print(tekst)
    return 1 if onbekend else 0


def hoofd(argumenten: list[str]) -> int:
    """Run what was asked for; the exit status is pytest's, or 1 when any check failed."""
    if {"--help", "-h"} & set(argumenten):
        print(GEBRUIK)
        return 0
    if len(argumenten) > 1 and {"--snel", "--lang", "--acceptatie"} & set(argumenten):
        raise Melding(f"Deze keuzes gaan niet samen.\n{GEBRUIK}")
    paden = padenmodule.bepaal(dict(os.environ))
    padenmodule.maak(paden)
    beeindig_bij_sein()
    with wegwerp(os.environ, paden, gemigreerd=argumenten != ["--acceptatie"]) as servers:
        omgeving, var = servers.omgeving(os.environ), servers.var
        match argumenten:
            case []:
                return Keuring(omgeving, var).alles(snel=False)
            case ["--snel"]:
                return Keuring(omgeving, var).alles(snel=True)
            case ["--lang"]:
                return _pytest(["-m", "lang"], omgeving)
            case ["--acceptatie"]:
                return _acceptatie(omgeving, var)
            case _:
                return _pytest(argumenten, omgeving)
