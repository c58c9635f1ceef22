"""The care board: who sees whom, worst first, filters, what it costs, the file, and what it says when it is empty."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from besprekingen import services as besprekingsdiensten
from besprekingen.selecties import wat_nu
from leerlingen import services
from leerlingen.models import Leerling
from lvs.services import signaal_oppakken
from tests.bouw import NU, VANDAAG, Bezetting, fabriek
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern import klok
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel
from zorg.overzicht.zorgbord import Bord, Bordfilter, zorgbord
from zorg.overzicht.zorgcijfers import aandelen

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
URL = "/zorgbord/"


def op_niveau(kind: Leerling, niveau: str, weken: int = 9) -> None:
    services.zorgniveau_beginnen(
        leerling=kind, niveau=niveau, vanaf=VANDAAG - timedelta(weeks=weken), reden="Beginstand", door=None
    )


def met_doel(b: Bezetting, kind: Leerling, voor: date) -> None:
    """A pupil meeting six weeks ago that set a goal to be evaluated on this day."""
    with klok.stilgezet(NU - timedelta(weeks=6)):
        bespreking = besprekingsdiensten.bespreking_plannen(
            school=b.kogerveld, soort="leerlingbespreking", begin=klok.nu() - timedelta(hours=1), leerling=kind,
            sleutel=f"bord:{kind.pk}", door=b.carla.gebruiker,
        )  # fmt: skip
        punt = bespreking.agendapunten.systeemtoegang(reden="test").select_related("leerling__school").get()
        besprekingsdiensten.doel_stellen(punt=punt, doel="Lezen", voor=voor, door=b.carla.gebruiker)
        besprekingsdiensten.bespreking_houden(bespreking=bespreking, aanwezig=[], door=b.carla.gebruiker)


@pytest.fixture
def met_zorg(bezetting: Bezetting) -> Bezetting:
    """Zoë is late, Bram misses something, Aya's SOT has no day, Chris of 6b is in time; Bobby has no care."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        for kind, niveau in ((b.bram, "2"), (b.aya, "3"), (b.zoe, "2"), (b.chris, "2"), (b.bobby, "1")):
            op_niveau(kind, niveau)
        met_doel(b, b.zoe, VANDAAG - timedelta(days=12))
        met_doel(b, b.chris, VANDAAG + timedelta(days=10))
    with schoolcontext([b.anders]):
        op_niveau(b.leerling_anders, "4")
    return b


def bord(b: Bezetting, wie: str, **gevraagd: Any) -> Bord:
    with schoolcontext([b.kogerveld]):
        return zorgbord(b.lid(wie).gebruiker, [b.kogerveld], Bordfilter(**gevraagd))


def kinderen(beeld: Bord) -> list[int]:
    return [rij.leerling.pk for rij in beeld.rijen]


# -- who sees whom ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wie", "wien"),
    [
        ("carla", {"zoe", "aya", "bram", "chris"}),
        ("dora", {"zoe", "aya", "bram", "chris"}),
        ("anna", {"zoe", "aya", "bram"}),
        ("vervanger", {"zoe", "aya", "bram"}),
        ("bas", {"chris"}),
    ],
)
def test_ieder_ziet_alleen_de_eigen_leerlingen(
    met_zorg: Bezetting, inloggen: Inloggen, wie: str, wien: set[str]
) -> None:
    """The page holds these pupils and no other: not of another group, not of another school, not without care."""
    b = met_zorg
    tekst = unescape(inloggen(b.lid(wie).gebruiker).get(URL).content.decode())
    namen = ("zoe", "aya", "bram", "chris", "bobby", "dunya", "leerling_anders", "vertrokken_leerling")
    assert {naam for naam in namen if f"/leerlingen/{getattr(b, naam).pk}/" in tekst} == wien
    assert f"{len(wien)} van " in tekst
    assert "Elders" not in tekst


