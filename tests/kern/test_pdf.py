"""The PDF gateway: what the file says of itself, who may hand it what, and that it prints what was written."""

from __future__ import annotations

import io
import logging
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from lxml import etree

from zorg.kern.pdf import PdfFout, maak_pdf

pytestmark = pytest.mark.traag
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


def bytes_van(romp: str, **anders: Any) -> bytes:
    html = f'<!DOCTYPE html><html lang="nl"><head><title>t</title></head><body data-voet="Voet">{romp}</body></html>'
    return maak_pdf(html, **{"titel": "Proef", **anders})


def pdf_van(romp: str, **anders: Any) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(bytes_van(romp, **anders)))


def takken(tak: Any) -> Iterator[Any]:
    """Every element of the tag tree in reading order."""
    if "/S" in tak:
        yield tak
    kinderen = tak.get("/K")
    for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]:
        if isinstance(kind, pikepdf.Dictionary):
            yield from takken(kind)


def soorten(document: pikepdf.Pdf) -> list[str]:
    return [str(tak.S) for tak in takken(document.Root.StructTreeRoot)]


def letters_van(document: pikepdf.Pdf) -> dict[str, dict[int, str]]:
    """The fonts by name, and in each which number stands for which character."""
    uit = {}
    for ding in document.objects:
        if isinstance(ding, pikepdf.Dictionary) and ding.get("/Subtype") == "/Type0":
            paren = re.findall(rb"<([0-9a-f]+)> <([0-9a-f]+)>\n", ding.ToUnicode.read_bytes())
            kaart = {int(n, 16): bytes.fromhex(t.decode()).decode("utf-16-be") for n, t in paren if n != b"0000"}
            uit[str(ding.BaseFont)] = kaart
    return uit


def tekst_van(document: pikepdf.Pdf) -> list[str]:
    """What a reader may copy from each page, pieces joined."""
    bladen, per_naam = [], letters_van(document)
    for blad in document.pages:
        letters = {naam: per_naam[str(letter.BaseFont)] for naam, letter in blad.Resources.Font.items()}
        stukken, kaart = [], dict[int, str]()
        for waarden, opdracht in pikepdf.parse_content_stream(blad):
            if str(opdracht) == "Tf":
                kaart = letters[str(waarden[0])]
            elif str(opdracht) in ("TJ", "Tj"):
                rij = waarden[0] if isinstance(waarden[0], pikepdf.Array) else waarden
                for deel in rij:
                    if isinstance(deel, pikepdf.String):
                        rauw = bytes(deel)
                        nummers = [int.from_bytes(rauw[n : n + 2], "big") for n in range(0, len(rauw), 2)]
                        stukken.append("".join(kaart.get(nummer, "?") for nummer in nummers))
        bladen.append("".join(stukken))
    return bladen


# -- what the file says of itself ------------------------------------------------------------------------------


