"""Put a backup back in the place of what there is."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from zorg.kern.reservekopie import Kopiefout, zet_terug


class Command(BaseCommand):
    help = (
        "Zet een reservekopie terug: de hele database en alle bestanden. Eerst wordt elke byte nagekeken; gaat er "
        "daarna iets mis, dan blijft alles zoals het was. Iedereen moet daarna opnieuw inloggen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", metavar="FILE", help="Gemaakt met reservekopie_maken")
        parser.add_argument(
            "--overschrijf", action="store_true", help="Ook als er al scholen zijn; wat er nu staat verdwijnt"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            gedaan = zet_terug(Path(opties["bestand"]), overschrijf=opties["overschrijf"])
        except Kopiefout as fout:
            raise CommandError(fout.zin, returncode=fout.status) from None
        manifest = gedaan.manifest
        if gedaan.bijgewerkt:
            self.stdout.write(
                f"De reservekopie is van een oudere versie; migrate heeft de database bijgewerkt "
                f"({gedaan.bijgewerkt} migratie(s))."
            )
        self.stdout.write(
            f"Teruggezet: de stand van {timezone.localtime(manifest.gemaakt_op):%d-%m-%Y %H.%M}, "
            f"{manifest.scholen} school(en), {manifest.rijen} rijen, {len(manifest.bestanden)} bestand(en)."
        )
