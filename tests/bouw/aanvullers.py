"""What floors above `leerlingen` add to the fixed cast: one function each, run inside school A's context.

Add yours to the list: it gets the cast, makes its rows through its own services, and puts what tests need into
`bezetting.extra`. Keep it small: every process builds it once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

from tests.bouw.personen import Bezetting

EDEXML = """<?xml version="1.0" encoding="UTF-8"?>
<EDEX xmlns="http://www.edustandaard.nl/edex/2.1/">
  <school><brincode>99ZZ</brincode><schooljaar>2026-2027</schooljaar><schoolnaam>De Kogerveld</schoolnaam></school>
  <groepen><groep key="g1"><naam>6a</naam><jaargroep>6</jaargroep></groep></groepen>
  <leerlingen>
    <leerling key="l1"><achternaam>Nieuw</achternaam><roepnaam>Noor</roepnaam><geboortedatum>2016-02-03</geboortedatum>
      <geslacht>2</geslacht><jaargroep>6</jaargroep><groep key="g1"/></leerling>
  </leerlingen>
</EDEX>
"""


def beheer(b: Bezetting) -> None:
    """A mail that waits, and a file that was uploaded and not yet confirmed: the director's own."""
    from leerlingen.services.inlezen import importbestand_bewaren
    from zorg.kern.models import Bericht

    b.extra["aanstelling"], b.extra["toewijzing"] = b.bas.aanstelling, b.bas.toewijzing
    b.extra["bericht"] = Bericht.objects.systeemtoegang(reden="de vaste bezetting").order_by("pk").first()
    inhoud = EDEXML.encode()
    b.extra["importbestand"] = importbestand_bewaren(
        school=b.kogerveld,
        soort="edexml",
        naam="edex.xml",
        inhoud=inhoud,
        sha256=hashlib.sha256(inhoud).hexdigest(),
        door=b.dora.gebruiker,
    )


def lvs(b: Bezetting) -> None:
    """Bram's result for rekenen of last January."""
    from lvs.services import resultaat_vastleggen

    b.extra["resultaat"] = resultaat_vastleggen(
        leerling=b.bram,
        vak="rekenen",
        instrument="cito_rekenen",
        moment="M5",
        afnamedatum=date(2026, 1, 27),
        niveau="III",
        door=b.anna.gebruiker,
    )


def plannen(b: Bezetting) -> None:
    """The plan of 6a for rekenen."""
    from plannen.services import groepsplan_maken

    b.extra["groepsplan"] = groepsplan_maken(
        groepen=[b.groep_6a], vak="rekenen", periodecode="periode1", door=b.anna.gebruiker
    )


AANVULLERS: list[Callable[[Bezetting], None]] = [beheer, lvs, plannen]
