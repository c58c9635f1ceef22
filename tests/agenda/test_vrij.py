"""The school's own free days and hours: nothing planned moves by it, and what no longer fits says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from besprekingen import services
from besprekingen.models import Bespreking, Deelnemer, Vergadertijd
from leerlingen import services as leerlingservices
from leerlingen.models import Taak, Vrij
from tests.bouw import NU, Bezetting
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
ZONE = ZoneInfo("Europe/Amsterdam")
WOENSDAG = date(2027, 3, 10)


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def op(dag: date, uur: int = 15) -> datetime:
    return datetime.combine(dag, time(uur), tzinfo=ZONE)


def gepland(b: Bezetting, dag: date, sleutel: str = "jaar:test", groep: Any = None) -> Bespreking:
    """As the planner does it: by a key of the year."""
    bespreking = services.bespreking_plannen(
        school=b.kogerveld,
        soort="groepsbespreking",
        begin=op(dag),
        sleutel=sleutel,
        groep=groep or b.groep_6a,
        door=None,
    )
    services.uitnodigen(bespreking=bespreking, door=None)
    return bespreking


def vrij(van: date, *, naam: str = "Studiedag lezen", soort: str = "studiedag", **velden: Any) -> dict[str, str]:
    return {"naam": naam, "soort": soort, "van": van.isoformat(), **velden}


def test_een_vrije_dag_erbij_verzet_niets_en_zegt_wat_niet_meer_past(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking = gepland(b, WOENSDAG)
    browser = inloggen(b.carla.gebruiker)
    antwoord = browser.post("/kalender/vrije-dagen/nieuw/", vrij(WOENSDAG), follow=True)
    pagina = antwoord.content.decode()
    assert "Eén bespreking valt nu op een vrije dag. Er is niets verzet" in pagina
    assert "Groepsbespreking groep 6a staat op woensdag 10 maart" in pagina
    assert "dat is een dag zonder leerlingen: Studiedag lezen" in pagina
    with schoolcontext([b.kogerveld]):
        vers = alles(Bespreking, pk=bespreking.pk).get()
        assert (vers.begin, vers.volgnummer) == (bespreking.begin, 0)
        (rij,) = services.wat_wringt(b.jaar, b.carla.gebruiker)
        assert rij.past_wel and WOENSDAG not in {a.begin.date() for a in rij.past_wel}
    moment = rij.past_wel[0].begin
    assert f'value="{moment:%Y-%m-%d}"' in pagina and f'value="{moment:%H:%M}"' in pagina
    browser.post(f"/besprekingen/{bespreking.pk}/verzetten/", {"dag": f"{moment:%Y-%m-%d}", "tijd": f"{moment:%H:%M}"})
    with schoolcontext([b.kogerveld]):
        assert alles(Bespreking, pk=bespreking.pk).get().begin == moment.replace(tzinfo=ZONE)
        assert not services.wat_wringt(b.jaar, b.carla.gebruiker)


def test_de_eerste_eigen_dag_laat_de_vakanties_van_de_regio_staan(op_school: Bezetting) -> None:
    """Otherwise one study day would make school days of all holidays."""
    b = op_school
    alles(Vrij).delete()
    gegevens = services.Vrijgegevens("Studiedag", "studiedag", WOENSDAG, WOENSDAG)
    services.vrij_toevoegen(school=b.kogerveld, gegevens=gegevens, door=b.dora.gebruiker)
    jaar = services.jaar_van(b.jaar)
    assert not jaar.is_schooldag(WOENSDAG) and not jaar.is_schooldag(date(2026, 12, 22))


def test_wijzigen_en_weghalen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    rij = b.extra["vrij"]
    browser = inloggen(b.dora.gebruiker)
    browser.post(f"/kalender/vrije-dagen/{rij.pk}/", vrij(WOENSDAG, tot_en_met="2027-03-11", invulling="Spelling"))
    with schoolcontext([b.kogerveld]):
        vers = alles(Vrij, pk=rij.pk).get()
        assert (vers.periode.lower, vers.periode.upper, vers.invulling) == (WOENSDAG, date(2027, 3, 12), "Spelling")
    assert "weer een schooldag" in browser.post(f"/kalender/vrije-dagen/{rij.pk}/weg/", follow=True).content.decode()
    with schoolcontext([b.kogerveld]):
        assert services.jaar_van(b.jaar).is_schooldag(WOENSDAG)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"tot_en_met": "2027-03-01"}, "De laatste dag ligt vóór de eerste."),
        ({"tot_en_met": "2027-12-01"}, "meer dan honderd dagen"),
        ({"naam": " "}, "verplicht"),
        ({"van": "gisteren"}, "datum"),
    ],
)
def test_wat_niet_kan(bezetting: Bezetting, inloggen: Inloggen, velden: dict[str, str], zin: str) -> None:
    antwoord = inloggen(bezetting.carla.gebruiker).post("/kalender/vrije-dagen/nieuw/", vrij(WOENSDAG) | velden)
    assert antwoord.status_code == 422 and zin in antwoord.content.decode()


@pytest.mark.acceptatie("K-85")
def test_het_jaarplan_van_de_studiedagen_is_er_voor_het_jaar_begint(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Director and ib'er have the task in June; what each study day of the new year is about, the whole team reads."""
    b = bezetting
    with klok.stilgezet(datetime(2026, 8, 3, 9, 0, tzinfo=ZONE)), schoolcontext([b.kogerveld]):
        services.jaar_vastleggen(voorstel=services.jaar_voorstellen(b.jaar), door=b.carla.gebruiker)
        taken = alles(Taak, titel="Jaarplan van de studiedagen presenteren")
        assert {taak.persoon for taak in taken} == {b.carla.persoon, b.dora.persoon}
        assert {taak.voor for taak in taken} == {date(2027, 6, 30)}
    nieuw = vrij(date(2027, 10, 6), invulling="Rekenen in groep 3 tot en met 8")
    assert inloggen(b.dora.gebruiker).post("/kalender/vrije-dagen/nieuw/", nieuw).status_code == 302
    pagina = inloggen(b.anna.gebruiker).get("/kalender/vrije-dagen/?schooljaar=2027-2028").content.decode()
    assert "Rekenen in groep 3 tot en met 8" in pagina and "woensdag 6 oktober 2027" in pagina
    assert "/kalender/vrije-dagen/nieuw/" not in pagina, "a teacher reads"


