"""What parents ask in the portal, and that the child's page says what they can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bouw import Bezetting
from tests.bouw.vragen import vragen

Inloggen = Callable[[Any], Any]


@pytest.mark.acceptatie("M-81")
def test_vragen_en_afhandelen_op_het_scherm(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    vader, dora = inloggen(b.dirk.gebruiker), inloggen(b.dora.gebruiker)
    kind = vader.get(f"/ouders/{b.bram.pk}/").content.decode()
    for plek in ("gesprek", "inzage", "wie-keek"):
        assert f'href="/ouders/{b.bram.pk}/{plek}/"' in kind
    adres = f"/ouders/{b.bram.pk}/inzage/"
    eerst = vader.get(adres).content.decode()
    assert "binnen 1 maand" in eerst and "of u krijgt een kopie" in eerst
    assert vader.post(adres, {"toelichting": "<b>Alles</b>"}).status_code == 302
    assert "uiterlijk op" in vader.get(adres).content.decode()
    school = dora.get(f"/leerlingen/{b.bram.pk}/ouders/").content.decode()
    assert "&lt;b&gt;Alles&lt;/b&gt;" in school and "antwoord uiterlijk 3 dec" in school
    assert (
        "Verzoeken om inzage" not in inloggen(b.anna.gebruiker).get(f"/leerlingen/{b.bram.pk}/ouders/").content.decode()
    )
    nummer = school.split("/leerlingen/inzageverzoeken/")[1].split("/")[0]
    assert dora.post(f"/leerlingen/inzageverzoeken/{nummer}/verlengen/", {"reden": "Ziekte"}).status_code == 302
    assert "Het duurt langer, want: Ziekte" in vader.get(adres).content.decode()
    klaar = {"uitkomst": "kopie", "antwoord": "Ligt klaar."}
    assert dora.post(f"/leerlingen/inzageverzoeken/{nummer}/afhandelen/", klaar).status_code == 302
    assert "kopie gegeven. Ligt klaar." in vader.get(adres).content.decode()
    assert len(vragen(vader, adres)) <= 12


def test_een_gesprek_vragen_op_het_scherm(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    vader = inloggen(b.dirk.gebruiker)
    adres = f"/ouders/{b.bram.pk}/gesprek/"
    lang = vader.post(adres, {"waarover": "x" * 301})
    assert lang.status_code == 422 and "Houd het kort" in lang.content.decode()
    assert vader.post(adres, {"waarover": "Lezen"}).status_code == 302
    assert "Een ouder vraagt om een gesprek" in inloggen(b.anna.gebruiker).get("/").content.decode()
