"""What is on the agenda: pupils with their preparation and minutes, group plans, a case without a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from besprekingen.models import Agendapunt, Besluit, Bespreking, Evaluatie
from besprekingen.services.hulp import (
    dag_van,
    groep_van,
    kind_van,
    link_van,
    papier_van,
    vereis_open,
    vorm_van,
)
from besprekingen.services.leden import bij_de_leerling, zet_aan_tafel
from besprekingen.services.meelezen import team_laten_meelezen
from besprekingen.services.ouders_vooraf import ouders_vooraf_vervallen
from besprekingen.services.signalen import signalen_bespreken, signalen_loslaten
from besprekingen.services.voorwaarden import vereis_poort
from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Document, Leerling
from leerlingen.profiel.bespreken import Vooraf
from leerlingen.services import (
    antwoord_bewaren,
    document_maken,
    stuk_maken,
    taak_laten_vervallen,
    taak_maken,
)
from leerlingen.services.hulp import een_tegelijk, persoon_van, vereis
from lvs.models import VastgelegdSignaal
from plannen.services import papier_aanvullen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen

VERSLAG = "verslag_bespreking"
"""Code of the minutes about a pupil that every procedure has; for kinds of meeting without a form of their own."""


@transaction.atomic
def leerling_inbrengen(
    *,
    bespreking: Bespreking,
    leerling: Leerling,
    hulpvraag: str = "",
    signalen: Iterable[VastgelegdSignaal] = (),
    door: Gebruiker | None,
) -> Agendapunt:
    """Put a pupil on the agenda; the minutes hang on a piece of that pupil's dossier. Twice gives the same item.

    The teachers and (where the procedure seats them) the parents come to the table for this pupil; the preparation is
    begun with what the school knows; `signalen` are those that it answers. Raises DomeinFout with the reason when the
    meeting may not be held about this pupil (K-134: no BOT without written consent).
    """
    vereis(door, Recht.WIJZIGEN, leerling)
    vereis(door, Recht.INZIEN, bespreking)
    vereis_open(bespreking)
    Bespreking.objects.systeemtoegang(reden="volgorde op de agenda").select_for_update().get(pk=bespreking.pk)
    bestaand: Agendapunt | None = (
        Agendapunt.objects.systeemtoegang(reden="een leerling eenmalig inbrengen")
        .filter(bespreking=bespreking, leerling=leerling)
        .first()
    )
    if bestaand is not None:
        signalen_bespreken(punt=bestaand, signalen=signalen, door=door)
        return bestaand
    if door is not None:
        vereis_poort(bespreking, leerling)
    vorm = vorm_van(bespreking)
    eigen = papier_van(bespreking, vorm.verslag)
    papier = eigen if eigen and eigen.per == "leerling" else papier_van(bespreking, VERSLAG)
    soort = papier.code if papier else VERSLAG
    stuk = stuk_maken(
        leerling=leerling,
        soort=soort,
        titel=f"{vorm.naam} {dag_van(bespreking):%d-%m-%Y}",
        datum=dag_van(bespreking),
        vertrouwelijkheid=papier.vertrouwelijkheid if papier else "gewoon",
        door=door,
    )
    verslag = document_maken(soort=soort, stuk=stuk, door=door)
    voorbereiding = _voorbereiding(bespreking, leerling, door)
    _schrijf_hulpvraag(voorbereiding or verslag, hulpvraag, door)
    punt: Agendapunt = Agendapunt.objects.create(
        school=bespreking.school,
        bespreking=bespreking,
        volgorde=_volgende(bespreking),
        leerling=leerling,
        stuk=stuk,
        voorbereiding=voorbereiding,
        ingebracht_door=persoon_van(door, bespreking.school) if door else None,
        ingebracht_op=klok.nu(),
    )
    zet_aan_tafel(bespreking, bij_de_leerling(punt), punt)
    _taken_vooraf(punt)
    signalen_bespreken(punt=punt, signalen=signalen, door=door)
    if door is not None and door.has_perm("verlenen_leerling", leerling):
        team_laten_meelezen(punt=punt, door=door)
    vastleggen("leerling_ingebracht", school=bespreking.school, door=door, leerling=leerling, object=bespreking)
    return punt


def _volgende(bespreking: Bespreking) -> int:
    return 1 + int(
        Agendapunt.objects.systeemtoegang(reden="volgorde op de agenda").filter(bespreking=bespreking).count()
    )


def _voorbereiding(bespreking: Bespreking, leerling: Leerling, door: Gebruiker | None) -> Document | None:
    """Begin the paper that is filled in beforehand (K-116, K-140), with what the school knows."""
    papier = None
    for vooraf in vorm_van(bespreking).vooraf:
        gevonden = papier_van(bespreking, vooraf.document)
        if gevonden and gevonden.per == "leerling" and gevonden.soort == "voorbereiding":
            papier = gevonden
            break
    if papier is None:
        return None
    stuk = stuk_maken(
        leerling=leerling,
        soort=papier.code,
        titel=f"{papier.naam} {dag_van(bespreking):%d-%m-%Y}",
        vertrouwelijkheid=papier.vertrouwelijkheid,
        door=door,
    )
    document = document_maken(soort=papier.code, stuk=stuk, door=door)
    if door is not None:
        papier_aanvullen(document=document, door=door)
    return document


def _schrijf_hulpvraag(document: Document, hulpvraag: str, door: Gebruiker | None) -> None:
    """The help question as it was typed: in the preparation, or in the minutes of a meeting without one."""
    papier = profielen_van_school.document_van(document.profielversie, document.soort)
    plek = next(((s.code, v.code) for s in papier.secties for v in s.vragen if v.code == "hulpvraag"), None)
    if hulpvraag.strip() and plek:
        antwoord_bewaren(
            document=document, sectiecode=plek[0], vraagcode=plek[1], tekst=hulpvraag, basisversie=0, door=door
        )


def vooraf_taaksleutel(punt: Agendapunt, vooraf: Vooraf, wie: str) -> str:
    """The key of the task to fill in (a part of) a paper before the meeting."""
    return f"vooraf:{punt.pk}:{vooraf.document}:{vooraf.deel or 0}:{wie}"


def _taken_vooraf(punt: Agendapunt) -> None:
    """Who fills in what beforehand, and before when: the teachers of the group, the parents (M-52, K-104)."""
    leerling, bespreking = kind_van(punt), punt.bespreking
    for vooraf in vorm_van(bespreking).vooraf:
        papier = papier_van(bespreking, vooraf.document)
        if papier is None or papier.per != "leerling":
            continue
        voor = max(dag_van(bespreking) - timedelta(days=vooraf.dagen_vooraf), klok.vandaag(bespreking.school))
        if vooraf.wie == "leerkracht":
            groep = groep_van(leerling, dag_van(bespreking))
            if groep is not None:
                taak_maken(
                    school=bespreking.school,
                    soort="voorbereiden",
                    sleutel=vooraf_taaksleutel(punt, vooraf, "groep"),
                    titel=f"{papier.naam} invullen",
                    uitleg=f"Voor de bespreking van {dag_van(bespreking):%d-%m}. Wat de school al weet staat er in.",
                    leerling=leerling,
                    groep=groep,
                    link=_naar_papier(punt, vooraf.document),
                    knop="Invullen",
                    voor=voor,
                    door=None,
                )


def _naar_papier(punt: Agendapunt, code: str) -> str:
    from django.urls import reverse

    document = punt.voorbereiding
    if document is not None and document.soort == code and document.stuk_id:
        return reverse("leerlingen:stuk", kwargs={"stuk_id": document.stuk_id})
    return link_van(punt.bespreking, punt)


def taken_vooraf_vervallen(punt: Agendapunt) -> None:
    """After the meeting (or without the pupil) nobody prepares any more."""
    ouders_vooraf_vervallen(punt)
    for vooraf in vorm_van(punt.bespreking).vooraf:
        taak_laten_vervallen(school=punt.school, sleutel=vooraf_taaksleutel(punt, vooraf, "groep"), door=None)


@transaction.atomic
def zonder_naam_inbrengen(*, bespreking: Bespreking, onderwerp: str, door: Gebruiker) -> Agendapunt:
    """A case without a name: how a pupil is discussed with people from outside when there is no consent (X-12)."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    punt = _punt_zonder_leerling(bespreking, onderwerp, door, zin=", zonder naam", anoniem=True)
    vastleggen("zonder_naam_ingebracht", school=bespreking.school, door=door, object=bespreking)
    return punt


