"""Make a backup of the whole of Zorgpad."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zorg.kern.reservekopie import Kopiefout, maak


class Command(BaseCommand):
    help = (
        "Maakt één bestand met de hele database en alle bestanden van de dossiers, alleen leesbaar voor wie het maakt. "
        "De school kan intussen doorwerken. Er staan gegevens van kinderen in: bewaar het versleuteld."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--uit", required=True, metavar="FILE", help="Waar het bestand komt")
        parser.add_argument("--overschrijf", action="store_true", help="Ook als het bestand al bestaat")

    def handle(self, *args: Any, **opties: Any) -> None:
        uit = Path(opties["uit"])
        try:
            manifest = maak(uit, overschrijf=opties["overschrijf"])
        except Kopiefout as fout:
            raise CommandError(fout.zin, returncode=fout.status) from None
        self.stdout.write(
            f"{uit}: {uit.stat().st_size} bytes, {manifest.scholen} school(en), {manifest.rijen} rijen in "
            f"{len(manifest.tabellen)} tabellen, {len(manifest.bestanden)} bestand(en)"
        )
        if manifest.ontbreekt:
            self.stdout.write(f"let op: {manifest.ontbreekt} bestand(en) uit een dossier ontbreken op de schijf")
