"""A pytest plugin that takes one wall away: `ZORGPAD_ZONDER_MUUR=regel pytest -p tests.muren.zonder tests/muren`.

Never loaded but by name. The other three walls stay, so that what turns red says which wall a test watches.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

MUUR = "ZORGPAD_ZONDER_MUUR"


def _zonder_regel(monkeypatch: pytest.MonkeyPatch, verbinding: psycopg.Connection[Any]) -> None:
    """Everybody has every right on every row of the schools in the context."""
    from zorg.kern.querysets import BeperkteQuerySet

    def alles(self: Any, gebruiker: Any, recht: str = "") -> Any:
        return self.systeemtoegang(reden="zonder regel")

    monkeypatch.setattr(BeperkteQuerySet, "zichtbaar_voor", alles)


def _zonder_manager(monkeypatch: pytest.MonkeyPatch, verbinding: psycopg.Connection[Any]) -> None:
    """A queryset runs without having been told for whom."""
    from django.db.models.sql import Query

    from zorg.kern.querysets import BeperkteQuery, BeperkteQuerySet

    monkeypatch.setattr(BeperkteQuerySet, "_controleer", lambda self: None)
    monkeypatch.setattr(BeperkteQuery, "resolve_expression", Query.resolve_expression)


def _zonder_beleid(monkeypatch: pytest.MonkeyPatch, verbinding: psycopg.Connection[Any]) -> None:
    """No table has row-level security."""
    for (tabel,) in verbinding.execute(
        "select oid::regclass::text from pg_class where relrowsecurity and relkind in ('r', 'p')"
    ).fetchall():
        verbinding.execute(f"alter table {tabel} disable row level security")


def _zonder_sleutels(monkeypatch: pytest.MonkeyPatch, verbinding: psycopg.Connection[Any]) -> None:
    """No composite key; Django's own foreign keys stay."""
    for tabel, naam in verbinding.execute(
        "select conrelid::regclass::text, conname from pg_constraint"
        " where conname like 'schoolsleutel%' and conparentid = 0"
    ).fetchall():
        verbinding.execute(f'alter table {tabel} drop constraint "{naam}"')


WEG: dict[str, Callable[[pytest.MonkeyPatch, Any], None]] = {
    "regel": _zonder_regel,
    "manager": _zonder_manager,
    "beleid": _zonder_beleid,
    "sleutels": _zonder_sleutels,
}


@pytest.fixture(scope="session", autouse=True)
def _zonder_muur(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.conf import settings
    from django.db import connections

    naam = connections["default"].settings_dict["NAME"]
    with pytest.MonkeyPatch.context() as monkeypatch:
        with psycopg.connect(settings.OMGEVING.database_url_eigenaar, dbname=naam) as verbinding:
            WEG[os.environ[MUUR]](monkeypatch, verbinding)
        yield
