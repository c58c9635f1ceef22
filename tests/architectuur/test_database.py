"""The walls as they stand in the database: policies, keys, owners, privileges (ontwerp §4.3, §4.4)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.architectuur.hulp import ZONDER_BELEID, is_geschiedenis, schoolmodellen
from tests.bouw import Bezetting
from zorg.kern.muren import REGEL, sleutelnaam, sleutelvelden

pytestmark = pytest.mark.django_db
MODELLEN = [m for m in schoolmodellen() if m._meta.label not in ZONDER_BELEID]
GEEN_BELEID = {m._meta.db_table for m in schoolmodellen() if m._meta.label in ZONDER_BELEID}
ALLEEN_ERBIJ = sorted({"logboek_logregel", *(m._meta.db_table for m in MODELLEN if is_geschiedenis(m))})


def sql(vraag: str, *waarden: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden or None)
        return cursor.fetchall()


def test_elke_tabel_met_een_school_heeft_beleid() -> None:
    """Read from the database, so also for tables without a model: enabled, one policy, and the right one."""
    tabellen = sql(
        """
        select c.relname, c.relrowsecurity, c.relispartition, p.polqual is not null,
               pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid), p.polcmd, p.polroles
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'school_id' and not a.attisdropped
        left join pg_policy p on p.polrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        """
    )
    gezien, regels = set(), set()
    for naam, aan, deel, heeft, lezen, schrijven, opdracht, rollen in tabellen:
        if naam in GEEN_BELEID:
            continue
        gezien.add(naam)
        assert aan, f"{naam}: row-level security is off"
        if deel:  # a partition: no policy shows nothing, and `app` reaches it through its parent alone
            assert not heeft, naam
            continue
        assert heeft, f"{naam}: no policy (Schoolmuren in its migration?)"
        assert lezen == schrijven, f"{naam}: another rule for writing than for reading"
        assert (opdracht, rollen) in (("*", "{0}"), ("*", [0])), f"{naam}: not for every act of everyone"
        regels.add(lezen)
    assert {m._meta.db_table for m in MODELLEN} <= gezien
    assert len(regels) == 1, regels
    assert "current_setting('zorgpad.scholen'" in regels.pop() and "zorgpad.scholen" in REGEL


def test_delen_zijn_alleen_via_het_geheel_bereikbaar() -> None:
    fout = sql(
        """
        select relname from pg_class where relispartition and relkind = 'r' and relnamespace = 'public'::regnamespace
        and (has_table_privilege('app', oid, 'select') or has_table_privilege('app', oid, 'insert')
             or has_table_privilege('app', oid, 'update') or has_table_privilege('app', oid, 'delete'))
        """
    )
    assert not fout, fout


def test_elke_sleutel_tussen_schooltabellen_is_samengesteld() -> None:
    """Every foreign key between tables of a school has its twin with the school in it; and there are no others."""
    staan = {
        naam: (tabel, doel, kolommen, naar, uitgesteld)
        for naam, tabel, doel, kolommen, naar, uitgesteld in sql(
            """
            select k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text,
              (select array_agg(a.attname order by i) from unnest(k.conkey) with ordinality u(n, i)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
              (select array_agg(a.attname order by i) from unnest(k.confkey) with ordinality u(n, i)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n), k.condeferred
            from pg_constraint k where k.contype = 'f' and k.convalidated and cardinality(k.conkey) = 2
            """
        )
    }
    verwacht = {
        sleutelnaam(m._meta.db_table, veld.column): (
            m._meta.db_table,
            veld.remote_field.model._meta.db_table,
            ["school_id", veld.column],
            ["school_id", "id"],
            True,
        )
        for m in MODELLEN
        if not is_geschiedenis(m)
        for veld in sleutelvelden(m)
    }
    assert verwacht, "there are keys"
    ontbreekt = {n: w for n, w in verwacht.items() if staan.get(n) != w}
    assert not ontbreekt, ontbreekt
    assert set(staan) == set(verwacht)


def test_app_bezit_niets_en_is_niets() -> None:
    rol = sql(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'app'"
    )
    assert rol == [(False,) * 5]
    assert not sql("select 1 from pg_auth_members where member = 'app'::regrole"), "app is a member of no role"
    bezit = sql(
        """
        select relname::text from pg_class where relowner = 'app'::regrole and relpersistence <> 't'
        union all select proname::text from pg_proc where proowner = 'app'::regrole
        union all select nspname::text from pg_namespace where nspowner = 'app'::regrole and nspname !~ '^pg_'
        union all select datname::text from pg_database where datdba = 'app'::regrole
        union all select typname::text from pg_type where typowner = 'app'::regrole
        """
    )
    assert not bezit, bezit
    assert sql("select has_schema_privilege('app', 'public', 'create')") == [(False,)]
    assert sql("select count(*) from pg_class where relforcerowsecurity") == [(0,)], "enabled, not forced"


def test_app_maakt_en_verandert_geen_tabellen() -> None:
    for vraag in (
        "create table proef (x int)",
        "alter table leerlingen_leerling disable row level security",
        "drop policy school on leerlingen_leerling",
        "alter table leerlingen_leerling disable trigger all",
        "set role eigenaar",
        "insert into django_migrations (app, name, applied) values ('x', 'x', now())",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(vraag)


@pytest.mark.parametrize("tabel", ALLEEN_ERBIJ)
def test_logboek_en_geschiedenis_groeien_alleen(op_school: Bezetting, tabel: str) -> None:
    """`app` adds and reads; what stands there it cannot change or take away."""
    rechten = sql(
        "select has_table_privilege('app', %s, 'select'), has_table_privilege('app', %s, 'insert'),"
        " has_table_privilege('app', %s, 'update'), has_table_privilege('app', %s, 'delete'),"
        " has_any_column_privilege('app', %s, 'update')",
        *[tabel] * 5,
    )
    assert rechten == [(True, True, False, False, False)]
    for vraag in (f'update "{tabel}" set school_id = school_id', f'delete from "{tabel}"'):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(vraag)


def test_functies_met_de_rechten_van_de_eigenaar() -> None:
    """A `security definer` function is a door past the walls: each is known here, and none can be led astray."""
    deuren = {naam: pad or [] for naam, pad in sql("select proname::text, proconfig from pg_proc where prosecdef")}
    assert set(deuren) <= MAG_ALS_EIGENAAR, set(deuren) - MAG_ALS_EIGENAAR
    assert all(any(regel.startswith("search_path=") for regel in pad) for pad in deuren.values())


MAG_ALS_EIGENAAR = {
    "logboek_partitie_maken",
    "logboek_opruimen",
    "leerlingen_geschiedenis_opruimen",
    "leerlingen_logboek_vergeten",
}


def test_logboek_opruimen_alleen_voor_de_eigen_school(op_school: Bezetting) -> None:
    """The only way in which lines leave the logbook asks for the school in the context, and refuses without one."""
    from zorg.kern.schoolcontext import schoolcontext
    from zorg.logboek.services import vastleggen

    vastleggen("proef", school=op_school.kogerveld, door=None)
    for context in ([], [op_school.anders]):
        with (
            schoolcontext(context),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("select logboek_opruimen(%s, now() + interval '1 day')", [op_school.kogerveld.pk])
    assert sql("select count(*) > 0 from logboek_logregel") == [(True,)]


def test_bewaarde_tekst_komt_uit_een_trekker(op_school: Bezetting) -> None:
    """Nothing typed is lost: each save of an answer leaves what stood there, also when a service forgets to."""
    from leerlingen.models import Antwoord, Antwoordversie

    alle: Any = Antwoord.objects.systeemtoegang(reden="de proef op de trekker")
    antwoord = alle.filter(document=op_school.document).first()
    alle.filter(pk=antwoord.pk).update(tekst="Buiten de dienst om", versie=antwoord.versie + 1)
    versies: Any = Antwoordversie.objects.systeemtoegang(reden="de proef op de trekker").filter(antwoord=antwoord)
    assert "Buiten de dienst om" in {versie.tekst for versie in versies}
