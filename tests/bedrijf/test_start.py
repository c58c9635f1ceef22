"""bin/start: its call, its watch over the children, and the whole of it for real."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from _diensten import start
from _diensten.melden import Melding
from _diensten.paden import Paden
from _diensten.processen import Kind, van_onderdeel
from _diensten.servers import ingebouwd_kan

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("argumenten", [["--port", "0"], ["--port", "70000"], ["--port", "acht"], ["--onbekend"]])
def test_een_verkeerde_aanroep_eindigt_met_2(argumenten: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as gestopt:
        start.lees_argumenten(argumenten)
    assert gestopt.value.code == 2
    assert capsys.readouterr().out == ""


def test_een_bezette_poort_wordt_gezien() -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poort = bezet.getsockname()[1]
        assert not start.poort_vrij(poort)
    assert start.poort_vrij(poort)


def test_alle_kinderen_dragen_het_merk_en_niet_het_wachtwoord_van_de_eigenaar(tmp_path: Path) -> None:
    paden = Paden(var=tmp_path, data=tmp_path / "data")
    paden.logboeken.mkdir()
    omgeving = {"DATABASE_URL_EIGENAAR": "geheim", "DATABASE_URL": "app", "ZORGPAD_NU_ANKER": "1.5"}
    gemaakt = start.kinderen(8000, paden, omgeving)
    assert [kind.naam for kind in gemaakt] == ["web", "worker", "beat"]
    for kind in gemaakt:
        assert kind.omgeving["ZORGPAD_ONDERDEEL_VAN"] == str(paden.data)
        assert kind.omgeving["ZORGPAD_NU_ANKER"] == "1.5"
        assert "geheim" not in kind.omgeving.values()


def test_wat_valt_wordt_opnieuw_gestart_tot_het_niet_meer_helpt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = Kind("web", ["/bin/sh", "-c", "echo stuk; exit 3"], {}, tmp_path, tmp_path / "web.log")
    school = start.School(8000, [kind], None)
    kind.start()

    def bewaak() -> None:
        for _ in range(1000):
            school.bewaak()
            time.sleep(0.01)

    with pytest.raises(Melding, match=r"web blijft stoppen\.\n(stuk\n)+"):
        bewaak()
    assert len(kind.gestart) == 5
    assert capsys.readouterr().err.count("web stopte onverwacht") == 4


@contextlib.contextmanager
def _antwoord(status: int) -> Iterator[int]:
    class Antwoorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/gezond/" else 404)
            self.end_headers()
            self.wfile.write(b"wachtrij: niet bereikbaar")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Antwoorder) as server:
        draad = threading.Thread(target=server.serve_forever, args=(0.01,))
        draad.start()
        yield server.server_port
        server.shutdown()
        draad.join()


def test_gezond_is_200_en_anders_wat_eraan_scheelt() -> None:
    with _antwoord(200) as poort:
        assert start.gezondheid(poort) == ""
    with _antwoord(503) as poort:
        assert "status 503: wachtrij: niet bereikbaar" in start.gezondheid(poort)
    assert "nog geen antwoord" in start.gezondheid(poort)


# -- for real --------------------------------------------------------------------------------------------------


class Start:
    """One `bin/start` with folders of its own."""

    def __init__(self, thuis: Path) -> None:
        with socket.socket() as vrij:
            vrij.bind(("127.0.0.1", 0))
            self.poort = vrij.getsockname()[1]
        self.thuis = thuis
        self.data = thuis / "data"
        eigen = {"ZORGPAD_VAR": str(thuis / "var"), "ZORGPAD_DATA": str(self.data)}
        weg = ("ZORGPAD_", "DATABASE_URL", "REDIS_URL", "PYTEST")
        self.omgeving = {naam: w for naam, w in os.environ.items() if not naam.startswith(weg)} | eigen
        self.opdracht = [str(CHECKOUT / "bin" / "start"), "--geen-demo", "--port", str(self.poort)]

    def begin(self) -> subprocess.Popen[str]:
        """Start, and return when the address is printed."""
        with (self.thuis / "fouten").open("w") as fouten:
            proces = subprocess.Popen(
                self.opdracht, env=self.omgeving, stdout=subprocess.PIPE, stderr=fouten, text=True
            )
        assert proces.stdout is not None
        regel = proces.stdout.readline()
        assert regel == f"Zorgpad draait op http://localhost:{self.poort}\n", (self.thuis / "fouten").read_text()
        return proces

    def status(self) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.poort}/gezond/", timeout=10) as antwoord:
            return int(antwoord.status)

    def beheer(self, *argumenten: str) -> subprocess.CompletedProcess[str]:
        opdracht = [str(CHECKOUT / "bin" / "manage"), *argumenten]
        return subprocess.run(opdracht, env=self.omgeving, capture_output=True, text=True, input="")


@pytest.fixture
def gestart() -> Iterator[Start]:
    with tempfile.TemporaryDirectory(prefix="zorgpad-proef-") as map_:
        Path(map_).chmod(0o711)
        school = Start(Path(map_).resolve())
        yield school
        for proces in van_onderdeel(str(school.data)):
            proces.kill()
        school.beheer("check")  # as the last user it stops servers that were left


@pytest.mark.traag
@pytest.mark.enable_socket
@pytest.mark.skipif(not ingebouwd_kan(), reason="de ingebouwde servers bestaan hier niet")
def test_starten_doden_opnieuw_starten_en_netjes_stoppen(gestart: Start) -> None:
    eerste = gestart.begin()
    assert gestart.status() == 200

    tweede = subprocess.run(gestart.opdracht, env=gestart.omgeving, capture_output=True, text=True)
    assert (tweede.returncode, tweede.stdout) == (2, "")
    assert tweede.stderr == f"Zorgpad draait al vanuit deze map, op http://localhost:{gestart.poort}.\n"

    rol = gestart.beheer("dbshell", "--", "-At", "-c", "select current_user")
    assert (rol.returncode, rol.stdout) == (0, "app\n"), rol.stderr
    assert gestart.beheer("migrate", "--check").returncode == 0

    eerste.send_signal(signal.SIGKILL)
    eerste.communicate()
    opnieuw = gestart.begin()
    assert gestart.status() == 200
    assert "database bijwerken" not in (gestart.thuis / "fouten").read_text()

    opnieuw.send_signal(signal.SIGTERM)
    opnieuw.communicate(timeout=60)
    assert opnieuw.returncode == 0
    assert van_onderdeel(str(gestart.data)) == []
    assert not (gestart.data / "pg18" / "postmaster.pid").exists()
    assert start.poort_vrij(gestart.poort)
