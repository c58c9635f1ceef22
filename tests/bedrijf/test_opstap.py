"""The step from a bare checkout: what it installs, and the one line that it prints when it may not."""

import subprocess
from typing import Any

import _opstap
import pytest

PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]


@pytest.fixture
def kale_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_opstap, "_laadbaar", lambda _bibliotheek: False)
    monkeypatch.setattr(_opstap.shutil, "which", lambda _programma: None)


@pytest.mark.usefixtures("kale_computer")
@pytest.mark.parametrize(
    ("opdracht", "argumenten", "verwacht"),
    [
        ("start", [], PANGO),
        ("test", [], [*PANGO, "chromium-headless-shell"]),
        ("test", ["--lang"], [*PANGO, "chromium-headless-shell"]),
        ("test", ["--snel"], PANGO),
        ("test", ["--acceptatie"], PANGO),
    ],
)
def test_wat_er_nodig_is(opdracht: str, argumenten: list[str], verwacht: list[str]) -> None:
    assert _opstap.ontbrekende_pakketten(opdracht, argumenten) == verwacht


@pytest.mark.usefixtures("kale_computer")
def test_wie_niet_mag_installeren_krijgt_de_regel(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as gestopt:
        _opstap.systeempakketten("start", [])
    assert gestopt.value.code == 2
    uit = capsys.readouterr()
    assert uit.out == ""
    assert "apt-get install -y --no-install-recommends " + " ".join(PANGO) in uit.err


@pytest.mark.usefixtures("kale_computer")
def test_beheeropdrachten_gaan_door_zonder_pdf(capsys: pytest.CaptureFixture[str]) -> None:
    _opstap.systeempakketten("manage", ["check"])
    assert "PDF" in capsys.readouterr().err


def test_uv_komt_met_hashes_uit_het_slot() -> None:
    regels = _opstap.slotregels("uv").splitlines()
    assert regels[0].startswith("uv==")
    assert any("--hash=sha256:" in regel for regel in regels)
    assert not [regel for regel in regels[1:] if regel and not regel.startswith(" ")]


def test_zonder_die_op_de_spiegel_de_gewone_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    gedaan: list[list[str]] = []

    def apt(opdracht: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        gedaan.append(opdracht)
        return subprocess.CompletedProcess(opdracht, 100 if "chromium-headless-shell" in opdracht else 0)

    monkeypatch.setattr(_opstap, "ontbrekende_pakketten", lambda *_: ["chromium-headless-shell"])
    monkeypatch.setattr(_opstap, "_beheerder", list)
    monkeypatch.setattr(_opstap.subprocess, "run", apt)
    _opstap.systeempakketten("test", [])
    assert [opdracht[-1] for opdracht in gedaan] == ["-q", "chromium-headless-shell", "chromium"]
