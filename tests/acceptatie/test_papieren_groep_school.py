"""Papers about a group and about the school, and meetings without a pupil, as each school has them."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Actiepunt
from leerlingen import services as leerlingservices
from leerlingen.models import Antwoord, Document, Taak
from leerlingen.profiel import lees_ingebouwd
from leerlingen.services import antwoord_bewaren
from lvs.services import resultaten_vastleggen
from plannen.services import (
    groepspapier_aanvullen,
    groepspapier_beginnen,
    groepspapier_vaststellen,
    groepsplan_maken,
)
from tests.acceptatie.hulp import Inloggen, alles, blad, neem_profiel, plan
from tests.bouw import Bezetting
from tests.bouw.lvs_plannen import uitslag
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag


def antwoorden(document: Document) -> dict[tuple[str, str, int | None], Antwoord]:
    return {(r.sectiecode, r.vraagcode, r.leerling_id): r for r in alles(Antwoord, document=document)}


def schrijf(document: Document, sectie: str, vraag: str, tekst: str, door: Any) -> None:
    staat = alles(Antwoord, document=document, sectiecode=sectie, vraagcode=vraag, leerling=None).first()
    antwoord_bewaren(
        document=document,
        sectiecode=sectie,
        vraagcode=vraag,
        tekst=tekst,
        basisversie=staat.versie if staat else 0,
        door=door,
    )


def tekst_van(inloggen: Inloggen, gebruiker: Any, adres: str) -> str:
    antwoord = inloggen(gebruiker).get(adres)
    assert antwoord.status_code == 200, (adres, antwoord.status_code)
    return unescape(antwoord.content.decode())


# -- a group ----------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-154")
def test_kogerveld_groepsplannen_verbeterplan_en_bespreekformulier_bij_de_groep(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """The teacher finds the group plans per subject, begins both papers, and fills one in until it is closed."""
    b = bezetting
    browser = inloggen(b.anna.gebruiker)
    pagina = tekst_van(inloggen, b.anna.gebruiker, f"/papieren/groepen/{b.groep_6a.pk}/")
    assert "Rekenen-Wiskunde" in pagina
    assert {"Verbeterplan", "Bespreekformulier groepsbespreking"} <= {
        naam.strip() for naam in pagina.replace("<", ">").split(">")
    }
    antwoord = browser.post("/papieren/beginnen/", {"soort": "verbeterplan", "groep": b.groep_6a.pk})
    adres = antwoord["Location"]
    pk = int(adres.strip("/").split("/")[-1])
    assert "Wat kan beter?" in tekst_van(inloggen, b.anna.gebruiker, adres)
    for vraag in ("aanleiding", "aanpak"):
        versie = 1 if vraag == "aanleiding" else 0  # the first one begins with the results
        bewaard = browser.post(
            f"/leerlingen/documenten/{pk}/antwoord/?sectie=verbetering&vraag={vraag}",
            {"tekst": "Meer lezen", "versie": versie},
        )
        assert bewaard.status_code == 302, bewaard.content
    browser.post(f"{adres}vaststellen/")
    with schoolcontext([b.kogerveld]):
        document = alles(Document, pk=pk).get()
    assert (document.status, document.over) == ("definitief", "groep")
    assert "afgesloten" in tekst_van(inloggen, b.anna.gebruiker, adres)


@pytest.mark.acceptatie("A-30")
def test_aruba_groepsbesprekingsformulier_op_grond_van_het_leerlingvolgsysteem(op_school: Bezetting) -> None:
    """The teacher begins with what the tests say, of the group and of each pupil, and only adds to it."""
    b = op_school
    neem_profiel(b, "aruba")
    toets = {"vak": "rekenen", "instrument": "lvs"}
    resultaten_vastleggen(
        school=b.kogerveld,
        invoer=[
            uitslag(b.bram, "voldoende", 60, moment="R3", afnamedatum=date(2026, 6, 10), **toets),
            uitslag(b.bram, "onvoldoende", 61, moment="R1", afnamedatum=date(2026, 10, 12), **toets),
            uitslag(b.aya, "goed", 80, moment="R1", afnamedatum=date(2026, 10, 12), **toets),
        ],
        door=None,
    )
    document = groepspapier_beginnen(
        soort="voorbereiding_groepsbespreking", groepen=[b.groep_6a], door=b.anna.gebruiker
    )
    rijen = antwoorden(document)
    assert "goed 1, onvoldoende 1 (2 leerlingen)" in rijen["groep", "resultaten", None].tekst
    assert rijen["leerlingen", "groei", b.bram.pk].tekst.endswith("van R3 naar R1 +1")
    assert rijen["leerlingen", "zorg", b.bram.pk].bron == "uit de signalen"
    assert all(rij.door is None for rij in rijen.values())
    assert not [kind for _, _, kind in rijen if kind == b.chris.pk], "only of this group"


def test_een_bespreekformulier_zegt_van_iedere_leerling_groei_en_norm(op_school: Bezetting) -> None:
    b = op_school
    document = groepspapier_beginnen(
        soort="voorbereiding_groepsbespreking", groepen=[b.groep_6a], door=b.anna.gebruiker
    )
    rijen = antwoorden(document)
    assert rijen["leerlingen", "groei", b.bram.pk].tekst.startswith("Rekenen-Wiskunde: van M5 naar E5 +1")
    assert rijen["leerlingen", "norm", b.bram.pk].bron == "uit de resultaten t/m E5, 10 juni 2026"
    assert rijen["groep", "resultaten", None].tekst.splitlines() == [
        "Rekenen-Wiskunde: I 1, IV 1 (2 leerlingen)",
        "Spelling: II 1 (1 leerlingen)",
    ]
    schrijf(document, "groep", "terugblik", "Ging goed", b.anna.gebruiker)
    assert groepspapier_aanvullen(document=document, door=b.anna.gebruiker) == 0, "nothing is filled twice"
    assert groepspapier_vaststellen(document=document, door=b.anna.gebruiker).status == "definitief"
    leerlingservices.document_heropenen(document=document, door=b.anna.gebruiker)
    assert alles(Document, pk=document.pk).get().status == "concept", "«klaar» goes back to concept in the procedure"


def test_een_specialist_leest_van_een_leerling_alleen_zijn_eigen_vak(op_school: Bezetting) -> None:
    """The form of the whole group holds results of every subject: the specialist reads the counts, not the pupils."""
    b = op_school
    document = groepspapier_beginnen(
        soort="voorbereiding_groepsbespreking", groepen=[b.groep_6a], door=b.anna.gebruiker
    )
    gezien = Antwoord.objects.zichtbaar_voor(b.specialist.gebruiker).filter(document=document)
    assert gezien.filter(leerling__isnull=True).exists()
    assert not gezien.filter(leerling__isnull=False).exists()
    assert Antwoord.objects.zichtbaar_voor(b.duo.gebruiker).filter(document=document, leerling=b.bram).exists()


def test_een_vertrouwelijk_papier_van_de_groep_is_voor_de_leerkrachten_en_de_leiding(op_school: Bezetting) -> None:
    b = op_school
    document = groepspapier_beginnen(soort="klassenconsultatie", groepen=[b.groep_6a], door=b.carla.gebruiker)
    ziet = [naam for naam, lid in b.leden() if lid.gebruiker.has_perm("inzien_document", document)]
    assert sorted(ziet) == ["anna", "carla", "dora", "duo"]
    with pytest.raises(DomeinFout, match="iemand anders"):
        groepspapier_beginnen(soort="klassenconsultatie", groepen=[b.groep_6a], door=b.anna.gebruiker)


@pytest.mark.acceptatie("M-103")
@pytest.mark.acceptatie("M-104")
def test_de_meent_de_ko_toetst_elk_groepsplan_met_de_checklist(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """From the plan, once for each plan, with both reflection questions; only the KO makes it ready."""
    b = bezetting
    neem_profiel(b, "demeent")
    plan_pk = b.extra["groepsplan"].pk
    ko = inloggen(b.carla.gebruiker)
    assert "Checklist groepsplan" in tekst_van(inloggen, b.carla.gebruiker, f"/plannen/{plan_pk}/")
    adres = ko.post(f"/plannen/{plan_pk}/checklist/")["Location"]
    assert ko.post(f"/plannen/{plan_pk}/checklist/")["Location"] == adres
    with schoolcontext([b.kogerveld]):
        periode = lees_ingebouwd("demeent").groepsplanperioden[0].code
        ander = groepsplan_maken(groepen=[b.groep_6b], vak="rekenen", periodecode=periode, door=b.bas.gebruiker)
    assert ko.post(f"/plannen/{ander.pk}/checklist/")["Location"] != adres, "each plan has its own"
    pagina = tekst_van(inloggen, b.carla.gebruiker, adres)
    assert "Checklist groepsplan rekenen-wiskunde 6a" in pagina
    assert "Zijn de doelen concreet, meetbaar, realistisch en uitdagend?" in pagina
    assert "Werkt het als plan voor de groep" in pagina
    assert "Leidt deze vorm tot betere opbrengsten?" in pagina
    with schoolcontext([b.kogerveld]):
        document = alles(Document, pk=int(adres.strip("/").split("/")[-1])).get()
        for vraag, tekst in (("doelen", "ja"), ("groepsplan", "Voor de groep"), ("opbrengst", "Ja, meer groei")):
            schrijf(document, "toets", vraag, tekst, b.carla.gebruiker)
        with pytest.raises(DomeinFout, match="kwaliteitsondersteuner"):
            groepspapier_vaststellen(document=document, door=b.anna.gebruiker)
        assert groepspapier_vaststellen(document=document, door=b.carla.gebruiker).status == "definitief"


@pytest.mark.acceptatie("M-47")
def test_de_meent_wat_de_leerkracht_nodig_heeft_met_vervolgstappen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Asked in the preparation, recorded in the minutes, and each next step is on the list of who takes it."""
    b = bezetting
    neem_profiel(b, "demeent")
    with schoolcontext([b.kogerveld]):
        gepland = plan(b, "groepsbespreking", -1, groep=b.groep_6a)
    pagina = blad(inloggen, b.carla.gebruiker, gepland)
    assert "Wat heeft de leerkracht nodig, en wat is de volgende stap?" in pagina
    antwoord = inloggen(b.carla.gebruiker).post(
        f"/besprekingen/{gepland.pk}/afspraak/",
        {
            "onderwerp": "Coaching",
            "stap": "Meekijken bij de instructie",
            "wie": b.carla.persoon.pk,
            "voor": "2026-12-01",
        },
    )
    assert antwoord.status_code == 302
    with schoolcontext([b.kogerveld]):
        actie = alles(Actiepunt, bespreking=gepland).get()
        assert alles(Taak, sleutel=f"actiepunt:{actie.pk}").get().persoon == b.carla.persoon
        schrijf(
            gepland.verslag, "verslag", "ondersteuning_leerkracht", "Hulp bij verlengde instructie", b.carla.gebruiker
        )
        services.bespreking_houden(bespreking=gepland, aanwezig=[], door=b.carla.gebruiker)
        assert "Meekijken bij de instructie" in antwoorden(gepland.verslag)["verslag", "afspraken", None].tekst


