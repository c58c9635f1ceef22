"""Papers: making, saving one answer against its base version, fixing, correcting by addendum (ontwerp §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import profielen_van_school, toegang
from leerlingen.models import Aanvulling, Antwoord, Document, Documentgroep, Dossierstuk, Groep, Leerling, Persoon
from leerlingen.profiel.basis import Rol
from leerlingen.profiel.papier import Status, Vraag
from leerlingen.services import papiertaken
from leerlingen.services.dossier import stuk_maken
from leerlingen.services.hulp import huidig_antwoord, persoon_van, vereis
from leerlingen.termijn import opsomming
from leerlingen.vraagsoorten import te_bewaren
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout, Verouderd
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


@transaction.atomic
def document_maken(
    *,
    soort: str,
    stuk: Dossierstuk | None = None,
    groepen: Iterable[Groep] = (),
    school: School | None = None,
    titel: str = "",
    datum: date | None = None,
    vakgebied: str = "",
    sleutel: str = "",
    door: Gebruiker | None,
) -> Document:
    """A new paper of this kind of the school's procedure, under the running version: on one piece, on groups, or about
    the school. With a `sleutel` the same one is given back.

    Raises DomeinFout when the procedure has no such paper, PermissionDenied when the account may not write there.
    """
    groepen = list(groepen)
    if sum((stuk is not None, bool(groepen), school is not None)) != 1:
        raise TypeError("a document hangs on one piece, on groups, or on the school")
    for anker in [stuk] if stuk else groepen:
        vereis(door, Recht.WIJZIGEN, anker)
    if school is not None:
        _vereis_leiding(door, school)
    over = Document.Over.LEERLING if stuk else Document.Over.GROEP if groepen else Document.Over.SCHOOL
    van = stuk.school if stuk else groepen[0].school if groepen else school
    versie = profielen_van_school.huidige_versie(van)  # type: ignore[arg-type]  # one of the three is there
    vorm = profielen_van_school.document_van(versie, soort)
    if stuk is None and vorm.per != over:
        raise DomeinFout(f"«{vorm.naam}» gaat niet over {over.label}.")
    velden = {"titel": titel.strip()[:200], "datum": datum, "vakgebied": vakgebied}
    document, nieuw = _eenmalig(
        sleutel,
        school=van,
        soort=soort,
        over=over,
        stuk=stuk,
        vertrouwelijkheid="gewoon" if stuk else vorm.vertrouwelijkheid,
        profielversie=versie,
        gemaakt_door=persoon_van(door, van) if door else None,  # type: ignore[arg-type]
        gemaakt_op=klok.nu(),
        **velden,
    )
    if not nieuw:
        return document
    school = document.school
    for groep in groepen:
        Documentgroep.objects.create(school=school, document=document, groep=groep)
    papiertaken.na_begin(document)
    vastleggen(
        "document_gemaakt",
        school=school,
        door=door,
        leerling=stuk.leerling_id if stuk else None,
        object=document,
        soort=soort,
    )
    return document


def _eenmalig(sleutel: str, *, school: Any, **velden: Any) -> tuple[Document, bool]:
    if not sleutel:
        return Document.objects.create(school=school, **velden), True
    rij, nieuw = Document.objects.systeemtoegang(reden="een papier eenmalig maken").get_or_create(
        school=school, sleutel=sleutel, defaults=velden
    )
    return rij, nieuw


def _vereis_leiding(door: Gebruiker | None, school: School) -> None:
    """Papers about the school are begun by who may write for the whole school."""
    rollen = [rol for rol, rechten in toegang.SCHOOLBREED.items() if Recht.WIJZIGEN in rechten]
    if door is not None and not toegang.aanstellingen(door, klok.vandaag(school), [school], *rollen).exists():
        raise PermissionDenied


@transaction.atomic
def notitie_maken(
    *,
    leerling: Leerling,
    titel: str,
    tekst: str = "",
    datum: date | None = None,
    vertrouwelijkheid: str = "gewoon",
    door: Gebruiker,
) -> Document:
    """A note: the smallest paper, one answer on one piece (A-15)."""
    stuk = stuk_maken(
        leerling=leerling,
        soort="notitie",
        titel=titel,
        datum=datum,
        vertrouwelijkheid=vertrouwelijkheid,
        door=door,
    )
    document = document_maken(soort="notitie", stuk=stuk, door=door)
    if tekst.strip():
        sectie, vraag = profielen_van_school.eerste_vraag(document.profielversie, "notitie")
        antwoord_bewaren(document=document, sectiecode=sectie, vraagcode=vraag, tekst=tekst, basisversie=0, door=door)
    return document


_schrijfregels: dict[str, Callable[[Document], bool]] = {}


def registreer_schrijfregel(soort: str, regel: Callable[[Document], bool]) -> None:
    """A floor above says when papers of this kind (of the profile) are open: a group plan is, until it is evaluated."""
    _schrijfregels[soort] = regel


def is_open(document: Document) -> bool:
    """Whether the paper can still be written in, as far as its status goes."""
    if _schrijfregels:
        regel = _schrijfregels.get(profielen_van_school.document_van(document.profielversie, document.soort).soort)
        if regel is not None:
            return regel(document)
    return document.status != Document.Status.DEFINITIEF


def mag_schrijven(document: Document, door: Gebruiker | None) -> None:
    """Raise unless this account may write in this paper now."""
    vereis(door, Recht.WIJZIGEN, document)
    if not is_open(document):
        raise DomeinFout("Dit stuk is definitief. Vul het aan in plaats van het te wijzigen.")


@transaction.atomic
def antwoord_bewaren(
    *,
    document: Document,
    sectiecode: str,
    vraagcode: str,
    tekst: str,
    basisversie: int,
    leerling: Leerling | None = None,
    bron: str = "",
    door: Gebruiker | None,
) -> Antwoord:
    """Save one answer that was written on top of `basisversie` (0: nothing stood there yet).

    Raises Verouderd with what stands there now when somebody else saved in between, so that the writer sees both
    texts; DomeinFout for an unknown question, a text that is too long or no answer of the kind that is asked (a choice
    outside the list, a day that does not exist). No log row: the versions are the record.
    """
    mag_schrijven(document, door)
    if leerling is not None:
        vereis(door, Recht.INZIEN, leerling)
    vraag = profielen_van_school.vraag_van(document.profielversie, document.soort, sectiecode, vraagcode)
    tekst = schoon(tekst)
    alle = Antwoord.objects.systeemtoegang(reden="antwoord bewaren op zijn basisversie").filter(
        document=document, sectiecode=sectiecode, vraagcode=vraagcode, leerling=leerling
    )
    wie = persoon_van(door, document.school_id) if door else None
    if (
        wie is not None
        and not bron
        and profielen_van_school.van_ouders(document.profielversie, document.soort, sectiecode)
    ):
        bron = f"opgetekend door {wie.naam}"[:200]  # the parents' part, by somebody else
    bestaand: Any = alle.select_for_update().first()
    if bestaand is None or bestaand.tekst != tekst:  # what stands there may be older than the kind of its question
        tekst = te_bewaren(vraag, tekst)
    if bestaand is None:
        if basisversie != 0:
            raise Verouderd("Dit antwoord is intussen weggehaald.", huidig=_huidig(None, document, vraag, wie))
        try:
            with transaction.atomic():
                nieuw: Antwoord = Antwoord.objects.create(
                    school=document.school,
                    document=document,
                    sectiecode=sectiecode,
                    vraagcode=vraagcode,
                    leerling=leerling,
                    tekst=tekst,
                    bron=bron,
                    door=wie,
                    gewijzigd_op=klok.nu(),
                )
                papiertaken.na_antwoord(document, f"{sectiecode}.{vraagcode}")
                return nieuw
        except IntegrityError:  # somebody was first by a hair
            bestaand = alle.select_for_update().get()
    if bestaand.tekst == tekst:  # the same save twice, or both wrote the same: nobody loses anything
        return bestaand  # type: ignore[no-any-return]
    if bestaand.versie != basisversie:
        zin = "Iemand anders heeft hier intussen geschreven."
        if wie is not None and bestaand.door_id == wie.pk:
            zin = "U hebt dit intussen op een andere plek veranderd."
        raise Verouderd(zin, huidig=_huidig(bestaand, document, vraag, wie))
    bestaand.tekst, bestaand.bron, bestaand.door = tekst, bron, wie
    bestaand.versie, bestaand.gewijzigd_op = bestaand.versie + 1, klok.nu()
    bestaand.save(update_fields=["tekst", "bron", "door", "versie", "gewijzigd_op"])
    papiertaken.na_antwoord(document, f"{sectiecode}.{vraagcode}")
    return bestaand  # type: ignore[no-any-return]


def _huidig(antwoord: Antwoord | None, document: Document, vraag: Vraag, wie: Persoon | None) -> dict[str, object]:
    door = antwoord.door.naam if antwoord is not None and antwoord.door else "Zorgpad"
    zelf = antwoord is not None and wie is not None and antwoord.door_id == wie.pk
    return huidig_antwoord(vraag, antwoord, document.school, door=door, zelf=zelf)


def slotstatus(document: Document) -> Status:
    """The status of the procedure that is the definitive one: in which nobody writes any more, else the last."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    return next((status for status in vorm.statussen if not status.bewerkbaar), vorm.statussen[-1])


