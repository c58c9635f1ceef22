"""Sending a file of a dossier. The caller has already looked it up through the rule."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from leerlingen.models import Bijlage
from zorg.logboek.services import vastleggen

A = TypeVar("A", bound=HttpResponseBase)


def stuur_bijlage(request: HttpRequest, bijlage: Bijlage, handeling: str = "bijlage_geopend") -> FileResponse:
    """The file as a download; on record. Raises Http404 when the file itself is gone from the store."""
    door: Any = request.user
    try:
        inhoud = bijlage.bestand.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    vastleggen(handeling, school=bijlage.school_id, door=door, leerling=bijlage.stuk.leerling_id, object=bijlage)
    antwoord = FileResponse(inhoud, as_attachment=True, filename=bijlage.naam, content_type=bijlage.mime)
    return _afgeschermd(antwoord)


def stuur_pdf(inhoud: bytes, naam: str) -> HttpResponse:
    """A PDF made just now, as a download; nothing of it is kept. The caller puts it on record."""
    antwoord = HttpResponse(inhoud, content_type="application/pdf")
    antwoord["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=naam) or "attachment"
    return _afgeschermd(antwoord)


def _afgeschermd(antwoord: A) -> A:
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return antwoord
