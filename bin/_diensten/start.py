"""bin/start: from nothing to a running school, until Ctrl-C."""

import argparse
import contextlib
import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from _diensten import omgeving as omgevingen
from _diensten import paden as padenmodule
from _diensten.bestanden import lees_json, schrijf_json
from _diensten.melden import Melding, staart, zeg
from _diensten.opzet import Opzet
from _diensten.paden import CHECKOUT, PYTHON, Paden
from _diensten.processen import MERK, Kind, beeindig, beeindig_bij_sein, van_onderdeel
from _diensten.servers import Adressen, Gedeeld, genoemd, ingebouwd_vereist
from _diensten.sloten import Slot

ADRES = "127.0.0.1"
GEDULD_GEZOND = 120.0
GEDULD_STOPPEN = 15.0
DEMO = """\
  leerkracht@demo.school        leerkracht van een groep
  leerkracht2@demo.school       leerkracht van een andere groep
  ib@demo.school                intern begeleider
  directeur@demo.school         directeur
  rekenspecialist@demo.school   specialist
  ouder@demo.school             ouder
  ouder2@demo.school            ouder van een ander kind
  extern@demo.school            externe deskundige
  beheer@demo.school            beheerder
  ib@anders.school              intern begeleider van een andere school"""


def lees_argumenten(argumenten: list[str]) -> argparse.Namespace:
    uitleg = argparse.ArgumentParser(
        prog="bin/start", description="Start Zorgpad op deze computer. Ctrl-C stopt alles."
    )
    uitleg.add_argument("--port", type=int, default=8000, help="poort van het adres (standaard 8000)")
    uitleg.add_argument("--geen-demo", action="store_true", help="de eerste keer zonder demoschool")
    gelezen = uitleg.parse_args(argumenten)
    if not 1 <= gelezen.port <= 65535:
        uitleg.error("--port: kies een getal van 1 tot en met 65535")
    return gelezen


