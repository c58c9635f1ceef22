"""Setting up: the school, people, roles with dates, accounts and doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from leerlingen import profielen_van_school, services
from leerlingen.models import Leerling, Profielversie, Schooljaar, Toewijzing
from tests.bouw import NU, VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import School, Schoolkoppeling
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

Klok = Callable[[Any], None]


def deur_open(bezetting: Bezetting, gebruiker: Any) -> bool:
    return Schoolkoppeling.objects.geldig().filter(gebruiker=gebruiker, school=bezetting.kogerveld).exists()


def _log(handeling: str) -> Any:
    return Logregel.objects.systeemtoegang(reden="de proef op het logboek").filter(handeling=handeling)


# -- school ------------------------------------------------------------------------------------------------------


def test_school_aanmaken(bezetting: Bezetting) -> None:
    """A slug, a first version of its procedure, the running school year, and a line in its own logbook."""
    school = services.school_aanmaken(naam="De Kogerveld", land="BE", profiel="kogerveld", door=None)
    assert school.code == "de-kogerveld-2" and school.tijdzone == "Europe/Brussels"
    with schoolcontext([school]):
        versie = profielen_van_school.huidige_versie(school)
        assert versie.nummer == 1 and versie.inhoud["code"] == "kogerveld"
        assert [str(j) for j in Schooljaar.objects.systeemtoegang(reden="de proef op de school")] == ["2026–2027"]
        assert _log("school_aangemaakt").count() == 1


@pytest.mark.parametrize(
    "anders",
    [{"naam": "  "}, {"land": "DE"}, {"profiel": "bestaat-niet"}],
    ids=str,
)
def test_school_aanmaken_weigert(bezetting: Bezetting, anders: dict[str, str]) -> None:
    voor = School.objects.count()
    with pytest.raises(DomeinFout):
        services.school_aanmaken(**{"naam": "Nieuw", "land": "NL", "profiel": "kogerveld", **anders}, door=None)  # type: ignore[arg-type]
    assert School.objects.count() == voor


@pytest.mark.parametrize(
    ("dag", "naam"), [("2026-07-31", "2025-2026"), ("2026-08-01", "2026-2027"), ("2028-02-29", "2027-2028")]
)
def test_schooljaar_van_een_dag(op_school: Bezetting, dag: str, naam: str) -> None:
    jaar = services.schooljaar_zorgen(school=op_school.kogerveld, dag=date.fromisoformat(dag), door=None)
    assert jaar.naam == naam
    assert services.schooljaar_zorgen(school=op_school.kogerveld, naam=naam, door=None).pk == jaar.pk


def test_profielversie_is_onveranderlijk(op_school: Bezetting) -> None:
    """An edit makes the next version; the database itself refuses to change one."""
    inhoud = profielen_van_school.ingebouwd("kogerveld")
    nieuw = services.profiel_vastleggen(school=op_school.kogerveld, inhoud=inhoud, toelichting="Proef", door=None)
    assert nieuw.nummer == 2 and profielen_van_school.huidige_versie(op_school.kogerveld).pk == nieuw.pk
    alle: Any = Profielversie.objects.systeemtoegang(reden="de proef op de muur")
    with pytest.raises(DatabaseError, match="onveranderlijk"), transaction.atomic():
        alle.filter(pk=nieuw.pk).update(toelichting="Anders")


# -- people ------------------------------------------------------------------------------------------------------


def test_persoon_toevoegen(op_school: Bezetting) -> None:
    persoon = services.persoon_toevoegen(
        school=op_school.kogerveld,
        roepnaam=" Zoë ",
        voorvoegsel="van der",
        achternaam="Berg",
        email="Zoe@Proef.TEST ",
        door=None,
    )
    assert persoon.naam == "Zoë van der Berg" and persoon.email == "zoe@proef.test"
    assert persoon.sorteernaam.startswith("berg") and persoon.zoeknaam == "zoe van der berg"
    assert persoon.gebruiker is None, "no account and no rights yet"


def test_persoon_zonder_naam_of_met_onzin(op_school: Bezetting) -> None:
    with pytest.raises(DomeinFout):
        services.persoon_toevoegen(school=op_school.kogerveld, achternaam=" ", door=None)
    with pytest.raises(ValidationError):
        services.persoon_toevoegen(school=op_school.kogerveld, achternaam="X", email="geen adres", door=None)
    with pytest.raises(TypeError):
        services.persoon_wijzigen(persoon=op_school.bas.persoon, gebruiker="1", door=None)


def test_account_maken_en_delen(op_school: Bezetting) -> None:
    """One address is one account, also of a parent with two schools; two people here cannot share it."""
    ander = services.persoon_toevoegen(
        school=op_school.kogerveld, achternaam="Dubbel", email=op_school.bas.persoon.email, door=None
    )
    with pytest.raises(DomeinFout, match="hoort al bij"):
        services.account_maken(persoon=ander, door=None)
    zonder = services.persoon_toevoegen(school=op_school.kogerveld, achternaam="Zonder", door=None)
    with pytest.raises(DomeinFout, match="e-mailadres"):
        services.account_maken(persoon=zonder, door=None)
    assert services.account_maken(persoon=op_school.bas.persoon, door=None) == op_school.bas.gebruiker
    koppelingen = Schoolkoppeling.objects.filter(gebruiker=op_school.ouder_twee.gebruiker)
    assert {k.school_id for k in koppelingen} == {op_school.kogerveld.pk, op_school.anders.pk}


# -- roles and doors ---------------------------------------------------------------------------------------------


def test_aanstellen(op_school: Bezetting) -> None:
    wie = fabriek.lid(op_school.kogerveld, "Sem")
    assert not deur_open(op_school, wie.gebruiker)
    services.aanstellen(persoon=wie.persoon, rol="ib", vanaf=VANDAAG, door=op_school.dora.gebruiker)
    assert deur_open(op_school, wie.gebruiker) and wie.gebruiker.has_perm("inzien_leerling", op_school.bram)
    assert _log("aangesteld").filter(actor_id=op_school.dora.gebruiker.pk).count() == 1


@pytest.mark.parametrize(
    "velden",
    [
        {"rol": "baas"},
        {"rol": "specialist"},
        {"rol": "ib", "tot": VANDAAG},
        {"rol": "leerkracht"},
    ],
    ids=str,
)
def test_aanstellen_weigert(op_school: Bezetting, velden: dict[str, Any]) -> None:
    """An unknown role, a specialist without subjects, an end before the begin, the same role twice."""
    with pytest.raises(DomeinFout):
        services.aanstellen(persoon=op_school.bas.persoon, vanaf=VANDAAG, door=None, **velden)


def test_rol_begint_en_eindigt_op_haar_dag(op_school: Bezetting, klok_op: Klok) -> None:
    wie = fabriek.lid(op_school.kogerveld, "Sem")
    services.aanstellen(persoon=wie.persoon, rol="ib", vanaf=date(2026, 11, 10), tot=date(2026, 11, 20), door=None)
    for dag, ziet in (("09T23:59", False), ("10T00:00", True), ("19T23:59", True), ("20T00:00", False)):
        klok_op(f"2026-11-{dag}")
        assert wie.gebruiker.has_perm("inzien_leerling", op_school.bram) is ziet, dag


def test_uit_dienst(op_school: Bezetting, klok_op: Klok) -> None:
    """With the last role go the groups, the ones to come, the pupil of one's own, the grants and the emergency."""
    rt, bas = op_school.rt, op_school.bas
    volgend = services.schooljaar_zorgen(school=op_school.kogerveld, naam="2027-2028", door=None)
    straks = services.groep_zorgen(school=op_school.kogerveld, schooljaar=volgend, naam="7a", door=None)
    services.toewijzen(persoon=bas.persoon, groep=straks, door=None)
    services.plaatsen(leerling=op_school.bram, groep=straks, vanaf=date(2027, 8, 1), door=None)
    services.recht_verlenen(
        op=op_school.aya, aan=bas.persoon, tot=fabriek.over(400), reden="SOT", door=op_school.carla.gebruiker
    )
    services.recht_verlenen(
        op=op_school.geheim, aan=bas.persoon, tot=fabriek.over(400), reden="SOT", door=op_school.carla.gebruiker
    )
    for wie in (bas, rt):
        assert wie.aanstelling is not None
        services.aanstelling_beeindigen(aanstelling=wie.aanstelling, per=VANDAAG, door=None)
    for moment in (NU, "2026-11-20T09:00", "2027-08-10T09:00", "2027-09-10T09:00"):
        klok_op(moment)
        for wie in (bas, rt):
            assert not Leerling.objects.zichtbaar_voor(wie.gebruiker).exists(), (moment, wie.persoon.naam)
            assert not wie.gebruiker.has_perm("inzien_dossierstuk", op_school.geheim)
            assert not deur_open(op_school, wie.gebruiker)
    assert not Toewijzing.objects.systeemtoegang(reden="de proef op het weggaan").filter(groep=straks).exists()


