"""Tasks that the procedure makes by itself (leerlingen.profiel.route.Taaksjabloon)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from leerlingen.models import Leerling, Persoon
from leerlingen.profiel.route import Taaksjabloon
from leerlingen.services import taak_maken
from leerlingen.services.taken import ontvangers
from leerlingen.services.zorg import gezaghebbenden


def maak_taak(
    sjabloon: Taaksjabloon,
    *,
    leerling: Leerling,
    begin: date,
    sleutel: str,
    link: str,
    uitleg: str = "",
    voorkeur: Persoon | None = None,
) -> None:
    """A task of the procedure about a pupil, for whoever has the role: the teachers of the group share one."""
    school = leerling.school
    if voorkeur is not None:
        wie: list[dict[str, Any]] = [{"persoon": voorkeur}]
    elif sjabloon.wie == "ouder":
        wie = [{"persoon": ouder} for ouder in gezaghebbenden(leerling)]
    else:
        wie = ontvangers(sjabloon.wie, leerling)
    for nummer, ontvanger in enumerate(wie):
        taak_maken(
            school=school,
            soort="zorgroute",
            sleutel=f"{sleutel}:{nummer}",
            titel=sjabloon.tekst,
            uitleg=uitleg,
            leerling=leerling,
            link=link,
            voor=begin + timedelta(days=sjabloon.dagen),
            door=None,
            **ontvanger,
        )
