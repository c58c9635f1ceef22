"""The care route of the schools: what a step gives people to do, who decides, who counts as care pupil."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leerlingen.models import Zorgniveauperiode
from leerlingen.profiel import lees_ingebouwd
from leerlingen.profiel.voorwaardenvormen import GesprekVorm, ToestemmingVorm
from leerlingen.zorgroute import beoordeel, beoordeel_bespreking, volgende_stap
from tests.acceptatie.hulp import KOGERVELD, OVERAL, Inloggen, geval, neem_profiel, stap, taken_na
from tests.bouw import VANDAAG, Bezetting
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

# number, procedure, from, to, who does it (None: the teachers of the group), which task
TAKEN = [
    geval("K-140", "kogerveld", "3", "4", None, "Hulpvraag en voorgeschiedenis klaarzetten voor de betrokkenen"),
    geval("K-141", "kogerveld", "3", "4", "carla", "Nagaan of de ouders zijn uitgenodigd"),
    geval("M-05", "demeent", "3", "4", None, "Groeidocument en OPP invullen"),
    geval(
        "M-57",
        "demeent",
        "3",
        "4",
        "carla",
        "Contact met ouders en partners loopt vanaf nu via de kwaliteitsondersteuner",
    ),
    geval("M-59", "demeent", "4", "5", "carla", "Triade plannen: verwijzende school, ontvangende school en ouders"),
    geval("M-66", "demeent", "4", "5", "dora", "TLV aanvragen bij het samenwerkingsverband, met het groeidocument"),
    geval("A-74", "aruba", "0", "1", None, "Ouders vertellen over de extra zorg in de klas"),
    geval("A-84", "aruba", "3", "4", "carla", "Overdracht met ouders en nieuwe school"),
]


@pytest.mark.parametrize(("profiel", "van", "naar", "wie", "taak"), TAKEN)
def test_een_stap_geeft_de_taken_van_de_procedure(
    op_school: Bezetting, monkeypatch: pytest.MonkeyPatch, profiel: str, van: str, naar: str, wie: str | None, taak: str
) -> None:
    b = op_school
    if profiel != "kogerveld":
        neem_profiel(b, profiel)
    periode = stap(b, monkeypatch, van, naar, feiten=KOGERVELD if profiel == "kogerveld" else OVERAL)
    gegeven = taken_na(periode)[taak]
    assert gegeven.leerling == b.bram
    if wie is None:
        assert gegeven.groep == b.groep_6a
    else:
        assert gegeven.persoon == b.lid(wie).persoon
    assert gegeven.voor > VANDAAG


@pytest.mark.acceptatie("K-161")
def test_kogerveld_verwijzen_vraagt_advies_toestemming_groeidocument_en_tlv() -> None:
    """Each of the four is needed; with a TLV on record and the place promised the referral is done."""
    profiel = lees_ingebouwd("kogerveld")
    assert beoordeel(profiel, "4", "5", KOGERVELD).toegestaan
    zonder = {
        "advies": replace(KOGERVELD, besprekingen=tuple(f for f in KOGERVELD.besprekingen if f.soort != "bot")),
        "toestemming": replace(KOGERVELD, toestemmingen=tuple(f for f in KOGERVELD.toestemmingen if f.doel == "bot")),
        "groeidocument": replace(
            KOGERVELD, documenten=tuple(f for f in KOGERVELD.documenten if f.code != "groeidocument")
        ),
    }
    for naam, feiten in zonder.items():
        assert not beoordeel(profiel, "4", "5", feiten).toegestaan, naam
    wacht = volgende_stap(profiel, replace(KOGERVELD, niveau="5", instanties=()))
    assert "toelaatbaarheidsverklaring" in " ".join(u.kort for u in wacht.ontbreekt)
    assert volgende_stap(profiel, replace(KOGERVELD, niveau="5")).soort == "klaar"


@pytest.mark.acceptatie("K-28")
def test_kogerveld_stagneert_een_leerling_dan_het_sot_en_daarna_het_bot() -> None:
    """Interventions and plans without enough progress lead to the SOT, and a SOT without it to the BOT."""
    profiel = lees_ingebouwd("kogerveld")
    na_twee = volgende_stap(profiel, replace(KOGERVELD, niveau="2"))
    assert (na_twee.naar, na_twee.soort) == ("3", "besluiten")
    na_sot = volgende_stap(profiel, replace(KOGERVELD, niveau="3"))
    assert (na_sot.naar, na_sot.soort) == ("4", "besluiten")
    goed = replace(KOGERVELD, besprekingen=tuple(replace(f, vooruitgang="voldoende") for f in KOGERVELD.besprekingen))
    assert not beoordeel(profiel, "2", "3", goed).toegestaan


@pytest.mark.acceptatie("K-110")
def test_kogerveld_extra_hulp_op_grond_van_een_signaal() -> None:
    profiel = lees_ingebouwd("kogerveld")
    met = beoordeel(profiel, "1", "2", replace(KOGERVELD, signalen=frozenset({"score_iv_v"})))
    zonder = beoordeel(profiel, "1", "2", replace(KOGERVELD, signalen=frozenset()))
    assert "signaal" not in {u.voorwaarde for u in met.ontbreekt}
    assert "signaal" in {u.voorwaarde for u in zonder.ontbreekt}
    assert zonder.vraagt_onderbouwing


@pytest.mark.acceptatie("K-159")
def test_kogerveld_niveau_3_stoppen_of_naar_het_bot_met_deel_1_van_het_groeidocument() -> None:
    profiel = lees_ingebouwd("kogerveld")
    besluiten = {b.code: b.naar for b in profiel.zoek_bespreking("sot").besluiten}
    assert (besluiten["stoppen"], besluiten["naar_bot"]) == ("1", "4")
    deel2 = tuple(
        replace(f, volledige_delen=frozenset({2})) if f.code == "groeidocument" else f for f in KOGERVELD.documenten
    )
    zonder = beoordeel(profiel, "3", "4", replace(KOGERVELD, documenten=deel2))
    assert not zonder.toegestaan
    assert "groeidocument deel 1" in zonder.zin
    assert next(u for u in zonder.ontbreekt if "groeidocument" in u.kort).wie_rollen == ("leerkracht",)


@pytest.mark.acceptatie("M-04")
def test_de_meent_niveau_1_en_2_groepsbespreking_groepsplan_en_de_bouw() -> None:
    """On the first two levels the teacher goes by the group plan, then puts the pupil forward in the bouw."""
    meent = lees_ingebouwd("demeent")
    leeg = replace(OVERAL, besprekingen=(), signalen=frozenset(), documenten=())
    een, twee = (volgende_stap(meent, replace(leeg, niveau=niveau)) for niveau in ("1", "2"))
    assert een.soort == "volgen"
    assert meent.zoek_niveau("1").bespreking == "groepsbespreking"
    assert meent.zoek_bespreking("leerlingbespreking_bouw").organisator == "leerkracht"
    assert (twee.link, twee.wie_rollen) == ("bespreking:leerlingbespreking_bouw", ("leerkracht",))
    assert {"basis"} == {meent.zoek_niveau(code).band for code in ("1", "2")}


@pytest.mark.acceptatie("A-90")
@pytest.mark.parametrize(("van", "naar", "doel"), [("2a", "2b", "eerste_lijn"), ("2b", "3", "externe_zorg")])
def test_aruba_van_lijn_naar_lijn_alleen_met_toestemming(van: str, naar: str, doel: str) -> None:
    profiel = lees_ingebouwd("aruba")
    assert beoordeel(profiel, van, naar, OVERAL).toegestaan
    zonder = replace(OVERAL, toestemmingen=tuple(f for f in OVERAL.toestemmingen if f.doel != doel))
    assert not beoordeel(profiel, van, naar, zonder).toegestaan


@pytest.mark.acceptatie("A-87")
def test_aruba_hoe_hoger_het_niveau_hoe_meer_de_ouders_meebeslissen() -> None:
    """0→1 nothing hard, 1→2a a talk, 2a→2b a talk and consent, 3→4 consent twice."""
    profiel = lees_ingebouwd("aruba")

    def hard(van: str, naar: str) -> tuple[int, int]:
        overgang = profiel.zoek_overgang(van, naar)
        assert overgang is not None
        eisen = [v for v in overgang.voorwaarden if v.soort == "hard"]
        return (
            sum(isinstance(v, ToestemmingVorm) for v in eisen),
            sum(isinstance(v, GesprekVorm) for v in eisen),
        )

    rij = [hard("0", "1"), hard("1", "2a"), hard("2a", "2b"), hard("3", "4")]
    assert rij == [(0, 0), (0, 1), (1, 1), (2, 0)]
    zonder_ouders = replace(OVERAL, gesprekken=(), toestemmingen=())
    assert beoordeel(profiel, "0", "1", zonder_ouders).toegestaan
    for van, naar in (("1", "2a"), ("2a", "2b"), ("2b", "3"), ("3", "4")):
        assert not beoordeel(profiel, van, naar, zonder_ouders).toegestaan


@pytest.mark.acceptatie("V-08")
def test_vlaanderen_de_klasleerkracht_begint_het_zorgoverleg_met_alle_partijen(op_school: Bezetting) -> None:
    from besprekingen.models import Deelnemer
    from tests.acceptatie.hulp import alles, plan

    b = op_school
    neem_profiel(b, "vlaanderen")
    bespreking = plan(b, "zorgoverleg", door="anna", leerling=b.bram)
    aan_tafel = set(alles(Deelnemer, bespreking=bespreking).values_list("persoon", flat=True))
    assert {b.anna.persoon.pk, b.carla.persoon.pk, b.dirk.persoon.pk} <= aan_tafel
    assert beoordeel_bespreking(
        lees_ingebouwd("vlaanderen"), "zorgoverleg", replace(OVERAL, toestemmingen=())
    ).toegestaan


# -- members that cannot be read off a cast ---------------------------------------------------------------------------

LEDEN = [
    geval(
        "M-06",
        "demeent",
        "sot",
        {"leerkracht", "ib", "ouder"},
        {"orthopedagoog", "generalist van de gemeente (CMD)", "GGD"},
    ),
    geval(
        "M-65",
        "demeent",
        "sot",
        {"leerkracht", "ib", "ouder"},
        {"ambulant begeleider", "generalist van de gemeente (CMD)", "GGD", "orthopedagoog"},
    ),
    geval("M-55", "demeent", "sot", {"ib"}, {"generalist van de gemeente (CMD)", "GGD"}),
    geval("M-07", "demeent", "triade", {"ib", "ouder"}, {"ontvangende school"}),
    geval(
        "A-33", "aruba", "zorgteam", {"ib", "directeur", "rt"}, {"schoolmaatschappelijk werker", "jeugdgezondheidszorg"}
    ),
    geval(
        "V-13",
        "vlaanderen",
        "mdo",
        {"ouder"},
        {"Centrum voor Leerlingenbegeleiding", "ondersteuningsnetwerk", "externe hulpverlener"},
    ),
]


@pytest.mark.parametrize(("profiel", "soort", "rollen", "buiten"), LEDEN)
def test_wie_er_aan_tafel_hoort(profiel: str, soort: str, rollen: set[str], buiten: set[str]) -> None:
    """Roles of the school, and from outside by name; who comes from outside comes only with consent."""
    gelezen = lees_ingebouwd(profiel)
    leden = gelezen.zoek_bespreking(soort).leden
    assert rollen <= {lid.rol for lid in leden}
    assert buiten <= {lid.naam for lid in leden if lid.extern}
    zonder = replace(OVERAL, toestemmingen=())
    assert not beoordeel_bespreking(gelezen, soort, zonder, extern=True).toegestaan


# -- on screen --------------------------------------------------------------------------------------------------------

ROUTES = [
    geval("M-67", "demeent"),
    geval("L-09", "loshoes"),
    geval("A-54", "aruba"),
    geval("V-14", "vlaanderen"),
]


@pytest.mark.parametrize("profiel", ROUTES)
def test_de_route_van_de_school_staat_op_het_scherm(bezetting: Bezetting, inloggen: Inloggen, profiel: str) -> None:
    """Every level, and for the steps from here what must be there first and who decides; the teacher sees it too."""
    b = bezetting
    neem_profiel(b, profiel)
    gelezen = lees_ingebouwd(profiel)
    pagina = inloggen(b.anna.gebruiker).get(f"/besprekingen/leerlingen/{b.bram.pk}/zorg/").content.decode()
    ladder = pagina.partition('<ol class="ladder">')[2].partition("</ol>")[0]
    for niveau in gelezen.niveaus_op_volgorde:
        assert niveau.naam in ladder
    laagste = gelezen.laagste_niveau.code
    overgang = next(o for o in gelezen.overgang if o.van == laagste)
    assert gelezen.zoek_niveau(overgang.naar).naam in pagina.partition("</ol>")[2]
    assert f"Besluit: {' of '.join(gelezen.rolnaam(rol) for rol in overgang.wie[:2])}" in pagina


@pytest.fixture
def bram_op_2(bezetting: Bezetting, monkeypatch: pytest.MonkeyPatch) -> Bezetting:
    with schoolcontext([bezetting.kogerveld]):
        stap(bezetting, monkeypatch, "1", "2")
    return bezetting


@pytest.mark.acceptatie("K-01")
def test_wie_meer_dan_de_gewone_zorg_krijgt_telt_als_zorgleerling(bram_op_2: Bezetting, inloggen: Inloggen) -> None:
    b = bram_op_2
    pagina = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/?toon=zorg").content.decode()
    assert "Niveau van ondersteuning 2 en hoger 1" in pagina
    tabel = pagina.partition("<tbody>")[2]
    assert b.bram.naam in tabel
    assert b.zoe.naam not in tabel


@pytest.mark.acceptatie("K-02")
def test_ook_wie_meer_kan_vraagt_extra_zorg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Aya, twice a I, stands beside Bram among the new signals, and in the talent arrangement."""
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    nieuw = browser.get(f"/groepen/{b.groep_6a.pk}/?toon=nieuw").content.decode().partition("<tbody>")[2]
    assert b.aya.naam in nieuw
    assert b.bram.naam in nieuw
    plannen = browser.get(f"/leerlingen/{b.aya.pk}/plannen/").content.decode()
    assert "Talentarrangement" in plannen


@pytest.mark.acceptatie("A-75")
def test_aruba_vanaf_niveau_2_zorgleerling(
    bezetting: Bezetting, inloggen: Inloggen, monkeypatch: pytest.MonkeyPatch
) -> None:
    b: Any = bezetting
    neem_profiel(b, "aruba")
    browser = inloggen(b.anna.gebruiker)
    adres = f"/groepen/{b.groep_6a.pk}/?toon=zorg"
    for van, naar, telt in (("0", "1", False), ("1", "2a", True)):
        with schoolcontext([b.kogerveld]):
            Zorgniveauperiode.objects.systeemtoegang(reden="test").filter(leerling=b.bram).delete()
            stap(b, monkeypatch, van, naar, feiten=OVERAL)
        tabel = browser.get(adres).content.decode().partition("<tbody>")[2]
        assert (b.bram.naam in tabel) is telt, naar
