"""The XML of an EDEXML file, read safely and as a stream: closed rows one by one, each forgotten after use.

Any DOCTYPE is refused, which ends entity bombs and external entities at once. Rows and depth are bounded, so that a
file within the size limit cannot fill the memory. What goes wrong becomes one sentence with a line; the parser's own
words are never passed on, since they may quote what stands there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from leerlingen.inlezen.weigering import BestandGeweigerd

MAX_DIEPTE: Final = 12
MAX_DELEN: Final = 5_000
"""Elements within one row; a real pupil has some thirty, a teacher of many groups some hundreds."""
GROTE_REGEL: Final = 65_535
"""From this line on libxml2 knows the line of an element only by its text."""

_CODERING: Final = frozenset({31, 32, 79, 81})
"""libxml2's codes for an encoding that is unknown, unsupported, misnamed, or not that of the bytes."""


def keur_inhoud(inhoud: bytes, bestandsnaam: str, max_bytes: int) -> None:
    """Refuse what can't be EDEXML by its first bytes or its size. Raises BestandGeweigerd."""
    if len(inhoud) > max_bytes:
        raise BestandGeweigerd(f"{bestandsnaam} is groter dan {max_bytes // 2**20} MB.")
    if not inhoud.strip():
        raise BestandGeweigerd(f"{bestandsnaam} is leeg.")
    if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud:
        raise BestandGeweigerd(f"{bestandsnaam} bevat een DOCTYPE; dat hoort niet in EDEXML en wordt niet gelezen.", 1)
    if not inhoud.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"\x00<")):
        raise BestandGeweigerd(f"{bestandsnaam} is geen XML-bestand. Kies in uw administratie «EDEXML exporteren».")


def elementen(inhoud: bytes, bestandsnaam: str) -> Iterator[Any]:
    """Closed elements: <school>, the lists under <EDEX>, and the rows in them. Each is emptied after its turn.

    Raises BestandGeweigerd for everything that is no well-formed EDEXML.
    """
    lezer = etree.iterparse(
        io.BytesIO(inhoud),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    diepte = delen = 0
    in_school = False
    try:
        for moment, element in lezer:
            if moment == "start":
                diepte += 1
                if diepte == 1:
                    _keur_wortel(element, bestandsnaam)
                elif diepte == 2:
                    in_school, delen = element.tag == "school", 0
                delen = 0 if diepte == 3 and not in_school else delen + 1
                _keur_maat(element, bestandsnaam, diepte, delen)
            else:
                diepte -= 1
                if diepte == 1 or (diepte == 2 and not in_school):
                    yield element
                    _vergeet(element)
    except etree.XMLSyntaxError as fout:
        raise _kapot(fout, bestandsnaam) from None
    if diepte:  # pragma: no cover - lxml has said so already
        raise BestandGeweigerd(f"{bestandsnaam} is afgebroken. Exporteer het opnieuw.")


def regel_van(element: Any) -> int:
    """The line of the element's start tag."""
    regel: int = element.sourceline or 0
    if regel >= GROTE_REGEL and element.text:
        regel -= element.text.count("\n")
    return regel


def _vergeet(element: Any) -> None:
    """Empty the row and drop what stood before it, so that a long file takes no more memory than a short one."""
    element.clear()
    ouder = element.getparent()
    while element.getprevious() is not None:
        del ouder[0]


def _keur_wortel(element: Any, bestandsnaam: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise BestandGeweigerd(f"{bestandsnaam} bevat een DOCTYPE; dat hoort niet in EDEXML en wordt niet gelezen.", 1)
    if element.tag == "EDEX":
        return
    naam = etree.QName(element)
    vreemd = " in een naamruimte die EDEXML niet kent" if naam.localname == "EDEX" else ""
    raise BestandGeweigerd(
        f"{bestandsnaam} is geen EDEXML-bestand: het begint met <{naam.localname[:40]}>{vreemd}. "
        "Kies in uw administratie «EDEXML exporteren».",
        element.sourceline or 1,
    )


def _keur_maat(element: Any, bestandsnaam: str, diepte: int, delen: int) -> None:
    if diepte > MAX_DIEPTE:
        raise BestandGeweigerd(f"{bestandsnaam} is te diep genest om EDEXML te zijn.", element.sourceline or 0)
    if delen > MAX_DELEN:
        raise BestandGeweigerd(f"{bestandsnaam} heeft één onderdeel met te veel gegevens.", element.sourceline or 0)


def _kapot(fout: Any, bestandsnaam: str) -> BestandGeweigerd:
    regel = fout.lineno or 0
    plek = f"op regel {regel} " if regel else ""
    if fout.code in _CODERING:
        return BestandGeweigerd(
            f"{bestandsnaam} is {plek}niet geschreven in de tekencodering die het zelf noemt. Exporteer het opnieuw.",
            regel,
        )
    return BestandGeweigerd(f"{bestandsnaam} is {plek}afgebroken of beschadigd. Exporteer het opnieuw.", regel)
