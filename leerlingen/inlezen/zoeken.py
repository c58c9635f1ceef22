"""Finding the pupil that a row of a table means, among the pupils of the school. Pure: facts in, an id out.

A row that could mean two children is refused, and so is one whose key is one child's and whose name is another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leerlingen.inlezen.tabel import Leerlingverwijzing
from leerlingen.inlezen.weigering import Rijfout, citaat, toonbare_code
from leerlingen.namen import zoeksleutel


@dataclass(frozen=True, slots=True)
class BekendeLeerling:
    """A pupil of the school, as far as a file can point at one."""

    id: int
    sleutel: str | None
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    geboortedatum: date | None


class Leerlingzoeker:
    """Made once per file, from all pupils of the school whom the file may be about."""

    def __init__(self, leerlingen: Iterable[BekendeLeerling]) -> None:
        self._op_sleutel: dict[str, BekendeLeerling] = {}
        self._op_naam: dict[tuple[str, str, date], set[int]] = {}
        for leerling in leerlingen:
            if leerling.sleutel:
                self._op_sleutel[leerling.sleutel] = leerling
            if leerling.geboortedatum is not None:
                for achternaam in _schrijfwijzen(leerling.voorvoegsel, leerling.achternaam):
                    sleutel = (achternaam, zoeksleutel(leerling.roepnaam), leerling.geboortedatum)
                    self._op_naam.setdefault(sleutel, set()).add(leerling.id)

    def vind(self, verwijzing: Leerlingverwijzing) -> int:
        """The id of the pupil. Raises Rijfout when there is none, more than one, or a key with another's name."""
        if verwijzing.sleutel:
            return self._met_sleutel(verwijzing)
        gevonden: set[int] = set()
        if verwijzing.geboortedatum is not None:
            roepnaam = zoeksleutel(verwijzing.roepnaam)
            for achternaam in _schrijfwijzen(
                verwijzing.voorvoegsel, verwijzing.achternaam, kaal=not verwijzing.voorvoegsel
            ):
                gevonden |= self._op_naam.get((achternaam, roepnaam, verwijzing.geboortedatum), set())
        if not gevonden:
            raise Rijfout("achternaam", "", "Er is geen leerling met deze naam en geboortedatum.")
        if len(gevonden) > 1:
            raise Rijfout("achternaam", "", "Meer leerlingen hebben deze naam en geboortedatum. Gebruik de sleutel.")
        return gevonden.pop()

    def _met_sleutel(self, verwijzing: Leerlingverwijzing) -> int:
        toonbaar = toonbare_code(verwijzing.sleutel)
        leerling = self._op_sleutel.get(verwijzing.sleutel)
        if leerling is None:
            raise Rijfout("sleutel", toonbaar, f"Er is geen leerling met de sleutel{citaat(toonbaar)}.")
        andere_dag = (
            verwijzing.geboortedatum is not None
            and leerling.geboortedatum is not None
            and verwijzing.geboortedatum != leerling.geboortedatum
        )
        if andere_dag or self._heet_anders(verwijzing, leerling):
            raise Rijfout(
                "sleutel", toonbaar, "De sleutel en de naam of geboortedatum horen niet bij dezelfde leerling."
            )
        return leerling.id

    @staticmethod
    def _heet_anders(verwijzing: Leerlingverwijzing, leerling: BekendeLeerling) -> bool:
        """Neither surname nor given name is right: one of them may be new or written in another way, not both."""
        gegeven = [naam for naam in (verwijzing.achternaam, verwijzing.roepnaam) if naam]
        if not gegeven:
            return False
        eigen = {*_schrijfwijzen(leerling.voorvoegsel, leerling.achternaam), zoeksleutel(leerling.roepnaam)}
        genoemd = {zoeksleutel(verwijzing.roepnaam), *_schrijfwijzen(verwijzing.voorvoegsel, verwijzing.achternaam)}
        return not (genoemd - {""}) & (eigen - {""})


def _schrijfwijzen(voorvoegsel: str, achternaam: str, *, kaal: bool = True) -> set[str]:
    """«van der Berg», «Berg, van der» and, if `kaal`, «Berg»: how a surname may stand in a file."""
    voor, naam = zoeksleutel(voorvoegsel), zoeksleutel(achternaam)
    vormen = {f"{voor} {naam}".strip(), f"{naam} {voor}".strip()}
    return vormen | {naam} if kaal else vormen
