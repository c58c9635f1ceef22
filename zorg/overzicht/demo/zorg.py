"""Levels of care with their history, the meetings that led there, and what parents were asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from besprekingen.services import (
    actiepunt_toevoegen,
    besluit_nemen,
    bespreking_houden,
    bespreking_plannen,
    doel_stellen,
    evalueren,
    leerling_inbrengen,
    toestemming_vragen,
    uiterste_evaluatie,
    uitnodigen,
)
from besprekingen.services.planning import eerste_moment
from besprekingen.services.schooljaren import Vergaderdagen
from leerlingen import services
from leerlingen.models import Dossierstuk
from leerlingen.services.zorg import gezaghebbenden
from zorg.overzicht.demo.basis import Demo, Kind, doordeweeks
from zorg.overzicht.demo.services import deelnemers, punt_van

# (group, number) → levels with how many days ago they began
NIVEAUS: dict[tuple[str, int], tuple[tuple[str, int], ...]] = {
    ("8", 0): (("2", 900), ("3", 640), ("4", 330), ("5", 60)),
    ("6a", 0): (("2", 700), ("3", 400), ("4", 45)),
    ("7", 0): (("2", 800), ("3", 500), ("4", 120)),
    ("6a", 1): (("2", 420), ("3", 120)),
    ("6b", 1): (("2", 500), ("3", 200)),
    ("4", 0): (("2", 300), ("3", 90)),
    ("5", 0): (("2", 360), ("3", 150)),
    ("7", 1): (("2", 610), ("3", 260)),
    ("5/6", 0): (("2", 330), ("3", 75)),
    ("6a", 4): (("2", 70),),
    ("6a", 5): (("2", 130),),
    ("6b", 0): (("2", 100),),
    ("6b", 2): (("2", 65),),
    ("3", 0): (("2", 50),),
    ("3", 1): (("2", 34),),
    ("4", 1): (("2", 180),),
    ("4", 2): (("2", 95),),
    ("5", 1): (("2", 210),),
    ("5", 2): (("2", 60),),
    ("5/6", 4): (("2", 150),),
    ("7", 2): (("2", 240),),
    ("8", 1): (("2", 110),),
    ("8", 2): (("2", 300),),
    ("1/2a", 12): (("2", 80),),
    ("1/2b", 13): (("2", 40),),
    ("6a", 6): (("2", 600), ("1", 200)),
    ("6b", 3): (("2", 400), ("1", 120)),
    ("7", 4): (("2", 900), ("3", 600), ("2", 300), ("1", 90)),
    ("8", 3): (("2", 500), ("1", 260)),
}
REDEN = {
    "1": "Genoeg vooruitgang; doet weer mee met het groepsplan.",
    "2": "Valt op in de groepsbespreking; krijgt extra instructie in de groep.",
    "3": "Twee doelen in de leerlingbespreking gaven niet genoeg vooruitgang.",
    "4": "Het SOT adviseert om met mensen van buiten de school mee te denken.",
    "5": "Het BOT adviseert een speciale basisschool.",
}


def niveaus(demo: Demo) -> None:
    """Where pupils stood and stand, each step on its day."""
    gehad: set[int] = set()
    for (groep, nummer), stappen in NIVEAUS.items():
        kind = demo.kind(groep, nummer)
        if id(kind) in gehad:  # the small school is too small for everybody
            continue
        gehad.add(id(kind))
        vorige = kind.vanaf - timedelta(days=1)
        for niveau, dagen in stappen:
            dag = max(demo.geleden(dagen), vorige + timedelta(days=1))
            if dag > demo.vandaag:
                continue
            vorige = dag
            with demo.op(dag):
                services.zorgniveau_beginnen(
                    leerling=kind.leerling, niveau=niveau, vanaf=dag, reden=REDEN[niveau], door=demo.account("ib")
                )


# -- meetings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gehad:
    """A meeting of the past about one pupil."""

    groep: str
    nummer: int
    soort: str
    dagen: int
    doel: str
    vooruitgang: str = ""
    besluit: str = ""


GEHOUDEN = (
    Gehad("6a", 0, "leerlingbespreking", 520, "Automatiseert optellen tot 20", "onvoldoende", "doorgaan"),
    Gehad("6a", 0, "leerlingbespreking", 460, "Leest AVI-M4 zonder spellen", "onvoldoende", "naar_sot"),
    Gehad("6a", 0, "sot", 150, "Rekent met de getallenlijn tot 100", "onvoldoende", "naar_bot"),
    Gehad("6a", 0, "bot", 38, "Werkt een half uur zelfstandig met een stappenkaart", "", "onderzoek"),
    Gehad("6a", 1, "leerlingbespreking", 300, "Begint binnen twee minuten aan een taak", "onvoldoende", "doorgaan"),
    Gehad("6a", 1, "leerlingbespreking", 190, "Maakt vier van de vijf sommen goed", "onvoldoende", "naar_sot"),
    Gehad("6a", 1, "sot", 100, "Kent de tafels van 2, 5 en 10", "onvoldoende", "naar_bot"),
    Gehad("6a", 4, "leerlingbespreking", 66, "Schrijft woorden met open lettergreep goed", "", "doorgaan"),
    Gehad("6b", 1, "sot", 70, "Leest een verhaal na met een maatje", "voldoende", "doorgaan"),
    Gehad("7", 0, "bot", 110, "Volgt de instructie aan de kleine tafel", "onvoldoende", "ooa"),
    Gehad("8", 0, "bot", 75, "Maakt de overstap met een vertrouwd gezicht", "", "verwijzing"),
)


def besprekingen(demo: Demo) -> None:
    """The meetings behind the levels, a group meeting for each teacher that is to come, and agreements still open."""
    for gehad in GEHOUDEN:
        _houd(demo, gehad)
    ib, klaar = demo.account("ib"), []
    for plek, groep in enumerate(("6a", "6b", "7")):
        begin = eerste_moment(demo.school, demo.vandaag + timedelta(days=6 + 3 * plek), {1, 2, 4})
        bespreking = bespreking_plannen(
            school=demo.school,
            soort="groepsbespreking",
            begin=begin,
            sleutel=f"demo:groepsbespreking:{groep}",
            groep=demo.groepen[0, groep],
            plaats="kamer van de intern begeleider",
            door=ib,
        )
        uitnodigen(bespreking=bespreking, door=ib)
        klaar.append(bespreking)
    leerling_inbrengen(bespreking=klaar[0], leerling=demo.kind("6a", 5).leerling, door=ib)
    sot = bespreking_plannen(
        school=demo.school,
        soort="sot",
        begin=eerste_moment(demo.school, demo.vandaag + timedelta(days=12), {1, 2, 4}) + timedelta(hours=1),
        sleutel="demo:sot",
        leerling=demo.kind("6b", 1).leerling,
        door=ib,
    )
    uitnodigen(bespreking=sot, door=ib)


def schooldag(demo: Demo, dag: date, vanaf: date) -> date:
    """The last school day up to this day, but after `vanaf`; else the next one."""
    dagen = Vergaderdagen(demo.school)
    eerder = (dag - timedelta(days=n) for n in range((dag - vanaf).days))
    return next((d for d in eerder if not dagen.waarom_niet(d)), None) or dagen.dichtstbij(dag, dag) or dag


def _houd(demo: Demo, gehad: Gehad) -> None:
    ib, kind = demo.account("ib"), demo.kind(gehad.groep, gehad.nummer)
    dag = schooldag(demo, max(demo.geleden(gehad.dagen), kind.vanaf + timedelta(days=1)), kind.vanaf)
    if dag >= demo.vandaag:
        return
    begin = demo.moment(dag, 15, 15)
    with demo.op(doordeweeks(dag - timedelta(days=10))):
        bespreking = bespreking_plannen(
            school=demo.school,
            soort=gehad.soort,
            begin=begin,
            sleutel=f"demo:{gehad.soort}:{gehad.groep}:{gehad.nummer}:{gehad.dagen}",
            leerling=kind.leerling,
            door=None if gehad.soort == "bot" else ib,  # the past is told, not judged: its consent is asked below
        )
    punt = punt_van(bespreking)
    with demo.op(dag, 17):
        laatste = uiterste_evaluatie(bespreking) or dag + timedelta(weeks=8)
        voor = doordeweeks(laatste)
        doel = doel_stellen(punt=punt, doel=gehad.doel, voor=voor, door=ib)
        punt.bespreking = bespreking_houden(bespreking=bespreking, aanwezig=deelnemers(bespreking), door=ib)
        if gehad.besluit:
            besluit_nemen(punt=punt, code=gehad.besluit, door=ib)
        if not gehad.vooruitgang:
            actiepunt_toevoegen(
                bespreking=punt.bespreking,
                punt=punt,
                onderwerp="Aanpak",
                stap="De ouders vertellen wat er is afgesproken",
                wie=demo.personen["leerkracht"] if gehad.groep == "6a" else demo.personen["ib"],
                voor=demo.vandaag + timedelta(days=4),
                door=ib,
            )
    if gehad.vooruitgang and voor <= demo.vandaag:
        with demo.op(voor, 15):
            evalueren(
                evaluatie=doel,
                vooruitgang=gehad.vooruitgang,
                uitkomst="We keken naar het werk van de laatste weken en spraken met het kind.",
                door=ib,
            )


# -- consent ---------------------------------------------------------------------------------------------------------


def toestemmingen(demo: Demo, gedeeld: list[Dossierstuk]) -> None:
    """Asked and answered yes, no and «first talk»; some still open. `gedeeld` are the pieces that the BOT may read."""
    yara = demo.kind("6a", 0)
    _vraag(demo, yara, "bot", 60, "ja", stukken=gedeeld, tot=demo.vandaag + timedelta(days=42))
    _vraag(demo, yara, "onderzoek", 6, "")
    _vraag(demo, demo.kind("6a", 1), "bot", 9, "ja", alleen_eerste=True)
    _vraag(demo, demo.kind("6b", 0), "extern_betrekken", 5, "")
    _vraag(demo, demo.kind("7", 0), "bot", 130, "ja")
    _vraag(demo, demo.kind("7", 1), "bot", 40, "nee")
    _vraag(demo, demo.kind("5", 0), "extern_betrekken", 30, "praten")
    _vraag(demo, demo.kind("8", 0), "verwijzing", 70, "ja")


def _vraag(
    demo: Demo,
    kind: Kind,
    doel: str,
    dagen: int,
    keuze: str,
    *,
    stukken: list[Dossierstuk] | None = None,
    tot: date | None = None,
    alleen_eerste: bool = False,
) -> None:
    ib, dag = demo.account("ib"), max(demo.geleden(dagen), kind.vanaf)
    with demo.op(dag):
        toestemming = toestemming_vragen(
            leerling=kind.leerling,
            doel=doel,
            deelnemers="Sevda Kaya, orthopedagoog van het samenwerkingsverband",
            stukken=stukken or [],
            tot=tot,
            op=dag + timedelta(days=21),
            door=ib,
        )
    with demo.op(min(doordeweeks(dag + timedelta(days=4)), demo.vandaag), 12):
        ouders = gezaghebbenden(kind.leerling) if keuze else []
        for ouder in ouders[:1] if alleen_eerste else ouders:
            services.toestemming_beantwoorden(
                toestemming=toestemming,
                keuze=keuze,
                tekstversie=toestemming.tekstversie,
                namens=None if ouder.gebruiker else ouder,
                door=ouder.gebruiker or ib,
            )
