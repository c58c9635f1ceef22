"""The care route of one pupil in the story, each with their own login: from the group meeting to the archived report.

Every function is a part of the story on one day, in the order of the route.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser.conftest import wacht_bewaard
from tests.browser.draad import Draad, afronden, loop_na, melding, sleutel_van, standen, stap_zetten
from tests.browser.groepsplan import IB, JULIA
from tests.browser.huis import Mail

Kijk = Callable[[Any], None]
ZONE = ZoneInfo("Europe/Amsterdam")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
DIRECTEUR, REKENEN, TAAL, GEDRAG = "dirk@verhaal.test", "rob@verhaal.test", "tara@verhaal.test", "gerda@verhaal.test"
COLLEGA, EXTERN = "bas@verhaal.test", "karin@praktijk.test"
MOEDER, VADER, ANDERE_OUDER = "maud@thuis.test", "victor@thuis.test", "olga@thuis.test"
ANDERE_SCHOOL = "ida@ander.test"
MENSEN: list[dict[str, Any]] = [
    {"voornaam": "Dirk", "achternaam": "Leider", "email": DIRECTEUR, "rol": "directeur"},
    {"voornaam": "Rob", "achternaam": "Rekenaar", "email": REKENEN, "rol": "specialist", "vakgebieden": ["rekenen"]},
    {"voornaam": "Tara", "achternaam": "Taal", "email": TAAL, "rol": "specialist", "vakgebieden": ["begrijpend_lezen"]},
    {"voornaam": "Gerda", "achternaam": "Gedrag", "email": GEDRAG, "rol": "specialist",
     "vakgebieden": ["sociaal_emotioneel"]},
    {"voornaam": "Bas", "achternaam": "Buur", "email": COLLEGA, "rol": "leerkracht", "groep": "7"},
    {"voornaam": "Karin", "achternaam": "Praktijk", "email": EXTERN, "rol": "extern", "functie": "Orthopedagoog"},
    {"voornaam": "Maud", "achternaam": "Verhaal", "email": MOEDER, "ouder_van": "Hugo"},
    {"voornaam": "Victor", "achternaam": "Verhaal", "email": VADER, "ouder_van": "Hugo"},
    {"voornaam": "Olga", "achternaam": "Verhaal", "email": ANDERE_OUDER, "ouder_van": "Aya"},
    {"voornaam": "Ida", "achternaam": "Elders", "email": ANDERE_SCHOOL, "rol": "ib", "school": "De Ander"},
]  # fmt: skip


# -- short ways -------------------------------------------------------------------------------------------------------


def schrijf(veld: Any, tekst: str) -> None:
    """Write in a field that saves itself, and wait until it says so."""
    veld.fill(tekst)
    veld.blur()
    wacht_bewaard(veld)


def vul_aan(pagina: Any, tekst: str, binnen: str = "main") -> None:
    """Answer every question of the paper at hand (or one part of it) that is still open: a text, a choice."""
    for vraag in pagina.locator(f"{binnen} form[data-bewaar-veld]").all():
        if not vraag.is_visible():
            continue
        keuzes = vraag.locator("input[type=radio]")
        if keuzes.count():
            if vraag.locator("input[type=radio][value='']:checked").count():
                keuzes.first.check()
                wacht_bewaard(keuzes.first)
            continue
        veld = vraag.locator("textarea")
        if veld.count() and not veld.input_value().strip():
            schrijf(veld, tekst)


def draad_nu(draad: Draad) -> datetime:
    """The moment of the story."""
    return datetime.fromisoformat(draad.huis.omgeving["ZORGPAD_NU"]).replace(tzinfo=ZONE)


def komende(draad: Draad, soort: str, na: datetime | None = None) -> tuple[int, datetime]:
    """Key and begin of the first meeting of this kind in the calendar that is still to be held."""
    vraag = (
        "select id, begin from besprekingen_bespreking where soort = %s and status in ('gepland', 'uitgenodigd')"
        " and begin > %s order by begin limit 1"
    )
    ((pk, begin),) = draad.huis.vraag(vraag, soort, na or datetime(2026, 8, 1, tzinfo=ZONE))
    return int(pk), begin.astimezone(ZONE)


def plan_bespreking(pagina: Any, leerling: int, soort: str, dag: str, hulpvraag: str = "") -> int:
    """Plan a meeting about a pupil at a quarter past three; gives its key."""
    pagina.goto(f"/besprekingen/leerlingen/{leerling}/nieuw/")
    pagina.get_by_label("Welke bespreking?").select_option(soort)
    pagina.get_by_label("Dag").fill(dag)
    pagina.get_by_label("Tijd").fill("15:15")
    pagina.get_by_label("Wat is uw hulpvraag?").fill(hulpvraag)
    pagina.get_by_role("button", name="Plannen en uitnodigen").click()
    melding(pagina, "De bespreking staat in de kalender")
    return sleutel_van(pagina)


def breng_in(pagina: Any, bespreking: int, naam: str, hulpvraag: str) -> None:
    """Put a pupil on the agenda of a meeting that the calendar holds."""
    pagina.goto(f"/besprekingen/{bespreking}/")
    pagina.get_by_role("link", name="Leerling inbrengen").first.click()
    pagina.get_by_label("Welke leerling?").select_option(label=naam)
    pagina.get_by_label("Wat is de hulpvraag?").fill(hulpvraag)
    pagina.get_by_role("button", name="Op de agenda zetten").click()
    melding(pagina, "De leerling staat op de agenda.")


def stel_doel(pagina: Any, doel: str) -> None:
    """One goal; the day of its evaluation stands there already, at the last that the procedure allows."""
    pagina.get_by_label("Nieuw doel: wat moet er dan anders zijn?").fill(doel)
    pagina.get_by_role("button", name="Doel vastleggen").click()
    melding(pagina, "Het doel staat vast")


def evalueer(pagina: Any, leerling: int) -> None:
    """Follow what comes next on the page of the pupil, to the goal that waits: not enough progress."""
    pagina.goto(f"/leerlingen/{leerling}/")
    pagina.get_by_role("region", name="Wat nu").get_by_role("link", name="Evalueren").click()
    pagina.get_by_label("niet genoeg vooruitgang").check()
    pagina.get_by_label("Wat is er bereikt?").fill("Nog niet gelukt.")
    pagina.get_by_role("button", name="Vastleggen").click()
    melding(pagina, "De evaluatie is vastgelegd.")


def gesprek(pagina: Any, leerling: int, soort: str, tekst: str) -> None:
    """Put a talk on record."""
    pagina.goto(f"/besprekingen/leerlingen/{leerling}/gesprek/")
    pagina.get_by_label("Met wie?").select_option(soort)
    pagina.get_by_label("Wat is er besproken?").fill(tekst)
    pagina.get_by_role("button", name="In het dossier zetten").click()
    melding(pagina, "Het gesprek staat in het dossier.")


def dag_in_woorden(moment: datetime) -> str:
    """«28 januari», as a mail has it."""
    return f"{moment.day} {MAANDEN[moment.month - 1]}"


def niet_voor_anderen(mail: Mail, begin: datetime) -> None:
    """An invitation tells when, in words and for a calendar, and never about whom."""
    assert "Hugo" not in mail.onderwerp + mail.tekst + mail.agenda
    assert f"{begin:%H.%M}" in mail.tekst
    utc = begin.astimezone(ZoneInfo("UTC"))
    for regel in ("METHOD:REQUEST", f"DTSTART:{utc:%Y%m%dT%H%M%SZ}", "UID:bespreking-"):
        assert regel in mail.agenda, mail.agenda


# -- level 1: the group meeting ---------------------------------------------------------------------------------------


def naar_de_leerlingbespreking(draad: Draad, bespreking: int) -> None:
    """What the teacher asked stands in the minutes; the pupil goes to a meeting of their own."""
    ib = draad.bij(IB)
    ib.goto(f"/besprekingen/{bespreking}/")
    assert ib.get_by_label("Hulpvraag").input_value() == "Hoe leert Hugo tellen?"
    ib.get_by_role("button", name="Naar de leerlingbespreking").click()
    melding(ib, "Het besluit is vastgelegd.")


# -- level 2: extra support, two pupil meetings -----------------------------------------------------------------------


def extra_ondersteuning(draad: Draad, hugo: int) -> None:
    """The teacher tells the parents and then takes the step herself."""
    julia = draad.bij(JULIA)
    gesprek(julia, hugo, "ouders", "Moeder ziet thuis hetzelfde. Zij helpt met tellen.")
    stap_zetten(julia, hugo, "Extra ondersteuning in de groep")


def leerlingbespreking(draad: Draad, hugo: int, dag: str, doel: str, kijk: Kijk, *, tweede: bool = False) -> None:
    """By the incident method: prepared by the teacher, held on its day, one goal, evaluated within eight weeks.

    On the day of the second the goal of the first is evaluated.
    """
    julia = draad.bij(JULIA)
    bespreking = plan_bespreking(julia, hugo, "leerlingbespreking", dag, "Hoe leert Hugo tellen?")
    julia.get_by_role("link", name="Hele voorbereiding").click()
    assert julia.get_by_label("Wat is uw hulpvraag?").input_value() == "Hoe leert Hugo tellen?"
    schrijf(julia.get_by_label("Wat ziet u in de klas?"), "Hij telt op zijn vingers.")
    draad.verder(f"{dag}T15:40", ook=())
    if tweede:
        evalueer(julia, hugo)
    ib = draad.bij(IB)
    ib.goto(f"/besprekingen/{bespreking}/")
    ib.get_by_text("Hij telt op zijn vingers.").first.wait_for()
    stappen = ib.get_by_text("Zo verloopt het")
    stappen.click()
    for stap in ("Leerkracht brengt de leerling in", "Verhelderingsvragen", "Tips", "Evaluatieafspraak"):
        ib.get_by_text(stap).first.wait_for()
    uiterste = datetime.fromisoformat(dag).date() + timedelta(weeks=8)
    assert ib.get_by_label("Evalueren vóór").input_value() == uiterste.isoformat()
    kijk(ib)
    stel_doel(ib, doel)
    afronden(ib)


# -- level 3: SOT -----------------------------------------------------------------------------------------------------


def aanmelden_sot(draad: Draad, hugo: int, kijk: Kijk) -> tuple[int, datetime]:
    """Twice not enough: the teacher sees that only the ib'er registers; she does, in a SOT of the calendar."""
    julia, ib = draad.bij(JULIA), draad.bij(IB)
    evalueer(julia, hugo)
    julia.goto(f"/besprekingen/leerlingen/{hugo}/zorg/")
    julia.get_by_text("Besluit: intern begeleider").first.wait_for()
    assert julia.get_by_role("button", name=re.compile("Stap zetten.*SOT")).count() == 0
    gesprek(julia, hugo, "kind", "Hugo vindt tellen moeilijk. Met blokjes gaat het beter.")
    ib.goto(f"/besprekingen/leerlingen/{hugo}/zorg/")
    kijk(ib)
    ib.get_by_label("Waarom?").first.fill("Twee keer te weinig vooruitgang.")
    ib.get_by_role("button", name=re.compile("Stap zetten.*SOT$")).click()
    melding(ib, "De stap is gezet.")
    bespreking, begin = komende(draad, "sot", draad_nu(draad) + timedelta(days=8))
    breng_in(ib, bespreking, "Hugo Verhaal", "Wat heeft Hugo nodig om te leren tellen?")
    return bespreking, begin


