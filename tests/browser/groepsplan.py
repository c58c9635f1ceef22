"""A group plan in the story: a school from nothing, a combination group of 28, two teachers, and how few acts it takes.

What the school knows fills the plan; from the overview to a plan that was discussed takes at most 25 clicks and texts.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from tests.browser.conftest import wacht_bewaard
from tests.browser.draad import Draad, inlezen, medewerker, melding, uit_bestand

Kijk = Callable[[Any], None]
BEHEER, IB = "beheer@verhaal.test", "ib@verhaal.test"
JULIA, LIA = "julia@verhaal.test", "lia@verhaal.test"
ROEPNAMEN = (
    "Aya", "Bas", "Cas", "Daan", "Elif", "Finn", "Guus", "Hugo", "Isa", "Jip", "Kaan", "Lot", "Mees", "Noor",
    "Olle", "Pien", "Quin", "Roos", "Sem", "Tess", "Umar", "Vera", "Wout", "Xavi", "Yara", "Zoë", "Amir", "Bo",
)  # fmt: skip
NIVEAUS = ("I", "II", "III", "III", "IV", "III", "II", "V", "III", "II", "IV", "III", "I", "III")
SCORES = {"I": 92, "II": 84, "III": 77, "IV": 69, "V": 58}
MEESTE = 25
"""Acts between the overview and a discussed plan, of both teachers and the ib'er together."""


@dataclass
class Handen:
    """Counts what people do: every click and every text is one."""

    aantal: int = 0

    def klik(self, knop: Any) -> None:
        self.aantal += 1
        knop.click()

    def schrijf(self, veld: Any, tekst: str) -> None:
        """Write in a field that saves itself, and wait until it says so."""
        self.aantal += 1
        veld.fill(tekst)
        veld.blur()
        wacht_bewaard(veld)


def jaargroep(nummer: int) -> int:
    return 5 if nummer < 14 else 6


def edexml(map_: Path) -> Path:
    """One combination group 5/6 with 28 children and two teachers."""
    kinderen = "".join(
        f'<leerling key="k{n}"><achternaam>Verhaal</achternaam><roepnaam>{naam}</roepnaam>'
        f"<geboortedatum>{2022 - jaargroep(n)}-03-0{1 + n % 9}</geboortedatum><jaargroep>{jaargroep(n)}</jaargroep>"
        f'<groep key="g56"/></leerling>'
        for n, naam in enumerate(ROEPNAMEN)
    )
    juffen = "".join(
        f'<leerkracht key="l{n}"><achternaam>{naam}</achternaam><roepnaam>{roepnaam}</roepnaam>'
        f'<groepen><groep key="g56"/></groepen></leerkracht>'
        for n, (roepnaam, naam) in enumerate((("Julia", "Duo"), ("Lia", "Partner")))
    )
    bestand = map_ / "school.xml"
    bestand.write_text(
        "<EDEX><school><schooljaar>2026-2027</schooljaar></school><groepen>"
        '<groep key="g56"><naam>5/6</naam><jaargroep>C</jaargroep></groep></groepen>'
        f"<leerlingen>{kinderen}</leerlingen><leerkrachten>{juffen}</leerkrachten></EDEX>",
        encoding="utf-8",
    )
    return bestand


def uitslagen(map_: Path) -> Path:
    """Two tests for each child, on the same level both times."""
    regels = ["sleutel;instrument;vak;moment;afnamedatum;vaardigheidsscore;niveau"]
    for n in range(len(ROEPNAMEN)):
        niveau = NIVEAUS[n % len(NIVEAUS)]
        vorig = jaargroep(n) - 1
        regels.append(f"k{n};cito_rekenen;rekenen;M{vorig};22-01-2026;{SCORES[niveau] - 8};{niveau}")
        regels.append(f"k{n};cito_rekenen;rekenen;E{vorig};04-06-2026;{SCORES[niveau]};{niveau}")
    bestand = map_ / "uitslagen.csv"
    bestand.write_text("\n".join(regels), encoding="utf-8")
    return bestand


def inrichten(draad: Draad, map_: Path) -> None:
    """The school, its file, its people and their results; not counted."""
    opties = ["--naam", "Het Verhaal", "--land", "NL", "--profiel", "kogerveld", "--regio", "noord"]
    draad.huis.beheer("school_aanmaken", *opties, "--beheerder", BEHEER)
    draad.kies_wachtwoord(BEHEER)
    beheer = draad.bij(BEHEER)
    medewerker(beheer, "Iris", "Begeleider", IB, "ib")
    draad.kies_wachtwoord(IB)
    ib = draad.bij(IB)
    inlezen(ib, edexml(map_), ["28 leerlingen", "1 groepen", "2 medewerkers", "0 regels niet"])
    for naam, adres in (("Julia Duo", JULIA), ("Lia Partner", LIA)):
        uit_bestand(beheer, naam, adres)
        draad.kies_wachtwoord(adres)
    ib.goto("/toetsen/inlezen/")
    ib.locator("input[type=file]").set_input_files(uitslagen(map_))
    ib.get_by_role("button", name="Nakijken").click()
    ib.get_by_text("56 nieuw").wait_for()
    ib.get_by_role("button", name="Inlezen").click()
    melding(ib, "Ingelezen: 56 nieuw")


