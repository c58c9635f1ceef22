"""What comes out: goals and their evaluation, decisions by two at once, agreements that come back until done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from besprekingen import selecties, services
from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Evaluatie
from leerlingen.models import Taak
from tests.bouw import NU, VANDAAG, Bezetting
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout, Verouderd
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Klok = Callable[[datetime], None]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def gepland(b: Bezetting, dagen: int, soort: str = "leerlingbespreking") -> Agendapunt:
    """A meeting about Bram so many days from now, with its item."""
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort=soort, begin=klok.nu() + timedelta(days=dagen), leerling=b.bram,
        sleutel=f"{soort}:{dagen}:{klok.nu()}", door=b.carla.gebruiker,
    )  # fmt: skip
    rijen = alles(Agendapunt, bespreking=bespreking)
    punt: Agendapunt = rijen.select_related("bespreking__school", "leerling__school", "stuk").get()
    return punt


def doel(b: Bezetting, punt: Agendapunt, weken: int = 6) -> Evaluatie:
    dag = punt.bespreking.begin.date() + timedelta(weeks=weken)
    return services.doel_stellen(punt=punt, doel="Lezen tot AVI M5", voor=dag, door=b.anna.gebruiker)


def houden(b: Bezetting, punt: Agendapunt) -> Bespreking:
    return services.bespreking_houden(bespreking=punt.bespreking, aanwezig=[], door=b.carla.gebruiker)


# -- goals ------------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-119")
def test_afronden_vraagt_een_doel_of_een_besluit(op_school: Bezetting) -> None:
    b = op_school
    punt = gepland(b, -1)
    with pytest.raises(DomeinFout, match="bij één leerling ontbreekt een doel of een besluit") as fout:
        houden(b, punt)
    assert fout.value.link and fout.value.link.endswith(f"?punt={punt.pk}")
    services.besluit_nemen(punt=punt, code="doorgaan", door=b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="ontbreekt een doel"):
        houden(b, punt)
    doel(b, punt)
    assert houden(b, punt).status == "gehouden"
    with pytest.raises(DomeinFout, match="al geweest of afgezegd"):
        houden(b, punt)


@pytest.mark.acceptatie("K-120")
def test_evalueren_binnen_acht_weken(op_school: Bezetting) -> None:
    b = op_school
    punt = gepland(b, -1)
    doel(b, punt, 8)
    with pytest.raises(DomeinFout, match=r"Evalueren kan .*; dat is de termijn van de school"):
        services.doel_stellen(
            punt=punt,
            doel="Later",
            voor=VANDAAG - timedelta(days=1) + timedelta(weeks=8, days=1),
            door=b.anna.gebruiker,
        )
    with pytest.raises(DomeinFout, match="De evaluatie ligt na de bespreking"):
        doel(b, punt, 0)


@pytest.mark.acceptatie("K-145")
def test_evalueren_niet_voor_de_bespreking_en_een_keer(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    punt = gepland(b, 6)
    evaluatie = doel(b, punt)
    taak = alles(Taak, sleutel=f"evaluatie:{evaluatie.pk}")
    uitspraak: dict[str, Any] = {"evaluatie": evaluatie, "uitkomst": "Gelukt", "door": b.anna.gebruiker}
    with pytest.raises(DomeinFout, match="Deze bespreking moet nog beginnen"):
        services.evalueren(vooruitgang="voldoende", **uitspraak)
    klok_op(NU + timedelta(days=30))
    with pytest.raises(DomeinFout, match="Kies of er genoeg vooruitgang is"):
        services.evalueren(vooruitgang="", **uitspraak)
    assert taak.get().klaar_op is None
    gedaan = services.evalueren(vooruitgang="onvoldoende", **uitspraak)
    assert (gedaan.vooruitgang, gedaan.geevalueerd_op) == ("onvoldoende", VANDAAG + timedelta(days=30))
    assert taak.get().klaar_op is not None
    with pytest.raises(DomeinFout, match="Dit doel is al geëvalueerd door Anna"):
        services.evalueren(vooruitgang="voldoende", **uitspraak)
    with pytest.raises(DomeinFout, match="al geëvalueerd en blijft staan"):
        services.doel_weghalen(evaluatie=gedaan, door=b.anna.gebruiker)
    with pytest.raises(PermissionDenied):
        services.evalueren(vooruitgang="voldoende", **uitspraak | {"door": b.bas.gebruiker})


# -- decisions --------------------------------------------------------------------------------------------------------


def test_een_besluit_moet_bij_de_bespreking_horen_en_ze_moet_begonnen_zijn(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match="Deze bespreking moet nog beginnen"):
        services.besluit_nemen(punt=gepland(b, 6), code="doorgaan", door=b.carla.gebruiker)
    with pytest.raises(DomeinFout, match="Kies een van de besluiten"):
        services.besluit_nemen(punt=gepland(b, -1), code="naar_bot", door=b.carla.gebruiker)


def test_wie_een_ander_besluit_niet_zag_krijgt_het_te_lezen(op_school: Bezetting, klok_op: Klok) -> None:
    """Both opened the page without a decision; the first wins, the second reads it and may then replace it."""
    b = op_school
    punt = gepland(b, -1)
    services.besluit_nemen(punt=punt, code="doorgaan", gezien="", door=b.anna.gebruiker)
    klok_op(NU + timedelta(minutes=1))
    with pytest.raises(Verouderd, match="Anna Bedacht legde hier intussen «Doorgaan met een doel» vast"):
        services.besluit_nemen(punt=punt, code="naar_sot", gezien="", door=b.carla.gebruiker)
    staat = alles(Besluit, agendapunt=punt).get()
    assert staat.code == "doorgaan"
    services.besluit_nemen(punt=punt, code="naar_sot", gezien=staat.genomen_op.isoformat(), door=b.carla.gebruiker)
    assert alles(Besluit, agendapunt=punt).get().code == "naar_sot"


def test_de_pagina_zegt_welk_besluit_men_zag(bezetting: Bezetting, inloggen: Any, klok_op: Klok) -> None:
    b = bezetting
    punt: Any = b.extra["punt"]
    browser = inloggen(b.carla.gebruiker)
    adres, besluit = f"/besprekingen/{punt.bespreking_id}/?punt={punt.pk}", f"/besprekingen/punten/{punt.pk}/besluit/"
    keuze = {"besluit": "naar_leerlingbespreking", "gezien": ""}
    assert 'name="gezien" value=""' in browser.get(adres).content.decode()
    assert browser.post(besluit, keuze).status_code == 302
    klok_op(NU + timedelta(minutes=1))
    geweigerd = browser.post(besluit, keuze | {"besluit": "groepsplan_bijstellen"})
    assert geweigerd.status_code in (409, 422)
    assert "intussen «Naar de leerlingbespreking» vast" in geweigerd.content.decode()
    with schoolcontext([b.kogerveld]):
        gezien = alles(Besluit, agendapunt=punt).get().genomen_op.isoformat()
    assert f'name="gezien" value="{gezien}"' in browser.get(adres).content.decode()
    assert browser.post(besluit, keuze | {"besluit": "groepsplan_bijstellen", "gezien": gezien}).status_code == 302


def test_twee_besluiten_op_hetzelfde_moment(zonder_transactie: Bezetting) -> None:
    """Two threads, each in its own transaction: one decision stands, the other gets a sentence."""
    b = zonder_transactie
    punt: Any = b.extra["punt"]
    samen, uitkomsten = threading.Barrier(2), []

    def beslis(code: str, wie: Any) -> None:
        try:
            with klok.stilgezet(NU), schoolcontext([b.kogerveld]):
                samen.wait(10)
                services.besluit_nemen(punt=punt, code=code, gezien="", door=wie.gebruiker)
                uitkomsten.append(code)
        except DomeinFout as fout:
            uitkomsten.append(fout.zin)
        finally:
            connection.close()

    draden = [
        threading.Thread(target=beslis, args=args)
        for args in (("groepsplan_bijstellen", b.anna), ("naar_leerlingbespreking", b.carla))
    ]
    with schoolcontext([b.kogerveld]):
        try:
            for draad in draden:
                draad.start()
            for draad in draden:
                draad.join(20)
            staat = alles(Besluit, agendapunt=punt).get()
            assert staat.code in uitkomsten
            assert len(uitkomsten) == 2 and any("legde hier intussen" in uit for uit in uitkomsten), uitkomsten
        finally:
            alles(Besluit, agendapunt=punt).delete()


# -- agreements -------------------------------------------------------------------------------------------------------


def open_bij(b: Bezetting, punt: Agendapunt) -> list[Actiepunt]:
    """The agreements of earlier meetings that the page of this one shows."""
    bespreking = alles(Bespreking, pk=punt.bespreking_id).annotate(
        mag_wijzigen=selecties.mag_wijzigen(b.carla.gebruiker)
    )
    return selecties.pagina_van(b.carla.gebruiker, bespreking.get(), punt.pk).afspraken


@pytest.mark.acceptatie("K-128")
def test_een_afspraak_komt_terug_tot_ze_klaar_is(op_school: Bezetting) -> None:
    """On the list of who does it, and on the agenda of every next meeting about the pupil, until it is done."""
    b = op_school
    eerste = gepland(b, -20)
    velden: dict[str, Any] = {
        "bespreking": eerste.bespreking, "punt": eerste, "onderwerp": "Lezen", "wie": b.duo.persoon,
        "voor": VANDAAG, "door": b.carla.gebruiker,
    }  # fmt: skip
    actie = services.actiepunt_toevoegen(stap="Tutorlezen", **velden)
    vervalt = services.actiepunt_toevoegen(stap="Boeken zoeken", **velden)
    with pytest.raises(DomeinFout, match="Schrijf op wat er gebeurt"):
        services.actiepunt_toevoegen(stap=" ", **velden)
    tweede, derde = gepland(b, -5), gepland(b, 6, "sot")
    eigen = [b.extra["actie"]]
    for later in (tweede, derde):
        assert {actie, vervalt} <= set(open_bij(b, later)) <= {actie, vervalt, *eigen}
    assert actie not in open_bij(b, eerste), "there it is an agreement of the meeting itself"
    taak = alles(Taak, sleutel=f"actiepunt:{actie.pk}")
    assert taak.get().persoon == b.duo.persoon and taak.get().voor == VANDAAG
    services.actiepunt_laten_vervallen(actie=vervalt, door=b.carla.gebruiker)
    services.actiepunt_afronden(actie=actie, door=b.duo.gebruiker)
    services.actiepunt_afronden(actie=actie, door=b.duo.gebruiker)
    assert taak.get().klaar_op is not None
    for later in (tweede, derde):
        assert {actie, vervalt}.isdisjoint(open_bij(b, later))
