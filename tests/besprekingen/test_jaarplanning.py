"""The planner: what a plan must respect, whatever it is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from besprekingen.jaarplanning import Activiteit, Afspraak, Beperkingen, Blok, Mens, Plek, Voorstel, plan
from besprekingen.schooljaar import Venster
from besprekingen.vergadertijden import STANDAARD
from tests.besprekingen.test_schooljaar import NOORD

IB, ANNA, ELS, BAS, IB2 = 1, 2, 3, 4, 5
MENSEN = {
    IB: Mens(IB, "Carla Vos", frozenset({1, 2, 4})),
    ANNA: Mens(ANNA, "Anna Smit", frozenset({1, 2, 3})),
    ELS: Mens(ELS, "Els Kok", frozenset({4, 5})),
    BAS: Mens(BAS, "Bas Prins"),
    IB2: Mens(IB2, "Dora Blom"),
}
MAART = Venster(date(2027, 3, 1), date(2027, 3, 31))
TIJDEN = {dag: (Blok(time(15), time(17)), Blok(time(9), time(11), in_de_les=True)) for dag in range(1, 6)}
EEN_UUR = {dag: (Blok(time(15), time(16)),) for dag in range(1, 6)}


def grenzen(**velden: Any) -> Beperkingen:
    """The constraints of the tests, from 1 August on."""
    vast = {
        "jaar": NOORD,
        "mensen": MENSEN,
        "vanaf": date(2026, 8, 1),
        "tijden": TIJDEN,
        "vakantie": Blok(time(9), time(16)),
    }
    return Beperkingen(**(vast | velden))


def bespreking(sleutel: str = "g", venster: Venster = MAART, *plekken: Plek, **velden: Any) -> Activiteit:
    """A group meeting of an hour with the ib'er and the duo of 6a."""
    zitten = plekken or (Plek((IB,)), Plek((ANNA, ELS), "wie_kan"))
    return Activiteit(**{"sleutel": sleutel, "naam": f"Groepsbespreking {sleutel}", "venster": venster,
                         "minuten": 60, "plekken": zitten} | velden)  # fmt: skip


def van_bas(sleutel: str, venster: Venster, **velden: Any) -> Activiteit:
    return bespreking(sleutel, venster, Plek((BAS,)), **velden)


def op(dag: date) -> Venster:
    return Venster(dag, dag)


def test_eerste_schooldag_waarop_iedereen_werkt() -> None:
    (afspraak,) = plan([bespreking()], grenzen()).afspraken
    assert afspraak.begin == datetime(2027, 3, 1, 15)
    assert afspraak.mensen == (IB, ANNA), "Els does not work on Monday; one of the duo is enough"


def test_een_van_het_duo_volstaat_maar_iemand_moet_er_zijn() -> None:
    """Only a Friday is left, when the ib'er does not work: a clash with its reason and what would do."""
    voorstel = plan([bespreking("6a", op(date(2027, 3, 5)))], grenzen())
    assert not voorstel.afspraken
    (botsing,) = voorstel.botsingen
    assert botsing.zin == "Groepsbespreking 6a past niet tussen 5 maart en 5 maart: Carla Vos werkt dan niet."
    assert [a.begin.date() for a in botsing.past_wel] == [date(2027, 3, 8), date(2027, 3, 9), date(2027, 3, 11)]


def test_een_ib_er_van_twee_en_die_het_minst_heeft_die_dag() -> None:
    """One of two ib'ers sits at each table, so both sit at one at the same hour; a third goes to who has least."""
    dag = op(date(2027, 3, 1))
    ib = Plek((IB, IB2), "een")
    vragen = [bespreking(f"g{n}", dag, ib, Plek((100 + n,)), minuten=30) for n in range(4)]
    afspraken = plan(vragen, grenzen()).afspraken
    assert [(a.begin.time(), a.mensen[0]) for a in afspraken] == [
        (time(15), IB), (time(15), IB2), (time(15, 30), IB), (time(15, 30), IB2),
    ]  # fmt: skip


