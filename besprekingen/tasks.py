"""What beat does on this floor: once a week, tell teachers which talks with parents are due."""

from __future__ import annotations

from celery import shared_task

from besprekingen.services.oudergesprekken import oudergesprekken_herinneren
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext


@shared_task
def gesprekken_herinneren() -> int:
    """A task for the teachers of each group with talks to hold; gives how many were made."""
    gemaakt = 0
    for school in School.objects.order_by("pk"):
        with schoolcontext([school]):
            try:
                gemaakt += oudergesprekken_herinneren(school=school)
            except DomeinFout:  # a school without a procedure asks nothing yet
                continue
    return gemaakt
