"""The profile of the Kogerveldschool holds what its procedure says."""

import pytest

from leerlingen.profiel import als_json, lees_ingebouwd, uit_json
from leerlingen.profiel.bespreken import InMaand, LaatsteSchoolweek, LaatsteVakantieweek
from leerlingen.profiel.meten import DalingBeideSignaal, DalingSignaal, MethodeReeksSignaal, NiveauSignaal
from leerlingen.profiel.schema import zoek
from leerlingen.profiel.voorwaardenvormen import JaargroepVorm, OnderzoekVorm

P = lees_ingebouwd("kogerveld")


@pytest.mark.acceptatie("K-108")
def test_vijf_niveaus_op_volgorde() -> None:
    assert [n.code for n in P.niveaus_op_volgorde] == ["1", "2", "3", "4", "5"]
    assert [n.band for n in P.niveaus_op_volgorde] == ["basis", "basis", "extra", "extra", "verwijzing"]


def test_gaat_heen_en_weer_door_de_opslag() -> None:
    assert uit_json(als_json(P)) == P


@pytest.mark.acceptatie("K-117")
def test_incidentmethode() -> None:
    stappen = [stap.code for stap in P.zoek_bespreking("leerlingbespreking").agendastappen]
    assert stappen == ["inbreng", "hulpvraag", "verheldering", "tips", "evaluatieafspraak"]


@pytest.mark.acceptatie("K-114")
@pytest.mark.acceptatie("K-115")
def test_leden_van_de_leerlingbespreking() -> None:
    leden = {lid.code: lid for lid in P.zoek_bespreking("leerlingbespreking").leden}
    assert set(leden) == {"leerkracht", "vorige_leerkracht", "parallelcollega", "specialist", "ib"}
    assert leden["vorige_leerkracht"].verplicht
    assert not leden["ib"].verplicht, "the intern begeleider joins when possible"


@pytest.mark.acceptatie("K-120")
def test_evaluatie_binnen_acht_weken() -> None:
    bespreking = P.zoek_bespreking("leerlingbespreking")
    assert bespreking.evaluatie_termijn is not None
    termijn = P.zoek_termijn(bespreking.evaluatie_termijn)
    assert (termijn.aantal, termijn.eenheid) == (8, "weken")
    assert {"doel", "evaluatiedatum"} <= set(bespreking.uitkomst)


@pytest.mark.acceptatie("K-125")
@pytest.mark.acceptatie("K-132")
def test_sot_leden_voorzitter_notulisten_en_acht_keer() -> None:
    sot = P.zoek_bespreking("sot")
    assert sot.voorzitter == "ib"
    assert set(sot.notulist) == {"specialist_taal", "specialist_rekenen", "specialist_gedrag"}
    assert {lid.rol for lid in sot.leden} == {"ib", "specialist", "leerkracht", "ouder"}
    assert not any(lid.extern for lid in sot.leden)
    assert sot.per_jaar == 8


@pytest.mark.acceptatie("K-135")
def test_bot_leden() -> None:
    bot = P.zoek_bespreking("bot")
    assert bot.voorzitter == "directeur"
    assert bot.notulist == ("ib",)
    extern = {lid.code: lid for lid in bot.leden if lid.extern}
    assert {c for c, lid in extern.items() if lid.op_afroep} == {"schoolarts", "maatschappelijk_werk", "jeugdzorg"}
    assert {c for c, lid in extern.items() if not lid.op_afroep} == {"schoolondersteuner", "gezinsondersteuner"}
    assert {"leerkracht", "ouder"} <= {lid.rol for lid in bot.leden}


@pytest.mark.acceptatie("K-162")
@pytest.mark.acceptatie("K-163")
@pytest.mark.acceptatie("K-164")
@pytest.mark.acceptatie("K-165")
@pytest.mark.acceptatie("K-166")
@pytest.mark.acceptatie("K-167")
@pytest.mark.acceptatie("K-168")
def test_jaarcyclus() -> None:
    def maand(code: str) -> tuple[int, str]:
        tijdstip = zoek(P.jaarcyclus, code).tijdstip
        assert isinstance(tijdstip, InMaand)
        return tijdstip.maand, tijdstip.deel

    assert maand("september_bespreking") == (9, "hele")
    assert maand("november_tussenevaluatie") == (11, "begin")
    assert maand("februari_presentatie")[0] == maand("februari_groepsplannen")[0] == 2
    assert maand("maart_resultaatgesprek")[0] == 3
    assert maand("april_tussenevaluatie")[0] == 4
    juni = zoek(P.jaarcyclus, "juni_groepsplannen")
    assert isinstance(juni.tijdstip, LaatsteSchoolweek) and juni.in_vakantie
    overdracht = zoek(P.jaarcyclus, "augustus_warme_overdracht")
    assert isinstance(overdracht.tijdstip, LaatsteVakantieweek) and overdracht.in_vakantie
    for code in ("september_bespreking", "november_tussenevaluatie", "maart_resultaatgesprek"):
        document = zoek(P.jaarcyclus, code).document
        assert document is not None and P.zoek_document(document).soort == "verslag"
    assert "november" in " ".join(zoek(P.jaarcyclus, "april_tussenevaluatie").uitgangspunten)


