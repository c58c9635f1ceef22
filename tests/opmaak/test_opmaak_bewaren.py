"""Autosave in a real browser against a server that is slow, absent, signed out or of another mind: no word is lost."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from leerlingen.profiel.papier import Vraag
from leerlingen.vraagsoorten import invoer

from .conftest import Server, Uitkomst, bewaar, teken

pytestmark = pytest.mark.browser
PAGINA = """{% extends "basis.html" %}{% block titel %}Plan{% endblock %}
{% block kop %}<div><h1>Plan</h1></div>{% endblock %}
{% block inhoud %}<div class="kaart">
{% include "onderdelen/schrijfveld.html" with id="doel" vraag="Doel" tekst=tekst url="/antwoord/1/" versie=versie %}
{% include "onderdelen/schrijfveld.html" with id="wie" vraag="Wie" tekst="" url="/antwoord/2/" versie=0 %}
<form method="post" action="/klaar/">{% csrf_token %}
<button class="btn btn-primary">Klaar voor bespreking</button></form>
</div>{% endblock %}"""


def zet_klaar(server: Server, tekst: str = "Eerst.", versie: int = 3) -> None:
    server.paginas["/plan/"] = teken(PAGINA, tekst=tekst, versie=versie)
    server.paginas["/account/logout/"] = teken("account/logout.html")


def wacht_tot(klopt: Callable[[], object], seconden: float = 6) -> None:
    """Wait for what the server's thread sees; the page's own waiting is Playwright's."""
    eind = time.monotonic() + seconden
    while not klopt():
        assert time.monotonic() < eind, "het bleef uit"
        time.sleep(0.02)


def anders(tekst: str = "Tekst van Anja.", versie: int = 4) -> Callable[[dict[str, str]], Uitkomst]:
    """A server on which Anja wrote in between: only who knows her version may save."""

    def antwoord(velden: dict[str, str]) -> Uitkomst:
        if int(velden["versie"]) >= versie:
            return bewaar(velden)
        return 409, json.dumps({"tekst": tekst, "versie": versie, "door": "Anja Vos", "om": "14.30"}), {}

    return antwoord


def typ(blad: Any, tekst: str) -> None:
    """Type at the end of the field, key by key."""
    blad.focus("#doel")
    blad.keyboard.press("Control+End")
    blad.keyboard.type(tekst)


def status(blad: Any, tekst: str) -> None:
    """Wait until the field says so."""
    blad.locator("#doel-status", has_text=tekst).wait_for()


def op_dit_apparaat(blad: Any) -> dict[str, Any]:
    """What the page keeps in localStorage for this user."""
    return {
        sleutel: json.loads(waarde)
        for sleutel, waarde in blad.evaluate("Object.entries(localStorage)")
        if sleutel.startswith("zorgpad:")
    }


