"""Reads for Beheer: people with their roles, mail, failed work. Never a pupil's dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from leerlingen import toegang
from leerlingen.models import Aanstelling, Groep, Leerling, Persoon, Rol, Toewijzing
from leerlingen.namen import zoeksleutel
from leerlingen.services.instroom import aantal_per_groep, kenmerken
from zorg.kern import klok
from zorg.kern.models import Bericht, School, Werk
from zorg.kern.querysets import Recht

BEHEREN = Recht.BEHEREN


def beheerde_school(request: HttpRequest) -> School | None:
    """The school whose settings this user manages: as administrator, director or (reading in) ib'er."""
    scholen: tuple[School, ...] = request.scholen  # type: ignore[attr-defined]
    for school in scholen:
        eigen = toegang.aanstellingen(
            request.user,  # type: ignore[arg-type]
            klok.vandaag(school),
            [school],
            "beheerder",
            "directeur",
            "ib",
        )
        if eigen.exists():
            return school
    return None


def geleide_school(request: HttpRequest) -> School | None:
    """The school at which this user may know whose parent somebody is, and set it: as ib'er or director."""
    scholen: tuple[School, ...] = request.scholen  # type: ignore[attr-defined]
    for school in scholen:
        dag = klok.vandaag(school)
        if toegang.aanstellingen(request.user, dag, [school], "ib", "directeur").exists():  # type: ignore[arg-type]
            return school
    return None


def zelfde_kind(gebruiker: Any, school: School, velden: Mapping[str, Any]) -> Leerling | None:
    """The pupil of this name and date of birth, when this user may see that pupil."""
    rijen = Leerling.objects.zichtbaar_voor(gebruiker).filter(school=school, **kenmerken(velden))
    gevonden: Leerling | None = rijen.order_by("pk").first()
    return gevonden


def mag_mensen_beheren(request: HttpRequest, school: School) -> bool:
    """Whether this user manages people and settings: administrator and director."""
    return bool(
        toegang.aanstellingen(
            request.user,  # type: ignore[arg-type]
            klok.vandaag(school),
            [school],
            "beheerder",
            "directeur",
        ).exists()
    )


@dataclass(frozen=True)
class Mensrij:
    """One person in the list."""

    persoon: Persoon
    rollen: list[Aanstelling]
    groepen: list[Toewijzing]
    is_ouder: bool
    heeft_account: bool


def mensen(
    request: HttpRequest, school: School, *, zoek: str, soort: str, pagina: str
) -> tuple[Page[Any], list[Mensrij]]:
    """One page of people; the same queries at 2 and 50 rows. `soort`: team, ouders, vertrokken or empty for all."""
    gebruiker: Any = request.user
    dag = klok.vandaag(school)
    alle = Persoon.objects.zichtbaar_voor(gebruiker, BEHEREN).filter(school=school)
    lopend = Aanstelling.objects.zichtbaar_voor(gebruiker, BEHEREN).filter(
        school=school, periode__endswith__isnull=True
    )
    lopend = lopend.union(
        Aanstelling.objects.zichtbaar_voor(gebruiker, BEHEREN).filter(school=school, periode__endswith__gt=dag),
        all=True,
    ).values("persoon")
    ooit = Aanstelling.objects.zichtbaar_voor(gebruiker, BEHEREN).filter(school=school).values("persoon")
    ouders = ouder_ids(school)
    if soort == "team":
        alle = alle.filter(pk__in=lopend)
    elif soort == "vertrokken":
        alle = alle.filter(pk__in=ooit).exclude(pk__in=lopend)
    elif soort == "ouders":
        alle = alle.filter(pk__in=ouders)
    for woord in zoeksleutel(zoek).split()[:6]:
        alle = alle.filter(zoeknaam__contains=woord)
    blad = Paginator(alle.order_by("sorteernaam", "pk"), 50).get_page(pagina)
    return blad, _mensrijen(gebruiker, list(blad.object_list), dag, set(ouders))


def ouder_ids(school: School) -> list[int]:
    """The ids of the people who are a parent here, without whose: the administrator may not know that."""
    from leerlingen.services.inrichten import ouders_van_school

    return ouders_van_school(school=school)


