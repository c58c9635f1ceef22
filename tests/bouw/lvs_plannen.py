"""Results and a group plan for the fixed cast."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from leerlingen.services.inlezen import importbestand_bewaren
from lvs.services import Invoer, resultaten_vastleggen
from plannen.models import Indeling
from plannen.services import groepsplan_maken

if TYPE_CHECKING:
    from leerlingen.models import Leerling
    from tests.bouw.personen import Bezetting

BESTAND = b"""achternaam;roepnaam;geboortedatum;instrument;vak;moment;afnamedatum;niveau
Jansen;Bram;04-05-2016;cito_rekenen;rekenen;B6;15-09-2026;III
"""
M5, E5 = date(2026, 1, 28), date(2026, 6, 10)


def uitslag(kind: Leerling, niveau: str, score: int | None = None, *, vak: str = "rekenen", **velden: Any) -> Invoer:
    """A result of the leading test of a subject, E5 of last June unless told otherwise."""
    velden.setdefault("moment", "E5")
    velden.setdefault("afnamedatum", E5)
    velden.setdefault("instrument", {"technisch_lezen": "cito_dmt"}.get(vak, f"cito_{vak}"))
    return Invoer(
        leerling=kind, vak=vak, niveau=niveau, vaardigheidsscore=None if score is None else Decimal(score), **velden
    )


def resultaten_en_plan(bezetting: Bezetting) -> None:
    """Bram dropped to IV in rekenen and is fine in spelling; Aya has twice a I; 6a has a plan for rekenen."""
    b = bezetting
    uitkomst = resultaten_vastleggen(
        school=b.kogerveld,
        invoer=[
            uitslag(b.bram, "III", 70, moment="M5", afnamedatum=M5),
            uitslag(b.bram, "IV", 71),
            uitslag(b.bram, "II", 120, vak="spelling"),
            uitslag(b.aya, "I", 88, moment="M5", afnamedatum=M5),
            uitslag(b.aya, "I", 96),
            uitslag(b.chris, "III", 75),
        ],
        door=None,
    )
    b.extra["resultaat"] = uitkomst.resultaten[1]
    b.extra["reeks"] = uitkomst.resultaten[1].reeks
    b.extra["resultaat_spelling"] = uitkomst.resultaten[2]
    b.extra["resultaat_6b"] = uitkomst.resultaten[5]
    b.extra["resultatenbestand"] = importbestand_bewaren(
        school=b.kogerveld,
        soort="resultaten",
        naam="uitslagen.csv",
        inhoud=BESTAND,
        door=b.carla.gebruiker,
    )
    plan = b.extra["groepsplan"] = groepsplan_maken(
        groepen=[b.groep_6a], vak="rekenen", periodecode="periode1", door=b.anna.gebruiker
    )
    b.extra["indeling"] = Indeling.objects.systeemtoegang(reden="de vaste bezetting").get(plan=plan, leerling=b.bram)
