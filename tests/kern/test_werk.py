"""Due work: planned once, done once, again after a failure, never forgotten (ontwerp §6)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction
from kombu.exceptions import OperationalError

from tests.bouw import NU, Bezetting
from zorg.kern import klok, tasks, werk
from zorg.kern.models import Werk
from zorg.kern.schoolcontext import huidige_scholen

Klok = Callable[[datetime], None]


@pytest.fixture
def gedaan() -> Iterator[list[int]]:
    """What the handler of the kind `proef` was asked to do; object 13 fails."""
    lijst: list[int] = []

    def doe(rij: Werk) -> None:
        lijst.append(rij.object_id)
        assert huidige_scholen() == (rij.school,)
        if rij.object_id == 13:
            raise ZeroDivisionError("with a name: Bram Jansen")

    werk.registreer("proef", doe)
    yield lijst
    werk._uitvoerders.pop("proef")


def _plan(bezetting: Bezetting, nummer: int = 1, **extra: Any) -> Werk:
    return werk.inplannen("proef", school=bezetting.kogerveld, object_id=nummer, sleutel=f"proef:{nummer}", **extra)


def test_een_keer_gepland_een_keer_gedaan(bezetting: Bezetting, gedaan: list[int]) -> None:
    assert _plan(bezetting).pk == _plan(bezetting).pk
    rij = _plan(bezetting)
    assert werk.uitvoeren(rij.pk) is True
    assert werk.uitvoeren(rij.pk) is False
    rij.refresh_from_db()
    assert gedaan == [1] and rij.status == "klaar" and rij.klaar_op == NU and rij.voortgang == 100


def test_niet_voor_zijn_tijd(bezetting: Bezetting, gedaan: list[int], klok_op: Klok) -> None:
    rij = _plan(bezetting, vanaf=NU + timedelta(hours=1))
    assert rij.pk not in werk.open_werk() and not werk.uitvoeren(rij.pk)
    klok_op(NU + timedelta(hours=1))
    assert rij.pk in werk.open_werk() and werk.uitvoeren(rij.pk)


def test_onbekend_werk_wordt_niet_gepland(bezetting: Bezetting) -> None:
    with pytest.raises(KeyError):
        werk.inplannen("niemand doet dit", school=bezetting.kogerveld, object_id=1, sleutel="x")


def test_mislukt_werk_komt_terug_en_geeft_het_op(bezetting: Bezetting, gedaan: list[int], klok_op: Klok) -> None:
    """Later each time; after the last attempt the administrator sees it. The message of the error is not kept."""
    rij = _plan(bezetting, 13)
    nu, wachttijden = NU, []
    for _ in range(werk.MAX_POGINGEN):
        assert not werk.uitvoeren(rij.pk)
        rij.refresh_from_db()
        assert rij.fout == "ZeroDivisionError"
        wachttijden.append(rij.vanaf - nu)
        nu = rij.vanaf
        klok_op(nu)
    assert wachttijden == sorted(wachttijden) and max(wachttijden) <= timedelta(hours=1)
    assert rij.status == "mislukt" and rij.pogingen == werk.MAX_POGINGEN
    assert not werk.uitvoeren(rij.pk) and rij.pk not in werk.open_werk()


def test_wat_half_gedaan_is_wordt_teruggedraaid(bezetting: Bezetting) -> None:
    def doe(rij: Werk) -> None:
        werk.inplannen("half", school=rij.school, object_id=2, sleutel="half:2")
        raise ZeroDivisionError

    werk.registreer("half", doe)
    try:
        rij = werk.inplannen("half", school=bezetting.kogerveld, object_id=1, sleutel="half:1")
        assert not werk.uitvoeren(rij.pk)
        assert not Werk.objects.filter(sleutel="half:2").exists()
    finally:
        werk._uitvoerders.pop("half")


def test_een_werker_tegelijk(zonder_transactie: Bezetting) -> None:
    """While one worker has a row in hand, another passes it by instead of waiting or doing it again."""
    binnen, verder, gedaan = threading.Event(), threading.Event(), []

    def doe(rij: Werk) -> None:
        gedaan.append(rij.object_id)
        binnen.set()
        verder.wait(10)

    werk.registreer("lang", doe)
    rij = werk.inplannen("lang", school=zonder_transactie.kogerveld, object_id=1, sleutel="lang:1")
    Werk.objects.filter(pk=rij.pk).update(vanaf=NU - timedelta(days=400))  # the other thread has the real clock

    def in_draad() -> None:
        try:
            werk.uitvoeren(rij.pk)
        finally:
            connection.close()

    draad = threading.Thread(target=in_draad)
    try:
        draad.start()
        assert binnen.wait(10)
        assert werk.uitvoeren(rij.pk) is False
        verder.set()
        draad.join(10)
        assert gedaan == [1] and Werk.objects.get(pk=rij.pk).status == "klaar"
    finally:
        verder.set()
        draad.join(10)
        werk._uitvoerders.pop("lang")
        Werk.objects.filter(pk=rij.pk).delete()


def test_de_werker_wordt_na_het_vastleggen_gewekt(
    bezetting: Bezetting, gedaan: list[int], na_afloop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not earlier: a worker would look for a row that is not there yet. Later work waits for the sweep."""
    gewekt: list[int] = []
    monkeypatch.setattr(tasks.werk_uitvoeren, "delay", gewekt.append)
    with na_afloop():
        rij = _plan(bezetting)
        _plan(bezetting, 2, vanaf=NU + timedelta(days=1))
        assert not gewekt
    assert gewekt == [rij.pk] and not gedaan


def test_zonder_berichtenmakelaar_blijft_het_werk_staan(
    bezetting: Bezetting, gedaan: list[int], na_afloop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def weg(_: int) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.werk_uitvoeren, "delay", weg)
    with na_afloop():
        rij = _plan(bezetting)
    assert rij.pk in werk.open_werk()


def test_veger_wekt_wat_bleef_liggen(bezetting: Bezetting, gedaan: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """A flushed broker, a killed worker: the row is the memory."""
    gewekt: list[int] = []
    monkeypatch.setattr(tasks.werk_uitvoeren, "delay", gewekt.append)
    rij = _plan(bezetting)
    assert tasks.werk_oppakken() >= 1 and rij.pk in gewekt
    tasks.werk_uitvoeren(rij.pk)
    assert gedaan == [1] and rij.pk not in werk.open_werk()


def test_web_en_werker_kennen_dezelfde_makelaar() -> None:
    """The web process loads the Celery application, or `.delay` would talk to a broker that is not there."""
    assert current_app.main == "zorg"
    assert {"zorg.kern.tasks.werk_uitvoeren", "zorg.kern.tasks.werk_oppakken"} <= set(current_app.tasks)
    assert current_app.conf.beat_schedule["werk-oppakken"]["task"] == "zorg.kern.tasks.werk_oppakken"
    assert current_app.conf.task_acks_late and current_app.conf.task_reject_on_worker_lost


@pytest.mark.parametrize(
    "velden", [{"status": "klaar"}, {"status": "open", "klaar_op": NU}, {"status": "half"}], ids=str
)
def test_stand_en_moment_horen_bij_elkaar(bezetting: Bezetting, velden: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Werk.objects.create(soort="x", school=bezetting.kogerveld, object_id=1, sleutel="x", vanaf=klok.nu(), **velden)
