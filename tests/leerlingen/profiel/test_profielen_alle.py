"""The five procedures that ship: what all share, and where they differ (X-01..X-17)."""

from pathlib import Path

import pytest

from leerlingen.profiel import BEGIN, INGEBOUWD, ROLLEN, Profiel, ingebouwde_profielen, lees_ingebouwd
from leerlingen.profiel.basis import Vorm
from leerlingen.profiel.papier import VERPLICHTE_DOCUMENTEN
from leerlingen.profiel.schema import zoek
from leerlingen.profiel.tekening import route_lijst, route_mermaid
from leerlingen.profiel.voorwaardenvormen import JaargroepVorm, ToestemmingVorm

alle = pytest.mark.parametrize("profiel", ingebouwde_profielen().values(), ids=INGEBOUWD)


@alle
def test_iedere_rol_heeft_een_naam(profiel: Profiel) -> None:
    assert all(profiel.rolnaam(rol) for rol in ROLLEN)


@alle
def test_de_vaste_documenten_zijn_er_met_vragen(profiel: Profiel) -> None:
    for code in VERPLICHTE_DOCUMENTEN:
        assert any(s.vragen for s in profiel.zoek_document(code).secties)
    notitie = profiel.zoek_document("notitie")
    assert [v.code for v in notitie.secties[0].vragen] == ["titel", "tekst"]
    assert zoek(zoek(profiel.zoek_document("groepsplan").secties, "arrangement").vragen, "doel").verplicht


@alle
def test_iemand_van_buiten_alleen_met_toestemming_van_alle_gezaghebbenden(profiel: Profiel) -> None:
    """X-12: inviting anyone from outside needs consent that says who, what and until when."""
    for bespreking in profiel.bespreking:
        if bespreking.over != "leerling" and not any(lid.extern for lid in bespreking.leden):
            continue
        assert bespreking.toestemming_extern is not None, bespreking.code
        toestemming = profiel.zoek_toestemming(bespreking.toestemming_extern)
        assert toestemming.wie == "alle_gezaghebbenden"
        assert all("{" + naam + "}" in toestemming.tekst for naam in ("deelnemers", "stukken", "tot"))


@alle
def test_toestemmingsteksten_zijn_kort_en_zonder_uitroepteken(profiel: Profiel) -> None:
    for toestemming in profiel.toestemmingen:
        assert "nee zeggen" in toestemming.tekst and "van mening veranderen" in toestemming.tekst
        assert "!" not in toestemming.tekst + toestemming.vraag
        for zin in toestemming.tekst.replace("\n", " ").split(". "):
            assert len(zin.split()) <= 24, zin


@alle
def test_geen_uitroeptekens_en_geen_drievoudige_spaties(profiel: Profiel) -> None:
    tekst = profiel.model_dump_json()
    assert "!" not in tekst.replace("ZIEN!", "").replace("Zien!", "")
    assert "   " not in tekst


@alle
def test_een_leeftijdsgrens_is_nooit_hard(profiel: Profiel) -> None:
    """X-14."""
    for document in profiel.documenten:
        assert all(v.soort == "zacht" for v in document.voorwaarden if isinstance(v, JaargroepVorm))


@alle
def test_naar_het_hoogste_niveau_kan_niemand_zomaar(profiel: Profiel) -> None:
    hoogste = profiel.niveaus_op_volgorde[-1]
    if hoogste.band != "verwijzing":
        return
    for overgang in profiel.overgang:
        if overgang.naar == hoogste.code:
            assert any(v.soort == "hard" for v in overgang.voorwaarden)
            assert not {"leerkracht", "vervanger", "ouder", "extern"} & set(overgang.wie)


@alle
def test_alles_is_diep_bevroren(profiel: Profiel) -> None:
    def loop(waarde: object) -> None:
        if isinstance(waarde, Vorm):
            for naam in type(waarde).model_fields:
                loop(getattr(waarde, naam))
        elif isinstance(waarde, tuple):
            for deel in waarde:
                loop(deel)
        else:
            assert waarde is None or isinstance(waarde, str | int | float | bool), type(waarde)

    loop(profiel)
    hash(profiel)


@alle
def test_de_route_tekent_elke_pijl_een_keer(profiel: Profiel) -> None:
    tekening = route_mermaid(profiel)
    for overgang in profiel.overgang:
        pijlen = [
            r
            for r in tekening.splitlines()
            if r.startswith(f"  n_{overgang.van} ") and r.endswith(f" n_{overgang.naar}")
        ]
        assert len(pijlen) == 1
    assert route_lijst(profiel).count("besluit:") == len(profiel.overgang)


