"""Acts on the care route: a step through its gate, talks, research, decisions by bodies outside, asking consent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse

from besprekingen.adressen import adres
from besprekingen.models import Gesprek, Instantiebesluit, Onderzoek
from besprekingen.services.feiten import zorgfeiten
from besprekingen.services.oudergesprekken import oudergesprekken_klaar
from besprekingen.services.signalen import signalen_in_gesprek
from besprekingen.services.taken import maak_taak
from leerlingen import profielen_van_school, toegang, zorgroute
from leerlingen import services as eerste_verdieping
from leerlingen.models import Dossierstuk, Leerling, Toestemming, Zorgniveauperiode
from leerlingen.profiel import Profiel
from leerlingen.profiel.voorwaardenvormen import InstantieVorm, OnderzoekVorm
from leerlingen.services.hulp import vereis
from lvs.models import VastgelegdSignaal
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import datum, schoon
from zorg.logboek.services import vastleggen

MET_OUDERS = frozenset({"ouders", "oogo", "triade"})
INSTANTIES = {
    "tlv": "toelaatbaarheidsverklaring (TLV)",
    "plaatsing": "plaats toegezegd door de nieuwe school",
    "arrangement": "arrangement toegekend",
}
ONDERZOEKEN = {
    "pdo": "pedagogisch-didactisch onderzoek (PDO)",
    "psychologisch": "psychologisch onderzoek",
    "intelligentie": "intelligentieonderzoek",
    "dyslexie": "onderzoek naar dyslexie",
    "logopedie": "logopedisch onderzoek",
}

VAN_WIE = {"oudergesprek": "ouders", "kindgesprek": "eigen_woorden"}
"""Paper of a talk → the question for the words of whom it was with: nobody may read the school's for theirs."""


def instanties_van(profiel: Profiel) -> dict[str, str]:
    """The decisions by bodies outside that can be recorded: the usual ones, and those that the procedure asks for."""
    gevraagd = {v.besluit: v.omschrijving for v in _voorwaarden(profiel) if isinstance(v, InstantieVorm)}
    return INSTANTIES | gevraagd


def onderzoeken_van(profiel: Profiel) -> dict[str, str]:
    """The kinds of research that can be recorded, by code."""
    gevraagd = {v.onderzoek for v in _voorwaarden(profiel) if isinstance(v, OnderzoekVorm)}
    return ONDERZOEKEN | {code: code.replace("_", " ") for code in gevraagd if code not in ONDERZOEKEN}


def _voorwaarden(profiel: Profiel) -> Iterable[object]:
    for overgang in profiel.overgang:
        yield from overgang.voorwaarden
    for niveau in profiel.niveau:
        yield from niveau.afronding
    for document in profiel.documenten:
        yield from document.voorwaarden


def rollen_bij(leerling: Leerling, gebruiker: Gebruiker, *, wijzigen: bool | None = None) -> frozenset[str]:
    """The roles with which this account may decide about this pupil: nobody decides by being a teacher elsewhere.

    `wijzigen`: whether the account may change the pupil, when the caller asked that already.
    """
    rollen = toegang.rollen_van(gebruiker)
    if wijzigen is None:
        wijzigen = gebruiker.has_perm("wijzigen_leerling", leerling)
    if not wijzigen:
        return rollen - {"leerkracht", "vervanger", "rt", "assistent"}
    return rollen


@transaction.atomic
def niveau_wijzigen(*, leerling: Leerling, naar: str, reden: str, door: Gebruiker) -> Zorgniveauperiode:
    """Move a pupil to another level of care through the gate; the facts are gathered inside the same transaction.

    The tasks of the step are made (K-141: see that the parents are invited). Raises DomeinFout with the first reason in
    plain Dutch, and the link that would satisfy it, when the gate is closed; KeyError for a level that does not exist.
    """
    Leerling.objects.systeemtoegang(reden="twee mensen besluiten tegelijk").select_for_update().get(pk=leerling.pk)
    versie = profielen_van_school.huidige_versie(leerling.school)
    profiel = profielen_van_school.profiel(versie)
    profiel.zoek_niveau(naar)
    feiten = zorgfeiten(leerling, rollen_bij(leerling, door))
    oordeel = zorgroute.beoordeel_stap(profiel, naar, feiten)
    vereis(door, Recht.WIJZIGEN, leerling)
    if not oordeel.toegestaan:
        link = next((a for u in oordeel.ontbreekt if (a := adres(u.link, leerling))), None)
        raise DomeinFout(oordeel.zin, link=link)
    periode = eerste_verdieping.zorgniveau_wijzigen(
        leerling=leerling, naar=naar, feiten=feiten, versie=versie, reden=reden, door=door
    )
    overgang = profiel.zoek_overgang(oordeel.van, naar)
    for sjabloon in overgang.taken if overgang else ():
        if not sjabloon.optioneel:
            maak_taak(
                sjabloon,
                leerling=leerling,
                begin=klok.vandaag(leerling.school),
                sleutel=f"stap:{periode.pk}:{sjabloon.code}",
                link=reverse("besprekingen:zorg", kwargs={"leerling_id": leerling.pk}),
                uitleg=f"Hoort bij: {profiel.zoek_niveau(naar).naam}.",
            )
    return periode


