"""The onderwijskundig rapport as content: five legal sections, nothing else (WPO art. 42; Stb. 2012, 234; domein 2.4).

Who composes it hands in these dataclasses; here they become HTML and PDF, and here it is said what is still missing
(K-146). No database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.template.loader import render_to_string

from zorg.kern.grafiek import Grafiek
from zorg.kern.pdf import maak_pdf

MAANDEN_GELDIG = 12


@dataclass(frozen=True)
class Feit:
    """A fact in a section: what it is, what stands there, where it comes from, and whether the law asks for it."""

    naam: str
    tekst: str
    bron: str = ""
    verplicht: bool = True


@dataclass(frozen=True)
class Resultaatregel:
    """One test result in the table beside the chart."""

    vak: str
    instrument: str
    moment: str
    datum: date | None
    score: str
    niveau: str


@dataclass(frozen=True)
class Vakgrafiek:
    """The growth chart of one subject."""

    vak: str
    grafiek: Grafiek


@dataclass(frozen=True)
class OkrSectie:
    """One of the five sections. An empty one says why it does not apply (`niet_van_toepassing`)."""

    letter: str
    titel: str
    feiten: tuple[Feit, ...] = ()
    resultaten: tuple[Resultaatregel, ...] = ()
    grafieken: tuple[Vakgrafiek, ...] = ()
    niet_van_toepassing: str = ""

    @property
    def gevuld(self) -> bool:
        """Whether anything stands here."""
        return bool(self.resultaten or any(feit.tekst.strip() for feit in self.feiten))


@dataclass(frozen=True)
class Ouderzienswijze:
    """What a parent says of the report, on a page of its own (domein 2.4: OSO inzage)."""

    naam: str
    datum: date
    akkoord: bool
    woorden: str = ""


@dataclass(frozen=True)
class Okr:
    """A whole report. `datum` is the day it describes, `gemaakt` the day it is made."""

    school: str
    leerling: str
    initialen: str
    geboortedatum: date | None
    groep: str
    datum: date
    gemaakt: date
    versie: int
    opgesteld_door: str
    secties: tuple[OkrSectie, ...]
    zienswijzen: tuple[Ouderzienswijze, ...] = ()
    bijlagen: tuple[str, ...] = ()
    ingezien_op: date | None = None
    kenmerk: str = field(default="")


SECTIES: tuple[tuple[str, str, str], ...] = (
    ("administratief", "a", "Administratieve gegevens"),
    ("schoolloopbaan", "b", "Schoolloopbaan en leerresultaten"),
    ("sociaal_emotioneel", "c", "Sociaal-emotionele ontwikkeling en gedrag"),
    ("begeleiding", "d", "Gegeven en benodigde begeleiding"),
    ("verzuim", "e", "Verzuimgeschiedenis"),
)
"""Code in the profile, letter and title of the closed list of the law."""


def ontbreekt(okr: Okr) -> tuple[str, ...]:
    """What is missing or wrongly dated, one Dutch sentence each; empty when the report is complete (K-146)."""
    zinnen = []
    letters = {sectie.letter for sectie in okr.secties}
    zinnen += [f"Onderdeel {letter} ({titel}) ontbreekt." for _, letter, titel in SECTIES if letter not in letters]
    for sectie in okr.secties:
        if sectie.letter not in {letter for _, letter, _ in SECTIES}:
            zinnen.append(f"«{sectie.titel}» hoort niet in een onderwijskundig rapport; de wet noemt vijf onderdelen.")
        if not sectie.gevuld and not sectie.niet_van_toepassing.strip():
            zinnen.append(
                f"Onderdeel {sectie.letter} ({sectie.titel}) is leeg. Vul het in of schrijf waarom het niet speelt."
            )
        elif sectie.gevuld:
            zinnen += [
                f"Onderdeel {sectie.letter}: «{feit.naam}» is niet ingevuld."
                for feit in sectie.feiten
                if feit.verplicht and not feit.tekst.strip()
            ]
    return tuple(zinnen + _datums(okr))


def _datums(okr: Okr) -> list[str]:
    zinnen = []
    if okr.datum > okr.gemaakt:
        zinnen.append(f"De datum van het rapport ({okr.datum:%d-%m-%Y}) ligt in de toekomst.")
    if (okr.gemaakt - okr.datum).days > 31 * MAANDEN_GELDIG:
        zinnen.append(f"De datum van het rapport ({okr.datum:%d-%m-%Y}) is ouder dan een jaar.")
    for sectie in okr.secties:
        zinnen += [
            f"Een resultaat van {rij.vak} ({rij.moment}) is van na de datum van het rapport."
            for rij in sectie.resultaten
            if rij.datum and rij.datum > okr.datum
        ]
    if okr.geboortedatum and okr.geboortedatum >= okr.datum:
        zinnen.append("De geboortedatum ligt na de datum van het rapport.")
    return zinnen


def okr_html(okr: Okr) -> str:
    """The report as HTML; every text is escaped by the template."""
    return render_to_string("rapporten/okr.html", {"okr": okr})


def okr_pdf(okr: Okr) -> bytes:
    """The report as a tagged PDF/A-3a that also says PDF/UA-1."""
    return maak_pdf(okr_html(okr), titel=f"Onderwijskundig rapport {okr.leerling}")


def vakken_van(regels: Sequence[Resultaatregel]) -> list[str]:
    """The subjects in the table, in the order in which they first appear."""
    return list(dict.fromkeys(regel.vak for regel in regels))
