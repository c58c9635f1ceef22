"""The parents' own part of a paper: theirs until they send it in, part of the paper after (M-52)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import ouderdelen, rapporten, selecties, services
from leerlingen.models import Antwoord, Document, Ouderantwoord, Ouderdeel, Ouderschap, Taak
from leerlingen.services.ouderdeel import taaksleutel
from tests.bouw import NU, VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout, Verouderd
from zorg.kern.models import Bericht

Klok = Callable[[Any], None]
GEHEIMPJE = "Wij liggen in scheiding, zeg het nog niet"


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def deel_van(b: Bezetting) -> Ouderdeel:
    """The request of the cast to Dirk, as it stands now."""
    return alles(Ouderdeel, pk=b.extra["ouderdeel"].pk).get()  # type: ignore[no-any-return]


def document_van(b: Bezetting) -> Document:
    return alles(Document, pk=b.extra["voorbereiding"].pk).get()  # type: ignore[no-any-return]


def schrijf(b: Bezetting, tekst: str, versie: int = 0, vraag: str = "thuis", wie: str = "dirk") -> Ouderantwoord:
    return services.ouderdeel_bewaren(
        deel=deel_van(b), vraagcode=vraag, tekst=tekst, basisversie=versie, door=b.lid(wie).gebruiker
    )


def gestuurd(b: Bezetting, tekst: str = "Het gaat thuis goed") -> Ouderdeel:
    schrijf(b, tekst)
    return services.ouderdeel_insturen(deel=deel_van(b), door=b.dirk.gebruiker)


def vraag(b: Bezetting, **anders: Any) -> int:
    velden: dict[str, Any] = {
        "document": document_van(b), "waarom": "Er is een gesprek.", "lezers": "de leerkracht", "voor": VANDAAG,
        "door": b.anna.gebruiker,
    }  # fmt: skip
    return services.ouderdeel_vragen(**(velden | anders))


# -- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-52")
def test_elke_ouder_met_gezag_wordt_een_keer_gevraagd(op_school: Bezetting) -> None:
    """Dirk alone has authority; a mother who gets it is asked too, and nobody twice."""
    b = op_school
    assert vraag(b) == 0
    moeder = fabriek.ouder(b.kogerveld, "Mirjam", b.aya)
    assert vraag(b) == 1
    assert vraag(b) == 0
    assert set(alles(Ouderdeel).values_list("persoon", flat=True)) == {b.dirk.persoon.pk, moeder.persoon.pk}


def test_de_mail_noemt_kind_noch_inhoud(op_school: Bezetting) -> None:
    b = op_school
    deel = deel_van(b)
    taak = alles(Taak, sleutel=taaksleutel(deel)).get()
    assert (taak.persoon_id, taak.voor, taak.link) == (b.dirk.persoon.pk, deel.voor, f"/ouders/uw-deel/{deel.pk}/")
    assert not taak.af_te_vinken
    mail = alles(Bericht, aan=b.dirk.persoon.email).order_by("pk").last()
    for woord in ("Aya", "Haddad", "SOT", "gesprek op school", str(deel.pk) + "/"):
        assert woord not in (mail.onderwerp + mail.tekst).replace("Beste Dirk Jansen,", ""), woord
    assert "/ouders/" in mail.tekst and "Kunt u niet inloggen" in mail.tekst


def test_alleen_een_papier_met_een_deel_voor_ouders(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match="heeft geen deel dat de ouders zelf invullen"):
        vraag(b, document=b.document)
    with pytest.raises(DomeinFout, match="Er is geen ouder met gezag bekend"):
        stuk = services.stuk_maken(leerling=b.zoe, soort="voorbereiding_sot", titel="SOT", door=b.anna.gebruiker)
        papier = services.document_maken(soort="voorbereiding_sot", stuk=stuk, door=b.anna.gebruiker)
        vraag(b, document=papier)
    for wie in ("rt", "bas", "dirk", "ib_anders"):
        with pytest.raises(PermissionDenied):
            vraag(b, door=b.lid(wie).gebruiker)


def test_een_zienswijze_vraagt_u_op_een_gedeeld_rapport(op_school: Bezetting) -> None:
    """Parents can't say what they think of what they can't read."""
    b = op_school
    stuk = services.stuk_maken(leerling=b.aya, soort="okr", titel="Rapport", door=b.carla.gebruiker)
    okr = services.document_maken(soort="okr", stuk=stuk, door=b.carla.gebruiker)
    with pytest.raises(DomeinFout, match="Deel dit stuk eerst"):
        vraag(b, document=okr, door=b.carla.gebruiker)
    services.publiceren(stuk=stuk, door=b.carla.gebruiker)
    assert vraag(b, document=okr, door=b.carla.gebruiker) == 1
    deel = alles(Ouderdeel, document=okr).get()
    assert ouderdelen.te_lezen(b.dirk.gebruiker, deel) == stuk
    assert [v.code for v in ouderdelen.eigen_vragen(b.dirk.gebruiker, deel)] == ["eens", "zienswijze"]


# -- writing ----------------------------------------------------------------------------------------------------------


def test_bewaren_telt_door_en_geeft_bij_een_botsing_beide_teksten(op_school: Bezetting) -> None:
    """A phone and a laptop: the second gets what stands there; the same save twice is no collision."""
    b = op_school
    assert schrijf(b, "Goed").versie == 1
    assert schrijf(b, "Goed").versie == 1
    assert schrijf(b, "Heel goed", 1).versie == 2
    with pytest.raises(Verouderd) as fout:
        schrijf(b, "Slecht", 1)
    assert fout.value.huidig == {
        "tekst": "Heel goed", "leesbaar": "Heel goed", "versie": 2, "door": "Dirk Jansen", "om": "10.00", "zelf": True,
    }  # fmt: skip
    with pytest.raises(DomeinFout, match="Deze vraag is er niet meer"):
        schrijf(b, "x", vraag="hulpvraag")
    with pytest.raises(DomeinFout, match=r"^Uw tekst telt .* Kort de tekst in\.$"):
        schrijf(b, "x" * 50_001, vraag="goed")
    assert schrijf(b, "a\x00b\r\nc", vraag="goed").tekst == "ab\nc"


def test_de_school_ziet_dat_een_ouder_bezig_is_en_niet_wat(op_school: Bezetting) -> None:
    """Not in a list, a paper, a source or a history: what was not sent in is the parent's alone."""
    b = op_school
    assert [deel.stand for deel in ouderdelen.delen_van(b.anna.gebruiker, document_van(b))] == ["gevraagd"]
    schrijf(b, GEHEIMPJE)
    assert [deel.stand for deel in ouderdelen.delen_van(b.anna.gebruiker, document_van(b))] == ["bezig"]
    for wie in ("anna", "carla", "dora", "beheerder", "ouder_ander", "ouder_zonder_gezag", "extern"):
        kijker = b.lid(wie).gebruiker
        assert not Ouderantwoord.objects.zichtbaar_voor(kijker).exists(), wie
        assert not Ouderantwoord.objects.zichtbaar_voor(kijker, "meelezen").exists(), wie
    assert not alles(Antwoord, tekst=GEHEIMPJE).exists()
    velden = selecties.documentvelden(b.carla.gebruiker, document_van(b))
    assert not any(veld.antwoord for sectie in velden for veld in (*sectie.vragen, *sectie.van_ouders))


