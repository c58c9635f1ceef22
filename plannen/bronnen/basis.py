"""What a source is asked, what it answers, and the registry of sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Leerling, Plaatsing, Vertrouwelijkheid
from leerlingen.profiel import Profiel
from leerlingen.profiel.papier import Vraag
from lvs import feiten
from lvs.groei import Meting
from lvs.models import Resultaat


@dataclass(frozen=True)
class Gevonden:
    """A text, and where it comes from: «uit de resultaten t/m M6»."""

    tekst: str
    bron: str


@dataclass
class Bronvraag:
    """Who begins which paper about whom. What several sources need is read once."""

    leerling: Leerling
    door: Any
    soort: str
    """Code of the paper."""
    plafond: str
    """Confidentiality of the paper: nothing above it comes in."""
    dag: date
    profiel: Profiel

    @property
    def niveaus(self) -> list[str]:
        """The levels of confidentiality from which may be taken."""
        return Vertrouwelijkheid.tot_en_met(self.plafond)

    @cached_property
    def metingen(self) -> tuple[Meting, ...]:
        """The results that may come in."""
        zichtbaar = Resultaat.objects.zichtbaar_voor(self.door).filter(
            leerling=self.leerling,
            reeks__stuk__vertrouwelijkheid__in=self.niveaus,
            reeks__stuk__in_kring=False,
            reeks__stuk__ingetrokken_op__isnull=True,
        )
        return feiten.metingen(zichtbaar).get(self.leerling.pk, ())

    @cached_property
    def plaatsingen(self) -> list[Plaatsing]:
        """The home groups of the pupil, year by year."""
        rijen = (
            Plaatsing.objects.zichtbaar_voor(self.door)
            .filter(leerling=self.leerling, stamgroep=True)
            .select_related("groep__schooljaar")
            .order_by("periode")
        )
        return list(rijen)

    @property
    def plaatsing(self) -> Plaatsing | None:
        """The home group of the day."""
        return next((rij for rij in self.plaatsingen if self.dag in rij.periode), None)

    @cached_property
    def antwoorden(self) -> list[tuple[Antwoord, str]]:
        """The filled answers of earlier papers of this pupil, newest first, each with the source its question names."""
        rijen = (
            Antwoord.objects.zichtbaar_voor(self.door)
            .filter(
                document__stuk__leerling=self.leerling,
                document__stuk__vertrouwelijkheid__in=self.niveaus,
                document__stuk__in_kring=False,
                document__stuk__ingetrokken_op__isnull=True,
            )
            .exclude(tekst="")
            .select_related("document__profielversie", "document__stuk", "door")
            .order_by("-document__stuk__datum", "-gewijzigd_op")
        )
        return [(rij, _bron_van(rij)) for rij in rijen]

    def documentnaam(self, code: str) -> str:
        """What the school calls this paper, inside a sentence."""
        naam = next((document.naam for document in self.profiel.documenten if document.code == code), code)
        return naam if naam.isupper() else naam[:1].lower() + naam[1:]


def vraag_van(rij: Antwoord) -> Vraag | None:
    """The question that this answer is to, under the version of its paper; None when that does not know it."""
    profiel = profielen_van_school.profiel(rij.document.profielversie)
    document = next((d for d in profiel.documenten if d.code == rij.document.soort), None)
    for sectie in document.secties if document else ():
        if sectie.code == rij.sectiecode:
            return next((vraag for vraag in sectie.vragen if vraag.code == rij.vraagcode), None)
    return None


def _bron_van(rij: Antwoord) -> str:
    vraag = vraag_van(rij)
    return vraag.bron if vraag else ""


Bron = Callable[[Bronvraag], Gevonden | None]

_bronnen: dict[str, Bron] = {}


def registreer(naam: str, bron: Bron) -> None:
    """A floor above says how to fill a source of its own (bespreking_besluit, onderzoek_uitslag …)."""
    _bronnen[naam] = bron


def vraag_bron(naam: str, vraag: Bronvraag) -> Gevonden | None:
    """What this source knows; None when it knows nothing, or nobody knows it."""
    bron = _bronnen.get(naam)
    gevonden = bron(vraag) if bron else None
    return gevonden if gevonden and gevonden.tekst.strip() else None
