"""Another procedure after the one that runs, unless that would lose a code that the school keeps."""

from __future__ import annotations

from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.models import Document, Toestemming, Zorgniveauperiode
from leerlingen.profiel import Profiel, als_json, controleer_opvolging
from leerlingen.services.inrichten import profiel_vastleggen
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School


@transaction.atomic
def profiel_vervangen(
    *, school: School, nieuw: Profiel, toelichting: str, op_versie: str | None = None, door: Gebruiker | None
) -> bool:
    """Let another procedure follow the one that runs; says whether anything changed.

    Once the school has papers or care levels, codes that they keep may not vanish (ontwerp §5). Raises ProfielFout.
    `op_versie` is the number of the version that whoever changes it had on screen; DomeinFout when another one runs by
    now, since `nieuw` would undo what that changed.
    """
    School.objects.select_for_update().get(pk=school.pk)
    profielen_van_school.vergeet_versie(school)
    versie = profielen_van_school.huidige_versie(school)
    if op_versie is not None and op_versie != str(versie.nummer):
        raise DomeinFout("Intussen is de procedure veranderd. Laad de pagina opnieuw en doe uw wijziging nog eens.")
    oud = profielen_van_school.profiel(versie)
    inhoud = als_json(nieuw)
    if inhoud == als_json(oud):
        return False
    if _in_gebruik(school):
        controleer_opvolging(oud, nieuw, naam=nieuw.naam)
    profiel_vastleggen(school=school, inhoud=inhoud, toelichting=toelichting, door=door)
    return True


def _in_gebruik(school: School) -> bool:
    return any(
        model.objects.systeemtoegang(reden="is de procedure al in gebruik").filter(school=school).exists()
        for model in (Document, Zorgniveauperiode, Toestemming)
    )
