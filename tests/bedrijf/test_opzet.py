"""Preparation: skipped while nothing changed, and the demo school only once and only in an empty database."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from _diensten import opzet
from _diensten.melden import Melding
from _diensten.opzet import Opzet
from _diensten.paden import Paden
from _diensten.servers import Adressen

ADRESSEN = Adressen("app", "eigenaar", "redis", None, ingebed=True)


class Nagespeeld:
    """A database and a manage.py that only remember."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        self.database: str | None = None
        self.gedaan: list[tuple[str, str]] = []
        self.stuk = ""
        self.paden = Paden(var=tmp_path / "var", data=tmp_path)
        (self.paden.var / "static").mkdir(parents=True)
        self.migraties = "m1"
        monkeypatch.setattr(opzet, "uitgevoerde_migraties", lambda _url: self.database)
        monkeypatch.setattr(opzet, "beheeropdracht", self.opdracht)
        monkeypatch.setattr(opzet, "_migraties", lambda: self.migraties)

    def opdracht(self, argumenten: list[str], omgeving: Mapping[str, str], _logboek: Path, wat: str) -> None:
        if argumenten[0] == self.stuk:
            raise Melding(f"{wat} is niet gelukt.")
        self.gedaan.append((argumenten[0], omgeving["ZORGPAD_ROL"]))
        if argumenten[0] == "migrate":
            self.database = f"na {self.migraties}"
        if argumenten[0] == "collectstatic":
            (self.paden.var / "static" / "stijl.css").touch()

    def start(self, *, demo: bool = True) -> list[tuple[str, str]]:
        """What one start does."""
        self.gedaan = []
        deel = Opzet(self.paden, ADRESSEN, {})
        deel.migreer(demo=demo)
        deel.statische_bestanden()
        deel.demoschool()
        return self.gedaan


@pytest.fixture
def nagespeeld(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Nagespeeld:
    return Nagespeeld(monkeypatch, tmp_path)


def test_de_eerste_keer_alles_en_daarna_niets(nagespeeld: Nagespeeld) -> None:
    assert nagespeeld.start() == [("migrate", "eigenaar"), ("collectstatic", "app"), ("demo", "app")]
    assert nagespeeld.start() == []


def test_een_nieuwe_migratie_wordt_gedraaid_en_vult_geen_demo(nagespeeld: Nagespeeld) -> None:
    nagespeeld.start()
    nagespeeld.migraties = "m2"
    assert nagespeeld.start() == [("migrate", "eigenaar")]


def test_een_teruggezette_database_wordt_weer_bijgewerkt(nagespeeld: Nagespeeld) -> None:
    nagespeeld.start()
    nagespeeld.database = "ouder"
    assert nagespeeld.start() == [("migrate", "eigenaar")]


def test_weggehaalde_stijl_komt_terug(nagespeeld: Nagespeeld) -> None:
    nagespeeld.start()
    (nagespeeld.paden.var / "static" / "stijl.css").unlink()
    assert nagespeeld.start() == [("collectstatic", "app")]


def test_wie_geen_demo_wil_krijgt_hem_ook_later_niet(nagespeeld: Nagespeeld) -> None:
    assert ("demo", "app") not in nagespeeld.start(demo=False)
    assert nagespeeld.start(demo=True) == []


def test_een_afgebroken_demo_gaat_de_volgende_keer_verder(nagespeeld: Nagespeeld) -> None:
    nagespeeld.stuk = "demo"
    with pytest.raises(Melding):
        nagespeeld.start()
    nagespeeld.stuk = ""
    assert nagespeeld.start() == [("demo", "app")]
    assert nagespeeld.start() == []


def test_een_bestaande_database_wordt_nooit_met_een_demo_gevuld(nagespeeld: Nagespeeld) -> None:
    nagespeeld.database = "van een echte school"
    assert nagespeeld.start(demo=True) == [("migrate", "eigenaar"), ("collectstatic", "app")]


def test_een_mislukte_opdracht_zegt_waarom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opzet, "PYTHON", Path(sys.executable))
    with pytest.raises(Melding, match="Onzin doen is niet gelukt") as fout:
        opzet.beheeropdracht(["bestaat_niet"], {"ZORGPAD_MODUS": "test"}, tmp_path / "log", "Onzin doen")
    assert "bestaat_niet" in fout.value.zin
    assert fout.value.status == 1


def test_de_migraties_nemen_hun_muren_mee() -> None:
    """What migrating makes depends on the SQL that the migrations import, so the fingerprint must too."""
    muren = opzet.CHECKOUT / "zorg" / "kern" / "muren.py"
    namen = {naam for p in opzet.CHECKOUT.glob("*/migrations/*.py") for naam in opzet.IMPORT.findall(p.read_text())}
    assert muren.exists()
    assert "zorg.kern.muren" in namen


@pytest.mark.parametrize("opdracht", ["start", "test", "manage", "bench", "vergrendel"])
def test_elke_opdracht_is_uitvoerbaar_en_goed_bash(opdracht: str) -> None:
    pad = opzet.CHECKOUT / "bin" / opdracht
    assert pad.stat().st_mode & 0o111 == 0o111
    assert "set -euo pipefail" in pad.read_text()
    assert subprocess.run(["bash", "-n", str(pad)]).returncode == 0
