"""Make a report as a PDF file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.rapporten import SOORTEN, GeenObject
from zorg.kern.schoolcontext import schoolcontext


class Command(BaseCommand):
    """Exit status 0: made. 1: it can't be made or written. 2: wrong call (no such object, another kind, no folder)."""

    help = (
        "Maakt een rapport als pdf, zoals de intern begeleider of de directeur het ziet. "
        "Bewaart niets in het dossier; in het logboek staat dat het is meegenomen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        soorten = [SOORTEN[code] for code in sorted(SOORTEN)]
        parser.add_argument("soort", choices=[soort.code for soort in soorten], help="Welk rapport")
        nummers = "; ".join(f"{soort.code}: van {soort.nummer_van}" for soort in soorten)
        parser.add_argument("--object", required=True, type=int, metavar="ID", help=f"Het nummer. {nummers}")
        parser.add_argument("--uit", required=True, metavar="FILE.pdf", help="Waar het bestand komt")

    def handle(self, *args: Any, **opties: Any) -> None:
        uit = Path(opties["uit"])
        niet_te_schrijven = CommandError(f"Het bestand «{uit}» is niet te schrijven.", returncode=1)
        try:
            map_is_er, is_map = uit.parent.is_dir(), uit.is_dir()
        except OSError:  # a name that no disk takes
            raise niet_te_schrijven from None
        if not map_is_er:
            raise CommandError(f"De map «{uit.parent}» bestaat niet.", returncode=2)
        if is_map:
            raise CommandError(f"«{uit}» is een map. Geef de naam van een bestand.", returncode=2)
        with schoolcontext(School.objects.order_by("pk")):
            try:
                rapport = SOORTEN[opties["soort"]].maak(opties["object"])
            except GeenObject as fout:
                raise CommandError(fout.zin, returncode=2) from None
            except DomeinFout as fout:
                raise CommandError(fout.zin, returncode=1) from None
        try:
            uit.write_bytes(rapport.pdf)
        except OSError:
            raise niet_te_schrijven from None
        self.stdout.write(f"{uit}: {len(rapport.pdf)} bytes")
        for zin in rapport.ontbreekt:
            self.stdout.write(f"nog niet: {zin}")
