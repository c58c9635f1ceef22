"""Planning and doing due work. Handlers register by kind; the row is the only memory (ontwerp §6).

A handler runs inside one transaction that holds the row's lock: killed halfway, everything rolls back, the lock goes,
and the sweep finds the row again; so what it writes happens exactly once. What leaves the database (mail) keeps its own
two steps, see `post_versturen`.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from zorg.kern import klok
from zorg.kern.models import School, Werk
from zorg.kern.schoolcontext import schoolcontext

log = logging.getLogger(__name__)
Uitvoerder = Callable[[Werk], None]
MAX_POGINGEN = 8

_uitvoerders: dict[str, Uitvoerder] = {}
_zonder_transactie: set[str] = set()


def registreer(soort: str, uitvoerder: Uitvoerder, *, eigen_transacties: bool = False) -> None:
    """Say who does this kind of work. With `eigen_transacties` the handler commits its own steps."""
    _uitvoerders[soort] = uitvoerder
    if eigen_transacties:
        _zonder_transactie.add(soort)


def inplannen(soort: str, *, school: School, object_id: int, sleutel: str, vanaf: datetime | None = None) -> Werk:
    """Plan work once: the same `sleutel` gives the same row. The worker is woken after the commit."""
    if soort not in _uitvoerders:
        raise KeyError(f"Niemand doet werk van de soort {soort!r}.")
    werk, nieuw = Werk.objects.get_or_create(
        sleutel=sleutel,
        defaults={"soort": soort, "school": school, "object_id": object_id, "vanaf": vanaf or klok.nu()},
    )
    if nieuw and werk.vanaf <= klok.nu():
        transaction.on_commit(partial(wek, werk.pk))
    return werk


def wek(werk_id: int) -> None:
    """Tell a worker; when the broker is away the sweep will find the row, so that is no error."""
    from zorg.kern.tasks import werk_uitvoeren

    try:
        werk_uitvoeren.delay(werk_id)
    except (OperationalError, OSError):
        log.warning("broker unreachable; work %s waits for the sweep", werk_id)


def open_werk(limiet: int = 200) -> list[int]:
    """Ids of what is due now, oldest first."""
    return list(
        Werk.objects.filter(status=Werk.Status.OPEN, vanaf__lte=klok.nu())
        .order_by("vanaf", "pk")
        .values_list("pk", flat=True)[:limiet]
    )


def uitvoeren(werk_id: int) -> bool:
    """Do one piece of work if it is still due and nobody else has it in hand. Returns whether it was done now."""
    rij = Werk.objects.select_related("school").filter(pk=werk_id, status=Werk.Status.OPEN).first()
    if rij is None or rij.vanaf > klok.nu():
        return False
    with schoolcontext([rij.school]):
        try:
            if rij.soort in _zonder_transactie:
                _uitvoerders[rij.soort](rij)
                return _klaar(rij)
            with transaction.atomic():
                vast = (
                    Werk.objects.select_for_update(skip_locked=True, of=("self",))
                    .select_related("school")
                    .filter(pk=werk_id, status=Werk.Status.OPEN)
                    .first()
                )
                if vast is None:
                    return False
                _uitvoerders[vast.soort](vast)
                return _klaar(vast)
        except Exception as fout:
            _mislukt(rij, fout)
            return False


def _klaar(werk: Werk) -> bool:
    werk.status, werk.klaar_op, werk.voortgang = Werk.Status.KLAAR, klok.nu(), 100
    werk.save(update_fields=["status", "klaar_op", "voortgang"])
    return True


def _mislukt(werk: Werk, fout: Exception) -> None:
    """Try again later, a little later each time; after MAX_POGINGEN the administrator sees it."""
    log.exception("work %s of kind %s failed", werk.pk, werk.soort)
    pogingen = werk.pogingen + 1
    Werk.objects.filter(pk=werk.pk, status=Werk.Status.OPEN).update(
        pogingen=pogingen,
        fout=type(fout).__name__,
        vanaf=klok.nu() + timedelta(seconds=min(5 * 3**pogingen, 3600)),
        status=Werk.Status.MISLUKT if pogingen >= MAX_POGINGEN else Werk.Status.OPEN,
    )
