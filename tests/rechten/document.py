"""docs/rechten.md, made from the tables of the code and from the matrix of addresses.

A row was added or a right changed: `ZORGPAD_SCHRIJF=1 bin/test tests/rechten/test_tabel.py` writes the page anew.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from leerlingen.rechtentabel import als_rijen
from tests.rechten import rijen  # noqa: F401  (fills the matrix)
from tests.rechten.matrix import RIJEN, ROLLEN, Rij

PAGINA = Path(__file__).resolve().parents[2] / "docs" / "rechten.md"
KOP = """# Who may see and do what

Made by tests/rechten/document.py from the tables in `leerlingen/toegang.py` and from the matrix in
`tests/rechten/rijen/`; do not edit. `bin/manage rechtenmatrix` prints the first table (`--csv` for a sheet),
`bin/manage wie_heeft_toegang --leerling ID` who can see one pupil at this moment.

## Rights by relation

A kring (named readers) goes before confidentiality. A grant on one piece goes before both. What a relation gives ends
on the day the relation ends; nobody sees a dossier by rank.

"""
ADRESSEN = """
## Addresses by role

Asked through the whole stack in `tests/rechten/test_matrix.py`, for the fixed cast of `tests/bouw`. The number is the
status: 200 shown, 302 done or sent on, 403 visible but not allowed, 404 not to be known of, 405 another method,
409 and 422 refused by a rule or by the form. Signed out, everything leads to the login page unless it says so.

"""


def _tabel(regels: list[list[str]]) -> str:
    kop, *rest = regels
    lijn = ["---"] * len(kop)
    return "".join(f"| {' | '.join(regel)} |\n" for regel in [kop, lijn, *rest])


def _status(waarde: object) -> str:
    return "/".join(map(str, waarde)) if isinstance(waarde, tuple) else str(waarde)


def _wie(rij: Rij) -> str:
    """`200: anna, carla; 404: the others`, the largest group last and without its names."""
    groepen: dict[str, list[str]] = defaultdict(list)
    for rol in ROLLEN:
        if rol in rij.verwacht and rol != "anoniem":
            groepen[_status(rij.verwacht[rol])].append(rol)
    op_grootte = sorted(groepen.items(), key=lambda paar: (len(paar[1]), paar[0]))
    *kleiner, (grootste, leden) = op_grootte
    rest = "everyone" if not kleiner else "the others"
    delen = [f"{status}: {', '.join(rollen)}" for status, rollen in kleiner]
    delen.append(f"{grootste}: {rest if len(leden) > 3 else ', '.join(leden)}")
    if rij.verwacht["anoniem"] != 302:
        delen.append(f"signed out: {_status(rij.verwacht['anoniem'])}")
    return "; ".join(delen)


def _waarover(rij: Rij) -> str:
    return ", ".join(str(waarde).removeprefix("extra.").lstrip("=") for waarde in rij.argumenten.values())


def pagina() -> str:
    """The whole page."""
    rollen = [["role", "who"], *([naam, uitleg] for naam, uitleg in ROLLEN.items())]
    gezien = sorted(RIJEN, key=lambda rij: (rij.naam, rij.methode, _waarover(rij)))
    adressen = [["address", "method", "about", "who gets what"]]
    adressen += [
        [rij.naam, rij.methode, _waarover(rij), _wie(rij)] for rij in gezien if 405 not in rij.verwacht.values()
    ]
    return KOP + _tabel(als_rijen()) + ADRESSEN + _tabel(rollen) + "\n" + _tabel(adressen)
