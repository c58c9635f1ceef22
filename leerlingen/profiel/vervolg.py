"""What follows from a paper that was begun: a task before a last day (K-33, K-44, A-48, X-17)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from leerlingen.profiel.basis import Code, Naam, Rol, Vorm

Plek = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*\.[a-z0-9][a-z0-9_]*$", max_length=81)]
"""A question of the paper: «section.question»."""

BEGIN = "begin"
VASTGESTELD = "vastgesteld"


class Gegeven(Vorm):
    """An answer that makes the difference: this question was answered with one of these."""

    vraag: Plek
    antwoord: tuple[Naam, ...] = Field(min_length=1)


class Vervolg(Vorm):
    """A task that a paper brings, for a role, before the end of a term; on the pupil's page while it is open.

    It is done once the question `klaar` is answered. With `papier` it comes back: each definitive paper of that kind
    begins the term anew, until one of them says `stopt`.
    """

    code: Code
    taak: Naam
    wie: Rol
    termijn: Code
    vanaf: Naam = BEGIN
    """From when the term counts: begin, vastgesteld, or the question with the day."""
    op: Plek | None = None
    """The question with the agreed last day, which goes before the term."""
    verlengd: Plek | None = None
    """The yes-or-no question whether the term was prolonged, once, by `verlenging`."""
    verlenging: Code | None = None
    bij: Gegeven | None = None
    """Only after this answer."""
    klaar: Plek | None = None
    papier: Code | None = None
    papier_dag: Plek | None = None
    """The question in `papier` with the day from which it counts; else the day of that paper."""
    stopt: Gegeven | None = None
    """The answer in `papier` after which nothing follows any more."""
