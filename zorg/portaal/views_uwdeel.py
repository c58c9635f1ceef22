"""The parent's own part of a paper: read what is asked, write on the phone, send it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerlingen import ouderdelen, services, zelfbewaren
from leerlingen.models import Ouderdeel
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op


def _deel(request: HttpRequest, ouderdeel_id: int) -> Ouderdeel:
    """The request, if it was put to this parent and they have authority over the child today."""
    deel: Ouderdeel = haal_op(
        Ouderdeel.objects.select_related(
            "school", "persoon", "document__school", "document__profielversie", "document__stuk__leerling__school"
        ),
        request.user,
        zicht=Recht.MEELEZEN,
        recht=Recht.MEELEZEN,
        pk=ouderdeel_id,
    )
    return deel


@require_GET
def uw_deel(request: HttpRequest, ouderdeel_id: int) -> HttpResponse:
    """What the school asks and what this parent wrote; open until it is sent in."""
    deel = _deel(request, ouderdeel_id)
    inhoud = {
        "deel": deel,
        "kind": deel.leerling,
        "vragen": ouderdelen.eigen_vragen(request.user, deel),
        "te_lezen": ouderdelen.te_lezen(request.user, deel),
    }
    return render(request, "portaal/uw_deel.html", inhoud)


@require_POST
def antwoord(request: HttpRequest, ouderdeel_id: int) -> HttpResponse:
    """Keep one answer against its base version: `vraag`, `tekst`, `versie`; answers as the papers of the school do."""
    deel = _deel(request, ouderdeel_id)
    door: Any = request.user
    bewaard = services.ouderdeel_bewaren(
        deel=deel,
        vraagcode=request.POST.get("vraag") or request.GET.get("vraag", ""),
        tekst=zelfbewaren.geschreven(request),
        basisversie=zelfbewaren.basisversie(request),
        door=door,
    )
    naar_script = zelfbewaren.bewaard(request, bewaard.versie, bewaard.gewijzigd_op, deel.school)
    return naar_script or redirect("portaal:uw_deel", ouderdeel_id=deel.pk)


@require_http_methods(["GET", "POST"])
def insturen(request: HttpRequest, ouderdeel_id: int) -> HttpResponse:
    """Read it over once more; then it goes to the school and stays as it is."""
    deel = _deel(request, ouderdeel_id)
    vragen = [vraag for vraag in ouderdelen.eigen_vragen(request.user, deel) if vraag.antwoord.strip()]
    if request.method == "POST":
        door: Any = request.user
        services.ouderdeel_insturen(deel=deel, door=door)
        messages.success(request, "De school heeft het nu. Dank u wel.")
        return redirect("portaal:uw_deel", ouderdeel_id=deel.pk)
    if not deel.is_open or not vragen:
        if deel.is_open:
            messages.warning(request, "U hebt nog niets geschreven. Eén zin is al genoeg.")
        return redirect("portaal:uw_deel", ouderdeel_id=deel.pk)
    return render(request, "portaal/insturen.html", {"deel": deel, "kind": deel.leerling, "vragen": vragen})
