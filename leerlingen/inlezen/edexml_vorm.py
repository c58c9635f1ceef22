"""What an EDEXML file says, as frozen facts, and its codes as ours.

Of a person only what care needs has a place here: there is no field for a BSN, origin, weight or photo (domein 2.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from leerlingen.inlezen.weigering import Weigering

JAARGROEPEN: Final = frozenset(["B", "D", *map(str, range(9)), *map(str, range(11, 17)), "S", "V", "C", "N", "H"])
GESLACHT: Final = {"0": "onbekend", "1": "man", "2": "vrouw", "9": "onbekend"}
"""9 is «niet gespecificeerd» (NEN-ISO 5218), which is not the same as «anders»."""

ROLLEN: Final = {
    "DIR": "directeur",
    "ADJ": "teamleider",
    "LOC": "teamleider",
    "IB": "ib",
    "RT": "rt",
    "LRK": "leerkracht",
    "VAK": "leerkracht",
    "OWA": "assistent",
    "KLA": "assistent",
    "LOS": "assistent",
    "STA": "assistent",
    "ICT": "ict",
}
"""EDEXML's roles at the school as ours. ADM, CON, OUD, SMW, TAL and what is not in the standard give none."""

GROEPSROLLEN: Final = {
    "LRK": "leerkracht",
    "RT": "rt",
    "VAK": "assistent",
    "OWA": "assistent",
    "KLA": "assistent",
    "LOS": "assistent",
    "STA": "assistent",
}
"""EDEXML's roles in a group as ours, by the least that each needs: a teacher of gymnastics looks, and does not write.

A role that is not here gives no access to the group: a parent who helps or a caretaker must not see its dossiers.
"""
ZONDER_GROEP: Final = frozenset({"ADM", "CON", "OUD", "SMW"})
"""Who is only this, teaches no group, even when the file names a group without saying what they do there."""
BEKENDE_ROLLEN: Final = frozenset({*ROLLEN, *ZONDER_GROEP, "TAL"})


@dataclass(frozen=True, slots=True)
class Schoolkop:
    """The head of the file: one school (dependance), one school year. `schooljaar` is «2026-2027»."""

    schooljaar: str
    brincode: str = ""
    dependancecode: str = ""
    schoolkey: str = ""
    instellingsnummer: str = ""
    peildatum: date | None = None
    aanmaakdatum: str = ""
    xsdversie: str = ""


@dataclass(frozen=True, slots=True)
class Groeprij:
    """A group or composite group; a composite group has no year group. Keys of both come from one space."""

    sleutel: str
    naam: str
    jaargroep: str
    samengesteld: bool
    regel: int


@dataclass(frozen=True, slots=True)
class Leerlingrij:
    """A pupil. `jaargroep` is the pupil's own and wins over the group's; `uitstroomdatum` set means left."""

    sleutel: str
    eckid: str
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    voornamen: str
    voorletters: str
    geboortedatum: date | None
    geslacht: str
    jaargroep: str
    groep: str
    samengestelde_groepen: tuple[str, ...]
    instroomdatum: date | None
    uitstroomdatum: date | None
    start_groep3: date | None
    regel: int


@dataclass(frozen=True, slots=True)
class Groepstaak:
    """A member of staff works with a group, in one of our roles."""

    groep: str
    rol: str


@dataclass(frozen=True, slots=True)
class Medewerkerrij:
    """A member of staff: roles at the school, and what they do in which group.

    The standard advises strongly against granting access by these roles: they are a proposal for people to confirm.
    """

    sleutel: str
    eckid: str
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    voorletters: str
    email: str
    rollen: tuple[str, ...]
    groepen: tuple[Groepstaak, ...]
    regel: int


@dataclass(frozen=True, slots=True)
class Edexbestand:
    """What was read. `geweigerd`: what was left out; `opmerkingen`: what of a row that was read was not taken over.

    `genoemd` has, per kind, every key that the file names, those of refused rows too: who is named is not missing.
    """

    school: Schoolkop
    groepen: tuple[Groeprij, ...] = ()
    leerlingen: tuple[Leerlingrij, ...] = ()
    medewerkers: tuple[Medewerkerrij, ...] = ()
    geweigerd: tuple[Weigering, ...] = ()
    opmerkingen: tuple[Weigering, ...] = ()
    genoemd: Mapping[str, frozenset[str]] = field(default_factory=dict)
