"""Bringing an EDEXML file into a school."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from leerlingen import services
from leerlingen.inlezen.edexml import lees_edexml
from leerlingen.models import Aanstelling, Groep, Leerling, Persoon, Plaatsing, Toewijzing
from leerlingen.services.inlezen import edexml_inlezen
from tests.leerlingen.inlezen.test_edexml import GEGEVENS, NEDERLANDS, bestand
from zorg.kern import klok
from zorg.kern.models import School
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.django_db
REDEN = "toets"


def moment(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst).replace(hour=10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def school() -> School:
    with klok.stilgezet(moment("2026-09-01")):
        return services.school_aanmaken(naam="De Lezer", land="NL", profiel="kogerveld", door=None)


def lees_in(school: School, inhoud: str | bytes, op: str = "2026-09-10", **rest: Any) -> Any:
    gelezen = lees_edexml(inhoud.encode() if isinstance(inhoud, str) else inhoud, bestandsnaam="x.xml")
    with klok.stilgezet(moment(op)), schoolcontext([school]):
        return edexml_inlezen(school=school, bestand=gelezen, door=None, **rest)


def alles(model: Any, school: School) -> Any:
    return model.objects.systeemtoegang(reden=REDEN).filter(school=school)


KLAS = (
    '<groep key="g1"><naam>6a</naam><jaargroep>6</jaargroep></groep>'
    '<groep key="g2"><naam>6b</naam><jaargroep>6</jaargroep></groep>'
)


def kind(sleutel: str = "1", groep: str = "g1", meer: str = "") -> str:
    return (
        f'<leerling key="{sleutel}"><achternaam>Berg</achternaam><roepnaam>Daan</roepnaam><jaargroep>6</jaargroep>'
        f'<groep key="{groep}"/>{meer}</leerling>'
    )


def test_voorbeeld_twee_keer_inlezen_verandert_niets(school: School) -> None:
    eerste = lees_in(school, NEDERLANDS)
    assert dict(eerste.toegevoegd) == {"groepen": 8, "leerlingen": 3, "medewerkers": 3}
    tweede = lees_in(school, NEDERLANDS)
    assert not any(tweede.toegevoegd.values()) and not any(tweede.gewijzigd.values())
    assert dict(tweede.ongewijzigd) == {"groepen": 8, "leerlingen": 3, "medewerkers": 3}
    assert tweede.wijzigingen == []


def test_proef_bewaart_niets_en_telt_hetzelfde(school: School) -> None:
    proef = lees_in(school, NEDERLANDS, proef=True)
    with schoolcontext([school]):
        assert alles(Leerling, school).count() == alles(Groep, school).count() == alles(Persoon, school).count() == 0
    assert lees_in(school, NEDERLANDS).als_json() == proef.als_json()


def test_andere_groep_halverwege_geldt_vanaf_vandaag(school: School) -> None:
    lees_in(school, bestand(groepen=KLAS, leerlingen=kind()), op="2026-09-10")
    uitkomst = lees_in(school, bestand(groepen=KLAS, leerlingen=kind(groep="g2")), op="2027-01-12")
    assert dict(uitkomst.gewijzigd)["leerlingen"] == 1
    with schoolcontext([school]):
        plaatsingen = list(alles(Plaatsing, school).select_related("groep").order_by("periode"))
    assert [(p.groep.naam, str(p.periode.lower), str(p.periode.upper)) for p in plaatsingen] == [
        ("6a", "2026-08-01", "2027-01-12"),
        ("6b", "2027-01-12", "2027-08-01"),
    ]


def test_bestand_van_volgend_jaar_verandert_vandaag_niets(school: School) -> None:
    lees_in(school, bestand(groepen=KLAS, leerlingen=kind()), op="2027-06-01")
    volgend = bestand(
        groepen='<groep key="h1"><naam>7a</naam><jaargroep>7</jaargroep></groep>',
        leerlingen=kind(groep="h1"),
        schooljaar="2027-2028",
    )
    lees_in(school, volgend, op="2027-07-05")
    with schoolcontext([school]):
        vandaag = alles(Plaatsing, school).filter(periode__contains=moment("2027-07-05").date())
        assert [p.groep.naam for p in vandaag.select_related("groep")] == ["6a"]
        later = alles(Plaatsing, school).filter(periode__contains=moment("2027-08-20").date())
        assert [p.groep.naam for p in later.select_related("groep")] == ["7a"]


def test_wie_niet_in_het_bestand_staat_is_niet_weg(school: School) -> None:
    lees_in(school, bestand(groepen=KLAS, leerlingen=kind("1") + kind("2")))
    uitkomst = lees_in(school, bestand(groepen=KLAS, leerlingen=kind("1")))
    assert uitkomst.niet_in_bestand == ["Daan Berg"]
    with schoolcontext([school]):
        assert all(p.ingeschreven.upper is None for p in alles(Leerling, school))
        assert alles(Plaatsing, school).filter(periode__contains=moment("2026-09-10").date()).count() == 2


def test_uitstroomdatum_beeindigt_de_inschrijving_en_de_plaatsing(school: School) -> None:
    lees_in(school, bestand(groepen=KLAS, leerlingen=kind()))
    weg = kind(meer="<instroomdatum>2020-08-20</instroomdatum><uitstroomdatum>2026-11-01</uitstroomdatum>")
    lees_in(school, bestand(groepen=KLAS, leerlingen=weg), op="2026-11-02")
    with schoolcontext([school]):
        leerling = alles(Leerling, school).get()
        assert str(leerling.ingeschreven.upper) == "2026-11-01"
        assert str(alles(Plaatsing, school).get().periode.upper) == "2026-11-01"


def test_een_karigere_export_wist_niets_en_een_eigen_adres_blijft(school: School) -> None:
    vol = bestand(
        groepen=KLAS,
        leerlingen=kind(meer="<geboortedatum>2017-03-04</geboortedatum>"),
        leerkrachten='<leerkracht key="m"><achternaam>Vos</achternaam><emailadres>oud@x.nl</emailadres></leerkracht>',
    )
    lees_in(school, vol)
    with schoolcontext([school]):
        persoon = alles(Persoon, school).get()
        services.persoon_wijzigen(persoon=persoon, email="nieuw@x.nl", door=None)
    lees_in(school, vol.replace("<geboortedatum>2017-03-04</geboortedatum>", ""))
    with schoolcontext([school]):
        assert str(alles(Leerling, school).get().geboortedatum) == "2017-03-04"
        assert alles(Persoon, school).get().email == "nieuw@x.nl"


def test_rollen_en_groepen_van_medewerkers(school: School) -> None:
    team = (
        '<leerkracht key="a"><achternaam>Vos</achternaam><rol>IB</rol></leerkracht>'
        '<leerkracht key="b"><achternaam>Wit</achternaam><groepen><groep key="g1"/></groepen></leerkracht>'
    )
    lees_in(school, bestand(groepen=KLAS, leerkrachten=team))
    with schoolcontext([school]):
        rollen = alles(Aanstelling, school).values_list("persoon__achternaam", "rol")
        assert set(rollen) == {("Vos", "ib"), ("Wit", "leerkracht")}
        toewijzing = alles(Toewijzing, school).get()
        assert toewijzing.inzage.lower < toewijzing.periode.lower


def test_geen_naam_in_de_json(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("edexml_inlezen", str(GEGEVENS / "EDEXML.Voorbeeld.2.1.xml"), school=school.code, json=True)
    tekst = capsys.readouterr().out
    assert json.loads(tekst)["toegevoegd"] == {"groepen": 8, "leerlingen": 3, "medewerkers": 3}
    assert "Wimpie" not in tekst and "Assati" not in tekst


@pytest.mark.parametrize(("inhoud", "code"), [(b"geen xml", 1), (b"", 1)])
def test_geweigerd_bestand_eindigt_met_1_en_schrijft_niets(
    school: School, tmp_path: Path, inhoud: bytes, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    bron = tmp_path / "fout.xml"
    bron.write_bytes(inhoud)
    with pytest.raises(CommandError) as fout:
        call_command("edexml_inlezen", str(bron), school=school.code, json=True)
    assert fout.value.returncode == code
    assert json.loads(capsys.readouterr().out)["geweigerd"][0]["melding"]
    with schoolcontext([school]):
        assert not alles(Leerling, school).exists()


@pytest.mark.parametrize("argumenten", [["weg.xml", "--school", "de-lezer"], ["weg.xml", "--school", "onbekend"]])
def test_verkeerde_aanroep_eindigt_met_2(school: School, argumenten: list[str]) -> None:
    with pytest.raises(CommandError) as fout:
        call_command("edexml_inlezen", *argumenten)
    assert fout.value.returncode == 2


def test_halverwege_stuk_betekent_niets_geschreven(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    from leerlingen.services import inlezen

    echt: Callable[..., Any] = inlezen._Inlezer._medewerker
    geteld = []

    def stuk(self: Any, *args: Any) -> Any:
        geteld.append(1)
        if len(geteld) == 2:
            raise RuntimeError("stroom weg")
        return echt(self, *args)

    monkeypatch.setattr(inlezen._Inlezer, "_medewerker", stuk)
    with pytest.raises(RuntimeError):
        lees_in(school, NEDERLANDS)
    with schoolcontext([school]):
        assert not alles(Leerling, school).exists() and not alles(Groep, school).exists()


def groepen(**namen: str) -> str:
    return "".join(
        f'<groep key="{sleutel}"><naam>{naam}</naam><jaargroep>6</jaargroep></groep>' for sleutel, naam in namen.items()
    )


def namen_van(school: School) -> dict[str, str]:
    with schoolcontext([school]):
        return {groep.sleutel: groep.naam for groep in alles(Groep, school)}


def test_twee_groepen_ruilen_van_naam(school: School) -> None:
    lees_in(school, bestand(groepen=groepen(g1="6a", g2="6b"), leerlingen=kind()))
    geruild = bestand(groepen=groepen(g1="6b", g2="6a"), leerlingen=kind())
    uitkomst = lees_in(school, geruild)
    assert uitkomst.gewijzigd["groepen"] == 2
    assert [w.wat for w in uitkomst.wijzigingen] == ["naam: 6a → 6b", "naam: 6b → 6a"]
    assert namen_van(school) == {"g1": "6b", "g2": "6a"}
    assert lees_in(school, geruild).ongewijzigd["groepen"] == 2


def test_drie_groepen_draaien_van_naam(school: School) -> None:
    lees_in(school, bestand(groepen=groepen(g1="6a", g2="6b", g3="6c"), leerlingen=kind()))
    lees_in(school, bestand(groepen=groepen(g1="6b", g2="6c", g3="6a"), leerlingen=kind()))
    assert namen_van(school) == {"g1": "6b", "g2": "6c", "g3": "6a"}


def test_een_groep_met_een_andere_sleutel_en_dezelfde_naam_is_dezelfde_groep(school: School) -> None:
    """Another package gives other keys; pupils and teachers of the group stay in it."""
    lees_in(school, bestand(groepen=groepen(g1="6a"), leerlingen=kind()))
    anders = bestand(groepen=groepen(x9="6a"), leerlingen=kind(groep="x9"))
    uitkomst = lees_in(school, anders)
    assert (uitkomst.toegevoegd["groepen"], uitkomst.gewijzigd["groepen"]) == (0, 1)
    assert namen_van(school) == {"x9": "6a"}
    with schoolcontext([school]):
        assert alles(Plaatsing, school).count() == 1
    assert lees_in(school, anders).wijzigingen == []


def test_een_naam_van_een_groep_buiten_het_bestand_blijft_van_die_groep(school: School) -> None:
    lees_in(school, bestand(groepen=groepen(g1="6a", g2="6b"), leerlingen=kind()))
    alleen = bestand(groepen=groepen(g1="6b"), leerlingen=kind())
    uitkomst = lees_in(school, alleen)
    assert namen_van(school) == {"g1": "6b (g1)", "g2": "6b"}
    assert [o.veld for o in uitkomst.opmerkingen] == ["naam"]
    assert lees_in(school, alleen).wijzigingen == []


def test_wie_op_een_geweigerde_regel_staat_ontbreekt_niet(school: School) -> None:
    lees_in(school, bestand(groepen=KLAS, leerlingen=kind("1") + kind("2") + kind("3")))
    uitkomst = lees_in(school, bestand(groepen=KLAS, leerlingen=kind("1") + kind("2", groep="bestaat-niet")))
    assert [w.veld for w in uitkomst.geweigerd] == ["groep"]
    assert len(uitkomst.niet_in_bestand) == 1, "only pupil 3: pupil 2 is named"


def test_opmerkingen_van_de_lezer_staan_in_de_uitkomst(school: School) -> None:
    dubbel = bestand(groepen=groepen(g1="6a", g2="6a"), leerlingen=kind())
    uitkomst = lees_in(school, dubbel)
    assert len(uitkomst.opmerkingen) == 2
    assert len(uitkomst.als_json()["opmerkingen"]) == 2
