"""A zorgprofiel: the whole procedure of a school as frozen data (ontwerp §5).

A `Profiel` that exists is coherent: its parts are checked against each other while it is made.
"""

from collections.abc import Iterable
from typing import Final, Literal, Protocol, Self, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from leerlingen.profiel.basis import Aantal, Code, Jaargroep, Naam, Rol, Tekst, Vorm
from leerlingen.profiel.bespreken import Activiteit, Bespreking
from leerlingen.profiel.kruiscontrole import bevindingen
from leerlingen.profiel.meten import (
    Arrangement,
    Groepsplanperiode,
    Instrument,
    Schaal,
    Schoolnorm,
    Signaal,
    Vakgebied,
)
from leerlingen.profiel.papier import Document
from leerlingen.profiel.route import (
    Bewaartermijn,
    Niveau,
    Overgang,
    Termijn,
    Toestemming,
)
from leerlingen.profiel.voorwaardenvormen import ToestemmingVorm, VoorwaardeVorm

SCHEMAVERSIE: Final = 1
"""The shape written now. Raising it needs a function in `ophogen` and a kept copy of the old shape in tests."""


class Rolnamen(Vorm):
    """The school's label for each role code, in the singular and without article (X-02, X-03)."""

    ib: Naam
    directeur: Naam
    leerkracht: Naam
    vervanger: Naam
    specialist: Naam
    rt: Naam
    assistent: Naam
    teamleider: Naam
    ict: Naam
    beheerder: Naam
    extern: Naam
    ouder: Naam


class Woorden(Vorm):
    """The school's words for things (L-01, V-19)."""

    leerling: Naam = "leerling"
    de_leerling: Naam = "de leerling"
    """With its article: "het kind"."""
    leerlingen: Naam = "leerlingen"
    groep: Naam = "groep"
    groepen: Naam = "groepen"
    leerjaar: Naam = "groep"
    ouders: Naam = "ouders"
    zorgleerling: Naam = "zorgleerling"
    niveau: Naam = "zorgniveau"
    leerlingvolgsysteem: Naam = "leerlingvolgsysteem"
    zorgteam: Naam = "zorgteam"


class Jaargroepnaam(Vorm):
    """How the school calls a year group, and in which phase it falls (X-16, L-21)."""

    jaargroep: Jaargroep
    naam: Naam
    fase: Literal["kleuters", "onderbouw", "middenbouw", "bovenbouw"]


class Toetsmoment(Vorm):
    """A moment in the year at which is tested: M in January, E in June (MM as number)."""

    code: Code
    naam: Naam
    letter: Naam
    """As it stands in results files: M in M5."""
    maand: int = Field(ge=1, le=12)


class Dagmaand(Vorm):
    """A day of the year."""

    maand: int = Field(ge=1, le=12)
    dag: int = Field(ge=1, le=31)


class Begrippen(Vorm):
    """Labels: everything that one school calls otherwise than another."""

    rollen: Rolnamen
    woorden: Woorden = Woorden()
    jaargroepen: tuple[Jaargroepnaam, ...] = Field(min_length=1)
    toetsmomenten: tuple[Toetsmoment, ...] = Field(min_length=1)
    begin_schooljaar: Dagmaand


class Ouders(Vorm):
    """What parents may do with the file, which differs per country (X-15, A-17, A-20)."""

    inzage: Literal["kopie", "op_school"]
    dossier_mag_school_verlaten: bool
    toelichting: Tekst = ""


class Cyclusstap(Vorm):
    """A step of the cycle."""

    code: Code
    naam: Naam


class Cyclus(Vorm):
    """The cycle of planned work that a teacher goes through with the group (K-152, M-13, A-06)."""

    naam: Naam
    per_jaar: Aantal
    stappen: tuple[Cyclusstap, ...] = Field(min_length=1)


class _Gecodeerd(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=_Gecodeerd)


def zoek(rij: Iterable[T], code: str) -> T:
    """The part with this code. Raises KeyError."""
    for deel in rij:
        if deel.code == code:
            return deel
    raise KeyError(code)


