"""The calendar: the meetings of a month that this user sees."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from besprekingen.models import Bespreking
from besprekingen.services import vorm_van
from leerlingen.models import Vrij
from leerlingen.selecties import vandaag_van


@require_GET
def kalender(request: HttpRequest) -> HttpResponse:
    """One month, as a calm list by day, with the holidays in it."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    vandaag = vandaag_van(request)
    eerste = _maand(request.GET.get("maand", ""), vandaag)
    volgende = (eerste + timedelta(days=32)).replace(day=1)
    zone = ZoneInfo(request.scholen[0].tijdzone)  # type: ignore[attr-defined]
    rijen = (
        Bespreking.objects.zichtbaar_voor(request.user)
        .exclude(status="afgezegd")
        .filter(
            begin__gte=datetime.combine(eerste, time.min, tzinfo=zone),
            begin__lt=datetime.combine(volgende, time.min, tzinfo=zone),
        )
        .select_related("groep", "profielversie")
        .order_by("begin", "pk")
    )
    inhoud = {
        "rijen": [(rij, vorm_van(rij).naam) for rij in rijen],
        "vrij": Vrij.objects.zichtbaar_voor(request.user).filter(periode__overlap=_reeks(eerste, volgende)),
        "eerste": eerste,
        "vorige": (eerste - timedelta(days=1)).replace(day=1),
        "volgende": volgende,
    }
    return render(request, "agenda/kalender.html", inhoud)


def _maand(tekst: str, vandaag: date) -> date:
    try:
        return date.fromisoformat(f"{tekst}-01")
    except ValueError:
        return vandaag.replace(day=1)


def _reeks(van: date, tot: date) -> object:
    from django.db.backends.postgresql.psycopg_any import DateRange

    return DateRange(van, tot, "[)")