def test_het_is_een_gelabelde_pdf_die_zegt_wat_zij_is() -> None:
    document = pdf_van("<h1>Kop</h1><p>Tekst</p>", auteur="De Kameleon", taal="nl-BE")
    assert bool(document.Root.MarkInfo.Marked) and str(document.Root.Lang) == "nl-BE"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert str(document.docinfo.Title) == "Proef" and str(document.docinfo.Author) == "De Kameleon"
    assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
    with document.open_metadata() as xmp:
        assert xmp[f"{PDFUA}part"] == "1"
        assert xmp["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
        assert xmp["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
        assert xmp["dc:title"] == "Proef" and xmp["dc:creator"] == ["De Kameleon"]


def test_pdf_a_kent_het_kenmerk_van_pdf_ua() -> None:
    """PDF/A allows a foreign property only beside a schema that describes it."""
    document = pdf_van("<p>x</p>", titel="<Titel> & zo </rdf:RDF>")
    xmp = etree.fromstring(document.Root.Metadata.read_bytes())
    ruimtes = {"s": "http://www.aiim.org/pdfa/ns/schema#", "p": "http://www.aiim.org/pdfa/ns/property#"}
    assert [tak.text for tak in xmp.iterfind(".//s:namespaceURI", ruimtes)] == ["http://www.aiim.org/pdfua/ns/id/"]
    assert [tak.text for tak in xmp.iterfind(".//p:name", ruimtes)] == ["part"]
    assert len(xmp.findall("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF")) == 1


def test_de_leesvolgorde_is_die_van_het_stuk() -> None:
    document = pdf_van("<h1>Kop</h1><p>Tekst</p><h2>Deel</h2><ul><li>een</li></ul><table><tr><th>a</th></tr></table>")
    rij = [soort for soort in soorten(document) if soort in ("/H1", "/P", "/H2", "/L", "/LBody", "/Table", "/TH")]
    assert rij == ["/H1", "/P", "/H2", "/L", "/LBody", "/Table", "/TH"]


def test_koppen_van_een_tabel_horen_bij_hun_cellen() -> None:
    document = pdf_van(
        "<table><thead><tr><th scope=col>Moment</th><th scope=col>Score</th></tr></thead>"
        "<tbody><tr><th scope=row>M4</th><td>61</td></tr></tbody></table>"
    )
    alles = list(takken(document.Root.StructTreeRoot))
    koppen = [tak for tak in alles if tak.S == "/TH"]
    assert [str(kop.A.Scope) for kop in koppen] == ["/Column", "/Column", "/Row"]
    cel = next(tak for tak in alles if tak.S == "/TD")
    assert {bytes(naam) for naam in cel.A.Headers} == {bytes(koppen[1].ID), bytes(koppen[2].ID)}
    namen = document.Root.StructTreeRoot.IDTree.Names
    gevonden = {bytes(namen[n]): namen[n + 1].objgen for n in range(0, len(namen), 2)}
    assert gevonden == {bytes(kop.ID): kop.objgen for kop in koppen}
    assert [bytes(namen[n]) for n in range(0, len(namen), 2)] == sorted(gevonden)


def test_een_figuur_heeft_een_tekst() -> None:
    document = pdf_van('<svg width="10" height="10"><title>Groei van 61 naar 79</title><circle r="3"/></svg>')
    figuren = [tak for tak in takken(document.Root.StructTreeRoot) if tak.S == "/Figure"]
    assert [str(figuur.Alt) for figuur in figuren] == ["Groei van 61 naar 79"]


def test_de_voet_staat_op_elk_blad_en_niet_tussen_de_tekst() -> None:
    document = pdf_van('<p>een</p><p class="eigen-blad">twee</p>')
    assert [blad.endswith(f"Voetpagina {n} van 2") for n, blad in enumerate(tekst_van(document), start=1)] == [True] * 2
    nummers = document.Root.StructTreeRoot.ParentTree.Nums
    in_de_boom = {tak.objgen for tak in takken(document.Root.StructTreeRoot)}
    for n, blad in enumerate(document.pages):
        opdrachten = [(w, str(o)) for w, o in pikepdf.parse_content_stream(blad) if str(o) in ("BDC", "BMC")]
        voeten = [w for w, o in opdrachten if o == "BDC" and w[0] == "/Artifact" and w[1].Type == "/Pagination"]
        assert len(voeten) == 2
        gemerkt = [int(w[1].MCID) for w, _ in opdrachten if len(w) == 2 and "/MCID" in w[1]]
        assert len(gemerkt) == 1, "only the paragraph is text"
        assert all(nummers[2 * n + 1][mcid].objgen in in_de_boom for mcid in gemerkt)


def test_zelfde_invoer_zelfde_bytes_ook_in_een_ander_proces() -> None:
    hier = bytes_van("<h1>Yıldız</h1><table><tr><th>a</th></tr></table>")
    assert bytes_van("<h1>Yıldız</h1><table><tr><th>a</th></tr></table>") == hier
    programma = (
        "import django, sys; django.setup()\n"
        "from tests.kern.test_pdf import bytes_van\n"
        "sys.stdout.buffer.write(bytes_van('<h1>Yıldız</h1><table><tr><th>a</th></tr></table>'))"
    )
    assert _proces(programma, PYTHONHASHSEED="77").stdout == hier


def _proces(programma: str, **omgeving: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", programma],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "zorg.settings", "PYTHONPATH": str(settings.BASE_DIR), **omgeving},
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
        timeout=60,
    )


# -- what may be read ------------------------------------------------------------------------------------------


@pytest.fixture
def luisteraar() -> Iterator[socket.socket]:
    """A server on this machine to which nobody may come."""
    with socket.create_server(("127.0.0.1", 0)) as dienst:
        dienst.setblocking(False)
        yield dienst


VERWIJZINGEN = (
    ("file:///etc/passwd", "file"),
    ("http://127.0.0.1:{poort}/geheim.png", "http"),
    ("https://127.0.0.1:{poort}/geheim.png", "https"),
    ("//127.0.0.1:{poort}/geheim.png", "https"),
    ("ftp://127.0.0.1:{poort}/geheim", "ftp"),
    ("http://statisch.zorgpad.invalid/beeld/merk.svg", "http"),
    ("data:text/html,geheim", "data"),
    ("/../../../etc/passwd", "missing"),
    ("%2e%2e/%2e%2e/geheim", "missing"),
    ("..%2F..%2Fzorg/settings.py", "missing"),
    ("django_htmx/htmx-2.min.js", "missing"),
    ("bestand:geheim", "missing"),
)
PLAATSEN = (
    '<p>a<img src="{}" alt="x"></p>',
    '<p style="background: url({})">a</p>',
    '<link rel="stylesheet" href="{}"><p>a</p>',
    '<style>@import "{}"; @font-face {{ font-family: q; src: url("{}") }}</style><p>a</p>',
    '<link rel="attachment" href="{}"><p>a</p>',
    '<object data="{}">a</object>',
    '<svg width="9" height="9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
)


@pytest.mark.parametrize(
    ("romp", "verwijzing", "soort"),
    [(PLAATSEN[0], *paar) for paar in VERWIJZINGEN] + [(romp, *paar) for romp in PLAATSEN for paar in VERWIJZINGEN[:2]],
)
def test_niets_van_buiten_wordt_gehaald(
    romp: str, verwijzing: str, soort: str, luisteraar: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    adres = verwijzing.format(poort=luisteraar.getsockname()[1])
    with caplog.at_level(logging.ERROR), pytest.raises(PdfFout, match="niet gemaakt"):
        bytes_van(romp.format(adres, adres))
    with pytest.raises(BlockingIOError):
        luisteraar.accept()
    regels = [regel.getMessage() for regel in caplog.records if regel.name == "zorg.kern.pdf"]
    assert regels and all(f"of kind {soort}" in regel for regel in regels)
    assert "geheim" not in caplog.text and "passwd" not in caplog.text


def test_eigen_bestanden_en_meegegeven_bestanden_mogen() -> None:
    rood = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect fill="#f00" width="9" height="9"/></svg>'
    )
    document = pdf_van('<img src="bestand:een%20punt" alt="punt">', bestanden={"een punt": rood})
    assert b"\n1 0 0 rg" in document.pages[0].Contents.read_bytes()
    leeg, merk = pdf_van('<img alt="x">'), pdf_van('<img src="beeld/merk.svg" alt="merk">')
    assert len(merk.pages[0].Contents.read_bytes()) > len(leeg.pages[0].Contents.read_bytes())


def test_een_meegegeven_bestand_haalt_zelf_niets() -> None:
    lek = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    with pytest.raises(PdfFout):
        bytes_van('<img src="bestand:lek" alt="x">', bestanden={"lek": lek})


def test_zonder_pango_een_zin_in_plaats_van_een_stapel() -> None:
    programma = (
        "import cffi, django\n"
        "echt = cffi.FFI.dlopen\n"
        "def dlopen(ffi, naam, *rest):\n"
        "    if 'pango' in str(naam): raise OSError('cannot load library ' + naam)\n"
        "    return echt(ffi, naam, *rest)\n"
        "cffi.FFI.dlopen = dlopen\n"
        "django.setup()\n"
        "from zorg.kern.pdf import PdfFout, maak_pdf\n"
        "try: maak_pdf('<p>x</p>', titel='x')\n"
        "except PdfFout as fout: print(fout.zin)\n"
    )
    uitkomst = _proces(programma)
    assert "ontbreekt pango" in uitkomst.stdout.decode() and "libpangoft2-1.0-0" in uitkomst.stdout.decode()
    assert b"Traceback" not in uitkomst.stderr


# -- what is printed -------------------------------------------------------------------------------------------


def test_elke_letter_komt_uit_de_helft_waarin_zij_staat() -> None:
    """Both halves of our font under one name would print the glyph that has the same number in the other half."""
    naam = "Yıldız Łukasz Ağaoğlu Şule Šárka Ismaël Zoë Ædge Čapek"
    document = pdf_van(f"<p>{naam}</p><h1>{naam}</h1>")
    map_ = Path(settings.STATICFILES_DIRS[0]) / "vendor" / "source-sans-3"
    gezien = set()
    for letter, kaart in letters_van(document).items():
        helft, gewicht = ("latin-ext" if "Ext" in letter else "latin"), 600 if "Semi-Bold" in letter else 400
        bron = TTFont(map_ / f"source-sans-3-{helft}-{gewicht}-normal.woff2")
        for nummer, teken in kaart.items():
            assert bron.getGlyphID(bron.getBestCmap()[ord(teken)]) == nummer, (letter, teken)
            gezien.add((teken, gewicht))
    assert gezien >= {(teken, gewicht) for teken in naam for gewicht in (400, 600)}
    assert "".join(tekst_van(document)).startswith(naam)


def test_losse_accenten_worden_een_letter() -> None:
    assert tekst_van(pdf_van("<p>Ismae\u0308l</p>"))[0].startswith("Ismaël")


def test_tekens_die_geen_tekst_zijn_breken_niets() -> None:
    document = pdf_van("<p>a\x00b\x0bc\ud800d</p>", titel="a\x00b\ud800", auteur="x\x0by")
    assert tekst_van(document)[0].startswith("abcd")
    assert str(document.docinfo.Title) == "ab"
    etree.fromstring(document.Root.Metadata.read_bytes())


def test_een_woord_van_tienduizend_letters_past() -> None:
    document = pdf_van(f"<p>{'w' * 10_000}</p><table><tr><td>{'v' * 10_000}</td><td>x</td></tr></table>")
    alles = "".join(tekst_van(document))
    assert alles.count("w") == 10_000 and alles.count("v") == 10_000 + alles.count("Voetpagina") * 2 - len(
        document.pages
    )
    for blad in document.pages:  # nothing stands outside the paper: each line begins at the left margin
        plaatsen = [float(w[4]) for w, o in pikepdf.parse_content_stream(blad) if str(o) == "Tm"]
        assert min(plaatsen) >= 80


def test_weasyprint_heeft_niets_aan_te_merken(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"), caplog.at_level(logging.WARNING):
        bytes_van("<h1>Kop</h1><p>Tekst</p>")
    assert not caplog.records


def test_de_kleuren_op_papier_zijn_die_van_het_scherm() -> None:
    wortel = Path(settings.STATICFILES_DIRS[0])
    papier = set(re.findall(r"#[0-9a-f]{6}", (wortel / "pdf" / "rapport.css").read_text()))
    assert papier and papier <= set(re.findall(r"#[0-9a-f]{6}", (wortel / "tokens.css").read_text()))
