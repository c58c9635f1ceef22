"""Names as a Dutch school says, sorts and searches them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.namen import (
    VOORVOEGSELS,
    Naamdelen,
    lijstnaam,
    sorteersleutel,
    splits_naam,
    volledige_naam,
    zoeksleutel,
    zonder_accenten,
)


@pytest.mark.parametrize(
    ("delen", "naam"),
    [
        (("Daan", "van der", "Berg"), "Daan van der Berg"),
        (("Daan", "", "Berg"), "Daan Berg"),
        (("Lia", "", ""), "Lia"),
        (("", "ter", "Veldman", "J"), "J. ter Veldman"),
        (("", "", "Veldman", "UGH"), "U.G.H. Veldman"),
        (("", "", "Veldman", "J. P."), "J.P. Veldman"),
        (("Uilke", "", "Veldman", "UGH"), "Uilke Veldman"),
        (("", "de", "Wit"), "de Wit"),
        (("", "", "Wit", " "), "Wit"),
    ],
)
def test_de_naam_zoals_men_hem_zegt(delen: tuple[str, ...], naam: str) -> None:
    assert volledige_naam(*delen) == naam


@pytest.mark.parametrize(
    ("delen", "naam"),
    [
        (("Daan", "van der", "Berg"), "Berg, van der, Daan"),
        (("Daan", "", "Berg"), "Berg, Daan"),
        (("Lia", "van", ""), "Lia"),
        (("", "", "Berg"), "Berg"),
    ],
)
def test_de_naam_in_een_lijst(delen: tuple[str, str, str], naam: str) -> None:
    assert lijstnaam(*delen) == naam


def test_op_volgorde_van_een_nederlandse_lijst() -> None:
    """Van der Berg under B, before Bergman; ë by e; ij as i and j, so before ik and long before y; 't under Hart."""
    goed = [
        ("Ana", "", "Ámber"),
        ("Bo", "", "Anders"),
        ("Zoë", "", "Berg"),
        ("Anna", "van den", "Berg"),
        ("Bram", "van den", "Berg"),
        ("Daan", "van der", "Berg"),
        ("Aart", "", "Bergman"),
        ("Jan", "", "Bijl"),
        ("Jan", "", "Bik"),
        ("Jan", "", "Byl"),
        ("Zoe", "", "Céline"),
        ("Zoë", "", "Celis"),
        ("Piet", "'t", "Hart"),
        ("Lia", "", ""),
        ("Sam", "", "Özgür"),
        ("Sam", "", "Yıldız"),
        ("Sam", "", "Ypma"),
    ]
    door_elkaar = goed[1::2] + goed[::2]
    assert sorted(door_elkaar, key=lambda delen: sorteersleutel(*delen)) == goed


def test_hoofdletters_en_leestekens_tellen_niet_in_de_volgorde() -> None:
    assert sorteersleutel("daan", "Van Der", "BERG") == sorteersleutel("Daan", "van der", "Berg")
    assert sorteersleutel("Daan", "", "O'Brien") == sorteersleutel("Daan", "", "OBrien")
    assert sorteersleutel("", "", "").strip() == ""


@pytest.mark.parametrize(
    ("geschreven", "getypt"),
    [
        ("Ismaël Assati", "ismael"),
        ("Yıldız", "yildiz"),
        ("İpek", "ipek"),
        ("Łukasz Øster", "lukasz oster"),
        ("Ĳsbrand", "ijsbrand"),
        ("Groß", "gross"),
        ("Anne-Fleur O’Brien", "anne fleur obrien"),
        ("VAN 'T HOF", "van t hof"),
        ("Þóra Æsir Đorđe", "thora aesir dorde"),
    ],
)
def test_wat_getypt_wordt_vindt_wat_er_staat(geschreven: str, getypt: str) -> None:
    assert getypt in zoeksleutel(geschreven)
    assert zoeksleutel(getypt) == getypt


@pytest.mark.parametrize(
    ("naam", "delen"),
    [
        ("Samira van der Berg", ("Samira", "", "van der", "Berg")),
        ("Samira  Berg", ("Samira", "", "", "Berg")),
        ("Anne Marie Bos", ("Anne Marie", "", "", "Bos")),
        ("Fatima El Amrani", ("Fatima", "", "El", "Amrani")),
        ("Jan op den Camp", ("Jan", "", "op den", "Camp")),
        ("J.P. de Vries", ("", "JP", "de", "Vries")),
        ("A. D. Bos", ("", "AD", "", "Bos")),
        ("J Bos", ("", "J", "", "Bos")),
        ("Jan v. d. Ven", ("Jan", "", "v. d.", "Ven")),
        ("Ben Jansen", ("Ben", "", "", "Jansen")),
        ("de Wit", ("", "", "de", "Wit")),
        ("El Amrani", ("", "", "El", "Amrani")),
        ("Bos", ("", "", "", "Bos")),
        ("van", ("", "", "", "van")),
        ("Berg, van der, Samira", ("Samira", "", "van der", "Berg")),
        ("Berg, Samira van der", ("Samira", "", "van der", "Berg")),
        ("Berg, S. van der", ("", "S", "van der", "Berg")),
        ("Berg, van der", ("", "", "van der", "Berg")),
        ("Bos, Jan", ("Jan", "", "", "Bos")),
        ("Bos,", ("", "", "", "Bos")),
        ("Mevr. S. Bos", ("", "S", "", "Bos")),
        ("de heer J. de Vries", ("", "J", "de", "Vries")),
        ("mw. drs. Anna de Vries-Bos", ("Anna", "", "de", "Vries-Bos")),
    ],
)
def test_een_hele_naam_in_delen(naam: str, delen: tuple[str, str, str, str]) -> None:
    assert splits_naam(naam) == Naamdelen(*delen)


WOORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=2, max_size=9)


@given(st.lists(st.one_of(WOORD, st.sampled_from(sorted(VOORVOEGSELS))), min_size=1, max_size=5))
def test_de_delen_zeggen_samen_wat_er_stond(woorden: list[str]) -> None:
    """Nobody's name changes by being taken apart."""
    naam = " ".join(woorden)
    if not any(naam.casefold().startswith(titel) for titel in ("hr ", "dhr ", "mw ", "mevr ", "meneer ", "de heer ")):
        delen = splits_naam(naam)
        assert volledige_naam(delen.roepnaam, delen.voorvoegsel, delen.achternaam, delen.voorletters) == naam
        assert delen.achternaam


@given(st.text(max_size=40))
def test_elke_tekst_geeft_een_naam_en_een_sleutel(tekst: str) -> None:
    splits_naam(tekst)
    sleutel = zoeksleutel(tekst)
    assert zoeksleutel(sleutel) == sleutel
    assert len(sorteersleutel(tekst, tekst, tekst)) <= 260
    assert zonder_accenten(zonder_accenten(tekst)) == zonder_accenten(tekst)