def test_een_van_twee_rollen_eindigt(op_school: Bezetting) -> None:
    bas = op_school.bas
    extra = services.aanstellen(persoon=bas.persoon, rol="ict", vanaf=date(2026, 9, 1), door=None)
    services.aanstelling_beeindigen(aanstelling=extra, per=VANDAAG, door=None)
    assert bas.gebruiker.has_perm("inzien_leerling", op_school.chris) and deur_open(op_school, bas.gebruiker)


def test_beeindigen_maakt_niets_langer(op_school: Bezetting) -> None:
    """Ending today what ended last month does not reopen it, nor its handover window."""
    wie = fabriek.lid(op_school.kogerveld, "Sem", "leerkracht", tot=date(2026, 9, 10))
    assert wie.aanstelling is not None
    toewijzing = services.toewijzen(
        persoon=wie.persoon, groep=op_school.groep_6a, vanaf=date(2026, 8, 1), tot=date(2026, 9, 10), door=None
    )
    services.toewijzing_beeindigen(toewijzing=toewijzing, per=VANDAAG, door=None)
    services.aanstelling_beeindigen(aanstelling=wie.aanstelling, per=VANDAAG, door=None)
    toewijzing.refresh_from_db()
    wie.aanstelling.refresh_from_db()
    assert toewijzing.periode.upper == wie.aanstelling.periode.upper == date(2026, 9, 10)
    assert not wie.gebruiker.has_perm("inzien_leerling", op_school.bram)


