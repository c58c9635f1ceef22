"""The servers that the program needs: the embedded ones, or those named in the environment.

The embedded ones are shared: whoever uses them holds a shared lock, and the last to let go stops them. After
a kill -9 of all users they run on until the next command of this checkout, which simply uses them again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from _diensten import postgres, valkey
from _diensten.bestanden import geheim
from _diensten.melden import Melding
from _diensten.paden import Paden, socketmap
from _diensten.postgres import Postgres
from _diensten.sloten import Slot, alleen
from _diensten.valkey import Valkey

NAMEN = ("DATABASE_URL", "DATABASE_URL_EIGENAAR", "REDIS_URL")


@dataclass(frozen=True)
class Adressen:
    """Where the servers are. `programmas` has psql and pg_dump of the embedded PostgreSQL, if any."""

    database: str
    database_eigenaar: str
    redis: str
    programmas: Path | None
    ingebed: bool

    def omgeving(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database,
            "DATABASE_URL_EIGENAAR": self.database_eigenaar,
            "REDIS_URL": self.redis,
        }


def genoemd(omgeving: Mapping[str, str]) -> Adressen | None:
    """The servers that the environment names, or None. Raises Melding when it names only some of them."""
    waarden = {naam: omgeving.get(naam, "") for naam in NAMEN}
    if not any(waarden.values()):
        return None
    if ontbreekt := [naam for naam, waarde in waarden.items() if not waarde]:
        raise Melding(f"Eigen servers vragen {', '.join(NAMEN)}; nog niet gezet: {', '.join(ontbreekt)}.")
    return Adressen(waarden[NAMEN[0]], waarden[NAMEN[1]], waarden[NAMEN[2]], postgres.programmamap(), ingebed=False)


def ingebouwd_kan() -> bool:
    """Say whether the embedded servers exist for this machine."""
    return postgres.programmamap() is not None and valkey.programma() is not None


def ingebouwd_vereist() -> None:
    """Raise a Melding that says what to set, where the embedded servers do not exist."""
    if not ingebouwd_kan():
        raise Melding(
            "De ingebouwde servers werken niet op deze computer. Zet een PostgreSQL (16 of nieuwer) en een "
            "Valkey of Redis klaar en noem ze: DATABASE_URL (rol app), DATABASE_URL_EIGENAAR (rol eigenaar) "
            "en REDIS_URL. Hoe dat gaat staat in docs/beheer/draaien.md."
        )


class Paar:
    """The two embedded servers in one folder."""

    def __init__(self, thuis: Path, *, duurzaam: bool = True) -> None:
        sockets = socketmap(thuis)
        logboeken = thuis / "log"
        logboeken.mkdir(exist_ok=True)
        logboeken.chmod(0o711)
        self.thuis = thuis
        self.sockets = sockets
        self.database = Postgres(thuis, sockets, logboeken / "database.log", duurzaam)
        self.wachtrij = Valkey(thuis, sockets, logboeken / "wachtrij.log", duurzaam)

    def start(self) -> Adressen:
        """Start what does not run yet; both are ready when this returns."""
        wachtwoorden = {rol: geheim(self.thuis / f"wachtwoord-{rol}") for rol in ("eigenaar", "app")}
        self.wachtrij.start()
        self.database.start()
        self.database.rollen(wachtwoorden)
        return Adressen(
            self.database.url("app", wachtwoorden["app"]),
            self.database.url("eigenaar", wachtwoorden["eigenaar"]),
            self.wachtrij.url,
            postgres.programmamap(),
            ingebed=True,
        )

    def draaien(self) -> bool:
        return self.database.draait() and self.wachtrij.draait()

    def stop(self) -> None:
        self.wachtrij.stop()
        self.database.stop()


class Gedeeld:
    """The embedded servers of one installation, used by several commands at once."""

    def __init__(self, paden: Paden) -> None:
        self.paar = Paar(paden.data)
        self._wissel = paden.sloten / "wissel"
        self._gebruik = Slot(paden.sloten / "gebruik")

    def open(self) -> Adressen:
        """Start using the servers, starting them when nobody did."""
        with alleen(self._wissel):
            self._gebruik.deel()
            return self.paar.start()

    def herstel(self) -> bool:
        """Start again what died under us; say whether something had."""
        if self.paar.draaien():
            return False
        with alleen(self._wissel):
            self.paar.start()
        return True

    def sluit(self) -> None:
        """Stop using the servers; the last user stops them."""
        with alleen(self._wissel):
            self._gebruik.laat_los()
            if self._gebruik.neem():
                self.paar.stop()
            self._gebruik.laat_los()


@contextmanager
def gebruik(omgeving: Mapping[str, str], paden: Paden) -> Iterator[Adressen]:
    """The servers for one command: named ones as they are, else the embedded ones while the block runs."""
    if adressen := genoemd(omgeving):
        yield adressen
        return
    ingebouwd_vereist()
    gedeeld = Gedeeld(paden)
    try:
        yield gedeeld.open()
    finally:
        gedeeld.sluit()
