"""The pages of the first floor: what they cost, and what they say when there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from leerlingen import services
from tests.bouw import Bezetting, fabriek
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.django_db
Inloggen = Callable[[Any], Any]


def groei(bezetting: Bezetting, nummers: range) -> None:
    """More pupils in 6a, notes and attachments of Bram, colleagues, parents and tasks: one of each a number."""
    anna = bezetting.anna.gebruiker
    with schoolcontext([bezetting.kogerveld]):
        for nummer in nummers:
            fabriek.leerling(bezetting.kogerveld, f"Kind{nummer}", groep=bezetting.groep_6a)
            stuk = fabriek.notitie(bezetting.bram, anna, titel=f"Notitie {nummer}")
            services.publiceren(stuk=stuk, door=anna)
            fabriek.lid(bezetting.kogerveld, f"Collega{nummer}", "leerkracht")
            services.bijlage_toevoegen(stuk=bezetting.notitie, bestand=fabriek.pdf(f"{nummer}.pdf"), door=anna)
            fabriek.ouder(bezetting.kogerveld, f"Ouder{nummer}", bezetting.bram, gezag="onbekend")
            services.taak_maken(
                school=bezetting.kogerveld,
                soort="proef",
                sleutel=f"proef:{nummer}",
                titel="Proef",
                persoon=bezetting.anna.persoon,
                leerling=bezetting.bram,
                door=None,
            )


def paginas(b: Bezetting) -> list[tuple[str, Any]]:
    return [
        (reverse("leerlingen:lijst"), b.carla),
        (reverse("leerlingen:lijst") + "?q=kind&sorteer=voornaam", b.anna),
        (reverse("leerlingen:leerling", args=[b.bram.pk]), b.anna),
        (reverse("leerlingen:dossier", args=[b.bram.pk]), b.carla),
        (reverse("leerlingen:ouders", args=[b.bram.pk]), b.carla),
        (reverse("leerlingen:kijkers", args=[b.bram.pk]), b.carla),
        (reverse("leerlingen:stuk", args=[b.notitie.pk]), b.anna),
        (reverse("leerlingen:versies", args=[b.notitie.pk]), b.anna),
        (reverse("overzicht:vandaag"), b.anna),
        (reverse("overzicht:zoeken") + "?q=kind", b.carla),
        (reverse("overzicht:logboek"), b.carla),
        (reverse("beheer:mensen"), b.beheerder),
        (reverse("beheer:mensen") + "?soort=ouders", b.beheerder),
        (reverse("beheer:post"), b.beheerder),
        (reverse("beheer:begin"), b.beheerder),
        (reverse("portaal:kind", args=[b.bram.pk]), b.dirk),
        (reverse("portaal:wie_keek", args=[b.bram.pk]), b.dirk),
    ]


@pytest.mark.traag
def test_lijsten_kosten_bij_2_en_bij_30_rijen_hetzelfde(
    bezetting: Bezetting, inloggen: Inloggen, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    groei(bezetting, range(2))
    rijen = paginas(bezetting)
    browsers = {lid.gebruiker.pk: inloggen(lid.gebruiker) for _, lid in rijen}
    for url, lid in rijen:
        vragen(browsers[lid.gebruiker.pk], url)  # what a process keeps after the first time
    weinig = [vragen(browsers[lid.gebruiker.pk], url) for url, lid in rijen]
    groei(bezetting, range(2, 30))
    for (url, lid), eerder in zip(rijen, weinig, strict=True):
        vergelijk_met_naam(url, eerder, vragen(browsers[lid.gebruiker.pk], url))


def vergelijk_met_naam(url: str, weinig: list[str], veel: list[str]) -> None:
    try:
        vergelijk(weinig, veel)
    except AssertionError as fout:
        raise AssertionError(f"{url}: {fout}") from None
