"""The calendar: a month in weeks, the plan of a year, and a feed for one's own calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from besprekingen import ical, services
from leerlingen import toegang
from leerlingen.inhangen import STAF
from leerlingen.selecties import vandaag_van
from leerlingen.services import schooljaar_van, schooljaar_zorgen
from zorg.agenda import selecties
from zorg.agenda.jaren import BLADEREN, gevraagd_schooljaar
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.schoolcontext import schoolcontext

ZOUT = "zorg.agenda.abonnement"
PLANT = frozenset({"ib", "directeur"})
BIJ_NAAM = 3


@require_GET
def kalender(request: HttpRequest) -> HttpResponse:
    """One month in weeks, with the holidays in it."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    gebruiker: Any = request.user
    vandaag = vandaag_van(request)
    eerste = _maand(request.GET.get("maand", ""), vandaag)
    inhoud = {
        "kalender": selecties.kalender(
            gebruiker,
            request.scholen[0],  # type: ignore[attr-defined]
            eerste,
            request.GET.get("wat", "")[:60],
        ),
        "vorige": (eerste - timedelta(days=1)).replace(day=1),
        "volgende": (eerste + timedelta(days=32)).replace(day=1),
        "is_staf": bool(toegang.rollen_van(gebruiker) & STAF),
        "mag_vrij": bool(toegang.rollen_van(gebruiker) & {*STAF, "beheerder"}),
        "mag_plannen": bool(toegang.rollen_van(gebruiker) & PLANT),
        "abonnement": f"{settings.ADRES}{reverse('agenda:abonnement', kwargs={'teken': teken_van(gebruiker)})}",
    }
    return render(request, "agenda/kalender.html", inhoud)


def _maand(tekst: str, vandaag: date) -> date:
    try:
        eerste = date.fromisoformat(f"{tekst}-01")
    except ValueError:
        return vandaag.replace(day=1)
    return eerste if abs(eerste.year - vandaag.year) <= BLADEREN else vandaag.replace(day=1)


# -- the year ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def jaar(request: HttpRequest) -> HttpResponse:
    """The proposal for a school year; POST makes it, or takes one of the moments offered for a clash."""
    gebruiker: Any = request.user
    if not toegang.rollen_van(gebruiker) & PLANT:
        raise PermissionDenied
    school: School = request.scholen[0]  # type: ignore[attr-defined]
    naam = gevraagd_schooljaar(request, vandaag_van(request))
    if request.method == "POST":
        schooljaar = schooljaar_zorgen(school=school, naam=naam, door=gebruiker)
        aantal = services.vakanties_zorgen(schooljaar=schooljaar, door=gebruiker)
        voorstel = services.jaar_voorstellen(schooljaar)
        if request.POST.get("neem"):
            sleutel, _, moment = request.POST["neem"].rpartition("|")
            services.moment_nemen(voorstel=voorstel, sleutel=sleutel, moment=moment, door=gebruiker)
            messages.success(request, "Deze bijeenkomst staat in de kalender.")
        elif request.POST.get("wat") == "vakanties":
            messages.success(request, f"{aantal} vakanties en vrije dagen ingevuld. Kijk ze na bij Vrije dagen.")
        else:
            gedaan = services.jaar_vastleggen(voorstel=voorstel, door=gebruiker)
            messages.success(
                request,
                f"{gedaan['besprekingen']} besprekingen staan in de kalender. "
                "De leden krijgen twee weken van tevoren een uitnodiging.",
            )
        return redirect(f"{reverse('agenda:jaar')}?schooljaar={schooljaar.naam}")
    schooljaar = schooljaar_van(school, naam=naam)
    voorstel = services.jaar_voorstellen(schooljaar)
    begin = int(schooljaar.naam[:4])
    inhoud = {
        "schooljaar": schooljaar,
        "voorstel": voorstel,
        "botsingen": [b for b in voorstel.botsingen if not b.voorbij],
        "voorbij": [b for b in voorstel.botsingen if b.voorbij],
        "wringt": services.wat_wringt(schooljaar, gebruiker, voorstel.grenzen),
        "weken": _weken(voorstel),
        "staat_vast": services.staat_vast(voorstel),
        "heeft_vakanties": services.heeft_vakanties(schooljaar),
        "volgend": f"{begin + 1}-{begin + 2}",
        "vorig": f"{begin - 1}-{begin}",
    }
    return render(request, "agenda/jaar.html", inhoud)


def _weken(voorstel: services.Jaarvoorstel) -> list[tuple[date, list[tuple[Any, str]]]]:
    """Per week the proposed meetings, each with who come."""
    per_week: dict[date, list[tuple[Any, str]]] = {}
    for afspraak in voorstel.voorstel.afspraken:
        dag = afspraak.begin.date()
        namen = [voorstel.namen[mens] for mens in afspraak.mensen if mens in voorstel.namen]
        wie = ", ".join(namen) if len(namen) <= BIJ_NAAM else f"{len(namen)} mensen"
        per_week.setdefault(dag - timedelta(days=dag.weekday()), []).append((afspraak, wie))
    return sorted(per_week.items())


# -- a feed for one's own calendar -----------------------------------------------------------------------------------


def teken_van(gebruiker: Gebruiker) -> str:
    """The secret in the address of the feed; a new password makes another."""
    return signing.dumps({"g": gebruiker.pk, "w": gebruiker.get_session_auth_hash()[:20]}, salt=ZOUT, compress=True)


@login_not_required
@require_GET
def abonnement(request: HttpRequest, teken: str) -> HttpResponse:
    """One's own meetings as iCalendar: kind, group, moment and place; never a pupil."""
    try:
        inhoud = signing.loads(teken, salt=ZOUT)
        gebruiker = Gebruiker.objects.get(pk=inhoud["g"], is_active=True)
    except (signing.BadSignature, Gebruiker.DoesNotExist, KeyError, TypeError):
        raise Http404 from None
    if gebruiker.get_session_auth_hash()[:20] != inhoud["w"]:
        raise Http404
    koppelingen = gebruiker.schoolkoppelingen.geldig().values("school")
    scholen = tuple(School.objects.filter(pk__in=koppelingen).order_by("pk"))
    if not scholen:
        raise Http404
    with schoolcontext(scholen):
        rijen = selecties.mijn_afspraken(gebruiker)
    antwoord = HttpResponse(
        ical.abonnement((_afspraak(rij, naam) for rij, naam in rijen), naam=f"Zorgpad {scholen[0].naam}"),
        content_type="text/calendar; charset=utf-8",
    )
    antwoord["Content-Disposition"] = 'inline; filename="zorgpad.ics"'
    return antwoord


def _afspraak(rij: Any, naam: str) -> ical.Afspraak:
    gemaakt: datetime = rij.gemaakt_op
    return ical.Afspraak(
        uid=f"bespreking-{rij.pk}@zorgpad",
        naam=naam,
        begin=rij.begin,
        eind=rij.eind,
        gemaakt=gemaakt or klok.nu(),
        nummer=rij.volgnummer,
        plaats=rij.plaats,
        link=f"{settings.ADRES}{reverse('besprekingen:bespreking', kwargs={'bespreking_id': rij.pk})}",
        afgezegd=rij.status == "afgezegd",
    )
