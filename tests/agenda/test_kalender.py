"""The calendar of the school: a month, the plan of a year that is laid down once, and a feed without pupils."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Bespreking, Deelnemer
from leerlingen import services as leerlingservices
from leerlingen.models import Schooljaar, Taak
from tests.bouw import NU, Bezetting, fabriek
from zorg.agenda.views import teken_van
from zorg.kern.models import Bericht, Werk
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
JAAR = "/kalender/jaar/"


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def bespreking_over(b: Bezetting, dagen: int, soort: str = "leerlingbespreking", **velden: Any) -> Bespreking:
    with schoolcontext([b.kogerveld]):
        return services.bespreking_plannen(
            school=b.kogerveld, soort=soort, begin=NU + timedelta(days=dagen), sleutel=f"{soort}:{dagen}",
            door=b.carla.gebruiker, **velden,
        )  # fmt: skip


# -- the month --------------------------------------------------------------------------------------------------------


def test_de_maand_toont_wat_men_ziet_en_geen_namen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    bespreking = bespreking_over(b, 7, leerling=b.bram)
    adres = f"/besprekingen/{bespreking.pk}/"
    for lid, ziet in ((b.anna, True), (b.carla, True), (b.bas, False)):
        pagina = inloggen(lid.gebruiker).get("/kalender/").content.decode()
        assert (adres in pagina) is ziet, lid.persoon.naam
        assert b.bram.naam not in pagina
    assert adres not in inloggen(b.anna.gebruiker).get("/kalender/?maand=2027-01").content.decode()
    assert adres in inloggen(b.anna.gebruiker).get("/kalender/?wat=mijn").content.decode()
    assert adres not in inloggen(b.dirk.gebruiker).get("/kalender/").content.decode()


def test_wat_is_afgezegd_staat_er_niet(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    bespreking = bespreking_over(b, 7, leerling=b.bram)
    with schoolcontext([b.kogerveld]):
        services.bespreking_afzeggen(bespreking=bespreking, reden="Ziek", door=b.carla.gebruiker)
    assert f"/besprekingen/{bespreking.pk}/" not in inloggen(b.carla.gebruiker).get("/kalender/").content.decode()


@pytest.mark.parametrize(
    "zoek",
    ["maand=9999-12", "maand=0001-01", "maand=x", "maand=2026-13", "wat=" + "x" * 300, "wat=%F0%9F%99%82"],
)
def test_een_vreemde_maand_is_geen_fout(bezetting: Bezetting, inloggen: Inloggen, zoek: str) -> None:
    assert inloggen(bezetting.carla.gebruiker).get(f"/kalender/?{zoek}").status_code == 200


@pytest.mark.parametrize("naam", ["9999-10000", "0000-0001", "2090-2091", "2026-2028", "x", "٢٠٢٦-٢٠٢٧", "1900-1901"])
def test_een_vreemd_schooljaar_is_het_huidige(bezetting: Bezetting, inloggen: Inloggen, naam: str) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        eerst = alles(Schooljaar).count()
    pagina = inloggen(b.carla.gebruiker).get(JAAR, {"schooljaar": naam})
    assert pagina.status_code == 200 and f"Zorgkalender {b.jaar}" in pagina.content.decode()
    with schoolcontext([b.kogerveld]):
        assert alles(Schooljaar).count() == eerst


# -- the year ---------------------------------------------------------------------------------------------------------


def test_alleen_de_ib_er_en_de_directeur_plannen_het_jaar(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    for naam, lid in b.leden():
        mag = naam in ("carla", "dora", "ib_anders")
        for doen in ("get", "post"):
            if not mag:
                assert getattr(inloggen(lid.gebruiker), doen)(JAAR).status_code in (302, 403, 404), naam
    assert inloggen(b.dora.gebruiker).get(JAAR).status_code == 200


@pytest.mark.acceptatie("K-89")
def test_het_jaar_twee_keer_vastleggen_is_een_kalender(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Pressed twice, or by two people: the same meetings and tasks; invitations wait for their fortnight."""
    b = bezetting
    browser = inloggen(b.carla.gebruiker)

    def stand() -> tuple[int, int, int, int]:
        with schoolcontext([b.kogerveld]):
            return (
                alles(Bespreking, sleutel__startswith="jaar:").count(),
                alles(Deelnemer).count(),
                alles(Taak, soort="jaarcyclus").count(),
                Werk.objects.filter(soort="bespreking_uitnodigen").count(),
            )

    with schoolcontext([b.kogerveld]):
        mails = alles(Bericht).count()
    assert browser.post(JAAR).status_code == 302
    eerste = stand()
    assert eerste[0] > 10 and eerste[3] >= eerste[0]
    assert browser.post(JAAR).status_code == 302
    assert inloggen(b.dora.gebruiker).post(JAAR).status_code == 302
    assert stand() == eerste
    with schoolcontext([b.kogerveld]):
        assert alles(Bericht).count() == mails, "nobody is invited yet"
        vrij = services.jaar_van(b.jaar)
        for rij in alles(Bespreking, sleutel__startswith="jaar:", activiteit=""):
            assert vrij.is_schooldag(rij.begin.date()), rij.begin


