"""Read an EDEXML file into a school."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from leerlingen.inlezen.edexml import lees_edexml
from leerlingen.inlezen.weigering import BestandGeweigerd
from leerlingen.management.schoolcommando import Schoolcommando
from leerlingen.services.inlezen import edexml_inlezen
from leerlingen.services.inlezen_uitkomst import Uitkomst
from zorg.kern.schoolcontext import schoolcontext


class Command(Schoolcommando):
    help = "Leest groepen, leerlingen en medewerkers uit een EDEXML-bestand (1.03, 2.0, 2.1)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("bestand", metavar="FILE", help="Het EDEXML-bestand")
        parser.add_argument("--proef", action="store_true", help="Laat zien wat er zou gebeuren en bewaar niets")
        parser.add_argument("--json", action="store_true", help="Geef de uitkomst als één JSON-object")

    def handle(self, *args: Any, **opties: Any) -> None:
        school = self.school(opties)
        inhoud = self.lees(opties)
        try:
            bestand = lees_edexml(inhoud, bestandsnaam=Path(opties["bestand"]).name)
        except BestandGeweigerd as fout:
            if opties["json"]:
                geweigerd = [{"regel": fout.regel, "veld": "", "waarde": "", "melding": fout.melding}]
                leeg: dict[str, int] = {}
                self.json({"toegevoegd": leeg, "gewijzigd": leeg, "ongewijzigd": leeg, "geweigerd": geweigerd})
            raise CommandError(fout.melding, returncode=1) from None
        with schoolcontext([school]):
            uitkomst = edexml_inlezen(school=school, bestand=bestand, proef=opties["proef"], door=None)
        if opties["json"]:
            self.json(uitkomst.als_json())
        else:
            self._vertel(uitkomst, proef=opties["proef"])

    def _vertel(self, uitkomst: Uitkomst, *, proef: bool) -> None:
        self.stdout.write(f"Schooljaar {uitkomst.schooljaar}{' (proef: er is niets bewaard)' if proef else ''}")
        for soort in ("groepen", "leerlingen", "medewerkers"):
            self.stdout.write(
                f"{soort}: {uitkomst.toegevoegd[soort]} nieuw, {uitkomst.gewijzigd[soort]} gewijzigd, "
                f"{uitkomst.ongewijzigd[soort]} gelijk"
            )
        if uitkomst.niet_in_bestand:
            self.stdout.write(
                f"{len(uitkomst.niet_in_bestand)} leerlingen staan niet in het bestand; zij blijven staan."
            )
        for weigering in uitkomst.geweigerd:
            self.stdout.write(f"regel {weigering.regel}: {weigering.melding}")
        for opmerking in uitkomst.opmerkingen:
            self.stdout.write(f"regel {opmerking.regel} (wel gelezen): {opmerking.melding}")
