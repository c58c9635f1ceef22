"""Until when what follows from a paper must be done: the paper and the term in, a day out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from leerlingen.papiertermijn import Papierfeit, uiterste
from leerlingen.profiel import lees_ingebouwd
from leerlingen.profiel.vervolg import Gegeven, Vervolg
from leerlingen.zorgfeiten import Vakantie

PROFIEL = lees_ingebouwd("kogerveld")
BEGIN = date(2026, 11, 3)


def vervolg(**velden: Any) -> Vervolg:
    vast: dict[str, Any] = {"code": "v", "taak": "Evalueren", "wie": "ib", "termijn": "evaluatie_handelingsplan"}
    return Vervolg(**{**vast, "klaar": "evaluatie.gehaald", **velden})


def voor(wat: Vervolg, papier: Papierfeit, *vervolgd: Papierfeit) -> date | None:
    gevonden = uiterste(PROFIEL, wat, papier, vervolgd)
    return gevonden.datum if gevonden else None


def papier(vastgesteld: date | None = None, begonnen: date = BEGIN, **antwoorden: str) -> Papierfeit:
    return Papierfeit(begonnen, vastgesteld, {plek.replace("__", "."): tekst for plek, tekst in antwoorden.items()})


def test_een_termijn_loopt_vanaf_het_begin_tot_het_gedaan_is() -> None:
    assert voor(vervolg(), papier()) == date(2026, 12, 29)
    assert voor(vervolg(), papier(evaluatie__gehaald="  ")) == date(2026, 12, 29)
    assert voor(vervolg(), papier(evaluatie__gehaald="ja")) is None


def test_een_afgesproken_dag_gaat_voor() -> None:
    wat = vervolg(op="plan.op")
    assert voor(wat, papier(plan__op="2027-01-12")) == date(2027, 1, 12)
    assert voor(wat, papier(plan__op="na de kerst")) == date(2026, 12, 29)


def test_vanaf_een_dag_in_het_papier_of_het_vaststellen() -> None:
    assert voor(vervolg(vanaf="vermoeden.sinds"), papier()) is None
    assert voor(vervolg(vanaf="vermoeden.sinds"), papier(vermoeden__sinds="2026-09-01")) == date(2026, 10, 27)
    assert voor(vervolg(vanaf="vastgesteld"), papier()) is None
    assert voor(vervolg(vanaf="vastgesteld"), papier(vastgesteld=date(2026, 12, 1))) == date(2027, 1, 26)


def test_een_keer_verlengen() -> None:
    """Six weeks, and once four more (X-17)."""
    wat = vervolg(termijn="toelating", verlengd="start.verlengd", verlenging="toelating_verlenging")
    assert voor(wat, papier()) == date(2026, 12, 15)
    assert voor(wat, papier(start__verlengd="nee")) == date(2026, 12, 15)
    assert voor(wat, papier(start__verlengd="ja")) == date(2027, 1, 12)


def test_alleen_na_een_antwoord() -> None:
    wat = vervolg(bij=Gegeven(vraag="afweging.advies", antwoord=("zoeken",)))
    assert voor(wat, papier(afweging__advies="plaatsen")) is None
    assert voor(wat, papier(afweging__advies="plaatsen\nzoeken")) == date(2026, 12, 29)


def test_een_papier_begint_de_termijn_opnieuw_tot_het_stopt() -> None:
    stopt = Gegeven(vraag="doelen.vervolg", antwoord=("stopt",))
    wat = vervolg(klaar=None, vanaf="vastgesteld", termijn="opp_evaluatie", papier="e", papier_dag="g.op", stopt=stopt)
    opp = papier(vastgesteld=date(2026, 9, 1))
    eerste = papier(begonnen=date(2027, 2, 1), g__op="2027-02-09", doelen__vervolg="gaat door")
    tweede = papier(begonnen=date(2027, 6, 1), doelen__vervolg="stopt")
    assert voor(wat, opp) == date(2027, 3, 1)
    assert voor(wat, opp, eerste) == date(2027, 8, 9)
    assert voor(wat, opp, tweede, eerste) is None
    assert voor(wat, papier(), eerste) is None, "nothing is due of an OPP that is not fixed"


def test_de_termijn_noemt_de_vakanties_die_ertussen_vallen() -> None:
    kerst = Vakantie("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3))
    gevonden = uiterste(PROFIEL, vervolg(), papier(), vakanties=[kerst])
    assert gevonden is not None
    assert "kerstvakantie" in gevonden.zin(BEGIN)


@pytest.mark.parametrize("code", ["kogerveld", "demeent", "loshoes", "aruba", "vlaanderen"])
def test_elk_profiel_leest_zijn_termijnen(code: str) -> None:
    profiel = lees_ingebouwd(code)
    gelezen = {v.termijn for document in profiel.documenten for v in document.vervolg}
    assert {"evaluatie_handelingsplan", "opp_evaluatie"} <= gelezen
    assert all(profiel.zoek_termijn(termijn) for termijn in gelezen)
