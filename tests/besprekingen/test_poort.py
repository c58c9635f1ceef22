"""Putting a pupil forward: the gate says no in plain Dutch, consent opens it, and a yes taken back closes it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from besprekingen import selecties, services
from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from leerlingen import services as leerlingservices
from leerlingen.models import Antwoord, DossierstukRecht, Taak, Toestemming
from tests.bouw import NU, Bezetting, fabriek
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht, Werk

pytestmark = pytest.mark.traag

Klok = Callable[[datetime], None]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def over(dagen: int) -> datetime:
    return NU + timedelta(days=dagen)


def bot(b: Bezetting, dagen: int = 10) -> Bespreking:
    return services.bespreking_plannen(
        school=b.kogerveld, soort="bot", begin=over(dagen), sleutel=f"bot:{dagen}", door=b.carla.gebruiker
    )


def groeidocument(b: Bezetting) -> None:
    """Part 1 complete: the other hard condition of the BOT."""
    stuk = leerlingservices.stuk_maken(leerling=b.bram, soort="groeidocument", titel="Groeidocument", door=None)
    fabriek.volledig(leerlingservices.document_maken(soort="groeidocument", stuk=stuk, door=None), b.carla.gebruiker)


def vraag(b: Bezetting, doel: str = "bot", **anders: Any) -> Toestemming:
    velden = {"deelnemers": "de orthopedagoog", "stukken": [b.stuk_extern], "tot": None, "op": None} | anders
    return services.toestemming_vragen(leerling=b.bram, doel=doel, door=b.carla.gebruiker, **velden)


def antwoord(b: Bezetting, toestemming: Toestemming, keuze: str, versie: int | None = None) -> None:
    leerlingservices.toestemming_beantwoorden(
        toestemming=toestemming, keuze=keuze, tekstversie=versie or toestemming.tekstversie, door=b.dirk.gebruiker
    )


def inbrengen(b: Bezetting, bespreking: Bespreking) -> Agendapunt:
    return services.leerling_inbrengen(bespreking=bespreking, leerling=b.bram, door=b.carla.gebruiker)


# -- putting forward --------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-104")
@pytest.mark.acceptatie("K-116")
def test_inbrengen_zet_de_leerkracht_en_de_voorbereiding_klaar(op_school: Bezetting) -> None:
    """Once: the teachers at the table, minutes in the dossier, a preparation with the help question, and a task."""
    b = op_school
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort="leerlingbespreking", begin=over(10), sleutel="ll", leerling=b.bram,
        hulpvraag="Hoe blijft hij bij de les?", door=b.anna.gebruiker,
    )  # fmt: skip
    punt = alles(Agendapunt, bespreking=bespreking).get()
    assert inbrengen(b, bespreking) == punt
    assert punt.stuk.leerling_id == b.bram.pk and punt.voorbereiding.stuk.leerling_id == b.bram.pk
    assert alles(Antwoord, document=punt.voorbereiding).filter(tekst="Hoe blijft hij bij de les?").exists()
    taak = alles(Taak, soort="voorbereiden", leerling=b.bram, groep=b.groep_6a, sleutel__startswith=f"vooraf:{punt.pk}")
    assert taak.get().voor == over(7).date(), "three days before"
    assert {b.anna.persoon.pk, b.duo.persoon.pk} <= set(
        alles(Deelnemer, bespreking=bespreking).values_list("persoon", flat=True)
    )


@pytest.mark.acceptatie("K-118")
@pytest.mark.acceptatie("K-124")
def test_wie_een_bespreking_mag_beginnen(op_school: Bezetting) -> None:
    """The teacher starts a pupil meeting; only the ib'er registers for the SOT."""
    b = op_school
    velden: dict[str, Any] = {"school": b.kogerveld, "begin": over(10), "leerling": b.bram, "door": b.anna.gebruiker}
    assert services.bespreking_plannen(soort="leerlingbespreking", sleutel="a", **velden).pk
    with pytest.raises(DomeinFout, match=r"«Smal Ondersteuningsteam \(SOT\)» wordt gepland door de intern begeleider"):
        services.bespreking_plannen(soort="sot", sleutel="b", **velden)
    with pytest.raises(PermissionDenied):
        services.bespreking_plannen(soort="leerlingbespreking", sleutel="c", **velden | {"door": b.bas.gebruiker})
    assert services.bespreking_plannen(soort="sot", sleutel="d", **velden | {"door": b.carla.gebruiker}).pk


