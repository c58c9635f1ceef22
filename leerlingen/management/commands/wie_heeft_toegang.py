"""Print who can see one pupil now, through which relation, until when. Names no pupil."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leerlingen.models import Leerling
from leerlingen.wie_heeft_toegang import wie_heeft_toegang
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.services import vastleggen


class Command(BaseCommand):
    help = "Toont wie een leerling nu kan zien, waardoor, hoeveel, en tot wanneer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leerling", required=True, type=int, metavar="ID", help="Nummer van de leerling")
        parser.add_argument("--json", action="store_true", help="Eén JSON-object en verder niets")

    def handle(self, *args: Any, **opties: Any) -> None:
        with schoolcontext(School.objects.all()):
            leerling: Leerling | None = (
                Leerling.objects.systeemtoegang(reden="opdracht wie_heeft_toegang")
                .select_related("school")
                .filter(pk=opties["leerling"])
                .first()
            )
        if leerling is None:
            raise CommandError(f"Er is geen leerling met nummer {opties['leerling']}.", returncode=2)
        with schoolcontext([leerling.school]):
            rijen = wie_heeft_toegang(leerling)
            vastleggen("toegang_opgevraagd", school=leerling.school_id, door=None, leerling=leerling)
        if opties["json"]:
            inhoud = {"leerling": leerling.pk, "school": leerling.school.code, "toegang": [asdict(r) for r in rijen]}
            self.stdout.write(json.dumps(inhoud, ensure_ascii=False, default=str))
            return
        for rij in rijen:
            tot = f"tot {rij.tot:%d-%m-%Y}" if rij.tot else "geen einde"
            self.stdout.write(f"{rij.naam} <{rij.email}>: {rij.waardoor}; {rij.ziet}; {tot}")
        if not rijen:
            self.stdout.write("Niemand.")
