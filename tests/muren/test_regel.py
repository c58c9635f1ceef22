"""Wall 1, the rule: what `zichtbaar_voor` leaves out, and that one object is asked of the same rule (ontwerp §4.1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from leerlingen import services
from leerlingen.models import (
    Aanstelling,
    Document,
    Dossierstuk,
    Groep,
    Leerling,
    Ouderschap,
    Persoon,
    Publicatie,
    Toestemming,
    Toestemmingstuk,
)
from tests.bouw import Bezetting, fabriek
from zorg.kern.querysets import Recht
from zorg.kern.rechten import haal_op

IN_6A = {"bram", "aya", "zoe", "bobby", "mononiem"}
HIER = IN_6A | {"chris", "dunya"}
IEDEREEN = HIER | {"vertrokken_leerling"}
LEERLINGEN = {
    "anna": IN_6A,
    "duo": IN_6A,
    "vervanger": IN_6A,
    "bas": {"chris", "dunya"},
    "carla": IEDEREEN,
    "dora": IEDEREEN,
    "specialist": HIER,
    "rt": {"bram"},
    "assistent": {"bram"},
    "beheerder": set(),
    "extern": set(),
    "extern_oud": set(),
    "vertrokken": set(),
    "dirk": set(),
    "ouder_ander": set(),
    "ouder_zonder_gezag": set(),
    "ouder_onbekend": set(),
    "ib_anders": set(),
    "leerkracht_anders": set(),
    "ouder_anders": set(),
}
GEWOON = {"notitie", "gedeeld", "rekenstuk", "taalstuk", "stuk_extern"}
STUKKEN: dict[str, set[str]] = {
    "anna": GEWOON | {"vertrouwelijk"},
    "duo": GEWOON | {"vertrouwelijk"},
    "vervanger": GEWOON,
    "bas": {"notitie_6b"},
    "carla": GEWOON | {"vertrouwelijk", "geheim", "in_kring", "notitie_6b"},
    "dora": GEWOON | {"vertrouwelijk", "geheim", "in_kring", "notitie_6b"},
    "specialist": {"rekenstuk"},
    "rt": GEWOON,
    "assistent": GEWOON,
    "beheerder": set(),
    "extern": {"stuk_extern"},
    "extern_oud": set(),
    "vertrokken": set(),
    "dirk": set(),
    "ib_anders": set(),
}
NAMEN_STUKKEN = GEWOON | {"vertrouwelijk", "geheim", "in_kring", "notitie_6b", "notitie_anders"}


def _namen(bezetting: Bezetting, gezien: Any, uit: set[str]) -> set[str]:
    per_pk = {getattr(bezetting, naam).pk: naam for naam in uit}
    return {per_pk[pk] for pk in gezien.values_list("pk", flat=True)}


@pytest.mark.parametrize("wie", LEERLINGEN)
def test_leerlingen(op_school: Bezetting, wie: str) -> None:
    gezien = Leerling.objects.zichtbaar_voor(op_school.lid(wie).gebruiker)
    assert _namen(op_school, gezien, IEDEREEN | {"leerling_anders"}) == LEERLINGEN[wie]
    assert gezien.count() == len(LEERLINGEN[wie])
    assert gezien.exists() is bool(LEERLINGEN[wie])


@pytest.mark.parametrize("wie", STUKKEN)
@pytest.mark.acceptatie("A-19")
def test_stukken(op_school: Bezetting, wie: str) -> None:
    gebruiker = op_school.lid(wie).gebruiker
    gezien = Dossierstuk.objects.zichtbaar_voor(gebruiker).filter(soort="notitie")
    assert _namen(op_school, gezien, NAMEN_STUKKEN) == STUKKEN[wie]
    per_stuk = {n for n in NAMEN_STUKKEN if gebruiker.has_perm("inzien_dossierstuk", getattr(op_school, n))}
    assert per_stuk == STUKKEN[wie], "one object is asked of the same rule"


@pytest.mark.acceptatie("K-173")
def test_specialist_ziet_alleen_eigen_vak(op_school: Bezetting) -> None:
    """A subject specialist reads every pupil's pieces of their own subject and no other piece."""
    alle = Dossierstuk.objects.systeemtoegang(reden="alles van deze vakken")
    gezien = set(Dossierstuk.objects.zichtbaar_voor(op_school.specialist.gebruiker))
    assert op_school.rekenstuk in gezien and gezien == set(alle.filter(vakgebied="rekenen"))
    lezen = fabriek.lid(op_school.kogerveld, "Lies", "specialist", vakgebieden=("technisch_lezen", "spelling"))
    gezien = set(Dossierstuk.objects.zichtbaar_voor(lezen.gebruiker))
    assert op_school.taalstuk in gezien
    assert gezien == set(alle.filter(vakgebied__in=["technisch_lezen", "spelling"]))