def test_alle_ib_ers_als_de_procedure_dat_vraagt() -> None:
    (afspraak,) = plan([bespreking("g", MAART, Plek((IB, IB2)))], grenzen()).afspraken
    assert set(afspraak.mensen) == {IB, IB2}


def test_wie_er_niet_hoeft_te_zijn_houdt_niets_tegen() -> None:
    vraag = bespreking("g", op(date(2027, 3, 5)), Plek((BAS,)), Plek((IB, IB2), "wie_kan", verplicht=False))
    assert plan([vraag], grenzen()).afspraken[0].mensen == (BAS, IB2)


def test_meer_momenten_op_een_middag_en_dan_pas_onder_lestijd() -> None:
    dag = op(date(2027, 3, 1))
    vier = [bespreking(f"g{n}", dag, Plek((BAS,)), minuten=45) for n in range(4)]
    afspraken = plan(vier, grenzen(per_dag=5)).afspraken
    assert [(a.begin.time(), a.in_de_les) for a in afspraken] == [
        (time(9), True), (time(9, 45), True), (time(15), False), (time(15, 45), False),
    ]  # fmt: skip


def test_na_schooltijd_is_nooit_onder_lestijd_en_een_klassenbezoek_altijd() -> None:
    dag = op(date(2027, 3, 1))
    vragen = [van_bas(f"g{n}", dag, dagdeel="na_schooltijd") for n in range(3)]
    voorstel = plan([*vragen, bespreking("k", dag, Plek((IB,)), dagdeel="in_de_les")], grenzen())
    assert [(a.sleutel, a.begin.hour) for a in voorstel.afspraken] == [("k", 9), ("g0", 15), ("g1", 16)]
    assert voorstel.botsingen[0].zin.endswith("Bas Prins is nergens lang genoeg vrij.")


def test_niet_meer_dan_zoveel_op_een_dag() -> None:
    dag = op(date(2027, 3, 1))
    voorstel = plan([van_bas(f"g{n}", dag, minuten=15) for n in range(4)], grenzen(per_dag=3))
    assert len(voorstel.afspraken) == 3
    assert voorstel.botsingen[0].zin.endswith("Bas Prins heeft op elke werkdag al 3 besprekingen.")


def test_te_lang_voor_de_vergadertijd() -> None:
    voorstel = plan([van_bas("g", MAART, minuten=150)], grenzen())
    assert voorstel.botsingen[0].zin == (
        "Groepsbespreking g duurt 150 minuten; de langste vergadertijd is dan 120 minuten."
    )
    voorstel = plan([van_bas("g", MAART)], grenzen(tijden={}))
    assert voorstel.botsingen[0].zin == "Groepsbespreking g duurt 60 minuten; dan is er geen vergadertijd."


def test_niet_in_een_vakantie_en_niet_op_een_feestdag() -> None:
    """In the week of the spring holiday there is nothing; the Monday of Easter is free too."""
    (afspraak,) = plan([bespreking("x", Venster(date(2027, 2, 20), date(2027, 3, 1)))], grenzen()).afspraken
    assert afspraak.begin.date() == date(2027, 3, 1)
    (afspraak,) = plan([bespreking("x", Venster(date(2027, 3, 26), date(2027, 3, 30)))], grenzen()).afspraken
    assert afspraak.begin.date() == date(2027, 3, 30)


def test_warme_overdracht_mag_in_de_vakantie_maar_niet_op_een_feestdag() -> None:
    week = Venster(date(2026, 8, 10), date(2026, 8, 16))
    (afspraak,) = plan([van_bas("o", week, in_vakantie=True)], grenzen()).afspraken
    assert afspraak.begin == datetime(2026, 8, 10, 9)
    assert plan([van_bas("o", week)], grenzen()).botsingen
    pasen = op(date(2027, 3, 29))
    assert plan([van_bas("o", pasen, in_vakantie=True)], grenzen()).botsingen


