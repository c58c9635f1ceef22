"""A parent reads who looked at the dossier: by day and person, all of it, and nothing of another child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.bouw import Bezetting
from tests.bouw.vragen import vergelijk, vragen
from zorg.logboek.services import vastleggen
from zorg.portaal import selecties

Klok = Callable[[Any], None]
Inloggen = Callable[..., Any]


def keek(b: Bezetting, wie: str, wat: str, keer: int = 1, kind: Any = None) -> None:
    for _ in range(keer):
        vastleggen(wat, school=b.kogerveld, door=b.lid(wie).gebruiker, leerling=kind or b.bram)


def dagen(b: Bezetting, pagina: str = "") -> list[tuple[date, list[str]]]:
    _, lijst = selecties.wie_keek(b.dirk.gebruiker, b.bram, pagina)
    return [(dag.dag, [f"{kijker.naam} {kijker.wat}" for kijker in dag.kijkers]) for dag in lijst]


def test_per_dag_en_per_mens(op_school: Bezetting, klok_op: Klok) -> None:
    """The last day first; five times the same is one line; changing or sharing something is not looking."""
    b = op_school
    klok_op("2026-12-01T10:00")
    keek(b, "anna", "stuk_ingezien", 5)
    keek(b, "anna", "leerling_ingezien")
    keek(b, "anna", "taak_afgevinkt")
    klok_op("2026-12-02T09:00")
    keek(b, "carla", "stuk_pdf_geopend")
    klok_op("2026-12-02T11:00")
    keek(b, "anna", "stuk_ingezien")
    assert dagen(b)[:2] == [
        (date(2026, 12, 2), ["Anna Bedacht las een stuk", "Carla Bedacht nam een stuk mee als pdf"]),
        (date(2026, 12, 1), ["Anna Bedacht bekeek de leerling en las een stuk (5 keer)"]),
    ]


def test_de_dag_is_die_van_de_school(op_school: Bezetting, klok_op: Klok) -> None:
    """Half past eleven in the evening by UTC is tomorrow in the Netherlands."""
    klok_op("2026-12-01T23:30+00:00")
    keek(op_school, "anna", "stuk_ingezien")
    assert dagen(op_school)[0][0] == date(2026, 12, 2)


def test_niets_van_een_ander_kind(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    voor = dagen(b)
    klok_op("2026-12-01T10:00")
    keek(b, "anna", "stuk_ingezien", kind=b.aya)
    assert dagen(b) == voor


def test_ook_wat_lang_geleden_is(op_school: Bezetting, klok_op: Klok) -> None:
    """More than fits on a page goes on to the next; every day stands on one of them."""
    b = op_school
    voor = len(dagen(b))
    for nummer in range(1, selecties.DAGEN_PER_BLAD + 3):
        klok_op(f"2027-01-{nummer:02}T10:00")
        keek(b, "anna", "stuk_ingezien")
    eerste, tweede = dagen(b), dagen(b, "2")
    assert (len(eerste), len(tweede)) == (selecties.DAGEN_PER_BLAD, 2 + voor)
    assert not {dag for dag, _ in eerste} & {dag for dag, _ in tweede}


@pytest.mark.traag
def test_evenveel_vragen_bij_meer_dagen_en_mensen(op_school: Bezetting, klok_op: Klok, inloggen: Inloggen) -> None:
    b = op_school
    klok_op("2026-12-01T10:00")
    keek(b, "anna", "stuk_ingezien")
    pad = f"/ouders/{b.bram.pk}/wie-keek/"
    weinig = vragen(inloggen(b.dirk.gebruiker), pad)
    for nummer in range(2, 12):
        klok_op(f"2026-12-{nummer:02}T10:00")
        for wie in ("anna", "carla", "dora"):
            keek(b, wie, "stuk_ingezien")
    vergelijk(weinig, vragen(inloggen(b.dirk.gebruiker), pad))