def _mensrijen(gebruiker: Any, personen: list[Persoon], dag: date, ouders: set[int]) -> list[Mensrij]:
    ids = [persoon.pk for persoon in personen]
    rollen: dict[int, list[Aanstelling]] = {}
    for aanstelling in Aanstelling.objects.zichtbaar_voor(gebruiker, BEHEREN).lopend(dag).filter(persoon__in=ids):
        rollen.setdefault(aanstelling.persoon_id, []).append(aanstelling)
    groepen: dict[int, list[Toewijzing]] = {}
    for toewijzing in (
        Toewijzing.objects.zichtbaar_voor(gebruiker, BEHEREN)
        .lopend(dag)
        .filter(persoon__in=ids)
        .select_related("groep")
        .order_by("groep__volgorde", "groep__naam")
    ):
        groepen.setdefault(toewijzing.persoon_id, []).append(toewijzing)
    return [
        Mensrij(
            persoon,
            rollen.get(persoon.pk, []),
            groepen.get(persoon.pk, []),
            persoon.pk in ouders,
            persoon.gebruiker_id is not None,
        )
        for persoon in personen
    ]


def relaties(gebruiker: Any, persoon: Persoon) -> dict[str, Any]:
    """All roles and assignments of one person, newest first."""
    return {
        "aanstellingen": list(
            Aanstelling.objects.zichtbaar_voor(gebruiker, BEHEREN).filter(persoon=persoon).order_by("-periode")
        ),
        "toewijzingen": list(
            Toewijzing.objects.zichtbaar_voor(gebruiker, BEHEREN)
            .filter(persoon=persoon)
            .select_related("groep__schooljaar")
            .order_by("-periode")
        ),
    }


@dataclass(frozen=True)
class Groeprij:
    """A group with who works with it now, and how many pupils sit in it (of a year to come: will sit)."""

    groep: Groep
    leerkrachten: list[str]
    aantal: int


def groepen_per_jaar(request: HttpRequest, school: School) -> list[tuple[str, list[Groeprij]]]:
    """The groups of this school year and of later ones, by year; the same queries at 2 and 30 groups."""
    gebruiker: Any = request.user
    dag = klok.vandaag(school)
    groepen = list(
        Groep.objects.zichtbaar_voor(gebruiker, BEHEREN)
        .filter(school=school, schooljaar__periode__endswith__gt=dag)
        .select_related("schooljaar")
        .order_by("schooljaar__naam", "volgorde", "naam")
    )
    leerkrachten: dict[int, list[str]] = {}
    recht = BEHEREN if mag_mensen_beheren(request, school) else Recht.INZIEN  # the ib'er knows the team, no more
    for toewijzing in (
        Toewijzing.objects.zichtbaar_voor(gebruiker, recht)
        .filter(groep__in=[groep.pk for groep in groepen], rol=Rol.LEERKRACHT, periode__endswith__gt=dag)
        .select_related("persoon")
        .order_by("persoon__sorteernaam")
    ):
        namen = leerkrachten.setdefault(toewijzing.groep_id, [])
        if toewijzing.persoon.naam not in namen:
            namen.append(toewijzing.persoon.naam)
    aantallen = aantal_per_groep(school=school, dag=dag)
    jaren: dict[str, list[Groeprij]] = {}
    for groep in groepen:
        rij = Groeprij(groep, leerkrachten.get(groep.pk, []), aantallen.get(groep.pk, 0))
        jaren.setdefault(groep.schooljaar.naam, []).append(rij)
    return list(jaren.items())


def berichten(gebruiker: Any, school: School, pagina: str) -> Page[Bericht]:
    """The outgoing mail of this school, newest first."""
    return Paginator(
        Bericht.objects.zichtbaar_voor(gebruiker, BEHEREN).filter(school=school).order_by("-gemaakt_op", "-pk"), 50
    ).get_page(pagina)


def vastgelopen_werk(school: School) -> int:
    """How much due work failed for good (no pupil data in it)."""
    return Werk.objects.filter(school=school, status=Werk.Status.MISLUKT).count()
