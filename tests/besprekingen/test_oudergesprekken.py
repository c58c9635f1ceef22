"""How many talks with parents are due: pure rules, the page of a group, the task, and who may look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from besprekingen import services
from besprekingen.oudergesprekken import grenzen, nodig_per_jaar, stand
from besprekingen.services.oudergesprekken import oudergesprekken_herinneren
from leerlingen import services as eerste
from leerlingen.models import Taak
from leerlingen.profiel import lees_ingebouwd
from tests.bouw import Bezetting, fabriek
from tests.bouw.aantallen import gelijk_aantal_queries
from zorg.kern.schoolcontext import schoolcontext

VAN, TOT = date(2026, 8, 1), date(2027, 8, 1)


def bij(*op: date, aantal: int = 2, dag: date = date(2026, 11, 3), sinds: date | None = None) -> tuple[object, ...]:
    uit = stand(op, van=VAN, tot=TOT, aantal=aantal, dag=dag, sinds=sinds)
    return uit.gehouden, uit.nodig, uit.voor, uit.te_laat


@pytest.mark.parametrize(
    ("profiel", "gewoon", "extra"), [("kogerveld", 2, 2), ("demeent", 2, 4), ("loshoes", 3, 3), ("aruba", 3, 3)]
)
def test_hoeveel_de_procedure_vraagt(profiel: str, gewoon: int, extra: int) -> None:
    vorm = lees_ingebouwd(profiel)
    assert (nodig_per_jaar(vorm, extra=False), nodig_per_jaar(vorm, extra=True)) == (gewoon, extra)


def test_de_grenzen_verdelen_het_jaar() -> None:
    assert grenzen(VAN, TOT, 2) == [date(2027, 1, 30), TOT]
    assert grenzen(VAN, TOT, 4)[0] == date(2026, 10, 31)


@pytest.mark.acceptatie("K-102")
def test_twee_per_jaar_elk_in_een_half_jaar() -> None:
    assert bij() == (0, 2, date(2027, 1, 30), False)
    assert bij(dag=date(2027, 1, 29)) == (0, 2, date(2027, 1, 30), False)
    assert bij(dag=date(2027, 1, 30)) == (0, 2, date(2027, 1, 30), True)
    assert bij(date(2026, 5, 20), date(2026, 7, 1)) == bij(), "those of last year do not count"
    assert bij(date(2026, 9, 20)) == (1, 2, TOT, False)
    assert bij(date(2026, 9, 20), date(2026, 10, 20)) == (2, 2, None, False)


def test_wat_niet_meetelt() -> None:
    """Another year, or a day that has not come."""
    assert bij(date(2026, 7, 31), date(2027, 8, 1), date(2026, 11, 4)) == (0, 2, date(2027, 1, 30), False)


def test_wie_later_kwam_hoeft_niet_alles_in_te_halen() -> None:
    assert bij(sinds=date(2027, 2, 1), dag=date(2027, 2, 3)) == (0, 1, TOT, False)
    assert bij(sinds=date(2020, 8, 1)) == bij()


@pytest.mark.acceptatie("M-72")
def test_vier_per_jaar_met_extra_ondersteuning() -> None:
    vorm = lees_ingebouwd("demeent")
    assert (nodig_per_jaar(vorm, extra=True), nodig_per_jaar(vorm, extra=False)) == (4, 2)
    assert bij(aantal=4) == (0, 4, date(2026, 10, 31), True)
    assert bij(date(2026, 9, 1), aantal=4) == (1, 4, date(2027, 1, 30), False)


@given(
    st.lists(st.integers(-40, 400), max_size=6),
    st.integers(1, 6),
    st.integers(0, 364),
    st.none() | st.integers(-9, 380),
)
def test_altijd_hetzelfde_verhaal(dagen: list[int], aantal: int, dag: int, sinds: int | None) -> None:
    """Enough or a day that is due, never both; one talk more never makes it later."""
    op = [VAN + timedelta(days=d) for d in dagen]
    velden = {"van": VAN, "tot": TOT, "aantal": aantal, "dag": VAN + timedelta(days=dag)}
    kwam = None if sinds is None else VAN + timedelta(days=sinds)
    nu = stand(op, sinds=kwam, **velden)  # type: ignore[arg-type]
    meer = stand([*op, velden["dag"]], sinds=kwam, **velden)  # type: ignore[arg-type, list-item]
    assert nu.genoeg == (nu.gehouden >= nu.nodig) and nu.nodig <= aantal
    assert meer.gehouden == nu.gehouden + 1 and (meer.genoeg or not nu.genoeg)
    assert not (meer.te_laat and not nu.te_laat)


# -- on screen and on the list of today -------------------------------------------------------------------------------

Inloggen = Callable[[Any], Any]


def voer(b: Bezetting, kind: Any, op: date, soort: str = "ouders") -> None:
    services.gesprek_vastleggen(leerling=kind, soort=soort, op=op, door=b.anna.gebruiker)


@pytest.mark.acceptatie("K-102")
@pytest.mark.acceptatie("M-71")
def test_de_groep_laat_zien_met_welke_ouders_nog_gepraat_moet_worden(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """One of two about Bram; a talk with Aya herself does not count. Who waits longest stands first."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        voer(b, b.bram, date(2026, 10, 1))
        voer(b, b.aya, date(2026, 10, 1), "kind")
    anna = inloggen(b.anna.gebruiker)
    adres = f"/besprekingen/groepen/{b.groep_6a.pk}/gesprekken/"
    pagina = anna.get(adres).content.decode()
    assert "1 van 2" in pagina and pagina.count("0 van 2") == 4
    assert pagina.index("Haddad") < pagina.index("Jansen"), "who waits longest stands first"
    assert "30 januari" in pagina
    assert (
        f"/besprekingen/groepen/{b.groep_6a.pk}/gesprekken/" in anna.get(f"/groepen/{b.groep_6a.pk}/").content.decode()
    )
    tab = anna.get(f"/besprekingen/leerlingen/{b.bram.pk}/").content.decode()
    assert "Met de ouders dit schooljaar: 1 van 2." in tab
    assistent = inloggen(b.assistent.gebruiker).get(f"/besprekingen/leerlingen/{b.bram.pk}/").content.decode()
    assert "Met de ouders dit schooljaar" not in assistent


