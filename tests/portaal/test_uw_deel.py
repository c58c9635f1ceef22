"""The parent's own part in the portal: phone pages, autosave, and nothing for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import Ouderdeel, Ouderschap
from tests.bouw import Bezetting
from tests.bouw.vragen import vragen

Inloggen = Callable[[Any], Any]


def deel(b: Bezetting) -> str:
    return f"/ouders/uw-deel/{b.extra['ouderdeel'].pk}/"


def bewaar(browser: Any, b: Bezetting, tekst: str, versie: str, **kop: str) -> Any:
    gegevens = {"tekst": tekst, "versie": versie}
    return browser.post(deel(b) + "antwoord/?vraag=thuis", gegevens, headers=kop)


@pytest.mark.acceptatie("M-52")
def test_vragen_schrijven_insturen_lezen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """From the question on the child's page to what the teacher reads: the whole way."""
    b = bezetting
    vader, anna = inloggen(b.dirk.gebruiker), inloggen(b.anna.gebruiker)
    assert f'href="{deel(b)}"' in vader.get(f"/ouders/{b.aya.pk}/").content.decode()
    pagina = vader.get(deel(b)).content.decode()
    for zin in (
        "Graag vóór",
        "10 november",
        "Wie leest het?",
        "leest het pas als u het instuurt",
        "Hoe gaat het thuis",
    ):
        assert zin in pagina, zin
    assert bewaar(vader, b, "Goed & rustig", "0").status_code == 302
    stuk = f"/leerlingen/stukken/{b.extra['voorbereiding'].stuk_id}/"
    school = anna.get(stuk).content.decode()
    assert "is ermee bezig" in school and "rustig" not in school
    assert "Goed &amp; rustig" in vader.get(deel(b) + "insturen/").content.decode()
    assert vader.post(deel(b) + "insturen/").status_code == 302
    na = vader.get(deel(b)).content.decode()
    assert "U hebt dit ingestuurd op" in na and "<textarea" not in na and "Goed &amp; rustig" in na
    assert vader.get(deel(b) + "insturen/").status_code == 302
    school = anna.get(stuk).content.decode()
    assert "Goed &amp; rustig" in school and "van Dirk Jansen, ingestuurd op" in school
    assert "Een ouder heeft het eigen deel ingestuurd" in anna.get("/").content.decode()


def test_bewaren_antwoordt_zoals_de_papieren_van_de_school(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """200 with the version, 409 with both texts, a plain sentence for a page that is out of date."""
    b = bezetting
    vader = inloggen(b.dirk.gebruiker)
    kop = {"X-Zorgpad-Autosave": "1"}
    assert bewaar(vader, b, "Goed", "0", **kop).json() == {"versie": 1, "om": "10.00"}
    botsing = bewaar(vader, b, "Anders", "0", **kop)
    assert (botsing.status_code, botsing.json()["tekst"], botsing.json()["versie"]) == (409, "Goed", 1)
    assert bewaar(vader, b, "x", "nul", **kop).status_code == 422
    assert bewaar(vader, b, "x" * 50_001, "1", **kop).status_code == 422


def test_zonder_gezag_ander_kind_of_ingelogd_als_school_bestaat_het_niet(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """Also right after authority ended, with the page still open."""
    from zorg.kern.schoolcontext import schoolcontext

    b = bezetting
    vader = inloggen(b.dirk.gebruiker)
    assert vader.get(deel(b)).status_code == 200
    for wie in ("ouder_ander", "ouder_zonder_gezag", "ouder_onbekend", "anna", "carla", "ib_anders", "extern"):
        vreemd = inloggen(b.lid(wie).gebruiker)
        for adres in (deel(b), deel(b) + "insturen/"):
            assert vreemd.get(adres).status_code == 404, (wie, adres)
        assert bewaar(vreemd, b, "x", "0").status_code == 404, wie
    with schoolcontext([b.kogerveld]):
        alle = Ouderschap.objects.systeemtoegang(reden="test").select_related("school", "persoon")
        ouderschap = alle.get(leerling=b.aya, persoon=b.dirk.persoon)
        services.gezag_wijzigen(ouderschap=ouderschap, gezag="ja", beperking="contactverbod", door=b.carla.gebruiker)
    assert vader.get(deel(b)).status_code == 404
    assert bewaar(vader, b, "x", "0").status_code == 404


def test_wat_de_school_terugtrok_blijft_leesbaar_voor_de_ouder(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    vader, anna = inloggen(b.dirk.gebruiker), inloggen(b.anna.gebruiker)
    bewaar(vader, b, "Mijn woorden", "0")
    assert anna.post(f"/leerlingen/ouderdelen/{b.extra['ouderdeel'].pk}/intrekken/").status_code == 302
    pagina = vader.get(deel(b)).content.decode()
    assert "niet meer nodig" in pagina and "Mijn woorden" in pagina and "<textarea" not in pagina
    assert bewaar(vader, b, "Meer", "1").status_code == 409
    assert "Mijn woorden" not in anna.get(f"/leerlingen/stukken/{b.extra['voorbereiding'].stuk_id}/").content.decode()


def test_de_school_vraagt_vanaf_het_stuk(bezetting: Bezetting, inloggen: Inloggen) -> None:
    from zorg.kern.schoolcontext import schoolcontext

    b = bezetting
    anna = inloggen(b.anna.gebruiker)
    adres = f"/leerlingen/documenten/{b.extra['voorbereiding'].pk}/ouders/"
    anna.post(f"/leerlingen/ouderdelen/{b.extra['ouderdeel'].pk}/intrekken/")
    for fout in ("morgen", "2026-01-01", "2036-01-01"):
        assert anna.post(adres, {"voor": fout}).status_code == 409, fout
    assert anna.post(adres, {"voor": "2026-11-20"}).status_code == 302
    with schoolcontext([b.kogerveld]):
        open_ = Ouderdeel.objects.systeemtoegang(reden="test").get(ingetrokken_op__isnull=True)
    assert f"{open_.voor}" == "2026-11-20" and open_.persoon_id == b.dirk.persoon.pk


@pytest.mark.traag
def test_wat_de_paginas_vragen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    vader = inloggen(b.dirk.gebruiker)
    bewaar(vader, b, "Goed", "0")
    for adres in (deel(b), deel(b) + "insturen/", f"/ouders/{b.aya.pk}/"):
        vader.get(adres)
        assert len(vragen(vader, adres)) <= 12, adres
