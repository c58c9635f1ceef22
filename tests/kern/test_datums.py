"""A day with a slip in its year is refused in words, everywhere the same; what stands there already breaks nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django import forms

from besprekingen import services
from tests.bouw import Bezetting
from zorg.kern.datums import BUITEN, Datumveld, dag_erna, dag_uit

Inloggen = Callable[..., Any]


@pytest.mark.parametrize("dag", ["0001-01-01", "1899-12-31", "2100-01-01", "9998-12-31", "9999-12-31"])
def test_een_dag_die_niemand_bedoelt(dag: str) -> None:
    with pytest.raises(forms.ValidationError) as fout:
        Datumveld("Dag").clean(dag)
    assert fout.value.messages == [BUITEN]
    assert dag_uit(dag) is None


@pytest.mark.parametrize("dag", ["1900-01-01", "2026-11-03", "2099-12-31"])
def test_een_gewone_dag(dag: str) -> None:
    assert Datumveld("Dag").clean(dag) == dag_uit(dag) == date.fromisoformat(dag)


def test_na_de_laatste_dag_komt_geen_dag() -> None:
    assert dag_erna(date.max) == date.max
    assert dag_erna(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize("dag", ["0001-01-01", "9998-12-31", "9999-12-31"])
def test_formulieren_met_een_verkeerd_jaar(bezetting: Bezetting, inloggen: Inloggen, dag: str) -> None:
    """The page comes back with the sentence; nothing breaks and nothing is kept."""
    b, bram = bezetting, bezetting.bram.pk
    ib, beheer = inloggen(b.carla.gebruiker), inloggen(b.beheerder.gebruiker)
    rij = [
        (ib, "/kalender/vrije-dagen/nieuw/", {"soort": "vakantie", "naam": "Reis", "van": dag}),
        (ib, f"/leerlingen/{bram}/vertrek/", {"laatste_dag": dag}),
        (ib, "/besprekingen/nieuw/", {"soort": "zorgteam", "dag": dag, "tijd": "15:15"}),
        (ib, f"/besprekingen/leerlingen/{bram}/nieuw/", {"soort": "leerlingbespreking", "dag": dag, "tijd": "15:15"}),
        (ib, f"/besprekingen/leerlingen/{bram}/toestemming/", {"doel": "extern", "deelnemers": "x", "tot": dag}),
        (ib, f"/besprekingen/leerlingen/{bram}/gesprek/", {"soort": "ouders", "op": dag, "tekst": "x"}),
        (beheer, f"/beheer/mensen/{b.bas.persoon.pk}/rol/", {"rol": "ib", "vanaf": "2026-11-03", "tot": dag}),
        (beheer, f"/beheer/mensen/{b.bas.persoon.pk}/groep/", {"groepsrol": "leerkracht", "groep_tot": dag}),
    ]
    for browser, pad, velden in rij:
        antwoord = browser.post(pad, velden)
        assert (antwoord.status_code, BUITEN in antwoord.content.decode()) == (422, True), pad
    assert ib.get("/logboek/", {"van": dag, "tot": dag}).status_code == 200


def test_toestemming_van_voor_de_grens(op_school: Bezetting, inloggen: Inloggen) -> None:
    """A row that stands there already makes no page of the school break."""
    b, ib = op_school, op_school.carla.gebruiker
    services.toestemming_vragen(
        leerling=b.bram, doel="extern_betrekken", deelnemers="allen", stukken=[], tot=date.max, op=None, door=ib
    )
    browser = inloggen(ib)
    paden = ("/zorgbord/", "/zorgbord/excel/", f"/leerlingen/{b.bram.pk}/", f"/besprekingen/leerlingen/{b.bram.pk}/")
    for pad in paden:
        assert browser.get(pad).status_code == 200, pad
