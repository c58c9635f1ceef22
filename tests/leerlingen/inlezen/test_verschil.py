"""What a file changes: nothing is lost by a sparser file, nobody is taken as gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerlingen.inlezen.edexml import Edexbestand, Groeprij, Groepstaak, Schoolkop
from leerlingen.inlezen.verschil import Soortverschil, Veldwijziging, vergelijk
from tests.leerlingen.inlezen.test_edexml import NEDERLANDS, bestand, leerlingrij, lees, medewerkerrij

KOP = Schoolkop("2026-2027")
GROEP = Groeprij("g", "6a", "6", False, 3)
DAAN = leerlingrij(
    sleutel="1",
    roepnaam="Daan",
    achternaam="Berg",
    groep="g",
    samengestelde_groepen=("s", "t"),
    geslacht="man",
    regel=9,
)
NOOR = leerlingrij(sleutel="2", roepnaam="Noor", groep="g", samengestelde_groepen=("s",), regel=10)
VOS = medewerkerrij(sleutel="m", achternaam="Vos", rollen=("ib",), groepen=(Groepstaak("g", "leerkracht"),), regel=20)
SCHOOL = Edexbestand(KOP, (GROEP,), (DAAN, NOOR), (VOS,))


def test_hetzelfde_bestand_verandert_niets() -> None:
    verschil = vergelijk(lees(NEDERLANDS), lees(NEDERLANDS))
    assert verschil.leeg
    assert [len(soort.ongewijzigd) for soort in (verschil.groepen, verschil.leerlingen, verschil.medewerkers)] == [
        8,
        3,
        3,
    ]
    assert verschil.leerlingen.ontbrekend == ()


def test_een_lege_school_krijgt_alles_erbij() -> None:
    nieuw = lees(NEDERLANDS)
    verschil = vergelijk(Edexbestand(KOP), nieuw)
    assert verschil.leerlingen == Soortverschil(toegevoegd=nieuw.leerlingen)
    assert not verschil.leeg


def test_gewijzigde_velden_met_oud_en_nieuw() -> None:
    nieuw = replace(DAAN, achternaam="Berg-Bos", groep="h", regel=77)
    (wijziging,) = vergelijk(SCHOOL, replace(SCHOOL, leerlingen=(nieuw, NOOR))).leerlingen.gewijzigd
    assert (wijziging.oud, wijziging.nieuw) == (DAAN, nieuw)
    assert wijziging.velden == (Veldwijziging("achternaam", "Berg", "Berg-Bos"), Veldwijziging("groep", "g", "h"))


def test_een_andere_regel_of_volgorde_is_geen_wijziging() -> None:
    nieuw = replace(DAAN, samengestelde_groepen=("t", "s"), regel=1)
    assert vergelijk(SCHOOL, replace(SCHOOL, leerlingen=(NOOR, nieuw))).leeg


def test_een_karigere_export_wist_niets() -> None:
    kaal = leerlingrij(sleutel="1", roepnaam="Daan", regel=5)
    assert vergelijk(SCHOOL, replace(SCHOOL, leerlingen=(kaal, replace(NOOR, samengestelde_groepen=())))).leeg


def test_uit_een_samengestelde_groep_gaan_is_een_wijziging_als_het_bestand_ze_kent() -> None:
    nieuw = (replace(DAAN, samengestelde_groepen=()), NOOR)
    (wijziging,) = vergelijk(SCHOOL, replace(SCHOOL, leerlingen=nieuw)).leerlingen.gewijzigd
    assert wijziging.velden == (Veldwijziging("samengestelde_groepen", ("s", "t"), ()),)


def test_een_ander_soort_groep_en_een_rol_erbij() -> None:
    nieuw = replace(SCHOOL, groepen=(replace(GROEP, naam="6b"),), medewerkers=(replace(VOS, rollen=("rt", "ib")),))
    verschil = vergelijk(SCHOOL, nieuw)
    assert [v.veld for w in verschil.groepen.gewijzigd for v in w.velden] == ["naam"]
    assert [v.nieuw for w in verschil.medewerkers.gewijzigd for v in w.velden] == [("rt", "ib")]


def test_wie_ontbreekt_wordt_genoemd_en_niet_weggehaald() -> None:
    verschil = vergelijk(SCHOOL, Edexbestand(KOP))
    assert (verschil.groepen.ontbrekend, verschil.leerlingen.ontbrekend) == ((GROEP,), (DAAN, NOOR))
    assert verschil.medewerkers.ontbrekend == (VOS,)
    assert verschil.leeg


@pytest.mark.parametrize(
    ("uitstroom", "op", "ontbreekt"),
    [
        (None, None, True),
        (date(2026, 1, 1), None, False),
        (date(2026, 1, 1), date(2026, 9, 1), False),
        (date(2026, 9, 1), date(2026, 9, 1), False),
        (date(2027, 7, 1), date(2026, 9, 1), True),
    ],
)
def test_wie_al_weg_is_ontbreekt_niet(uitstroom: date | None, op: date | None, *, ontbreekt: bool) -> None:
    school = replace(SCHOOL, leerlingen=(replace(DAAN, uitstroomdatum=uitstroom),))
    assert bool(vergelijk(school, Edexbestand(KOP), op=op).leerlingen.ontbrekend) is ontbreekt


def test_wie_geweigerd_is_ontbreekt_niet() -> None:
    gelezen = lees(bestand('<leerling key="1"><roepnaam>Daan</roepnaam><geboortedatum>x</geboortedatum></leerling>'))
    assert gelezen.leerlingen == ()
    assert vergelijk(SCHOOL, gelezen, genoemd=gelezen.genoemd).leerlingen.ontbrekend == (NOOR,)


RIJ = st.builds(
    lambda sleutel, naam, groep, samen: leerlingrij(
        sleutel=sleutel, roepnaam=naam, groep=groep, samengestelde_groepen=samen, regel=0
    ),
    st.sampled_from("abcdef"),
    st.sampled_from(["Daan", "Noor"]),
    st.sampled_from(["", "g", "h"]),
    st.sampled_from([(), ("s",), ("s", "t")]),
)
RIJEN = st.lists(RIJ, max_size=6, unique_by=lambda rij: rij.sleutel).map(tuple)


@given(RIJEN, RIJEN)
def test_elke_rij_staat_op_precies_een_plaats(oud: tuple[object, ...], nieuw: tuple[object, ...]) -> None:
    bestaand, bestand_ = Edexbestand(KOP, leerlingen=oud), Edexbestand(KOP, leerlingen=nieuw)  # type: ignore[arg-type]
    verschil = vergelijk(bestaand, bestand_).leerlingen
    uit_bestand = [*verschil.toegevoegd, *(w.nieuw for w in verschil.gewijzigd), *verschil.ongewijzigd]
    assert sorted(r.sleutel for r in uit_bestand) == sorted(r.sleutel for r in bestand_.leerlingen)
    assert {r.sleutel for r in verschil.ontbrekend} == {r.sleutel for r in bestaand.leerlingen} - {
        r.sleutel for r in bestand_.leerlingen
    }
    assert all(w.velden for w in verschil.gewijzigd)
