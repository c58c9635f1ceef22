"""The people and places of the thread: what each does on screen, as short as they would say it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.conftest import Browsers, kies_wachtwoord
from tests.browser.huis import Huis

WACHTWOORD = "vier groene fietsen buiten"
EDEXML = Path(__file__).resolve().parents[1] / "gegevens" / "EDEXML.Voorbeeld.2.1.xml"
IB, DIRECTEUR, BEHEER = "ib@draad.test", "directeur@draad.test", "beheer@draad.test"
JULIA, LIA, WILLEKE, HASSAN = "julia@draad.test", "lia@draad.test", "willeke@thuis.test", "hassan@thuis.test"
ANDERS = "beheer@ander.test"
MET_SLEUTEL = re.compile(r"/(leerlingen|groepen|plannen|besprekingen|ouders)/(?:[a-z-]+/)?\d+/[^?#]*")


@dataclass
class Draad:
    """One house from empty, and whoever sits behind a browser in it."""

    huis: Huis
    browsers: Browsers
    open_: dict[str, Any] = field(default_factory=dict)
    """The browsers that stay open, by e-mail address."""

    def bij(self, adres: str, *, breedte: int = 1280) -> Any:
        """The browser of somebody, with their own login; the one they work in already when it is open."""
        if adres not in self.open_:
            self.open_[adres] = self.als(adres, breedte=breedte)
        return self.open_[adres]

    def als(self, adres: str, *, breedte: int = 1280) -> Any:
        """The browser of somebody, with their own login."""
        return self.browsers.als(self.huis, adres, WACHTWOORD, breedte=breedte)

    def kies_wachtwoord(self, adres: str) -> None:
        """Follow the invitation that came by mail."""
        pagina = self.browsers.nieuw(self.huis)
        kies_wachtwoord(pagina, self.huis.laatste_mail(adres, "account").links[0], WACHTWOORD)
        pagina.get_by_role("heading", name="Uw wachtwoord is bewaard").wait_for()
        pagina.context.close()
        self.browsers.plekken.remove(pagina.context)

    def school(self, naam: str, beheerder: str) -> None:
        """A new school from the command line, whose administrator chooses a password."""
        opties = ["--naam", naam, "--land", "AW", "--profiel", "aruba", "--beheerder", beheerder]
        self.huis.beheer("school_aanmaken", *opties)
        self.kies_wachtwoord(beheerder)

    def verder(self, nu: str, *, ook: tuple[str, ...] = ("beat", "worker")) -> None:
        """Time passes: the whole program runs on from this moment; at least the pages, when no work falls due."""
        anders = {"ZORGPAD_NU": nu, "ZORGPAD_NU_ANKER": f"{time.time():.3f}"}
        self.huis.omgeving |= anders
        namen = (*ook, "web")
        for naam in namen:
            self.huis.sla_dood(naam)
        for naam in namen:
            self.huis.processen[naam].omgeving |= anders
            self.huis.processen[naam].start()
        self.huis.wacht_tot_gezond()

    def leerling(self, roepnaam: str) -> int:
        return int(self.huis.een("select id from leerlingen_leerling where roepnaam = %s", roepnaam))

    def groep(self, naam: str) -> int:
        return int(self.huis.een("select id from leerlingen_groep where naam = %s", naam))


def melding(pagina: Any, tekst: str) -> None:
    """Wait for what the page says that it did."""
    pagina.get_by_role("status").filter(has_text=tekst).first.wait_for()


def medewerker(pagina: Any, voornaam: str, achternaam: str, adres: str, rol: str) -> None:
    """Add somebody with a role and invite them."""
    pagina.goto("/beheer/mensen/")
    pagina.get_by_role("link", name="Iemand toevoegen").first.click()
    pagina.get_by_label("Voornaam").fill(voornaam)
    pagina.get_by_label("Achternaam").fill(achternaam)
    pagina.get_by_label("E-mailadres").fill(adres)
    pagina.get_by_role("button", name="Toevoegen").click()
    pagina.get_by_label("Rol", exact=True).select_option(rol)
    pagina.get_by_role("button", name="Rol geven").click()
    melding(pagina, "De rol is gegeven.")
    pagina.get_by_role("button", name="Uitnodigen").click()
    melding(pagina, "De uitnodiging gaat naar")


def uit_bestand(pagina: Any, naam: str, adres: str, groep: str = "") -> None:
    """Somebody whom EDEXML brought gets an address, a group and an invitation."""
    pagina.goto("/beheer/mensen/")
    pagina.get_by_role("link", name=naam).click()
    pagina.get_by_label("E-mailadres").fill(adres)
    pagina.get_by_role("button", name="Bewaren").click()
    if groep:
        pagina.get_by_label("Groep", exact=True).select_option(label=groep)
        pagina.get_by_role("button", name="Aan groep toewijzen").click()
        melding(pagina, f"{naam} werkt met groep")
    pagina.get_by_role("button", name="Uitnodigen").click()
    melding(pagina, "De uitnodiging gaat naar")


def inlezen(pagina: Any, bestand: Path, samenvatting: list[str]) -> None:
    """Upload a file, read what it will do, and confirm."""
    pagina.goto("/beheer/inlezen/")
    pagina.locator("input[type=file]").set_input_files(bestand)
    pagina.get_by_role("button", name="Nakijken").click()
    for regel in samenvatting:
        pagina.get_by_text(regel).first.wait_for()
    pagina.get_by_role("button", name="Inlezen").click()
    melding(pagina, "Ingelezen")


def ouder_erbij(pagina: Any, leerling: int, voornaam: str, achternaam: str, relatie: str, adres: str) -> None:
    """A parent with custody, added by hand and invited at once."""
    pagina.goto(f"/leerlingen/{leerling}/ouders/")
    pagina.get_by_label("Voornaam").fill(voornaam)
    pagina.get_by_label("Achternaam").fill(achternaam)
    pagina.get_by_label("Relatie tot het kind").fill(relatie)
    pagina.get_by_label("Heeft deze ouder gezag?").select_option("ja")
    pagina.get_by_label("E-mailadres").fill(adres)
    pagina.get_by_label("Stuur meteen een uitnodiging").check()
    pagina.get_by_role("button", name="Toevoegen").click()
    melding(pagina, "De ouder is toegevoegd.")


def stap_zetten(pagina: Any, leerling: int, niveau: str) -> None:
    """Move a pupil to this level on the care route."""
    pagina.goto(f"/besprekingen/leerlingen/{leerling}/zorg/")
    pagina.get_by_role("button", name=re.compile(f"Stap zetten.*{niveau}$")).click()
    melding(pagina, "De stap is gezet.")


def afronden(pagina: Any) -> None:
    """Close the meeting at hand."""
    pagina.get_by_role("link", name="Bespreking afronden").click()
    pagina.get_by_role("button", name="Afronden").click()
    melding(pagina, "De bespreking is afgerond.")


def sleutel_van(pagina: Any) -> int:
    """The key in the address of the page."""
    return int(re.findall(r"/(\d+)/", pagina.url)[-1])


OPHALEN = """(adressen) => Promise.all(adressen.map(async (adres) => {
  const uit = await fetch(adres);
  const tekst = (uit.headers.get("content-type") || "").includes("html") ? await uit.text() : "";
  return [adres, uit.status, [...tekst.matchAll(/href="(\\/[^"?#]+)/g)].map((hit) => hit[1])];
}))"""
"""Of each of these addresses, asked for from a page: what it answers and where it links to."""


def standen(pagina: Any, adressen: Iterable[str]) -> dict[str, int]:
    """What each of these addresses answers to whoever sits behind this page."""
    return {adres: stand for adres, stand, _ in pagina.evaluate(OPHALEN, sorted(adressen))}


def loop_na(pagina: Any, begin: Iterable[str], zonder: str = "(?!)") -> set[str]:
    """Every address with a key that can be reached from these by following links, all of which open.

    Not what the pattern `zonder` matches, and what can only be reached from there.
    """
    gevonden: set[str] = set()
    rand = set(begin)
    while rand:
        gevonden |= rand
        nieuw: set[str] = set()
        for adres, stand, links in pagina.evaluate(OPHALEN, sorted(rand)):
            assert stand == 200, (adres, stand)
            nieuw |= {link for link in links if MET_SLEUTEL.fullmatch(link) and not re.match(zonder, link)}
        rand = nieuw - gevonden
    return gevonden
