"""Signing in: no hint which addresses exist, no sign-up, limits, invitations by a link that works once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from leerlingen import services
from tests.bouw import Bezetting
from tests.bouw.fabriek import WACHTWOORD
from zorg.kern.models import Gebruiker


@pytest.fixture(autouse=True)
def _geen_oude_grenzen() -> None:
    cache.clear()


def _in(klant: Client, email: str, wachtwoord: str, **extra: str) -> Any:
    return klant.post("/inloggen/", {"login": email, "password": wachtwoord, **extra})


def _tekst(antwoord: Any) -> str:
    return re.sub(r"csrf\w+\" value=\"\w+|[0-9a-f]{12}|[\w.+-]+@[\w.-]+", "", antwoord.content.decode())


def test_inloggen_en_uitloggen(bezetting: Bezetting, client: Client) -> None:
    antwoord = _in(client, bezetting.anna.gebruiker.email.upper(), WACHTWOORD)
    assert antwoord.status_code == 302 and antwoord["Location"] == "/"
    koek = client.cookies["sessionid"]
    assert koek["httponly"] and koek["samesite"] == "Lax"
    assert client.get("/leerlingen/").status_code == 200
    assert client.post("/uitloggen/").status_code == 302
    assert client.get("/leerlingen/").status_code == 302


def test_sessie_wisselt_bij_inloggen(bezetting: Bezetting, client: Client) -> None:
    """A key that somebody planted before does not become the key of a signed-in session."""
    client.get("/inloggen/")
    voor = client.session.session_key
    _in(client, bezetting.anna.gebruiker.email, WACHTWOORD)
    assert client.session.session_key != voor


def test_verkeerd_wachtwoord_en_onbekend_adres_lijken_op_elkaar(bezetting: Bezetting) -> None:
    verkeerd = _in(Client(), bezetting.anna.gebruiker.email, "een-ander-wachtwoord")
    onbekend = _in(Client(), "niemand@nergens.test", "een-ander-wachtwoord")
    assert verkeerd.status_code == onbekend.status_code == 200
    assert _tekst(verkeerd) == _tekst(onbekend)


def test_vijf_keer_mis_is_wachten(bezetting: Bezetting) -> None:
    """After five failures the right password does not help either, whatever browser."""
    for _ in range(5):
        _in(Client(), bezetting.anna.gebruiker.email, "een-ander-wachtwoord")
    antwoord = _in(Client(), bezetting.anna.gebruiker.email, WACHTWOORD)
    assert antwoord.status_code != 302
    assert _in(Client(), bezetting.bas.gebruiker.email, WACHTWOORD).status_code == 302, "others go on"


def test_wie_niet_actief_is_komt_niet_binnen(bezetting: Bezetting, client: Client) -> None:
    Gebruiker.objects.filter(pk=bezetting.anna.gebruiker.pk).update(is_active=False)
    _in(client, bezetting.anna.gebruiker.email, WACHTWOORD)
    assert client.get("/leerlingen/").status_code == 302


def test_gesloten_account_ziet_meteen_niets(op_school: Bezetting) -> None:
    """In a running session too: the next request has no school."""
    klant = Client()
    klant.force_login(op_school.anna.gebruiker)
    adres = f"/leerlingen/{op_school.bram.pk}/"
    assert klant.get(adres).status_code == 200
    services.account_sluiten(persoon=op_school.anna.persoon, door=op_school.beheerder.gebruiker)
    assert klant.get(adres).status_code == 404


@pytest.mark.parametrize("doel", ["https://kwaad.test/", "//kwaad.test/", "javascript:alert(1)", "/\\kwaad.test"])
def test_na_inloggen_niet_naar_elders(bezetting: Bezetting, client: Client, doel: str) -> None:
    antwoord = _in(client, bezetting.anna.gebruiker.email, WACHTWOORD, next=doel)
    assert antwoord.status_code == 302 and "kwaad" not in antwoord["Location"] and "script" not in antwoord["Location"]


def test_niemand_meldt_zichzelf_aan(bezetting: Bezetting, client: Client) -> None:
    velden = {"email": "nieuw@proef.test", "password1": WACHTWOORD, "password2": WACHTWOORD}
    client.post("/account/aanmelden/", velden)
    assert not Gebruiker.objects.filter(email="nieuw@proef.test").exists()


def test_wachtwoord_vergeten_verraadt_geen_adres(bezetting: Bezetting) -> None:
    adres = "/account/wachtwoord/vergeten/"
    bekend = Client().post(adres, {"email": bezetting.anna.gebruiker.email})
    assert [brief.to for brief in mail.outbox] == [[bezetting.anna.gebruiker.email]]
    mail.outbox.clear()
    onbekend = Client().post(adres, {"email": "niemand@nergens.test"})
    assert not mail.outbox
    assert (bekend.status_code, bekend["Location"]) == (onbekend.status_code, onbekend["Location"])


def test_uitnodiging_werkt_een_keer(op_school: Bezetting, client: Client, werk_uitvoeren: Callable[..., int]) -> None:
    """The link of an invitation sets a password, once; after that it is dead."""
    persoon = services.persoon_toevoegen(
        school=op_school.kogerveld, roepnaam="Nieuw", achternaam="Hier", email="nieuw@proef.test", door=None
    )
    services.uitnodigen(persoon=persoon, door=op_school.beheerder.gebruiker)
    werk_uitvoeren()
    [brief] = [brief for brief in mail.outbox if brief.to == ["nieuw@proef.test"]]
    link = re.search(r"https?://[^/]+(/account/\S+)", str(brief.body))
    assert link is not None
    formulier = client.get(link.group(1), follow=True)
    pad = formulier.redirect_chain[-1][0] if formulier.redirect_chain else link.group(1)
    nieuw = "een-heel-nieuw-wachtwoord"
    assert client.post(pad, {"password1": nieuw, "password2": nieuw}).status_code == 302
    assert _in(Client(), "nieuw@proef.test", nieuw).status_code == 302
    ander = Client()
    pagina = ander.get(link.group(1), follow=True)
    pad = pagina.redirect_chain[-1][0] if pagina.redirect_chain else link.group(1)
    ander.post(pad, {"password1": WACHTWOORD, "password2": WACHTWOORD})
    assert _in(Client(), "nieuw@proef.test", WACHTWOORD).status_code != 302


@pytest.mark.parametrize("zwak", ["kort", "password1234", "{email}"])
def test_zwak_wachtwoord_wordt_geweigerd(bezetting: Bezetting, zwak: str) -> None:
    """Too short, among the most used, or one's own address."""
    klant = Client()
    klant.force_login(bezetting.anna.gebruiker)
    zwak = zwak.format(email=bezetting.anna.gebruiker.email)
    klant.post("/account/wachtwoord/", {"oldpassword": WACHTWOORD, "password1": zwak, "password2": zwak})
    bezetting.anna.gebruiker.refresh_from_db()
    assert bezetting.anna.gebruiker.check_password(WACHTWOORD)


def test_een_adres_een_account(bezetting: Bezetting) -> None:
    """Capitals make no second account."""
    from django.db import IntegrityError, transaction

    email = bezetting.anna.gebruiker.email
    for vorm in (email, email.upper()):
        with pytest.raises(IntegrityError), transaction.atomic():
            Gebruiker.objects.create(email=vorm, naam="Dubbel")
    assert Gebruiker.objects.get_by_natural_key(email.upper()) == bezetting.anna.gebruiker
