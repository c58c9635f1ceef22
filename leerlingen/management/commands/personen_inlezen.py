"""Read a file of parents into a school."""

from leerlingen.inlezen.personen import lees_personen
from leerlingen.management.inleescommando import Inleescommando
from leerlingen.services.inlezen_personen import SOORTEN, personen_inlezen
from leerlingen.services.inlezen_uitkomst import Uitkomst
from zorg.kern.models import School


class Command(Inleescommando):
    help = "Leest ouders en verzorgers uit een CSV-bestand of werkboek (.xlsx) met een kopregel."
    soorten = SOORTEN

    def lees_in(self, inhoud: bytes, *, naam: str, school: School, proef: bool) -> Uitkomst:
        bestand = lees_personen(inhoud, bestandsnaam=naam)
        return personen_inlezen(school=school, bestand=bestand, proef=proef, door=None)
