"""Something to do for everybody who signs in; who manages the accounts begins at Beheer and finds it there."""

from __future__ import annotations

from datetime import timedelta

from leerlingen.services import taak_afronden, taak_maken
from plannen.models import Groepsplan
from zorg.overzicht.demo.basis import Demo, doordeweeks
from zorg.overzicht.demo.services import verlopen_taken

KNOP = "Openen"


def gedaan(demo: Demo) -> None:
    """What the procedure asked of people in the past was done in the past, the day before it had to be."""
    for sleutel, voor in verlopen_taken(demo.school, demo.vandaag):
        with demo.op(doordeweeks(voor - timedelta(days=1)), 16):
            taak_afronden(school=demo.school, sleutel=sleutel, door=demo.account("ib"))


def taken(demo: Demo, plan: Groepsplan, stuk_id: int) -> None:
    """Tasks for each role; those of parents come with what they are asked. `stuk_id` is what the expert may read."""
    dag = demo.vandaag
    vertrek = demo.kind("8", 0).leerling
    kindgesprek = demo.kind("6a", 4).leerling
    voor_groep = (
        ("6a", "groepsplan", "Groepsplan rekenen afmaken", f"/plannen/{plan.pk}/", 5),
        ("6a", "methodetoets", "Methodetoets spelling invoeren", "/toetsen/", -2),
        ("6b", "methodetoets", "Methodetoets rekenen invoeren", "/toetsen/", 1),
    )
    for groep, soort, titel, link, over in voor_groep:
        taak_maken(
            school=demo.school,
            soort=soort,
            sleutel=f"demo:{groep}:{soort}",
            titel=titel,
            groep=demo.groepen[0, groep],
            link=link,
            voor=dag + timedelta(days=over),
            door=None,
        )
    voor_iemand = (
        ("leerkracht", "kindgesprek", "Oplossingsgericht gesprek met de leerling", kindgesprek, None, 9),
        ("ib", "dossier", "Onderwijskundig rapport nakijken", vertrek, None, 3),
        ("ib", "groepsplannen", "Groepsplannen van deze periode nakijken", None, "/plannen/", 12),
        ("directeur", "verwijzing", "Verwijzing lezen voor het gesprek met de ouders", vertrek, None, 6),
        ("rekenspecialist", "meedenken", "Meedenken bij het groepsplan rekenen", None, f"/plannen/{plan.pk}/", 8),
        ("extern", "lezen", "Stukken lezen voor het BOT", None, f"/leerlingen/stukken/{stuk_id}/", 10),
    )
    for code, soort, titel, leerling, adres, over in voor_iemand:
        taak_maken(
            school=demo.school,
            soort=soort,
            sleutel=f"demo:{code}:{soort}",
            titel=titel,
            leerling=leerling,
            persoon=demo.personen[code],
            link=adres or (f"/leerlingen/{leerling.pk}/" if leerling else "/"),
            knop=KNOP,
            voor=dag + timedelta(days=over),
            door=None,
        )
