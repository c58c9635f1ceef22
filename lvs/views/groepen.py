"""My groups, and the overview of one group."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from leerlingen.models import Groep, Leerling, Plaatsing
from leerlingen.selecties import vandaag_van
from lvs import knoppen, selecties
from lvs.excel import overzicht_als_excel
from lvs.inhangen import legt_vast
from zorg.kern.rechten import haal_op
from zorg.kern.werkboek import excel_antwoord
from zorg.logboek.services import vastleggen


def groep_of_404(request: HttpRequest, groep_id: int) -> Groep:
    """The group, if this user sees it."""
    bron = Groep.objects.select_related("school", "schooljaar")
    groep: Groep = haal_op(bron, request.user, pk=groep_id)
    return groep


@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """My groups; who has one goes straight to it."""
    gebruiker: Any = request.user
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "lvs/groepen.html", {"groepen": []})
    dag = vandaag_van(request)
    groepen = selecties.groepen_met_aantal(gebruiker, dag)
    eigen = selecties.eigen_groepen(gebruiker, dag)
    if len(groepen) == 1:
        return redirect("groepen:groep", groep_id=groepen[0].groep.pk)
    inhoud = {
        "eigen": [rij for rij in groepen if rij.groep.pk in eigen],
        "groepen": [rij for rij in groepen if rij.groep.pk not in eigen],
        "meer_scholen": len(request.scholen) > 1,  # type: ignore[attr-defined]
    }
    return render(request, "lvs/groepen.html", inhoud)


@require_GET
def overzicht(request: HttpRequest, groep_id: int) -> HttpResponse:
    """The overview of a group: results, growth, care level, signals. Opening it is on record."""
    groep = groep_of_404(request, groep_id)
    gevraagd = {
        "filter": request.GET.get("toon", "")[:70],
        "sorteer": request.GET.get("sorteer", "")[:40],
        "vak": request.GET.get("vak", "")[:40],
    }
    beeld = selecties.groepsoverzicht(request.user, groep, **gevraagd)
    vastleggen(
        "groepsoverzicht_ingezien",
        school=groep.school_id,
        door=request.user,  # type: ignore[arg-type]
        object=groep,
        leerlingen=beeld.totaal,
    )
    inhoud = {
        "groep": groep,
        "beeld": beeld,
        "gevraagd": gevraagd,
        "knoppen": knoppen.van(request, beeld),
        "mag_meenemen": _mag_meenemen(request, groep),
        "legt_vast": legt_vast(request),
        "afdrukken": request.GET.get("afdrukken") == "1",
    }
    return render(request, "lvs/groep.html", inhoud)


def _mag_meenemen(request: HttpRequest, groep: Groep) -> bool:
    """Whether the Excel file would hold anybody."""
    nu = Plaatsing.objects.zichtbaar_voor(request.user).filter(groep=groep).order_by().values("leerling")
    return bool(Leerling.objects.zichtbaar_voor(request.user, "exporteren").filter(pk__in=nu).exists())


@require_GET
def week(request: HttpRequest, groep_id: int) -> HttpResponse:
    """Who gets extra this week, from group plans and from what was agreed upon signals. Opening it is on record."""
    groep = groep_of_404(request, groep_id)
    gevonden = selecties.weekoverzicht(request.user, groep)
    vastleggen(
        "weekplanning_ingezien",
        school=groep.school_id,
        door=request.user,  # type: ignore[arg-type]
        object=groep,
        leerlingen=gevonden.beeld.totaal,
    )
    inhoud = {"groep": groep, "week": gevonden, "dag": gevonden.beeld.dag, "legt_vast": legt_vast(request)}
    return render(request, "lvs/week.html", inhoud)


@require_GET
def excel(request: HttpRequest, groep_id: int) -> HttpResponse:
    """The same table as a file, for who may take data along; only the pupils for whom that holds."""
    groep = groep_of_404(request, groep_id)
    beeld = selecties.groepsoverzicht(request.user, groep, recht="exporteren")
    if not beeld.totaal:
        from django.core.exceptions import PermissionDenied

        raise PermissionDenied
    vastleggen(
        "groepsoverzicht_meegenomen",
        school=groep.school_id,
        door=request.user,  # type: ignore[arg-type]
        object=groep,
        leerlingen=beeld.totaal,
    )
    return excel_antwoord(overzicht_als_excel(beeld), f"groepsoverzicht-{groep.pk}")