def klaarzetten(draad: Draad, handen: Handen, kijk: Kijk) -> int:
    """From the overview to a plan in which each of the 28 has a place; what the rules leave open is chosen."""
    julia = draad.bij(JULIA)
    julia.goto(f"/groepen/{draad.groep('5/6')}/")
    kijk(julia)
    handen.klik(julia.get_by_role("link", name="Groepsplan rekenen-wiskunde maken"))
    handen.klik(julia.get_by_role("button", name="Plan klaarzetten"))
    melding(julia, "Het plan staat klaar")
    kijk(julia)
    plan = int(draad.huis.een("select id from plannen_groepsplan"))
    assert draad.huis.een("select count(*) from plannen_indeling where plan_id = %s", plan) == len(ROEPNAMEN)
    zonder = "select count(*) from plannen_indeling where plan_id = %s and reden = ''"
    assert draad.huis.een(zonder, plan) == 0, "each place says why"
    for (leerling,) in draad.huis.vraag(
        "select leerling_id from plannen_indeling where plan_id = %s and te_kiezen order by volgorde", plan
    ):
        kind = julia.locator(f"#leerling-{leerling}")
        handen.klik(kind.locator("summary"))
        handen.klik(kind.get_by_role("button", name="Hier houden"))
        kind.get_by_text("kiezen", exact=True).wait_for(state="hidden")
    return plan


def schrijven_met_tweeen(draad: Draad, plan: int, handen: Handen) -> None:
    """The duo share the goals: each writes one, in the same plan, and sees the other's."""
    eerste, tweede = draad.bij(JULIA), draad.bij(LIA)
    for pagina in (eerste, tweede):
        pagina.goto(f"/plannen/{plan}/")
    bezet = [
        code
        for (code,) in draad.huis.vraag(
            "select distinct arrangement from plannen_indeling where plan_id = %s and arrangement <> 'basis' "
            "order by arrangement",
            plan,
        )
    ]
    assert len(bezet) == 2, bezet
    for pagina, code, doel in zip(
        (eerste, tweede), bezet, ("Rekent vlot tot duizend.", "Lost sommen op drie manieren op."), strict=True
    ):
        handen.schrijf(pagina.locator(f"[data-arrangement={code}]").get_by_label("Doel", exact=True), doel)
    eerste.reload()
    teksten = [
        eerste.locator(f"[data-arrangement={code}]").get_by_label("Doel", exact=True).input_value() for code in bezet
    ]
    assert teksten == ["Rekent vlot tot duizend.", "Lost sommen op drie manieren op."]


def aanbieden(draad: Draad, plan: int, handen: Handen) -> None:
    """Lia offers it for the meeting that the calendar holds already; the plan says when that is."""
    lia = draad.bij(LIA)
    lia.goto(f"/plannen/{plan}/")
    handen.klik(lia.locator("button[name=naar][value=bespreken]").first)
    lia.get_by_text("klaar voor bespreking").first.wait_for()
    lia.get_by_role("heading", name="Hierna: bespreken").wait_for()
    lia.get_by_text("Staat op de agenda van: Groepsbespreking groep 5/6").wait_for()


def bespreken(draad: Draad, bespreking: int, plan: int, handen: Handen, kijk: Kijk) -> None:
    """The ib'er opens the plan from the agenda, takes the minutes, and rounds off: it is definitive by that."""
    ib = draad.bij(IB)
    ib.goto(f"/besprekingen/{bespreking}/")
    handen.klik(ib.get_by_role("navigation", name="Agenda").get_by_role("link", name="Groepsplan"))
    handen.klik(ib.get_by_role("link", name="Naar de bespreking"))
    handen.schrijf(ib.get_by_label("Wat is besproken?"), "Het plan rekenen. Akkoord.")
    kijk(ib)
    handen.klik(ib.get_by_role("link", name="Bespreking afronden"))
    assert ib.get_by_label("Groepsplan rekenen-wiskunde wordt definitief").is_checked()
    kijk(ib)
    handen.klik(ib.get_by_role("button", name="Afronden"))
    melding(ib, "De bespreking is afgerond.")
    stand = "select stand from plannen_groepsplan where id = %s"
    assert draad.huis.een(stand, plan) == "definitief"
    assert handen.aantal <= MEESTE, f"{handen.aantal} handelingen"


def afdrukken(draad: Draad, plan: int, kijk: Kijk) -> None:
    """For the class binder: landscape, every child on it."""
    julia = draad.bij(JULIA)
    julia.goto(f"/plannen/{plan}/")
    julia.get_by_text("besproken in: Groepsbespreking groep 5/6").wait_for()
    julia.get_by_role("link", name="Afdrukken").click()
    kijk(julia)
    inhoud = julia.locator(".plan").inner_text()
    assert [naam for naam in ROEPNAMEN if naam not in inhoud] == []
    with pikepdf.open(io.BytesIO(julia.pdf(prefer_css_page_size=True))) as papier:
        breed = [float(blad.mediabox[2]) > float(blad.mediabox[3]) for blad in papier.pages]
    assert breed
    assert all(breed)
