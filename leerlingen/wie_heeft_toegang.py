"""Who can see one pupil now, through which relation, until when (Normenkader ID.01: SOLL beside IST).

The mirror of `toegang.py`: that asks from the account, this from the pupil; tests/rechten holds one against the other.
The caller has checked the right to grant, or is the operator at the command line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, Value

from leerlingen import profielen_van_school, toegang
from leerlingen.models import (
    Aanstelling,
    DossierstukRecht,
    Leerling,
    LeerlingRecht,
    Leerlingtoewijzing,
    Noodtoegang,
    Ouderschap,
    Toewijzing,
)
from zorg.kern import klok
from zorg.kern.models import Gebruiker, Schoolkoppeling

REDEN = "wie heeft toegang tot deze leerling"


@dataclass(frozen=True)
class Toegangsrij:
    """One way in. `ziet` says what: the dossier up to a confidentiality, one subject, one piece, or what was shared."""

    gebruiker_id: int
    naam: str
    email: str
    waardoor: str
    ziet: str
    tot: date | None


def wie_heeft_toegang(leerling: Leerling) -> list[Toegangsrij]:
    """Every way in for an account that works and whose door to the school is open, by name."""
    school, dag = leerling.school, klok.vandaag(leerling.school)
    open_deur = set(Schoolkoppeling.objects.geldig().filter(school=school).values_list("gebruiker", flat=True))
    profiel: Any = profielen_van_school.huidig_profiel(school)
    rijen = [
        rij
        for bron in (_schoolbreed, _groepen, _een_leerling, _ouders, _verleend, _nood)
        for rij in bron(leerling, dag, profiel)
        if rij.gebruiker_id in open_deur
    ]
    return sorted(rijen, key=lambda rij: (rij.naam, rij.waardoor))


def _rij(gebruiker: Gebruiker | None, waardoor: str, ziet: str, tot: date | None) -> Iterator[Toegangsrij]:
    if gebruiker is not None and gebruiker.is_active:
        yield Toegangsrij(gebruiker.pk, gebruiker.naam, gebruiker.email, waardoor, ziet, tot)


def _dag(leerling: Leerling, moment: datetime) -> date:
    """The day of a moment, where the school stands."""
    return moment.astimezone(ZoneInfo(leerling.school.tijdzone)).date()


def _schoolbreed(leerling: Leerling, dag: date, profiel: Any) -> Iterator[Toegangsrij]:
    rollen = Aanstelling.objects.systeemtoegang(reden=REDEN).filter(
        school=leerling.school, periode__contains=dag, rol__in=[*toegang.SCHOOLBREED, "specialist"]
    )
    for aanstelling in rollen.select_related("persoon__gebruiker"):
        if aanstelling.rol == "specialist":
            if not _ingeschreven(leerling, dag):
                continue
            ziet = "stukken van " + ", ".join(aanstelling.vakgebieden)
        else:
            ziet = "het hele dossier"
        yield from _rij(
            aanstelling.persoon.gebruiker, profiel.rolnaam(aanstelling.rol), ziet, aanstelling.periode.upper
        )


def _ingeschreven(leerling: Leerling, dag: date) -> bool:
    periode: Any = leerling.ingeschreven
    return bool((periode.lower is None or periode.lower <= dag) and (periode.upper is None or dag < periode.upper))


def _groepen(leerling: Leerling, dag: date, profiel: Any) -> Iterator[Toegangsrij]:
    toewijzingen = (
        Toewijzing.objects.systeemtoegang(reden=REDEN)
        .filter(
            groep__plaatsingen__leerling=leerling,
            groep__plaatsingen__inzage__contains=dag,
            inzage__contains=dag,
            periode__overlap=F("groep__plaatsingen__periode"),
        )
        .annotate(inzage_leerling=F("groep__plaatsingen__inzage"))
        .select_related("persoon__gebruiker", "groep")
    )
    for toewijzing in toewijzingen:
        _, plafond = toegang.GROEP[toewijzing.rol]
        einden = [inzage.upper for inzage in (toewijzing.inzage, toewijzing.inzage_leerling) if inzage.upper]
        waardoor = f"{profiel.rolnaam(toewijzing.rol)} van {toewijzing.groep.naam}"
        yield from _rij(toewijzing.persoon.gebruiker, waardoor, f"tot en met {plafond}", min(einden, default=None))


def _een_leerling(leerling: Leerling, dag: date, profiel: Any) -> Iterator[Toegangsrij]:
    rijen = Leerlingtoewijzing.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling, periode__contains=dag)
    for rij in rijen.select_related("persoon__gebruiker"):
        waardoor = f"{profiel.rolnaam(rij.rol)} van deze leerling"
        yield from _rij(rij.persoon.gebruiker, waardoor, "tot en met gewoon", rij.periode.upper)


def _ouders(leerling: Leerling, dag: date, profiel: Any) -> Iterator[Toegangsrij]:
    rijen = Ouderschap.objects.systeemtoegang(reden=REDEN).filter(
        leerling=leerling, gezag="ja", beperking="", periode__contains=dag
    )
    for rij in rijen.select_related("persoon__gebruiker"):
        yield from _rij(rij.persoon.gebruiker, f"{rij.relatie} met gezag", "wat gedeeld is", rij.periode.upper)


def _verleend(leerling: Leerling, dag: date, profiel: Any) -> Iterator[Toegangsrij]:
    nu = {"geldig_van__lte": klok.nu(), "geldig_tot__gt": klok.nu()}
    heel = (
        LeerlingRecht.objects.systeemtoegang(reden=REDEN)
        .filter(content_object=leerling, permission__codename="inzien_leerling", **nu)
        .values_list("user_id", "reden", "geldig_tot", Value("", output_field=CharField()))
    )
    een_stuk = (
        DossierstukRecht.objects.systeemtoegang(reden=REDEN)
        .filter(content_object__leerling=leerling, permission__codename="inzien_dossierstuk", **nu)
        .values_list("user_id", "reden", "geldig_tot", "content_object__titel")
    )
    rechten = list(heel.union(een_stuk, all=True))
    mensen = Gebruiker.objects.in_bulk({gebruiker for gebruiker, *_ in rechten})
    for gebruiker, reden, tot, titel in rechten:
        ziet = f"alleen «{titel}»" if titel else "tot en met gewoon"
        yield from _rij(mensen[gebruiker], f"toegang gegeven: {reden}", ziet, _dag(leerling, tot))


def _nood(leerling: Leerling, dag: date, profiel: Any) -> Iterator[Toegangsrij]:
    rijen = Noodtoegang.objects.systeemtoegang(reden=REDEN).filter(
        leerling=leerling, geldig_van__lte=klok.nu(), geldig_tot__gt=klok.nu()
    )
    for rij in rijen.select_related("persoon__gebruiker"):
        yield from _rij(
            rij.persoon.gebruiker, f"noodtoegang: {rij.reden}", "het hele dossier", _dag(leerling, rij.geldig_tot)
        )
