"""The parents' part before a meeting: asked with the invitation, received or missing on the page, over afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Agendapunt
from leerlingen import services as eerste
from leerlingen.models import Ouderdeel, Taak
from tests.besprekingen.test_tafel import alles, gepland
from tests.bouw import NU, VANDAAG, Bezetting
from tests.bouw.vragen import vragen
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag
Inloggen = Callable[[Any], Any]


def delen(punt: Agendapunt) -> list[Ouderdeel]:
    return list(alles(Ouderdeel, document=punt.voorbereiding_id).select_related("document__stuk__leerling"))


def schrijf_en_stuur(b: Bezetting, deel: Ouderdeel, tekst: str) -> None:
    eerste.ouderdeel_bewaren(deel=deel, vraagcode="zorgen", tekst=tekst, basisversie=0, door=b.dirk.gebruiker)
    eerste.ouderdeel_insturen(deel=deel, door=b.dirk.gebruiker)


@pytest.mark.acceptatie("M-52")
def test_met_de_uitnodiging_vraagt_de_school_de_ouders_om_hun_deel(op_school: Bezetting) -> None:
    """Five days before the SOT, with who sits at the table; inviting again asks nobody twice."""
    b = op_school
    bespreking, punt = gepland(b, "sot", 10)
    assert not delen(punt)
    for _ in range(2):
        services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    deel = delen(punt)[0]
    assert (len(delen(punt)), deel.persoon_id, deel.voor) == (1, b.dirk.persoon.pk, VANDAAG + timedelta(days=5))
    assert "Carla Bedacht (intern begeleider)" in deel.lezers and "Dirk" not in deel.lezers
    assert "vrijdag 13 november" in deel.waarom and "Bram" not in deel.waarom


def test_eerder_vragen_met_de_hand(op_school: Bezetting) -> None:
    b = op_school
    bespreking, punt = gepland(b, "sot", 20)
    assert services.ouders_vooraf_vragen(punt=punt, door=b.carla.gebruiker) == 1
    assert services.ouders_vooraf_vragen(punt=punt, door=b.carla.gebruiker) == 0
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    assert len(delen(punt)) == 1
    _, zonder = gepland(b, "leerlingbespreking", 6)
    with pytest.raises(DomeinFout, match="hoort geen deel dat de ouders"):
        services.ouders_vooraf_vragen(punt=zonder, door=b.carla.gebruiker)


def test_verzetten_en_afzeggen_gaan_mee(op_school: Bezetting) -> None:
    """The day moves along; called off, the question is over and what was written stays the parent's."""
    b = op_school
    bespreking, punt = gepland(b, "sot", 10)
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    services.bespreking_verzetten(bespreking=bespreking, begin=NU + timedelta(days=17), door=b.carla.gebruiker)
    deel = delen(punt)[0]
    assert deel.voor == VANDAAG + timedelta(days=12)
    assert alles(Taak, sleutel=f"ouderdeel:{deel.pk}").get().voor == deel.voor
    eerste.ouderdeel_bewaren(deel=deel, vraagcode="goed", tekst="Voetbal", basisversie=0, door=b.dirk.gebruiker)
    services.bespreking_afzeggen(bespreking=bespreking, reden="Ziek", door=b.carla.gebruiker)
    assert delen(punt)[0].stand == "ingetrokken"
    assert alles(Taak, sleutel=f"ouderdeel:{deel.pk}").get().vervallen_op is not None


def test_wat_is_ingestuurd_blijft_na_de_bespreking(op_school: Bezetting) -> None:
    b = op_school
    bespreking, punt = gepland(b, "sot", 10)
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    schrijf_en_stuur(b, delen(punt)[0], "Hij slaapt slecht")
    services.bespreking_afzeggen(bespreking=bespreking, reden="Ziek", door=b.carla.gebruiker)
    assert delen(punt)[0].stand == "ingestuurd"


@pytest.mark.acceptatie("M-52")
def test_de_pagina_zegt_binnen_of_nog_niet(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """And shows what the parents sent in beside what the school says; the minutes take it over as a source."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking, punt = gepland(b, "sot", 10)
    carla = inloggen(b.carla.gebruiker)
    adres = f"/besprekingen/{bespreking.pk}/?punt={punt.pk}"
    assert "Vraag de ouders om hun deel" in carla.get(adres).content.decode()
    assert carla.post(f"/besprekingen/punten/{punt.pk}/ouders/").status_code == 302
    pagina = carla.get(adres).content.decode()
    assert "nog niet begonnen" in pagina and "Vraag de ouders om hun deel" not in pagina
    with schoolcontext([b.kogerveld]):
        schrijf_en_stuur(b, delen(punt)[0], "Hij slaapt slecht")
    pagina = carla.get(adres).content.decode()
    assert "deel ingestuurd" in pagina and "Hij slaapt slecht" in pagina
    assert len(vragen(carla, adres)) <= 15


@pytest.mark.acceptatie("K-146")
def test_het_rapport_wacht_op_een_gevraagde_zienswijze_en_neemt_hem_mee(op_school: Bezetting, klok_op: Any) -> None:
    """Asked in the portal: missing until it is sent in or its day has passed; then in the parent's own words."""
    b = op_school
    ib = b.carla.gebruiker
    stuk = eerste.stuk_maken(leerling=b.bram, soort="okr", titel="Rapport", door=ib)
    papier = eerste.document_maken(soort="okr", stuk=stuk, door=ib)
    eerste.publiceren(stuk=stuk, door=ib)
    eerste.ouderdeel_vragen(
        document=papier, waarom="Er komt een rapport.", lezers="de school", voor=VANDAAG + timedelta(days=5), door=ib
    )
    wacht = "Dirk Jansen is om een zienswijze gevraagd, vóór 8 november 2026, en heeft nog niets ingestuurd."
    assert wacht in services.okr_bekijken(leerling=b.bram, door=ib).ontbreekt
    klok_op(NU + timedelta(days=6))
    assert wacht not in services.okr_bekijken(leerling=b.bram, door=ib).ontbreekt
    deel = Ouderdeel.objects.systeemtoegang(reden="test").get(document=papier)
    velden: dict[str, Any] = {"deel": deel, "door": b.dirk.gebruiker}
    for code, tekst in (("eens", "nee"), ("zienswijze", "Wij zien een ander kind")):
        eerste.ouderdeel_bewaren(vraagcode=code, tekst=tekst, basisversie=0, **velden)
    eerste.ouderdeel_insturen(**velden)
    okr = services.okr_bekijken(leerling=b.bram, door=ib).okr
    assert [(z.naam, z.akkoord, z.woorden) for z in okr.zienswijzen] == [
        ("Dirk Jansen", False, "Wij zien een ander kind")
    ]
    assert okr.wacht_op == ()
