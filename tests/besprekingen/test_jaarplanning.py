"""The planner: what a plan must respect, whatever it is asked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from besprekingen.jaarplanning import Activiteit, Afspraak, Beperkingen, Mens, Plek, plan
from besprekingen.schooljaar import Venster
from tests.besprekingen.test_schooljaar import NOORD

IB, ANNA, ELS, BAS = 1, 2, 3, 4
MENSEN = {
    IB: Mens(IB, "Carla Vos", frozenset({1, 2, 4})),
    ANNA: Mens(ANNA, "Anna Smit", frozenset({1, 2, 3})),
    ELS: Mens(ELS, "Els Kok", frozenset({4, 5})),
    BAS: Mens(BAS, "Bas Prins"),
}
MAART = Venster(date(2027, 3, 1), date(2027, 3, 31))


def grenzen(**velden: object) -> Beperkingen:
    """The constraints of the tests, from 1 August on."""
    return Beperkingen(**({"jaar": NOORD, "mensen": MENSEN, "vanaf": date(2026, 8, 1)} | velden))  # type: ignore[arg-type]


def bespreking(sleutel: str = "g", venster: Venster = MAART, *plekken: Plek, **velden: object) -> Activiteit:
    """A group meeting of an hour with the ib'er and the duo of 6a."""
    zitten = plekken or (Plek((IB,)), Plek((ANNA, ELS), een_volstaat=True))
    return Activiteit(sleutel, f"Groepsbespreking {sleutel}", venster, 60, zitten, **velden)  # type: ignore[arg-type]


def test_eerste_schooldag_waarop_iedereen_werkt() -> None:
    (afspraak,) = plan([bespreking()], grenzen()).afspraken
    assert afspraak.begin == datetime(2027, 3, 1, 15, 15)
    assert afspraak.mensen == (IB, ANNA), "Els does not work on Monday; one of the duo is enough"


def test_een_van_het_duo_volstaat_maar_iemand_moet_er_zijn() -> None:
    """Only Fridays are left, when the ib'er does not work: a clash with its reason and what would do."""
    vrijdag = Venster(date(2027, 3, 5), date(2027, 3, 5))
    voorstel = plan([bespreking("6a", vrijdag)], grenzen())
    assert not voorstel.afspraken
    (botsing,) = voorstel.botsingen
    assert botsing.zin == "Groepsbespreking 6a past niet tussen 5 maart en 5 maart: Carla Vos werkt dan niet."
    assert [a.begin.date() for a in botsing.past_wel] == [date(2027, 3, 8), date(2027, 3, 9), date(2027, 3, 11)]


def test_niet_in_een_vakantie_en_niet_op_een_feestdag() -> None:
    """In the week of the spring holiday there is nothing; the Monday of Easter is free too."""
    voorjaar = Venster(date(2027, 2, 20), date(2027, 3, 1))
    (afspraak,) = plan([bespreking("x", voorjaar)], grenzen()).afspraken
    assert afspraak.begin.date() == date(2027, 3, 1)
    pasen = Venster(date(2027, 3, 26), date(2027, 3, 30))
    (afspraak,) = plan([bespreking("x", pasen)], grenzen()).afspraken
    assert afspraak.begin.date() == date(2027, 3, 30)


def test_warme_overdracht_mag_in_de_vakantie() -> None:
    week = Venster(date(2026, 8, 10), date(2026, 8, 16))
    (afspraak,) = plan([bespreking("o", week, Plek((BAS,)), in_vakantie=True)], grenzen()).afspraken
    assert afspraak.begin.date() == date(2026, 8, 10)
    assert plan([bespreking("o", week, Plek((BAS,)))], grenzen()).botsingen


def test_niemand_op_twee_plaatsen() -> None:
    dag = Venster(date(2027, 3, 1), date(2027, 3, 1))
    voorstel = plan([bespreking("a", dag), bespreking("b", dag)], grenzen())
    assert len(voorstel.afspraken) == 1 and "op elke schooldag heeft iemand al iets" in voorstel.botsingen[0].zin
    twee = plan([bespreking("a", dag), bespreking("b", dag)], grenzen(tijden=(time(15, 15), time(16, 15))))
    assert [a.begin.hour for a in twee.afspraken] == [15, 16], "one ends when the other begins"


def test_wat_er_al_staat_blijft_vrij() -> None:
    staat = Afspraak("x", "SOT", datetime(2027, 3, 1, 15, 0), datetime(2027, 3, 1, 16, 0), (IB,))
    (afspraak,) = plan([bespreking()], grenzen(bezet=(staat,))).afspraken
    assert afspraak.begin.date() == date(2027, 3, 2)