# -- consent ----------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-134")
def test_geen_bot_zonder_schriftelijke_toestemming(op_school: Bezetting, klok_op: Klok) -> None:
    """Nothing asked, asked, «praten», «nee»: each has its own sentence and its own way on; a yes opens the gate."""
    b = op_school
    bespreking = bot(b)
    groeidocument(b)
    leerlingservices.toestemming_intrekken(toestemming=b.toestemming, door=b.carla.gebruiker)
    with pytest.raises(DomeinFout, match="BOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt") as fout:
        inbrengen(b, bespreking)
    assert fout.value.link and "toestemming" in fout.value.link
    gevraagd = vraag(b)
    with pytest.raises(DomeinFout, match="schriftelijke toestemming van Dirk Jansen ontbreekt"):
        inbrengen(b, bespreking)
    for keuze, zin in (("praten", "Dirk Jansen wil eerst met de school praten"), ("nee", "geeft geen toestemming")):
        klok_op(klok.nu() + timedelta(hours=1))
        antwoord(b, gevraagd, keuze)
        with pytest.raises(DomeinFout, match=zin):
            inbrengen(b, bespreking)
    assert not alles(Agendapunt, bespreking=bespreking).exists()
    klok_op(klok.nu() + timedelta(hours=1))
    antwoord(b, gevraagd, "ja")
    assert inbrengen(b, bespreking).leerling == b.bram


def test_een_ja_op_de_oude_tekst_telt_niet(op_school: Bezetting) -> None:
    b = op_school
    bespreking = bot(b)
    groeidocument(b)
    oud = vraag(b)
    antwoord(b, oud, "ja")
    nieuw = vraag(b, deelnemers="de orthopedagoog en de schoolarts")
    assert nieuw.tekstversie == oud.tekstversie + 1
    with pytest.raises(DomeinFout, match="toestemming van Dirk Jansen ontbreekt"):
        inbrengen(b, bespreking)
    for toestemming, versie in ((oud, oud.tekstversie), (nieuw, oud.tekstversie)):
        with pytest.raises(DomeinFout, match=r"intussen veranderd\. Lees de nieuwe vraag"):
            antwoord(b, toestemming, "ja", versie)
    antwoord(b, nieuw, "ja")
    inbrengen(b, bespreking)


