"""Writes of this floor: keyword-only, `door=` obligatory, one transaction, log row inside (ontwerp §6).

`door` is the account that acts, or None for the system's own work (import, planned work, demo).
"""

from leerlingen.services.documenten import (
    aanvullen,
    antwoord_bewaren,
    document_maken,
    document_vaststellen,
    eis_vaststellen,
    mag_vaststellen,
    notitie_maken,
)
from leerlingen.services.dossier import (
    bijlage_intrekken,
    bijlage_toevoegen,
    kring_zetten,
    publicatie_intrekken,
    publiceren,
    stuk_maken,
    vertrouwelijkheid_wijzigen,
)
from leerlingen.services.inrichten import (
    aanstellen,
    aanstelling_beeindigen,
    account_maken,
    account_sluiten,
    koppeling_bijwerken,
    persoon_toevoegen,
    persoon_wijzigen,
    profiel_vastleggen,
    school_aanmaken,
    schooljaar_van,
    schooljaar_zorgen,
    uitnodigen,
)
from leerlingen.services.instroom import groep_maken, leerling_aanmelden, uitschrijving_terugdraaien
from leerlingen.services.leerlingen import (
    gezag_wijzigen,
    groep_zorgen,
    inschrijven,
    leerling_toewijzen,
    ouder_toevoegen,
    plaatsen,
    toewijzen,
    toewijzing_beeindigen,
    uitschrijven,
)
from leerlingen.services.procedure import profiel_vervangen
from leerlingen.services.rechten import noodtoegang_openen, recht_intrekken, recht_verlenen
from leerlingen.services.taken import taak_afronden, taak_afvinken, taak_laten_vervallen, taak_maken
from leerlingen.services.zorg import (
    toestemming_beantwoorden,
    toestemming_intrekken,
    toestemming_vragen,
    zorgniveau_beginnen,
    zorgniveau_wijzigen,
)

__all__ = [
    "aanstellen",
    "aanstelling_beeindigen",
    "aanvullen",
    "account_maken",
    "account_sluiten",
    "antwoord_bewaren",
    "bijlage_intrekken",
    "bijlage_toevoegen",
    "document_maken",
    "document_vaststellen",
    "eis_vaststellen",
    "gezag_wijzigen",
    "groep_maken",
    "groep_zorgen",
    "inschrijven",
    "koppeling_bijwerken",
    "kring_zetten",
    "leerling_aanmelden",
    "leerling_toewijzen",
    "mag_vaststellen",
    "noodtoegang_openen",
    "notitie_maken",
    "ouder_toevoegen",
    "persoon_toevoegen",
    "persoon_wijzigen",
    "plaatsen",
    "profiel_vastleggen",
    "profiel_vervangen",
    "publicatie_intrekken",
    "publiceren",
    "recht_intrekken",
    "recht_verlenen",
    "school_aanmaken",
    "schooljaar_van",
    "schooljaar_zorgen",
    "stuk_maken",
    "taak_afronden",
    "taak_afvinken",
    "taak_laten_vervallen",
    "taak_maken",
    "toestemming_beantwoorden",
    "toestemming_intrekken",
    "toestemming_vragen",
    "toewijzen",
    "toewijzing_beeindigen",
    "uitnodigen",
    "uitschrijven",
    "uitschrijving_terugdraaien",
    "vertrouwelijkheid_wijzigen",
    "zorgniveau_beginnen",
    "zorgniveau_wijzigen",
]
