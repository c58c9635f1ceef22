"""Base of the commands that work for one school: `--school CODE`, and clean JSON where asked."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zorg.kern.models import School


class Schoolcommando(BaseCommand):
    """Finds the school; `weiger` ends with exit status 1: the file was refused as a whole and nothing was written."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", required=True, metavar="CODE", help="Code van de school")

    def school(self, opties: dict[str, Any]) -> School:
        """The school of `--school`; exit status 2 when there is none."""
        school = School.objects.filter(code=opties["school"]).first()
        if school is None:
            raise CommandError(f"Er is geen school met de code «{opties['school']}».", returncode=2)
        return school

    def lees(self, opties: dict[str, Any]) -> bytes:
        """The bytes of the file argument; exit status 2 when it can't be opened."""
        try:
            return Path(opties["bestand"]).read_bytes()
        except OSError:
            raise CommandError(
                f"Het bestand «{Path(opties['bestand']).name}» is niet te openen.", returncode=2
            ) from None

    def json(self, inhoud: dict[str, Any]) -> None:
        """One JSON object on standard output."""
        self.stdout.write(json.dumps(inhoud, ensure_ascii=False, default=str))
