"""Adds to a school that runs who else is in the story, each with an account; run as a process of its own.

Reads a list of people from standard input (`Mens` as JSON); prints their keys by name.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any, TypedDict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorg.settings")


class Mens(TypedDict, total=False):
    """Who, and how they belong to the school: a role, a group to teach or a child (given name) to be a parent of."""

    voornaam: str
    achternaam: str
    email: str
    rol: str
    vakgebieden: list[str]
    functie: str
    groep: str
    ouder_van: str
    school: str
    """Of another school, which is made when it is not there yet."""


def voeg_toe(mensen: list[Mens], wachtwoord: str) -> dict[str, int]:
    """Make them all; a group that is not there is made too."""
    from django.core.management import call_command

    from zorg.kern.models import School

    eigen = School.objects.get()
    uit = {}
    for mens in mensen:
        school = eigen
        if naam := mens.get("school"):
            school = School.objects.filter(naam=naam).first() or _school(call_command, naam)
        uit[mens["email"]] = _een(school, mens, wachtwoord)
    return uit


def _school(call_command: Any, naam: str) -> Any:
    from zorg.kern.models import School

    uit = io.StringIO()
    call_command("school_aanmaken", "--naam", naam, "--land", "NL", "--profiel", "kogerveld", stdout=uit)
    return School.objects.get(code=uit.getvalue().strip())


def _een(school: Any, mens: Mens, wachtwoord: str) -> int:
    from leerlingen import services
    from leerlingen.models import Leerling
    from zorg.kern import klok
    from zorg.kern.schoolcontext import schoolcontext

    with schoolcontext([school]):
        wie = services.persoon_toevoegen(
            school=school, roepnaam=mens["voornaam"], achternaam=mens["achternaam"], email=mens["email"],
            functie=mens.get("functie", ""), door=None,
        )  # fmt: skip
        services.account_maken(persoon=wie, wachtwoord=wachtwoord, door=None)
        vanaf = klok.vandaag(school)
        if rol := mens.get("rol"):
            services.aanstellen(
                persoon=wie, rol=rol, vanaf=vanaf, vakgebieden=tuple(mens.get("vakgebieden", ())), door=None
            )
        if groep := mens.get("groep"):
            jaar = services.schooljaar_van(school)
            rij = services.groep_zorgen(school=school, schooljaar=jaar, naam=groep, jaargroep="7", door=None)
            services.toewijzen(persoon=wie, groep=rij, door=None)
        if roepnaam := mens.get("ouder_van"):
            kind = Leerling.objects.systeemtoegang(reden="een ouder erbij").get(school=school, roepnaam=roepnaam)
            services.ouder_toevoegen(leerling=kind, persoon=wie, gezag="ja", vanaf=vanaf, door=None)
        return int(wie.pk)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(voeg_toe(json.load(sys.stdin), sys.argv[1])))