def sot_vooraf(draad: Draad, bespreking: int, begin: datetime, kijk: Kijk) -> None:
    """Everybody by role is invited; the school's, the parents' and the pupil's part are there before."""
    ib, julia = draad.bij(IB), draad.bij(JULIA)
    ib.goto(f"/besprekingen/{bespreking}/")
    ib.get_by_role("button", name="Uitnodigen").click()
    melding(ib, "uitgenodigd")
    tafel = ib.get_by_role("region", name="Aan tafel").inner_text()
    for wie in ("Iris Begeleider", "Rob Rekenaar", "Tara Taal", "Gerda Gedrag", "Julia Duo", "Maud Verhaal", "Victor"):
        assert wie in tafel, tafel
    for adres in (REKENEN, JULIA, MOEDER):
        niet_voor_anderen(draad.huis.laatste_mail(adres, dag_in_woorden(begin)), begin)
    julia.goto("/")
    julia.get_by_text("Voorbereiding SOT invullen").first.wait_for()
    julia.goto(f"/besprekingen/{bespreking}/")
    julia.get_by_role("link", name="Hele voorbereiding").click()
    kijk(julia)
    julia.get_by_text("Met blokjes gaat het beter.").first.wait_for()
    vul_aan(julia, "Tellen met blokjes helpt.", "[aria-labelledby=sectie-school]")
    vul_aan(julia, "Blokjes helpen mij.", "[aria-labelledby=sectie-leerling]")
    moeder = draad.bij(MOEDER, breedte=360)
    moeder.goto("/ouders/")
    moeder.get_by_role("link", name="Lezen en schrijven").first.click()
    schrijf(moeder.get_by_label("Hoe gaat het thuis met uw kind?"), "Thuis telt hij met kastanjes.")
    kijk(moeder)
    moeder.get_by_role("link", name="Nalezen en insturen").click()
    moeder.get_by_role("button", name="Insturen").click()
    moeder.get_by_text("U hebt dit ingestuurd").wait_for()


