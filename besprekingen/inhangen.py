"""What this floor hangs into the registries of the floors below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from besprekingen import bronnen, selecties
from besprekingen.adressen import adres
from besprekingen.querysets import notulen
from besprekingen.services import bewaren, groepsplannen, planning, rapport, uitnodiging
from besprekingen.services.feiten import zorgfeiten
from besprekingen.services.meelezen import toegang_herzien
from besprekingen.services.route import rollen_bij
from leerlingen import profielen_van_school, tabbladen, toegang, watnu, zorgroute
from leerlingen.inhangen import STAF, heeft_rol
from leerlingen.models import Groep, Leerling
from leerlingen.services.zorg import registreer_na_toestemming
from leerlingen.zorgroute.woorden import hoofdletter
from lvs import knoppen, vervolg
from lvs.selecties import Overzicht
from lvs.vervolg import Aanleiding, Keuze
from plannen import besproken, poorten
from zorg.kern import navigatie
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht, registreer_regel
from zorg.logboek import teksten


def poort(leerling: Leerling, documentcodes: Sequence[str], gebruiker: Any) -> dict[str, list[poorten.Reden]]:
    """What stands in the way of beginning papers about a pupil (K-29, K-30), with the way to it."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    feiten = zorgfeiten(leerling, rollen_bij(leerling, gebruiker))
    return {
        code: [
            poorten.Reden(f"{u.kort[:1].upper()}{u.kort[1:]}.", u.soort == "hard", adres(u.link, leerling))
            for u in zorgroute.beoordeel_document(profiel, code, feiten).ontbreekt
        ]
        for code in documentcodes
    }


def _versies(model: str) -> Any:
    """The rule of a history: as visible as the row it tells about, while that exists."""

    def regel(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
        from besprekingen import models

        bron = getattr(models, model).objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht)
        zichtbaar = bron.order_by().values("pk")
        return [alle.model.objects.van_scholen(scholen).order_by().filter(pgh_obj__in=zichtbaar).values("pk")]

    return regel


def mijn_aantal(request: HttpRequest) -> int:
    """How many meetings wait for this user: theirs, within a fortnight or not rounded off."""
    return selecties.aantal_wachtend(request)


def gesprekkenknop(request: HttpRequest, overzicht: Overzicht) -> list[knoppen.Knop]:
    """On the group overview, for who works with the group: the talks with parents."""
    groep = overzicht.groep
    mag = Groep.objects.zichtbaar_voor(request.user, Recht.WIJZIGEN).filter(pk=groep.pk)
    if groep.soort != "stamgroep" or overzicht.ander_jaar or not mag.exists():
        return []
    return [knoppen.Knop("Gesprekken", reverse("besprekingen:oudergesprekken", kwargs={"groep_id": groep.pk}))]


def signaalkeuzes(aanleiding: Aanleiding) -> list[Keuze]:
    """A signal that is answered by talking: plan the meeting of the procedure, or record a talk (K-15, K-34)."""
    gevolg, kind = aanleiding.signaal.gevolg, {"leerling_id": aanleiding.leerling}
    signaal = f"&signaal={aanleiding.signaal.pk}" if aanleiding.signaal.pk else ""
    if gevolg == "gesprek":
        return [Keuze("Gesprek vastleggen", f"{reverse('besprekingen:gesprek', kwargs=kind)}?soort=ouders{signaal}")]
    if gevolg not in ("leerlingbespreking", "vijf_stappen", "sot"):
        return []
    vormen = [vorm for vorm in aanleiding.profiel.bespreking if vorm.over == "leerling"]
    vorm = next((v for v in vormen if v.code == gevolg), vormen[0])
    keuze = Keuze(
        f"{hoofdletter(vorm.kort)} plannen",
        f"{reverse('besprekingen:nieuw', kwargs=kind)}?soort={vorm.code}{signaal}",
    )
    return [keuze, Keuze("Naar de zorgroute", reverse("besprekingen:zorg", kwargs=kind))]


def alles() -> None:
    """Called once, when the app is ready."""
    for dienst in (bewaren, planning, rapport, uitnodiging):
        dienst.registreer()
    bronnen.alles()
    toegang.registreer_schoolpapieren(notulen)
    poorten.registreer(poort)
    besproken.registreer(groepsplannen.tafels_van, groepsplannen.nieuw_plan_op_agenda)
    registreer_na_toestemming(toegang_herzien)
    for model in (
        "Actiepunt",
        "Agendapunt",
        "Besluit",
        "Bespreking",
        "Deelnemer",
        "Evaluatie",
        "Gesprek",
        "Instantiebesluit",
        "Onderzoek",
        "Rapport",
    ):
        registreer_regel(f"besprekingen.{model}Gebeurtenis", _versies(model))
    watnu.registreer(selecties.wat_nu)
    knoppen.registreer(gesprekkenknop)
    vervolg.registreer(signaalkeuzes)
    tabbladen.registreer(tabbladen.Tabblad("zorg", "Zorgroute", "besprekingen:zorg", 50))
    tabbladen.registreer(tabbladen.Tabblad("besprekingen", "Besprekingen", "besprekingen:leerling", 60))
    navigatie.registreer(
        navigatie.Navigatiepunt(
            "Besprekingen", "besprekingen:lijst", 60, heeft_rol(*STAF, "extern"), mijn_aantal, mobiel=True
        )
    )
    teksten.registreer(
        actiepunt_afgesproken="sprak een vervolgstap af",
        actiepunt_klaar="vinkte een afspraak af",
        actiepunt_vervallen="liet een afspraak vervallen",
        besluit_genomen="legde een besluit vast",
        bespreking_afgezegd="zei een bespreking af",
        bespreking_gehouden="legde vast dat een bespreking gehouden is",
        bespreking_gepland="plande een bespreking",
        bespreking_ingezien="bekeek een bespreking",
        bespreking_uitgenodigd="nodigde uit voor een bespreking",
        bespreking_verzet="verzette een bespreking",
        deelnemer_toegevoegd="vroeg een collega aan tafel",
        deelnemer_weggehaald="haalde iemand van tafel",
        doel_geevalueerd="evalueerde een doel",
        doel_gesteld="stelde een doel",
        doel_weggehaald="haalde een doel weg",
        gesprek_vastgelegd="legde een gesprek vast",
        groepsbespreking_aangevraagd="vroeg een groepsbespreking aan",
        instantiebesluit_vastgelegd="legde een besluit van een instantie vast",
        jaarkalender_gepland="plande de jaarkalender",
        leerling_ingebracht="bracht de leerling in",
        leiding_gewijzigd="wijzigde wie voorzit of notuleert",
        okr_gemaakt="maakte het onderwijskundig rapport",
        okr_meegenomen="maakte met een opdracht het onderwijskundig rapport als bestand",
        okr_gevraagd="vroeg het onderwijskundig rapport",
        onderzoek_aangevraagd="legde vast dat er onderzoek is aangevraagd",
        onderzoek_bijgewerkt="werkte een onderzoek bij",
        onderwerp_ingebracht="zette een onderwerp op de agenda",
        punt_weggehaald="haalde een punt van de agenda",
        vakanties_ingevuld="vulde de vakanties in",
        van_buiten_gevraagd="vroeg iemand van buiten de school",
        vergadertijden_gewijzigd="wijzigde de vergadertijden",
        vrij_gewijzigd="wijzigde een vrije dag",
        vrij_toegevoegd="voegde een vrije dag toe",
        vrij_weggehaald="haalde een vrije dag weg",
        zonder_naam_ingebracht="bracht een casus zonder naam in",
        zorgroute_ingezien="bekeek de zorgroute",
    )
