"""Let nothing about one pupil be destroyed, or lift that again."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from leerlingen.management.schoolcommando import Schoolcommando
from leerlingen.models import Leerling
from leerlingen.services.bewaarbeperking import bewaarbeperking_opheffen, bewaarbeperking_zetten
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext


class Command(Schoolcommando):
    help = (
        "Zorgt dat van één leerling niets wordt vernietigd, met een reden en tot een dag of tot het wordt opgeheven: "
        "bij een klacht of een zaak, op verzoek van de directeur."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--leerling", required=True, type=int, metavar="ID", help="Nummer van de leerling")
        wat = parser.add_mutually_exclusive_group(required=True)
        wat.add_argument("--reden", metavar="TEKST", help="Waarom de gegevens bewaard moeten blijven")
        wat.add_argument("--opheffen", action="store_true", help="Laat de bewaartermijnen weer gelden")
        parser.add_argument("--tot-en-met", type=date.fromisoformat, metavar="2027-08-01", help="Laatste dag")

    def handle(self, *args: Any, **opties: Any) -> None:
        school = self.school(opties)
        with schoolcontext([school]):
            alle = Leerling.objects.systeemtoegang(reden="opdracht bewaarbeperking").select_related("school")
            leerling: Leerling | None = alle.filter(pk=opties["leerling"], school=school).first()
            if leerling is None:
                raise CommandError(f"Deze school heeft geen leerling met nummer {opties['leerling']}.", returncode=2)
            try:
                if opties["opheffen"]:
                    bewaarbeperking_opheffen(leerling=leerling, door=None)
                else:
                    bewaarbeperking_zetten(
                        leerling=leerling, reden=opties["reden"], tot_en_met=opties["tot_en_met"], door=None
                    )
            except DomeinFout as fout:
                raise CommandError(fout.zin, returncode=1) from None
        self.stdout.write("opgeheven" if opties["opheffen"] else "van deze leerling wordt niets vernietigd")
