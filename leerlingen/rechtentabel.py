"""Which relation gives which rights on a pupil's dossier, as a table to read (SOLL; Normenkader ID.01).

Made from the tables by which `toegang.py` decides, so it cannot say anything else; tests/rechten holds it against what
the fixed cast really sees. Printed by `rechtenmatrix`, kept in docs/rechten.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from leerlingen import toegang
from leerlingen.models import Rol
from leerlingen.services.rechten import NOODTOEGANG, VERLEENBAAR
from zorg.kern.querysets import Recht

RECHTEN = tuple(Recht.values)


@dataclass(frozen=True)
class Relatie:
    """One relation: on which pupils or pieces, up to which confidentiality, which rights, for how long."""

    code: str
    naam: str
    waarop: str
    plafond: str
    rechten: frozenset[str]
    zolang: str


def tabel() -> list[Relatie]:
    """Every relation that gives anything, from the widest to the narrowest; then who works here and sees nothing."""
    rijen = [
        Relatie(rol, Rol(rol).label, "alle leerlingen van de school", toegang.GEHEIM, rechten, "de aanstelling loopt")
        for rol, rechten in toegang.SCHOOLBREED.items()
    ]
    for rol, (rechten, plafond) in toegang.GROEP.items():
        venster = ", en inzien in het overdrachtsvenster van het profiel" if rol == "leerkracht" else ""
        rijen.append(
            Relatie(
                f"{rol}_groep",
                f"{Rol(rol).label} bij een groep",
                "leerlingen van die groep",
                plafond,
                rechten,
                f"toewijzing en plaatsing lopen{venster}",
            )
        )
    rijen += [
        Relatie(
            f"{rol}_leerling",
            f"{Rol(rol).label} bij een leerling",
            "die leerling",
            toegang.GEWOON,
            rechten,
            "de toewijzing loopt",
        )
        for rol, rechten in toegang.EEN_LEERLING.items()
    ]
    rijen += [
        Relatie(
            "specialist",
            Rol.SPECIALIST.label,
            "alle ingeschreven leerlingen, alleen stukken van de eigen vakken; niet het gezin",
            toegang.GEWOON,
            toegang.SPECIALIST,
            "de aanstelling loopt",
        ),
        Relatie(
            "ouder",
            "ouder met gezag, zonder beperking",
            "het eigen kind, alleen wat de school deelde",
            toegang.VERTROUWELIJK,
            toegang.OUDER,
            "het ouderschap loopt",
        ),
        Relatie(
            "verleend_leerling",
            "toegang verleend tot een leerling",
            "die leerling; alleen aan medewerkers",
            toegang.GEWOON,
            frozenset(VERLEENBAAR),
            "tot de einddatum, of tot de laatste rol eindigt",
        ),
        Relatie(
            "verleend_stuk",
            "toegang verleend tot een stuk",
            "dat ene stuk; aan wie van buiten komt alleen met toestemming van de ouders die het noemt",
            toegang.GEHEIM,
            frozenset(VERLEENBAAR),
            "tot de einddatum, of tot de laatste rol eindigt",
        ),
        Relatie(
            "noodtoegang",
            "noodtoegang",
            "één leerling; alleen medewerkers, met reden, gemeld aan de directie",
            toegang.GEHEIM,
            frozenset({Recht.INZIEN}),
            f"{NOODTOEGANG.seconds // 3600} uur",
        ),
    ]
    met = {"specialist", *toegang.SCHOOLBREED, *toegang.GROEP, *toegang.EEN_LEERLING}
    return rijen + [
        Relatie(rol, Rol(rol).label, "geen dossier", "", frozenset(), "") for rol in Rol.values if rol not in met
    ]


KOPPEN = ("relatie", "waarop", "tot en met", *RECHTEN, "zolang")


def als_rijen() -> list[list[str]]:
    """The table as text, its heading first."""
    return [list(KOPPEN)] + [
        [r.naam, r.waarop, r.plafond, *("ja" if recht in r.rechten else "" for recht in RECHTEN), r.zolang]
        for r in tabel()
    ]