def test_niemand_op_twee_plaatsen() -> None:
    dag = op(date(2027, 3, 1))
    voorstel = plan([bespreking("a", dag), bespreking("b", dag)], grenzen(tijden=EEN_UUR))
    assert len(voorstel.afspraken) == 1
    assert "er is geen moment waarop Carla Vos, Anna Smit en Els Kok samen kunnen" in voorstel.botsingen[0].zin
    twee = plan([bespreking("a", dag), bespreking("b", dag)], grenzen())
    assert [a.begin.hour for a in twee.afspraken] == [15, 16], "one ends when the other begins"


def test_wat_er_al_staat_blijft_vrij() -> None:
    staat = Afspraak("x", "SOT", datetime(2027, 3, 1, 15, 0), datetime(2027, 3, 1, 17, 0), (IB,))
    (afspraak,) = plan([bespreking()], grenzen(bezet=(staat,))).afspraken
    assert afspraak.begin.date() == date(2027, 3, 8), "the quietest week of the ib'er"
    (afspraak,) = plan([bespreking(snel=True)], grenzen(bezet=(staat,))).afspraken
    assert afspraak.begin.date() == date(2027, 3, 2), "as soon as possible, on a day without another"


@pytest.mark.acceptatie("A-38")
def test_na_een_toetsmoment_zo_snel_mogelijk_en_verspreid_over_de_week() -> None:
    """Ten groups and one ib'er in the three weeks after: five in the first week, one a day."""
    venster = Venster(date(2027, 3, 1), date(2027, 3, 19))
    tien = [bespreking(f"g{n:02}", venster, Plek((IB2,)), Plek((100 + n,)), snel=True) for n in range(10)]
    dagen = Counter(a.begin.date() for a in plan(tien, grenzen()).afspraken)
    assert dagen == {date(2027, 3, dag): 1 for dag in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)}


def test_zonder_toetsmoment_verspreid_over_de_maand() -> None:
    acht = [van_bas(f"g{n:02}", Venster(date(2027, 3, 1), date(2027, 3, 26))) for n in range(8)]
    weken = Counter(a.begin.isocalendar()[1] for a in plan(acht, grenzen()).afspraken)
    assert sorted(weken.values()) == [2, 2, 2, 2]


def test_niet_meer_per_week_dan_gevraagd_zolang_dat_lukt() -> None:
    krap = Venster(date(2027, 3, 1), date(2027, 3, 5))
    vijf = plan([van_bas(f"g{n}", krap) for n in range(5)], grenzen(per_week=3))
    assert len(vijf.afspraken) == 5, "a tight week takes five"


def test_wat_eerst_moet_gaat_voor() -> None:
    voorstel = plan([van_bas("a", MAART, snel=True), van_bas("b", op(date(2027, 3, 1)))], grenzen(tijden=EEN_UUR))
    assert {a.sleutel: a.begin.date() for a in voorstel.afspraken} == {"b": date(2027, 3, 1), "a": date(2027, 3, 2)}


def test_een_ander_wijkt_als_er_anders_geen_plaats_is() -> None:
    """Anna only works on Monday; Bas, planned first on that Monday with the same ib'er, can go to Tuesday."""
    maandag, week = op(date(2027, 3, 1)), Venster(date(2027, 2, 28), date(2027, 3, 2))
    team = MENSEN | {ANNA: Mens(ANNA, "Anna Smit", frozenset({1}))}
    vragen = [
        bespreking("a", replace(maandag, van=date(2027, 2, 28)), Plek((IB,)), Plek((ANNA,))),
        bespreking("b", week, Plek((IB,)), Plek((BAS,)), na=()),
    ]
    staat = plan([vragen[1]], grenzen(mensen=team, tijden=EEN_UUR)).afspraken
    assert staat[0].begin.date() == date(2027, 3, 1)
    voorstel = plan(vragen, grenzen(mensen=team, tijden=EEN_UUR))
    assert {a.sleutel: a.begin.day for a in voorstel.afspraken} == {"a": 1, "b": 2}


