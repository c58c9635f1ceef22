"""Which numbers of the acceptance list are proved by a test: the marks `acceptatie("K-12")`, collected and compared.

This module is also a pytest plugin: with ZORGPAD_ACCEPTATIE set it writes there, as JSON, the tests of each number.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

from _diensten.paden import CHECKOUT

NUMMER = re.compile(r"^- ([KMLAV]-\d+)", re.MULTILINE)


def nummers() -> list[str]:
    """All numbers: of the list beside the checkout where that lies, else of docs/acceptatie.txt."""
    lijst = CHECKOUT.parent / "shared" / "acceptatie.md"
    if lijst.exists() and (gevonden := NUMMER.findall(lijst.read_text())):
        return list(dict.fromkeys(gevonden))
    return (CHECKOUT / "docs" / "acceptatie.txt").read_text().split()


def verslag(alle: list[str], bewezen: dict[str, list[str]]) -> tuple[str, list[str]]:
    """The report for people, and the numbers that tests claim but the list does not know."""
    onbekend = sorted(set(bewezen) - set(alle))
    regels = []
    for letter in dict.fromkeys(nummer[0] for nummer in alle):
        eigen = [nummer for nummer in alle if nummer[0] == letter]
        open_ = [nummer for nummer in eigen if nummer not in bewezen]
        regels.append(f"{letter}: {len(eigen) - len(open_)} van {len(eigen)} bewezen")
        if open_:
            regels.append(f"   nog niet: {' '.join(open_)}")
    regels += [f"{nummer} bestaat niet: {', '.join(bewezen[nummer])}" for nummer in onbekend]
    gedaan = sum(nummer in bewezen for nummer in alle)
    regels.append(f"{gedaan} van {len(alle)} nummers bewezen, {len(alle) - gedaan} nog niet.")
    return "\n".join(regels), onbekend


def pytest_collection_finish(session: Any) -> None:
    """Write which tests claim which numbers; a test that never runs proves nothing."""
    uit = os.environ.get("ZORGPAD_ACCEPTATIE")
    if not uit:
        return
    bewezen: dict[str, list[str]] = {}
    for test in session.items:
        if test.get_closest_marker("skip") or test.get_closest_marker("xfail"):
            continue
        for merk in test.iter_markers("acceptatie"):
            for nummer in merk.args:
                tests = bewezen.setdefault(str(nummer), [])
                if (naam := test.nodeid.partition("[")[0]) not in tests:
                    tests.append(naam)
    Path(uit).write_text(json.dumps(bewezen))
