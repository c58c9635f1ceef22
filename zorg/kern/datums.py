"""Days that people fill in: one field for all forms, and one bound for what comes in through an address.

A year with a slip in it (0026, 20260) exists for Python and for the database, but every sum with it breaks: the day
after 31 December 9999 is none. What was stored before there was a bound is counted with `dag_erna`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms

EERSTE_DAG: Final = date(1900, 1, 1)
LAATSTE_DAG: Final = date(2099, 12, 31)
BUITEN: Final = f"Kies een dag van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}; kijk het jaar na."


def kan(dag: date) -> bool:
    """Whether a day can be meant in a school."""
    return EERSTE_DAG <= dag <= LAATSTE_DAG


def dag_uit(tekst: str) -> date | None:
    """The day written as 2026-11-03; None for what is none, or cannot be meant."""
    try:
        dag = date.fromisoformat(tekst)
    except ValueError:
        return None
    return dag if kan(dag) else None


def dag_erna(dag: date) -> date:
    """The day after; after the last day that exists comes none, so that one stays."""
    return dag + timedelta(days=1) if dag < date.max else dag


class Datumveld(forms.DateField):
    """A day with the browser's own picker, that can be meant in a school."""

    def __init__(self, label: str, **opties: Any) -> None:
        grenzen = {"min": EERSTE_DAG.isoformat(), "max": LAATSTE_DAG.isoformat()}
        widget = forms.DateInput(attrs={"type": "date", **grenzen}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, **opties)

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError outside the bounds."""
        dag: date | None = super().to_python(value)
        if dag is not None and not kan(dag):
            raise forms.ValidationError(BUITEN, code="buiten")
        return dag
