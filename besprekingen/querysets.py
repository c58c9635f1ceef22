"""Who sees which meetings: by membership, by group and by pupil; rows about a pupil follow that pupil's piece."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leerlingen import toegang
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import BeperkteManager, BeperkteQuerySet, Recht

Ids = list[Any]
TEAM = ("ib", "directeur", "teamleider", "leerkracht", "specialist", "rt", "assistent", "ict")


def _als_ouder(gebruiker: Gebruiker, dag: date, scholen: Sequence[School]) -> list[Any]:
    """Subqueries of the children of this parent."""
    return [bron.leerlingen for bron in toegang.leerlingbronnen(gebruiker, Recht.MEELEZEN, dag, scholen)]


class BesprekingQuerySet(BeperkteQuerySet[Any]):
    """Meetings. A member from outside sees that there is one until it is over, and else only what was granted.

    To change one: who leads it (chair, minute-taker, who planned it, as long as they work here), the teacher of the
    group, and who may change the whole school.
    """

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht == Recht.MEELEZEN:
            return [
                alle.filter(deelnemers__persoon__gebruiker=gebruiker, deelnemers__agendapunt__leerling__in=kind).values(
                    "pk"
                )
                for kind in _als_ouder(gebruiker, dag, scholen)
            ]
        schoolbreed = [rol for rol, rechten in toegang.SCHOOLBREED.items() if recht in rechten]
        bij = toegang.aanstellingen(gebruiker, dag, scholen, *schoolbreed).order_by().values("school")
        ids = [alle.filter(school__in=bij).values("pk")] if schoolbreed else []
        if recht not in (Recht.INZIEN, Recht.WIJZIGEN):
            return ids
        ids += [alle.filter(groep__in=g).values("pk") for g in toegang.groepbronnen(gebruiker, recht, dag, scholen)]
        werkt = toegang.aanstellingen(gebruiker, dag, scholen, *TEAM).order_by().values("school")
        eigen = alle.filter(school__in=werkt)
        if recht == Recht.WIJZIGEN:
            ids += [
                eigen.filter(**{f"{veld}__gebruiker": gebruiker}).values("pk")
                for veld in ("voorzitter", "notulist", "gemaakt_door")
            ]
            return ids
        ids.append(eigen.filter(deelnemers__persoon__gebruiker=gebruiker, deelnemers__extern=False).values("pk"))
        ids.append(
            alle.filter(deelnemers__persoon__gebruiker=gebruiker, deelnemers__extern=True, eind__gte=klok.nu()).values(
                "pk"
            )
        )
        for stukken in toegang.stukbronnen(gebruiker, recht, dag, scholen):
            ids.append(alle.filter(agendapunten__stuk__in=stukken).values("pk"))
        return ids

    def komend(self) -> BesprekingQuerySet:
        """Those that are still to be held, the nearest first."""
        return self.filter(status__in=["gepland", "uitgenodigd"]).order_by("begin", "pk")


class AgendapuntQuerySet(BeperkteQuerySet[Any]):
    """Items: of the meeting itself as visible as the meeting, about a pupil as visible as the piece of that pupil."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from besprekingen.models import Bespreking

        alle = self.model.objects.van_scholen(scholen).order_by()
        if recht == Recht.MEELEZEN:
            return [
                alle.filter(leerling__in=kind, deelnemers__persoon__gebruiker=gebruiker).values("pk")
                for kind in _als_ouder(gebruiker, dag, scholen)
            ]
        besprekingen = Bespreking.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        stukken = toegang.stukbronnen(gebruiker, recht, dag, scholen)
        return [
            alle.filter(leerling__isnull=True, bespreking__in=besprekingen).values("pk"),
            *(alle.filter(stuk__in=ids).values("pk") for ids in stukken),
        ]