# -- facts that come from no meeting ------------------------------------------------------------------------------


@transaction.atomic
def gesprek_vastleggen(
    *,
    leerling: Leerling,
    soort: str,
    op: date,
    titel: str = "",
    tekst: str = "",
    signalen: Iterable[VastgelegdSignaal] = (),
    door: Gebruiker,
) -> Gesprek:
    """Put a talk on record with its report as a piece of the dossier (K-111, K-112); `signalen` were raised in it.

    Raises DomeinFout for a bad date.
    """
    vereis(door, Recht.WIJZIGEN, leerling)
    if soort not in Gesprek.Soort.values:
        raise DomeinFout("Kies met wie het gesprek was.")
    if op > klok.vandaag(leerling.school):
        raise DomeinFout("Dit gesprek is nog niet geweest.")
    papier = {Gesprek.Soort.KIND: "kindgesprek", Gesprek.Soort.IB: "notitie", Gesprek.Soort.SPECIALIST: "notitie"}.get(
        Gesprek.Soort(soort), "oudergesprek"
    )
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    if papier not in {document.code for document in profiel.documenten}:
        papier = "notitie"
    naam = titel.strip() or Gesprek.Soort(soort).label.capitalize()
    stuk = eerste_verdieping.stuk_maken(leerling=leerling, soort=papier, titel=naam, datum=op, door=door)
    document = eerste_verdieping.document_maken(soort=papier, stuk=stuk, door=door)
    if tekst.strip():
        sectie, vraag = profielen_van_school.eerste_vraag(document.profielversie, papier, VAN_WIE.get(papier, ""))
        eerste_verdieping.antwoord_bewaren(
            document=document, sectiecode=sectie, vraagcode=vraag, tekst=tekst, basisversie=0, door=door
        )
    gesprek: Gesprek = Gesprek.objects.create(school=leerling.school, stuk=stuk, leerling=leerling, soort=soort, op=op)
    oudergesprekken_klaar(leerling)
    naam = Gesprek.Soort(soort).label.capitalize()
    signalen_in_gesprek(leerling=leerling, signalen=signalen, met=naam, ouders=soort in MET_OUDERS, op=op, door=door)
    vastleggen("gesprek_vastgelegd", school=leerling.school, door=door, leerling=leerling, object=stuk, soort=soort)
    return gesprek


@transaction.atomic
def onderzoek_aanvragen(
    *, leerling: Leerling, soort: str, uitvoerder: str, aangevraagd_op: date | None = None, door: Gebruiker
) -> Onderzoek:
    """Record that research was asked for, and of whom (K-143). Its result is only for the table after the parents."""
    vereis(door, Recht.VERLENEN, leerling)
    vandaag = klok.vandaag(leerling.school)
    op = aangevraagd_op or vandaag
    if op > vandaag:
        raise DomeinFout("Deze datum ligt in de toekomst.")
    namen = onderzoeken_van(profielen_van_school.huidig_profiel(leerling.school))
    uitvoerder = schoon(uitvoerder, naam="Wie onderzoekt", maximum=150).strip()
    if soort not in namen or not uitvoerder:
        raise DomeinFout("Vul in welk onderzoek het is en wie het doet.")
    stuk = eerste_verdieping.stuk_maken(
        leerling=leerling,
        soort="onderzoek",
        titel=namen[soort][:1].upper() + namen[soort][1:],
        datum=op,
        vertrouwelijkheid="vertrouwelijk",
        door=door,
    )
    onderzoek: Onderzoek = Onderzoek.objects.create(
        school=leerling.school, stuk=stuk, leerling=leerling, soort=soort, uitvoerder=uitvoerder, aangevraagd_op=op
    )
    vastleggen("onderzoek_aangevraagd", school=leerling.school, door=door, leerling=leerling, object=stuk)
    return onderzoek


@transaction.atomic
def onderzoek_bijwerken(
    *, onderzoek: Onderzoek, uitslag_op: date | None, met_ouders_op: date | None, door: Gebruiker
) -> Onderzoek:
    """Record when the result came, and when the parents heard it: they come first (K-144)."""
    vereis(door, Recht.WIJZIGEN, onderzoek.stuk)
    vandaag = klok.vandaag(onderzoek.school)
    if any(dag is not None and dag > vandaag for dag in (uitslag_op, met_ouders_op)):
        raise DomeinFout("Een datum ligt in de toekomst.")
    if uitslag_op is not None and uitslag_op < onderzoek.aangevraagd_op:
        raise DomeinFout("De uitslag komt na de aanvraag.")
    if met_ouders_op is not None and (uitslag_op is None or met_ouders_op < uitslag_op):
        raise DomeinFout("Met de ouders bespreken kan pas als de uitslag er is.")
    onderzoek.uitslag_op, onderzoek.met_ouders_op = uitslag_op, met_ouders_op
    onderzoek.save(update_fields=["uitslag_op", "met_ouders_op"])
    vastleggen(
        "onderzoek_bijgewerkt",
        school=onderzoek.school,
        door=door,
        leerling=onderzoek.leerling_id,
        object=onderzoek.stuk,
        met_ouders=met_ouders_op is not None,
    )
    return onderzoek


