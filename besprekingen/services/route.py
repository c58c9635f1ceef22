"""Acts on the care route: a talk on record, the step to another level, asking consent with the procedure's text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from besprekingen.models import Gesprek
from besprekingen.services.feiten import zorgfeiten
from leerlingen import profielen_van_school, toegang
from leerlingen import services as eerste_verdieping
from leerlingen.models import Dossierstuk, Leerling, Toestemming, Zorgniveauperiode
from leerlingen.services.hulp import vereis
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen


@transaction.atomic
def gesprek_vastleggen(
    *, leerling: Leerling, soort: str, op: date, titel: str = "", tekst: str = "", door: Gebruiker
) -> Gesprek:
    """Put a talk on record with its report as a piece of the dossier (K-111, K-112). DomeinFout for a bad date."""
    vereis(door, Recht.WIJZIGEN, leerling)
    if soort not in Gesprek.Soort.values:
        raise DomeinFout("Kies met wie het gesprek was.")
    if op > klok.vandaag(leerling.school):
        raise DomeinFout("Dit gesprek is nog niet geweest.")
    papier = "kindgesprek" if soort == Gesprek.Soort.KIND else "oudergesprek"
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    if papier not in {document.code for document in profiel.documenten}:
        papier = "notitie"
    naam = titel.strip() or Gesprek.Soort(soort).label.capitalize()
    stuk = eerste_verdieping.stuk_maken(leerling=leerling, soort=papier, titel=naam, datum=op, door=door)
    document = eerste_verdieping.document_maken(soort=papier, stuk=stuk, door=door)
    if tekst.strip():
        sectie, vraag = profielen_van_school.eerste_vraag(document.profielversie, papier)
        eerste_verdieping.antwoord_bewaren(
            document=document, sectiecode=sectie, vraagcode=vraag, tekst=tekst, basisversie=0, door=door
        )
    gesprek: Gesprek = Gesprek.objects.create(school=leerling.school, stuk=stuk, leerling=leerling, soort=soort, op=op)
    vastleggen("gesprek_vastgelegd", school=leerling.school, door=door, leerling=leerling, object=stuk, soort=soort)
    return gesprek


def rollen_bij(leerling: Leerling, gebruiker: Gebruiker) -> frozenset[str]:
    """The roles with which this account may decide about this pupil: nobody decides by being a teacher elsewhere."""
    rollen = toegang.rollen_van(gebruiker)
    if not gebruiker.has_perm("wijzigen_leerling", leerling):
        return rollen - {"leerkracht", "vervanger", "rt", "assistent"}
    return rollen


@transaction.atomic
def niveau_wijzigen(*, leerling: Leerling, naar: str, reden: str, door: Gebruiker) -> Zorgniveauperiode:
    """Move a pupil to another level of care through the gate; the facts are gathered inside the same transaction.

    Raises DomeinFout with the first reason in plain Dutch when the gate is closed.
    """
    Leerling.objects.systeemtoegang(reden="twee mensen besluiten tegelijk").select_for_update().get(pk=leerling.pk)
    return eerste_verdieping.zorgniveau_wijzigen(
        leerling=leerling,
        naar=naar,
        feiten=zorgfeiten(leerling, rollen_bij(leerling, door)),
        versie=profielen_van_school.huidige_versie(leerling.school),
        reden=reden,
        door=door,
    )


def toestemmingstekst(
    leerling: Leerling, doel: str, *, deelnemers: str, stukken: Iterable[Dossierstuk], tot: date | None, op: date | None
) -> str:
    """The procedure's text for this purpose, filled in; what is not known yet stays out of the sentence's way."""
    vorm = profielen_van_school.toestemming_van(profielen_van_school.huidige_versie(leerling.school), doel)
    titels = [stuk.titel for stuk in stukken]
    waarden = {
        "leerling": leerling.roepnaam or leerling.naam,
        "school": leerling.school.naam,
        "deelnemers": deelnemers.strip() or "de mensen die de school noemt",
        "stukken": ", ".join(titels) if titels else "geen stukken",
        "datum": f"{op:%d-%m-%Y}" if op else "een dag die u nog hoort",
        "tot": f"{tot:%d-%m-%Y}" if tot else "u het intrekt",
    }
    tekst = vorm.tekst
    for naam, waarde in waarden.items():
        tekst = tekst.replace("{" + naam + "}", waarde)
    return tekst


@transaction.atomic
def toestemming_vragen(
    *,
    leerling: Leerling,
    doel: str,
    deelnemers: str,
    stukken: Iterable[Dossierstuk],
    tot: date | None,
    op: date | None,
    door: Gebruiker,
) -> Toestemming:
    """Ask every parent with authority, in the procedure's words."""
    stukken = list(stukken)
    vandaag = klok.vandaag(leerling.school)
    if tot is not None and tot < vandaag:
        raise DomeinFout("De einddatum ligt in het verleden.")
    tekst = toestemmingstekst(leerling, doel, deelnemers=deelnemers, stukken=stukken, tot=tot, op=op)
    return eerste_verdieping.toestemming_vragen(
        leerling=leerling, doel=doel, tekst=tekst, stukken=stukken, geldig_tot=tot, door=door
    )
