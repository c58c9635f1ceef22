"""Group plans at the meeting about their group: on the agenda whenever they are made, definitive when it is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Agendapunt, Bespreking
from besprekingen.services.groepsplannen import planbesluiten
from leerlingen import services as leerlingservices
from plannen import services as planservices
from plannen.besproken import tafels
from plannen.models import Groepsplan
from tests.bouw import NU, Bezetting
from tests.bouw.vragen import vergelijk, vragen
from tests.plannen.hulp import indelingen, maak, schrijf
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Klok = Callable[[datetime], None]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def gepland(b: Bezetting, dagen: int = 7, soort: str = "groepsbespreking") -> Bespreking:
    return services.bespreking_plannen(
        school=b.kogerveld, soort=soort, begin=NU + timedelta(days=dagen), sleutel=f"{soort}:{dagen}",
        groep=b.groep_6a, door=b.carla.gebruiker,
    )  # fmt: skip


def op_de_agenda(bespreking: Bespreking) -> list[str]:
    rijen = alles(Agendapunt, bespreking=bespreking, plan__isnull=False).select_related("plan").order_by("volgorde")
    return [rij.plan.vak for rij in rijen]


def klaar_voor_bespreking(b: Bezetting, plan: Groepsplan) -> Groepsplan:
    for rij in indelingen(plan).values():
        planservices.leerling_verplaatsen(indeling=rij, arrangement="basis", door=b.anna.gebruiker)
    return planservices.stand_wijzigen(plan=plan, naar="bespreken", door=b.anna.gebruiker)


@pytest.mark.acceptatie("K-154")
def test_een_plan_dat_later_komt_staat_ook_op_de_agenda(op_school: Bezetting) -> None:
    """The year calendar plans the meeting long before the plan: also then it is on the agenda, once."""
    b = op_school
    bespreking, volgend_jaar = gepland(b), gepland(b, 300, "resultaatgesprek")
    eerder = op_de_agenda(bespreking)
    maak(b, vak="spelling")
    assert op_de_agenda(bespreking) == [*eerder, "spelling"]
    assert op_de_agenda(volgend_jaar) == [], "another period, another plan"
    elders = leerlingservices.groep_zorgen(
        school=b.kogerveld, schooljaar=b.jaar, naam="5x", soort="stamgroep", jaargroep="5", door=None
    )
    leerlingservices.toewijzen(persoon=b.anna.persoon, groep=elders, door=None)
    maak(b, groepen=[elders], vak="begrijpend_lezen")
    assert op_de_agenda(bespreking) == [*eerder, "spelling"]


@pytest.mark.acceptatie("K-109")
def test_wat_besproken_en_akkoord_is_wordt_definitief(op_school: Bezetting, klok_op: Klok) -> None:
    """What the ib'er ticks while rounding off is definitive by the procedure; what is not complete stays as it was."""
    b = op_school
    bespreking = gepland(b)
    af, open_ = klaar_voor_bespreking(b, maak(b, vak="spelling")), maak(b, vak="begrijpend_lezen")
    klok_op(bespreking.begin + timedelta(minutes=50))
    besluiten = {besluit.plan.pk: besluit for besluit in planbesluiten(bespreking, b.carla.gebruiker)}
    assert (besluiten[af.pk].kan, besluiten[af.pk].klaar, besluiten[af.pk].naar) == (True, True, "definitief")
    assert not besluiten[open_.pk].klaar
    assert planbesluiten(bespreking, b.bas.gebruiker) == [], "the teacher of another group decides nothing here"
    services.bespreking_houden(bespreking=bespreking, aanwezig=[], plannen=[af.pk], door=b.carla.gebruiker)
    standen = {plan.pk: (plan.stand, plan.document.status) for plan in alles(Groepsplan).select_related("document")}
    assert standen[af.pk] == ("definitief", "definitief")
    assert standen[open_.pk] == ("concept", "concept")
    (tafel,) = (tafel for tafel in tafels(af, b.anna.gebruiker) if tafel.gehouden)
    assert tafel.naam == "Groepsbespreking groep 6a"
    assert tafels(af, b.bas.gebruiker) == []


def test_een_plan_dat_niet_af_is_houdt_het_afronden_tegen(op_school: Bezetting, klok_op: Klok) -> None:
    """Ticked though something is missing, or not on this agenda: nothing is held and nothing changed."""
    b = op_school
    bespreking = gepland(b)
    plan: Any = b.extra["groepsplan"]
    klok_op(bespreking.begin + timedelta(minutes=50))
    for sleutel, zin in (
        (plan.pk, "«definitief» kan nog niet: nog 4 keuzes bij leerlingen"),
        (0, "intussen veranderd"),
    ):
        with pytest.raises(DomeinFout, match=zin):
            services.bespreking_houden(bespreking=bespreking, aanwezig=[], plannen=[sleutel], door=b.carla.gebruiker)
    assert alles(Bespreking, pk=bespreking.pk).get().status != "gehouden"
    assert alles(Groepsplan, pk=plan.pk).get().stand == "concept"


def test_de_paginas_wijzen_naar_elkaar(bezetting: Bezetting, inloggen: Any, klok_op: Klok) -> None:
    """The plan says where it is discussed, the meeting what its plans wait for; many plans cost no more queries."""
    b = bezetting
    bespreking: Any = b.extra["bespreking"]
    with schoolcontext([b.kogerveld]):
        plan = klaar_voor_bespreking(b, maak(b, vak="spelling"))
    anna, carla = inloggen(b.anna.gebruiker), inloggen(b.carla.gebruiker)
    tekst = anna.get(f"/plannen/{plan.pk}/").content.decode()
    assert "Hierna: bespreken" in tekst
    assert f'href="/besprekingen/{bespreking.pk}/"' in tekst
    klok_op(bespreking.begin + timedelta(minutes=50))
    assert "klaar voor bespreking" in carla.get(f"/besprekingen/{bespreking.pk}/").content.decode()
    paginas = (f"/besprekingen/{bespreking.pk}/", f"/besprekingen/{bespreking.pk}/houden/")
    weinig = [vragen(carla, url) for url in paginas]
    with schoolcontext([b.kogerveld]):
        klaar_voor_bespreking(b, maak(b, vak="begrijpend_lezen"))
        te_schrijven = maak(b, vak="technisch_lezen")
        schrijf(te_schrijven, "groep", "aandachtspunten", "Tempo", b.anna.gebruiker)
    for url, eerder in zip(paginas, weinig, strict=True):
        vergelijk(eerder, vragen(carla, url))
    houden = carla.get(paginas[1]).content.decode()
    assert f'name="plan" value="{plan.pk}" id="p{plan.pk}" checked' in houden
    assert "ontbreekt nog" in houden
    assert carla.post(paginas[1], {"plan": [plan.pk, "x"]}).status_code == 302
    assert "besproken in" in anna.get(f"/plannen/{plan.pk}/").content.decode()
