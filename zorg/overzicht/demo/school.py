"""People, groups, pupils and a few pieces of the demo school."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from leerlingen import services
from leerlingen.models import Groep, Groepssoort, Leerling, Persoon, Schooljaar
from zorg.kern import klok
from zorg.kern.models import School
from zorg.overzicht.demo.namen import ACHTERNAMEN, VOORNAMEN

WACHTWOORD = "zorgpad-demo"
SAAD = 20261125


@dataclass
class Demo:
    """What was made, by name, for the steps that follow."""

    school: School
    jaar: Schooljaar
    kans: random.Random
    personen: dict[str, Persoon] = field(default_factory=dict)
    groepen: dict[str, Groep] = field(default_factory=dict)
    leerlingen: dict[str, list[Leerling]] = field(default_factory=dict)


def begin(school: School) -> Demo:
    """The people with an account, two home groups with a duo, a combination group and their pupils."""
    jaar = services.schooljaar_zorgen(school=school, door=None)
    demo = Demo(school, jaar, random.Random(SAAD))  # noqa: S311  (a fixed seed is the point)
    _team(demo)
    for naam, jaargroep in (("6a", "6"), ("6b", "6"), ("4/5", "C")):
        demo.groepen[naam] = services.groep_zorgen(
            school=school, schooljaar=jaar, naam=naam, soort=Groepssoort.STAMGROEP, jaargroep=jaargroep, door=None
        )
        demo.leerlingen[naam] = [_leerling(demo, naam, nummer) for nummer in range(8)]
    services.toewijzen(persoon=demo.personen["leerkracht"], groep=demo.groepen["6a"], door=None)
    services.toewijzen(persoon=demo.personen["leerkracht2"], groep=demo.groepen["6b"], door=None)
    _ouders(demo)
    _stukken(demo)
    _extern(demo)
    return demo


def mens(
    demo_school: School,
    roepnaam: str,
    voorvoegsel: str,
    achternaam: str,
    email: str,
    *,
    rol: str = "",
    vanaf: date | None = None,
    functie: str = "",
    vakgebieden: tuple[str, ...] = (),
) -> Persoon:
    """A person with an account (password `zorgpad-demo`) and, if given, a role."""
    persoon = services.persoon_toevoegen(
        school=demo_school,
        roepnaam=roepnaam,
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        email=email,
        functie=functie,
        door=None,
    )
    services.account_maken(persoon=persoon, wachtwoord=WACHTWOORD, door=None)
    if rol and vanaf:
        services.aanstellen(persoon=persoon, rol=rol, vanaf=vanaf, vakgebieden=vakgebieden, door=None)
    return persoon


def _team(demo: Demo) -> None:
    begin_jaar = demo.jaar.periode.lower
    rijen: tuple[tuple[str, str, str, str, str, str], ...] = (
        ("leerkracht", "Marloes", "de", "Wit", "leerkracht@demo.school", "leerkracht"),
        ("leerkracht2", "Bas", "", "Mulder", "leerkracht2@demo.school", "leerkracht"),
        ("ib", "Anja", "", "Vos", "ib@demo.school", "ib"),
        ("directeur", "Henk", "van", "Dam", "directeur@demo.school", "directeur"),
        ("beheer", "Bea", "", "Heerschop", "beheer@demo.school", "beheerder"),
    )
    for code, roepnaam, voorvoegsel, achternaam, email, rol in rijen:
        demo.personen[code] = mens(
            demo.school, roepnaam, voorvoegsel, achternaam, email, rol=rol, vanaf=begin_jaar - timedelta(days=700)
        )
    demo.personen["rekenspecialist"] = mens(
        demo.school,
        "Joost",
        "",
        "Rekers",
        "rekenspecialist@demo.school",
        rol="specialist",
        vanaf=begin_jaar,
        vakgebieden=("rekenen",),
    )


def _leerling(demo: Demo, groep: str, nummer: int) -> Leerling:
    jaargroep = {"6a": 6, "6b": 6, "4/5": 4 + nummer % 2}[groep]
    volgnummer = sum(len(lijst) for lijst in demo.leerlingen.values()) + nummer
    voorvoegsel, achternaam = ACHTERNAMEN[(volgnummer * 5 + 3) % len(ACHTERNAMEN)]
    begin = demo.jaar.periode.lower
    geboren = date(begin.year - jaargroep - 4, 10, 1) + timedelta(days=demo.kans.randrange(365))
    leerling = services.inschrijven(
        school=demo.school,
        sleutel=f"demo-{volgnummer + 1:03d}",
        roepnaam=VOORNAMEN[volgnummer % len(VOORNAMEN)],
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        geboortedatum=geboren,
        geslacht=demo.kans.choice(["man", "vrouw"]),
        vanaf=date(begin.year - jaargroep, begin.month, begin.day),
        door=None,
    )
    services.plaatsen(leerling=leerling, groep=demo.groepen[groep], vanaf=begin, jaargroep=str(jaargroep), door=None)
    return leerling


def _ouders(demo: Demo) -> None:
    begin = demo.jaar.periode.lower
    for code, email, leerling in (
        ("ouder", "ouder@demo.school", demo.leerlingen["6a"][0]),
        ("ouder2", "ouder2@demo.school", demo.leerlingen["6b"][0]),
    ):
        persoon = mens(
            demo.school, "Samira" if code == "ouder" else "Peter", leerling.voorvoegsel, leerling.achternaam, email
        )
        services.ouder_toevoegen(
            leerling=leerling, persoon=persoon, relatie="ouder", gezag="ja", vanaf=begin, door=None
        )
        demo.personen[code] = persoon


def _stukken(demo: Demo) -> None:
    juf: Any = demo.personen["leerkracht"].gebruiker
    ib: Any = demo.personen["ib"].gebruiker
    kind = demo.leerlingen["6a"][0]
    gesprek = services.notitie_maken(
        leerling=kind,
        titel="Gesprek over rekenen",
        tekst="Thuis oefenen we vijf minuten per dag de tafels. Over zes weken kijken we samen hoe het gaat.",
        door=juf,
    )
    services.document_vaststellen(document=gesprek, door=juf)
    assert gesprek.stuk is not None  # noqa: S101  (a note hangs on a piece)
    services.publiceren(stuk=gesprek.stuk, door=juf)
    services.notitie_maken(
        leerling=kind,
        titel="Observatie in de rekenles",
        tekst="Rekent op de vingers bij sommen over het tiental. Vraagt om hulp als het stil is in de klas.",
        datum=klok.vandaag(demo.school) - timedelta(days=12),
        door=juf,
    )
    services.notitie_maken(
        leerling=kind,
        titel="Overleg met de schoolarts",
        tekst="Gehoor is in orde.",
        datum=klok.vandaag(demo.school) - timedelta(days=20),
        vertrouwelijkheid="geheim",
        door=ib,
    )
    for leerling in demo.leerlingen["6a"][1:4]:
        services.notitie_maken(
            leerling=leerling, titel="Start van het jaar", tekst="Een goede start gemaakt.", door=juf
        )


def _extern(demo: Demo) -> None:
    """An external expert who sees one piece and nothing else, until a day."""
    persoon = mens(
        demo.school, "Sevda", "", "Kaya", "extern@demo.school", functie="orthopedagoog, samenwerkingsverband"
    )
    services.aanstellen(persoon=persoon, rol="extern", vanaf=demo.jaar.periode.lower, door=None)
    demo.personen["extern"] = persoon
    ib: Any = demo.personen["ib"].gebruiker
    from leerlingen.models import Dossierstuk

    stuk = Dossierstuk.objects.zichtbaar_voor(ib).filter(titel="Observatie in de rekenles").first()
    eind = klok.vandaag(demo.school) + timedelta(days=42)
    services.recht_verlenen(
        op=stuk,
        aan=persoon,
        tot=datetime.combine(eind, time.min, tzinfo=ZoneInfo(demo.school.tijdzone)),
        reden="Denkt mee over rekenen",
        door=ib,
    )


def tweede_school(school: School) -> None:
    """Another school with its own ib'er and a pupil: nobody of one school ever sees the other."""
    jaar = services.schooljaar_zorgen(school=school, door=None)
    mens(school, "Ilse", "", "Anders", "ib@anders.school", rol="ib", vanaf=jaar.periode.lower)
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
