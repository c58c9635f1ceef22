"""Papers as data: sections, questions, sources, attachments, signatures and statuses (ontwerp §6)."""

from typing import Final, Literal

from pydantic import Field

from leerlingen.profiel.basis import Aantal, Code, Jaargroep, Naam, Rol, Tekst, Vorm
from leerlingen.profiel.vervolg import Vervolg
from leerlingen.profiel.voorwaardenvormen import VoorwaardeVorm

Documentsoort = Literal[
    "notitie",
    "groepsplan",
    "groepsoverzicht",
    "handelingsplan",
    "opp",
    "groeidocument",
    "okr",
    "voorbereiding",
    "verslag",
    "gesprek",
    "observatie",
    "formulier",
]

VERPLICHTE_DOCUMENTEN: Final[tuple[str, ...]] = (
    "notitie",
    "groepsplan",
    "handelingsplan",
    "opp",
    "groeidocument",
    "okr",
    "voorbereiding_leerlingbespreking",
    "verslag_bespreking",
    "oudergesprek",
    "kindgesprek",
    "observatie",
)
"""Codes that every profile must hold: screens open these papers. Their names are the school's."""

Bron = Literal[
    "",
    "leerling_gegevens",
    "leerling_jaargroep",
    "leerling_schoolloopbaan",
    "leerling_verzuim",
    "leerling_ouders",
    "leerling_eigen_woorden",
    "leerling_protocollen",
    "niveau_verloop",
    "signalen",
    "resultaten_laatste",
    "resultaten_overzicht",
    "resultaten_groei",
    "resultaten_methode",
    "resultaten_sociaal_emotioneel",
    "factoren_bevorderend",
    "factoren_belemmerend",
    "onderwijsbehoeften",
    "groepsoverzicht",
    "arrangement_leerlingen",
    "plan_vorig_doel",
    "plan_vorige_evaluatie",
    "plannen_overzicht",
    "opp_uitstroom",
    "gesprek_ouders_laatste",
    "gesprek_kind_laatste",
    "ouders_deel",
    "bespreking_afspraken",
    "bespreking_besluit",
    "bespreking_vorige",
    "onderzoek_uitslag",
    "bijlagen",
    "vandaag",
    "einde_termijn",
    "bespreking_dag",
    "zorgleerlingen",
]
"""Field sources: what the school knows already and fills in by itself, with where it comes from beside it."""

Vraagsoort = Literal["tekst", "lang", "datum", "keuze", "meerkeuze", "getal", "janee", "per_leerling"]


class Vraag(Vorm):
    """A question. `per_leerling` asks it once for each pupil of the paper or of the arrangement.

    What an answer may be, per kind, stands in `leerlingen.vraagsoorten`.
    """

    code: Code
    tekst: Naam
    soort: Vraagsoort = "lang"
    bron: Bron = ""
    verplicht: bool = False
    hulptekst: Tekst = ""
    zinsstarters: tuple[Naam, ...] = ()
    keuzes: tuple[Naam, ...] = ()
    eenheid: Naam | None = None
    """Of a number: minuten, weken."""
    minimum: int | None = None
    maximum: int | None = None
    """Between which a number lies, both included."""
    beginwaarde: tuple[Naam, ...] = ()
    """What the procedure answers itself when the paper is begun (K-46)."""
    uitgelicht: bool = False
    """Shown on the page of the pupil while the paper is open, to who may read the paper (K-43)."""
    beeindigd: bool = False


class Sectie(Vorm):
    """A part of the paper, filled in by one party. `per_arrangement` repeats it for each arrangement slot."""

    code: Code
    naam: Naam
    deel: Aantal = 1
    wie: Literal["school", "ouders", "leerling", "extern"] = "school"
    hulptekst: Tekst = ""
    per_arrangement: bool = False
    vragen: tuple[Vraag, ...] = Field(min_length=1)
    beeindigd: bool = False


class Bijlage(Vorm):
    """Something that travels with the paper. With `vragen` it is what the parents write of it (OKR: their view)."""

    code: Code
    naam: Naam
    verplicht: bool = False
    vragen: tuple[Vraag, ...] = ()


class Handtekening(Vorm):
    """Who signs, and for what. `alle` asks every holder of parental authority (OPP: handelingsdeel)."""

    code: Code
    naam: Naam
    rol: Rol
    sectie: Code | None = None
    verplicht: bool = True
    alle: bool = False


class Status(Vorm):
    """A state of the paper. The first in the list is where it begins; `naar` are the states it can go to."""

    code: Code
    naam: Naam
    naar: tuple[Code, ...] = ()
    wie: tuple[Rol, ...] = ()
    """Who may bring the paper INTO this status; empty for the first one."""
    vereist: tuple[Literal["volledig", "ondertekend", "geevalueerd"], ...] = ()
    bewerkbaar: bool = True


class Document(Vorm):
    """A paper of the school. No question text stands in code."""

    code: Code
    naam: Naam
    soort: Documentsoort
    per: Literal["leerling", "groep", "school"]
    jaargroepen: tuple[Jaargroep, ...] = ()
    """For these year groups; empty is all (M-33: theme planning in groups 1-2)."""
    vertrouwelijkheid: Literal["gewoon", "vertrouwelijk", "geheim"] = "gewoon"
    gesloten: bool = False
    """A closed list by law: no other section may be added on screen (OKR, Stb. 2012, 234)."""
    secties: tuple[Sectie, ...] = Field(min_length=1)
    bijlagen: tuple[Bijlage, ...] = ()
    handtekeningen: tuple[Handtekening, ...] = ()
    statussen: tuple[Status, ...] = Field(min_length=1)
    voorwaarden: tuple[VoorwaardeVorm, ...] = ()
    """What must be true before the paper is opened (K-29, K-30)."""
    vervolg: tuple[Vervolg, ...] = ()
    toelichting: Tekst = ""
    beeindigd: bool = False

    @property
    def delen(self) -> tuple[int, ...]:
        """The parts of the paper, ascending: (1,) for most, (1, 2) for the growth document."""
        return tuple(sorted({sectie.deel for sectie in self.secties if not sectie.beeindigd}))

    @property
    def alle_secties(self) -> tuple[Sectie, ...]:
        """The sections, and after them what the parents write in an attachment: beside a closed list, not in it."""
        erbij = (Sectie(code=b.code, naam=b.naam, wie="ouders", vragen=b.vragen) for b in self.bijlagen if b.vragen)
        return (*self.secties, *erbij)

    @property
    def oudersecties(self) -> tuple[Sectie, ...]:
        """What the parents fill in themselves; not what is filled by what they said elsewhere."""
        return tuple(
            sectie
            for sectie in self.alle_secties
            if sectie.wie == "ouders" and not sectie.beeindigd and any(not vraag.bron for vraag in sectie.vragen)
        )
