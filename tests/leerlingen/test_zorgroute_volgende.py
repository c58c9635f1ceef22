"""The one answer: where is this pupil, what is next, who does it, before when, what is missing (ontwerp §1.2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from leerlingen.profiel import lees_ingebouwd
from leerlingen.zorgroute import (
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Instantiefeit,
    Vakantie,
    Zorgfeiten,
    volgende_stap,
)
from tests.leerlingen.zorgroute_feiten import OUDERS, SINDS, VANDAAG, bespreking, compleet, toestemming

P = lees_ingebouwd("kogerveld")
LEEG = Zorgfeiten(vandaag=VANDAAG, niveau_sinds=SINDS, gezaghebbenden=OUDERS, periode_einde=date(2027, 2, 14))


@pytest.mark.acceptatie("K-109")
def test_zonder_zorg_volgt_het_groepsplan() -> None:
    volgende = volgende_stap(P, LEEG)
    assert (volgende.soort, volgende.niveau, volgende.naar) == ("volgen", "1", None)
    assert volgende.zin == "Doet mee met het groepsplan; de leerkracht evalueert het aan het eind van de periode."
    assert volgende.wie_rollen == ("leerkracht",)
    assert volgende.voor == date(2027, 2, 14)
    assert volgende.ontbreekt == ()


def test_een_signaal_vraagt_om_extra_hulp() -> None:
    volgende = volgende_stap(P, replace(LEEG, signalen=frozenset({"score_v"})))
    assert (volgende.soort, volgende.naar, volgende.link) == ("besluiten", "2", "overgang:1:2")
    assert volgende.zin == "Extra ondersteuning in de groep kan, maar de ouders zijn nog niet gesproken."
    assert volgende.wie == "leerkracht of intern begeleider"


def test_op_niveau_2_eerst_een_leerlingbespreking() -> None:
    volgende = volgende_stap(P, replace(LEEG, niveau="2"))
    assert (volgende.soort, volgende.naar, volgende.hierna) == ("stap", "3", "SOT")
    assert volgende.zin == "SOT kan nog niet: eerste leerlingbespreking is nog niet gehouden."
    assert volgende.link == "bespreking:leerlingbespreking"
    assert volgende.wie == "leerkracht"


@pytest.mark.acceptatie("K-120")
def test_een_doel_wacht_op_evaluatie_met_de_vakantie_erbij() -> None:
    kerst = Vakantie("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3))
    feiten = replace(
        LEEG,
        vandaag=date(2027, 1, 12),
        niveau="2",
        vakanties=(kerst,),
        besprekingen=(Besprekingfeit("leerlingbespreking", date(2026, 12, 11), doel=True),),
    )
    volgende = volgende_stap(P, feiten)
    assert (volgende.soort, volgende.titel, volgende.hierna) == ("evalueren", "Evaluatie leerlingbespreking", "SOT")
    assert volgende.voor == date(2027, 2, 5)
    assert volgende.dagen_te_laat == 0
    assert volgende.vakanties == (kerst,)
    assert volgende.zin == (
        "Evalueren wat de leerlingbespreking van 11 december afsprak, uiterlijk vrijdag 5 februari; "
        "kerstvakantie (19 december t/m 3 januari) valt ertussen."
    )


def test_te_laat_telt_de_dagen() -> None:
    feiten = replace(
        LEEG, niveau="2", besprekingen=(Besprekingfeit("leerlingbespreking", date(2026, 12, 11), doel=True),)
    )
    volgende = volgende_stap(P, feiten)
    assert volgende.dagen_te_laat == 4
    assert volgende.zin.endswith("afsprak: 4 dagen te laat.")
    assert volgende.link == "evaluatie:leerlingbespreking"
    assert {u.kort for u in volgende.ontbreekt} >= {"tweede leerlingbespreking is nog niet gehouden"}
    op_de_dag = volgende_stap(P, replace(feiten, vandaag=date(2027, 2, 5)))
    assert op_de_dag.dagen_te_laat == 0


@pytest.mark.acceptatie("K-123")
def test_genoeg_vooruitgang_leidt_terug() -> None:
    feiten = replace(
        LEEG, niveau="2", besprekingen=(bespreking("leerlingbespreking", date(2026, 12, 11), "voldoende"),)
    )
    volgende = volgende_stap(P, feiten)
    assert (volgende.soort, volgende.naar, volgende.hierna) == ("besluiten", "1", "Terug naar het groepsplan")


@pytest.mark.acceptatie("K-121")
def test_na_de_eerste_evaluatie_zonder_genoeg_vooruitgang_komt_de_tweede() -> None:
    feiten = replace(LEEG, niveau="2", besprekingen=(bespreking("leerlingbespreking", date(2026, 12, 11)),))
    assert volgende_stap(P, feiten).zin == "SOT kan nog niet: tweede leerlingbespreking is nog niet gehouden."


def test_alles_klaar_op_niveau_2_dan_besluit_de_ib() -> None:
    volgende = volgende_stap(P, replace(compleet(), niveau="2"))
    assert (volgende.soort, volgende.link, volgende.wie_rollen) == ("besluiten", "overgang:2:3", ("ib",))
    assert volgende.zin == "SOT kan; dit besluit is aan de intern begeleider."
    assert volgende.ontbreekt == ()


def test_op_niveau_3_is_het_sot_zelf_de_volgende_stap_en_niet_het_bot() -> None:
    """The route never pushes a child up: the way to the BOT opens when the SOT decides it."""
    volgende = volgende_stap(P, replace(LEEG, niveau="3"))
    assert (volgende.soort, volgende.naar, volgende.zin) == ("bespreken", None, "SOT plannen.")
    assert volgende.wie_rollen == ("ib",)
    klaar = replace(LEEG, niveau="3", besprekingen=(bespreking("sot", date(2026, 12, 11), besluit="doorgaan"),))
    assert volgende_stap(P, klaar).soort == "bespreken"


@pytest.mark.acceptatie("K-104")
def test_voor_een_gepland_sot_staat_wat_klaar_moet_zijn() -> None:
    gepland = Besprekingfeit("sot", date(2027, 3, 5), gehouden=False)
    volgende = volgende_stap(P, replace(LEEG, niveau="3", besprekingen=(gepland,)))
    assert volgende.hierna == "SOT op 5 maart"
    assert volgende.zin == "SOT kan, maar voorbereiding SOT, deel van de leerkracht, ontbreekt."
    assert (volgende.wie, volgende.voor, volgende.link) == (
        "leerkracht",
        date(2027, 2, 26),
        "document:voorbereiding_sot:1",
    )
    stuk = Documentfeit("voorbereiding_sot", frozenset({1}))
    klaar = volgende_stap(P, replace(LEEG, niveau="3", besprekingen=(gepland,), documenten=(stuk,)))
    assert (klaar.zin, klaar.voor, klaar.ontbreekt) == ("SOT op 5 maart.", date(2027, 3, 5), ())


def test_besluit_naar_bot_maakt_toestemming_de_volgende_stap() -> None:
    feiten = replace(compleet(), niveau="3", toestemmingen=())
    volgende = volgende_stap(P, feiten)
    assert volgende.zin == "BOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt."
    assert (volgende.soort, volgende.link, volgende.wie_rollen) == ("stap", "toestemming:bot", ("ib",))
    vader = Antwoordfeit("m", "ja", datetime(2027, 1, 20, tzinfo=UTC), 1)
    wacht = volgende_stap(P, replace(feiten, toestemmingen=(toestemming("bot", antwoorden=(vader,)),)))
    assert wacht.zin == "BOT kan nog niet: schriftelijke toestemming van vader ontbreekt."
    assert wacht.wie_rollen == ("ouder",)


def test_een_besluit_dat_door_een_latere_evaluatie_is_ingehaald_telt_niet() -> None:
    eerst = bespreking("sot", date(2026, 10, 2), besluit="naar_bot")
    later = bespreking("sot", date(2026, 12, 11), "voldoende", besluit="doorgaan")
    volgende = volgende_stap(P, replace(compleet(), niveau="3", besprekingen=(eerst, later)))
    assert volgende.naar == "2", "enough progress leads back"


def test_een_besluit_om_verder_te_gaan_wacht_niet_op_een_evaluatie() -> None:
    verwijzen = Besprekingfeit(
        "bot", date(2027, 2, 2), doel=True, evaluatie_voor=date(2027, 4, 1), besluit="verwijzing"
    )
    volgende = volgende_stap(P, replace(compleet(), niveau="4", besprekingen=(verwijzen,)))
    assert (volgende.soort, volgende.naar) == ("besluiten", "5")


@pytest.mark.acceptatie("K-149")
def test_op_niveau_5_wordt_afgerond_met_tlv_en_plaatsing() -> None:
    feiten = replace(LEEG, niveau="5")
    volgende = volgende_stap(P, feiten)
    assert volgende.soort == "afronden"
    assert volgende.zin == "Nog niet vastgelegd: de toelaatbaarheidsverklaring (TLV) is afgegeven."
    tlv = Instantiefeit("tlv", date(2027, 1, 20))
    verder = volgende_stap(P, replace(feiten, instanties=(tlv,)))
    assert verder.link == "instantie:plaatsing"
    klaar = volgende_stap(P, replace(feiten, instanties=(tlv, Instantiefeit("plaatsing", VANDAAG))))
    assert (klaar.soort, klaar.zin, klaar.ontbreekt) == ("klaar", "Verwijzing is afgerond.", ())


def test_wie_vraagt_maakt_niet_uit() -> None:
    for niveau in ("1", "2", "3", "4", "5"):
        feiten = replace(compleet(), niveau=niveau)
        antwoorden = {
            volgende_stap(P, replace(feiten, rollen=r)) for r in (frozenset(), frozenset({"ib"}), frozenset({"ouder"}))
        }
        assert len(antwoorden) == 1


# -- other schools ---------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("L-35")
def test_los_hoes_het_ritme_van_de_clb_gesprekken() -> None:
    hoes = lees_ingebouwd("loshoes")
    feiten = replace(LEEG, niveau="zorgkind", besprekingen=(Besprekingfeit("clb", date(2027, 1, 5)),))
    volgende = volgende_stap(hoes, feiten)
    assert (volgende.soort, volgende.zin) == ("bespreken", "CLB-gesprek plannen.")
    assert volgende.voor == date(2027, 1, 5) + timedelta(weeks=8)
    aandacht = volgende_stap(hoes, replace(feiten, niveau="aandachtskind"))
    assert aandacht.soort == "bespreken", "an aandachtskind is not pushed to zorgkind"


def test_de_meent_niveau_2_zonder_signaal_is_geen_groepsplan_alleen() -> None:
    meent = lees_ingebouwd("demeent")
    volgende = volgende_stap(meent, replace(LEEG, niveau="2"))
    assert volgende.soort == "bespreken"
    assert volgende.zin == "Leerlingbespreking bouw kan nog niet: de ouders zijn nog niet gesproken."
    gesproken = replace(LEEG, niveau="2", gesprekken=(Gesprekfeit("ouders", date(2027, 2, 1)),))
    assert volgende_stap(meent, gesproken).zin == "Leerlingbespreking bouw plannen."


@pytest.mark.acceptatie("A-81")
def test_aruba_verslag_alleen_na_ouders_en_met_toestemming() -> None:
    aruba = lees_ingebouwd("aruba")
    volgende = volgende_stap(aruba, replace(LEEG, niveau="3"))
    assert volgende.zin == "Extern overleg kan nog niet: schriftelijke toestemming van de ouders ontbreekt."


def test_vlaanderen_fase_1() -> None:
    vlaanderen = lees_ingebouwd("vlaanderen")
    volgende = volgende_stap(vlaanderen, replace(LEEG, niveau="1"))
    assert (volgende.soort, volgende.zin, volgende.wie) == ("bespreken", "Zorgoverleg plannen.", "zorgcoördinator")
