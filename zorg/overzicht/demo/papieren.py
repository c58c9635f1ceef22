"""Papers about one pupil, begun by the system with what the school knows by then."""

from __future__ import annotations

from plannen.services import papier_beginnen
from zorg.overzicht.demo.basis import Demo

# (group, number), paper, days ago
PAPIEREN = (
    ("6a", 0, "handelingsplan", 140),
    ("6a", 0, "groeidocument", 58),
    ("6a", 1, "handelingsplan", 95),
    ("6b", 1, "handelingsplan", 62),
    ("7", 0, "handelingsplan", 100),
    ("7", 0, "opp", 90),
    ("8", 0, "groeidocument", 200),
    ("8", 0, "opp", 300),
    ("8", 0, "okr", 20),
)


def papieren(demo: Demo) -> None:
    """Action plans, growth documents, perspectives and a report, each on its day."""
    for groep, nummer, soort, dagen in PAPIEREN:
        kind = demo.kind(groep, nummer)
        with demo.op(max(demo.geleden(dagen), kind.vanaf)):
            papier_beginnen(leerling=kind.leerling, soort=soort, door=demo.account("ib"))
