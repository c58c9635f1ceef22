"""Who sees which plans: through the groups of its document; rows about a pupil also by that pupil.

A group plan hangs on groups alone, so the rule asks the groups directly: through the rule of documents the same answer
took a query of 84 kB and 150 ms to plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leerlingen import toegang
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import BeperkteManager, BeperkteQuerySet, Recht

Ids = list[Any]


class GroepsplanQuerySet(BeperkteQuerySet[Any]):
    """Group plans: as visible as the groups for which they are."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        if recht == Recht.MEELEZEN:  # parents do not read plans of a group
            return []
        alle = self.model.objects.van_scholen(scholen).order_by()
        return [
            alle.filter(document__groepen__groep__in=groepen).values("pk")
            for groepen in toegang.groepbronnen(gebruiker, recht, dag, scholen)
        ]

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
        bronnen = toegang.leerlingbronnen(gebruiker, recht, dag, scholen)
        gewoon = [bron.leerlingen for bron in bronnen if bron.vakgebieden is None]
        ids = []
        if gewoon:
            eerste, *rest = gewoon
            leerlingen = eerste.union(*rest, all=True) if rest else eerste
            ids.append(alle.filter(leerling__in=leerlingen).values("pk"))
        ids += [
            alle.filter(leerling__in=bron.leerlingen, plan__vak__in=bron.vakgebieden).values("pk")
            for bron in bronnen
            if bron.vakgebieden is not None
        ]
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
