"""Groups and pupils by hand: enrolled, known again by a file, asked after at the former school, moved, gone, back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerlingen import services
from leerlingen.inlezen.edexml import lees_edexml
from leerlingen.models import Groep, Leerling, Plaatsing, Taak
from leerlingen.services.inlezen import edexml_inlezen
from tests.bouw import VANDAAG, Bezetting
from tests.bouw.vragen import vergelijk, vragen
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

Inloggen = Callable[[Any], Any]
NOOR = {"roepnaam": "Noor", "voorvoegsel": "van", "achternaam": "Dam", "geboortedatum": date(2016, 5, 5)}


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="de proef op instroom").filter(**zoek)


def aanmelden(b: Bezetting, vanaf: date = VANDAAG, **meer: Any) -> Leerling:
    velden = {"groep": b.groep_6a, "vanaf": vanaf, "velden": NOOR, "door": b.carla.gebruiker} | meer
    return services.leerling_aanmelden(**velden)


def edexml(b: Bezetting, *leerlingen: str) -> Any:
    inhoud = (
        "<EDEX><school><schooljaar>2026-2027</schooljaar></school><groepen>"
        '<groep key="G6"><naam>6a</naam><jaargroep>6</jaargroep></groep></groepen>'
        f"<leerlingen>{''.join(leerlingen)}</leerlingen><leerkrachten></leerkrachten></EDEX>"
    )
    return edexml_inlezen(school=b.kogerveld, bestand=lees_edexml(inhoud.encode(), bestandsnaam="x.xml"), door=None)


def rij(sleutel: str, roepnaam: str, achternaam: str, geboren: str, jaargroep: str = "6") -> str:
    return (
        f'<leerling key="{sleutel}"><achternaam>{achternaam}</achternaam><roepnaam>{roepnaam}</roepnaam>'
        f"<geboortedatum>{geboren}</geboortedatum><jaargroep>{jaargroep}</jaargroep>"
        f'<groep key="G6"/><instroomdatum>2026-10-26</instroomdatum></leerling>'
    )


@pytest.mark.acceptatie("K-36")
def test_wie_tijdens_het_jaar_komt_geeft_de_ib_er_een_taak(op_school: Bezetting) -> None:
    b = op_school
    noor = aanmelden(b)
    taak = alles(Taak, soort="herkomst", leerling=noor).get()
    assert (taak.persoon, taak.voor) == (b.carla.persoon, VANDAAG + timedelta(days=14))
    assert taak.af_te_vinken and "Noor" not in taak.titel
    services.taak_afvinken(taak=taak, klaar=True, door=b.carla.gebruiker)
    assert alles(Taak, pk=taak.pk, klaar_door=b.carla.persoon).exists()


@pytest.mark.parametrize(
    ("vanaf", "jaargroep"),
    [(date(2026, 8, 1), "6"), (VANDAAG, "1"), (date(2026, 9, 1), "6")],
    ids=["begin van het jaar", "kleuter", "al lang hier"],
)
def test_voor_wie_niets_na_te_vragen_valt_komt_geen_taak(op_school: Bezetting, vanaf: date, jaargroep: str) -> None:
    b = op_school
    groep = services.groep_maken(
        school=b.kogerveld, schooljaar="2026-2027", naam="Bij", soort="stamgroep", jaargroep=jaargroep, door=None
    )
    assert not alles(Taak, soort="herkomst", leerling=aanmelden(b, vanaf, groep=groep)).exists()


def test_een_bestand_herkent_wie_met_de_hand_is_ingevoerd(op_school: Bezetting) -> None:
    b = op_school
    noor = aanmelden(b)
    uitkomst = edexml(
        b,
        rij("17", "Noor", "Dam", "2016-05-05").replace("<roepnaam>", "<voorvoegsel>van</voorvoegsel><roepnaam>"),
        rij("18", "Ties", "Bos", "2016-06-06"),
    )
    assert uitkomst.geweigerd == [] and uitkomst.toegevoegd["leerlingen"] == 1
    noor.refresh_from_db()
    assert noor.sleutel == "17" and alles(Leerling, roepnaam="Noor").count() == 1
    ties = alles(Leerling, sleutel="18").get()
    assert alles(Taak, soort="herkomst", leerling=ties).count() == 1, "came in between two files"
    edexml(b, rij("18", "Ties", "Bos", "2016-06-06"))
    assert alles(Taak, soort="herkomst", leerling=ties).count() == 1


def test_het_eerste_bestand_van_een_school_vraagt_niets_na(bezetting: Bezetting) -> None:
    school = services.school_aanmaken(naam="Nieuw", land="NL", profiel="kogerveld", regio="noord", door=None)
    bezetting.kogerveld = school
    with schoolcontext([school]):
        assert edexml(bezetting, rij("1", "Ties", "Bos", "2016-06-06")).toegevoegd["leerlingen"] == 1
        assert not alles(Taak, school=school).exists()


def test_tweemaal_hetzelfde_kind_alleen_als_je_het_zegt(op_school: Bezetting) -> None:
    b = op_school
    aanmelden(b)
    with pytest.raises(DomeinFout, match="ander kind"):
        aanmelden(b)
    assert alles(Leerling, roepnaam="Noor").count() == 1
    assert aanmelden(b, dubbel_mag=True).pk
    with pytest.raises(DomeinFout, match="kies een datum in dat jaar"):
        aanmelden(b, vanaf=date(2027, 9, 1), dubbel_mag=True)
    with pytest.raises(DomeinFout, match="Groep 6A is er al"):
        services.groep_maken(
            school=b.kogerveld,
            schooljaar="2026-2027",
            naam="6A ",
            soort="stamgroep",
            jaargroep="6",
            door=None,
        )


def test_van_lege_school_zonder_bestand_tot_leerling_op_het_scherm(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.carla.gebruiker)
    groep = {"naam": "3b", "schooljaar": "2026-2027", "jaargroep": "3", "soort": "stamgroep"}
    assert browser.post(reverse("beheer:groep_erbij"), groep).status_code == 302
    assert "is er al" in browser.post(reverse("beheer:groep_erbij"), groep).content.decode()
    with schoolcontext([b.kogerveld]):
        nieuw = alles(Groep, naam="3b").get()
    kind = {"roepnaam": "Sil", "achternaam": "Maas", "groep": nieuw.pk, "vanaf": "2026-11-03"}
    te_oud = browser.post(reverse("beheer:leerling_erbij"), kind | {"geboortedatum": "1990-01-01"})
    assert te_oud.status_code == 422 and "kijk het jaar na" in te_oud.content.decode()
    assert browser.post(reverse("beheer:leerling_erbij"), kind | {"geboortedatum": "2019-01-01"}).status_code == 302
    pagina = browser.get(reverse("beheer:groepen")).content.decode()
    assert "3b" in pagina and "nog niemand" in pagina and b.anna.persoon.naam in pagina
    assert "Sil Maas" in browser.get(reverse("leerlingen:lijst") + "?q=sil").content.decode()


def test_naar_een_andere_groep_weg_en_terug(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.carla.gebruiker)
    wissel = {"groep": b.groep_6b.pk, "vanaf": "2026-11-09"}
    assert browser.post(reverse("leerlingen:groep", args=[b.bram.pk]), wissel).status_code == 302
    vertrek = reverse("leerlingen:vertrek", args=[b.bram.pk])
    te_vroeg = browser.post(vertrek, {"laatste_dag": "2020-01-01"})
    assert te_vroeg.status_code == 422 and "vóór de inschrijving" in te_vroeg.content.decode()
    assert browser.post(vertrek, {"laatste_dag": "2026-11-20"}).status_code == 302
    with schoolcontext([b.kogerveld]):
        plekken = alles(Plaatsing, leerling=b.bram, stamgroep=True).order_by("periode")
        assert [(p.groep_id, p.periode.upper) for p in plekken] == [
            (b.groep_6a.pk, date(2026, 11, 9)),
            (b.groep_6b.pk, date(2026, 11, 21)),
        ]
    assert "20 november 2026" in browser.get(reverse("leerlingen:leerling", args=[b.bram.pk])).content.decode()
    assert "terugdraaien" in browser.get(vertrek).content.decode()
    assert browser.post(vertrek, {"terugdraaien": "1"}).status_code == 302
    with schoolcontext([b.kogerveld]):
        b.bram.refresh_from_db()
        assert b.bram.laatste_dag is None
        with pytest.raises(DomeinFout, match="niet uitgeschreven"):
            services.uitschrijving_terugdraaien(leerling=b.bram, door=None)


def test_de_groepen_kosten_bij_2_en_bij_30_hetzelfde(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, browser = bezetting, inloggen(bezetting.beheerder.gebruiker)
    adres = reverse("beheer:groepen")

    def erbij(nummers: range) -> list[str]:
        with schoolcontext([b.kogerveld]):
            for nummer in nummers:
                groep = services.groep_zorgen(
                    school=b.kogerveld, schooljaar=b.groep_6a.schooljaar, naam=f"g{nummer}", door=None
                )
                services.toewijzen(persoon=b.bas.persoon, groep=groep, door=None)
        return vragen(browser, adres)

    erbij(range(1))
    weinig = erbij(range(1, 2))
    vergelijk(weinig, erbij(range(2, 30)))


def test_van_twee_tegelijk_ziet_de_tweede_de_eerste(op_school: Bezetting) -> None:
    """The row of the school is held before the pupil is looked for."""
    with CaptureQueriesContext(connection) as gezien:
        aanmelden(op_school)
    zinnen = [rij["sql"] for rij in gezien.captured_queries]
    slot = next(plek for plek, sql in enumerate(zinnen) if "FOR NO KEY UPDATE" in sql and "kern_school" in sql)
    zoek = next(plek for plek, sql in enumerate(zinnen) if "geboortedatum" in sql)
    assert slot < zoek
