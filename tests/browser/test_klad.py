"""Forms that do not save themselves: a lost session, a refusal or a failing server loses nothing that was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Browsers, log_in
from tests.browser.huis import Huis

Kijk = Callable[[Any], None]
TERUG = re.compile("Dit stond hier nog van .*; het is niet verstuurd")
FORMULIEREN = [
    (
        "/leerlingen/{}/notitie/",
        "In het dossier zetten",
        {
            "titel": "Buitenspelen",
            "datum": "2026-10-30",
            "tekst": "Speelt alleen.",
            "vertrouwelijkheid": "vertrouwelijk",
        },
    ),
    (
        "/leerlingen/{}/signaal/",
        "Signaal vastleggen",
        {"tekst": "Komt vaak moe op school.", "bron": "ouders", "datum": "2026-10-29", "actie": "Ouders bellen"},
    ),
    (
        "/besprekingen/leerlingen/{}/gesprek/",
        "In het dossier zetten",
        {"soort": "kind", "op": "2026-10-28", "tekst": "Hij wil graag\nnaast Sem zitten."},
    ),
    (
        "/besprekingen/leerlingen/{}/nieuw/",
        "Plannen en uitnodigen",
        {"dag": "2026-11-19", "tijd": "14:45", "plaats": "Kamer 3", "hulpvraag": "Hoe krijgen we rust?"},
    ),
]


def veld(pagina: Any, naam: str) -> Any:
    return pagina.locator(f"main form [name={naam}]").first


def vul(pagina: Any, waarden: dict[str, str]) -> None:
    pagina.locator("main form details").evaluate_all("(alle) => alle.forEach((lade) => { lade.open = true; })")
    for naam, waarde in waarden.items():
        if veld(pagina, naam).evaluate("(veld) => veld.matches('select')"):
            veld(pagina, naam).select_option(waarde)
        else:
            veld(pagina, naam).fill(waarde)


def staat_er(pagina: Any, namen: dict[str, str]) -> dict[str, str]:
    return {naam: veld(pagina, naam).input_value() for naam in namen}


def op_dit_apparaat(pagina: Any) -> list[str]:
    """The drafts that this tab keeps."""
    return list(pagina.evaluate("Object.keys(sessionStorage).filter((sleutel) => sleutel.includes(':klad:'))"))


def sessie_kwijt(pagina: Any, knop: str) -> None:
    """Send the form without a session: the sign-in page comes."""
    pagina.context.clear_cookies(name="sessionid")
    pagina.get_by_role("button", name=knop).click()
    pagina.get_by_label("Wachtwoord", exact=True).wait_for()


def log_hier_in(pagina: Any, school: Huis, wie: str) -> None:
    """On the sign-in page that came in place of an answer; it leads back to where one was."""
    pagina.get_by_label("E-mail").fill(school.adres_van(wie))
    pagina.get_by_label("Wachtwoord", exact=True).fill(school.gegevens["wachtwoord"])
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_url(lambda url: "/inloggen/" not in url)


@pytest.mark.parametrize(("adres", "knop", "waarden"), FORMULIEREN, ids=["notitie", "signaal", "gesprek", "bespreking"])
def test_een_verlopen_sessie_verliest_geen_woord(
    adres: str, knop: str, waarden: dict[str, str], als: Callable[..., Any], school: Huis, kijk: Kijk
) -> None:
    pagina = als("anna", vers=True)
    adres = adres.format(school.id("bram"))
    pagina.goto(adres)
    keuzes = pagina.locator("main form [type=radio]")
    vul(pagina, waarden)
    if keuzes.count():
        keuzes.nth(1).check()
    sessie_kwijt(pagina, knop)
    log_hier_in(pagina, school, "anna")
    pagina.wait_for_url(f"**{adres}")
    pagina.get_by_text(TERUG).wait_for()
    kijk(pagina)
    assert staat_er(pagina, waarden) == waarden
    if keuzes.count():
        assert keuzes.nth(1).is_checked()
    pagina.get_by_role("button", name=knop).click()
    pagina.wait_for_url(lambda url: adres not in url)
    # the school has it now: nothing is put back
    assert op_dit_apparaat(pagina) == []
    pagina.goto(adres)
    assert veld(pagina, "tekst" if "tekst" in waarden else "hulpvraag").input_value() == ""
    assert pagina.get_by_text(TERUG).count() == 0


def test_terug_van_een_foutpagina_staat_ook_een_los_veld_er_nog(
    als: Callable[..., Any], school: Huis, kijk: Kijk
) -> None:
    """What the error page promises; the browser itself does not remember a field without autocomplete."""
    pagina = als("carla", vers=True)
    pagina.goto(f"/besprekingen/{school.id('bespreking')}/")
    waarden = {"onderwerp": "Buitenspelen bij regen"}
    vul(pagina, waarden)
    pagina.context.clear_cookies(name="csrftoken")
    pagina.get_by_role("button", name="Op de agenda").click()
    pagina.get_by_role("heading", name="Deze pagina stond te lang open").wait_for()
    pagina.go_back()
    pagina.get_by_text(TERUG).wait_for()
    assert staat_er(pagina, waarden) == waarden
    kijk(pagina)


def test_leegmaken_geeft_de_pagina_zoals_zij_kwam(als: Callable[..., Any], school: Huis) -> None:
    pagina = als("anna")
    adres, _, waarden = FORMULIEREN[0]
    pagina.goto(adres.format(school.id("bram")))
    eerst = staat_er(pagina, waarden)
    vul(pagina, waarden)
    pagina.goto("/")
    pagina.goto(adres.format(school.id("bram")))
    assert staat_er(pagina, waarden) == waarden
    pagina.get_by_role("button", name="Leegmaken").click()
    assert staat_er(pagina, waarden) == eerst
    assert pagina.get_by_text(TERUG).count() == 0
    assert op_dit_apparaat(pagina) == []


def test_een_ander_kind_een_ander_mens_en_uitloggen(
    als: Callable[..., Any], browsers: Browsers, school: Huis, kijk: Kijk
) -> None:
    pagina = als("anna", vers=True)
    adres, knop, waarden = FORMULIEREN[0]
    van_bram = adres.format(school.id("bram"))
    pagina.goto(van_bram)
    vul(pagina, waarden)
    # words about one child do not come with another
    pagina.goto(adres.format(school.id("aya")))
    assert veld(pagina, "tekst").input_value() == ""
    pagina.goto(van_bram)
    sessie_kwijt(pagina, knop)
    # a colleague signs in on this device
    log_hier_in(pagina, school, "carla")
    pagina.goto(van_bram)
    assert veld(pagina, "tekst").input_value() == ""
    assert pagina.get_by_text(TERUG).count() == 0
    pagina.locator(".onder").get_by_role("button", name="Uitloggen").click()
    pagina.wait_for_url("**/inloggen/**")
    # the first finds it again, until signing out
    log_in(pagina, school.adres_van("anna"), school.gegevens["wachtwoord"])
    pagina.wait_for_url(lambda url: "/inloggen/" not in url)
    pagina.goto(van_bram)
    assert staat_er(pagina, waarden) == waarden
    pagina.locator(".onder").get_by_role("button", name="Uitloggen").click()
    pagina.wait_for_url("**/inloggen/**")
    assert op_dit_apparaat(pagina) == []


def test_uitloggen_in_een_ander_tabblad_wist_ook_hier(als: Callable[..., Any], school: Huis) -> None:
    pagina = als("anna", vers=True)
    adres, _, waarden = FORMULIEREN[0]
    pagina.goto(adres.format(school.id("bram")))
    vul(pagina, waarden)
    assert len(op_dit_apparaat(pagina)) == 1
    ander = pagina.context.new_page()
    ander.goto("/")
    ander.locator(".onder").get_by_role("button", name="Uitloggen").click()
    ander.wait_for_url("**/inloggen/**")
    pagina.wait_for_function("!Object.keys(sessionStorage).some((sleutel) => sleutel.includes(':klad:'))")


def test_na_een_foutpagina_staat_het_er_nog(als: Callable[..., Any], school: Huis) -> None:
    """Also when one goes on from there: an error page is not the answer to what was sent."""
    pagina = als("anna", vers=True)
    adres, knop, waarden = FORMULIEREN[0]
    pagina.goto(adres.format(school.id("bram")))
    vul(pagina, waarden)
    pagina.context.clear_cookies(name="csrftoken")
    pagina.get_by_role("button", name=knop).click()
    pagina.get_by_role("heading", name="Deze pagina stond te lang open").wait_for()
    pagina.get_by_role("link", name="Naar de startpagina").click()
    pagina.get_by_role("heading", name="Nu te doen").wait_for()
    pagina.goto(adres.format(school.id("bram")))
    pagina.get_by_text(TERUG).wait_for()
    assert staat_er(pagina, waarden) == waarden


def test_een_geweigerd_formulier_houdt_wat_er_staat(als: Callable[..., Any], school: Huis) -> None:
    """The same page with an error: nothing is said, and a session lost after it loses nothing either."""
    pagina = als("anna", vers=True)
    adres, knop, waarden = FORMULIEREN[0]
    pagina.goto(adres.format(school.id("bram")))
    vul(pagina, waarden | {"datum": "2027-01-01"})
    pagina.get_by_role("button", name=knop).click()
    pagina.get_by_text("De datum ligt in de toekomst.").wait_for()
    assert pagina.get_by_text(TERUG).count() == 0
    assert op_dit_apparaat(pagina)
    vul(pagina, waarden)
    sessie_kwijt(pagina, knop)
    log_hier_in(pagina, school, "anna")
    pagina.get_by_text(TERUG).wait_for()
    assert staat_er(pagina, waarden) == waarden
