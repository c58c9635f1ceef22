"""Base of the commands that read a table into a school: the same arguments, the same form of answer."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from leerlingen.inlezen.weigering import BestandGeweigerd, Weigering
from leerlingen.management.schoolcommando import Schoolcommando
from leerlingen.services.inlezen_uitkomst import Uitkomst
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext


class Inleescommando(Schoolcommando):
    """`soorten` are counted; `lees_in` reads and brings in, and may raise BestandGeweigerd before it writes."""

    soorten: tuple[str, ...] = ()

    def lees_in(self, inhoud: bytes, *, naam: str, school: School, proef: bool) -> Uitkomst:
        """What this command does with the bytes of the file."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("bestand", metavar="FILE", help="CSV met ; of , of een .xlsx, met een kopregel")
        parser.add_argument("--proef", action="store_true", help="Laat zien wat er zou gebeuren en bewaar niets")
        parser.add_argument("--json", action="store_true", help="Geef de uitkomst als één JSON-object")

    def handle(self, *args: Any, **opties: Any) -> None:
        school = self.school(opties)
        inhoud = self.lees(opties)
        naam = Path(opties["bestand"]).name
        try:
            with schoolcontext([school]):
                uitkomst = self.lees_in(inhoud, naam=naam, school=school, proef=opties["proef"])
        except BestandGeweigerd as fout:
            if opties["json"]:
                geweigerd = [Weigering(fout.regel, "", "", fout.melding)]
                self.json(Uitkomst(self.soorten, geweigerd=geweigerd).als_json())
            raise CommandError(fout.melding, returncode=1) from None
        if opties["json"]:
            self.json(uitkomst.als_json())
        else:
            self._vertel(uitkomst, naam, proef=opties["proef"])

    def _vertel(self, uitkomst: Uitkomst, naam: str, *, proef: bool) -> None:
        for soort in self.soorten:
            self.stdout.write(
                f"{soort}: {uitkomst.toegevoegd[soort]} nieuw, {uitkomst.gewijzigd[soort]} gewijzigd, "
                f"{uitkomst.ongewijzigd[soort]} gelijk{' (proef: er is niets bewaard)' if proef else ''}"
            )
        if uitkomst.niet_in_bestand:
            self.stdout.write(f"{len(uitkomst.niet_in_bestand)} niet in het bestand; daar verandert niets aan.")
        if uitkomst.genegeerd:
            self.stdout.write(f"niet gebruikte kolommen: {', '.join(uitkomst.genegeerd)}")
        for weigering in uitkomst.geweigerd:
            self.stdout.write(f"{naam}, regel {weigering.regel}: {weigering.melding}")
        for opmerking in uitkomst.opmerkingen:
            self.stdout.write(f"{naam}, regel {opmerking.regel} (wel gelezen): {opmerking.melding}")
