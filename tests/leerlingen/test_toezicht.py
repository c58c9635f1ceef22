"""Who manages accounts does not get at dossiers by it: not by a role of their own, not by somebody's password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import Aanstelling, Taak
from tests.bouw import VANDAAG, Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[..., Any]


def geef(b: Bezetting, wie: str, rol: str, door: str) -> Aanstelling:
    return services.aanstellen(persoon=b.lid(wie).persoon, rol=rol, vanaf=VANDAAG, door=b.lid(door).gebruiker)


def taken(b: Bezetting) -> list[Taak]:
    return list(Taak.objects.systeemtoegang(reden="test").filter(soort="rol_gegeven"))


@pytest.mark.parametrize("rol", ["ib", "directeur"])
def test_niemand_geeft_zichzelf_een_rol_die_alles_opent(op_school: Bezetting, rol: str) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match="geeft u niet aan uzelf"):
        geef(b, "beheerder", rol, "beheerder")
    rollen = Aanstelling.objects.systeemtoegang(reden="test").filter(persoon=b.beheerder.persoon)
    assert [rij.rol for rij in rollen] == ["beheerder"]


def test_een_gewone_rol_mag_wel(op_school: Bezetting) -> None:
    """The ICT coordinator who also teaches."""
    assert geef(op_school, "beheerder", "leerkracht", "beheerder").rol == "leerkracht"
    assert taken(op_school) == []


def test_zonder_directeur_richt_iemand_de_school_in(op_school: Bezetting) -> None:
    """The first director of a school is often who sets it up."""
    b = op_school
    Aanstelling.objects.systeemtoegang(reden="test").filter(rol="directeur").delete()
    assert geef(b, "beheerder", "directeur", "beheerder").rol == "directeur"


def test_de_directeur_hoort_het(op_school: Bezetting) -> None:
    b = op_school
    geef(b, "bas", "ib", "beheerder")
    (taak,) = taken(b)
    assert (taak.persoon, taak.rol) == (b.dora.persoon, "directeur")
    assert taak.uitleg == (
        f"{b.bas.persoon.naam} is intern begeleider vanaf 3 november; dat gaf {b.beheerder.gebruiker.naam}. "
        "Klopt het niet, beëindig de rol."
    )
    mails = Bericht.objects.systeemtoegang(reden="test").filter(
        aan=b.dora.persoon.email, onderwerp__startswith="Iemand"
    )
    assert mails.count() == 1


def test_wie_het_zelf_deed_hoort_het_niet(op_school: Bezetting) -> None:
    geef(op_school, "bas", "ib", "dora")
    assert taken(op_school) == []


def test_een_nieuwe_uitnodiging_opent_geen_bestaand_account(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Without a mail server the administrator reads the outgoing mail: there is no link for who has a password."""
    b = bezetting
    browser = inloggen(b.beheerder.gebruiker)
    pad = f"/beheer/mensen/{b.bas.persoon.pk}/"
    assert browser.post(f"{pad}uitnodigen/").status_code == 302
    with schoolcontext([b.kogerveld]):
        bericht = Bericht.objects.systeemtoegang(reden="test").filter(aan=b.bas.gebruiker.email).latest("pk")
    assert "/wachtwoord/" not in bericht.tekst and "Wachtwoord vergeten" in bericht.tekst


def test_een_eerste_uitnodiging_heeft_een_link(op_school: Bezetting) -> None:
    b = op_school
    nieuw = services.persoon_toevoegen(
        school=b.kogerveld, roepnaam="Saar", achternaam="Nieuw", email="saar@kogerveld.test", door=b.beheerder.gebruiker
    )
    services.uitnodigen(persoon=nieuw, door=b.beheerder.gebruiker)
    berichten = Bericht.objects.systeemtoegang(reden="test").filter(aan=nieuw.email)
    assert ["een account voor u gemaakt" in rij.tekst for rij in berichten] == [True]
