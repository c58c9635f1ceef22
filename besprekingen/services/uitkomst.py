"""What comes out: goals with their evaluation, decisions, and agreements that come back until they are done."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Evaluatie
from besprekingen.services.feiten import zorgfeiten
from besprekingen.services.hulp import (
    dag_van,
    groep_van,
    kind_van,
    link_van,
    profiel_van,
    vereis_begonnen,
    vereis_punt,
    vorm_van,
)
from besprekingen.services.voorwaarden import vereis_toestemming
from leerlingen import zorgroute
from leerlingen.models import Leerling, Persoon, Vrij
from leerlingen.services import taak_afronden, taak_laten_vervallen, taak_maken
from leerlingen.services.hulp import een_tegelijk, persoon_van, vereis
from leerlingen.zorgfeiten import Vakantie
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout, Verouderd
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen


def termijn_van(bespreking: Bespreking, *, met_vakanties: bool = True) -> zorgroute.Uiterste | None:
    """The last day on which what was agreed is evaluated, with the holidays it crosses (K-120); None without a term."""
    code = vorm_van(bespreking).evaluatie_termijn
    if code is None:
        return None
    termijn = profiel_van(bespreking).zoek_termijn(code)
    vakanties = _vakanties(bespreking.school) if met_vakanties else ()
    return zorgroute.binnen(dag_van(bespreking), termijn.aantal, termijn.eenheid, vakanties)


def uiterste_evaluatie(bespreking: Bespreking) -> date | None:
    """The same as a day only."""
    uiterste = termijn_van(bespreking, met_vakanties=False)
    return uiterste.datum if uiterste else None


def _vakanties(school: School) -> tuple[Vakantie, ...]:
    rijen = Vrij.objects.systeemtoegang(reden="vakanties in een termijn").filter(school=school, soort="vakantie")
    return tuple(Vakantie(rij.naam, rij.periode.lower, rij.periode.upper - timedelta(days=1)) for rij in rijen)


@transaction.atomic
def doel_stellen(*, punt: Agendapunt, doel: str, voor: date, door: Gebruiker) -> Evaluatie:
    """Set one goal with the last day of its evaluation, within the term of the procedure (K-119, K-120).

    The same form sent twice gives the same goal.
    """
    vereis_punt(punt, door)
    bespreking = punt.bespreking
    if bespreking.status == Bespreking.Status.AFGEZEGD:
        raise DomeinFout("Deze bespreking is afgezegd.")
    doel = schoon(doel, naam="Het doel", maximum=2000).strip()
    if not doel:
        raise DomeinFout("Schrijf een doel op: wat moet er dan anders zijn?")
    if voor <= dag_van(bespreking):
        raise DomeinFout("De evaluatie ligt na de bespreking.")
    termijn = termijn_van(bespreking)
    if termijn is not None and voor > termijn.datum:
        raise DomeinFout(
            f"Evalueren kan {termijn.zin(klok.vandaag(bespreking.school))}; dat is de termijn van de school."
        )
    velden = {
        "school": bespreking.school,
        "bespreking": bespreking,
        "agendapunt": punt,
        "doel": doel,
        "voor": voor,
        "gemaakt_door": persoon_van(door, bespreking.school),
    }
    sinds = een_tegelijk(punt.leerling or bespreking)
    alle = Evaluatie.objects.systeemtoegang(reden="hetzelfde doel twee keer verstuurd")
    eerder: Evaluatie | None = alle.filter(gemaakt_op__gt=sinds, geevalueerd_op__isnull=True, **velden).first()
    if eerder is not None:
        return eerder
    evaluatie: Evaluatie = Evaluatie.objects.create(gemaakt_op=klok.nu(), **velden)
    if punt.leerling is not None:
        _taak_evalueren(evaluatie, punt.leerling)
    vastleggen("doel_gesteld", school=bespreking.school, door=door, leerling=punt.leerling_id, object=evaluatie)
    return evaluatie


def _taak_evalueren(evaluatie: Evaluatie, leerling: Leerling) -> None:
    groep = groep_van(leerling)
    wie: dict[str, object] = {"groep": groep} if groep else {"persoon": evaluatie.gemaakt_door}
    taak_maken(
        school=evaluatie.school,
        soort="evalueren",
        sleutel=f"evaluatie:{evaluatie.pk}",
        titel="Doel evalueren",
        uitleg="Is er genoeg vooruitgang? Uw antwoord bepaalt wat er daarna kan.",
        leerling=leerling,
        link=reverse("besprekingen:evalueren", kwargs={"evaluatie_id": evaluatie.pk}),
        knop="Evalueren",
        voor=evaluatie.voor,
        door=None,
        **wie,  # type: ignore[arg-type]
    )


@transaction.atomic
def evalueren(*, evaluatie: Evaluatie, vooruitgang: str, uitkomst: str, door: Gebruiker) -> Evaluatie:
    """Say whether there was enough progress (K-121, K-145). Once: a second opinion is a new goal."""
    punt = evaluatie.agendapunt
    if punt is not None:
        vereis_punt(punt, door)
    else:
        vereis(door, Recht.WIJZIGEN, evaluatie.bespreking)
    vast: Evaluatie = (
        Evaluatie.objects.systeemtoegang(reden="evalueren")
        .select_for_update(of=("self",))
        .select_related("school", "bespreking")  # whoever was first is read after the lock
        .get(pk=evaluatie.pk)
    )
    if vast.geevalueerd_op is not None:
        wie = f" door {vast.geevalueerd_door.naam}" if vast.geevalueerd_door else ""
        raise DomeinFout(f"Dit doel is al geëvalueerd{wie}.")
    vereis_begonnen(vast.bespreking)
    if vooruitgang not in Evaluatie.Vooruitgang.values:
        raise DomeinFout("Kies of er genoeg vooruitgang is.")
    vast.vooruitgang, vast.uitkomst = vooruitgang, schoon(uitkomst, naam="De uitkomst", maximum=5000).strip()
    vast.geevalueerd_op, vast.geevalueerd_door = klok.vandaag(vast.school), persoon_van(door, vast.school)
    vast.save(update_fields=["vooruitgang", "uitkomst", "geevalueerd_op", "geevalueerd_door"])
    taak_afronden(school=vast.school, sleutel=f"evaluatie:{vast.pk}", door=door)
    vastleggen(
        "doel_geevalueerd",
        school=vast.school,
        door=door,
        leerling=punt.leerling_id if punt else None,
        object=vast,
        vooruitgang=vooruitgang,
    )
    return vast


@transaction.atomic
def doel_weghalen(*, evaluatie: Evaluatie, door: Gebruiker) -> None:
    """Take back a goal that was written by mistake, before it was evaluated; the history keeps it."""
    punt = evaluatie.agendapunt
    if punt is not None:
        vereis_punt(punt, door)
    else:
        vereis(door, Recht.WIJZIGEN, evaluatie.bespreking)
    if evaluatie.geevalueerd_op is not None:
        raise DomeinFout("Dit doel is al geëvalueerd en blijft staan.")
    taak_laten_vervallen(school=evaluatie.school, sleutel=f"evaluatie:{evaluatie.pk}", door=door)
    vastleggen(
        "doel_weggehaald",
        school=evaluatie.school,
        door=door,
        leerling=punt.leerling_id if punt else None,
        object=evaluatie.bespreking,
    )
    evaluatie.delete()


@transaction.atomic
def besluit_nemen(
    *, punt: Agendapunt, code: str, toelichting: str = "", gezien: str | None = None, door: Gebruiker
) -> Besluit:
    """Record the decision about an item, of those that this kind of meeting knows; a later one replaces it.

    `gezien` is the moment (ISO) of the decision that was on screen, empty when there was none: raises Verouderd when
    somebody else decided in between. A decision moves nobody: the step itself is taken on the care route, through its
    gate. Without consent where the procedure wants it nothing is decided (K-134).
    """
    vereis_punt(punt, door)
    bespreking = punt.bespreking
    vereis_begonnen(bespreking)
    if code not in {besluit.code for besluit in vorm_van(bespreking).besluiten if not besluit.beeindigd}:
        raise DomeinFout("Kies een van de besluiten die bij deze bespreking horen.")
    vereis_toestemming(punt)
    Agendapunt.objects.systeemtoegang(reden="twee mensen besluiten tegelijk").select_for_update().get(pk=punt.pk)
    _niet_intussen_besloten(punt, gezien)
    besluit, _ = Besluit.objects.systeemtoegang(reden="een besluit per agendapunt").update_or_create(
        school=bespreking.school,
        agendapunt=punt,
        defaults={
            "bespreking": bespreking,
            "plan": punt.plan,
            "code": code,
            "toelichting": schoon(toelichting, maximum=5000).strip(),
            "genomen_door": persoon_van(door, bespreking.school),
            "genomen_op": klok.nu(),
        },
    )
    vastleggen(
        "besluit_genomen", school=bespreking.school, door=door, leerling=punt.leerling_id, object=punt, code=code
    )
    resultaat: Besluit = besluit
    return resultaat


def _niet_intussen_besloten(punt: Agendapunt, gezien: str | None) -> None:
    """Raise Verouderd when the decision that stands there is not the one that was seen."""
    staat: Besluit | None = (
        Besluit.objects.systeemtoegang(reden="besloot iemand intussen")
        .filter(agendapunt=punt)
        .select_related("genomen_door")
        .first()
    )
    if gezien is None or gezien == (staat.genomen_op.isoformat() if staat else ""):
        return
    if staat is None:
        raise Verouderd("Het besluit is intussen weggehaald. Kies opnieuw.", huidig={})
    naam = next((b.naam for b in vorm_van(punt.bespreking).besluiten if b.code == staat.code), staat.code)
    raise Verouderd(
        f"{staat.genomen_door.naam} legde hier intussen «{naam}» vast. Kies opnieuw als dat anders moet.",
        huidig={"besluit": staat.code, "toelichting": staat.toelichting},
    )


def besluit_kan(punt: Agendapunt, naar: str, rollen: frozenset[str]) -> zorgroute.Oordeel:
    """Whether the step that a decision asks for can be taken now, with the reason when not."""
    profiel = profiel_van(punt.bespreking)
    feiten = zorgfeiten(kind_van(punt), rollen)
    return zorgroute.beoordeel_stap(profiel, naar, feiten)


@transaction.atomic
def actiepunt_toevoegen(
    *,
    bespreking: Bespreking,
    punt: Agendapunt | None,
    onderwerp: str,
    stap: str,
    wie: Persoon,
    voor: date | None,
    door: Gebruiker,
) -> Actiepunt:
    """Agree who does what before when; it stands on their list and comes back until done (K-128).

    The same form sent twice gives the same agreement.
    """
    if punt is not None:
        vereis_punt(punt, door)
    else:
        vereis(door, Recht.WIJZIGEN, bespreking)
    if not stap.strip():
        raise DomeinFout("Schrijf op wat er gebeurt.")
    velden = {
        "school": bespreking.school,
        "bespreking": bespreking,
        "agendapunt": punt,
        "onderwerp": schoon(onderwerp, naam="Het onderwerp", maximum=120).strip(),
        "stap": schoon(stap, naam="De stap", maximum=300).strip(),
        "wie": wie,
        "voor": voor,
        "gemaakt_door": persoon_van(door, bespreking.school),
    }
    sinds = een_tegelijk((punt and punt.leerling) or bespreking)
    alle = Actiepunt.objects.systeemtoegang(reden="dezelfde afspraak twee keer verstuurd").filter(gemaakt_op__gt=sinds)
    eerder: Actiepunt | None = alle.filter(klaar_op__isnull=True, vervallen_op__isnull=True, **velden).first()
    if eerder is not None:
        return eerder
    actie: Actiepunt = Actiepunt.objects.create(gemaakt_op=klok.nu(), **velden)
    taak_maken(
        school=bespreking.school,
        soort="actiepunt",
        sleutel=f"actiepunt:{actie.pk}",
        titel="Afspraak uit een bespreking",
        uitleg="U zou iets doen. Open de bespreking voor wat er is afgesproken en vink het af.",
        leerling=punt.leerling if punt else None,
        persoon=wie,
        link=link_van(bespreking, punt),
        voor=voor,
        door=None,
    )
    vastleggen(
        "actiepunt_afgesproken",
        school=bespreking.school,
        door=door,
        leerling=punt.leerling_id if punt else None,
        object=actie,
    )
    return actie


@transaction.atomic
def actiepunt_afronden(*, actie: Actiepunt, door: Gebruiker) -> None:
    """Done. Twice changes nothing."""
    vereis(door, Recht.WIJZIGEN, actie)
    if actie.klaar_op is None:
        actie.klaar_op, actie.klaar_door = klok.nu(), persoon_van(door, actie.school)
        actie.save(update_fields=["klaar_op", "klaar_door"])
        taak_afronden(school=actie.school, sleutel=f"actiepunt:{actie.pk}", door=door)
        vastleggen("actiepunt_klaar", school=actie.school, door=door, object=actie)


@transaction.atomic
def actiepunt_laten_vervallen(*, actie: Actiepunt, door: Gebruiker) -> None:
    """No longer needed: it does not come back."""
    vereis(door, Recht.WIJZIGEN, actie)
    if actie.klaar_op is None and actie.vervallen_op is None:
        actie.vervallen_op = klok.nu()
        actie.save(update_fields=["vervallen_op"])
        taak_laten_vervallen(school=actie.school, sleutel=f"actiepunt:{actie.pk}", door=door)
        vastleggen("actiepunt_vervallen", school=actie.school, door=door, object=actie)