def sot(draad: Draad, bespreking: int, kijk: Kijk) -> None:
    """Three views on the table; advice, who does what before when, a goal, and on for now."""
    ib = draad.bij(IB)
    ib.goto(f"/besprekingen/{bespreking}/")
    for woorden in ("Tellen met blokjes helpt.", "Thuis telt hij met kastanjes.", "Met blokjes gaat het beter."):
        ib.get_by_text(woorden).first.wait_for()
    kijk(ib)
    schrijf(ib.get_by_label("Handelingsadviezen"), "Elke dag tien minuten met concreet materiaal.")
    for stap, wie in (("Dagplanning op tafel", "Julia Duo"), ("Werk klaarmaken", "Rob Rekenaar")):
        ib.get_by_label("Onderwerp", exact=True).fill("Rekenen")
        ib.get_by_label("Volgende stap").fill(stap)
        ib.get_by_label("Wie", exact=True).select_option(label=wie)
        ib.get_by_label("Vóór", exact=True).fill(f"{draad_nu(draad) + timedelta(days=14):%Y-%m-%d}")
        ib.get_by_role("button", name="Erbij").click()
        melding(ib, "De afspraak staat op de takenlijst.")
    stel_doel(ib, "Hugo rekent met de getallenlijn.")
    ib.get_by_role("button", name="Doorgaan met de handelingsadviezen").click()
    melding(ib, "Het besluit is vastgelegd.")
    afronden(ib)
    julia = draad.bij(JULIA)
    julia.goto(f"/besprekingen/{bespreking}/")
    julia.get_by_role("button", name=re.compile("Klaar.*Dagplanning")).click()
    melding(julia, "Afgevinkt.")


