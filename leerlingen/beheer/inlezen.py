"""Reading in from the screen: choose, look through, confirm. The file waits in the database between the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen.beheer import selecties
from leerlingen.beheer.forms import Bestandkiezer
from leerlingen.beheer.sjabloon import leeg_werkboek
from leerlingen.inlezen.edexml import lees_edexml
from leerlingen.inlezen.personen import SJABLOON, lees_personen
from leerlingen.inlezen.weigering import BestandGeweigerd
from leerlingen.models import Importbestand
from leerlingen.services.inlezen import edexml_inlezen, importbestand_afronden, importbestand_bewaren
from leerlingen.services.inlezen_personen import personen_inlezen
from leerlingen.services.inlezen_uitkomst import Uitkomst
from zorg.kern.models import School
from zorg.kern.rechten import haal_op

MAX_UPLOAD = 20 * 2**20
GETOOND = 200
"""So many refused rows, remarks and names on one page; the command line gives them all."""
WIJZIGINGEN = 20


@dataclass(frozen=True)
class Soort:
    """One kind of file: who may read it in, how it is read, brought in and told about."""

    code: str
    titel: str
    school: Callable[[HttpRequest], School | None]
    lees: Callable[..., Any]
    doe: Callable[..., Uitkomst]
    telt: tuple[tuple[str, str], ...]
    """Kinds of rows with their name on the page; the first one is told about."""
    begin: str
    nakijken: str

    def van(self, request: HttpRequest) -> School:
        """The school for which this user reads in. Raises Http404 when there is none."""
        school = self.school(request)
        if school is None:
            raise Http404
        return school

    def gelezen(self, inhoud: bytes, naam: str) -> Any:
        """The file as read. Raises BestandGeweigerd."""
        return self.lees(inhoud, bestandsnaam=naam, max_bytes=MAX_UPLOAD)


EDEXML = Soort(
    code="edexml",
    titel="Leerlingen inlezen",
    school=selecties.beheerde_school,
    lees=lees_edexml,
    doe=edexml_inlezen,
    telt=(("leerlingen", "leerlingen"), ("groepen", "groepen"), ("medewerkers", "medewerkers")),
    begin="beheer:inlezen",
    nakijken="beheer:inlezen_nakijken",
)
PERSONEN = Soort(
    code="personen",
    titel="Ouders inlezen",
    school=selecties.geleide_school,
    lees=lees_personen,
    doe=personen_inlezen,
    telt=(("personen", "ouders"), ("ouderschappen", "keer ouder van een kind")),
    begin="beheer:ouders_inlezen",
    nakijken="beheer:ouders_nakijken",
)


@require_http_methods(["GET", "POST"])
def kiezen(request: HttpRequest) -> HttpResponse:
    """Choose an EDEXML file; what was read in before stands below."""
    return _kiezen(request, EDEXML, "beheer/inlezen_kiezen.html")


@require_http_methods(["GET", "POST"])
def nakijken(request: HttpRequest, bestand_id: int) -> HttpResponse:
    """What the EDEXML file will do; «Inlezen» does it, «Niets doen» throws the file away."""
    return _nakijken(request, EDEXML, bestand_id)


@require_http_methods(["GET", "POST"])
def ouders_kiezen(request: HttpRequest) -> HttpResponse:
    """Choose a file of parents. Whose parent somebody is, the administrator may not know: ib'er and director."""
    return _kiezen(request, PERSONEN, "beheer/inlezen_ouders.html")


@require_http_methods(["GET", "POST"])
def ouders_nakijken(request: HttpRequest, bestand_id: int) -> HttpResponse:
    """What the file of parents will do."""
    return _nakijken(request, PERSONEN, bestand_id)


