"""bin/bench: the benchmarks in bench/, each on a fresh database."""

import argparse
import os
import subprocess

from _diensten import paden as padenmodule
from _diensten.melden import Melding
from _diensten.omgeving import als
from _diensten.paden import CHECKOUT, PYTHON
from _diensten.processen import beeindig_bij_sein
from _diensten.wegwerp import wegwerp


def namen() -> list[str]:
    """The benchmarks there are."""
    return sorted(p.stem for p in (CHECKOUT / "bench").glob("*.py") if not p.stem.startswith("_"))


def _meet(naam: str) -> int:
    paden = padenmodule.bepaal(dict(os.environ))
    padenmodule.maak(paden)
    with wegwerp(os.environ, paden, duurzaam=True) as servers:
        omgeving = als(servers.omgeving(os.environ), "app") | {"PYTHONPATH": str(CHECKOUT / "bin")}
        return subprocess.run([str(PYTHON), "-m", "bench", naam], cwd=CHECKOUT, env=omgeving).returncode


def hoofd(argumenten: list[str]) -> int:
    """Run one benchmark, or all; 1 when any of them failed."""
    uitleg = argparse.ArgumentParser(prog="bin/bench", description="Meet hoe snel Zorgpad op deze computer is.")
    uitleg.add_argument("naam", nargs="?", help=f"een van: {', '.join(namen())}; zonder naam alle")
    naam = uitleg.parse_args(argumenten).naam
    if naam is not None and naam not in namen():
        raise Melding(f"Deze meting bestaat niet: {naam}. Wel: {', '.join(namen())}.")
    beeindig_bij_sein()
    statussen = [_meet(een) for een in ([naam] if naam else namen())]
    return 1 if any(statussen) else 0
