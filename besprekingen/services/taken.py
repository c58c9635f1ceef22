"""Tasks that the procedure makes by itself (leerlingen.profiel.route.Taaksjabloon)."""

from __future__ import annotations

from datetime import date, timedelta

from besprekingen.services.hulp import groep_van
from leerlingen.models import Aanstelling, Leerling, Persoon
from leerlingen.profiel.route import Taaksjabloon
from leerlingen.services import taak_maken
from leerlingen.services.zorg import gezaghebbenden
from zorg.kern import klok


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
    ontvangers: list[dict[str, object]] = []
    if voorkeur is not None:
        ontvangers = [{"persoon": voorkeur}]
    elif sjabloon.wie in ("leerkracht", "vervanger"):
        groep = groep_van(leerling)
        ontvangers = [{"groep": groep}] if groep else []
    elif sjabloon.wie == "ouder":
        ontvangers = [{"persoon": ouder} for ouder in gezaghebbenden(leerling)]
    else:
        rijen = Aanstelling.objects.systeemtoegang(reden="wie doet deze taak").filter(
            school=school, rol=sjabloon.wie, periode__contains=klok.vandaag(school)
        )
        ontvangers = [{"persoon": rij.persoon} for rij in rijen.select_related("persoon").order_by("pk")]
    for nummer, ontvanger in enumerate(ontvangers):
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
            **ontvanger,  # type: ignore[arg-type]
        )
