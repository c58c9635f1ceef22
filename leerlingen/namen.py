"""Names as a Dutch school says, sorts and searches them. Pure.

*Van der Berg* stands under B; ë sorts by e and ij as i and j, as in a Dutch dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

# letters that Unicode does not take apart into a base letter and an accent
_LOS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ħ": "h",
        "Ħ": "H",
        "ŋ": "n",
        "Ŋ": "N",
        "þ": "th",
        "Þ": "Th",
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
    }
)
VOORVOEGSELS: Final = frozenset(
    {
        *("van", "de", "der", "den", "het", "'t", "’t", "te", "ter", "ten", "'s", "’s", "v.d.", "v/d", "vd"),
        *("op", "in", "aan", "bij", "onder", "over", "uit", "uijt", "voor", "von", "vom", "zu", "zum", "zur", "af"),
        *("la", "le", "les", "du", "des", "di", "da", "do", "dos", "das", "del", "della", "el", "al"),
        *("ben", "bin", "ibn", "abu"),
    }
)
_OOK_VOORAAN: Final = frozenset({"van", "de", "der", "den", "het", "'t", "’t", "te", "ter", "ten", "el", "v.d.", "v/d"})
_AFGEKORT: Final = frozenset({"v.", "d."})
_AANSPREEK: Final = re.compile(
    r"(?:(?:de\s+heer|dhr\.?|hr\.?|mevrouw|mevr\.?|mw\.?|meneer|drs?\.|ir\.|ing\.|mr\.|prof\.)\s+)+", re.IGNORECASE
)
_VOORLETTERS: Final = re.compile(r"(?:[^\W\d_]\.)+|[A-Z]")


class Naamdelen(NamedTuple):
    """The parts of a name, as people and pupils keep them."""

    roepnaam: str
    voorletters: str
    voorvoegsel: str
    achternaam: str


def zonder_accenten(tekst: str) -> str:
    """«Yıldız» → «Yildiz», «Ismaël» → «Ismael», «Ĳsbrand» → «IJsbrand»."""
    los = unicodedata.normalize("NFKD", tekst.translate(_LOS))
    return "".join(teken for teken in los if not unicodedata.combining(teken))


def volledige_naam(roepnaam: str, voorvoegsel: str, achternaam: str, voorletters: str = "") -> str:
    """Given name (or initials) and surname: «Daan van der Berg», «J. ter Veldman»."""
    letters = voorletters.replace(".", "").replace(" ", "")
    voor = roepnaam or (".".join(letters) + "." if letters else "")
    return " ".join(deel for deel in (voor, voorvoegsel, achternaam) if deel)


def initialen(naam: str) -> str:
    """The capitals that words of a whole name begin with: «Daan van der Berg» → «D.B.»."""
    return "".join(f"{woord[0]}." for woord in naam.split() if woord[0].isupper())


def lijstnaam(roepnaam: str, voorvoegsel: str, achternaam: str) -> str:
    """The name in an alphabetical list: «Berg, van der, Daan»; without a surname the given name alone."""
    return ", ".join(deel for deel in (achternaam, voorvoegsel if achternaam else "", roepnaam) if deel)


def sorteersleutel(roepnaam: str, voorvoegsel: str, achternaam: str) -> str:
    """The key by which names sort: surname, prefix, given name. Without a surname the given name leads."""
    delen = (achternaam, voorvoegsel, roepnaam) if achternaam else (roepnaam,)
    return "\x1f".join(_kaal(deel).strip() for deel in delen)[:260]


def zoeksleutel(tekst: str) -> str:
    """The words of a name without accents, capitals and marks: what is typed finds what is written."""
    return " ".join(_kaal(tekst).split())[:260]


def splits_naam(naam: str) -> Naamdelen:
    """A whole name in its parts: «Samira van der Berg», «J.P. de Vries», «Berg, van der, Samira».

    A form of address is left off. What the parts are is a guess that people may correct; together they say the same.
    """
    kaal = _AANSPREEK.sub("", " ".join(naam.split()), count=1).strip(" ,") or naam.strip()
    if "," in kaal:
        achternaam, *rest = (deel.strip() for deel in kaal.split(","))
        voor, voorvoegsel = _achteraan(" ".join(rest).split())
        if _is_voorvoegsel(rest[0].split()) and len(rest) > 1:
            voor, voorvoegsel = " ".join(rest[1:]).split(), rest[0].split()
    else:
        voor, voorvoegsel, achternaam = _vooraan(kaal.split())
    if voor and all(_VOORLETTERS.fullmatch(woord) for woord in voor):
        return Naamdelen("", "".join(voor).replace(".", ""), " ".join(voorvoegsel), achternaam)
    return Naamdelen(" ".join(voor), "", " ".join(voorvoegsel), achternaam)


def _is_voorvoegsel(woorden: list[str]) -> bool:
    return bool(woorden) and all(_hoort_ervoor(woord) for woord in woorden)


def _hoort_ervoor(woord: str, waarin: frozenset[str] = VOORVOEGSELS) -> bool:
    """A capital D. is somebody's initial, a small d. is short for «der»."""
    return woord.casefold() in waarin or woord in _AFGEKORT


def _vooraan(woorden: list[str]) -> tuple[list[str], list[str], str]:
    """Given names, prefix and surname of «Samira van der Berg»: the first prefix is where the surname begins."""
    laatste = len(woorden) - 1
    begin = next(
        (
            plaats
            for plaats, woord in enumerate(woorden[:laatste])
            if _hoort_ervoor(woord, VOORVOEGSELS if plaats else _OOK_VOORAAN)
        ),
        laatste,
    )
    einde = begin
    while einde < laatste and _hoort_ervoor(woorden[einde]):
        einde += 1
    return woorden[:begin], woorden[begin:einde], " ".join(woorden[einde:])


def _achteraan(woorden: list[str]) -> tuple[list[str], list[str]]:
    """Given names and prefix of what stands behind the comma in «Berg, Samira van der»."""
    begin = len(woorden)
    while begin > 0 and _hoort_ervoor(woorden[begin - 1]):
        begin -= 1
    return woorden[:begin], woorden[begin:]


def _kaal(tekst: str) -> str:
    kaal = zonder_accenten(zonder_accenten(tekst).casefold())
    return "".join(teken if teken.isalnum() else " " if teken in " -" else "" for teken in kaal)
