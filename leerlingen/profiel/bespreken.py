"""Meeting kinds and the year cycle as data."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from leerlingen.profiel.basis import Aantal, Code, Naam, Rol, Tekst, Vorm
from leerlingen.profiel.route import Taaksjabloon
from leerlingen.profiel.voorwaardenvormen import Vooruitgang, VoorwaardeVorm

Uitkomstsoort = Literal["doel", "afspraak", "evaluatiedatum", "advies", "besluit", "verslag"]


class Lid(Vorm):
    """A seat at the table. `vak` narrows a specialist to a subject."""

    code: Code
    naam: Naam
    rol: Rol
    verplicht: bool = True
    op_afroep: bool = False
    allen: bool = False
    """Everybody with this role comes; of the teachers of the school somebody of each group. Otherwise one is enough."""
    vak: Code | None = None

    @property
    def extern(self) -> bool:
        """Whether this seat is for someone from outside; parents are partners, not externals."""
        return self.rol == "extern"


class Agendastap(Vorm):
    """A step of the agenda, with the minutes it is meant to take (K-117)."""

    code: Code
    naam: Naam
    minuten: Aantal
    hulptekst: Tekst = ""


class Vooraf(Vorm):
    """A paper, or the parts of it, that someone fills in beforehand: school part, parents' part (M-52)."""

    document: Code
    deel: Aantal | None = None
    wie: Rol
    dagen_vooraf: int = Field(ge=0, le=60)
    verplicht: bool = True


class Besluit(Vorm):
    """A decision that can come out. `naar` is the level it asks for; whether that can, the transition judges."""

    code: Code
    naam: Naam
    naar: Code | None = None
    vooruitgang: Vooruitgang | None = None
    evaluatie: bool = False
    """Whether this decision needs an evaluation date."""
    beeindigd: bool = False


class Bespreking(Vorm):
    """A kind of meeting, never judged by its acronym: SOT is not one thing at two schools (X-05, X-06)."""

    code: Code
    naam: Naam
    kort: Naam
    lidwoord: Literal["de", "het"] = "de"
    over: Literal["leerling", "groep", "leerkracht", "school"]
    leden: tuple[Lid, ...] = Field(min_length=1)
    voorzitter: Code
    notulist: tuple[Code, ...] = Field(min_length=1)
    """Codes of the seats of which one takes the minutes."""
    organisator: Rol
    initiatief: tuple[Rol, ...] = Field(min_length=1)
    duur_minuten: int = Field(ge=5, le=480)
    """For one pupil, group or teacher."""
    dagdeel: Literal["beide", "na_schooltijd", "in_de_les"] = "beide"
    """When it may be: only after school (K-132), only in lesson time (a visit to the class), or in lesson time too."""
    per_jaar: int = Field(default=0, ge=0, le=60)
    """How often a school year at least; 0 is when needed (X-07)."""
    elke_weken: tuple[Aantal, Aantal] | None = None
    """Rhythm in weeks, from-to (L-35: 6-8)."""
    agendastappen: tuple[Agendastap, ...] = ()
    vooraf: tuple[Vooraf, ...] = ()
    verslag: Code | None = None
    """Code of the document in which the minutes are written."""
    uitkomst: tuple[Uitkomstsoort, ...] = ()
    besluiten: tuple[Besluit, ...] = ()
    evaluatie_termijn: Code | None = None
    """Code of the term within which what was agreed is evaluated (K-120)."""
    voorwaarden: tuple[VoorwaardeVorm, ...] = ()
    toestemming_extern: Code | None = None
    """Consent that inviting anyone from outside needs, per pupil (X-12); the engine asks it always."""
    taken: tuple[Taaksjabloon, ...] = ()
    toelichting: Tekst = ""
    beeindigd: bool = False


class InMaand(Vorm):
    """In a calendar month, at the beginning, in the middle, at the end or anywhere in it."""

    soort: Literal["maand"]
    maand: int = Field(ge=1, le=12)
    deel: Literal["begin", "midden", "eind", "hele"] = "hele"


class InMaanden(Vorm):
    """Somewhere in a run of months (De Meent: "Februari/maart")."""

    soort: Literal["maanden"]
    van: int = Field(ge=1, le=12)
    tot_en_met: int = Field(ge=1, le=12)


class InSchoolweek(Vorm):
    """In a week of the school year, the first being 1."""

    soort: Literal["schoolweek"]
    week: int = Field(ge=1, le=45)


class NaToetsmoment(Vorm):
    """Within so many weeks after a test moment of the profile (A-38)."""

    soort: Literal["na_toetsmoment"]
    moment: Code
    weken: Aantal


class LaatsteSchoolweek(Vorm):
    """In the last week before the summer holiday (K-167)."""

    soort: Literal["laatste_schoolweek"]


class LaatsteVakantieweek(Vorm):
    """In the last week of the summer holiday (K-168)."""

    soort: Literal["laatste_vakantieweek"]


class ElkeWeken(Vorm):
    """All through the year, every so many weeks (A-43)."""

    soort: Literal["elke_weken"]
    van: Aantal
    tot: Aantal


Anker = Annotated[
    InMaand | InMaanden | InSchoolweek | NaToetsmoment | LaatsteSchoolweek | LaatsteVakantieweek | ElkeWeken,
    Field(discriminator="soort"),
]


class Leerlingkeuze(Vorm):
    """Pupils on this level or higher, and pupils with a development perspective."""

    vanaf_niveau: Code | None = None
    opp: bool = False


class Karwei(Vorm):
    """Something to do before or after an activity. Without `wie` it is for who organises it, or took the minutes."""

    tekst: Naam
    wie: Rol | None = None
    dagen: int = Field(default=7, ge=0, le=60)
    """How many days before, or after."""
    document: Code | None = None
    """The paper in which it is done."""


def _uit_tekst(waarde: Any) -> Any:
    """Only words: the rest is as usual."""
    return {"tekst": waarde} if isinstance(waarde, str) else waarde


Karweien = tuple[Annotated[Karwei, BeforeValidator(_uit_tekst)], ...]


class Activiteit(Vorm):
    """A row of the year cycle: time, activity, goal, preparation, follow-up and participants (M-96)."""

    code: Code
    naam: Naam
    tijdstip: Anker
    doel: Tekst
    per: Literal["groep", "leerkracht", "leerling", "school"]
    deelnemers: tuple[Rol, ...] = Field(min_length=1)
    voorbereiding: Karweien = ()
    nazorg: Karweien = ()
    uitgangspunten: tuple[Naam, ...] = ()
    """What lies on the table: overviews and reports of earlier meetings (K-163, K-166)."""
    bespreking: Code | None = None
    document: Code | None = None
    in_vakantie: bool = False
    na: Code | None = None
    """The row that comes first, for the same group or teacher (A-39: in line with the planning of the ib'er)."""
    leerlingen: Leerlingkeuze | None = None
    """Of a row per pupil: for whom a meeting each is planned. Without it the teachers make the appointments."""
    beeindigd: bool = False
