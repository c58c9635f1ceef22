"""Names as a Dutch school says, sorts and searches them. Pure."""

import unicodedata

# letters that Unicode does not take apart into a base letter and an accent
_LOS = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe"}
)


def zonder_accenten(tekst: str) -> str:
    """«Yıldız» → «Yildiz», «Ismaël» → «Ismael»."""
    los = unicodedata.normalize("NFD", tekst.translate(_LOS))
    return "".join(teken for teken in los if not unicodedata.combining(teken))


def volledige_naam(roepnaam: str, voorvoegsel: str, achternaam: str, voorletters: str = "") -> str:
    """Given name (or initials) and surname: «Daan van der Berg», «J. ter Veldman»."""
    voor = roepnaam or ".".join(voorletters.replace(".", "").replace(" ", "")) + ("." if voorletters else "")
    return " ".join(deel for deel in (voor, voorvoegsel, achternaam) if deel)


def sorteersleutel(roepnaam: str, voorvoegsel: str, achternaam: str) -> str:
    """The key by which names sort: *van der Berg* stands under B, ë by e. Without a surname the given name leads."""
    delen = (achternaam or roepnaam, roepnaam if achternaam else "", voorvoegsel)
    return "\x1f".join(_kaal(deel) for deel in delen)[:260]


def zoeksleutel(tekst: str) -> str:
    """The words of a name without accents, capitals and marks: what is typed finds what is written."""
    return " ".join(_kaal(tekst).split())[:260]


def _kaal(tekst: str) -> str:
    kaal = zonder_accenten(tekst).casefold()
    return "".join(teken if teken.isalnum() else " " if teken in " -" else "" for teken in kaal)