class Profiel(Vorm):
    """The procedure of a school. Field names are the keys of the TOML file."""

    code: Code
    naam: Naam
    schemaversie: int = Field(ge=1)
    land: Literal["NL", "BE", "AW"]
    tijdzone: Literal["Europe/Amsterdam", "Europe/Brussels", "America/Aruba"]
    toelichting: Tekst = ""
    begrippen: Begrippen
    ouders: Ouders
    niveau: tuple[Niveau, ...] = Field(min_length=1)
    overgang: tuple[Overgang, ...] = Field(min_length=1)
    bespreking: tuple[Bespreking, ...] = Field(min_length=1)
    jaarcyclus: tuple[Activiteit, ...] = ()
    signalering: tuple[Signaal, ...] = ()
    documenten: tuple[Document, ...] = Field(min_length=1)
    arrangementen: tuple[Arrangement, ...] = Field(min_length=3, max_length=3)
    groepsplanperioden: tuple[Groepsplanperiode, ...] = ()
    vakgebieden: tuple[Vakgebied, ...] = Field(min_length=1)
    schalen: tuple[Schaal, ...] = ()
    instrumenten: tuple[Instrument, ...] = ()
    schoolnormen: tuple[Schoolnorm, ...] = ()
    cyclus: Cyclus
    termijnen: tuple[Termijn, ...] = Field(min_length=1)
    bewaartermijnen: tuple[Bewaartermijn, ...] = Field(min_length=1)
    toestemmingen: tuple[Toestemming, ...] = Field(min_length=1)
    gesprekken_per_jaar: Aantal = 2
    """Talks with the parents of every pupil per school year, at least (K-102, M-71)."""
    gesprekken_extra: Aantal | None = None
    """The same for pupils with extra support (M-72)."""

    @model_validator(mode="after")
    def _hangt_samen(self) -> Self:
        for bevinding in bevindingen(self):
            raise PydanticCustomError("kruiscontrole", "{zin}", {"zin": bevinding.zin, "pad": bevinding.pad})
        return self

    def rolnaam(self, rol: Rol) -> str:
        """The school's label of a role."""
        naam: str = getattr(self.begrippen.rollen, rol)
        return naam

    def jaargroepnaam(self, jaargroep: int) -> str:
        """The school's name of a year group ("groep 6", "4de leerjaar"); "groep 11" when it has none."""
        for rij in self.begrippen.jaargroepen:
            if rij.jaargroep == jaargroep:
                return rij.naam
        return f"{self.begrippen.woorden.leerjaar} {jaargroep}"

    def zoek_niveau(self, code: str) -> Niveau:
        """Raises KeyError."""
        return zoek(self.niveau, code)

    def zoek_overgang(self, van: str, naar: str) -> Overgang | None:
        """The arrow between two levels, or None when the route has no such step."""
        for overgang in self.overgang:
            if overgang.van == van and overgang.naar == naar and not overgang.beeindigd:
                return overgang
        return None

    def zoek_bespreking(self, code: str) -> Bespreking:
        """Raises KeyError."""
        return zoek(self.bespreking, code)

    def zoek_document(self, code: str) -> Document:
        """Raises KeyError."""
        return zoek(self.documenten, code)

    def zoek_toestemming(self, code: str) -> Toestemming:
        """Raises KeyError."""
        return zoek(self.toestemmingen, code)

    def toestemming_nodig_voor(self, code: str) -> tuple[str, ...]:
        """Where this consent is asked: `stap:<van>:<naar>`, `bespreking:<soort>`, `extern:<soort>` (invited)."""

        def vraagt(voorwaarden: tuple[VoorwaardeVorm, ...]) -> bool:
            return any(isinstance(v, ToestemmingVorm) and v.toestemming == code for v in voorwaarden)

        stappen = [f"stap:{o.van}:{o.naar}" for o in self.overgang if vraagt(o.voorwaarden)]
        besprekingen = [f"bespreking:{b.code}" for b in self.bespreking if vraagt(b.voorwaarden)]
        extern = [f"extern:{b.code}" for b in self.bespreking if b.toestemming_extern == code]
        return (*stappen, *besprekingen, *extern)

    def zoek_termijn(self, code: str) -> Termijn:
        """Raises KeyError."""
        return zoek(self.termijnen, code)

    def zoek_arrangement(self, code: str) -> Arrangement:
        """Raises KeyError."""
        return zoek(self.arrangementen, code)

    def is_kop(self, code: str) -> bool:
        """Whether this level is only a heading over sub-levels, so that no pupil can be on it (A-72)."""
        return any(niveau.ouder == code for niveau in self.niveau)

    @property
    def niveaus_op_volgorde(self) -> tuple[Niveau, ...]:
        """The levels a pupil can be on, lowest first, without headings and ended ones."""
        bruikbaar = (n for n in self.niveau if not n.beeindigd and not self.is_kop(n.code))
        return tuple(sorted(bruikbaar, key=lambda niveau: niveau.volgorde))

    @property
    def laagste_niveau(self) -> Niveau:
        """Where a pupil stands of whom nothing is known yet."""
        return self.niveaus_op_volgorde[0]

    @property
    def niveau_per_traject(self) -> bool:
        """Whether levels hang on trajectories instead of on pupils (Flanders, X-01)."""
        return self.niveau[0].hangt_aan == "traject"

    def document_voor(self, code: str, jaargroep: int | None) -> Document:
        """The paper with this code, or the one of the same kind made for this year group (M-33, X-16).

        Raises KeyError when the profile has neither.
        """
        document = self.zoek_document(code)
        if jaargroep is None or not document.jaargroepen or jaargroep in document.jaargroepen:
            return document
        for ander in self.documenten:
            if ander.soort == document.soort and jaargroep in ander.jaargroepen and not ander.beeindigd:
                return ander
        return document
