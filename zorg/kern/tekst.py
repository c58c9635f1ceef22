"""What people type, made safe to keep: no control characters, Unicode in one form, not endless. And what they read."""

import unicodedata
from datetime import date

from django.utils import dateformat

from zorg.kern.fouten import DomeinFout

MAX_TEKST = 50_000
_ONZICHTBAAR = frozenset({"Cc", "Cf", "Cs", "Co"})
_RICHTINGEN = frozenset({"L", "R", "AL"})
_VERBINDERS = "\u200c\u200d"  # zero-width joiners are letters' business in some scripts
_LEGE_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by name, white paper to who reads
_HANGT_AAN = frozenset({"Cf", "Mn", "Me", "Zs"})


def schoon(tekst: str, *, naam: str = "De tekst", maximum: int = MAX_TEKST, bestand: bool = True) -> str:
    """Normalise line ends and Unicode, drop control characters. Raises DomeinFout above `maximum` characters.

    `bestand` is whether who writes can add a file instead; parents cannot.
    """
    tekst = unicodedata.normalize("NFC", tekst.replace("\r\n", "\n").replace("\r", "\n"))
    tekst = "".join(t for t in tekst if t in "\n\t" or unicodedata.category(t) not in ("Cc", "Cs", "Co"))
    if len(tekst) > maximum:
        raise DomeinFout(
            f"{naam} telt {len(tekst):,} tekens; er passen er {maximum:,}.".replace(",", ".")
            + (" Kort de tekst in of voeg hem als bestand toe." if bestand else " Kort de tekst in.")
        )
    return tekst


def een_regel(tekst: str) -> str:
    """One line as people mean it: single spaces, Unicode in one form, nothing that cannot be seen. It may be empty."""
    if tekst.isascii() and tekst.isprintable():
        return " ".join(tekst.split()) if "  " in tekst else tekst.strip()
    heel = unicodedata.normalize("NFC", " ".join(tekst.split()))
    heel = "".join(t for t in heel if t in _VERBINDERS or unicodedata.category(t) not in _ONZICHTBAAR)
    zichtbaar = any(t not in _LEGE_LETTERS and unicodedata.category(t) not in _HANGT_AAN for t in heel)
    return " ".join(heel.split()) if zichtbaar else ""


def richting(tekst: str) -> str:
    """Which way a text runs, for `dir`: ltr or rtl, by its first letter that has a direction."""
    return next(
        ("ltr" if soort == "L" else "rtl" for soort in map(unicodedata.bidirectional, tekst) if soort in _RICHTINGEN),
        "ltr",
    )


def datum(dag: date) -> str:
    """3 november 2026, whatever the year is now: for paper, mails and sources."""
    return dateformat.format(dag, "j F Y")