# -- level 4: consent, BOT --------------------------------------------------------------------------------------------


def poort_dicht(draad: Draad, hugo: int, bespreking: int, kijk: Kijk) -> None:
    """Not enough, so to the BOT; refused in plain Dutch, on the route and at the meeting, until the parents say yes."""
    ib = draad.bij(IB)
    evalueer(draad.bij(JULIA), hugo)
    ib.goto(f"/besprekingen/{bespreking}/")
    ib.get_by_role("button", name="Naar het BOT").click()
    melding(ib, "Het besluit is vastgelegd.")
    weigering = "BOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt"
    ib.goto(f"/besprekingen/leerlingen/{hugo}/zorg/")
    ib.get_by_text(weigering).first.wait_for()
    assert ib.get_by_role("button", name=re.compile("Stap zetten.*BOT")).count() == 0
    kijk(ib)
    tafel, _ = komende(draad, "bot", draad_nu(draad))
    ib.goto(f"/besprekingen/{tafel}/inbrengen/")
    ib.get_by_label("Welke leerling?").select_option(label="Hugo Verhaal")
    ib.get_by_role("button", name="Op de agenda zetten").click()
    ib.get_by_text(weigering).first.wait_for()


def papier_beginnen(pagina: Any, leerling: int, naam: str) -> int:
    """Begin a paper of the procedure about a pupil; gives the key of its piece."""
    pagina.goto(f"/leerlingen/{leerling}/plannen/")
    pagina.get_by_role("button", name=re.compile(f"Beginnen.*{naam}")).click()
    melding(pagina, "Het papier staat klaar")
    return sleutel_van(pagina)


