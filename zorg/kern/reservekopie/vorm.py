"""The form of a backup file: a tar that says of each part how large it is and what its bytes must be.

In order: a short text, the dump of the database, the files, `manifest.json`, and `controle.sha256`, the sum of the
manifest. The manifest comes last, since only then is everything known, so a file that was cut off has none. Names of
files are random (leerlingen.models.Bijlage) and counts are counts: outside the dump nothing names a child.
"""

from __future__ import annotations

import errno
import hashlib
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

VORM = 1
MERK = "zorgpad-reservekopie.txt"
DATABASE = "database.dump"
BESTANDEN = "bestanden/"
MANIFEST = "manifest.json"
CONTROLE = "controle.sha256"
STUK = 1 << 20
BLOK = 512
UITLEG = (
    b"Dit is een reservekopie van Zorgpad. Er staan gegevens van kinderen in: bewaar hem versleuteld.\n"
    b"Terugzetten: bin/manage reservekopie_terugzetten BESTAND\n"
)

BESCHADIGD = "De reservekopie is beschadigd of afgebroken; er is niets teruggezet. Neem een andere."


class Kopiefout(Exception):
    """Backup or restore was refused; `zin` is one Dutch sentence. `status` is 2 when the call was wrong."""

    def __init__(self, zin: str, status: int = 1) -> None:
        super().__init__(zin)
        self.zin = zin
        self.status = status


def vol(fout: OSError) -> bool:
    """Whether there was no room: on the disk, in the quota, or under the limit of this process."""
    return fout.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Deel:
    """One part: its name in the tar, bytes, SHA-256, and where its bytes begin."""

    naam: str
    grootte: int
    sha256: str
    begin: int = 0

    @property
    def pad(self) -> PurePosixPath:
        """For a file of a dossier: its path within the folder of files."""
        return PurePosixPath(self.naam.removeprefix(BESTANDEN))


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    gemaakt_op: datetime
    migraties: list[tuple[str, str]]
    """Applied when it was made, (app, name); this is the version of the program."""
    tabellen: dict[str, int]
    """Rows by table, at one moment."""
    scholen: int
    ontbreekt: int = 0
    """Files that the database names and that were not there."""
    delen: list[Deel] = field(default_factory=list)
    vorm: int = VORM

    @property
    def rijen(self) -> int:
        return sum(self.tabellen.values())

    @property
    def bestanden(self) -> list[Deel]:
        return [deel for deel in self.delen if deel.naam.startswith(BESTANDEN)]

    @property
    def database(self) -> Deel:
        return next(deel for deel in self.delen if deel.naam == DATABASE)

    def schrijf(self) -> bytes:
        inhoud = asdict(self) | {"gemaakt_op": self.gemaakt_op.isoformat()}
        for deel in inhoud["delen"]:
            del deel["begin"]
        return json.dumps(inhoud, indent=1).encode()

    @classmethod
    def lees(cls, tekst: bytes) -> Manifest:
        """Raises KeyError, TypeError or ValueError when it is no manifest; a part outside its folder is none."""
        rauw = json.loads(tekst)
        delen = [Deel(str(d["naam"]), int(d["grootte"]), str(d["sha256"])) for d in rauw["delen"]]
        for deel in delen:
            pad = PurePosixPath(deel.naam)
            if pad.is_absolute() or ".." in pad.parts or "\0" in deel.naam or str(pad) != deel.naam:
                raise ValueError(deel.naam)
        return cls(
            gemaakt_op=datetime.fromisoformat(rauw["gemaakt_op"]),
            migraties=[(str(app), str(naam)) for app, naam in rauw["migraties"]],
            tabellen={str(naam): int(aantal) for naam, aantal in rauw["tabellen"].items()},
            scholen=int(rauw["scholen"]),
            ontbreekt=int(rauw["ontbreekt"]),
            delen=delen,
            vorm=int(rauw["vorm"]),
        )


# -- writing ---------------------------------------------------------------------------------------------------


class Schrijver:
    """Writes the parts one after the other; the header of a part follows when its size is known."""

    def __init__(self, uit: IO[bytes]) -> None:
        self._uit = uit
        self.delen: list[Deel] = []

    def voeg_toe(self, naam: str, vul: Callable[[Callable[[bytes], None]], None]) -> None:
        """Add a part: `vul` is given what takes its bytes. OSError of a full disk comes through."""
        kop = len(tarfile.TarInfo(naam).tobuf(tarfile.GNU_FORMAT))
        plek, som, grootte = self._uit.tell(), hashlib.sha256(), 0
        self._uit.write(bytes(kop))

        def neem(stuk: bytes) -> None:
            nonlocal grootte
            self._uit.write(stuk)
            som.update(stuk)
            grootte += len(stuk)

        vul(neem)
        self._uit.write(bytes(-grootte % BLOK))
        info = tarfile.TarInfo(naam)
        info.size, info.mode = grootte, 0o600
        einde = self._uit.tell()
        self._uit.seek(plek)
        self._uit.write(info.tobuf(tarfile.GNU_FORMAT))
        self._uit.seek(einde)
        self.delen.append(Deel(naam, grootte, som.hexdigest()))

    def tekst(self, naam: str, inhoud: bytes) -> None:
        self.voeg_toe(naam, lambda neem: neem(inhoud))

    def stroom(self, naam: str, bron: IO[bytes]) -> None:
        def vul(neem: Callable[[bytes], None]) -> None:
            while stuk := bron.read(STUK):
                neem(stuk)

        self.voeg_toe(naam, vul)

    def sluit(self, manifest: Manifest) -> None:
        """Write the manifest, its sum, and the end of the tar."""
        tekst = manifest.schrijf()
        self.tekst(MANIFEST, tekst)
        self.tekst(CONTROLE, hashlib.sha256(tekst).hexdigest().encode())
        self._uit.write(bytes(2 * BLOK))


