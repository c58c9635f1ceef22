"""Looking: what every account sees in the school, against what the model says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from leerlingen.models import Document, Dossierstuk, Leerling
from tests.rechten import haken
from tests.rechten.model import Schoolmodel
from zorg.kern.models import School, Schoolkoppeling
from zorg.kern.querysets import Recht

MENSEN = ("carla", "dora", "anna", "bas", "gijs", "ivo", "karin", "dirk")
KINDEREN = ("aya", "bram", "chris", "dunya")


class Kijkmachine(RuleBasedStateMachine):
    """The half of the machine that looks; `machine.py` acts."""

    school: School
    stappen = 0
    alles = False
    """Everyone's lists after each step; otherwise half of them, and a quarter of the pieces, go round."""
    m: Schoolmodel
    mens: dict[str, Any]
    kind: dict[str, Any]
    stuk: dict[str, Any]
    stap: int
    geraakt: set[str]
    """Whom the last act concerned."""

    @invariant()
    def ieder_ziet_wat_het_model_zegt(self) -> None:
        """Who is touched by the act looks at pupils and pieces; the others in turn, every second and fourth step.

        Writing, counts, objects, search, papers and pages go round too; at the end of a year everyone looks. With
        `alles` everyone looks at their lists after each step, and at the rest in turn, one after each step.
        """
        if not self.mens:
            return
        self.stap += 1
        type(self).stappen += 1
        m, ouders = self.m, {ouder.wie for ouder in self.m.ouders}
        for nummer, wie in enumerate(MENSEN):
            nu = self.alles or wie in self.geraakt
            if nu or nummer % 2 == self.stap % 2:
                self._vergelijk(wie, Leerling.objects, Recht.INZIEN, self.kind, m.leerlingen_van(wie))
            if nu or nummer % 4 == self.stap % 4:
                self._vergelijk(wie, Dossierstuk.objects, Recht.INZIEN, self.stuk, m.stukken_van(wie))
            if self.alles or wie in ouders:
                self._vergelijk(wie, Dossierstuk.objects, Recht.MEELEZEN, self.stuk, m.gedeeld_met(wie))
            if nummer == self.stap % len(MENSEN):
                schrijft = {kind for kind in KINDEREN if m.schrijfhoogte(wie, kind) is not None}
                self._vergelijk(wie, Leerling.objects, Recht.WIJZIGEN, self.kind, schrijft)
            ronde = 1 if self.alles else 6
            if self.stap % ronde == 0 and nummer == self.stap // ronde % len(MENSEN):
                self._bekijk(wie)
        self.geraakt = set()

    def _iedereen_kijkt(self) -> None:
        for wie in self.mens:
            self._vergelijk(wie, Leerling.objects, Recht.INZIEN, self.kind, self.m.leerlingen_van(wie))
            self._vergelijk(wie, Dossierstuk.objects, Recht.INZIEN, self.stuk, self.m.stukken_van(wie))
            self._vergelijk(wie, Dossierstuk.objects, Recht.MEELEZEN, self.stuk, self.m.gedeeld_met(wie))

    def _vergelijk(self, wie: str, bron: Any, recht: str, namen: dict[str, Any], verwacht: set[str], **f: Any) -> Any:
        per_pk = {rij.pk: naam for naam, rij in namen.items()}
        gezien = bron.zichtbaar_voor(self.mens[wie].gebruiker, recht).filter(**f).order_by()
        pks = list(gezien.values_list("pk", flat=True))
        assert len(pks) == len(set(pks)), f"{wie}: rows twice"
        gekregen = {per_pk.get(pk, f"onbekend {pk}") for pk in pks}
        assert gekregen == verwacht, f"{wie} {recht} {bron.model.__name__} op {self.m.nu}: {gekregen ^ verwacht}"
        return gezien

    def _bekijk(self, wie: str) -> None:
        m, gebruiker = self.m, self.mens[wie].gebruiker
        leerlingen, stukken = m.leerlingen_van(wie), m.stukken_van(wie)
        mee, gedeeld = m.kinderen_van(wie), m.gedeeld_met(wie)
        gezien = self._vergelijk(wie, Leerling.objects, Recht.INZIEN, self.kind, leerlingen)
        assert gezien.count() == len(leerlingen) and gezien.exists() is bool(leerlingen)
        gezien = self._vergelijk(wie, Dossierstuk.objects, Recht.INZIEN, self.stuk, stukken)
        assert gezien.count() == len(stukken)
        self._vergelijk(wie, Leerling.objects, Recht.MEELEZEN, self.kind, mee)
        self._vergelijk(wie, Dossierstuk.objects, Recht.MEELEZEN, self.stuk, gedeeld)
        schrijft = {naam for naam in self.stuk if m.schrijft_stuk(wie, naam)}
        self._vergelijk(wie, Dossierstuk.objects, Recht.WIJZIGEN, self.stuk, schrijft)
        papieren = {naam: rij for naam, rij in self.stuk.items() if m.stukken[naam].papier}
        for recht, namen in ((Recht.INZIEN, stukken), (Recht.MEELEZEN, gedeeld)):
            alle = Document.objects.zichtbaar_voor(gebruiker, recht).filter(stuk__isnull=False)
            verwacht = {papieren[naam].pk for naam in m.papieren(namen)}
            assert set(alle.values_list("stuk", flat=True)) == verwacht, (wie, recht)
        kind = KINDEREN[self.stap % len(KINDEREN)]
        assert gebruiker.has_perm("inzien_leerling", self.kind[kind]) is (kind in leerlingen)
        gevonden = Leerling.objects.zichtbaar_voor(gebruiker).zoek(f"model{kind}")
        assert {rij.pk for rij in gevonden} == ({self.kind[kind].pk} & {self.kind[n].pk for n in leerlingen})
        if self.stuk:
            naam = list(self.stuk)[self.stap % len(self.stuk)]
            assert gebruiker.has_perm("inzien_dossierstuk", self.stuk[naam]) is (naam in stukken)
        if leerlingen or stukken or mee:
            open_ = Schoolkoppeling.objects.geldig().filter(gebruiker=gebruiker, school=self.school)
            assert open_.exists(), f"{wie} sees something, but the door of the school is closed"
        for haak in haken.HAKEN:
            haak(self, wie)

    def leden(self) -> Iterator[tuple[str, Any]]:
        """For hooks: everyone by name."""
        return iter(self.mens.items())
