"""Destroy what is past its retention term, with proof."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from leerlingen.management.schoolcommando import Schoolcommando
from leerlingen.services.bewaren import Uitkomst, bewaartermijnen_uitvoeren
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext


class Command(Schoolcommando):
    help = (
        "Vernietigt wat over zijn bewaartermijn is: stukken met wat eraan hangt, hun geschiedenis, bestanden en "
        "logregels, en wie lang genoeg weg is geheel. Van elke vernietiging blijft een bewijs zonder namen. Wat "
        "bewaard moet blijven (een bewaarbeperking) blijft. Nog eens uitvoeren kan altijd."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", metavar="CODE", help="Code van de school; zonder: alle scholen")
        parser.add_argument("--proef", action="store_true", help="Tel alleen en vernietig niets")
        parser.add_argument("--json", action="store_true", help="Geef de uitkomst als één JSON-object")

    def handle(self, *args: Any, **opties: Any) -> None:
        scholen = [self.school(opties)] if opties["school"] else list(School.objects.order_by("code"))
        uitkomsten, fouten = [], []
        for school in scholen:
            try:
                with schoolcontext([school]):
                    uitkomst = bewaartermijnen_uitvoeren(school=school, proef=opties["proef"], door=None)
            except DomeinFout as fout:
                fouten.append(f"{school.code}: {fout.zin}")
                continue
            uitkomsten.append(uitkomst)
            if uitkomst.mislukt:
                fouten.append(f"{school.code}: bij {uitkomst.mislukt} leerling(en) of groepsstuk(ken) lukte het niet.")
        if opties["json"]:
            self.json({"proef": opties["proef"], "scholen": [uitkomst.als_dict() for uitkomst in uitkomsten]})
        else:
            for uitkomst in uitkomsten:
                self._vertel(uitkomst, proef=opties["proef"])
        if fouten:
            raise CommandError("\n".join(fouten), returncode=1)

    def _vertel(self, uitkomst: Uitkomst, *, proef: bool) -> None:
        self.stdout.write(
            f"{uitkomst.school}: van {uitkomst.leerlingen} leerling(en) iets over zijn termijn, waarvan "
            f"{uitkomst.geheel} geheel; {uitkomst.groepsstukken} groepsstuk(ken), {uitkomst.bestanden} bestand(en), "
            f"{uitkomst.logregels} logregel(s)" + (" (proef: er is niets vernietigd)" if proef else "")
        )
        for termijn, rijen in sorted(uitkomst.termijnen.items()):
            self.stdout.write(f"  {termijn}: {rijen} rijen")
        if uitkomst.beperkt:
            self.stdout.write(f"  {uitkomst.beperkt} leerling(en) met een bewaarbeperking blijven bewaard")
