"""What must hold for every profile and whatever facts come in."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerlingen.profiel import BEGIN, INGEBOUWD, ROLLEN, Profiel, lees_ingebouwd
from leerlingen.profiel.voorwaardenvormen import VORMEN, ToestemmingVorm
from leerlingen.voorwaarden import beoordeel_voorwaarde
from leerlingen.zorgroute import (
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Gezaghebbende,
    Instantiefeit,
    Onderzoekfeit,
    Oordeel,
    Planfeit,
    Toestemmingfeit,
    Vakantie,
    Zorgfeiten,
    beoordeel,
    beoordeel_bespreking,
    volgende_stap,
)
from tests.leerlingen.zorgroute_feiten import RIJK

VANDAAG = date(2027, 2, 9)
dagen = st.dates(VANDAAG - timedelta(days=400), VANDAAG + timedelta(days=60))
mogelijk = st.none() | dagen
OUDERS = (Gezaghebbende("m", "moeder"), Gezaghebbende("v", "vader"), Gezaghebbende("o", "voogd"))


def _moment(dag: date) -> datetime:
    return datetime.combine(dag, time(12), UTC)


@st.composite
def feiten_voor(draw: st.DrawFn, profiel: Profiel) -> Zorgfeiten:
    """Any facts, also improbable ones, about a pupil at this school."""
    besprekingen = []
    for _ in range(draw(st.integers(0, 5))):
        soort = draw(st.sampled_from(profiel.bespreking))
        besprekingen.append(
            Besprekingfeit(
                soort=soort.code,
                op=draw(dagen),
                gehouden=draw(st.booleans()),
                doel=draw(st.booleans()),
                evaluatie_voor=draw(mogelijk),
                geevalueerd_op=draw(mogelijk),
                vooruitgang=draw(st.sampled_from([None, "voldoende", "onvoldoende"])),
                besluit=draw(st.sampled_from([None, *(b.code for b in soort.besluiten)])),
            )
        )
    antwoord = st.builds(
        Antwoordfeit,
        gezaghebbende=st.sampled_from(["m", "v", "o", "oma"]),
        keuze=st.sampled_from(["ja", "nee", "praten"]),
        op=dagen.map(_moment),
        tekstversie=st.integers(1, 2),
    )
    toestemming = st.builds(
        Toestemmingfeit,
        doel=st.sampled_from([t.code for t in profiel.toestemmingen]),
        gevraagd_op=dagen,
        tekstversie=st.integers(1, 2),
        geldig_tot=mogelijk,
        antwoorden=st.lists(antwoord, max_size=4).map(tuple),
    )
    document = st.sampled_from(profiel.documenten).flatmap(
        lambda d: st.builds(
            Documentfeit,
            code=st.just(d.code),
            volledige_delen=st.frozensets(st.sampled_from(d.delen)),
            gedateerd_op=mogelijk,
            ontbreekt=st.lists(st.just("Hulpvraag"), max_size=3).map(tuple),
        )
    )
    return Zorgfeiten(
        vandaag=VANDAAG,
        rollen=draw(st.frozensets(st.sampled_from(ROLLEN))),
        niveau=draw(st.sampled_from([None, *(n.code for n in profiel.niveaus_op_volgorde)])),
        niveau_sinds=draw(mogelijk),
        jaargroep=draw(st.none() | st.integers(0, 8)),
        eigen_leerlijn=draw(st.booleans()),
        signalen=draw(st.frozensets(st.sampled_from([s.code for s in profiel.signalering]), max_size=2)),
        gezaghebbenden=draw(st.sampled_from([(), OUDERS[:1], OUDERS[:2], OUDERS])),
        besprekingen=tuple(besprekingen),
        toestemmingen=tuple(draw(st.lists(toestemming, max_size=4))),
        gesprekken=tuple(
            draw(
                st.lists(
                    st.builds(
                        Gesprekfeit,
                        soort=st.sampled_from(["ouders", "kind", "ib", "specialist", "oogo", "triade"]),
                        op=dagen,
                    ),
                    max_size=4,
                )
            )
        ),
        documenten=tuple(draw(st.lists(document, max_size=4))),
        plannen=tuple(
            draw(
                st.lists(
                    st.builds(
                        Planfeit,
                        soort=st.sampled_from(["groepsplan", "handelingsplan", "opp"]),
                        begin=dagen,
                        einde=mogelijk,
                        geevalueerd_op=mogelijk,
                    ),
                    max_size=3,
                )
            )
        ),
        onderzoeken=tuple(
            draw(
                st.lists(
                    st.builds(
                        Onderzoekfeit,
                        soort=st.sampled_from(["intelligentie", "verslag_clb"]),
                        uitslag_op=mogelijk,
                        met_ouders_besproken_op=mogelijk,
                    ),
                    max_size=2,
                )
            )
        ),
        instanties=tuple(
            draw(
                st.lists(
                    st.builds(Instantiefeit, besluit=st.sampled_from(["tlv", "plaatsing", "verwijzing"]), op=dagen),
                    max_size=3,
                )
            )
        ),
        vakanties=(Vakantie("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),),
        periode_einde=draw(mogelijk),
    )


profielen = st.sampled_from(INGEBOUWD).map(lees_ingebouwd)
gevallen = profielen.flatmap(lambda p: st.tuples(st.just(p), feiten_voor(p)))


def _alle_stappen(profiel: Profiel, feiten: Zorgfeiten) -> list[Oordeel]:
    niveaus = [n.code for n in profiel.niveau]
    return [beoordeel(profiel, van, naar, feiten) for van in [BEGIN, *niveaus] for naar in niveaus if van != naar]


def test_iedere_vorm_heeft_een_oordeel() -> None:
    for vorm in VORMEN:
        assert beoordeel_voorwaarde.dispatch(vorm) is not beoordeel_voorwaarde.dispatch(object), vorm.__name__


@settings(max_examples=20, deadline=None)
@given(geval=gevallen)
def test_een_oordeel_is_altijd_compleet(geval: tuple[Profiel, Zorgfeiten]) -> None:
    """Allowed exactly when no hard condition is open; every open point says why, who and where."""
    profiel, feiten = geval
    for oordeel in _alle_stappen(profiel, feiten):
        hard = [u for u in oordeel.uitkomsten if u.soort == "hard" and not u.voldaan]
        zacht = [u for u in oordeel.uitkomsten if u.soort == "zacht" and not u.voldaan]
        assert oordeel.toegestaan == (not hard)
        assert oordeel.vraagt_onderbouwing == (bool(zacht) and not hard)
        assert oordeel.zin.endswith(".") and oordeel.zin[0].isupper() and "{" not in oordeel.zin
        for uitkomst in oordeel.uitkomsten:
            assert uitkomst.kort and not uitkomst.kort.endswith(".") and "{" not in uitkomst.kort
            assert uitkomst.zin.endswith(".")
            if not uitkomst.voldaan:
                assert uitkomst.link
                assert uitkomst.voorwaarde == "overgang" or (uitkomst.wie and set(uitkomst.wie_rollen) <= set(ROLLEN))
            else:
                assert not uitkomst.wie and not uitkomst.link and uitkomst.voor is None


@settings(max_examples=20, deadline=None)
@given(geval=gevallen)
def test_wie_niet_mag_besluiten_mag_het_nooit(geval: tuple[Profiel, Zorgfeiten]) -> None:
    profiel, feiten = geval
    for oordeel in _alle_stappen(profiel, feiten):
        if oordeel.toegestaan:
            assert feiten.rollen & set(oordeel.wie_rollen)


def _heeft_ja(feiten: Zorgfeiten, doel: str) -> bool:
    """An independent reading of the rule: the last question for this purpose, still valid, answered yes by all."""
    vragen = [t for t in feiten.toestemmingen if t.doel == doel and t.gevraagd_op <= feiten.vandaag]
    if not vragen or not feiten.gezaghebbenden:
        return False
    vraag = sorted(vragen, key=lambda t: (t.gevraagd_op, t.tekstversie))[-1]
    kandidaten = [v for v in vragen if (v.gevraagd_op, v.tekstversie) == (vraag.gevraagd_op, vraag.tekstversie)]
    return any(_geldt(v, feiten) for v in kandidaten)


def _geldt(vraag: Toestemmingfeit, feiten: Zorgfeiten) -> bool:
    if vraag.geldig_tot is not None and vraag.geldig_tot <= feiten.vandaag:
        return False
    for persoon in feiten.gezaghebbenden:
        eigen = [a for a in vraag.antwoorden if a.gezaghebbende == persoon.sleutel]
        if not eigen:
            return False
        nieuwste = [a for a in eigen if a.op == max(b.op for b in eigen)][-1]
        if nieuwste.keuze != "ja" or nieuwste.tekstversie != vraag.tekstversie:
            return False
    return True


GAAND = st.dates(VANDAAG - timedelta(days=6), VANDAAG + timedelta(days=1))
antwoorden = st.builds(
    Antwoordfeit,
    gezaghebbende=st.sampled_from(["m", "v", "m", "v", "oma"]),
    keuze=st.sampled_from(["ja", "ja", "ja", "nee", "praten"]),
    op=GAAND.map(_moment),
    tekstversie=st.sampled_from([1, 1, 1, 2]),
)
vragen = st.builds(
    Toestemmingfeit,
    doel=st.sampled_from(["bot", "verwijzing", "externe_zorg", "plaatsing", "sot", "clb", "extern_betrekken"]),
    gevraagd_op=GAAND,
    tekstversie=st.sampled_from([1, 1, 2]),
    geldig_tot=st.none() | GAAND,
    antwoorden=st.lists(antwoorden, max_size=5).map(tuple),
)


@pytest.mark.acceptatie("K-134")
@pytest.mark.acceptatie("K-148")
@settings(max_examples=60, deadline=None)
@given(
    profiel=profielen,
    toestemmingen=st.lists(vragen, min_size=1, max_size=5).map(tuple),
    ouders=st.sampled_from([(), OUDERS[:1], OUDERS[:2]]),
)
def test_precies_met_ja_van_alle_gezaghebbenden(
    profiel: Profiel, toestemmingen: tuple[Toestemmingfeit, ...], ouders: tuple[Gezaghebbende, ...]
) -> None:
    """With all else in order a gate with a hard consent opens exactly when everyone with authority says yes now."""
    vol = replace(RIJK, rollen=frozenset(ROLLEN))
    feiten = replace(vol, toestemmingen=toestemmingen, gezaghebbenden=ouders)
    for overgang in profiel.overgang:
        nodig = [v.toestemming for v in overgang.voorwaarden if isinstance(v, ToestemmingVorm) and v.soort == "hard"]
        oordeel = beoordeel(profiel, overgang.van, overgang.naar, feiten)
        al_het_andere = beoordeel(profiel, overgang.van, overgang.naar, vol).toegestaan
        assert oordeel.toegestaan == (al_het_andere and all(_heeft_ja(feiten, doel) for doel in nodig)), oordeel.zin
    for bespreking in profiel.bespreking:
        oordeel = beoordeel_bespreking(profiel, bespreking.code, feiten, extern=True)
        if oordeel.toegestaan:
            assert bespreking.toestemming_extern is not None and _heeft_ja(feiten, bespreking.toestemming_extern)


@settings(max_examples=20, deadline=None)
@given(geval=gevallen, nieuw=dagen)
def test_meer_gedaan_maakt_niets_moeilijker(geval: tuple[Profiel, Zorgfeiten], nieuw: date) -> None:
    """A talk, a complete paper, a finished plan or a decision outside never closes a step that was open."""
    profiel, feiten = geval
    meer = replace(
        feiten,
        gesprekken=(*feiten.gesprekken, *(Gesprekfeit(s, nieuw) for s in ("ouders", "kind", "ib", "oogo", "triade"))),
        plannen=(*feiten.plannen, Planfeit("handelingsplan", nieuw, nieuw, nieuw)),
        instanties=(*feiten.instanties, Instantiefeit("verwijzing", nieuw)),
        signalen=frozenset({*feiten.signalen, profiel.signalering[0].code}),
        eigen_leerlijn=True,
    )
    for eerst, daarna in zip(_alle_stappen(profiel, feiten), _alle_stappen(profiel, meer), strict=True):
        assert daarna.toegestaan or not eerst.toegestaan
        assert not daarna.vraagt_onderbouwing or eerst.vraagt_onderbouwing or not eerst.toegestaan


def _verschoven(waarde: Any, dagen_verder: int) -> Any:
    """The same facts, so many days later."""
    if isinstance(waarde, datetime | date):
        return waarde + timedelta(days=dagen_verder)
    if isinstance(waarde, tuple):
        return tuple(_verschoven(deel, dagen_verder) for deel in waarde)
    if hasattr(waarde, "__dataclass_fields__"):
        return replace(waarde, **{v.name: _verschoven(getattr(waarde, v.name), dagen_verder) for v in fields(waarde)})
    return waarde


@settings(max_examples=15, deadline=None)
@given(geval=gevallen, verder=st.integers(-800, 800))
def test_de_dag_zelf_doet_er_niet_toe(geval: tuple[Profiel, Zorgfeiten], verder: int) -> None:
    """All dates moved by as many days, also over 29 February and New Year, give the same verdicts."""
    profiel, feiten = geval
    for nu, dan in zip(
        _alle_stappen(profiel, feiten), _alle_stappen(profiel, _verschoven(feiten, verder)), strict=True
    ):
        assert [u.voldaan for u in nu.uitkomsten] == [u.voldaan for u in dan.uitkomsten]


@settings(max_examples=40, deadline=None)
@given(geval=gevallen)
def test_er_is_altijd_een_antwoord_op_wat_nu(geval: tuple[Profiel, Zorgfeiten]) -> None:
    """One answer, complete, the same twice, and never a push up that the route does not know."""
    profiel, feiten = geval
    volgende = volgende_stap(profiel, feiten)
    assert volgende == volgende_stap(profiel, feiten)
    assert volgende.zin.endswith(".") and volgende.titel and volgende.hierna and "{" not in volgende.zin
    assert volgende.dagen_te_laat >= 0
    if volgende.soort != "klaar":
        assert volgende.wie and volgende.wie_rollen and volgende.link
    if volgende.naar is not None:
        assert profiel.zoek_overgang(volgende.niveau, volgende.naar) is not None
    if volgende.dagen_te_laat:
        assert volgende.voor is not None and volgende.voor < feiten.vandaag


@settings(max_examples=20, deadline=None)
@given(geval=gevallen)
def test_de_volgorde_van_de_feiten_doet_er_niet_toe(geval: tuple[Profiel, Zorgfeiten]) -> None:
    profiel, feiten = geval
    om = replace(
        feiten,
        gesprekken=feiten.gesprekken[::-1],
        plannen=feiten.plannen[::-1],
        onderzoeken=feiten.onderzoeken[::-1],
        instanties=feiten.instanties[::-1],
    )
    assert [o.uitkomsten for o in _alle_stappen(profiel, feiten)] == [o.uitkomsten for o in _alle_stappen(profiel, om)]
