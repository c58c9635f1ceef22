"""Short ways to a group plan."""

from __future__ import annotations

from typing import Any

from leerlingen.models import Antwoord
from leerlingen.services import antwoord_bewaren
from plannen import services
from plannen.models import Groepsplan, Indeling
from tests.bouw import Bezetting


def indelingen(plan: Groepsplan) -> dict[int, Indeling]:
    return {i.leerling_id: i for i in Indeling.objects.systeemtoegang(reden="test").filter(plan=plan)}


def maak(b: Bezetting, **velden: Any) -> Groepsplan:
    velden = {"groepen": [b.groep_6a], "vak": "spelling", "periodecode": "periode1", "door": b.anna.gebruiker} | velden
    return services.groepsplan_maken(**velden)


def schrijf(plan: Groepsplan, sectie: str, vraag: str, tekst: str, door: Any, leerling: Any = None) -> None:
    antwoord_bewaren(
        document=plan.document,
        sectiecode=sectie,
        vraagcode=vraag,
        tekst=tekst,
        basisversie=0,
        leerling=leerling,
        door=door,
    )


def teksten(plan: Groepsplan) -> dict[tuple[str, str, int | None], Antwoord]:
    rijen = Antwoord.objects.systeemtoegang(reden="test").filter(document=plan.document_id)
    return {(rij.sectiecode, rij.vraagcode, rij.leerling_id): rij for rij in rijen}
