"""Building the fixed cast: once per process, committed, at a held moment (tests/conftest.py)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from leerlingen import services
from tests.bouw import fabriek
from tests.bouw.aanvullers import AANVULLERS
from tests.bouw.personen import Bezetting, Lid
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext

NU = datetime(2026, 11, 3, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
VANDAAG = NU.date()
BEGIN = datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def vaste_bezetting() -> Bezetting:
    """Make both schools and everyone in them, and commit."""
    with klok.stilgezet(BEGIN):
        kogerveld = services.school_aanmaken(
            naam="De Kogerveld", land="NL", profiel="kogerveld", regio="noord", door=None
        )
        anders = services.school_aanmaken(naam="De Anders", land="NL", profiel="kogerveld", regio="zuid", door=None)
        delen: dict[str, Any] = {"kogerveld": kogerveld, "anders": anders}
        with schoolcontext([anders]):
            _de_anders(anders, delen)
        with schoolcontext([kogerveld]):
            _groepen(kogerveld, delen)
            _team(kogerveld, delen)
            _kinderen(kogerveld, delen)
            _ouders(kogerveld, delen)
        with schoolcontext([anders]):
            _ook_hier(anders, delen)
    with klok.stilgezet(NU), schoolcontext([kogerveld]):
        _dossier(delen)
        bezetting = Bezetting(**delen)
        for aanvuller in AANVULLERS:
            aanvuller(bezetting)
    for _, lid in bezetting.leden():
        lid.sessie = _sessie(lid)
    _licht(bezetting)
    return bezetting


def _sessie(lid: Lid) -> str:
    """Sign in once; signing in for each request would cost more than the request."""
    browser = Client()
    browser.force_login(lid.gebruiker)
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def _licht(bezetting: Bezetting) -> None:
    """Forget the procedure that papers point to: every test copies the cast, and the procedure is large."""
    for waarde in [*vars(bezetting).values(), *bezetting.extra.values()]:
        for rij in (waarde, getattr(waarde, "document", None) if hasattr(waarde, "titel") else None):
            if hasattr(rij, "_state"):
                rij._state.fields_cache.pop("profielversie", None)


def _groep(school: School, delen: dict[str, Any], naam: str, soort: str = "stamgroep", jaargroep: str = "6") -> Any:
    return services.groep_zorgen(
        school=school, schooljaar=delen["jaar"], naam=naam, soort=soort, jaargroep=jaargroep, door=None
    )


def _de_anders(school: School, delen: dict[str, Any]) -> None:
    delen["jaar"] = services.schooljaar_zorgen(school=school, dag=VANDAAG, door=None)
    groep = delen["groep_anders"] = _groep(school, delen, "6a")
    delen["ib_anders"] = fabriek.lid(school, "Ingrid", "ib")
    leerkracht = delen["leerkracht_anders"] = fabriek.lid(school, "Nora", "leerkracht")
    leerkracht.toewijzing = services.toewijzen(persoon=leerkracht.persoon, groep=groep, door=None)
    kind = delen["leerling_anders"] = fabriek.leerling(school, "Anne", "Elders", groep=groep)
    delen["ouder_anders"] = fabriek.ouder(school, "Olga", kind)
    delen["notitie_anders"] = fabriek.notitie(kind, leerkracht.gebruiker, "Gesprek bij De Anders")


def _groepen(school: School, delen: dict[str, Any]) -> None:
    delen["jaar"] = services.schooljaar_zorgen(school=school, dag=VANDAAG, door=None)
    delen["groep_6a"] = _groep(school, delen, "6a")
    delen["groep_6b"] = _groep(school, delen, "6b")
    delen["plusgroep"] = _groep(school, delen, "Plusgroep", soort="samengesteld", jaargroep="C")


def _team(school: School, delen: dict[str, Any]) -> None:
    delen["carla"] = fabriek.lid(school, "Carla", "ib")
    delen["dora"] = fabriek.lid(school, "Dora", "directeur")
    delen["specialist"] = fabriek.lid(school, "Gijs", "specialist", vakgebieden=("rekenen",))
    delen["beheerder"] = fabriek.lid(school, "Johan", "beheerder")
    delen["rt"] = fabriek.lid(school, "Hanna", "rt")
    delen["assistent"] = fabriek.lid(school, "Ivo", "assistent")
    delen["extern"] = fabriek.lid(school, "Karin", "extern", functie="Orthopedagoog")
    delen["extern_oud"] = fabriek.lid(school, "Leo", "extern", functie="Logopedist")
    groepen = {"anna": "groep_6a", "duo": "groep_6a", "bas": "groep_6b", "vertrokken": "groep_6a"}
    namen = {"anna": "Anna", "duo": "Els", "bas": "Bas", "vertrokken": "Mieke"}
    for naam, groep in groepen.items():
        wie = delen[naam] = fabriek.lid(school, namen[naam], "leerkracht")
        wie.toewijzing = services.toewijzen(persoon=wie.persoon, groep=delen[groep], door=None)
    vervanger = delen["vervanger"] = fabriek.lid(school, "Femke", "vervanger", vanaf=date(2026, 10, 26))
    vervanger.toewijzing = services.toewijzen(
        persoon=vervanger.persoon,
        groep=delen["groep_6a"],
        rol="vervanger",
        vanaf=date(2026, 10, 26),
        tot=date(2026, 12, 1),
        door=None,
    )
    services.aanstelling_beeindigen(aanstelling=delen["vertrokken"].aanstelling, per=date(2026, 10, 1), door=None)


def _kinderen(school: School, delen: dict[str, Any]) -> None:
    a, b = delen["groep_6a"], delen["groep_6b"]
    delen["bram"] = fabriek.leerling(school, "Bram", "Jansen", groep=a)
    delen["aya"] = fabriek.leerling(school, "Aya", "Haddad", groep=a)
    delen["zoe"] = fabriek.leerling(school, "Zoë", "D'Ÿldırım-Łukasz", groep=a, voorvoegsel="van 't")
    delen["bobby"] = fabriek.leerling(school, "<b>Bobby</b>", "'); DROP TABLE x; -- {{ 7|add:7 }}", groep=a)
    delen["mononiem"] = fabriek.leerling(school, "", "Suharto", groep=a)
    delen["chris"] = fabriek.leerling(school, "Chris", "de Wit", groep=b)
    delen["dunya"] = fabriek.leerling(school, "Dunya", "Özgür", groep=b)
    for naam in ("aya", "chris"):
        services.plaatsen(leerling=delen[naam], groep=delen["plusgroep"], vanaf=date(2026, 9, 1), door=None)
    weg = delen["vertrokken_leerling"] = fabriek.leerling(school, "Wim", "Weg", groep=b)
    services.uitschrijven(leerling=weg, per=date(2026, 9, 1), door=None)
    for naam in ("rt", "assistent"):
        services.leerling_toewijzen(
            persoon=delen[naam].persoon,
            leerling=delen["bram"],
            rol=naam,
            vanaf=date(2026, 8, 1),
            tot=date(2027, 8, 1),
            door=None,
        )


def _ouders(school: School, delen: dict[str, Any]) -> None:
    delen["dirk"] = fabriek.ouder(school, "Dirk", delen["bram"], delen["aya"], achternaam="Jansen")
    delen["ouder_ander"] = fabriek.ouder(school, "Ria", delen["chris"])
    delen["ouder_zonder_gezag"] = fabriek.ouder(school, "Peter", delen["bram"], gezag="nee")
    delen["ouder_onbekend"] = fabriek.ouder(school, "Quint", delen["bram"], gezag="onbekend")
    delen["ouder_twee"] = fabriek.ouder(school, "Tessa", delen["chris"], email="tessa@twee.test")


def _ook_hier(school: School, delen: dict[str, Any]) -> None:
    """The mother with children at two schools has one account."""
    fabriek.ouder(school, "Tessa", delen["leerling_anders"], email="tessa@twee.test")


def _dossier(delen: dict[str, Any]) -> None:
    from leerlingen.models import Ouderschap

    bram: Any = delen["bram"]
    anna: Any = delen["anna"].gebruiker
    carla: Any = delen["carla"].gebruiker
    delen["notitie"] = fabriek.notitie(bram, anna, "Rustige start")
    delen["document"] = delen["notitie"].document
    delen["vertrouwelijk"] = fabriek.notitie(bram, anna, "Gesprek thuis", vertrouwelijkheid="vertrouwelijk")
    delen["geheim"] = fabriek.notitie(bram, carla, "Melding", vertrouwelijkheid="geheim")
    kring = delen["in_kring"] = fabriek.notitie(bram, carla, "Zorg over thuis")
    services.kring_zetten(stuk=kring, lezers=[delen["dora"].persoon], door=carla)
    gedeeld = delen["gedeeld"] = fabriek.notitie(bram, anna, "Voortgang dit najaar")
    delen["bijlage"] = services.bijlage_toevoegen(stuk=gedeeld, bestand=fabriek.pdf(), door=anna)
    fabriek.volledig(gedeeld.document, anna)
    services.document_vaststellen(document=gedeeld.document, door=anna)
    services.publiceren(stuk=gedeeld, door=anna)
    for naam, vak in (("rekenstuk", "rekenen"), ("taalstuk", "spelling")):
        delen[naam] = services.stuk_maken(leerling=bram, soort="notitie", titel=naam, vakgebied=vak, door=anna)
    delen["stuk_extern"] = fabriek.notitie(bram, carla, "Vraag aan de orthopedagoog")
    delen["notitie_6b"] = fabriek.notitie(delen["chris"], delen["bas"].gebruiker, "Start in 6b")
    delen["document_groep"] = services.document_maken(soort="groepsplan", groepen=[delen["groep_6a"]], door=anna)
    _rechten(delen)
    delen["toestemming"] = services.toestemming_vragen(
        leerling=bram,
        doel=_doel(bram),
        tekst="Mag de school een deskundige van buiten vragen?",
        stukken=[delen["stuk_extern"]],
        door=carla,
    )
    delen["ouderschap"] = Ouderschap.objects.systeemtoegang(reden="de vaste bezetting").get(
        leerling=bram, persoon=delen["dirk"].persoon
    )


def _doel(leerling: Any) -> str:
    from leerlingen import profielen_van_school

    return profielen_van_school.huidig_profiel(leerling.school).toestemmingen[0].code


def _rechten(delen: dict[str, Any]) -> None:
    stuk, carla = delen["stuk_extern"], delen["carla"]
    einde = datetime(2026, 12, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
    delen["recht_extern"] = fabriek.recht_van_vroeger(stuk, delen["extern"], tot=einde, reden="Advies", door=carla)
    _geef_en_laat_aflopen(stuk, delen["extern_oud"], carla)


def _geef_en_laat_aflopen(stuk: Any, lid: Lid, carla: Lid) -> None:
    """A grant that ended a month ago; given then, at a held clock."""
    with klok.stilgezet(datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        fabriek.recht_van_vroeger(
            stuk,
            lid,
            tot=datetime(2026, 10, 1, tzinfo=ZoneInfo("Europe/Amsterdam")),
            reden="Advies van de logopedist",
            door=carla,
        )