def test_een_verlopen_toestemming_telt_niet(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    groeidocument(b)
    antwoord(b, vraag(b, tot=over(5).date()), "ja")
    klok_op(over(6))
    with pytest.raises(DomeinFout, match="liep af op"):
        inbrengen(b, bot(b))


@pytest.mark.acceptatie("K-134")
def test_de_dag_ervoor_ingetrokken(op_school: Bezetting, klok_op: Klok) -> None:
    """The pupil stands on the agenda; Dirk says no the day before: nothing is decided about him and he goes off."""
    b = op_school
    bespreking = bot(b)
    groeidocument(b)
    gevraagd = vraag(b)
    antwoord(b, gevraagd, "ja")
    punt = inbrengen(b, bespreking)
    klok_op(over(9))
    antwoord(b, gevraagd, "nee")
    klok_op(over(11))
    for doen in (
        lambda: services.besluit_nemen(punt=punt, code="verwijzing", door=b.carla.gebruiker),
        lambda: services.bespreking_houden(bespreking=bespreking, aanwezig=[], door=b.carla.gebruiker),
    ):
        with pytest.raises(DomeinFout, match="Dirk Jansen geeft geen toestemming"):
            doen()
    services.punt_weghalen(punt=punt, door=b.carla.gebruiker)
    services.bespreking_houden(bespreking=bespreking, aanwezig=[], door=b.carla.gebruiker)


@pytest.mark.parametrize("hoe", ["nee", "opnieuw gevraagd"])
def test_wat_na_de_bespreking_verandert_is_voor_de_volgende(op_school: Bezetting, klok_op: Klok, hoe: str) -> None:
    b = op_school
    bespreking = bot(b)
    groeidocument(b)
    gevraagd = vraag(b)
    antwoord(b, gevraagd, "ja")
    punt = inbrengen(b, bespreking)
    klok_op(over(11))
    if hoe == "nee":
        antwoord(b, gevraagd, "nee")
    else:
        vraag(b)
    services.besluit_nemen(punt=punt, code="doorgaan", door=b.carla.gebruiker)
    services.bespreking_houden(bespreking=bespreking, aanwezig=[], door=b.carla.gebruiker)
    with pytest.raises(DomeinFout, match="toestemming"):
        inbrengen(b, bot(b, 20))


# -- from outside -----------------------------------------------------------------------------------------------------


@pytest.fixture
def met_karin(op_school: Bezetting) -> tuple[Bezetting, Agendapunt, Toestemming]:
    """A SOT about Bram, with consent to ask Karin, who reads one piece."""
    b = op_school
    leerlingservices.recht_intrekken(recht=b.recht_extern, door=b.carla.gebruiker)
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort="sot", begin=over(10), sleutel="sot", leerling=b.bram, door=b.carla.gebruiker
    )
    punt = alles(Agendapunt, bespreking=bespreking).select_related("bespreking__school", "leerling__school").get()
    with pytest.raises(DomeinFout, match="toestemming"):
        services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
    gevraagd = vraag(b, "extern_betrekken", tot=over(14).date())
    antwoord(b, gevraagd, "ja")
    services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
    return b, punt, gevraagd


def leest(b: Bezetting, wat: Any) -> bool:
    return b.extern.gebruiker.has_perm(f"inzien_{type(wat)._meta.model_name}", wat)


@pytest.mark.acceptatie("K-73")
def test_iemand_van_buiten_leest_alleen_wat_genoemd_is_en_tot_dan(
    met_karin: tuple[Bezetting, Agendapunt, Toestemming], klok_op: Klok
) -> None:
    b, punt, _ = met_karin
    assert leest(b, b.stuk_extern)
    assert not any(leest(b, wat) for wat in (b.bram, b.notitie, punt, punt.stuk))
    klok_op(over(14))
    assert leest(b, b.stuk_extern), "the last day counts"
    klok_op(over(15))
    assert not leest(b, b.stuk_extern) and not leest(b, punt.bespreking)


def test_zonder_ja_is_de_stoel_leeg_en_het_lezen_voorbij(
    met_karin: tuple[Bezetting, Agendapunt, Toestemming],
) -> None:
    b, punt, gevraagd = met_karin
    services.uitnodigen(bespreking=punt.bespreking, door=b.carla.gebruiker)
    assert leest(b, b.stuk_extern) and leest(b, punt.bespreking)
    antwoord(b, gevraagd, "nee")
    assert not leest(b, b.stuk_extern) and not leest(b, punt.bespreking)
    assert not alles(Deelnemer, persoon=b.extern.persoon).exists()
    assert not alles(DossierstukRecht, user=b.extern.gebruiker).geldig().exists()
    taak = alles(Taak, soort="van_tafel").get()
    assert taak.persoon == b.carla.persoon and b.extern.persoon.naam in taak.uitleg and "Bram" not in taak.uitleg
    rij = Werk.objects.get(sleutel__startswith=f"mail:afgemeld:{punt.bespreking_id}:")
    bericht = alles(Bericht, pk=rij.object_id).get()
    assert bericht.aan == b.extern.persoon.email and "METHOD:CANCEL" in bericht.agenda
    assert "Bram" not in bericht.tekst + bericht.agenda + bericht.onderwerp