def test_de_een_na_de_ander() -> None:
    """The report meeting follows the group meeting (A-39), and a visit to the class comes before it."""
    vragen = [van_bas("rapport", MAART, na=("groep",)), van_bas("groep", MAART), van_bas("x", MAART, na=("weg",))]
    uit = {a.sleutel: a for a in plan(vragen, grenzen()).afspraken}
    assert uit["groep"].eind <= uit["rapport"].begin and "x" in uit


def test_niets_in_het_verleden() -> None:
    voorstel = plan([bespreking("a", Venster(date(2026, 9, 1), date(2026, 9, 30)))], grenzen(vanaf=date(2026, 11, 3)))
    assert voorstel.botsingen[0].zin.endswith("dat is voorbij.")


def test_zonder_mensen_zegt_hij_dat() -> None:
    voorstel = plan([bespreking("a", MAART, Plek(()))], grenzen())
    assert voorstel.botsingen[0].zin == "Groepsbespreking a: er is niemand om te vragen."


# -- whatever is asked ---------------------------------------------------------------------------------------------

teams = st.lists(st.frozensets(st.integers(1, 5), max_size=5), min_size=1, max_size=6)
plekken = st.lists(
    st.tuples(
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
        st.sampled_from(["allen", "een", "wie_kan"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
vragen_ = st.lists(
    st.fixed_dictionaries(
        {
            "begin": st.integers(0, 355),
            "lang": st.integers(0, 40),
            "plekken": plekken,
            "minuten": st.sampled_from([15, 30, 45, 60, 120, 180]),
            "in_vakantie": st.booleans(),
            "dagdeel": st.sampled_from(["beide", "na_schooltijd", "in_de_les"]),
            "snel": st.booleans(),
            "na": st.integers(0, 24),
        }
    ),
    max_size=25,
)


def _gevraagd(vragen: list[dict[str, Any]], kop: str = "a", erbij: int = 0) -> list[Activiteit]:
    uit = []
    for nummer, v in enumerate(vragen):
        van = NOORD.begin + timedelta(days=v["begin"])
        zitten = [
            Plek(tuple(sorted(w + erbij for w in wie)), hoe, verplicht=bool(verplicht or not n))
            for n, (wie, hoe, verplicht) in enumerate(v["plekken"])
        ]
        uit.append(
            Activiteit(
                sleutel=f"{kop}{nummer}",
                naam=f"Bespreking {nummer}",
                venster=Venster(van, van + timedelta(days=v["lang"])),
                plekken=tuple(zitten),
                na=(f"{kop}{v['na']}",) if v["na"] < nummer else (),
                **{naam: v[naam] for naam in ("minuten", "in_vakantie", "dagdeel", "snel")},
            )
        )
    return uit


def _team(dagen: list[frozenset[int]], erbij: int = 0) -> dict[int, Mens]:
    return {n + erbij: Mens(n + erbij, f"M{n}", dagen[n % len(dagen)]) for n in range(6)}


def _klopt(gevraagd: list[Activiteit], voorstel: Voorstel, grens: Beperkingen) -> None:
    """School days and hours, in the window, on working days, nobody twice, each seat taken, all explained."""
    assert sorted([a.sleutel for a in voorstel.afspraken] + [b.sleutel for b in voorstel.botsingen]) == sorted(
        a.sleutel for a in gevraagd
    )
    assert all(b.zin.endswith(".") and b.naam in b.zin for b in voorstel.botsingen)
    per_sleutel = {a.sleutel: a for a in gevraagd}
    uit = {a.sleutel: a for a in voorstel.afspraken}
    per_mens: dict[int, list[Afspraak]] = {}
    for afspraak in voorstel.afspraken:
        vraag, dag = per_sleutel[afspraak.sleutel], afspraak.begin.date()
        assert vraag.venster.van <= dag <= vraag.venster.tot_en_met
        assert (afspraak.eind - afspraak.begin) == timedelta(minutes=vraag.minuten)
        if NOORD.is_schooldag(dag):
            blokken = [
                b for b in grens.tijden[dag.isoweekday()]
                if b.in_de_les == afspraak.in_de_les
            ]  # fmt: skip
            assert vraag.dagdeel == "beide" or afspraak.in_de_les == (vraag.dagdeel == "in_de_les")
        else:
            assert vraag.in_vakantie and NOORD.is_vakantiedag(dag)
            blokken = [grens.vakantie]
        assert any(b.van <= afspraak.begin.time() and afspraak.eind.time() <= b.tot for b in blokken)
        for plek in vraag.plekken:
            er_zijn = set(plek.mensen) & set(afspraak.mensen)
            assert not plek.verplicht or (er_zijn == set(plek.mensen) if plek.wie == "allen" else er_zijn)
        for mens in afspraak.mensen:
            assert grens.mensen[mens].werkt(dag)
            per_mens.setdefault(mens, []).append(afspraak)
        assert all(uit[eerder].eind <= afspraak.begin for eerder in vraag.na if eerder in uit)
    for afspraken in per_mens.values():
        assert all(a.eind <= b.begin or b.eind <= a.begin for a in afspraken for b in afspraken if a is not b)
        assert max(Counter(a.begin.date() for a in afspraken).values()) <= grens.per_dag


@settings(deadline=None, max_examples=80)
@given(teams, vragen_, st.integers(1, 4), st.sampled_from(sorted(STANDAARD)))
@pytest.mark.acceptatie("K-89")
def test_elk_voorstel_houdt_zich_aan_de_grenzen(
    dagen: list[frozenset[int]], vragen: list[dict[str, Any]], per_dag: int, land: str
) -> None:
    gevraagd = _gevraagd(vragen)
    grens = grenzen(mensen=_team(dagen), tijden=STANDAARD[land].tijden, per_dag=per_dag, per_week=per_dag + 1)
    voorstel = plan(gevraagd, grens)
    _klopt(gevraagd, voorstel, grens)
    assert plan(reversed(gevraagd), grens) == voorstel, "the same question, the same plan, in whatever order"


@settings(deadline=None, max_examples=40)
@given(teams, vragen_, vragen_)
def test_wat_niemand_deelt_verschuift_niets(
    dagen: list[frozenset[int]], vragen: list[dict[str, Any]], andere: list[dict[str, Any]]
) -> None:
    """Meetings of other people change nothing; and what is accepted stays when the rest is planned anew."""
    gevraagd = _gevraagd(vragen)
    grens = grenzen(mensen=_team(dagen) | _team(dagen, erbij=10))
    alleen = plan(gevraagd, grens)
    samen = plan([*gevraagd, *_gevraagd(andere, "z", erbij=10)], grens)
    assert [a for a in samen.afspraken if a.sleutel.startswith("a")] == list(alleen.afspraken)
    half = alleen.afspraken[::2]
    over = [a for a in gevraagd if a.sleutel not in {h.sleutel for h in half}]
    opnieuw = plan(over, replace(grens, bezet=half))
    _klopt(over, opnieuw, grens)
    for afspraak in opnieuw.afspraken:
        for vast in half:
            assert not set(afspraak.mensen) & set(vast.mensen) or (
                afspraak.eind <= vast.begin or vast.eind <= afspraak.begin
            )


@settings(deadline=None, max_examples=30)
@given(teams, vragen_)
def test_wat_wordt_aangeboden_past_echt(dagen: list[frozenset[int]], vragen: list[dict[str, Any]]) -> None:
    gevraagd = _gevraagd(vragen)
    grens = grenzen(mensen=_team(dagen))
    voorstel = plan(gevraagd, grens)
    for botsing in voorstel.botsingen:
        for moment in botsing.past_wel:
            dag = op(moment.begin.date())
            anders = [replace(a, venster=dag) if a.sleutel == botsing.sleutel else a for a in gevraagd]
            rest = tuple(b for b in voorstel.botsingen if b is not botsing)
            _klopt(anders, Voorstel((*voorstel.afspraken, moment), rest), grens)