def vraag_toestemming(pagina: Any, leerling: int, doel: str, stukken: list[str], tot: str) -> None:
    """The ib'er names who, what and until when, reads what the parents will read, and asks."""
    pagina.goto(f"/besprekingen/leerlingen/{leerling}/toestemming/?doel={doel}")
    pagina.get_by_label("Wie zitten er aan tafel?").fill("de orthopedagoog van het samenwerkingsverband")
    pagina.get_by_label("Tot en met wanneer mogen zij meelezen?").fill(tot)
    for stuk in stukken:
        pagina.get_by_label(stuk).first.check()
    pagina.get_by_role("button", name="Bekijk wat de ouders lezen").click()
    pagina.get_by_role("button", name="Aan de ouders vragen").click()
    melding(pagina, "De vraag staat bij de ouders in het portaal")


def zeg_ja(draad: Draad, ouder: str, woorden: str, kijk: Kijk) -> int:
    """A parent reads the question on a phone and says yes, with a word of their own; gives its key."""
    pagina = draad.bij(ouder, breedte=360)
    pagina.goto("/ouders/")
    pagina.get_by_role("link", name="Lezen en antwoorden").first.click()
    pagina.get_by_text("de orthopedagoog van het samenwerkingsverband").first.wait_for()
    kijk(pagina)
    pagina.get_by_label("Wilt u er iets bij zeggen?").fill(woorden)
    pagina.get_by_role("button", name="Ja, dat mag").click()
    melding(pagina, "Uw antwoord is bij de school.")
    return sleutel_van(pagina)


def door_de_poort(draad: Draad, hugo: int, tot: str, kijk: Kijk) -> int:
    """Both parents are asked; with the yes of one the gate stays shut and names the other. Gives the named piece."""
    ib, julia = draad.bij(IB), draad.bij(JULIA)
    stuk = papier_beginnen(julia, hugo, "Groeidocument")
    vul_aan(julia, "Zie het verslag van het SOT.")
    vraag_toestemming(ib, hugo, "bot", ["Groeidocument"], tot)
    zeg_ja(draad, MOEDER, "Fijn dat er iemand meekijkt.", kijk)
    ib.goto(f"/besprekingen/leerlingen/{hugo}/zorg/")
    ib.get_by_text("schriftelijke toestemming van Victor Verhaal ontbreekt").first.wait_for()
    zeg_ja(draad, VADER, "Dat is goed.", kijk)
    ib.reload()
    ib.get_by_label("Waarom?").first.fill("Het plan van aanpak volgt.")
    ib.get_by_role("button", name=re.compile("Stap zetten.*BOT$")).click()
    melding(ib, "De stap is gezet.")
    return stuk


