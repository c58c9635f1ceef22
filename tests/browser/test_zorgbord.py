"""The care board with pupils on it, as ib'er and as teacher: wide, on a phone, filtered, on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import NU, Browsers
from tests.browser.huis import Huis

BEGINSTAND = """achternaam;roepnaam;geboortedatum;zorgniveau;sinds
Jansen;Bram;2016-05-04;2;2026-09-07
Haddad;Aya;2016-05-04;3;2026-08-31
de Wit;Chris;2016-05-04;4;2026-10-30
"""


@pytest.mark.traag
def test_zorgbord(
    leeg_huis: Callable[[str], Huis], browsers: Browsers, kijk: Callable[[Any], None], tmp_path: Path
) -> None:
    huis = leeg_huis(NU)
    huis.vul()
    bestand = tmp_path / "beginstand.csv"
    bestand.write_text(BEGINSTAND, encoding="utf-8")
    huis.beheer("beginstand_inlezen", str(bestand), "--school", "de-kogerveld")
    for wie, aantal in (("carla", 3), ("anna", 2)):
        pagina = browsers.als(huis, huis.adres_van(wie), huis.gegevens["wachtwoord"])
        pagina.get_by_role("link", name="Zorgbord").first.click()
        rijen = pagina.locator("main table.vast tbody tr")
        for breedte in (1280, 360):
            pagina.set_viewport_size({"width": breedte, "height": 900})
            assert rijen.count() == aantal
            kijk(pagina)
        # on a phone the name of a column stands in the card, and no cell runs into its neighbour
        for rij in rijen.all():
            zorg, hierna = rij.locator("td").nth(1), rij.locator("td").nth(2)
            inhoud = zorg.evaluate("(cel) => { const r = document.createRange(); r.selectNodeContents(cel); "
                                   "return r.getBoundingClientRect().right; }")  # fmt: skip
            assert inhoud <= hierna.bounding_box()["x"]
        assert pagina.locator("main table.vast td[data-k=Wie]").first.is_visible()
        assert not pagina.get_by_role("button", name="Afdrukken").is_hidden()
    pagina.set_viewport_size({"width": 1280, "height": 900})
    pagina.get_by_label("Naam").fill("jan")
    pagina.get_by_role("button", name="Toon").click()
    assert [rij.locator("a").first.inner_text() for rij in rijen.all()] == ["Bram Jansen"]
    pagina.emulate_media(media="print")
    assert pagina.locator("main table.vast tbody tr").is_visible()
    assert pagina.locator("form.filters").is_hidden() and pagina.locator("nav.chips").is_hidden()
    assert pagina.get_by_text("Stand van dinsdag 3 november, een keuze van 1 leerling.").is_visible()