def test_kijken_maakt_geen_schooljaar(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Leafing through the years writes nothing; planning a year makes it."""
    b = bezetting
    browser = inloggen(b.carla.gebruiker)

    def jaren() -> set[str]:
        with schoolcontext([b.kogerveld]):
            return set(alles(Schooljaar).values_list("naam", flat=True))

    eerst = jaren()
    for naam in ("2027-2028", "2025-2026", "2026-2027", "onzin", ""):
        antwoord = browser.get(f"{JAAR}?schooljaar={naam}")
        assert antwoord.status_code == 200
        if naam.startswith("20"):
            assert naam.replace("-", "–") in antwoord.content.decode()
    assert jaren() == eerst
    assert browser.post(f"{JAAR}?schooljaar=2027-2028").status_code == 302
    assert jaren() == {*eerst, "2027-2028"}


def test_een_moment_nemen_dat_niet_is_aangeboden(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        eerst = alles(Bespreking).count()
    for keuze in ("bestaat-niet|2027-03-08T15:15:00", "|", "x" * 500):
        antwoord = inloggen(b.carla.gebruiker).post(JAAR, {"neem": keuze})
        assert antwoord.status_code in (409, 422), antwoord.status_code
        assert "niet meer vrij" in antwoord.content.decode()
    with schoolcontext([b.kogerveld]):
        assert alles(Bespreking).count() == eerst


# -- the feed ---------------------------------------------------------------------------------------------------------


def feed(client: Any, teken: str) -> Any:
    return client.get(f"/kalender/abonnement/{teken}.ics")


def test_het_abonnement_geeft_eigen_afspraken_zonder_leerling(bezetting: Bezetting, client: Any) -> None:
    b = bezetting
    bespreking = bespreking_over(b, 7, leerling=b.bram, plaats="Kamer 3; boven", hulpvraag="Bram wil niet")
    ander = bespreking_over(b, 8, "groepsbespreking", groep=b.groep_6b)
    antwoord = feed(client, teken_van(b.anna.gebruiker))
    tekst = antwoord.content.decode()
    assert antwoord["Content-Type"].startswith("text/calendar") and antwoord.status_code == 200
    assert f"UID:bespreking-{bespreking.pk}@zorgpad" in tekst and r"LOCATION:Kamer 3\; boven" in tekst
    assert f"UID:bespreking-{ander.pk}@zorgpad" not in tekst
    for woord in ("Bram", "Jansen", "wil niet"):
        assert woord not in tekst
    assert all(len(regel.encode()) <= 75 for regel in tekst.split("\r\n"))


def test_het_teken_is_van_een_account_en_een_wachtwoord(bezetting: Bezetting, client: Any) -> None:
    """Nobody else's feed, none after a new password, none after leaving."""
    b = bezetting
    teken = teken_van(b.anna.gebruiker)
    assert teken != teken_van(b.bas.gebruiker)
    for fout in (teken[:-1], teken[:-1] + "%", "x", teken + "a"):
        assert feed(client, fout).status_code == 404
    assert feed(client, teken).status_code == 200
    gebruiker = type(b.anna.gebruiker).objects.get(pk=b.anna.gebruiker.pk)
    gebruiker.set_password(fabriek.WACHTWOORD + "-nieuw")
    gebruiker.save()
    assert feed(client, teken).status_code == 404
    assert feed(client, teken_van(gebruiker)).status_code == 200


def test_wie_vertrok_heeft_geen_afspraken_meer(bezetting: Bezetting, client: Any, klok_op: Any) -> None:
    b = bezetting
    bespreking = bespreking_over(b, 7, leerling=b.bram)
    assert b.duo.aanstelling is not None
    with schoolcontext([b.kogerveld]):
        leerlingservices.aanstelling_beeindigen(
            aanstelling=b.duo.aanstelling, per=(NU + timedelta(days=1)).date(), door=None
        )
    klok_op(NU + timedelta(days=2))
    antwoord = feed(client, teken_van(b.duo.gebruiker))
    assert f"bespreking-{bespreking.pk}@" not in antwoord.content.decode()


def test_het_abonnement_vraagt_altijd_even_veel(bezetting: Bezetting, client: Any) -> None:
    from tests.bouw.vragen import vergelijk, vragen

    b = bezetting
    adres = f"/kalender/abonnement/{teken_van(b.carla.gebruiker)}.ics"
    bespreking_over(b, 1, "sot")
    weinig = vragen(client, adres)
    for dagen in range(2, 42):
        if (NU + timedelta(days=dagen)).isoweekday() < 6:
            bespreking_over(b, dagen, "sot")
    vergelijk(weinig, vragen(client, adres))