@transaction.atomic
def onderwerp_inbrengen(*, bespreking: Bespreking, onderwerp: str, door: Gebruiker) -> Agendapunt:
    """A subject on the agenda of a meeting that is not about a pupil, once when sent twice; no pupil is named in it."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    if vorm_van(bespreking).over == "leerling":
        raise DomeinFout("Op deze agenda staan leerlingen. Breng een leerling in, of een casus zonder naam.")
    punt = _punt_zonder_leerling(bespreking, onderwerp, door)
    vastleggen("onderwerp_ingebracht", school=bespreking.school, door=door, object=bespreking)
    return punt


def _punt_zonder_leerling(
    bespreking: Bespreking, onderwerp: str, door: Gebruiker, *, zin: str = "", anoniem: bool = False
) -> Agendapunt:
    onderwerp = schoon(onderwerp, naam="Het onderwerp", maximum=200).strip()
    if not onderwerp:
        raise DomeinFout(f"Schrijf in een paar woorden waar het over gaat{zin}.")
    velden = {
        "school": bespreking.school,
        "bespreking": bespreking,
        "onderwerp": onderwerp,
        "anoniem": anoniem,
        "ingebracht_door": persoon_van(door, bespreking.school),
    }
    alle = Agendapunt.objects.systeemtoegang(reden="hetzelfde onderwerp twee keer verstuurd")
    eerder: Agendapunt | None = alle.filter(ingebracht_op__gt=een_tegelijk(bespreking), **velden).first()
    if eerder is not None:
        return eerder
    nieuw = Agendapunt.objects.create(volgorde=_volgende(bespreking), ingebracht_op=klok.nu(), **velden)
    punt: Agendapunt = nieuw
    return punt


@transaction.atomic
def punt_weghalen(*, punt: Agendapunt, door: Gebruiker) -> None:
    """Take an item from the agenda before the meeting, as long as nothing came out of it.

    The minutes go with it while they are empty; a preparation that somebody wrote in stays in the dossier.
    """
    bespreking = punt.bespreking
    vereis(door, Recht.WIJZIGEN, punt.stuk if punt.stuk else bespreking)
    vereis_open(bespreking)
    for model in (Evaluatie, Besluit):
        if model.objects.systeemtoegang(reden="kwam er al iets uit").filter(agendapunt=punt).exists():
            raise DomeinFout("Hier is al iets over vastgelegd; dit punt blijft staan.")
    stuk = punt.stuk
    if stuk is not None:
        geschreven = (
            Antwoord.objects.systeemtoegang(reden="is er al genotuleerd").filter(document__stuk=stuk).exclude(tekst="")
        )
        if geschreven.exists():
            raise DomeinFout("Er is al genotuleerd over deze leerling; dit punt blijft staan.")
        taken_vooraf_vervallen(punt)
        signalen_loslaten([punt])
    vastleggen("punt_weggehaald", school=punt.school, door=door, leerling=punt.leerling_id, object=bespreking)
    punt.delete()
    if stuk is not None:
        stuk.delete()
