"""Turning a line of the logbook into a Dutch sentence; unknown acts keep their code."""

from zorg.logboek.models import Logregel

_teksten: dict[str, str] = {}


def registreer(**teksten: str) -> None:
    """Each app names its own acts: `registreer(leerling_ingezien="bekeek het dossier")`."""
    _teksten.update(teksten)


def zin(regel: Logregel) -> str:
    """«bekeek het dossier»: what the actor did, without who and whom."""
    return van(regel.handeling)


def van(handeling: str) -> str:
    """The words of an act by its code."""
    return _teksten.get(handeling, handeling.replace("_", " "))


def handelingen() -> dict[str, str]:
    """All acts by code, for a filter."""
    return dict(sorted(_teksten.items(), key=lambda paar: paar[1]))