@transaction.atomic
def instantiebesluit_vastleggen(
    *,
    leerling: Leerling,
    besluit: str,
    instantie: str,
    op: date,
    kenmerk: str = "",
    geldig_tot: date | None = None,
    door: Gebruiker,
) -> Instantiebesluit:
    """Record what a body outside the school decided: TLV, placement (K-149)."""
    vereis(door, Recht.VERLENEN, leerling)
    namen = instanties_van(profielen_van_school.huidig_profiel(leerling.school))
    if besluit not in namen:
        raise DomeinFout("Kies welk besluit het is.")
    if op > klok.vandaag(leerling.school):
        raise DomeinFout("Deze datum ligt in de toekomst.")
    if geldig_tot is not None and geldig_tot < op:
        raise DomeinFout("De einddatum ligt voor het besluit.")
    instantie = schoon(instantie, naam="De instantie", maximum=150).strip()
    if not instantie:
        raise DomeinFout("Vul in wie het besluit nam.")
    stuk = eerste_verdieping.stuk_maken(
        leerling=leerling,
        soort="instantiebesluit",
        titel=namen[besluit][:1].upper() + namen[besluit][1:],
        datum=op,
        vertrouwelijkheid="vertrouwelijk",
        bewaargrond="verwijzing",
        door=door,
    )
    rij: Instantiebesluit = Instantiebesluit.objects.create(
        school=leerling.school,
        stuk=stuk,
        leerling=leerling,
        besluit=besluit,
        instantie=instantie,
        kenmerk=kenmerk.strip()[:80],
        op=op,
        geldig_tot=geldig_tot,
    )
    vastleggen(
        "instantiebesluit_vastgelegd",
        school=leerling.school,
        door=door,
        leerling=leerling,
        object=stuk,
        besluit=besluit,
    )
    return rij


# -- consent ---------------------------------------------------------------------------------------------------------


def toestemmingstekst(
    leerling: Leerling, doel: str, *, deelnemers: str, stukken: Iterable[Dossierstuk], tot: date | None, op: date | None
) -> str:
    """The procedure's text for this purpose, filled in; what is not known yet stays out of the sentence's way."""
    vorm = profielen_van_school.toestemming_van(profielen_van_school.huidige_versie(leerling.school), doel)
    titels = [stuk.titel for stuk in stukken]
    # what is signed is still read years later: always with the year
    waarden = {
        "leerling": leerling.roepnaam or leerling.naam,
        "school": leerling.school.naam,
        "deelnemers": deelnemers.strip() or "de mensen die de school noemt",
        "stukken": ", ".join(titels) if titels else "geen stukken",
        "datum": datum(op) if op else "een dag die u nog hoort",
        "tot": datum(tot) if tot else "u het intrekt",
    }
    tekst = _sluitend(vorm.tekst, met_stukken=bool(titels), met_eind=tot is not None)
    for naam, waarde in waarden.items():
        tekst = tekst.replace("{" + naam + "}", waarde)
    return tekst


def _sluitend(tekst: str, *, met_stukken: bool, met_eind: bool) -> str:
    """The text with right sentences where there are no pieces, or no last day."""
    if not met_stukken:
        eind = " Uw toestemming geldt tot en met {tot}." if met_eind else ""
        tekst = re.sub(
            r"(krijgen|krijgt) te zien: \{stukken\}\.( Niets anders\.)?( Na \{tot\}[^.]*\.)?",
            rf"\1 geen stukken te zien.{eind}",
            tekst,
        )
        tekst = tekst.replace("{stukken}. Niets anders.", "{stukken}.")
    if not met_eind:
        tekst = tekst.replace("Na {tot} ", "Trekt u het in, dan ").replace(", uiterlijk {tot}", "")
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
    if tot is not None and op is not None and tot < op:
        raise DomeinFout(
            f"De toestemming eindigt op {datum(tot)}, voor de bespreking van {datum(op)}. Kies een latere einddatum."
        )
    tekst = toestemmingstekst(leerling, doel, deelnemers=deelnemers, stukken=stukken, tot=tot, op=op)
    return eerste_verdieping.toestemming_vragen(
        leerling=leerling, doel=doel, tekst=tekst, stukken=stukken, geldig_tot=tot, door=door
    )
