"""Who sees which plans: through the document, hence through the groups; rows about a pupil also by that pupil."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leerlingen import toegang
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import BeperkteManager, BeperkteQuerySet

Ids = list[Any]


class GroepsplanQuerySet(BeperkteQuerySet[Any]):
    """Group plans: as visible as their document."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from leerlingen.models import Document

        documenten = Document.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [self.model.objects.van_scholen(scholen).order_by().filter(document__in=documenten).values("pk")]

    def geldig(self) -> GroepsplanQuerySet:
        """Those that were not withdrawn."""
        return self.filter(vervallen_op__isnull=True)

    def op_dag(self, dag: date) -> GroepsplanQuerySet:
        """Those that run on this day."""
        return self.geldig().filter(periode__contains=dag)


class IndelingQuerySet(BeperkteQuerySet[Any]):
    """Places in a plan: the plan AND the pupil must be visible; a specialist sees those of their own subjects."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from plannen.models import Groepsplan

        plannen = Groepsplan.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        alle = self.model.objects.van_scholen(scholen).order_by().filter(plan__in=plannen)
        ids = []
        for bron in toegang.leerlingbronnen(gebruiker, recht, dag, scholen):
            eigen = alle.filter(leerling__in=bron.leerlingen)
            if bron.vakgebieden is not None:
                eigen = eigen.filter(plan__vak__in=bron.vakgebieden)
            ids.append(eigen.values("pk"))
        return ids


class VanPlanQuerySet(BeperkteQuerySet[Any]):
    """Remarks at a plan: as visible as the plan."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from plannen.models import Groepsplan

        plannen = Groepsplan.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [self.model.objects.van_scholen(scholen).order_by().filter(plan__in=plannen).values("pk")]


GroepsplanManager = BeperkteManager.from_queryset(GroepsplanQuerySet)
IndelingManager = BeperkteManager.from_queryset(IndelingQuerySet)
VanPlanManager = BeperkteManager.from_queryset(VanPlanQuerySet)