def test_rol_die_nog_moet_beginnen(op_school: Bezetting) -> None:
    straks = services.aanstellen(persoon=op_school.bas.persoon, rol="ib", vanaf=VANDAAG + timedelta(days=9), door=None)
    with pytest.raises(DomeinFout, match="begint op 12-11-2026"):
        services.aanstelling_beeindigen(aanstelling=straks, per=VANDAAG, door=None)


def test_account_sluiten_is_meteen(op_school: Bezetting) -> None:
    services.account_sluiten(persoon=op_school.carla.persoon, door=op_school.beheerder.gebruiker)
    assert not deur_open(op_school, op_school.carla.gebruiker)
    assert _log("account_gesloten").count() == 1


def test_deur_sluit_vanzelf_met_de_laatste_relatie(op_school: Bezetting, klok_op: Klok) -> None:
    """Karin's role has no end; a helper for one pupil until the summer is let in until the summer."""
    wie = fabriek.lid(op_school.kogerveld, "Sem")
    services.leerling_toewijzen(
        persoon=wie.persoon,
        leerling=op_school.aya,
        rol="assistent",
        vanaf=VANDAAG,
        tot=date(2027, 7, 1),
        door=op_school.carla.gebruiker,
    )
    for moment, open_ in (("2026-11-04T09:00", True), ("2027-06-30T23:59", True), ("2027-07-01T00:00", False)):
        klok_op(moment)
        assert deur_open(op_school, wie.gebruiker) is open_, moment
        assert wie.gebruiker.has_perm("inzien_leerling", op_school.aya) is open_