# -- differences -----------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("A-71")
@pytest.mark.acceptatie("A-72")
@pytest.mark.acceptatie("A-75")
def test_aruba_nul_tot_vier_met_2a_en_2b() -> None:
    aruba = lees_ingebouwd("aruba")
    assert [n.code for n in aruba.niveaus_op_volgorde] == ["0", "1", "2a", "2b", "3", "4"]
    assert aruba.is_kop("2") and aruba.zoek_niveau("2a").ouder == aruba.zoek_niveau("2b").ouder == "2"
    assert [n.code for n in aruba.niveaus_op_volgorde if n.zorgleerling] == ["2a", "2b", "3", "4"]


@pytest.mark.acceptatie("M-02")
def test_de_meent_vijf_niveaus_in_drie_banden() -> None:
    meent = lees_ingebouwd("demeent")
    assert [n.band for n in meent.niveaus_op_volgorde] == ["basis", "basis", "extra", "extra", "verwijzing"]


@pytest.mark.acceptatie("L-36")
def test_los_hoes_twee_statussen() -> None:
    hoes = lees_ingebouwd("loshoes")
    assert [n.code for n in hoes.niveaus_op_volgorde] == ["alle", "aandachtskind", "zorgkind"]


@pytest.mark.acceptatie("V-10")
def test_vlaanderen_de_fase_hangt_aan_het_traject() -> None:
    vlaanderen = lees_ingebouwd("vlaanderen")
    assert vlaanderen.niveau_per_traject
    assert not lees_ingebouwd("kogerveld").niveau_per_traject
    assert [n.naam for n in vlaanderen.niveaus_op_volgorde][:3] == [
        "Brede basiszorg",
        "Verhoogde zorg",
        "Uitbreiding van zorg",
    ]


@pytest.mark.acceptatie("K-92")
@pytest.mark.acceptatie("L-01")
@pytest.mark.acceptatie("V-19")
def test_woorden_van_de_school() -> None:
    """X-02, X-03: the code is one, the label is the school's."""
    namen = {code: (p.rolnaam("ib"), p.rolnaam("leerkracht")) for code, p in ingebouwde_profielen().items()}
    assert namen == {
        "kogerveld": ("intern begeleider", "leerkracht"),
        "demeent": ("kwaliteitsondersteuner", "leerkracht"),
        "loshoes": ("intern begeleider", "mentor"),
        "aruba": ("interne begeleider", "klassenleerkracht"),
        "vlaanderen": ("zorgcoördinator", "klasleerkracht"),
    }
    assert lees_ingebouwd("loshoes").begrippen.woorden.leerlingvolgsysteem == "kindvolgsysteem"
    assert lees_ingebouwd("vlaanderen").jaargroepnaam(6) == "4de leerjaar"
    assert lees_ingebouwd("kogerveld").jaargroepnaam(6) == "groep 6"
    assert lees_ingebouwd("kogerveld").jaargroepnaam(11) == "groep 11"


def test_sot_betekent_niet_overal_hetzelfde() -> None:
    """X-05."""
    assert not any(lid.extern for lid in lees_ingebouwd("kogerveld").zoek_bespreking("sot").leden)
    assert any(lid.extern for lid in lees_ingebouwd("demeent").zoek_bespreking("sot").leden)


def test_clb_betekent_niet_overal_hetzelfde() -> None:
    """X-06: a talk in the school at Los Hoes, a centre outside it in Flanders."""
    assert {lid.rol for lid in lees_ingebouwd("loshoes").zoek_bespreking("clb").leden} == {"leerkracht", "ib"}
    assert zoek(lees_ingebouwd("vlaanderen").zoek_bespreking("mdo").leden, "clb").extern


@pytest.mark.acceptatie("M-74")
@pytest.mark.acceptatie("L-34")
@pytest.mark.acceptatie("A-31")
def test_hoe_vaak_groepsbespreking() -> None:
    """X-07."""
    meent = lees_ingebouwd("demeent")
    assert (
        meent.zoek_bespreking("groepsbespreking").per_jaar + meent.zoek_bespreking("overdrachtsbespreking").per_jaar
        == 3
    )
    assert lees_ingebouwd("loshoes").zoek_bespreking("groepsbespreking").per_jaar == 4
    assert lees_ingebouwd("aruba").zoek_bespreking("groepsbespreking").per_jaar == 3


