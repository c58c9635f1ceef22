"""What the year cycle asks around a meeting: papers to fill in and things to do, on the list of who does them.

Before it when the members are invited, after it when it was held; called off or held, what was to be prepared lapses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import CharField, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse

from besprekingen.models import Bespreking, Deelnemer
from besprekingen.services.hulp import dag_van, link_van, profiel_van, vorm_van
from besprekingen.services.papieren import Voorafpapier, verslag_aanvullen, vooraf_document, vooraf_van
from besprekingen.services.uitnodiging import naam_van, wanneer
from leerlingen.models import Document, Groep, Taak
from leerlingen.profiel.bespreken import Activiteit, Karwei
from leerlingen.services.taken import taak_maken, van_rol
from plannen.services import taaksleutel
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout


def activiteit_van(bespreking: Bespreking) -> Activiteit | None:
    """The activity of the year cycle that this meeting is; planned by hand: the only one with such a meeting."""
    alle = [a for a in profiel_van(bespreking).jaarcyclus if not a.beeindigd]
    if bespreking.activiteit:
        return next((a for a in alle if a.code == bespreking.activiteit), None)
    eigen = [a for a in alle if a.bespreking == bespreking.soort]
    return eigen[0] if len(eigen) == 1 else None


@dataclass(frozen=True)
class Karweiregel:
    """One thing to do, on the page of the meeting."""

    tekst: str
    wie: str
    voor: date
    klaar: bool
    url: str = ""


def _sleutel(bespreking: Bespreking, deel: str, nummer: int, wie: str) -> str:
    return f"{deel}:{bespreking.pk}:{nummer}:{wie}"


def _voor(bespreking: Bespreking, dagen: int, *, erna: bool) -> date:
    dag = dag_van(bespreking)
    return dag + timedelta(days=dagen) if erna else max(dag - timedelta(days=dagen), klok.vandaag(bespreking.school))


def _karweien(bespreking: Bespreking, *, erna: bool) -> Iterator[tuple[int, Karwei, str]]:
    """Each with its number and the role that does it."""
    activiteit = activiteit_van(bespreking)
    if activiteit is None:
        return
    vorm = vorm_van(bespreking)
    for nummer, karwei in enumerate(activiteit.nazorg if erna else activiteit.voorbereiding):
        yield nummer, karwei, karwei.wie or ("" if erna else vorm.organisator)


# -- making the tasks ------------------------------------------------------------------------------------------------


@transaction.atomic
def voorbereiding_klaarzetten(bespreking: Bespreking) -> None:
    """Begin the papers that are filled in beforehand with what the school knows, and give everyone their tasks."""
    if not bespreking.is_open or bespreking.begin <= klok.nu():
        return
    papieren: dict[tuple[str, Groep | None], Document] = {}
    for voor in vooraf_van(bespreking):
        try:
            document = vooraf_document(bespreking, voor, None)
        except DomeinFout:  # the running procedure has no such paper any more: the meeting goes on
            continue
        papieren[voor.vorm.code, voor.groep] = document
        _papiertaak(bespreking, voor, document)
    if bespreking.verslag_id and any(k.document for _, k, _ in _karweien(bespreking, erna=False)):
        leiding = bespreking.notulist or bespreking.voorzitter
        if leiding is not None and leiding.gebruiker is not None:
            verslag_aanvullen(bespreking, leiding.gebruiker)
    al = {code for code, _ in papieren}
    for nummer, karwei, rol in _karweien(bespreking, erna=False):
        if karwei.document not in al:  # who fills in that paper has a task for it already
            _taken(bespreking, "voorwerk", nummer, karwei, rol, erna=False)


def _papiertaak(bespreking: Bespreking, voor: Voorafpapier, document: Document) -> None:
    if document.status == Document.Status.DEFINITIEF:
        return
    for nummer, ontvanger in enumerate(_ontvangers(bespreking, voor.vooraf.wie, voor.groep)):
        taak_maken(
            school=bespreking.school,
            soort="voorbereiden",
            sleutel=taaksleutel(document) + (f":{nummer}" if nummer else ""),
            titel=f"{voor.naam} invullen",
            uitleg=f"Voor: {naam_van(bespreking)}, {wanneer(bespreking)}. Wat de school al weet staat er in.",
            link=_papierlink(document),
            knop="Invullen",
            voor=_voor(bespreking, voor.vooraf.dagen_vooraf, erna=False),
            door=None,
            **ontvanger,
        )


def _taken(bespreking: Bespreking, deel: str, nummer: int, karwei: Karwei, rol: str, *, erna: bool) -> None:
    for ontvanger in _ontvangers(bespreking, rol, bespreking.groep):
        wie = ontvanger.get("groep") or ontvanger["persoon"]
        soort = "groep" if "groep" in ontvanger else "persoon"
        taak_maken(
            school=bespreking.school,
            soort="nazorg" if erna else "voorbereiden",
            sleutel=_sleutel(bespreking, deel, nummer, f"{soort}-{wie.pk}"),
            titel=karwei.tekst,
            uitleg=f"{'Na' if erna else 'Voor'}: {naam_van(bespreking)}, {wanneer(bespreking)}.",
            link=_doel(bespreking, karwei.document) or link_van(bespreking),
            voor=_voor(bespreking, karwei.dagen, erna=erna),
            door=None,
            **ontvanger,
        )


@transaction.atomic
def nazorg_klaarzetten(bespreking: Bespreking) -> None:
    """After the meeting: what the year cycle asks then, for who does it."""
    for nummer, karwei, rol in _karweien(bespreking, erna=True):
        _taken(bespreking, "nazorg", nummer, karwei, rol, erna=True)


def voorwerk_vervallen(bespreking: Bespreking) -> None:
    """Held or called off: nobody prepares any more."""
    _open_voorwerk(bespreking).update(vervallen_op=klok.nu())


def voorwerk_verzetten(bespreking: Bespreking, dagen: int) -> None:
    """Moved by so many days: what is to be prepared moves along."""
    _open_voorwerk(bespreking).update(voor=F("voor") + timedelta(days=dagen))


def _open_voorwerk(bespreking: Bespreking) -> Any:
    open_ = Taak.objects.systeemtoegang(reden="wat voor deze bespreking gedaan moet worden").filter(
        school=bespreking.school, klaar_op__isnull=True, vervallen_op__isnull=True
    )
    beginnen = (f"voorwerk:{bespreking.pk}:", f"papier:bespreking:{bespreking.pk}:")
    return open_.filter(Q(sleutel__startswith=beginnen[0]) | Q(sleutel__startswith=beginnen[1]))


def _ontvangers(bespreking: Bespreking, rol: str, groep: Any) -> list[dict[str, Any]]:
    """The teachers of the group share one task; else who sits at the table in this role, else who has it at school."""
    if rol in ("leerkracht", "vervanger") and groep is not None:
        return [{"groep": groep}]
    if not rol:
        leiding = bespreking.notulist or bespreking.voorzitter
        return [{"persoon": leiding}] if leiding is not None else []
    aan_tafel = (
        Deelnemer.objects.systeemtoegang(reden="wie bereidt voor")
        .filter(bespreking=bespreking, rol=rol, extern=False, agendapunt__isnull=True)
        .select_related("persoon")
        .order_by("pk")
    )
    mensen = {rij.persoon_id: rij.persoon for rij in aan_tafel}
    if not mensen and rol not in ("ouder", "extern"):
        return van_rol(bespreking.school, rol)
    return [{"persoon": persoon} for persoon in mensen.values()]


# -- where it is done ------------------------------------------------------------------------------------------------


def _papierlink(document: Document) -> str:
    return reverse("papieren:papier", kwargs={"document_id": document.pk})


def _doel(bespreking: Bespreking, code: str | None) -> str:
    """The address of the paper in which it is done; empty when there is none (yet)."""
    if code is None:
        return ""
    papier = next((d for d in profiel_van(bespreking).documenten if d.code == code), None)
    if papier is not None and papier.soort == "groepsplan":
        lijst = reverse("plannen:lijst")
        return f"{lijst}?groep={bespreking.groep_id}" if bespreking.groep_id else lijst
    verslag = vorm_van(bespreking).verslag
    if bespreking.verslag_id and code == verslag:
        return reverse("papieren:papier", kwargs={"document_id": bespreking.verslag_id})
    gevonden = (
        Document.objects.systeemtoegang(reden="het papier van deze bespreking")
        .filter(school=bespreking.school, sleutel=f"bespreking:{bespreking.pk}:{code}:{bespreking.groep_id or 0}")
        .first()
    )
    return _papierlink(gevonden) if gevonden else ""


# -- on the page -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Omlijsting:
    """What the year cycle says of this meeting: what lies on the table, what is done before and after it."""

    uitgangspunten: tuple[str, ...]
    vooraf: list[Karweiregel]
    erna: list[Karweiregel]

    def __bool__(self) -> bool:
        return bool(self.uitgangspunten or self.vooraf or self.erna)


def omlijsting_van(bespreking: Bespreking) -> Omlijsting:
    """The checklist of a meeting that is not about a pupil. It tells who does what and whether it is done, no more."""
    activiteit = activiteit_van(bespreking)
    taken: dict[str, dict[str, Any]] = {rij["sleutel"]: rij for rij in _karweitaken(bespreking)}
    papiervragen = list(vooraf_van(bespreking))
    vooraf = [_papierregel(bespreking, voor, taken.get(f"papier:{voor.sleutel}")) for voor in papiervragen]
    al = {voor.vorm.code for voor in papiervragen}
    vooraf += [
        _regel(bespreking, "voorwerk", nummer, karwei, rol, taken, erna=False)
        for nummer, karwei, rol in _karweien(bespreking, erna=False)
        if karwei.document not in al
    ]
    erna = [
        _regel(bespreking, "nazorg", nummer, karwei, rol, taken, erna=True)
        for nummer, karwei, rol in _karweien(bespreking, erna=True)
    ]
    return Omlijsting(activiteit.uitgangspunten if activiteit else (), vooraf, erna)


def karweitaken() -> ArraySubquery:
    """As a column beside a meeting (`karweien`): its tasks before and after, with whether they are done."""
    alle = Taak.objects.systeemtoegang(reden="is het voorbereid").filter(school=OuterRef("school"))
    nummer = Cast(OuterRef("pk"), CharField())
    welke = Q()
    for begin in ("voorwerk:", "nazorg:", "papier:bespreking:"):
        welke |= Q(sleutel__startswith=Concat(Value(begin), nummer, Value(":")))
    rijen = alle.filter(welke).order_by("pk")
    return ArraySubquery(rijen.values(json=JSONObject(sleutel="sleutel", klaar_op="klaar_op", link="link")))


def _karweitaken(bespreking: Bespreking) -> list[dict[str, Any]]:
    if not hasattr(bespreking, "karweien"):
        rij = Bespreking.objects.systeemtoegang(reden="is het voorbereid").annotate(karweien=karweitaken())
        bespreking.karweien = rij.get(pk=bespreking.pk).karweien  # type: ignore[attr-defined]
    gevonden: list[dict[str, Any]] = bespreking.karweien  # type: ignore[attr-defined]
    return gevonden


def _papierregel(bespreking: Bespreking, voor: Voorafpapier, taak: dict[str, Any] | None) -> Karweiregel:
    rol = profiel_van(bespreking).rolnaam(voor.vooraf.wie)
    dag = dag_van(bespreking) - timedelta(days=voor.vooraf.dagen_vooraf)
    klaar = taak is not None and taak["klaar_op"] is not None
    return Karweiregel(f"{voor.naam} invullen", rol, dag, klaar, taak["link"] if taak else "")


def _regel(
    bespreking: Bespreking,
    deel: str,
    nummer: int,
    karwei: Karwei,
    rol: str,
    taken: dict[str, dict[str, Any]],
    *,
    erna: bool,
) -> Karweiregel:
    eigen = [rij for sleutel, rij in taken.items() if sleutel.startswith(f"{deel}:{bespreking.pk}:{nummer}:")]
    profiel = profiel_van(bespreking)
    wie = profiel.rolnaam(rol) if rol else "wie het verslag maakt"  # type: ignore[arg-type]  # a role code
    dag = dag_van(bespreking) + timedelta(days=karwei.dagen if erna else -karwei.dagen)
    klaar = bool(eigen) and all(rij["klaar_op"] is not None for rij in eigen)
    return Karweiregel(karwei.tekst, wie, dag, klaar, _doel(bespreking, karwei.document))
