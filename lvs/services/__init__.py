"""Writes of this floor: keyword-only, `door=` obligatory, one transaction, log row inside (ontwerp §6)."""

from lvs.services.inlezen import Inleesuitkomst, resultaten_inlezen
from lvs.services.keuring import Invoer
from lvs.services.normen import groeinormen, vergeet_groeinormen
from lvs.services.resultaten import (
    Uitkomst,
    resultaat_corrigeren,
    resultaat_vastleggen,
    resultaat_verwijderen,
    resultaten_vastleggen,
)
from lvs.services.signalen import (
    signaal_afsluiten,
    signaal_heropenen,
    signaal_oppakken,
    signaal_vastleggen,
    signaal_wijzigen,
)

__all__ = [
    "Inleesuitkomst",
    "Invoer",
    "Uitkomst",
    "groeinormen",
    "resultaat_corrigeren",
    "resultaat_vastleggen",
    "resultaat_verwijderen",
    "resultaten_inlezen",
    "resultaten_vastleggen",
    "signaal_afsluiten",
    "signaal_heropenen",
    "signaal_oppakken",
    "signaal_vastleggen",
    "signaal_wijzigen",
    "vergeet_groeinormen",
]
