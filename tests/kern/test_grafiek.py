"""The geometry of charts: nothing outside the drawing, nothing over each other, and everything in words too."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from zorg.kern.grafiek import (
    BREED,
    LETTER,
    SMAL,
    Grafiek,
    Meting,
    Normlijn,
    Punt,
    getal,
    groeigrafiek,
    stappen,
    uiteen,
    vonk,
)

METINGEN = [Meting("M4", 61, niveau="III"), Meting("E4", 68, niveau="III"), Meting("M5", 77.5, niveau="I")]
NORMEN = [
    Normlijn("M4", (68, 64, 60, 56)),
    Normlijn("E4", (76, 72, 67, 62)),
    Normlijn("M5", (77, 72, 67, 62)),
]
scores = st.floats(min_value=-200, max_value=500)
reeksen = st.lists(st.one_of(scores, st.none()), min_size=1, max_size=20).filter(
    lambda rij: any(s is not None for s in rij)
)


def tekening(metingen: list[Meting], normen: list[Normlijn] = [], **anders: object) -> Grafiek:  # noqa: B006
    grafiek = groeigrafiek("Rekenen", metingen, normen, **anders)  # type: ignore[arg-type]
    assert grafiek is not None
    return grafiek


def paren(pad: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", pad)]


def strook(punt: Punt) -> tuple[float, float]:
    """Where the text of a label begins and ends."""
    breedte = len(punt.label) * LETTER
    begin = punt.label_x - {"start": 0.0, "middle": breedte / 2, "end": breedte}[punt.anker]
    return begin, begin + breedte


# -- numbers and ticks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waarde", "tekst"), [(61, "61"), (61.5, "61,5"), (61.04, "61"), (-3, "-3"), (0, "0"), (-0.01, "0"), (100, "100")]
)
def test_getal(waarde: float, tekst: str) -> None:
    assert getal(waarde) == tekst


@given(st.floats(min_value=-1e4, max_value=1e4), st.floats(min_value=0, max_value=1e4), st.sampled_from([5, 7]))
def test_stappen_omvatten_het_bereik_en_zijn_rond(laag: float, breedte: float, aantal: int) -> None:
    rij = stappen(laag, laag + breedte, aantal)
    assert rij[0] <= laag and rij[-1] >= laag + breedte
    assert 2 <= len(rij) <= aantal + 2
    stap = rij[1] - rij[0]
    assert str(round(stap)).rstrip("0") in ("1", "2", "5")


# -- the chart -------------------------------------------------------------------------------------------------


def test_een_grafiek_zegt_in_woorden_en_in_een_tabel_wat_zij_tekent() -> None:
    grafiek = tekening(METINGEN, conclusie="Groei boven die van de groep.")
    assert grafiek.omschrijving == "Rekenen: M4 61, E4 68, M5 77,5. Groei boven die van de groep."
    assert grafiek.rijen == (("M4", "61", "III"), ("E4", "68", "III"), ("M5", "77,5", "I"))
    assert [punt.label for punt in grafiek.punten] == ["61", "68", "77,5"]
    hoogten = [punt.y for punt in grafiek.punten]
    assert hoogten == sorted(hoogten, reverse=True), "a higher score stands higher"


def test_zonder_score_geen_grafiek() -> None:
    assert groeigrafiek("Rekenen", []) is None
    assert groeigrafiek("Rekenen", [Meting("M4", None)]) is None


def test_een_gemiste_toets_is_een_gat_en_staat_in_de_tabel() -> None:
    grafiek = tekening([Meting("M4", 61), Meting("E4", 64), Meting("M5", None), Meting("E5", 70), Meting("M6", 73)])
    assert "M5 geen toets" in grafiek.omschrijving and ("M5", "–", "–") in grafiek.rijen
    assert grafiek.lijn.count("M") == 2 and len(paren(grafiek.brug)) == 2
    assert paren(grafiek.brug) == [
        (grafiek.punten[1].x, grafiek.punten[1].y),
        (grafiek.punten[2].x, grafiek.punten[2].y),
    ]
    assert [moment.label for moment in grafiek.momenten] == ["M4", "E4", "M5", "E5", "M6"]


def test_afstanden_in_de_tijd_blijven() -> None:
    rij = [Meting("M4", 61, 5), Meting("E4", 68, 10), Meting("M6", 79, 25)]
    x = [punt.x for punt in tekening(rij).punten]
    assert (x[2] - x[1]) == pytest.approx(3 * (x[1] - x[0]), abs=0.3)
    deels = [rij[0], Meting("E4", 68), rij[2]]
    x = [punt.x for punt in tekening(deels).punten]
    assert x[2] - x[1] == pytest.approx(x[1] - x[0])


def test_een_score_staat_niet_in_de_lijn() -> None:
    dal = tekening([Meting("a", 60), Meting("b", 40), Meting("c", 60)]).punten
    assert dal[0].label_y < dal[0].y and dal[1].label_y > dal[1].y + 10 and dal[2].label_y < dal[2].y
    klim = tekening([Meting("a", 10), Meting("b", 50), Meting("c", 90)]).punten
    assert klim[0].label_y > klim[0].y, "under the first dot: the line leaves upwards"
    assert klim[1].anker == "end" and klim[1].label_x < klim[1].x, "left of a line that climbs"
    val = tekening([Meting("a", 90), Meting("b", 50), Meting("c", 10)]).punten
    assert val[1].anker == "start" and val[1].label_x > val[1].x


@given(reeksen, st.sampled_from([(BREED, 250), (SMAL, 220)]), st.booleans())
def test_alles_valt_binnen_de_tekening_en_niets_over_elkaar(
    rij: list[float | None], maat: tuple[int, int], in_de_tijd: bool
) -> None:
    metingen = [Meting(f"m{n}", score, n * n if in_de_tijd else None) for n, score in enumerate(rij)]
    grafiek = tekening(metingen, breed=maat[0], hoog=maat[1])
    for punt in grafiek.punten:
        assert grafiek.links <= punt.x <= grafiek.rechts and 0 < punt.y <= grafiek.onder
        assert 12 <= punt.label_y <= grafiek.hoog - 16, "free of the edge, and of the moments below"
    for labels in (grafiek.punten, grafiek.momenten):
        stroken = [strook(punt) for punt in labels if punt.label]
        assert all(begin >= 0 and eind <= grafiek.breed for begin, eind in stroken)
        assert all(eerste[1] <= tweede[0] for eerste, tweede in pairwise(stroken))
    assert grafiek.punten[-1].label and grafiek.momenten[-1].label == metingen[-1].moment, (
        "the last always has its text"
    )
    assert len(grafiek.rijen) == len(rij), "the table has them all"


# -- the bands -------------------------------------------------------------------------------------------------


def test_de_niveaus_vullen_het_vlak_van_boven_naar_onder() -> None:
    grafiek = tekening(METINGEN, NORMEN)
    assert [vlak.niveau for vlak in grafiek.vlakken] == ["I", "II", "III", "IV", "V"]
    for boven, onder in pairwise(grafiek.vlakken):
        rand = paren(boven.rand)
        assert paren(onder.pad)[: len(rand)] == rand, "a band begins where the one above it ends"
        assert onder.label_y - boven.label_y >= 12.9
    assert grafiek.vlakken[-1].rand == ""
    assert max(y for _, y in paren(grafiek.vlakken[-1].pad)) == grafiek.onder


def test_een_punt_staat_in_het_vlak_van_zijn_niveau() -> None:
    grafiek = tekening(METINGEN, NORMEN)
    for nummer, meting in enumerate(METINGEN):
        vlak = next(vlak for vlak in grafiek.vlakken if vlak.niveau == meting.niveau)
        hoeken = paren(vlak.pad)
        boven, onder = hoeken[nummer][1], hoeken[-1 - nummer][1]
        assert boven <= grafiek.punten[nummer].y <= onder


def test_vlakken_alleen_waar_normen_zijn() -> None:
    deels = tekening(METINGEN, NORMEN[:2])
    assert len(deels.vlakken) == 5
    assert max(x for vlak in deels.vlakken for x, _ in paren(vlak.pad)) == deels.punten[1].x
    assert tekening(METINGEN, NORMEN[:1]).vlakken == ()
    assert tekening(METINGEN, [NORMEN[0], NORMEN[2]]).vlakken == (), "no band is drawn across a moment without borders"
    assert tekening(METINGEN, [Normlijn(n.moment, n.grenzen[:3]) for n in NORMEN]).vlakken == ()


def test_andere_niveaus() -> None:
    grafiek = tekening(METINGEN, [Normlijn(m.moment, (70, 50)) for m in METINGEN], niveaus=("hoog", "midden", "laag"))
    assert [vlak.niveau for vlak in grafiek.vlakken] == ["hoog", "midden", "laag"]


@given(st.lists(st.floats(min_value=30, max_value=200), min_size=1, max_size=6).map(sorted))
def test_namen_van_niveaus_staan_uit_elkaar(plekken: list[float]) -> None:
    uit = uiteen(plekken, 13, 30, 210)
    assert all(b - a >= 12.99 for a, b in pairwise(uit)) and uit[0] >= 29.99 and uit[-1] <= 210
    ruim = [30 + 20 * n for n in range(len(plekken))]
    assert uiteen(ruim, 13, 30, 210) == ruim, "who has room stays"


# -- the drawing -----------------------------------------------------------------------------------------------


def svg_van(grafiek: Grafiek) -> etree._Element:
    return etree.fromstring(render_to_string("onderdelen/grafiek.html", {"grafiek": grafiek, "id": "g"}).strip())


@pytest.mark.parametrize("breed", [BREED, SMAL])
def test_het_svg_heeft_een_titel_en_geen_stijl(breed: int) -> None:
    grafiek = groeigrafiek("<Rekenen>", METINGEN, NORMEN, breed=breed)
    assert grafiek is not None
    svg = svg_van(grafiek)
    assert svg.get("role") == "img" and svg.get("aria-labelledby") == "g-titel"
    assert svg[0].get("id") == "g-titel" and svg[0].text == grafiek.omschrijving
    assert svg.get("viewBox") == f"0 0 {breed} 250"
    assert not svg.xpath("//@style") and not svg.xpath("//*[local-name()='style']")
    teksten = [tekst.text for tekst in svg.iter("text")]
    assert {"I", "II", "III", "IV", "V", "M4", "E4", "M5", "61", "68", "77,5"} <= set(teksten), "numbers are Dutch"
    assert all(float(tekst.get("font-size", svg.get("font-size"))) >= 12 for tekst in svg.iter("text"))
    assert not [w for w in svg.xpath("//@x | //@y | //@cx | //@cy | //@d") if "," in w], "coordinates are not"


def test_zonder_kleur_scheidt_een_lijn_de_niveaus() -> None:
    randen = [pad for pad in svg_van(tekening(METINGEN, NORMEN)).iter("path") if pad.get("stroke") == "#83959b"]
    assert len(randen) == 4


def test_de_tabel_naast_de_grafiek_heeft_dezelfde_cijfers() -> None:
    grafiek = tekening(METINGEN)
    boom = etree.fromstring(render_to_string("onderdelen/grafiek_tabel.html", {"grafiek": grafiek}).strip())
    assert boom.findtext("caption") == "Rekenen"
    assert [tuple(cel.text for cel in rij) for rij in boom.iterfind("tbody/tr")] == list(grafiek.rijen)
    assert [(cel.tag, cel.get("scope")) for cel in boom.find("tbody/tr")] == [("th", "row"), ("td", None), ("td", None)]
    zonder = tekening([Meting("M4", 61), Meting("E4", 68)])
    boom = etree.fromstring(render_to_string("onderdelen/grafiek_tabel.html", {"grafiek": zonder}).strip())
    assert [cel.text for cel in boom.find("tbody/tr")] == ["M4", "61"]


def test_een_telefoon_krijgt_een_eigen_tekening() -> None:
    breed, smal = tekening(METINGEN), tekening(METINGEN, breed=SMAL, hoog=220)
    html = render_to_string("onderdelen/grafiek_figuur.html", {"breed": breed, "smal": smal, "id": "g"})
    assert 'viewBox="0 0 620 250"' in html and 'viewBox="0 0 340 220"' in html and "<table" in html
    namen = re.findall(r'\bid="([^"]+)"', html)
    assert len(namen) == len(set(namen)) == 2
    assert len(smal.strepen) <= 7


# -- sparklines ------------------------------------------------------------------------------------------------


def test_een_vonk_zegt_wat_zij_tekent() -> None:
    lijn = vonk("Rekenen", [61, None, 68, 79.5])
    assert lijn is not None and lijn.omschrijving == "Rekenen: 61, 68, 79,5."
    assert paren(lijn.lijn)[-1] == (lijn.x, lijn.y)
    svg = etree.fromstring(render_to_string("onderdelen/grafiek_vonk.html", {"vonk": lijn, "id": "v"}).strip())
    assert svg[0].text == lijn.omschrijving and not svg.xpath("//@style")
    assert vonk("Rekenen", [61, None]) is None


@given(st.lists(scores, min_size=2, max_size=20))
def test_een_vonk_blijft_binnen_haar_vlak(rij: list[float]) -> None:
    lijn = vonk("x", rij)
    assert lijn is not None
    assert all(2 <= x <= lijn.breed - 2 and 2 <= y <= lijn.hoog - 2 for x, y in paren(lijn.lijn))
