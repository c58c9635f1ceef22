"""What the year cycle asks in one school year: meetings, things to have ready, and what it leaves to people.

Everything has a key, so planning twice gives the same calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from django.urls import reverse

from besprekingen.jaarplanning import Activiteit
from besprekingen.schooljaar import Jaar, Venster, gelijk_verdeeld, vensters
from besprekingen.services.tafel import Tafel
from leerlingen.models import Groep, Leerling, Persoon
from leerlingen.profiel import Profiel
from leerlingen.profiel.bespreken import Activiteit as Cyclusactiviteit
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.bespreken import Leerlingkeuze

Keuze = Callable[[Leerlingkeuze], Sequence[tuple[Leerling, Groep]]]
SNEL = frozenset({"na_toetsmoment", "elke_weken", "schoolweek"})
"""Anchors that ask for the first moment that will do (A-38, A-43)."""


@dataclass(frozen=True)
class Doel:
    """What one planned meeting is: of which kind, about which group, teacher or pupil, for which activity."""

    sleutel: str
    soort: str
    naam: str
    activiteit: str = ""
    doel: str = ""
    groep: Groep | None = None
    leerkracht: Persoon | None = None
    leerling: Leerling | None = None


@dataclass(frozen=True)
class Schrijfwerk:
    """An activity without a meeting: something that people have ready before a day."""

    sleutel: str
    naam: str
    uitleg: str
    voor: date
    groep: Groep | None = None
    persoon: Persoon | None = None
    rol: str = ""
    """In which role the person does it."""
    link: str = ""
    """The page with the paper in which it is done."""


@dataclass
class Vragen:
    """All of it. `niet_gepland`: sentences about what the procedure asks and this planner leaves to people."""

    doelen: dict[str, Doel] = field(default_factory=dict)
    activiteiten: list[Activiteit] = field(default_factory=list)
    schrijfwerk: list[Schrijfwerk] = field(default_factory=list)
    niet_gepland: list[str] = field(default_factory=list)


class Vragenmaker:
    """Goes through the year cycle once. `naam` is that of the school year; `kies` gives the pupils of a choice."""

    def __init__(self, naam: str, profiel: Profiel, jaar: Jaar, tafel: Tafel, kies: Keuze) -> None:
        self.naam, self.profiel, self.jaar, self.tafel, self.kies = naam, profiel, jaar, tafel, cache(kies)
        self.maanden = {moment.code: moment.maand for moment in profiel.begrippen.toetsmomenten}
        self.uit = Vragen()

    def alles(self) -> Vragen:
        """The rows of the cycle, then what meeting kinds themselves ask so often a year."""
        for activiteit in self.profiel.jaarcyclus:
            if not activiteit.beeindigd:
                self._rij(activiteit)
        for vorm in self.profiel.bespreking:
            if not vorm.beeindigd:
                self._vorm(vorm)
        self.uit.activiteiten = [replace(a, na=self._na(a.sleutel)) for a in self.uit.activiteiten]
        return self.uit

    def _na(self, sleutel: str) -> tuple[str, ...]:
        """What must be over first: of the same group, teacher or pupil, and for the whole school of everybody."""
        doel = self.uit.doelen[sleutel]
        eerst = next((rij.na for rij in self.profiel.jaarcyclus if rij.code == doel.activiteit), None)
        if eerst is None:
            return ()
        kop, van, nummer = f"jaar:{self.naam}:{eerst}", *sleutel.rsplit(":", 2)[1:]
        if f"{kop}:{van}:{nummer}" in self.uit.doelen:
            return (f"{kop}:{van}:{nummer}",)
        alle = [s for s in self.uit.doelen if s.startswith(f"{kop}:") and s.endswith(f":{nummer}")]
        return tuple(alle) if van == "school" else ()

    def _rij(self, activiteit: Cyclusactiviteit) -> None:
        gevonden = vensters(activiteit.tijdstip, self.jaar, self.maanden)
        if not gevonden:
            self.uit.niet_gepland.append(f"{activiteit.naam}: dit schooljaar is er geen dag die daarbij hoort.")
        vorm = self.profiel.zoek_bespreking(activiteit.bespreking) if activiteit.bespreking else None
        if activiteit.per == "leerling" and not activiteit.leerlingen and not self._zonder_leerling(vorm):
            self.uit.niet_gepland.append(
                f"{activiteit.naam}: de leerkrachten maken per leerling een afspraak; zij krijgen er een taak voor."
            )
            vorm = None
        if activiteit.leerlingen and not self.kies(activiteit.leerlingen):
            self.uit.niet_gepland.append(f"{activiteit.naam}: er zijn nu geen leerlingen voor wie dit geldt.")
        for venster in gevonden:
            if vorm is None:
                self.uit.schrijfwerk += self._schrijfwerk(activiteit, venster)
                continue
            for doel in self._doelen(activiteit, vorm, venster):
                if self.tafel.zonder_herkomst(vorm, doel.groep):
                    self.uit.niet_gepland.append(f"{doel.naam}: er zijn geen kinderen uit een groep van vorig jaar.")
                    continue
                self._vraag(
                    doel,
                    vorm,
                    venster,
                    in_vakantie=activiteit.in_vakantie,
                    snel=activiteit.tijdstip.soort in SNEL,
                )

    @staticmethod
    def _zonder_leerling(vorm: Besprekingsvorm | None) -> bool:
        """Whether it can be planned before anybody is on its agenda: the chair is not the child's teacher."""
        if vorm is None:
            return False
        return next(lid.rol for lid in vorm.leden if lid.code == vorm.voorzitter) not in ("leerkracht", "ouder")

    def _doelen(self, activiteit: Cyclusactiviteit, vorm: Besprekingsvorm, venster: Venster) -> Iterable[Doel]:
        kop = f"jaar:{self.naam}:{activiteit.code}"
        basis = Doel(f"{kop}:school:{venster.nummer}", vorm.code, activiteit.naam, activiteit.code, activiteit.doel)
        if activiteit.per == "groep":
            for groep in self.tafel.groepen:
                sleutel = f"{kop}:groep-{groep.pk}:{venster.nummer}"
                yield replace(basis, sleutel=sleutel, naam=f"{activiteit.naam} {groep.naam}", groep=groep)
        elif activiteit.per == "leerkracht":
            for persoon in self.tafel.leerkrachten(self.tafel.groepen, venster):
                sleutel = f"{kop}:persoon-{persoon.pk}:{venster.nummer}"
                yield replace(basis, sleutel=sleutel, naam=f"{activiteit.naam} {persoon.naam}", leerkracht=persoon)
        elif activiteit.leerlingen:
            for leerling, groep in self.kies(activiteit.leerlingen):
                sleutel = f"{kop}:leerling-{leerling.pk}:{venster.nummer}"
                naam = f"{activiteit.naam} {leerling.naam}"
                yield replace(basis, sleutel=sleutel, naam=naam, groep=groep, leerling=leerling)
        else:
            yield basis

    def _vorm(self, vorm: Besprekingsvorm) -> None:
        """A kind that must be held so often a year, beyond what the rows of the cycle give."""
        rijen = [rij for rij in self.profiel.jaarcyclus if rij.bespreking == vorm.code and not rij.beeindigd]
        if vorm.elke_weken and not rijen:
            van, tot = vorm.elke_weken
            elke = f"elke {van} tot {tot} weken" if van != tot else "elke week" if van == 1 else f"elke {van} weken"
            self.uit.niet_gepland.append(f"{vorm.naam}: {elke}; kies zelf bij wie en wanneer.")
        if not vorm.per_jaar or vorm.over not in ("leerling", "school"):
            if vorm.per_jaar and not rijen:
                self.uit.niet_gepland.append(
                    f"{vorm.naam}: {vorm.per_jaar} keer per jaar; kies zelf bij wie en wanneer."
                )
            return
        if rijen and vorm.over == "leerling":
            return  # the rows say when
        keer = vorm.per_jaar - sum(len(vensters(rij.tijdstip, self.jaar, self.maanden)) for rij in rijen)
        for venster in gelijk_verdeeld(keer, self.jaar):
            doel = Doel(f"jaar:{self.naam}:{vorm.code}:school:{venster.nummer}", vorm.code, vorm.naam)
            self._vraag(doel, vorm, venster)

    def _vraag(
        self,
        doel: Doel,
        vorm: Besprekingsvorm,
        venster: Venster,
        *,
        in_vakantie: bool = False,
        snel: bool = False,
    ) -> None:
        self.uit.doelen[doel.sleutel] = doel
        self.uit.activiteiten.append(
            Activiteit(
                sleutel=doel.sleutel,
                naam=doel.naam,
                venster=venster,
                minuten=vorm.duur_minuten,
                plekken=self.tafel.plekken(vorm, venster, doel.groep, doel.leerkracht),
                in_vakantie=in_vakantie,
                dagdeel=vorm.dagdeel,
                snel=snel,
            )
        )

    def _schrijfwerk(self, activiteit: Cyclusactiviteit, venster: Venster) -> Iterable[Schrijfwerk]:
        kop = f"jaar:{self.naam}:{activiteit.code}"
        wat = (activiteit.naam, activiteit.doel, venster.tot_en_met)
        link = ""
        if activiteit.document and activiteit.per != "leerling":
            link = reverse("papieren:activiteit", kwargs={"schooljaar": self.naam, "code": activiteit.code})
        if activiteit.per in ("groep", "leerling"):
            for groep in self.tafel.groepen:
                sleutel = f"{kop}:groep-{groep.pk}:{venster.nummer}"
                yield Schrijfwerk(sleutel, *wat, groep=groep, link=link)
        else:
            rollen = {p: rol for rol in activiteit.deelnemers for p in self.tafel.met_rollen([rol], venster.van)}
            for persoon, rol in rollen.items():
                sleutel = f"{kop}:persoon-{persoon.pk}:{venster.nummer}"
                yield Schrijfwerk(sleutel, *wat, persoon=persoon, rol=rol, link=link)
