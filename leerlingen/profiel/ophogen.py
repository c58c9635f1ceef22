"""Lifting a stored profile to a newer schema, one version at a time.

A stored `Profielversie.inhoud` keeps the `schemaversie` it was written with. Each function takes the content of
one version and gives that of the next; it may not lose what a school typed. A copy of every released schema is
kept in the tests.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leerlingen.profiel.meldingen import ProfielFout
from leerlingen.profiel.schema import SCHEMAVERSIE

Inhoud = dict[str, Any]
Ophoger = Callable[[Inhoud], Inhoud]

OPHOGERS: Final[Mapping[int, Ophoger]] = {}
"""From version n to the function that makes n + 1 of it. Empty while schema 1 is the newest."""


def opgehoogd(
    inhoud: Inhoud,
    *,
    naam: str,
    doel: int = SCHEMAVERSIE,
    ophogers: Mapping[int, Ophoger] = OPHOGERS,
) -> Inhoud:
    """The content in schema `doel`; the argument is left as it was. Raises ProfielFout."""
    versie = inhoud.get("schemaversie")
    if not isinstance(versie, int) or isinstance(versie, bool) or versie < 1:
        raise ProfielFout(naam, 0, "schemaversie", "moet een heel getal vanaf 1 zijn")
    if versie > doel:
        raise ProfielFout(
            naam,
            0,
            "schemaversie",
            f"versie {versie} is van een nieuwer programma, dit programma kent tot {doel}",
        )
    inhoud = dict(inhoud)
    while versie < doel:
        if versie not in ophogers:
            raise ProfielFout(naam, 0, "schemaversie", f"er is geen weg van versie {versie} naar {versie + 1}")
        inhoud = ophogers[versie](dict(inhoud))
        versie += 1
        inhoud["schemaversie"] = versie
    return inhoud
