"""Who sits at the table: by the procedure, by hand, and the parents per pupil. From outside: see meelezen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services.hulp import dag_van, groep_van, kind_van, vereis_open, vorm_van
from leerlingen.models import Aanstelling, Groep, Leerling, Persoon, Plaatsing, Toewijzing
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.profiel.bespreken import Lid
from leerlingen.services.hulp import vereis
from leerlingen.services.zorg import gezaghebbenden
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen


@dataclass(frozen=True)
class Zetel:
    """A seat of the procedure with who takes it."""

    code: str
    rol: str
    persoon: Persoon


def bezet(
    vorm: Besprekingsvorm, school: School, *, groep: Groep | None, leerling: Leerling | None, dag: date
) -> list[Zetel]:
    """Who takes which seat: by role at the school, the teachers of the group, the teacher of last year (K-115).

    Nobody from outside is seated by itself: that needs consent for the pupil (X-12). Parents come with their child.
    Seats on call stay empty, and so does a specialist who need not be there, but at a meeting of the whole school.
    """
    if groep is None and leerling is not None:
        groep = groep_van(leerling, dag)
    zetels: list[Zetel] = []
    for lid in vorm.leden:
        if lid.extern or lid.op_afroep or lid.rol == "ouder":
            continue
        if lid.rol == "leerkracht":
            mensen = _leerkrachten(lid, groep, leerling, dag)
            if lid.allen and groep is None:
                mensen = _leerkrachten_van(_groepen_op(school, dag), dag)
        else:
            mensen = _met_rol(lid, school, dag, allen=vorm.over == "school")
        zetels += [Zetel(lid.code, lid.rol, persoon) for persoon in mensen]
    return zetels


def gekozen_zetels(zetels: list[Zetel], wie: Collection[int]) -> list[Zetel]:
    """Of each seat only who was chosen for it; a seat of which nobody was chosen stays as it is."""
    bezette = {zetel.code for zetel in zetels if zetel.persoon.pk in wie}
    return [zetel for zetel in zetels if zetel.persoon.pk in wie or zetel.code not in bezette]


def _leerkrachten(lid: Lid, groep: Groep | None, leerling: Leerling | None, dag: date) -> list[Persoon]:
    if lid.code.startswith("vorige"):
        return _vorige_leerkrachten(leerling, groep, dag) if leerling is not None else []
    if groep is None or (not lid.verplicht and lid.code.startswith("parallel")):
        return []
    if lid.code.startswith("oude"):
        return _leerkrachten_van(_herkomst(groep), groep.schooljaar.periode.lower - timedelta(days=1))
    return _leerkrachten_van([groep], dag)


def _groepen_op(school: School, dag: date) -> list[Groep]:
    return list(
        Groep.objects.systeemtoegang(reden="het hele team aan tafel")
        .van_dag(dag)
        .filter(school=school, soort="stamgroep")
    )


def _leerkrachten_van(groepen: Iterable[Groep], dag: date) -> list[Persoon]:
    rijen = (
        Toewijzing.objects.systeemtoegang(reden="leerkrachten van de groep")
        .filter(groep__in=list(groepen), rol="leerkracht", periode__contains=dag)
        .select_related("persoon__school")
        .order_by("pk")
    )
    return [rij.persoon for rij in rijen]


def _herkomst(groep: Groep) -> list[Groep]:
    """The groups from which the pupils of a group came last year (warm handover, K-168)."""
    kinderen = Plaatsing.objects.systeemtoegang(reden="uit welke groepen komt deze groep").filter(
        groep=groep, stamgroep=True
    )
    rijen = (
        Plaatsing.objects.systeemtoegang(reden="uit welke groepen komt deze groep")
        .filter(
            leerling__in=kinderen.values("leerling"),
            stamgroep=True,
            periode__endswith=groep.schooljaar.periode.lower,
        )
        .select_related("groep")
    )
    return list({rij.groep_id: rij.groep for rij in rijen}.values())


def _vorige_leerkrachten(leerling: Leerling, groep: Groep | None, dag: date) -> list[Persoon]:
    """The teachers of the group in which the pupil sat before this one, who still work here."""
    vorige = (
        Plaatsing.objects.systeemtoegang(reden="vorige leerkracht van de leerling")
        .filter(leerling=leerling, stamgroep=True, periode__endswith__lte=dag)
        .exclude(groep=groep)
        .select_related("groep")
        .order_by("-periode")
        .first()
    )
    if vorige is None:
        return []
    toen = _leerkrachten_van([vorige.groep], vorige.periode.upper - timedelta(days=1))
    hier = _werkt_hier([persoon.pk for persoon in toen], dag)
    return [persoon for persoon in toen if persoon.pk in hier]


def _werkt_hier(ids: Iterable[int], dag: date) -> set[int]:
    lopend = Aanstelling.objects.systeemtoegang(reden="werkt deze collega hier nog").filter(
        persoon__in=list(ids), periode__contains=dag
    )
    return set(lopend.exclude(rol="extern").values_list("persoon", flat=True))


def _met_rol(lid: Lid, school: School, dag: date, *, allen: bool = False) -> list[Persoon]:
    """Who has the role; a specialist only with the subject asked for, or (`allen`) at a meeting of the whole school."""
    rijen = Aanstelling.objects.systeemtoegang(reden="leden van een bespreking").filter(
        school=school, rol=lid.rol, periode__contains=dag
    )
    if lid.vak:
        rijen = rijen.filter(vakgebieden__contains=[lid.vak])
    elif lid.rol == "specialist" and not allen:
        return []
    return [rij.persoon for rij in rijen.select_related("persoon__school").order_by("pk")]


def wie_weg_is(bespreking: Bespreking) -> None:
    """Before inviting: who no longer works here, or no longer has authority over the child, has no chair any more.

    When the chair or minute-taker left, whoever else has their seat takes over; else somebody must be chosen.
    """
    alle = list(
        Deelnemer.objects.systeemtoegang(reden="wie is er nog")
        .filter(bespreking=bespreking, extern=False)
        .select_related("agendapunt__leerling__school")
        .order_by("pk")
    )
    mensen, dag = [d.persoon_id for d in alle if d.rol != "ouder"], dag_van(bespreking)
    lopend = Toewijzing.objects.systeemtoegang(reden="wie staat er voor een groep")
    voor_een_groep = lopend.filter(persoon__in=mensen, periode__contains=dag).values_list("persoon", flat=True)
    team = _werkt_hier(mensen, dag) | set(voor_een_groep)
    weg = [d for d in alle if not (_heeft_gezag(d) if d.rol == "ouder" else d.persoon_id in team)]
    if not weg:
        return
    blijft = [d for d in alle if d not in weg]
    from besprekingen.services.uitnodiging import taken_laten_vervallen, voorzitter_vertellen

    vorm, vertrokken, vorige = vorm_van(bespreking), {d.persoon_id for d in weg}, bespreking.voorzitter_id
    if bespreking.voorzitter_id in vertrokken:
        bespreking.voorzitter = next((d.persoon for d in blijft if d.zetel == vorm.voorzitter), None)
    if bespreking.notulist_id in vertrokken:
        bespreking.notulist = next((d.persoon for d in blijft if d.zetel in vorm.notulist), None)
    bespreking.save(update_fields=["voorzitter", "notulist"])
    for deelnemer in weg:
        deelnemer.delete()
    taken_laten_vervallen(bespreking, vertrokken - {d.persoon_id for d in blijft})
    if bespreking.voorzitter_id != vorige:
        voorzitter_vertellen(bespreking, None, None)  # who left is not written to any more
    vastleggen("deelnemer_weggehaald", school=bespreking.school, door=None, object=bespreking, aantal=len(weg))


def _heeft_gezag(deelnemer: Deelnemer) -> bool:
    kind = deelnemer.agendapunt.leerling if deelnemer.agendapunt else None
    return kind is not None and deelnemer.persoon_id in {ouder.pk for ouder in gezaghebbenden(kind)}


# -- by hand -----------------------------------------------------------------------------------------------------


@transaction.atomic
def deelnemer_toevoegen(*, bespreking: Bespreking, persoon: Persoon, door: Gebruiker) -> Deelnemer:
    """Ask a colleague to the table. DomeinFout for someone from outside: that goes per pupil, with consent."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    rollen = list(
        Aanstelling.objects.systeemtoegang(reden="welke rol heeft deze collega")
        .filter(persoon=persoon, periode__contains=klok.vandaag(bespreking.school))
        .exclude(rol__in=["extern", "beheerder"])
        .values_list("rol", flat=True)
    )
    if not rollen:
        raise DomeinFout("Alleen een collega kan zo aan tafel. Iemand van buiten vraagt u per leerling.")
    deelnemer = zet(bespreking, persoon, rol=rollen[0])
    vastleggen("deelnemer_toegevoegd", school=bespreking.school, door=door, object=bespreking, wie=persoon.pk)
    return deelnemer


