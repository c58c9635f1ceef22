"""A file with the care levels of a beginning school."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from leerlingen import services
from leerlingen.inlezen.beginstand import lees_beginstand
from leerlingen.inlezen.weigering import BestandGeweigerd
from leerlingen.models import Zorgniveauperiode
from leerlingen.profiel import ingebouwde_profielen
from leerlingen.services.inlezen_beginstand import beginstand_inlezen
from tests.bouw import Bezetting
from zorg.kern.schoolcontext import schoolcontext

KOP = "achternaam;roepnaam;geboortedatum;zorgniveau;sinds;toelichting"
VANDAAG = date(2026, 11, 3)
CHRIS = "de Wit;Chris;04-05-2016;2;01-09-2025;werkt met een handelingsplan"
DUNYA = "Özgür;Dunya;2016-05-04;3;;"


def lees_in(b: Bezetting, *regels: str, **opties: Any) -> Any:
    inhoud = "\n".join([KOP, *regels]).encode()
    bestand = lees_beginstand(inhoud, bestandsnaam="begin.csv", vandaag=VANDAAG)
    with schoolcontext([b.kogerveld]):
        return beginstand_inlezen(school=b.kogerveld, bestand=bestand, door=None, **opties)


def stand(b: Bezetting, leerling: Any) -> list[tuple[str, str, str]]:
    with schoolcontext([b.kogerveld]):
        rijen = Zorgniveauperiode.objects.systeemtoegang(reden="test").filter(leerling=leerling).order_by("periode")
        return [(rij.niveau, str(rij.periode.lower), rij.reden) for rij in rijen]


def test_inlezen_en_nog_eens(bezetting: Bezetting) -> None:
    b = bezetting
    eerste = lees_in(b, CHRIS, DUNYA)
    assert (eerste.toegevoegd, eerste.geweigerd) == ({"zorgniveaus": 2}, [])
    assert stand(b, b.chris) == [("2", "2025-09-01", "Beginstand: werkt met een handelingsplan")]
    assert stand(b, b.dunya) == [("3", "2026-11-03", "Beginstand")]
    tweede = lees_in(b, CHRIS, DUNYA)
    assert (tweede.verandert, tweede.ongewijzigd) == (False, {"zorgniveaus": 2})


def test_een_proef_bewaart_niets(bezetting: Bezetting) -> None:
    b = bezetting
    proef = lees_in(b, CHRIS, proef=True)
    assert stand(b, b.chris) == []
    assert proef.als_json() == lees_in(b, CHRIS).als_json()


def test_een_verbeterd_bestand_verbetert_de_beginstand(bezetting: Bezetting) -> None:
    b = bezetting
    lees_in(b, CHRIS)
    assert lees_in(b, CHRIS.replace(";2;", ";niveau 3;")).gewijzigd == {"zorgniveaus": 1}
    assert [rij[0] for rij in stand(b, b.chris)] == ["3"]


def test_een_besluit_van_de_school_wint(bezetting: Bezetting) -> None:
    b = bezetting
    lees_in(b, CHRIS)
    with schoolcontext([b.kogerveld]):
        services.zorgniveau_beginnen(
            leerling=b.chris, niveau="3", vanaf=date(2026, 10, 1), reden="SOT", door=b.carla.gebruiker
        )
    voor = stand(b, b.chris)
    assert lees_in(b, CHRIS).ongewijzigd == {"zorgniveaus": 1}, "it still says how it began"
    (weigering,) = lees_in(b, CHRIS.replace(";2;", ";1;")).geweigerd
    assert "al besloten" in weigering.melding
    assert stand(b, b.chris) == voor


@pytest.mark.parametrize(
    ("regel", "veld", "zin"),
    [
        ("de Wit;Chris;04-05-2016;9;;", "zorgniveau", "kent de school niet"),
        ("de Wit;Chris;04-05-2016;;;", "zorgniveau", "is leeg"),
        ("de Wit;Chris;04-05-2016;2;01-12-2026;", "sinds", "toekomst"),
        ("de Wit;Chris;04-05-2016;2;01-02-2015;", "sinds", "kan niet kloppen"),
        ("de Wit;Chris;04-05-2016;2;31-02-2026;", "sinds", "klopt niet"),
        ("Elders;Anne;04-05-2016;2;;", "achternaam", "geen leerling"),
        ("Weg;Wim;04-05-2016;2;;", "sleutel", "van school"),
        (f"de Wit;Chris;04-05-2016;2;;{'x' * 501}", "toelichting", "langer dan 500"),
    ],
)
def test_een_slechte_rij(bezetting: Bezetting, regel: str, veld: str, zin: str) -> None:
    uitkomst = lees_in(bezetting, regel, DUNYA)
    assert [(w.regel, w.veld) for w in uitkomst.geweigerd] == [(2, veld)]
    assert zin in uitkomst.geweigerd[0].melding
    assert uitkomst.toegevoegd == {"zorgniveaus": 1}
    assert not [naam for naam in ("Chris", "Anne", "Wim") if naam in json.dumps(uitkomst.als_json())]


def test_dezelfde_leerling_twee_keer(bezetting: Bezetting) -> None:
    (weigering,) = lees_in(bezetting, DUNYA, DUNYA.replace(";3;", ";2;")).geweigerd
    assert weigering.melding == "Deze leerling staat ook op regel 2."
    assert [rij[0] for rij in stand(bezetting, bezetting.dunya)] == ["3"]


@pytest.mark.parametrize("profiel", ["kogerveld", "demeent", "loshoes", "aruba", "vlaanderen"])
def test_elk_niveau_van_elk_profiel_is_bij_zijn_korte_naam_te_noemen(profiel: str) -> None:

    from leerlingen.namen import zoeksleutel
    from leerlingen.services.inlezen_beginstand import _schrijfwijzen

    gelezen = ingebouwde_profielen()[profiel]
    woorden = _schrijfwijzen(gelezen)
    for niveau in gelezen.niveaus_op_volgorde:
        assert woorden[zoeksleutel(niveau.kort)] == [niveau]


def test_alleen_het_systeem_zelf(bezetting: Bezetting) -> None:
    bestand = lees_beginstand((KOP + "\n" + DUNYA).encode(), bestandsnaam="b.csv", vandaag=VANDAAG)
    with schoolcontext([bezetting.kogerveld]), pytest.raises(PermissionDenied):
        beginstand_inlezen(school=bezetting.kogerveld, bestand=bestand, door=bezetting.carla.gebruiker)


def test_zonder_kolom_zorgniveau() -> None:
    with pytest.raises(BestandGeweigerd, match="«zorgniveau»"):
        lees_beginstand(b"sleutel;niveau\n1;2\n", bestandsnaam="b.csv", vandaag=VANDAAG)


def test_het_commando(bezetting: Bezetting, tmp_path: Path) -> None:
    bestand = tmp_path / "begin.csv"
    bestand.write_text("\n".join([KOP, CHRIS, DUNYA]), encoding="utf-8")
    uit = StringIO()
    call_command("beginstand_inlezen", str(bestand), school=bezetting.kogerveld.code, json=True, stdout=uit)
    assert json.loads(uit.getvalue())["toegevoegd"] == {"zorgniveaus": 2}
    bestand.write_bytes(b"")
    with pytest.raises(CommandError) as fout:
        call_command("beginstand_inlezen", str(bestand), school=bezetting.kogerveld.code)
    assert fout.value.returncode == 1
