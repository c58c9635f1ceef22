"""Writes of this floor: meetings, steps of the care route, reports, the year calendar."""

from besprekingen.services.agenda import (
    leerling_inbrengen,
    onderwerp_inbrengen,
    punt_weghalen,
    zonder_naam_inbrengen,
)
from besprekingen.services.bespreking import (
    bespreking_afzeggen,
    bespreking_houden,
    bespreking_plannen,
    bespreking_verzetten,
)
from besprekingen.services.feiten import voor_het_vervolg, zorgfeiten, zorgfeiten_van
from besprekingen.services.hulp import profiel_van, vorm_van
from besprekingen.services.jaarkalender import (
    Jaarvoorstel,
    jaar_vastleggen,
    jaar_voorstellen,
    moment_nemen,
    staat_vast,
)
from besprekingen.services.leden import deelnemer_toevoegen, deelnemer_weghalen, leiding_wijzigen
from besprekingen.services.meelezen import team_laten_meelezen, toestemming_voor_buiten, van_buiten_vragen
from besprekingen.services.ouders_vooraf import gevraagd_vooraf, ouders_vooraf_vragen
from besprekingen.services.planning import groepsbespreking_aanvragen
from besprekingen.services.rapport import okr_bekijken, okr_vragen, voortgang_van
from besprekingen.services.route import (
    gesprek_vastleggen,
    instantiebesluit_vastleggen,
    niveau_wijzigen,
    onderzoek_aanvragen,
    onderzoek_bijwerken,
    rollen_bij,
    toestemming_vragen,
)
from besprekingen.services.schooljaren import heeft_vakanties, jaar_van, vakanties_zorgen, vergadertijden_van
from besprekingen.services.uitkomst import (
    actiepunt_afronden,
    actiepunt_laten_vervallen,
    actiepunt_toevoegen,
    besluit_kan,
    besluit_nemen,
    doel_stellen,
    doel_weghalen,
    evalueren,
    termijn_van,
    uiterste_evaluatie,
)
from besprekingen.services.uitnodiging import naam_van, uitnodigen, uitnodigen_inplannen
from besprekingen.services.voorwerk import activiteit_van, karweitaken, omlijsting_van
from besprekingen.services.vrije_dagen import (
    Uren,
    Vrijgegevens,
    vergadertijden_wijzigen,
    vrij_toevoegen,
    vrij_weghalen,
    vrij_wijzigen,
)
from besprekingen.services.wringen import Wringt, vrije_momenten, waarom_niet_dan, wat_wringt

__all__ = [
    "Jaarvoorstel",
    "Uren",
    "Vrijgegevens",
    "Wringt",
    "actiepunt_afronden",
    "actiepunt_laten_vervallen",
    "actiepunt_toevoegen",
    "activiteit_van",
    "besluit_kan",
    "besluit_nemen",
    "bespreking_afzeggen",
    "bespreking_houden",
    "bespreking_plannen",
    "bespreking_verzetten",
    "deelnemer_toevoegen",
    "deelnemer_weghalen",
    "doel_stellen",
    "doel_weghalen",
    "evalueren",
    "gesprek_vastleggen",
    "gevraagd_vooraf",
    "groepsbespreking_aanvragen",
    "heeft_vakanties",
    "instantiebesluit_vastleggen",
    "jaar_van",
    "jaar_vastleggen",
    "jaar_voorstellen",
    "karweitaken",
    "leerling_inbrengen",
    "leiding_wijzigen",
    "moment_nemen",
    "naam_van",
    "niveau_wijzigen",
    "okr_bekijken",
    "okr_vragen",
    "omlijsting_van",
    "onderwerp_inbrengen",
    "onderzoek_aanvragen",
    "onderzoek_bijwerken",
    "ouders_vooraf_vragen",
    "profiel_van",
    "punt_weghalen",
    "rollen_bij",
    "staat_vast",
    "team_laten_meelezen",
    "termijn_van",
    "toestemming_voor_buiten",
    "toestemming_vragen",
    "uiterste_evaluatie",
    "uitnodigen",
    "uitnodigen_inplannen",
    "vakanties_zorgen",
    "van_buiten_vragen",
    "vergadertijden_van",
    "vergadertijden_wijzigen",
    "voor_het_vervolg",
    "voortgang_van",
    "vorm_van",
    "vrij_toevoegen",
    "vrij_weghalen",
    "vrij_wijzigen",
    "vrije_momenten",
    "waarom_niet_dan",
    "wat_wringt",
    "zonder_naam_inbrengen",
    "zorgfeiten",
    "zorgfeiten_van",
]
