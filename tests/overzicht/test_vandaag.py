"""Vandaag: what is ticked off, by whom, put back, and at what cost; and search over what one may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import Taak
from tests.bouw import Bezetting
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel
from zorg.overzicht import selecties

Inloggen = Callable[..., Any]


def klaar(taak: Taak) -> str:
    return f"/taken/{taak.pk}/klaar/"


def stand(b: Bezetting) -> Any:
    """When the task of 6a was done and by whom."""
    with schoolcontext([b.kogerveld]):
        taken = Taak.objects.systeemtoegang(reden="test").filter(pk=b.extra["taak"].pk)
        return taken.values_list("klaar_op", "klaar_door").get()


def test_een_taak_van_de_groep_is_voor_beiden_klaar(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, taak = bezetting, bezetting.extra["taak"]
    anna, els = inloggen(b.anna.gebruiker), inloggen(b.duo.gebruiker)
    assert taak.titel in els.get("/").content.decode()
    blad = anna.post(klaar(taak), follow=True).content.decode()
    assert "Afgevinkt: " in blad and "Vandaag afgevinkt (1)" in blad
    assert stand(b)[1] == b.anna.persoon.pk
    # the other one sees that it is done, and may put it back
    blad = els.get("/").content.decode()
    assert "Vandaag afgevinkt (1)" in blad
    assert els.post(klaar(taak), {"terug": "1"}).status_code == 302
    assert stand(b) == (None, None)
    with schoolcontext([b.kogerveld]):
        regels = Logregel.objects.systeemtoegang(reden="test").filter(handeling__startswith="taak_").order_by("pk")
        assert [(r.handeling, r.actor_id) for r in regels] == [
            ("taak_afgevinkt", b.anna.gebruiker.pk),
            ("taak_heropend", b.duo.gebruiker.pk),
        ]


def test_twee_keer_afvinken_is_een_keer(op_school: Bezetting) -> None:
    b, taak = op_school, op_school.extra["taak"]
    eerst = services.taak_afvinken(taak=taak, klaar=True, door=b.anna.gebruiker)
    nog_eens = services.taak_afvinken(taak=taak, klaar=True, door=b.duo.gebruiker)
    assert (nog_eens.klaar_op, nog_eens.klaar_door) == (eerst.klaar_op, b.anna.persoon)


@pytest.mark.parametrize("soort", ["actiepunt", "bespreking", "evalueren", "toestemming"])
def test_wat_door_een_daad_klaar_is_vinkt_niemand_af(op_school: Bezetting, inloggen: Inloggen, soort: str) -> None:
    b = op_school
    taak = services.taak_maken(
        school=b.kogerveld, soort=soort, sleutel="t", titel="Antwoorden", persoon=b.anna.persoon, link="/", door=None
    )
    with pytest.raises(DomeinFout, match="zodra u doet"):
        services.taak_afvinken(taak=taak, klaar=True, door=b.anna.gebruiker)
    assert klaar(taak) not in inloggen(b.anna.gebruiker).get("/").content.decode()


def test_een_vervallen_taak_blijft_vervallen(op_school: Bezetting) -> None:
    b, taak = op_school, op_school.extra["taak"]
    services.taak_laten_vervallen(school=b.kogerveld, sleutel=taak.sleutel, door=None)
    with pytest.raises(DomeinFout, match="hoeft niet meer"):
        services.taak_afvinken(taak=taak, klaar=True, door=b.anna.gebruiker)


def test_wat_gisteren_gedaan_is_staat_er_niet_meer(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, taak = bezetting, bezetting.extra["taak"]
    anna = inloggen(b.anna.gebruiker)
    anna.post(klaar(taak))
    with schoolcontext([b.kogerveld]):
        Taak.objects.systeemtoegang(reden="test").filter(pk=taak.pk).update(klaar_op=klok.nu() - timedelta(days=1))
    assert "Vandaag afgevinkt" not in anna.get("/").content.decode()


@pytest.mark.traag
def test_evenveel_vragen_bij_twee_als_bij_dertig(op_school: Bezetting, inloggen: Inloggen) -> None:
    b = op_school
    anna = inloggen(b.anna.gebruiker)

    def groei(van: int, tot: int) -> None:
        for nummer in range(van, tot):
            for code, soort in (("open", "lezen"), ("klaar", "schrijven")):
                taak = services.taak_maken(
                    school=b.kogerveld,
                    soort=soort,
                    sleutel=f"{code}:{nummer}",
                    titel=f"Taak {nummer}",
                    leerling=b.bram,
                    persoon=b.anna.persoon,
                    link="/",
                    door=None,
                )
                if code == "klaar":
                    services.taak_afvinken(taak=taak, klaar=True, door=b.anna.gebruiker)

    bladen = ("/", "/zoeken/?q=6a", "/zoeken/?q=bra")
    groei(0, 2)
    weinig = [vragen(anna, blad) for blad in bladen]
    groei(2, 30)
    for blad, eerst in zip(bladen, weinig, strict=True):
        vergelijk(eerst, vragen(anna, blad))


def test_de_deskundige_leest_tot_en_met_een_dag(bezetting: Bezetting, inloggen: Inloggen) -> None:
    blad = inloggen(bezetting.lid("extern").gebruiker).get("/").content.decode()
    assert "te lezen tot" in blad and "00.00" not in blad


@pytest.mark.parametrize(
    ("tot", "laatste"),
    [
        (datetime(2027, 1, 5, 23, 0, tzinfo=UTC), date(2027, 1, 5)),  # midnight in Amsterdam, in winter
        (datetime(2027, 6, 30, 22, 0, tzinfo=UTC), date(2027, 6, 30)),  # and in summer
        (datetime(2027, 1, 5, 15, 0, tzinfo=UTC), None),
    ],
)
def test_de_laatste_dag_voor_middernacht(bezetting: Bezetting, tot: datetime, laatste: date | None) -> None:
    assert selecties._laatste_dag(tot, bezetting.kogerveld) == laatste


# -- search --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wie", "tekst", "wel", "niet"),
    [
        ("anna", "bra", ["Leerlingen", "Bram"], []),
        ("anna", "rekenen 6a", ["Plannen", "6a"], ["Leerlingen"]),
        ("anna", "groepsbespreking", ["Besprekingen", "groep 6a"], []),
        ("carla", "6a", ["Groepen", "Plannen", "Besprekingen"], []),
        ("bas", "rekenen 6a", ["Niets gevonden"], []),
        ("bas", "bra", ["Niets gevonden"], ["Bram"]),
        ("ib_anders", "rekenen 6a", ["Niets gevonden"], []),
        ("ib_anders", "bra", ["Niets gevonden"], ["Bram"]),
        ("dirk", "rekenen", ["Niets gevonden"], []),
        ("extern", "6a", ["Niets gevonden"], []),
        ("anna", "²%_\\", ["Niets gevonden"], []),
    ],
)
def test_zoeken_in_wat_men_ziet(
    bezetting: Bezetting, inloggen: Inloggen, wie: str, tekst: str, wel: list[str], niet: list[str]
) -> None:
    antwoord = inloggen(bezetting.lid(wie).gebruiker).get("/zoeken/", {"q": tekst})
    assert antwoord.status_code == 200
    blad = antwoord.content.decode().partition("<main")[2]
    assert [woord for woord in wel if woord not in blad] == []
    assert [woord for woord in niet if woord in blad] == []