# -- reading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kopie:
    """A backup of which every byte was checked; `delen` of its manifest know where they begin."""

    bestand: IO[bytes]
    manifest: Manifest

    def stukken(self, deel: Deel) -> Iterator[bytes]:
        """The bytes of a part."""
        self.bestand.seek(deel.begin)
        over = deel.grootte
        while over and (stuk := self.bestand.read(min(STUK, over))):
            over -= len(stuk)
            yield stuk


@contextmanager
def open_kopie(pad: Path) -> Iterator[Kopie]:
    """A backup, wholly checked before it is given. Raises Kopiefout for anything that is not whole and unchanged."""
    try:
        bestand = pad.open("rb")
    except OSError:
        raise Kopiefout(f"Het bestand «{pad.name}» is niet te openen.", status=2) from None
    with bestand:
        try:
            if bestand.read(len(MERK)) != MERK.encode():
                raise Kopiefout(f"Het bestand «{pad.name}» is geen reservekopie van Zorgpad.")
            yield Kopie(bestand, _keur(bestand))
        except IsADirectoryError:
            raise Kopiefout(f"«{pad.name}» is een map, geen reservekopie.", status=2) from None


def _keur(bestand: IO[bytes]) -> Manifest:
    """Check every byte: headers by their own sum, parts by the manifest, the manifest by its sum, the rest is zero."""
    bestand.seek(0)
    try:
        with tarfile.open(fileobj=bestand, mode="r:") as archief:
            leden = archief.getmembers()
        plekken = {lid.name: lid for lid in leden}
        if len(leden) < 4 or len(plekken) != len(leden) or not all(lid.isreg() for lid in leden):
            raise Kopiefout(BESCHADIGD)
        if [lid.name for lid in leden[-2:]] != [MANIFEST, CONTROLE]:
            raise Kopiefout(BESCHADIGD)
        tekst = _lees(bestand, plekken[MANIFEST])
        if hashlib.sha256(tekst).hexdigest().encode() != _lees(bestand, plekken[CONTROLE]):
            raise Kopiefout(BESCHADIGD)
        manifest = Manifest.lees(tekst)
    except (tarfile.TarError, EOFError, KeyError, TypeError, ValueError, AttributeError):
        raise Kopiefout(BESCHADIGD) from None
    if manifest.vorm > VORM:
        raise Kopiefout("Deze reservekopie is gemaakt met een nieuwere versie van Zorgpad; werk Zorgpad eerst bij.")
    verwacht = [(deel.naam, deel.grootte) for deel in manifest.delen]
    if verwacht != [(lid.name, lid.size) for lid in leden[:-2]] or DATABASE not in plekken:
        raise Kopiefout(BESCHADIGD)
    delen = []
    for deel, lid in zip(manifest.delen, leden[:-2], strict=True):
        _keur_deel(bestand, deel, lid)
        delen.append(Deel(deel.naam, deel.grootte, deel.sha256, lid.offset_data))
    for lid in leden[-2:]:
        _keur_rand(bestand, lid)
    bestand.seek(_einde(leden[-1]))
    if bestand.read() != bytes(2 * BLOK):
        raise Kopiefout(BESCHADIGD)
    return Manifest(**(vars(manifest) | {"delen": delen}))


def _lees(bestand: IO[bytes], lid: tarfile.TarInfo) -> bytes:
    bestand.seek(lid.offset_data)
    return bestand.read(lid.size)


def _keur_deel(bestand: IO[bytes], deel: Deel, lid: tarfile.TarInfo) -> None:
    bestand.seek(lid.offset_data)
    som, over = hashlib.sha256(), deel.grootte
    while over and (stuk := bestand.read(min(STUK, over))):
        som.update(stuk)
        over -= len(stuk)
    if over or som.hexdigest() != deel.sha256:
        raise Kopiefout(BESCHADIGD)
    _keur_rand(bestand, lid)


def _einde(lid: tarfile.TarInfo) -> int:
    return lid.offset_data + lid.size + -lid.size % BLOK


def _keur_rand(bestand: IO[bytes], lid: tarfile.TarInfo) -> None:
    bestand.seek(lid.offset_data + lid.size)
    rand = -lid.size % BLOK
    if bestand.read(rand) != bytes(rand):
        raise Kopiefout(BESCHADIGD)
