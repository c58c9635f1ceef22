"""Who sees whom and what, which papers leave the school, and where one sees that the procedure is followed."""

from __future__ import annotations

from typing import Any

import pytest

from besprekingen import services
from leerlingen import services as leerlingservices
from leerlingen.models import Leerling
from leerlingen.profiel import lees_ingebouwd
from leerlingen.wie_heeft_toegang import wie_heeft_toegang
from plannen.services import groepsplan_maken
from tests.acceptatie.hulp import OVERAL, Inloggen, begin_papier, neem_profiel, plan, punt_van, stap, velden
from tests.bouw import VANDAAG, Bezetting, fabriek
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag


@pytest.mark.acceptatie("V-17")
def test_meer_mensen_met_een_eigen_zorgtaak_bij_een_leerling(op_school: Bezetting) -> None:
    """The rt'er, the assistant, the ib'er and the teachers each have their own ground to work with Bram."""
    b = op_school
    waardoor = {rij.gebruiker_id: rij.waardoor for rij in wie_heeft_toegang(b.bram)}
    eigen = [waardoor[lid.gebruiker.pk] for lid in (b.rt, b.assistent, b.carla, b.anna)]
    assert len(set(eigen)) == 4, eigen


@pytest.mark.acceptatie("A-66")
def test_een_klassenassistent_van_een_leerling_ziet_alleen_die_leerling(op_school: Bezetting) -> None:
    b = op_school
    hulp = fabriek.lid(b.kogerveld, "Lola", "assistent")
    assert not Leerling.objects.zichtbaar_voor(hulp.gebruiker).exists()
    leerlingservices.leerling_toewijzen(
        persoon=hulp.persoon, leerling=b.aya, rol="assistent", vanaf=VANDAAG, door=b.carla.gebruiker
    )
    assert set(Leerling.objects.zichtbaar_voor(hulp.gebruiker)) == {b.aya}


