"""What this floor hangs into the registries of the floors below, and its own tabs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest

from leerlingen import profielen_van_school, tabbladen, toegang
from leerlingen.services.papieren import groepspapier_bestand, papier_bestand
from zorg.kern import context, klok, navigatie, rapporten
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht, registreer_regel
from zorg.logboek import teksten

STAF = frozenset({"ib", "directeur", "teamleider", "leerkracht", "vervanger", "specialist", "rt", "assistent", "ict"})
ROLVOLGORDE = (
    "directeur", "ib", "teamleider", "specialist", "leerkracht", "vervanger", "rt", "assistent", "ict", "beheerder",
    "extern", "ouder",
)  # fmt: skip


def is_staf(request: HttpRequest) -> bool:
    """Whether this user works with children at a school of the context."""
    return bool(toegang.rollen_van(request.user) & STAF)


def heeft_rol(*rollen: str) -> Any:
    """A check for navigation: one of these roles."""
    return lambda request: bool(toegang.rollen_van(request.user) & set(rollen))


def logregels(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
    """Who reads the logbook: ib'er and director all of it, everyone their own acts, parents what is of their child."""
    regels = alle.model.objects.van_scholen(scholen).order_by()
    if recht == Recht.MEELEZEN:
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        return [regels.filter(leerling_id__in=bron.leerlingen).values("pk") for bron in bronnen]
    bij = toegang.aanstellingen(gebruiker, dag, scholen, "ib", "directeur").order_by().values("school")
    return [regels.filter(school__in=bij).values("pk"), regels.filter(actor_id=gebruiker.pk).values("pk")]


def berichten(alle: Any, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Any]:
    """Who sees the outgoing mail: administrator and director."""
    bij = toegang.aanstellingen(gebruiker, dag, scholen, "beheerder", "directeur").order_by().values("school")
    return [alle.model.objects.van_scholen(scholen).order_by().filter(school__in=bij).values("pk")]


def rolnaam(request: HttpRequest) -> str:
    """The user's most telling role, as the school calls it (X-02, X-03)."""
    scholen: tuple[School, ...] = getattr(request, "scholen", ())
    rollen = toegang.rollen_van(request.user)
    for rol in ROLVOLGORDE:
        if rol in rollen and scholen:
            return profielen_van_school.huidig_profiel(scholen[0]).rolnaam(rol)  # type: ignore[arg-type]
    return ""


def schooljaar(request: HttpRequest) -> str:
    """2026–2027."""
    scholen: tuple[School, ...] = getattr(request, "scholen", ())
    if not scholen:
        return ""
    dag = klok.vandaag(scholen[0])
    maand, dag_van_maand = profielen_van_school.start_schooljaar(scholen[0])
    jaar = dag.year if (dag.month, dag.day) >= (maand, dag_van_maand) else dag.year - 1
    return f"{jaar}–{jaar + 1}"


