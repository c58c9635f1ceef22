"""A parent asks to look into the file: once, told to the director, answered within the legal term (M-81, A-20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import services
from leerlingen.models import Inzageverzoek, Taak
from tests.bouw import NU, Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht
from zorg.logboek.models import Logregel

Klok = Callable[[Any], None]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def verzoek(b: Bezetting, **velden: Any) -> Inzageverzoek:
    return services.inzage_vragen(leerling=b.bram, door=b.dirk.gebruiker, **velden)


def handel_af(b: Bezetting, rij: Inzageverzoek, uitkomst: str, antwoord: str = "") -> Inzageverzoek:
    return services.inzage_afhandelen(verzoek=rij, uitkomst=uitkomst, antwoord=antwoord, door=b.dora.gebruiker)


@pytest.mark.acceptatie("M-81")
def test_vragen_zet_de_termijn_en_een_taak_bij_de_directie(op_school: Bezetting) -> None:
    """A month, by the procedure; asking again while it is open is the same request."""
    b = op_school
    rij = verzoek(b, toelichting="Wat staat er over lezen?")
    assert rij.uiterlijk == date(2026, 12, 3)
    assert verzoek(b) == rij
    taak = alles(Taak, soort="inzageverzoek", leerling=b.bram).get()
    assert (taak.persoon, taak.voor) == (b.dora.persoon, rij.uiterlijk) and "Bram" not in taak.titel + taak.uitleg


@pytest.mark.acceptatie("M-81")
@pytest.mark.parametrize("wie", ["ouder_ander", "ouder_zonder_gezag", "ouder_onbekend", "anna", "carla", "ib_anders"])
def test_alleen_een_ouder_met_gezag_vraagt(op_school: Bezetting, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        services.inzage_vragen(leerling=op_school.bram, door=op_school.lid(wie).gebruiker)


def test_wie_het_verzoek_ziet_en_beantwoordt(op_school: Bezetting) -> None:
    b = op_school
    rij = verzoek(b)
    zien = {naam for naam in ("anna", "carla", "dora", "beheerder", "specialist", "rt", "ib_anders", "ouder_ander")
            if Inzageverzoek.objects.zichtbaar_voor(b.lid(naam).gebruiker).filter(pk=rij.pk).exists()}  # fmt: skip
    assert zien == {"carla", "dora"}
    assert Inzageverzoek.objects.zichtbaar_voor(b.dirk.gebruiker, "meelezen").filter(pk=rij.pk).exists()
    for naam in ("anna", "dirk", "beheerder"):
        with pytest.raises(PermissionDenied):
            services.inzage_afhandelen(verzoek=rij, uitkomst="kopie", door=b.lid(naam).gebruiker)


def test_afhandelen_rondt_de_taak_af_en_vertelt_het_de_ouder(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    rij = verzoek(b)
    klok_op(NU + timedelta(days=9))
    klaar = handel_af(b, rij, "ingezien", "Samen gelezen op school.")
    assert (klaar.afgehandeld_door, klaar.uitkomst) == (b.dora.persoon, "ingezien")
    assert alles(Taak, soort="inzageverzoek", leerling=b.bram).get().klaar_op is not None
    mail = alles(Bericht, aan=b.dirk.persoon.email).order_by("pk").last()
    assert "Bram" not in mail.onderwerp + mail.tekst and "Samen gelezen" not in mail.tekst
    with pytest.raises(DomeinFout, match="al afgehandeld"):
        handel_af(b, rij, "kopie")
    assert verzoek(b) != klaar, "a new question is a new request"


def test_weigeren_vraagt_een_reden(op_school: Bezetting) -> None:
    b = op_school
    rij = verzoek(b)
    for fout in ("", "weg", "geweigerd"):
        with pytest.raises(DomeinFout):
            handel_af(b, rij, fout)
    assert handel_af(b, rij, "geweigerd", "De rechter beperkte de inzage.").antwoord


def test_een_keer_twee_maanden_langer_met_een_reden(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    rij = verzoek(b)
    velden: dict[str, Any] = {"verzoek": rij, "door": b.dora.gebruiker}
    with pytest.raises(DomeinFout, match="Schrijf waarom"):
        services.inzage_verlengen(reden=" ", **velden)
    assert services.inzage_verlengen(reden="Het archief is groot", **velden).uiterlijk == date(2027, 2, 3)
    with pytest.raises(DomeinFout, match="al een keer verlengd"):
        services.inzage_verlengen(reden="Nog eens", **velden)
    ander = services.inzage_vragen(leerling=b.chris, door=b.ouder_ander.gebruiker)
    klok_op(NU + timedelta(days=40))
    with pytest.raises(DomeinFout, match="De termijn is voorbij"):
        services.inzage_verlengen(verzoek=ander, reden="Te laat", door=b.dora.gebruiker)


@pytest.mark.acceptatie("A-20")
def test_op_aruba_blijft_het_dossier_op_school(op_school: Bezetting) -> None:
    """Looking in at school is recorded; a copy is no way to end it there."""
    b = op_school
    services.profiel_vastleggen(
        school=b.kogerveld, inhoud=_profiel("aruba"), toelichting="Proef", door=b.dora.gebruiker
    )
    rij = verzoek(b)
    assert set(services.uitkomsten(b.kogerveld)) == {"ingezien", "geweigerd"}
    with pytest.raises(DomeinFout, match="Kies hoe"):
        handel_af(b, rij, "kopie")
    assert handel_af(b, rij, "ingezien").uitkomst == "ingezien"
    regel = alles(Logregel, handeling="inzage_afgehandeld", object_id=rij.pk).get()
    assert (regel.leerling_id, regel.actor_id) == (b.bram.pk, b.dora.gebruiker.pk)


def _profiel(code: str) -> dict[str, Any]:
    from leerlingen import profielen_van_school

    return profielen_van_school.ingebouwd(code)


def test_de_database_kent_geen_half_antwoord(op_school: Bezetting) -> None:
    rij = verzoek(op_school)
    for velden in ({"uitkomst": "kopie"}, {"afgehandeld_op": NU}, {"verlengd_op": NU}, {"verlengd_reden": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            alles(Inzageverzoek, pk=rij.pk).update(**velden)


# -- a talk -----------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("L-32")
def test_een_ouder_vraagt_een_gesprek(op_school: Bezetting) -> None:
    """The teachers of the group find it with who asks and what about; the same while it is open is one question."""
    b = op_school
    taak = services.gesprek_vragen(leerling=b.bram, waarover="Slapen\n en pesten", door=b.dirk.gebruiker)
    assert services.gesprek_vragen(leerling=b.bram, door=b.dirk.gebruiker) == taak
    assert services.gesprek_vragen(leerling=b.bram, waarover="Slapen en pesten", door=b.dirk.gebruiker) == taak
    ander = services.gesprek_vragen(leerling=b.bram, waarover="Rekenen", door=b.dirk.gebruiker)
    assert ander.uitleg == "Dirk Jansen: «Rekenen»"
    services.taak_afvinken(taak=taak, klaar=True, door=b.anna.gebruiker)
    nogmaals = services.gesprek_vragen(leerling=b.bram, waarover="Slapen en pesten", door=b.dirk.gebruiker)
    assert nogmaals.pk not in (taak.pk, ander.pk) and nogmaals.klaar_op is None
    services.taak_afvinken(taak=taak, klaar=False, door=b.anna.gebruiker)
    assert taak.groep == b.groep_6a and taak.uitleg == "Dirk Jansen: «Slapen en pesten»"
    assert Taak.objects.zichtbaar_voor(b.anna.gebruiker).open().filter(pk=taak.pk).exists()
    with pytest.raises(DomeinFout, match="Houd het kort"):
        services.gesprek_vragen(leerling=b.aya, waarover="x" * 301, door=b.dirk.gebruiker)
    for wie in ("ouder_ander", "ouder_zonder_gezag", "anna"):
        with pytest.raises(PermissionDenied):
            services.gesprek_vragen(leerling=b.bram, door=b.lid(wie).gebruiker)


def test_eerst_praten_komt_bij_wie_de_toestemming_vroeg(op_school: Bezetting) -> None:
    b = op_school
    services.toestemming_beantwoorden(toestemming=b.toestemming, keuze="praten", tekstversie=1, door=b.dirk.gebruiker)
    taak = alles(Taak, soort="gesprek_gevraagd").get()
    assert taak.persoon == b.carla.persoon and "Dirk Jansen wil een gesprek" in taak.uitleg


def test_wat_een_ouder_later_schrijft_komt_erbij(op_school: Bezetting) -> None:
    """Nothing that was written while a request is open is lost, and the director's task says so."""
    eerst = verzoek(op_school, toelichting="De toetsen")
    for tekst in ("Ook de verslagen", "Ook de verslagen", ""):
        assert verzoek(op_school, toelichting=tekst) == eerst
    eerst.refresh_from_db()
    assert eerst.toelichting == "De toetsen\n\nOok de verslagen"
    taak = alles(Taak, sleutel__startswith=f"inzage:{eerst.pk}:").get()
    assert taak.uitleg.startswith("De ouder schreef er later iets bij.")
    with pytest.raises(DomeinFout, match=r"met wat u al schreef telt .* Kort de tekst in\.$"):
        verzoek(op_school, toelichting="x" * 1990)