@pytest.mark.parametrize("wie", ["ouder_ander", "ouder_zonder_gezag", "ouder_onbekend", "anna", "carla", "ib_anders"])
def test_alleen_de_ouder_aan_wie_het_gevraagd_is(op_school: Bezetting, wie: str) -> None:
    b = op_school
    for doe in (lambda: schrijf(b, "x", wie=wie), lambda: services.ouderdeel_insturen(
        deel=deel_van(b), door=b.lid(wie).gebruiker
    )):  # fmt: skip
        with pytest.raises(PermissionDenied):
            doe()


def test_een_andere_ouder_met_gezag_schrijft_het_eigen_deel(op_school: Bezetting) -> None:
    """Not in that of the other, who does not see it either."""
    b = op_school
    moeder = fabriek.ouder(b.kogerveld, "Mirjam", b.aya)
    vraag(b)
    schrijf(b, "Van vader")
    with pytest.raises(PermissionDenied):
        services.ouderdeel_bewaren(deel=deel_van(b), vraagcode="thuis", tekst="x", basisversie=1, door=moeder.gebruiker)
    assert not Ouderantwoord.objects.zichtbaar_voor(moeder.gebruiker, "meelezen").exists()
    eigen = alles(Ouderdeel, persoon=moeder.persoon).get()
    services.ouderdeel_bewaren(deel=eigen, vraagcode="thuis", tekst="Van moeder", basisversie=0, door=moeder.gebruiker)
    services.ouderdeel_insturen(deel=eigen, door=moeder.gebruiker)
    services.ouderdeel_insturen(deel=deel_van(b), door=b.dirk.gebruiker)
    sectie = next(s for s in selecties.documentvelden(b.anna.gebruiker, document_van(b)) if s.zelf)
    assert {veld.antwoord for veld in sectie.van_ouders} == {"Van vader", "Van moeder"}


