"""The parents' own part of a paper: asked, written on the phone, sent in; or put on paper by the school (M-52).

What a parent writes is theirs until they send it in. Then it becomes answers of the paper, under the section with their
key behind a colon (`ouders:123`), which nobody writes in but this service.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Document, Ouderantwoord, Ouderdeel, Persoon, Taak
from leerlingen.profiel.papier import Sectie
from leerlingen.services.documenten import is_open
from leerlingen.services.dossier import is_gedeeld
from leerlingen.services.hulp import huidig_antwoord, persoon_van, vereis
from leerlingen.services.taken import taak_afronden, taak_laten_vervallen, taak_maken
from leerlingen.services.zorg import gezaghebbenden
from leerlingen.termijn import datumtekst
from leerlingen.vraagsoorten import te_bewaren
from zorg.kern import klok, mail
from zorg.kern.fouten import DomeinFout, Verouderd
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import datum, schoon
from zorg.logboek.services import vastleggen

TAAK, GELEZEN = "ouderdeel", "ouderdeel_lezen"


def oudersectie(document: Document, sectiecode: str = "") -> Sectie:
    """The part of this paper that parents fill in; without a code the first. DomeinFout when it has none."""
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    for sectie in vorm.oudersecties:
        if sectiecode in ("", sectie.code):
            return sectie
    raise DomeinFout(f"«{vorm.naam}» heeft geen deel dat de ouders zelf invullen.")


@transaction.atomic
def ouderdeel_vragen(
    *, document: Document, sectiecode: str = "", waarom: str, lezers: str, voor: date, door: Gebruiker | None
) -> int:
    """Ask every parent with authority for their part; gives how many were asked now. Twice asks nobody twice.

    `waarom` and `lezers` (who will read it) are sentences for the parent, without the pupil's name. Raises DomeinFout
    for a paper without such a part or that is closed, when no parent with authority is known, and for a view on a paper
    that the parents can't read.
    """
    vereis(door, Recht.WIJZIGEN, document)
    if document.stuk is None or not is_open(document):
        raise DomeinFout("Dit stuk is al afgerond; de ouders kunnen er niets meer bij schrijven.")
    sectie = oudersectie(document, sectiecode)
    if sectie.code not in _gewone_secties(document) and not is_gedeeld(document.stuk):
        raise DomeinFout("Deel dit stuk eerst met de ouders: zij schrijven wat zij ervan vinden.")
    ouders = gezaghebbenden(document.stuk.leerling)
    if not ouders:
        raise DomeinFout("Er is geen ouder met gezag bekend. Leg dat eerst vast bij de leerling, onder Ouders.")
    alle = Ouderdeel.objects.systeemtoegang(reden="wie is al gevraagd").filter(
        document=document, sectiecode=sectie.code, ingetrokken_op__isnull=True
    )
    gevraagd = set(alle.values_list("persoon", flat=True))
    nieuw = [ouder for ouder in ouders if ouder.pk not in gevraagd]
    for ouder in nieuw:
        deel: Ouderdeel = Ouderdeel.objects.create(
            school=document.school,
            document=document,
            persoon=ouder,
            sectiecode=sectie.code,
            waarom=schoon(waarom, naam="De reden", maximum=300).strip(),
            lezers=schoon(lezers, naam="Wie het lezen", maximum=500).strip(),
            voor=max(voor, klok.vandaag(document.school)),
            gevraagd_door=persoon_van(door, document.school_id) if door else None,
            gevraagd_op=klok.nu(),
        )
        _vertel(deel)
    if nieuw:
        vastleggen(
            "ouderdeel_gevraagd",
            school=document.school_id,
            door=door,
            leerling=document.stuk.leerling_id,
            object=document,
            aantal=len(nieuw),
        )
    return len(nieuw)


def _gewone_secties(document: Document) -> set[str]:
    """The parts of the paper itself; the others are attachments, written about the paper."""
    return {s.code for s in profielen_van_school.document_van(document.profielversie, document.soort).secties}


def taaksleutel(deel: Ouderdeel) -> str:
    """The key of the parent's task."""
    return f"ouderdeel:{deel.pk}"


def _vertel(deel: Ouderdeel) -> None:
    """A task in the portal, and a mail without the pupil or a word of what is asked."""
    taak_maken(
        school=deel.school,
        soort=TAAK,
        sleutel=taaksleutel(deel),
        titel="De school vraagt hoe u het ziet",
        uitleg="U schrijft op uw telefoon of computer. Het hoeft niet in één keer: het bewaart zichzelf.",
        leerling=deel.leerling,
        persoon=deel.persoon,
        link=f"/ouders/uw-deel/{deel.pk}/",
        knop="Lezen en schrijven",
        voor=deel.voor,
        door=None,
    )
    if deel.persoon.email:
        dag = datumtekst(deel.voor, klok.vandaag(deel.school))
        mail.klaarzetten(
            school=deel.school,
            aan=deel.persoon.email,
            onderwerp=f"Een vraag van {deel.school.naam}",
            tekst=f"Beste {deel.persoon.naam},\n\n{deel.school.naam} wil graag weten hoe u het ziet, vóór {dag}.\n"
            f"U leest en schrijft het in Zorgpad: {settings.ADRES}/ouders/\n\n"
            "Kunt u niet inloggen, of vertelt u het liever? Bel of mail de school.\n",
            sleutel=f"ouderdeel:{deel.pk}",
        )


