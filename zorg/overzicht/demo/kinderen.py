"""Pupils in their groups of now and of earlier years, and their parents."""

from __future__ import annotations

from datetime import date, timedelta

from leerlingen import services
from leerlingen.models import Groepssoort
from leerlingen.services.bulk import (
    Inschrijving,
    NieuweOuder,
    Plek,
    leerlingen_inschrijven,
    leerlingen_plaatsen,
    ouders_toevoegen,
)
from zorg.overzicht.demo.basis import JAREN_TERUG, Demo, Kind
from zorg.overzicht.demo.namen import ACHTERNAMEN, JONGENS, MEISJES, MOEDERS, VADERS
from zorg.overzicht.demo.team import mens

# home group → pupils per year group: 220 in all
STAMGROEPEN: dict[str, dict[int, int]] = {
    "1/2a": {1: 11, 2: 11},
    "1/2b": {1: 11, 2: 11},
    "3": {3: 23},
    "4": {4: 24},
    "5": {5: 23},
    "5/6": {5: 10, 6: 10},
    "6a": {6: 24},
    "6b": {6: 21},
    "7": {7: 22},
    "8": {8: 19},
}
# the children of ouder@ and ouder2@
VAST = {("6a", 0): ("Yara", "", "Haddad", "vrouw"), ("6b", 0): ("Daan", "", "Smit", "man")}
# a year again, so many school years ago; and when somebody came from another school, in days ago
HERHAALD = {("3", 6): 2, ("6a", 9): 1, ("6b", 8): 2, ("7", 9): 1}
INSTROOM = {("6a", 11): 420, ("4", 9): 200, ("7", 12): 30, ("8", 8): 610}
PLUSGROEP = (("5", 3), ("5", 4), ("5/6", 11), ("6a", 3), ("6a", 7), ("6b", 5), ("6b", 6), ("7", 5), ("7", 6), ("8", 5))


def kinderen(demo: Demo) -> None:
    """Enrol everybody, place them in the groups of all school years on record, and begin the composite group."""
    demo.kinderen = bedenk(demo)
    rijen = [
        Inschrijving(
            vanaf=kind.vanaf,
            tot=kind.tot,
            velden={
                "sleutel": f"demo-{plek + 1:03d}",
                "roepnaam": kind.roepnaam,
                "voorvoegsel": kind.voorvoegsel,
                "achternaam": kind.achternaam,
                "geboortedatum": kind.geboren,
                "geslacht": kind.geslacht,
            },
        )
        for plek, kind in enumerate(demo.kinderen)
    ]
    leerlingen = leerlingen_inschrijven(school=demo.school, rijen=rijen, door=None)
    for kind, leerling in zip(demo.kinderen, leerlingen, strict=True):
        kind.inschrijven_als(leerling)
    plekken = [plek for terug in range(JAREN_TERUG, -1, -1) for plek in _plekken(demo, terug)]
    plekken += _plusgroep(demo)
    leerlingen_plaatsen(school=demo.school, rijen=plekken, door=None)