def test_niet_meer_dan_drie_per_week_zolang_dat_lukt() -> None:
    tien = [bespreking(f"g{n:02}", MAART, Plek((BAS,))) for n in range(10)]
    per_week: dict[int, int] = {}
    for afspraak in plan(tien, grenzen()).afspraken:
        week = afspraak.begin.isocalendar()[1]
        per_week[week] = per_week.get(week, 0) + 1
    assert sum(per_week.values()) == 10 and max(per_week.values()) == 3
    krap = Venster(date(2027, 3, 1), date(2027, 3, 5))
    vijf = plan([bespreking(f"g{n}", krap, Plek((BAS,))) for n in range(5)], grenzen())
    assert len(vijf.afspraken) == 5, "a tight week takes five"


def test_wat_eerst_moet_gaat_voor() -> None:
    laat = bespreking("a", MAART, Plek((BAS,)))
    vroeg = bespreking("b", Venster(date(2027, 3, 1), date(2027, 3, 1)), Plek((BAS,)))
    voorstel = plan([laat, vroeg], grenzen())
    assert {a.sleutel: a.begin.date() for a in voorstel.afspraken} == {
        "b": date(2027, 3, 1),
        "a": date(2027, 3, 2),
    }


def test_niets_in_het_verleden() -> None:
    voorstel = plan([bespreking("a", Venster(date(2026, 9, 1), date(2026, 9, 30)))], grenzen(vanaf=date(2026, 11, 3)))
    assert voorstel.botsingen[0].zin.endswith("dat is voorbij.")


def test_zonder_mensen_zegt_hij_dat() -> None:
    voorstel = plan([bespreking("a", MAART, Plek(()))], grenzen())
    assert voorstel.botsingen[0].zin == "Groepsbespreking a: er is niemand om te vragen."


mensen = st.lists(st.frozensets(st.integers(1, 5), max_size=5), min_size=1, max_size=5)
activiteiten = st.lists(
    st.tuples(
        st.integers(0, 300), st.integers(0, 40), st.sets(st.integers(0, 4), min_size=1, max_size=3), st.booleans()
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(mensen, activiteiten, st.integers(1, 4))
@pytest.mark.acceptatie("K-89")
def test_elk_voorstel_houdt_zich_aan_de_grenzen(
    dagen: list[frozenset[int]], vragen: list[tuple[int, int, set[int], bool]], per_week: int
) -> None:
    """School days, within the window, on working days, nobody twice at once; every meeting planned or explained."""
    team = {n: Mens(n, f"M{n}", werkdagen) for n, werkdagen in enumerate(dagen)}
    gevraagd = []
    for nummer, (begin, lang, wie, een) in enumerate(vragen):
        van = NOORD.begin + timedelta(days=begin)
        zitten = tuple(sorted(w for w in wie if w in team)) or (0,)
        gevraagd.append(
            bespreking(f"a{nummer}", Venster(van, van + timedelta(days=lang)), Plek(zitten, een_volstaat=een))
        )
    voorstel = plan(gevraagd, grenzen(mensen=team, per_week=per_week))
    assert sorted([a.sleutel for a in voorstel.afspraken] + [b.sleutel for b in voorstel.botsingen]) == sorted(
        a.sleutel for a in gevraagd
    )
    per_sleutel = {a.sleutel: a for a in gevraagd}
    bezet: dict[int, list[tuple[datetime, datetime]]] = {}
    for afspraak in voorstel.afspraken:
        vraag = per_sleutel[afspraak.sleutel]
        assert vraag.venster.van <= afspraak.begin.date() <= vraag.venster.tot_en_met
        assert NOORD.is_schooldag(afspraak.begin.date())
        (plek,) = vraag.plekken
        assert set(afspraak.mensen) <= set(plek.mensen)
        assert afspraak.mensen if plek.een_volstaat else set(afspraak.mensen) == set(plek.mensen)
        for mens in afspraak.mensen:
            assert team[mens].werkt(afspraak.begin.date())
            for van, tot in bezet.get(mens, []):
                assert tot <= afspraak.begin or afspraak.eind <= van
            bezet.setdefault(mens, []).append((afspraak.begin, afspraak.eind))
    assert plan(gevraagd, grenzen(mensen=team, per_week=per_week)) == voorstel, "the same question, the same plan"