def test_de_andere_school_ziet_de_eigen_leerling(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    tekst = inloggen(met_zorg.ib_anders.gebruiker).get(URL).content.decode()
    assert "Elders" in tekst and "1 van 1 leerling op" in tekst
    assert "Jansen" not in tekst and "Haddad" not in tekst


@pytest.mark.parametrize("wie", ["dirk", "ouder_onbekend", "extern", "beheerder", "vertrokken"])
def test_wie_geen_zorgbord_heeft_weet_er_niet_van(met_zorg: Bezetting, inloggen: Inloggen, wie: str) -> None:
    browser = inloggen(met_zorg.lid(wie).gebruiker)
    assert browser.get(URL).status_code == 404
    assert browser.get(f"{URL}excel/").status_code == 404
    assert f'href="{URL}"' not in browser.get("/account/").content.decode()


def test_in_de_navigatie(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    for wie in ("carla", "dora", "anna"):
        assert f'href="{URL}"' in inloggen(met_zorg.lid(wie).gebruiker).get("/").content.decode()


def test_een_teamleider_die_geen_leerlingen_ziet(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    """A role that opens no dossiers opens none here; there is a way to go on."""
    with schoolcontext([met_zorg.kogerveld]):
        wie = fabriek.lid(met_zorg.kogerveld, "Tom", "teamleider")
    tekst = inloggen(wie.gebruiker).get(URL).content.decode()
    assert "Nog geen leerlingen" in tekst and "Jansen" not in tekst


def test_wie_vertrokken_is_staat_er_niet(met_zorg: Bezetting) -> None:
    b = met_zorg
    with schoolcontext([b.kogerveld]):
        services.uitschrijven(leerling=b.bram, per=VANDAAG, door=None)
    assert b.bram.pk not in kinderen(bord(b, "carla"))


# -- what stands there --------------------------------------------------------------------------------------------


def test_het_ergste_bovenaan(met_zorg: Bezetting) -> None:
    """Late, then what is missing, then what nobody planned, then who is in time."""
    b = met_zorg
    beeld = bord(b, "carla")
    assert kinderen(beeld) == [b.zoe.pk, b.bram.pk, b.aya.pk, b.chris.pk]
    assert [rij.stand for rij in beeld.rijen] == ["laat", "ontbreekt", "plannen", "op_koers"]
    zoe = beeld.rijen[0]
    assert zoe.volgende.dagen_te_laat == 12
    assert (zoe.nu, zoe.daarna, zoe.duur, zoe.niveau.kort) == ("Evaluatie leerlingbespreking", "SOT", "9 weken", "2")


def test_bord_en_leerlingpagina_zeggen_hetzelfde(met_zorg: Bezetting, rf: Any) -> None:
    """One answer (ontwerp §1.2): the last day, whether it is late and what is missing, for every pupil of the board."""
    b = met_zorg
    with schoolcontext([b.kogerveld]):
        verzoek = rf.get("/")
        verzoek.user = b.carla.gebruiker
        for rij in bord(b, "carla").rijen:
            pagina = wat_nu(verzoek, Leerling.objects.zichtbaar_voor(b.carla.gebruiker).get(pk=rij.leerling.pk))
            assert pagina is not None
            assert (pagina.voor, pagina.laat) == (rij.volgende.voor, rij.volgende.dagen_te_laat > 0)
            assert {punt.zin for punt in pagina.punten if not punt.klaar} >= {u.kort for u in rij.ontbreekt}
            assert rij.volgende.zin in f"{pagina.titel}. {pagina.zin}"


def test_wie_het_doet_met_naam(met_zorg: Bezetting) -> None:
    """Two people are named, more are called by their role; «wacht op mij» goes by who it is, not by the role."""
    b = met_zorg
    rijen = {rij.leerling.pk: rij for rij in bord(b, "carla").rijen}
    assert rijen[b.chris.pk].volgende.wie_rollen == ("leerkracht",)
    assert rijen[b.chris.pk].wie == "Bas Bedacht"
    assert rijen[b.bram.pk].wie == "Leerkracht", "6a has two teachers and a substitute"
    assert kinderen(bord(b, "bas", toon="mij")) == [b.chris.pk]
    assert b.bram.pk in kinderen(bord(b, "anna", toon="mij"))
    assert b.bram.pk not in kinderen(bord(b, "carla", toon="mij"))


def test_keuzes_en_hun_aantallen(met_zorg: Bezetting) -> None:
    b = met_zorg
    chips = {chip.code: chip.aantal for chip in bord(b, "carla").chips}
    assert (chips[""], chips["laat"], chips["niveau:2"], chips["niveau:3"]) == (4, 1, 3, 1)
    assert "niveau:4" not in chips, "nobody of this school is on it"
    for code, aantal in chips.items():
        assert len(bord(b, "carla", toon=code).rijen) == aantal
    assert kinderen(bord(b, "carla", toon="laat")) == [b.zoe.pk]
    assert kinderen(bord(b, "carla", toon="niveau:3")) == [b.aya.pk]
    assert kinderen(bord(b, "carla", groep=b.groep_6b.pk)) == [b.chris.pk]
    assert kinderen(bord(b, "carla", zoek="LUKASZ  zoë")) == [b.zoe.pk], "without its marks"
    assert kinderen(bord(b, "carla", zoek="ukasz")) == [], "a word is found from its start"
    rollen = {rol.code: rol.aantal for rol in bord(b, "carla").rollen}
    assert {rol: len(bord(b, "carla", rol=rol).rijen) for rol in rollen} == rollen
    assert bord(b, "anna", groep=b.groep_6b.pk).rijen == [], "a filter opens nothing"
    assert bord(b, "carla", toon="onbekend").rijen == bord(b, "carla").rijen
    assert {chip.code: chip.aantal for chip in bord(b, "carla", groep=b.groep_6b.pk).chips}[""] == 1


def test_volgorde(met_zorg: Bezetting) -> None:
    b = met_zorg
    assert kinderen(bord(b, "carla", sorteer="niveau"))[0] == b.aya.pk
    assert kinderen(bord(b, "carla", sorteer="groep"))[-1] == b.chris.pk
    namen = [rij.leerling.sorteernaam for rij in bord(b, "carla", sorteer="naam").rijen]
    assert namen == sorted(namen) and len(namen) == 4
    assert [rij.leerling.pk for rij in bord(b, "carla", sorteer="voor").rijen][:2] == [b.zoe.pk, b.chris.pk]


@pytest.mark.parametrize(("weken", "duur"), [(0, "deze week"), (1, "1 week"), (30, "30 weken"), (110, "2 jaar")])
def test_hoe_lang_al(bezetting: Bezetting, weken: int, duur: str) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        op_niveau(b.bram, "2", weken)
    assert [rij.duur for rij in bord(b, "carla").rijen] == [duur]


def test_namen_blijven_tekst(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    b = met_zorg
    with schoolcontext([b.kogerveld]):
        op_niveau(b.dunya, "2")
        kind = fabriek.leerling(b.kogerveld, "=1+1", "<script>x</script>", groep=b.groep_6b)
        op_niveau(kind, "2")
    browser = inloggen(b.carla.gebruiker)
    assert b"<script>x" not in browser.get(URL).content
    blad: Any = load_workbook(io.BytesIO(browser.get(f"{URL}excel/").content)).active
    cel = next(rij[0] for rij in blad.iter_rows() if str(rij[0].value).startswith("=1"))
    assert cel.data_type == "s"


# -- when there is nothing ----------------------------------------------------------------------------------------


def test_zonder_zorgleerlingen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Says how a pupil comes here, and goes on to the pupils; no filters over nothing."""
    tekst = inloggen(bezetting.carla.gebruiker).get(URL).content.decode()
    assert "Geen leerling met zorg" in tekst and "Zorgroute" in tekst and 'href="/leerlingen/"' in tekst
    assert "0 van 7 leerlingen op niveau 2 of hoger." in tekst
    assert "filter-q" not in tekst and "Excel" not in tekst


def test_een_lege_school(bezetting: Bezetting, inloggen: Inloggen) -> None:
    school = services.school_aanmaken(naam="Leeg", land="NL", profiel="kogerveld", regio="noord", door=None)
    with schoolcontext([school]):
        ib = fabriek.lid(school, "Iris", "ib")
    browser = inloggen(ib.gebruiker)
    assert "Nog geen leerlingen" in browser.get(URL).content.decode()
    assert browser.get(f"{URL}excel/").status_code == 403


def test_een_keuze_zonder_leerlingen(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    tekst = inloggen(met_zorg.carla.gebruiker).get(f"{URL}?q=zzz&sorteer=naam&groep=99999999999").content.decode()
    assert "Niemand in deze selectie" in tekst and "Toon alle leerlingen met zorg" in tekst
    assert 'value="zzz"' in tekst


# -- every procedure its own words --------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-86")
def test_overzicht_leerlingen_extra_ondersteuning(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """De Meent counts from level 3: the list on the screen and as a file for the meeting at the start of the year."""
    school = services.school_aanmaken(naam="De Meent", land="NL", profiel="demeent", regio="zuid", door=None)
    with schoolcontext([school]):
        jaar = services.schooljaar_zorgen(school=school, dag=VANDAAG, door=None)
        groep = services.groep_zorgen(
            school=school, schooljaar=jaar, naam="5", soort="stamgroep", jaargroep="5", door=None
        )
        ib = fabriek.lid(school, "Iris", "ib")
        for naam, niveau in (("Twee", "2"), ("Drie", "3"), ("Vijf", "5")):
            op_niveau(fabriek.leerling(school, naam, groep=groep), niveau)
    browser = inloggen(ib.gebruiker)
    tekst = browser.get(URL).content.decode()
    assert "2 van 3 leerlingen op niveau 3 of hoger." in tekst
    assert "Drie" in tekst and "Vijf" in tekst and "Twee Kind" not in tekst
    blad: Any = load_workbook(io.BytesIO(browser.get(f"{URL}excel/").content)).active
    assert {rij[0] for rij in blad.iter_rows(min_row=2, values_only=True)} == {"Drie Kind", "Vijf Kind"}


@pytest.mark.parametrize(
    ("profiel", "land", "niveau", "kop"),
    [
        ("aruba", "AW", "2b", "op zorgniveau 2a of hoger"),
        ("loshoes", "NL", "zorgkind", "op status zorg."),
        ("vlaanderen", "BE", "2", "op fase 1 of hoger"),
    ],
)
def test_elke_procedure(
    bezetting: Bezetting, inloggen: Inloggen, profiel: str, land: str, niveau: str, kop: str
) -> None:
    regio = {"regio": "noord"} if land == "NL" else {}
    school = services.school_aanmaken(naam="Elders", land=land, profiel=profiel, door=None, **regio)
    with schoolcontext([school]):
        ib = fabriek.lid(school, "Iris", "ib")
        op_niveau(fabriek.leerling(school, "Drie"), niveau)
    tekst = inloggen(ib.gebruiker).get(URL).content.decode()
    assert "1 van 1 leerling " + kop in tekst
    assert "Drie Kind" in tekst


# -- the file and the logbook -------------------------------------------------------------------------------------


def test_het_bestand_heeft_dezelfde_rijen(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    b = met_zorg
    antwoord = inloggen(b.carla.gebruiker).get(f"{URL}excel/?toon=laat")
    assert antwoord["Content-Disposition"] == 'attachment; filename="zorgbord-2026-11-03.xlsx"'
    blad: Any = load_workbook(io.BytesIO(antwoord.content)).active
    kop, *rijen = blad.iter_rows(values_only=True)
    (rij,) = (dict(zip(kop, waarden, strict=True)) for waarden in rijen)
    assert rij["Leerling"] == b.zoe.naam and rij["Groep"] == "6a" and rij["Zorgniveau"] == "2"
    assert rij["Vóór"].date() == VANDAAG - timedelta(days=12) and rij["Dagen te laat"] == 12
    assert rij["Sinds"].date() == VANDAAG - timedelta(weeks=9)


def test_alleen_wie_mag_meenemen(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    b = met_zorg
    assert inloggen(b.vervanger.gebruiker).get(f"{URL}excel/").status_code == 403
    blad: Any = load_workbook(io.BytesIO(inloggen(b.anna.gebruiker).get(f"{URL}excel/").content)).active
    assert blad.max_row == 4, "a head and the three of 6a"


def test_kijken_en_meenemen_staan_in_het_logboek(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    """With how many pupils were shown, and in words that people read."""
    b = met_zorg
    browser = inloggen(b.anna.gebruiker)
    browser.get(f"{URL}?toon=laat")
    browser.get(f"{URL}excel/")
    with schoolcontext([b.kogerveld]):
        regels = {
            regel.handeling: regel
            for regel in Logregel.objects.systeemtoegang(reden="test").filter(handeling__startswith="zorgbord")
        }
    assert {naam: regel.gegevens["leerlingen"] for naam, regel in regels.items()} == {
        "zorgbord_ingezien": 1, "zorgbord_meegenomen": 3,
    }  # fmt: skip
    assert {regel.actor_id for regel in regels.values()} == {b.anna.gebruiker.pk}
    tekst = inloggen(b.carla.gebruiker).get("/logboek/").content.decode()
    assert "bekeek het zorgbord" in tekst and "nam het zorgbord mee als bestand" in tekst


# -- what it costs ------------------------------------------------------------------------------------------------


def groei(b: Bezetting, nummers: range) -> None:
    """Pupils with care in groups of their own: a teacher, a parent, a meeting with a goal, a note."""
    with schoolcontext([b.kogerveld]):
        for n in nummers:
            groep = services.groep_zorgen(
                school=b.kogerveld, schooljaar=b.jaar, naam=f"5-{n}", soort="stamgroep", jaargroep="5", door=None
            )
            juf = fabriek.lid(b.kogerveld, f"Juf{n}", "leerkracht")
            services.toewijzen(persoon=juf.persoon, groep=groep, door=None)
            kind = fabriek.leerling(b.kogerveld, f"Kind{n}", groep=b.groep_6a if n % 2 else groep)
            fabriek.ouder(b.kogerveld, f"Ouder{n}", kind)
            fabriek.notitie(kind, b.carla.gebruiker)
            op_niveau(kind, str(2 + n % 4))
            met_doel(b, kind, VANDAAG + timedelta(days=n % 15 - 5))


@pytest.mark.traag
def test_evenveel_vragen_bij_2_als_bij_30(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    groei(b, range(2))
    paginas = [(f"{URL}{zoek}", lid, inloggen(lid.gebruiker)) for zoek, lid in (
        ("", b.carla), ("", b.anna), ("?q=kind&sorteer=groep&toon=laat", b.carla), ("excel/", b.carla)
    )]  # fmt: skip
    for url, _, browser in paginas:
        vragen(browser, url)  # what a process keeps after the first look
    weinig = [vragen(browser, url) for url, _, browser in paginas]
    groei(b, range(2, 30))
    for (url, _, browser), eerder in zip(paginas, weinig, strict=True):
        vergelijk(eerder, vragen(browser, url))
    assert bord(b, "carla").totaal == 30


# -- beside the board -----------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-03")
def test_per_klas_staat_welk_deel_extra_zorg_krijgt(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    """6a has five pupils of whom three on level 2 or higher, 6b two of whom one; who left does not count."""
    b = met_zorg
    with schoolcontext([b.kogerveld]):
        rijen = {a.groep: (a.leerlingen, a.zorg, a.procent) for a in aandelen(b.carla.gebruiker, [b.kogerveld])}
        eigen = [(a.groep, a.zorg) for a in aandelen(b.anna.gebruiker, [b.kogerveld])]
    assert rijen == {"6a": (5, 3, 60), "6b": (2, 1, 50), "Samen": (7, 4, 57)}
    assert eigen == [("6a", 3)]
    pagina = inloggen(b.dora.gebruiker).get(URL).content.decode()
    assert "Extra zorg per groep" in pagina
    assert "57 %" in pagina


def test_het_bord_toont_wat_nog_niemand_oppakt(met_zorg: Bezetting, inloggen: Inloggen) -> None:
    """The cast has two open signals about Bram; a substitute reads one of them, a teacher of 6b none."""
    b = met_zorg
    gewoon, vertrouwelijk = (
        f"/leerlingen/signalen/{b.extra[naam].pk}/" for naam in ("signaal", "signaal_vertrouwelijk")
    )
    gezien = {}
    for wie in ("carla", "anna", "vervanger", "bas"):
        pagina = inloggen(b.lid(wie).gebruiker).get(URL).content.decode()
        gezien[wie] = (gewoon in pagina, vertrouwelijk in pagina)
    assert gezien == {
        "carla": (True, True), "anna": (True, True), "vervanger": (True, False), "bas": (False, False),
    }  # fmt: skip
    with schoolcontext([b.kogerveld]):
        signaal_oppakken(signaal=b.extra["signaal"], waar="plan", door=b.anna.gebruiker)
    assert gewoon not in inloggen(b.carla.gebruiker).get(URL).content.decode()
