"""The geometry of charts."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from zorg.kern.grafiek import Meting, Normlijn, getal, groeigrafiek, stappen, vonk

METINGEN = [Meting("M4", 61), Meting("E4", 68), Meting("M5", 77.5)]


@pytest.mark.parametrize(("waarde", "tekst"), [(61, "61"), (61.5, "61,5"), (61.04, "61"), (-3, "-3")])
def test_getal(waarde: float, tekst: str) -> None:
    assert getal(waarde) == tekst


def test_een_grafiek_zegt_in_woorden_wat_zij_tekent() -> None:
    grafiek = groeigrafiek("Rekenen", METINGEN)
    assert grafiek is not None
    assert grafiek.omschrijving == "Rekenen: M4 61, E4 68, M5 77,5."
    assert [punt.label for punt in grafiek.punten] == ["61", "68", "77,5"]
    assert grafiek.punten[0].y > grafiek.punten[2].y, "a higher score stands higher"


def test_zonder_metingen_geen_grafiek() -> None:
    assert groeigrafiek("Rekenen", []) is None


def test_vlakken_alleen_waar_twee_momenten_na_elkaar_normen_hebben() -> None:
    normen = [Normlijn(m.moment, (80, 70, 60, 50)) for m in METINGEN]
    met = groeigrafiek("Rekenen", METINGEN, normen)
    zonder = groeigrafiek("Rekenen", METINGEN, normen[:1])
    assert met is not None and [vlak.niveau for vlak in met.vlakken] == ["I", "II", "III", "IV", "V"]
    assert zonder is not None and zonder.vlakken == ()


@given(st.lists(st.floats(min_value=-200, max_value=500), min_size=1, max_size=20), st.sampled_from([340, 620]))
def test_alles_valt_binnen_het_vlak(scores: list[float], breed: int) -> None:
    grafiek = groeigrafiek("x", [Meting(f"m{n}", score) for n, score in enumerate(scores)], breed=breed)
    assert grafiek is not None
    for punt in grafiek.punten:
        assert grafiek.links <= punt.x <= grafiek.rechts
        assert 0 <= punt.y <= grafiek.onder


@given(st.floats(min_value=-1e4, max_value=1e4), st.floats(min_value=0, max_value=1e4))
def test_stappen_omvatten_het_bereik(laag: float, breedte: float) -> None:
    rij = stappen(laag, laag + breedte)
    assert rij[0] <= laag and rij[-1] >= laag + breedte
    assert 2 <= len(rij) <= 14


def test_het_svg_heeft_titel_en_geen_stijl() -> None:
    grafiek = groeigrafiek("<Rekenen>", METINGEN)
    svg = render_to_string("onderdelen/grafiek.html", {"grafiek": grafiek, "id": "g"})
    assert "&lt;Rekenen&gt;: M4 61" in svg and "style=" not in svg
    assert "77.5" not in svg.replace('y="77.5', ""), "labels are Dutch"


def test_vonk() -> None:
    assert vonk("Rekenen", [1]) is None
    assert vonk("Rekenen", [1, None, 3]) is not None
