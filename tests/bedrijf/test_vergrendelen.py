"""The locks: with hashes, without places, and of one mind."""

import re
from pathlib import Path

import pytest
from _diensten.vergrendelen import plaatsen

EISEN = Path(__file__).resolve().parent.parent.parent / "requirements"


def _versies(naam: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (EISEN / naam).read_text(), re.MULTILINE))


@pytest.mark.parametrize(
    "regel",
    ["--index-url x", "--find-links x", "pakket @ https://ergens/x.whl", "pakket @ file:///x", "-r /home/ik/eisen.in"],
)
def test_een_plaats_wordt_gezien(regel: str) -> None:
    assert plaatsen(f"# -r requirements/productie.in\n{regel}\n") == [regel]


@pytest.mark.parametrize("naam", ["productie.txt", "ontwikkeling.txt"])
def test_de_sloten_noemen_geen_plaats_en_hashen_alles(naam: str) -> None:
    tekst = (EISEN / naam).read_text()
    assert plaatsen(tekst) == []
    pakketten = re.split(r"^(?=[a-z0-9])", tekst, flags=re.MULTILINE)[1:]
    assert len(pakketten) > 40
    assert [p.split("\n")[0] for p in pakketten if "--hash=sha256:" not in p] == []


def test_ontwikkeling_draait_wat_productie_draait() -> None:
    ontwikkeling = _versies("ontwikkeling.txt")
    assert {n: v for n, v in _versies("productie.txt").items() if ontwikkeling.get(n) != v} == {}


@pytest.mark.parametrize("naam", ["productie", "ontwikkeling"])
def test_wat_gevraagd_is_staat_in_het_slot(naam: str) -> None:
    gevraagd = re.findall(r"^[a-z][a-z0-9._-]*", (EISEN / f"{naam}.in").read_text(), re.MULTILINE)
    assert set(gevraagd) - set(_versies(f"{naam}.txt")) == set()
