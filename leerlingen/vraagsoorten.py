"""What an answer to a question of a paper may be, how it is kept, read and asked. Pure: one function per kind.

An answer is text, whatever its kind: a choice is kept as its label, several as one a line, a day as 2027-01-28, yes and
no as words, a number with a comma. What stood there before its question got a kind is never thrown away: it is read as
it is, and shown beside the field (`Invoer.eerder`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from leerlingen.profiel.papier import Vraag
from zorg.kern.fouten import DomeinFout
from zorg.kern.tekst import datum, een_regel

OPEN_KEUZES: Final = 5
"""Up to so many choices stand open as round buttons; more are a list to unfold."""

EERSTE_DAG: Final = date(1990, 1, 1)
LAATSTE_DAG: Final = date(2100, 12, 31)
"""A day outside is a year that was typed halfway."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GEWOON = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_GETAL = re.compile(r"[-−]?\d{1,9}(?:[.,]\d{1,2})?")
JA_NEE: Final = ("ja", "nee")


@dataclass(frozen=True)
class Keuzeregel:
    """One thing that can be chosen."""

    waarde: str
    naam: str
    gekozen: bool


@dataclass(frozen=True)
class Invoer:
    """How a question is asked on a page (onderdelen/antwoordveld.html)."""

    vorm: str
    """lang, regel, datum, getal, rondjes, lijst or vinkjes."""
    waarde: str = ""
    """What stands in the field."""
    keuzes: tuple[Keuzeregel, ...] = ()
    eenheid: str = ""
    eerder: str = ""
    """What stands there now and is no answer of this kind: shown, until somebody answers anew."""
    eerste: str = ""
    laatste: str = ""
    """The first and last day that can be chosen."""


@dataclass(frozen=True)
class Beantwoord:
    """A question with what stands there, as it is kept: how it is read, and the field in which it is answered."""

    vraag: Vraag
    antwoord: str

    @property
    def leesbaar(self) -> str:
        """The answer as people read it."""
        return leesbaar(self.vraag, self.antwoord)

    @property
    def invoer(self) -> Invoer:
        """The field in which it is answered."""
        return invoer(self.vraag, self.antwoord)


class GeenAntwoord(Exception):
    """The text is no answer of this kind; the message ends the sentence «Bij «vraag» …»."""


def _regel(vraag: Vraag, tekst: str) -> str:
    return een_regel(tekst)


def _keuze(vraag: Vraag, tekst: str) -> str:
    for keuze in vraag.keuzes:
        if een_regel(keuze) == een_regel(tekst):
            return keuze
    raise GeenAntwoord("kiest u een van de antwoorden uit de lijst")


def _meerkeuze(vraag: Vraag, tekst: str) -> str:
    gekozen = {een_regel(regel) for regel in tekst.split("\n")} - {""}
    if gekozen - {een_regel(keuze) for keuze in vraag.keuzes}:
        raise GeenAntwoord("kiest u uit de antwoorden van de lijst")
    return "\n".join(keuze for keuze in vraag.keuzes if een_regel(keuze) in gekozen)


def _janee(vraag: Vraag, tekst: str) -> str:
    if tekst.strip().lower() not in JA_NEE:
        raise GeenAntwoord("kiest u ja of nee")
    return tekst.strip().lower()


def _datum(vraag: Vraag, tekst: str) -> str:
    dag = lees_dag(tekst)
    if dag is None:
        raise GeenAntwoord("vult u een dag in die bestaat, zoals 28-01-2027")
    return dag.isoformat()


def _getal(vraag: Vraag, tekst: str) -> str:
    gelezen = tekst.strip()
    if not _GETAL.fullmatch(gelezen):
        raise GeenAntwoord("vult u een getal in, zoals 7 of 7,5")
    getal = Decimal(gelezen.replace(",", ".").replace("−", "-"))
    laag, hoog = vraag.minimum, vraag.maximum
    if (laag is not None and getal < laag) or (hoog is not None and getal > hoog):
        raise GeenAntwoord(f"vult u een getal in {_bereik(laag, hoog)}")
    kort = f"{getal:f}"
    return (kort.rstrip("0").rstrip(".") if "." in kort else kort).replace(".", ",")


def _bereik(laag: int | None, hoog: int | None) -> str:
    if laag is not None and hoog is not None:
        return f"van {laag} tot en met {hoog}"
    return f"van {laag} of meer" if laag is not None else f"van hoogstens {hoog}"


