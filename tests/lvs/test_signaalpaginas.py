"""The pages of recorded signals: putting one down, the tab, the group overview and the week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from leerlingen import services as leerlingservices
from lvs import services
from lvs.models import VastgelegdSignaal
from plannen.models import Indeling
from tests.bouw import Bezetting, fabriek
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
INVOER = {"categorie": "werkhouding", "bron": "ouders", "tekst": "Thuis zit hij lang aan zijn taak.",
          "datum": "2026-11-02", "vertrouwelijkheid": "gewoon"}  # fmt: skip


def signalen(b: Bezetting, kind: Any) -> list[VastgelegdSignaal]:
    with schoolcontext([b.kogerveld]):
        alle = VastgelegdSignaal.objects.systeemtoegang(reden="test").filter(leerling=kind)
        return list(alle.select_related("stuk").order_by("pk"))


def leg_vast(b: Bezetting, kind: Any, categorie: str = "werkhouding", **velden: Any) -> VastgelegdSignaal:
    with schoolcontext([b.kogerveld]):
        velden = {"bron": "observatie", "tekst": "Gezien in de klas.", "door": b.anna.gebruiker} | velden
        return services.signaal_vastleggen(leerling=kind, categorie=categorie, **velden)


def overzicht(b: Bezetting, inloggen: Inloggen, zoek: str = "") -> str:
    pagina: str = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/{zoek}").content.decode()
    return pagina


def test_vastleggen_van_de_leerling_gaat_door_naar_wat_nu(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    assert f'href="/leerlingen/{b.aya.pk}/signaal/"' in browser.get(f"/leerlingen/{b.aya.pk}/").content.decode()
    antwoord = browser.post(f"/leerlingen/{b.aya.pk}/signaal/", INVOER)
    (signaal,) = signalen(b, b.aya)
    assert antwoord["Location"] == f"/leerlingen/signalen/{signaal.pk}/"
    assert (signaal.bron, signaal.stuk.datum, signaal.stand) == ("ouders", date(2026, 11, 2), "open")
    pagina = browser.get(antwoord["Location"]).content.decode()
    assert "Thuis zit hij lang aan zijn taak." in pagina
    assert "Volg de vijf stappen van de ondersteuning." in pagina
    assert "De ouders zeggen het" in pagina
    assert "Werkhouding" in browser.get(f"/leerlingen/{b.aya.pk}/").content.decode()


def test_vastleggen_van_het_groepsoverzicht_gaat_daarheen_terug(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    adres = f"/leerlingen/{b.zoe.pk}/signaal/?groep={b.groep_6a.pk}"
    assert adres in overzicht(b, inloggen)
    antwoord = inloggen(b.anna.gebruiker).post(adres, INVOER | {"groep": str(b.groep_6a.pk)})
    assert antwoord["Location"] == f"/groepen/{b.groep_6a.pk}/"
    vreemd = inloggen(b.anna.gebruiker).post(adres, INVOER | {"groep": str(b.groep_anders.pk)})
    assert vreemd["Location"].startswith("/leerlingen/signalen/")


@pytest.mark.parametrize(
    "fout",
    [{"categorie": ""}, {"tekst": ""}, {"datum": "2026-11-04"}, {"vertrouwelijkheid": "geheim"}, {"waar": "week"}],
)
def test_een_fout_formulier_komt_terug(bezetting: Bezetting, inloggen: Inloggen, fout: dict[str, str]) -> None:
    b = bezetting
    antwoord = inloggen(b.anna.gebruiker).post(f"/leerlingen/{b.aya.pk}/signaal/", INVOER | fout)
    assert antwoord.status_code == 422
    assert signalen(b, b.aya) == []


def test_de_stand_zetten_en_weer_openen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    adres = f"/leerlingen/signalen/{leg_vast(b, b.aya).pk}/"
    geweigerd = browser.post(f"{adres}stand/", {"stand": "afgesloten", "toelichting": ""})
    assert geweigerd.status_code == 422
    assert "waarom dit signaal klaar is" in geweigerd.content.decode()
    browser.post(f"{adres}stand/", {"stand": "opgepakt", "waar": "plan", "toelichting": "Tijdklok op tafel"})
    browser.post(f"{adres}stand/", {"stand": "afgesloten", "toelichting": "Het gaat goed"})
    pagina = browser.get(adres).content.decode()
    assert "Tijdklok op tafel" in pagina
    assert "Weer openen" in pagina
    tab = browser.get(f"/leerlingen/{b.aya.pk}/signalen/").content.decode()
    assert "Afgesloten (1)" in tab
    browser.post(f"{adres}stand/", {"stand": "open", "toelichting": ""})
    assert signalen(b, b.aya)[0].stand == "open"


# -- the group overview ---------------------------------------------------------------------------------------------


def test_het_overzicht_toont_wat_gezien_is_en_grijst_het_uit(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    signaal = leg_vast(b, b.zoe, "motoriek")
    pagina = overzicht(b, inloggen)
    assert f'href="/leerlingen/signalen/{signaal.pk}/"' in pagina
    assert "Nieuw signaal 3" in pagina
    with schoolcontext([b.kogerveld]):
        services.signaal_oppakken(signaal=signaal, waar="bespreking", door=b.anna.gebruiker)
    pagina = overzicht(b, inloggen)
    assert "bekend: motoriek, in bespreking" in pagina
    assert "Nieuw signaal 2" in pagina
    with schoolcontext([b.kogerveld]):
        services.signaal_afsluiten(signaal=signaal, reden="Opgelost", door=b.anna.gebruiker)
    assert f"/leerlingen/signalen/{signaal.pk}/" not in overzicht(b, inloggen)


def test_het_overzicht_filtert_op_categorie(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    leg_vast(b, b.zoe, "motoriek")
    leg_vast(b, b.aya, "snelle_leerder")
    assert "Motoriek 1" in overzicht(b, inloggen)
    pagina = overzicht(b, inloggen, "?toon=over:motoriek")
    assert f'href="/leerlingen/{b.zoe.pk}/"' in pagina
    assert f'href="/leerlingen/{b.aya.pk}/"' not in pagina
    assert "Niemand in deze selectie" in overzicht(b, inloggen, "?toon=over:werkhouding")


def test_wat_men_niet_mag_lezen_staat_niet_in_overzicht_chips_of_bestand(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    leg_vast(b, b.zoe, "motoriek", vertrouwelijkheid="geheim", door=b.carla.gebruiker)
    for wie in (b.anna, b.vervanger, b.specialist):
        browser = inloggen(wie.gebruiker)
        for adres in (f"/groepen/{b.groep_6a.pk}/", f"/groepen/{b.groep_6a.pk}/week/"):
            assert "otoriek" not in browser.get(adres).content.decode()
    assert "Motoriek 1" in inloggen(b.carla.gebruiker).get(f"/groepen/{b.groep_6a.pk}/").content.decode()


@pytest.mark.parametrize("url", ["/groepen/{groep}/", "/groepen/{groep}/week/", "/leerlingen/{bram}/signalen/"])
def test_evenveel_vragen_bij_twee_signalen_als_bij_dertig(bezetting: Bezetting, inloggen: Inloggen, url: str) -> None:
    b = bezetting
    adres = url.format(groep=b.groep_6a.pk, bram=b.bram.pk)
    browser = inloggen(b.anna.gebruiker)
    if url.startswith("/leerlingen/"):
        browser.defaults |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tab"}
    browser.get(adres)
    weinig = vragen(browser, adres)
    with schoolcontext([b.kogerveld]):
        kinderen = [fabriek.leerling(b.kogerveld, f"K{n}", groep=b.groep_6a) for n in range(14)]
    for kind in [*kinderen, b.bram]:
        leg_vast(b, kind, "motoriek")
        leg_vast(b, kind, "tempo_inhoud")
    vergelijk(weinig, vragen(browser, adres))


# -- what comes next, and the week ----------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-34")
def test_bij_een_berekend_signaal_staat_wat_de_school_doet_met_de_weg_daarheen(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """Bram dropped to IV; with an OPP and two insufficient method tests the parents hear it in between."""
    from lvs.signalering import Signaal
    from lvs.vervolg import Aanleiding, keuzes
    from tests.lvs.feitenmaker import profiel

    b = bezetting
    pagina = inloggen(b.anna.gebruiker).get(f"/leerlingen/{b.bram.pk}/signalen/").content.decode()
    assert "Maak een aantekening in het groepsplan en zet de extra zorg in de weektaak." in pagina
    assert f'href="/plannen/?groep={b.groep_6a.pk}"' in pagina
    regel = next(s for s in profiel().signalering if s.code == "opp_methode_onvoldoende")
    assert "ouders" in regel.wat_nu
    signaal = Signaal(regel.code, regel.naam, "rekenen", "rekenen", "zorg", regel.wat_nu, regel.gevolg)
    adressen = [keuze.url for keuze in keuzes(Aanleiding(signaal, b.bram.pk, b.groep_6a.pk, profiel()))]
    assert adressen == [f"/besprekingen/leerlingen/{b.bram.pk}/gesprek/?soort=ouders"]


@pytest.mark.acceptatie("K-19")
@pytest.mark.acceptatie("K-26")
def test_wat_bij_een_signaal_is_afgesproken_staat_in_de_weekplanning(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    week = f"/groepen/{b.groep_6a.pk}/week/"
    assert "rekenen gezakt naar IV" in browser.get(week).content.decode()
    knop = f"/leerlingen/{b.bram.pk}/signaal/?categorie=norm_gezakt&bron=lvs&vak=rekenen"
    formulier = browser.get(f"{knop}&tekst=Rekenen+gezakt&waar=week").content.decode()
    assert "Een norm gezakt" in formulier
    browser.post(
        f"/leerlingen/{b.bram.pk}/signaal/",
        INVOER | {"categorie": "norm_gezakt", "bron": "lvs", "vak": "rekenen", "waar": "week",
                  "actie": "Drie keer per week tafels aan de instructietafel", "datum": "2026-11-03"},
    )  # fmt: skip
    pagina = browser.get(week).content.decode()
    assert "Drie keer per week tafels aan de instructietafel" in pagina
    assert "rekenen gezakt naar IV" not in pagina  # answered: it stands there as agreed
    assert "rekenen gezakt naar IV" not in overzicht(b, inloggen, "?toon=nieuw")


@pytest.mark.acceptatie("K-20")
def test_wie_extra_begeleiding_krijgt_in_het_groepsplan_staat_in_de_weekplanning(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """A V-score puts the pupil in the intensive arrangement of the group plan; from there in the week overview."""
    from leerlingen.models import Document
    from plannen.services import groepsplan_bijwerken
    from tests.bouw.lvs_plannen import uitslag

    b = bezetting
    with schoolcontext([b.kogerveld]):
        services.resultaten_vastleggen(school=b.kogerveld, invoer=[uitslag(b.zoe, "V", 55)], door=None)
        groepsplan_bijwerken(plan=b.extra["groepsplan"], door=b.anna.gebruiker)
        plek = Indeling.objects.systeemtoegang(reden="test").get(plan=b.extra["groepsplan"], leerling=b.zoe)
        assert plek.arrangement == "intensief"
        papieren = Document.objects.systeemtoegang(reden="test").filter(pk=b.extra["groepsplan"].document_id)
        papieren.update(status="besproken")
    pagina = inloggen(b.anna.gebruiker).get(f"/groepen/{b.groep_6a.pk}/week/").content.decode()
    rij = pagina[pagina.index(f'href="/leerlingen/{b.zoe.pk}/signalen/"') :]
    assert "Rekenen: intensief arrangement" in rij[: rij.index("</tr>")]


def test_een_gedeeld_signaal_staat_in_het_portaal_zonder_weg_naar_binnen(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    signaal = b.extra["signaal"]
    with schoolcontext([b.kogerveld]):
        leerlingservices.publiceren(stuk=signaal.stuk, door=b.anna.gebruiker)
        services.signaal_oppakken(signaal=signaal, waar="plan", toelichting="Van het team", door=b.anna.gebruiker)
    browser = inloggen(b.dirk.gebruiker)
    pagina = browser.get(f"/ouders/stukken/{signaal.stuk_id}/")
    assert "drie keer niet af" in pagina.content.decode()
    assert "Van het team" not in pagina.content.decode()
    assert "/leerlingen/signalen/" not in pagina.content.decode()
    assert browser.get(f"/leerlingen/signalen/{signaal.pk}/").status_code == 404
