"""The second wall: a queryset that refuses to run until it has been told for whom (ontwerp §4.2).

`Model.objects.all()` may be built but not evaluated. Two doors lead to the data: `zichtbaar_voor(gebruiker, recht)`,
the rule of ontwerp §4.1, and `systeemtoegang(reden)`, for services, tasks and commands with a written reason
(tests/architectuur allows it nowhere else). Counts, existence, aggregates and use as a subquery are evaluations too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.sql import Query

from zorg.kern import regelsql, schoolcontext
from zorg.kern.fouten import GeenToegangscontrole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zorg.kern.models import Gebruiker, School

    Kijker: TypeAlias = Gebruiker | AnonymousUser

M = TypeVar("M", bound=models.Model)
Regel = Callable[[Any, Any, str, date, Sequence[Any]], list[Any]]

_regels: dict[str, Regel] = {}

_intern: ContextVar[bool] = ContextVar("interne_toegang", default=False)


class Recht(models.TextChoices):
    """What somebody may do with an object. Codenames of permissions are `<recht>_<model>`."""

    INZIEN = "inzien", "inzien"
    WIJZIGEN = "wijzigen", "wijzigen"
    EXPORTEREN = "exporteren", "exporteren"
    VERLENEN = "verlenen", "toegang verlenen"
    MEELEZEN = "meelezen", "meelezen als ouder"
    BEHEREN = "beheren", "beheren"


@contextmanager
def interne_toegang() -> Iterator[None]:
    """Let Django's own uniqueness checks look at every row of the school. Only for zorg.kern.models.basis."""
    token = _intern.set(True)
    try:
        yield
    finally:
        _intern.reset(token)


def in_lijst(veld: str, ids: models.QuerySet[Any, Any]) -> models.Func:
    """A condition: the field is one of these ids, which PostgreSQL gathers first and once.

    `IN (subquery)` leaves it to the planner when to look, and without figures about the tables (a new school, a night's
    import) it looked once for every pair of rows: minutes instead of milliseconds.
    """
    return regelsql.in_array(veld, ArraySubquery(ids))


@cache
def _zware_velden(model: type[models.Model], paden: tuple[str | None, ...]) -> list[str]:
    """Paths of the fields that the models along `paden` (of select_related) name in `zwaar`."""
    zwaar: set[str] = set()
    for pad in filter(None, paden):
        hier, voor = model, ""
        for deel in pad.split("__"):
            try:
                veld = hier._meta.get_field(deel)
            except FieldDoesNotExist:  # Django says so itself, when the query runs
                break
            hier, voor = cast("type[models.Model]", veld.related_model), f"{voor}{deel}__"
            zwaar |= {f"{voor}{naam}" for naam in getattr(hier, "zwaar", ())}
    return sorted(zwaar)


