"""Proposing to destroy: a task for the director, nothing more."""

from __future__ import annotations

from leerlingen.models import Rol, Taak
from leerlingen.services.bewaren import TAAK, bewaartermijnen_uitvoeren
from leerlingen.services.hulp import mensen_met_rol
from leerlingen.services.taken import taak_maken
from zorg.kern import klok
from zorg.kern.models import School


def vernietiging_voorstellen(*, school: School) -> int:
    """Tell the directors that data are past their term; once a month, not again while it stands. Gives how many."""
    uitkomst, vandaag = bewaartermijnen_uitvoeren(school=school, proef=True, door=None), klok.vandaag(school)
    if uitkomst.is_leeg:
        return 0
    gemaakt = 0
    for directeur in mensen_met_rol(school, Rol.DIRECTEUR):
        staan = Taak.objects.systeemtoegang(reden="staat de taak er al").filter(persoon=directeur, soort=TAAK)
        if staan.open().exists():
            continue
        taak_maken(
            school=school,
            soort=TAAK,
            sleutel=f"{TAAK}:{directeur.pk}:{vandaag:%Y-%m}",
            titel="Gegevens zijn over hun bewaartermijn",
            uitleg=(
                f"Van {uitkomst.leerlingen} leerling(en), {uitkomst.groepsstukken} groepsstuk(ken) en "
                f"{uitkomst.logregels} regel(s) van het logboek is de termijn om. Moet iets blijven, zeg dat de "
                "beheerder; laat hem anders bewaartermijnen_uitvoeren draaien."
            ),
            persoon=directeur,
            rol=Rol.DIRECTEUR,
            door=None,
        )
        gemaakt += 1
    return gemaakt
