"""Recorded signals at the table: an item answers them, a talk takes them up, the care route counts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from besprekingen import services
from besprekingen.models import Bespreking, Puntsignaal
from besprekingen.services.signalen import signalen_bespreken
from leerlingen import zorgroute
from leerlingen.profielen_van_school import huidig_profiel
from lvs.models import VastgelegdSignaal
from lvs.services import signaal_afsluiten, signaal_oppakken, signaal_vastleggen
from tests.bouw import Bezetting
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]


def leg_vast(b: Bezetting, kind: Any, categorie: str = "werkhouding", **velden: Any) -> VastgelegdSignaal:
    velden = {"bron": "observatie", "tekst": "Gezien in de klas.", "door": b.anna.gebruiker} | velden
    return signaal_vastleggen(leerling=kind, categorie=categorie, **velden)


def nu(signaal: VastgelegdSignaal) -> VastgelegdSignaal:
    gevonden: VastgelegdSignaal = VastgelegdSignaal.objects.systeemtoegang(reden="test").get(pk=signaal.pk)
    return gevonden


def groepsbespreking(b: Bezetting, dagen: int = 7) -> Bespreking:
    begin: datetime = klok.nu() + timedelta(days=dagen)
    return services.bespreking_plannen(
        school=b.kogerveld, soort="groepsbespreking", begin=begin, sleutel=f"signalen {dagen}", groep=b.groep_6a,
        door=b.carla.gebruiker,
    )  # fmt: skip


def test_een_agendapunt_pakt_het_signaal_op_en_laat_het_weer_los(op_school: Bezetting) -> None:
    b = op_school
    signaal, bespreking = leg_vast(b, b.aya), groepsbespreking(op_school)
    punt = services.leerling_inbrengen(bespreking=bespreking, leerling=b.aya, signalen=[signaal], door=b.anna.gebruiker)
    vast = nu(signaal)
    assert (vast.stand, vast.waar, vast.toelichting) == (
        "opgepakt", "bespreking", "Groepsbespreking, 10 november 2026",
    )  # fmt: skip
    services.punt_weghalen(punt=punt, door=b.carla.gebruiker)
    vast = nu(signaal)
    assert (vast.stand, vast.waar, vast.gezet_door) == ("open", "", None)


def test_een_afgezegde_bespreking_laat_alleen_los_wat_nergens_anders_staat(op_school: Bezetting) -> None:
    b = op_school
    een, twee = groepsbespreking(b), groepsbespreking(b, 8)
    beide, alleen = leg_vast(b, b.aya), leg_vast(b, b.zoe)
    for bespreking, kind, signaal in ((een, b.aya, beide), (twee, b.aya, beide), (een, b.zoe, alleen)):
        services.leerling_inbrengen(bespreking=bespreking, leerling=kind, signalen=[signaal], door=b.carla.gebruiker)
    services.bespreking_afzeggen(bespreking=een, reden="Ziek", door=b.carla.gebruiker)
    assert (nu(beide).stand, nu(alleen).stand) == ("opgepakt", "open")


def test_wat_intussen_elders_is_opgepakt_blijft_zo(op_school: Bezetting) -> None:
    b = op_school
    signaal, bespreking = leg_vast(b, b.aya), groepsbespreking(op_school)
    services.leerling_inbrengen(bespreking=bespreking, leerling=b.aya, signalen=[signaal], door=b.carla.gebruiker)
    signaal_oppakken(signaal=signaal, waar="plan", door=b.anna.gebruiker)
    services.bespreking_afzeggen(bespreking=bespreking, reden="Ziek", door=b.carla.gebruiker)
    assert nu(signaal).waar == "plan"


def test_alleen_een_lopend_signaal_van_deze_leerling(op_school: Bezetting) -> None:
    b = op_school
    punt = services.leerling_inbrengen(bespreking=groepsbespreking(b), leerling=b.aya, door=b.carla.gebruiker)
    with pytest.raises(DomeinFout, match="andere leerling"):
        signalen_bespreken(punt=punt, signalen=[leg_vast(b, b.zoe)], door=b.carla.gebruiker)
    gesloten = leg_vast(b, b.aya)
    signaal_afsluiten(signaal=gesloten, reden="Klaar", door=b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="afgesloten"):
        signalen_bespreken(punt=punt, signalen=[gesloten], door=b.carla.gebruiker)
    geheim = leg_vast(b, b.aya, vertrouwelijkheid="geheim", door=b.carla.gebruiker)
    with pytest.raises(PermissionDenied):
        signalen_bespreken(punt=punt, signalen=[geheim], door=b.anna.gebruiker)


@pytest.mark.parametrize(
    ("wie", "ziet"),
    [("anna", True), ("carla", True), ("vervanger", False), ("specialist", False), ("bas", False), ("dirk", False),
     ("extern", False), ("ib_anders", False)],
)  # fmt: skip
def test_welk_signaal_een_punt_beantwoordt_ziet_wie_het_signaal_mag_lezen(
    op_school: Bezetting, wie: str, ziet: bool
) -> None:
    b = op_school
    signaal = leg_vast(b, b.aya, vertrouwelijkheid="vertrouwelijk")
    services.leerling_inbrengen(
        bespreking=groepsbespreking(b), leerling=b.aya, signalen=[signaal], door=b.carla.gebruiker
    )
    assert Puntsignaal.objects.zichtbaar_voor(b.lid(wie).gebruiker).filter(signaal=signaal).exists() is ziet


@pytest.mark.acceptatie("K-112")
def test_een_zorg_komt_aan_de_orde_in_het_gesprek_met_de_ouders(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.anna.gebruiker)
    with schoolcontext([b.kogerveld]):
        besproken, ander = leg_vast(b, b.aya), leg_vast(b, b.aya, "motoriek")
    adres = f"/besprekingen/leerlingen/{b.aya.pk}/gesprek/"
    pagina = browser.get(f"{adres}?signaal={besproken.pk}").content.decode()
    assert "Welke signalen hebt u besproken?" in pagina
    antwoord = browser.post(adres, {"soort": "ouders", "op": "2026-11-03", "signalen": [besproken.pk]})
    assert antwoord.status_code == 302
    with schoolcontext([b.kogerveld]):
        assert (nu(besproken).waar, nu(besproken).toelichting) == ("ouders", "Gesprek met ouders, 3 november 2026")
        assert nu(ander).stand == "open"


def test_de_groepsbespreking_toont_de_signalen_van_de_groep(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking = groepsbespreking(b)
        signaal = leg_vast(b, b.zoe, "motoriek")
        geheim = leg_vast(b, b.zoe, "spraak_taal", vertrouwelijkheid="geheim", door=b.carla.gebruiker)
        elders = leg_vast(b, b.chris, door=b.bas.gebruiker)
    adres, browser = f"/besprekingen/{bespreking.pk}/", inloggen(b.anna.gebruiker)
    pagina = browser.get(adres).content.decode()
    knop = f"/besprekingen/{bespreking.pk}/inbrengen/?leerling={b.zoe.pk}&amp;signaal={signaal.pk}"
    assert knop in pagina
    for weg in (geheim, elders):
        assert f"/leerlingen/signalen/{weg.pk}/" not in pagina
    formulier = browser.get(knop.replace("&amp;", "&")).content.decode()
    assert "Motoriek" in formulier
    fout = browser.post(f"{adres}inbrengen/", {"leerling": b.aya.pk, "signaal": signaal.pk, "hulpvraag": ""})
    assert fout.status_code == 422
    browser.post(f"{adres}inbrengen/", {"leerling": b.zoe.pk, "signaal": signaal.pk, "hulpvraag": "Wat helpt?"})
    assert "hier op de agenda" in browser.get(adres).content.decode()
    with schoolcontext([b.kogerveld]):
        assert nu(signaal).waar == "bespreking"


@pytest.mark.traag
def test_de_pagina_vraagt_bij_dertig_signalen_niet_meer(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.carla.gebruiker)
    with schoolcontext([b.kogerveld]):
        bespreking = groepsbespreking(b)
        for kind in (b.aya, b.bram):
            leg_vast(b, kind)
    van_een = f"/besprekingen/leerlingen/{b.bram.pk}"
    paginas = [f"/besprekingen/{bespreking.pk}/", f"/besprekingen/{bespreking.pk}/inbrengen/"]
    paginas += [f"{van_een}/nieuw/", f"{van_een}/gesprek/"]
    for pagina in paginas:
        browser.get(pagina)
    weinig = [vragen(browser, pagina) for pagina in paginas]
    with schoolcontext([b.kogerveld]):
        for n in range(28):
            leg_vast(b, (b.bram, b.zoe)[n % 2])
    for pagina, eerder in zip(paginas, weinig, strict=True):
        vergelijk(eerder, vragen(browser, pagina))


# -- the care route -------------------------------------------------------------------------------------------------


def volgende(b: Bezetting, kind: Any) -> zorgroute.Volgende:
    profiel = huidig_profiel(b.kogerveld)
    return zorgroute.volgende_stap(profiel, services.voor_het_vervolg(services.zorgfeiten(kind), profiel))


@pytest.mark.acceptatie("K-157")
def test_een_open_signaal_over_gedrag_vraagt_om_een_volgende_stap(op_school: Bezetting) -> None:
    b = op_school
    assert volgende(b, b.dunya).soort == "volgen"
    signaal = leg_vast(b, b.dunya, "gedrag_buiten", door=b.bas.gebruiker)
    assert volgende(b, b.dunya).soort != "volgen"
    signaal_oppakken(signaal=signaal, waar="plan", door=b.bas.gebruiker)
    assert volgende(b, b.dunya).soort == "volgen"


@pytest.mark.parametrize(("categorie", "zicht"), [("tempo_inhoud", "gewoon"), ("gedrag_buiten", "geheim")])
def test_wat_in_het_plan_thuishoort_of_weinigen_lezen_duwt_niet(
    op_school: Bezetting, categorie: str, zicht: str
) -> None:
    b = op_school
    leg_vast(b, b.dunya, categorie, vertrouwelijkheid=zicht, door=b.carla.gebruiker)
    assert volgende(b, b.dunya).soort == "volgen"


def test_een_vastgelegd_signaal_is_een_grond_voor_niveau_2_en_wordt_niet_genoemd(op_school: Bezetting) -> None:
    b = op_school
    profiel = huidig_profiel(b.kogerveld)

    def oordeel() -> Any:
        stap = zorgroute.beoordeel(profiel, "1", "2", services.zorgfeiten(b.dunya, ["leerkracht"]))
        return next(u for u in stap.uitkomsten if u.voorwaarde == "signaal")

    assert not oordeel().voldaan
    leg_vast(b, b.dunya, "sociaal_emotioneel", vertrouwelijkheid="geheim", door=b.carla.gebruiker)
    assert oordeel().voldaan
    assert "ociaal" not in oordeel().kort
