"""A typing error in a name is mended by the school, where no file of the administration says who somebody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import Leerling
from tests.bouw import Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[..., Any]
GOED = {"roepnaam": "Bram", "achternaam": "Janssen", "geboortedatum": "2016-05-05", "geslacht": "man"}


def test_de_naam_verbeteren(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The page, every list and search know the new name; what stood there is in the history."""
    b, ib = bezetting, inloggen(bezetting.carla.gebruiker)
    pad = f"/leerlingen/{b.bram.pk}/gegevens/"
    assert f'href="{pad}"' in ib.get(f"/leerlingen/{b.bram.pk}/").content.decode()
    assert 'value="Jansen"' in ib.get(pad).content.decode()
    assert ib.post(pad, GOED).status_code == 302
    with schoolcontext([b.kogerveld]):
        kind = Leerling.objects.systeemtoegang(reden="test").get(pk=b.bram.pk)
    assert (kind.naam, kind.geboortedatum) == ("Bram Janssen", date(2016, 5, 5))
    assert "Bram Janssen" in ib.get("/zoeken/?q=janssen").content.decode()
    assert ib.post(pad, GOED | {"geboortedatum": "1950-01-01"}).status_code == 422


def test_wat_uit_de_administratie_komt_wijzigt_men_daar(op_school: Bezetting) -> None:
    b = op_school
    Leerling.objects.systeemtoegang(reden="test").filter(pk=b.bram.pk).update(sleutel="L1")
    b.bram.refresh_from_db()
    with pytest.raises(DomeinFout, match="lees het bestand opnieuw in"):
        services.gegevens_wijzigen(leerling=b.bram, velden={"roepnaam": "X"}, door=b.carla.gebruiker)
