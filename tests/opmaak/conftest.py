"""Example pages on the real frames, and a small server of their own: no database, no other address of the site."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory, override_settings

WORTEL = Path(__file__).resolve().parents[2]
VOORBEELDEN = Path(__file__).parent / "voorbeelden"
CSP = (
    "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


class Tekst(str):
    """A message with a level, as Django's."""

    level_tag = ""

    @classmethod
    def met(cls, tekst: str, soort: str) -> "Tekst":
        uit = cls(tekst)
        uit.level_tag = soort
        return uit


class Voorbeeldformulier(forms.Form):
    """One field of each kind."""

    titel = forms.CharField(label="Titel van de notitie", help_text="Kort; dit staat in de tijdlijn.")
    tekst = forms.CharField(label="Wat zag u?", widget=forms.Textarea, required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("a", "Observatie"), ("b", "Gesprek")])
    dag = forms.DateField(label="Wanneer", widget=forms.DateInput(attrs={"type": "date"}))
    lezers = forms.ChoiceField(
        label="Wie mag dit lezen?", widget=forms.RadioSelect, choices=[("a", "Iedereen"), ("b", "Alleen ib")]
    )
    vakken = forms.MultipleChoiceField(
        label="Vakken", widget=forms.CheckboxSelectMultiple, choices=[("r", "Rekenen")], required=False
    )
    melden = forms.BooleanField(label="Ouders laten weten", required=False, help_text="Zonder inhoud.")
    bestand = forms.FileField(label="Bestand", required=False)


def raam() -> SimpleNamespace:
    """The frame's context, as zorg.kern.context.raam gives it."""
    punten = [
        ("Vandaag", 4, True), ("Mijn groep", None, True), ("Leerlingen", None, False), ("Zorgbord", None, True),
        ("Plannen", 2, False), ("Besprekingen", 1, True), ("Kalender", None, False),
    ]  # fmt: skip
    return SimpleNamespace(
        navigatie=[
            SimpleNamespace(naam=n, url="/niets/", huidig=n == "Plannen", aantal=a, mobiel=m) for n, a, m in punten
        ],
        school_naam="De Kameleon",
        schooljaar="2026–2027",
        gebruiker_naam="Marloes de Wit",
        rol_naam="leerkracht 6a",
        demo=True,
        ouder=False,
    )


def context() -> dict[str, Any]:
    """What the example pages show. Invented people."""
    return {
        "raam": raam(),
        "user": SimpleNamespace(pk=3, is_authenticated=True),
        "messages": [Tekst.met("De notitie is bewaard.", "success"), Tekst.met("Let goed op.", "warning")],
        "form": Voorbeeldformulier({"titel": "", "soort": "a"}),
        "redenen": [
            {"tekst": "ouders gesproken op 15 december", "klaar": True},
            {"tekst": "tweede leerlingbespreking geëvalueerd", "klaar": False, "url": "/niets/"},
        ],
        "bijlagen": [{"naam": "kindgesprek.pdf", "url": "/niets/", "grootte": 182_333, "verwijder_url": "/niets/"}],
        "pagina": Paginator(range(95), 20).page(2),
        "lln": [("Aya Haddad", "III", "III", 1), ("Bram Jansen", "I", "I+", 2), ("Elif Yıldız", "IV", "V−", 3)],
        "iconen": re.findall(r'symbol id="([a-z-]+)"', (WORTEL / "static/beeld/iconen.svg").read_text()),
    }


def teken(sjabloon: str, **extra: Any) -> str:
    """Render a template (a name, or the text of one) as a signed-in user would get it."""
    motor = engines["django"]
    verzoek = RequestFactory().get("/")
    verzoek.user = SimpleNamespace(pk=3, is_authenticated=True, naam="Marloes de Wit")  # type: ignore[assignment]
    verzoek.session = {}  # type: ignore[assignment]
    with override_settings(ROOT_URLCONF="tests.opmaak.urls"):
        bron = motor.from_string(sjabloon) if "{%" in sjabloon else motor.get_template(sjabloon)
        return str(bron.render({**context(), **extra}, verzoek))