class VanBesprekingQuerySet(BeperkteQuerySet[Any]):
    """Rows of a meeting: with an item about a pupil as visible as that item, else as visible as the meeting."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from besprekingen.models import Bespreking

        alle = self.model.objects.van_scholen(scholen).order_by()
        stukken = [
            alle.filter(agendapunt__stuk__in=ids).values("pk")
            for ids in toegang.stukbronnen(gebruiker, recht, dag, scholen)
        ]
        if recht == Recht.MEELEZEN:
            return stukken
        besprekingen = Bespreking.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [
            alle.filter(agendapunt__isnull=True, bespreking__in=besprekingen).values("pk"),
            alle.filter(agendapunt__leerling__isnull=True, bespreking__in=besprekingen).values("pk"),
            *stukken,
        ]


class DeelnemerQuerySet(VanBesprekingQuerySet):
    """Who sits at the table. A parent sees the table of their own child."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        from besprekingen.models import Agendapunt, Bespreking

        if recht != Recht.MEELEZEN:
            return super().zichtbare_ids(gebruiker, recht, dag, scholen)
        alle = self.model.objects.van_scholen(scholen).order_by()
        besprekingen = Bespreking.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        punten = Agendapunt.objects.van_scholen(scholen).zichtbaar_voor(gebruiker, recht).order_by().values("pk")
        return [
            alle.filter(agendapunt__isnull=True, bespreking__in=besprekingen).values("pk"),
            alle.filter(agendapunt__in=punten).values("pk"),
        ]


class ActiepuntQuerySet(VanBesprekingQuerySet):
    """Agreements; whoever has to do it may read and finish their own, as long as they work here."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        ids = super().zichtbare_ids(gebruiker, recht, dag, scholen)
        if recht in (Recht.INZIEN, Recht.WIJZIGEN):
            werkt = toegang.aanstellingen(gebruiker, dag, scholen, *TEAM).order_by().values("school")
            alle = self.model.objects.van_scholen(scholen).order_by()
            ids.append(alle.filter(school__in=werkt, wie__gebruiker=gebruiker).values("pk"))
        return ids

    def open(self) -> ActiepuntQuerySet:
        """Not done yet, the most urgent first."""
        from django.db.models import F

        return self.filter(klaar_op__isnull=True, vervallen_op__isnull=True).order_by(
            F("voor").asc(nulls_last=True), "pk"
        )


class OpStukQuerySet(BeperkteQuerySet[Any]):
    """Talks, research, decisions by bodies outside, reports: as visible as their piece."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        return [alle.filter(stuk__in=ids).values("pk") for ids in toegang.stukbronnen(gebruiker, recht, dag, scholen)]


def notulen(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
    """Minutes about the school: read by who sat at the table, written by who leads the meeting."""
    from besprekingen.models import Bespreking

    werkt = toegang.aanstellingen(gebruiker, dag, scholen, *TEAM).order_by().values("school")
    eigen = Bespreking.objects.van_scholen(scholen).filter(school__in=werkt, verslag__over="school").order_by()
    if recht == Recht.WIJZIGEN:
        return [
            eigen.filter(**{f"{veld}__gebruiker": gebruiker}).values("verslag")
            for veld in ("voorzitter", "notulist", "gemaakt_door")
        ]
    if recht not in (Recht.INZIEN, Recht.EXPORTEREN):
        return []
    aan_tafel = eigen.filter(deelnemers__persoon__gebruiker=gebruiker, deelnemers__extern=False)
    return [aan_tafel.values("verslag"), eigen.filter(gemaakt_door__gebruiker=gebruiker).values("verslag")]


class PuntsignaalQuerySet(BeperkteQuerySet[Any]):
    """Which signal an item answers: for who may read the signal."""

    def zichtbare_ids(self, gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> Ids:
        alle = self.model.objects.van_scholen(scholen).order_by()
        bronnen = toegang.stukbronnen(gebruiker, recht, dag, scholen)
        return [alle.filter(signaal__stuk__in=ids).values("pk") for ids in bronnen]


BesprekingManager = BeperkteManager.from_queryset(BesprekingQuerySet)
AgendapuntManager = BeperkteManager.from_queryset(AgendapuntQuerySet)
VanBesprekingManager = BeperkteManager.from_queryset(VanBesprekingQuerySet)
DeelnemerManager = BeperkteManager.from_queryset(DeelnemerQuerySet)
ActiepuntManager = BeperkteManager.from_queryset(ActiepuntQuerySet)
PuntsignaalManager = BeperkteManager.from_queryset(PuntsignaalQuerySet)
OpStukManager = BeperkteManager.from_queryset(OpStukQuerySet)
