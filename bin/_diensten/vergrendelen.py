"""bin/vergrendel: makes both locks again, with hashes and without any address or folder of this machine."""

import argparse
import re
import subprocess

from _diensten.melden import Melding, zeg
from _diensten.paden import CHECKOUT, PYTHON

ADRES = re.compile(r"://|--(?:index-url|extra-index-url|find-links)|(?:^|\s)/\w", re.MULTILINE)


def plaatsen(slot: str) -> list[str]:
    """The lines of a lock that name a place: a registry, or a folder of the machine that made it."""
    return [regel for regel in slot.splitlines() if ADRES.search(regel)]


def hoofd(argumenten: list[str]) -> int:
    """Compile `requirements/*.in` with uv; versions stay unless one of the options says otherwise."""
    uitleg = argparse.ArgumentParser(
        prog="bin/vergrendel", description="Maakt requirements/*.txt opnieuw uit requirements/*.in."
    )
    uitleg.add_argument("--upgrade", action="store_true", help="neem van alles de nieuwste toegestane versie")
    uitleg.add_argument(
        "--upgrade-package", action="append", default=[], metavar="PAKKET", help="alleen van dit pakket"
    )
    gevraagd = uitleg.parse_args(argumenten)
    keuzes = ["--upgrade"] if gevraagd.upgrade else []
    keuzes += [deel for pakket in gevraagd.upgrade_package for deel in ("--upgrade-package", pakket)]
    for naam, extra in (("productie", []), ("ontwikkeling", ["-c", "requirements/productie.txt"])):
        uit = f"requirements/{naam}.txt"
        opdracht = [
            str(PYTHON.with_name("uv")), "pip", "compile", "--quiet",
            "--generate-hashes", "--no-emit-index-url", "--python-version", "3.11",
            "--custom-compile-command", "bin/vergrendel",
            f"requirements/{naam}.in", *extra, "-o", uit, *keuzes,
        ]  # fmt: skip
        klaar = subprocess.run(opdracht, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if klaar.returncode:
            raise Melding(f"{uit} is niet gemaakt.\n{klaar.stderr[-3000:]}", status=1)
        if gevonden := plaatsen((CHECKOUT / uit).read_text()):
            raise Melding(f"{uit} noemt een plaats van deze computer: {gevonden[0]}", status=1)
        zeg(f"{uit} is bijgewerkt.")
    return 0