def test_bewaart_na_een_pauze_en_zegt_dat(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    typ(blad, " Meer")
    assert not server.bewaard  # not while typing
    assert op_dit_apparaat(blad)["zorgpad:3:/antwoord/1/"]["nu"]["tekst"] == "Eerst. Meer"
    status(blad, "✓ bewaard om 14.32")
    (eerste,) = server.bewaard
    assert (eerste["pad"], eerste["tekst"], eerste["versie"], eerste["autosave"]) == (
        "/antwoord/1/", "Eerst. Meer", "3", "1",
    )  # fmt: skip
    assert len(eerste["csrf"]) >= 32
    assert op_dit_apparaat(blad) == {}
    typ(blad, " nog")
    blad.locator("#doel").blur()  # leaving the field does not wait
    wacht_tot(lambda: len(server.bewaard) == 2, 0.7)
    assert server.bewaard[1]["versie"] == "4"


def test_een_veld_heeft_nooit_twee_verzoeken_tegelijk(server: Server, blad: Any) -> None:
    def traag(velden: dict[str, str]) -> Uitkomst:
        time.sleep(0.5)
        return bewaar(velden)

    zet_klaar(server, tekst="", versie=0)
    server.antwoord = traag
    blad.goto("/plan/")
    for deel in ("een ", "twee ", "drie ", "vier"):
        typ(blad, deel)
        blad.locator("#doel").blur()
        blad.wait_for_timeout(150)
    status(blad, "✓ bewaard om")
    wacht_tot(lambda: server.bewaard[-1]["tekst"] == "een twee drie vier")
    assert server.hoogste == 1
    assert [int(velden["versie"]) for velden in server.bewaard] == list(range(len(server.bewaard)))


def test_twee_mensen_schrijven_en_beide_teksten_staan_er(server: Server, blad: Any) -> None:
    zet_klaar(server)
    server.antwoord = anders()
    blad.goto("/plan/")
    blad.fill("#doel", "Mijn <b>tekst</b>.")
    naast = blad.get_by_role("group", name="Uw tekst en de tekst van Anja Vos")
    naast.wait_for()
    assert "Mijn <b>tekst</b>." in naast.inner_text()
    assert "Tekst van Anja." in naast.inner_text()
    assert blad.input_value("#doel") == "Mijn <b>tekst</b>."
    typ(blad, " En meer.")
    assert "En meer." in naast.inner_text()
    assert len(server.bewaard) == 1  # nothing is sent until somebody chose


@pytest.mark.parametrize(
    ("knop", "verwacht", "stuurt"),
    [
        ("Mijn tekst bewaren", "Mijn tekst.", True),
        ("Tekst van Anja Vos houden", "Tekst van Anja.", False),
        ("Samenvoegen", "Tekst van Anja.\n\nMijn tekst.", True),
    ],
)
def test_kiezen_na_een_botsing(knop: str, verwacht: str, *, stuurt: bool, server: Server, blad: Any) -> None:
    zet_klaar(server)
    server.antwoord = anders()
    blad.goto("/plan/")
    blad.fill("#doel", "Mijn tekst.")
    blad.get_by_role("button", name=knop).click()
    assert blad.input_value("#doel") == verwacht
    assert blad.locator(".naast-elkaar").count() == 0
    if stuurt:
        status(blad, "✓ bewaard om 14.32")
        assert (server.bewaard[-1]["tekst"], server.bewaard[-1]["versie"]) == (verwacht, "4")
    else:
        blad.wait_for_timeout(1000)
        assert len(server.bewaard) == 1
        blad.get_by_role("button", name="Toch mijn tekst").click()
        status(blad, "✓ bewaard om 14.32")
        assert (server.bewaard[-1]["tekst"], server.bewaard[-1]["versie"]) == ("Mijn tekst.", "4")
    assert op_dit_apparaat(blad) == {}


def test_een_antwoord_dat_niet_aankwam_is_geen_botsing(server: Server, blad: Any) -> None:
    """The server saved, the answer was lost, the second try meets our own text."""
    zet_klaar(server)
    blad.goto("/plan/")
    afgebroken: list[str] = []

    def breek(route: Any) -> None:
        afgebroken.append(route.request.post_data)
        route.abort("connectionreset")

    blad.route("**/antwoord/1/", breek)
    blad.fill("#doel", "Mijn tekst.")
    status(blad, "Niet bewaard: geen verbinding. Uw tekst staat nog op dit apparaat.")
    assert afgebroken
    blad.unroute("**/antwoord/1/")
    server.antwoord = anders("Mijn tekst.")
    typ(blad, " Verder.")
    status(blad, "✓ bewaard om")
    assert (server.bewaard[-1]["tekst"], server.bewaard[-1]["versie"]) == ("Mijn tekst. Verder.", "4")
    assert blad.locator(".naast-elkaar").count() == 0


def test_zonder_verbinding_blijft_de_tekst_en_komt_hij_terug(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    blad.route("**/antwoord/1/", lambda route: route.abort("internetdisconnected"))
    blad.fill("#doel", "Onderweg getypt.")
    status(blad, "Niet bewaard: geen verbinding. Uw tekst staat nog op dit apparaat.")
    blad.reload()
    bod = blad.locator(".naast-elkaar")
    bod.get_by_text("Onderweg getypt.").wait_for()
    assert blad.input_value("#doel") == "Eerst."  # offered, not forced
    blad.unroute("**/antwoord/1/")
    bod.get_by_role("button", name="Terugzetten").click()
    assert blad.input_value("#doel") == "Onderweg getypt."
    status(blad, "✓ bewaard om")
    assert server.bewaard[-1]["tekst"] == "Onderweg getypt."
    assert op_dit_apparaat(blad) == {}


def test_herkanst_vanzelf_zodra_er_verbinding_is(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    blad.route("**/antwoord/1/", lambda route: route.abort("internetdisconnected"))
    blad.fill("#doel", "In de trein.")
    status(blad, "Niet bewaard: geen verbinding.")
    blad.unroute("**/antwoord/1/")
    blad.evaluate("window.dispatchEvent(new Event('online'))")
    status(blad, "✓ bewaard om")
    assert server.bewaard[-1]["tekst"] == "In de trein."


def test_teruggezette_tekst_overschrijft_niet_wat_een_ander_intussen_schreef(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    blad.route("**/antwoord/1/", lambda route: route.abort("internetdisconnected"))
    blad.fill("#doel", "Onderweg getypt.")
    status(blad, "Niet bewaard: geen verbinding.")
    blad.unroute("**/antwoord/1/")
    zet_klaar(server, tekst="Tekst van Anja.", versie=4)
    server.antwoord = anders()
    blad.reload()
    blad.get_by_role("button", name="Terugzetten").click()
    blad.get_by_role("group", name="Uw tekst en de tekst van Anja Vos").wait_for()
    assert server.bewaard[-1]["versie"] == "3"


def test_nieuwe_tekst_verdringt_een_oude_onbewaarde_niet(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    blad.route("**/antwoord/1/", lambda route: route.abort("internetdisconnected"))
    blad.fill("#doel", "Oude onbewaarde tekst.")
    status(blad, "Niet bewaard: geen verbinding.")
    blad.reload()
    blad.locator(".naast-elkaar").get_by_text("Oude onbewaarde tekst.").wait_for()
    blad.fill("#doel", "Nieuwe tekst.")
    status(blad, "Niet bewaard: geen verbinding.")
    blad.reload()
    blad.locator(".naast-elkaar").get_by_text("Oude onbewaarde tekst.").wait_for()
    blad.locator(".naast-elkaar").get_by_text("Nieuwe tekst.").wait_for()


@pytest.mark.parametrize("code", [302, 403])
def test_verlopen_aanmelding_verliest_geen_woord(code: int, server: Server, blad: Any) -> None:
    zet_klaar(server)
    koppen = {"Location": "/inloggen/?next=/antwoord/1/"} if code == 302 else {}
    server.antwoord = lambda velden: (code, "{}", koppen)
    blad.goto("/plan/")
    blad.fill("#doel", "Na acht uur nog open.")
    status(blad, "Niet bewaard: uw aanmelding is verlopen. Uw tekst staat nog op dit apparaat.")
    link = blad.get_by_role("link", name="Log opnieuw in")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/inloggen/", "_blank")
    server.antwoord = bewaar
    blad.evaluate("window.dispatchEvent(new Event('focus'))")  # back from signing in
    status(blad, "✓ bewaard om")
    assert server.bewaard[-1]["tekst"] == "Na acht uur nog open."


@pytest.mark.parametrize(
    ("code", "soort", "lichaam", "zin"),
    [
        (422, "application/json", '{"melding": "Het plan is al vastgesteld."}', "Het plan is al vastgesteld."),
        (403, "text/html", "<h1>Dit mag u niet doen</h1>", "u mag dit niet (meer) wijzigen."),
        (404, "text/html", "", "dit onderdeel is er niet meer voor u."),
        (413, "text/html", "", "de tekst is te lang."),
    ],
)
def test_weigering_staat_in_woorden_bij_het_veld(
    code: int, soort: str, lichaam: str, zin: str, server: Server, blad: Any
) -> None:
    zet_klaar(server)
    server.antwoord = lambda velden: (code, lichaam, {"Content-Type": soort})
    blad.goto("/plan/")
    blad.fill("#doel", "Te laat.")
    status(blad, f"Niet bewaard: {zin} Uw tekst staat nog op dit apparaat.")
    blad.evaluate("window.dispatchEvent(new Event('focus'))")
    blad.wait_for_timeout(200)
    assert len(server.bewaard) == 1  # the same text is not offered again
    server.antwoord = bewaar
    typ(blad, " Anders.")
    status(blad, "✓ bewaard om")


def test_een_ander_op_dit_apparaat_ziet_niets(server: Server, blad: Any) -> None:
    zet_klaar(server)
    server.antwoord = lambda velden: (503, "{}", {})
    blad.goto("/plan/")
    blad.fill("#doel", "Alleen voor mij.")
    status(blad, "Niet bewaard: er ging bij ons iets mis")
    server.paginas["/plan/"] = server.paginas["/plan/"].replace('data-gebruiker="3"', 'data-gebruiker="4"')
    blad.reload()
    blad.wait_for_timeout(200)
    assert blad.locator(".naast-elkaar").count() == 0
    assert "Alleen voor mij." not in blad.content()


def test_uitloggen_waarschuwt_en_ruimt_dan_op(server: Server, blad: Any) -> None:
    zet_klaar(server)
    server.antwoord = lambda velden: (503, "{}", {})
    blad.goto("/plan/")
    blad.fill("#doel", "Nog niet bewaard.")
    status(blad, "Niet bewaard: er ging bij ons iets mis")
    blad.locator(".onder").get_by_role("button", name="Uitloggen").click()
    blad.wait_for_url("**/account/logout/")
    blad.get_by_text("Op dit apparaat staat nog één tekst van u die niet bewaard is.").wait_for()
    assert op_dit_apparaat(blad)
    server.antwoord = lambda velden: (204, "", {})
    blad.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    wacht_tot(lambda: server.gekregen[-1]["pad"] == "/account/logout/")
    assert op_dit_apparaat(blad) == {}


def test_uitloggen_zonder_resten_gaat_meteen(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    server.antwoord = lambda velden: (204, "", {})
    blad.locator(".onder").get_by_role("button", name="Uitloggen").click()
    wacht_tot(lambda: [velden["pad"] for velden in server.gekregen] == ["/account/logout/"])


def test_een_formulier_wacht_tot_alles_bewaard_is(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    typ(blad, " Laatste woord")
    blad.get_by_role("button", name="Klaar voor bespreking").click()
    wacht_tot(lambda: len(server.gekregen) == 2)
    assert [velden["pad"] for velden in server.gekregen] == ["/antwoord/1/", "/klaar/"]
    assert server.gekregen[0]["tekst"] == "Eerst. Laatste woord"


def test_een_formulier_gaat_niet_ongemerkt_door_als_bewaren_mislukt(server: Server, blad: Any) -> None:
    zet_klaar(server)
    server.antwoord = lambda velden: (503, "{}", {})
    blad.goto("/plan/")
    blad.fill("#doel", "Laatste woord")
    blad.get_by_role("button", name="Klaar voor bespreking").click()
    status(blad, "Niet bewaard: er ging bij ons iets mis")
    assert all(velden["pad"] == "/antwoord/1/" for velden in server.gekregen)
    blad.get_by_role("button", name="Klaar voor bespreking").click()
    wacht_tot(lambda: "/klaar/" in [velden["pad"] for velden in server.gekregen])


def test_weggaan_met_onbewaarde_tekst_stuurt_hem_nog(server: Server, blad: Any) -> None:
    zet_klaar(server)
    server.paginas["/elders/"] = teken('{% extends "basis.html" %}')
    blad.goto("/plan/")
    typ(blad, " Snel weg")
    blad.goto("/elders/")
    wacht_tot(lambda: server.bewaard)
    assert server.bewaard[-1]["tekst"] == "Eerst. Snel weg"


def test_zonder_script_heeft_elk_veld_een_knop(chromium: Any, server: Server) -> None:
    zet_klaar(server)
    plek = chromium.new_context(base_url=server.adres, java_script_enabled=False)
    try:
        pagina = plek.new_page()
        pagina.goto("/plan/")
        pagina.fill("#doel", "Met de hand bewaard.")
        server.antwoord = lambda velden: (204, "", {})
        pagina.get_by_role("button", name="Bewaren Doel").click()
        wacht_tot(lambda: server.gekregen)
    finally:
        plek.close()
    (velden,) = server.gekregen
    assert (velden["tekst"], velden["versie"], velden["autosave"]) == ("Met de hand bewaard.", "3", "")
    assert velden["csrfmiddlewaretoken"]


def test_keuzes_worden_ook_bewaard(server: Server, blad: Any) -> None:
    server.paginas["/plan/"] = teken(
        '{% extends "basis.html" %}{% block inhoud %}'
        '<div class="veld"><label for="s">Soort</label><select id="s" data-bewaar-url="/s/" data-versie="0">'
        '<option value="a" selected>A</option><option value="b">B</option></select></div>'
        '<div class="veld"><input type="checkbox" id="v" data-bewaar-url="/v/" data-versie="0">'
        '<label for="v">V</label></div>'
        '<fieldset class="veld" data-bewaar-url="/r/" data-versie="0"><legend>R</legend>'
        '<input type="radio" name="r" id="r1" value="1"><label for="r1">een</label>'
        '<input type="radio" name="r" id="r2" value="2"><label for="r2">twee</label></fieldset>{% endblock %}'
    )
    blad.goto("/plan/")
    blad.wait_for_timeout(900)
    assert not server.bewaard
    blad.select_option("#s", "b")
    blad.check("#v")
    blad.check("#r2")
    wacht_tot(lambda: len(server.bewaard) == 3)
    assert {velden["pad"]: velden["tekst"] for velden in server.bewaard} == {"/s/": "b", "/v/": "1", "/r/": "2"}


VELDEN = """{% extends "basis.html" %}{% block titel %}Papier{% endblock %}
{% block kop %}<div><h1>Papier</h1></div>{% endblock %}{% block inhoud %}<div class="kaart">
{% for id, invoer in velden %}{% with url="/"|add:id|add:"/" %}
{% include "onderdelen/antwoordveld.html" with vraag=id versie=1 uitleg="Zo doet u dat." %}
{% endwith %}{% endfor %}
</div>{% endblock %}"""


def velden_van(**staat: str) -> list[tuple[str, Any]]:
    soorten: dict[str, dict[str, Any]] = {
        "kleur": {"soort": "keuze", "keuzes": ("rood", "blauw")},
        "vakken": {"soort": "meerkeuze", "keuzes": ("lezen", "rekenen", "taal")},
        "lijst": {"soort": "keuze", "keuzes": tuple("abcdef")},
        "eens": {"soort": "janee"},
        "dag": {"soort": "datum"},
        "tijd": {"soort": "getal", "eenheid": "minuten"},
        "regel": {"soort": "tekst"},
    }
    return [
        (naam, invoer(Vraag(code=naam, tekst=naam, **soort), staat.get(naam, ""))) for naam, soort in soorten.items()
    ]


def test_elke_soort_vraag_wordt_bewaard(server: Server, blad: Any) -> None:
    """With the keyboard: round buttons by arrow, boxes by space; a day that is typed halfway is not sent."""
    server.paginas["/papier/"] = teken(VELDEN, velden=velden_van(vakken="taal", dag="2026-11-03", tijd="om de dag"))
    blad.goto("/papier/")
    assert Axe().run(blad).response["violations"] == []
    assert "om de dag" in blad.inner_text("#tijd-eerder")
    blad.focus("#kleur-3")  # «nog niet ingevuld» is what is chosen
    blad.keyboard.press("ArrowUp")
    blad.focus("#vakken-1")
    blad.keyboard.press("Space")
    blad.select_option("#lijst", "f")
    blad.check("#eens-2")
    blad.fill("#tijd", "7,5")
    blad.fill("#regel", "Met de rt'er")
    blad.focus("#dag")
    for toets in ("0", "5"):  # the day is typed, the month and year still stand: then the month is emptied
        blad.keyboard.type(toets)
    blad.keyboard.press("Backspace")
    blad.wait_for_timeout(1200)
    blad.locator("#dag").blur()
    blad.locator("#dag-status", has_text="vul een hele datum in").wait_for()
    assert "/dag/" not in {velden["pad"] for velden in server.bewaard if velden["tekst"] == ""}
    blad.fill("#dag", "2027-01-28")
    blad.locator("#dag").blur()
    wacht_tot(lambda: {velden["pad"]: velden["tekst"] for velden in server.bewaard} == {
        "/kleur/": "blauw", "/vakken/": "lezen\ntaal", "/lijst/": "f", "/eens/": "nee", "/tijd/": "7,5",
        "/regel/": "Met de rt'er", "/dag/": "2027-01-28",
    })  # fmt: skip


def test_twee_mensen_kiezen_anders(server: Server, blad: Any) -> None:
    server.paginas["/papier/"] = teken(VELDEN, velden=velden_van(dag="2026-11-03"))
    blad.goto("/papier/")

    def botst(velden: dict[str, str]) -> Uitkomst:
        if velden["versie"] == "2":
            return bewaar(velden)
        tekst = {"/dag/": "2026-12-24", "/vakken/": "rekenen", "/kleur/": "rood"}[velden["pad"]]
        leesbaar = "24 december 2026" if velden["pad"] == "/dag/" else tekst
        wat = {"tekst": tekst, "leesbaar": leesbaar, "versie": 2, "door": "Anja Vos", "om": "14.30"}
        return 409, json.dumps(wat), {}

    server.antwoord = botst
    blad.fill("#dag", "2027-01-28")
    naast = blad.get_by_role("group", name="Uw antwoord en het antwoord van Anja Vos")
    naast.wait_for()
    assert "28 januari 2027" in naast.inner_text() and "24 december 2026" in naast.inner_text()
    assert naast.get_by_role("button", name="Samenvoegen").count() == 0
    naast.get_by_role("button", name="Antwoord van Anja Vos houden").click()
    assert blad.input_value("#dag") == "2026-12-24"
    blad.check("#vakken-1")
    blad.get_by_role("button", name="Samenvoegen").click()
    wacht_tot(lambda: server.bewaard[-1]["tekst"] == "lezen\nrekenen")
    blad.check("#kleur-2")
    blad.get_by_role("button", name="Antwoord van Anja Vos houden").click()
    assert blad.is_checked("#kleur-1")


def test_een_mens_op_twee_apparaten(server: Server, blad: Any) -> None:
    """Nobody is told that somebody else wrote when it was the same person on a phone."""
    server.paginas["/papier/"] = teken(VELDEN, velden=velden_van(dag="2026-11-03"))
    blad.goto("/papier/")
    wat = {"tekst": "2026-12-24", "leesbaar": "24 december 2026", "versie": 2, "door": "Dirk", "om": "14.30"}
    server.antwoord = lambda _: (409, json.dumps(wat | {"zelf": True}), {})
    blad.fill("#dag", "2027-01-28")
    naast = blad.get_by_role("group", name="Uw antwoord en het andere antwoord")
    naast.wait_for()
    assert "U schreef hier ook op een ander apparaat of in een ander venster, om 14.30." in naast.inner_text()
    assert "Dirk" not in naast.inner_text()
    naast.get_by_role("button", name="Het andere antwoord houden").click()
    assert blad.input_value("#dag") == "2026-12-24"


def test_een_lang_antwoord_groeit_mee(server: Server, blad: Any) -> None:
    zet_klaar(server)
    blad.goto("/plan/")
    hoogte = blad.locator("#doel").bounding_box()["height"]
    blad.fill("#doel", "regel\n" * 20)
    assert blad.locator("#doel").bounding_box()["height"] > hoogte + 200
    assert blad.evaluate("document.getElementById('doel').scrollHeight <= document.getElementById('doel').clientHeight")
