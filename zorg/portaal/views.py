"""The parents' pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from leerlingen import ouderdelen, rapporten, services, stukinhoud
from leerlingen import selecties as leerlingselecties
from leerlingen.bestandsantwoord import stuur_bijlage, stuur_pdf
from leerlingen.models import Bijlage, Document, Dossierstuk, Leerling, Toestemming
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op
from zorg.logboek.services import vastleggen
from zorg.portaal import selecties

MEELEZEN = Recht.MEELEZEN


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """The children of this parent, and what the school asks."""
    if not request.scholen:  # type: ignore[attr-defined]
        return render(request, "leerlingen/geen_school.html")
    kinderen = selecties.kinderen(request.user)
    if len(kinderen) == 1:
        return redirect("portaal:kind", leerling_id=kinderen[0].pk)
    vragen = selecties.open_vragen(request.user)
    per_kind = {kind.pk: [vraag for vraag in vragen if vraag.leerling_id == kind.pk] for kind in kinderen}
    rijen = [{"kind": kind, "aantal": len(per_kind[kind.pk])} for kind in kinderen]
    return render(request, "portaal/begin.html", {"rijen": rijen})


def kind_of_404(request: HttpRequest, leerling_id: int) -> Leerling:
    """The child, if this parent has authority today; 404 for everybody else."""
    kind: Leerling = haal_op(
        Leerling.objects.select_related("school"), request.user, zicht=MEELEZEN, recht=MEELEZEN, pk=leerling_id
    )
    return kind


@require_GET
def kind(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """One child: questions first, then what was shared."""
    leerling = kind_of_404(request, leerling_id)
    inhoud = {
        "kind": leerling,
        "meer_kinderen": len(selecties.kinderen(request.user)) > 1,
        "vragen": selecties.open_vragen(request.user, leerling),
        "stukken": selecties.gedeelde_stukken(request.user, leerling),
        "toestemmingen": selecties.toestemmingen(request.user, leerling),
        "delen": ouderdelen.eigen_delen(request.user, leerling),
    }
    return render(request, "portaal/kind.html", inhoud)


@require_GET
def wie_keek(request: HttpRequest, leerling_id: int) -> HttpResponse:
    """Who looked at the dossier of my child."""
    leerling = kind_of_404(request, leerling_id)
    blad, dagen = selecties.wie_keek(request.user, leerling, request.GET.get("pagina", ""))
    return render(request, "portaal/wie_keek.html", {"kind": leerling, "blad": blad, "dagen": dagen})


def _stuk(request: HttpRequest, stuk_id: int) -> tuple[Dossierstuk, Document | None]:
    """A shared piece, and its paper when it has one."""
    gevonden: Dossierstuk = haal_op(
        Dossierstuk.objects.select_related("school", "leerling", "opgesteld_door"),
        request.user,
        zicht=MEELEZEN,
        recht=MEELEZEN,
        pk=stuk_id,
    )
    document: Document | None = (
        Document.objects.zichtbaar_voor(request.user, MEELEZEN)
        .filter(stuk=gevonden)
        .select_related("profielversie", "vastgesteld_door")
        .first()
    )
    return gevonden, document


@require_GET
def stuk(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """Read a shared piece; that a parent read it is on record, so that the school knows it arrived."""
    gevonden, document = _stuk(request, stuk_id)
    door: Any = request.user
    vastleggen(
        "stuk_gelezen_door_ouder", school=gevonden.school_id, door=door, leerling=gevonden.leerling_id, object=gevonden
    )
    inhoud = {
        "stuk": gevonden,
        "kind": gevonden.leerling,
        "mag_pdf": rapporten.mag_naar_huis(document),
        "secties": leerlingselecties.documentvelden(request.user, document, zicht=MEELEZEN) if document else [],
        "inhoud": stukinhoud.van(request, gevonden, MEELEZEN),
        "bijlagen": [
            {
                "naam": bijlage.naam,
                "url": reverse("portaal:bijlage", kwargs={"bijlage_id": bijlage.pk}),
                "grootte": bijlage.grootte,
            }
            for bijlage in selecties.bijlagen(request.user, gevonden)
        ],
        "aanvullingen": leerlingselecties.aanvullingen_van(request.user, document, zicht=MEELEZEN) if document else [],
    }
    return render(request, "portaal/stuk.html", inhoud)


@require_GET
def pdf(request: HttpRequest, stuk_id: int) -> HttpResponse:
    """A shared paper to keep, as the page shows it. Keeps nothing; that a parent took it along is on record."""
    gevonden, document = _stuk(request, stuk_id)
    door: Any = request.user
    if document is None:
        raise Http404
    if not rapporten.mag_naar_huis(document):
        raise DomeinFout("Dit stuk kunt u hier lezen, maar niet als bestand meenemen. Vraag de school ernaar.")
    inhoud = rapporten.papier_pdf(rapporten.stel_samen(door, gevonden, document, MEELEZEN))
    vastleggen(
        "stuk_pdf_meegenomen_door_ouder",
        school=gevonden.school_id,
        door=door,
        leerling=gevonden.leerling_id,
        object=gevonden,
    )
    return stuur_pdf(inhoud, rapporten.bestandsnaam(gevonden))


@require_GET
def bijlage(request: HttpRequest, bijlage_id: int) -> HttpResponseBase:
    """Open a file of a shared piece."""
    gevonden: Bijlage = haal_op(
        Bijlage.objects.select_related("stuk"),
        request.user,
        zicht=MEELEZEN,
        recht=MEELEZEN,
        pk=bijlage_id,
        ingetrokken_op__isnull=True,
    )
    return stuur_bijlage(request, gevonden, "bijlage_gelezen_door_ouder")


@require_http_methods(["GET", "POST"])
def toestemming(request: HttpRequest, toestemming_id: int) -> HttpResponse:
    """One question: who reads what until when; yes, no, or first talk. A mind may be changed."""
    gevonden: Toestemming = haal_op(
        Toestemming.objects.select_related("school", "leerling__school", "profielversie"),
        request.user,
        zicht=MEELEZEN,
        recht=MEELEZEN,
        pk=toestemming_id,
    )
    vraag = selecties.toestemmingsvraag(request.user, gevonden)
    fout = ""
    if request.method == "POST":
        versie = request.POST.get("tekstversie", "")
        try:
            services.toestemming_beantwoorden(
                toestemming=gevonden,
                keuze=request.POST.get("keuze", ""),
                opmerking=request.POST.get("opmerking", ""),
                tekstversie=int(versie) if versie.isdecimal() and len(versie) < 6 else 0,
                door=request.user,  # type: ignore[arg-type]
            )
        except DomeinFout as regel:
            fout = regel.zin
        else:
            messages.success(request, "Uw antwoord is bij de school. U kunt later van mening veranderen.")
            return redirect("portaal:toestemming", toestemming_id=gevonden.pk)
    inhoud = {"vraag": vraag, "kind": gevonden.leerling, "fout": fout, "opmerking": request.POST.get("opmerking", "")}
    return render(request, "portaal/toestemming.html", inhoud, status=422 if fout else 200)
