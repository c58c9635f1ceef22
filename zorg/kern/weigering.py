"""Why a row, or a whole file, is not read: one Dutch sentence, and never a name or a personal number in it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCHEIDING = re.compile(r"[\s.\-/]")
_LANG_GETAL = re.compile(r"[0-9]{8,}")
_MAANDEN = "jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec"
_DATUM = re.compile(
    r"("
    r"[0-9]{4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}"
    r"|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:[0-9]{4}|[0-9]{2})"
    r"|(?:19|20)[0-9]{6}|[0-9]{4}(?:19|20)[0-9]{2}"
    rf"|[0-9]{{1,2}}[-/. ](?:{_MAANDEN})[a-z]*[-/. ](?:[0-9]{{4}}|[0-9]{{2}})"
    r")(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weigering:
    """One row or value that stays out: line in the file, field, what stands there (made showable), and why."""

    regel: int
    veld: str
    waarde: str
    melding: str


class BestandGeweigerd(Exception):
    """The file as a whole can't be read; nothing of it is used. `regel` is 0 when no line is to blame."""

    def __init__(self, melding: str, regel: int = 0) -> None:
        super().__init__(melding)
        self.melding = melding
        self.regel = regel


class Rijfout(Exception):
    """This row can't be used. `waarde` must be showable: see toonbare_code and toonbare_datum."""

    def __init__(self, veld: str, waarde: str, melding: str) -> None:
        super().__init__(melding)
        self.veld, self.waarde, self.melding = veld, waarde, melding

    def als_weigering(self, regel: int) -> Weigering:
        """The same, with the line where the row stands."""
        return Weigering(regel, self.veld, self.waarde, self.melding)


def lijkt_persoonsnummer(waarde: str) -> bool:
    """Whether a BSN, onderwijsnummer or rijksregisternummer may be in it: eight digits (a zero lost) or more in a row.

    No eleven test: a wrongly typed BSN still points at a child.
    """
    return _LANG_GETAL.search(_SCHEIDING.sub("", waarde)) is not None


def toonbare_code(waarde: str, maximum: int = 40) -> str:
    """A key or code as it may stand in a refusal; empty when it may be the number of a person."""
    return "" if lijkt_persoonsnummer(waarde) else waarde[:maximum]


def toonbare_datum(waarde: str) -> str:
    """What was meant as a date, only if it looks like one; anything else may be a name or a number of a person."""
    gevonden = _DATUM.fullmatch(waarde.strip())
    return gevonden[1] if gevonden else ""


def citaat(waarde: str) -> str:
    """« waarde » with a space before it for within a sentence; nothing when there is nothing to show."""
    return f" «{waarde}»" if waarde else ""
