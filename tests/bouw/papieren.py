"""Papers about 6a and about the school, and a meeting without a pupil, for the fixed cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from besprekingen import services
from leerlingen.services import antwoord_bewaren
from plannen.services import groepspapier_beginnen, groepspapier_vaststellen
from zorg.kern import klok

if TYPE_CHECKING:
    from tests.bouw.personen import Bezetting


def papieren(bezetting: Bezetting) -> None:
    """An improvement plan of 6a, a test letter that is a concept and one that was sent, and the minutes of an MT."""
    b = bezetting
    ib, directeur = b.carla.gebruiker, b.dora.gebruiker
    b.extra["groepspapier"] = groepspapier_beginnen(soort="verbeterplan", groepen=[b.groep_6a], door=b.anna.gebruiker)
    b.extra["schoolpapier"] = groepspapier_beginnen(soort="toetsbrief", school=b.kogerveld, door=ib)
    brief = b.extra["brief"] = groepspapier_beginnen(soort="toetsbrief", school=b.kogerveld, door=ib)
    for vraag in ("periode", "toetsen"):
        antwoord_bewaren(
            document=brief, sectiecode="brief", vraagcode=vraag, tekst="In januari", basisversie=0, door=ib
        )
    groepspapier_vaststellen(document=brief, door=ib)
    mt = b.extra["mt"] = services.bespreking_plannen(
        school=b.kogerveld, soort="mt", begin=klok.nu() + timedelta(days=7), sleutel="vaste mt", door=directeur
    )
    b.extra["notulen"] = mt.verslag
