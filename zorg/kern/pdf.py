"""The only module that talks to WeasyPrint: HTML in, a tagged PDF/A-3a that also says PDF/UA-1 out (stack.md).

WeasyPrint is imported lazily: it costs start-up time and needs pango. Nothing but our own static files and files
handed in by the caller is ever read, whatever a text contains: no network, no file of the disk. The same input gives
the same bytes.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

from zorg.kern.fouten import DomeinFout

log = logging.getLogger(__name__)
HUIS = "statisch.zorgpad.invalid"  # a name that exists nowhere: relative addresses resolve to our own static files
BASIS = f"https://{HUIS}/"
MEEGEGEVEN = "bestand:"

PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_MERK = re.compile(rb"/[A-Za-z0-9]+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_ONSCHRIJFBAAR = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANG_WOORD = re.compile(r"\S{60,}")
_STUK = re.compile(r"(.{30})(?=.)")


class PdfFout(DomeinFout):
    """The PDF can't be made; the sentence says why, for people."""


def maak_pdf(
    html: str,
    *,
    titel: str,
    taal: str = "nl-NL",
    stijlen: Sequence[str] = ("pdf/rapport.css",),
    auteur: str = "",
    bestanden: Mapping[str, bytes] | None = None,
) -> bytes:
    """Render a whole page of `html` to PDF/A-3a with PDF/UA-1.

    `titel`, `taal` and `auteur` become the metadata. `stijlen` are paths under static/; in the html such a file is
    called by its path there (`beeld/merk.svg`), without the `static` tag. `bestanden` are files by name, called in
    the html as `bestand:NAME`.

    Raises PdfFout when pango is missing, or when anything else than these is referred to: text of people is escaped,
    so that is a fault of ours, and a report must not go out with something missing. What was referred to is logged
    by kind, never by address, since an address may hold a name.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError
    except OSError as fout:
        log.error("weasyprint misses a system library: %s", type(fout).__name__)
        raise PdfFout(
            "Op deze server ontbreekt pango, dat nodig is om pdf's te maken. De beheerder kan het installeren met: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from None
    letters, haler = FontConfiguration(), _haler(bestanden or {})
    try:
        bladen = [
            CSS(string=_statisch(pad).decode(), base_url=f"{BASIS}{pad}", url_fetcher=haler, font_config=letters)
            for pad in stijlen
        ]
        bron = HTML(string=normalize("NFC", _ONSCHRIJFBAAR.sub("", html)), base_url=BASIS, url_fetcher=haler)
        _breek_lange_woorden(bron.etree_element)
        document = bron.render(stylesheets=bladen, font_config=letters, pdf_variant="pdf/a-3a", pdf_tags=True)
        document.metadata.title = _ONSCHRIJFBAAR.sub("", titel)
        if auteur:
            document.metadata.authors = [_ONSCHRIJFBAAR.sub("", auteur)]
        document.metadata.lang = taal
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    except FatalURLFetchingError:
        pdf = b""
    if haler.geweigerd:  # inside a drawing WeasyPrint catches even what must stop it
        raise PdfFout(
            "Dit stuk verwijst naar iets van buiten Zorgpad. Dat wordt nooit opgehaald; de pdf is niet gemaakt."
        )
    return _afgewerkt(pdf)


def _breek_lange_woorden(wortel: Any) -> None:
    """Let words of sixty characters break: looking for a place in a word of ten thousand takes half a minute."""
    for element in wortel.iter():
        for deel in ("text", "tail"):
            if tekst := getattr(element, deel):
                setattr(element, deel, _LANG_WOORD.sub(lambda woord: _STUK.sub("\\1\u200b", woord[0]), tekst))


def _statisch(pad: str) -> bytes:
    """The content of a file under our own static folders. Raises ValueError for anything else."""
    try:
        gevonden = finders.find(pad)
    except SuspiciousFileOperation:
        gevonden = None
    if not gevonden:
        raise ValueError("not a static file")
    bestand = Path(gevonden if isinstance(gevonden, str) else gevonden[0]).resolve()
    if not any(bestand.is_relative_to(Path(map_).resolve()) for map_ in settings.STATICFILES_DIRS):
        raise ValueError("not a static file")
    if bestand.suffix == ".woff2":
        return _letter(bestand, bestand.stat().st_mtime_ns)
    return bestand.read_bytes()


@lru_cache(maxsize=16)
def _letter(bestand: Path, _gewijzigd: int) -> bytes:
    """A font unpacked once a process: unpacking costs more than setting the text of a whole report."""
    from fontTools.ttLib import woff2

    uit = io.BytesIO()
    with bestand.open("rb") as ingepakt:
        woff2.decompress(ingepakt, uit)
    return uit.getvalue()


def _haler(bestanden: Mapping[str, bytes]) -> Any:
    """A fetcher of our own static files and of `bestanden`; anything else stops the rendering."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Haler(URLFetcher):  # type: ignore[misc]
        geweigerd = False

        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                if url.startswith(MEEGEGEVEN):
                    return URLFetcherResponse(url, body=bestanden[unquote(url.removeprefix(MEEGEGEVEN))])
                deel = urlsplit(url)
                if deel.scheme == "https" and deel.hostname == HUIS:
                    return URLFetcherResponse(url, body=_statisch(unquote(deel.path).lstrip("/")))
                soort = deel.scheme
            except (KeyError, ValueError, OSError):
                soort = "missing"
            self.geweigerd = True
            log.error("a report refers to something of kind %s; not fetched", soort or "none")
            raise FatalURLFetchingError("not fetched")

        __call__ = fetch

    return Haler()


