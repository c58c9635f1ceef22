"""Who sees which results: as visible as the piece of the dossier on which the series hangs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from leerlingen.querysets import VanStukQuerySet
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import BeperkteManager, BeperkteQuerySet

Ids = list[Any]


class ResultatenreeksQuerySet(VanStukQuerySet):
    """Series of results; the piece carries grants, consent, confidentiality and the subject of specialists."""

    def van_leerlingen(self, leerlingen: Iterable[Any]) -> ResultatenreeksQuerySet:
        """The series of these pupils."""
        return self.filter(leerling__in=leerlingen)


class ResultaatQuerySet(BeperkteQuerySet[Any]):
    """Results, through their series."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from lvs.models import Resultatenreeks

        reeksen = Resultatenreeks.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [self.model.objects.van_scholen(scholen).order_by().filter(reeks__in=reeksen).values("pk")]

    def op_volgorde(self) -> ResultaatQuerySet:
        """Oldest first."""
        return self.order_by("afnamedatum", "pk")


class SignaalQuerySet(VanStukQuerySet):
    """Recorded signals; the piece carries confidentiality, circle, subject, grants and what is shared with parents."""

    def lopend(self) -> SignaalQuerySet:
        """Those that nobody closed, newest first."""
        return (
            self.exclude(stand="afgesloten").filter(stuk__ingetrokken_op__isnull=True).order_by("-stuk__datum", "-pk")
        )


ResultatenreeksManager = BeperkteManager.from_queryset(ResultatenreeksQuerySet)
ResultaatManager = BeperkteManager.from_queryset(ResultaatQuerySet)
SignaalManager = BeperkteManager.from_queryset(SignaalQuerySet)
