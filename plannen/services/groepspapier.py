"""Beginning a paper about a group or about the school, filled with what the school knows (K-154, K-171, A-30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from leerlingen import profielen_van_school, toegang
from leerlingen.models import Antwoord, Document, Groep, Persoon, Schooljaar
from leerlingen.profiel import Profiel
from leerlingen.profiel.bespreken import Activiteit
from leerlingen.profiel.papier import Document as Vorm
from leerlingen.profiel.papier import Vraag
from leerlingen.services import (
    antwoord_bewaren,
    document_maken,
    document_vaststellen,
    slotstatus,
    taak_afronden,
    taak_maken,
)
from leerlingen.services.documenten import mag_schrijven
from leerlingen.vraagsoorten import uit_bron
from plannen.bronnen import Bronvraag, Gevonden, vraag_bron
from plannen.bronnen.groep import Groepsvraag, behoeften_per_leerling, vraag_groepsbron
from plannen.models import Groepsplan
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School

PER_LEERLING = frozenset(
    {"resultaten_groei", "resultaten_laatste", "resultaten_methode", "resultaten_overzicht", "signalen"}
)
"""Sources that fill a question asked once for each pupil, from results that were read for the whole group at once."""


def past(vorm: Vorm, groep: Groep | None) -> bool:
    """Whether the paper is about this group (or the school), and for its year."""
    if vorm.beeindigd or vorm.soort == "groepsplan" or vorm.per != ("groep" if groep else "school"):
        return False
    if groep is None or not vorm.jaargroepen or not groep.jaargroep.isdecimal():
        return True
    return int(groep.jaargroep) in vorm.jaargroepen


def mag_beginnen(vorm: Vorm, rollen: frozenset[str]) -> bool:
    """Whether somebody in these roles begins such a paper: who brings it further, and who leads the care."""
    mogen = {rol for status in vorm.statussen for rol in status.wie}
    if "leerkracht" in mogen:
        mogen.add("vervanger")
    return not mogen or bool(rollen & (mogen | {*toegang.SCHOOLBREED}))


def te_beginnen(profiel: Profiel, groep: Groep | None, rollen: frozenset[str]) -> list[Vorm]:
    """The papers that are begun by hand about this group, or about the school; meetings make their own minutes."""
    return [
        vorm
        for vorm in profiel.documenten
        if past(vorm, groep) and vorm.soort != "verslag" and mag_beginnen(vorm, rollen)
    ]


@transaction.atomic
def groepspapier_beginnen(
    *,
    soort: str,
    groepen: Sequence[Groep] = (),
    school: School | None = None,
    titel: str = "",
    datum: date | None = None,
    vakgebied: str = "",
    sleutel: str = "",
    ogen: Gebruiker | None = None,
    door: Gebruiker | None,
) -> Document:
    """A new paper about these groups or about the school, filled with what the school knows, each with its source.

    `ogen` is through whose eyes the school is looked at when the system makes it; without them it begins empty. With a
    `sleutel` the same paper is given back. Raises DomeinFout when the procedure has no such paper or lets somebody else
    begin it, PermissionDenied when the account may not write there.
    """
    waar = groepen[0].school if groepen else school
    profiel = profielen_van_school.huidig_profiel(waar)  # type: ignore[arg-type]  # one of the two is there
    vorm = next((d for d in profiel.documenten if d.code == soort), None)
    if vorm is None or not past(vorm, groepen[0] if groepen else None):
        raise DomeinFout("Dit papier kent de procedure van de school niet.")
    if door is not None and not mag_beginnen(vorm, toegang.rollen_van(door)):
        raise DomeinFout(f"«{vorm.naam}» wordt door iemand anders begonnen.")
    document = document_maken(
        soort=soort,
        groepen=groepen,
        school=school,
        titel=titel,
        datum=datum,
        vakgebied=vakgebied,
        sleutel=sleutel,
        door=door,
    )
    kijkt = door or ogen
    if kijkt is not None and not _antwoorden(document):
        _vul(document, list(groepen), kijkt)
    return document


CHECKLIST = "checklist_groepsplan"
"""Code of the paper with which the ib'er tests a group plan, where the procedure has one (M-103)."""


