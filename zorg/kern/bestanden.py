"""What a person may upload, judged by content and not by name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from zorg.kern.fouten import DomeinFout

SOORTEN = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
}


@dataclass(frozen=True)
class Gekeurd:
    """A file that may be kept: its name without path, kind, size in bytes, and SHA-256."""

    naam: str
    mime: str
    grootte: int
    sha256: str


def keur(bestand: UploadedFile[Any]) -> Gekeurd:
    """Check an upload. Raises DomeinFout for an empty, too large or unknown file."""
    naam = PurePosixPath((bestand.name or "bestand").replace("\\", "/")).name
    naam = "".join(teken for teken in naam if teken.isprintable())[:150] or "bestand"
    grootte = bestand.size or 0
    if grootte == 0:
        raise DomeinFout(f"Het bestand «{naam}» is leeg. Kies het opnieuw.")
    if grootte > settings.BESTAND_MAX:
        raise DomeinFout(f"Het bestand «{naam}» is groter dan {settings.BESTAND_MAX // 2**20} MB.")
    kop = bestand.read(8192)
    soort = filetype.guess(kop)
    if soort is None or soort.mime not in SOORTEN:
        raise DomeinFout(f"«{naam}» is geen pdf, foto, Word-, Excel- of OpenDocument-bestand.")
    return Gekeurd(naam, soort.mime, grootte, _volledige_som(bestand))


def _volledige_som(bestand: UploadedFile[Any]) -> str:
    som = hashlib.sha256()
    bestand.seek(0)
    for stuk in bestand.chunks():
        som.update(stuk)
    bestand.seek(0)
    return som.hexdigest()
