"""Celery's two tasks: do one piece of due work, and sweep up what was left."""

from celery import shared_task

from zorg.kern import werk


@shared_task(acks_late=True)
def werk_uitvoeren(werk_id: int) -> None:
    """Do the work with this id; idempotent, so a doubled or late message does no harm."""
    werk.uitvoeren(werk_id)


@shared_task
def werk_oppakken() -> int:
    """Wake a worker for everything that is due: a lost queue, a killed worker, a due moment that came."""
    ids = werk.open_werk()
    for werk_id in ids:
        werk.wek(werk_id)
    return len(ids)
