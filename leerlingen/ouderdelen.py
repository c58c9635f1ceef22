"""Reads of the parents' own part of a paper: for the school how far it is, for the parent what they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from leerlingen.models import Document, Dossierstuk, Ouderantwoord, Ouderdeel
from leerlingen.namen import volledige_naam
from leerlingen.services.ouderdeel import oudersectie
from leerlingen.vraagsoorten import Beantwoord
from zorg.kern.querysets import Recht

MEELEZEN = Recht.MEELEZEN


def delen_van(gebruiker: Any, document: Document) -> list[Ouderdeel]:
    """Whom the school asked for their part of this paper and how far each is; what was taken back is left out."""
    return list(
        Ouderdeel.objects.zichtbaar_voor(gebruiker)
        .filter(document=document, ingetrokken_op__isnull=True)
        .select_related("persoon", "opgetekend_door")
        .order_by("pk")
    )


@dataclass(frozen=True)
class Deelstand:
    """How far one parent is, asked for in the query for the paper: a page with many papers asks nothing more."""

    naam: str
    voor: date
    begonnen_op: datetime | None
    ingestuurd_op: datetime | None
    opgetekend_op: datetime | None
    ingetrokken_op: None = None

    @property
    def stand(self) -> Ouderdeel.Stand:
        return Ouderdeel.stand_bij(self)

    @property
    def binnen(self) -> bool:
        """Whether the school has it."""
        return self.ingestuurd_op is not None or self.opgetekend_op is not None


def standen_bij(gebruiker: Any) -> ArraySubquery:
    """Beside each paper of a queryset how far the parents are: for `als_standen`."""
    naam = {veld: f"persoon__{veld}" for veld in ("roepnaam", "voorvoegsel", "achternaam", "voorletters")}
    momenten = ("begonnen_op", "ingestuurd_op", "opgetekend_op", "voor")
    return ArraySubquery(
        Ouderdeel.objects.zichtbaar_voor(gebruiker)
        .filter(document=OuterRef("pk"), ingetrokken_op__isnull=True)
        .order_by("pk")
        .values(json=JSONObject(**naam, **{veld: veld for veld in momenten}))
    )


def als_standen(rijen: Iterable[Mapping[str, Any]]) -> list[Deelstand]:
    """What `standen_bij` gave, to show."""

    def moment(tekst: str | None) -> datetime | None:
        return datetime.fromisoformat(tekst) if tekst else None

    return [
        Deelstand(
            volledige_naam(rij["roepnaam"], rij["voorvoegsel"], rij["achternaam"], rij["voorletters"]),
            date.fromisoformat(rij["voor"]),
            moment(rij["begonnen_op"]),
            moment(rij["ingestuurd_op"]),
            moment(rij["opgetekend_op"]),
        )
        for rij in rijen
    ]


@dataclass(frozen=True)
class Eigenvraag(Beantwoord):
    """A question with what this parent wrote there so far."""

    code: str
    tekst: str
    hulp: str
    versie: int


def eigen_vragen(gebruiker: Any, deel: Ouderdeel) -> list[Eigenvraag]:
    """The questions of the part, with what this parent wrote; `deel` comes with its document and profielversie."""
    geschreven = {
        rij.vraagcode: rij for rij in Ouderantwoord.objects.zichtbaar_voor(gebruiker, MEELEZEN).filter(ouderdeel=deel)
    }
    uit = []
    for vraag in oudersectie(deel.document, deel.sectiecode).vragen:
        rij = geschreven.get(vraag.code)
        if rij is None and (vraag.beeindigd or vraag.bron):
            continue
        uit.append(
            Eigenvraag(
                vraag=vraag,
                antwoord=rij.tekst if rij else "",
                code=vraag.code,
                tekst=vraag.tekst,
                hulp=vraag.hulptekst,
                versie=rij.versie if rij else 0,
            )
        )
    return uit


def eigen_delen(gebruiker: Any, leerling: Any) -> list[Ouderdeel]:
    """What this parent was asked to write about this child, newest first."""
    return list(
        Ouderdeel.objects.zichtbaar_voor(gebruiker, MEELEZEN)
        .filter(document__stuk__leerling=leerling)
        .order_by("-gevraagd_op", "-pk")
    )


def te_lezen(gebruiker: Any, deel: Ouderdeel) -> Dossierstuk | None:
    """The paper itself, when it is shared with this parent: what they give their view on."""
    gevonden: Dossierstuk | None = (
        Dossierstuk.objects.zichtbaar_voor(gebruiker, MEELEZEN).filter(pk=deel.document.stuk_id).first()
    )
    return gevonden
