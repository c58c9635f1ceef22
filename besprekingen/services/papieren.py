"""The papers of a meeting that is not about a pupil: its minutes, and what is filled in beforehand.

Minutes hang on the group, or are a paper of the school that whoever sits at the table reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from besprekingen.models import Bespreking
from besprekingen.services.hulp import dag_van, papier_van, vorm_van
from leerlingen.models import Aanstelling, Document, Groep, Toewijzing
from leerlingen.profiel.bespreken import Vooraf
from leerlingen.profiel.papier import Document as Papiervorm
from leerlingen.services import document_maken
from leerlingen.services.documenten import is_open
from plannen.services import groepspapier_aanvullen, groepspapier_beginnen
from plannen.services.groepspapier import past
from zorg.kern.models import Gebruiker


def verslag_maken(bespreking: Bespreking, door: Gebruiker | None) -> None:
    """Begin the minutes of a meeting about a group or about the school, where the procedure has a form for them."""
    vorm = vorm_van(bespreking)
    papier = papier_van(bespreking, vorm.verslag)
    if papier is None:
        return
    dag = dag_van(bespreking)
    if papier.per == "groep" and bespreking.groep is not None:
        bespreking.verslag = document_maken(soort=papier.code, groepen=[bespreking.groep], datum=dag, door=door)
    elif papier.per == "school" and bespreking.groep is None:
        # who may plan this meeting was judged already; a paper of the school is not theirs to begin elsewhere
        bespreking.verslag = document_maken(
            soort=papier.code, school=bespreking.school, titel=f"Verslag {vorm.naam}", datum=dag, door=None
        )
    else:
        return
    bespreking.save(update_fields=["verslag"])


def verslag_aanvullen(bespreking: Bespreking, door: Gebruiker) -> None:
    """What was agreed is not typed twice: it fills what is still empty in the minutes."""
    document = (
        Document.objects.systeemtoegang(reden="verslag aanvullen")
        .select_related("school", "profielversie")
        .filter(pk=bespreking.verslag_id)
        .first()
    )
    if document is not None and door.has_perm("wijzigen_document", document) and is_open(document):
        groepspapier_aanvullen(document=document, door=door)


# -- beforehand ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Voorafpapier:
    """A paper that is filled in before this meeting, about one group or about the school."""

    vooraf: Vooraf
    vorm: Papiervorm
    groep: Groep | None
    sleutel: str

    @property
    def naam(self) -> str:
        return f"{self.vorm.naam} {self.groep.naam}" if self.groep else self.vorm.naam


def vooraf_van(bespreking: Bespreking) -> Iterator[Voorafpapier]:
    """Which papers are filled in beforehand: of the group of the meeting, or of every group for a meeting of all."""
    for vooraf in vorm_van(bespreking).vooraf:
        papier = papier_van(bespreking, vooraf.document)
        if papier is None or papier.per == "leerling":
            continue
        groepen: list[Groep | None] = [None]
        if papier.per == "groep":
            groepen = [bespreking.groep] if bespreking.groep else [*_stamgroepen(bespreking)]
        for groep in groepen:
            if not past(papier, groep):
                continue
            sleutel = f"bespreking:{bespreking.pk}:{papier.code}:{groep.pk if groep else 0}"
            yield Voorafpapier(vooraf, papier, groep, sleutel)


def _stamgroepen(bespreking: Bespreking) -> list[Groep]:
    rijen = Groep.objects.systeemtoegang(reden="welke groepen bereiden voor").filter(
        school=bespreking.school, soort="stamgroep", schooljaar__periode__contains=dag_van(bespreking)
    )
    return list(rijen.select_related("school").order_by("volgorde", "naam", "pk"))


def vooraf_document(bespreking: Bespreking, voor: Voorafpapier, door: Gebruiker | None) -> Document:
    """The paper itself, begun once; the system looks at what the school knows through the eyes of who fills it in."""
    return groepspapier_beginnen(
        soort=voor.vorm.code,
        groepen=[voor.groep] if voor.groep else [],
        school=None if voor.groep else bespreking.school,
        datum=dag_van(bespreking),
        sleutel=voor.sleutel,
        ogen=_ogen(bespreking, voor.groep),
        door=door,
    )


def _ogen(bespreking: Bespreking, groep: Groep | None) -> Gebruiker | None:
    """The account of a teacher of the group on the day; without a group that of the ib'er."""
    dag = dag_van(bespreking)
    if groep is not None:
        rijen: Any = Toewijzing.objects.systeemtoegang(reden="door wiens ogen begint het papier").filter(
            groep=groep, rol="leerkracht"
        )
    else:
        rijen = Aanstelling.objects.systeemtoegang(reden="door wiens ogen begint het papier").filter(
            school=bespreking.school, rol="ib"
        )
    rij = (
        rijen.filter(periode__contains=dag, persoon__gebruiker__is_active=True)
        .select_related("persoon__gebruiker")
        .order_by("pk")
        .first()
    )
    return rij.persoon.gebruiker if rij else None
