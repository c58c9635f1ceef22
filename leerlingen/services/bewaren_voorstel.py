"""Proposing to destroy: a task for the director, nothing more."""

from __future__ import annotations

from leerlingen.models import Aanstelling, Rol, Taak
from leerlingen.services.bewaren import TAAK, bewaartermijnen_uitvoeren
from leerlingen.services.taken import taak_maken
from zorg.kern import klok
from zorg.kern.models import School


def vernietiging_voorstellen(*, school: School) -> int:
    """Tell the directors that data are past their term; once a month, not again while it stands. Gives how many."""
    uitkomst, vandaag = bewaartermijnen_uitvoeren(school=school, proef=True, door=None), klok.vandaag(school)
    if uitkomst.is_leeg:
        return 0
    directeuren = (
        Aanstelling.objects.systeemtoegang(reden="wie beslist over vernietigen")
        .filter(school=school, rol=Rol.DIRECTEUR, periode__contains=vandaag)
        .select_related("persoon")
    )
    gemaakt = 0
    for aanstelling in directeuren:
        staan = Taak.objects.systeemtoegang(reden="staat de taak er al").filter(persoon=aanstelling.persoon, soort=TAAK)
        if staan.open().exists():
            continue
        taak_maken(
            school=school,
            soort=TAAK,
            sleutel=f"{TAAK}:{aanstelling.persoon_id}:{vandaag:%Y-%m}",
            titel="Gegevens zijn over hun bewaartermijn",
            uitleg=(
                f"Van {uitkomst.leerlingen} leerling(en), {uitkomst.groepsstukken} groepsstuk(ken) en "
                f"{uitkomst.logregels} regel(s) van het logboek is de termijn om. Moet iets blijven, zeg dat de "
                "beheerder; laat hem anders bewaartermijnen_uitvoeren draaien."
            ),
            persoon=aanstelling.persoon,
            door=None,
        )
        gemaakt += 1
    return gemaakt
