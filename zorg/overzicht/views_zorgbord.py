"""The care board: the page, and the same table as a file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from besprekingen.selecties import te_beginnen
from leerlingen.inhangen import heeft_rol
from leerlingen.selecties import vandaag_van
from zorg.kern.models import School
from zorg.kern.querysets import Recht
from zorg.kern.werkboek import Waarde, als_excel, excel_antwoord
from zorg.logboek.services import vastleggen
from zorg.overzicht.zorgbord import Bord, Bordfilter, Bordrij, zorgbord
from zorg.overzicht.zorgcijfers import aandelen, open_signalen

heeft_zorgbord = heeft_rol("ib", "directeur", "teamleider", "leerkracht", "vervanger")
"""Who works with whole groups or with the whole school; the others have their few pupils, or none."""

VOLGORDES = (
    ("", "Eerst wat aandacht vraagt"),
    ("voor", "Datum"),
    ("niveau", "Hoogste niveau eerst"),
    ("groep", "Groep"),
    ("naam", "Achternaam"),
)
KOP = (
    "Leerling", "Groep", "Zorgniveau", "Naam van het niveau", "Sinds", "Hierna", "Nu", "Wie", "Vóór", "Dagen te laat",
    "Wat ontbreekt",
)  # fmt: skip


def _scholen(request: HttpRequest) -> tuple[School, ...]:
    """The schools of who has the board; anybody else does not know of it."""
    scholen: tuple[School, ...] = request.scholen  # type: ignore[attr-defined]
    if not scholen or not heeft_zorgbord(request):
        raise Http404
    return scholen


def _gevraagd(request: HttpRequest) -> Bordfilter:
    groep = request.GET.get("groep", "")
    return Bordfilter(
        toon=request.GET.get("toon", "")[:60],
        zoek=request.GET.get("q", "").strip()[:100],
        groep=int(groep) if groep.isdecimal() and len(groep) < 10 else None,
        rol=request.GET.get("rol", "")[:20],
        sorteer=request.GET.get("sorteer", "")[:20],
    )


def _vastleggen(request: HttpRequest, handeling: str, bord: Bord) -> None:
    """One line a school, with how many pupils were shown."""
    gebruiker: Any = request.user
    aantallen = Counter(rij.leerling.school_id for rij in bord.rijen)
    for school in _scholen(request):
        vastleggen(handeling, school=school, door=gebruiker, leerlingen=aantallen[school.pk])


@require_GET
def bord(request: HttpRequest) -> HttpResponse:
    """Every pupil with care whom this user sees: level, how long, what is next, who, before when, what is missing."""
    scholen, gevraagd = _scholen(request), _gevraagd(request)
    beeld = zorgbord(request.user, scholen, gevraagd)
    _vastleggen(request, "zorgbord_ingezien", beeld)
    inhoud = {
        "bord": beeld,
        "aandelen": aandelen(request.user, scholen),
        "signalen": open_signalen(request.user, scholen),
        "gevraagd": gevraagd,
        "volgordes": VOLGORDES,
        "vandaag": vandaag_van(request),
        "mag_plannen": bool(te_beginnen(request.user, scholen[0])),
    }
    return render(request, "overzicht/zorgbord.html", inhoud)


@require_GET
def excel(request: HttpRequest) -> HttpResponse:
    """The rows asked for as a file, for who may take data along; only the pupils for whom that holds."""
    scholen = _scholen(request)
    beeld = zorgbord(request.user, scholen, _gevraagd(request), recht=Recht.EXPORTEREN)
    if not beeld.van:
        raise PermissionDenied
    _vastleggen(request, "zorgbord_meegenomen", beeld)
    inhoud = als_excel(
        "Zorgbord", KOP, [_regel(rij) for rij in beeld.rijen], breedtes={1: 30, 4: 30, 6: 30, 7: 40, 8: 25, 11: 80}
    )
    return excel_antwoord(inhoud, f"zorgbord-{vandaag_van(request).isoformat()}")


def _regel(rij: Bordrij) -> list[Waarde]:
    return [
        rij.leerling.naam,
        rij.groep.naam if rij.groep else "",
        rij.niveau.kort,
        rij.niveau.naam,
        rij.niveau.sinds,
        rij.volgende.hierna,
        rij.volgende.titel,
        rij.wie,
        rij.volgende.voor,
        rij.volgende.dagen_te_laat or None,
        "; ".join(uitkomst.kort for uitkomst in rij.ontbreekt),
    ]
