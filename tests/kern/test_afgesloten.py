"""The test house itself: no network, the right role, a clock that holds."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from zorg.kern import klok


def test_geen_netwerk() -> None:
    with pytest.raises((Warning, RuntimeError), match=r"192\.0\.2\.1"), socket.socket() as draad:
        draad.connect(("192.0.2.1", 80))


def test_deze_machine_mag_wel() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.django_db
def test_als_app() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        assert cursor.fetchone() == ("app", "app")


@pytest.mark.django_db(transaction=True)
def test_als_app_ook_zonder_transactie() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("app",)


def test_klok_staat_stil(klok_op: Callable[[datetime | str], None]) -> None:
    klok_op("2027-02-28T09:00")
    assert klok.nu() == datetime(2027, 2, 28, 8, 0, tzinfo=UTC)
    klok_op(datetime(2028, 2, 29, 12, 0, tzinfo=ZoneInfo("America/Aruba")))
    assert klok.nu() == datetime(2028, 2, 29, 16, 0, tzinfo=UTC)
