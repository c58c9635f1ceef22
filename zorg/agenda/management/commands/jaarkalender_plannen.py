"""Plan the meetings of a school year from the year cycle of the school's procedure."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from besprekingen import services
from leerlingen.management.schoolcommando import Schoolcommando
from leerlingen.services import schooljaar_zorgen
from leerlingen.termijn import datumtekst
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext


class Command(Schoolcommando):
    help = (
        "Plant de besprekingen en taken van een schooljaar uit de jaarcyclus van de school: op schooldagen, buiten "
        "vakanties, niemand op twee plaatsen, deeltijders op hun dagen. Nog eens plannen verandert niet wat er staat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--schooljaar", required=True, metavar="2026-2027", help="Welk schooljaar")
        parser.add_argument("--proef", action="store_true", help="Laat het voorstel zien en bewaar niets")
        parser.add_argument("--json", action="store_true", help="Geef de uitkomst als één JSON-object")

    def handle(self, *args: Any, **opties: Any) -> None:
        school = self.school(opties)
        naam = opties["schooljaar"]
        if not _is_schooljaar(naam):
            raise CommandError(f"«{naam}» is geen schooljaar. Schrijf het als 2026-2027.", returncode=2)
        with schoolcontext([school]):
            uitkomst = self._plan(school, naam, proef=opties["proef"])
        if opties["json"]:
            self.json(uitkomst)
        else:
            self._vertel(uitkomst, school, proef=opties["proef"])

    @staticmethod
    def _plan(school: School, naam: str, *, proef: bool) -> dict[str, Any]:
        """The proposal, and what was made of it; a try-out is rolled back whole."""
        with transaction.atomic():
            schooljaar = schooljaar_zorgen(school=school, naam=naam, door=None)
            vakanties = services.vakanties_zorgen(schooljaar=schooljaar, door=None)
            voorstel = services.jaar_voorstellen(schooljaar)
            uitkomst = voorstel.als_dict()
            gemaakt = {"besprekingen": 0, "taken": 0}
            if not proef:
                gemaakt = services.jaar_vastleggen(voorstel=voorstel, door=None)
            uitkomst["toegevoegd"] = {**gemaakt, "vakanties": 0 if proef else vakanties}
            if proef:
                transaction.set_rollback(True)
        return uitkomst

    def _vertel(self, uitkomst: dict[str, Any], school: School, *, proef: bool) -> None:
        vandaag = klok.vandaag(school)
        for rij in uitkomst["voorstel"]:
            begin = datetime.fromisoformat(rij["begin"])
            self.stdout.write(f"{datumtekst(begin.date(), vandaag)} {begin:%H.%M}  {rij['naam']}")
        for rij in uitkomst["taken"]:
            voor = datetime.fromisoformat(rij["voor"]).date()
            self.stdout.write(f"vóór {datumtekst(voor, vandaag)}  {rij['naam']}")
        for botsing in uitkomst["botsingen"]:
            self.stdout.write(f"botsing: {botsing['melding']}")
        gedaan = uitkomst["toegevoegd"]
        self.stdout.write(
            f"{len(uitkomst['voorstel'])} besprekingen voorgesteld, {uitkomst['al_gepland']} stonden er al, "
            f"{len(uitkomst['botsingen'])} botsingen"
            + (" (proef: er is niets bewaard)" if proef else f"; {gedaan['besprekingen']} gepland")
        )


def _is_schooljaar(naam: str) -> bool:
    begin, streep, eind = naam.partition("-")
    return bool(streep) and begin.isdecimal() and eind.isdecimal() and len(begin) == 4 and int(eind) == int(begin) + 1
