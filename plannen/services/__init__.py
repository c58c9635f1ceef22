"""Writes of this floor: keyword-only, `door=` obligatory, one transaction, log row inside (ontwerp §6)."""

from plannen.services.groepspapier import (
    activiteit_van,
    activiteitpapier_beginnen,
    checklist_beginnen,
    checklist_van,
    groepspapier_aanvullen,
    groepspapier_beginnen,
    groepspapier_vaststellen,
    taaksleutel,
)
from plannen.services.indeling import leerling_verplaatsen
from plannen.services.papier import papier_aanvullen, papier_beginnen
from plannen.services.plan import (
    groepsplan_bijwerken,
    groepsplan_intrekken,
    groepsplan_maken,
    reactie_plaatsen,
)
from plannen.services.stand import mogelijke_standen, ontbreekt, stand_wijzigen, standen_van

__all__ = [
    "activiteit_van",
    "activiteitpapier_beginnen",
    "checklist_beginnen",
    "checklist_van",
    "groepspapier_aanvullen",
    "groepspapier_beginnen",
    "groepspapier_vaststellen",
    "groepsplan_bijwerken",
    "groepsplan_intrekken",
    "groepsplan_maken",
    "leerling_verplaatsen",
    "mogelijke_standen",
    "ontbreekt",
    "papier_aanvullen",
    "papier_beginnen",
    "reactie_plaatsen",
    "stand_wijzigen",
    "standen_van",
    "taaksleutel",
]
