"""The parents' part before a meeting (M-52): asked with the invitation or earlier by hand, over when the meeting is."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services.hulp import dag_van, papier_van, profiel_van, vereis_open, vorm_van
from leerlingen.models import Document, Ouderdeel
from leerlingen.services import ouderdeel_intrekken, ouderdeel_verzetten, ouderdeel_vragen
from leerlingen.services.documenten import is_open
from leerlingen.termijn import dagnaam, datumtekst, opsomming
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker


def gevraagd_vooraf(punt: Agendapunt) -> list[tuple[Document, str, date]]:
    """The papers whose part the procedure asks of the parents: paper, code of the part, before which day."""
    document, bespreking = punt.voorbereiding, punt.bespreking
    if document is None or punt.leerling_id is None:
        return []
    uit = []
    for vooraf in vorm_van(bespreking).vooraf:
        papier = papier_van(bespreking, vooraf.document)
        if vooraf.wie != "ouder" or papier is None or papier.code != document.soort:
            continue
        voor = max(dag_van(bespreking) - timedelta(days=vooraf.dagen_vooraf), klok.vandaag(bespreking.school))
        uit += [(document, s.code, voor) for s in papier.oudersecties if vooraf.deel in (None, s.deel)]
    return uit


@transaction.atomic
def ouders_vooraf_vragen(*, punt: Agendapunt, door: Gebruiker | None) -> int:
    """Ask the parents for their part now; gives how many were asked. Twice asks nobody twice.

    Raises DomeinFout when the meeting was held or called off, when this kind of meeting asks nothing of parents, and
    when no parent with authority is known.
    """
    bespreking = punt.bespreking
    vereis_open(bespreking)
    gevraagd = gevraagd_vooraf(punt)
    if not gevraagd:
        raise DomeinFout("Bij deze bespreking hoort geen deel dat de ouders vooraf invullen.")
    dag = dag_van(bespreking)
    moment = f"{dagnaam(dag)} {datumtekst(dag, klok.vandaag(bespreking.school))}"
    return sum(
        ouderdeel_vragen(
            document=document,
            sectiecode=sectie,
            waarom=f"Op {moment} is er een gesprek op school. Wat u schrijft ligt dan op tafel.",
            lezers=_tafel(bespreking, punt),
            voor=voor,
            door=door,
        )
        for document, sectie, voor in gevraagd
    )


def _tafel(bespreking: Bespreking, punt: Agendapunt) -> str:
    """«Anna Bakker (leerkracht) en Carla Visser (ib'er)»: who sits there for this pupil, without parents."""
    profiel = profiel_van(bespreking)
    rijen = (
        Deelnemer.objects.systeemtoegang(reden="wie leest het deel van de ouders")
        .filter(bespreking=bespreking)
        .exclude(rol="ouder")
        .select_related("persoon")
        .order_by("pk")
    )
    namen = {
        rij.persoon_id: f"{rij.persoon.naam} ({rij.persoon.functie or profiel.rolnaam(rij.rol)})"
        for rij in rijen
        if rij.agendapunt_id in (None, punt.pk)
    }
    tekst = opsomming(namen.values())
    return tekst if len(tekst) <= 480 else "de mensen die bij dit gesprek aan tafel zitten"


def met_de_uitnodiging(bespreking: Bespreking, deelnemers: list[Deelnemer], door: Gebruiker | None) -> None:
    """Parents who are invited are asked for their part at once; what can't be asked stops no invitation."""
    punten = {d.agendapunt_id: d.agendapunt for d in deelnemers if d.rol == "ouder" and d.agendapunt is not None}
    for punt in punten.values():
        punt.bespreking = bespreking
        papieren = [document for document, _, _ in gevraagd_vooraf(punt)]
        if papieren and all(is_open(papier) for papier in papieren):
            mag = door is None or all(door.has_perm("wijzigen_document", papier) for papier in papieren)
            ouders_vooraf_vragen(punt=punt, door=door if mag else None)


def _open_delen(punt: Agendapunt) -> list[Ouderdeel]:
    if punt.voorbereiding_id is None:
        return []
    delen = (
        Ouderdeel.objects.systeemtoegang(reden="de vraag aan de ouders hoort bij de bespreking")
        .filter(document=punt.voorbereiding_id, ingetrokken_op__isnull=True)
        .select_related("document")
    )
    return [deel for deel in delen if deel.is_open]


def ouders_vooraf_verzetten(bespreking: Bespreking) -> None:
    """The meeting moved: the open questions to parents get the new day."""
    for punt in (
        Agendapunt.objects.systeemtoegang(reden="een verzette bespreking")
        .filter(bespreking=bespreking, voorbereiding__isnull=False)
        .select_related("voorbereiding")
    ):
        punt.bespreking = bespreking
        dagen = {sectie: voor for _, sectie, voor in gevraagd_vooraf(punt)}
        for deel in _open_delen(punt):
            if deel.sectiecode in dagen:
                ouderdeel_verzetten(deel=deel, voor=dagen[deel.sectiecode])


def ouders_vooraf_vervallen(punt: Agendapunt) -> None:
    """The meeting is over or goes on without the pupil: what was not sent in is not needed any more."""
    for deel in _open_delen(punt):
        ouderdeel_intrekken(deel=deel, door=None)