Uitkomst = tuple[int, str, dict[str, str]]
Antwoord = Callable[[dict[str, str]], Uitkomst]


def bewaar(velden: dict[str, str]) -> Uitkomst:
    """What a server says that saved the text: the next version. Another form gets an empty answer."""
    if "versie" not in velden:
        return 204, "", {}
    return 200, json.dumps({"versie": int(velden["versie"]) + 1, "om": "14.32"}), {}


class Server:
    """Serves the pages put in it, the static files, and answers autosaves by a function that the test chooses."""

    def __init__(self) -> None:
        self.paginas: dict[str, str] = {}
        self.gekregen: list[dict[str, str]] = []
        self.tegelijk = self.hoogste = 0
        self.antwoord: Antwoord = bewaar
        self._slot = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def stuur(self, status: int, soort: str, inhoud: bytes, koppen: dict[str, str] | None = None) -> None:
                self.send_response(status)
                koppen = {"Content-Type": soort, "Content-Length": str(len(inhoud)), **(koppen or {})}
                koppen["Content-Security-Policy"] = CSP
                for naam, waarde in koppen.items():
                    self.send_header(naam, waarde)
                self.end_headers()
                self.wfile.write(inhoud)

            def do_GET(self) -> None:
                pad = urlsplit(self.path).path
                if pad.startswith("/static/") and (bestand := finders.find(pad.removeprefix("/static/"))):
                    soorten = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
                    soort = soorten.get(Path(str(bestand)).suffix, "font/woff2")
                    self.stuur(200, soort, Path(str(bestand)).read_bytes())
                elif pad in server.paginas:
                    self.stuur(200, "text/html; charset=utf-8", server.paginas[pad].encode())
                else:
                    self.stuur(404, "text/html; charset=utf-8", b"<title>niets</title>")

            def do_POST(self) -> None:
                lichaam = self.rfile.read(int(self.headers["Content-Length"])).decode()
                velden = {n: w[0] for n, w in parse_qs(lichaam, keep_blank_values=True).items()}
                velden["pad"] = self.path
                velden["autosave"] = self.headers.get("X-Zorgpad-Autosave", "")
                velden["csrf"] = self.headers.get("X-CSRFToken", "")
                with server._slot:
                    server.gekregen.append(velden)
                    server.tegelijk += 1
                    server.hoogste = max(server.hoogste, server.tegelijk)
                try:
                    status, inhoud, koppen = server.antwoord(velden)
                finally:
                    with server._slot:
                        server.tegelijk -= 1
                self.stuur(status, "application/json", inhoud.encode(), koppen)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.adres = f"http://127.0.0.1:{self._http.server_port}"
        self._draad = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._draad.start()

    def sluit(self) -> None:
        self._http.shutdown()
        self._draad.join()
        self._http.server_close()

    @property
    def bewaard(self) -> list[dict[str, str]]:
        """The autosaves that came in."""
        return [velden for velden in self.gekregen if velden["autosave"]]


@pytest.fixture
def server() -> Iterator[Server]:
    uit = Server()
    yield uit
    uit.sluit()


@pytest.fixture
def blad(chromium: Any, server: Server) -> Iterator[Any]:
    """A fresh page whose console and policy errors fail the test."""
    plek = chromium.new_context(base_url=server.adres, viewport={"width": 1280, "height": 900})
    pagina = plek.new_page()
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.on("console", lambda regel: fouten.append(regel.text) if regel.type == "error" else None)
    yield pagina
    plek.close()
    # A test may make the server refuse; that the browser and htmx mention it is no fault of the page.
    verwacht = re.compile("Failed to load resource|Response Status Error Code")
    assert [fout for fout in fouten if not verwacht.match(fout)] == []
