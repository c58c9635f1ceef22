"""The pages of this floor: my groups, the overview, the tab of a pupil, entering, correcting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from leerlingen import services as leerlingservices
from lvs import services
from lvs.models import Resultaat
from tests.bouw import Bezetting, fabriek
from tests.bouw.lvs_plannen import E5, M5, uitslag
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]


def tabeladres(b: Bezetting, **anders: str) -> str:
    velden = {
        "groep": str(b.groep_6b.pk), "toets": "cito_rekenen:rekenen", "moment": "E5", "afnamedatum": "2026-06-10",
        "versie": "",
    } | anders  # fmt: skip
    return "/toetsen/invoeren/?" + "&".join(f"{naam}={waarde}" for naam, waarde in velden.items())


def resultaten(**zoek: Any) -> Any:
    return Resultaat.objects.systeemtoegang(reden="test").filter(**zoek)


# -- groups -------------------------------------------------------------------------------------------------------


def test_met_een_groep_gaat_men_er_meteen_heen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    antwoord = inloggen(bezetting.anna.gebruiker).get("/groepen/")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == f"/groepen/{bezetting.groep_6a.pk}/"


def test_de_ib_er_ziet_alle_groepen_met_hun_leerkrachten(bezetting: Bezetting, inloggen: Inloggen) -> None:
    pagina = inloggen(bezetting.carla.gebruiker).get("/groepen/").content.decode()
    for groep in (bezetting.groep_6a, bezetting.groep_6b, bezetting.plusgroep):
        assert f'href="/groepen/{groep.pk}/"' in pagina
    assert f"/groepen/{bezetting.groep_anders.pk}/" not in pagina
    assert bezetting.bas.persoon.naam in pagina


def test_zonder_groep_staat_er_wat_men_kan_doen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    pagina = inloggen(bezetting.beheerder.gebruiker).get("/groepen/").content.decode()
    assert "Nog geen groep" in pagina


@pytest.mark.acceptatie("M-22")
@pytest.mark.acceptatie("M-113")
@pytest.mark.acceptatie("M-114")
def test_het_overzicht_toont_iedere_leerling_met_niveaus_groei_en_signaal(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    pagina = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/").content.decode()
    for leerling in (b.bram, b.aya, b.zoe, b.mononiem):
        assert f"/leerlingen/{leerling.pk}/" in pagina
    assert "<b>Bobby</b>" not in pagina
    assert f"/leerlingen/{b.chris.pk}/" not in pagina
    assert "rekenen gezakt naar IV" in pagina
    assert "ruime voorsprong rekenen" in pagina
    assert "+1" in pagina
    assert "Nieuw signaal 2" in pagina
    with schoolcontext([b.kogerveld]):
        regel = Logregel.objects.systeemtoegang(reden="test").get(
            handeling="groepsoverzicht_ingezien", actor_id=b.anna.gebruiker.pk
        )
    assert regel.object_id == b.groep_6a.pk


def test_filters_tellen_alleen_wie_men_ziet(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The composite group has a pupil of 6a and one of 6b: the assistant of Bram sees neither."""
    b = bezetting
    ib = inloggen(b.carla.gebruiker).get(f"/groepen/{b.plusgroep.pk}/").content.decode()
    assert "Alle 2" in ib
    with schoolcontext([b.kogerveld]):
        leerlingservices.toewijzen(persoon=b.specialist.persoon, groep=b.plusgroep, rol="assistent", door=None)
    antwoord = inloggen(b.rt.gebruiker).get(f"/groepen/{b.plusgroep.pk}/")
    assert antwoord.status_code == 404


def test_een_filter_toont_alleen_die_leerlingen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    nieuw = browser.get(f"/groepen/{b.groep_6a.pk}/?toon=nieuw").content.decode()
    assert b.bram.naam in nieuw
    assert b.mononiem.naam not in nieuw
    leeg = browser.get(f"/groepen/{b.groep_6a.pk}/?toon=leerlijn").content.decode()
    assert "Niemand in deze selectie" in leeg