def test_wie_het_gezag_verliest_komt_er_niet_meer_bij(op_school: Bezetting) -> None:
    b = op_school
    schrijf(b, "Goed")
    services.gezag_wijzigen(
        ouderschap=alles(Ouderschap, leerling=b.aya, persoon=b.dirk.persoon).get(),
        gezag="nee",
        beperking="",
        door=b.carla.gebruiker,
    )
    assert not Ouderdeel.objects.zichtbaar_voor(b.dirk.gebruiker, "meelezen").exists()
    with pytest.raises(PermissionDenied):
        schrijf(b, "Beter", 1)
    assert deel_van(b).stand == "bezig"


# -- sending in -------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-52")
def test_insturen_maakt_het_een_deel_van_het_papier(op_school: Bezetting) -> None:
    """With name and time, read by staff, in the PDF; the task is done and who asked finds it on today's list."""
    b = op_school
    deel = gestuurd(b)
    assert (deel.stand, deel.ingestuurd_op) == ("ingestuurd", NU)
    sectie = next(s for s in selecties.documentvelden(b.anna.gebruiker, document_van(b)) if s.zelf)
    assert [(veld.tekst, veld.antwoord, veld.bron) for veld in sectie.van_ouders] == [
        ("Hoe gaat het thuis met uw kind?", "Het gaat thuis goed",
         "van Dirk Jansen, ingestuurd op 3 november 2026 om 10.00"),
    ]  # fmt: skip
    document = document_van(b)
    assert document.stuk is not None
    papier = rapporten.papier_html(rapporten.stel_samen(b.anna.gebruiker, document.stuk, document))
    assert "Het gaat thuis goed" in papier and "van Dirk Jansen" in papier
    assert alles(Taak, sleutel=taaksleutel(deel)).get().klaar_op == NU
    lezen = alles(Taak, sleutel=f"ouderdeel_lezen:{deel.pk}").get()
    assert lezen.persoon == b.anna.persoon and lezen.af_te_vinken and "Aya" not in lezen.titel


def test_ingestuurd_verandert_niemand_meer(op_school: Bezetting) -> None:
    b = op_school
    deel = gestuurd(b)
    for doe in (lambda: schrijf(b, "Toch anders", 1), lambda: services.ouderdeel_insturen(
        deel=deel, door=b.dirk.gebruiker
    )):  # fmt: skip
        with pytest.raises(DomeinFout, match="U hebt dit al ingestuurd"):
            doe()
    with pytest.raises(DomeinFout, match="heeft het al ingestuurd"):
        services.ouderdeel_intrekken(deel=deel, door=b.anna.gebruiker)
    with pytest.raises(DomeinFout, match="Deze vraag staat niet"):
        services.antwoord_bewaren(
            document=document_van(b), sectiecode=f"ouders:{b.dirk.persoon.pk}", vraagcode="thuis", tekst="Verdraaid",
            basisversie=1, door=b.carla.gebruiker,
        )  # fmt: skip
    assert alles(Antwoord, sectiecode=f"ouders:{b.dirk.persoon.pk}").get().tekst == "Het gaat thuis goed"


