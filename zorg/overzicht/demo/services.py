"""What the demo reads back of what it made itself, for whoever it is."""

from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from plannen.models import Groepsplan, Indeling

REDEN = "de demoschool leest terug wat zij zelf maakte"


def indelingen(plan: Groepsplan) -> list[Indeling]:
    """The places in a plan, with their pupils."""
    rijen = Indeling.objects.systeemtoegang(reden=REDEN).filter(plan=plan)
    return list(rijen.select_related("leerling", "plan", "school"))


def punt_van(bespreking: Bespreking) -> Agendapunt:
    """The one item of a meeting about one pupil."""
    rijen = Agendapunt.objects.systeemtoegang(reden=REDEN).select_related("bespreking__school", "leerling")
    punt: Agendapunt = rijen.get(bespreking=bespreking)
    return punt


def deelnemers(bespreking: Bespreking) -> list[int]:
    """Ids of everybody who has a seat."""
    rijen = Deelnemer.objects.systeemtoegang(reden=REDEN).filter(bespreking=bespreking)
    return list(rijen.values_list("pk", flat=True))
