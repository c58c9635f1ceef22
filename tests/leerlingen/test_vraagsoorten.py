"""Answers by their kind: what is kept, what is refused in one sentence, how it is read and asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.profiel import ingebouwde_profielen
from leerlingen.profiel.papier import Vraag
from leerlingen.vraagsoorten import invoer, lees_dag, leesbaar, past, te_bewaren, uit_bron
from zorg.kern.fouten import DomeinFout

KLEUREN = ("rood", "geel, of oranje", "blauw")


def vraag(soort: Any, **velden: Any) -> Vraag:
    if soort in ("keuze", "meerkeuze"):
        velden.setdefault("keuzes", KLEUREN)
    return Vraag(code="v", tekst="Welke kleur?", soort=soort, **velden)


@pytest.mark.parametrize(
    ("soort", "tekst", "bewaard", "gelezen"),
    [
        ("lang", "een\ntwee", "een\ntwee", "een\ntwee"),
        ("tekst", "een\n  twee ", "een twee", "een twee"),
        ("keuze", " geel,  of oranje ", "geel, of oranje", "geel, of oranje"),
        ("meerkeuze", "blauw\n\nrood", "rood\nblauw", "rood\nblauw"),
        ("janee", "Ja", "ja", "ja"),
        ("datum", "2027-01-28", "2027-01-28", "28 januari 2027"),
        ("datum", "28-1-2027", "2027-01-28", "28 januari 2027"),
        ("datum", "28/01/2027", "2027-01-28", "28 januari 2027"),
        ("getal", "7", "7", "7"),
        ("getal", "7.50", "7,5", "7,5"),
        ("getal", "-007", "-7", "-7"),
        ("getal", "10,00", "10", "10"),
        ("getal", "100", "100", "100"),
        *[(soort, " ", "", "") for soort in ("tekst", "keuze", "meerkeuze", "janee", "datum", "getal")],
    ],
)
def test_wat_er_bewaard_en_gelezen_wordt(soort: str, tekst: str, bewaard: str, gelezen: str) -> None:
    assert te_bewaren(vraag(soort), tekst) == bewaard
    assert leesbaar(vraag(soort), bewaard) == gelezen
    assert te_bewaren(vraag(soort), bewaard) == bewaard, "what is kept can be kept again"


@pytest.mark.parametrize(
    ("soort", "tekst", "zin"),
    [
        ("keuze", "groen", "Bij «Welke kleur?» kiest u een van de antwoorden uit de lijst."),
        ("keuze", "rood\nblauw", "Bij «Welke kleur?» kiest u een van de antwoorden uit de lijst."),
        ("meerkeuze", "rood\ngroen", "Bij «Welke kleur?» kiest u uit de antwoorden van de lijst."),
        ("janee", "misschien", "Bij «Welke kleur?» kiest u ja of nee."),
        *[
            ("datum", dag, "Bij «Welke kleur?» vult u een dag in die bestaat, zoals 28-01-2027.")
            for dag in ("eind mei", "2027-02-29", "31-04-2027", "0202-01-28", "9999-01-01", "2027-01", "1-2-27")
        ],
        *[
            ("getal", getal, "Bij «Welke kleur?» vult u een getal in, zoals 7 of 7,5.")
            for getal in ("zeven", "7 weken", "1.000", "1e3", "NaN", "٣x", "12345678901")
        ],
    ],
)
def test_wat_geen_antwoord_is(soort: str, tekst: str, zin: str) -> None:
    with pytest.raises(DomeinFout) as fout:
        te_bewaren(vraag(soort), tekst)
    assert fout.value.zin == zin
    assert leesbaar(vraag(soort), tekst) == tekst, "what stood there already is read as it is"


@pytest.mark.parametrize(
    ("grenzen", "fout", "zin"),
    [
        ({"minimum": 0, "maximum": 10}, "11", "van 0 tot en met 10"),
        ({"minimum": 0}, "-1", "van 0 of meer"),
        ({"maximum": 60}, "60,5", "van hoogstens 60"),
    ],
)
def test_een_getal_kent_grenzen(grenzen: dict[str, int], fout: str, zin: str) -> None:
    gevraagd = vraag("getal", eenheid="minuten", **grenzen)
    with pytest.raises(DomeinFout, match=zin):
        te_bewaren(gevraagd, fout)
    assert leesbaar(gevraagd, te_bewaren(gevraagd, "10")) == "10 minuten"


def test_het_veld_bij_de_soort() -> None:
    assert invoer(vraag("lang"), "a\nb").vorm == "lang"
    assert (invoer(vraag("tekst"), "a\nb").vorm, invoer(vraag("tekst"), "a\nb").waarde) == ("regel", "a, b")
    assert invoer(vraag("getal", eenheid="weken"), "7,5").eenheid == "weken"
    kiezen = invoer(vraag("keuze"), "blauw")
    assert (kiezen.vorm, [k.naam for k in kiezen.keuzes if k.gekozen]) == ("rondjes", ["blauw"])
    assert kiezen.keuzes[-1].waarde == "", "a choice can be taken back"
    assert invoer(vraag("keuze", keuzes=tuple("abcdef")), "").vorm == "lijst"
    assert [k.naam for k in invoer(vraag("janee"), "nee").keuzes] == ["ja", "nee", "nog niet ingevuld"]
    assert [k.gekozen for k in invoer(vraag("meerkeuze"), "rood\nblauw").keuzes] == [True, False, True]


@pytest.mark.parametrize("soort", ["keuze", "meerkeuze", "janee", "datum", "getal"])
def test_wat_er_al_stond_raakt_niet_weg(soort: str) -> None:
    veld = invoer(vraag(soort), "Na de meivakantie nog eens kijken")
    assert (veld.eerder, veld.waarde) == ("Na de meivakantie nog eens kijken", "")
    assert not any(keuze.gekozen and keuze.waarde for keuze in veld.keuzes)


def test_wat_een_bron_weet_past_of_blijft_weg() -> None:
    assert uit_bron(vraag("keuze"), "rood") == "rood"
    assert uit_bron(vraag("keuze"), "vooral rood") is None
    assert uit_bron(vraag("tekst"), "Dirk (vader)\nEva (moeder)") == "Dirk (vader), Eva (moeder)"
    assert uit_bron(vraag("lang"), "a\nb") == "a\nb"


@given(st.text(max_size=40), st.sampled_from(["tekst", "keuze", "meerkeuze", "janee", "datum", "getal"]))
def test_wat_bewaard_is_past_en_blijft_gelijk(tekst: str, soort: str) -> None:
    """Whatever people type: refused in words, or kept in a form that is kept again as it is."""
    gevraagd = vraag(soort)
    try:
        bewaard = te_bewaren(gevraagd, tekst)
    except DomeinFout:
        assert not past(gevraagd, tekst)
        return
    assert te_bewaren(gevraagd, bewaard) == bewaard
    assert invoer(gevraagd, bewaard).eerder == ""


@given(st.dates())
def test_een_dag_komt_terug_zoals_hij_ging(dag: Any) -> None:
    gelezen = lees_dag(dag.isoformat())
    assert gelezen in (dag, None)
    assert (gelezen is None) == (not 1990 <= dag.year <= 2100)


@pytest.mark.parametrize("profiel", ingebouwde_profielen().values(), ids=lambda profiel: profiel.code)
def test_elke_keuze_van_de_profielen_kan_gekozen_worden(profiel: Any) -> None:
    for document in profiel.documenten:
        for sectie in document.secties:
            for gevraagd in sectie.vragen:
                for keuze in gevraagd.keuzes:
                    assert te_bewaren(gevraagd, keuze) == keuze
