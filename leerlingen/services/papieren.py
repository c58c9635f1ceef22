"""A paper as a PDF file, for the command. On screen the views make the same one."""

from __future__ import annotations

from leerlingen import groepspapier, profielen_van_school
from leerlingen.models import Aanstelling, Document, Dossierstuk, Persoon
from leerlingen.rapporten import heeft_papier, papier_pdf, stel_samen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School
from zorg.kern.querysets import Recht
from zorg.kern.rapporten import GeenObject, Rapportbestand, object_van
from zorg.logboek.services import vastleggen


def opstellers(school: School) -> list[Persoon]:
    """Through whose eyes a command makes a report: the ib'ers, then the directors, of today, with an account.

    Raises DomeinFout when there is nobody.
    """
    aanstellingen = (
        Aanstelling.objects.systeemtoegang(reden="wie stelt het rapport op")
        .filter(
            school=school,
            rol__in=["ib", "directeur"],
            periode__contains=klok.vandaag(school),
            persoon__gebruiker__isnull=False,
        )
        .select_related("persoon__gebruiker")
        .order_by("-rol", "pk")
    )
    personen = list(dict.fromkeys(aanstelling.persoon for aanstelling in aanstellingen))
    if not personen:
        raise DomeinFout("Er is geen intern begeleider of directeur met een account om het rapport op te stellen.")
    return personen


def papier_bestand(soort: str, stuk_id: int) -> Rapportbestand:
    """The paper of this kind of the profile (`opp`, `groeidocument`) on this piece. On record; keeps nothing.

    Raises GeenObject when there is no such piece or it is another kind of paper, DomeinFout when neither an ib'er nor
    a director may take it along.
    """
    papieren = (
        Document.objects.systeemtoegang(reden="papier maken met een opdracht")
        .select_related("profielversie", "vastgesteld_door", "stuk__school", "stuk__opgesteld_door", "stuk__leerling")
        .filter(stuk__ingetrokken_op__isnull=True)
    )
    document: Document = object_van(papieren, f"Er is geen papier met stuknummer {stuk_id}.", stuk=stuk_id)
    vorm = profielen_van_school.document_van(document.profielversie, document.soort)
    if soort not in (vorm.code, vorm.soort):
        raise GeenObject(f"Stuk {stuk_id} is een ander papier: {vorm.naam}.")
    stuk: Dossierstuk = document.stuk  # type: ignore[assignment]  # it was found by its piece
    for persoon in opstellers(stuk.school):
        gebruiker = persoon.gebruiker
        if gebruiker is not None and gebruiker.has_perm(f"{Recht.EXPORTEREN}_dossierstuk", stuk):
            break
    else:
        raise DomeinFout("Dit stuk is voor genoemde lezers; de intern begeleider en de directeur horen daar niet bij.")
    papier = stel_samen(gebruiker, stuk, document)
    pdf = papier_pdf(papier)
    vastleggen("stuk_meegenomen", school=stuk.school_id, door=None, leerling=stuk.leerling_id, object=stuk)
    return Rapportbestand(pdf)


def groepspapier_bestand(document_id: int) -> Rapportbestand:
    """A paper about groups or about the school, as the ib'er or director sees it. On record; keeps nothing.

    Raises GeenObject for a number of nothing, of a paper about a pupil or of a group plan.
    """
    papieren = (
        Document.objects.systeemtoegang(reden="papier maken met een opdracht")
        .select_related("school", "profielversie", "gemaakt_door", "vastgesteld_door")
        .filter(stuk__isnull=True)
    )
    document: Document = object_van(papieren, f"Er is geen papier met nummer {document_id}.", pk=document_id)
    if not heeft_papier(document):
        raise GeenObject(f"Papier {document_id} is een groepsplan; daarvan is er een eigen rapport.")
    pdf = papier_pdf(groepspapier.stel_samen(opstellers(document.school)[0].gebruiker, document))
    vastleggen("papier_meegenomen", school=document.school_id, door=None, object=document)
    return Rapportbestand(pdf)
