"""What all form pages do the same way."""

from __future__ import annotations

from collections.abc import Callable

from django import forms

from zorg.kern.fouten import DomeinFout


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
