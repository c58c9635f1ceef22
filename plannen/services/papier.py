"""Beginning a paper about one pupil: action plan, OPP, growth document …, filled with what the school knows."""

from __future__ import annotations

from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Document, Leerling, Plaatsing
from leerlingen.profiel import Profiel
from leerlingen.profiel.papier import Document as Vorm
from leerlingen.profiel.papier import Sectie, Vraag
from leerlingen.services import antwoord_bewaren, document_maken, stuk_maken
from leerlingen.services.documenten import mag_schrijven
from leerlingen.services.hulp import een_tegelijk, persoon_van, vereis
from leerlingen.vraagsoorten import uit_bron
from plannen.bronnen import Bronvraag, Gevonden, vraag_bron
from plannen.poorten import redenen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht

SOORTEN = ("handelingsplan", "opp", "groeidocument", "okr", "gesprek", "observatie", "formulier")
"""Kinds that are begun from the pupil; notes have a page of their own, meetings make their own papers."""

VAN_ONS = ("school", "leerling")
"""Whose parts the school fills in: its own, and what the pupil said to it."""


def te_beginnen(profiel: Profiel) -> list[Vorm]:
    """The papers of the procedure that are begun from the pupil."""
    return [d for d in profiel.documenten if d.per == "leerling" and d.soort in SOORTEN and not d.beeindigd]


@transaction.atomic
def papier_beginnen(*, leerling: Leerling, soort: str, door: Gebruiker) -> Document:
    """A new paper of this kind, with every answer filled in that the school knows, each with its source.

    Parts that others write (parents, experts) and evaluations stay empty. Begun twice at once gives the same paper.
    Raises DomeinFout when the procedure has no such paper, or what must come first is not there (with the way to it);
    PermissionDenied when the account may not.
    """
    vereis(door, Recht.WIJZIGEN, leerling)
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    vorm = next((d for d in te_beginnen(profiel) if d.code == soort), None)
    if vorm is None:
        raise DomeinFout("Dit papier kent de procedure van de school niet.")
    if vorm.jaargroepen and (jaar := _jaargroep(leerling)) is not None and jaar not in vorm.jaargroepen:
        raise DomeinFout(f"«{vorm.naam}» is niet voor dit leerjaar.")
    if (eerder := _net_begonnen(leerling, soort, door)) is not None:
        return eerder
    for reden in redenen(leerling, [soort], door)[soort]:
        if reden.hard:
            raise DomeinFout(f"«{vorm.naam}» kan nog niet: {reden.zin}", link=reden.link or None)
    stuk = stuk_maken(
        leerling=leerling, soort=soort, titel=vorm.naam, vertrouwelijkheid=vorm.vertrouwelijkheid, door=door
    )
    document = document_maken(soort=soort, stuk=stuk, door=door)
    _vul(document, vorm, [s for s in vorm.secties if _vooraf(s)], door)
    return document


def _net_begonnen(leerling: Leerling, soort: str, door: Gebruiker) -> Document | None:
    """What the same person began a moment ago, asked under a lock: a button that was pressed twice makes one paper."""
    alle = Document.objects.systeemtoegang(reden="hetzelfde papier twee keer begonnen")
    eerder: Document | None = alle.filter(
        soort=soort,
        stuk__leerling=leerling,
        stuk__opgesteld_op__gt=een_tegelijk(leerling),
        stuk__opgesteld_door=persoon_van(door, leerling.school_id),
        stuk__ingetrokken_op__isnull=True,
    ).first()
    return eerder


@transaction.atomic
def papier_aanvullen(*, document: Document, door: Gebruiker) -> int:
    """Fill what is still empty with what the school knows by now; gives how many answers were filled."""
    mag_schrijven(document, door)
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    return _vul(document, vorm, [s for s in vorm.secties if not s.per_arrangement and s.wie in VAN_ONS], door)


def _vooraf(sectie: Sectie) -> bool:
    return sectie.wie in VAN_ONS and not sectie.per_arrangement and "evaluatie" not in sectie.code


def _vul(document: Document, vorm: Vorm, secties: list[Sectie], door: Gebruiker) -> int:
    stuk = document.stuk
    if stuk is None:
        return 0
    vraag = Bronvraag(
        leerling=stuk.leerling,
        door=door,
        soort=vorm.code,
        plafond=stuk.vertrouwelijkheid,
        dag=klok.vandaag(document.school),
        profiel=profielen_van_school.profiel(document.profielversie),
    )
    bekend = {
        (rij.sectiecode, rij.vraagcode): rij
        for rij in Antwoord.objects.systeemtoegang(reden="wat is nog leeg").filter(document=document)
    }
    gevuld = 0
    for sectie in secties:
        for veld in sectie.vragen:
            rij = bekend.get((sectie.code, veld.code))
            if not (veld.bron or veld.beginwaarde) or veld.beeindigd or (rij is not None and rij.tekst.strip()):
                continue
            gevonden = vraag_bron(veld.bron, vraag) if veld.bron else _beginwaarde(veld)
            antwoord = uit_bron(veld, gevonden.tekst) if gevonden else None
            if gevonden is None or antwoord is None:
                continue
            antwoord_bewaren(
                document=document,
                sectiecode=sectie.code,
                vraagcode=veld.code,
                tekst=antwoord,
                basisversie=rij.versie if rij else 0,
                bron=gevonden.bron[:200],
                door=None,
            )
            gevuld += 1
    return gevuld


def _beginwaarde(vraag: Vraag) -> Gevonden | None:
    """What the procedure answers itself."""
    return Gevonden("\n".join(vraag.beginwaarde), "volgens de procedure van de school")


def _jaargroep(leerling: Leerling) -> int | None:
    plaatsing = (
        Plaatsing.objects.systeemtoegang(reden="leerjaar van de leerling")
        .filter(leerling=leerling, stamgroep=True, periode__contains=klok.vandaag(leerling.school))
        .first()
    )
    return int(plaatsing.jaargroep) if plaatsing and plaatsing.jaargroep.isdecimal() else None
