"""Make a report as a PDF file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from besprekingen.services.rapport import SOORTEN
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext


class Command(BaseCommand):
    help = (
        "Maakt een rapport als pdf. Van een onderwijskundig rapport is --object het nummer van de leerling. "
        "Bewaart niets in het dossier; in het logboek staat dat het is meegenomen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("soort", choices=sorted(SOORTEN), help="Welk rapport")
        parser.add_argument(
            "--object", required=True, type=int, metavar="ID", help="Nummer van de leerling of het plan"
        )
        parser.add_argument("--uit", required=True, metavar="FILE.pdf", help="Waar het bestand komt")

    def handle(self, *args: Any, **opties: Any) -> None:
        uit = Path(opties["uit"])
        if not uit.parent.is_dir():
            raise CommandError(f"De map «{uit.parent}» bestaat niet.", returncode=2)
        with schoolcontext(School.objects.order_by("pk")):
            try:
                inhoud, zinnen = SOORTEN[opties["soort"]](opties["object"])
            except DomeinFout as fout:
                raise CommandError(fout.zin, returncode=1) from None
        uit.write_bytes(inhoud)
        self.stdout.write(f"{uit}: {len(inhoud)} bytes")
        for zin in zinnen:
            self.stdout.write(f"nog niet: {zin}")