def test_cyclus_van_zes_stappen_drie_keer_per_jaar() -> None:
    assert P.cyclus.per_jaar >= 3
    assert len(P.cyclus.stappen) == 6


def test_automatische_signalen() -> None:
    vier_vijf = zoek(P.signalering, "score_iv_v")
    assert isinstance(vier_vijf, NiveauSignaal) and vier_vijf.niveaus == ("IV", "V")
    vijf = zoek(P.signalering, "score_v")
    assert isinstance(vijf, NiveauSignaal) and vijf.niveaus == ("V",) and vijf.gevolg == "analyse"
    gezakt = zoek(P.signalering, "norm_gezakt")
    assert isinstance(gezakt, DalingSignaal) and gezakt.stappen == 1
    beide = zoek(P.signalering, "norm_en_methode_gezakt")
    assert isinstance(beide, DalingBeideSignaal) and beide.gevolg == "leerlingbespreking"
    opp = zoek(P.signalering, "opp_methode_onvoldoende")
    assert isinstance(opp, MethodeReeksSignaal) and opp.aantal == 2 and opp.alleen_opp


@pytest.mark.acceptatie("K-15")
@pytest.mark.acceptatie("K-16")
@pytest.mark.acceptatie("K-17")
def test_waar_een_signaal_heen_leidt() -> None:
    vijf_stappen = {s.code for s in P.signalering if s.gevolg == "vijf_stappen"}
    assert vijf_stappen == {
        "sociaal_emotioneel",
        "gedrag_buiten",
        "gedrag_binnen",
        "werkhouding",
        "motoriek",
        "spraak_taal",
    }
    assert zoek(P.signalering, "snelle_leerder").gevolg == "hoogbegaafdheid"
    assert zoek(P.signalering, "tempo_inhoud").arrangement == "intensief"


def test_okr_is_een_gesloten_lijst_van_vijf() -> None:
    okr = P.zoek_document("okr")
    assert okr.gesloten
    assert [sectie.code for sectie in okr.secties] == [
        "administratief",
        "schoolloopbaan",
        "sociaal_emotioneel",
        "begeleiding",
        "verzuim",
    ]


def test_groeidocument_heeft_twee_delen() -> None:
    assert P.zoek_document("groeidocument").delen == (1, 2)


def test_opp_grenzen_zijn_zacht() -> None:
    """The law knows no age limit (K-30, X-14) and asks no intelligence test (K-29): the school only warns."""
    voorwaarden = P.zoek_document("opp").voorwaarden
    assert {v.soort for v in voorwaarden} == {"zacht"}
    assert any(isinstance(v, JaargroepVorm) and v.jaargroep == 6 for v in voorwaarden)
    assert any(isinstance(v, OnderzoekVorm) and v.onderzoek == "intelligentie" for v in voorwaarden)


def test_opp_vraagt_handtekening_van_alle_gezaghebbende_ouders_op_het_handelingsdeel() -> None:
    handtekening = zoek(P.zoek_document("opp").handtekeningen, "ouders")
    assert handtekening.alle and handtekening.verplicht and handtekening.sectie == "handelingsdeel"


def test_alleen_de_ib_stelt_een_opp_vast() -> None:
    assert zoek(P.zoek_document("opp").statussen, "vastgesteld").wie == ("ib",)


@pytest.mark.acceptatie("K-99")
def test_groepsplan_voor_de_vier_vakken() -> None:
    assert {v.code for v in P.vakgebieden if v.groepsplan} == {
        "rekenen",
        "begrijpend_lezen",
        "technisch_lezen",
        "spelling",
    }
    assert len(P.groepsplanperioden) == 2


def test_waar_welke_toestemming_nodig_is() -> None:
    assert P.toestemming_nodig_voor("bot") == ("stap:3:4", "bespreking:bot", "extern:bot")
    assert P.toestemming_nodig_voor("verwijzing") == ("stap:4:5",)
    assert P.toestemming_nodig_voor("extern_betrekken") == (
        "extern:leerlingbespreking",
        "extern:sot",
        "extern:opp_evaluatie",
    )
