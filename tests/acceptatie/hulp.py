"""Short ways for the acceptance tests: another procedure for the school, a paper as its page, a meeting, a year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Agendapunt, Bespreking
from leerlingen import services as leerlingservices
from leerlingen.models import Taak, Zorgniveauperiode
from leerlingen.profiel import als_json, lees_ingebouwd
from leerlingen.zorgfeiten import Zorgfeiten
from tests.bouw import NU, VANDAAG, Bezetting
from tests.leerlingen.zorgroute_feiten import RIJK, compleet
from zorg.kern import klok
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[[Any], Any]
AUGUSTUS = klok.lees_moment("2026-08-03T10:00")
KOGERVELD = compleet()
OVERAL = RIJK


def alles(model: Any, **zoek: Any) -> Any:
    """Rows, whoever may see them."""
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def geval(nummer: str, *waarden: object) -> Any:
    """One case of a table that proves one number by itself."""
    return pytest.param(*waarden, marks=pytest.mark.acceptatie(nummer), id=nummer)


def neem_profiel(b: Bezetting, code: str) -> None:
    """De Kogerveld works by another of the procedures that ship, since August."""
    with schoolcontext([b.kogerveld]), klok.stilgezet(AUGUSTUS):
        leerlingservices.profiel_vastleggen(
            school=b.kogerveld, inhoud=als_json(lees_ingebouwd(code)), toelichting="test", door=None
        )


# -- papers -----------------------------------------------------------------------------------------------------------


def begin_papier(b: Bezetting, inloggen: Inloggen, soort: str, wie: str = "carla", leerling: Any = None) -> str:
    """Begin a paper about Bram as somebody does it on screen; the page of the paper."""
    kind = leerling or b.bram
    antwoord = inloggen(b.lid(wie).gebruiker).post(f"/plannen/leerling/{kind.pk}/", {"soort": soort}, follow=True)
    assert antwoord.status_code == 200, (soort, antwoord.status_code)
    return str(antwoord.content.decode())


def velden(pagina: str) -> dict[str, str]:
    """The questions that can be answered on a page: «section-question» → what is asked."""
    gevonden = re.findall(r'<label for="([^"]+)">([^<]+?)\s*<', pagina)
    gevonden += re.findall(r'<legend id="([^"]+)-vraag">([^<]+?)\s*<', pagina)
    return {sleutel: unescape(tekst) for sleutel, tekst in gevonden}


# -- meetings ---------------------------------------------------------------------------------------------------------


def plan(b: Bezetting, soort: str, dagen: int = 10, *, door: str = "carla", **velden: Any) -> Bespreking:
    """A meeting so many days from now; the school is in the context."""
    return services.bespreking_plannen(
        school=b.kogerveld, soort=soort, begin=klok.nu() + timedelta(days=dagen), sleutel=f"{soort}:{dagen}",
        door=b.lid(door).gebruiker, **velden,
    )  # fmt: skip


def punt_van(bespreking: Bespreking) -> Agendapunt:
    """The item about the pupil."""
    rijen = alles(Agendapunt, bespreking=bespreking, leerling__isnull=False)
    punt: Agendapunt = rijen.select_related(
        "bespreking__school", "bespreking__profielversie", "leerling__school", "stuk", "voorbereiding__stuk"
    ).get()
    return punt


def blad(inloggen: Inloggen, gebruiker: Any, bespreking: Bespreking) -> str:
    """The page of a meeting as this account sees it."""
    antwoord = inloggen(gebruiker).get(f"/besprekingen/{bespreking.pk}/")
    assert antwoord.status_code == 200
    return unescape(antwoord.content.decode())


def spreek_ouders(b: Bezetting, wie: str = "ouders") -> None:
    """A talk today, on record."""
    services.gesprek_vastleggen(
        leerling=b.bram, soort=wie, op=klok.vandaag(b.kogerveld), tekst="Gesproken", door=b.anna.gebruiker
    )


def toestemming(b: Bezetting, doel: str, stukken: Iterable[Any] = (), *, dagen_geleden: int = 0) -> None:
    """Asked of the parents with authority and answered with yes."""
    with klok.stilgezet(klok.nu() - timedelta(days=dagen_geleden)):
        _vraag_en_antwoord(b, doel, stukken)


def _vraag_en_antwoord(b: Bezetting, doel: str, stukken: Iterable[Any]) -> None:
    gevraagd = services.toestemming_vragen(
        leerling=b.bram, doel=doel, deelnemers="de orthopedagoog", stukken=stukken, tot=None, op=None,
        door=b.carla.gebruiker,
    )  # fmt: skip
    leerlingservices.toestemming_beantwoorden(
        toestemming=gevraagd, keuze="ja", tekstversie=gevraagd.tekstversie, door=b.dirk.gebruiker
    )


def taken_over(b: Bezetting, begin: str) -> dict[str, Any]:
    """Open tasks about Bram by their title."""
    return {taak.titel: taak for taak in alles(Taak, leerling=b.bram, sleutel__startswith=begin, vervallen_op=None)}


def houd(b: Bezetting, punt: Agendapunt, *, besluit: str = "doorgaan") -> None:
    """Hold yesterday's meeting with one goal and a decision."""
    services.doel_stellen(punt=punt, doel="Rustig", voor=VANDAAG + timedelta(weeks=4), door=b.carla.gebruiker)
    services.besluit_nemen(punt=punt, code=besluit, door=b.carla.gebruiker)
    services.bespreking_houden(bespreking=punt.bespreking, aanwezig=[], door=b.carla.gebruiker)


# -- the care route ---------------------------------------------------------------------------------------------------


def stap(
    b: Bezetting, monkeypatch: pytest.MonkeyPatch, van: str | None, naar: str, *, feiten: Zorgfeiten = KOGERVELD
) -> Zorgniveauperiode:
    """Move Bram from one level to another while every condition is met, through the service of the page."""
    from besprekingen.services import route

    def alles_gedaan(leerling: Any, rollen: frozenset[str] = frozenset(), **rest: Any) -> Zorgfeiten:
        return replace(feiten, niveau=van, rollen=rollen)

    monkeypatch.setattr(route, "zorgfeiten", alles_gedaan)
    if van is not None:
        leerlingservices.zorgniveau_beginnen(
            leerling=b.bram, niveau=van, vanaf=date(2026, 9, 1), reden="Beginstand", door=None
        )
    return services.niveau_wijzigen(leerling=b.bram, naar=naar, reden="Alles is gedaan", door=b.carla.gebruiker)


def taken_na(periode: Zorgniveauperiode) -> dict[str, Any]:
    """What a step gave people to do: title → task."""
    return {taak.titel: taak for taak in alles(Taak, sleutel__startswith=f"stap:{periode.pk}:")}


__all__ = [
    "AUGUSTUS",
    "KOGERVELD",
    "NU",
    "OVERAL",
    "Inloggen",
    "alles",
    "begin_papier",
    "blad",
    "geval",
    "houd",
    "neem_profiel",
    "plan",
    "punt_van",
    "spreek_ouders",
    "stap",
    "taken_na",
    "taken_over",
    "toestemming",
    "velden",
]