# -- the school -------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-68")
def test_kogerveld_de_ib_kondigt_een_toetsronde_aan_met_een_cito_brief(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """A concept is the ib'er's; sent, each teacher has it on their list and the whole team reads it."""
    b = bezetting
    ib = inloggen(b.carla.gebruiker)
    adres = ib.post("/papieren/beginnen/", {"soort": "toetsbrief"})["Location"]
    pk = int(adres.strip("/").split("/")[-1])
    assert inloggen(b.anna.gebruiker).get(adres).status_code == 404
    with schoolcontext([b.kogerveld]):
        brief = alles(Document, pk=pk).get()
        schrijf(brief, "brief", "periode", "11 t/m 29 januari", b.carla.gebruiker)
        schrijf(brief, "brief", "toetsen", "Rekenen M3 t/m M8", b.carla.gebruiker)
        schrijf(brief, "brief", "aandacht", "Extra tijd bij dyslexie", b.carla.gebruiker)
    assert "Versturen aan het team" in tekst_van(inloggen, b.carla.gebruiker, adres)
    assert ib.post(f"{adres}vaststellen/").status_code == 302
    for lid in (b.anna, b.duo, b.bas):
        vandaag = tekst_van(inloggen, lid.gebruiker, "/")
        assert "Cito-brief lezen" in vandaag and adres in vandaag, lid.persoon.naam
    assert "Rekenen M3 t/m M8" in tekst_van(inloggen, b.anna.gebruiker, adres)
    assert inloggen(b.dirk.gebruiker).get(adres).status_code == 404
    assert inloggen(b.anna.gebruiker).get(f"{adres}pdf/").headers["Content-Type"] == "application/pdf"


@pytest.mark.acceptatie("K-171")
def test_kogerveld_jaarverslag_resultaten_en_opbrengsten(op_school: Bezetting) -> None:
    """It begins with the results of the whole school, and is definitive once trends and conclusions stand there."""
    b = op_school
    verslag = groepspapier_beginnen(soort="jaarverslag", school=b.kogerveld, door=b.dora.gebruiker)
    rij = antwoorden(verslag)["jaar", "resultaten", None]
    assert rij.tekst.splitlines()[0] == "Rekenen-Wiskunde: I 1, III 1, IV 1 (3 leerlingen)"
    assert rij.bron == "uit de resultaten van de school t/m 10 juni 2026"
    assert "Jansen" not in rij.tekst
    with pytest.raises(DomeinFout, match="Trends"):
        groepspapier_vaststellen(document=verslag, door=b.dora.gebruiker)
    for vraag in ("trends", "conclusies"):
        schrijf(verslag, "jaar", vraag, "Meer groei in rekenen", b.dora.gebruiker)
    groepspapier_vaststellen(document=verslag, door=b.dora.gebruiker)
    assert b.anna.gebruiker.has_perm("inzien_document", verslag)


@pytest.mark.acceptatie("K-60")
@pytest.mark.parametrize("soort", ["mt", "teamvergadering", "bot"])
def test_kogerveld_de_directeur_zit_mt_teamvergadering_en_bot_voor(op_school: Bezetting, soort: str) -> None:
    b = op_school
    gepland = plan(b, soort, door="dora" if soort != "bot" else "carla")
    assert gepland.voorzitter == b.dora.persoon
    if soort == "teamvergadering":
        aan_tafel = set(gepland.deelnemers.systeemtoegang(reden="test").values_list("persoon", flat=True))
        assert {b.anna.persoon.pk, b.bas.persoon.pk, b.carla.persoon.pk, b.specialist.persoon.pk} <= aan_tafel


@pytest.mark.acceptatie("K-84")
def test_kogerveld_kwaliteitsteam_en_mt_thema_met_specialisten(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The specialist sits there and reads the minutes; a teacher who does not, does not know of them."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        team, thema = plan(b, "kwaliteitsteam"), plan(b, "mt_thema", 13, door="dora")
        assert (team.voorzitter, thema.voorzitter) == (b.carla.persoon, b.dora.persoon)
    for gepland in (team, thema):
        assert "Wat is besproken?" in blad(inloggen, b.carla.gebruiker, gepland)
        assert inloggen(b.specialist.gebruiker).get(f"/papieren/{gepland.verslag_id}/").status_code == 200
        assert inloggen(b.bas.gebruiker).get(f"/papieren/{gepland.verslag_id}/").status_code == 404


@pytest.mark.acceptatie("A-45")
def test_aruba_afspraken_uit_de_voortgangsbespreking_komen_terug(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Who does what before when, for the ib'er, the principal and a colleague; open ones are there at the next one."""
    b = bezetting
    neem_profiel(b, "aruba")
    with schoolcontext([b.kogerveld]):
        eerste = plan(b, "voortgangsbespreking", -7, door="dora")
        volgende = plan(b, "voortgangsbespreking", 35, door="dora")
    browser = inloggen(b.dora.gebruiker)
    pagina = blad(inloggen, b.dora.gebruiker, eerste)
    for nummer, wie in enumerate((b.carla, b.dora, b.anna)):
        assert f'<option value="{wie.persoon.pk}">' in pagina, "also who does not sit at the table"
        browser.post(
            f"/besprekingen/{eerste.pk}/afspraak/",
            {"onderwerp": "Lezen", "stap": f"Stap {nummer}", "wie": wie.persoon.pk, "voor": "2026-11-20"},
        )
    assert "Stap 2" in blad(inloggen, b.dora.gebruiker, eerste)
    with schoolcontext([b.kogerveld]):
        acties = list(alles(Actiepunt, bespreking=eerste).order_by("pk"))
        assert [a.wie for a in acties] == [b.carla.persoon, b.dora.persoon, b.anna.persoon]
        services.bespreking_houden(bespreking=eerste, aanwezig=[], door=b.dora.gebruiker)
        services.actiepunt_afronden(actie=acties[0], door=b.carla.gebruiker)
        assert "Stap 1" in antwoorden(eerste.verslag)["verslag", "afspraken", None].tekst
    pagina = blad(inloggen, b.dora.gebruiker, volgende)
    assert "Afspraken vorige keer" in pagina
    assert "Stap 0" not in pagina and "Stap 1" in pagina and "Stap 2" in pagina
    assert "Afspraak uit een bespreking" in tekst_van(inloggen, b.anna.gebruiker, "/")


@pytest.mark.acceptatie("M-89")
def test_de_meent_in_januari_conclusies_en_acties_op_de_tussenopbrengsten(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    b = bezetting
    neem_profiel(b, "demeent")
    with schoolcontext([b.kogerveld]):
        gepland = plan(b, "ko_mt", -1, activiteit="tussenopbrengsten")
    pagina = blad(inloggen, b.carla.gebruiker, gepland)
    assert "Conclusies en besluiten" in pagina
    assert gepland.voorzitter == b.dora.persoon
    with schoolcontext([b.kogerveld]):
        schrijf(gepland.verslag, "verslag", "conclusies", "Rekenen blijft achter in 6a", b.carla.gebruiker)
        schrijf(gepland.verslag, "verslag", "besproken", "De M-toetsen", b.carla.gebruiker)
        services.actiepunt_toevoegen(
            bespreking=gepland, punt=None, onderwerp="Rekenen", stap="Klassenbezoek in 6a", wie=b.carla.persoon,
            voor=klok.vandaag(b.kogerveld), door=b.carla.gebruiker,
        )  # fmt: skip
        services.bespreking_houden(bespreking=gepland, aanwezig=[], door=b.dora.gebruiker)
        rijen = antwoorden(gepland.verslag)
        assert "Klassenbezoek in 6a (Carla" in rijen["verslag", "afspraken", None].tekst
        assert "%" in rijen["verslag", "voorbereiding", None].tekst, "against the norm of the school"
        groepspapier_vaststellen(document=gepland.verslag, door=b.carla.gebruiker)
