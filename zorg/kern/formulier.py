"""What all form pages do the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from zorg.kern.fouten import DomeinFout
from zorg.kern.tekst import een_regel


class Regelveld(forms.CharField):
    """A name, or another text of one line: what cannot be seen is dropped, and what is then empty is not filled in."""

    def to_python(self, value: Any) -> str | None:
        """The line as it is kept and counted."""
        return super().to_python(een_regel(value) if isinstance(value, str) else value)


def gelukt(formulier: forms.BaseForm, doen: Callable[[], object]) -> bool:
    """Whether a filled-in form was right and was carried out by `doen`.

    A rule that refuses (DomeinFout) becomes an error of the form as a whole: the page comes back with its sentence.
    """
    if not (formulier.is_bound and formulier.is_valid()):
        return False
    try:
        doen()
    except DomeinFout as fout:
        formulier.add_error(None, fout.zin)
        return False
    return True