def checklist_van(plan: Groepsplan) -> Vorm | None:
    """The checklist for this plan, if the procedure has one."""
    papieren = profielen_van_school.huidig_profiel(plan.school).documenten
    return next((d for d in papieren if d.code == CHECKLIST and d.per == "groep" and not d.beeindigd), None)


def checklist_beginnen(*, plan: Groepsplan, door: Gebruiker) -> Document:
    """The checklist of this plan, begun once. Raises DomeinFout where the procedure has none."""
    vorm = checklist_van(plan)
    if vorm is None:
        raise DomeinFout("De procedure van de school kent geen checklist voor groepsplannen.")
    vakken = {vak.code: vak.naam for vak in profielen_van_school.huidig_profiel(plan.school).vakgebieden}
    return groepspapier_beginnen(
        soort=vorm.code,
        groepen=groepen_van(plan.document),
        titel=f"{vorm.naam} {vakken.get(plan.vak, plan.vak).lower()}",
        vakgebied=plan.vak,
        sleutel=f"plan:{plan.pk}:{vorm.code}",
        door=door,
    )


def jaarsleutel(schooljaar: Schooljaar, activiteit: Activiteit, groep: Groep | None) -> str:
    """The key of the paper of one activity of the year, about a group or about the school."""
    return f"jaar:{schooljaar.naam}:{activiteit.code}:{f'groep-{groep.pk}' if groep else 'school'}"


def activiteit_van(school: School, code: str) -> Activiteit | None:
    """The activity of the year cycle that runs now."""
    cyclus = profielen_van_school.huidig_profiel(school).jaarcyclus
    return next((rij for rij in cyclus if rij.code == code and not rij.beeindigd), None)


def activiteitpapier_beginnen(
    *, activiteit: Activiteit, schooljaar: Schooljaar, groep: Groep | None, door: Gebruiker
) -> Document:
    """The paper of an activity of the year, begun once for the group or the school.

    Raises DomeinFout for an activity without a paper, and as `groepspapier_beginnen`.
    """
    if activiteit.document is None:
        raise DomeinFout("Bij deze activiteit hoort geen papier.")
    return groepspapier_beginnen(
        soort=activiteit.document,
        groepen=[groep] if groep else [],
        school=None if groep else schooljaar.school,
        titel=activiteit.naam,
        sleutel=jaarsleutel(schooljaar, activiteit, groep),
        door=door,
    )


@transaction.atomic
def groepspapier_aanvullen(*, document: Document, door: Gebruiker) -> int:
    """Fill what is still empty with what the school knows by now; gives how many answers were filled."""
    mag_schrijven(document, door)
    return _vul(document, groepen_van(document), door)


@transaction.atomic
def groepspapier_vaststellen(*, document: Document, door: Gebruiker) -> Document:
    """Bring a paper to its last status. A letter of the school that is sent stands on the list of each colleague who
    teaches, to be read (K-68). Raises DomeinFout as `eis_vaststellen`.
    """
    vast = document_vaststellen(document=document, door=door)
    taak_afronden(school=vast.school, sleutel=taaksleutel(vast), door=door)
    if vast.over == Document.Over.SCHOOL and slotstatus(vast).code == "verstuurd":
        _laat_lezen(vast)
    return vast


def taaksleutel(document: Document) -> str:
    """The key of the task to fill in this paper: done once it is ready."""
    return f"papier:{document.sleutel or document.pk}"


