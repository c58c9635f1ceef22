"""Papers about pupils, a group and the school, begun with what the school knows by then; and an MT with its minutes."""

from __future__ import annotations

from datetime import timedelta

from besprekingen.services import actiepunt_toevoegen, bespreking_houden, bespreking_plannen, uitnodigen
from besprekingen.services.planning import eerste_moment
from leerlingen.services import antwoord_bewaren
from plannen.services import groepspapier_beginnen, groepspapier_vaststellen, papier_beginnen
from zorg.overzicht.demo.basis import Demo
from zorg.overzicht.demo.services import deelnemers
from zorg.overzicht.demo.zorg import schooldag

# (group, number), paper, days ago
PAPIEREN = (
    ("6a", 0, "handelingsplan", 140),
    ("6a", 0, "groeidocument", 58),
    ("6a", 1, "handelingsplan", 95),
    ("6b", 1, "handelingsplan", 62),
    ("7", 0, "handelingsplan", 100),
    ("7", 0, "opp", 90),
    ("8", 0, "groeidocument", 200),
    ("8", 0, "opp", 300),
    ("8", 0, "okr", 20),
)


def papieren(demo: Demo) -> None:
    """Action plans, growth documents, perspectives and a report, each on its day."""
    for groep, nummer, soort, dagen in PAPIEREN:
        kind = demo.kind(groep, nummer)
        with demo.op(max(demo.geleden(dagen), kind.vanaf)):
            papier_beginnen(leerling=kind.leerling, soort=soort, door=demo.account("ib"))


BRIEF = {
    "periode": "Vanaf maandag over twee weken, drie weken lang",
    "toetsen": "Rekenen, spelling en begrijpend lezen in groep 3 t/m 8. In groep 1 en 2 toetsen wij niet.",
    "aandacht": "Extra tijd voor wie dyslexie heeft. Voorlezen mag hoogstens drie keer. Geef zieken later een plek.",
}


def van_de_school(demo: Demo) -> None:
    """A test letter that was sent, an improvement plan of 6a, an MT that was held and one that comes."""
    ib, directeur = demo.account("ib"), demo.account("directeur")
    with demo.op(demo.geleden(6)):
        brief = groepspapier_beginnen(soort="toetsbrief", school=demo.school, door=ib)
        for vraag, tekst in BRIEF.items():
            antwoord_bewaren(document=brief, sectiecode="brief", vraagcode=vraag, tekst=tekst, basisversie=0, door=ib)
        groepspapier_vaststellen(document=brief, door=ib)
        groepspapier_beginnen(soort="verbeterplan", groepen=[demo.groepen[0, "6a"]], door=demo.account("leerkracht"))
    dag = schooldag(demo, demo.geleden(15), demo.geleden(90))
    with demo.op(dag, 9):
        mt = bespreking_plannen(
            school=demo.school, soort="mt", begin=demo.moment(dag, 15, 15), sleutel="demo:mt:1", door=directeur
        )
    with demo.op(dag, 17):
        for stap, wie in (("De formatie rondmaken", "directeur"), ("Klassenbezoeken in groep 4 plannen", "ib")):
            actiepunt_toevoegen(
                bespreking=mt,
                punt=None,
                onderwerp="Zorg",
                stap=stap,
                wie=demo.personen[wie],
                voor=demo.vandaag + timedelta(days=9),
                door=directeur,
            )
        bespreking_houden(bespreking=mt, aanwezig=deelnemers(mt), door=directeur)
    begin = eerste_moment(demo.school, demo.vandaag + timedelta(days=8), {1, 2, 4})
    volgende = bespreking_plannen(school=demo.school, soort="mt", begin=begin, sleutel="demo:mt:2", door=directeur)
    uitnodigen(bespreking=volgende, door=directeur)
