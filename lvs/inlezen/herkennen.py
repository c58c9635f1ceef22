"""What a file calls a test or a subject, as the codes of the school's profile. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from leerlingen.namen import zoeksleutel
from leerlingen.profiel import Profiel
from leerlingen.profiel.meten import Instrument


class Herkenner:
    """Made once per file, from the school's profile. Codes, names and aliases are known in any spelling.

    A word that means two tests («Spelling» of two publishers) is settled by the subject, or not at all.
    """

    def __init__(self, profiel: Profiel) -> None:
        self._instrumenten = {instrument.code: instrument for instrument in profiel.instrumenten}
        self._vakken = _register((vak.code, (vak.code, vak.naam)) for vak in profiel.vakgebieden)
        self._toetsen = _register(
            (instrument.code, (instrument.code, instrument.naam, *instrument.aliassen))
            for instrument in profiel.instrumenten
        )

    def vak(self, tekst: str) -> str | None:
        """The code of a subject; None when the school has none or more than one of that name."""
        gevonden = self._vakken.get(_sleutel(tekst), frozenset())
        return next(iter(gevonden)) if len(gevonden) == 1 else None

    def instrument(self, tekst: str, vak: str | None = None) -> Instrument | None:
        """The test; None when the school has none or more than one of that name, the subject (a code) considered."""
        gevonden = [self._instrumenten[code] for code in sorted(self._toetsen.get(_sleutel(tekst), frozenset()))]
        if len(gevonden) > 1 and vak is not None:
            gevonden = [instrument for instrument in gevonden if vak in instrument.vakgebieden]
        return gevonden[0] if len(gevonden) == 1 else None


def _register(namen: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, frozenset[str]]:
    per_naam: dict[str, frozenset[str]] = {}
    for code, schrijfwijzen in namen:
        for sleutel in {_sleutel(tekst) for tekst in schrijfwijzen}:
            per_naam[sleutel] = per_naam.get(sleutel, frozenset()) | {code}
    return per_naam


def _sleutel(tekst: str) -> str:
    return zoeksleutel(tekst.replace("_", " ").replace("-", " "))