def _laat_lezen(document: Document) -> None:
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    mensen = Persoon.objects.systeemtoegang(reden="wie leest de brief").filter(
        school=document.school,
        gebruiker__isnull=False,
        aanstellingen__rol__in=["leerkracht", "vervanger"],
        aanstellingen__periode__contains=klok.vandaag(document.school),
    )
    for persoon in mensen.order_by("pk").distinct("pk"):
        taak_maken(
            school=document.school,
            soort="lezen",
            sleutel=f"lezen:{document.pk}:{persoon.pk}",
            titel=f"{document.titel or vorm.naam} lezen",
            persoon=persoon,
            link=reverse("papieren:papier", kwargs={"document_id": document.pk}),
            knop="Lezen",
            door=None,
        )


def groepen_van(document: Document) -> list[Groep]:
    """The groups on which a paper hangs."""
    rijen = Groep.objects.systeemtoegang(reden="van welke groepen is het papier").filter(documenten__document=document)
    return list(rijen.select_related("school").order_by("volgorde", "naam", "pk"))


def dag_van(document: Document) -> date:
    """The day of the paper: as it says, else the day on which it was begun; never one that is still to come."""
    vandaag = klok.vandaag(document.school)
    return min(document.datum or vandaag, vandaag)


def _antwoorden(document: Document) -> dict[tuple[str, str, int], Antwoord]:
    rijen = Antwoord.objects.systeemtoegang(reden="wat is nog leeg").filter(document=document)
    return {(rij.sectiecode, rij.vraagcode, rij.leerling_id or 0): rij for rij in rijen}


def _vul(document: Document, groepen: list[Groep], kijkt: Gebruiker) -> int:
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    vraag = Groepsvraag(
        school=document.school,
        groepen=groepen,
        door=kijkt,
        soort=vorm.code,
        plafond=document.vertrouwelijkheid,
        dag=dag_van(document),
        profiel=profielen_van_school.profiel(document.profielversie),
        document=document,
    )
    bekend = _antwoorden(document)
    behoeften: dict[int, Gevonden] | None = None
    gevuld = 0
    for sectie in vorm.secties:
        for veld in sectie.vragen:
            if not veld.bron or veld.beeindigd or sectie.per_arrangement or sectie.wie != "school":
                continue
            if veld.soort != "per_leerling":
                gevuld += _bewaar(document, sectie.code, veld, None, vraag_groepsbron(veld.bron, vraag), bekend)
                continue
            if veld.bron == "onderwijsbehoeften" and behoeften is None:
                behoeften = behoeften_per_leerling(vraag)
            for pk, leerling in vraag.leerlingen.items():
                gevonden = (
                    (behoeften or {}).get(pk)
                    if veld.bron == "onderwijsbehoeften"
                    else _per_leerling(veld.bron, vraag, leerling)
                )
                gevuld += _bewaar(document, sectie.code, veld, leerling, gevonden, bekend)
    return gevuld


def _per_leerling(bron: str, vraag: Groepsvraag, leerling: Any) -> Gevonden | None:
    """A source about one pupil, on the results that were read for all."""
    if bron not in PER_LEERLING or leerling.pk not in vraag.metingen:
        return None
    eigen = Bronvraag(
        leerling=leerling,
        door=vraag.door,
        soort=vraag.soort,
        plafond=vraag.plafond,
        dag=vraag.dag,
        profiel=vraag.profiel,
    )
    eigen.__dict__["metingen"] = vraag.metingen[leerling.pk]
    eigen.leerling.school = vraag.school
    return vraag_bron(bron, eigen)


def _bewaar(
    document: Document,
    sectiecode: str,
    veld: Vraag,
    leerling: Any,
    gevonden: Gevonden | None,
    bekend: dict[tuple[str, str, int], Antwoord],
) -> int:
    rij = bekend.get((sectiecode, veld.code, leerling.pk if leerling else 0))
    antwoord = uit_bron(veld, gevonden.tekst) if gevonden else None
    if gevonden is None or antwoord is None or (rij is not None and rij.tekst.strip()):
        return 0
    antwoord_bewaren(
        document=document,
        sectiecode=sectiecode,
        vraagcode=veld.code,
        tekst=antwoord,
        basisversie=rij.versie if rij else 0,
        leerling=leerling,
        bron=gevonden.bron[:200],
        door=None,
    )
    return 1
