"""The words of which every part of a care profile is made: codes, roles, texts, and the frozen base model."""

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Rol = Literal[
    "ib",
    "directeur",
    "leerkracht",
    "vervanger",
    "specialist",
    "rt",
    "assistent",
    "teamleider",
    "ict",
    "beheerder",
    "extern",
    "ouder",
]
"""A role code: the same at every school and never shown. People read the school's label (X-02, X-03)."""

ROLLEN: Final[tuple[Rol, ...]] = get_args(Rol)

BEGIN: Final = "begin"
"""Pseudo-level of a pupil who has no level yet: an enrolment or a side-instream (K-36, K-41)."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=40)]
"""A name for machines: never shown, never changed once a school has used it; it can only end."""

Naam = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Tekst = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
Aantal = Annotated[int, Field(ge=1, le=400)]
Jaargroep = Annotated[int, Field(ge=0, le=16)]
"""Year group as EDEXML counts: 1-8 in the Netherlands and Aruba; Flanders shares the numbers (klas 4 = 6)."""

Voorwaardesoort = Literal["hard", "zacht"]


class Vorm(BaseModel):
    """Base of every part: frozen, and an unknown key is an error: a typing mistake must not lose a rule."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, regex_engine="python-re")