def bot_vooraf(draad: Draad, hugo: int, stuk: int, kijk: Kijk) -> tuple[int, datetime]:
    """In the BOT of the calendar; somebody from outside reads the paper that the consent names, and nothing else."""
    ib = draad.bij(IB)
    bespreking, begin = komende(draad, "bot", draad_nu(draad))
    ib.goto(f"/leerlingen/{hugo}/")
    ib.get_by_role("region", name="Wat nu").get_by_role("link", name="Bespreking plannen").click()
    ib.get_by_role("region", name="Al in de kalender").get_by_role("link", name="Breed Ondersteuningsteam").click()
    ib.get_by_label("Wat is de hulpvraag?").fill("Welke school past bij Hugo?")
    ib.get_by_role("button", name="Op de agenda zetten").click()
    melding(ib, "De leerling staat op de agenda.")
    assert sleutel_van(ib) == bespreking
    punt = draad.huis.een("select id from besprekingen_agendapunt where bespreking_id = %s", bespreking)
    ib.get_by_role("link", name="Iemand van buiten vragen").click()
    ib.get_by_label("Wie vraagt u?").select_option(label="Karin Praktijk, Orthopedagoog")
    ib.get_by_role("button", name="Aan tafel vragen").click()
    melding(ib, "Deze persoon zit aan tafel voor deze leerling.")
    ib.get_by_role("button", name="Uitnodigen").click()
    melding(ib, "uitgenodigd")
    for adres in (DIRECTEUR, EXTERN, VADER):
        niet_voor_anderen(draad.huis.laatste_mail(adres, dag_in_woorden(begin)), begin)
    karin = draad.bij(EXTERN)
    karin.goto("/")
    kijk(karin)
    karin.goto(f"/besprekingen/{bespreking}/")
    kijk(karin)
    karin.goto(f"/leerlingen/stukken/{stuk}/")
    karin.get_by_text("Zie het verslag van het SOT.").first.wait_for()
    verslag = draad.huis.een("select stuk_id from besprekingen_agendapunt where id = %s", punt)
    for dicht in (f"/leerlingen/{hugo}/", f"/leerlingen/{hugo}/dossier/", f"/besprekingen/leerlingen/{hugo}/zorg/",
                  f"/leerlingen/stukken/{verslag}/"):  # fmt: skip
        assert karin.request.get(dicht).status == 404, dicht
    return bespreking, begin


def bot(draad: Draad, bespreking: int, kijk: Kijk) -> None:
    """What is not done comes back; the director chairs and decides."""
    dirk, rob = draad.bij(DIRECTEUR), draad.bij(REKENEN)
    dirk.goto(f"/besprekingen/{bespreking}/")
    dirk.get_by_text("voorzitter Dirk Leider").wait_for()
    vorige = dirk.get_by_role("region", name="Afspraken vorige keer")
    vorige.get_by_text("Rekenen: Werk klaarmaken").wait_for()
    assert vorige.get_by_text("Dagplanning op tafel").count() == 0, "what is done does not come back"
    rob.goto("/")
    rob.locator(".taak", has_text="Afspraak uit een bespreking").get_by_role("link").click()
    rob.get_by_role("button", name=re.compile("Klaar.*Werk klaarmaken")).first.click()
    melding(rob, "Afgevinkt.")
    dirk.reload()
    assert dirk.get_by_role("region", name="Afspraken vorige keer").count() == 0
    kijk(dirk)
    schrijf(dirk.get_by_label("Handelingsadviezen"), "Een school met kleine groepen.")
    dirk.get_by_label("Toelichting").fill("Samen met de ouders besloten.")
    dirk.get_by_role("button", name="Advies speciale (basis)school").click()
    melding(dirk, "Het besluit is vastgelegd.")
    afronden(dirk)


# -- level 5: referral, the report ------------------------------------------------------------------------------------