def test_sorteren_zet_wat_aandacht_vraagt_bovenaan(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    gewoon = browser.get(f"/groepen/{b.groep_6a.pk}/").content.decode()
    assert gewoon.index(f"/leerlingen/{b.aya.pk}/") < gewoon.index(f"/leerlingen/{b.bram.pk}/")
    rekenen = browser.get(f"/groepen/{b.groep_6a.pk}/?sorteer=rekenen").content.decode()
    assert rekenen.index(f"/leerlingen/{b.bram.pk}/") < rekenen.index(f"/leerlingen/{b.aya.pk}/")
    assert browser.get(f"/groepen/{b.groep_6a.pk}/?sorteer=onzin&vak=%FF&toon=x").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/groepen/{groep}/",
        "/plannen/{plan}/",
        "/leerlingen/{bram}/resultaten/",
        "/leerlingen/{bram}/plannen/",
        "/toetsen/",
    ],
)
def test_evenveel_vragen_bij_twee_als_bij_dertig_leerlingen(bezetting: Bezetting, inloggen: Inloggen, url: str) -> None:
    b = bezetting
    adres = url.format(groep=b.groep_6a.pk, plan=b.extra["groepsplan"].pk, bram=b.bram.pk)  # type: ignore[attr-defined]
    browser = inloggen(b.anna.gebruiker)
    if url.startswith("/leerlingen/"):  # the tab alone: what stands around it is counted where it is made
        browser.defaults |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tab"}
    browser.get(adres)
    weinig = vragen(browser, adres)
    with schoolcontext([b.kogerveld]):
        kinderen = [fabriek.leerling(b.kogerveld, f"K{n}", groep=b.groep_6a) for n in range(28)]
        rijen = [
            uitslag(kind, "III", 70 + groei, moment=moment, afnamedatum=dag)
            for kind in [*kinderen, b.zoe]
            for moment, dag, groei in (("M5", M5, 0), ("E5", E5, 6))
        ]
        services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen, door=None)
        from plannen.services import groepsplan_bijwerken

        groepsplan_bijwerken(plan=b.extra["groepsplan"], door=None)  # type: ignore[arg-type]
    vergelijk(weinig, vragen(browser, adres))


def test_excel_geeft_alleen_wie_men_mag_meenemen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    antwoord = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/excel/")
    blad = load_workbook(BytesIO(antwoord.content)).active
    assert blad is not None
    rijen = [[vak.value for vak in rij] for rij in blad.iter_rows()]
    assert rijen[0][:2] == ["Leerling", "Zorgniveau"]
    assert "'); DROP TABLE x; --" in str(rijen), "text stays text"
    assert all(vak.data_type != "f" for rij in blad.iter_rows() for vak in rij)
    assert len(rijen) == 6
    assert inloggen(b.vervanger.gebruiker).get(f"/groepen/{b.groep_6a.pk}/excel/").status_code == 403
    assert inloggen(b.bas.gebruiker).get(f"/groepen/{b.groep_6a.pk}/excel/").status_code == 404


