"""Names hold what can be seen, however they come in; what stands there already breaks no table."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from leerlingen import services
from leerlingen.models import Groep, Leerling
from tests.bouw import VANDAAG, Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext
from zorg.kern.tekst import een_regel
from zorg.kern.werkboek import als_excel

Inloggen = Callable[[Any], Any]
VREEMD = "C\x07D\u200b\u202e  E"


@pytest.mark.parametrize("leeg", ["\u200b", "\u200d\u200d", "\u3164", "\u2800 \u2800", "\ufe0f", " \x07 ", "\u00ad"])
def test_een_naam_van_niets_is_leeg(leeg: str) -> None:
    assert een_regel(leeg) == ""


@pytest.mark.parametrize("naam", ["明", "Łukasz-Żak", "'t Hooft", "نور", "-", "A\u0301", "क्\u200dष"])
def test_wat_te_zien_is_blijft(naam: str) -> None:
    assert een_regel(f" {naam} ")
    assert len(een_regel(naam)) <= len(naam)


def test_met_de_hand_ingevoerd(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.carla.gebruiker)
    groep = {"naam": f"3{VREEMD}", "schooljaar": "2026-2027", "jaargroep": "3", "soort": "stamgroep"}
    assert browser.post(reverse("beheer:groep_erbij"), groep).status_code == 302
    kind = {"roepnaam": VREEMD, "achternaam": "Maas", "groep": b.groep_6a.pk, "vanaf": "2026-11-03"}
    kind["geboortedatum"] = "2016-01-01"
    assert browser.post(reverse("beheer:leerling_erbij"), kind | {"roepnaam": "\u200b\x07"}).status_code == 422
    assert browser.post(reverse("beheer:leerling_erbij"), kind).status_code == 302
    with schoolcontext([b.kogerveld]):
        assert Leerling.objects.systeemtoegang(reden="de proef op namen").filter(roepnaam="CD E").count() == 1
        assert Groep.objects.systeemtoegang(reden="de proef op namen").filter(naam="3CD E").count() == 1


def test_langs_de_diensten(op_school: Bezetting) -> None:
    b = op_school
    persoon = services.persoon_toevoegen(school=b.kogerveld, roepnaam=VREEMD, achternaam="Bos", door=None)
    kind = services.inschrijven(school=b.kogerveld, vanaf=VANDAAG, roepnaam=VREEMD, achternaam="Bos", door=None)
    assert persoon.roepnaam == kind.roepnaam == "CD E"
    with pytest.raises(DomeinFout, match="Vul een naam in"):
        services.persoon_toevoegen(school=b.kogerveld, achternaam="\u200b", door=None)


def test_wat_er_al_stond_breekt_geen_tabel(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        Leerling.objects.systeemtoegang(reden="een rij van vroeger").filter(pk=b.bram.pk).update(roepnaam="C\x07D")
    browser = inloggen(b.carla.gebruiker)
    for pad in (f"/groepen/{b.groep_6a.pk}/excel/", "/zorgbord/excel/"):
        assert browser.get(pad).status_code == 200, pad


def test_werkboek_laat_vallen_wat_niet_past() -> None:
    blad: Any = load_workbook(BytesIO(als_excel("Blad", ["Naam", "B"], [["C\x07D\ufffe", "\x00"]]))).active
    assert [vak.value for vak in blad[2]] == ["CD", None]