# -- the hours --------------------------------------------------------------------------------------------------------


def test_de_school_kiest_haar_uren_en_het_jaar_houdt_zich_eraan(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    uren = {"na_2_van": "16:00", "na_2_tot": "18:00", "na_4_van": "16:00", "na_4_tot": "18:00"}
    grens = {"per_dag": "2", "per_week": "4", "vakantie_van": "10:00", "vakantie_tot": "12:00"}
    browser = inloggen(b.beheerder.gebruiker)
    assert "voorstel van Zorgpad" in browser.get("/kalender/vergadertijden/").content.decode()
    assert browser.post("/kalender/vergadertijden/", uren | grens).status_code == 302
    with klok.stilgezet(datetime(2026, 8, 3, 9, 0, tzinfo=ZONE)), schoolcontext([b.kogerveld]):
        afspraken = services.jaar_voorstellen(b.jaar).voorstel.afspraken
    assert len(afspraken) > 10
    for afspraak in afspraken:
        assert afspraak.begin.isoweekday() in (2, 4)
        assert time(16) <= afspraak.begin.time() and afspraak.eind.time() <= time(18)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({}, "ten minste één dag"),
        ({"na_1_van": "15:00"}, "Vul beide tijden in"),
        ({"na_1_van": "15:00", "na_1_tot": "14:00"}, "Op maandag ligt het einde niet na het begin"),
        ({"na_1_van": "11:00", "na_1_tot": "14:00", "les_1_van": "9:00", "les_1_tot": "12:00"}, "lopen lestijd en"),
    ],
)
def test_uren_die_niet_kunnen(bezetting: Bezetting, inloggen: Inloggen, velden: dict[str, str], zin: str) -> None:
    grens = {"per_dag": "2", "per_week": "4", "vakantie_van": "10:00", "vakantie_tot": "12:00"}
    antwoord = inloggen(bezetting.carla.gebruiker).post("/kalender/vergadertijden/", velden | grens)
    assert antwoord.status_code == 422 and zin in antwoord.content.decode()
    with schoolcontext([bezetting.kogerveld]):
        assert not alles(Vergadertijd).exists()


# -- moving, and planning again ------------------------------------------------------------------------------------


