"""Field sources of this floor: what meetings, parents and research said fills the next paper (plannen.bronnen).

As there: only what who begins the paper may see, and nothing more confidential than the paper itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Evaluatie, Onderzoek
from besprekingen.services.hulp import dag_van, vorm_van
from besprekingen.services.route import onderzoeken_van
from leerlingen import profielen_van_school
from leerlingen.vraagsoorten import leesbaar
from plannen.bronnen import Bronvraag, Gevonden, registreer
from plannen.bronnen.groep import Groepsvraag, registreer_groepsbron
from zorg.kern.tekst import datum


def _punten(v: Bronvraag) -> list[Agendapunt]:
    """The items about this pupil that may come in, newest meeting first."""
    rijen = (
        Agendapunt.objects.zichtbaar_voor(v.door)
        .filter(
            leerling=v.leerling,
            stuk__vertrouwelijkheid__in=v.niveaus,
            stuk__in_kring=False,
            stuk__ingetrokken_op__isnull=True,
        )
        .exclude(bespreking__status="afgezegd")
        .filter(bespreking__begin__date__lte=v.dag)
        .select_related("bespreking__profielversie", "bespreking__school")
        .order_by("-bespreking__begin", "-pk")
    )
    return list(rijen)


def _dag(punt: Agendapunt) -> str:
    return datum(dag_van(punt.bespreking))


def _naam(punt: Agendapunt) -> str:
    return vorm_van(punt.bespreking).kort


def afspraken(v: Bronvraag) -> Gevonden | None:
    """Who does what, of the newest meeting."""
    for punt in _punten(v):
        rijen = Actiepunt.objects.zichtbaar_voor(v.door).filter(agendapunt=punt, vervallen_op__isnull=True)
        regels = [_afspraak(rij) for rij in rijen.select_related("wie").order_by("pk")]
        if regels:
            return Gevonden("\n".join(regels), f"uit de {_naam(punt)} van {_dag(punt)}")
    return None


def _afspraak(rij: Actiepunt) -> str:
    voor = f", vóór {datum(rij.voor)}" if rij.voor else ""
    kop = f"{rij.onderwerp}: " if rij.onderwerp else ""
    return f"{kop}{rij.stap} ({rij.wie.naam}{voor})"


def dag(v: Bronvraag) -> Gevonden | None:
    """The day of the newest meeting that was held about the pupil (A-48)."""
    punt = next((punt for punt in _punten(v) if punt.bespreking.status == "gehouden"), None)
    if punt is None:
        return None
    return Gevonden(dag_van(punt.bespreking).isoformat(), f"uit de {_naam(punt)} van {_dag(punt)}")


def besluit(v: Bronvraag) -> Gevonden | None:
    """The decision of the newest meeting that took one."""
    for punt in _punten(v):
        rij = Besluit.objects.zichtbaar_voor(v.door).filter(agendapunt=punt).first()
        if rij is not None:
            tekst = _besluit(punt, rij)
            return Gevonden(tekst, f"uit de {_naam(punt)} van {_dag(punt)}")
    return None


def _besluit(punt: Agendapunt, rij: Besluit) -> str:
    naam = next((b.naam for b in vorm_van(punt.bespreking).besluiten if b.code == rij.code), rij.code)
    return f"{naam}. {rij.toelichting}".strip() if rij.toelichting else naam


def vorige(v: Bronvraag) -> Gevonden | None:
    """Every meeting that was held: goal, what came of it, decision; oldest first."""
    punten = [punt for punt in _punten(v) if punt.bespreking.status == "gehouden"]
    doelen = _per_punt(Evaluatie.objects.zichtbaar_voor(v.door).filter(agendapunt__in=punten).order_by("pk"))
    besluiten = _per_punt(Besluit.objects.zichtbaar_voor(v.door).filter(agendapunt__in=punten))
    blokken = []
    for punt in reversed(punten):
        regels = [f"{vorm_van(punt.bespreking).naam} van {_dag(punt)}"]
        for rij in doelen.get(punt.pk, []):
            uitslag = f"{rij.get_vooruitgang_display()}: {rij.uitkomst}" if rij.vooruitgang else "nog niet geëvalueerd"
            regels.append(f"Doel: {rij.doel} ({uitslag})")
        regels += [f"Besluit: {_besluit(punt, rij)}" for rij in besluiten.get(punt.pk, [])]
        blokken.append("\n".join(regels))
    return Gevonden("\n\n".join(blokken), "uit de besprekingen") if blokken else None


def _per_punt(rijen: Iterable[Any]) -> dict[int, list[Any]]:
    per: dict[int, list[Any]] = {}
    for rij in rijen:
        per.setdefault(rij.agendapunt_id, []).append(rij)
    return per


def ouders_deel(v: Bronvraag) -> Gevonden | None:
    """What the parents wrote in their part of the newest paper that asked them."""
    eerste = None
    regels = []
    for rij, _ in v.antwoorden:
        papieren = profielen_van_school.profiel(rij.document.profielversie).documenten
        vorm = next((d for d in papieren if d.code == rij.document.soort), None)
        code, _, zelf = rij.sectiecode.partition(":")
        sectie = next((s for s in vorm.oudersecties if s.code == code), None) if vorm else None
        if sectie is None or (eerste is not None and rij.document_id != eerste.pk):
            continue
        eerste = eerste or rij.document
        vraag = next((q for q in sectie.vragen if q.code == rij.vraagcode), None)
        wie = f" ({rij.door.naam})" if zelf and rij.door else ""
        regels.append(f"{vraag.tekst.rstrip('?')}{wie}: {leesbaar(vraag, rij.tekst)}" if vraag else rij.tekst)
    if eerste is None or eerste.stuk is None:
        return None
    return Gevonden("\n".join(regels), f"uit {v.documentnaam(eerste.soort)} van {datum(eerste.stuk.datum)}")


def onderzoek(v: Bronvraag) -> Gevonden | None:
    """Which research was done, by whom, and when the parents heard the result."""
    namen = onderzoeken_van(v.profiel)
    rijen = (
        Onderzoek.objects.zichtbaar_voor(v.door)
        .filter(leerling=v.leerling, uitslag_op__isnull=False)
        .filter(stuk__vertrouwelijkheid__in=v.niveaus, stuk__in_kring=False)
        .order_by("uitslag_op")
    )
    regels = []
    for rij in rijen:
        ouders = f", met de ouders besproken op {datum(rij.met_ouders_op)}" if rij.met_ouders_op else ""
        regels.append(
            f"{namen.get(rij.soort, rij.soort)} door {rij.uitvoerder}, uitslag {datum(rij.uitslag_op)}{ouders}"
        )
    return Gevonden("\n".join(regels), "uit de onderzoeken") if regels else None


# -- papers of a group or of the school ------------------------------------------------------------------------------


def afspraken_groep(v: Groepsvraag) -> Gevonden | None:
    """Who does what before when, of the meeting whose minutes these are."""
    bespreking = _van_verslag(v)
    if bespreking is None:
        return None
    regels = [_afspraak(rij) for rij in _acties(v, bespreking)]
    return Gevonden("\n".join(regels), "uit deze bespreking") if regels else None


def vorige_groep(v: Groepsvraag) -> Gevonden | None:
    """What was agreed at the meeting before of the same kind, and what of it is done."""
    bespreking = _van_verslag(v)
    if bespreking is None:
        return None
    vorige = (
        Bespreking.objects.zichtbaar_voor(v.door)
        .filter(soort=bespreking.soort, groep=bespreking.groep_id, status="gehouden", begin__lt=bespreking.begin)
        .select_related("school", "profielversie")
        .order_by("-begin")
        .first()
    )
    if vorige is None:
        return None
    regels = [f"{_afspraak(rij)}{': klaar' if rij.klaar_op else ''}" for rij in _acties(v, vorige)]
    bron = f"uit de {vorm_van(vorige).kort} van {datum(dag_van(vorige))}"
    return Gevonden("\n".join(regels), bron) if regels else None


def _van_verslag(v: Groepsvraag) -> Bespreking | None:
    gevonden: Bespreking | None = (
        Bespreking.objects.zichtbaar_voor(v.door).filter(verslag=v.document).first() if v.document else None
    )
    return gevonden


def _acties(v: Groepsvraag, bespreking: Bespreking) -> Iterable[Actiepunt]:
    rijen = Actiepunt.objects.zichtbaar_voor(v.door).filter(
        bespreking=bespreking, agendapunt__leerling__isnull=True, vervallen_op__isnull=True
    )
    return list(rijen.select_related("wie").order_by("pk"))


def alles() -> None:
    """Called once, when the app is ready."""
    registreer("bespreking_afspraken", afspraken)
    registreer("bespreking_besluit", besluit)
    registreer("bespreking_dag", dag)
    registreer("bespreking_vorige", vorige)
    registreer("ouders_deel", ouders_deel)
    registreer("onderzoek_uitslag", onderzoek)
    registreer_groepsbron("bespreking_afspraken", afspraken_groep)
    registreer_groepsbron("bespreking_vorige", vorige_groep)
