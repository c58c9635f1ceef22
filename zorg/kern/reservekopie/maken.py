"""Making a backup: first the database as it stands at one moment, then the files it names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from zorg.kern import klok
from zorg.kern.reservekopie import pg
from zorg.kern.reservekopie.vorm import (
    BESTANDEN,
    DATABASE,
    MERK,
    UITLEG,
    Kopiefout,
    Manifest,
    Schrijver,
    open_kopie,
    vol,
)


def maak(uit: Path, *, overschrijf: bool = False) -> Manifest:
    """Write a whole backup to `uit` (readable by its owner alone), check every byte of it, and only then name it so.

    Raises Kopiefout with one Dutch sentence; then nothing stands there that was not there before.
    """
    pg.eis_eigenaar()
    if not pg.tabellen():
        raise Kopiefout("De database is leeg; er is niets om een reservekopie van te maken.")
    _keur_doel(uit, overschrijf=overschrijf)
    _ruim_half_op(uit)
    half = uit.with_name(f".{uit.name}.{os.getpid()}.half")
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as bestand:
            _vul(bestand)
            bestand.flush()
            os.fsync(bestand.fileno())
        with open_kopie(half) as kopie:
            manifest = kopie.manifest
        _keur_doel(uit, overschrijf=overschrijf)
        half.replace(uit)
    except OSError as fout:
        raise Kopiefout(_schrijffout(uit, fout)) from None
    finally:
        half.unlink(missing_ok=True)
    return manifest


def _schrijffout(uit: Path, fout: OSError) -> str:
    if vol(fout):
        return f"Er is te weinig ruimte voor de reservekopie in «{uit.parent}»; er is niets bewaard."
    return f"In «{uit.parent}» kan niet worden geschreven, of een bestand is niet te lezen; er is niets bewaard."


def _keur_doel(uit: Path, *, overschrijf: bool) -> None:
    if not uit.parent.is_dir():
        raise Kopiefout(f"De map «{uit.parent}» bestaat niet.", status=2)
    if uit.is_dir():
        raise Kopiefout(f"«{uit.name}» is een map; geef een bestandsnaam.", status=2)
    if uit.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise Kopiefout("Bewaar de reservekopie niet tussen de bestanden van de dossiers.", status=2)
    if uit.exists() and not overschrijf:
        raise Kopiefout(f"«{uit.name}» bestaat al; kies een andere naam of geef --overschrijf.", status=2)


def _ruim_half_op(uit: Path) -> None:
    """Take away what a killed run left beside the target."""
    for oud in uit.parent.glob(f".{uit.name}.*.half"):
        pid = oud.name.removesuffix(".half").rpartition(".")[2]
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            oud.unlink(missing_ok=True)
        except (ValueError, OverflowError, PermissionError):
            continue


@contextmanager
def _een_moment() -> Iterator[str]:
    """A transaction that sees one moment, and the name under which pg_dump sees the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("select pg_export_snapshot()")
        ((snapshot,),) = cursor.fetchall()
        yield snapshot


def _vul(bestand: IO[bytes]) -> None:
    schrijver = Schrijver(bestand)
    schrijver.tekst(MERK, UITLEG)
    moment = klok.nu()
    with _een_moment() as snapshot:
        tabellen, migraties, scholen = pg.tellingen(), pg.migraties(), pg.aantal_scholen()
        genoemd = pg.bestandsnamen()
        schrijver.voeg_toe(DATABASE, lambda neem: pg.dump(neem, snapshot))
    ontbreekt = _bestanden(schrijver, genoemd)
    schrijver.sluit(Manifest(moment, migraties, tabellen, scholen, ontbreekt, schrijver.delen[:]))


def _bestanden(schrijver: Schrijver, genoemd: list[str]) -> int:
    """Add the files that the database names; gives how many were not there.

    Files are written before their row and removed after it, so a file without a row is nobody's and stays out.
    """
    ontbreekt, map_ = 0, Path(settings.MEDIA_ROOT)
    for naam in genoemd:
        try:
            bron = (map_ / naam).open("rb")
        except (FileNotFoundError, NotADirectoryError):
            ontbreekt += 1
            continue
        with bron:
            schrijver.stroom(f"{BESTANDEN}{naam}", bron)
    return ontbreekt
