"""Every pair of levels of the Kogerveldschool, and every gate of the route (K-108..K-151)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from leerlingen.profiel import lees_ingebouwd
from leerlingen.zorgroute import (
    BEGIN,
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Onderzoekfeit,
    Oordeel,
    Zorgfeiten,
    beoordeel,
    beoordeel_bespreking,
    beoordeel_document,
    beoordeel_stap,
    mogelijke_stappen,
)
from tests.leerlingen.zorgroute_feiten import SINDS, VANDAAG, bespreking, compleet, ja, toestemming

P = lees_ingebouwd("kogerveld")
NIVEAUS = ["1", "2", "3", "4", "5"]

# from -> to: who decides, hard conditions, soft conditions. A pair that is not here is no step.
TABEL: dict[tuple[str, str], tuple[set[str], list[str], list[str]]] = {
    (BEGIN, "1"): ({"leerkracht", "ib", "directeur"}, [], []),
    (BEGIN, "2"): ({"ib"}, [], ["document", "gesprek"]),
    (BEGIN, "3"): ({"ib"}, ["eigen_leerlijn", "gesprek"], ["document"]),
    ("1", "2"): ({"leerkracht", "ib"}, [], ["signaal", "gesprek", "bespreking"]),
    ("1", "3"): ({"ib"}, ["eigen_leerlijn", "gesprek"], []),
    ("2", "3"): ({"ib"}, ["bespreking", "vooruitgang", "gesprek"], ["gesprek", "plan"]),
    ("3", "4"): ({"ib"}, ["bespreking", "besluit", "toestemming", "document", "onderzoek_met_ouders"], ["document"]),
    ("4", "5"): (
        {"ib"},
        ["bespreking", "besluit", "onderzoek_met_ouders", "gesprek", "toestemming", "document", "document"],
        [],
    ),
    ("2", "1"): ({"leerkracht", "ib"}, [], ["vooruitgang", "gesprek", "gesprek"]),
    ("3", "2"): ({"ib"}, [], ["bespreking", "gesprek"]),
    ("3", "1"): ({"ib"}, [], ["bespreking", "vooruitgang", "gesprek"]),
    ("4", "3"): ({"ib"}, [], ["bespreking", "gesprek"]),
    ("4", "2"): ({"ib"}, [], ["bespreking", "vooruitgang", "gesprek"]),
    ("4", "1"): ({"ib"}, [], ["bespreking", "vooruitgang", "gesprek"]),
    ("5", "4"): ({"ib"}, [], ["gesprek"]),
}
PAREN = [(van, naar) for van, naar in product([BEGIN, *NIVEAUS], NIVEAUS) if van != naar]


def test_de_tabel_noemt_geen_paar_dat_niet_bestaat() -> None:
    assert set(TABEL) <= set(PAREN)
    assert {(o.van, o.naar) for o in P.overgang} == set(TABEL)


@pytest.mark.acceptatie("K-108")
@pytest.mark.parametrize(("van", "naar"), PAREN)
def test_ieder_paar(van: str, naar: str) -> None:
    """With everything in order a step is allowed exactly when the table has it; else the reason names the way."""
    omlaag = van != BEGIN and naar < van
    feiten = compleet("voldoende" if omlaag else "onvoldoende")
    oordeel = beoordeel(P, van, naar, feiten)
    if (van, naar) not in TABEL:
        assert not oordeel.toegestaan
        assert [u.voorwaarde for u in oordeel.uitkomsten] == ["overgang"]
        assert "gaat de route niet naar" in oordeel.zin
        return
    wie, hard, zacht = TABEL[van, naar]
    assert oordeel.toegestaan, oordeel.zin
    assert not oordeel.vraagt_onderbouwing, oordeel.zin
    assert set(oordeel.wie_rollen) == wie
    assert oordeel.richting == ("omlaag" if omlaag else "omhoog")
    soorten: dict[str, list[str]] = {"hard": [], "zacht": []}
    overgang = P.zoek_overgang(van, naar)
    assert overgang is not None
    for voorwaarde in overgang.voorwaarden:
        soorten[voorwaarde.soort].append(voorwaarde.naam)
    assert (soorten["hard"], soorten["zacht"]) == (hard, zacht)


@pytest.mark.parametrize(("van", "naar"), sorted(TABEL))
@pytest.mark.parametrize(
    "rol", ["leerkracht", "ib", "directeur", "specialist", "vervanger", "ouder", "extern", "beheerder"]
)
@pytest.mark.acceptatie("K-71")
def test_alleen_wie_in_de_tabel_staat_mag_besluiten(van: str, naar: str, rol: str) -> None:
    feiten = replace(compleet(), rollen=frozenset({rol}))
    oordeel = beoordeel(P, van, naar, feiten)
    assert oordeel.toegestaan == (rol in TABEL[van, naar][0])


@pytest.mark.acceptatie("K-124")
def test_alleen_de_ib_meldt_aan_voor_het_sot() -> None:
    voor_leerkracht = beoordeel(P, "2", "3", replace(compleet(), rollen=frozenset({"leerkracht", "directeur"})))
    assert not voor_leerkracht.toegestaan
    assert voor_leerkracht.zin == "SOT kan nog niet: dit besluit is aan de intern begeleider."
    assert beoordeel(P, "2", "3", replace(compleet(), rollen=frozenset({"ib"}))).toegestaan


def test_zonder_rol_mag_niets() -> None:
    feiten = replace(compleet(), rollen=frozenset())
    assert not any(beoordeel(P, van, naar, feiten).toegestaan for van, naar in TABEL)


def _zonder(feiten: Zorgfeiten, veld: str, soort: str) -> Zorgfeiten:
    rij = getattr(feiten, veld)
    sleutel = {"besprekingen": "soort", "gesprekken": "soort", "documenten": "code", "toestemmingen": "doel"}[veld]
    return replace(feiten, **{veld: tuple(f for f in rij if getattr(f, sleutel) != soort)})


@pytest.mark.parametrize(
    ("van", "naar", "veld", "soort", "woord", "link"),
    [
        (
            "2",
            "3",
            "besprekingen",
            "leerlingbespreking",
            "eerste leerlingbespreking is nog niet gehouden",
            "bespreking:leerlingbespreking",
        ),
        ("3", "4", "besprekingen", "sot", "SOT is nog niet gehouden", "bespreking:sot"),
        ("3", "4", "toestemmingen", "bot", "schriftelijke toestemming van de ouders ontbreekt", "toestemming:bot"),
        (
            "3",
            "4",
            "documenten",
            "groeidocument",
            "groeidocument deel 1 is nog niet volledig",
            "document:groeidocument:1",
        ),
        ("4", "5", "besprekingen", "bot", "BOT is nog niet gehouden", "bespreking:bot"),
        (
            "4",
            "5",
            "gesprekken",
            "oogo",
            "het op overeenstemming gerichte overleg met de ouders ontbreekt",
            "gesprek:oogo",
        ),
        (
            "4",
            "5",
            "toestemmingen",
            "verwijzing",
            "schriftelijke toestemming van de ouders ontbreekt",
            "toestemming:verwijzing",
        ),
        ("4", "5", "documenten", "okr", "onderwijskundig rapport is nog niet volledig", "document:okr"),
        (
            "4",
            "5",
            "documenten",
            "groeidocument",
            "groeidocument deel 1 en 2 is nog niet volledig",
            "document:groeidocument:1",
        ),
    ],
)
def test_wat_ontbreekt_houdt_de_stap_tegen(van: str, naar: str, veld: str, soort: str, woord: str, link: str) -> None:
    oordeel = beoordeel(P, van, naar, _zonder(compleet(), veld, soort))
    assert not oordeel.toegestaan
    open_punten = [u for u in oordeel.ontbreekt if u.soort == "hard"]
    assert woord in [u.kort for u in open_punten]
    punt = next(u for u in open_punten if u.kort == woord)
    assert punt.link == link
    assert punt.wie and punt.wie_rollen
    assert oordeel.zin == f"{P.zoek_niveau(naar).stap} kan nog niet: {open_punten[0].kort}."


# -- consent (K-134, K-148) ------------------------------------------------------------------------------------------


def _met_bot(**anders: object) -> Oordeel:
    feiten = replace(compleet(), toestemmingen=(toestemming("bot", **anders),))
    return beoordeel(P, "3", "4", feiten)


def _antwoord(sleutel: str, keuze: str, dag: int = 20, versie: int = 1) -> Antwoordfeit:
    return Antwoordfeit(sleutel, keuze, datetime(2027, 1, dag, 12, tzinfo=UTC), versie)  # type: ignore[arg-type]


@pytest.mark.acceptatie("K-134")
def test_bot_kan_niet_zonder_schriftelijke_toestemming() -> None:
    zonder = beoordeel(P, "3", "4", replace(compleet(), toestemmingen=()))
    assert not zonder.toegestaan
    assert zonder.zin == "BOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt."
    assert beoordeel(P, "3", "4", compleet()).toegestaan
    vergadering = beoordeel_bespreking(P, "bot", replace(compleet(), toestemmingen=()))
    assert not vergadering.toegestaan
    assert vergadering.zin == "BOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt."


@pytest.mark.parametrize(
    ("antwoorden", "zin"),
    [
        ((ja("m"),), "BOT kan nog niet: schriftelijke toestemming van vader ontbreekt."),
        ((), "BOT kan nog niet: schriftelijke toestemming van moeder en vader ontbreekt."),
        ((ja("m"), _antwoord("v", "nee")), "BOT kan nog niet: vader geeft geen toestemming."),
        ((ja("m"), _antwoord("v", "praten")), "BOT kan nog niet: vader wil eerst met de school praten."),
        ((ja("m"), ja("v"), _antwoord("v", "nee", 21)), "BOT kan nog niet: vader geeft geen toestemming."),
        ((ja("m"), ja("v"), _antwoord("v", "nee", 20)), "BOT kan nog niet: vader geeft geen toestemming."),
        ((ja("m"), _antwoord("v", "nee", 19), ja("v")), "BOT kan."),
        ((ja("m"), _antwoord("v", "nee", 20), ja("v")), "BOT kan."),
        ((ja("m"), ja("v", versie=2)), "BOT kan nog niet: schriftelijke toestemming van vader ontbreekt."),
        ((ja("m"), ja("oma")), "BOT kan nog niet: schriftelijke toestemming van vader ontbreekt."),
    ],
)
def test_antwoorden_van_de_ouders(antwoorden: tuple[Antwoordfeit, ...], zin: str) -> None:
    assert _met_bot(antwoorden=antwoorden).zin == zin


def test_toestemming_die_afliep_geldt_niet_meer() -> None:
    assert _met_bot(geldig_tot=VANDAAG + timedelta(days=1)).toegestaan
    verlopen = _met_bot(geldig_tot=VANDAAG)
    assert verlopen.zin == "BOT kan nog niet: de toestemming van de ouders liep af op 9 februari."


def test_een_nieuwe_vraag_vervangt_de_oude_toestemming() -> None:
    nieuw = toestemming("bot", gevraagd_op=date(2027, 2, 1), tekstversie=2, antwoorden=())
    oordeel = beoordeel(P, "3", "4", replace(compleet(), toestemmingen=(toestemming("bot"), nieuw)))
    assert not oordeel.toegestaan


def test_toestemming_voor_iets_anders_telt_niet() -> None:
    oordeel = beoordeel(P, "3", "4", replace(compleet(), toestemmingen=(toestemming("verwijzing"),)))
    assert not oordeel.toegestaan


def test_zonder_bekend_gezag_is_er_geen_toestemming() -> None:
    oordeel = beoordeel(P, "3", "4", replace(compleet(), gezaghebbenden=()))
    assert oordeel.zin == "BOT kan nog niet: er is geen ouder met gezag bekend."


@pytest.mark.acceptatie("K-148")
def test_verwijzen_kan_pas_na_toestemming_van_de_ouders() -> None:
    zonder = beoordeel(P, "4", "5", replace(compleet(), toestemmingen=(toestemming("bot"),)))
    assert not zonder.toegestaan
    assert zonder.zin == "Verwijzing kan nog niet: schriftelijke toestemming van de ouders ontbreekt."


@pytest.mark.parametrize("soort", [b.code for b in P.bespreking if b.over == "leerling"])
def test_iemand_van_buiten_vraagt_altijd_toestemming(soort: str) -> None:
    """X-12: whatever the meeting is called."""
    feiten = replace(compleet(), toestemmingen=())
    oordeel = beoordeel_bespreking(P, soort, feiten, extern=True)
    assert not oordeel.toegestaan
    code = P.zoek_bespreking(soort).toestemming_extern
    assert code is not None
    wel = replace(feiten, toestemmingen=(toestemming(code), toestemming("bot")))
    assert beoordeel_bespreking(P, soort, wel, extern=True).toegestaan


def test_intern_overleg_vraagt_geen_toestemming() -> None:
    assert beoordeel_bespreking(P, "sot", replace(compleet(), toestemmingen=())).toegestaan


# -- research (K-144) ------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-144")
@pytest.mark.parametrize("besproken", [None, VANDAAG + timedelta(days=1)])
def test_uitslag_gaat_eerst_naar_de_ouders_en_dan_pas_naar_het_bot(besproken: date | None) -> None:
    onderzoek = Onderzoekfeit("intelligentie", date(2027, 2, 1), besproken)
    feiten = replace(compleet(), onderzoeken=(*compleet().onderzoeken, onderzoek))
    for oordeel in (
        beoordeel(P, "3", "4", feiten),
        beoordeel(P, "4", "5", feiten),
        beoordeel_bespreking(P, "bot", feiten),
    ):
        assert not oordeel.toegestaan
        assert oordeel.zin.endswith("de uitslag van het onderzoek is nog niet eerst met de ouders besproken.")
    wel = replace(compleet(), onderzoeken=(replace(onderzoek, met_ouders_besproken_op=VANDAAG),))
    assert beoordeel_bespreking(P, "bot", wel).toegestaan


def test_lopend_onderzoek_zonder_uitslag_houdt_niets_tegen() -> None:
    feiten = replace(compleet(), onderzoeken=(Onderzoekfeit("intelligentie"),))
    assert beoordeel(P, "3", "4", feiten).toegestaan


# -- two meetings with a goal (K-119, K-121, K-156) ------------------------------------------------------------------


@pytest.mark.acceptatie("K-156")
@pytest.mark.acceptatie("K-121")
def test_twee_leerlingbesprekingen_met_doel_en_evaluatie() -> None:
    een = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)),))
    oordeel = beoordeel(P, "2", "3", een)
    assert oordeel.zin == "SOT kan nog niet: tweede leerlingbespreking is nog niet gehouden."
    assert "eerste leerlingbespreking geëvalueerd op 29 januari" in [u.kort for u in oordeel.gedaan]


@pytest.mark.acceptatie("K-119")
def test_een_leerlingbespreking_zonder_doel_telt_niet() -> None:
    zonder_doel = replace(bespreking("leerlingbespreking", date(2026, 12, 4)), doel=False)
    feiten = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)), zonder_doel))
    assert beoordeel(P, "2", "3", feiten).zin == "SOT kan nog niet: tweede leerlingbespreking heeft nog geen doel."


@pytest.mark.acceptatie("K-120")
def test_de_evaluatie_staat_binnen_acht_weken() -> None:
    open_bespreking = Besprekingfeit("leerlingbespreking", date(2026, 12, 11), doel=True)
    feiten = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)), open_bespreking))
    punt = beoordeel(P, "2", "3", feiten).ontbreekt[0]
    assert punt.kort == "tweede leerlingbespreking is nog niet geëvalueerd"
    assert punt.voor == date(2027, 2, 5)
    assert punt.wie == "leerkracht"
    assert punt.link == "evaluatie:leerlingbespreking"


def test_een_geplande_bespreking_staat_erbij() -> None:
    gepland = Besprekingfeit("leerlingbespreking", date(2027, 3, 12), gehouden=False)
    feiten = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)), gepland))
    punt = beoordeel(P, "2", "3", feiten).ontbreekt[0]
    assert punt.kort == "tweede leerlingbespreking is nog niet gehouden, staat op 12 maart"
    assert punt.voor == date(2027, 3, 12)


def test_een_geplande_bespreking_die_niet_doorging_telt_niet() -> None:
    niet_gehouden = replace(bespreking("leerlingbespreking", date(2026, 12, 4)), gehouden=False)
    feiten = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)), niet_gehouden))
    assert beoordeel(P, "2", "3", feiten).zin == "SOT kan nog niet: tweede leerlingbespreking is nog niet gehouden."


def test_een_evaluatie_die_nog_moet_komen_telt_niet() -> None:
    straks = replace(bespreking("leerlingbespreking", date(2026, 12, 4)), geevalueerd_op=VANDAAG + timedelta(days=1))
    feiten = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)), straks))
    assert beoordeel(P, "2", "3", feiten).zin == "SOT kan nog niet: tweede leerlingbespreking is nog niet geëvalueerd."
    vandaag = replace(straks, geevalueerd_op=VANDAAG)
    feiten = replace(compleet(), besprekingen=(bespreking("leerlingbespreking", date(2026, 10, 9)), vandaag))
    assert beoordeel(P, "2", "3", feiten).toegestaan


@pytest.mark.acceptatie("K-139")
@pytest.mark.parametrize("besluit", [None, "doorgaan", "stoppen"])
def test_naar_het_bot_alleen_op_advies_van_het_sot(besluit: str | None) -> None:
    feiten = replace(compleet(), besprekingen=(bespreking("sot", date(2026, 12, 11), besluit=besluit),))
    oordeel = beoordeel(P, "3", "4", feiten)
    assert not oordeel.toegestaan
    assert oordeel.zin == "BOT kan nog niet: het besluit “Naar het BOT” van het SOT ontbreekt."
    assert oordeel.ontbreekt[0].wie_rollen == ("ib",)


def test_het_laatste_besluit_telt() -> None:
    eerst = bespreking("sot", date(2026, 11, 6), besluit="naar_bot")
    later = bespreking("sot", date(2026, 12, 11), besluit="doorgaan")
    assert not beoordeel(P, "3", "4", replace(compleet(), besprekingen=(later, eerst))).toegestaan


@pytest.mark.acceptatie("K-158")
@pytest.mark.parametrize(("dagen_geleden", "genoeg"), [(56, True), (57, False)])
def test_de_ouders_weten_het_voordat_de_extra_hulp_begint(dagen_geleden: int, genoeg: bool) -> None:
    gesprek = Gesprekfeit("ouders", VANDAAG - timedelta(days=dagen_geleden))
    oordeel = beoordeel(P, "1", "2", replace(compleet(), gesprekken=(gesprek,)))
    assert oordeel.toegestaan
    assert oordeel.vraagt_onderbouwing != genoeg


@pytest.mark.acceptatie("K-123")
def test_genoeg_vooruitgang_gaat_niet_naar_het_sot_maar_stopt_in_overleg_met_de_ib() -> None:
    goed = compleet("voldoende")
    assert beoordeel(P, "2", "3", goed).zin == "SOT kan nog niet: de laatste evaluatie zegt: genoeg vooruitgang."
    uitkomsten = ((date(2026, 10, 9), "onvoldoende"), (date(2026, 12, 4), "voldoende"))
    pas_later = tuple(bespreking("leerlingbespreking", op, uitkomst) for op, uitkomst in uitkomsten)
    assert not beoordeel(P, "2", "3", replace(goed, besprekingen=pas_later)).toegestaan, "the last evaluation counts"
    stop = beoordeel(P, "2", "1", replace(_zonder(goed, "gesprekken", "ib"), rollen=frozenset({"leerkracht"})))
    assert stop.toegestaan and stop.vraagt_onderbouwing
    assert stop.zin == "Terug naar het groepsplan kan, maar er is nog geen overleg met de intern begeleider."
    zelf = beoordeel(P, "2", "1", replace(_zonder(goed, "gesprekken", "ib"), rollen=frozenset({"ib"})))
    assert not zelf.vraagt_onderbouwing, "the intern begeleider consults nobody but herself"


def test_wat_voor_dit_niveau_gebeurde_telt_niet_opnieuw() -> None:
    """A pupil who comes back to level 2 needs two new meetings and a new talk with the parents."""
    feiten = replace(compleet(), niveau_sinds=date(2027, 1, 1))
    korte = [u.kort for u in beoordeel(P, "2", "3", feiten).ontbreekt]
    assert "eerste leerlingbespreking is nog niet gehouden" in korte
    assert "tweede leerlingbespreking is nog niet gehouden" in korte


# -- referral papers (K-146, K-151) ----------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-146")
@pytest.mark.parametrize("datum", [None, VANDAAG + timedelta(days=1), SINDS - timedelta(days=1)])
def test_okr_moet_volledig_en_juist_gedateerd_zijn(datum: date | None) -> None:
    okr = Documentfeit("okr", frozenset({1}), datum)
    feiten = _zonder(compleet(), "documenten", "okr")
    oordeel = beoordeel(P, "4", "5", replace(feiten, documenten=(*feiten.documenten, okr)))
    assert not oordeel.toegestaan
    assert oordeel.ontbreekt[0].kort == "onderwijskundig rapport is nog niet juist gedateerd"


def test_wat_er_in_een_document_ontbreekt_wordt_genoemd() -> None:
    okr = Documentfeit("okr", frozenset(), None, ("Verloop", "Resultaten", "Beschrijving"))
    feiten = _zonder(compleet(), "documenten", "okr")
    oordeel = beoordeel(P, "4", "5", replace(feiten, documenten=(*feiten.documenten, okr)))
    assert oordeel.ontbreekt[0].kort == "onderwijskundig rapport is nog niet volledig: «Verloop», «Resultaten» en nog 1"


@pytest.mark.acceptatie("K-151")
def test_verwijzing_vraagt_groeidocument_deel_1_en_2() -> None:
    deel1 = Documentfeit("groeidocument", frozenset({1}), date(2027, 1, 12))
    feiten = _zonder(compleet(), "documenten", "groeidocument")
    feiten = replace(feiten, documenten=(*feiten.documenten, deel1))
    assert beoordeel(P, "3", "4", feiten).toegestaan, "part 1 is enough for the BOT"
    verwijzing = beoordeel(P, "4", "5", feiten)
    assert not verwijzing.toegestaan
    assert verwijzing.ontbreekt[0].link == "document:groeidocument:2"


# -- side-instream, OPP ----------------------------------------------------------------------------------------------


def test_zij_instromer_met_eigen_leerlijn_gaat_naar_het_sot_en_niet_naar_het_bot() -> None:
    assert beoordeel(P, BEGIN, "3", compleet()).toegestaan
    assert not beoordeel(P, BEGIN, "3", replace(compleet(), eigen_leerlijn=False)).toegestaan
    assert not beoordeel(P, BEGIN, "4", compleet()).toegestaan


@pytest.mark.acceptatie("K-30")
def test_opp_voor_groep_6_is_een_waarschuwing() -> None:
    oordeel = beoordeel_document(P, "opp", replace(compleet(), jaargroep=5))
    assert oordeel.toegestaan and oordeel.vraagt_onderbouwing
    assert oordeel.zin.endswith("kan, maar de school doet dit liever niet vóór groep 6 (nu groep 5).")
    assert not beoordeel_document(P, "opp", compleet()).vraagt_onderbouwing


@pytest.mark.acceptatie("K-29")
def test_opp_na_intelligentieonderzoek() -> None:
    ander = Onderzoekfeit("dyslexie", date(2026, 11, 2), date(2026, 11, 9))
    zonder_uitslag = Onderzoekfeit("intelligentie", None, None)
    for onderzoeken in ((), (ander,), (zonder_uitslag,)):
        oordeel = beoordeel_document(P, "opp", replace(compleet(), onderzoeken=onderzoeken))
        assert oordeel.toegestaan and oordeel.vraagt_onderbouwing, onderzoeken
        assert "onderzoek intelligentie" in oordeel.zin
    assert not beoordeel_document(P, "opp", compleet()).vraagt_onderbouwing, "with the result of that test"


def test_mogelijke_stappen() -> None:
    assert [(o.naar, o.richting) for o in mogelijke_stappen(P, replace(compleet(), niveau="4"))] == [
        ("5", "omhoog"),
        ("1", "omlaag"),
        ("2", "omlaag"),
        ("3", "omlaag"),
    ]


def test_een_onbekend_niveau_is_een_fout() -> None:
    with pytest.raises(KeyError):
        beoordeel(P, "1", "9", compleet())
    with pytest.raises(KeyError):
        beoordeel(P, "9", "1", compleet())


def test_zonder_niveau_geldt_de_eerste_plaatsing() -> None:
    """A newcomer may be placed by the arrows of the beginning; who was discussed already takes the ordinary road."""
    nieuw = replace(compleet(), niveau=None, besprekingen=(), eigen_leerlijn=False, gesprekken=(), documenten=())
    assert beoordeel_stap(P, "1", nieuw).van == BEGIN
    # from the lowest level it asks a signal, a talk and a meeting; as a newcomer the school before and a talk
    assert beoordeel_stap(P, "2", nieuw).van == "1", "both ask for a reason, so the ordinary arrow"
    instroom = replace(compleet(), niveau=None, besprekingen=(), eigen_leerlijn=False)
    assert beoordeel_stap(P, "2", instroom).van == BEGIN
    assert not beoordeel_stap(P, "2", instroom).vraagt_onderbouwing
    besproken = replace(instroom, besprekingen=compleet().besprekingen[1:2])
    assert beoordeel_stap(P, "2", besproken).van == "1"
    assert beoordeel_stap(P, "4", instroom).zin.startswith("BOT kan niet: van niveau van ondersteuning 1")
    assert [o.naar for o in mogelijke_stappen(P, instroom)] == ["2", "3"], "who is on 1 does not step to 1"


def test_met_een_niveau_tellen_de_pijlen_van_het_begin_niet() -> None:
    feiten = replace(compleet(), niveau="2", besprekingen=())
    assert beoordeel_stap(P, "1", feiten).van == "2"
    assert [o.naar for o in mogelijke_stappen(P, feiten)] == ["3", "1"]
