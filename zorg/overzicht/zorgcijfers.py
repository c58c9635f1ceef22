"""Beside the care board: which share of each class has extra care (K-03), and which signals nobody answers yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, Subquery

from leerlingen import profielen_van_school
from leerlingen.models import Plaatsing, Zorgniveauperiode
from lvs.models import VastgelegdSignaal
from lvs.selecties import met_namen
from zorg.kern.models import School
from zorg.overzicht.zorgbord import met_zorg, vandaag_geldig

MEESTE_SIGNALEN: Final = 30
"""More than these nobody reads on the board; the group overview has them all."""


@dataclass(frozen=True)
class Aandeel:
    """How many of the pupils of a class whom the user sees are on a level of care."""

    groep: str
    groep_id: int | None
    leerlingen: int
    zorg: int

    @property
    def procent(self) -> int:
        """Whole percents, a half upwards."""
        return (200 * self.zorg + self.leerlingen) // (2 * self.leerlingen) if self.leerlingen else 0


def aandelen(gebruiker: Any, scholen: Sequence[School]) -> list[Aandeel]:
    """Every home group of today with its share, and with several groups all together as the last; one query."""
    zorg = Zorgniveauperiode.objects.zichtbaar_voor(gebruiker).filter(met_zorg(scholen)).order_by().values("leerling")
    rijen = (
        Plaatsing.objects.zichtbaar_voor(gebruiker)
        .filter(vandaag_geldig(scholen), stamgroep=True)
        .order_by("groep__volgorde", "groep__naam", "groep")
        .values("groep", "groep__naam", "groep__volgorde")
        .annotate(leerlingen=Count("pk"), zorg=Count("pk", filter=Q(leerling__in=zorg)))
    )
    uit = [Aandeel(rij["groep__naam"], rij["groep"], rij["leerlingen"], rij["zorg"]) for rij in rijen]
    if len(uit) > 1:
        uit.append(Aandeel("Samen", None, sum(a.leerlingen for a in uit), sum(a.zorg for a in uit)))
    return uit


def open_signalen(gebruiker: Any, scholen: Sequence[School]) -> list[Any]:
    """The recorded signals of pupils of today that nobody took up yet, oldest first, with `naam` and `groepnaam`."""
    nu = Plaatsing.objects.zichtbaar_voor(gebruiker).filter(vandaag_geldig(scholen), stamgroep=True)
    groep = nu.filter(leerling=OuterRef("leerling")).order_by().values("groep__naam")[:1]
    rijen = list(
        VastgelegdSignaal.objects.zichtbaar_voor(gebruiker)
        .lopend()
        .filter(stand=VastgelegdSignaal.Stand.OPEN, leerling__in=nu.order_by().values("leerling"))
        .annotate(groepnaam=Subquery(groep))
        .select_related("leerling", "stuk")
        .order_by("stuk__datum", "pk")[:MEESTE_SIGNALEN]
    )
    for school in scholen:
        profiel = profielen_van_school.huidig_profiel(school)
        met_namen([rij for rij in rijen if rij.school_id == school.pk], profiel)
    return rijen
