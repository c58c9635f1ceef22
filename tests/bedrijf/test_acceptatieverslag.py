"""The report of what is proved."""

from pathlib import Path

from _diensten import acceptatie


def test_het_verslag_telt_en_noemt_wat_open_staat() -> None:
    tekst, onbekend = acceptatie.verslag(
        ["K-01", "K-02", "M-01"], {"K-02": ["tests/x.py::test"], "Q-9": ["tests/y.py::test"]}
    )
    assert "K: 1 van 2 bewezen" in tekst
    assert "nog niet: K-01" in tekst
    assert "1 van 3 nummers bewezen, 2 nog niet." in tekst
    assert onbekend == ["Q-9"]
    assert "Q-9 bestaat niet: tests/y.py::test" in tekst


def test_de_eigen_lijst_heeft_alle_nummers_eenmaal() -> None:
    eigen = (Path(acceptatie.CHECKOUT) / "docs" / "acceptatie.txt").read_text().split()
    assert len(eigen) == len(set(eigen)) == 450
    assert set(acceptatie.nummers()) == set(eigen)
