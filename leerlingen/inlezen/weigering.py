"""Why a row, or a whole file, is not read; in one Dutch sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weigering:
    """One row that stays out: line in the file, field, the value that stands there (never a name or BSN), and why."""

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
