"""What a group plan looks like by the procedure of the school: which sections and questions play which part. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from leerlingen.profiel import Profiel
from leerlingen.profiel.papier import Document, Sectie, Status, Vraag


@dataclass(frozen=True)
class Planvorm:
    """The paper «groepsplan» of one version of the procedure."""

    profiel: Profiel
    document: Document

    @property
    def plansectie(self) -> Sectie | None:
        """The section that is written for each arrangement: goal, approach, organisation."""
        return next((s for s in self.per_arrangement if any(v.bron == "plan_vorig_doel" for v in s.vragen)), None)

    @property
    def evaluatiesectie(self) -> Sectie | None:
        """The section in which each arrangement is evaluated: the other repeated one, with a choice in it."""
        return next((s for s in self.per_arrangement if s != self.plansectie and any(v.keuzes for v in s.vragen)), None)

    @property
    def per_arrangement(self) -> tuple[Sectie, ...]:
        return tuple(sectie for sectie in self.document.secties if sectie.per_arrangement and not sectie.beeindigd)

    @property
    def algemeen(self) -> tuple[Sectie, ...]:
        """The sections about the whole group."""
        return tuple(s for s in self.document.secties if not s.per_arrangement and not s.beeindigd)

    @property
    def doelvraag(self) -> Vraag | None:
        sectie = self.plansectie
        return next((v for v in sectie.vragen if v.bron == "plan_vorig_doel"), None) if sectie else None

    @property
    def oordeelvraag(self) -> Vraag | None:
        """«Is het doel gehaald?»: the question with choices in the evaluation."""
        sectie = self.evaluatiesectie
        return next((v for v in sectie.vragen if v.keuzes), None) if sectie else None

    @property
    def leerlingoordeel(self) -> Vraag | None:
        """Whether one pupil reached the goal: the question of the evaluation that is asked per pupil."""
        sectie = self.evaluatiesectie
        return next((v for v in sectie.vragen if v.soort == "per_leerling"), None) if sectie else None

    @property
    def behoeftevragen(self) -> tuple[Vraag, ...]:
        """Questions of the plan that are asked per pupil; the list of pupils itself is the placement."""
        sectie = self.plansectie
        if sectie is None:
            return ()
        return tuple(v for v in sectie.vragen if v.soort == "per_leerling" and v.bron != "arrangement_leerlingen")

    def tekstvragen(self, sectie: Sectie) -> tuple[Vraag, ...]:
        """The questions of a section that have one answer for all."""
        return tuple(vraag for vraag in sectie.vragen if vraag.soort != "per_leerling" and not vraag.beeindigd)

    def status(self, code: str) -> Status:
        """The status with this code; the first one when the procedure no longer knows it."""
        return next((s for s in self.document.statussen if s.code == code), self.document.statussen[0])

    def grof(self, code: str) -> str:
        """The status of the document that goes with a status of the procedure: concept, besproken or definitief."""
        codes = [status.code for status in self.document.statussen]
        vast = next(
            (plek for plek, code_ in enumerate(codes) if code_ in ("definitief", "vastgesteld")),
            next((plek for plek, s in enumerate(self.document.statussen) if plek and not s.bewerkbaar), len(codes)),
        )
        plek = codes.index(code) if code in codes else 0
        if plek == 0:
            return "concept"
        return "definitief" if plek >= vast else "besproken"
