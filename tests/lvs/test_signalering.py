"""Signals by the rules of the shipped profiles, and what makes one known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.profiel import INGEBOUWD
from leerlingen.profiel.meten import DalingSignaal, GroeiSignaal
from lvs.groei import Groeinormen, Meting
from lvs.signalering import Feiten, Plaats, Signaal, signalen, vaknaam_kort
from tests.lvs.feitenmaker import cito, methode, profiel

NORMEN = Groeinormen({("cito_rekenen", "E5", "M6", ""): 8.0})


def van(*metingen: Meting, opp: bool = False, plan: Plaats | None = None) -> list[Signaal]:
    plannen = {"rekenen": plan} if plan else {}
    return signalen(Feiten(metingen, opp, plannen), profiel(), NORMEN)


def codes(*metingen: Meting, opp: bool = False) -> set[str]:
    return {signaal.code for eerste in van(*metingen, opp=opp) for signaal in (eerste, *eerste.ook)}


@pytest.mark.acceptatie("K-12")
@pytest.mark.parametrize(
    ("niveau", "verwacht"), [("III", False), ("IV", True), ("V", True), ("V-", True), ("I+", False)]
)
def test_een_iv_of_v_is_een_signaal(niveau: str, verwacht: bool) -> None:
    assert ("score_iv_v" in codes(cito("M6", niveau))) is verwacht


@pytest.mark.acceptatie("K-13")
@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"), [("III", "III", False), ("III", "II", True), ("III", "IV", True), ("V", "I", True)]
)
def test_een_ander_resultaat_dan_verwacht(oud: str, nieuw: str, verwacht: bool) -> None:
    assert ("anders_dan_verwacht" in codes(cito("E5", oud), cito("M6", nieuw))) is verwacht


@pytest.mark.acceptatie("K-14")
def test_een_leerling_met_opp() -> None:
    assert "heeft_opp" in codes(opp=True)
    assert not codes()


@pytest.mark.acceptatie("K-21")
def test_bij_een_v_wordt_de_groei_geanalyseerd() -> None:
    (signaal,) = van(cito("E5", "V", 58), cito("M6", "V", 60))
    alle = {s.code: s for s in (signaal, *signaal.ook)}
    assert alle["score_v"].gevolg == "analyse"
    assert alle["groei_onvoldoende"].zin == "rekenen groeit +2, verwacht +8"


def test_genoeg_groei_is_geen_signaal() -> None:
    assert "groei_onvoldoende" not in codes(cito("E5", "III", 70), cito("M6", "III", 76))
    assert "groei_onvoldoende" in codes(cito("E5", "III", 70), cito("M6", "III", 75))
    assert "groei_onvoldoende" not in codes(cito("M5", "III", 70), cito("E5", "III", 70)), "no norm, no judgement"


def test_minder_groei_bovenaan_is_alleen_om_te_weten() -> None:
    alle = van(cito("E5", "I", 90), cito("M6", "I", 91))
    groei = next(s for eerste in alle for s in (eerste, *eerste.ook) if s.code == "groei_onvoldoende")
    assert groei.soort == "weten"


def test_een_norm_gezakt() -> None:
    signaal = van(cito("E5", "III"), cito("M6", "IV"))[0]
    assert (signaal.code, signaal.gevolg, signaal.richting) == ("norm_gezakt", "groepsplan", "gezakt")
    assert signaal.zin == "rekenen gezakt naar IV"
    assert "norm_gezakt" not in codes(cito("E5", "III"), cito("M6", "III"))
    assert "norm_gezakt" in codes(cito("E5", "A"), cito("M6", "III")), "A and III share no percentile"


@pytest.mark.acceptatie("K-27")
def test_gezakt_in_cito_en_in_methodetoetsen_vraagt_een_leerlingbespreking() -> None:
    eerder = [methode(date(2026, 5, 1), 85), methode(date(2026, 6, 1), 83)]
    later = [methode(date(2026, 10, 1), 66), methode(date(2026, 12, 1), 64)]
    signaal = van(cito("E5", "III"), cito("M6", "IV"), *eerder, *later)[0]
    assert (signaal.code, signaal.gevolg) == ("norm_en_methode_gezakt", "leerlingbespreking")
    goed = [methode(date(2026, 10, 1), 84), methode(date(2026, 12, 1), 82)]
    assert van(cito("E5", "III"), cito("M6", "IV"), *eerder, *goed)[0].code == "norm_gezakt"
    assert "norm_en_methode_gezakt" not in codes(cito("E5", "III"), cito("M6", "III"), *eerder, *later)


@pytest.mark.acceptatie("K-32")
def test_twee_onvoldoende_methodetoetsen_bij_een_opp() -> None:
    twee = [methode(date(2026, 10, 1), 70), methode(date(2026, 12, 1), 60)]
    assert "opp_methode_onvoldoende" in codes(*twee, opp=True)
    assert "opp_methode_onvoldoende" not in codes(*twee)
    assert "opp_methode_onvoldoende" not in codes(twee[0], methode(date(2026, 12, 1), 80), opp=True)
    assert "opp_methode_onvoldoende" in codes(methode(date(2026, 9, 1), 90), *twee, opp=True), "the last two count"
    assert "opp_methode_onvoldoende" not in codes(*twee, methode(date(2027, 1, 8), 85), opp=True), "it went better"
    woorden = [methode(date(2026, 10, 1), niveau="onvoldoende"), methode(date(2026, 12, 1), niveau="onvoldoende")]
    assert "opp_methode_onvoldoende" in codes(*woorden, opp=True)


@pytest.mark.acceptatie("K-11")
def test_een_methodetoets_lager_dan_de_vorige() -> None:
    rij = [methode(date(2026, 10, 1), 90), methode(date(2026, 11, 1), 88), methode(date(2026, 12, 1), 70)]
    assert "methodetoets_anders" in codes(*rij)
    assert "methodetoets_anders" not in codes(*rij[:2], methode(date(2026, 12, 1), 80))
    assert "methodetoets_anders" not in codes(rij[0])


@pytest.mark.acceptatie("K-09")
def test_twee_keer_een_i_is_een_kans() -> None:
    (signaal,) = van(cito("E5", "I", 80), cito("M6", "I+", 90))
    assert (signaal.code, signaal.soort, signaal.zin) == ("voorsprong", "kans", "ruime voorsprong rekenen")
    assert "voorsprong" not in codes(cito("E5", "II"), cito("M6", "I"))


# -- known, or new ----------------------------------------------------------------------------------------------------


def test_een_lage_score_in_het_plan_is_bekend() -> None:
    metingen = (cito("E5", "V", 58), cito("M6", "V", 66))
    plan = Plaats("intensief", date(2026, 9, 1))
    (signaal,) = van(*metingen, plan=plan)
    assert signaal.code == "score_iv_v"
    assert signaal.bekend == "in plan, groeit +8"
    assert not van(*metingen)[0].bekend
    assert not van(*metingen, plan=Plaats("basis", date(2026, 9, 1)))[0].bekend


def test_opnieuw_zakken_is_nieuw_tot_het_plan_is_aangepast() -> None:
    metingen = (cito("E5", "IV", 62), cito("M6", "V", 70))
    assert not van(*metingen, plan=Plaats("intensief", date(2026, 9, 1)))[0].bekend
    assert van(*metingen, plan=Plaats("intensief", date(2027, 2, 10)))[0].bekend


def test_nieuw_staat_voor_bekend_en_zorg_voor_kans() -> None:
    metingen = (
        cito("E5", "V", 58), cito("M6", "V", 66),
        cito("E5", "III", vak="spelling"), cito("M6", "IV", vak="spelling"),
        cito("E5", "I", vak="begrijpend_lezen"), cito("M6", "I", vak="begrijpend_lezen"),
    )  # fmt: skip
    rij = van(*metingen, plan=Plaats("intensief", date(2027, 2, 1)))
    assert [s.vak for s in rij] == ["spelling", "begrijpend_lezen", "rekenen"]
    assert [bool(s.bekend) for s in rij] == [False, False, True]


def test_een_vak_zegt_het_ergste_een_keer() -> None:
    rij = van(cito("E5", "IV", 62), cito("M6", "V", 63))
    assert len(rij) == 1
    assert rij[0].code == "norm_gezakt"
    assert {s.code for s in rij[0].ook} == {"score_iv_v", "score_v", "groei_onvoldoende", "anders_dan_verwacht"}


# -- every profile ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(INGEBOUWD))
def test_ieder_profiel_merkt_een_daling_en_blijft_rustig_bij_gelijk(code: str) -> None:
    p = profiel(code)
    instrument = next(i for i in p.instrumenten if not i.methodetoets and i.schaal)
    schaal = next(s for s in p.schalen if s.code == instrument.schaal)
    midden = len(schaal.niveaus) // 2
    vak = instrument.vakgebieden[0]

    def meting(dag: date, niveau: str) -> Meting:
        return Meting(vak, instrument.code, "M5", dag, niveau)

    gelijk = [meting(date(2026, 1, 1), schaal.niveaus[midden]), meting(date(2026, 6, 1), schaal.niveaus[midden])]
    gezakt = [gelijk[0], meting(date(2026, 6, 1), schaal.niveaus[-1])]
    voor = {s.code for s in signalen(Feiten(tuple(gelijk)), p)}
    na = {x.code for s in signalen(Feiten(tuple(gezakt)), p) for x in (s, *s.ook)}
    dalingen = {r.code for r in p.signalering if isinstance(r, DalingSignaal) and not r.vakgebieden}
    assert not voor & dalingen
    assert dalingen <= na


niveaus = st.sampled_from(["", "I+", "I", "II", "III", "IV", "V", "V-", "A", "E", "AVI-M4", "onzin"])
scores = st.one_of(st.none(), st.floats(min_value=0, max_value=300, allow_nan=False))
metingen = st.builds(
    Meting,
    vak=st.sampled_from(["rekenen", "spelling", "technisch_lezen", "bestaat_niet"]),
    instrument=st.sampled_from(["cito_rekenen", "cito_spelling", "cito_dmt", "avi", "methodetoets", "weg"]),
    moment=st.sampled_from(["M5", "E5", "M6", "blok 2"]),
    datum=st.dates(date(2024, 1, 1), date(2027, 6, 1)),
    niveau=niveaus,
    vaardigheidsscore=scores,
    percentage=st.one_of(st.none(), st.floats(min_value=0, max_value=100, allow_nan=False)),
    methodetoets=st.booleans(),
)
plaatsen = st.builds(
    Plaats, st.sampled_from(["intensief", "basis", "talent"]), st.dates(date(2024, 1, 1), date(2027, 6, 1))
)


@given(
    st.lists(metingen, max_size=12), st.booleans(), st.dictionaries(st.sampled_from(["rekenen", "spelling"]), plaatsen)
)
def test_bij_alle_feiten_een_rustig_antwoord(rij: list[Meting], opp: bool, plannen: dict[str, Plaats]) -> None:
    """Never an error, one signal per subject, and without a plan nothing is known."""
    uit = signalen(Feiten(tuple(rij), opp, plannen), profiel(), NORMEN)
    vakken = [s.vak for s in uit]
    assert len(vakken) == len(set(vakken))
    assert all(s.zin and s.wat_nu for s in uit)
    assert all(s.vak in plannen or not s.bekend for s in uit if s.vak)
    assert uit == signalen(Feiten(tuple(reversed(rij)), opp, plannen), profiel(), NORMEN) or _zelfde_dag(rij)


def _zelfde_dag(rij: list[Meting]) -> bool:
    """Two results of one subject on one day have no order of their own."""
    dagen = [(m.vak, m.datum) for m in rij]
    return len(dagen) != len(set(dagen))


@given(st.sampled_from(["I", "II", "III", "IV", "V"]), st.sampled_from(["I", "II", "III", "IV", "V"]))
def test_een_lager_niveau_geeft_nooit_minder_zorg(oud: str, nieuw: str) -> None:
    """With the same history, a lower last level has at least the concerns of a higher one."""
    volgorde = ["I", "II", "III", "IV", "V"]
    hier = {s.code for e in van(cito("E5", oud), cito("M6", nieuw)) for s in (e, *e.ook) if s.soort == "zorg"}
    for lager in volgorde[volgorde.index(nieuw) :]:
        daar = {s.code for e in van(cito("E5", oud), cito("M6", lager)) for s in (e, *e.ook) if s.soort == "zorg"}
        assert hier <= daar


def test_groei_kent_de_grens_van_het_profiel() -> None:
    regel = next(r for r in profiel().signalering if isinstance(r, GroeiSignaal))
    assert regel.deel_van_verwacht == 0.75


@pytest.mark.parametrize(
    ("naam", "kort"), [("Rekenen-Wiskunde", "rekenen"), ("Begrijpend lezen", "begrijpend lezen"), ("Taal", "taal")]
)
def test_vaknamen_in_een_zin(naam: str, kort: str) -> None:
    assert vaknaam_kort(naam) == kort
