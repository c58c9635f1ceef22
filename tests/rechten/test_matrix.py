"""The matrix, asked through the whole stack; and the walker that finds what is not in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bouw import Bezetting
from tests.rechten import rijen  # noqa: F401  (fills the matrix)
from tests.rechten.aanvraag import alle_adressen, browser, status
from tests.rechten.matrix import BUITEN_BEELD, RIJEN, ROLLEN, Rij


def test_elk_adres_staat_in_de_matrix() -> None:
    """A new address without a row: add one line to tests/rechten/rijen/<app>.py."""
    ontbreekt = set(alle_adressen()) - {rij.naam for rij in RIJEN} - set(BUITEN_BEELD)
    assert not ontbreekt, sorted(ontbreekt)


def test_geen_rij_zonder_adres() -> None:
    over = {*BUITEN_BEELD, *(rij.naam for rij in RIJEN)} - set(alle_adressen())
    assert not over, sorted(over)


def test_elk_adres_heeft_een_naam() -> None:
    assert not [naam for naam in alle_adressen() if naam.startswith("(zonder naam)")]


def _rijen() -> list[Any]:
    """Each row with its number. A page that many may see is drawn for each of them: that is slow."""
    return [
        pytest.param(rij, id=f"{n}-{rij.titel}", marks=[pytest.mark.traag] if rij.zwaar else [])
        for n, rij in enumerate(RIJEN)
    ]


@pytest.mark.parametrize("rij", _rijen())
def test_matrix(bezetting: Bezetting, rij: Rij) -> None:
    fout: dict[str, list[str]] = {}
    for rol, verwacht in rij.verwacht.items():
        gekregen, melding = status(bezetting, browser(bezetting, rol), rij)
        if gekregen not in (verwacht if isinstance(verwacht, tuple) else (verwacht,)):
            fout.setdefault(f"verwacht {verwacht}, kreeg {gekregen} {melding}", []).append(rol)
    assert not fout, "\n".join(f"{wat}: {', '.join(wie)}" for wat, wie in fout.items())


def test_rollen_bestaan(bezetting: Bezetting) -> None:
    assert set(ROLLEN) - {"anoniem"} <= {naam for naam, _ in bezetting.leden()}
