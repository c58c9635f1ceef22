"""The only module that talks to WeasyPrint: HTML in, a tagged PDF/A-3a that also says PDF/UA-1 out (stack.md).

Imported lazily: it costs start-up time and needs pango. Nothing outside our own static files is ever fetched, whatever
a text contains: no network, no file from the disk.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders

from zorg.kern.fouten import DomeinFout

log = logging.getLogger(__name__)
HUIS = "statisch.zorgpad.invalid"  # a name that exists nowhere: relative addresses resolve to our own static files
BASIS = f"https://{HUIS}/"


class PdfFout(DomeinFout):
    """The PDF can't be made on this machine; the sentence says what is missing."""


def maak_pdf(html: str, *, titel: str, taal: str = "nl-NL", stijlen: Sequence[str] = ("pdf/rapport.css",)) -> bytes:
    """Render `html` to a PDF. `stijlen` are paths under static/.

    Raises PdfFout when pango is missing. References that may not be fetched are left out and logged by kind only.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError as fout:
        log.error("weasyprint misses a system library: %s", type(fout).__name__)
        raise PdfFout("Op deze server ontbreekt pango, dat nodig is voor pdf's. Installeer libpango-1.0-0.") from None
    letters, haler = FontConfiguration(), _haler()
    document = HTML(string=html, base_url=BASIS, url_fetcher=haler)
    bladen = [
        CSS(string=_statisch(pad).read_text(), base_url=f"{BASIS}{pad}", url_fetcher=haler, font_config=letters)
        for pad in stijlen
    ]
    pdf: bytes = document.write_pdf(stylesheets=bladen, font_config=letters, pdf_variant="pdf/a-3a", pdf_tags=True)
    return _met_ua(pdf, titel=titel, taal=taal)


def _statisch(pad: str) -> Path:
    """The file of a path under static/. Raises ValueError for anything else."""
    gevonden = finders.find(pad)
    if not gevonden:
        raise ValueError("not a static file")
    bestand = Path(gevonden if isinstance(gevonden, str) else gevonden[0]).resolve()
    wortels = [Path(map_).resolve() for map_ in settings.STATICFILES_DIRS]
    if not any(bestand.is_relative_to(wortel) for wortel in wortels):
        raise ValueError("not a static file")
    return bestand


def _haler() -> Any:
    """A fetcher of our own static files; everything else is refused and logged by kind, never by address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Haler(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            deel = urlsplit(url)
            if deel.hostname != HUIS:
                log.warning("a report asked for a reference of kind %s; not fetched", deel.scheme or "none")
                raise ValueError("alleen eigen bestanden")
            return URLFetcherResponse(url, body=_statisch(unquote(deel.path).lstrip("/")).read_bytes())

        __call__ = fetch

    return Haler()


def _met_ua(pdf: bytes, *, titel: str, taal: str) -> bytes:
    """Add the PDF/UA-1 identifier with its extension schema, title and language."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.Lang = pikepdf.String(taal)
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = titel
            xmp.register_xml_namespace("http://www.aiim.org/pdfua/ns/id/", "pdfuaid")
            xmp["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"
        document.docinfo["/Title"] = titel
        uit = io.BytesIO()
        document.save(uit, deterministic_id=True, linearize=False)
    return uit.getvalue()