def test_een_definitief_formulier_is_ook_een_gesprek(op_school: Bezetting) -> None:
    from besprekingen.services.oudergesprekken import gespreksstanden

    b = op_school
    for nummer in range(2):  # a form in progress is no talk yet
        stuk = eerste.stuk_maken(leerling=b.bram, soort="oudergesprek", titel="Gesprek", door=b.anna.gebruiker)
        papier = eerste.document_maken(soort="oudergesprek", stuk=stuk, door=b.anna.gebruiker)
        if nummer:
            fabriek.volledig(papier, b.anna.gebruiker)
            eerste.document_vaststellen(document=papier, door=b.anna.gebruiker)
    assert gespreksstanden([b.bram], b.jaar, date(2026, 11, 3))[b.bram.pk].gehouden == 1


@pytest.mark.acceptatie("M-71")
def test_de_leerkracht_krijgt_op_tijd_een_taak_en_hij_is_klaar_na_het_laatste_gesprek(
    op_school: Bezetting, klok_op: Callable[[str], None]
) -> None:
    b = op_school
    assert oudergesprekken_herinneren(school=b.kogerveld) == 0
    klok_op("2026-12-21T09:00")
    assert oudergesprekken_herinneren(school=b.kogerveld) == 2
    assert oudergesprekken_herinneren(school=b.kogerveld) == 0
    taak = Taak.objects.zichtbaar_voor(b.anna.gebruiker).get(soort="oudergesprekken")
    assert taak.voor == date(2027, 1, 30) and "Van 5 van de 5 leerlingen" in taak.uitleg
    for kind in (b.bram, b.aya, b.zoe, b.bobby):
        voer(b, kind, date(2026, 12, 21))
    assert Taak.objects.zichtbaar_voor(b.anna.gebruiker).open().filter(pk=taak.pk).exists()
    voer(b, b.mononiem, date(2026, 12, 21))
    assert not Taak.objects.zichtbaar_voor(b.anna.gebruiker).open().filter(pk=taak.pk).exists()


@pytest.mark.traag
def test_de_lijst_kost_bij_2_en_30_leerlingen_hetzelfde(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting

    def kinderen(aantal: int) -> None:
        with schoolcontext([b.kogerveld]):
            for nummer in range(aantal):
                kind = fabriek.leerling(b.kogerveld, f"Kind{aantal}{nummer}", groep=b.groep_6b)
                services.gesprek_vastleggen(leerling=kind, soort="ouders", op=date(2026, 10, 1), door=b.bas.gebruiker)

    gelijk_aantal_queries(inloggen(b.bas.gebruiker), f"/besprekingen/groepen/{b.groep_6b.pk}/gesprekken/", kinderen)