def standnaam(document: Document) -> str:
    """What the school calls the status of this paper: concept, klaar, verstuurd, besproken …"""
    if document.status == Document.Status.DEFINITIEF:
        return slotstatus(document).naam
    return profielen_van_school.document_van(document.profielversie, document.soort).statussen[0].naam


def wie_stelt_vast(document: Document) -> tuple[Rol, ...]:
    """The roles that make this paper definitive: at the status in which nobody writes any more; () is who may write."""
    return slotstatus(document).wie


def mag_vaststellen(document: Document, door: Gebruiker) -> bool:
    """Whether the procedure lets somebody in these roles do it (K-35: an OPP by the ib'er alone). Asks no rows."""
    mogen, rollen = wie_stelt_vast(document), toegang.rollen_van(door)
    return not mogen or bool(rollen & {*mogen}) or ("leerkracht" in mogen and "vervanger" in rollen)


def eis_vaststellen(document: Document, door: Gebruiker) -> None:
    """Raise unless this account may make the paper definitive now.

    Raises DomeinFout for another role than the procedure names and when obligatory answers miss.
    """
    mag_schrijven(document, door)
    if not mag_vaststellen(document, door):
        profiel = profielen_van_school.profiel(document.profielversie)
        wie = opsomming((profiel.rolnaam(rol) for rol in wie_stelt_vast(document)), "of")
        raise DomeinFout(f"Dit stuk wordt definitief gemaakt door: {wie}.")
    ontbreekt = profielen_van_school.ontbrekende_vragen(document)
    if ontbreekt:
        raise DomeinFout(f"Nog niet ingevuld: {', '.join(ontbreekt)}.")


