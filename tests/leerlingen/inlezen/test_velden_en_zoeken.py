"""Single values as schools write them, and which pupil a row means."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.inlezen.tabel import Leerlingverwijzing, lees_verwijzing
from leerlingen.inlezen.velden import lees_datum, lees_email, lees_iso_datum, lees_telefoon
from leerlingen.inlezen.weigering import Rijfout
from leerlingen.inlezen.zoeken import BekendeLeerling, Leerlingzoeker
from zorg.kern.tabelbestand import Rij

GEBOREN = date(2017, 3, 28)


@pytest.mark.parametrize(
    "tekst",
    [
        "2027-01-28",
        "28-01-2027",
        "28-1-2027",
        "2027-1-28",
        " 28-01-2027 ",
        "2027-01-28T08:30:00",
        "2027-01-28Z",
        "2027-01-28+01:00",
        "28-01-2027 0:00",
    ],
)
def test_datums_in_twee_schrijfwijzen(tekst: str) -> None:
    assert lees_datum(tekst) == date(2027, 1, 28)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "28/01/2027",
        "01/28/2027",
        "28-01-27",
        "28 januari 2027",
        "20270128",
        "2027-13-01",
        "29-02-2027",
        "0017-03-28",
        "2027-W04-4",
        "٢٠٢٧-٠١-٢٨",
        "2027-01-28 Jan",
        "46050",
    ],
)
def test_wat_geen_datum_is(tekst: str) -> None:
    assert lees_datum(tekst) is None


def test_edexml_kent_alleen_de_internationale_schrijfwijze() -> None:
    assert lees_iso_datum("28-01-2027") is None
    assert lees_iso_datum("2028-02-29") == date(2028, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_elke_dag_heen_en_terug(dag: date) -> None:
    assert lees_datum(dag.isoformat()) == lees_datum(f"{dag:%d-%m-%Y}") == lees_iso_datum(dag.isoformat()) == dag


@pytest.mark.parametrize("adres", ["Ouder@Voorbeeld.NL", " ouder@voorbeeld.nl", "mailto:ouder@voorbeeld.nl"])
def test_een_adres(adres: str) -> None:
    assert lees_email(adres) == "ouder@voorbeeld.nl"


@pytest.mark.parametrize(
    "adres",
    [
        "",
        "ouder",
        "ouder@",
        "@voorbeeld.nl",
        "ouder@voorbeeld",
        "a b@c.nl",
        "a@b@c.nl",
        "a@c.nl;d@e.nl",
        "Jan <a@c.nl>",
        ".a@c.nl",
        "a..b@c.nl",
        "a@-c.nl",
        "a@c.nl.",
        "é@c.nl",
        "a@c.n",
        "x" * 65 + "@c.nl",
        "a@" + "c" * 64 + ".nl",
        "a@c.nl\nBcc: d@e.nl",
    ],
)
def test_geen_adres(adres: str) -> None:
    assert lees_email(adres) is None


@pytest.mark.parametrize(
    "nummer", ["0612345678", "06-12345678", "06 1234  5678", "+31 6 12345678", "(0299) 12 34 56", "+297 588-1234"]
)
def test_een_telefoonnummer(nummer: str) -> None:
    assert lees_telefoon(nummer) == " ".join(nummer.split())


@pytest.mark.parametrize(
    "nummer", ["", "12345", "06 (werk)", "0612345678 / 0299123456", "06123456789012345", "geen", "+"]
)
def test_geen_telefoonnummer(nummer: str) -> None:
    assert lees_telefoon(nummer) is None


# -- which pupil ----------------------------------------------------------------------------------------------------


def rij(**waarden: Any) -> Rij:
    return Rij(2, {"sleutel": "", "achternaam": "", "roepnaam": "", "geboortedatum": "", **waarden})


def test_met_sleutel_of_met_naam_en_geboortedatum() -> None:
    assert lees_verwijzing(rij(sleutel="7")) == Leerlingverwijzing(sleutel="7")
    naam = {"achternaam": "Berg", "roepnaam": "Daan"}
    assert lees_verwijzing(rij(geboortedatum="28-03-2017", **naam)) == Leerlingverwijzing(geboortedatum=GEBOREN, **naam)
    assert lees_verwijzing(rij(geboortedatum=GEBOREN, **naam)).geboortedatum == GEBOREN


@pytest.mark.parametrize(
    ("waarden", "veld", "waarde"),
    [
        ({}, "sleutel", ""),
        ({"sleutel": "#12"}, "sleutel", "#"),
        ({"sleutel": "k" * 101}, "sleutel", ""),
        ({"achternaam": "Berg"}, "roepnaam", ""),
        ({"achternaam": "Berg", "roepnaam": "Daan"}, "geboortedatum", ""),
        ({"roepnaam": "Daan", "geboortedatum": "2017-03-28"}, "achternaam", ""),
        ({"achternaam": "Berg", "roepnaam": "Daan", "geboortedatum": "31-02-2017"}, "geboortedatum", "31-02-2017"),
        ({"achternaam": "Berg", "roepnaam": "Daan", "geboortedatum": "Daan"}, "geboortedatum", ""),
    ],
)
def test_een_rij_die_niemand_aanwijst(waarden: dict[str, Any], veld: str, waarde: str) -> None:
    with pytest.raises(Rijfout) as fout:
        lees_verwijzing(rij(**waarden))
    assert (fout.value.veld, fout.value.waarde) == (veld, waarde)
    assert "Daan" not in fout.value.melding


ZOEKER = Leerlingzoeker(
    [
        BekendeLeerling(1, "k1", "Daan", "van der", "Berg", GEBOREN),
        BekendeLeerling(2, "k2", "Zoë", "", "Çelik", GEBOREN),
        BekendeLeerling(3, "k3", "Sem", "", "Bos", GEBOREN),
        BekendeLeerling(4, "k4", "Sem", "", "Bos", GEBOREN),
        BekendeLeerling(5, None, "Noor", "", "Vos", None),
        BekendeLeerling(6, "k6", "Daan", "van der", "Berg", date(2018, 1, 1)),
    ]
)


@pytest.mark.parametrize(
    ("verwijzing", "wie"),
    [
        (Leerlingverwijzing("k1"), 1),
        (Leerlingverwijzing("k1", "Berg", "Daan", GEBOREN), 1),
        (Leerlingverwijzing("k1", "Berg-Bos", "Daan"), 1),
        (Leerlingverwijzing("k1", "van der Berg", "Daniël"), 1),
        (Leerlingverwijzing("", "Berg", "Daan", GEBOREN), 1),
        (Leerlingverwijzing("", "van der Berg", "daan", GEBOREN), 1),
        (Leerlingverwijzing("", "Berg, van der", "Daan", GEBOREN), 1),
        (Leerlingverwijzing("", "Berg", "Daan", GEBOREN, "van der"), 1),
        (Leerlingverwijzing("", "Berg", "Daan", date(2018, 1, 1)), 6),
        (Leerlingverwijzing("", "CELIK", "zoe", GEBOREN), 2),
        (Leerlingverwijzing("k5"), None),
        (Leerlingverwijzing("K1"), None),
        (Leerlingverwijzing("", "Vos", "Noor", GEBOREN), None),
        (Leerlingverwijzing("", "Berg", "Daan", GEBOREN, "de"), None),
        (Leerlingverwijzing("", "Berg", "Sem", GEBOREN), None),
        (Leerlingverwijzing("", "Bos", "Sem", GEBOREN), None),
        (Leerlingverwijzing("k1", "Bos", "Sem"), None),
        (Leerlingverwijzing("k1", "Berg", "Daan", date(2018, 1, 1)), None),
        (Leerlingverwijzing("k4", "Bos", "Sem", GEBOREN), 4),
    ],
)
def test_wie_een_rij_bedoelt(verwijzing: Leerlingverwijzing, wie: int | None) -> None:
    """Never the wrong child: in doubt nobody."""
    if wie is not None:
        assert ZOEKER.vind(verwijzing) == wie
        return
    with pytest.raises(Rijfout) as fout:
        ZOEKER.vind(verwijzing)
    for naam in ("Berg", "Daan", "Bos", "Sem", "Vos", "Noor"):
        assert naam not in fout.value.melding + fout.value.waarde


def test_een_nummer_als_sleutel_staat_niet_in_de_fout() -> None:
    with pytest.raises(Rijfout) as fout:
        ZOEKER.vind(Leerlingverwijzing("133456785"))
    assert "133456785" not in fout.value.melding + fout.value.waarde
