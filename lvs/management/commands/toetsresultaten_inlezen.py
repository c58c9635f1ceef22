"""Read a file of test results into a school."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from leerlingen.management.schoolcommando import Schoolcommando
from lvs.inlezen.resultaten import lees_resultaten
from lvs.services import Inleesuitkomst, resultaten_inlezen
from zorg.kern import klok
from zorg.kern.schoolcontext import schoolcontext
from zorg.kern.weigering import BestandGeweigerd, Weigering


class Command(Schoolcommando):
    help = "Leest toetsresultaten uit een CSV-bestand of werkboek (.xlsx) met een kopregel."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("bestand", metavar="FILE", help="CSV met ; of , of een .xlsx")
        parser.add_argument("--proef", action="store_true", help="Laat zien wat er zou gebeuren en bewaar niets")
        parser.add_argument("--json", action="store_true", help="Geef de uitkomst als één JSON-object")

    def handle(self, *args: Any, **opties: Any) -> None:
        school = self.school(opties)
        inhoud = self.lees(opties)
        try:
            bestand = lees_resultaten(inhoud, bestandsnaam=Path(opties["bestand"]).name, vandaag=klok.vandaag(school))
        except BestandGeweigerd as fout:
            if opties["json"]:
                geweigerd = [Weigering(fout.regel, "", "", fout.melding)]
                self.json(Inleesuitkomst(geweigerd=geweigerd).als_json())
            raise CommandError(fout.melding, returncode=1) from None
        with schoolcontext([school]):
            uitkomst = resultaten_inlezen(school=school, bestand=bestand, proef=opties["proef"], door=None)
        if opties["json"]:
            self.json(uitkomst.als_json())
        else:
            self._vertel(uitkomst, proef=opties["proef"])

    def _vertel(self, uitkomst: Inleesuitkomst, *, proef: bool) -> None:
        self.stdout.write(
            f"resultaten: {uitkomst.toegevoegd} nieuw, {uitkomst.gewijzigd} gewijzigd, {uitkomst.ongewijzigd} gelijk"
            f"{' (proef: er is niets bewaard)' if proef else ''}"
        )
        if uitkomst.genegeerd:
            self.stdout.write(f"niet gebruikte kolommen: {', '.join(uitkomst.genegeerd)}")
        for weigering in uitkomst.geweigerd:
            self.stdout.write(f"regel {weigering.regel}: {weigering.melding}")