@transaction.atomic
def document_vaststellen(*, document: Document, door: Gebruiker) -> Document:
    """Make a paper definitive: from then on it is only added to. Raises DomeinFout as `eis_vaststellen`."""
    vast: Document = Document.objects.systeemtoegang(reden="vaststellen").select_for_update().get(pk=document.pk)
    eis_vaststellen(vast, door)
    vast.status = Document.Status.DEFINITIEF
    vast.vastgesteld_door, vast.vastgesteld_op = persoon_van(door, vast.school_id), klok.nu()
    vast.save(update_fields=["status", "vastgesteld_door", "vastgesteld_op"])
    papiertaken.na_vaststellen(vast)
    vastleggen(
        "document_vastgesteld",
        school=vast.school_id,
        door=door,
        leerling=vast.stuk.leerling_id if vast.stuk else None,
        object=vast,
        soort=vast.soort,
    )
    return vast


def kan_heropenen(document: Document) -> bool:
    """Whether the procedure has a way back from the definitive status: a preparation that is ready can be reopened."""
    return document.status == Document.Status.DEFINITIEF and bool(slotstatus(document).naar)


@transaction.atomic
def document_heropenen(*, document: Document, door: Gebruiker) -> Document:
    """Write on in a paper that was ready. Raises DomeinFout where the procedure has no way back."""
    vereis(door, Recht.WIJZIGEN, document)
    vast: Document = Document.objects.systeemtoegang(reden="heropenen").select_for_update().get(pk=document.pk)
    if not kan_heropenen(vast):
        raise DomeinFout("Dit papier kan niet weer open. Verbeteren kan met een aanvulling.")
    vast.status, vast.vastgesteld_door, vast.vastgesteld_op = Document.Status.CONCEPT, None, None
    vast.save(update_fields=["status", "vastgesteld_door", "vastgesteld_op"])
    vastleggen("document_heropend", school=vast.school_id, door=door, object=vast, soort=vast.soort)
    return vast


def _leidt(document: Document, door: Gebruiker) -> bool:
    """Whether somebody writes for the whole school: ib'er and director."""
    if document.stuk is not None:
        return door.has_perm("verlenen_leerling", document.stuk.leerling)
    dag = klok.vandaag(document.school)
    return bool(toegang.aanstellingen(door, dag, [document.school], *toegang.SCHOOLBREED).exists())


@transaction.atomic
def aanvullen(*, document: Document, tekst: str, door: Gebruiker) -> Aanvulling:
    """Correct a definitive paper by an addendum, by who wrote or fixed it, or by who may write for the whole school."""
    vereis(door, Recht.WIJZIGEN, document)
    if document.status != Document.Status.DEFINITIEF:
        raise DomeinFout("Dit stuk is nog niet definitief; u kunt het gewoon wijzigen.")
    wie = persoon_van(door, document.school_id)
    mag = {document.gemaakt_door_id, document.vastgesteld_door_id}
    if wie.pk not in mag and not _leidt(document, door):
        raise PermissionDenied
    tekst = schoon(tekst).strip()
    if not tekst:
        raise DomeinFout("Schrijf eerst wat u wilt aanvullen.")
    aanvulling: Aanvulling = Aanvulling.objects.create(
        school=document.school, document=document, tekst=tekst, door=wie, op=klok.nu()
    )
    vastleggen(
        "document_aangevuld",
        school=document.school_id,
        door=door,
        leerling=document.stuk.leerling_id if document.stuk else None,
        object=document,
    )
    return aanvulling
