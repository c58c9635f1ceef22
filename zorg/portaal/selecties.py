"""What a parent reads: their children, what was shared, what is asked. Always by the right to read along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate

from leerlingen import profielen_van_school, selecties
from leerlingen.models import (
    Bijlage,
    Dossierstuk,
    Leerling,
    Publicatie,
    Taak,
    Toestemming,
    Toestemmingsantwoord,
    Toestemmingstuk,
)
from leerlingen.termijn import opsomming
from zorg.kern import klok
from zorg.kern.querysets import Recht
from zorg.logboek import teksten
from zorg.logboek.models import Logregel

MEELEZEN = Recht.MEELEZEN
DAGEN_PER_BLAD = 14


def kinderen(gebruiker: Any) -> list[Leerling]:
    """The children for whom this account has authority."""
    return list(
        Leerling.objects.zichtbaar_voor(gebruiker, MEELEZEN).select_related("school").order_by("roepnaam", "pk")
    )


def open_vragen(gebruiker: Any, leerling: Leerling | None = None) -> list[Taak]:
    """What the school asks of this parent now, most urgent first."""
    taken = Taak.objects.zichtbaar_voor(gebruiker).open().filter(persoon__gebruiker=gebruiker, leerling__isnull=False)
    return list(taken.filter(leerling=leerling) if leerling else taken)


def gedeelde_stukken(gebruiker: Any, leerling: Leerling) -> list[Dossierstuk]:
    """The pieces shared about this child, newest first, with since when and by whom."""
    stukken = selecties.dossierlijst(gebruiker, leerling, zicht=MEELEZEN)
    publicaties = {
        publicatie.stuk_id: publicatie
        for publicatie in Publicatie.objects.zichtbaar_voor(gebruiker, MEELEZEN)
        .filter(stuk__in=[stuk.pk for stuk in stukken], ingetrokken_op__isnull=True)
        .select_related("door")
    }
    for stuk in stukken:
        stuk.publicatie = publicaties.get(stuk.pk)  # type: ignore[attr-defined]
    return stukken


def bijlagen(gebruiker: Any, stuk: Dossierstuk) -> list[Bijlage]:
    """The files at a shared piece."""
    return selecties.bijlagen_van(gebruiker, stuk, zicht=MEELEZEN)


KIJKEN = Q(handeling__regex="(ingezien|geopend|meegenomen)$") | Q(handeling="noodtoegang")
"""The acts by which somebody gets to know something of a child."""


@dataclass(frozen=True)
class Kijker:
    """Somebody on one day: until when, and in words what they looked at («las een stuk (6 keer)»)."""

    naam: str
    laatst: datetime
    wat: str


@dataclass(frozen=True)
class Kijkdag:
    """A day on which the dossier was looked at, the last first."""

    dag: date
    kijkers: tuple[Kijker, ...]


def wie_keek(gebruiker: Any, leerling: Leerling, pagina: str = "") -> tuple[Page[Any], list[Kijkdag]]:
    """Who looked at the dossier of this child, by day and by person: one page of days, and what it says."""
    op_dag = TruncDate("tijd", tzinfo=ZoneInfo(leerling.school.tijdzone))
    regels = Logregel.objects.zichtbaar_voor(gebruiker, MEELEZEN).filter(KIJKEN, leerling_id=leerling.pk).order_by()
    dagen = regels.annotate(dag=op_dag).values_list("dag", flat=True).distinct().order_by("-dag")
    blad = Paginator(dagen, DAGEN_PER_BLAD).get_page(pagina)
    rijen = (
        regels.annotate(dag=op_dag)
        .filter(dag__in=list(blad.object_list))
        .values("dag", "actor_id", "actor_naam", "handeling")
        .annotate(keer=Count("pk"), laatst=Max("tijd"))
        .order_by("-dag", "-laatst", "actor_naam", "handeling")
    )
    per_dag: dict[date, dict[tuple[int | None, str], list[Any]]] = {}
    for rij in rijen:
        per_dag.setdefault(rij["dag"], {}).setdefault((rij["actor_id"], rij["actor_naam"]), []).append(rij)
    return blad, [
        Kijkdag(dag, tuple(Kijker(naam, acten[0]["laatst"], _in_woorden(acten)) for (_, naam), acten in mensen.items()))
        for dag, mensen in per_dag.items()
    ]


def _in_woorden(acten: list[Any]) -> str:
    """What somebody did on one day; kinds that read the same are counted together."""
    keren: dict[str, int] = {}
    for acte in acten:
        woorden = teksten.van(acte["handeling"])
        keren[woorden] = keren.get(woorden, 0) + acte["keer"]
    return opsomming(f"{woorden} ({keer} keer)" if keer > 1 else woorden for woorden, keer in keren.items())


@dataclass(frozen=True)
class Vraag:
    """A request for consent as a parent reads it."""

    toestemming: Toestemming
    vraag: str
    stukken: list[str]
    mijn_antwoord: Toestemmingsantwoord | None
    verlopen: bool
    meer_ouders: bool


def toestemmingsvraag(gebruiker: Any, toestemming: Toestemming) -> Vraag:
    """The request with the question of the procedure, the titles of the named pieces and one's own last answer."""
    vorm = profielen_van_school.toestemming_van(toestemming.profielversie, toestemming.doel)
    titels = (
        Toestemmingstuk.objects.zichtbaar_voor(gebruiker, MEELEZEN)
        .filter(toestemming=toestemming)
        .select_related("stuk")
        .order_by("stuk__datum")
    )
    laatste = (
        Toestemmingsantwoord.objects.zichtbaar_voor(gebruiker, MEELEZEN)
        .filter(toestemming=toestemming, persoon__gebruiker=gebruiker)
        .first()
    )
    tot = toestemming.geldig_tot
    return Vraag(
        toestemming=toestemming,
        vraag=vorm.vraag.replace("{leerling}", toestemming.leerling.roepnaam or toestemming.leerling.naam),
        stukken=[rij.stuk.titel for rij in titels],
        mijn_antwoord=laatste,
        verlopen=toestemming.ingetrokken_op is not None
        or (tot is not None and tot < klok.vandaag(toestemming.leerling.school)),
        meer_ouders=vorm.wie == "alle_gezaghebbenden",
    )


def toestemmingen(gebruiker: Any, leerling: Leerling) -> list[Toestemming]:
    """Everything that was asked about this child and was not taken back, newest first."""
    return list(
        Toestemming.objects.zichtbaar_voor(gebruiker, MEELEZEN)
        .filter(leerling=leerling, ingetrokken_op__isnull=True)
        .select_related("profielversie")
    )
