"""Where everything lives: the checkout, the program's own files, and the data of the embedded servers."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from _diensten.melden import Melding

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PYTHON = CHECKOUT / ".venv" / "bin" / "python"
SOCKETLENGTE = 80
"""A Unix socket's whole path may take about 104 bytes; the folder leaves room for the name."""


def kenmerk(map_: Path) -> str:
    """A short name for a folder that two folders never share."""
    return hashlib.sha256(str(map_).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Paden:
    """The folders of one installation.

    `var` holds what the program writes (uploads, mail, static files, logs, the secret), `data` what the
    embedded servers write. They are one folder for an ordinary user. Root's database runs as a system user
    that must be able to reach it, so root's data live outside the checkout.
    """

    var: Path
    data: Path

    @property
    def logboeken(self) -> Path:
        return self.var / "log"

    @property
    def sloten(self) -> Path:
        return self.data / "slot"

    @property
    def tests(self) -> Path:
        return self.data / "test"

    @property
    def merk(self) -> str:
        """The mark by which the processes of this installation are found back."""
        return str(self.data)


def bepaal(omgeving: dict[str, str], checkout: Path = CHECKOUT, uid: int | None = None) -> Paden:
    """Work out the folders from ZORGPAD_VAR, ZORGPAD_DATA and who we are; makes nothing."""
    uid = os.geteuid() if uid is None else uid
    var = Path(omgeving.get("ZORGPAD_VAR") or checkout / "var").resolve()
    if gekozen := omgeving.get("ZORGPAD_DATA"):
        data = Path(gekozen).resolve()
    elif uid == 0:
        data = Path("/var/lib/zorgpad") / kenmerk(checkout)
    else:
        data = var / "data"
    return Paden(var=var, data=data)


def maak(paden: Paden) -> None:
    """Make the folders. Raises Melding when this person may not write there."""
    try:
        for map_ in (paden.var, paden.logboeken, paden.data, paden.sloten):
            map_.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            paden.data.chmod(0o711)
        for map_ in (paden.var, paden.logboeken, paden.sloten):
            if not os.access(map_, os.W_OK):
                raise PermissionError(13, "geen schrijfrecht", str(map_))
    except OSError as fout:
        raise Melding(
            f"In {fout.filename} kan niet worden geschreven. Start als de eigenaar van die map, "
            "of kies een andere met ZORGPAD_VAR en ZORGPAD_DATA."
        ) from None


def _bruikbaar(map_: Path) -> bool:
    """Short enough for a socket, and lower case: URLs fold the case of a host name."""
    tekst = str(map_)
    return len(tekst.encode()) <= SOCKETLENGTE and tekst == tekst.lower()


def socketmap(data: Path) -> Path:
    """The folder for the sockets of the servers in `data`: inside it if its path allows, else a private one.

    Raises Melding when a folder of that name exists and is not ours.
    """
    if _bruikbaar(data / "s"):
        map_ = data / "s"
    else:
        basis = next(
            b
            for b in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp")
            if b and _bruikbaar(Path(b, "x" * 30))
        )
        map_ = Path(basis) / f"zorgpad-{os.geteuid()}-{kenmerk(data)}"
    map_.mkdir(mode=0o700, exist_ok=True)
    wat = map_.lstat()
    if not stat.S_ISDIR(wat.st_mode) or (os.geteuid() != 0 and wat.st_uid != os.geteuid()):
        raise Melding(f"{map_} is niet van ons. Verwijder het, of kies met ZORGPAD_DATA een andere map.")
    return map_
