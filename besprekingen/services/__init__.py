"""Writes of this floor: meetings, steps of the care route, reports."""

from besprekingen.services.bespreking import (
    actiepunt_afronden,
    actiepunt_toevoegen,
    besluit_nemen,
    bespreking_afzeggen,
    bespreking_houden,
    bespreking_plannen,
    bespreking_verzetten,
    doel_stellen,
    evalueren,
    leerling_inbrengen,
    uiterste_evaluatie,
    vorm_van,
)
from besprekingen.services.feiten import zorgfeiten
from besprekingen.services.planning import groepsbespreking_aanvragen, uitnodigen
from besprekingen.services.rapport import okr_vragen
from besprekingen.services.route import gesprek_vastleggen, niveau_wijzigen, rollen_bij, toestemming_vragen

__all__ = [
    "actiepunt_afronden",
    "actiepunt_toevoegen",
    "besluit_nemen",
    "bespreking_afzeggen",
    "bespreking_houden",
    "bespreking_plannen",
    "bespreking_verzetten",
    "doel_stellen",
    "evalueren",
    "gesprek_vastleggen",
    "groepsbespreking_aanvragen",
    "leerling_inbrengen",
    "niveau_wijzigen",
    "okr_vragen",
    "rollen_bij",
    "toestemming_vragen",
    "uiterste_evaluatie",
    "uitnodigen",
    "vorm_van",
    "zorgfeiten",
]
