"""docker-compose.yml cannot run here; what it names must at least be what the program knows."""

import importlib
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from _diensten.valkey import programma as valkey_programma

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PROGRAMMA = ("migratie", "web", "worker", "beat")
ROLLEN = CHECKOUT / "bin" / "_docker" / "rollen.sh"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    inhoud: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
    return inhoud


@pytest.fixture(scope="module")
def instellingen() -> set[str]:
    """The names that zorg/settings.py reads from the environment or from a secret."""
    velden = importlib.import_module("zorg.settings").Omgeving.model_fields.values()
    return {str(veld.validation_alias) for veld in velden}


def test_alle_delen_zijn_er(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"db", "wachtrij", *PROGRAMMA}
    assert compose["services"]["db"]["image"].startswith("postgres:18")
    assert [s for s in compose["services"] if "healthcheck" not in compose["services"][s]] == ["migratie"]


@pytest.mark.parametrize("dienst", PROGRAMMA)
def test_het_programma_krijgt_wat_het_kent(compose: dict[str, Any], instellingen: set[str], dienst: str) -> None:
    deel = compose["services"][dienst]
    assert set(deel["environment"]) <= instellingen
    assert {geheim.upper() for geheim in deel["secrets"]} <= instellingen
    assert deel["environment"]["ZORGPAD_MODUS"] == "productie"
    assert "bestanden:/srv/var" in deel["volumes"]
    assert deel["environment"]["ZORGPAD_VAR"] == "/srv/var"


def test_alleen_de_migratie_kent_de_eigenaar(compose: dict[str, Any]) -> None:
    wie = {dienst for dienst in PROGRAMMA if "database_url_eigenaar" in compose["services"][dienst]["secrets"]}
    assert wie == {"migratie"}
    assert compose["services"]["migratie"]["environment"]["ZORGPAD_ROL"] == "eigenaar"
    assert "ZORGPAD_ROL" not in compose["services"]["web"]["environment"]


def test_geheimen_staan_in_bestanden_en_hebben_geen_standaard(compose: dict[str, Any]) -> None:
    gebruikt = {geheim for dienst in compose["services"].values() for geheim in dienst.get("secrets", [])}
    assert gebruikt == set(compose["secrets"])
    for naam, geheim in compose["secrets"].items():
        assert re.fullmatch(r"\$\{ZORGPAD_GEHEIMEN:\?.*\}/" + naam, geheim["file"])
    tekst = (CHECKOUT / "docker-compose.yml").read_text()
    assert re.findall(r"(?i)(?:password|wachtwoord|secret_key): *[\"']?\w+", tekst) == []
    standaard = set(re.findall(r"\$\{(\w+):-", tekst))
    assert standaard <= {"ZORGPAD_POORT"}


def test_wie_op_wie_wacht_bestaat(compose: dict[str, Any]) -> None:
    for naam, dienst in compose["services"].items():
        for ander, voorwaarde in dienst.get("depends_on", {}).items():
            nodig = "service_completed_successfully" if ander == "migratie" else "service_healthy"
            assert voorwaarde["condition"] == nodig, naam
        for volume in dienst.get("volumes", []):
            bron = volume.split(":")[0]
            assert (CHECKOUT / bron).exists() if bron.startswith(".") else bron in compose["volumes"]
        assert set(dienst["networks"]) <= set(compose["networks"])
    assert compose["networks"]["intern"]["internal"] is True
    assert [d for d in compose["services"] if "ports" in compose["services"][d]] == ["web"]


def test_de_wachtrij_bewaart_als_de_ingebouwde(compose: dict[str, Any]) -> None:
    keuzes = compose["services"]["wachtrij"]["command"]
    assert keuzes[keuzes.index("--appendfsync") + 1] == "always"
    programma = valkey_programma()
    if programma is None:
        pytest.skip("hier is geen Valkey")
    versie = subprocess.run([programma, "--version"], capture_output=True, text=True, check=True).stdout
    hoofdversie = re.search(r"v=(\d+)", versie)
    assert hoofdversie is not None
    assert compose["services"]["wachtrij"]["image"].startswith(f"valkey/valkey:{hoofdversie[1]}")


def test_het_programma_leest_geheimen_uit_bestanden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("ZORGPAD_GEHEIM", "DATABASE_URL", "DATABASE_URL_EIGENAAR", "ZORGPAD_MAIL_URL"):
        monkeypatch.delenv(naam, raising=False)
        (tmp_path / naam.lower()).write_text(f"uit-{naam}\n")
    gelezen = importlib.import_module("zorg.settings").Omgeving(_secrets_dir=tmp_path)
    assert gelezen.geheim == "uit-ZORGPAD_GEHEIM"
    assert gelezen.database_url == "uit-DATABASE_URL"
    assert gelezen.database_url_eigenaar == "uit-DATABASE_URL_EIGENAAR"
    assert gelezen.mail_url == "uit-ZORGPAD_MAIL_URL"


def test_de_image_bevat_wat_de_opdrachten_noemen(compose: dict[str, Any]) -> None:
    dockerfile = (CHECKOUT / "Dockerfile").read_text()
    bronnen = re.findall(r"^COPY (?!--from)(\S+)", dockerfile, re.MULTILINE)
    assert [bron for bron in bronnen if not (CHECKOUT / bron).exists()] == []
    assert {"zorg", "leerlingen", "lvs", "plannen", "besprekingen", "templates", "static", "locale"} <= set(bronnen)
    assert "USER zorgpad" in dockerfile
    assert "--require-hashes -r requirements/productie.txt" in dockerfile
    in_slot = (CHECKOUT / "requirements" / "productie.txt").read_text()
    for pakket in ("gunicorn", "celery"):
        assert re.search(rf"^{pakket}==", in_slot, re.MULTILINE)
    controle = compose["services"]["web"]["healthcheck"]["test"][-1]
    assert (CHECKOUT / controle).exists()
    assert "bin/_docker" in bronnen


def _rollen(map_: Path, **omgeving: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(ROLLEN)],
        env={**os.environ, "ZORGPAD_GEHEIMEN": str(map_), **omgeving},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "adres",
    ["", "postgresql://app@db/zorgpad", "postgresql://app:kort@db/zorgpad", "postgresql://app:${WACHTWOORD}@db/z"],
)
def test_zonder_goed_wachtwoord_komen_er_geen_rollen(tmp_path: Path, adres: str) -> None:
    (tmp_path / "database_url_eigenaar").write_text(f"postgresql://eigenaar:{'e' * 48}@db/zorgpad\n")
    (tmp_path / "database_url").write_text(f"{adres}\n")
    gedaan = _rollen(tmp_path, PATH="/usr/bin:/bin")
    assert gedaan.returncode != 0
    assert "is geen adres" in gedaan.stderr
