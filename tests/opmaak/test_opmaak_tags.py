"""The tags and filters of zorg.kern.templatetags.zorgpad, by table."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation

from zorg.kern import klok
from zorg.kern.templatetags import zorgpad

NU = date(2027, 2, 9)
IN_ARUBA = "America/Aruba"


@pytest.mark.parametrize(
    ("waarde", "datum", "dag", "kort"),
    [
        (date(2027, 2, 9), "dinsdag 9 februari", "9 februari", "9 feb"),
        (date(2027, 3, 1), "maandag 1 maart", "1 maart", "1 mrt"),
        (date(2027, 5, 12), "woensdag 12 mei", "12 mei", "12 mei"),
        (date(2026, 12, 31), "donderdag 31 december 2026", "31 december 2026", "31 dec 2026"),
        (date(2028, 2, 29), "dinsdag 29 februari 2028", "29 februari 2028", "29 feb 2028"),
        # 23.30 UTC on the last day of the year is the new year in Amsterdam
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "vrijdag 1 januari", "1 januari", "1 jan"),
        (None, "", "", ""),
        ("9 februari", "", "", ""),
    ],
)
def test_datums(waarde: object, datum: str, dag: str, kort: str) -> None:
    assert zorgpad.datum(waarde, NU) == datum
    assert zorgpad.dag(waarde, NU) == dag
    assert zorgpad.dag_kort(waarde, NU) == kort


def test_een_moment_is_de_dag_van_de_school() -> None:
    moment = datetime(2027, 2, 10, 2, 0, tzinfo=UTC)
    with timezone.override(IN_ARUBA):
        assert zorgpad.datum(moment, NU) == "dinsdag 9 februari"
        assert zorgpad.tijd(moment) == "22.00"


def test_zonder_referentie_geldt_de_klok() -> None:
    with klok.stilgezet(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        assert zorgpad.dag(date(2026, 6, 2)) == "2 juni"
        assert zorgpad.dag(date(2027, 6, 2)) == "2 juni 2027"
        assert zorgpad.leeftijd(date(2017, 6, 1)) == "9;0"


def test_maanden_volgen_de_taal() -> None:
    with translation.override("en"):
        assert zorgpad.datum(NU, NU) == "Tuesday 9 February"


@pytest.mark.parametrize(
    ("waarde", "uit"),
    [
        (time(15, 15), "15.15"),
        (time(8, 5), "08.05"),
        (datetime(2027, 2, 9, 14, 15, tzinfo=UTC), "15.15"),
        (datetime(2027, 7, 9, 13, 15, tzinfo=UTC), "15.15"),
        (None, ""),
    ],
)
def test_tijd(waarde: object, uit: str) -> None:
    assert zorgpad.tijd(waarde) == uit


def test_moment() -> None:
    assert zorgpad.moment(datetime(2027, 2, 9, 14, 15, tzinfo=UTC), NU) == "dinsdag 9 februari om 15.15"
    assert zorgpad.moment(NU, NU) == ""


@pytest.mark.parametrize(
    ("geboren", "op", "uit"),
    [
        (date(2017, 7, 2), date(2027, 2, 9), "9;7"),
        (date(2017, 7, 2), date(2027, 2, 1), "9;6"),
        (date(2017, 7, 2), date(2027, 7, 2), "10;0"),
        (date(2017, 7, 2), date(2027, 7, 1), "9;11"),
        (date(2016, 2, 29), date(2027, 2, 28), "10;11"),
        (date(2016, 2, 29), date(2027, 3, 1), "11;0"),
        (date(2027, 2, 9), date(2027, 2, 9), "0;0"),
        (date(2027, 2, 10), date(2027, 2, 9), ""),
        (None, date(2027, 2, 9), ""),
    ],
)
def test_leeftijd(geboren: date | None, op: date, uit: str) -> None:
    assert zorgpad.leeftijd(geboren, op) == uit


@pytest.mark.parametrize(
    ("niveau", "klasse"),
    [
        ("I", "n-1"), ("I+", "n-1"), ("II", "n-2"), ("III", "n-3"), ("IV", "n-4"), ("V", "n-5"), ("V-", "n-5"),
        ("V−", "n-5"), ("A", "n-1"), ("B", "n-2"), ("C", "n-3"), ("D", "n-4"), ("E", "n-5"), (" e ", "n-5"),
        ("F", ""), ("VI", ""), ("1F", ""), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_niveau_klasse(niveau: str | None, klasse: str) -> None:
    assert zorgpad.niveau_klasse(niveau) == klasse


def test_niveau_draagt_zijn_letter() -> None:
    assert zorgpad.niveau("V−") == '<span class="n n-5">V−</span>'
    assert zorgpad.niveau("III", vorig=True) == '<span class="n n-3 vorig">III</span>'
    assert '<span class="visually-hidden">M6 </span>III' in zorgpad.niveau("III", titel="M6")
    assert zorgpad.niveau("1F") == '<span class="n">1F</span>'
    assert "geen niveau" in zorgpad.niveau("")


def test_zorgtrap_noemt_de_naam_van_het_niveau() -> None:
    uit = zorgpad.zorgtrap(3, 7, "2b")
    assert uit.count("<i ") == 7
    assert uit.count('class="aan"') == 3
    assert 'aria-label="Zorgniveau 2b van 7"' in uit
    assert uit.endswith('<span class="klein">2b</span>')
    assert 'aria-label="Zorgniveau 0 van 5"' in zorgpad.zorgtrap(0, 5)
    assert zorgpad.zorgtrap(1, 6, 0).endswith('<span class="klein">0</span>')


def test_label_kent_vier_betekenissen() -> None:
    assert zorgpad.label("4 dagen te laat", "te-laat") == '<span class="label te-laat">4 dagen te laat</span>'
    assert zorgpad.label("2026–2027") == '<span class="label">2026–2027</span>'
    with pytest.raises(TemplateSyntaxError):
        zorgpad.label("te laat", "telaat")


@pytest.mark.parametrize(
    ("begin", "eind", "uit"),
    [
        (date(2027, 2, 15), date(2027, 7, 9), "15 februari t/m 9 juli"),
        (date(2026, 8, 31), date(2027, 2, 12), "31 augustus 2026 t/m 12 februari"),
        (date(2027, 2, 15), None, "vanaf 15 februari"),
        (None, date(2027, 7, 9), "tot en met 9 juli"),
        (None, None, ""),
    ],
)
def test_periode(begin: date | None, eind: date | None, uit: str) -> None:
    assert zorgpad.periode(begin, eind, NU) == uit


def test_icoon_met_en_zonder_woorden() -> None:
    assert 'aria-hidden="true"' in zorgpad.icoon("zoek")
    assert "iconen.svg#zoek" in zorgpad.icoon("zoek")
    assert 'role="img" aria-label="Verplaats Bram"' in zorgpad.icoon("verplaats", "Verplaats Bram")


def test_wat_mensen_schrijven_wordt_nooit_opmaak() -> None:
    kwaad = '<b onclick="x">'
    for uit in (
        zorgpad.label(kwaad),
        zorgpad.niveau(kwaad),
        zorgpad.niveau("I", titel=kwaad),
        zorgpad.zorgtrap(1, 2, kwaad),
        zorgpad.icoon(kwaad, kwaad),
    ):
        assert "<b" not in uit


def test_blader_houdt_de_andere_velden() -> None:
    verzoek = RequestFactory().get("/leerlingen/?groep=6a&pagina=1")
    sjabloon = Template("{% blader 'pagina' 2 %}")
    assert sjabloon.render(Context({"request": verzoek})) == "?groep=6a&amp;pagina=2"
    assert sjabloon.render(Context()) == "?pagina=2"
