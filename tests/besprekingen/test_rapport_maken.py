"""The command `rapport_maken`: four kinds, one clear sentence and an exit status for everything that can be wrong."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from leerlingen import services
from plannen.services import papier_beginnen
from tests.bouw import Bezetting
from tests.kern.test_pdf import tekst_van
from zorg.kern.rapporten import SOORTEN
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

pytestmark = pytest.mark.traag


def maak(soort: str, nummer: Any, uit: Path) -> str:
    regels = io.StringIO()
    call_command("rapport_maken", soort, "--object", str(nummer), "--uit", str(uit), stdout=regels)
    return regels.getvalue()


def weigert(soort: str, nummer: Any, uit: Path) -> tuple[int, str]:
    with pytest.raises(CommandError) as fout:
        maak(soort, nummer, uit)
    assert not uit.is_file(), "nothing was written"
    return fout.value.returncode, str(fout.value)


def papier(b: Bezetting, soort: str) -> int:
    with schoolcontext([b.kogerveld]):
        stuk = papier_beginnen(leerling=b.bram, soort=soort, door=b.anna.gebruiker).stuk
    assert stuk is not None
    return int(stuk.pk)


def test_elke_verdieping_meldt_haar_eigen_soorten() -> None:
    assert sorted(SOORTEN) == ["groeidocument", "groepsplan", "okr", "opp", "papier"]


def test_de_opdracht_maakt_alle_vier(bezetting: Bezetting, tmp_path: Path) -> None:
    b = bezetting
    nummers = {
        "groepsplan": b.extra["groepsplan"].pk,
        "opp": papier(b, "opp"),
        "groeidocument": papier(b, "groeidocument"),
        "okr": b.bram.pk,
    }
    woorden = {
        "groepsplan": "Groepsplan rekenen-wiskunde, groep 6a",
        "opp": "Ontwikkelingsperspectief (OPP)",
        "groeidocument": "Groeidocument",
        "okr": "Onderwijskundig rapport",
    }
    for soort, nummer in nummers.items():
        uit = tmp_path / f"{soort}.pdf"
        assert f"{uit}: {uit.stat().st_size if uit.exists() else ''}" in maak(soort, nummer, uit)
        tekst = "".join(tekst_van(pikepdf.open(uit)))
        assert woorden[soort] in tekst and "Bram Jansen" in tekst, soort
    with schoolcontext([b.kogerveld]):
        regels = Logregel.objects.systeemtoegang(reden="test").filter(handeling__endswith="_meegenomen")
        assert sorted((regel.handeling, regel.actor_naam) for regel in regels) == [
            ("groepsplan_meegenomen", "Zorgpad"), ("okr_meegenomen", "Zorgpad"),
            ("stuk_meegenomen", "Zorgpad"), ("stuk_meegenomen", "Zorgpad"),
        ]  # fmt: skip


@pytest.mark.parametrize("nummer", [0, -1, 999_999_999, 2**70])
@pytest.mark.parametrize("soort", ["groepsplan", "opp", "okr"])
def test_een_nummer_van_niets(bezetting: Bezetting, tmp_path: Path, soort: str, nummer: int) -> None:
    status, zin = weigert(soort, nummer, tmp_path / "x.pdf")
    assert status == 2 and zin.startswith("Er is geen ") and zin.endswith(f"nummer {nummer}."), zin


def test_een_ander_soort_papier(bezetting: Bezetting, tmp_path: Path) -> None:
    nummer = papier(bezetting, "groeidocument")
    assert weigert("opp", nummer, tmp_path / "x.pdf") == (2, f"Stuk {nummer} is een ander papier: Groeidocument.")
    zonder = bezetting.extra["reeks"].stuk_id
    assert weigert("opp", zonder, tmp_path / "x.pdf")[0] == 2


def test_een_map_die_er_niet_is(bezetting: Bezetting, tmp_path: Path) -> None:
    uit = tmp_path / "nergens" / "x.pdf"
    assert weigert("okr", bezetting.bram.pk, uit) == (2, f"De map «{uit.parent}» bestaat niet.")
    assert weigert("okr", bezetting.bram.pk, tmp_path) == (2, f"«{tmp_path}» is een map. Geef de naam van een bestand.")


def test_een_kring_zonder_ib_en_directeur(bezetting: Bezetting, tmp_path: Path) -> None:
    """A command has no eyes of its own: what neither the ib'er nor the director reads is not taken along."""
    b = bezetting
    nummer = papier(b, "opp")
    with schoolcontext([b.kogerveld]):
        from leerlingen.models import Dossierstuk

        stuk = Dossierstuk.objects.systeemtoegang(reden="test").get(pk=nummer)
        services.kring_zetten(stuk=stuk, lezers=[b.anna.persoon], door=b.anna.gebruiker)
    status, zin = weigert("opp", nummer, tmp_path / "x.pdf")
    assert status == 1 and "genoemde lezers" in zin
    with schoolcontext([b.kogerveld]):
        assert not Logregel.objects.systeemtoegang(reden="test").filter(handeling="stuk_meegenomen").exists()


def test_een_bestand_dat_niet_te_schrijven_is(bezetting: Bezetting, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as fout:
        maak("groepsplan", bezetting.extra["groepsplan"].pk, tmp_path / f"{'x' * 300}.pdf")
    assert fout.value.returncode == 1 and str(fout.value).endswith("is niet te schrijven.")


def test_de_hulp_zegt_van_wat_het_nummer_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("rapport_maken", "--help")
    hulp = " ".join(capsys.readouterr().out.split())
    for woorden in ("opp: van het stuk", "groepsplan: van het plan", "okr: van de leerling"):
        assert woorden in hulp, hulp
