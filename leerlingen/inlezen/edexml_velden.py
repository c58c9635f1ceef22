"""Single values of an EDEXML element, cleaned and judged. Raises Rijfout; what may be personal is never in it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from leerlingen.inlezen.edexml_vorm import JAARGROEPEN
from leerlingen.inlezen.velden import lees_iso_datum
from leerlingen.inlezen.weigering import Rijfout, citaat, toonbare_datum
from zorg.kern.tekst import een_regel

MAX_SLEUTEL: Final = 100
LENGTES: Final = {"roepnaam": 100, "voorvoegsel": 30, "achternaam": 120, "voorletters-1": 30, "voornamen": 200}


def tekst(element: Any, veld: str) -> str:
    """The words in the first element of this name, or ""."""
    return een_regel(element.findtext(veld) or "")


def naamdeel(element: Any, veld: str) -> str:
    """Part of a name; longer than we keep is refused, not cut."""
    waarde = tekst(element, veld)
    if len(waarde) > LENGTES[veld]:
        raise Rijfout(veld, "", f"Dit veld is langer dan {LENGTES[veld]} tekens.")
    return waarde


def verwijzing(element: Any) -> str:
    """The key, trimmed: spaces around keys mean nothing; "" when there is none."""
    return een_regel(element.get("key") or "")


def sleutel(element: Any) -> str:
    """The key by which this row is known; a dummy (#) is no key."""
    waarde = verwijzing(element)
    if not waarde:
        raise Rijfout("key", "", "De sleutel ontbreekt; zonder sleutel is niet te zien wie of wat dit is.")
    if waarde.startswith("#"):
        toonbaar = waarde if waarde[1:].isdecimal() and len(waarde) < 9 else "#"
        raise Rijfout("key", toonbaar, "Een sleutel die met # begint is een plaatshouder en wijst niemand aan.")
    if len(waarde) > MAX_SLEUTEL:
        raise Rijfout("key", "", f"De sleutel is langer dan {MAX_SLEUTEL} tekens.")
    return waarde


def datum(element: Any, veld: str) -> date | None:
    """A date, or None when there is none."""
    waarde = tekst(element, veld)
    if not waarde:
        return None
    gelezen = lees_iso_datum(waarde)
    if gelezen is None:
        toonbaar = toonbare_datum(waarde)
        raise Rijfout(veld, toonbaar, f"De datum{citaat(toonbaar)} bestaat niet; EDEXML schrijft 2017-03-28.")
    return gelezen


def jaargroep(element: Any) -> str:
    """A year group of the standard, or ""."""
    waarde = tekst(element, "jaargroep").upper()
    if waarde and waarde not in JAARGROEPEN:
        toonbaar = waarde if len(waarde) == 1 or (waarde.isdecimal() and len(waarde) <= 3) else ""
        raise Rijfout("jaargroep", toonbaar, f"De jaargroep{citaat(toonbaar)} kent EDEXML niet.")
    return waarde


def namen(element: Any) -> dict[str, str]:
    """The parts of the name; one of given name and surname must be there."""
    delen = {
        "roepnaam": naamdeel(element, "roepnaam"),
        "voorvoegsel": naamdeel(element, "voorvoegsel"),
        "achternaam": naamdeel(element, "achternaam"),
        "voorletters": naamdeel(element, "voorletters-1"),
    }
    if not delen["roepnaam"] and not delen["achternaam"]:
        raise Rijfout("achternaam", "", "Er staat geen naam bij.")
    return delen


def eckid(element: Any) -> str:
    """The ECK iD without white space; "" when it is longer than the standard allows."""
    waarde = "".join((element.get("eckid") or "").split())
    return waarde if len(waarde) <= 200 else ""
