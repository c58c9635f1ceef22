"""What a file calls a test or a subject, as the codes of the school's profile."""

from __future__ import annotations

import pytest

from leerlingen.profiel import Profiel, lees_ingebouwd
from lvs.inlezen.herkennen import Herkenner


@pytest.fixture(scope="module")
def profiel() -> Profiel:
    return lees_ingebouwd("kogerveld")


@pytest.fixture(scope="module")
def herkenner(profiel: Profiel) -> Herkenner:
    return Herkenner(profiel)


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("cito_rekenen", "cito_rekenen"),
        ("CITO Rekenen-Wiskunde", "cito_rekenen"),
        ("cito rekenen wiskunde", "cito_rekenen"),
        ("LVS Rekenen-Wiskunde", "cito_rekenen"),
        ("Drie-Minuten-Toets", "cito_dmt"),
        ("dmt", "cito_dmt"),
        ("AVI-toets", "avi"),
        ("Toverij", None),
        ("", None),
    ],
)
def test_een_toets_bij_code_naam_of_andere_naam(herkenner: Herkenner, tekst: str, code: str | None) -> None:
    gevonden = herkenner.instrument(tekst)
    assert (gevonden.code if gevonden else None) == code


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("rekenen", "rekenen"),
        ("REKENEN-WISKUNDE", "rekenen"),
        ("begrijpend_lezen", "begrijpend_lezen"),
        ("Toveren", None),
        ("", None),
    ],
)
def test_een_vak(herkenner: Herkenner, tekst: str, code: str | None) -> None:
    assert herkenner.vak(tekst) == code


def test_een_naam_van_twee_toetsen_wordt_niet_geraden(profiel: Profiel) -> None:
    """Two publishers call a test «Toets»: the subject settles it, or nothing does."""
    een, twee = (i for i in profiel.instrumenten if i.code in ("cito_rekenen", "cito_spelling"))
    dubbel = profiel.model_copy(
        update={"instrumenten": tuple(i.model_copy(update={"aliassen": ("Toets",)}) for i in (een, twee))}
    )
    herkenner = Herkenner(dubbel)
    assert herkenner.instrument("toets") is None
    assert herkenner.instrument("toets", "begrijpend_lezen") is None
    gevonden = herkenner.instrument("toets", "spelling")
    assert gevonden is not None and gevonden.code == "cito_spelling"


def test_elke_code_van_elk_profiel_wijst_zichzelf_aan() -> None:
    for code in ("kogerveld", "demeent", "loshoes", "aruba", "vlaanderen"):
        profiel = lees_ingebouwd(code)
        herkenner = Herkenner(profiel)
        for vak in profiel.vakgebieden:
            assert herkenner.vak(vak.code) == herkenner.vak(vak.naam) == vak.code
        for instrument in profiel.instrumenten:
            gevonden = herkenner.instrument(instrument.code, instrument.vakgebieden[0])
            assert gevonden is not None and gevonden.code == instrument.code, (code, instrument.code)