_LEZERS: Final[Mapping[str, Callable[[Vraag, str], str]]] = {
    "tekst": _regel,
    "keuze": _keuze,
    "meerkeuze": _meerkeuze,
    "janee": _janee,
    "datum": _datum,
    "getal": _getal,
}


def lees_dag(tekst: str) -> date | None:
    """The day that is written here, as 2027-01-28 or 28-1-2027; None for anything else."""
    tekst = tekst.strip()
    if gevonden := _ISO.fullmatch(tekst):
        jaar, maand, dag = map(int, gevonden.groups())
    elif gevonden := _GEWOON.fullmatch(tekst):
        dag, maand, jaar = map(int, gevonden.groups())
    else:
        return None
    try:
        gelezen = date(jaar, maand, dag)
    except ValueError:
        return None
    return gelezen if EERSTE_DAG <= gelezen <= LAATSTE_DAG else None


def te_bewaren(vraag: Vraag, tekst: str) -> str:
    """The answer as it is kept. Empty is always an answer. Raises DomeinFout, in one sentence, when it is none."""
    lezer = _LEZERS.get(vraag.soort)
    if lezer is None:
        return tekst
    if not tekst.strip():
        return ""
    try:
        return lezer(vraag, tekst)
    except GeenAntwoord as waarom:
        raise DomeinFout(f"Bij «{vraag.tekst}» {waarom}.") from None


def uit_bron(vraag: Vraag, tekst: str) -> str | None:
    """What a source knows, as an answer to this question; None when it does not fit (a sentence is no choice)."""
    if vraag.soort == "tekst":
        return een_regel(", ".join(regel for regel in tekst.split("\n") if regel.strip()))
    return tekst if past(vraag, tekst) else None


def past(vraag: Vraag, tekst: str) -> bool:
    """Whether this text is an answer of the kind that is asked."""
    lezer = _LEZERS.get(vraag.soort)
    if lezer is None or not tekst.strip():
        return True
    try:
        lezer(vraag, tekst)
    except GeenAntwoord:
        return False
    return True


def leesbaar(vraag: Vraag, tekst: str) -> str:
    """The answer as people read it: a day in words, a number with its unit. What does not fit is read as it is."""
    if vraag.soort not in ("datum", "getal") or not past(vraag, tekst) or not tekst.strip():
        return tekst
    if vraag.soort == "datum":
        dag = lees_dag(tekst)
        return datum(dag) if dag else tekst
    return f"{tekst} {vraag.eenheid or ''}".rstrip()


def invoer(vraag: Vraag, tekst: str) -> Invoer:
    """The field in which this question is answered, with what stands there now."""
    kan = past(vraag, tekst)
    waarde, eerder = (tekst, "") if kan else ("", tekst)
    if vraag.soort == "tekst":
        return Invoer("regel", waarde=uit_bron(vraag, tekst) or "")
    if vraag.soort == "datum":
        dag = lees_dag(waarde)
        return Invoer(
            "datum",
            waarde=dag.isoformat() if dag else "",
            eerder=eerder,
            eerste=EERSTE_DAG.isoformat(),
            laatste=LAATSTE_DAG.isoformat(),
        )
    if vraag.soort == "getal":
        return Invoer("getal", waarde=waarde, eerder=eerder, eenheid=vraag.eenheid or "")
    if vraag.soort == "meerkeuze":
        gekozen = set(waarde.split("\n"))
        vinkjes = tuple(Keuzeregel(keuze, keuze, keuze in gekozen) for keuze in vraag.keuzes)
        return Invoer("vinkjes", waarde=waarde, keuzes=vinkjes, eerder=eerder)
    if vraag.soort in ("keuze", "janee"):
        namen = vraag.keuzes or JA_NEE
        leeg = Keuzeregel("", "nog niet ingevuld", not waarde)
        regels = tuple(Keuzeregel(naam, naam, naam == waarde) for naam in namen)
        if len(regels) > OPEN_KEUZES:
            return Invoer("lijst", waarde=waarde, keuzes=(leeg, *regels), eerder=eerder)
        return Invoer("rondjes", waarde=waarde, keuzes=(*regels, leeg), eerder=eerder)
    return Invoer("lang", waarde=tekst)