@require_GET
def ouders_sjabloon(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the columns of a file of parents."""
    PERSONEN.van(request)
    soort = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    antwoord = HttpResponse(leeg_werkboek("Ouders", SJABLOON), content_type=soort)
    antwoord["Content-Disposition"] = 'attachment; filename="ouders.xlsx"'
    return antwoord


def _kiezen(request: HttpRequest, soort: Soort, sjabloon: str) -> HttpResponse:
    school = soort.van(request)
    formulier = Bestandkiezer(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and formulier.is_valid():
        bestand = formulier.cleaned_data["bestand"]
        inhoud = bestand.read(MAX_UPLOAD + 1)
        naam = formulier.bestandsnaam()
        try:
            soort.gelezen(inhoud, naam)
        except BestandGeweigerd as fout:
            formulier.add_error("bestand", f"{fout.melding} (regel {fout.regel})" if fout.regel > 1 else fout.melding)
        else:
            bewaard = importbestand_bewaren(
                school=school,
                soort=soort.code,
                naam=naam,
                inhoud=inhoud,
                door=request.user,  # type: ignore[arg-type]
            )
            return redirect(soort.nakijken, bestand_id=bewaard.pk)
    inhoud_pagina = {"formulier": formulier, "eerder": _eerder(request, soort, school), "titel": soort.titel}
    return render(request, sjabloon, inhoud_pagina, status=422 if formulier.errors else 200)


def _eerder(request: HttpRequest, soort: Soort, school: School) -> list[dict[str, Any]]:
    """The ten files of this kind that were read in last, with what they did."""
    rijen = Importbestand.objects.zichtbaar_voor(request.user).filter(
        school=school, soort=soort.code, ingelezen_op__isnull=False
    )
    code, naam = soort.telt[0]
    return [
        {
            "rij": rij,
            "naam": naam,
            "nieuw": rij.uitkomst.get("toegevoegd", {}).get(code, 0),
            "gewijzigd": rij.uitkomst.get("gewijzigd", {}).get(code, 0),
        }
        for rij in rijen.select_related("door").defer("inhoud")[:10]
    ]


def _nakijken(request: HttpRequest, soort: Soort, bestand_id: int) -> HttpResponse:
    school = soort.van(request)
    rij: Importbestand = haal_op(
        Importbestand.objects.filter(school=school, soort=soort.code, ingelezen_op__isnull=True),
        request.user,
        pk=bestand_id,
    )
    door: Any = request.user
    if request.method == "POST" and request.POST.get("actie") == "weg":
        importbestand_afronden(rij=rij, uitkomst=None, door=door)
        messages.info(request, "Er is niets ingelezen. Het bestand is weggegooid.")
        return redirect(soort.begin)
    if rij.inhoud is None:
        raise Http404
    bestand = soort.gelezen(bytes(rij.inhoud), rij.naam)
    if request.method == "POST":
        uitkomst = soort.doe(school=school, bestand=bestand, door=door)
        importbestand_afronden(rij=rij, uitkomst=uitkomst.samengevat(), door=door)
        code, naam = soort.telt[0]
        nieuw, gewijzigd = uitkomst.toegevoegd[code], uitkomst.gewijzigd[code]
        messages.success(request, f"Ingelezen: {nieuw} {naam} nieuw, {gewijzigd} gewijzigd.")
        return redirect(soort.begin)
    uitkomst = soort.doe(school=school, bestand=bestand, proef=True, door=door)
    inhoud = {"rij": rij, "titel": soort.titel, "begin": soort.begin, "soort": soort.code, "kop": bestand}
    return render(request, "beheer/inlezen_nakijken.html", inhoud | _beeld(request, soort, uitkomst))


def _beeld(request: HttpRequest, soort: Soort, uitkomst: Uitkomst) -> dict[str, Any]:
    """What the page shows of it, long lists cut."""
    alles = request.GET.get("alles") == "1"
    return {
        "uitkomst": uitkomst,
        "soorten": [
            {
                "naam": naam,
                "totaal": uitkomst.toegevoegd[code] + uitkomst.gewijzigd[code] + uitkomst.ongewijzigd[code],
                "nieuw": uitkomst.toegevoegd[code],
                "gewijzigd": uitkomst.gewijzigd[code],
                "gelijk": uitkomst.ongewijzigd[code],
            }
            for code, naam in soort.telt
        ],
        "geweigerd": uitkomst.geweigerd[:GETOOND],
        "meer_geweigerd": max(0, len(uitkomst.geweigerd) - GETOOND),
        "opmerkingen": uitkomst.opmerkingen[:GETOOND],
        "meer_opmerkingen": max(0, len(uitkomst.opmerkingen) - GETOOND),
        "niet_in_bestand": uitkomst.niet_in_bestand[:GETOOND],
        "meer_niet_in_bestand": max(0, len(uitkomst.niet_in_bestand) - GETOOND),
        "wijzigingen": uitkomst.wijzigingen if alles else uitkomst.wijzigingen[:WIJZIGINGEN],
        "meer": 0 if alles else max(0, len(uitkomst.wijzigingen) - WIJZIGINGEN),
    }