def test_verzetten_biedt_vrije_momenten_en_waarschuwt(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking, ander = gepland(b, WOENSDAG), gepland(b, WOENSDAG + timedelta(days=1), "jaar:ander", b.groep_6b)
        momenten = services.vrije_momenten(bespreking)
    browser, adres = inloggen(b.carla.gebruiker), f"/besprekingen/{bespreking.pk}/verzetten/"
    pagina = browser.get(adres).content.decode()
    assert momenten and all(f'value="{m.begin:%Y-%m-%d}"' in pagina for m in momenten)
    bezet = {"dag": f"{ander.begin:%Y-%m-%d}", "tijd": "15:30"}
    antwoord = browser.post(adres, bezet)
    assert antwoord.status_code == 422 and "heeft dan al iets" in antwoord.content.decode()
    assert browser.post(adres, bezet | {"toch": "1"}).status_code == 302
    vakantie = browser.post(adres, {"dag": "2027-04-27", "tijd": "15:00"})
    assert vakantie.status_code == 422 and "een vrije dag: Meivakantie" in vakantie.content.decode()


def test_opnieuw_plannen_laat_staan_wat_er_staat(op_school: Bezetting, klok_op: Any) -> None:
    """Accepted is accepted: after a free day more and a colleague less the rest is planned around it."""
    b = op_school
    klok_op(datetime(2026, 8, 3, 9, 0, tzinfo=ZONE))
    services.jaar_vastleggen(voorstel=services.jaar_voorstellen(b.jaar), door=b.carla.gebruiker)
    staat = dict(alles(Bespreking, sleutel__startswith="jaar:").values_list("sleutel", "begin"))
    weg = alles(Bespreking, sleutel__startswith="jaar:", soort="resultaatgesprek").first()
    Deelnemer.objects.systeemtoegang(reden="test").filter(bespreking=weg).delete()
    weg.delete()
    dag = weg.begin.astimezone(ZONE).date()
    gegevens = services.Vrijgegevens("Studiedag", "studiedag", dag, dag)
    services.vrij_toevoegen(school=b.kogerveld, gegevens=gegevens, door=b.dora.gebruiker)
    opnieuw = services.jaar_voorstellen(b.jaar)
    assert [a.sleutel for a in opnieuw.voorstel.afspraken] == [weg.sleutel]
    assert opnieuw.voorstel.afspraken[0].begin.date() != dag
    services.jaar_vastleggen(voorstel=opnieuw, door=b.carla.gebruiker)
    nu = dict(alles(Bespreking, sleutel__startswith="jaar:").values_list("sleutel", "begin"))
    assert {s: m for s, m in nu.items() if s != weg.sleutel} == {s: m for s, m in staat.items() if s != weg.sleutel}


def test_aan_tafel_zit_wie_de_planner_koos(op_school: Bezetting, klok_op: Any) -> None:
    """Two ib'ers: each meeting of a group has one, they share the work, and nobody is in two places."""
    from tests.bouw import fabriek

    b = op_school
    klok_op(datetime(2026, 8, 3, 9, 0, tzinfo=ZONE))
    tweede = fabriek.lid(b.kogerveld, "Tineke", "ib")
    for nummer in range(4):
        groep = leerlingservices.groep_zorgen(
            school=b.kogerveld, schooljaar=b.jaar, naam=f"3{nummer}", soort="stamgroep", jaargroep="3", door=None
        )
        juf = fabriek.lid(b.kogerveld, f"Juf{nummer}", "leerkracht")
        leerlingservices.toewijzen(persoon=juf.persoon, groep=groep, door=None)
    services.jaar_vastleggen(voorstel=services.jaar_voorstellen(b.jaar), door=b.carla.gebruiker)
    per_ib: dict[int, int] = {}
    for rij in alles(Bespreking, sleutel__startswith="jaar:", groep__isnull=False).exclude(soort="warme_overdracht"):
        (ib,) = alles(Deelnemer, bespreking=rij, rol="ib")
        per_ib[ib.persoon_id] = per_ib.get(ib.persoon_id, 0) + 1
    assert set(per_ib) == {b.carla.persoon.pk, tweede.persoon.pk}
    assert max(per_ib.values()) - min(per_ib.values()) <= 6
    per_mens: dict[int, list[Any]] = {}
    for deelnemer in alles(Deelnemer, bespreking__sleutel__startswith="jaar:").select_related("bespreking"):
        per_mens.setdefault(deelnemer.persoon_id, []).append(deelnemer.bespreking)
    for rijen in per_mens.values():
        assert all(a.eind <= c.begin or c.eind <= a.begin for a in rijen for c in rijen if a.pk != c.pk)


def test_wie_niet_meer_werkt_op_die_dag(op_school: Bezetting) -> None:
    b = op_school
    bespreking = gepland(b, WOENSDAG)
    assert b.carla.aanstelling is not None
    b.carla.aanstelling.werkdagen = [1, 2]
    b.carla.aanstelling.save(update_fields=["werkdagen"])
    (rij,) = [r for r in services.wat_wringt(b.jaar, b.dora.gebruiker) if r.bespreking == bespreking]
    assert "werkt niet op woensdag" in rij.zin
    assert {a.begin.isoweekday() for a in rij.past_wel} <= {1, 2}


def test_een_schending_is_een_zin(op_school: Bezetting) -> None:
    b = op_school
    bespreking = gepland(b, WOENSDAG)
    with pytest.raises(DomeinFout, match="een vrije dag: Meivakantie"):
        services.bespreking_verzetten(bespreking=bespreking, begin=op(date(2027, 4, 28)), door=b.carla.gebruiker)
    assert bespreking.begin > NU


def test_wat_voorbij_is_staat_apart_van_wat_niet_past(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Planning in November: what belonged in September is no clash to solve. The cycle stands beside it."""
    b = bezetting
    pagina = inloggen(b.carla.gebruiker).get("/kalender/jaar/").content.decode()
    assert "hoorden eerder dit schooljaar" in pagina and "passen nog niet" not in pagina
    assert "Cyclus van handelingsgericht werken: 3 keer per jaar" in pagina
    assert "Klassenconsultatie: elke week; kies zelf bij wie en wanneer." in pagina
