"""Make the demo school, once."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leerlingen import services
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext
from zorg.overzicht.demo import school as demoschool


class Command(BaseCommand):
    help = (
        "Maakt de demoschool met de vaste accounts (wachtwoord zorgpad-demo). Bestaat zij al, dan verandert er niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--peildatum", default="", metavar="JJJJ-MM-DD", help="Maak alles ten opzichte van deze dag"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        if settings.MODUS == "productie":
            raise CommandError("De demoschool hoort niet in productie: haar wachtwoorden zijn bekend.")
        if School.objects.filter(demo=True).exists():
            self.stdout.write("De demoschool bestaat al.")
            return
        if opties["peildatum"]:
            try:
                dag = datetime.fromisoformat(opties["peildatum"]).date()
            except ValueError:
                raise CommandError(f"«{opties['peildatum']}» is geen datum.", returncode=2) from None
            with klok.stilgezet(datetime.combine(dag, time(12), tzinfo=ZoneInfo("Europe/Amsterdam"))):
                self._maak()
        else:
            self._maak()
        self.stdout.write("De demoschool staat klaar: De Kameleon, en De Zandkorrel als tweede school.")

    @staticmethod
    def _maak() -> None:
        school = services.school_aanmaken(
            naam="De Kameleon", land="NL", profiel="kogerveld", regio="noord", demo=True, door=None
        )
        with schoolcontext([school]):
            demoschool.begin(school)
        anders = services.school_aanmaken(
            naam="De Zandkorrel", land="NL", profiel="kogerveld", regio="midden", demo=True, door=None
        )
        with schoolcontext([anders]):
            demoschool.tweede_school(anders)