@transaction.atomic
def deelnemer_weghalen(*, deelnemer: Deelnemer, door: Gebruiker) -> None:
    """Take somebody from the table before the meeting; chair and minute-taker stay until another takes over."""
    bespreking = deelnemer.bespreking
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    if deelnemer.persoon_id in (bespreking.voorzitter_id, bespreking.notulist_id):
        raise DomeinFout(f"{deelnemer.persoon.naam} zit voor of notuleert. Wijs eerst iemand anders aan.")
    from besprekingen.services.meelezen import lezen_stopt
    from besprekingen.services.uitnodiging import afmelden, taken_laten_vervallen

    lezen_stopt(deelnemer)
    afmelden(bespreking, [deelnemer])
    taken_laten_vervallen(bespreking, [deelnemer.persoon_id])
    deelnemer.delete()
    vastleggen("deelnemer_weggehaald", school=bespreking.school, door=door, object=bespreking)


@transaction.atomic
def leiding_wijzigen(
    *, bespreking: Bespreking, voorzitter: Persoon, notulist: Persoon | None, door: Gebruiker
) -> Bespreking:
    """Who chairs and who takes the minutes, both members of this meeting; a new chair is told."""
    vereis(door, Recht.WIJZIGEN, bespreking)
    vereis_open(bespreking)
    aan_tafel = set(
        Deelnemer.objects.systeemtoegang(reden="wie kan voorzitten")
        .filter(bespreking=bespreking, extern=False)
        .exclude(rol="ouder")
        .values_list("persoon", flat=True)
    )
    if voorzitter.pk not in aan_tafel or (notulist is not None and notulist.pk not in aan_tafel):
        raise DomeinFout("Kies iemand die aan tafel zit.")
    from besprekingen.services.uitnodiging import voorzitter_vertellen

    vorige = bespreking.voorzitter
    bespreking.voorzitter, bespreking.notulist = voorzitter, notulist
    bespreking.save(update_fields=["voorzitter", "notulist"])
    if vorige != voorzitter:
        voorzitter_vertellen(bespreking, vorige, door)
    vastleggen("leiding_gewijzigd", school=bespreking.school, door=door, object=bespreking)
    return bespreking


