"""What the year cycle asks around a meeting, and of activities without one."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Bespreking
from leerlingen.models import Antwoord, Document, Taak
from leerlingen.services import antwoord_bewaren, zorgniveau_beginnen
from plannen.services import groepspapier_vaststellen
from tests.acceptatie.hulp import AUGUSTUS, Inloggen, alles, blad, neem_profiel, plan
from tests.bouw import NU, VANDAAG, Bezetting
from tests.bouw.aantallen import gelijk_aantal_queries
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag


@pytest.fixture
def uitgenodigd(op_school: Bezetting) -> Bespreking:
    """The group meeting of September of 6a, held a fortnight from now in this test, with everyone invited."""
    gepland = plan(op_school, "groepsbespreking", 13, groep=op_school.groep_6a, activiteit="september_bespreking")
    services.uitnodigen(bespreking=gepland, door=op_school.carla.gebruiker)
    return gepland


def voorwerk(bespreking: Bespreking, begin: str = "voorwerk") -> dict[str, Taak]:
    return {taak.titel: taak for taak in alles(Taak, sleutel__startswith=f"{begin}:{bespreking.pk}:")}


def formulier_van(bespreking: Bespreking) -> Document:
    gevonden: Document = alles(Document, sleutel__startswith=f"bespreking:{bespreking.pk}:").get()
    return gevonden


def test_het_formulier_staat_klaar_met_wat_de_school_weet(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    """Through the eyes of the teacher; one task for both teachers, a week before, with the way to the paper."""
    b = op_school
    document = formulier_van(uitgenodigd)
    assert document.soort == "voorbereiding_groepsbespreking"
    assert alles(Antwoord, document=document, leerling=b.bram).exists()
    taak = alles(Taak, sleutel=f"papier:{document.sleutel}").get()
    dag = VANDAAG + timedelta(days=13)
    assert (taak.groep, taak.voor) == (b.groep_6a, dag - timedelta(days=7))
    assert taak.link == f"/papieren/{document.pk}/"
    services.uitnodigen(bespreking=uitgenodigd, door=b.carla.gebruiker)
    assert alles(Document, sleutel__startswith=f"bespreking:{uitgenodigd.pk}:").count() == 1


def test_wie_voorbereidt_heeft_het_op_zijn_lijst(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    b = op_school
    taken = voorwerk(uitgenodigd)
    assert set(taken) == {"Toetsoverzichten klaarzetten"}, "the form has a task of its own"
    assert taken["Toetsoverzichten klaarzetten"].persoon == b.carla.persoon
    assert taken["Toetsoverzichten klaarzetten"].voor == VANDAAG + timedelta(days=6)


def test_de_taak_is_klaar_als_het_papier_klaar_is(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    b = op_school
    document = formulier_van(uitgenodigd)
    antwoord_bewaren(
        document=document, sectiecode="groep", vraagcode="terugblik", tekst="Goed", basisversie=0, door=b.anna.gebruiker
    )
    groepspapier_vaststellen(document=document, door=b.anna.gebruiker)
    assert alles(Taak, sleutel=f"papier:{document.sleutel}").get().klaar_op is not None
    rij = services.omlijsting_van(uitgenodigd).vooraf[0]
    assert (rij.tekst, rij.klaar) == ("Bespreekformulier groepsbespreking 6a invullen", True)


def test_verzet_schuift_de_voorbereiding_mee(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    services.bespreking_verzetten(
        bespreking=uitgenodigd, begin=uitgenodigd.begin + timedelta(days=7), door=op_school.carla.gebruiker
    )
    assert voorwerk(uitgenodigd)["Toetsoverzichten klaarzetten"].voor == VANDAAG + timedelta(days=13)


def test_afgezegd_hoeft_niemand_meer_voor_te_bereiden(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    services.bespreking_afzeggen(bespreking=uitgenodigd, reden="Ziek", door=op_school.carla.gebruiker)
    assert voorwerk(uitgenodigd)["Toetsoverzichten klaarzetten"].vervallen_op is not None
    assert alles(Taak, sleutel=f"papier:{formulier_van(uitgenodigd).sleutel}").get().vervallen_op is not None


def test_na_afloop_de_nazorg(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    b = op_school
    with klok.stilgezet(NU + timedelta(days=14)):
        services.bespreking_houden(bespreking=uitgenodigd, aanwezig=[], door=b.carla.gebruiker)
    taken = voorwerk(uitgenodigd, "nazorg")
    dag = VANDAAG + timedelta(days=13)
    assert taken["Verslag van het gesprek afmaken"].persoon == uitgenodigd.notulist
    assert taken["Verslag van het gesprek afmaken"].link == f"/papieren/{uitgenodigd.verslag_id}/"
    bijstellen = taken["Groepsplannen bijstellen"]
    assert (bijstellen.groep, bijstellen.voor) == (b.groep_6a, dag + timedelta(days=14))
    assert bijstellen.link == f"/plannen/?groep={b.groep_6a.pk}"
    assert voorwerk(uitgenodigd)["Toetsoverzichten klaarzetten"].vervallen_op is not None


def test_de_bespreking_toont_wat_op_tafel_ligt_en_wat_er_nog_moet(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        gepland = plan(b, "groepsbespreking", 13, groep=b.groep_6a, activiteit="september_bespreking")
        services.uitnodigen(bespreking=gepland, door=b.carla.gebruiker)
    pagina = blad(inloggen, b.anna.gebruiker, gepland)
    for tekst in ("Toetsoverzichten van de groep", "Toetsoverzichten klaarzetten", "Groepsplannen bijstellen"):
        assert tekst in pagina
    with schoolcontext([b.kogerveld]):
        assert f"/papieren/{formulier_van(gepland).pk}/" in pagina
    kalender = unescape(inloggen(b.anna.gebruiker).get("/kalender/").content.decode())
    assert "Op tafel: Toetsoverzichten van de groep" in kalender
    assert "Na afloop: Groepsplannen bijstellen" in kalender


@pytest.mark.acceptatie("M-85")
def test_de_meent_start_van_het_jaar_de_ko_bereidt_het_overleg_schriftelijk_voor(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """Pupils with extra support, the look back and the yields stand in the paper before the meeting; the KO adds."""
    b = bezetting
    neem_profiel(b, "demeent")
    with schoolcontext([b.kogerveld]):
        zorgniveau_beginnen(leerling=b.bram, niveau="3", vanaf=date(2026, 9, 1), reden="Lezen", door=None)
        gepland = plan(b, "ko_mt", 8, activiteit="start_overleg")
        services.uitnodigen(bespreking=gepland, door=b.carla.gebruiker)
        taken = voorwerk(gepland)
        assert set(taken) == {
            "Overzicht van leerlingen met speciale onderwijsbehoeften",
            "Gegevens van de eindopbrengsten",
            "Bespreekpunten noteren",
        }
        assert {taak.persoon for taak in taken.values()} == {b.carla.persoon}
        assert {taak.link for taak in taken.values()} == {f"/papieren/{gepland.verslag_id}/"}
        teksten = {rij.vraagcode: rij.tekst for rij in alles(Antwoord, document=gepland.verslag)}
    assert "(6a 1)" in teksten["ondersteuning"] and "Jansen" not in teksten["ondersteuning"]
    assert "%" in teksten["voorbereiding"]
    assert "Bespreekpunten noteren" in unescape(inloggen(b.carla.gebruiker).get("/").content.decode())
    pagina = blad(inloggen, b.dora.gebruiker, gepland)
    assert "Wat spraken we de vorige keer af?" in pagina and "(6a 1)" in pagina


# -- activities without a meeting -------------------------------------------------------------------------------------


def test_schrijfwerk_van_het_jaar_wijst_naar_zijn_papier(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The task, the calendar and the page of the activity lead to one paper, begun once."""
    b = bezetting
    with schoolcontext([b.kogerveld]), klok.stilgezet(AUGUSTUS):
        services.jaar_vastleggen(voorstel=services.jaar_voorstellen(b.jaar), door=b.carla.gebruiker)
        taak = alles(Taak, soort="jaarcyclus", titel="Cito-brief midden").get()
    adres = "/papieren/jaar/2026-2027/toetsbrief_m/"
    assert (taak.link, taak.persoon_id) == (adres, b.carla.persoon.pk)
    assert adres in inloggen(b.carla.gebruiker).get("/kalender/?maand=2027-01").content.decode()
    ib = inloggen(b.carla.gebruiker)
    assert "Het team weet wat wanneer getoetst wordt." in unescape(ib.get(adres).content.decode())
    papier = ib.post(f"{adres}beginnen/")["Location"]
    assert ib.post(f"{adres}beginnen/")["Location"] == papier
    assert papier in ib.get(adres).content.decode()
    assert "Cito-brief midden" in unescape(ib.get(papier).content.decode())


def test_de_kalender_vraagt_evenveel_bij_meer_besprekingen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting

    def maak(aantal: int) -> Any:
        with schoolcontext([b.kogerveld]):
            for nummer in range(aantal):
                services.bespreking_plannen(
                    school=b.kogerveld,
                    soort="tussenevaluatie",
                    begin=NU + timedelta(days=6, minutes=nummer),
                    sleutel=f"veel:{aantal}:{nummer}",
                    groep=b.groep_6a,
                    activiteit="november_tussenevaluatie",
                    door=None,
                )

    gelijk_aantal_queries(inloggen(b.carla.gebruiker), "/kalender/", maak)


def test_een_reden_die_niet_past_wordt_geweigerd(op_school: Bezetting, uitgenodigd: Bespreking) -> None:
    """Not cut in silence, nor kept whole in the logbook."""
    with pytest.raises(DomeinFout, match=r"De reden telt 100\.000 tekens"):
        services.bespreking_afzeggen(bespreking=uitgenodigd, reden="x" * 100_000, door=op_school.carla.gebruiker)
    uitgenodigd.refresh_from_db()
    assert uitgenodigd.status != Bespreking.Status.AFGEZEGD
