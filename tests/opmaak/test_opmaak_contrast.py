"""Contrast of every pair of tokens that carries text or a boundary (WCAG 1.4.3 and 1.4.11), computed."""

import re

import pytest

from .conftest import WORTEL

CSS = (WORTEL / "static/tokens.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", CSS))
WIT = "#ffffff"

TEKST = [
    *[(inkt, vlak) for inkt in ("inkt", "inkt-2", "merk") for vlak in ("vlak", "grond", "zweef", "merk-licht")],
    *[(s, f"{s}-licht") for s in ("goed", "let-op", "te-laat", "concept")],
    *[(s, "vlak") for s in ("goed", "let-op", "te-laat", "concept")],
    *[("inkt", f"{s}-licht") for s in ("goed", "let-op", "te-laat", "concept")],
    *[("inkt-2", f"{s}-licht") for s in ("goed", "let-op", "te-laat", "concept")],
    *[("merk", f"{s}-licht") for s in ("goed", "let-op", "te-laat", "concept")],
    *[(f"n{i}-t", f"n{i}") for i in range(1, 6)],
    *[("vlak", donker) for donker in ("merk", "merk-diep", "merk-nav", "te-laat", "goed")],
    *[("nav-inkt", donker) for donker in ("merk-diep", "merk-nav")],
    ("nav-zacht", "merk-diep"),
    ("accent-t", "accent"),
    ("merk-diep", "merk-licht"),
]  # fmt: skip
GRENS = [
    ("lijn-sterk", "vlak"), ("lijn-sterk", "grond"), ("focus", "vlak"), ("focus", "grond"), ("accent", "merk-diep"),
    ("te-laat", "vlak"), ("merk", "vlak"), ("trap", "vlak"), ("trap", "trap-uit"),
]  # fmt: skip


def helderheid(kleur: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white)."""
    delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(een: str, ander: str) -> float:
    """Contrast ratio, 1 to 21."""
    licht, donker = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def test_de_maat_klopt() -> None:
    assert contrast("#000000", WIT) == pytest.approx(21)
    assert contrast("#777777", WIT) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("inkt", "vlak"), TEKST)
def test_tekst_is_leesbaar(inkt: str, vlak: str) -> None:
    assert contrast(TOKENS[inkt], TOKENS[vlak]) >= 4.5


@pytest.mark.parametrize(("lijn", "vlak"), GRENS)
def test_grens_is_zichtbaar(lijn: str, vlak: str) -> None:
    assert contrast(TOKENS[lijn], TOKENS[vlak]) >= 3


def test_kleuren_staan_alleen_bij_de_tokens() -> None:
    """Elsewhere only white, the dark red of a pressed danger button and paper grey."""
    los = {
        kleur
        for naam in ("zorgpad.css", "onderdelen.css", "druk.css")
        for kleur in re.findall(r"#[0-9a-f]{3,6}\b", (WORTEL / "static" / naam).read_text(encoding="utf-8"))
    }
    assert los <= {"#fff", "#ffffff", "#84190f", "#999"}
