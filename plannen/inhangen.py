"""What this floor hangs into the registries of the floors below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from leerlingen import tabbladen
from leerlingen.inhangen import heeft_rol
from leerlingen.models import Groep
from leerlingen.services.documenten import registreer_schrijfregel
from lvs import feiten, knoppen, vervolg
from lvs.knoppen import Knop
from lvs.selecties import Overzicht
from lvs.vervolg import Aanleiding, Keuze
from plannen.feiten import lopende_plaatsen
from plannen.perioden import nu_of_straks, perioden
from plannen.services.bestand import groepsplan_bestand
from plannen.services.stand import document_open
from zorg.kern import navigatie, rapporten
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht, registreer_regel
from zorg.logboek import teksten

ziet_plannen = heeft_rol("leerkracht", "vervanger", "ib", "directeur", "rt", "assistent", "specialist", "teamleider")


def _versies(model: str) -> Any:
    """The rule of a history: as visible as the row it tells about, while that exists."""

    def regel(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
        from plannen import models

        bron = getattr(models, model).objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht)
        zichtbaar = bron.order_by().values("pk")
        return [alle.model.objects.van_scholen(scholen).order_by().filter(pgh_obj__in=zichtbaar).values("pk")]

    return regel


def overzichtsknoppen(request: HttpRequest, overzicht: Overzicht) -> list[Knop]:
    """On the group overview: its papers; make the first plan that is missing, or go to the plans."""
    groep, jaar = overzicht.groep, overzicht.groep.schooljaar.periode
    rij = perioden(overzicht.profiel.groepsplanperioden, jaar.lower, jaar.upper)
    periode = nu_of_straks(rij, overzicht.dag)
    # who may write for the group gets a row, with a plan or without
    rijen = (
        Groep.objects.zichtbaar_voor(request.user, Recht.WIJZIGEN)
        .filter(pk=groep.pk)
        .order_by()
        .values_list(*(f"documenten__document__groepsplan__{veld}" for veld in ("vak", "periode", "vervallen_op")))
    )
    gevonden = list(rijen)
    papieren = Knop("Papieren", reverse("papieren:groep", kwargs={"groep_id": groep.pk}))
    if not gevonden:
        return [papieren]
    plannen = {vak for vak, looptijd, vervallen in gevonden if vak and not vervallen and periode.van in looptijd}
    met_plan = {vak.code: vak.naam for vak in overzicht.profiel.vakgebieden if vak.groepsplan and vak.actief}
    getoond = [kolom.code for kolom in overzicht.kolommen if kolom.code in met_plan]
    for vak in getoond:
        if vak not in plannen:
            url = f"{reverse('plannen:nieuw')}?groep={groep.pk}&vak={vak}"
            return [papieren, Knop(f"Groepsplan {met_plan[vak].lower()} maken", url, gevuld=True)]
    lijst = Knop("Groepsplannen", f"{reverse('plannen:lijst')}?groep={groep.pk}", gevuld=True)
    return [papieren, lijst] if plannen else [papieren]


def signaalkeuzes(aanleiding: Aanleiding) -> list[Keuze]:
    """A signal that is answered in a plan opens it: the group plan, or the papers about the pupil (K-17, K-26)."""
    gevolg, groep = aanleiding.signaal.gevolg, aanleiding.groep
    if gevolg in ("arrangement", "groepsplan") and groep is not None:
        return [Keuze("Naar het groepsplan", f"{reverse('plannen:lijst')}?groep={groep}")]
    tekst = {"hoogbegaafdheid": "Stappenplan beginnen", "analyse": "Handelingsplan beginnen"}.get(gevolg)
    if tekst is None:
        return []
    return [Keuze(tekst, reverse("leerlingplannen:leerling", kwargs={"leerling_id": aanleiding.leerling}))]


def alles() -> None:
    """Called once, when the app is ready."""
    registreer_regel("plannen.GroepsplanGebeurtenis", _versies("Groepsplan"))
    registreer_regel("plannen.IndelingGebeurtenis", _versies("Indeling"))
    registreer_schrijfregel("groepsplan", document_open)
    feiten.registreer_plaatsen(lopende_plaatsen)
    knoppen.registreer(overzichtsknoppen)
    vervolg.registreer(signaalkeuzes)
    tabbladen.registreer(tabbladen.Tabblad("plannen", "Plannen", "leerlingplannen:leerling", 40))
    navigatie.registreer(navigatie.Navigatiepunt("Plannen", "plannen:lijst", 50, ziet_plannen))
    rapporten.registreer(
        rapporten.Rapportsoort("groepsplan", "het plan, zoals in het adres /plannen/ID/", groepsplan_bestand)
    )
    teksten.registreer(
        groepsplan_bijgewerkt="werkte het voorstel van een groepsplan bij",
        groepsplan_gemaakt="maakte een groepsplan",
        groepsplan_ingetrokken="trok een groepsplan in",
        groepsplan_ingezien="las een groepsplan",
        groepsplan_meegenomen="maakte met een opdracht een groepsplan als bestand",
        groepsplan_pdf_geopend="nam een groepsplan mee als pdf",
        groepsplan_stand="wijzigde de status van een groepsplan",
        leerling_verplaatst="plaatste de leerling in een arrangement",
        plannen_ingezien="bekeek de plannen van de leerling",
        planreactie="schreef een reactie bij een groepsplan",
    )