def test_arrangementen_heten_anders() -> None:
    """X-09."""
    assert [a.naam for a in lees_ingebouwd("demeent").arrangementen] == ["Weergroep", "Basisgroep", "Meergroep"]
    assert all(
        [a.code for a in p.arrangementen] == ["intensief", "basis", "talent"] for p in ingebouwde_profielen().values()
    )


@pytest.mark.acceptatie("M-33")
def test_themaplanning_in_groep_1_en_2() -> None:
    """X-16."""
    meent = lees_ingebouwd("demeent")
    assert meent.document_voor("groepsplan", 2).code == "themaplanning"
    assert meent.document_voor("groepsplan", 5).code == "groepsplan"
    assert meent.document_voor("groepsplan", None).code == "groepsplan"
    assert lees_ingebouwd("kogerveld").document_voor("groepsplan", 2).code == "groepsplan"


def test_inzage_op_aruba_op_school() -> None:
    """X-15, A-17."""
    aruba = lees_ingebouwd("aruba")
    assert aruba.ouders.inzage == "op_school" and not aruba.ouders.dossier_mag_school_verlaten
    assert lees_ingebouwd("kogerveld").ouders.inzage == "kopie"


def test_gesprekken_met_ouders() -> None:
    meent = lees_ingebouwd("demeent")
    assert (meent.gesprekken_per_jaar, meent.gesprekken_extra) == (2, 4)


@pytest.mark.acceptatie("L-35")
def test_clb_gesprek_elke_zes_tot_acht_weken() -> None:
    assert lees_ingebouwd("loshoes").zoek_bespreking("clb").elke_weken == (6, 8)


@pytest.mark.acceptatie("A-43")
def test_voortgangsbespreking_elke_zes_weken() -> None:
    assert lees_ingebouwd("aruba").zoek_bespreking("voortgangsbespreking").elke_weken == (6, 6)


@pytest.mark.acceptatie("M-97")
def test_groepsplanperioden_van_de_meent() -> None:
    perioden = [(p.van, p.tot_en_met) for p in lees_ingebouwd("demeent").groepsplanperioden]
    assert perioden == [("08-01", "02-29"), ("03-01", "07-31")]


def test_schoolnorm_van_de_meent() -> None:
    norm = lees_ingebouwd("demeent").schoolnormen[0]
    assert (norm.schaal, norm.minstens, norm.percentage) == ("i_v", "III", 75)


@pytest.mark.acceptatie("M-116")
def test_groepsbespreking_duurt_zestig_minuten() -> None:
    assert lees_ingebouwd("demeent").zoek_bespreking("groepsbespreking").duur_minuten == 60


@pytest.mark.acceptatie("A-29")
def test_aruba_heeft_een_eigen_schaal() -> None:
    aruba = lees_ingebouwd("aruba")
    assert zoek(aruba.instrumenten, "lvs").schaal == "eigen"
    assert not any("Cito" in i.naam for i in aruba.instrumenten)


def test_toestemming_bij_de_hoogste_stap_per_school() -> None:
    """X-12, domein §2.4: consent is hard at the Kogerveld and on Aruba; for a TLV the law asks the consultation."""

    def heeft(code: str, van: str, naar: str) -> bool:
        overgang = lees_ingebouwd(code).zoek_overgang(van, naar)
        assert overgang is not None
        return any(isinstance(v, ToestemmingVorm) and v.soort == "hard" for v in overgang.voorwaarden)

    assert heeft("kogerveld", "3", "4") and heeft("kogerveld", "4", "5")
    assert heeft("aruba", "2b", "3") and heeft("aruba", "2a", "3") and heeft("aruba", "3", "4")
    assert heeft("vlaanderen", "1", "2")
    assert heeft("demeent", "3", "4") and not heeft("demeent", "4", "5")


def test_begin_is_overal_het_laagste_niveau() -> None:
    for profiel in ingebouwde_profielen().values():
        overgang = profiel.zoek_overgang(BEGIN, profiel.laagste_niveau.code)
        assert overgang is not None and "leerkracht" in overgang.wie and not overgang.voorwaarden


def test_de_tekening_in_de_documentatie_is_die_van_de_tabel() -> None:
    """M-67: the flow chart is made from the table, also the one on paper."""
    pagina = Path(__file__).parents[3] / "docs" / "profiel.md"
    assert route_mermaid(lees_ingebouwd("kogerveld")) in pagina.read_text(encoding="utf-8")
