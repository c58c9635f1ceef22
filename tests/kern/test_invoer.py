"""What people type and upload, judged before it is kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.bouw.fabriek import PDF, PNG
from zorg.kern.bestanden import keur
from zorg.kern.fouten import DomeinFout
from zorg.kern.tekst import MAX_TEKST, schoon


def bestand(naam: str, inhoud: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud)


def kantoor(soort: str) -> bytes:
    """A small office file of this kind."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        if soort == "odt":
            zip_.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            zip_.writestr("content.xml", "<x/>")
        else:
            zip_.writestr("[Content_Types].xml", "<Types/>")
            zip_.writestr("_rels/.rels", "<Relationships/>")
            zip_.writestr("word/document.xml" if soort == "docx" else "xl/workbook.xml", "<x/>" * 50)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("naam", "inhoud", "mime"),
    [
        ("verslag.pdf", PDF, "application/pdf"),
        ("foto.png", PNG, "image/png"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg"),
        ("brief.docx", kantoor("docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("lijst.xlsx", kantoor("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("brief.odt", kantoor("odt"), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_wat_mag(naam: str, inhoud: bytes, mime: str) -> None:
    gekeurd = keur(bestand(naam, inhoud))
    assert (gekeurd.naam, gekeurd.mime, gekeurd.grootte) == (naam, mime, len(inhoud))
    assert gekeurd.sha256 == hashlib.sha256(inhoud).hexdigest()


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("leeg.pdf", b""),
        ("plat.txt", b"gewone tekst"),
        ("pagina.html", b"<html><script>alert(1)</script></html>"),
        ("plaat.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("vermomd.pdf", b"MZ\x90\0\x03\0\0\0"),
        ("vermomd.jpg", b"<html>" + b"x" * 100),
        ("programma.exe", b"MZ\x90\0\x03\0\0\0"),
        ("geluid.mp3", b"ID3\x03\0\0\0\0\0\0"),
        ("archief.zip", b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_wat_niet_mag(naam: str, inhoud: bytes) -> None:
    """Judged by its content: the name decides nothing."""
    with pytest.raises(DomeinFout) as fout:
        keur(bestand(naam, inhoud))
    assert naam in fout.value.zin


def test_te_groot(settings: Any) -> None:
    settings.BESTAND_MAX = 100
    with pytest.raises(DomeinFout, match="groter dan"):
        keur(bestand("groot.pdf", PDF + b"x" * 200))


@pytest.mark.parametrize(
    ("naam", "bewaard"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\anna\\verslag.pdf", "verslag.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("rechts\u202efdp.exe.pdf", "rechtsfdp.exe.pdf"),
        ("Zoë – verslag.pdf", "Zoë – verslag.pdf"),
    ],
)
def test_naam_van_een_bestand(naam: str, bewaard: str) -> None:
    """Without a path and without signs that cannot be seen."""
    nieuw = bestand("x.pdf", PDF)
    nieuw._name = naam  # Django's own setter cuts the path off already
    assert keur(nieuw).naam == bewaard


@given(st.text(max_size=300))
def test_schone_tekst_blijft_schoon(tekst: str) -> None:
    """Cleaning twice is cleaning once; no control sign but line end and tab is left; visible words stay."""
    eerst = schoon(tekst)
    assert schoon(eerst) == eerst
    assert not any(ord(teken) < 32 and teken not in "\n\t" for teken in eerst)
    assert "\x00" not in eerst, "PostgreSQL refuses it"


@pytest.mark.parametrize(
    ("ruw", "verwacht"),
    [
        ("regel 1\r\nregel 2\rregel 3", "regel 1\nregel 2\nregel 3"),
        ("e\u0301e\u0301n", "één"),
        ("a\x00b\x07c", "abc"),
        ("<b>vet</b> & «zo»", "<b>vet</b> & «zo»"),
        ("👩‍🏫 juf", "👩‍🏫 juf"),
    ],
)
def test_schone_tekst(ruw: str, verwacht: str) -> None:
    assert schoon(ruw) == verwacht


def test_te_lange_tekst_zegt_hoe_lang() -> None:
    with pytest.raises(DomeinFout, match=r"50\.001 tekens; er passen er 50\.000"):
        schoon("x" * (MAX_TEKST + 1))
