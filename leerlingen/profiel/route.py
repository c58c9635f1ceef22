"""The care route as data: levels, transitions, consents, terms and retention."""

from typing import Final, Literal

from pydantic import Field

from leerlingen.profiel.basis import Aantal, Code, Naam, Rol, Tekst, Vorm
from leerlingen.profiel.voorwaardenvormen import VoorwaardeVorm

Band = Literal["basis", "extra", "verwijzing"]


VERPLICHTE_TERMIJNEN: Final[tuple[str, ...]] = (
    "evaluatie_leerlingbespreking",
    "opp",
    "inzageverzoek",
    "overdracht_dagen",
    "toelating",
    "stukken_vooraf",
    "toestemming_herinneren",
)
"""Terms that code asks for by name."""


class Taaksjabloon(Vorm):
    """A task that the route makes by itself. `dagen` counts from the step; negative is before it."""

    code: Code
    tekst: Naam
    wie: Rol
    dagen: int = Field(ge=-120, le=400)
    optioneel: bool = False


class Niveau(Vorm):
    """One level of care. The order in the file is the order of the route (K-108, M-02, A-71)."""

    code: Code
    naam: Naam
    kort: Naam
    """What stands in the badge, e.g. "2a"."""
    stap: Naam
    """What the step towards this level is called in a sentence: "SOT" in "SOT kan nog niet"."""
    band: Band
    volgorde: int = Field(ge=0, le=99)
    ouder: Code | None = None
    """Code of the level of which this is a part (2a and 2b of 2); that one is a heading: no pupil on it."""
    zorgleerling: bool = False
    """Counts as zorgleerling in every number (A-75)."""
    hangt_aan: Literal["leerling", "traject"] = "leerling"
    """Flanders: the phase belongs to the trajectory, not to the child (X-01, domein §2.10)."""
    bespreking: Code | None = None
    """The meeting kind that carries this level; its goals and decisions drive what is next."""
    toelichting: Tekst = ""
    afronding: tuple[VoorwaardeVorm, ...] = ()
    """What must still be done on the last level, where no step up is left (K-149)."""
    beeindigd: bool = False


class Overgang(Vorm):
    """An arrow of the route. Going down is an arrow too. `van = "begin"` is the first placement."""

    van: Code
    naar: Code
    wie: tuple[Rol, ...] = Field(min_length=1)
    voorwaarden: tuple[VoorwaardeVorm, ...] = ()
    toelichting: Tekst = ""
    taken: tuple[Taaksjabloon, ...] = ()
    beeindigd: bool = False


class Toestemming(Vorm):
    """A purpose for which parents are asked, with the text they read (B1 Dutch; X-12).

    The text may hold {leerling} {datum} {deelnemers} {stukken} {tot} {school}. A new text is a new `versie`:
    an answer counts only for the version that was read.
    """

    code: Code
    naam: Naam
    vraag: Naam
    tekst: Tekst
    wie: Literal["alle_gezaghebbenden", "een"]
    versie: int = Field(ge=1)
    geldig_weken: Aantal | None = None
    """How long a yes holds at most; empty: until the date in the question, or until withdrawn."""
    beeindigd: bool = False


class Termijn(Vorm):
    """A named term, counted in calendar days, weeks or months; screens show the holidays it crosses."""

    code: Code
    naam: Naam
    aantal: Aantal
    eenheid: Literal["dagen", "weken", "maanden"]
    toelichting: Tekst = ""


class Bewaartermijn(Vorm):
    """How long a kind of data is kept, from which day, on which legal ground (AVG 5.1.e; domein §2.5)."""

    code: Code
    naam: Naam
    maanden: int = Field(ge=0, le=1200)
    vanaf: Literal["uitschrijving", "afsluiting", "vastlegging"]
    grond: Tekst
