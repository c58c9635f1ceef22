"""Print which relation gives which rights, for the administrator and for an audit."""

import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from leerlingen.rechtentabel import als_rijen


class Command(BaseCommand):
    help = "Toont welke relatie welke rechten op een dossier geeft: de tabel waarmee Zorgpad beslist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", action="store_true", help="Als CSV met puntkomma's, voor een rekenblad")

    def handle(self, *args: Any, **opties: Any) -> None:
        rijen = als_rijen()
        if opties["csv"]:
            csv.writer(self.stdout, delimiter=";", lineterminator="\n").writerows(rijen)
            return
        breedtes = [max(len(rij[kolom]) for rij in rijen) for kolom in range(len(rijen[0]))]
        for rij in rijen:
            regel = "  ".join(cel.ljust(breedte) for cel, breedte in zip(rij, breedtes, strict=True))
            self.stdout.write(regel.rstrip())
