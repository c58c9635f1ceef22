"""The environment of the program: what bin/ sets, what it leaves, and what the program must not get."""

from pathlib import Path

import pytest
from _diensten import omgeving
from _diensten.bestanden import geheim, lees_json, schrijf_json
from _diensten.melden import Melding
from _diensten.paden import Paden
from _diensten.servers import Adressen, genoemd

ADRESSEN = Adressen(
    "postgresql://app:a@db/z", "postgresql://eigenaar:e@db/z", "redis://r/0", Path("/pg/bin"), ingebed=True
)


@pytest.fixture
def paden(tmp_path: Path) -> Paden:
    gemaakt = Paden(var=tmp_path / "var", data=tmp_path / "data")
    gemaakt.var.mkdir()
    gemaakt.data.mkdir()
    return gemaakt


def test_het_geheim_is_willekeurig_blijft_en_is_van_een(tmp_path: Path) -> None:
    een = geheim(tmp_path / "een")
    assert len(een) >= 50
    assert geheim(tmp_path / "een") == een
    assert geheim(tmp_path / "ander") != een
    assert (tmp_path / "een").stat().st_mode & 0o077 == 0


def test_demo_is_de_stand_en_een_eigen_keuze_blijft(paden: Paden) -> None:
    assert omgeving.programma({}, paden, ADRESSEN)["ZORGPAD_MODUS"] == "demo"
    gezet = omgeving.programma({"ZORGPAD_MODUS": "productie", "ZORGPAD_GEHEIM": "g" * 50}, paden, ADRESSEN)
    assert (gezet["ZORGPAD_MODUS"], gezet["ZORGPAD_GEHEIM"]) == ("productie", "g" * 50)
    assert gezet["PATH"].startswith("/pg/bin:")


def test_een_eigen_geheim_maakt_geen_bestand(paden: Paden) -> None:
    omgeving.programma({"ZORGPAD_GEHEIM": "g" * 50}, paden, ADRESSEN)
    assert not (paden.var / "geheim").exists()


def test_het_programma_kent_het_wachtwoord_van_de_eigenaar_niet(paden: Paden) -> None:
    gezet = omgeving.zonder_eigenaar(omgeving.programma({"ZORGPAD_ROL": "eigenaar"}, paden, ADRESSEN))
    assert gezet["ZORGPAD_ROL"] == "app"
    assert not [naam for naam, waarde in gezet.items() if "eigenaar:e@" in waarde]


def test_alle_processen_verschuiven_de_klok_gelijk(paden: Paden) -> None:
    eerste: dict[str, str] = {"ZORGPAD_NU": "2026-08-12"}
    omgeving.klok(eerste, paden)
    schrijf_json(paden.data / "loopt.json", {"nu": "2026-08-12", "anker": eerste["ZORGPAD_NU_ANKER"]})
    ernaast: dict[str, str] = {}
    omgeving.klok(ernaast, paden)
    assert ernaast == eerste


def test_een_andere_datum_dan_de_lopende_school_mag(paden: Paden) -> None:
    schrijf_json(paden.data / "loopt.json", {"nu": "2026-08-12", "anker": "1.0"})
    ander = {"ZORGPAD_NU": "2027-02-28"}
    omgeving.klok(ander, paden)
    assert ander["ZORGPAD_NU"] == "2027-02-28"
    assert float(ander["ZORGPAD_NU_ANKER"]) > 1.0


def test_zonder_verschoven_datum_komt_er_geen_anker(paden: Paden) -> None:
    gezet: dict[str, str] = {}
    omgeving.klok(gezet, paden)
    assert gezet == {}


def test_eigen_servers_alle_drie_of_geen() -> None:
    assert genoemd({}) is None
    with pytest.raises(Melding, match="nog niet gezet: DATABASE_URL_EIGENAAR, REDIS_URL"):
        genoemd({"DATABASE_URL": "postgresql://app@db/z"})
    alle = genoemd({"DATABASE_URL": "a", "DATABASE_URL_EIGENAAR": "b", "REDIS_URL": "c"})
    assert alle is not None
    assert (alle.database, alle.database_eigenaar, alle.redis, alle.ingebed) == ("a", "b", "c", False)


def test_in_de_keuring_lekt_niets_van_de_eigen_school(tmp_path: Path) -> None:
    eigen = {"ZORGPAD_NU": "2026-08-12", "ZORGPAD_MAIL_URL": "smtp://echt", "DATABASE_URL": "echt", "PATH": "/bin"}
    gezet = omgeving.keuringsomgeving(eigen, ADRESSEN, tmp_path)
    assert {naam: w for naam, w in gezet.items() if naam.startswith("ZORGPAD_")} == {
        "ZORGPAD_MODUS": "test",
        "ZORGPAD_VAR": str(tmp_path),
    }
    assert "echt" not in gezet.values()
    assert "NO_COLOR" not in gezet
    assert omgeving.keuringsomgeving({"CI": "true"}, ADRESSEN, tmp_path)["NO_COLOR"] == "1"


def test_een_kapot_briefje_is_een_leeg_briefje(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"half": ')
    assert lees_json(tmp_path / "b.json") == {}
    assert lees_json(tmp_path / "geen.json") == {}
