"""What the care route judges: the facts of one pupil (in Flanders: of one trajectory) on one day.

Who calls `zorgroute` gathers these from the floors above; here they are only values. All dates are school days of the
school's own calendar; nothing here asks a clock or a database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Keuze = Literal["ja", "nee", "praten"]


@dataclass(frozen=True)
class Vakantie:
    """A holiday, both days included."""

    naam: str
    van: date
    tot_en_met: date


@dataclass(frozen=True)
class Besprekingfeit:
    """One meeting about this pupil: planned (`gehouden` false) or held, with what came out."""

    soort: str
    op: date
    gehouden: bool = True
    doel: bool = False
    """Whether at least one goal was set (K-119)."""
    evaluatie_voor: date | None = None
    geevalueerd_op: date | None = None
    vooruitgang: Literal["voldoende", "onvoldoende"] | None = None
    besluit: str | None = None
    """Code of the decision in the meeting kind."""


@dataclass(frozen=True)
class Antwoordfeit:
    """What one holder of authority answered to which version of the text."""

    gezaghebbende: str
    keuze: Keuze
    op: datetime
    """In the school's time zone; the newest answer of a person counts."""
    tekstversie: int


@dataclass(frozen=True)
class Toestemmingfeit:
    """One request for consent that is not withdrawn."""

    doel: str
    gevraagd_op: date
    tekstversie: int
    geldig_tot: date | None = None
    """First day on which it no longer holds."""
    antwoorden: tuple[Antwoordfeit, ...] = ()
    """In the order in which they were recorded."""


@dataclass(frozen=True)
class Gesprekfeit:
    """A talk on record. `soort` as in the profile: ouders, kind, ib, specialist, oogo, triade."""

    soort: str
    op: date


@dataclass(frozen=True)
class Documentfeit:
    """How far a paper is: which of its parts are complete, and when it was last dated."""

    code: str
    volledige_delen: frozenset[int]
    gedateerd_op: date | None = None
    ontbreekt: tuple[str, ...] = ()
    """Questions that must be answered and are not, as people read them."""


@dataclass(frozen=True)
class Planfeit:
    """A plan that covers this pupil. `soort` as in the profile: groepsplan, handelingsplan, opp …"""

    soort: str
    begin: date
    einde: date | None = None
    geevalueerd_op: date | None = None


@dataclass(frozen=True)
class Onderzoekfeit:
    """Research: its result is only for the table after the parents heard it (K-144)."""

    soort: str
    uitslag_op: date | None = None
    met_ouders_besproken_op: date | None = None


@dataclass(frozen=True)
class Instantiefeit:
    """A decision by a body outside the school: tlv, plaatsing, verwijzing …"""

    besluit: str
    op: date


@dataclass(frozen=True)
class Gezaghebbende:
    """A holder of parental authority: a key of the caller's, and how a sentence calls this person."""

    sleutel: str
    aanduiding: str


@dataclass(frozen=True)
class Signaalfeit:
    """A signal that a person recorded: the code of its category, and whether it still asks for something."""

    code: str
    open: bool


@dataclass(frozen=True)
class Zorgfeiten:
    """Everything the route needs to know. Lists may come in any order."""

    vandaag: date
    rollen: frozenset[str] = frozenset()
    """Role codes of who asks. Without a role nothing is allowed."""
    niveau: str | None = None
    """Code of the level the pupil is on; None counts as the lowest."""
    niveau_sinds: date | None = None
    """Since when the pupil is on this level; what happened before that day no longer counts for the next step."""
    jaargroep: int | None = None
    eigen_leerlijn: bool = False
    signalen: frozenset[str] = frozenset()
    """Codes of open signals."""
    vastgelegde_signalen: tuple[Signaalfeit, ...] = ()
    """What people recorded and nobody closed; never named, for not everyone may read it."""
    gezaghebbenden: tuple[Gezaghebbende, ...] = ()
    besprekingen: tuple[Besprekingfeit, ...] = ()
    toestemmingen: tuple[Toestemmingfeit, ...] = ()
    gesprekken: tuple[Gesprekfeit, ...] = ()
    documenten: tuple[Documentfeit, ...] = ()
    plannen: tuple[Planfeit, ...] = ()
    onderzoeken: tuple[Onderzoekfeit, ...] = ()
    instanties: tuple[Instantiefeit, ...] = ()
    vakanties: tuple[Vakantie, ...] = ()
    periode_einde: date | None = None
    """Last day of the running period of group plans."""
