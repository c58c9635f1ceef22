"""Wall 3, row-level security: the database itself shows a school's rows to that school alone (ontwerp §4.3).

Raw SQL as `app`, past every queryset.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from leerlingen.models import Leerling
from tests.architectuur.hulp import ZONDER_BELEID, schoolmodellen
from tests.bouw import Bezetting
from zorg.kern import schoolcontext as module
from zorg.kern.fouten import GeenSchoolcontext
from zorg.kern.middleware import schoolcontext_van_gebruiker
from zorg.kern.schoolcontext import huidige_scholen, schoolcontext

TABELLEN = sorted(m._meta.db_table for m in schoolmodellen() if m._meta.label not in ZONDER_BELEID)


def sql(vraag: str, *waarden: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden or None)
        return cursor.fetchall() if cursor.description else []


def instelling() -> str:
    return sql("select coalesce(current_setting('zorgpad.scholen', true), '')")[0][0]


def test_zonder_school_geen_rij(bezetting: Bezetting, eigenaar: psycopg.Connection[Any]) -> None:
    gevuld = 0
    for tabel in TABELLEN:
        gevuld += eigenaar.execute(f'select count(*) from "{tabel}"').fetchone()[0] > 0  # type: ignore[index]
        assert sql(f'select count(*) from "{tabel}"') == [(0,)], tabel
    assert gevuld > 20, "the cast fills most tables, or this proves nothing"


def test_alleen_de_eigen_school(bezetting: Bezetting, eigenaar: psycopg.Connection[Any]) -> None:
    for school in (bezetting.kogerveld, bezetting.anders):
        with schoolcontext([school]):
            for tabel in TABELLEN:
                van_wie = {rij[0] for rij in sql(f'select distinct school_id from "{tabel}"')}
                assert van_wie <= {school.pk}, tabel
                alle = eigenaar.execute(f'select count(*) from "{tabel}" where school_id = %s', [school.pk]).fetchone()
                assert sql(f'select count(*) from "{tabel}"') == [alle], tabel


def test_twee_scholen(bezetting: Bezetting) -> None:
    """A parent with children at two schools has both in the list."""
    with schoolcontext([bezetting.kogerveld, bezetting.anders]):
        van_wie = {rij[0] for rij in sql("select school_id from leerlingen_leerling")}
    assert van_wie == {bezetting.kogerveld.pk, bezetting.anders.pk}


def _geweigerd(vraag: str, *waarden: Any) -> str:
    with pytest.raises(DatabaseError) as fout, transaction.atomic():
        sql(vraag, *waarden)
    return str(fout.value)


@pytest.mark.parametrize("tabel", TABELLEN)
def test_geen_rij_voor_een_ander(op_school: Bezetting, tabel: str) -> None:
    """An insert for another school is refused; the same for one's own fails on what is missing, not on the wall."""
    vraag = f'insert into "{tabel}" (school_id) values (%s)'
    assert "row-level security" in _geweigerd(vraag, op_school.anders.pk)
    assert "row-level security" not in _geweigerd(vraag, op_school.kogerveld.pk)
    with schoolcontext([]):
        assert "row-level security" in _geweigerd(vraag, op_school.kogerveld.pk)


def test_geen_rij_naar_een_ander(op_school: Bezetting) -> None:
    """Nor can a row be moved to another school, or be changed or deleted from outside."""
    weg = _geweigerd(
        "update leerlingen_leerling set school_id = %s where id = %s", op_school.anders.pk, op_school.bram.pk
    )
    assert "row-level security" in weg
    with schoolcontext([op_school.anders]), connection.cursor() as cursor:
        cursor.execute("update leerlingen_leerling set roepnaam = 'X' where id = %s", [op_school.bram.pk])
        assert cursor.rowcount == 0
        cursor.execute("delete from leerlingen_taak")
        assert cursor.rowcount == 0