@pytest.mark.parametrize(
    ("wie", "kinderen", "stukken"),
    [
        ("dirk", {"bram", "aya"}, {"gedeeld"}),
        ("ouder_ander", {"chris"}, set()),
        ("ouder_zonder_gezag", set(), set()),
        ("ouder_onbekend", set(), set()),
        ("carla", set(), set()),
        ("anna", set(), set()),
        ("extern", set(), set()),
    ],
)
def test_ouders_lezen_mee(op_school: Bezetting, wie: str, kinderen: set[str], stukken: set[str]) -> None:
    """Authority opens what was shared about one's own child; unknown authority opens nothing (domein 2.5)."""
    gebruiker = op_school.lid(wie).gebruiker
    gezien = Leerling.objects.zichtbaar_voor(gebruiker, Recht.MEELEZEN)
    assert _namen(op_school, gezien, IEDEREEN) == kinderen
    gedeeld = Dossierstuk.objects.zichtbaar_voor(gebruiker, Recht.MEELEZEN)
    assert _namen(op_school, gedeeld, NAMEN_STUKKEN) == stukken
    papieren = Document.objects.zichtbaar_voor(gebruiker, Recht.MEELEZEN)
    assert {papier.stuk_id for papier in papieren} == {getattr(op_school, naam).pk for naam in stukken}
    assert Publicatie.objects.zichtbaar_voor(gebruiker, Recht.MEELEZEN).count() == len(stukken)


def test_vervanger_schrijft_maar_neemt_niets_mee(op_school: Bezetting) -> None:
    gebruiker = op_school.vervanger.gebruiker
    assert Leerling.objects.zichtbaar_voor(gebruiker, Recht.WIJZIGEN).count() == len(IN_6A)
    assert not Leerling.objects.zichtbaar_voor(gebruiker, Recht.EXPORTEREN).exists()


@pytest.mark.parametrize("recht", [Recht.VERLENEN, Recht.BEHEREN])
def test_verlenen_kan_alleen_wie_over_de_school_gaat(op_school: Bezetting, recht: str) -> None:
    kan = {n for n, lid in op_school.leden() if Leerling.objects.zichtbaar_voor(lid.gebruiker, recht).exists()}
    assert kan == {"carla", "dora"}


def test_groepen(op_school: Bezetting) -> None:
    a, b, plus = op_school.groep_6a, op_school.groep_6b, op_school.plusgroep
    verwacht = {"anna": {a}, "bas": {b}, "carla": {a, b, plus}, "specialist": {a, b, plus}, "dirk": set(), "rt": set()}
    for naam, groepen in verwacht.items():
        assert set(Groep.objects.zichtbaar_voor(op_school.lid(naam).gebruiker)) == groepen, naam


def test_groepsstuk_ziet_wie_de_groep_ziet(op_school: Bezetting) -> None:
    kan = {n for n, lid in op_school.leden() if lid.gebruiker.has_perm("inzien_document", op_school.document_groep)}
    assert kan == {"anna", "duo", "vervanger", "carla", "dora", "specialist"}


def test_uit_dienst_ziet_meteen_niets_meer(op_school: Bezetting) -> None:
    """Ending the appointment ends the look at the group on that day, without a handover window."""
    wie = op_school.bas
    assert wie.aanstelling is not None
    services.aanstelling_beeindigen(aanstelling=wie.aanstelling, per=_vandaag(op_school), door=None)
    assert not Leerling.objects.zichtbaar_voor(wie.gebruiker).exists()


def _vandaag(bezetting: Bezetting) -> Any:
    from zorg.kern import klok

    return klok.vandaag(bezetting.kogerveld)