def _aantal(demo: Demo, vol: int) -> int:
    return max(3, vol // 3) if demo.klein else vol


def bedenk(demo: Demo) -> list[Kind]:
    """Everybody, in a fixed order: the same day and seed give the same children."""
    kans = demo.kans("kinderen")
    uit: list[Kind] = []
    namen: set[tuple[str, str]] = {(roep, achter) for roep, _, achter, _ in VAST.values()}
    for groep, verdeling in STAMGROEPEN.items():
        vrij = {"vrouw": kans.sample(MEISJES, len(MEISJES)), "man": kans.sample(JONGENS, len(JONGENS))}
        nummer = 0
        for jaargroep, vol in verdeling.items():
            for _ in range(_aantal(demo, vol)):
                uit.append(_een(demo, groep, nummer, jaargroep, vrij, namen))
                nummer += 1
    for plek in (0, 1):  # two who left in the middle of last school year
        vertrokken = _een(demo, "6a", 90 + plek, 6, {"vrouw": ["Tara"], "man": ["Joris"]}, namen)
        vertrokken.tot = demo.jaren[1].periode.lower + timedelta(days=150 + 40 * plek)
        uit.append(vertrokken)
    return uit


def _een(
    demo: Demo, groep: str, nummer: int, jaargroep: int, vrij: dict[str, list[str]], namen: set[tuple[str, str]]
) -> Kind:
    kans = demo.kans(f"kind:{groep}:{nummer}")
    geslacht = kans.choice(["man", "vrouw"])
    roepnaam = vrij[geslacht].pop()
    voorvoegsel, achternaam = kans.choice(ACHTERNAMEN)
    while (roepnaam, achternaam) in namen:
        voorvoegsel, achternaam = kans.choice(ACHTERNAMEN)
    if (groep, nummer) in VAST:
        roepnaam, voorvoegsel, achternaam, geslacht = VAST[groep, nummer]
    namen.add((roepnaam, achternaam))
    herhaald = HERHAALD.get((groep, nummer), 0)
    jaren_oud = jaargroep + (1 if herhaald else 0)
    geboren = date(demo.begin.year - jaren_oud - 4, 10, 1) + timedelta(days=kans.randrange(300))
    vanaf = date(demo.begin.year - jaren_oud + 1, demo.begin.month, demo.begin.day)
    if (groep, nummer) in INSTROOM:
        vanaf = min(max(vanaf, demo.geleden(INSTROOM[groep, nummer])), demo.vandaag)
    return Kind(
        groep, nummer, jaargroep, roepnaam, voorvoegsel, achternaam, geslacht, vanaf, geboren, herhaald=herhaald
    )


def _groep(demo: Demo, terug: int, naam: str, soort: str = Groepssoort.STAMGROEP) -> None:
    if (terug, naam) not in demo.groepen:
        demo.groepen[terug, naam] = services.groep_zorgen(
            school=demo.school,
            schooljaar=demo.jaren[terug],
            naam=naam,
            soort=soort,
            jaargroep=("C" if "/" in naam else naam[0]) if soort == Groepssoort.STAMGROEP else "",
            door=None,
        )


def _plekken(demo: Demo, terug: int) -> list[Plek]:
    jaar = demo.jaren[terug].periode
    plekken = []
    for kind in demo.kinderen:
        toen = kind.jaargroep_toen(terug)
        if toen < 1 or kind.vanaf >= jaar.upper or (kind.tot and kind.tot <= jaar.lower):
            continue
        naam = kind.groep_toen(terug)
        _groep(demo, terug, naam)
        plekken.append(Plek(kind.leerling, demo.groepen[terug, naam], kind.vanaf, kind.tot, str(toen)))
    return plekken


def _plusgroep(demo: Demo) -> list[Plek]:
    _groep(demo, 0, "plusgroep", Groepssoort.SAMENGESTELD)
    groep = demo.groepen[0, "plusgroep"]
    gekozen = {id(kind): kind for kind in (demo.kind(naam, nummer) for naam, nummer in PLUSGROEP)}
    return [Plek(kind.leerling, groep, max(kind.vanaf, demo.begin)) for kind in gekozen.values()]


def ouders(demo: Demo) -> None:
    """One or two parents for most; some whose authority is unknown or absent; two parents with an account."""
    kans = demo.kans("ouders")
    rijen = []
    volgnummer = 0
    for kind in demo.kinderen:
        if (kind.groep, kind.nummer) in VAST:
            continue
        # whom the stories are about has somebody to ask
        aantal = kans.choices((0, 1, 2), (10, 30, 60))[0] or int(kind.nummer < 6)
        if (kind.groep, kind.nummer) == ("6a", 1):
            aantal = 2
        tweede = kans.choices(("ja", "onbekend", "nee"), (80, 12, 8))[0]
        for plek in range(aantal):
            volgnummer += 1
            moeder = (plek == 0) == (kind.nummer % 5 != 0)
            rijen.append(
                NieuweOuder(
                    velden={
                        "roepnaam": kans.choice(MOEDERS if moeder else VADERS),
                        "voorvoegsel": kind.voorvoegsel,
                        "achternaam": kind.achternaam,
                        "email": f"ouder{volgnummer}@thuis.example" if kans.random() < 0.8 else "",
                        "telefoon": f"06 0000 {volgnummer:04d}",
                        "taal": kans.choices(("nl", "en", "tr", "pl"), (88, 5, 4, 3))[0],
                    },
                    kinderen=((kind.leerling, "ja" if plek == 0 or kind.nummer == 1 else tweede),),
                    relatie="moeder" if moeder else "vader",
                    vanaf=kind.vanaf,
                )
            )
    ouders_toevoegen(school=demo.school, rijen=rijen, door=None)
    _met_account(demo)


def _met_account(demo: Demo) -> None:
    for code, naam, kind, relatie in (
        ("ouder", ("Samira", "", "Haddad"), demo.kind("6a", 0), "moeder"),
        ("ouder2", ("Peter", "", "Smit"), demo.kind("6b", 0), "vader"),
    ):
        demo.personen[code] = mens(demo.school, naam, f"{code}@demo.school")
        services.ouder_toevoegen(
            leerling=kind.leerling,
            persoon=demo.personen[code],
            relatie=relatie,
            gezag="ja",
            vanaf=kind.vanaf,
            door=None,
        )
    yara = demo.kind("6a", 0)
    demo.personen["vader van Yara"] = mens(demo.school, ("Nabil", "", "Haddad"), "")
    services.ouder_toevoegen(
        leerling=yara.leerling,
        persoon=demo.personen["vader van Yara"],
        relatie="vader",
        gezag="ja",
        vanaf=yara.vanaf,
        door=None,
    )