def test_een_school_verdwijnt_niet_met_haar_rijen(op_school: Bezetting) -> None:
    from django.db.models import ProtectedError

    with pytest.raises((ProtectedError, DatabaseError)), transaction.atomic():
        op_school.anders.delete()
        sql("set constraints all immediate")


@pytest.mark.parametrize("waarde", ["", "0", "999999999"])
def test_rare_instelling_toont_niets(bezetting: Bezetting, waarde: str) -> None:
    with transaction.atomic():
        sql("select set_config('zorgpad.scholen', %s, true)", waarde)
        assert sql("select count(*) from leerlingen_leerling") == [(0,)]
        sql("select set_config('zorgpad.scholen', '', true)")


# -- the context of a request ------------------------------------------------------------------------------------


def _verzoek(gebruiker: Any) -> Any:
    verzoek = RequestFactory().get("/")
    verzoek.user = gebruiker
    return verzoek


def _leerlingen() -> set[int]:
    return {rij[0] for rij in sql("select id from leerlingen_leerling")}


def test_verzoek_zet_en_wist(bezetting: Bezetting) -> None:
    gezien: list[Any] = []

    def weergave(request: Any) -> HttpResponse:
        gezien.append((instelling(), [s.pk for s in huidige_scholen()], _leerlingen()))
        return HttpResponse()

    midden = schoolcontext_van_gebruiker(weergave)
    midden(_verzoek(bezetting.anna.gebruiker))
    school = bezetting.kogerveld.pk
    assert gezien[0][:2] == (str(school), [school])
    assert bezetting.bram.pk in gezien[0][2] and bezetting.leerling_anders.pk not in gezien[0][2]
    assert instelling() == "" and not module.is_gezet()


def test_volgende_lener_ziet_niets_van_de_vorige(bezetting: Bezetting) -> None:
    """The same connection, the next request: another school's account, then one without a school, then nobody."""
    gezien: list[set[int]] = []

    def weergave(request: Any) -> HttpResponse:
        gezien.append(_leerlingen())
        return HttpResponse()

    midden = schoolcontext_van_gebruiker(weergave)
    for gebruiker in (
        bezetting.carla.gebruiker,
        bezetting.ib_anders.gebruiker,
        bezetting.vertrokken.gebruiker,
        AnonymousUser(),
    ):
        midden(_verzoek(gebruiker))
    assert bezetting.bram.pk in gezien[0]
    assert gezien[1] == {bezetting.leerling_anders.pk}
    assert gezien[2:] == [set(), set()]


def test_ook_na_een_fout(bezetting: Bezetting) -> None:
    def weergave(request: Any) -> HttpResponse:
        assert instelling()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        schoolcontext_van_gebruiker(weergave)(_verzoek(bezetting.carla.gebruiker))
    assert instelling() == "" and not module.is_gezet()


def test_ook_na_een_fout_in_de_database(zonder_transactie: Bezetting) -> None:
    """Outside a test's own transaction, as in production: a broken transaction is rolled back and leaves no school."""

    def weergave(request: Any) -> HttpResponse:
        with transaction.atomic():
            sql("select 1/0")
        return HttpResponse()

    with pytest.raises(DatabaseError):
        schoolcontext_van_gebruiker(weergave)(_verzoek(zonder_transactie.carla.gebruiker))
    assert instelling() == ""


def test_een_terugdraaiing_neemt_de_school_niet_weg(zonder_transactie: Bezetting) -> None:
    """It is a session setting, made outside a transaction: a view whose transaction fails can still draw its page."""

    def weergave(request: Any) -> HttpResponse:
        with pytest.raises(DatabaseError), transaction.atomic():
            sql("select 1/0")
        assert zonder_transactie.bram.pk in _leerlingen()
        return HttpResponse()

    schoolcontext_van_gebruiker(weergave)(_verzoek(zonder_transactie.carla.gebruiker))
    assert instelling() == ""


