"""The access rule as SQL that is built once and filled in for each question.

A rule (`zichtbare_ids`) is a function of who asks, which right, the day, the moment and the schools, and of nothing
else. Building its SQL with Django's expressions took more time than all the rest of a page, so it is built once per
model and right with values that stand for those, and kept; a question then fills in its own. The placeholders refuse
arithmetic, so that a rule which computes with the day fails at once instead of answering for the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

from zorg.kern import klok, schoolcontext

if TYPE_CHECKING:
    from zorg.kern.models import Gebruiker, School

_WIE = -(2**62)
_WAAR = _WIE + 1
"""Keys that no row has: the account's, and from here on the schools'."""


def _reken_niet(*_: Any, **__: Any) -> Any:
    raise TypeError("Een toegangsregel rekent niet met de dag of het moment: hij wordt één keer opgesteld.")


class _Dag(date):
    __add__ = __radd__ = __sub__ = __rsub__ = replace = isoformat = weekday = _reken_niet


class _Moment(datetime):
    __add__ = __radd__ = __sub__ = __rsub__ = replace = isoformat = astimezone = date = _reken_niet


_DAG = _Dag(1, 2, 3)
_NU = _Moment(1, 2, 3, 4, 5, 6, tzinfo=UTC)
_opstellen: ContextVar[dict[date, list[School]] | None] = ContextVar("regel_opstellen", default=None)


def scholen_per_dag() -> dict[date, list[School]]:
    """The schools of the context by their own today: half past midnight in Brussels is still yesterday on Aruba."""
    plaatshouders = _opstellen.get()
    if plaatshouders is not None:
        return plaatshouders
    per_dag: dict[date, list[School]] = {}
    for school in schoolcontext.huidige_scholen():
        per_dag.setdefault(klok.vandaag(school), []).append(school)
    return per_dag


@dataclass(frozen=True)
class Regelsql:
    """A select of ids. `plekken` says which parameters are placeholders."""

    sql: str
    parameters: tuple[Any, ...]
    plekken: tuple[int, ...]

    def ingevuld(self, gebruiker: Gebruiker, dag: date, scholen: Sequence[School]) -> list[Any]:
        """The parameters for this user on this day at these schools, now."""
        waarden = {_WIE: gebruiker.pk, _DAG: dag, _NU: klok.nu()}
        waarden |= {_WAAR + nummer: school.pk for nummer, school in enumerate(scholen)}
        parameters = list(self.parameters)
        for plek in self.plekken:
            parameters[plek] = waarden[parameters[plek]]
        return parameters


@contextmanager
def _met_plaatshouders(scholen: list[School]) -> Iterator[None]:
    token = _opstellen.set({_DAG: scholen})
    try:
        with klok.plaatshouder(_NU):
            yield
    finally:
        _opstellen.reset(token)


@cache
def regelsql(klasse: Any, model: type[models.Model], recht: str, aantal: int) -> Regelsql | None:
    """The rule of this queryset class for `aantal` schools; None when it lets nobody see anything."""
    from zorg.kern.models import Gebruiker, School

    scholen = [School(pk=_WAAR + nummer) for nummer in range(aantal)]
    with _met_plaatshouders(scholen):
        bronnen = klasse(model).zichtbare_ids(Gebruiker(pk=_WIE), recht, _DAG, scholen)
        if not bronnen:
            return None
        eerste, *rest = bronnen
        # a union of id-subqueries: an OR across joins was 70 times slower on 15,000 pupils
        vraag = eerste.union(*rest, all=True) if rest else eerste
        try:
            sql, parameters = vraag.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            return None
    waar = {_WIE, _DAG, _NU, *(school.pk for school in scholen)}
    plekken = tuple(n for n, waarde in enumerate(parameters) if isinstance(waarde, int | date) and waarde in waar)
    return Regelsql(sql, tuple(parameters), plekken)


def in_array(veld: str, waarden: Any) -> models.Func:
    """A condition: the field is in this array, which PostgreSQL makes first and once."""
    return models.Func(
        models.F(veld),
        waarden,
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


def een_van(klasse: Any, model: type[models.Model], gebruiker: Gebruiker, recht: str) -> models.Expression | None:
    """A condition on the primary key: one of the ids that this user may see, which PostgreSQL gathers first and once.

    None when there can be none.
    """
    delen: list[str] = []
    parameters: list[Any] = []
    for dag, scholen in scholen_per_dag().items():
        deel = regelsql(klasse, model, recht, len(scholen))
        if deel is not None:
            delen.append(deel.sql)
            parameters += deel.ingevuld(gebruiker, dag, scholen)
    if not delen:
        return None
    sql = delen[0] if len(delen) == 1 else " UNION ALL ".join(f"({deel})" for deel in delen)
    return in_array("pk", RawSQL(f"ARRAY({sql})", tuple(parameters)))  # noqa: S611  # Django's own SQL, values as parameters
