"""What people typed comes back where it is needed, and what is over asks nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Agendapunt, Bespreking, Gesprek
from leerlingen.models import Antwoord, Taak
from tests.bouw import NU, Bezetting
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Klok = Callable[[datetime], None]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def teksten(document: Any) -> dict[str, str]:
    return dict(alles(Antwoord, document=document).values_list("vraagcode", "tekst"))


def gepland(b: Bezetting, soort: str, **velden: Any) -> Bespreking:
    return services.bespreking_plannen(
        school=b.kogerveld, soort=soort, begin=NU + timedelta(days=7), sleutel=velden.pop("sleutel", soort),
        door=b.carla.gebruiker, **velden,
    )  # fmt: skip


def test_de_hulpvraag_staat_ook_zonder_voorbereiding_in_het_verslag(op_school: Bezetting) -> None:
    """A group meeting has no preparation about one pupil: the question goes to the minutes."""
    b = op_school
    bespreking = gepland(b, "groepsbespreking", groep=b.groep_6a)
    services.leerling_inbrengen(bespreking=bespreking, leerling=b.bram, hulpvraag="Hoe?", door=b.anna.gebruiker)
    punt = alles(Agendapunt, bespreking=bespreking, leerling=b.bram).select_related("stuk__document").get()
    assert punt.voorbereiding_id is None
    assert teksten(punt.stuk.document)["hulpvraag"] == "Hoe?"


def test_een_gesprek_staat_bij_wie_het_zei_en_gaat_mee_naar_het_sot(op_school: Bezetting) -> None:
    b = op_school
    ib, dag = b.carla.gebruiker, NU.date()
    for soort, tekst in (("ouders", "Thuis telt hij."), ("kind", "Blokjes helpen mij.")):
        services.gesprek_vastleggen(leerling=b.bram, soort=soort, op=dag, tekst=tekst, door=ib)
    ouders, kind = alles(Gesprek, leerling=b.bram).select_related("stuk__document").order_by("-soort")
    assert teksten(ouders.stuk.document)["ouders"] == "Thuis telt hij."
    assert teksten(kind.stuk.document)["eigen_woorden"] == "Blokjes helpen mij."
    gepland(b, "sot", leerling=b.bram)
    punt = alles(Agendapunt, bespreking__soort="sot", leerling=b.bram).select_related("voorbereiding").get()
    leerlingdeel = alles(Antwoord, document=punt.voorbereiding, sectiecode="leerling", vraagcode="goed").get()
    assert (leerlingdeel.tekst, bool(leerlingdeel.bron)) == ("Blokjes helpen mij.", True)


def test_naar_een_bespreking_van_gisteren_komt_niemand_meer(op_school: Bezetting, klok_op: Klok) -> None:
    """Not rounded off: who leads it still has to, the others need not come any more."""
    b = op_school
    bespreking = gepland(b, "groepsbespreking", groep=b.groep_6a)
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    sleutel = f"bespreking:{bespreking.pk}:"

    def open_voor() -> set[int]:
        rijen = Taak.objects.systeemtoegang(reden="test").open().filter(sleutel__startswith=sleutel)
        return set(rijen.values_list("persoon", flat=True))

    klok_op(bespreking.begin)
    assert {b.anna.persoon.pk, b.carla.persoon.pk} <= open_voor()
    klok_op(bespreking.begin + timedelta(hours=27))
    assert b.carla.persoon.pk in open_voor()
    assert b.anna.persoon.pk not in open_voor()


def test_wie_plant_ziet_wat_al_in_de_kalender_staat(bezetting: Bezetting, inloggen: Any) -> None:
    """The SOT of the year calendar is offered before a new one is made; the pupil is chosen already."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        sot = gepland(b, "sot", sleutel="jaar:2026-2027:sot:school:1")
    carla = inloggen(b.carla.gebruiker)
    pagina = carla.get(f"/besprekingen/leerlingen/{b.bram.pk}/nieuw/?soort=sot").content.decode()
    inbrengen = f"/besprekingen/{sot.pk}/inbrengen/?leerling={b.bram.pk}"
    assert inbrengen in pagina
    assert (
        "Al in de kalender"
        not in carla.get(f"/besprekingen/leerlingen/{b.bram.pk}/nieuw/?soort=leerlingbespreking").content.decode()
    )
    assert f'<option value="{b.bram.pk}" selected>' in carla.get(inbrengen).content.decode()
