"""What reading a file in does, in the same form for every kind of file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from leerlingen.inlezen.weigering import Weigering
from leerlingen.inlezen.zoeken import BekendeLeerling, Leerlingzoeker
from leerlingen.models import Leerling


@dataclass(frozen=True)
class Wijziging:
    """One difference, for the preview: whom it is about and what changes."""

    soort: str
    naam: str
    wat: str


@dataclass
class Uitkomst:
    """What a file does: counts by kind, the differences, what stays out, and who the file does not name.

    `soorten` are the kinds that are counted; `opmerkingen` what of a row that was read was not taken over.
    """

    soorten: tuple[str, ...]
    schooljaar: str = ""
    toegevoegd: Counter[str] = field(default_factory=Counter)
    gewijzigd: Counter[str] = field(default_factory=Counter)
    ongewijzigd: Counter[str] = field(default_factory=Counter)
    geweigerd: list[Weigering] = field(default_factory=list)
    opmerkingen: list[Weigering] = field(default_factory=list)
    wijzigingen: list[Wijziging] = field(default_factory=list)
    niet_in_bestand: list[str] = field(default_factory=list)
    genegeerd: tuple[str, ...] = ()

    def als_json(self) -> dict[str, Any]:
        """The form of ontwerp §8: counts and refused rows, no names."""
        return {
            "toegevoegd": {soort: self.toegevoegd[soort] for soort in self.soorten},
            "gewijzigd": {soort: self.gewijzigd[soort] for soort in self.soorten},
            "ongewijzigd": {soort: self.ongewijzigd[soort] for soort in self.soorten},
            "niet_in_bestand": len(self.niet_in_bestand),
            "geweigerd": _als_lijst(self.geweigerd),
            "opmerkingen": _als_lijst(self.opmerkingen),
            "genegeerd": list(self.genegeerd),
        }

    def tel(self, soort: str, *, nieuw: bool, veranderd: bool) -> None:
        """Count one row."""
        (self.toegevoegd if nieuw else self.gewijzigd if veranderd else self.ongewijzigd)[soort] += 1

    @property
    def verandert(self) -> bool:
        """Whether the file does anything at all."""
        return bool(self.toegevoegd.total() or self.gewijzigd.total())

    def samengevat(self) -> dict[str, Any]:
        """What is kept of a file once it is read in: numbers only."""
        return self.als_json() | {"geweigerd": len(self.geweigerd), "opmerkingen": len(self.opmerkingen)}

    def op_volgorde(self) -> None:
        """Refused rows and remarks in the order of the file, whoever found them."""
        self.geweigerd.sort(key=lambda weigering: weigering.regel)
        self.opmerkingen.sort(key=lambda opmerking: opmerking.regel)


class Proef(Exception):
    """Rolls a dry run back."""


def leerlingzoeker(leerlingen: Iterable[Leerling]) -> Leerlingzoeker:
    """Finds among these pupils the one that a row means."""
    return Leerlingzoeker(
        BekendeLeerling(kind.pk, kind.sleutel, kind.roepnaam, kind.voorvoegsel, kind.achternaam, kind.geboortedatum)
        for kind in leerlingen
    )


def _als_lijst(weigeringen: Iterable[Weigering]) -> list[dict[str, Any]]:
    return [{"regel": w.regel, "veld": w.veld, "waarde": w.waarde, "melding": w.melding} for w in weigeringen]
