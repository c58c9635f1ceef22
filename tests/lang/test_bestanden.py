"""Readers of files, as often as a quick run never asks them: damaged and random bytes give a table or a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.kern import test_tabel_xlsx, test_tabelbestand
from tests.leerlingen.inlezen import test_edexml_bron
from tests.lvs.inlezen import test_resultaten

KEREN = 20_000
PROEVEN = [
    waarde
    for module in (test_tabelbestand, test_tabel_xlsx, test_edexml_bron, test_resultaten)
    for naam, waarde in vars(module).items()
    if naam.startswith("test_") and hasattr(waarde, "hypothesis") and not getattr(waarde, "pytestmark", None)
]


@pytest.mark.lang
@pytest.mark.parametrize("proef", PROEVEN, ids=lambda proef: proef.__name__)
def test_twintigduizend_keer(proef: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    vaak = settings(max_examples=KEREN, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    monkeypatch.setattr(proef, "_hypothesis_internal_use_settings", vaak)
    proef()


def test_er_is_wat_te_proberen() -> None:
    assert len(PROEVEN) >= 6
