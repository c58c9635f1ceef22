"""The demo school from begin to end, and the small school next door."""

from __future__ import annotations

from datetime import date, datetime

from besprekingen.services import vakanties_zorgen
from leerlingen import services
from leerlingen.models import Groep, Leerling, Persoon, Schooljaar
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.overzicht.demo.basis import JAREN_TERUG, Demo
from zorg.overzicht.demo.dossiers import dossiers, toegang_geven, voor_het_bot
from zorg.overzicht.demo.groepsplannen import groepsplannen
from zorg.overzicht.demo.kinderen import bedenk, kinderen, ouders
from zorg.overzicht.demo.ouders import ouders_aan_het_woord
from zorg.overzicht.demo.papieren import papieren, van_de_school
from zorg.overzicht.demo.resultaten import resultaten
from zorg.overzicht.demo.signalen import signalen
from zorg.overzicht.demo.taken import gedaan, taken
from zorg.overzicht.demo.team import DUO, LEERKRACHTEN, mens, team, voor_de_groep
from zorg.overzicht.demo.zorg import besprekingen, niveaus, toestemmingen

KLAAR = "demo:extern:lezen"
"""Key of a task of the second half: when it is there, so is the whole school."""


def mensen_vullen(school: School, *, klein: bool = False) -> Demo:
    """First half, relative to now: people, pupils in their groups, results. One transaction is the caller's."""
    nu = klok.nu()
    with klok.stilgezet(nu):
        dit_jaar = services.schooljaar_zorgen(school=school, door=None)
        eerste = dit_jaar.periode.lower.year
        jaren = [dit_jaar] + [
            services.schooljaar_zorgen(school=school, naam=f"{jaar}-{jaar + 1}", door=None)
            for jaar in range(eerste - 1, eerste - 1 - JAREN_TERUG, -1)
        ]
        demo = Demo(school, nu, jaren, klein=klein)
        with demo.op(dit_jaar.periode.lower):
            vakanties_zorgen(schooljaar=dit_jaar, door=None)
        with demo.op(jaren[-1].periode.lower):
            team(demo)
        kinderen(demo)
        voor_de_groep(demo)
        ouders(demo)
        resultaten(demo)
    return demo


def verhalen_vullen(demo: Demo) -> None:
    """Second half: care, dossiers, meetings, consents, plans and tasks. One transaction is the caller's."""
    with klok.stilgezet(demo.nu):
        niveaus(demo)
        dossiers(demo)
        signalen(demo)
        besprekingen(demo)
        gedeeld = voor_het_bot(demo)
        toestemmingen(demo, gedeeld)
        toegang_geven(demo, gedeeld)
        papieren(demo)
        ouders_aan_het_woord(demo)
        van_de_school(demo)
        gedaan(demo)
        taken(demo, groepsplannen(demo), gedeeld[0].pk)


def hervat(school: School, nu: datetime) -> Demo:
    """What the first half made at `nu`, found again after the second half broke off."""
    ib = Gebruiker.objects.get(email="ib@demo.school")
    with klok.stilgezet(nu):
        jaren = list(Schooljaar.objects.zichtbaar_voor(ib).filter(school=school).order_by("-naam"))
        leerlingen = {rij.sleutel: rij for rij in Leerling.objects.zichtbaar_voor(ib).filter(school=school)}
        demo = Demo(school, nu, jaren[: JAREN_TERUG + 1], klein=len(leerlingen) < 150)
        demo.kinderen = bedenk(demo)
        for plek, kind in enumerate(demo.kinderen):
            kind.inschrijven_als(leerlingen[f"demo-{plek + 1:03d}"])
        plek_van = {jaar.pk: terug for terug, jaar in enumerate(demo.jaren)}
        for groep in Groep.objects.zichtbaar_voor(ib).filter(schooljaar__in=demo.jaren).select_related("schooljaar"):
            demo.groepen[plek_van[groep.schooljaar_id], groep.naam] = groep
        namen = {f"{roep} {achter}": code for code, (roep, _, achter) in LEERKRACHTEN.items()}
        namen |= {f"{DUO[0]} {DUO[2]}": "duo"}
        for persoon in Persoon.objects.zichtbaar_voor(ib).filter(school=school).select_related("gebruiker"):
            code = namen.get(f"{persoon.roepnaam} {persoon.achternaam}", persoon.email.removesuffix("@demo.school"))
            demo.personen[code] = persoon
    return demo


def tweede_school(school: School) -> None:
    """Another school with its own ib'er and a pupil: nobody of one school ever sees the other."""
    jaar = services.schooljaar_zorgen(school=school, door=None)
    mens(school, ("Ilse", "", "Anders"), "ib@anders.school", rol="ib", vanaf=jaar.periode.lower)
    groep = services.groep_zorgen(school=school, schooljaar=jaar, naam="5a", jaargroep="5", door=None)
    leerling = services.inschrijven(
        school=school,
        roepnaam="Sofie",
        achternaam="Anders",
        geboortedatum=date(jaar.periode.lower.year - 9, 3, 3),
        vanaf=jaar.periode.lower,
        door=None,
    )
    services.plaatsen(leerling=leerling, groep=groep, vanaf=jaar.periode.lower, door=None)