@pytest.mark.acceptatie("A-67")
def test_een_prismagroep_over_klassen_heen_heeft_een_eigen_lijst(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        prisma = leerlingservices.groep_zorgen(
            school=b.kogerveld, schooljaar=b.jaar, naam="Prisma", soort="samengesteld", jaargroep="C", door=None
        )
        for kind in (b.bram, b.chris):
            leerlingservices.plaatsen(leerling=kind, groep=prisma, vanaf=VANDAAG, door=None)
        juf = fabriek.lid(b.kogerveld, "Petra", "leerkracht")
        leerlingservices.toewijzen(persoon=juf.persoon, groep=prisma, door=None)
    pagina = inloggen(juf.gebruiker).get(f"/groepen/{prisma.pk}/").content.decode()
    assert "Groep Prisma" in pagina
    for kind, staat in ((b.bram, True), (b.chris, True), (b.aya, False), (b.dunya, False)):
        assert (f"/leerlingen/{kind.pk}/" in pagina) is staat


@pytest.mark.acceptatie("A-22")
def test_vertrouwelijke_informatie_alleen_als_de_ouders_haar_noemen(op_school: Bezetting) -> None:
    """Two confidential pieces; the parents agree to one of them: the expert reads that one and not the other."""
    b = op_school
    neem_profiel(b, "aruba")
    wel, niet = (
        fabriek.notitie(b.bram, b.carla.gebruiker, titel, vertrouwelijkheid="vertrouwelijk")
        for titel in ("Gezinssituatie", "Medicatie")
    )
    punt = punt_van(plan(b, "leerlingbespreking", leerling=b.bram))
    gevraagd = services.toestemming_vragen(
        leerling=b.bram,
        doel="extern_betrekken",
        deelnemers="de orthopedagoog",
        stukken=[wel],
        tot=None,
        op=None,
        door=b.carla.gebruiker,
    )
    with pytest.raises(Exception, match="toestemming"):
        services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
    leerlingservices.toestemming_beantwoorden(
        toestemming=gevraagd, keuze="ja", tekstversie=gevraagd.tekstversie, door=b.dirk.gebruiker
    )
    geweigerd = services.toestemming_vragen(
        leerling=b.bram,
        doel="verslag_onderzoek",
        deelnemers="de school",
        stukken=[niet],
        tot=None,
        op=None,
        door=b.carla.gebruiker,
    )
    leerlingservices.toestemming_beantwoorden(
        toestemming=geweigerd, keuze="nee", tekstversie=geweigerd.tekstversie, door=b.dirk.gebruiker
    )
    services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
    assert b.extern.gebruiker.has_perm("inzien_dossierstuk", wel)
    assert not b.extern.gebruiker.has_perm("inzien_dossierstuk", niet)


@pytest.mark.acceptatie("A-21")
def test_een_samenvatting_van_het_dossier_bij_overdracht(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Under the name that Aruba gives it, filled with what the school knows, to look at before it is made."""
    b = bezetting
    neem_profiel(b, "aruba")
    adres = f"/besprekingen/leerlingen/{b.bram.pk}/rapport/"
    pagina = inloggen(b.carla.gebruiker).get(adres).content.decode()
    assert "<h1>Samenvatting bij overdracht</h1>" in pagina
    for deel in ("Schoolloopbaan en leerresultaten", "Verzuimgeschiedenis", b.bram.naam):
        assert deel in pagina
    assert inloggen(b.vervanger.gebruiker).get(adres).status_code == 403
    gevraagd = velden(begin_papier(b, inloggen, "okr"))
    assert gevraagd["begeleiding-nodig"] == "Wat heeft de leerling nodig?"


@pytest.mark.acceptatie("A-60")
def test_de_ib_er_ziet_op_een_bord_of_de_zorgprocedure_wordt_gelopen(
    bezetting: Bezetting, inloggen: Inloggen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pupil with care, what is still missing for the next step of the procedure, and who must act."""
    b = bezetting
    neem_profiel(b, "aruba")
    with schoolcontext([b.kogerveld]):
        stap(b, monkeypatch, "1", "2a", feiten=OVERAL)
    pagina = inloggen(b.carla.gebruiker).get("/zorgbord/").content.decode()
    rij = next(rij for rij in pagina.split("<tr") if f"/leerlingen/{b.bram.pk}/" in rij)
    for woord in ("Leerlingbespreking", "nog niet gepland", b.carla.persoon.naam):
        assert woord in rij
    assert f"/leerlingen/{b.chris.pk}/" not in pagina, "no care"


@pytest.mark.acceptatie("A-55")
def test_iedere_school_haar_eigen_zorgprocedure_met_een_vaste_kern(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The ladder on screen is the school's; each begins with good teaching, and care from outside asks consent."""
    b = bezetting
    adres = f"/besprekingen/leerlingen/{b.bram.pk}/zorg/"
    browser = inloggen(b.anna.gebruiker)
    ladders = []
    for code in ("kogerveld", "aruba", "vlaanderen"):
        neem_profiel(b, code)
        ladders.append(browser.get(adres).content.decode().partition('<ol class="ladder">')[2].partition("</ol>")[0])
        profiel = lees_ingebouwd(code)
        assert profiel.laagste_niveau.band == "basis"
        assert not profiel.laagste_niveau.zorgleerling
        assert any(v.naam == "toestemming" and v.soort == "hard" for o in profiel.overgang for v in o.voorwaarden)
    assert len(set(ladders)) == 3


@pytest.mark.acceptatie("K-77")
def test_de_ib_er_begeleidt_groepsplannen_ook_die_voor_dmt(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """She finds the plan for technical reading of every group, may write in it and asks the teacher a question."""
    b: Any = bezetting
    with schoolcontext([b.kogerveld]):
        dmt = groepsplan_maken(
            groepen=[b.groep_6b], vak="technisch_lezen", periodecode="periode1", door=b.bas.gebruiker
        )
    browser = inloggen(b.carla.gebruiker)
    lijst = browser.get("/plannen/").content.decode()
    for plan_ in (dmt, b.extra["groepsplan"]):
        assert f'href="/plannen/{plan_.pk}/"' in lijst
    assert "data-bewaar-url" in browser.get(f"/plannen/{dmt.pk}/").content.decode()
    browser.post(f"/plannen/{dmt.pk}/reactie/", {"tekst": "Hoe vaak per week?"})
    assert "Hoe vaak per week?" in inloggen(b.bas.gebruiker).get(f"/plannen/{dmt.pk}/").content.decode()
