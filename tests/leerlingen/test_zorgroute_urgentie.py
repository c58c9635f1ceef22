"""What the care board sorts by: late, missing, to be planned, to be decided, in time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from leerlingen.profiel import lees_ingebouwd
from leerlingen.zorgroute import Besprekingfeit, Volgende, Zorgfeiten, volgende_stap
from leerlingen.zorgroute.urgentie import STANDEN, Stand, ontbreekt_nu, stand, urgentie
from tests.leerlingen.zorgroute_feiten import OUDERS, SINDS, VANDAAG, compleet

P = lees_ingebouwd("kogerveld")
LEEG = Zorgfeiten(vandaag=VANDAAG, niveau="2", niveau_sinds=SINDS, gezaghebbenden=OUDERS)
LAAT = replace(
    LEEG,
    besprekingen=(
        Besprekingfeit(
            "leerlingbespreking", VANDAAG - timedelta(weeks=9), doel=True, evaluatie_voor=VANDAAG - timedelta(days=3)
        ),
    ),
)
OP_TIJD = replace(
    LEEG,
    besprekingen=(
        Besprekingfeit(
            "leerlingbespreking", VANDAAG - timedelta(weeks=2), doel=True, evaluatie_voor=VANDAAG + timedelta(weeks=4)
        ),
    ),
)
SOT = Besprekingfeit("sot", VANDAAG + timedelta(weeks=3), gehouden=False)


@pytest.mark.parametrize(
    ("feiten", "verwacht"),
    [
        (LAAT, "laat"),
        (LEEG, "ontbreekt"),
        (replace(LEEG, niveau="3"), "plannen"),
        (replace(LEEG, niveau="3", besprekingen=(SOT,)), "ontbreekt"),
        (replace(compleet(), niveau="2"), "besluiten"),
        (OP_TIJD, "op_koers"),
    ],
)
def test_stand(feiten: Zorgfeiten, verwacht: Stand) -> None:
    assert stand(volgende_stap(P, feiten)) == verwacht


def test_een_geplande_bespreking_waarvoor_alles_er_is_ligt_op_koers() -> None:
    volgende = replace(volgende_stap(P, replace(LEEG, niveau="3", besprekingen=(SOT,))), uitkomsten=())
    assert (stand(volgende), volgende.gepland) == ("op_koers", SOT.op)


def test_wie_op_tijd_evalueert_mist_niets() -> None:
    """What the step after the evaluation will ask is no shortcoming now."""
    volgende = volgende_stap(P, OP_TIJD)
    assert volgende.ontbreekt and not ontbreekt_nu(volgende)


def test_hard_voor_zacht() -> None:
    volgende = volgende_stap(P, LEEG)
    soorten = [uitkomst.soort for uitkomst in ontbreekt_nu(volgende)]
    assert soorten == sorted(soorten) and len(soorten) == len(volgende.ontbreekt) > 1


def test_volgorde() -> None:
    """By stand; within it the nearest last day, without a day last, then the highest level."""

    def sleutel(volgende: Volgende, voor: date | None, trede: int) -> tuple[int, date, int]:
        return urgentie(replace(volgende, voor=voor), trede)

    laat, mist = volgende_stap(P, LAAT), volgende_stap(P, LEEG)
    goed = [
        sleutel(laat, VANDAAG - timedelta(days=9), 2),
        sleutel(laat, VANDAAG - timedelta(days=3), 4),
        sleutel(mist, VANDAAG + timedelta(days=3), 2),
        sleutel(mist, None, 4),
        sleutel(mist, None, 3),
    ]
    assert goed == sorted(goed) and len(set(goed)) == len(goed)
    assert STANDEN[0] == "laat" and STANDEN[-1] == "klaar"
