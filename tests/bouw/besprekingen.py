"""A meeting about 6a with Bram on the agenda, and facts of the care route, for the fixed cast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from besprekingen import services
from besprekingen.models import Deelnemer
from leerlingen.models import Vrij
from zorg.kern import klok

if TYPE_CHECKING:
    from tests.bouw.personen import Bezetting


def bespreking(bezetting: Bezetting) -> None:
    """Yesterday's group meeting of 6a, not yet recorded as held: one goal and one agreement about Bram; a report,
    research. `punt` carries confidential minutes: the substitute, the rt'er and the assistant don't see them.
    """
    b = bezetting
    ib = b.carla.gebruiker
    begin = klok.nu() - timedelta(days=1)
    rij = services.bespreking_plannen(
        school=b.kogerveld,
        soort="groepsbespreking",
        begin=begin,
        sleutel="vaste bezetting",
        groep=b.groep_6a,
        door=ib,
    )
    punt = services.leerling_inbrengen(bespreking=rij, leerling=b.bram, door=ib)
    b.extra["bespreking"], b.extra["punt"] = rij, punt
    b.extra["deelnemer"] = services.deelnemer_toevoegen(bespreking=rij, persoon=b.specialist.persoon, door=ib)
    b.extra["evaluatie"] = services.doel_stellen(
        punt=punt, doel="Tafels 6 tot en met 9", voor=klok.vandaag(b.kogerveld) + timedelta(weeks=4), door=ib
    )
    b.extra["actie"] = services.actiepunt_toevoegen(
        bespreking=rij, punt=punt, onderwerp="Rekenen", stap="Materiaal zoeken", wie=b.anna.persoon, voor=None, door=ib
    )
    b.extra["rapport"] = services.okr_vragen(leerling=b.bram, door=ib)
    b.extra["onderzoek"] = services.onderzoek_aanvragen(leerling=b.bram, soort="pdo", uitvoerder="De Praktijk", door=ib)
    b.extra["vrij"] = Vrij.objects.create(  # far away: in this year the school filled in nothing
        school=b.kogerveld, naam="Studiedag", soort="studiedag", periode=(date(2031, 6, 16), date(2031, 6, 17))
    )
    assert Deelnemer.objects.systeemtoegang(reden="de vaste bezetting").filter(bespreking=rij).count() >= 3
