"""The people who work at the demo school. Only the fixed accounts can sign in."""

from __future__ import annotations

from datetime import date

from leerlingen import services
from leerlingen.models import Persoon
from zorg.kern.models import School
from zorg.overzicht.demo.basis import JAREN_TERUG, WACHTWOORD, Demo

# group → (given name, prefix, surname); 6a and 6b have the accounts of leerkracht and leerkracht2
LEERKRACHTEN: dict[str, tuple[str, str, str]] = {
    "1/2a": ("Truus", "", "Appelman"),
    "1/2b": ("Lian", "", "Chen"),
    "3": ("Fenna", "de", "Haan"),
    "4": ("Karim", "", "Idrissi"),
    "5": ("Petra", "", "Vermeer"),
    "5/6": ("Ruben", "", "Wolff"),
    "7": ("Sanne", "", "Koster"),
    "8": ("Wim", "", "Terpstra"),
    "plusgroep": ("Inge", "", "Prins"),
}
DUO = ("Yvonne", "", "Aarts")


def mens(
    school: School,
    naam: tuple[str, str, str],
    email: str,
    *,
    rol: str = "",
    vanaf: date | None = None,
    functie: str = "",
    vakgebieden: tuple[str, ...] = (),
    werkdagen: tuple[int, ...] = (),
) -> Persoon:
    """A person with, if given, a role from a day, and an account (password `zorgpad-demo`) when there is an address."""
    roepnaam, voorvoegsel, achternaam = naam
    persoon = services.persoon_toevoegen(
        school=school,
        roepnaam=roepnaam,
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        email=email,
        functie=functie,
        door=None,
    )
    if email:
        services.account_maken(persoon=persoon, wachtwoord=WACHTWOORD, door=None)
    if rol and vanaf:
        services.aanstellen(
            persoon=persoon, rol=rol, vanaf=vanaf, vakgebieden=vakgebieden, werkdagen=werkdagen, door=None
        )
    return persoon


def team(demo: Demo) -> None:
    """Everyone with a role, from the first school year on record."""
    vanaf, school = demo.jaren[-1].periode.lower, demo.school
    vast: tuple[tuple[str, tuple[str, str, str], str, tuple[str, ...], tuple[int, ...]], ...] = (
        ("leerkracht", ("Marloes", "de", "Wit"), "leerkracht", (), (1, 2, 3)),
        ("leerkracht2", ("Bas", "", "Mulder"), "leerkracht", (), ()),
        ("ib", ("Anja", "", "Vos"), "ib", (), (1, 2, 4)),
        ("directeur", ("Henk", "van", "Dam"), "directeur", (), ()),
        ("beheer", ("Bea", "", "Heerschop"), "beheerder", (), ()),
        ("rekenspecialist", ("Joost", "", "Rekers"), "specialist", ("rekenen",), ()),
    )
    for code, naam, rol, vakken, dagen in vast:
        demo.personen[code] = mens(
            school, naam, f"{code}@demo.school", rol=rol, vanaf=vanaf, vakgebieden=vakken, werkdagen=dagen
        )
    for groep, naam in LEERKRACHTEN.items():
        demo.personen[groep] = mens(school, naam, "", rol="leerkracht", vanaf=vanaf)
    demo.personen["duo"] = mens(school, DUO, "", rol="leerkracht", vanaf=vanaf, werkdagen=(4, 5))
    for groep, vakken in (
        ("3", ("begrijpend_lezen", "technisch_lezen", "spelling")),
        ("8", ("sociaal_emotioneel", "werkhouding")),
    ):
        services.aanstellen(persoon=demo.personen[groep], rol="specialist", vanaf=vanaf, vakgebieden=vakken, door=None)
    services.aanstellen(persoon=demo.personen["7"], rol="teamleider", vanaf=vanaf, door=None)
    demo.personen["extern"] = mens(
        school,
        ("Sevda", "", "Kaya"),
        "extern@demo.school",
        rol="extern",
        vanaf=vanaf,
        functie="orthopedagoog, samenwerkingsverband",
    )


def voor_de_groep(demo: Demo) -> None:
    """Who teaches which group: this year by name, in earlier years in turn. Marloes and Bas moved down a group."""
    vast = {"6a": "leerkracht", "6b": "leerkracht2"} | {naam: naam for naam in LEERKRACHTEN}
    anderen = list(LEERKRACHTEN)[:-1]
    for terug in range(JAREN_TERUG + 1):
        for plek, naam in enumerate(sorted(naam for jaar, naam in demo.groepen if jaar == terug)):
            code = vast.get(naam, "") if terug == 0 else anderen[(plek + terug) % len(anderen)]
            if terug == 1 and naam in ("6", "7"):
                code = {"6": "leerkracht", "7": "leerkracht2"}[naam]
            services.toewijzen(persoon=demo.personen[code], groep=demo.groepen[terug, naam], door=None)
    services.toewijzen(persoon=demo.personen["duo"], groep=demo.groepen[0, "6a"], door=None)
