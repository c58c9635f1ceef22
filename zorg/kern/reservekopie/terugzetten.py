"""Restoring a backup: everything is checked first, and until the new data are proved the old stay whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from zorg.kern.reservekopie import pg
from zorg.kern.reservekopie.vorm import STUK, Deel, Kopie, Kopiefout, Manifest, open_kopie, vol

SLOT = 7_240_119
"""Of the advisory lock: two restores at once would each throw away the other's."""
HALF = ".terugzetten"


@dataclass(frozen=True)
class Teruggezet:
    """What was restored, and how many migrations were run afterwards because the backup was of an older program."""

    manifest: Manifest
    bijgewerkt: int


def zet_terug(pad: Path, *, overschrijf: bool = False) -> Teruggezet:
    """Put a backup in the place of the database and the files. Raises Kopiefout with one Dutch sentence.

    Files of the backup are added first (their names are random, so they are in nobody's way), then the database
    changes in one transaction, then migrations run; only when all that went well do the old data and files go.
    """
    pg.eis_eigenaar()
    with open_kopie(pad) as kopie:
        achter = _migraties_achter(kopie.manifest)
        with _alleen():
            if pg.aantal_scholen() and not overschrijf:
                raise Kopiefout(
                    "In deze database staan al scholen; met --overschrijf komt de reservekopie ervoor in de plaats.",
                    status=2,
                )
            bestanden = _Bestanden(Path(settings.MEDIA_ROOT))
            try:
                bestanden.zet_klaar(kopie)
                pg.herstel(kopie.stukken(kopie.manifest.database), kopie.manifest.tabellen)
                _migreer(achter)
            except BaseException:
                bestanden.draai_terug()
                raise
            bestanden.maak_af()
            if overschrijf:
                bestanden.ruim_op(kopie.manifest)
            pg.gooi_vorige_weg()
    return Teruggezet(kopie.manifest, achter)


def _migraties_achter(manifest: Manifest) -> int:
    """How many migrations of this program the backup has not had. Raises Kopiefout for one this program can't know."""
    bekend = set(MigrationLoader(None).disk_migrations)
    gehad = set(manifest.migraties)
    if gehad - bekend:
        raise Kopiefout("Deze reservekopie is gemaakt met een nieuwere versie van Zorgpad; werk Zorgpad eerst bij.")
    return len(bekend - gehad)


def _migreer(achter: int) -> None:
    if not achter:
        return
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as fout:
        pg.zet_vorige_terug()
        raise Kopiefout(
            f"Het bijwerken van de oudere reservekopie is niet gelukt ({type(fout).__name__}); er is niets veranderd."
        ) from None


@contextmanager
def _alleen() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [SLOT])
        if cursor.fetchone() != (True,):
            raise Kopiefout("Er wordt op dit moment al een reservekopie teruggezet.")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [SLOT])


@dataclass
class _Bestanden:
    """The folder of files while a backup is being put back."""

    map: Path
    nieuw: list[Path] = field(default_factory=list)
    """Files that were not there before."""
    anders: list[tuple[Path, Path]] = field(default_factory=list)
    """Those that stand there with other bytes: what they become, and where."""

    def zet_klaar(self, kopie: Kopie) -> None:
        """Write what is not there yet. Raises Kopiefout when there is no room."""
        try:
            self.map.mkdir(parents=True, exist_ok=True)
            for deel in kopie.manifest.bestanden:
                doel = self.map / deel.pad
                if _is_gelijk(doel, deel):
                    continue
                doel.parent.mkdir(parents=True, exist_ok=True)
                half = doel.with_name(doel.name + HALF)
                bestond = doel.exists()
                self.anders.append((half, doel)) if bestond else self.nieuw.append(half)
                with half.open("wb") as bestand:
                    bestand.writelines(kopie.stukken(deel))
                    bestand.flush()
                    os.fsync(bestand.fileno())
                if not bestond:
                    half.replace(doel)
                    self.nieuw[-1] = doel
        except OSError as fout:
            waarom = "is te weinig ruimte" if vol(fout) else "kan niet worden geschreven"
            raise Kopiefout(f"In de map van de bestanden {waarom}; er is niets veranderd.") from None

    def draai_terug(self) -> None:
        for pad in [*self.nieuw, *(half for half, _ in self.anders)]:
            pad.unlink(missing_ok=True)

    def maak_af(self) -> None:
        for half, doel in self.anders:
            half.replace(doel)

    def ruim_op(self, manifest: Manifest) -> None:
        """Take away the files that no row names any more."""
        blijft = {self.map / deel.pad for deel in manifest.bestanden}
        for pad in [pad for pad in self.map.rglob("*") if pad.is_file() and pad not in blijft]:
            pad.unlink()


def _is_gelijk(pad: Path, deel: Deel) -> bool:
    try:
        if pad.stat().st_size != deel.grootte:
            return False
        som = hashlib.sha256()
        with pad.open("rb") as bestand:
            while stuk := bestand.read(STUK):
                som.update(stuk)
    except FileNotFoundError:
        return False
    return som.hexdigest() == deel.sha256
