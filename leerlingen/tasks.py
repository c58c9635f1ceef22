"""What beat does on this floor: once a week, say to the director that data are at the end of their term."""

from __future__ import annotations

from celery import shared_task

from leerlingen.services.bewaren_voorstel import vernietiging_voorstellen
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext


@shared_task
def bewaartermijnen_voorstellen() -> int:
    """A task for each director of a school where something is past its term; nothing is destroyed by itself."""
    gemaakt = 0
    for school in School.objects.order_by("pk"):
        with schoolcontext([school]):
            try:
                gemaakt += vernietiging_voorstellen(school=school)
            except DomeinFout:  # a school without a procedure keeps nothing yet
                continue
    return gemaakt
