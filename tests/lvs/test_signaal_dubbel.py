"""A signal that was sent twice stands there once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from leerlingen.models import Dossierstuk
from lvs import services
from tests.bouw import NU, Bezetting
from tests.lvs.test_signalen_vastleggen import leg_vast
from zorg.kern import klok
from zorg.kern.schoolcontext import schoolcontext


def test_hetzelfde_twee_keer_geeft_het_eerste(op_school: Bezetting, klok_op: Callable[[datetime], None]) -> None:
    b = op_school
    eerste = leg_vast(b)
    assert leg_vast(b, tekst="Dwaalt snel af. ") == eerste
    anders: list[dict[str, Any]] = [
        {"tekst": "Dwaalt af."}, {"bron": "ouders"}, {"leerling": b.bram}, {"door": b.carla.gebruiker},
        {"vertrouwelijkheid": "vertrouwelijk"}, {"categorie": "spraak_taal"},
    ]  # fmt: skip
    assert eerste not in [leg_vast(b, **velden) for velden in anders]
    services.signaal_afsluiten(signaal=eerste, reden="Het is over.", door=b.anna.gebruiker)
    assert leg_vast(b) != eerste, "it came back"
    klok_op(NU + timedelta(minutes=2))
    assert leg_vast(b) != eerste


def test_ook_als_ze_tegelijk_komen(zonder_transactie: Bezetting) -> None:
    """Three threads, each in its own transaction."""
    b = zonder_transactie
    samen, gemaakt = threading.Barrier(3), []

    def stuur() -> None:
        try:
            with klok.stilgezet(NU), schoolcontext([b.kogerveld]):
                samen.wait(10)
                gemaakt.append(leg_vast(b, tekst="Drie keer gedrukt.").pk)
        finally:
            connection.close()

    draden = [threading.Thread(target=stuur) for _ in range(3)]
    with schoolcontext([b.kogerveld]):
        stukken = Dossierstuk.objects.systeemtoegang(reden="test").filter(leerling=b.aya, soort="signaal")
        eerst = set(stukken.values_list("pk", flat=True))
        try:
            for draad in draden:
                draad.start()
            for draad in draden:
                draad.join(20)
            assert (len(gemaakt), len(set(gemaakt)), stukken.exclude(pk__in=eerst).count()) == (3, 1, 1)
        finally:
            stukken.exclude(pk__in=eerst).delete()
