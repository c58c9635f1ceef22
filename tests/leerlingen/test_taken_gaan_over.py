"""What is to be done stays to be done when people and pupils move on: with the role, and with the pupil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from leerlingen import services
from leerlingen.models import Taak
from leerlingen.services.taken import ontvangers, taken_afronden
from tests.bouw import VANDAAG, Bezetting

MORGEN = VANDAAG + timedelta(days=1)
Klok = Callable[[Any], None]


def van_rol(b: Bezetting, rol: str) -> list[Taak]:
    """A task of the procedure about Bram for this role, as services make it."""
    return [
        services.taak_maken(
            school=b.kogerveld,
            soort="zorgroute",
            sleutel=f"{rol}:{nummer}",
            titel="Het vervolg plannen",
            leerling=b.bram,
            door=None,
            **wie,
        )
        for nummer, wie in enumerate(ontvangers(rol, b.bram))  # type: ignore[arg-type]
    ]


def wie_ziet(b: Bezetting, taak: Taak, *namen: str) -> set[str]:
    return {n for n in namen if Taak.objects.zichtbaar_voor(b.lid(n).gebruiker).open().filter(pk=taak.pk).exists()}


def test_de_volgende_intern_begeleider_vindt_de_taken_van_de_vorige(op_school: Bezetting, klok_op: Klok) -> None:
    """Not before the change, and then only the new one; who was it keeps nothing of the role."""
    b = op_school
    (taak,) = van_rol(b, "ib")
    assert (taak.persoon, taak.rol) == (b.carla.persoon, "ib")
    services.aanstelling_beeindigen(aanstelling=b.carla.aanstelling, per=MORGEN, door=None)
    services.aanstellen(persoon=b.bas.persoon, rol="ib", vanaf=MORGEN, door=None)
    mensen = ("carla", "bas", "dora", "anna", "ib_anders")
    assert wie_ziet(b, taak, *mensen) == {"carla"}
    klok_op(f"{MORGEN}T09:00")
    assert wie_ziet(b, taak, *mensen) == {"bas"}
    assert services.taak_afvinken(taak=taak, klaar=True, door=b.bas.gebruiker).klaar_door == b.bas.persoon


def test_zonder_opvolger_wacht_de_taak(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    (taak,) = van_rol(b, "ib")
    services.aanstelling_beeindigen(aanstelling=b.carla.aanstelling, per=MORGEN, door=None)
    klok_op(f"{MORGEN}T09:00")
    assert wie_ziet(b, taak, "carla", "bas") == set()
    services.aanstellen(persoon=b.bas.persoon, rol="ib", vanaf=MORGEN, door=None)
    assert wie_ziet(b, taak, "carla", "bas") == {"bas"}


def test_van_twee_intern_begeleiders_houdt_ieder_de_eigen_taak(op_school: Bezetting) -> None:
    b = op_school
    services.aanstellen(persoon=b.bas.persoon, rol="ib", vanaf=VANDAAG, door=None)
    van_carla, van_bas = van_rol(b, "ib")
    assert wie_ziet(b, van_carla, "carla", "bas") == {"carla"}
    assert wie_ziet(b, van_bas, "carla", "bas") == {"bas"}


def test_wat_iemand_zelf_afsprak_gaat_niet_over(op_school: Bezetting, klok_op: Klok) -> None:
    """An agreement is somebody's own, and a specialist's or teacher's tasks are not those of all with that role."""
    b = op_school
    eigen = services.taak_maken(
        school=b.kogerveld, soort="actiepunt", sleutel="a", titel="Bellen", persoon=b.carla.persoon, door=None
    )
    (van_gijs,) = van_rol(b, "specialist")
    assert (eigen.rol, van_gijs.rol) == ("", "")
    services.aanstelling_beeindigen(aanstelling=b.carla.aanstelling, per=MORGEN, door=None)
    services.aanstellen(persoon=b.bas.persoon, rol="ib", vanaf=MORGEN, door=None)
    klok_op(f"{MORGEN}T09:00")
    assert wie_ziet(b, eigen, "bas") == set()


