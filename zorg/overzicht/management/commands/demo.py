"""Make the demo school, once."""

from contextlib import nullcontext
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from leerlingen import services
from leerlingen.models import Leerling, Taak
from lvs.models import Resultaat
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext
from zorg.overzicht.demo import school as demoschool
from zorg.overzicht.demo import statistiek
from zorg.overzicht.demo.basis import JAREN_TERUG

ZONE = ZoneInfo("Europe/Amsterdam")


class Command(BaseCommand):
    help = (
        "Maakt de demoschool met de vaste accounts (wachtwoord zorgpad-demo). Bestaat zij al, dan verandert er niets; "
        "brak een vorige keer af, dan wordt zij alsnog gevuld."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--peildatum", default="", metavar="JJJJ-MM-DD", help="Maak alles ten opzichte van deze dag"
        )
        parser.add_argument("--klein", action="store_true", help="Een derde van de leerlingen, om mee te proberen")

    def handle(self, *args: Any, **opties: Any) -> None:
        if settings.MODUS == "productie":
            raise CommandError("De demoschool hoort niet in productie: haar wachtwoorden zijn bekend.")
        with self._klok(opties["peildatum"]):
            kameleon = self._school("De Kameleon", "noord")
            with schoolcontext([kameleon]):
                nieuw = self._vul(kameleon, klein=opties["klein"])
            zandkorrel = self._school("De Zandkorrel", "midden")
            with schoolcontext([zandkorrel]):
                if not Leerling.objects.systeemtoegang(reden="is de tweede school al gevuld").exists():
                    with transaction.atomic():
                        demoschool.tweede_school(zandkorrel)
        if nieuw:
            self.stdout.write("De demoschool staat klaar: De Kameleon, en De Zandkorrel als tweede school.")
        else:
            self.stdout.write("De demoschool bestaat al.")

    @staticmethod
    def _klok(peildatum: str) -> Any:
        if not peildatum:
            return nullcontext()
        try:
            dag = date.fromisoformat(peildatum)
        except ValueError:
            raise CommandError(f"«{peildatum}» is geen datum.", returncode=2) from None
        return klok.stilgezet(datetime.combine(dag, time(12), tzinfo=ZONE))

    @staticmethod
    def _school(naam: str, regio: str) -> School:
        school = School.objects.filter(demo=True, naam=naam).first()
        if school is not None:
            return school
        # its procedure holds from before the first result it knows
        lang_geleden = klok.nu().astimezone(ZONE).date().replace(month=1, day=1)
        lang_geleden = lang_geleden.replace(year=lang_geleden.year - JAREN_TERUG - 1)
        with klok.stilgezet(datetime.combine(lang_geleden, time(12), tzinfo=ZONE)):
            return services.school_aanmaken(
                naam=naam, land="NL", profiel="kogerveld", regio=regio, demo=True, door=None
            )

    @staticmethod
    def _vul(school: School, *, klein: bool) -> bool:
        """Fill the school in two halves, each whole or not at all; a run that broke off is taken up where it stood."""
        if Taak.objects.systeemtoegang(reden="is de demoschool klaar").filter(sleutel=demoschool.KLAAR).exists():
            return False
        if not Leerling.objects.systeemtoegang(reden="zijn er al leerlingen").exists():
            with transaction.atomic():
                demo = demoschool.mensen_vullen(school, klein=klein)
        else:
            resultaat = Resultaat.objects.systeemtoegang(reden="wanneer begon het vullen").first()
            if resultaat is None:  # a demo school of long ago, smaller than this one
                return False
            demo = demoschool.hervat(school, resultaat.ingevoerd_op)
        statistiek.bijwerken()
        with transaction.atomic():
            demoschool.verhalen_vullen(demo)
        statistiek.bijwerken()
        return True
