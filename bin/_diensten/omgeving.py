"""The environment in which the program runs: one place for every variable that bin/ sets."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

from _diensten.bestanden import geheim, lees_json
from _diensten.paden import PYTHON, Paden
from _diensten.servers import Adressen

ROL_EIGENAAR = frozenset({"migrate", "reservekopie_maken", "reservekopie_terugzetten"})
"""The commands that run as the owner of the tables; everything else runs as `app`, dbshell included."""

DOORGELATEN = frozenset({"ZORGPAD_SCHRIJF", "ZORGPAD_BEELDEN"})
"""What a person may say to a check: write generated pages anew, and where to put pictures of all pages."""


def programma(huidig: Mapping[str, str], paden: Paden, adressen: Adressen) -> dict[str, str]:
    """The environment for Django on this machine: the servers, the secret and the folders.

    What the person set stays, but for the addresses of the servers, which were worked out from it.
    """
    omgeving = {**huidig, **adressen.omgeving()}
    omgeving.setdefault("ZORGPAD_MODUS", "demo")
    omgeving["ZORGPAD_VAR"] = str(paden.var)
    if not omgeving.get("ZORGPAD_GEHEIM"):
        omgeving["ZORGPAD_GEHEIM"] = geheim(paden.var / "geheim")
    if adressen.programmas:
        omgeving["PATH"] = f"{adressen.programmas}{os.pathsep}{omgeving.get('PATH', os.defpath)}"
    return omgeving


def als(omgeving: Mapping[str, str], rol: str) -> dict[str, str]:
    """The same environment, signing in to the database as `app` or `eigenaar`."""
    return {**omgeving, "ZORGPAD_ROL": rol}


def zonder_eigenaar(omgeving: Mapping[str, str]) -> dict[str, str]:
    """What web, worker and scheduler get: not the password of the owner of the tables."""
    return {naam: waarde for naam, waarde in als(omgeving, "app").items() if naam != "DATABASE_URL_EIGENAAR"}


def klok(omgeving: dict[str, str], paden: Paden) -> None:
    """Give every process the same shifted clock: ZORGPAD_NU with the moment from which it runs on.

    A command beside a running school follows the clock of that school unless it names another date.
    """
    loopt = lees_json(paden.data / "loopt.json")
    if "nu" in loopt and omgeving.get("ZORGPAD_NU", loopt["nu"]) == loopt["nu"]:
        omgeving["ZORGPAD_NU"] = loopt["nu"]
        omgeving.setdefault("ZORGPAD_NU_ANKER", loopt["anker"])
    elif omgeving.get("ZORGPAD_NU"):
        omgeving.setdefault("ZORGPAD_NU_ANKER", f"{time.time():.3f}")


def keuringsomgeving(huidig: Mapping[str, str], adressen: Adressen, var: Path) -> dict[str, str]:
    """The environment of every check: nothing of how this person runs the program leaks into it."""
    omgeving = {naam: w for naam, w in huidig.items() if not naam.startswith("ZORGPAD_") or naam in DOORGELATEN}
    omgeving |= adressen.omgeving() | {"ZORGPAD_MODUS": "test", "ZORGPAD_VAR": str(var)}
    paden = [str(PYTHON.parent), *([str(adressen.programmas)] if adressen.programmas else [])]
    omgeving["PATH"] = os.pathsep.join([*paden, omgeving.get("PATH", os.defpath)])
    if huidig.get("CI"):
        omgeving["NO_COLOR"] = "1"
    return omgeving
