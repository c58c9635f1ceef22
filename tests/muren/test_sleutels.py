"""Wall 4, composite keys: a row of one school cannot point at a row of another (ontwerp §4.3).

Row-level security does not stop this: the check of a plain foreign key goes past it. Tried for every key there is, as
the owner, in tables stripped (inside a transaction) of everything but that one key.
"""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tests.architectuur.hulp import is_geschiedenis, schoolmodellen
from tests.bouw import Bezetting
from zorg.kern.muren import sleutelnaam, sleutelvelden

SLEUTELS = [
    pytest.param(model._meta.db_table, veld.column, veld.remote_field.model._meta.db_table,
                 sleutelnaam(model._meta.db_table, veld.column), id=f"{model._meta.label}.{veld.name}")
    for model in schoolmodellen()
    if not is_geschiedenis(model)
    for veld in sleutelvelden(model)
]  # fmt: skip


def _kaal(eigenaar: psycopg.Connection[Any], tabel: str, behoud: str = "") -> None:
    """Take everything off a table that could refuse a row, but the named constraint and what keys point at."""
    eigenaar.execute(f'alter table "{tabel}" disable trigger user')  # type: ignore[arg-type]
    weg = eigenaar.execute(
        "select conname from pg_constraint where conrelid = %s::regclass and contype in ('c', 'f', 'x', 'u')"
        " and conname not in (%s, %s)",
        [tabel, behoud, f"{tabel[:50]}_school_id"],
    ).fetchall()
    verplicht = eigenaar.execute(
        "select column_name from information_schema.columns where table_schema = 'public' and table_name = %s"
        " and is_nullable = 'NO' and column_name not in ('id', 'school_id')",
        [tabel],
    ).fetchall()
    for (naam,) in weg:
        eigenaar.execute(f'alter table "{tabel}" drop constraint "{naam}"')  # type: ignore[arg-type]
    for (kolom,) in verplicht:
        eigenaar.execute(f'alter table "{tabel}" alter column "{kolom}" drop not null')  # type: ignore[arg-type]


def _rij(eigenaar: psycopg.Connection[Any], tabel: str, **kolommen: int) -> int:
    namen = ", ".join(f'"{naam}"' for naam in kolommen)
    vraag = f'insert into "{tabel}" ({namen}) values ({", ".join(["%s"] * len(kolommen))}) returning id'
    rij = eigenaar.execute(vraag, list(kolommen.values())).fetchone()  # type: ignore[arg-type]
    assert rij is not None
    return int(rij[0])


@pytest.mark.parametrize(("tabel", "kolom", "doel", "naam"), SLEUTELS)
def test_wijst_nooit_naar_een_andere_school(
    eigenaar: psycopg.Connection[Any], tabel: str, kolom: str, doel: str, naam: str
) -> None:
    _kaal(eigenaar, doel, naam if tabel == doel else "")
    if tabel != doel:
        _kaal(eigenaar, tabel, naam)
    ver = _rij(eigenaar, doel, school_id=2)
    dichtbij = _rij(eigenaar, doel, school_id=1)
    _rij(eigenaar, tabel, school_id=1, **{kolom: dichtbij})
    eigenaar.execute("set constraints all immediate")
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match=naam):
        _rij(eigenaar, tabel, school_id=1, **{kolom: ver})


def test_er_zijn_er_veel() -> None:
    assert len(SLEUTELS) > 40


def test_ook_als_app_met_beide_scholen(bezetting: Bezetting) -> None:
    """An account with two schools passes row-level security on both; the key still refuses. Raw SQL, as `app`."""
    from zorg.kern.schoolcontext import schoolcontext

    with (
        schoolcontext([bezetting.kogerveld, bezetting.anders]),
        pytest.raises(IntegrityError, match="schoolsleutel_"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into leerlingen_plaatsing (school_id, leerling_id, groep_id, stamgroep, jaargroep, periode, inzage)"
            " values (%s, %s, %s, false, '', '[2026-09-01,2026-10-01)', '[2026-09-01,2026-10-01)')",
            [bezetting.kogerveld.pk, bezetting.leerling_anders.pk, bezetting.groep_6a.pk],
        )
        cursor.execute("set constraints all immediate")


def test_ook_van_buiten_de_eigen_school(op_school: Bezetting) -> None:
    """The row is one's own, so the wall of rows lets it pass; the pupil at which it points is not."""
    with pytest.raises(IntegrityError, match="schoolsleutel_"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into leerlingen_leerlingtoewijzing (school_id, persoon_id, leerling_id, rol, periode)"
            " values (%s, %s, %s, 'rt', '[2026-09-01,2026-10-01)')",
            [op_school.kogerveld.pk, op_school.rt.persoon.pk, op_school.leerling_anders.pk],
        )
        cursor.execute("set constraints all immediate")


def test_ook_bij_wijzigen(op_school: Bezetting) -> None:
    with pytest.raises(IntegrityError, match="schoolsleutel_"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update leerlingen_dossierstuk set leerling_id = %s where id = %s",
            [op_school.leerling_anders.pk, op_school.notitie.pk],
        )
        cursor.execute("set constraints all immediate")