def test_ook_na_een_verloren_verbinding(zonder_transactie: Bezetting) -> None:
    """When the setting cannot be cleared, the connection itself goes: nobody borrows it with a school in it."""

    def weergave(request: Any) -> HttpResponse:
        with pytest.raises(DatabaseError):
            sql("select pg_terminate_backend(pg_backend_pid())")
        return HttpResponse()

    schoolcontext_van_gebruiker(weergave)(_verzoek(zonder_transactie.carla.gebruiker))
    assert instelling() == "" and not module.is_gezet()


def test_niet_binnen_een_transactie(zonder_transactie: Bezetting, settings: Any) -> None:
    """In production the context is refused inside a transaction, where a rollback would take it away."""
    settings.MODUS = "demo"
    with transaction.atomic(), pytest.raises(GeenSchoolcontext), schoolcontext([zonder_transactie.kogerveld]):
        pass
    assert not module.is_gezet()


def test_stroom_houdt_zijn_school_tot_de_laatste_byte(bezetting: Bezetting) -> None:
    """The rows of a streaming response are read after the view, by the server; another request may come between."""

    def rijen() -> Iterator[bytes]:
        for _ in range(3):
            yield ",".join(map(str, sorted(_leerlingen()))).encode()

    def stromend(request: Any) -> StreamingHttpResponse:
        return StreamingHttpResponse(rijen())

    midden = schoolcontext_van_gebruiker(stromend)
    antwoord: Any = midden(_verzoek(bezetting.ib_anders.gebruiker))
    assert instelling() == ""
    delen = list(antwoord.streaming_content)
    assert delen == [str(bezetting.leerling_anders.pk).encode()] * 3
    assert instelling() == "" and not module.is_gezet()


def test_afgebroken_stroom_wist_ook(zonder_transactie: Bezetting) -> None:
    """The browser went away halfway: closing the response closes the stream and its school."""
    antwoord: Any = schoolcontext_van_gebruiker(lambda _: StreamingHttpResponse(iter([b"1", b"2"])))(
        _verzoek(zonder_transactie.ib_anders.gebruiker)
    )
    stroom = iter(antwoord.streaming_content)
    next(stroom)
    assert instelling() == str(zonder_transactie.anders.pk)
    antwoord.close()
    del stroom, antwoord
    assert instelling() == "" and not module.is_gezet()


def test_genest_en_weer_terug(bezetting: Bezetting) -> None:
    with schoolcontext([bezetting.kogerveld]):
        with schoolcontext([bezetting.anders]):
            assert instelling() == str(bezetting.anders.pk)
            assert set(Leerling.objects.systeemtoegang(reden="genest")) == {bezetting.leerling_anders}
        assert instelling() == str(bezetting.kogerveld.pk)
    assert instelling() == ""


def test_ander_draadje_heeft_geen_school(op_school: Bezetting) -> None:
    """A thread starts without a school: neither the setting nor the permission goes along by itself."""
    uit: list[bool] = []
    draad = threading.Thread(target=lambda: uit.append(module.is_gezet()))
    draad.start()
    draad.join()
    assert uit == [False]


def test_werk_heeft_de_school_van_zijn_rij(zonder_transactie: Bezetting) -> None:
    """The worker sets the row's school, and nothing of it is left afterwards, also when the work fails."""
    from zorg.kern import werk
    from zorg.kern.models import Werk

    gezien: list[str] = []

    def doe(rij: Any) -> None:
        gezien.append(instelling())
        if rij.object_id == 2:
            raise ZeroDivisionError

    werk.registreer("proef_school", doe)
    try:
        for nummer, school in enumerate([zonder_transactie.kogerveld, zonder_transactie.anders], 1):
            rij = werk.inplannen("proef_school", school=school, object_id=nummer, sleutel=f"proef:{nummer}")
            werk.uitvoeren(rij.pk)
            assert instelling() == ""
    finally:
        werk._uitvoerders.pop("proef_school")
        Werk.objects.filter(soort="proef_school").delete()
    assert gezien == [str(zonder_transactie.kogerveld.pk), str(zonder_transactie.anders.pk)]