def alles() -> None:
    """Called once, when the app is ready."""
    registreer_regel("logboek.Logregel", logregels)
    registreer_regel("kern.Bericht", berichten)
    context.registreer_rolnaam(rolnaam)
    context.registreer_schooljaar(schooljaar)
    navigatie.registreer(navigatie.Navigatiepunt("Leerlingen", "leerlingen:lijst", 30, is_staf))
    navigatie.registreer(
        navigatie.Navigatiepunt("Beheer", "beheer:begin", 99, heeft_rol("beheerder", "directeur", "ib"))
    )
    verlener = heeft_rol("ib", "directeur")
    for tab in (
        tabbladen.Tabblad("overzicht", "Overzicht", "leerlingen:leerling", 10),
        tabbladen.Tabblad("dossier", "Dossier", "leerlingen:dossier", 20),
        tabbladen.Tabblad("ouders", "Ouders", "leerlingen:ouders", 80),
        tabbladen.Tabblad("kijkers", "Wie keek mee", "leerlingen:kijkers", 90, lambda request, _: verlener(request)),
    ):
        tabbladen.registreer(tab)
    for soort in ("groeidocument", "opp"):
        maak = partial(papier_bestand, soort)
        rapporten.registreer(
            rapporten.Rapportsoort(soort, "het stuk, zoals in het adres /leerlingen/stukken/ID/", maak)
        )
    rapporten.registreer(
        rapporten.Rapportsoort("papier", "het papier, zoals in het adres /papieren/ID/", groepspapier_bestand)
    )
    teksten.registreer(
        aangesteld="gaf iemand een rol",
        aanstelling_beeindigd="beëindigde een rol",
        account_gemaakt="maakte een account",
        account_gesloten="sloot een account",
        bewaarbeperking_gezet="bepaalde dat gegevens niet vernietigd mogen worden",
        bewaarbeperking_opgeheven="hief op dat gegevens bewaard moeten blijven",
        bijlage_geopend="opende een bestand",
        bijlage_gelezen_door_ouder="opende als ouder een bestand",
        bijlage_ingetrokken="haalde een bestand weg",
        bijlage_toegevoegd="voegde een bestand toe",
        document_aangevuld="vulde een stuk aan",
        document_gemaakt="begon een stuk",
        document_heropend="zette een papier weer open",
        document_vastgesteld="maakte een stuk definitief",
        dossier_ingezien="bekeek de lijst van het dossier",
        edexml_ingelezen="las een EDEXML-bestand in",
        geplaatst="plaatste de leerling in een groep",
        gegevens_vernietigd="vernietigde gegevens aan het einde van hun bewaartermijn",
        gepubliceerd="deelde een stuk met de ouders",
        gesprek_gevraagd_door_ouder="vroeg als ouder om een gesprek",
        gezag_gewijzigd="legde vast wie gezag heeft",
        inzage_afgehandeld="handelde een verzoek om inzage af",
        inzage_gevraagd="vroeg als ouder om inzage in het dossier",
        inzage_verlengd="nam langer de tijd voor een verzoek om inzage",
        kring_gezet="bepaalde welke collega's een stuk lezen",
        leerling_ingeschreven="schreef de leerling in",
        leerlingen_ingeschreven="schreef leerlingen in",
        leerlingen_geplaatst="plaatste leerlingen in hun groep",
        ouders_toegevoegd="voegde ouders toe",
        notities_overgenomen="nam notities van vroeger over",
        leerling_ingezien="bekeek de leerling",
        leerling_toegewezen="wees iemand aan de leerling toe",
        leerling_gewijzigd="verbeterde de gegevens van de leerling",
        leerling_uitgeschreven="schreef de leerling uit",
        uitschrijving_teruggedraaid="draaide terug dat de leerling vertrekt",
        noodtoegang="opende met spoed het dossier",
        ouder_toegevoegd="voegde een ouder toe",
        papier_ingezien="las een papier van de groep of de school",
        papier_meegenomen="maakte met een opdracht een papier als bestand",
        papier_pdf_geopend="nam een papier mee als pdf",
        persoon_gewijzigd="wijzigde gegevens van een persoon",
        beginstand_ingelezen="las in op welk niveau leerlingen staan",
        ouderdeel_gevraagd="vroeg de ouders om hun deel van een stuk",
        ouderdeel_ingestuurd="stuurde als ouder het eigen deel in",
        ouderdeel_ingetrokken="trok een vraag aan een ouder in",
        ouderdeel_opgetekend="tekende op wat een ouder vertelde",
        personen_ingelezen="las een lijst met ouders in",
        persoon_toegevoegd="voegde een persoon toe",
        profiel_vastgelegd="legde de procedure van de school vast",
        publicatie_ingetrokken="stopte het delen met ouders",
        recht_ingetrokken="trok toegang in",
        recht_verleend="gaf iemand toegang",
        school_gewijzigd="wijzigde gegevens van de school",
        school_aangemaakt="richtte de school in",
        stuk_gelezen_door_ouder="las als ouder een stuk",
        stuk_gemaakt="voegde een stuk toe",
        stuk_ingezien="las een stuk",
        stuk_meegenomen="maakte met een opdracht een stuk als bestand",
        stuk_pdf_geopend="nam een stuk mee als pdf",
        stuk_pdf_meegenomen_door_ouder="nam als ouder een stuk mee als pdf",
        taak_afgevinkt="vinkte een taak af",
        taak_heropend="zette een taak weer open",
        toegang_opgevraagd="vroeg op wie het dossier kan zien",
        toegewezen="wees iemand aan een groep toe",
        toestemming_beantwoord="antwoordde op een vraag om toestemming",
        toestemming_gevraagd="vroeg om toestemming",
        toestemming_ingetrokken="trok een vraag om toestemming in",
        toewijzing_beeindigd="beëindigde een toewijzing",
        uitgenodigd="stuurde een uitnodiging",
        versies_ingezien="bekeek eerdere versies van een stuk",
        vertrouwelijkheid_gewijzigd="wijzigde wie een stuk mag lezen",
        zorgniveau_begonnen="legde het zorgniveau vast",
        zorgniveau_gewijzigd="wijzigde het zorgniveau",
    )