def test_een_taak_over_een_leerling_gaat_mee_naar_de_nieuwe_groep(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    (taak,) = van_rol(b, "leerkracht")
    van_de_groep = services.taak_maken(
        school=b.kogerveld, soort="jaarcyclus", sleutel="g", titel="Afronden", groep=b.groep_6a, door=None
    )
    assert wie_ziet(b, taak, "anna", "duo", "bas", "carla", "dirk") == {"anna", "duo"}
    services.plaatsen(leerling=b.bram, groep=b.groep_6b, vanaf=MORGEN, door=None)
    klok_op(f"{MORGEN}T09:00")
    assert wie_ziet(b, taak, "anna", "duo", "bas") == {"bas"}
    assert wie_ziet(b, van_de_groep, "anna", "duo", "bas") == {"anna", "duo"}


def test_een_vervanger_ziet_geen_taak_over_wat_vertrouwelijk_is(op_school: Bezetting) -> None:
    """A goal from a pupil meeting is in minutes that a substitute does not read; a parent who wants to talk is not."""
    b = op_school
    doel, gesprek, groep = (
        services.taak_maken(
            school=b.kogerveld, soort=soort, sleutel=soort, titel="Iets", leerling=kind, groep=b.groep_6a, door=None
        )
        for soort, kind in (("evalueren", b.bram), ("gesprek_gevraagd", b.bram), ("jaarcyclus", None))
    )
    mensen = ("anna", "duo", "vervanger", "bas")
    assert wie_ziet(b, doel, *mensen) == {"anna", "duo"}
    assert wie_ziet(b, gesprek, *mensen) == {"anna", "duo", "vervanger"}
    assert wie_ziet(b, groep, *mensen) == {"anna", "duo", "vervanger"}


def test_een_taak_over_een_leerling_gaat_mee_naar_het_volgende_schooljaar(op_school: Bezetting, klok_op: Klok) -> None:
    """In August another teacher has the group: what stood open in July is theirs."""
    b, begin = op_school, date(2027, 8, 1)
    (taak,) = van_rol(b, "leerkracht")
    jaar = services.schooljaar_zorgen(school=b.kogerveld, dag=begin, door=None)
    groep = services.groep_zorgen(
        school=b.kogerveld, schooljaar=jaar, naam="7a", soort="stamgroep", jaargroep="7", door=None
    )
    services.plaatsen(leerling=b.bram, groep=groep, vanaf=begin, door=None)
    services.toewijzen(persoon=b.bas.persoon, groep=groep, door=None)
    klok_op("2027-07-30T09:00")
    assert wie_ziet(b, taak, "anna", "bas") == {"anna"}
    klok_op("2027-08-30T09:00")
    assert wie_ziet(b, taak, "anna", "bas") == {"bas"}


def test_een_inzageverzoek_is_voor_alle_directeuren_klaar(op_school: Bezetting, klok_op: Klok) -> None:
    """Also for who is no director any more: answered is answered."""
    b = op_school
    services.aanstellen(persoon=b.bas.persoon, rol="directeur", vanaf=VANDAAG, tot=MORGEN, door=None)
    verzoek = services.inzage_vragen(leerling=b.bram, door=b.dirk.gebruiker)
    klok_op(f"{MORGEN}T09:00")
    services.inzage_afhandelen(verzoek=verzoek, uitkomst="kopie", door=b.dora.gebruiker)
    taken = Taak.objects.systeemtoegang(reden="test").filter(soort="inzageverzoek", leerling=b.bram)
    assert [(taak.klaar_op is None, taak.klaar_door) for taak in taken] == [(False, b.dora.persoon)] * 2


@pytest.mark.parametrize(("begin", "klaar"), [("x:1:", {"x:1:a", "x:1:b"}), ("x:", {"x:1:a", "x:1:b", "x:12:a"})])
def test_afronden_wat_zo_begint(op_school: Bezetting, begin: str, klaar: set[str]) -> None:
    b = op_school
    for sleutel in ("x:1:a", "x:1:b", "x:12:a", "y:1:a"):
        services.taak_maken(
            school=b.kogerveld, soort="s", sleutel=sleutel, titel="Iets", persoon=b.anna.persoon, door=None
        )
    taken_afronden(school=b.kogerveld, begin=begin, door=None)
    taken = Taak.objects.systeemtoegang(reden="test").filter(soort="s", klaar_op__isnull=False)
    assert {taak.sleutel for taak in taken} == klaar
