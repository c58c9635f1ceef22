"""Writing the logbook."""

from typing import Any

from django.db import models

from zorg.kern import klok, loggen
from zorg.kern.models import Gebruiker, School
from zorg.logboek.models import Logregel

ACTOR_SYSTEEM = "Zorgpad"


def vastleggen(
    handeling: str,
    *,
    school: School | int,
    door: Gebruiker | None,
    leerling: Any = None,
    object: models.Model | None = None,
    reden: str = "",
    **gegevens: Any,
) -> None:
    """Add one line, in the transaction of the act itself (or alone, for a look).

    `door=None` is the system's own work. `gegevens` may hold codes, counts and dates, never free text about a child.
    """
    Logregel.objects.create(
        school_id=school if isinstance(school, int) else school.pk,
        tijd=klok.nu(),
        actor_id=door.pk if door else None,
        actor_naam=door.naam if door else ACTOR_SYSTEEM,
        handeling=handeling,
        leerling_id=leerling if isinstance(leerling, int) or leerling is None else leerling.pk,
        objectsoort=object._meta.model_name or "" if object is not None else "",
        object_id=object.pk if object is not None else None,
        reden=reden[:500],
        gegevens=gegevens,
        verzoek=loggen.verzoeknummer.get(),
    )