def test_niemand_en_wie_niet_meer_actief_is(op_school: Bezetting) -> None:
    assert not Leerling.objects.zichtbaar_voor(AnonymousUser()).exists()
    op_school.carla.gebruiker.is_active = False
    assert not Leerling.objects.zichtbaar_voor(op_school.carla.gebruiker).exists()
    assert not op_school.carla.gebruiker.has_perm("inzien_leerling", op_school.bram)


def test_geen_rang(op_school: Bezetting) -> None:
    """A superuser flag set by hand opens nothing: nobody sees a dossier by rank."""
    gebruiker: Any = op_school.beheerder.gebruiker
    gebruiker.is_superuser = gebruiker.is_staff = True
    assert not Leerling.objects.zichtbaar_voor(gebruiker).exists()
    assert not gebruiker.has_perm("inzien_leerling", op_school.bram)
    assert not gebruiker.has_perm("leerlingen.inzien_leerling")


def test_onbekend_recht_opent_niets(op_school: Bezetting) -> None:
    assert not op_school.carla.gebruiker.has_perm("view_leerling", op_school.bram)
    assert not Leerling.objects.zichtbaar_voor(op_school.carla.gebruiker, "bekijken").exists()


def test_niet_gezien_is_404_niet_gemogen_403(op_school: Bezetting) -> None:
    bram = op_school.bram.pk
    with pytest.raises(Http404):
        haal_op(Leerling.objects, op_school.bas.gebruiker, pk=bram)
    with pytest.raises(PermissionDenied):
        haal_op(Leerling.objects, op_school.assistent.gebruiker, recht=Recht.WIJZIGEN, pk=bram)
    with pytest.raises(Http404):
        haal_op(Leerling.objects, op_school.dirk.gebruiker, pk=bram)
    assert haal_op(Leerling.objects, op_school.anna.gebruiker, recht=Recht.WIJZIGEN, pk=bram) == op_school.bram


@pytest.mark.parametrize("pk", [0, -1, 2**63, 2**80, "x", "1; drop table"])
def test_onzin_als_sleutel_is_404(op_school: Bezetting, pk: Any) -> None:
    with pytest.raises(Http404):
        haal_op(Leerling.objects, op_school.carla.gebruiker, pk=pk)


def test_geen_dubbele_rijen(op_school: Bezetting) -> None:
    """Two relations to one pupil give the pupil once, in lists and in counts."""
    services.aanstellen(
        persoon=op_school.anna.persoon, rol="specialist", vakgebieden=["rekenen"], vanaf=_vandaag(op_school), door=None
    )
    gezien = Leerling.objects.zichtbaar_voor(op_school.anna.gebruiker)
    assert gezien.count() == len(gezien) == len(HIER)


def test_collega_s_en_ouders(op_school: Bezetting) -> None:
    """Staff know each other and the parents of their own pupils; parents only themselves."""
    gezien = set(Persoon.objects.zichtbaar_voor(op_school.anna.gebruiker))
    assert op_school.bas.persoon in gezien and op_school.dirk.persoon in gezien
    assert op_school.ouder_ander.persoon not in gezien
    assert set(Persoon.objects.zichtbaar_voor(op_school.dirk.gebruiker)) == {op_school.dirk.persoon}
    assert op_school.dirk.persoon not in set(Persoon.objects.zichtbaar_voor(op_school.specialist.gebruiker))


def test_specialist_kent_het_gezin_niet(op_school: Bezetting) -> None:
    """One subject of every pupil is not: their parents, and what these agreed to."""
    gijs, anna = op_school.specialist.gebruiker, op_school.anna.gebruiker
    for model in (Ouderschap, Toestemming, Toestemmingstuk):
        assert model.objects.zichtbaar_voor(anna).exists(), model
        assert not model.objects.zichtbaar_voor(gijs).exists(), model


def test_wie_van_buiten_komt_kent_het_team_niet(op_school: Bezetting) -> None:
    """An expert from outside is no colleague: no names, addresses and working days of the team."""
    karin = op_school.extern.gebruiker
    assert set(Persoon.objects.zichtbaar_voor(karin)) == {op_school.extern.persoon}
    assert not Aanstelling.objects.zichtbaar_voor(karin).exists()
    assert Aanstelling.objects.zichtbaar_voor(op_school.rt.gebruiker).exists()
