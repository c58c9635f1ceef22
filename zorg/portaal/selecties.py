"""What a parent reads: their children, what was shared, what is asked. Always by the right to read along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

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
from zorg.kern import klok
from zorg.kern.querysets import Recht
from zorg.logboek import teksten
from zorg.logboek.models import Logregel

MEELEZEN = Recht.MEELEZEN


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


def wie_keek(gebruiker: Any, leerling: Leerling, aantal: int = 50) -> list[dict[str, Any]]:
    """Who looked at the dossier of this child: the newest looks, in words."""
    regels = Logregel.objects.zichtbaar_voor(gebruiker, MEELEZEN).filter(leerling_id=leerling.pk)
    kijken = Q(handeling__endswith="ingezien") | Q(handeling__endswith="geopend") | Q(handeling="noodtoegang")
    return [{"tijd": r.tijd, "wie": r.actor_naam, "wat": teksten.zin(r)} for r in regels.filter(kijken)[:aantal]]


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
