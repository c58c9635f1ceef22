"""Papers: one answer against its base version, nothing typed is lost, fixed ones are only added to (ontwerp §6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import services
from leerlingen.models import Antwoord, Antwoordversie, Document
from tests.bouw import NU, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout, Verouderd

Klok = Callable[[Any], None]


def bewaar(b: Bezetting, tekst: str, versie: int, wie: str = "anna", **extra: Any) -> Antwoord:
    return services.antwoord_bewaren(
        document=b.document,
        sectiecode="notitie",
        vraagcode="tekst",
        tekst=tekst,
        basisversie=versie,
        door=b.lid(wie).gebruiker,
        **extra,
    )


def _versies(antwoord: Antwoord) -> list[str]:
    alle = Antwoordversie.objects.systeemtoegang(reden="de proef op de versies").filter(antwoord=antwoord)
    return [rij.tekst for rij in alle.order_by("versie")]


def test_bewaren_telt_door(op_school: Bezetting, klok_op: Klok) -> None:
    eerste = bewaar(op_school, "Eerste", 1)
    assert eerste.versie == 2 and eerste.door == op_school.anna.persoon
    klok_op(NU + timedelta(minutes=3))
    assert bewaar(op_school, "Tweede", 2).versie == 3


def test_verouderd_geeft_wat_er_staat(op_school: Bezetting) -> None:
    """Two people in one paper: the second gets both texts, and nothing of the first is overwritten."""
    bewaar(op_school, "Van Anna", 1)
    with pytest.raises(Verouderd) as fout:
        bewaar(op_school, "Van Els", 1, "duo")
    assert fout.value.huidig == {
        "tekst": "Van Anna", "leesbaar": "Van Anna", "versie": 2, "door": "Anna Bedacht", "om": "10.00", "zelf": False,
    }  # fmt: skip
    with pytest.raises(Verouderd, match="U hebt dit intussen op een andere plek veranderd") as eigen:
        bewaar(op_school, "Nog eens Anna", 1)
    assert eigen.value.huidig["zelf"]
    assert bewaar(op_school, "Van Anna en Els", 2, "duo").tekst == "Van Anna en Els"


def test_hetzelfde_tweemaal_is_geen_botsing(op_school: Bezetting) -> None:
    """A retry of the same save, or two who wrote the same."""
    assert bewaar(op_school, "Gelijk", 1).versie == bewaar(op_school, "Gelijk", 1, "duo").versie == 2


def test_eerste_antwoord_en_een_haar_te_laat(op_school: Bezetting) -> None:
    velden: dict[str, Any] = {"document": op_school.document, "sectiecode": "notitie", "vraagcode": "titel"}
    services.antwoord_bewaren(**velden, tekst="Rust", basisversie=0, door=op_school.anna.gebruiker)
    with pytest.raises(Verouderd):
        services.antwoord_bewaren(**velden, tekst="Anders", basisversie=0, door=op_school.duo.gebruiker)


def test_versies_per_tien_minuten(op_school: Bezetting, klok_op: Klok) -> None:
    """Autosaves of one person within ten minutes are one version; another person or a later hour makes the next."""
    antwoord = bewaar(op_school, "a", 1)
    begin = _versies(antwoord)
    for minuut, tekst, wie in ((1, "ab", "anna"), (9, "abc", "anna"), (11, "abcd", "duo"), (30, "abcde", "duo")):
        klok_op(NU + timedelta(minutes=minuut))
        antwoord = bewaar(op_school, tekst, antwoord.versie, wie)
    assert _versies(antwoord)[-3:] == ["abc", "abcd", "abcde"]
    assert len(_versies(antwoord)) == len(begin) + 2


@pytest.mark.parametrize(
    ("sectie", "vraag"), [("notitie", "verzonnen"), ("verzonnen", "tekst"), ("", ""), ("notitie:basis", "tekst")]
)
def test_onbekende_vraag(op_school: Bezetting, sectie: str, vraag: str) -> None:
    with pytest.raises(DomeinFout):
        services.antwoord_bewaren(
            document=op_school.document,
            sectiecode=sectie,
            vraagcode=vraag,
            tekst="x",
            basisversie=0,
            door=op_school.anna.gebruiker,
        )


@pytest.mark.parametrize("wie", ["bas", "specialist", "assistent", "extern", "dirk", "ib_anders", "beheerder"])
def test_wie_niet_mag_schrijven(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        bewaar(op_school, "x", 1, wie)


def test_te_lang_en_vreemde_tekens(op_school: Bezetting) -> None:
    with pytest.raises(DomeinFout, match="tekens"):
        bewaar(op_school, "x" * 50_001, 1)
    assert bewaar(op_school, "a\x00b\r\n<b>c</b>", 1).tekst == "ab\n<b>c</b>"


def test_vaststellen_en_aanvullen(op_school: Bezetting) -> None:
    """Only when complete; then closed for writing, and corrected by an addendum of who wrote it or leads the care."""
    document, anna = op_school.document, op_school.anna.gebruiker
    leeg = fabriek.notitie(op_school.bram, anna, "Zonder tekst", tekst="")
    with pytest.raises(DomeinFout, match="Nog niet ingevuld"):
        services.document_vaststellen(document=leeg.document, door=anna)
    with pytest.raises(DomeinFout, match="nog niet definitief"):
        services.aanvullen(document=document, tekst="x", door=anna)
    fabriek.volledig(document, anna)
    vast = services.document_vaststellen(document=document, door=anna)
    assert (vast.status, vast.vastgesteld_op, vast.vastgesteld_door) == ("definitief", NU, op_school.anna.persoon)
    op_school.document.refresh_from_db()
    with pytest.raises(DomeinFout, match="definitief"):
        bewaar(op_school, "Toch anders", 1)
    with pytest.raises(DomeinFout):
        services.document_vaststellen(document=op_school.document, door=anna)
    assert services.aanvullen(document=op_school.document, tekst=" Erbij ", door=anna).tekst == "Erbij"
    services.aanvullen(document=op_school.document, tekst="Ook", door=op_school.carla.gebruiker)
    for wie in ("duo", "vervanger", "rt"):
        with pytest.raises(PermissionDenied):
            services.aanvullen(document=op_school.document, tekst="x", door=op_school.lid(wie).gebruiker)
    with pytest.raises(DomeinFout):
        services.aanvullen(document=op_school.document, tekst="  ", door=anna)


def test_document_begint_onder_de_geldende_versie(op_school: Bezetting) -> None:
    """What began under a version finishes under it, whatever the school changes."""
    from leerlingen import profielen_van_school

    oud = op_school.document.profielversie
    inhoud = profielen_van_school.ingebouwd("kogerveld")
    nieuw = services.profiel_vastleggen(school=op_school.kogerveld, inhoud=inhoud, toelichting="Proef", door=None)
    op_school.document.refresh_from_db()
    assert op_school.document.profielversie == oud
    verder = services.document_maken(soort="notitie", stuk=op_school.rekenstuk, door=op_school.anna.gebruiker)
    assert verder.profielversie == nieuw


def test_document_maken_weigert(op_school: Bezetting) -> None:
    anna = op_school.anna.gebruiker
    with pytest.raises(DomeinFout, match="geen document"):
        services.document_maken(soort="verzonnen", stuk=op_school.rekenstuk, door=anna)
    with pytest.raises(TypeError):
        services.document_maken(soort="notitie", door=anna)
    with pytest.raises(PermissionDenied):
        services.document_maken(soort="groepsplan", groepen=[op_school.groep_6a, op_school.groep_6b], door=anna)


@pytest.mark.parametrize(
    "velden",
    [
        {"status": "definitief"},
        {"status": "concept", "vastgesteld_op": NU},
        {"status": "zomaar"},
    ],
    ids=str,
)
def test_stand_in_de_database(op_school: Bezetting, velden: dict[str, Any]) -> None:
    alle: Any = Document.objects.systeemtoegang(reden="de proef op de database")
    with pytest.raises(IntegrityError), transaction.atomic():
        alle.filter(pk=op_school.document.pk).update(**velden)


def test_rij_over_een_leerling_in_een_groepsstuk(op_school: Bezetting) -> None:
    """In a paper of the group a row about one pupil is for who sees the group AND the pupil."""
    antwoord: Antwoord = Antwoord.objects.create(
        school=op_school.kogerveld,
        document=op_school.document_groep,
        sectiecode="leerlingen",
        vraagcode="reden",
        leerling=op_school.chris,
        tekst="Over Chris",
    )
    eigen = Antwoord.objects.create(
        school=op_school.kogerveld,
        document=op_school.document_groep,
        sectiecode="leerlingen",
        vraagcode="reden",
        leerling=op_school.bram,
        tekst="Over Bram",
    )
    ziet = {
        naam: {a.pk for a in Antwoord.objects.zichtbaar_voor(op_school.lid(naam).gebruiker)} & {antwoord.pk, eigen.pk}
        for naam in ("anna", "bas", "carla", "rt", "dirk")
    }
    assert ziet == {"anna": {eigen.pk}, "bas": set(), "carla": {antwoord.pk, eigen.pk}, "rt": set(), "dirk": set()}


@pytest.mark.acceptatie("K-35")
@pytest.mark.parametrize(("wie", "mag"), [("anna", False), ("vervanger", False), ("dora", False), ("carla", True)])
def test_alleen_de_ib_er_maakt_een_opp_definitief(op_school: Bezetting, wie: str, mag: bool) -> None:
    """Who closes a paper stands in the procedure; whoever may write in it need not be that."""
    b = op_school
    stuk = services.stuk_maken(leerling=b.bram, soort="opp", titel="OPP", door=b.carla.gebruiker)
    document = services.document_maken(soort="opp", stuk=stuk, door=b.carla.gebruiker)
    wachten = r"Nog niet ingevuld" if mag else r"definitief gemaakt door: intern begeleider\."
    with pytest.raises(DomeinFout, match=wachten):
        services.document_vaststellen(document=document, door=b.lid(wie).gebruiker)


def test_wat_leerkracht_of_ib_er_sluit_sluit_ook_een_vervanger(op_school: Bezetting) -> None:
    b = op_school
    for wie, zin in (("vervanger", "Nog niet ingevuld"), ("rt", "leerkracht of intern begeleider")):
        stuk = services.stuk_maken(leerling=b.bram, soort="handelingsplan", titel="Plan", door=b.carla.gebruiker)
        document = services.document_maken(soort="handelingsplan", stuk=stuk, door=b.carla.gebruiker)
        with pytest.raises(DomeinFout, match=zin):
            services.document_vaststellen(document=document, door=b.lid(wie).gebruiker)


def test_voor_het_definitief_maken_staat_wat_dat_betekent(bezetting: Bezetting, inloggen: Callable[[Any], Any]) -> None:
    b, anna = bezetting, inloggen(bezetting.anna.gebruiker)
    adres = f"/leerlingen/stukken/{b.notitie.pk}/vaststellen/"
    blad = anna.get(adres)
    assert blad.status_code == 200 and "niet terug te draaien" in blad.content.decode()
    assert f'href="{adres}"' in anna.get(adres.removesuffix("vaststellen/")).content.decode()
    assert anna.post(adres).status_code == 302
    assert "definitief. Vul het aan" in anna.get(adres, follow=True).content.decode()
    assert anna.post(adres).status_code == 409
    assert f'href="{adres}"' not in anna.get(adres.removesuffix("vaststellen/")).content.decode()
