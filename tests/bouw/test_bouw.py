"""The cast itself: complete, fresh for every test, and back after a test that emptied the tables."""

from collections.abc import Callable

import pytest
from django.db import connection

from leerlingen.models import Leerling
from tests.bouw import NU, Bezetting
from zorg.kern import klok, schoolcontext

pytestmark = pytest.mark.traag


def test_bezetting_is_compleet(op_school: Bezetting) -> None:
    leerlingen = Leerling.objects.systeemtoegang(reden="de proef op de bezetting")
    assert leerlingen.count() == 8
    assert klok.nu() == NU
    assert {naam for naam, _ in op_school.leden()} >= {"anna", "carla", "dirk", "extern"}


def test_geen_school_zonder_vragen(bezetting: Bezetting) -> None:
    assert not schoolcontext.is_gezet()


@pytest.mark.parametrize("keer", [1, 2])
def test_ieder_eigen_exemplaren(op_school: Bezetting, keer: int) -> None:
    assert op_school.bram.roepnaam == "Bram"
    op_school.bram.roepnaam = f"Anders {keer}"
    op_school.bram.save()


@pytest.mark.parametrize("keer", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_terug_na_leegmaken(op_school: Bezetting, keer: int) -> None:
    assert not connection.in_atomic_block
    assert Leerling.objects.systeemtoegang(reden="de proef op de bezetting").filter(pk=op_school.bram.pk).exists()


@pytest.mark.django_db
def test_werk_uitvoeren(op_school: Bezetting, werk_uitvoeren: Callable[..., int]) -> None:
    """The mails to the parent (consent, their own part) were planned, not sent; running the work sends them, once."""
    from django.core import mail

    assert not mail.outbox
    assert werk_uitvoeren() > 0
    assert [bericht.to for bericht in mail.outbox] == [[op_school.dirk.persoon.email]] * 2
    assert werk_uitvoeren() == 0


def test_aantallen_kan_falen() -> None:
    """The comparison of queries sees one that is asked for every row, and one page that asks too much."""
    from tests.bouw.vragen import vergelijk

    vergelijk(["select 1"] * 3, ["select 1"] * 3)
    with pytest.raises(AssertionError, match="3 queries with few rows, 31 with many"):
        vergelijk(["select 1"] * 3, ["select 1"] * 31)
    with pytest.raises(AssertionError):
        vergelijk(["select 1"] * 16, ["select 1"] * 16)


def test_lijst_kost_gelijk(bezetting: Bezetting) -> None:
    from django.urls import reverse

    from tests.bouw import fabriek
    from tests.bouw.aantallen import gelijk_aantal_queries
    from tests.rechten.aanvraag import browser
    from zorg.kern.schoolcontext import schoolcontext

    def maak(aantal: int) -> None:
        with schoolcontext([bezetting.kogerveld]):
            for nummer in range(aantal):
                fabriek.leerling(bezetting.kogerveld, f"Kind{nummer}", f"Van{aantal}", groep=bezetting.groep_6b)

    gelijk_aantal_queries(browser(bezetting, "bas"), reverse("leerlingen:lijst"), maak)