def zet(
    bespreking: Bespreking,
    persoon: Persoon,
    *,
    rol: str,
    zetel: str = "",
    punt: Agendapunt | None = None,
    extern: bool = False,
) -> Deelnemer:
    """A chair at the table, once; who sits there already for the whole meeting needs no second one for an item."""
    alle = Deelnemer.objects.systeemtoegang(reden="een stoel per mens").filter(bespreking=bespreking, persoon=persoon)
    bestaand: Deelnemer | None = alle.filter(agendapunt__isnull=True).first() or alle.filter(agendapunt=punt).first()
    if bestaand is not None:
        return bestaand
    nieuw: Deelnemer = Deelnemer.objects.create(
        school=bespreking.school,
        bespreking=bespreking,
        agendapunt=punt,
        persoon=persoon,
        rol=rol,
        zetel=zetel,
        extern=extern,
    )
    return nieuw


def zet_aan_tafel(bespreking: Bespreking, zetels: Iterable[Zetel], punt: Agendapunt | None = None) -> None:
    """Give everyone a chair, for the whole meeting or for one pupil."""
    for zetel in zetels:
        zet(bespreking, zetel.persoon, rol=zetel.rol, zetel=zetel.code, punt=punt)


def bij_de_leerling(punt: Agendapunt) -> list[Zetel]:
    """Who comes for this one pupil: the teachers, and the parents with authority where the procedure seats them."""
    leerling, bespreking = kind_van(punt), punt.bespreking
    vorm, dag = vorm_van(bespreking), dag_van(bespreking)
    zetels: list[Zetel] = []
    for lid in vorm.leden:
        if lid.rol == "leerkracht" and not lid.op_afroep:
            wie = _leerkrachten(lid, groep_van(leerling, dag), leerling, dag)
            zetels += [Zetel(lid.code, lid.rol, persoon) for persoon in wie]
        elif lid.rol == "ouder":
            zetels += [Zetel(lid.code, lid.rol, persoon) for persoon in gezaghebbenden(leerling)]
    return zetels