def poort_vrij(poort: int) -> bool:
    """Say whether we may listen on this port of our own machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADRES, poort))
        except OSError:
            return False
    return True


def kinderen(poort: int, paden: Paden, omgeving: Mapping[str, str]) -> list[Kind]:
    """Web, worker and scheduler, not yet started."""
    kort = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else paden.var
    opdrachten = {
        "web": [
            "gunicorn", "zorg.wsgi:application", "--bind", f"{ADRES}:{poort}", "--worker-class", "gthread",
            "--preload", "--workers", "2", "--threads", "2", "--timeout", "60", "--graceful-timeout", "10",
            "--worker-tmp-dir", str(kort), "--no-control-socket", "--log-level", "warning",
        ],
        "worker": [
            "celery", "-A", "zorg", "worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "INFO",
            "--without-gossip", "--without-mingle", "--max-tasks-per-child", "200",
        ],
        "beat": [
            "celery", "-A", "zorg", "beat", "--loglevel", "INFO",
            "--pidfile", "", "-s", str(paden.var / "beat"),
        ],
    }  # fmt: skip
    gemerkt = {**omgevingen.zonder_eigenaar(omgeving), MERK: paden.merk, "PYTHONUNBUFFERED": "1"}
    gemaakt = []
    for naam, opdracht in opdrachten.items():
        logboek = paden.logboeken / f"{naam}.log"
        if logboek.exists() and logboek.stat().st_size > 5_000_000:
            logboek.replace(logboek.with_suffix(".log.1"))
        gemaakt.append(Kind(naam, [str(PYTHON), "-m", *opdracht], gemerkt, CHECKOUT, logboek))
    return gemaakt


def gezondheid(poort: int) -> str:
    """Empty when `/gezond/` says that all is right, else what it said instead."""
    try:
        with urllib.request.urlopen(f"http://{ADRES}:{poort}/gezond/", timeout=5):
            return ""
    except urllib.error.HTTPError as fout:
        return f"status {fout.code}: {fout.read(500).decode(errors='replace')}"
    except OSError as fout:
        return f"nog geen antwoord ({fout})"


class School:
    """The running program: its children, watched over until we are asked to stop."""

    def __init__(self, poort: int, kinderen: list[Kind], servers: Gedeeld | None) -> None:
        self.poort = poort
        self.kinderen = kinderen
        self.servers = servers

    def start(self) -> None:
        """Start the web and, once the school answers, the rest. Raises Melding when it stays away.

        One after the other: side by side on two cores they keep the first page waiting.
        """
        web = self.kinderen[0]
        web.start()
        einde = time.monotonic() + GEDULD_GEZOND
        while klacht := gezondheid(self.poort):
            self.bewaak()
            if time.monotonic() > einde:
                raise Melding(
                    f"Zorgpad start niet goed: {klacht}\n{staart(web.logboek)}\nAlles staat in {web.logboek}.",
                    status=1,
                )
            time.sleep(0.1)
        for kind in self.kinderen[1:]:
            kind.start()

    def bewaak(self) -> None:
        """Start again what fell. Raises Melding when something keeps falling."""
        for kind in self.kinderen:
            if not kind.gestart or kind.einde() is None:
                continue
            if kind.te_vaak_gevallen():
                raise Melding(
                    f"{kind.naam} blijft stoppen.\n{staart(kind.logboek)}\nAlles staat in {kind.logboek}.",
                    status=1,
                )
            zeg(f"{kind.naam} stopte onverwacht en wordt opnieuw gestart.")
            kind.start()

    def draai(self) -> NoReturn:
        """Keep everything running; ends only through a signal or a Melding."""
        ronde = 0
        while True:
            time.sleep(0.5)
            self.bewaak()
            ronde += 1
            if self.servers and ronde % 6 == 0 and self.servers.herstel():
                zeg("De database of de wachtrij was weggevallen en draait weer.")

    def stop(self) -> None:
        for kind in reversed(self.kinderen):
            kind.vraag_te_stoppen()
        einde = time.monotonic() + GEDULD_STOPPEN
        for kind in self.kinderen:
            kind.stop(einde)


def _vertel(adres: str, modus: str) -> None:
    regels = [f"Zorgpad draait op {adres}"]
    if modus == "demo":
        regels += ["", "Demoaccounts (wachtwoord zorgpad-demo):", DEMO]
    print("\n".join([*regels, "", "Stoppen: Ctrl-C."]), flush=True)


@contextlib.contextmanager
def _servers(paden: Paden) -> Iterator[tuple[Adressen, Gedeeld | None]]:
    if adressen := genoemd(os.environ):
        yield adressen, None
        return
    ingebouwd_vereist()
    gedeeld = Gedeeld(paden)
    try:
        yield gedeeld.open(), gedeeld
    finally:
        gedeeld.sluit()


def _draai(gevraagd: argparse.Namespace, paden: Paden) -> NoReturn:
    adres = os.environ.get("ZORGPAD_ADRES") or f"http://localhost:{gevraagd.port}"
    loopt = paden.data / "loopt.json"
    loopt.unlink(missing_ok=True)  # ours is the only one: we hold the lock
    beeindig(van_onderdeel(paden.merk))
    if not poort_vrij(gevraagd.port):
        raise Melding(f"Poort {gevraagd.port} is al in gebruik; kies een andere met bin/start --port.")
    with _servers(paden) as (adressen, servers):
        omgeving = omgevingen.programma(os.environ, paden, adressen)
        omgeving["ZORGPAD_ADRES"] = adres
        omgevingen.klok(omgeving, paden)
        nu = {"nu": omgeving["ZORGPAD_NU"], "anker": omgeving["ZORGPAD_NU_ANKER"]} if omgeving.get("ZORGPAD_NU") else {}
        schrijf_json(loopt, {"adres": adres, **nu})
        opzet = Opzet(paden, adressen, omgeving)
        opzet.migreer(demo=not gevraagd.geen_demo and omgeving["ZORGPAD_MODUS"] == "demo")
        opzet.statische_bestanden()
        opzet.demoschool()
        school = School(gevraagd.port, kinderen(gevraagd.port, paden, omgeving), servers)
        try:
            school.start()
            _vertel(adres, omgeving["ZORGPAD_MODUS"])
            school.draai()
        finally:
            zeg("Zorgpad stopt …")
            school.stop()
            beeindig(van_onderdeel(paden.merk), geduld=3)
            loopt.unlink(missing_ok=True)


def hoofd(argumenten: list[str]) -> int:
    """Run until asked to stop; 0 after a clean stop."""
    gevraagd = lees_argumenten(argumenten)
    paden = padenmodule.bepaal(dict(os.environ))
    padenmodule.maak(paden)
    with Slot(paden.sloten / "start") as slot:
        if not slot.neem():
            waar = lees_json(paden.data / "loopt.json").get("adres", "een ander adres")
            raise Melding(f"Zorgpad draait al vanuit deze map, op {waar}.")
        beeindig_bij_sein()
        try:
            _draai(gevraagd, paden)
        except KeyboardInterrupt:
            return 0
