"""What a user may do with one pupil: so that a page offers only buttons that work."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from leerlingen.models import Leerling
from zorg.kern.querysets import Recht


def rechten_op(gebruiker: Any, leerling: Leerling) -> frozenset[str]:
    """Which of changing, taking along and granting this user has on a pupil whom they see; one query a request.

    Never for deciding whether an act is allowed: that is asked again when it is done.
    """
    bewaard: dict[int, frozenset[str]] = leerling.__dict__.setdefault("_rechten_op", {})
    if gebruiker.pk not in bewaard:
        bewaard[gebruiker.pk] = _vraag(gebruiker, leerling)
    return bewaard[gebruiker.pk]


def _vraag(gebruiker: Any, leerling: Leerling) -> frozenset[str]:
    vragen = {
        recht: Exists(Leerling.objects.zichtbaar_voor(gebruiker, recht).filter(pk=OuterRef("pk")))
        for recht in (Recht.WIJZIGEN, Recht.EXPORTEREN, Recht.VERLENEN)
    }
    rij = Leerling.objects.zichtbaar_voor(gebruiker).filter(pk=leerling.pk).values_list(*vragen.values()).first()
    return frozenset(recht for recht, mag in zip(vragen, rij or (), strict=False) if mag)