# -- the parent --------------------------------------------------------------------------------------------------


def _van_ouder(deel: Ouderdeel, door: Gebruiker) -> Ouderdeel:
    """The request, locked, for the parent whom it was put to and who still has authority."""
    if not door.has_perm(f"{Recht.MEELEZEN}_ouderdeel", deel):
        raise PermissionDenied
    vast: Ouderdeel = (
        Ouderdeel.objects.systeemtoegang(reden="een ouder schrijft het eigen deel")
        .select_for_update(of=("self",))
        .select_related("school", "persoon", "document__school", "document__profielversie", "document__stuk__leerling")
        .get(pk=deel.pk)
    )
    if vast.ingestuurd_op is not None:
        raise DomeinFout("U hebt dit al ingestuurd. Wilt u er iets bij zeggen? Bel of mail de school.")
    if not vast.is_open or not is_open(vast.document):
        raise DomeinFout("De school heeft dit niet meer nodig. Wilt u toch iets vertellen? Bel of mail de school.")
    return vast


@transaction.atomic
def ouderdeel_bewaren(
    *, deel: Ouderdeel, vraagcode: str, tekst: str, basisversie: int, door: Gebruiker
) -> Ouderantwoord:
    """Keep what a parent wrote on top of `basisversie` (0: nothing stood there yet).

    Raises Verouderd with what stands there when it changed meanwhile (a phone and a laptop), DomeinFout for an unknown
    question, a text that is too long or no answer to it, and when it was sent in or taken back.
    """
    vast = _van_ouder(deel, door)
    vragen = {vraag.code: vraag for vraag in oudersectie(vast.document, vast.sectiecode).vragen}
    if vraagcode not in vragen:
        raise DomeinFout("Deze vraag is er niet meer. Laad de pagina opnieuw.")
    tekst = te_bewaren(vragen[vraagcode], schoon(tekst, naam="Uw tekst", bestand=False))
    bestaand: Ouderantwoord | None = (
        Ouderantwoord.objects.systeemtoegang(reden="een ouder schrijft het eigen deel")
        .filter(ouderdeel=vast, vraagcode=vraagcode)
        .first()
    )
    if bestaand is not None and bestaand.tekst == tekst:
        return bestaand
    if (bestaand.versie if bestaand else 0) != basisversie:
        huidig = huidig_antwoord(vragen[vraagcode], bestaand, vast.school, door=vast.persoon.naam, zelf=True)
        raise Verouderd("U hebt dit intussen op een andere plek veranderd.", huidig=huidig)
    rij = bestaand or Ouderantwoord(school=vast.school, ouderdeel=vast, vraagcode=vraagcode, versie=0)
    rij.tekst, rij.versie, rij.gewijzigd_op = tekst, rij.versie + 1, klok.nu()
    rij.save()
    if vast.begonnen_op is None and tekst.strip():
        vast.begonnen_op = klok.nu()
        vast.save(update_fields=["begonnen_op"])
    return rij


@transaction.atomic
def ouderdeel_insturen(*, deel: Ouderdeel, door: Gebruiker) -> Ouderdeel:
    """Send it in: from then on it is part of the paper, with name and time, and nobody changes it.

    Raises DomeinFout when nothing was written yet, or it was sent in or taken back before.
    """
    vast = _van_ouder(deel, door)
    geschreven = {
        rij.vraagcode: rij.tekst
        for rij in Ouderantwoord.objects.systeemtoegang(reden="een ouder stuurt het eigen deel in").filter(
            ouderdeel=vast
        )
        if rij.tekst.strip()
    }
    if not geschreven:
        raise DomeinFout("U hebt nog niets geschreven. Eén zin is al genoeg.")
    nu = klok.nu()
    vast.begonnen_op, vast.ingestuurd_op = vast.begonnen_op or nu, nu
    vast.save(update_fields=["begonnen_op", "ingestuurd_op"])
    for code, tekst in geschreven.items():
        _in_het_papier(vast, code, tekst, nu)
    taak_afronden(school=vast.school, sleutel=taaksleutel(vast), door=door)
    _vertel_de_school(vast)
    vastleggen(
        "ouderdeel_ingestuurd", school=vast.school_id, door=door, leerling=vast.leerling.pk, object=vast.document
    )
    return vast