class BeperkteQuery(Query):
    """The query inside a restricted queryset. `Exists` and `Subquery` take it out of there, so it refuses too.

    Django itself builds one for an exclusion across a relation; that one is free by default.
    """

    vrij = True

    def resolve_expression(self, query: Any, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        if not self.vrij and not _intern.get():
            model: Any = self.model
            raise GeenToegangscontrole(f"{model.__name__}: zeg ook in een deelvraag voor wie.")
        return super().resolve_expression(query, *args, **kwargs)


class BeperkteQuerySet(models.QuerySet[M, M]):
    """A queryset of a school's table. Subclasses say in `zichtbare_ids` who sees which rows."""

    _reden: str | None = None

    def __init__(self, model: Any = None, query: Any = None, using: str | None = None, hints: Any = None) -> None:
        if query is None:
            query = BeperkteQuery(model)
            query.vrij = False
        super().__init__(model, query, using, hints)

    # -- the two doors -------------------------------------------------------------------------------------

    def zichtbaar_voor(self, gebruiker: Kijker, recht: str = Recht.INZIEN) -> Self:
        """Only the rows on which this user has this right today, at each school by its own calendar."""
        schoon = self._vrij(f"zichtbaar voor gebruiker {gebruiker.pk}")
        if not gebruiker.is_authenticated or not gebruiker.is_active:
            return schoon.none()
        zichtbaar = regelsql.een_van(type(self), self.model, gebruiker, recht)
        return schoon.none() if zichtbaar is None else schoon.filter(zichtbaar)

    def systeemtoegang(self, *, reden: str) -> Self:
        """Every row of the schools in the context. For services, tasks and commands; the reason is obligatory."""
        if not reden.strip():
            raise GeenToegangscontrole("systeemtoegang vraagt een reden.")
        return self._vrij(reden)

    def select_related(self, *fields: Any) -> Self:
        """As Django's, but what a related model calls heavy stays in the database until it is asked for."""
        gekozen: Self = super().select_related(*fields)
        zwaar = _zware_velden(self.model, fields)
        return gekozen.defer(*zwaar) if zwaar else gekozen

    def zichtbare_ids(
        self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]
    ) -> list[models.QuerySet[Any, Any]]:
        """Id-subqueries whose union is what the user may see, for schools where it is `dag` now.

        Asked once, with placeholders for all but `recht` (regelsql.py): it may look at no row and compute with nothing.
        A floor that cannot say it itself (mail, logbook) has its rule registered from above.
        """
        regel = _regels.get(self.model._meta.label)
        if regel is None:
            raise NotImplementedError(f"{type(self).__name__} zegt niet wie wat ziet.")
        return regel(self, gebruiker, recht, dag, scholen)

    def van_scholen(self, scholen: Sequence[School]) -> Self:
        """The unrestricted rows of these schools; a building block of rules, never of views."""
        return self._vrij("bouwsteen van een toegangsregel").filter(school__in=scholen)

    # -- refusing everything else --------------------------------------------------------------------------

    def _vrij(self, reden: str) -> Self:
        kloon: Self = self._chain()  # type: ignore[attr-defined]
        kloon._reden = reden
        vraag: Any = kloon.query
        vraag.vrij = True
        return kloon

    def _clone(self) -> Self:
        kloon: Self = super()._clone()  # type: ignore[misc]
        kloon._reden = self._reden
        return kloon

    def _controleer(self) -> None:
        if self._reden is None and not _intern.get():
            raise GeenToegangscontrole(
                f"{self.model.__name__}: zeg voor wie, met zichtbaar_voor(gebruiker), of systeemtoegang in een service."
            )
        schoolcontext.huidige_scholen()

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._controleer()
        super()._fetch_all()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        self._controleer()
        return super().resolve_expression(*args, **kwargs)

    def _combinator_query(self, combinator: str, *other_qs: Any, all: bool = False) -> Any:
        for queryset in other_qs:
            if isinstance(queryset, BeperkteQuerySet):
                queryset._controleer()
        self._controleer()
        return super()._combinator_query(combinator, *other_qs, all=all)  # type: ignore[misc]

    def __or__(self, other: Any) -> Self:
        self._controleer()
        other._controleer()
        return super().__or__(other)

    def __and__(self, other: Any) -> Self:
        self._controleer()
        other._controleer()
        return super().__and__(other)

    def __xor__(self, other: Any) -> Self:
        self._controleer()
        other._controleer()
        return super().__xor__(other)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise GeenToegangscontrole("raw() kent geen toegangscontrole.")


def registreer_regel(label: str, regel: Regel) -> None:
    """Give a model of a lower floor its rule: `regel(queryset, gebruiker, recht, dag, scholen)` → id-subqueries."""
    _regels[label] = regel


def _met_controle(naam: str) -> Any:
    gewoon = getattr(models.QuerySet, naam)

    def methode(self: BeperkteQuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        self._controleer()
        return gewoon(self, *args, **kwargs)

    methode.__name__ = naam
    methode.__doc__ = gewoon.__doc__
    return methode


for _naam in (
    "count",
    "exists",
    "aggregate",
    "update",
    "delete",
    "_raw_delete",
    "iterator",
    "aiterator",
    "explain",
    "contains",
):
    setattr(BeperkteQuerySet, _naam, _met_controle(_naam))


BeperkteManager = models.Manager.from_queryset(BeperkteQuerySet)
