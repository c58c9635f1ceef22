"""bin/manage: manage.py with the servers up. Standard output belongs to the command."""

import os
import signal
import subprocess
import sys

from _diensten import omgeving as omgevingen
from _diensten import paden as padenmodule
from _diensten.opzet import Opzet, uitgevoerde_migraties
from _diensten.paden import CHECKOUT, PYTHON
from _diensten.processen import beeindig_bij_sein
from _diensten.servers import gebruik

ZONDER_SCHOOL = frozenset(
    {
        "migrate",
        "makemigrations",
        "check",
        "diffsettings",
        "makemessages",
        "compilemessages",
        "reservekopie_terugzetten",
    }
)
"""Commands that need no tables: before them an empty database stays empty."""


def _vraagt_uitleg(argumenten: list[str]) -> bool:
    return not argumenten or argumenten[0] == "help" or bool({"--help", "-h", "--version"} & set(argumenten))


def _voer_uit(argumenten: list[str], omgeving: dict[str, str]) -> int:
    """Run manage.py on our own terminal; Ctrl-C reaches it directly, SIGTERM is passed on."""
    proces = subprocess.Popen([str(PYTHON), str(CHECKOUT / "manage.py"), *argumenten], env=omgeving)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _sein, _kader: proces.terminate())
    status = proces.wait()
    return 128 - status if status < 0 else status


def hoofd(argumenten: list[str]) -> int:
    """Run one command and give its exit status."""
    paden = padenmodule.bepaal(dict(os.environ))
    if _vraagt_uitleg(argumenten):
        return _voer_uit(argumenten, {"ZORGPAD_MODUS": "demo", **os.environ})
    padenmodule.maak(paden)
    beeindig_bij_sein()
    opdracht = argumenten[0]
    with gebruik(os.environ, paden) as adressen:
        omgeving = omgevingen.programma(os.environ, paden, adressen)
        omgevingen.klok(omgeving, paden)
        if (
            adressen.ingebed
            and opdracht not in ZONDER_SCHOOL
            and uitgevoerde_migraties(adressen.database_eigenaar) is None
        ):
            Opzet(paden, adressen, omgeving).migreer()
        rol = os.environ.get("ZORGPAD_ROL") or ("eigenaar" if opdracht in omgevingen.ROL_EIGENAAR else "app")
        sys.stdout.flush()
        return _voer_uit(argumenten, omgevingen.als(omgeving, rol))