def _in_het_papier(deel: Ouderdeel, vraagcode: str, tekst: str, nu: datetime) -> None:
    Antwoord.objects.create(
        school=deel.school,
        document=deel.document,
        sectiecode=f"{deel.sectiecode}:{deel.persoon_id}",
        vraagcode=vraagcode,
        tekst=tekst,
        bron=f"van {deel.persoon.naam}, ingestuurd op {_wanneer(deel, nu)}"[:200],
        door=deel.persoon,
        gewijzigd_op=nu,
    )


def _wanneer(deel: Ouderdeel, moment: datetime) -> str:
    hier = moment.astimezone(ZoneInfo(deel.school.tijdzone))
    return f"{datum(hier)} om {hier:%H.%M}"


def _vertel_de_school(deel: Ouderdeel) -> None:
    """Who asked, or who made the paper, finds it on their list of today."""
    wie: Persoon | None = deel.gevraagd_door or deel.document.gemaakt_door
    if wie is None:
        return
    taak_maken(
        school=deel.school,
        soort=GELEZEN,
        sleutel=f"{GELEZEN}:{deel.pk}",
        titel="Een ouder heeft het eigen deel ingestuurd",
        uitleg="Lees wat er staat voordat u met de ouders praat.",
        leerling=deel.leerling,
        persoon=wie,
        link=f"/leerlingen/stukken/{deel.document.stuk_id}/#ouders",
        knop="Lezen",
        voor=None,
        door=None,
    )


# -- the school --------------------------------------------------------------------------------------------------


def _van_school(deel: Ouderdeel, door: Gebruiker | None) -> Ouderdeel:
    vereis(door, Recht.WIJZIGEN, deel.document)
    vast: Ouderdeel = (
        Ouderdeel.objects.systeemtoegang(reden="de school sluit een vraag aan een ouder")
        .select_for_update(of=("self",))
        .select_related("school", "persoon", "document__school", "document__profielversie", "document__stuk__leerling")
        .get(pk=deel.pk)
    )
    return vast


@transaction.atomic
def ouderdeel_opgetekend(*, deel: Ouderdeel, door: Gebruiker) -> Ouderdeel:
    """The school wrote it down for a parent who can't: the question to this parent is answered.

    Raises DomeinFout when nothing stands in the part yet, and when the parent began already: then it is theirs.
    """
    vast = _van_school(deel, door)
    if vast.stand != Ouderdeel.Stand.GEVRAAGD:
        raise DomeinFout(f"{vast.persoon.naam} is zelf al begonnen, of dit is al afgerond.")
    sectie = oudersectie(vast.document, vast.sectiecode)
    staat = Antwoord.objects.systeemtoegang(reden="is het opgetekend").filter(
        document=vast.document, sectiecode=sectie.code
    )
    if not staat.exclude(tekst="").exists():
        raise DomeinFout(f"Schrijf eerst op wat de ouder vertelde, bij «{sectie.naam}».")
    vast.opgetekend_op, vast.opgetekend_door = klok.nu(), persoon_van(door, vast.school_id)
    vast.save(update_fields=["opgetekend_op", "opgetekend_door"])
    taak_laten_vervallen(school=vast.school, sleutel=taaksleutel(vast), door=door)
    vastleggen(
        "ouderdeel_opgetekend", school=vast.school_id, door=door, leerling=vast.leerling.pk, object=vast.document
    )
    return vast


@transaction.atomic
def ouderdeel_intrekken(*, deel: Ouderdeel, door: Gebruiker | None) -> Ouderdeel:
    """The school needs it no more; what the parent wrote stays theirs. Twice changes nothing."""
    vast = _van_school(deel, door)
    if vast.ingestuurd_op is not None:
        raise DomeinFout(f"{vast.persoon.naam} heeft het al ingestuurd; dat blijft in het stuk staan.")
    if vast.ingetrokken_op is None:
        vast.ingetrokken_op = klok.nu()
        vast.save(update_fields=["ingetrokken_op"])
        taak_laten_vervallen(school=vast.school, sleutel=taaksleutel(vast), door=door)
        vastleggen(
            "ouderdeel_ingetrokken", school=vast.school_id, door=door, leerling=vast.leerling.pk, object=vast.document
        )
    return vast


@transaction.atomic
def ouderdeel_verzetten(*, deel: Ouderdeel, voor: date) -> None:
    """Another day before which it is wanted, for the parent and on their list. The system's own work."""
    deel.voor = voor
    deel.save(update_fields=["voor"])
    Taak.objects.systeemtoegang(reden="de dag van de vraag aan een ouder").filter(
        school=deel.school_id, sleutel=taaksleutel(deel), klaar_op__isnull=True
    ).update(voor=voor)
