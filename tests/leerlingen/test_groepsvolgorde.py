"""Groups stand in lists as a school counts them, those of several years by their first."""

from __future__ import annotations

import pytest

from leerlingen import services
from leerlingen.models import Groep
from tests.bouw import Bezetting


@pytest.mark.parametrize(
    ("jaargroep", "naam", "plek"),
    [
        ("1", "Vlinders", 1),
        ("8", "8a", 8),
        ("C", "1/2a", 1),
        ("C", "Groep 5/6", 5),
        ("C", "Plusgroep", 99),
        ("", "7b", 7),
        ("", "Schakelklas", 99),
        ("S", "SBO", 99),
        ("C", "Zaal 2026", 20),
    ],
)
def test_plek_in_de_lijst(op_school: Bezetting, jaargroep: str, naam: str, plek: int) -> None:
    b = op_school
    groep = services.groep_zorgen(
        school=b.kogerveld, schooljaar=b.groep_6a.schooljaar, naam=naam, soort="samengesteld", jaargroep=jaargroep,
        door=None,
    )  # fmt: skip
    assert Groep.objects.systeemtoegang(reden="test").get(pk=groep.pk).volgorde == plek


def test_een_combinatiegroep_staat_tussen_haar_jaren(op_school: Bezetting) -> None:
    b = op_school
    for naam, jaargroep in (("8", "8"), ("5/6", "C"), ("5", "5"), ("Buitengroep", "C"), ("1/2b", "C"), ("1/2a", "C")):
        services.groep_zorgen(
            school=b.kogerveld, schooljaar=b.groep_6a.schooljaar, naam=naam, soort="stamgroep", jaargroep=jaargroep,
            door=None,
        )  # fmt: skip
    namen = Groep.objects.zichtbaar_voor(b.carla.gebruiker).filter(soort="stamgroep").values_list("naam", flat=True)
    assert list(namen) == ["1/2a", "1/2b", "5", "5/6", "6a", "6b", "8", "Buitengroep"]


def test_wie_de_naam_wijzigt_verplaatst_de_groep(op_school: Bezetting) -> None:
    """And the history of the group still takes what changed."""
    groep = op_school.plusgroep
    groep.naam = "3/4"
    groep.save(update_fields=["naam"])
    groep.refresh_from_db()
    assert groep.volgorde == 3
