"""When a retention term is over. Pure.

A term is counted from the last day on which its ground held (the last day of enrolment, the day something was written),
ends on the same day of a later month, and what it kept goes the day after. Counted from 29 February, or the 31st, it
ends on the last day of a shorter month (as `termijn.binnen`).
"""

from datetime import date, timedelta

from leerlingen.profiel.route import Bewaartermijn
from leerlingen.termijn import binnen


def laatste_dag(termijn: Bewaartermijn, vanaf: date) -> date:
    """The last day on which it is kept."""
    return binnen(vanaf, termijn.maanden, "maanden").datum


def is_voorbij(termijn: Bewaartermijn, vanaf: date, vandaag: date) -> bool:
    """Whether the term that began on this day has ended before today."""
    return laatste_dag(termijn, vanaf) < vandaag


def eerste_te_bewaren(termijn: Bewaartermijn, vandaag: date) -> date:
    """The earliest day from which something is still kept today: everything before it is past its term."""
    jaren, maand = divmod(vandaag.year * 12 + vandaag.month - 1 - termijn.maanden, 12)
    dag = date(jaren, maand + 1, 1)  # within a month before the answer
    while is_voorbij(termijn, dag, vandaag):
        dag += timedelta(days=1)
    return dag
