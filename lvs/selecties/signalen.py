"""Recorded signals as a user may read them: of one pupil, of many, with their history and what to do next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from leerlingen import profielen_van_school
from leerlingen.models import Document, Leerling, Plaatsing
from leerlingen.profiel import Profiel
from lvs import feiten
from lvs.models import Resultaat, VastgelegdSignaal
from lvs.services import groeinormen
from lvs.signalering import Feiten, Signaal, signalen
from lvs.vastgelegd import Vastgelegd, categorienaam, samen
from lvs.vervolg import Keuze, met_vervolg
from zorg.kern.querysets import Recht


def feit_van(rij: VastgelegdSignaal) -> Vastgelegd:
    """The row as a fact; its piece was read with it."""
    return Vastgelegd(rij.pk, rij.categorie, rij.bron, rij.stuk.datum, rij.stuk.vakgebied, rij.waar, rij.toelichting)


def lopende_signalen(
    gebruiker: Any, leerlingen: Collection[int], recht: str = Recht.INZIEN
) -> dict[int, list[VastgelegdSignaal]]:
    """The signals of these pupils that nobody closed and that the user sees, by pupil, newest first. One query."""
    per: dict[int, list[VastgelegdSignaal]] = {}
    rijen = VastgelegdSignaal.objects.zichtbaar_voor(gebruiker, recht).filter(leerling__in=leerlingen).lopend()
    for rij in rijen.select_related("stuk"):
        per.setdefault(rij.leerling_id, []).append(rij)
    return per


def signalen_van(gebruiker: Any, leerling: Leerling) -> list[VastgelegdSignaal]:
    """Every recorded signal of a pupil that the user sees, closed ones last, each with the name of its category."""
    rijen = list(
        VastgelegdSignaal.objects.zichtbaar_voor(gebruiker)
        .filter(leerling=leerling)
        .select_related("stuk__opgesteld_door", "gezet_door")
        .order_by("-stuk__datum", "-pk")
    )
    met_namen(rijen, profielen_van_school.huidig_profiel(leerling.school))
    return sorted(rijen, key=lambda rij: rij.stand == VastgelegdSignaal.Stand.AFGESLOTEN)


def met_namen(rijen: Iterable[Any], profiel: Profiel) -> None:
    """Put the school's name of the category beside each row."""
    for rij in rijen:
        rij.naam = categorienaam(profiel, rij.categorie)


@dataclass(frozen=True)
class Signalenblad:
    """The tab: what people recorded (with `naam`, `wat_nu`, `bekend`, `keuzes`), and what the rules find."""

    vastgelegd: list[VastgelegdSignaal]
    afgesloten: list[VastgelegdSignaal]
    berekend: list[tuple[Signaal, list[Keuze]]]


def signalenblad(gebruiker: Any, leerling: Leerling, dag: date) -> Signalenblad:
    """The signals of one pupil, recorded and computed, as far as this user sees them."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    rijen: list[Any] = signalen_van(gebruiker, leerling)
    klaar = [rij for rij in rijen if rij.stand == VastgelegdSignaal.Stand.AFGESLOTEN]
    open_ = [rij for rij in rijen if rij.stand != VastgelegdSignaal.Stand.AFGESLOTEN]
    metingen = feiten.metingen(Resultaat.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling))
    opp = feiten.met_opp(Document.objects.zichtbaar_voor(gebruiker), profiel, [leerling.pk])
    plannen = dict(feiten.plaatsen(gebruiker, [leerling.pk], dag).get(leerling.pk, {}))
    bekend = Feiten(metingen.get(leerling.pk, ()), bool(opp), plannen)
    gevonden = signalen(bekend, profiel, groeinormen(leerling.school)) if metingen or opp else []
    alle = samen(gevonden, map(feit_van, open_), profiel, plannen)
    groep = groep_van(gebruiker, leerling, dag)
    keuzes = met_vervolg(alle, leerling=leerling.pk, groep=groep, profiel=profiel)
    per_rij = {signaal.pk: (signaal, rij) for signaal, rij in keuzes if signaal.pk}
    for rij in open_:
        signaal, rij.keuzes = per_rij[rij.pk]
        rij.wat_nu, rij.bekend = signaal.wat_nu, signaal.bekend
    return Signalenblad(open_, klaar, [(signaal, wat) for signaal, wat in keuzes if not signaal.pk])


def groep_van(gebruiker: Any, leerling: Leerling, dag: date) -> int | None:
    """The home group of a pupil today, as far as the user sees it."""
    plaatsing = Plaatsing.objects.zichtbaar_voor(gebruiker).filter(
        leerling=leerling, stamgroep=True, periode__contains=dag
    )
    gevonden: int | None = plaatsing.order_by().values_list("groep", flat=True).first()
    return gevonden


@dataclass(frozen=True)
class Verloopregel:
    """One step of a recorded signal: how it stood from when on, and what it said then when that was changed later."""

    stand: str
    toelichting: str
    op: datetime
    door: str
    tekst: str = ""


def signaalverloop(gebruiker: Any, signaal: VastgelegdSignaal) -> list[Verloopregel]:
    """Everything that happened with it, newest first: nothing that was recorded is lost. One query."""
    bron: Any = VastgelegdSignaal.pgh_event_model  # type: ignore[attr-defined]
    versies = list(
        bron.objects.zichtbaar_voor(gebruiker)
        .filter(pgh_obj_id=signaal.pk)
        .select_related("gezet_door")
        .order_by("-pgh_created_at", "-pgh_id")
    )
    uit, later = [], signaal.tekst
    for versie in versies:
        anders = versie.tekst if versie.tekst != later else ""
        uit.append(
            Verloopregel(
                stand_in_woorden(versie.stand, versie.waar),
                versie.toelichting,
                versie.stand_sinds,
                versie.gezet_door.naam if versie.gezet_door else "Zorgpad",
                anders,
            )
        )
        later = versie.tekst
    return list(dict.fromkeys(uit))


def stand_in_woorden(stand: str, waar: str) -> str:
    """«Opgepakt in een bespreking», «open», «afgesloten»."""
    woorden = {**dict(VastgelegdSignaal.Stand.choices), **dict(VastgelegdSignaal.Waar.choices)}
    return f"{woorden[stand]} {woorden[waar]}" if waar else str(woorden[stand])
