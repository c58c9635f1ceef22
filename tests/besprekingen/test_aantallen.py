"""What the pages of meetings and of the care route ask of the database: the same at two rows and at thirty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.besprekingen.groei import in_de_kalender, om_de_leerling, op_de_agenda
from tests.bouw import Bezetting
from tests.bouw.vragen import vergelijk, vragen

Inloggen = Callable[[Any], Any]
Groei = Callable[[Bezetting, range], None]


def _paginas(b: Bezetting, groei: Groei) -> list[tuple[str, Any, bool]]:
    """Address, who looks, and whether only the tab is asked for."""
    extra: Any = b.extra
    bespreking, punt, bram = extra["bespreking"].pk, extra["punt"].pk, b.bram.pk
    van_een = f"/besprekingen/leerlingen/{bram}"
    if groei is op_de_agenda:
        return [
            (f"/besprekingen/{bespreking}/", b.carla, False),
            (f"/besprekingen/{bespreking}/?punt={punt}", b.anna, False),
            (f"/besprekingen/{bespreking}/inbrengen/", b.carla, False),
            (f"/besprekingen/{bespreking}/leden/", b.carla, False),
            (f"/besprekingen/{bespreking}/houden/", b.carla, False),
            (f"/besprekingen/punten/{punt}/buiten/", b.carla, False),
            (f"/besprekingen/evaluaties/{extra['evaluatie'].pk}/", b.anna, False),
        ]
    if groei is om_de_leerling:
        return [
            *((f"{van_een}/{tab}", wie, deel) for tab in ("", "zorg/") for wie in (b.carla, b.anna) for deel in (0, 1)),
            *((f"{van_een}/{pagina}/", b.carla, False) for pagina in
              ("nieuw", "gesprek", "onderzoek", "instantie", "toestemming", "rapport")),
            (f"/besprekingen/onderzoeken/{extra['onderzoek'].pk}/uitslag/", b.carla, False),
            (f"/besprekingen/rapporten/{extra['rapport'].pk}/", b.carla, False),
            (f"/leerlingen/{bram}/", b.anna, False),
            (f"/leerlingen/{bram}/", b.carla, False),
        ]  # fmt: skip
    return [
        ("/besprekingen/", b.carla, False),
        ("/besprekingen/?welke=komend", b.dora, False),
        ("/besprekingen/?welke=afronden", b.carla, False),
        ("/besprekingen/nieuw/", b.carla, False),
        ("/kalender/", b.carla, False),
        ("/kalender/?wat=mijn", b.anna, False),
        ("/kalender/jaar/", b.carla, False),
        ("/kalender/vrije-dagen/", b.carla, False),
        ("/kalender/vergadertijden/", b.carla, False),
    ]


@pytest.mark.traag
@pytest.mark.parametrize("groei", [op_de_agenda, om_de_leerling, in_de_kalender])
def test_evenveel_vragen_bij_twee_als_bij_dertig(bezetting: Bezetting, inloggen: Inloggen, groei: Groei) -> None:
    b = bezetting
    groei(b, range(2))
    paginas = _paginas(b, groei)
    browsers = {}
    for _, lid, deel in paginas:
        browser = browsers[lid.gebruiker.pk, bool(deel)] = inloggen(lid.gebruiker)
        if deel:
            browser.defaults |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tab"}
    for url, lid, deel in paginas:
        vragen(browsers[lid.gebruiker.pk, bool(deel)], url)  # what a process keeps after the first look
    weinig = [vragen(browsers[lid.gebruiker.pk, bool(deel)], url) for url, lid, deel in paginas]
    groei(b, range(2, 30))
    te_duur = []
    for (url, lid, deel), eerder in zip(paginas, weinig, strict=True):
        try:
            vergelijk(eerder, vragen(browsers[lid.gebruiker.pk, bool(deel)], url))
        except AssertionError as fout:
            te_duur.append(f"{url} ({lid.persoon.roepnaam}, deel={deel}): {fout}")
    assert not te_duur, "\n\n".join(te_duur)