def test_niets_geschreven_is_niets_in_te_sturen(op_school: Bezetting) -> None:
    b = op_school
    for tekst in (None, " \n "):
        if tekst:
            schrijf(b, tekst)
        with pytest.raises(DomeinFout, match="Eén zin is al genoeg"):
            services.ouderdeel_insturen(deel=deel_van(b), door=b.dirk.gebruiker)
    assert deel_van(b).stand == "gevraagd"


def test_de_database_houdt_ingestuurd_vast(op_school: Bezetting) -> None:
    deel = gestuurd(op_school)
    for velden in ({"ingetrokken_op": NU}, {"begonnen_op": None}, {"opgetekend_op": NU}):
        with pytest.raises(IntegrityError), transaction.atomic():
            alles(Ouderdeel, pk=deel.pk).update(**velden)


# -- the school for a parent who can't ------------------------------------------------------------------------------


def optekenen(b: Bezetting, tekst: str) -> Antwoord:
    return services.antwoord_bewaren(
        document=document_van(b), sectiecode="ouders", vraagcode="thuis", tekst=tekst, basisversie=0,
        door=b.anna.gebruiker,
    )  # fmt: skip


def test_de_school_tekent_op_en_zegt_wie(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match="Schrijf eerst op wat de ouder vertelde"):
        services.ouderdeel_opgetekend(deel=deel_van(b), door=b.anna.gebruiker)
    antwoord = optekenen(b, "Vader vertelt dat het goed gaat")
    assert antwoord.bron == "opgetekend door Anna Bedacht"
    deel = services.ouderdeel_opgetekend(deel=deel_van(b), door=b.anna.gebruiker)
    assert (deel.stand, deel.opgetekend_door) == ("opgetekend", b.anna.persoon)
    assert alles(Taak, sleutel=taaksleutel(deel)).get().vervallen_op == NU
    with pytest.raises(DomeinFout, match="niet meer nodig"):
        schrijf(b, "Toch zelf")


def test_wat_een_ouder_begon_sluit_niemand_af(op_school: Bezetting) -> None:
    b = op_school
    schrijf(b, "Ik schrijf nog")
    optekenen(b, "x")
    with pytest.raises(DomeinFout, match="is zelf al begonnen"):
        services.ouderdeel_opgetekend(deel=deel_van(b), door=b.anna.gebruiker)


def test_intrekken_en_opnieuw_vragen(op_school: Bezetting, klok_op: Klok) -> None:
    """What was written stays the parent's, unread; the new question starts empty."""
    b = op_school
    schrijf(b, GEHEIMPJE)
    deel = services.ouderdeel_intrekken(deel=deel_van(b), door=b.anna.gebruiker)
    assert services.ouderdeel_intrekken(deel=deel, door=b.anna.gebruiker).ingetrokken_op == NU
    with pytest.raises(DomeinFout, match="niet meer nodig"):
        services.ouderdeel_insturen(deel=deel, door=b.dirk.gebruiker)
    assert not alles(Antwoord, tekst=GEHEIMPJE).exists()
    klok_op(NU + timedelta(days=1))
    assert vraag(b) == 1
    nieuw = alles(Ouderdeel, persoon=b.dirk.persoon, ingetrokken_op__isnull=True).get()
    assert nieuw != deel and nieuw.stand == "gevraagd"
    assert not any(v.antwoord for v in ouderdelen.eigen_vragen(b.dirk.gebruiker, nieuw))
