"""Which schools this piece of work may touch: the third wall (ontwerp §4.3).

The list stands in two places at once: a context variable, on which the restricted manager refuses to
work without it, and the session setting `zorgpad.scholen` of the database, on which row-level security
decides. Only this module sets either. It is a session-level setting, made outside a transaction, since
a rollback would otherwise take it away, and cleared in `finally`.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone

from zorg.kern.fouten import GeenSchoolcontext

if TYPE_CHECKING:
    from zorg.kern.models import School

T = TypeVar("T")
_scholen: ContextVar[tuple["School", ...]] = ContextVar("scholen", default=())


def huidige_scholen() -> tuple["School", ...]:
    """The schools in the context; raises GeenSchoolcontext when there is none."""
    scholen = _scholen.get()
    if not scholen:
        raise GeenSchoolcontext("Er is geen school gezet: een leeg antwoord zou als 'niets' gelezen worden.")
    return scholen


def is_gezet() -> bool:
    """Whether any school is in the context."""
    return bool(_scholen.get())


def _zet(scholen: tuple["School", ...]) -> None:
    with connection.cursor() as cursor:
        lijst = ",".join(str(school.pk) for school in scholen)
        cursor.execute("select set_config('zorgpad.scholen', %s, false)", [lijst])


def _klok_van(scholen: tuple["School", ...]) -> AbstractContextManager[None]:
    """The clock of the place where these schools stand; the program's own when they stand in several zones."""
    zones = {school.tijdzone for school in scholen}
    return timezone.override(zones.pop()) if len(zones) == 1 else nullcontext()


@contextmanager
def schoolcontext(scholen: Iterable["School"]) -> Iterator[None]:
    """Work for these schools, by their clock. Nested contexts replace each other and are put back.

    Raises GeenSchoolcontext inside a transaction (except in tests, whose own transaction is rolled back whole).
    """
    if connection.in_atomic_block and settings.MODUS != "test":
        raise GeenSchoolcontext("De schoolcontext wordt buiten een transactie gezet.")
    nieuw = tuple(scholen)
    vorige = _scholen.get()
    token = _scholen.set(nieuw)
    try:
        if nieuw != vorige:
            _zet(nieuw)
        with _klok_van(nieuw):
            yield
    finally:
        _scholen.reset(token)
        if nieuw != vorige:
            _herstel(vorige)


def _herstel(vorige: tuple["School", ...]) -> None:
    """Put the old list back, or drop the connection: a broken one must not carry a school to the next borrower."""
    try:
        _zet(vorige)
    except Exception:
        if connection.in_atomic_block:  # a failed transaction in a test: its rollback restores the setting
            return
        connection.close()


def stroom_in_context(stroom: Iterable[T], scholen: tuple["School", ...]) -> Iterator[T]:
    """A streaming response keeps its own context until its last byte."""
    with schoolcontext(scholen):
        yield from stroom
