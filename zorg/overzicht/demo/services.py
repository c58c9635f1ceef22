"""What the demo reads back of what it made itself, for whoever it is."""

from datetime import date

from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from leerlingen.models import Taak
from plannen.models import Groepsplan, Indeling
from zorg.kern.models import School

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


def verlopen_taken(school: School, dag: date) -> list[tuple[str, date]]:
    """The tasks of the procedure that should have been done before this day: key and last day."""
    rijen = Taak.objects.systeemtoegang(reden=REDEN).filter(school=school, soort="zorgroute", voor__lt=dag).open()
    return list(rijen.values_list("sleutel", "voor"))
