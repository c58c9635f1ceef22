"""The story of one pupil in two halves, each a process of its own: what stands between them is only the database.

`begin` plays until the SOT has said BOT and prints who is in the story; `verder`, given that, plays to the end. A
backup made between the two lies in tests/gegevens: the state of an earlier Zorgpad, which today's must be able to go
on with. It is made anew (`ZORGPAD_SCHRIJF=1 bin/test tests/verhaal/test_vorige_stand.py`) only when a migration of a
later state has been released: then the older one has done its work.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorg.settings")
BEGIN = "2026-11-17"


def alle_werk() -> int:
    """Do what is due, in this process; a piece that fails ends the story."""
    from zorg.kern import werk

    gedaan = 0
    while ids := werk.open_werk():
        for pk in ids:
            assert werk.uitvoeren(pk), pk
            gedaan += 1
    return gedaan


def begin(zet: Callable[[datetime], None], map_: Path) -> dict[str, Any]:
    """From an empty database to the SOT's advice; gives who is who and what time it is."""
    from leerlingen import services
    from tests.bouw import fabriek
    from tests.verhaal import test_hele_route as route
    from tests.verhaal.verhaal import verhaal
    from zorg.kern import klok
    from zorg.kern.schoolcontext import schoolcontext

    zet(klok.lees_moment(BEGIN))
    ander = services.school_aanmaken(naam="De Andere", land="NL", profiel="demeent", regio="zuid", door=None)
    with schoolcontext([ander]):
        elders = SimpleNamespace(ib_anders=fabriek.lid(ander, "Ilse", "ib"))
    with verhaal(BEGIN, zet, map_, elders) as v:  # type: ignore[arg-type]  # it only asks for that one person
        plan = route.groepsplan(v)
        route.jaarkalender(v)
        route.groepsbespreking(v, plan, alle_werk)
        route.extra_ondersteuning(v)
        for keer in (1, 2):
            route.leerlingbespreking(v, keer)
        route.sot(v, alle_werk)
        return {
            "school": v.school.code,
            "nu": klok.nu().isoformat(),
            "jaar": v.jaar,
            "wimpie": v.wimpie.pk,
            "groep": v.groep.pk,
            "klas": [kind.pk for kind in v.klas],
            "leden": {naam: [lid.gebruiker.pk, lid.persoon.pk] for naam, lid in v.leden.items()},
        }


def verder(zet: Callable[[datetime], None], wie: dict[str, Any]) -> None:
    """From the request for consent to the archived report and the placement."""
    from leerlingen.models import Groep, Leerling, Persoon
    from tests.bouw.personen import Lid
    from tests.verhaal import test_hele_route as route
    from tests.verhaal.verhaal import Verhaal, alles
    from zorg.kern.models import Gebruiker, School
    from zorg.kern.schoolcontext import schoolcontext

    zet(datetime.fromisoformat(wie["nu"]))
    school = School.objects.get(code=wie["school"])
    with schoolcontext(School.objects.all()):
        leden = {
            naam: Lid(Gebruiker.objects.get(pk=gebruiker), alles(Persoon, pk=persoon).get())
            for naam, (gebruiker, persoon) in wie["leden"].items()
        }
    with schoolcontext([school]):
        kinderen = [alles(Leerling, pk=pk).select_related("school").get() for pk in wie["klas"]]
        wimpie = next(kind for kind in kinderen if kind.pk == wie["wimpie"])
        v = Verhaal(zet, school, wie["jaar"], wimpie, kinderen, alles(Groep, pk=wie["groep"]).get(), leden)
        v.op_niveau("3")
        route.toestemming(v, alle_werk)
        route.bot(v, alle_werk)
        route.verwijzing(v, alle_werk)
        route.einde(v)


def hoofd(helft: str) -> None:
    from django.test.utils import setup_test_environment

    from zorg.kern import klok

    setup_test_environment()
    with ExitStack() as stapel:

        def zet(moment: datetime) -> None:
            stapel.enter_context(klok.stilgezet(moment))

        if helft == "begin":
            print(json.dumps(begin(zet, Path(stapel.enter_context(tempfile.TemporaryDirectory())))))
        else:
            verder(zet, json.load(sys.stdin))


if __name__ == "__main__":
    django.setup()
    hoofd(sys.argv[1])