def test_wie_van_buiten_komt_leest_op_de_bladzijde_wat_en_wanneer(
    met_karin: tuple[Bezetting, Agendapunt, Toestemming],
) -> None:
    """When, and which pieces; the name of the pupil is not for the page. Without a piece it says so."""
    b, punt, _ = met_karin
    pagina = selecties.pagina_van(b.extern.gebruiker, _op_de_bladzijde(b, punt), None, van_buiten=True)
    assert [stuk.pk for stuk in pagina.te_lezen] == [b.stuk_extern.pk] and not pagina.punten
    recht = alles(DossierstukRecht, user=b.extern.gebruiker).geldig().select_related("content_object__leerling").get()
    leerlingservices.recht_intrekken(recht=recht, door=b.carla.gebruiker)
    pagina = selecties.pagina_van(b.extern.gebruiker, _op_de_bladzijde(b, punt), None, van_buiten=True)
    assert not pagina.te_lezen


def test_de_bladzijde_van_wie_van_buiten_komt(
    met_karin: tuple[Bezetting, Agendapunt, Toestemming], inloggen: Callable[..., Any]
) -> None:
    b, punt, _ = met_karin
    services.uitnodigen(bespreking=punt.bespreking, door=b.carla.gebruiker)
    blad = inloggen(b.extern.gebruiker).get(f"/besprekingen/{punt.bespreking_id}/").content.decode()
    assert "U bent gevraagd voor" in blad and "Er staat niets op de agenda" not in blad
    assert b.stuk_extern.titel in blad and "De stukken die u mag lezen staan ook bij Vandaag" in blad
    assert "Bram" not in blad


def _op_de_bladzijde(b: Bezetting, punt: Agendapunt) -> Any:
    zicht = Bespreking.objects.zichtbaar_voor(b.extern.gebruiker).select_related("school", "profielversie", "groep")
    return zicht.annotate(mag_wijzigen=selecties.mag_wijzigen(b.extern.gebruiker)).get(pk=punt.bespreking_id)


def test_van_tafel_gehaald_leest_niet_meer(met_karin: tuple[Bezetting, Agendapunt, Toestemming]) -> None:
    b, punt, _ = met_karin
    stoel = alles(Deelnemer, persoon=b.extern.persoon).select_related("persoon", "bespreking__school").get()
    services.deelnemer_weghalen(deelnemer=stoel, door=b.carla.gebruiker)
    assert not leest(b, b.stuk_extern) and not leest(b, punt.bespreking)


def test_zonder_naam_kan_altijd(op_school: Bezetting) -> None:
    b = op_school
    punt = services.zonder_naam_inbrengen(bespreking=bot(b), onderwerp="Een jongen van negen", door=b.carla.gebruiker)
    assert punt.anoniem and punt.leerling_id is None


# -- what parents read ------------------------------------------------------------------------------------------------


def test_toestemming_die_voor_de_bespreking_eindigt(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match=r"eindigt op .* voor de bespreking van"):
        vraag(b, tot=over(5).date(), op=over(6).date())
    assert vraag(b, tot=over(6).date(), op=over(6).date()).pk


@pytest.mark.parametrize("doel", ["bot", "extern_betrekken", "onderzoek", "verwijzing"])
def test_de_tekst_is_goed_nederlands(op_school: Bezetting, doel: str) -> None:
    """Without pieces and without a last day the sentences are right too."""
    b = op_school
    assert "u het intrekt" not in vraag(b, doel).tekst
    assert "Trekt u het in, dan kunnen zij er niet meer bij." in vraag(b, "bot").tekst
    zonder = vraag(b, doel, stukken=[], tot=over(9).date()).tekst
    assert "geen stukken. Niets anders" not in zonder and "{" not in zonder
    if doel != "verwijzing":
        assert "geen stukken te zien. Uw toestemming geldt tot en met 12 november 2026." in zonder