def test_een_formule_in_een_naam_blijft_tekst(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        fabriek.leerling(b.kogerveld, "=1+2", "cmd|calc", groep=b.groep_6a)
    antwoord = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/excel/")
    blad = load_workbook(BytesIO(antwoord.content)).active
    assert blad is not None
    vak = next(rij[0] for rij in blad.iter_rows() if str(rij[0].value).startswith("="))
    assert vak.data_type == "s"


# -- one pupil ----------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-98")
@pytest.mark.acceptatie("A-25")
def test_het_tabblad_toont_vakken_met_grafiek_tabel_en_signaal(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    pagina = inloggen(b.anna.gebruiker).get(f"/leerlingen/{b.bram.pk}/resultaten/").content.decode()
    assert "Rekenen-Wiskunde: M5 70, E5 71." in pagina, "the chart says in words what it shows"
    assert "Groei van M5 naar E5: <b>+1</b>" in pagina
    assert "rekenen gezakt naar IV" in pagina
    assert "Cito Spelling E5" in pagina


def test_een_specialist_ziet_op_het_tabblad_alleen_het_eigen_vak(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    pagina = inloggen(b.specialist.gebruiker).get(f"/leerlingen/{b.bram.pk}/resultaten/").content.decode()
    assert "Cito Rekenen-Wiskunde E5" in pagina
    assert "Cito Spelling" not in pagina
    assert "Resultaat invoeren" not in pagina


@pytest.mark.acceptatie("A-28")
def test_een_gedeelde_reeks_leest_een_ouder_in_het_portaal(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    stuk = b.extra["reeks"].stuk  # type: ignore[attr-defined]
    ouder = inloggen(b.dirk.gebruiker)
    assert ouder.get(f"/ouders/stukken/{stuk.pk}/").status_code == 404
    with schoolcontext([b.kogerveld]):
        leerlingservices.publiceren(stuk=stuk, door=b.anna.gebruiker)
    pagina = ouder.get(f"/ouders/stukken/{stuk.pk}/").content.decode()
    assert "M5 70, E5 71" in pagina
    assert "gezakt" not in pagina
    assert "Verbeteren" not in pagina


# -- entering -----------------------------------------------------------------------------------------------------


def test_een_hele_groep_in_een_keer(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.bas.gebruiker)
    adres = tabeladres(b, moment="m6", afnamedatum="2026-11-02")
    pagina = browser.get(adres).content.decode()
    assert b.dunya.naam in pagina
    assert "E5 III" in pagina, "what Chris had before"
    antwoord = browser.post(
        adres,
        {
            f"niveau-{b.chris.pk}": "ii", f"score-{b.chris.pk}": "81,5",
            f"niveau-{b.dunya.pk}": "77", f"score-{b.dunya.pk}": "iv",
        },
    )  # fmt: skip
    assert antwoord.status_code == 302
    with schoolcontext([b.kogerveld]):
        gevonden = {r.leerling_id: r for r in resultaten(moment="M6")}
        assert (gevonden[b.chris.pk].niveau, gevonden[b.chris.pk].vaardigheidsscore) == ("II", 81.5)
        assert (gevonden[b.dunya.pk].niveau, gevonden[b.dunya.pk].vaardigheidsscore) == ("IV", 77)
    terug = browser.get(antwoord["Location"])
    assert terug.status_code == 200
    assert "2 resultaten bewaard." in terug.content.decode()


def test_een_fout_houdt_de_rest_niet_tegen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    adres = tabeladres(b, moment="M6", afnamedatum="2026-11-02")
    antwoord = inloggen(b.bas.gebruiker).post(
        adres, {f"niveau-{b.chris.pk}": "II", f"niveau-{b.dunya.pk}": "IX", f"score-{b.dunya.pk}": "12"}
    )
    assert antwoord.status_code == 422
    pagina = antwoord.content.decode()
    assert "Het niveau «IX» hoort niet bij Cito Rekenen-Wiskunde" in pagina
    assert 'value="IX"' in pagina, "what was typed stays"
    assert "1 resultaat bewaard." in pagina
    with schoolcontext([b.kogerveld]):
        assert resultaten(moment="M6").get().leerling_id == b.chris.pk


def test_wat_een_ander_intussen_veranderde_blijft_staan(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Bas opens the table; somebody corrects Chris; Bas saves only what he changed himself."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        services.resultaat_corrigeren(
            resultaat=b.extra["resultaat_6b"],  # type: ignore[arg-type]
            niveau="V",
            door=b.carla.gebruiker,
        )
    inloggen(b.bas.gebruiker).post(
        tabeladres(b),
        {
            f"niveau-{b.chris.pk}": "III", f"was-niveau-{b.chris.pk}": "III",
            f"score-{b.chris.pk}": "75", f"was-score-{b.chris.pk}": "75",
            f"niveau-{b.dunya.pk}": "II",
        },
    )  # fmt: skip
    with schoolcontext([b.kogerveld]):
        assert resultaten(leerling=b.chris).get().niveau == "V"
        assert resultaten(leerling=b.dunya).get().niveau == "II"


def test_leeg_laten_haalt_niets_weg(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    antwoord = inloggen(b.bas.gebruiker).post(
        tabeladres(b),
        {f"niveau-{b.chris.pk}": "", f"was-niveau-{b.chris.pk}": "III", f"score-{b.chris.pk}": ""},
    )
    assert antwoord.status_code == 302
    with schoolcontext([b.kogerveld]):
        assert resultaten(leerling=b.chris).get().niveau == "III"


def test_een_methodetoets_neemt_een_percentage(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    adres = tabeladres(b, toets="methodetoets:rekenen", moment="blok 2", afnamedatum="2026-10-01")
    browser = inloggen(b.bas.gebruiker)
    assert "Percentage goed" in browser.get(adres).content.decode()
    browser.post(adres, {f"score-{b.dunya.pk}": "82"})
    with schoolcontext([b.kogerveld]):
        rij = resultaten(leerling=b.dunya).get()
        assert (rij.ruwe_score, rij.methodetoets, rij.moment) == (82, True, "blok 2")


@pytest.mark.parametrize(
    "anders",
    [
        {"afnamedatum": "gisteren"},
        {"afnamedatum": ""},
        {"toets": "bestaat:niet"},
        {"moment": ""},
        {"groep": "999999"},
        {"groep": "x' or 1=1"},
        {"moment": "x" * 41},
    ],
)
def test_een_vreemde_keuze_geeft_een_formulier_met_uitleg(
    bezetting: Bezetting, inloggen: Inloggen, anders: dict[str, str]
) -> None:
    antwoord = inloggen(bezetting.bas.gebruiker).get(tabeladres(bezetting, **anders))
    assert antwoord.status_code == 422
    assert "data-invoertabel" not in antwoord.content.decode()


def test_men_voert_alleen_in_voor_eigen_groepen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    adres = tabeladres(b, groep=str(b.groep_6a.pk))
    assert inloggen(b.bas.gebruiker).get(adres).status_code == 422
    inloggen(b.bas.gebruiker).post(adres, {f"niveau-{b.bram.pk}": "I"})
    with schoolcontext([b.kogerveld]):
        assert resultaten(leerling=b.bram, vak="rekenen", moment="E5").get().niveau == "IV"
    for wie in ("specialist", "assistent", "beheerder", "dirk", "extern"):
        pagina = inloggen(b.lid(wie).gebruiker).get("/toetsen/invoeren/").content.decode()
        assert "Geen groep om voor in te voeren" in pagina, wie


def test_een_resultaat_verbeteren_en_weghalen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    resultaat: Any = b.extra["resultaat"]
    browser = inloggen(b.anna.gebruiker)
    adres = f"/toetsen/resultaten/{resultaat.pk}/"
    velden = {
        "toets": "cito_rekenen:rekenen", "moment": "E5", "afnamedatum": "2026-06-10", "niveau": "V",
        "vaardigheidsscore": "60,5",
    }  # fmt: skip
    assert browser.post(adres, velden | {"niveau": "Q"}).status_code == 422
    assert browser.post(adres, velden).status_code == 302
    pagina = browser.get(adres).content.decode()
    assert "E5 · IV · vaardigheidsscore 71" in pagina
    assert 'value="60,5"' in pagina
    weg = f"{adres}weghalen/"
    assert browser.post(weg, {"reden": ""}).status_code == 422
    assert browser.post(weg, {"reden": "Van een ander kind"}).status_code == 302
    assert browser.get(adres).status_code == 404


def test_een_resultaat_van_een_leerling_invoeren(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    adres = f"/toetsen/leerling/{b.zoe.pk}/"
    velden = {"toets": "scol:sociaal_emotioneel", "onderdeel": "aardig doen", "moment": "najaar", "niveau": "B"}
    assert browser.post(adres, velden).status_code == 422, "the day is missing"
    assert browser.post(adres, velden | {"afnamedatum": "2026-10-20"}).status_code == 302
    with schoolcontext([b.kogerveld]):
        rij = resultaten(leerling=b.zoe).get()
        assert (rij.onderdeel, rij.niveau, rij.vak) == ("aardig doen", "B", "sociaal_emotioneel")
    assert inloggen(b.specialist.gebruiker).get(adres).status_code == 403
    assert inloggen(b.bas.gebruiker).get(adres).status_code == 404


def test_de_startpagina_zegt_hoe_ver_iedere_groep_is(bezetting: Bezetting, inloggen: Inloggen) -> None:
    pagina = inloggen(bezetting.carla.gebruiker).get("/toetsen/").content.decode()
    assert "10 juni" in pagina
    assert "Uitslagen invoeren" in pagina
    niemand = inloggen(bezetting.beheerder.gebruiker).get("/toetsen/").content.decode()
    assert "Geen groep om voor in te voeren" in niemand


def test_op_de_dag_voor_het_schooljaar_werkt_het_overzicht_van_straks(
    bezetting: Bezetting, inloggen: Inloggen, klok_op: Callable[[str], None]
) -> None:
    klok_op("2027-08-15")
    assert inloggen(bezetting.carla.gebruiker).get(f"/groepen/{bezetting.groep_6a.pk}/").status_code == 200
    assert date(2027, 8, 15) > bezetting.jaar.periode.upper
