"""Coming in: wrong passwords, invitations, a page that stood open too long, a session lost while writing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Browsers, kies_wachtwoord, log_in
from tests.browser.huis import CHECKOUT, PYTHON, Huis, Mail, wacht_op

GEKOZEN = "vier groene fietsen buiten"


@pytest.fixture
def genodigde(als: Callable[..., Any], school: Huis, request: pytest.FixtureRequest) -> tuple[str, Mail]:
    """Somebody new whom the administrator just invited on screen: the address, and the mail that came."""
    adres = f"{re.sub('[^a-z]+', '.', request.node.name).strip('.')}@de-kogerveld.test"
    pagina = als("beheerder")
    pagina.goto("/beheer/mensen/")
    pagina.get_by_role("link", name="Iemand toevoegen").first.click()
    pagina.get_by_label("Voornaam").fill("Nynke")
    pagina.get_by_label("Achternaam").fill(f"Nieuw {request.node.name}")
    pagina.get_by_label("E-mailadres").fill(adres)
    pagina.get_by_role("button", name="Toevoegen").click()
    pagina.get_by_label("Rol", exact=True).select_option("directeur")
    pagina.get_by_role("button", name="Rol geven").click()
    pagina.get_by_text("De rol is gegeven.").wait_for()
    pagina.get_by_role("button", name="Uitnodigen").click()
    pagina.get_by_text("De uitnodiging gaat naar").wait_for()
    return adres, school.laatste_mail(adres)


def test_uitnodiging_tot_en_met_inloggen(
    genodigde: tuple[str, Mail], browsers: Browsers, school: Huis, kijk: Callable[[Any], None]
) -> None:
    adres, mail = genodigde
    (link, _) = mail.links
    pagina = browsers.nieuw(school, breedte=360)
    pagina.goto(link)
    kijk(pagina)
    kies_wachtwoord(pagina, link, GEKOZEN)
    pagina.get_by_role("heading", name="Uw wachtwoord is bewaard").wait_for()
    kijk(pagina)
    pagina.get_by_role("link", name="Inloggen").click()
    log_in(pagina, adres, GEKOZEN)
    pagina.get_by_role("heading", name="Nu te doen").wait_for()


def test_uitnodiging_werkt_eenmaal(
    genodigde: tuple[str, Mail], browsers: Browsers, school: Huis, kijk: Callable[[Any], None]
) -> None:
    _, mail = genodigde
    kies_wachtwoord(browsers.nieuw(school), mail.links[0], GEKOZEN)
    tweede = browsers.nieuw(school)
    tweede.goto(mail.links[0])
    tweede.get_by_role("heading", name="Deze link werkt niet meer").wait_for()
    tweede.get_by_role("link", name="Vraag een nieuwe link aan").wait_for()
    kijk(tweede)


@pytest.mark.parametrize("bron", ["verlopen", "verminkt"])
def test_oude_of_verminkte_uitnodiging(
    bron: str, genodigde: tuple[str, Mail], browsers: Browsers, school: Huis
) -> None:
    adres, mail = genodigde
    link = mail.links[0][:-4] + "xyz/" if bron == "verminkt" else _link_van_acht_dagen_oud(school, adres)
    pagina = browsers.nieuw(school)
    pagina.goto(link)
    pagina.get_by_role("heading", name="Deze link werkt niet meer").wait_for()
    pagina.get_by_role("link", name="Vraag een nieuwe link aan").click()
    pagina.get_by_label("E-mail").fill(adres)
    pagina.get_by_role("button", name="Stuur de mail").click()
    pagina.get_by_role("heading", name="Kijk in uw mail").wait_for()
    kies_wachtwoord(pagina, school.laatste_mail(adres, na=1).links[0], GEKOZEN)
    pagina.get_by_role("heading", name="Uw wachtwoord is bewaard").wait_for()


def _link_van_acht_dagen_oud(school: Huis, adres: str) -> str:
    """What the mail held, had it been sent eight days ago: the same token with an older date, rightly signed."""
    programma = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'zorg.settings'; django.setup()\n"
        "from allauth.account.forms import default_token_generator as maker\n"
        "from allauth.account.utils import user_pk_to_url_str\n"
        "from django.conf import settings; from django.urls import reverse\n"
        "from zorg.kern.models import Gebruiker\n"
        f"wie = Gebruiker.objects.get(email={adres!r})\n"
        "toen = maker._num_seconds(maker._now()) - 8 * 24 * 3600\n"
        "sleutel = maker._make_token_with_timestamp(wie, toen, maker.secret)\n"
        "wat = {'uidb36': user_pk_to_url_str(wie), 'key': sleutel}\n"
        "print(settings.ADRES + reverse('account_reset_password_from_key', kwargs=wat))\n"
    )
    klaar = subprocess.run(
        [str(PYTHON), "-c", programma], cwd=CHECKOUT, env=school.omgeving, capture_output=True, text=True, check=True
    )
    return klaar.stdout.strip()


def test_tien_keer_een_fout_wachtwoord(browsers: Browsers, school: Huis, kijk: Callable[[Any], None]) -> None:
    adres, goed = school.adres_van("assistent"), school.gegevens["wachtwoord"]
    pagina = browsers.nieuw(school)
    meldingen = []
    for keer in range(10):
        log_in(pagina, adres, f"fout wachtwoord {keer}")
        meldingen.append(pagina.get_by_role("alert").first.inner_text())
    assert "horen niet bij elkaar" in meldingen[0]
    assert "te veel pogingen" in meldingen[-1]
    assert "vijf minuten" in meldingen[-1]
    kijk(pagina)
    # also with the right password, for a while; and it says so
    log_in(pagina, adres, goed)
    pagina.get_by_role("alert").first.get_by_text("te veel pogingen").wait_for()
    # somebody else at the same school is not kept out by it
    log_in(browsers.nieuw(school), school.adres_van("rt"), goed)
    school.wis_tellers()  # five minutes later
    log_in(pagina, adres, goed)
    pagina.get_by_role("heading", name="Nu te doen").wait_for()


def test_onbekend_adres_zegt_hetzelfde(browsers: Browsers, school: Huis) -> None:
    pagina = browsers.nieuw(school)
    log_in(pagina, school.adres_van("rt"), "fout wachtwoord")
    bekend = pagina.get_by_role("alert").first.inner_text()
    log_in(pagina, "niemand@nergens.test", "fout wachtwoord")
    assert pagina.get_by_role("alert").first.inner_text() == bekend


def test_formulier_van_gisteren(als: Callable[..., Any], kijk: Callable[[Any], None], school: Huis) -> None:
    pagina = als("anna", vers=True)
    pagina.goto(f"/leerlingen/{school.id('bram')}/notitie/")
    pagina.get_by_label("Waar gaat het over?").fill("Een gesprek")
    pagina.get_by_label("Notitie").fill("Dit wil ik niet kwijt.")
    pagina.context.clear_cookies(name="csrftoken")
    pagina.get_by_role("button", name="In het dossier zetten").click()
    pagina.get_by_role("heading", name="Deze pagina stond te lang open").wait_for()
    kijk(pagina)
    assert pagina.get_by_text("uw tekst is niet weg").is_visible()
    pagina.go_back()
    assert pagina.get_by_label("Notitie").input_value() == "Dit wil ik niet kwijt."


def test_sessie_kwijt_tijdens_schrijven(
    als: Callable[..., Any], browsers: Browsers, school: Huis, kijk: Callable[[Any], None]
) -> None:
    """Nothing typed is lost: it waits on the device and is offered after signing in again."""
    pagina = als("anna", vers=True)
    adres = f"/leerlingen/stukken/{school.id('notitie')}/"
    pagina.goto(adres)
    veld = pagina.locator("[data-bewaar-url]").first
    veld.fill("Eerste zin.")
    pagina.get_by_text(re.compile("bewaard om")).first.wait_for()
    pagina.context.clear_cookies(name="sessionid")
    veld.fill("Eerste zin. En deze zin kwam nergens aan.")
    status = pagina.locator("[data-bewaar-status][data-staat=mislukt]")
    status.get_by_text("Niet bewaard: uw aanmelding is verlopen. Uw tekst staat nog op dit apparaat.").wait_for()
    kijk(pagina)
    pagina.goto("/inloggen/")  # the same browser; the page with the text is gone
    log_in(pagina, school.adres_van("anna"), school.gegevens["wachtwoord"])
    pagina.wait_for_url(lambda url: "/inloggen/" not in url)
    pagina.goto(adres)
    bod = pagina.get_by_text("En deze zin kwam nergens aan.")
    bod.wait_for()
    kijk(pagina)
    pagina.get_by_role("button", name="Terugzetten").click()
    pagina.get_by_text(re.compile("bewaard om")).first.wait_for()
    wacht_op(
        lambda: school.vraag("select 1 from leerlingen_antwoord where tekst like %s", "%deze zin kwam nergens aan%"),
        "de tekst in de database",
    )


def test_ander_tabblad_logt_weer_in(als: Callable[..., Any], school: Huis) -> None:
    """Signing in in another tab is enough: the field that waits is sent when one comes back to it."""
    pagina = als("duo", vers=True)
    pagina.goto(f"/leerlingen/stukken/{school.id('notitie')}/")
    veld = pagina.locator("[data-bewaar-url]").first
    pagina.context.clear_cookies(name="sessionid")
    veld.fill("Els schreef dit zonder aanmelding.")
    with pagina.context.expect_page() as nieuw:
        pagina.get_by_role("link", name="Log opnieuw in").click()
    log_in(nieuw.value, school.adres_van("duo"), school.gegevens["wachtwoord"])
    nieuw.value.wait_for_url(lambda url: "/inloggen/" not in url)
    nieuw.value.close()
    pagina.bring_to_front()
    pagina.evaluate("window.dispatchEvent(new Event('focus'))")
    pagina.get_by_text(re.compile("bewaard om")).first.wait_for()
