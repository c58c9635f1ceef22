"""The only clock: time zones, the held clock, the shifted one, and days that are no ordinary days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from zorg.kern import klok
from zorg.kern.models.school import TIJDZONES, Land, School
from zorg.kern.schoolcontext import schoolcontext
from zorg.kern.templatetags.zorgpad import tijd

NEDERLAND, BELGIE, ARUBA = (
    SimpleNamespace(tijdzone=TIJDZONES[land]) for land in (Land.NEDERLAND, Land.BELGIE, Land.ARUBA)
)


@pytest.mark.parametrize(
    ("moment", "hier", "aruba"),
    [
        ("2026-11-03T00:30+01:00", date(2026, 11, 3), date(2026, 11, 2)),
        ("2026-11-03T05:30+01:00", date(2026, 11, 3), date(2026, 11, 3)),
        ("2028-02-29T00:00+01:00", date(2028, 2, 29), date(2028, 2, 28)),
        ("2027-03-28T01:59+01:00", date(2027, 3, 28), date(2027, 3, 27)),
        ("2027-03-28T03:01+02:00", date(2027, 3, 28), date(2027, 3, 27)),
        ("2026-10-25T02:30+02:00", date(2026, 10, 25), date(2026, 10, 24)),
        ("2026-12-31T23:59:59+01:00", date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_vandaag_is_van_de_school(klok_op: Callable[[str], None], moment: str, hier: date, aruba: date) -> None:
    klok_op(moment)
    assert (klok.vandaag(NEDERLAND), klok.vandaag(BELGIE), klok.vandaag(ARUBA)) == (hier, hier, aruba)
    assert klok.morgen(NEDERLAND) == hier + timedelta(days=1)


@pytest.mark.parametrize(
    ("tekst", "moment"),
    [
        ("2026-08-12", datetime(2026, 8, 12, 10, 0, tzinfo=UTC)),
        ("2026-08-12T09:00", datetime(2026, 8, 12, 7, 0, tzinfo=UTC)),
        ("2026-01-12T09:00", datetime(2026, 1, 12, 8, 0, tzinfo=UTC)),
        ("2026-08-12T09:00+00:00", datetime(2026, 8, 12, 9, 0, tzinfo=UTC)),
    ],
)
def test_moment_uit_de_omgeving(tekst: str, moment: datetime) -> None:
    """A date is its noon, a moment is Amsterdam's unless it says otherwise."""
    assert klok.lees_moment(tekst) == moment


@pytest.mark.parametrize("tekst", ["", "morgen", "2026-13-01", "12-08-2026"])
def test_onzin_als_moment_weigert(tekst: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        klok.lees_moment(tekst)


def test_nu_loopt_en_staat_stil() -> None:
    assert klok.nu().tzinfo is UTC and klok.nu() <= klok.nu()
    vast = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    with klok.stilgezet(vast):
        assert klok.nu() == klok.nu() == vast
        with klok.stilgezet(vast + timedelta(days=1)):
            assert klok.nu() == vast + timedelta(days=1)
        assert klok.nu() == vast
    assert klok.nu() != vast


def test_stilzetten_kan_niet_in_productie(settings: Any) -> None:
    settings.MODUS = "productie"
    with pytest.raises(ImproperlyConfigured), klok.stilgezet(datetime.now(UTC)):  # noqa: TID251
        pass


def test_verschoven_klok_geldt_voor_elke_draad(klok_overal: Callable[[str], None]) -> None:
    import threading

    klok_overal("2027-02-28T09:00")
    gezien: list[date] = []
    draad = threading.Thread(target=lambda: gezien.append(klok.vandaag(NEDERLAND)))
    draad.start()
    draad.join()
    assert gezien == [date(2027, 2, 28)]


@pytest.mark.django_db
def test_momenten_lezen_op_de_klok_van_de_school() -> None:
    """A meeting at a quarter past three on Aruba reads so on Aruba, wherever the program stands."""
    moment = datetime(2026, 11, 3, 19, 15, tzinfo=UTC)
    nederland, aruba = (School(pk=nummer, tijdzone=z.tijdzone) for nummer, z in ((1, NEDERLAND), (2, ARUBA)))
    with schoolcontext([aruba]):
        assert tijd(moment) == "15.15"
        with schoolcontext([nederland]):
            assert tijd(moment) == "20.15"
        assert tijd(moment) == "15.15"
    assert tijd(moment) == "20.15"
