"""Read into a school on which level of care its pupils are when it begins with Zorgpad."""

from leerlingen.inlezen.beginstand import lees_beginstand
from leerlingen.management.inleescommando import Inleescommando
from leerlingen.services.inlezen_beginstand import SOORT, beginstand_inlezen
from leerlingen.services.inlezen_uitkomst import Uitkomst
from zorg.kern import klok
from zorg.kern.models import School


class Command(Inleescommando):
    help = (
        "Leest het zorgniveau waarop leerlingen staan als de school begint: sleutel (of achternaam, roepnaam, "
        "geboortedatum), zorgniveau, en als u wilt sinds en toelichting."
    )
    soorten = (SOORT,)

    def lees_in(self, inhoud: bytes, *, naam: str, school: School, proef: bool) -> Uitkomst:
        bestand = lees_beginstand(inhoud, bestandsnaam=naam, vandaag=klok.vandaag(school))
        return beginstand_inlezen(school=school, bestand=bestand, proef=proef, door=None)
