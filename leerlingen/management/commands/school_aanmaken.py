"""Make a school from the command line; prints its code and nothing else on standard output."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leerlingen import services
from leerlingen.profiel import INGEBOUWD
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models.school import Land, Regio
from zorg.kern.schoolcontext import schoolcontext


class Command(BaseCommand):
    help = "Maakt een school met een zorgprofiel en drukt haar code af (voor --school bij de andere opdrachten)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--naam", required=True, help="Naam van de school")
        parser.add_argument("--land", required=True, choices=Land.values, help="NL, BE of AW")
        parser.add_argument(
            "--profiel", required=True, choices=sorted(INGEBOUWD), help="De zorgprocedure om mee te beginnen"
        )
        parser.add_argument(
            "--regio", default="", choices=["", *Regio.values], help="Vakantieregio, alleen in Nederland"
        )
        parser.add_argument(
            "--beheerder", default="", help="E-mailadres van de eerste beheerder; krijgt een uitnodiging"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            school = services.school_aanmaken(
                naam=opties["naam"], land=opties["land"], profiel=opties["profiel"], regio=opties["regio"], door=None
            )
            if opties["beheerder"]:
                with schoolcontext([school]):
                    self._beheerder(school, opties["beheerder"])
        except DomeinFout as fout:
            raise CommandError(fout.zin) from None
        self.stdout.write(school.code)

    @staticmethod
    def _beheerder(school: Any, email: str) -> None:
        naam = email.partition("@")[0].replace(".", " ").title()
        persoon = services.persoon_toevoegen(school=school, achternaam=naam, email=email, door=None)
        services.aanstellen(persoon=persoon, rol="beheerder", vanaf=klok.vandaag(school), door=None)
        services.uitnodigen(persoon=persoon, door=None)
