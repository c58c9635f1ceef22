"""Composing the onderwijskundig rapport from what the school knows (K-146): five legal sections and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from besprekingen.models import Agendapunt, Besluit, Evaluatie, Gesprek
from leerlingen import profielen_van_school
from leerlingen.models import Antwoord, Leerling, Ouderschap, Persoon, Plaatsing, Zorgniveauperiode
from lvs.models import Resultaat
from plannen.models import Indeling
from plannen.rapporten import SECTIES, Feit, Okr, OkrSectie, Resultaatregel, Vakgrafiek
from zorg.kern import klok
from zorg.kern.grafiek import Meting, getal, groeigrafiek

REDEN = "onderwijskundig rapport samenstellen"


def stel_samen(leerling: Leerling, *, versie: int, opgesteld_door: Persoon | None) -> Okr:
    """The report of today. The caller checked that whoever asked may export this dossier."""
    dag = klok.vandaag(leerling.school)
    plaatsing = (
        Plaatsing.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, stamgroep=True, periode__contains=dag)
        .select_related("groep")
        .first()
    )
    antwoorden = _antwoorden(leerling)
    delen = {
        "administratief": _administratief(leerling),
        "schoolloopbaan": _schoolloopbaan(leerling, dag, antwoorden),
        "sociaal_emotioneel": {"feiten": _uit_antwoorden(antwoorden, "sociaal_emotioneel", "Beschrijving")},
        "begeleiding": {"feiten": _begeleiding(leerling, antwoorden)},
        "verzuim": {"feiten": _uit_antwoorden(antwoorden, "verzuim", "Ongeoorloofd verzuim")},
    }
    secties = []
    for code, letter, titel in SECTIES:
        deel: dict[str, Any] = delen[code]
        secties.append(OkrSectie(letter, titel, **deel))
    return Okr(
        school=leerling.school.naam,
        leerling=leerling.naam,
        initialen="".join(woord[0] + "." for woord in leerling.naam.split() if woord[0].isupper()),
        geboortedatum=leerling.geboortedatum,
        groep=plaatsing.groep.naam if plaatsing else "",
        datum=dag,
        gemaakt=dag,
        versie=versie,
        opgesteld_door=opgesteld_door.naam if opgesteld_door else leerling.school.naam,
        secties=tuple(secties),
    )


def _antwoorden(leerling: Leerling) -> dict[str, str]:
    """What was written in the pupil's own report paper (the profile's document `okr`), by section."""
    rijen = (
        Antwoord.objects.systeemtoegang(reden=REDEN)
        .filter(document__stuk__leerling=leerling, document__soort="okr")
        .exclude(tekst="")
        .order_by("document", "pk")
    )
    return {f"{rij.sectiecode}.{rij.vraagcode}": rij.tekst for rij in rijen}


def _uit_antwoorden(antwoorden: dict[str, str], sectie: str, naam: str) -> tuple[Feit, ...]:
    teksten = [tekst for sleutel, tekst in antwoorden.items() if sleutel.startswith(f"{sectie}.")]
    return (Feit(naam, "\n".join(teksten)),) if teksten else ()


def _administratief(leerling: Leerling) -> dict[str, Any]:
    ouders = [
        f"{rij.persoon.naam} ({rij.relatie}, gezag: {rij.gezag})"
        for rij in Ouderschap.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, periode__contains=klok.vandaag(leerling.school))
        .select_related("persoon")
        .order_by("pk")
    ]
    geboren = f", geboren {leerling.geboortedatum:%d-%m-%Y}" if leerling.geboortedatum else ""
    return {
        "feiten": (
            Feit("Leerling", f"{leerling.naam}{geboren}", "leerlingadministratie"),
            Feit("Ouders of verzorgers", "\n".join(ouders), "leerlingadministratie"),
            Feit("Op school sinds", f"{leerling.ingeschreven.lower:%d-%m-%Y}", "leerlingadministratie"),
        )
    }


def _schoolloopbaan(leerling: Leerling, dag: date, antwoorden: dict[str, str]) -> dict[str, Any]:
    loop = [
        f"{rij.groep.schooljaar.naam}: {rij.groep.naam}" + (f" (jaargroep {rij.jaargroep})" if rij.jaargroep else "")
        for rij in Plaatsing.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, stamgroep=True)
        .select_related("groep__schooljaar")
        .order_by("periode")
    ]
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    vakken = {vak.code: vak.naam for vak in profiel.vakgebieden}
    namen = {instrument.code: instrument.naam for instrument in profiel.instrumenten}
    rijen = list(
        Resultaat.objects.systeemtoegang(reden=REDEN)
        .filter(Q(afnamedatum__lte=dag), leerling=leerling)
        .order_by("vak", "afnamedatum", "pk")
    )
    regels = tuple(
        Resultaatregel(
            vak=vakken.get(rij.vak, rij.vak),
            instrument=namen.get(rij.instrument, rij.instrument),
            moment=rij.moment,
            datum=rij.afnamedatum,
            score=_score(rij),
            niveau=rij.niveau,
        )
        for rij in rijen
    )
    feiten = [Feit("Verloop", "\n".join(loop), "plaatsingen")]
    feiten += [
        Feit("Aanvulling", tekst) for sleutel, tekst in antwoorden.items() if sleutel.startswith("schoolloopbaan.")
    ]
    return {"feiten": tuple(feiten), "resultaten": regels, "grafieken": _grafieken(rijen, vakken)}


def _score(rij: Resultaat) -> str:
    waarde = rij.vaardigheidsscore if rij.vaardigheidsscore is not None else rij.ruwe_score
    return getal(float(waarde)) if waarde is not None else ""


def _grafieken(rijen: Sequence[Resultaat], vakken: dict[str, str]) -> tuple[Vakgrafiek, ...]:
    per_vak: dict[tuple[str, str], list[Meting]] = {}
    for rij in rijen:
        if rij.vaardigheidsscore is not None:
            per_vak.setdefault((rij.vak, rij.instrument), []).append(Meting(rij.moment, float(rij.vaardigheidsscore)))
    grafieken = []
    for (vak, _), metingen in per_vak.items():
        grafiek = groeigrafiek(f"{vakken.get(vak, vak)}, vaardigheidsscore", metingen[-8:])
        if grafiek is not None and len(metingen) > 1:
            grafieken.append(Vakgrafiek(vakken.get(vak, vak), grafiek))
    return tuple(grafieken)


def _begeleiding(leerling: Leerling, antwoorden: dict[str, str]) -> tuple[Feit, ...]:
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    arrangementen = {rij.code: rij.naam for rij in profiel.arrangementen}
    vakken = {vak.code: vak.naam for vak in profiel.vakgebieden}
    plannen = [
        f"Groepsplan {vakken.get(rij.plan.vak, rij.plan.vak)}, {rij.plan.periode.lower:%d-%m-%Y}: "
        f"{arrangementen.get(rij.arrangement, rij.arrangement)}" + (f" ({rij.reden})" if rij.reden else "")
        for rij in Indeling.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, plan__vervallen_op__isnull=True)
        .select_related("plan")
        .order_by("plan__periode")
    ]
    niveaus = [
        f"Vanaf {rij.periode.lower:%d-%m-%Y}: {profiel.zoek_niveau(rij.niveau).naam}"
        for rij in Zorgniveauperiode.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling).order_by("periode")
    ]
    besproken = [
        f"{profiel.zoek_bespreking(punt.bespreking.soort).naam} {punt.bespreking.begin:%d-%m-%Y}" + _uitkomst(punt)
        for punt in Agendapunt.objects.systeemtoegang(reden=REDEN)
        .filter(leerling=leerling, bespreking__status="gehouden")
        .select_related("bespreking")
        .order_by("bespreking__begin")
    ]
    gesprekken = [
        f"{rij.get_soort_display()} op {rij.op:%d-%m-%Y}"
        for rij in Gesprek.objects.systeemtoegang(reden=REDEN).filter(leerling=leerling).order_by("op")
    ]
    feiten = [
        Feit("Zorgniveaus", "\n".join(niveaus), "zorgroute", verplicht=False),
        Feit("Plannen", "\n".join(plannen), "groepsplannen", verplicht=False),
        Feit("Besprekingen", "\n".join(besproken), "besprekingen", verplicht=False),
        Feit("Gesprekken", "\n".join(gesprekken), "dossier", verplicht=False),
    ]
    feiten += list(_uit_antwoorden(antwoorden, "begeleiding", "Wat de leerling nodig heeft"))
    return tuple(feit for feit in feiten if feit.tekst)


def _uitkomst(punt: Agendapunt) -> str:
    doelen = [
        f"doel: {rij.doel}" + (f" ({rij.get_vooruitgang_display()})" if rij.vooruitgang else "")
        for rij in Evaluatie.objects.systeemtoegang(reden=REDEN).filter(agendapunt=punt)
    ]
    besluiten = [
        rij.code.replace("_", " ") for rij in Besluit.objects.systeemtoegang(reden=REDEN).filter(agendapunt=punt)
    ]
    return ": " + "; ".join(doelen + besluiten) if doelen or besluiten else ""
