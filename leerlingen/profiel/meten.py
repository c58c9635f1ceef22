"""What is measured: subjects, scales, instruments, arrangement slots, group-plan periods and signals."""

from typing import Annotated, Literal

from pydantic import Field

from leerlingen.profiel.basis import Aantal, Code, Jaargroep, Naam, Tekst, Vorm


class Vakgebied(Vorm):
    """A subject or, for kindergarten, a development domain (A-01)."""

    code: Code
    naam: Naam
    jaargroepen: tuple[Jaargroep, ...] = ()
    groepsplan: bool = False
    """Whether a group plan is written for it (K-99)."""
    oso: Literal["TL", "BL", "SP", "RW", "ST", "TV", "BO", "SV", "WO", "EN", ""] = ""
    """OSO domain code where one exists (domein §2.1)."""
    actief: bool = True
    """A school may begin with one area (A-94)."""


class Verfijning(Vorm):
    """A finer name for a part of a level."""

    naam: Naam
    van: Naam


class Schaal(Vorm):
    """A scale of levels, best first. Cut-offs in skill scores are copyright: levels are imported."""

    code: Code
    naam: Naam
    niveaus: tuple[Naam, ...] = Field(min_length=2, max_length=20)
    ondergrens_percentiel: tuple[float, ...] = ()
    """For each level the lowest percentile that belongs to it; empty when the scale has none."""
    verfijningen: tuple[Verfijning, ...] = ()
    """Finer names that rules read as the level they are part of: I+ is a I, V- is a V."""


class Instrument(Vorm):
    """A test or questionnaire (X-10, X-11, A-29)."""

    code: Code
    naam: Naam
    vakgebieden: tuple[Code, ...] = Field(min_length=1)
    schaal: Code | None = None
    momenten: tuple[Code, ...] = ()
    """Codes of test moments at which it is taken; empty is any time (method tests)."""
    jaargroepen: tuple[Jaargroep, ...] = ()
    methodetoets: bool = False
    voldoende_percentage: int | None = Field(default=None, ge=1, le=100)
    """Method test: from this percentage right it is sufficient."""
    aliassen: tuple[Naam, ...] = ()
    """Other names by which results files call it."""
    categorieen: tuple[Naam, ...] = ()
    """Named parts that are scored apart (SCOL, ZIEN)."""
    beeindigd: bool = False


class Schoolnorm(Vorm):
    """What the school aims at: so many percent of the pupils at this level or higher (M-115)."""

    code: Code
    naam: Naam
    schaal: Code
    minstens: Naam
    percentage: int = Field(ge=1, le=100)


class Arrangement(Vorm):
    """One of the three slots of a group plan, under the school's own name (X-09)."""

    code: Literal["intensief", "basis", "talent"]
    naam: Naam
    omschrijving: Tekst = ""


class Groepsplanperiode(Vorm):
    """A period of group plans, dates as MM-DD (02-29 is the last of February); ready on its first day (M-97, M-98)."""

    code: Code
    naam: Naam
    van: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    tot_en_met: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


Gevolg = Literal[
    "vijf_stappen",
    "hoogbegaafdheid",
    "arrangement",
    "groepsplan",
    "analyse",
    "leerlingbespreking",
    "gesprek",
    "sot",
]
"""Where a signal leads (K-15..K-28); the words for people stand in `wat_nu`."""


class _Signaal(Vorm):
    code: Code
    naam: Naam
    gevolg: Gevolg
    wat_nu: Tekst
    arrangement: Literal["intensief", "basis", "talent", ""] = ""
    vakgebieden: tuple[Code, ...] = ()
    """Only for these subjects; empty is all."""
    beeindigd: bool = False


class HandmatigSignaal(_Signaal):
    """Seen by people: social-emotional, behaviour, work attitude … (K-04..K-10)."""

    regel: Literal["handmatig"]


class NiveauSignaal(_Signaal):
    """A result at one of these levels (K-12, K-21)."""

    regel: Literal["niveau_in"]
    schaal: Code
    niveaus: tuple[Naam, ...] = Field(min_length=1)


class DalingSignaal(_Signaal):
    """So many levels lower than at the previous moment of the same subject (K-26)."""

    regel: Literal["niveau_gedaald"]
    stappen: Aantal = 1


class VerwachtingSignaal(_Signaal):
    """Level differs from the one before by so many steps, up or down (K-13)."""

    regel: Literal["anders_dan_verwacht"]
    stappen: Aantal = 1


class GroeiSignaal(_Signaal):
    """Skill growth since the previous moment stays behind what that level grows (K-21, K-23)."""

    regel: Literal["groei_onvoldoende"]
    deel_van_verwacht: float = Field(default=0.75, gt=0, le=1)
    """Below this fraction of the expected growth."""


class MethodeDalingSignaal(_Signaal):
    """A method test so many percentage points below the mean of the earlier ones (K-11)."""

    regel: Literal["methode_gedaald"]
    procentpunten: Aantal = 15


class DalingBeideSignaal(_Signaal):
    """Level dropped and the method tests since then dropped too (K-27)."""

    regel: Literal["niveau_en_methode_gedaald"]
    stappen: Aantal = 1
    procentpunten: Aantal = 10


class MethodeReeksSignaal(_Signaal):
    """So many insufficient method tests in a row (K-32)."""

    regel: Literal["methode_onvoldoende_op_rij"]
    aantal: Aantal = 2
    alleen_opp: bool = False


class VoorsprongSignaal(_Signaal):
    """At the top levels so many moments in a row (K-09, M-23)."""

    regel: Literal["voorsprong"]
    schaal: Code
    niveaus: tuple[Naam, ...] = Field(min_length=1)
    keer_op_rij: Aantal = 2


class OppSignaal(_Signaal):
    """A pupil with an OPP in force (K-14)."""

    regel: Literal["heeft_opp"]


Signaal = Annotated[
    HandmatigSignaal
    | NiveauSignaal
    | DalingSignaal
    | VerwachtingSignaal
    | GroeiSignaal
    | MethodeDalingSignaal
    | DalingBeideSignaal
    | MethodeReeksSignaal
    | VoorsprongSignaal
    | OppSignaal,
    Field(discriminator="regel"),
]
