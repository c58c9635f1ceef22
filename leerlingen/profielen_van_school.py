"""The procedure of a school as it stands in the database: which version runs, and what it says.

A version never changes, so its parsed form is kept per process. Reads only; writing is services.inrichten.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from leerlingen.models import Antwoord, Document, Profielversie
from leerlingen.profiel import INGEBOUWD, Profiel, als_json, lees_ingebouwd, uit_json
from leerlingen.profiel.papier import Document as Documentvorm
from leerlingen.profiel.papier import Vraag
from leerlingen.profiel.route import Toestemming as Toestemmingsvorm
from zorg.kern import klok, schoolcontext
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School


def ingebouwd(code: str) -> dict[str, Any]:
    """A shipped procedure in the form that Profielversie keeps. Raises DomeinFout for an unknown code."""
    if code not in INGEBOUWD:
        raise DomeinFout(f"Het zorgprofiel «{code}» bestaat niet; kies uit {', '.join(sorted(INGEBOUWD))}.")
    return als_json(lees_ingebouwd(code))


def huidige_versie(school: School) -> Profielversie:
    """The version that runs now. Raises DomeinFout when the school has none yet.

    Kept on the school in the context, so for one request or task: a page asks for it three times.
    """
    in_context = next((s for s in schoolcontext.huidige_scholen() if s.pk == school.pk), None)
    versie: Profielversie | None = getattr(in_context, "_profielversie", None)
    if versie is not None and versie.geldig_van <= klok.nu():
        return versie
    versie = (
        Profielversie.objects.systeemtoegang(reden="welke procedure geldt nu")
        .filter(school=school, geldig_van__lte=klok.nu())
        .defer("inhoud")
        .order_by("-nummer")
        .first()
    )
    if versie is None:
        raise DomeinFout("Deze school heeft nog geen zorgprofiel. Kies er een bij Beheer.")
    if in_context is not None:
        in_context._profielversie = versie  # type: ignore[attr-defined]
    return versie


def vergeet_versie(school: School) -> None:
    """After a new version: the school in the context asks anew."""
    for in_context in schoolcontext.huidige_scholen():
        if in_context.pk == school.pk:
            in_context.__dict__.pop("_profielversie", None)


_gelezen: dict[tuple[int, datetime], Profiel] = {}


def profiel(versie: Profielversie) -> Profiel:
    """The parsed procedure of this version; its large content is read from the database once a process."""
    sleutel = (versie.pk, versie.geldig_van)
    if sleutel not in _gelezen:
        _gelezen[sleutel] = uit_json(versie.inhoud)
    return _gelezen[sleutel]


def huidig_profiel(school: School) -> Profiel:
    """The parsed procedure that runs now."""
    return profiel(huidige_versie(school))


def start_schooljaar(school: School) -> tuple[int, int]:
    """Month and day on which a school year starts here (domein 2.8)."""
    begin = huidig_profiel(school).begrippen.begin_schooljaar
    return begin.maand, begin.dag


def overdracht_dagen(school: School) -> int:
    """How many days old and new teacher look in around a change: the profile's term `overdracht_dagen`."""
    return huidig_profiel(school).zoek_termijn("overdracht_dagen").aantal


def document_van(versie: Profielversie, soort: str) -> Documentvorm:
    """The paper of this kind. Raises DomeinFout when this procedure has none."""
    try:
        return profiel(versie).zoek_document(soort)
    except KeyError:
        raise DomeinFout(f"De procedure van de school kent geen document «{soort}».") from None


def toestemming_van(versie: Profielversie, doel: str) -> Toestemmingsvorm:
    """The consent with this purpose. Raises DomeinFout when this procedure has none."""
    try:
        return profiel(versie).zoek_toestemming(doel)
    except KeyError:
        raise DomeinFout(f"De procedure van de school kent geen toestemming «{doel}».") from None


def vraag_van(versie: Profielversie, soort: str, sectiecode: str, vraagcode: str) -> Vraag:
    """One question of a paper. Raises DomeinFout when the paper has no such question.

    A section that is repeated for each arrangement carries it behind a colon: `aanpak:intensief`.
    """
    kern, _, arrangement = sectiecode.partition(":")
    for sectie in document_van(versie, soort).alle_secties:
        if sectie.code == kern and (bool(arrangement) == sectie.per_arrangement):
            if arrangement and arrangement not in {a.code for a in profiel(versie).arrangementen}:
                break
            for vraag in sectie.vragen:
                if vraag.code == vraagcode:
                    return vraag
    raise DomeinFout("Deze vraag staat niet (meer) in dit document. Laad de pagina opnieuw.")


def van_ouders(versie: Profielversie, soort: str, sectiecode: str) -> bool:
    """Whether this part of the paper is the parents' own."""
    return sectiecode in {sectie.code for sectie in document_van(versie, soort).oudersecties}


def eerste_vraag(versie: Profielversie, soort: str, liefst: str = "") -> tuple[str, str]:
    """Section and question code of the first long question of a paper: where a note's text goes.

    `liefst` is the code of the question that it goes to when the paper has that one.
    """
    lang = [(s.code, v.code) for s in document_van(versie, soort).secties for v in s.vragen if v.soort == "lang"]
    for sectie, vraag in sorted(lang, key=lambda plek: plek[1] != liefst):
        return sectie, vraag
    raise DomeinFout(f"Het document «{soort}» heeft geen tekstvraag.")


def ontbrekende_vragen(document: Document) -> list[str]:
    """The obligatory questions without an answer, as the school words them."""
    gevuld = {
        (rij.sectiecode, rij.vraagcode)
        for rij in Antwoord.objects.systeemtoegang(reden="is het document volledig").filter(document=document)
        if rij.tekst.strip()
    }
    titel_op_stuk = document.stuk_id is not None  # the title of a note stands on its piece: nothing is typed twice
    return [
        vraag.tekst
        for sectie in document_van(document.profielversie, document.soort).secties
        for vraag in sectie.vragen
        if vraag.verplicht
        and not sectie.per_arrangement
        and not (titel_op_stuk and vraag.code == "titel")
        and (sectie.code, vraag.code) not in gevuld
    ]
