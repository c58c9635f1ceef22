"""Words for the person at the terminal, on standard error: standard output belongs to the command."""

import sys
from pathlib import Path


class Melding(Exception):
    """Stop with one Dutch sentence and an exit status (2 when the call or the machine is at fault)."""

    def __init__(self, zin: str, status: int = 2) -> None:
        super().__init__(zin)
        self.zin = zin
        self.status = status


def zeg(tekst: str) -> None:
    print(tekst, file=sys.stderr, flush=True)


def staart(bestand: Path, regels: int = 25) -> str:
    """The last lines of a log, for a message about what went wrong."""
    try:
        tekst = bestand.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(tekst.splitlines()[-regels:])
