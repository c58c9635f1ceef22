"""A goal, an agreement or a subject that was sent twice stands there once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from besprekingen import services
from besprekingen.models import Actiepunt, Evaluatie
from leerlingen.models import Taak
from tests.bouw import NU, VANDAAG, Bezetting

from .test_uitkomst import alles, gepland

Klok = Callable[[datetime], None]


def test_hetzelfde_doel(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    punt = gepland(b, 1)
    voor = punt.bespreking.begin.date() + timedelta(weeks=4)

    def stel(doel: str = "Lezen tot AVI M5", door: str = "anna") -> Evaluatie:
        return services.doel_stellen(punt=punt, doel=doel, voor=voor, door=b.lid(door).gebruiker)

    eerste = stel()
    assert stel(" Lezen tot AVI M5") == eerste
    assert alles(Taak, sleutel=f"evaluatie:{eerste.pk}").count() == 1
    assert eerste not in (stel("Rekenen"), stel(door="carla"))
    klok_op(NU + timedelta(minutes=2))
    assert stel() != eerste


def test_dezelfde_afspraak(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    punt = gepland(b, -1)

    def spreek_af(**anders: Any) -> Actiepunt:
        velden: dict[str, Any] = {
            "bespreking": punt.bespreking, "punt": punt, "onderwerp": "Lezen", "stap": "Tutorlezen",
            "wie": b.duo.persoon, "voor": VANDAAG, "door": b.carla.gebruiker,
        }  # fmt: skip
        return services.actiepunt_toevoegen(**(velden | anders))

    eerste = spreek_af()
    assert spreek_af() == eerste
    assert eerste not in (spreek_af(wie=b.anna.persoon), spreek_af(voor=None), spreek_af(punt=None))
    klok_op(NU + timedelta(minutes=2))
    assert spreek_af() != eerste


def test_hetzelfde_onderwerp(op_school: Bezetting) -> None:
    b = op_school
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort="teamvergadering", begin=NU + timedelta(days=3), sleutel="dubbel",
        door=b.carla.gebruiker,
    )  # fmt: skip
    wat = {"bespreking": bespreking, "door": b.carla.gebruiker}
    eerste = services.onderwerp_inbrengen(onderwerp="Buitenspelen", **wat)
    assert services.onderwerp_inbrengen(onderwerp="Buitenspelen", **wat) == eerste
    assert services.onderwerp_inbrengen(onderwerp="Overblijven", **wat) != eerste
