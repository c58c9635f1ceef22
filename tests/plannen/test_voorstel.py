"""The proposal of an arrangement: a table of pupils as teachers know them, and what holds for any facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.profiel import INGEBOUWD
from lvs.groei import Meting, vakbeeld
from plannen.voorstel import Leerlingbeeld, Voorstel, redenen, stel_voor
from tests.lvs.feitenmaker import cito, methode, profiel

HERFST, WINTER = date(2026, 10, 1), date(2026, 12, 1)


def beeld(
    *niveaus: str,
    groei: float | None = None,
    verwacht: float | None = 8,
    toetsen: tuple[float, ...] = (),
    **rest: object,
) -> Leerlingbeeld:
    """A pupil by the last two levels, the growth between them and the percentages of method tests."""
    metingen: list[Meting] = []
    momenten = ["E5", "M6"][-len(niveaus) :] if niveaus else []
    for plek, (moment, niveau) in enumerate(zip(momenten, niveaus, strict=True)):
        score = None if groei is None else 70 + groei * plek
        metingen.append(cito(moment, niveau, score))
    metingen += [methode(dag, procent) for dag, procent in zip((HERFST, WINTER), toetsen, strict=False)]
    return Leerlingbeeld(vakbeeld("rekenen", metingen, profiel()), verwacht=verwacht, **rest)  # type: ignore[arg-type]


GEVALLEN = [
    # levels, growth, method tests, what else is known → arrangement, the teacher chooses, the other place
    pytest.param(beeld("I", "I", groei=9), "talent", "", id="twee keer I"),
    pytest.param(beeld("I", "I+", groei=9), "talent", "", id="I+ is ook I"),
    pytest.param(beeld("II", "I", groei=9), "basis", "talent", id="voor het eerst I"),
    pytest.param(beeld("II", "I", groei=9, vorig_arrangement="talent"), "talent", "", id="I en al in talent"),
    pytest.param(beeld("III", "III", groei=8), "basis", "", id="gewoon III"),
    pytest.param(beeld("II", "III", groei=6), "basis", "", id="II naar III hoort bij de basis"),
    pytest.param(beeld("IV", "IV", groei=9), "intensief", "", id="twee keer IV"),
    pytest.param(beeld("V", "IV", groei=9), "intensief", "", id="van V naar IV, gaat vooruit"),
    pytest.param(beeld("IV", "V", groei=1), "intensief", "", id="gezakt naar V"),
    pytest.param(beeld("II", "V", groei=-3), "intensief", "", id="in een keer V"),
    pytest.param(beeld("III", "IV", groei=1, toetsen=(82, 84)), "basis", "intensief", id="IV maar methode goed"),
    pytest.param(
        beeld("III", "IV", groei=8, toetsen=(60, 64)), "intensief", "basis", id="IV, groeit wel, methode niet"
    ),
    pytest.param(beeld("III", "IV", groei=1, toetsen=(60, 64)), "intensief", "", id="IV en alles wijst die kant op"),
    pytest.param(beeld("III", "IV", groei=8), "basis", "intensief", id="IV maar op koers, geen methodetoetsen"),
    pytest.param(beeld("III", "IV"), "intensief", "basis", id="IV en verder weten we niets"),
    pytest.param(beeld("III", "IV", groei=8, zorgleerling=True), "intensief", "", id="IV en zorgleerling"),
    pytest.param(beeld("IV"), "intensief", "", id="een keer IV, meer is er niet"),
    pytest.param(beeld("IV", "III", groei=10, vorig_arrangement="intensief"), "basis", "intensief", id="uit intensief"),
    pytest.param(beeld("I", "II", groei=6, vorig_arrangement="talent"), "talent", "basis", id="talent, nu II"),
    pytest.param(beeld("III", "III", groei=1, toetsen=(60, 64)), "basis", "intensief", id="III, methode en groei laag"),
    pytest.param(beeld("III", "III", groei=8, toetsen=(60, 64)), "basis", "", id="III, methode laag, groeit"),
    pytest.param(beeld("III", "III", groei=8, eigen_leerlijn=True), "intensief", "basis", id="eigen leerlijn"),
    pytest.param(beeld("I", eigen_leerlijn=True), "basis", "intensief", id="I op een eigen leerlijn"),
    pytest.param(beeld(), "basis", "intensief", id="niets bekend"),
    pytest.param(beeld(vorig_arrangement="talent"), "talent", "", id="geen toets, wel een vorig plan"),
    pytest.param(beeld(toetsen=(90, 95)), "basis", "", id="alleen goede methodetoetsen"),
    pytest.param(beeld(toetsen=(50, 55)), "intensief", "basis", id="alleen slechte methodetoetsen"),
]


@pytest.mark.acceptatie("M-101")
@pytest.mark.parametrize(("leerling", "arrangement", "alternatief"), GEVALLEN)
def test_waar_past_deze_leerling(leerling: Leerlingbeeld, arrangement: str, alternatief: str) -> None:
    voorstel = stel_voor(leerling, profiel())
    assert (voorstel.arrangement, voorstel.alternatief) == (arrangement, alternatief)
    assert voorstel.te_kiezen is bool(alternatief)


@pytest.mark.parametrize(
    ("leerling", "zin"),
    [
        (beeld("I", "I", groei=9), "I, I; groei +9"),
        (beeld("III", "IV", groei=1, toetsen=(80, 84)), "III, IV; groei +1, verwacht +8; methodetoets 82 %"),
        (beeld("IV"), "IV"),
        (beeld("V", "IV", groei=7, zorgniveau="niveau 2", zorgleerling=True), "V, IV; groei +7; niveau 2"),
        (beeld("III", "III", vorig_doel="nee", vorig_arrangement="basis"), "III, III; vorig doel niet gehaald"),
        (beeld("III", "III", vorig_doel="ja", vorig_arrangement="basis"), "III, III"),
        (beeld("IV", "IV", vorig_doel="ja", vorig_arrangement="intensief"), "IV, IV; vorig doel gehaald"),
        (beeld("III", "III", eigen_leerlijn=True), "III, III; eigen leerlijn"),
        (beeld(), ""),
        (beeld("IV", "IV", groei=0, toetsen=(79.9,)), "IV, IV; groei +0, verwacht +8; methodetoets 79 %"),
    ],
)
def test_de_reden_in_woorden(leerling: Leerlingbeeld, zin: str) -> None:
    assert redenen(leerling) == zin


def test_zonder_feiten_zegt_de_reden_dat_er_niets_is() -> None:
    assert stel_voor(beeld(), profiel()) == Voorstel("basis", "nog geen resultaten bekend", True, "intensief")
    reden = stel_voor(beeld(vorig_arrangement="talent"), profiel()).reden
    assert reden == "geen nieuwe toets; zoals in het vorige plan"


def test_een_v_score_komt_in_het_intensieve_arrangement() -> None:
    for vorige in ("I", "II", "III", "IV", "V"):
        voorstel = stel_voor(beeld(vorige, "V", groei=2), profiel())
        assert (voorstel.arrangement, voorstel.te_kiezen) == ("intensief", False)
        assert voorstel.reden.startswith(f"{vorige}, V")


@pytest.mark.parametrize("code", sorted(INGEBOUWD))
def test_in_ieder_profiel_hoort_het_laagste_bij_intensief_en_het_hoogste_bij_talent(code: str) -> None:
    p = profiel(code)
    for instrument in p.instrumenten:
        schaal = next((s for s in p.schalen if s.code == instrument.schaal and s.ondergrens_percentiel), None)
        if schaal is None or instrument.methodetoets or instrument.categorieen:
            continue
        vak = instrument.vakgebieden[0]
        for niveau, arrangement in ((schaal.niveaus[-1], "intensief"), (schaal.niveaus[0], "talent")):
            twee = [
                Meting(vak, instrument.code, moment, dag, niveau)
                for moment, dag in (("E5", date(2026, 6, 1)), ("M6", date(2027, 1, 28)))
            ]
            voorstel = stel_voor(Leerlingbeeld(vakbeeld(vak, twee, p)), p)
            assert voorstel.arrangement == arrangement, (instrument.code, niveau)


romeins = ["I", "II", "III", "IV", "V"]
leerlingen = st.builds(
    lambda niveaus, groei, toetsen, vorig, doel, zorg, lijn: beeld(
        *niveaus,
        groei=groei,
        toetsen=toetsen,
        vorig_arrangement=vorig,
        vorig_doel=doel,
        zorgleerling=zorg,
        eigen_leerlijn=lijn,
    ),
    st.lists(st.sampled_from([*romeins, "I+", "V-", "A", "E", "onzin"]), max_size=2),
    st.one_of(st.none(), st.integers(min_value=-20, max_value=30)),
    st.lists(st.integers(min_value=0, max_value=100), max_size=2).map(tuple),
    st.sampled_from(["", "intensief", "basis", "talent"]),
    st.sampled_from(["", "ja", "gedeeltelijk", "nee"]),
    st.booleans(),
    st.booleans(),
)


@given(leerlingen)
def test_altijd_een_plaats_een_reden_en_hoogstens_een_alternatief(leerling: Leerlingbeeld) -> None:
    voorstel = stel_voor(leerling, profiel())
    plaatsen = {"intensief", "basis", "talent"}
    assert voorstel.arrangement in plaatsen
    assert voorstel.te_kiezen == (voorstel.alternatief in plaatsen - {voorstel.arrangement})
    assert len(voorstel.reden) <= 500


@given(st.sampled_from(romeins), leerlingen)
def test_lager_scoren_brengt_nooit_hoger(vorige: str, leerling: Leerlingbeeld) -> None:
    """Whatever else is known: a lower last level never gives a higher arrangement."""
    hoogte = {"intensief": 0, "basis": 1, "talent": 2}
    rest = {
        "vorig_arrangement": leerling.vorig_arrangement,
        "zorgleerling": leerling.zorgleerling,
        "eigen_leerlijn": leerling.eigen_leerlijn,
    }
    rij = [hoogte[stel_voor(beeld(vorige, niveau, **rest), profiel()).arrangement] for niveau in romeins]  # type: ignore[arg-type]
    if leerling.vorig_arrangement != "talent" and not leerling.eigen_leerlijn:
        assert rij == sorted(rij, reverse=True)
