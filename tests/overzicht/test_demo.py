"""The demo school: whole, the same every time, on any day of the year, and behind the same walls as any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from leerlingen.models import Dossierstuk, Leerling, Plaatsing, Schooljaar, Taak, Zorgniveauperiode
from lvs.models import Resultaat
from plannen.models import Groepsplan, Indeling
from tests.overzicht.hulp import account, demo, vastgelegd
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.schoolcontext import schoolcontext
from zorg.overzicht.demo import school as demoschool
from zorg.overzicht.demo.basis import Demo
from zorg.overzicht.demo.kinderen import STAMGROEPEN, bedenk

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

ACCOUNTS = ("leerkracht", "leerkracht2", "ib", "directeur", "rekenspecialist", "ouder", "ouder2", "extern", "beheer")
PEILDATUM = "2026-11-25"


@pytest.fixture(scope="module")
def kameleon(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[School]:
    """A small demo school whose first filling broke off halfway, and which was then filled by a second run."""

    def breekt_af(demo: Demo) -> None:
        raise RuntimeError("halverwege")

    with vastgelegd(django_db_blocker, PEILDATUM):
        with pytest.MonkeyPatch.context() as lapje:
            lapje.setattr(demoschool, "niveaus", breekt_af)
            with pytest.raises(RuntimeError, match="halverwege"):
                demo(PEILDATUM)
        assert "staat klaar" in demo(PEILDATUM)
        school = School.objects.get(naam="De Kameleon", demo=True)
        with schoolcontext([school]):
            yield school


# -- without a database ----------------------------------------------------------------------------------------------


def _bedacht(dag: date) -> list[tuple[str, str, str, str]]:
    begin = dag.year if dag.month >= 8 else dag.year - 1
    jaren = [
        Schooljaar(naam=f"{jaar}-{jaar + 1}", periode=DateRange(date(jaar, 8, 1), date(jaar + 1, 8, 1), "[)"))
        for jaar in range(begin, begin - 5, -1)
    ]
    school = School(naam="De Kameleon", tijdzone="Europe/Amsterdam")
    leeg = Demo(school, datetime(dag.year, dag.month, dag.day, 12, tzinfo=UTC), jaren)
    return [(kind.groep, kind.roepnaam, kind.achternaam, kind.geslacht) for kind in bedenk(leeg)]


def test_hetzelfde_zaad_geeft_dezelfde_kinderen() -> None:
    eerste = _bedacht(date(2026, 11, 25))
    assert eerste == _bedacht(date(2026, 11, 25)) == _bedacht(date(2028, 2, 29))
    assert len({(roep, achter) for _, roep, achter, _ in eerste}) == len(eerste), "two children with one name"


def test_tweehonderdtwintig_leerlingen_in_tien_groepen() -> None:
    assert len(STAMGROEPEN) == 10
    assert sum(sum(verdeling.values()) for verdeling in STAMGROEPEN.values()) == 220


# -- the school ------------------------------------------------------------------------------------------------------


@pytest.mark.traag
def test_na_een_afgebroken_keer_is_alles_er(kameleon: School) -> None:
    ib = account("ib")
    groepen = Plaatsing.objects.zichtbaar_voor(ib).filter(stamgroep=True, periode__contains=date(2026, 11, 25))
    assert groepen.order_by().values("groep").distinct().count() == 10
    assert Leerling.objects.zichtbaar_voor(ib).filter(ingeschreven__contains=date(2026, 11, 25)).count() == sum(
        max(3, aantal // 3) for verdeling in STAMGROEPEN.values() for aantal in verdeling.values()
    )
    resultaten = Resultaat.objects.zichtbaar_voor(ib).order_by()
    assert set(resultaten.values_list("vak", flat=True).distinct()) >= {
        "rekenen", "begrijpend_lezen", "technisch_lezen", "spelling", "sociaal_emotioneel",
    }  # fmt: skip
    assert set(resultaten.values_list("afnamejaar", flat=True).distinct()) == {2022, 2023, 2024, 2025, 2026}
    assert not resultaten.filter(afnamedatum__gt=date(2026, 11, 25)).exists()
    lopend = Zorgniveauperiode.objects.zichtbaar_voor(ib).filter(periode__contains=date(2026, 11, 25)).order_by()
    assert set(lopend.values_list("niveau", flat=True)) == {"1", "2", "3", "4", "5"}
    stukken = Dossierstuk.objects.zichtbaar_voor(ib).order_by()
    assert set(stukken.values_list("vertrouwelijkheid", flat=True)) == {"gewoon", "vertrouwelijk", "geheim"}
    assert stukken.filter(in_kring=True).exists()
    assert stukken.filter(publicaties__isnull=False).exists()


@pytest.mark.traag
def test_nog_een_keer_verandert_niets(kameleon: School) -> None:
    def tel() -> tuple[int, int, int]:
        ib = account("ib")
        return (
            Leerling.objects.zichtbaar_voor(ib).count(),
            Resultaat.objects.zichtbaar_voor(ib).count(),
            School.objects.filter(demo=True).count(),
        )

    voor = tel()
    assert "bestaat al" in demo("2027-03-01")
    assert tel() == voor


@pytest.mark.traag
def test_de_leerkracht_ziet_de_eigen_groep_en_houdt_keuzes_over(kameleon: School) -> None:
    juf = account("leerkracht")
    gezien = set(Leerling.objects.zichtbaar_voor(juf).values_list("pk", flat=True))
    groep = Plaatsing.objects.zichtbaar_voor(account("ib")).filter(
        groep__naam="6a", groep__schooljaar__naam="2026-2027", periode__contains=date(2026, 11, 25)
    )
    assert gezien == set(groep.values_list("leerling", flat=True))
    plan = Groepsplan.objects.zichtbaar_voor(juf).get(vak="rekenen", stand="concept")
    assert Indeling.objects.zichtbaar_voor(juf).filter(plan=plan, te_kiezen=True).exists()
    assert plan.vorige_id is not None


@pytest.mark.traag
def test_de_ouder_ziet_alleen_het_eigen_kind(kameleon: School) -> None:
    for code, achternaam in (("ouder", "Haddad"), ("ouder2", "Smit")):
        ouder = account(code)
        kinderen = Leerling.objects.zichtbaar_voor(ouder, Recht.MEELEZEN)
        assert [kind.achternaam for kind in kinderen] == [achternaam]
        stukken = Dossierstuk.objects.zichtbaar_voor(ouder, Recht.MEELEZEN)
        assert stukken
        assert {stuk.leerling_id for stuk in stukken} == {kind.pk for kind in kinderen}


@pytest.mark.traag
def test_de_deskundige_ziet_twee_stukken_en_geen_kind(kameleon: School) -> None:
    extern = account("extern")
    assert not Leerling.objects.zichtbaar_voor(extern).exists()
    assert Dossierstuk.objects.zichtbaar_voor(extern).count() == 2


@pytest.mark.traag
def test_de_andere_school_ziet_niets(kameleon: School) -> None:
    ilse = Gebruiker.objects.get(email="ib@anders.school")
    assert not Leerling.objects.zichtbaar_voor(ilse).exists()
    with schoolcontext([School.objects.get(naam="De Zandkorrel", demo=True)]):
        assert Leerling.objects.zichtbaar_voor(ilse).count() == 1


@pytest.mark.traag
@pytest.mark.parametrize("code", ACCOUNTS)
def test_iedereen_vindt_iets_te_doen(kameleon: School, code: str) -> None:
    gebruiker = account(code)
    assert gebruiker.check_password("zorgpad-demo")
    browser = Client()
    browser.force_login(gebruiker)
    bladzijde = browser.get("/", follow=True)
    assert bladzijde.status_code == 200
    if code == "beheer":
        assert bladzijde.redirect_chain[-1][0] == "/beheer/"
        return
    taak = Taak.objects.zichtbaar_voor(gebruiker).open().first()
    assert taak is not None
    assert taak.titel in bladzijde.content.decode()


def test_geen_datum_is_geendemo() -> None:
    with pytest.raises(CommandError, match="is geen datum"):
        demo("2027-02-29")


def test_nooit_in_productie(settings: object) -> None:
    settings.MODUS = "productie"  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="productie"):
        demo(PEILDATUM)