def verwijzing(draad: Draad, hugo: int, groeidocument: int, tot: str, kijk: Kijk) -> str:
    """The report says what is missing until nothing is; with the parents' words a worker files it. Gives its file."""
    ib = draad.bij(IB)
    route = f"/besprekingen/leerlingen/{hugo}/zorg/"
    ib.goto(route)
    ib.get_by_text("Verwijzing kan nog niet").first.wait_for()
    gesprek(ib, hugo, "oogo", "Samen kiezen wij voor een school met kleine groepen.")
    ib.goto(f"/leerlingen/stukken/{groeidocument}/")
    vul_aan(ib, "De school kan niet genoeg bieden.")
    ib.goto(f"/besprekingen/leerlingen/{hugo}/rapport/")
    ib.get_by_text("Nog niet volledig").wait_for()
    ib.get_by_text("Onderdeel e (Verzuimgeschiedenis) is leeg.").wait_for()
    kijk(ib)
    papier_beginnen(ib, hugo, "Onderwijskundig rapport")
    vul_aan(ib, "Geen.")
    ib.get_by_role("button", name="Delen met ouders").click()
    melding(ib, "Ouders met gezag kunnen dit stuk nu lezen.")
    vraag_toestemming(ib, hugo, "verwijzing", ["Onderwijskundig rapport", "Groeidocument"], tot)
    moeder = draad.bij(MOEDER, breedte=360)
    moeder.goto(f"/ouders/{hugo}/")
    moeder.get_by_role("link", name="Onderwijskundig rapport").click()
    kijk(moeder)
    for ouder in (MOEDER, VADER):
        zeg_ja(draad, ouder, "Wij lezen ons kind er goed in terug.", kijk)
    ib.goto(f"/besprekingen/leerlingen/{hugo}/rapport/")
    assert ib.get_by_text("Nog niet volledig").count() == 0
    ib.get_by_role("region", name="Zienswijze van de ouders").get_by_text("Wij lezen ons kind").first.wait_for()
    ib.get_by_role("button", name="Rapport maken").click()
    ib.get_by_role("status").filter(has_text="Versie 1 wordt gemaakt").first.wait_for()
    klaar = ib.get_by_role("link", name="Onderwijskundig rapport, versie 1")
    klaar.wait_for(timeout=60_000)
    adres = str(klaar.get_attribute("href"))
    inhoud = ib.request.get(adres).body()
    hash_ = hashlib.sha256(inhoud).hexdigest()
    assert inhoud[:5] == b"%PDF-"
    ib.get_by_text(f"kenmerk {hash_[:12]}").wait_for()
    ib.get_by_text("volledig", exact=True).wait_for()
    ib.goto(f"/leerlingen/{hugo}/dossier/")
    ib.get_by_role("link", name=re.compile("versie 1")).first.wait_for()
    stap_zetten(ib, hugo, "Externe zorg, aanmelden SBO of SO")
    return adres


# -- the end ----------------------------------------------------------------------------------------------------------


def niemand_anders(draad: Draad, hugo: int, plan: int, rapport: str, kijk: Kijk) -> None:
    """Each page and file of the story: open to whom it concerns, and 404 to four others.

    The specialist of the subject reads the plan of the group (K-172), nobody else of the team; the procedure of this
    school says no more.
    """
    ib, moeder = draad.bij(IB), draad.bij(MOEDER, breedte=360)
    ib.goto(f"/besprekingen/leerlingen/{hugo}/zorg/")
    kijk(ib)
    zonder = rf"/groepen/\d|/(?:besprekingen/)?leerlingen/(?!{hugo}/)\d"
    van_school = loop_na(ib, [f"/leerlingen/{hugo}/", f"/plannen/{plan}/"], zonder)
    van_ouders = loop_na(moeder, [f"/ouders/{hugo}/"])
    assert rapport in van_school
    assert (len(van_school) >= 60, len(van_ouders) >= 5) == (True, True), (len(van_school), len(van_ouders))
    alles = van_school | van_ouders | {f"/groepen/{draad.groep('5/6')}/"}
    for wie in (COLLEGA, ANDERE_OUDER, ANDERE_SCHOOL, EXTERN):
        gezien = standen(draad.bij(wie), alles)
        assert {adres: stand for adres, stand in gezien.items() if stand != 404} == {}, wie
    assert standen(draad.bij(REKENEN), [f"/plannen/{plan}/"]) == {f"/plannen/{plan}/": 200}
