"""What goes from a meeting when the group plan that was discussed is past its retention term."""

from __future__ import annotations

from besprekingen.models import Agendapunt
from leerlingen.services.bewaren_groep import registreer_meegaand
from leerlingen.services.vernietigen import Rijen


def punten_over(document_id: int) -> Rijen:
    """The items of meetings about the plan of this paper; with them go their goals, decisions and agreements."""
    punten = Agendapunt.objects.systeemtoegang(reden="agendapunten over een groepsplan dat vernietigd wordt")
    return {Agendapunt: set(punten.filter(plan__document=document_id).values_list("pk", flat=True))}


def registreer() -> None:
    registreer_meegaand(punten_over)
