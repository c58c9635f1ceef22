"""Where the data live, for whom, and sockets whose path a kernel accepts."""

import os
from pathlib import Path

import pytest
from _diensten import paden
from _diensten.melden import Melding


def test_gewone_gebruiker_heeft_alles_in_var(tmp_path: Path) -> None:
    gevonden = paden.bepaal({}, checkout=tmp_path, uid=1000)
    assert gevonden.var == tmp_path / "var"
    assert gevonden.data == tmp_path / "var" / "data"


def test_root_heeft_de_database_buiten_de_map_van_het_programma(tmp_path: Path) -> None:
    een = paden.bepaal({}, checkout=tmp_path / "een", uid=0)
    ander = paden.bepaal({}, checkout=tmp_path / "ander", uid=0)
    assert een.data.parent == Path("/var/lib/zorgpad")
    assert een.data != ander.data
    assert een.var == tmp_path / "een" / "var"


def test_gekozen_mappen_gaan_voor(tmp_path: Path) -> None:
    omgeving = {"ZORGPAD_VAR": str(tmp_path / "v"), "ZORGPAD_DATA": str(tmp_path / "d")}
    for uid in (0, 1000):
        gevonden = paden.bepaal(omgeving, checkout=tmp_path, uid=uid)
        assert (gevonden.var, gevonden.data) == (tmp_path / "v", tmp_path / "d")


@pytest.mark.parametrize("deel", ["lang/" * 20 + "x", "Met/Hoofdletters"])
def test_sockets_krijgen_een_korte_eigen_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deel: str) -> None:
    basis = Path("/tmp") / f"zorgpad-proef-{os.getpid()}"
    basis.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(basis))
    data = tmp_path / deel
    data.mkdir(parents=True)
    try:
        map_ = paden.socketmap(data)
        assert map_.parent == basis
        assert len(str(map_ / ".s.PGSQL.5432")) < 104
        assert str(map_) == str(map_).lower()
        assert map_.stat().st_mode & 0o077 == 0
        assert paden.socketmap(data) == map_
        map_.rmdir()
        map_.symlink_to(tmp_path)
        with pytest.raises(Melding, match="niet van ons"):
            paden.socketmap(data)
        map_.unlink()
    finally:
        basis.rmdir()


def test_wie_niet_mag_schrijven_hoort_dat(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("geen map")
    with pytest.raises(Melding, match="kan niet worden geschreven"):
        paden.maak(paden.Paden(var=tmp_path / "var", data=tmp_path / "data"))
