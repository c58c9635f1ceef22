"""A demo school that is really committed, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

from django.core.management import call_command

from zorg.kern import klok
from zorg.kern.models import Gebruiker

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


@contextmanager
def vastgelegd(blocker: DjangoDbBlocker, peildatum: str) -> Iterator[None]:
    """The database open on this day, with commits as in earnest: the planner counts only what is committed.

    Afterwards the tables are emptied, as after any transactional test; whoever needs the cast gets it anew.
    """
    with blocker.unblock(), klok.stilgezet(klok.lees_moment(peildatum)):
        try:
            yield
        finally:
            call_command("flush", interactive=False, verbosity=0, reset_sequences=False)


def demo(peildatum: str) -> str:
    """Run the command for a small school; gives what it said."""
    uit = StringIO()
    call_command("demo", "--klein", "--peildatum", peildatum, stdout=uit)
    return uit.getvalue()


def account(code: str) -> Gebruiker:
    """One of the fixed accounts."""
    return Gebruiker.objects.get(email=f"{code}@demo.school")
