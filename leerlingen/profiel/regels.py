"""Line numbers of keys in a TOML file.

`tomllib` tells no positions for a file that is valid TOML, so a fault in its meaning could not be pointed at.
This scanner walks a text that tomllib has accepted already and notes on which line every key and array item
begins. It reads tables, arrays of tables, dotted and quoted keys, inline tables, nested arrays, comments and all
four kinds of strings; it does not judge.
"""

import re
import tomllib

from leerlingen.profiel.bevinding import Pad

_RUIMTE = re.compile(r"(?:[ \t]+|#[^\n]*)*")
_RUIMTE_EN_REGELS = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_KAAL = re.compile(r"[A-Za-z0-9_-]*")
_OVERIG = re.compile(r"[^\n,\]}#]*")
_TEKENREEKS = re.compile(r'''"""(?:[^\\]|\\.)*?"""+|"(?:[^"\\]|\\.)*"|\'\'\'.*?\'\'\'+|\'[^\']*\'''', re.DOTALL)


class _Lezer:
    def __init__(self, tekst: str) -> None:
        self.tekst = tekst.replace("\r\n", "\n")
        self.plek = 0
        self.regel = 1
        self.regels: dict[Pad, int] = {}
        self.reeksen: dict[Pad, int] = {}

    def kijk(self) -> str:
        return self.tekst[self.plek] if self.plek < len(self.tekst) else ""

    def stap(self, aantal: int = 1) -> None:
        self.regel += self.tekst.count("\n", self.plek, self.plek + aantal)
        self.plek += aantal

    def lees_patroon(self, patroon: re.Pattern[str]) -> str:
        """Step over what matches here, and give it."""
        gevonden = patroon.match(self.tekst, self.plek)
        stuk = gevonden.group() if gevonden else ""
        self.stap(len(stuk))
        return stuk

    def witruimte(self, *, ook_regels: bool) -> None:
        self.lees_patroon(_RUIMTE_EN_REGELS if ook_regels else _RUIMTE)

    def sleutel(self) -> list[str]:
        """Read a possibly dotted key."""
        delen: list[str] = []
        while True:
            self.witruimte(ook_regels=False)
            if self.kijk() in "\"'":
                delen.append(str(tomllib.loads(f"x = {self.lees_patroon(_TEKENREEKS)}")["x"]))
            else:
                delen.append(self.lees_patroon(_KAAL))
            self.witruimte(ook_regels=False)
            if self.kijk() != ".":
                return delen
            self.stap()

    def noteer(self, pad: Pad) -> None:
        self.regels.setdefault(pad, self.regel)

    def paar(self, tabel: Pad) -> None:
        regel = self.regel
        pad = tabel
        for deel in self.sleutel():
            pad = (*pad, deel)
            self.regels.setdefault(pad, regel)
        self.stap()  # the equals sign
        self.witruimte(ook_regels=False)
        self.waarde(pad)

    def waarde(self, pad: Pad) -> None:
        teken = self.kijk()
        if teken in "\"'":
            self.lees_patroon(_TEKENREEKS)
        elif teken == "[":
            self.stap()
            plaats = 0
            while True:
                self.witruimte(ook_regels=True)
                if self.kijk() == ",":
                    self.stap()
                elif self.kijk() == "]":
                    self.stap()
                    return
                else:
                    self.noteer((*pad, plaats))
                    self.waarde((*pad, plaats))
                    plaats += 1
        elif teken == "{":
            self.stap()
            while True:
                self.witruimte(ook_regels=True)
                if self.kijk() == ",":
                    self.stap()
                elif self.kijk() == "}":
                    self.stap()
                    return
                else:
                    self.paar(pad)
        else:
            self.lees_patroon(_OVERIG)

    def kop(self) -> Pad:
        """Read `[a.b]` or `[[a.b]]` and give the table it opens."""
        self.stap()
        reeks = self.kijk() == "["
        if reeks:
            self.stap()
        regel = self.regel
        delen = self.sleutel()
        self.stap(2 if reeks else 1)
        pad: Pad = ()
        for nummer, deel in enumerate(delen):
            pad = (*pad, deel)
            self.regels.setdefault(pad, regel)
            laatste = nummer == len(delen) - 1
            if reeks and laatste:
                self.reeksen[pad] = self.reeksen.get(pad, -1) + 1
            if pad in self.reeksen:
                pad = (*pad, self.reeksen[pad])
                self.regels.setdefault(pad, regel)
        return pad

    def lees(self) -> dict[Pad, int]:
        tabel: Pad = ()
        while True:
            self.witruimte(ook_regels=True)
            if not self.kijk():
                return self.regels
            if self.kijk() == "[":
                tabel = self.kop()
            else:
                self.paar(tabel)


def regelnummers(tekst: str) -> dict[Pad, int]:
    """The line (from 1) on which every key path of this valid TOML text begins."""
    return _Lezer(tekst).lees()


def regel_van(regels: dict[Pad, int], pad: Pad) -> int:
    """The line of a path, or of the nearest part of it that stands in the file (a missing key: its table)."""
    while pad:
        if pad in regels:
            return regels[pad]
        pad = pad[:-1]
    return 1