def _afgewerkt(pdf: bytes) -> bytes:
    """What PDF/UA asks beyond WeasyPrint: its identifier, scopes and names of table heads, feet that are no text."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        xmp = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(xmp.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>", 1))
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        wortel = document.Root.StructTreeRoot
        takken = {tak.objgen: (tak, soorten) for tak, soorten in _takken(wortel)}
        namen = []
        for tak, soorten in takken.values():
            if tak.S == "/TH":
                tak.A.Scope = pikepdf.Name("/Row" if "/TBody" in soorten else "/Column")
                namen.append((bytes(tak.ID), tak))
        if namen:
            rij = [deel for naam, tak in sorted(namen, key=lambda paar: paar[0]) for deel in (naam, tak)]
            wortel.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(rij))
        _voeten_zijn_geen_tekst(document, set(takken))
        uit = io.BytesIO()
        document.save(uit, deterministic_id=True, linearize=False)
    return uit.getvalue()


def _takken(wortel: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every element of the tag tree, with the kinds of what it stands in, in reading order."""
    from pikepdf import Array, Dictionary

    stapel: list[tuple[Any, tuple[str, ...]]] = [(wortel, ())]
    while stapel:
        tak, soorten = stapel.pop()
        if "/S" in tak:
            yield tak, soorten
            soorten = (*soorten, str(tak.S))
        kinderen = tak.get("/K")
        rij = list(kinderen) if isinstance(kinderen, Array) else [kinderen]
        stapel += [(kind, soorten) for kind in reversed(rij) if isinstance(kind, Dictionary)]


def _voeten_zijn_geen_tekst(document: Any, in_de_boom: set[tuple[int, int]]) -> None:
    """Mark the margins of a page as artifacts, so that no reader meets "pagina 2 van 4" in the middle of a sentence.

    WeasyPrint marks them as text that hangs on no branch of the tree.
    """
    import pikepdf

    nummers = document.Root.StructTreeRoot.ParentTree.Nums
    per_blad = {int(nummers[n]): nummers[n + 1] for n in range(0, len(nummers), 2)}
    for blad in document.pages:
        ouders = per_blad[int(blad.StructParents)]
        los = {n for n, ouder in enumerate(ouders) if ouder.objgen not in in_de_boom}
        if not los:
            continue
        for n in los:
            ouders[n] = None

        def merk(vondst: re.Match[bytes], los: set[int] = los) -> bytes:
            return b"/Artifact <</Type /Pagination>> BDC" if int(vondst[1]) in los else vondst[0]

        blad.Contents = pikepdf.Stream(document, _MERK.sub(merk, blad.Contents.read_bytes()))
